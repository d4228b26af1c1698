"""Papers of an assembly as PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vicinia.domain.assemblies import actions, papers, queries
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import languages


@needs(Capability.SEE_PARTICIPATION)
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """The call, in the language asked for."""
    row = queries.assembly_named(request.actor, reference)
    asked = request.GET.get("lingua", "")
    language = asked if asked in dict(languages.RESIDENT_LANGUAGES) else "it"
    return pdf.as_response(
        papers.call(assembly=row, language=language), papers.name_of(row, f"convocazione-{language}")
    )


@needs(Capability.RUN_PARTICIPATION)
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet to sign."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    content = papers.sheet(assembly=row)
    actions.note_print(by=by, assembly=row, paper=_("foglio presenze"))
    return pdf.as_response(content, papers.name_of(row, "foglio-presenze"))


@needs(Capability.RUN_PARTICIPATION)
def minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes at the step where they are."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    content = papers.minutes(minutes=queries.minutes_of(row))
    actions.note_print(by=by, assembly=row, paper=_("verbale"))
    return pdf.as_response(content, papers.name_of(row, "verbale"))
