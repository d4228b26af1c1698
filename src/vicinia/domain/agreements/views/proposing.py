"""Proposing an agreement, and what becomes of the proposal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.agreements import actions, queries, rules
from vicinia.domain.agreements.forms import AnswerForm, InvitationForm, NoteForm, ProposeForm, WithdrawForm
from vicinia.domain.agreements.states import AgreementState
from vicinia.domain.agreements.views.pages import act
from vicinia.domain.casework import queries as casework
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.acting import one_form


@needs(Capability.WORK_CASES)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose an agreement to people of a case."""
    by = request.actor
    case = casework.case_named(by, reference)
    rules.may_propose(by, case).require()
    form = ProposeForm(request.POST or None, people=queries.possible_people(case))
    return one_form(
        request,
        title=_("Proponi un accordo di comportamento"),
        form=form,
        do=lambda _values: actions.propose(by=by, case=case, new=form.new_agreement()),
        done=_("Accordo proposto. Ora scrivete insieme i patti."),
        back=reverse("behaviour_agreements_on_case", args=[reference]),
        about=case,
        lead=_("È volontario. Chi dice di no non ha conseguenze per questo: diglielo quando lo inviti."),
        label=_("Proponi"),
    )


@needs(Capability.WORK_CASES)
def invite_again(request: HttpRequest, reference: str) -> HttpResponse:
    """The second invitation."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    rules.may_invite_again(by, row, queries.invitations_of(row), clock.today()).require()
    form = InvitationForm(request.POST or None)
    return act(
        request,
        row,
        title=_("Secondo invito"),
        form=form,
        do=lambda _values: actions.invite_again(by=by, agreement=row, invited=form.invited),
        lead=_("Prova in un altro modo, o con una persona di cui si fida."),
    )


@needs(Capability.WORK_CASES)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """What was answered to the invitation."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    rules.may_answer(by, row, queries.invitations_of(row)[-1]).require()
    return act(
        request,
        row,
        title=_("Risposta all'invito"),
        form=AnswerForm(request.POST or None),
        do=lambda values: actions.answer_invitation(by=by, agreement=row, **values),
    )


@needs(Capability.WORK_CASES)
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """Refused, after two invitations."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    rules.may_refuse(by, row, queries.invitations_of(row), clock.today()).require()
    return act(
        request,
        row,
        title=_("L'accordo è rifiutato"),
        form=NoteForm(request.POST or None),
        do=lambda values: actions.refuse(by=by, agreement=row, **values),
        lead=_("Dal rifiuto non segue niente da solo. Il caso continua con gli altri mezzi."),
    )


@needs(Capability.WORK_CASES)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it up."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    rules.may_move(by, row, AgreementState.WITHDRAWN).require()
    return act(
        request,
        row,
        title=_("Ritira l'accordo"),
        form=WithdrawForm(request.POST or None),
        do=lambda values: actions.withdraw(by=by, agreement=row, **values),
        lead=_("L'accordo finisce oggi. Chi lo ha firmato può cambiare idea senza conseguenze per questo."),
    )
