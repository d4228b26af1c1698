"""Pacts of collaboration at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.commons import papers
from vicinia.domain.commons.actions import pacts as actions
from vicinia.domain.commons.forms.pacts import (
    DayForm,
    EndForm,
    MonthsForm,
    NewPactForm,
    PactForm,
    PartyForm,
    PromiseForm,
    ReportForm,
    WordsForm,
)
from vicinia.domain.commons.models import Pact
from vicinia.domain.commons.queries import bodies as bodies_read
from vicinia.domain.commons.queries import pacts as queries
from vicinia.domain.commons.queries import spaces as spaces_read
from vicinia.domain.commons.rules import may_run
from vicinia.domain.commons.rules import pacts as rules
from vicinia.domain.commons.states import PACT_MOVES, PactState
from vicinia.domain.commons.views.bodies import RUN, SEE
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import COUNTED_AT_MOST, counts_up_to, page_of
from vicinia.foundation.look.acting import one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view

ENDS = (PactState.CLOSED, PactState.REFUSED, PactState.WITHDRAWN)


@needs(SEE)
def in_laboratory(request: HttpRequest) -> HttpResponse:
    """The panel of the laboratory's page: what of bodies, spaces and pacts waits for somebody."""
    by = request.actor
    counts = counts_up_to(
        COUNTED_AT_MOST,
        bodies=bodies_read.bodies(by).at_work(),
        to_verify=bodies_read.to_verify(by),
        spaces=spaces_read.spaces(by).in_use(),
        asked=spaces_read.asked(by),
        pacts=queries.pacts(by).at_work(),
        to_read=queries.pacts_to_read(by),
    )
    context = {"counts": counts, "may_run": may_run(by)}
    return page_or_part(request, "commons/in_laboratory_page.html", "commons/in_laboratory.html", context)


def to_pact(row: Pact) -> str:
    """The address of a pact's page."""
    return reverse("pact", args=[row.reference])


@needs(SEE)
def pacts(request: HttpRequest) -> HttpResponse:
    """Pacts by how far they are. 50 rows a page."""
    by = request.actor
    visible = queries.pacts(by)
    views = {
        "aperti": (_("In preparazione"), visible.open()),
        "attivi": (_("In corso"), visible.at_work()),
        "tutti": (_("Tutti"), visible),
    }
    chosen, tabs = chosen_view(request, reverse("pacts"), views)
    context = {
        "tabs": tabs,
        "page": page_of(request, queries.in_lines(views[chosen][1].newest_first())),
        "may_run": may_run(by),
    }
    return render(request, "commons/pacts.html", context)


@needs(RUN)
def new(request: HttpRequest) -> HttpResponse:
    """Take in a proposal at the desk, or begin one from a call of the town."""
    by = request.actor
    form = NewPactForm(request.POST or None, by=by)
    made: list[Pact] = []

    def do(values: dict[str, Any]) -> None:
        made.append(actions.propose_pact(by=by, new=form.draft(), party=form.party(), once=values["once"]))

    answer = one_form(
        request, title=_("Nuova proposta di patto"), form=form, do=do, done=_("Proposta registrata."), back=reverse("pacts")
    )  # fmt: skip
    return go_to(request, to_pact(made[0])) if made else answer


@needs(SEE)
def pact(request: HttpRequest, reference: str) -> HttpResponse:
    """One pact: text, promises of both sides, who signs, what came of it."""
    by = request.actor
    row = queries.pact_named(by, reference)
    facts, today = queries.facts_of(row), clock.today()
    names, unnamed = queries.credits_of(row)
    context = {
        "pact": row,
        "names": names,
        "unnamed": unnamed,
        "parties": queries.parties_of(row) if may_run(by) else [],
        "promises": queries.promises_of(row),
        "reports": queries.reports_of(row),
        "is_run": bool(may_run(by)),
        "may_write": rules.may_write(by, row),
        "may_publish": rules.may_publish(by, row),
        "may_assess": rules.may_assess(by, row, "x"),
        "may_finish": rules.may_finish_design(by, row, facts),
        "may_sign": rules.may_sign(by, row, on=today, today=today, parties=facts.parties),
        "may_begin": rules.may_begin(by, row, starts_on=today),
        "may_report": rules.may_report(by, row, year=today.year, today=today, has_one=False, words="x"),
        "may_renew": rules.may_renew(by, row, months=1),
        "may_end": bool(_ends(row)) and bool(may_run(by)),
    }
    return render(request, "commons/pact.html", context)


def _ends(row: Pact) -> list[PactState]:
    return [state for state in ENDS if PACT_MOVES.may(row.state, state)]


@needs(RUN)
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write it further."""
    by = request.actor
    row = queries.pact_named(by, reference)
    rules.may_write(by, row).require()
    form = PactForm(request.POST or None, by=by, initial=PactForm.values_of(row))

    def do(values: dict[str, Any]) -> Pact:
        return actions.write_pact(by=by, pact=row, new=form.draft(), seen_version=values["seen_version"])

    return versioned_form(
        request, row=row, title=_("Scrivi il patto"), about=row.reference, form=form, do=do,
        now=lambda: [(_("Titolo"), row.title), (_("Che cosa si vuole ottenere"), row.goals)],
        done=_("Salvato."), back=to_pact(row),
    )  # fmt: skip


@needs(RUN)
def add_party(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody else signs too."""
    by = request.actor
    row = queries.pact_named(by, reference)
    rules.may_write(by, row).require()
    form = PartyForm(request.POST or None)
    return one_form(
        request, title=_("Chi firma"), about=row.reference, form=form, back=to_pact(row), done=_("Aggiunto."),
        do=lambda _values: actions.add_party(by=by, pact=row, new=form.party()),
    )  # fmt: skip


@require_POST
@needs(RUN)
def drop_party(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Somebody doesn't sign after all."""
    row = queries.pact_named(request.actor, reference)
    actions.drop_party(by=request.actor, party=queries.party_of(row, pk))
    return go_to(request, to_pact(row))


@needs(RUN)
def add_promise(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what one side promises."""
    by = request.actor
    row = queries.pact_named(by, reference)
    rules.may_write(by, row).require()
    form = PromiseForm(request.POST or None)
    return one_form(
        request, title=_("Nuovo impegno"), about=row.reference, form=form, back=to_pact(row), done=_("Aggiunto."),
        do=lambda _values: actions.add_promise(by=by, pact=row, new=form.promise()),
    )  # fmt: skip


@require_POST
@needs(RUN)
def drop_promise(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a promise away."""
    row = queries.pact_named(request.actor, reference)
    actions.drop_promise(by=request.actor, promise=queries.promise_of(row, pk))
    return go_to(request, to_pact(row))


@require_POST
@needs(RUN)
def go_on(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Steps that need no words: everybody may read it, or it is written to its end."""
    row = queries.pact_named(request.actor, reference)
    steps = {"pubblica": actions.publish_pact, "pronto": actions.finish_design}
    if step not in steps:
        raise NotVisible
    steps[step](by=request.actor, pact=row)
    messages.success(request, _("Fatto."))
    return go_to(request, to_pact(row))


@needs(RUN)
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Weigh it, sign it, begin it, renew it, end it: each with what it asks."""
    by = request.actor
    row = queries.pact_named(by, reference)
    data = request.POST or None
    today = {"day": clock.today()}

    def end(reason: str, state: str) -> Pact:
        return actions.end_pact(by=by, pact=row, state=PactState(state), reason=reason)

    steps: dict[str, tuple[str, Any, Any]] = {
        "valuta": (_("Valuta la proposta"), WordsForm(data), lambda words: actions.assess_pact(by=by, pact=row, words=words)),
        "firma": (_("Firmato"), DayForm(data, initial=today), lambda day: actions.sign_pact(by=by, pact=row, on=day)),
        "avvia": (_("Il patto comincia"), DayForm(data, initial=today), lambda day: actions.begin_pact(by=by, pact=row, starts_on=day)),
        "rinnova": (_("Rinnova"), MonthsForm(data), lambda months: actions.renew_pact(by=by, pact=row, months=months)),
        "chiudi": (_("Come finisce"), EndForm(data, states=_ends(row)), end),
    }  # fmt: skip
    if step not in steps:
        raise NotVisible
    title, form, act = steps[step]
    return one_form(
        request, title=title, about=row.reference, form=form, do=lambda values: act(**values),
        done=_("Fatto."), back=to_pact(row),
    )  # fmt: skip


@needs(RUN)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell what came of it in a year."""
    by = request.actor
    row = queries.pact_named(by, reference)
    form = ReportForm(request.POST or None, promises=queries.promises_of(row))
    return one_form(
        request, title=_("Rendiconto dell'anno"), about=row.reference, form=form, back=to_pact(row),
        lead=_("Lo leggono tutti: niente nomi di persone."), done=_("Rendiconto pubblicato."),
        do=lambda _values: actions.report_pact(by=by, pact=row, new=form.report()),
    )  # fmt: skip


@needs(SEE)
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The pact as PDF, to sign."""
    row = queries.pact_named(request.actor, reference)
    return pdf.as_response(papers.pact(pact=row), f"patto-{row.reference}.pdf")
