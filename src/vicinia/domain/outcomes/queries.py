"""Reads about measures: the counts around two places, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import ReportState
from vicinia.domain.outcomes import rules
from vicinia.domain.outcomes.models import Measure, Opinion
from vicinia.domain.outcomes.states import QUESTIONS
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.verdict import Sentence
from vicinia_analytics import outcome
from vicinia_analytics.outcome import Change, Comparison, Displacement, Interval, Period


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of one measure today.

    `ratio` is how many times as many after as before, against the comparison: None while a count is 0, where it has no value.
    """

    measure: Measure
    before: Period
    after: Period
    comparison: Comparison
    effect: Displacement
    ratio: Interval | None
    sentences: list[Sentence]

    @property
    def last_before(self) -> dt.date:
        return self.before.until - dt.timedelta(days=1)

    @property
    def last_after(self) -> dt.date:
        return self.after.until - dt.timedelta(days=1)


def measure_of(case: Case) -> Measure | None:
    """How the outcome of a case is measured, if somebody has chosen."""
    return Measure.objects.filter(case=case).first()


def measures_of(cases: Collection[Case]) -> dict[int, Measure]:
    """How the outcomes of some cases are measured, by the id of the case. One query."""
    return {row.case_id: row for row in Measure.objects.filter(case__in=cases)}


def measure_on(case: Case) -> Measure:
    """The same (404 otherwise)."""
    found = measure_of(case)
    if found is None:
        raise NotVisible
    return found


def first_day(measure: Measure) -> dt.date:
    """The first day on which enough weeks have passed to count."""
    return measure.began_on + dt.timedelta(weeks=rules.FEWEST_WEEKS)


def outcome_of(case: Case, measure: Measure) -> Outcome | None:
    """The counts and what they say, None while it is too early. Two queries.

    Counts every report of the kind and regime of the case, whoever may see it: numbers only, by the day it came in. Reports
    that were merged into others or set aside count for nothing. The same weeks of the year before are the "before".
    """
    today = clock.today()
    if case.lat is None or case.lon is None or today < first_day(measure):
        return None
    before, after = outcome.season_matched(began_on=measure.began_on, today=today)
    here = _events(case, case.lat, case.lon, measure.ring, before, after)
    there = _events(case, measure.control_lat, measure.control_lon, measure.ring, before, after)
    comparison = Comparison(
        treated=rules.counted(here, case.lat, case.lon, 0, measure.radius),
        around=rules.counted(here, case.lat, case.lon, measure.radius, measure.ring),
        control=_around_control(there, measure, 0, measure.radius),
        around_control=_around_control(there, measure, measure.radius, measure.ring),
    )
    effect = outcome.weighted_displacement(comparison=comparison)
    found = outcome.conclusion(comparison=comparison)
    return Outcome(
        measure=measure,
        before=before,
        after=after,
        comparison=comparison,
        effect=effect,
        ratio=_ratio(comparison),
        sentences=[sentence for sentence in rules.told(found, effect, comparison) if sentence],
    )


def _ratio(comparison: Comparison) -> Interval | None:
    treated, control = comparison.treated, comparison.control
    if not all((treated.before, treated.after, control.before, control.after)):
        return None
    return outcome.ratio_of_ratios(treated=treated, control=control)


def _around_control(
    events: list[tuple[float, float, bool]], measure: Measure, inner: float, outer: float
) -> Change:
    return rules.counted(events, measure.control_lat, measure.control_lon, inner, outer)


def _events(
    case: Case, lat: float, lon: float, metres: float, before: Period, after: Period
) -> list[tuple[float, float, bool]]:
    rows = Report.objects.filter(category_id=case.category_id, legal_basis=case.legal_basis)
    rows = rows.exclude(state__in=(ReportState.MERGED, ReportState.SET_ASIDE))
    rows = rows.filter(_in(before) | _in(after))
    near = listening.near(rows, lat, lon, metres).order_by().values_list("lat", "lon", "received_at")
    first = clock.start_of(after.first)
    return [(point_lat, point_lon, received_at >= first) for point_lat, point_lon, received_at in near]


def _in(period: Period) -> Q:
    return Q(received_at__gte=clock.start_of(period.first), received_at__lt=clock.start_of(period.until))


def opinion_of(report: Report, case: Case) -> Opinion | None:
    """What was said of this closing already: by the same person too, if they reported more than once."""
    if case.closed_at is None:
        return None
    said = Opinion.objects.filter(closed_at=case.closed_at, case=case)
    theirs = Q(report=report)
    if report.reporter_id is not None:
        theirs |= Q(report__reporter_id=report.reporter_id)
    return said.filter(theirs).first()


def may_still_tell(report: Report) -> bool:
    """Whether who reported has yet to say how they were followed. Two queries at most."""
    case = casework.case_of(report)
    return case is not None and not case.is_open and opinion_of(report, case) is None


@dataclass(frozen=True, slots=True)
class Opinions:
    """What people say of cases closed in a period, question by question."""

    invited: int
    answered: int
    rows: Sequence[tuple[Sentence, rules.Share]]


def opinions(first: dt.date, until: dt.date) -> Opinions:
    """Opinions on the closings from `first` up to, not including, `until`, of the whole town. Two queries.

    `invited` are the people who reported in those cases and wished to be contacted: everybody is asked, once a closing.
    """
    since, before = clock.start_of(first), clock.start_of(until)
    closed = Report.objects.filter(
        case_link__case__closed_at__gte=since, case_link__case__closed_at__lt=before, wants_contact=True
    )
    # Reports without a person are each by somebody else.
    asked = closed.annotate(who=Coalesce("reporter_id", -F("pk"))).order_by()
    asked = asked.values("case_link__case_id", "who").distinct()
    names = tuple(QUESTIONS)
    answers = list(
        Opinion.objects.filter(closed_at__gte=since, closed_at__lt=before).order_by().values_list(*names)
    )
    invited = max(asked.count(), len(answers))
    rows = [
        (QUESTIONS[name], rules.told_share([row[place] for row in answers], invited))
        for place, name in enumerate(names)
    ]
    return Opinions(invited, len(answers), rows)


def reports_to_ask(case: Case) -> list[Report]:
    """One report of each author of a closed case who has not said yet how they were followed, to be asked by phone."""
    if case.closed_at is None:
        return []
    said = Opinion.objects.filter(closed_at=case.closed_at, case=case).select_related("report")
    told = {whose(opinion.report) for opinion in said}
    to_ask: dict[tuple[str, int], Report] = {}
    for report in casework.reports_in(case).filter(wants_contact=True):
        to_ask.setdefault(whose(report), report)
    return [report for person, report in to_ask.items() if person not in told]


def whose(report: Report) -> tuple[str, int]:
    """Who made a report, as far as we know: reports without a person are each by somebody else."""
    return ("person", report.reporter_id) if report.reporter_id is not None else ("report", report.pk)


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What somebody said of how they were followed, for the copy that they may ask for."""
    rows = Opinion.objects.filter(report__reporter_id=person_id).select_related("case")
    return [
        {
            "caso": row.case.reference,
            "quando": row.created_at.isoformat(),
            **{str(question): getattr(row, name) for name, question in QUESTIONS.items()},
        }
        for row in rows
    ]
