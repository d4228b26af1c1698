"""Where a household will live, as one says it to the family."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.mobility.engine.periods import period_of
from vicinia.domain.mobility.models import MobilityPlan, RehousingFile, Stay
from vicinia.domain.mobility.states import PlanState
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.kernel import clock
from vicinia.foundation.look import dates

APRIL, AUGUST = 4, 8


@dataclass(frozen=True, slots=True)
class PlannedStay:
    """A household in a dwelling (None: outside) from a month to another (None: as far as the plan goes)."""

    dwelling: Dwelling | None
    from_month: dt.date
    to_month: dt.date | None
    is_home: bool


def stays_of(file: RehousingFile, plan: MobilityPlan | None = None) -> list[PlannedStay]:
    """Where a household will be by a plan, or by the published one; empty without a plan. At most two queries."""
    rows = (
        Stay.objects.filter(file=file).select_related("plan", "dwelling__stair__building").order_by("first")
    )
    rows = rows.filter(plan=plan) if plan else rows.filter(plan__state=PlanState.PUBLISHED)
    return [_planned(row, file) for row in rows]


def _planned(stay: Stay, file: RehousingFile) -> PlannedStay:
    days = stay.plan.days
    ends = clock.add_months(days[stay.last + 1], -1) if stay.last + 1 < len(days) else None
    return PlannedStay(stay.dwelling, days[stay.first], ends, stay.dwelling_id == file.home_id)


def _named(month: dt.date) -> str:
    """ "maggio", with its year if it is another one."""
    words = dates.month_words(month)
    return words.replace(f" {month.year}", "") if month.year == clock.today().year else words


def in_month(month: dt.date) -> str:
    """ "a maggio", "ad aprile 2028"."""
    pattern = _("ad %(month)s") if month.month in (APRIL, AUGUST) else _("a %(month)s")
    return pattern % {"month": _named(month)}


def _until(month: dt.date) -> str:
    pattern = _("fino ad %(month)s") if month.month in (APRIL, AUGUST) else _("fino a %(month)s")
    return pattern % {"month": _named(month)}


def rooms_words(dwelling: Dwelling) -> str:
    """ "bilocale", or how many rooms where there is no word for it."""
    names = {1: _("monolocale"), 2: _("bilocale"), 3: _("trilocale"), 4: _("quadrilocale")}
    if not dwelling.rooms:
        return _("alloggio")
    return names.get(dwelling.rooms) or _("alloggio di %(n)s stanze") % {"n": dwelling.rooms}


def place_words(dwelling: Dwelling) -> str:
    """ "bilocale in Corte B, scala B, con ascensore"."""
    stair = dwelling.stair
    words = _("%(rooms)s in %(building)s, scala %(stair)s") % {
        "rooms": rooms_words(dwelling),
        "building": stair.building.name,
        "stair": stair.name,
    }
    return _("%(place)s, con ascensore") % {"place": words} if stair.has_lift else words


def story(file: RehousingFile) -> str:
    """Where the household will live by the published plan, in one sentence; nothing without a plan."""
    return told(stays_of(file))


def told(stays: Sequence[PlannedStay]) -> str:
    """ "Resti a casa fino a maggio, poi bilocale in Corte B, scala B, con ascensore; torni a marzo." """
    if not stays:
        return ""
    if len(stays) == 1:
        return (
            _("Resti dove sei: i lavori non ti fanno spostare.")
            if stays[0].dwelling
            else _("Sei fuori dal quartiere.")
        )
    words = _begins(stays[0])
    for stay in stays[1:]:
        words += _goes_on(stay)
    return f"{words}."


def _begins(stay: PlannedStay) -> str:
    if stay.dwelling is None:
        return _("Sei fuori dal quartiere %(until)s") % {"until": _until(_last(stay))}
    pattern = _("Resti a casa %(until)s") if stay.is_home else _("Resti dove sei %(until)s")
    return pattern % {"until": _until(_last(stay))}


def _last(stay: PlannedStay) -> dt.date:
    return stay.to_month or stay.from_month


def _goes_on(stay: PlannedStay) -> str:
    if stay.is_home:
        return _("; torni %(when)s") % {"when": in_month(stay.from_month)}
    if stay.dwelling is None:
        return _(", poi fuori dal quartiere %(until)s") % {"until": _until(_last(stay))}
    return _(", poi %(place)s") % {"place": place_words(stay.dwelling)}


def aligned(
    rows: Mapping[int, Sequence[str | None]], months: Sequence[dt.date], wanted: Sequence[dt.date]
) -> dict[int, list[str | None]]:
    """The rows of a plan over the months of another one."""
    at = [period_of(months, month) for month in wanted]
    return {number: [row[period] for period in at] for number, row in rows.items()}
