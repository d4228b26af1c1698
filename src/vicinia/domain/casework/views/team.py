"""The unit's work: who has what in hand, and handing many cases over at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vicinia.domain.casework import actions, papers, queries
from vicinia.domain.casework.forms import HandOverForm
from vicinia.domain.casework.queries.team import ATTENTION
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.htmx import go_to

# A handover is read by a person: more cases than these are handed over in two goes.
MOST_AT_ONCE = 100


@needs(Capability.ASSIGN)
def team(request: HttpRequest) -> HttpResponse:
    """Workload, what is late, what stands still and what came back, by operator."""
    lines = queries.team(request.actor)
    heads = [(name, label) for name, (label, _narrow) in ATTENTION.items()]
    return render(request, "casework/team.html", {"lines": lines, "heads": heads})


@needs(Capability.ASSIGN)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose many cases of someone to a colleague: each changes hands when it is accepted."""
    by = request.actor
    user = queries.in_the_team(pk)
    cases = list(queries.open_cases_of(by, user)[:MOST_AT_ONCE])
    form = HandOverForm(request.POST or None, cases=cases, leaving=user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        outcome = actions.propose_many(by=by, cases=form.chosen, to=chosen["to"], words=chosen["words"])
        for case, sentence in outcome.refused:
            messages.warning(request, f"{case.reference}: {sentence}")
        if outcome.done:
            sentence = ngettext(
                "%(n)s caso proposto: finché non è accettato non cambia nulla.",
                "%(n)s casi proposti: finché non sono accettati non cambia nulla.",
                len(outcome.done),
            )
            messages.success(request, sentence % {"n": len(outcome.done)})
        return go_to(request, reverse("team"))
    context = {"leaving": user, "form": form, "cases": cases}
    return render(request, "casework/hand_over.html", context, status=422 if form.is_bound else 200)


@needs(Capability.ASSIGN)
def sheets_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The handover sheets of all that someone has in charge, in one file."""
    cases = queries.open_cases_of(request.actor, queries.in_the_team(pk))[:MOST_AT_ONCE]
    content = papers.handover_sheets(by=request.actor, cases=list(cases))
    return pdf.as_response(content, f"consegne-{pk}.pdf")


@needs(Capability.TAKE_CHARGE)
def proposals(request: HttpRequest) -> HttpResponse:
    """The cases that are proposed to me, to read and accept together."""
    rows = queries.proposals_to(request.actor)[:MOST_AT_ONCE]
    return render(request, "casework/proposals.html", {"proposals": rows})


@needs(Capability.TAKE_CHARGE)
def sheets_for_me(request: HttpRequest) -> HttpResponse:
    """The handover sheets of the cases that are proposed to me."""
    rows = queries.proposals_to(request.actor)[:MOST_AT_ONCE]
    content = papers.handover_sheets(by=request.actor, cases=[row.case for row in rows])
    return pdf.as_response(content, "consegne.pdf")


@require_POST
@needs(Capability.TAKE_CHARGE)
def accept_all(request: HttpRequest) -> HttpResponse:
    """Accept the proposals that the page showed: one that came in meanwhile is not accepted unread."""
    shown = set(request.POST.getlist("case"))
    rows = [row for row in queries.proposals_to(request.actor) if row.case.reference in shown]
    accepted = actions.accept_many(by=request.actor, proposals=rows)
    sentence = ngettext("Ora segui %(n)s caso in più.", "Ora segui %(n)s casi in più.", len(accepted))
    messages.success(request, sentence % {"n": len(accepted)})
    return go_to(request, reverse("day"))
