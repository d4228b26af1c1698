"""How good a plan is: what was proved, how far it may be from the best, and how two plans differ."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vicinia.domain.mobility.sentences.figures import figure
from vicinia.foundation.kernel.verdict import Sentence

LEVELS: dict[str, Sentence] = {
    "outside": gettext_lazy("nuclei fuori dal quartiere, per fase"),
    "changed": gettext_lazy("cambiamenti rispetto al piano pubblicato"),
    "moves": gettext_lazy("trasferimenti, i fragili contano di più"),
    "preferences": gettext_lazy("preferenze non accolte"),
    "under_occupation": gettext_lazy("stanze in più del necessario"),
}


def level_words(name: str) -> Sentence:
    """What a level of the objective counts."""
    return LEVELS.get(name, name)


def proof_words(facts: Mapping[str, Any]) -> tuple[str, str]:
    """The badge of a plan: its meaning, and "ottimo dimostrato in 3 s" or "dal migliore: al massimo 0,4 %"."""
    if facts.get("status") == "optimal":
        return "done", _("ottimo dimostrato in %(time)s") % {"time": seconds_words(float(facts["seconds"]))}
    worst = _open_level(facts.get("levels", ()))
    return "due", gap_words(worst) if worst else ""


def _open_level(levels: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The first level that was not proved: it counts more than all after it."""
    return next((level for level in levels if level["value"] > level["bound"]), None)


def gap_words(level: Mapping[str, Any]) -> str:
    """How far a level may be from the best: few in number, many as a share."""
    gap = level["value"] - level["bound"]
    if level["name"] == "outside":
        words = ngettext(
            "forse si può evitare %(n)s periodo fuori", "forse si possono evitare %(n)s periodi fuori", gap
        )
        return words % {"n": gap}
    share = figure(math.ceil(1000 * gap / max(level["value"], 1)) / 10)
    return _("al massimo %(share)s %% dal migliore") % {"share": share}


def seconds_words(seconds: float) -> str:
    """ "3 s", "2 min"."""
    if seconds < 1:
        return _("meno di 1 s")
    return f"{round(seconds)} s" if seconds < 120 else f"{round(seconds / 60)} min"


def difference_words(before: int, after: int) -> str:
    """How a level changes from one plan to another: "+2", "−1", "uguale"."""
    change = after - before
    if not change:
        return _("uguale")
    return f"+{change}" if change > 0 else f"−{-change}"


def progress_words(progress: Mapping[str, Any]) -> str:
    """How far a level is while it is computed: the best found, what is proved that none can beat."""
    value, bound = progress.get("value"), progress.get("bound")
    if value is None:
        return ""
    if bound is None or bound >= value:
        return _("il migliore trovato: %(value)s") % {"value": value}
    words = _("il migliore trovato: %(value)s, di sicuro non meno di %(bound)s")
    return words % {"value": value, "bound": bound}
