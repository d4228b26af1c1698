"""Choosing how an outcome is measured, and saying how one was followed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.outcomes import events, queries, rules
from vicinia.domain.outcomes.models import Measure, Opinion
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewMeasure:
    """Since when, how wide (metres), and the place that is compared."""

    began_on: dt.date
    radius: int
    ring: int
    control: Location
    why: str = ""


@transaction.atomic
def set_measure(*, by: Actor, case: Case, new: NewMeasure, seen_version: int | None = None) -> Measure:
    """Choose how the outcome of a case is measured, or change it. Raises Conflict when somebody else has changed it."""
    case = Case.objects.lock(case)
    control = new.control
    rules.may_measure(by, case).require()
    rules.may_compare(
        case,
        began_on=new.began_on,
        today=clock.today(),
        radius=new.radius,
        ring=new.ring,
        lat=control.lat,
        lon=control.lon,
    ).require()

    measure = Measure.objects.filter(case=case).first() or Measure(case=case)
    measure.require_version(seen_version)
    measure.began_on, measure.radius, measure.ring, measure.why = new.began_on, new.radius, new.ring, new.why
    measure.control_lat, measure.control_lon = control.lat, control.lon
    measure.control_words = control.address or control.place_words
    measure.save()

    where = measure.control_words
    journal.record(events.SET, by=by, about=case, day=new.began_on.isoformat(), where=where)
    return measure


@transaction.atomic
def note_print(*, by: Actor, case: Case) -> None:
    """Write down that the measure was printed."""
    journal.record(events.PRINTED, by=by, about=case)


@transaction.atomic
def give_opinion(*, by: Actor, report: Report, answers: Mapping[str, int]) -> Opinion:
    """Say how one was followed: a number from 1 to 5 for each of QUESTIONS, once for each closing."""
    report = Report.objects.lock(report)  # two taps on the same button are one answer
    case = casework.case_of(report)
    has_given = case is not None and queries.opinion_of(report, case) is not None
    rules.may_give_opinion(by, report, case, has_given=has_given).require()
    assert case is not None and case.closed_at is not None

    opinion = Opinion.objects.create(
        report=report, case=case, closed_at=case.closed_at, by_staff=by.is_staff, **answers
    )
    journal.record(events.OPINION, by=by, about=case)
    return opinion
