"""What belongs to a case: reports, people, files, its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.casework import events, queries, rules
from vicinia.domain.casework.actions.charge import expect_contact, join
from vicinia.domain.casework.models import Case, CasePerson, CaseReport, Contact
from vicinia.domain.casework.states import PersonRole
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.people.models import Person
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import label_of
from vicinia.foundation.search import actions as search


@transaction.atomic
def link_report(*, by: Actor, case: Case, report: Report, why: str = "") -> Case:
    """Add a report to an open case."""
    case = Case.objects.lock(case)

    join(by=by, case=case, report=report, why=why)
    day, is_first_call = queries.next_contact(case, case.next_contact_on)
    if is_first_call:
        expect_contact(case, day, is_first_call)

    journal.record(events.REPORT_LINKED, by=by, about=case, report=report.reference, note=why)
    return case


@transaction.atomic
def link_reports(*, by: Actor, case: Case, reports: Sequence[Report], why: str = "") -> Case:
    """Add several reports to an open case, all or none."""
    for report in reports:
        case = link_report(by=by, case=case, report=report, why=why)
    return case


@transaction.atomic
def unlink_report(*, by: Actor, case: Case, report: Report, reason: str) -> Case:
    """Take a report out of a case, back to triage. A case keeps at least one report."""
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()
    rules.must_say_why(reason).require()
    rules.may_unlink(queries.case_of(report) == case, CaseReport.objects.filter(case=case).count()).require()

    CaseReport.objects.filter(case=case, report=report).delete()
    _take_along(case, report)
    listening.leave_case(by=by, report=report, case=case.reference, reason=reason)

    journal.record(events.REPORT_UNLINKED, by=by, about=case, report=report.reference, reason=reason)
    return case


def _take_along(case: Case, report: Report) -> None:
    """A report leaves with its contacts, and with its reporter unless another report of the case is theirs."""
    Contact.objects.filter(case=case, report=report).update(case=None)
    if report.reporter_id is None or queries.reports_in(case).filter(reporter_id=report.reporter_id).exists():
        return
    CasePerson.objects.filter(case=case, role=PersonRole.REPORTER, person_id=report.reporter_id).delete()


@transaction.atomic
def add_person(*, by: Actor, case: Case, person: Person, role: str, label: str = "") -> CasePerson:
    """Add a person to a case, with what they are in it and how staff speak of them without naming them."""
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()

    values = {"role": role, "label": label}
    row, _made = CasePerson.objects.update_or_create(case=case, person=person, defaults=values)

    journal.record(events.PERSON_ADDED, by=by, about=case, role=journal.kept(PersonRole(row.role).label))
    return row


@transaction.atomic
def remove_person(*, by: Actor, row: CasePerson, reason: str) -> None:
    """Take a person out of a case."""
    case = Case.objects.lock(row.case)
    rules.may_work(by, case).require()
    rules.must_say_why(reason).require()

    row.delete()

    journal.record(
        events.PERSON_REMOVED, by=by, about=case, role=journal.kept(PersonRole(row.role).label), reason=reason
    )


@transaction.atomic
def add_file(*, by: Actor, case: Case, file: UploadedFile[Any]) -> Attachment:
    """Attach a file to a case."""
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()

    return attachments.attach(by=by, about=case, file=file)


@dataclass(frozen=True)
class CaseCorrection:
    """What is put right in a case. None leaves a value as it is."""

    title: str | None = None
    summary: str | None = None
    category: Category | None = None
    kind: str | None = None
    legal_basis: str | None = None
    location: Location | None = None


@transaction.atomic
def correct(*, by: Actor, case: Case, correction: CaseCorrection, seen_version: int | None) -> Case:
    """Put right the words, kind, place or regime of a case; refuse when someone else changed it meanwhile."""
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()
    case.require_version(seen_version, yours=correction)
    moves_regime = correction.legal_basis not in (None, case.legal_basis)
    if moves_regime:
        rules.may_open(by, str(correction.legal_basis)).require()
        owner = case.owner.as_actor() if case.owner else None
        rules.may_move_regime(owner, str(correction.legal_basis)).require()

    changed = _apply(case, correction)
    if not changed:
        return case
    case.save()
    if moves_regime:
        # A case and its reports are of one regime: what was moved to the police side may not stay visible beside it.
        Report.objects.filter(case_link__case=case).update(legal_basis=case.legal_basis, is_published=False)

    journal.record(events.CORRECTED, by=by, about=case, fields=", ".join(changed))
    search.refresh("case", [case.pk])
    return case


def _apply(case: Case, correction: CaseCorrection) -> list[str]:
    names = ("title", "summary", "category", "kind", "legal_basis")
    values: dict[str, Any] = {
        name: getattr(correction, name) for name in names if getattr(correction, name) is not None
    }
    if correction.location is not None:
        place = correction.location
        values |= {"lat": place.lat, "lon": place.lon, "civic_number_id": place.civic_number_id}
        values |= {"address": place.address, "place_words": place.place_words, "area_id": place.area_id}
    changed = [name for name, value in values.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, values[name])
    labels = (journal.kept(label_of(Case, name)) for name in changed)
    return list(dict.fromkeys(labels))
