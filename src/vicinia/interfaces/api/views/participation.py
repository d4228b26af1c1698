"""What people decide together, as it is published: drafts and who proposes never leave by this door."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from vicinia.domain.assemblies import queries as assemblies_read
from vicinia.domain.assemblies.models import Assembly, Resolution
from vicinia.domain.participation import queries
from vicinia.domain.participation.models import Process
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import participation as serializers
from vicinia.interfaces.api.shapes import day, state
from vicinia.interfaces.api.views.house import answer, describe, page_of


@describe("processes_list", answer=serializers.ProcessPage, asks=("page",))
@api_view(["GET"])
def processes(request: Request) -> HttpResponse:
    """Published processes with their phases, newest first."""
    able(request, Capability.SEE_PARTICIPATION)
    return page_of(request, queries.in_lines(queries.shown_processes().newest_first()), _process)


def _process(row: Process) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "title": row.title,
        "summary": row.summary,
        "areas": [area.code for area in row.areas.all()],
        "phases": [
            {
                "title": phase.title,
                "from_day": day(phase.from_day),
                "to_day": day(phase.to_day),
                "takes_proposals": phase.takes_ideas,
            }
            for phase in row.phases.all()
        ],
        "outcome": row.outcome,
    }


@describe("assemblies_list", answer=serializers.AssemblyPage, asks=("page",))
@api_view(["GET"])
def assemblies(request: Request) -> HttpResponse:
    """Published assemblies, the latest day first."""
    able(request, Capability.SEE_PARTICIPATION)
    return page_of(request, assemblies_read.shown_assemblies().newest_first(), _assembly)


def _assembly(row: Assembly, minutes: str | None = None, fingerprint: str | None = None) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "kind": row.kind,
        "state": state(row.state, row.get_state_display()),
        "title": row.title,
        "day": day(row.meets_on),
        "hour": f"{row.meets_at:%H:%M}",
        "place": row.place,
        "present": row.present,
        "minutes": minutes,
        "fingerprint": fingerprint,
    }


@describe("assemblies_read", answer=serializers.AssemblyShape)
@api_view(["GET"])
def assembly(request: Request, reference: str) -> HttpResponse:
    """One published assembly; its minutes once they are approved."""
    able(request, Capability.SEE_PARTICIPATION)
    found = assemblies_read.shown_assembly(reference)
    fingerprint = found.minutes.fingerprint if found.minutes else None
    return answer(_assembly(found.assembly, found.text or None, fingerprint))


@describe("decisions_list", answer=serializers.DecisionPage, asks=("page",))
@api_view(["GET"])
def decisions(request: Request) -> HttpResponse:
    """Decisions of published assemblies whose minutes are approved, the newest first."""
    able(request, Capability.SEE_PARTICIPATION)
    return page_of(request, assemblies_read.shown_resolutions().in_lines().order_by("-id"), _decision)


def _decision(row: Resolution) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "assembly": row.assembly.reference,
        "words": row.words,
        "body": row.who_in_public,
        "due_on": day(row.due_on),
        "is_late": row.is_late,
    }


@describe("proposals_list", answer=serializers.ProposalPage, asks=("page",))
@api_view(["GET"])
def proposals(request: Request) -> HttpResponse:
    """Published proposals of residents, newest first. Who proposes is not said."""
    able(request, Capability.SEE_PARTICIPATION)
    return page_of(request, queries.with_counts(queries.shown_ideas().newest_first()), _proposal)


@describe("proposals_read", answer=serializers.ProposalShape)
@api_view(["GET"])
def proposal(request: Request, reference: str) -> HttpResponse:
    """One published proposal; one that was merged gives the one that it became part of."""
    able(request, Capability.SEE_PARTICIPATION)
    return answer(_proposal(queries.shown_idea(reference)))


def _proposal(row: Any) -> dict[str, Any]:
    result = getattr(row, "result", None)
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "process": row.process.reference if row.process else None,
        "area": row.area.code if row.area else None,
        "title": row.title,
        "text": row.text,
        "supports": row.support_count,
        "answer_due_on": day(row.answer_due_on),
        "answer": row.answer,
        "percent": result.percent if result else None,
    }
