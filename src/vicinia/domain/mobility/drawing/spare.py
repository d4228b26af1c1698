"""What each spare flat more saves, as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.foundation.look.charts import Bar, BarSeries


def spare_chart(steps: Sequence[Mapping[str, Any]]) -> BarSeries:
    """The weight of moves by the number of spare flats more; the sentence says how many are worth it."""
    bars = tuple(
        Bar(str(step["extra"]), step["moves"], meaning="late" if step["outside"] else "") for step in steps
    )
    return BarSeries(
        title=_("Alloggi volano in più"),
        sentence=_sentence(steps),
        bars=bars,
        label_heading=_("Alloggi in più"),
        value_heading=_("Peso dei trasferimenti"),
        note=_("In rosso: qualcuno deve ancora stare fuori dal quartiere."),
    )


def _sentence(steps: Sequence[Mapping[str, Any]]) -> str:
    if len(steps) < 2:
        return _("Un alloggio volano in più non risparmia niente.")
    most = steps[-1]["extra"]
    saved = steps[0]["moves"] - steps[-1]["moves"]
    inside = steps[0]["outside"] - steps[-1]["outside"]
    words = ngettext(
        "Con %(n)s alloggio volano in più: %(outside)s periodi fuori in meno, trasferimenti più leggeri di %(moves)s.",
        "Con %(n)s alloggi volano in più: %(outside)s periodi fuori in meno, trasferimenti più leggeri di %(moves)s.",
        most,
    )
    return words % {"n": most, "moves": saved, "outside": inside}
