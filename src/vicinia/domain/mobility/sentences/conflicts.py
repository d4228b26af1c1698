"""Why there is no plan, and what would make one possible: our words for what the analysis proves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.mobility.sentences.figures import figure
from vicinia.domain.mobility.states import Change
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.look import dates

Names = Mapping[int, Dwelling]
SHOWN = 8


def conflict_words(conflict: Mapping[str, Any], months: Sequence[dt.date], names: Names) -> list[str]:
    """The sentences of a conflict: what is short of what and when, or which rules can't hold together."""
    if conflict["kind"] == "places":
        return [_short_of_places(conflict, months), _who(conflict["households"])]
    return [
        _("Queste regole non possono valere tutte insieme:"),
        *(_rule(rule, months, names) for rule in conflict["rules"]),
    ]


def _short_of_places(conflict: Mapping[str, Any], months: Sequence[dt.date]) -> str:
    count, there = len(conflict["households"]), len(conflict["available"])
    needs = ngettext(
        "%(n)s nucleo ha bisogno di %(need)s.", "%(n)s nuclei hanno bisogno di %(need)s.", count
    ) % {"n": count, "need": _need(conflict["need"])}
    when = _when(conflict["periods"], months)
    if not there:
        return _("%(needs)s %(when)s non ce n'è nessuno.") % {"needs": needs, "when": when}
    only = ngettext("%(when)s ce n'è solo %(n)s.", "%(when)s ce ne sono solo %(n)s.", there)
    return f"{needs} {only % {'when': when, 'n': there}}"


def _need(need: Mapping[str, Any] | None) -> str:
    if need is None:
        return _("un alloggio")
    values = {"area": figure(need["min_area_m2"])}
    if need["step_free"]:
        return _("un alloggio senza gradini di almeno %(area)s m²") % values
    return _("un alloggio di almeno %(area)s m²") % values


def _when(periods: Sequence[int], months: Sequence[dt.date]) -> str:
    if not periods:
        return _("In tutto il tempo dei lavori")
    first, last = months[min(periods)], months[max(periods)]
    if first == last:
        return _("Nella fase di %(month)s") % {"month": dates.month_words(first)}
    return _("Tra %(first)s e %(last)s") % {
        "first": dates.month_words(first),
        "last": dates.month_words(last),
    }


def _who(households: Sequence[str]) -> str:
    numbers = [f"N. {name[1:]}" for name in households]
    listed = ", ".join(numbers[:SHOWN])
    more = len(numbers) - SHOWN
    if more > 0:
        return _("Sono: %(who)s e altri %(more)s.") % {"who": listed, "more": more}
    return _("Sono: %(who)s.") % {"who": listed}


def _rule(rule: Mapping[str, Any], months: Sequence[dt.date], names: Names) -> str:
    period = rule.get("period")
    values = {
        "who": f"N. {rule['household'][1:]}" if rule.get("household") else "",
        "place": place(rule.get("dwelling"), names),
        "month": dates.month_words(months[period]) if period is not None else "",
    }
    patterns = {
        "available": _("%(place)s è in lavori nella fase di %(month)s."),
        "adequate": _("%(who)s ha bisogno di un alloggio adeguato."),
        "refuses": _("%(who)s ha rifiutato %(place)s."),
        "max_moves": _("%(who)s non può trasferirsi altre volte."),
        "moves_per_period": _("I traslochi di una fase sono limitati."),
        "claims_return": _("%(who)s chiede di rientrare."),
        "fixed": _("%(who)s è fissato in %(place)s nella fase di %(month)s."),
        "nobody_outside": _("Nessuno deve stare fuori dal quartiere."),
    }
    return patterns[rule["kind"]] % values


def place(key: str | None, names: Names) -> str:
    """The way to a dwelling of the exchange format, in words."""
    if key is None:
        return _("fuori dal quartiere")
    dwelling = names.get(int(key[1:])) if key.startswith("d") else None
    if dwelling is not None:
        return dwelling.where
    return _("alloggio volano in più") if key.startswith("s") else _("fuori dal quartiere")


# What would help --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something that would make a plan possible: in words, how many stay outside with it, and the question to ask."""

    words: str
    outside: int | None
    question: Mapping[str, Any]


def remedies(
    relaxations: Sequence[Mapping[str, Any]], places: Mapping[str, Mapping[str, Any]], names: Names
) -> list[Remedy]:
    """The cheapest ways out that were found, each verified by the solver."""
    found = (_remedy(one, places, names) for one in relaxations)
    return [one for one in found if one is not None]


def _remedy(one: Mapping[str, Any], places: Mapping[str, Mapping[str, Any]], names: Names) -> Remedy | None:
    number = int(one["household"][1:]) if one["household"] else 0
    who, where, amount = f"N. {number}", place(one["dwelling"], names), one["amount"]
    asked: dict[str, Any] = {"change": _CHANGES[one["kind"]], "nobody_outside": True}
    kind = one["kind"]
    if kind == "spare_dwelling":
        like = places.get(one["dwelling"] or "")
        if like is None:
            return None
        asked |= {"count": int(amount), **{key: like[key] for key in ("area_m2", "rooms", "step_free")}}
        words = ngettext(
            "%(n)s alloggio volano in più come %(place)s",
            "%(n)s alloggi volano in più come %(place)s",
            int(amount),
        ) % {"n": int(amount), "place": where}
    elif kind == "tolerance":
        asked["percent"] = round(100 * amount, 1)
        words = _("Alloggi più piccoli del %(n)s %%") % {"n": figure(100 * amount, 1)}
    elif kind == "moves_per_period":
        asked["count"] = int(amount)
        words = _("Traslochi in più per fase: %(n)s") % {"n": int(amount)}
    elif kind == "outside" and not number:
        asked["nobody_outside"] = False
        return Remedy(_somebody_outside(int(amount)), None, asked)
    else:
        asked |= {"household": number, "count": int(amount)}
        if one["dwelling"]:
            asked["dwelling"] = int(one["dwelling"][1:])
        words = _of_one(kind, int(amount)) % {"who": who, "place": where, "n": int(amount)}
        asked["nobody_outside"] = kind != "outside"
    return Remedy(words, one["outside"], asked)


def _somebody_outside(amount: int) -> str:
    words = ngettext(
        "Qualcuno fuori dal quartiere, per %(n)s periodo in tutto",
        "Qualcuno fuori dal quartiere, per %(n)s periodi in tutto",
        amount,
    )
    return words % {"n": amount}


def _of_one(kind: str, amount: int) -> str:
    patterns = {
        "outside": ngettext(
            "%(who)s fuori dal quartiere per %(n)s fase",
            "%(who)s fuori dal quartiere per %(n)s fasi",
            amount,
        ),
        "refusal": _("%(who)s accetta %(place)s, che aveva rifiutato"),
        "move": _("Un trasferimento in più per %(who)s"),
        "lock": _("%(who)s non è più fissato in %(place)s"),
        "return": _("%(who)s non rientra nel suo alloggio"),
    }
    return patterns[kind]


_CHANGES = {
    "spare_dwelling": Change.SPARE.value,
    "tolerance": Change.TOLERANCE.value,
    "outside": "",
    "refusal": Change.REFUSAL.value,
    "move": Change.MOVE.value,
    "lock": Change.LOCK.value,
    "return": Change.RETURN.value,
    "moves_per_period": Change.REMOVALS.value,
}
