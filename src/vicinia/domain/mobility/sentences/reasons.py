"""Why a household is where the plan puts it, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.mobility.engine.reasons import Reasons
from vicinia.domain.mobility.sentences.conflicts import Names, place
from vicinia.foundation.look import dates


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(f"N. {number}" for number in numbers)


def need_words(household: Mapping[str, Any], names: Names) -> list[str]:
    """What the plan knew of the household: numbers and needs that count in it."""
    size, moves = household["size"], household["max_moves"]
    found = [ngettext("%(n)s persona", "%(n)s persone", size) % {"n": size}]
    if household["needs_step_free"]:
        found.append(_("serve un alloggio senza gradini"))
    if household["fragile"]:
        found.append(_("nucleo fragile: i suoi trasferimenti contano di più"))
    words = ngettext("al massimo %(n)s trasferimento", "al massimo %(n)s trasferimenti", moves)
    found.append(words % {"n": moves})
    if household["claims_return"]:
        found.append(_("chiede di rientrare"))
    near = [int(name[1:]) for name in household["near"]]
    if near:
        found.append(_("vuole stare vicino a %(who)s") % {"who": _numbers(near)})
    return found


def possible_words(reasons: Reasons) -> list[str]:
    """How many dwellings there were for it, and how many in the months that count."""
    fit = ngettext(
        "%(n)s altro alloggio è adatto a questo nucleo.",
        "%(n)s altri alloggi sono adatti a questo nucleo.",
        reasons.fit,
    ) % {"n": reasons.fit}
    if not reasons.away:
        return [_("Il suo alloggio si può sempre abitare: i lavori non lo svuotano."), fit]
    free = ngettext(
        "Di questi, %(n)s si può abitare finché il suo è in lavori.",
        "Di questi, %(n)s si possono abitare finché il suo è in lavori.",
        reasons.free,
    )
    return [fit, free % {"n": reasons.free}]


def stay_words(
    row: Sequence[str | None], months: Sequence[dt.date], names: Names, home: str
) -> list[tuple[str, str]]:
    """From when and where, stretch by stretch."""
    found = []
    for key, stretch in groupby(range(len(row)), key=lambda period: row[period]):
        first = next(iter(stretch))
        when = _("da %(month)s") % {"month": dates.month_words(months[first])} if first else _("da oggi")
        where = _("a casa: %(place)s") % {"place": place(key, names)} if key == home else place(key, names)
        found.append((when, where))
    return found


def wish_words(reasons: Reasons) -> list[tuple[bool, str]]:
    """Each wish, said as what is wished, and whether it is kept."""
    found = []
    if reasons.household["claims_return"]:
        words = _("torna a casa") if reasons.back_home else _("torna nel suo edificio, in un altro alloggio")
        found.append((reasons.back_home or reasons.same_building, words))
    elif not reasons.back_home:
        found.append((reasons.same_building, _("resta nel suo edificio")))
    for is_kept, near in ((True, reasons.near_kept), (False, reasons.near_lost)):
        if near:
            found.append((is_kept, _("vicino a %(who)s") % {"who": _numbers(near)}))
    return found


def alternative_words(
    answer: Sequence[Mapping[str, Any]], months: Sequence[dt.date], names: Names
) -> list[tuple[str, list[str], bool]]:
    """Each other place, from when, what it would cost, and whether that is proved."""
    return [(_where(one, months, names), _costs(one), bool(one["proved"])) for one in answer]


def _where(one: Mapping[str, Any], months: Sequence[dt.date], names: Names) -> str:
    where = place(one["dwelling"], names)
    if one["moment"] == "last":
        return _("%(place)s alla fine") % {"place": where}
    return _("%(place)s da %(month)s") % {"place": where, "month": dates.month_words(months[one["period"]])}


def _costs(one: Mapping[str, Any]) -> list[str]:
    if one["differences"] is None:
        return [_("nessun piano lo permette") if one["proved"] else _("nessun piano trovato nel tempo dato")]
    patterns = {
        "outside": _("periodi fuori: %(change)s"),
        "changed": _("cambiamenti dal piano pubblicato: %(change)s"),
        "moves": _("peso dei trasferimenti: %(change)s"),
        "preferences": _("preferenze non accolte: %(change)s"),
        "under_occupation": _("stanze in più del necessario: %(change)s"),
    }
    return [
        patterns[name] % {"change": f"+{change}" if change > 0 else f"−{-change}"}
        for name, change in one["differences"].items()
        if change
    ]
