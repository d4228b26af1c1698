"""Papers of a vote as PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vicinia.domain.elections import papers, queries, rules
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import languages


@needs(Capability.RUN_PARTICIPATION)
def ballot(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper ballot to copy, in the language asked for."""
    row = queries.poll_named(request.actor, reference)
    asked = request.GET.get("lingua", "")
    language = asked if asked in dict(languages.RESIDENT_LANGUAGES) else "it"
    content = papers.ballot(poll=row, language=language)
    return pdf.as_response(content, papers.name_of(row, f"scheda-{language}"))


@needs(Capability.RUN_PARTICIPATION)
def register(request: HttpRequest, reference: str) -> HttpResponse:
    """The roll to sign at the table."""
    by = request.actor
    row = queries.poll_named(by, reference)
    return pdf.as_response(papers.register(by=by, poll=row), papers.name_of(row, "registro"))


@needs(Capability.SEE_PARTICIPATION)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """What came out of the count, to be hung up."""
    row = queries.poll_named(request.actor, reference)
    rules.is_counted(row).require()
    return pdf.as_response(papers.report(poll=row), papers.name_of(row, "verbale"))
