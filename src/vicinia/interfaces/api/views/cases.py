"""Cases, for staff who are signed in: what stands in them, and the acts that other screens of theirs need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django.db import transaction
from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.forms import CaseFilter
from vicinia.domain.casework.models import Case
from vicinia.domain.listening import queries as listening
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal import queries as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.api import serializers, shapes
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.views.house import answer, cleaned, count_write, describe, filtered, page_of

VIEWS = ("mine", "open", "without-owner", "closed")
FILTERS = ("view", "q", "stage", "kind", "area", "legal_basis", "page")
Act = Callable[[Actor, Case, dict[str, Any]], object]


class ApiCaseFilter(CaseFilter):
    """The filters of the list of cases, with codes instead of ids."""

    kind = django_filters.ModelChoiceFilter(
        field_name="category", to_field_name="code", queryset=lambda _request: listening.kinds()
    )
    area = django_filters.ModelChoiceFilter(
        field_name="area", to_field_name="code", queryset=lambda _request: territory.reference_areas()
    )


@describe("cases_list", answer=serializers.CasePage, asks=FILTERS)
@api_view(["GET"])
def cases(request: Request) -> HttpResponse:
    """Cases that the caller may see."""
    by = able(request, Capability.SEE_CASES)
    visible = queries.cases(by)
    view = request.query_params.get("view") or "open"
    if view not in VIEWS:
        raise ValidationError({"view": [", ".join(VIEWS)]})
    rows = {
        "mine": lambda: visible.open().owned_by(by).most_urgent_first(),
        "open": lambda: visible.open().most_urgent_first(),
        "without-owner": lambda: visible.without_owner().most_urgent_first(),
        "closed": lambda: visible.closed().newest_first(),
    }[view]()
    filters = ApiCaseFilter(request.query_params, queryset=rows.in_lines())
    return page_of(request, filtered(filters), shapes.case)


@describe("cases_read", answer=serializers.FullCaseShape)
@api_view(["GET"])
def case(request: Request, reference: str) -> HttpResponse:
    """One case with everything that was done in it. People appear as what they are in it, never by name."""
    by = able(request, Capability.SEE_CASES)
    return answer(in_full(by, reference))


def in_full(by: Actor, reference: str) -> dict[str, Any]:
    """A case with its parts: eight queries, whatever its size."""
    row = queries.case_named(by, reference)
    reports = list(queries.reports_in(row))
    abouts = [f"case:{row.reference}", *(f"report:{report.reference}" for report in reports)]
    return shapes.case(row) | {
        "summary": row.summary,
        "outcome_note": row.outcome_note,
        "reports": [shapes.report(report) for report in reports],
        "contacts": [shapes.contact(one) for one in row.contacts.all()],
        "commitments": [shapes.commitment(one) for one in queries.commitments_of(row)],
        "interventions": [shapes.intervention(one) for one in queries.interventions_of(row)],
        "people": [shapes.person(one) for one in queries.people_of(row)],
        "timeline": [shapes.timeline(line) for line in journal.timeline(abouts)],
    }


def _act_on(request: Request, reference: str, sends: Any, act: Act, status: int = 200) -> HttpResponse:
    """Do something in a case that the caller may see, on top of the version that they saw."""
    by = able(request, Capability.SEE_CASES)
    count_write(request)
    with transaction.atomic():
        row = queries.case_to_change(by, reference)
        values = cleaned(sends, request)
        row.require_version(values.pop("seen_version", None))
        act(by, row, values)
        content = in_full(by, reference)
    return answer(content, status=status)


@describe("reports_open_case", answer=serializers.FullCaseShape, sends=serializers.OpenCaseInput, status=201)
@api_view(["POST"])
def open_case(request: Request, reference: str) -> HttpResponse:
    """Open a case on a report."""
    by = able(request, Capability.SEE_CASES)
    count_write(request)
    with transaction.atomic():
        report = listening.report_to_change(by, reference)
        values = cleaned(serializers.OpenCaseInput, request)
        report.require_version(values.get("seen_version"))
        new = actions.OpenCase(
            title=values["title"] or report.title,
            category=report.category,
            legal_basis=values.get("legal_basis") or report.legal_basis,
            summary=values["summary"],
        )
        row = actions.open_case(by=by, new=new, reports=[report])
        content = in_full(by, row.reference)
    return answer(content, status=201)


@describe("cases_take", answer=serializers.FullCaseShape, sends=serializers.Version)
@api_view(["POST"])
def take(request: Request, reference: str) -> HttpResponse:
    """Take a case in charge."""
    return _act_on(
        request, reference, serializers.Version, lambda by, row, _values: actions.take_charge(by=by, case=row)
    )


@describe("cases_link", answer=serializers.FullCaseShape, sends=serializers.LinkInput)
@api_view(["POST"])
def link(request: Request, reference: str) -> HttpResponse:
    """Add a report to a case."""

    def act(by: Actor, row: Case, values: dict[str, Any]) -> object:
        report = listening.report_named(by, values["report"])
        return actions.link_report(by=by, case=row, report=report, why=values["why"])

    return _act_on(request, reference, serializers.LinkInput, act)


@describe("cases_contact", answer=serializers.FullCaseShape, sends=serializers.ContactInput, status=201)
@api_view(["POST"])
def contact(request: Request, reference: str) -> HttpResponse:
    """Write down a contact."""

    def act(by: Actor, row: Case, values: dict[str, Any]) -> object:
        reference = values.pop("report")
        report = queries.report_in(row, reference) if reference else None
        return actions.contact_in_case(by=by, case=row, new=actions.NewContact(**values), report=report)

    return _act_on(request, reference, serializers.ContactInput, act, status=201)


@describe("cases_commit", answer=serializers.FullCaseShape, sends=serializers.CommitmentInput, status=201)
@api_view(["POST"])
def commit(request: Request, reference: str) -> HttpResponse:
    """Write down a commitment."""

    def act(by: Actor, row: Case, values: dict[str, Any]) -> object:
        return actions.add_commitment(by=by, case=row, new=actions.NewCommitment(**values))

    return _act_on(request, reference, serializers.CommitmentInput, act, status=201)


@describe("cases_close", answer=serializers.FullCaseShape, sends=serializers.CloseInput)
@api_view(["POST"])
def close(request: Request, reference: str) -> HttpResponse:
    """Close a case with its outcome, or ask for it: it is closed when who assigns approves."""

    def act(by: Actor, row: Case, values: dict[str, Any]) -> object:
        return actions.ask_to_close(by=by, case=row, **values)

    return _act_on(request, reference, serializers.CloseInput, act)
