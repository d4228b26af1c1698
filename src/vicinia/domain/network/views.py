"""The pages of the network: who is in it, whom to ring, what has been agreed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.network import actions, queries, rules
from vicinia.domain.network.forms import AgreementForm, BodyForm, PersonForm
from vicinia.domain.network.models import BodyPerson, PartnerBody
from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.look.forms import ReasonForm

reader = needs(Capability.WORK_CASES, Capability.ASSIGN, Capability.MANAGE_SETTINGS)
keeper = needs(Capability.ASSIGN, Capability.MANAGE_SETTINGS)


@reader
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body, those no longer asked at the end; agreements that expire soon, for who keeps them."""
    may_keep = rules.may_keep(actor_of(request))
    context = {
        "page": page_of(request, queries.every_body()),
        "may_keep": may_keep,
        "expiring": queries.expiring_agreements() if may_keep else (),
    }
    return render(request, "network/bodies.html", context)


@keeper
def new_body(request: HttpRequest) -> HttpResponse:
    """Add a body."""
    return _written(request, None)


@keeper
def correct_body(request: HttpRequest, code: str) -> HttpResponse:
    """Change a body, or stop asking it."""
    return _written(request, queries.body_named(code))


@reader
def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body: what it does, when, for which areas, whom to ring, what was agreed with it."""
    row = queries.body_named(code)
    context = {
        "body": row,
        "areas": queries.areas_of(row),
        "people": queries.people_of(row),
        "agreements": queries.agreements_of(row),
        "today": clock.today(),
        "may_keep": rules.may_keep(actor_of(request)),
    }
    return render(request, "network/body.html", context)


def _written(request: HttpRequest, known: PartnerBody | None) -> HttpResponse:
    form = BodyForm(request.POST or None, body=known)
    if request.method == "POST" and form.is_valid():
        written = actions.write_body(by=actor_of(request), card=form.card)
        messages.success(request, _("«%(name)s» salvato.") % {"name": written.name})
        return go_to(request, reverse("body", args=[written.code]))
    title = known.name if known else _("Aggiungi un ente")
    back = reverse("body", args=[known.code]) if known else reverse("bodies")
    context = {"title": title, "about": "", "form": form, "back": back}
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)


@keeper
def new_person(request: HttpRequest, code: str) -> HttpResponse:
    """Add someone to a body."""
    return _person(request, queries.body_named(code), None)


@keeper
def person(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct someone of a body, or give them an access."""
    row = queries.body_named(code)
    return _person(request, row, queries.person_in(row, pk))


def _person(request: HttpRequest, row: PartnerBody, known: BodyPerson | None) -> HttpResponse:
    form = PersonForm(request.POST or None, person=known)
    by = actor_of(request)
    return one_form(
        request,
        back=reverse("body", args=[row.code]),
        done=_("Salvato."),
        title=known.name if known else _("Aggiungi una persona"),
        form=form,
        do=lambda _values: actions.write_person(by=by, body=row, card=form.card, person=known),
    )


@keeper
def new_agreement(request: HttpRequest, code: str) -> HttpResponse:
    """Write down an agreement."""
    row = queries.body_named(code)
    form = AgreementForm(request.POST or None)
    return one_form(
        request,
        back=reverse("body", args=[row.code]),
        done=_("Salvato."),
        title=_("Registra un accordo"),
        form=form,
        do=lambda _values: actions.sign_agreement(by=actor_of(request), body=row, card=form.card),
    )


@keeper
def end_agreement(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End an agreement before its time."""
    row = queries.body_named(code)
    agreement = queries.agreement_in(row, pk)
    form = ReasonForm(request.POST or None)
    return one_form(
        request,
        back=reverse("body", args=[row.code]),
        done=_("Salvato."),
        title=_("Concludi: %(title)s") % {"title": agreement.title},
        form=form,
        do=lambda _values: actions.end_agreement(
            by=actor_of(request), agreement=agreement, **form.cleaned_data
        ),
    )
