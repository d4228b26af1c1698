"""Which person, report or case is meant: what is proposed before and while one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from vicinia.domain.casework import queries
from vicinia.domain.casework.models import Case
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.forms.seeking import seek_report
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.queries import similar
from vicinia.domain.people import queries as people
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import Proposal, Seek
from vicinia.foundation.search import queries as search

PROPOSED_MOST = 8


def seek_person(by: Actor, case: Case) -> Seek:
    """Find a known person by name, telephone or e-mail; each search is in the access log."""

    def find(words: str) -> list[Proposal]:
        hits = people.find(by, words)[:PROPOSED_MOST]
        return [Proposal(hit.reference, hit.name, hit.hint) for hit in hits]

    def is_one(words: str) -> bool:
        return people.is_visible(by, words)

    return Seek(url=reverse("people_suggestions"), find=find, is_one=is_one)


def seek_to_link(by: Actor, case: Case) -> Seek:
    """Find a report for a case: of the same regime, still to be decided, those about the same thing first."""
    rows = listening.reports(by).in_triage().filter(legal_basis=case.legal_basis)
    place = Location(lat=case.lat, lon=case.lon, address=case.address, area_id=case.area_id)
    first = queries.reports_in(case).filter(reporter__isnull=False).first()
    person_id = first.reporter_id if first else None
    sought = similar.Sought(case.category, place, f"{case.title} {case.summary}", person_id)
    return seek_report(by, sought, rows, reverse("case_report_suggestions", args=[case.reference]))


def seek_case(by: Actor, report: Report) -> Seek:
    """Find an open case for a report: of the same regime, those nearby first."""

    def find(words: str) -> list[Proposal]:
        rows = queries.cases(by).open().filter(legal_basis=report.legal_basis)
        found = search.among(rows, "case", words).in_lines().newest_first()
        return [_as_proposal(case) for case in found[:PROPOSED_MOST]]

    def first() -> list[Proposal]:
        return [_as_proposal(case) for case in queries.open_cases_near(by, report)]

    def is_one(words: str) -> bool:
        return queries.cases(by).filter(reference=words).exists()

    url = reverse("report_case_suggestions", args=[report.reference])
    return Seek(url=url, find=find, is_one=is_one, first=first)


def _as_proposal(case: Case) -> Proposal:
    owner = case.owner.name if case.owner else ""
    hint = " · ".join(part for part in (case.category.name, case.where, owner) if part)
    return Proposal(case.reference, str(case), hint)


@needs(Capability.WORK_CASES)
def reports(request: HttpRequest, reference: str) -> HttpResponse:
    """Reports that may enter a case."""
    seek = seek_to_link(request.actor, queries.case_named(request.actor, reference))
    return JsonResponse(seek.rows(request.GET.get("q", "")), safe=False)


@needs(Capability.WORK_CASES)
def cases(request: HttpRequest, reference: str) -> HttpResponse:
    """Open cases that a report may enter."""
    seek = seek_case(request.actor, listening.report_named(request.actor, reference))
    return JsonResponse(seek.rows(request.GET.get("q", "")), safe=False)
