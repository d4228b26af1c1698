"""What is decided about an alert. A verdict is changed by another one; nothing is rewritten."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import CaseKind
from vicinia.domain.foresight import events, queries, rules, sentences
from vicinia.domain.foresight.models import Alert
from vicinia.domain.foresight.states import AlertState, Dismissal
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.problems import actions as problems
from vicinia.domain.problems.states import Part
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

_NO_VERDICT: dict[str, Any] = {"dismissed_as": "", "watched_until": None, "case": None}


@transaction.atomic
def dismiss(*, by: Actor, alert: Alert, reason: str, words: str = "") -> Alert:
    """Put an alert away with a reason. It comes back only if it grows."""
    alert = queries.alert_to_change(by, alert)
    rules.may_dismiss(by, alert, reason).require()

    alert.enter(AlertState.DISMISSED, by=by, reason=words, **(_NO_VERDICT | {"dismissed_as": reason}))

    label = journal.kept(Dismissal(reason).label)
    journal.record(events.DISMISSED, by=by, about=alert, note=words, reason=label)
    return alert


@transaction.atomic
def watch(*, by: Actor, alert: Alert, until: dt.date, words: str = "") -> Alert:
    """Keep an eye on an alert until a day."""
    alert = queries.alert_to_change(by, alert)
    rules.may_watch(by, alert, until, clock.today()).require()

    alert.enter(AlertState.WATCHED, by=by, reason=words, **(_NO_VERDICT | {"watched_until": until}))

    journal.record(events.WATCHED, by=by, about=alert, note=words, day=until.isoformat())
    return alert


@transaction.atomic
def take_back(*, by: Actor, alert: Alert, reason: str) -> Alert:
    """Put an alert among the new ones again. What was decided before stays in its story."""
    alert = queries.alert_to_change(by, alert)
    rules.may_take_back(by, alert, reason).require()

    alert.enter(AlertState.NEW, by=by, reason=reason, **_NO_VERDICT)

    journal.record(events.TAKEN_BACK, by=by, about=alert, note=reason)
    return alert


@transaction.atomic
def link_case(*, by: Actor, alert: Alert, case: Case, words: str = "") -> Alert:
    """Let a case that is open already follow an alert."""
    alert = queries.alert_to_change(by, alert)
    case = Case.objects.lock(case)
    rules.may_link_case(by, alert, case).require()

    alert.enter(AlertState.ACTED, by=by, reason=words, **(_NO_VERDICT | {"case": case}))

    journal.record(events.LINKED_CASE, by=by, about=alert, note=words, case=case.reference)
    journal.record(events.BORN_OF_ALERT, by=by, about=case, alert=alert.reference)
    return alert


@transaction.atomic
def open_case(*, by: Actor, alert: Alert, title: str = "") -> Case:
    """Open a place problem on the reports of an alert that one may see, and begin its SARA sheet with what is known.

    Who opens it is in charge of it, until they hand it over: a sheet is written by somebody.
    """
    alert = queries.alert_to_change(by, alert)
    reports = queries.free_reports(by, alert)
    rules.may_open_case(by, alert, len(reports)).require()

    new = casework.OpenCase(
        title=title or _title(alert),
        category=_commonest(reports),
        legal_basis=LegalBasis.ADMINISTRATIVE,
        kind=CaseKind.PLACE,
        summary=sentences.headline(alert),
    )
    case = casework.open_case(by=by, new=new, reports=reports)
    case = casework.take_charge(by=by, case=case)
    _begin_sheet(by, alert, case)
    alert.enter(AlertState.ACTED, by=by, **(_NO_VERDICT | {"case": case}))

    journal.record(events.OPENED_CASE, by=by, about=alert, case=case.reference)
    journal.record(events.BORN_OF_ALERT, by=by, about=case, alert=alert.reference)
    return case


def _title(alert: Alert) -> str:
    return f"{alert.group.label}: {sentences.where(alert)}"[:140]


def _commonest(reports: list[Report]) -> Category:
    """The kind of most of the reports; of two as common, the one of the report nearest to the centre."""
    first = Counter(report.category_id for report in reports).most_common(1)[0][0]
    return next(report.category for report in reports if report.category_id == first)


def _begin_sheet(by: Actor, alert: Alert, case: Case) -> None:
    sheet = problems.begin_sheet(by=by, case=case)
    known = {
        Part.SCANNING: {
            "events": sentences.what_rose(alert),
            "recurring": sentences.when(alert.first_day, alert.last_day),
        },
        Part.ANALYSIS: {"where": _exactly(alert), "when": sentences.when(alert.first_day, alert.last_day)},
    }
    for part, answers in known.items():
        problems.write_part(by=by, sheet=sheet, part=part, answers=answers, seen_version=None)


def _exactly(alert: Alert) -> str:
    if not alert.has_zone:
        return sentences.title(alert)
    radius = ngettext("raggio di %(n)s metro", "raggio di %(n)s metri", alert.radius_m) % {
        "n": alert.radius_m
    }
    return _("%(where)s, %(radius)s") % {"where": sentences.title(alert), "radius": radius}
