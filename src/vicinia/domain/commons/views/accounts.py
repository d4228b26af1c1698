"""Yearly accounts of self-managed bodies, and the papers of a body."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.commons import papers
from vicinia.domain.commons.actions import bodies as body_actions
from vicinia.domain.commons.actions import offices as actions
from vicinia.domain.commons.forms.bodies import AccountForm, ApproveForm, LineForm, YearForm
from vicinia.domain.commons.models import TenantsAccount
from vicinia.domain.commons.queries import bodies as queries
from vicinia.domain.commons.rules import bodies as rules
from vicinia.domain.commons.rules import may_run
from vicinia.domain.commons.views.bodies import RUN, SEE, to_body
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import one_form, versioned_form
from vicinia.foundation.look.forms import ReasonForm


def to_account(row: TenantsAccount) -> str:
    """The address of an account's page."""
    return reverse("tenants_account", args=[row.body.reference, row.year])


def _account(request: HttpRequest, reference: str, year: int) -> TenantsAccount:
    return queries.account_of(queries.body_named(request.actor, reference), year)


@needs(RUN)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the account of a year."""
    by = request.actor
    row = queries.body_named(by, reference)
    return one_form(
        request,
        title=_("Nuovo rendiconto"),
        about=row.name,
        form=YearForm(request.POST or None, initial={"year": clock.today().year - 1}),
        do=lambda values: actions.begin_account(by=by, body=row, **values),
        done=_("Cominciato. Ora scrivi le voci."),
        back=to_body(row),
    )


@needs(SEE)
def account(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """One account, line by line."""
    by = request.actor
    row = _account(request, reference, year)
    lines = queries.lines_of(row)
    context = {
        "account": row,
        "body": row.body,
        "lines": lines,
        "sums": queries.sums_of(row),
        "due_on": queries.account_due_on(row.body, row.year),
        "is_run": bool(may_run(by)),
        "may_write": rules.may_write(by, row),
        "may_submit": rules.may_submit(by, row, lines=len(lines)),
    }
    return render(request, "commons/account.html", context)


@needs(RUN)
def describe(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """What it opens with, and a report in words."""
    by = request.actor
    row = _account(request, reference, year)
    rules.may_write(by, row).require()
    initial = {"opening": row.opening, "words": row.words, "seen_version": row.version}
    return versioned_form(
        request,
        row=row,
        title=_("Saldo e relazione"),
        about=row.reference,
        form=AccountForm(request.POST or None, initial=initial),
        do=lambda values: actions.describe_account(by=by, account=row, **values),
        now=lambda: [(_("Saldo iniziale"), row.opening), (_("Relazione"), row.words)],
        done=_("Salvato."),
        back=to_account(row),
    )


@needs(RUN)
def add_line(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Write one sum."""
    by = request.actor
    row = _account(request, reference, year)
    rules.may_write(by, row).require()
    form = LineForm(request.POST or None)
    return one_form(
        request,
        title=_("Nuova voce"),
        about=row.reference,
        lead=_("Niente nomi di persone: il rendiconto lo leggono tutti."),
        form=form,
        do=lambda _values: actions.add_line(by=by, account=row, new=form.line()),
        done=_("Voce scritta."),
        back=to_account(row),
    )


@require_POST
@needs(RUN)
def drop_line(request: HttpRequest, reference: str, year: int, pk: int) -> HttpResponse:
    """Take a sum away."""
    row = _account(request, reference, year)
    actions.drop_line(by=request.actor, line=queries.line_of(row, pk))
    return go_to(request, to_account(row))


@require_POST
@needs(RUN)
def submit(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Hand it in."""
    row = _account(request, reference, year)
    actions.submit_account(by=request.actor, account=row)
    messages.success(request, _("Consegnato: ora si approva."))
    return go_to(request, to_account(row))


@needs(RUN)
def give_back(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Give it back to be corrected."""
    by = request.actor
    row = _account(request, reference, year)
    return one_form(
        request,
        title=_("Restituisci il rendiconto"),
        about=row.reference,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.return_account(by=by, account=row, **values),
        done=_("Restituito."),
        back=to_account(row),
    )


@needs(RUN)
def approve(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """The tenants approved it."""
    by = request.actor
    row = _account(request, reference, year)
    return one_form(
        request,
        title=_("Rendiconto approvato"),
        about=row.reference,
        lead=_("Da qui non cambia più e lo leggono tutti."),
        form=ApproveForm(request.POST or None, initial={"on": clock.today()}),
        do=lambda values: actions.approve_account(by=by, account=row, **values),
        done=_("Approvato."),
        back=to_account(row),
    )


# Papers -----------------------------------------------------------------------------------------------------------


@needs(SEE)
def account_paper(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """The account as PDF."""
    row = _account(request, reference, year)
    return pdf.as_response(papers.account(account=row), f"rendiconto-{row.reference}.pdf")


@needs(SEE)
def convention(request: HttpRequest, reference: str) -> HttpResponse:
    """The convention as PDF."""
    row = queries.body_named(request.actor, reference)
    return pdf.as_response(papers.convention(body=row), f"convenzione-{row.reference}.pdf")


@needs(RUN)
def representatives(request: HttpRequest, reference: str) -> HttpResponse:
    """The list of who holds an office, as PDF."""
    by = request.actor
    row = queries.body_named(by, reference)
    content = papers.representatives(body=row)
    body_actions.note_print(by=by, body=row, paper=_("elenco degli incarichi"))
    return pdf.as_response(content, f"incarichi-{row.reference}.pdf")
