"""Writing an agreement and having it signed: days, people, terms, signatures, revisions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.agreements import actions, queries, rules
from vicinia.domain.agreements.forms import (
    AgeForm,
    BodyForm,
    ChangeDaysForm,
    GuardianForm,
    ReviseForm,
    SignForm,
    TermForm,
)
from vicinia.domain.agreements.models import BehaviourAgreement
from vicinia.domain.agreements.views.pages import act, back_to
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.acting import versioned_form


def _to_change(request: HttpRequest, reference: str) -> BehaviourAgreement:
    """An agreement whose days and people may still change."""
    row = queries.agreement_named(request.actor, reference)
    rules.may_change(request.actor, row, queries.facts_of(queries.draft_of(row))).require()
    return row


def _to_write(request: HttpRequest, reference: str) -> BehaviourAgreement:
    """An agreement whose terms may still be written."""
    row = queries.agreement_named(request.actor, reference)
    rules.may_write(request.actor, row, queries.facts_of(queries.draft_of(row))).require()
    return row


@needs(Capability.WORK_CASES)
def days(request: HttpRequest, reference: str) -> HttpResponse:
    """Facts, days and rhythm."""
    row = _to_change(request, reference)
    form = ChangeDaysForm(request.POST or None, agreement=row)
    return versioned_form(
        request,
        row=row,
        title=_("Fatti e date"),
        form=form,
        do=lambda values: actions.plan(
            by=request.actor, agreement=row, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: [
            (_("Di quali fatti si tratta"), row.why),
            (_("Comincia il"), row.starts_on),
            (_("Finisce il"), row.ends_on),
        ],
        done=_("Salvato."),
        back=reverse("behaviour_agreement", args=[reference]),
        about=reference,
    )


@needs(Capability.WORK_CASES)
def age(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Whether somebody is under age, which decides who signs."""
    row = _to_change(request, reference)
    party = queries.party_in(row, pk)
    return act(
        request,
        row,
        title=_("Ha meno di 18 anni?"),
        form=AgeForm(request.POST or None, initial={"born_on": party.birthday}),
        do=lambda values: actions.say_age(by=request.actor, party=party, **values),
        lead=_("Da 10 a 17 anni firma con un genitore o tutore. Sotto i 10 l'accordo è con il genitore."),
    )


@needs(Capability.WORK_CASES)
def guardian(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A parent or guardian, among the people of the case."""
    row = _to_change(request, reference)
    child = queries.party_in(row, pk)
    people = queries.possible_people(row.case)
    form = GuardianForm(request.POST or None, people=people, besides=child.person_id)
    return act(
        request,
        row,
        title=_("Aggiungi un genitore o tutore"),
        form=form,
        do=lambda _values: actions.add_guardian(by=request.actor, child=child, person=form.chosen),
        lead=_("Se non è ancora nel caso, aggiungilo prima lì come persona di riferimento."),
    )


@require_POST
@needs(Capability.WORK_CASES)
def drop_party(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take somebody out."""
    row = _to_change(request, reference)
    actions.drop_party(by=request.actor, party=queries.party_in(row, pk))
    return back_to(request, reference, _("Tolto."))


@needs(Capability.WORK_CASES)
def body(request: HttpRequest, reference: str) -> HttpResponse:
    """A body that helps and signs."""
    row = _to_change(request, reference)
    return act(
        request,
        row,
        title=_("Aggiungi un ente"),
        form=BodyForm(request.POST or None),
        do=lambda values: actions.add_body(by=request.actor, agreement=row, **values),
    )


@needs(Capability.WORK_CASES)
def new_term(request: HttpRequest, reference: str) -> HttpResponse:
    """Write one term."""
    row = _to_write(request, reference)
    form = TermForm(
        request.POST or None,
        whose=queries.labels_of(row, queries.parties_of(row)),
        initial={"kind": request.GET.get("tipo")},
    )
    return act(
        request,
        row,
        title=_("Aggiungi un patto"),
        form=form,
        do=lambda _values: actions.add_term(by=request.actor, agreement=row, line=form.line),
    )


@needs(Capability.WORK_CASES)
def term(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Write one term better."""
    row = _to_write(request, reference)
    known = queries.term_in(row, pk)
    whose = queries.labels_of(row, queries.parties_of(row))
    form = TermForm(request.POST or None, whose=whose, known=known)
    return versioned_form(
        request,
        row=known,
        title=_("Correggi il patto"),
        form=form,
        do=lambda values: actions.correct_term(
            by=request.actor, term=known, line=form.line, seen_version=values["seen_version"]
        ),
        now=lambda: [
            (_("Che cosa è"), known.get_kind_display()),
            (_("Con quali parole"), known.what),
            (_("Di chi"), whose.get(known.party_id or 0, _("di tutti"))),
        ],
        done=_("Salvato."),
        back=reverse("behaviour_agreement", args=[reference]),
        about=reference,
    )


@require_POST
@needs(Capability.WORK_CASES)
def drop_term(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take one term out."""
    row = queries.agreement_named(request.actor, reference)
    actions.drop_term(by=request.actor, term=queries.term_in(row, pk))
    return back_to(request, reference, _("Patto tolto."))


@needs(Capability.WORK_CASES)
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """Who has signed the paper."""
    by, today = request.actor, clock.today()
    row = queries.agreement_named(by, reference)
    draft, parties = queries.draft_of(row), queries.parties_of(row)
    signers = queries.signers(parties, draft)
    rules.may_open_signing(by, row, queries.facts_of(draft), signers, today).require()
    labels = queries.labels_of(row, parties)
    waited_for = {one.key: labels[one.key] for one in rules.still_to_sign(signers, today)}
    return act(
        request,
        row,
        title=_("Chi ha firmato"),
        form=SignForm(request.POST or None, waited_for=waited_for),
        do=lambda values: actions.sign(by=by, agreement=row, **values),
        lead=_(
            "Segna chi ha firmato il foglio. Quando ci sono tutte le firme, l'accordo vale dal suo primo giorno."
        ),
    )


@require_POST
@needs(Capability.WORK_CASES)
def start_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the signatures back, to change the terms."""
    row = queries.agreement_named(request.actor, reference)
    actions.start_signing_again(by=request.actor, agreement=row)
    return back_to(request, reference, _("Le firme ricominciano: cambia i patti, poi ristampa il foglio."))


@needs(Capability.WORK_CASES)
def revise(request: HttpRequest, reference: str) -> HttpResponse:
    """Look at the terms again together."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    has_draft = queries.draft_of(row) is not None
    rules.may_revise(by, row, has_draft=has_draft, why="…").require()
    return act(
        request,
        row,
        title=_("Rivedi i patti"),
        form=ReviseForm(request.POST or None, initial={"ends_on": row.ends_on}),
        do=lambda values: actions.revise(by=by, agreement=row, **values),
        lead=_(
            "I patti di adesso valgono finché i nuovi non sono firmati da tutti. Restano scritti anche dopo."
        ),
    )


@require_POST
@needs(Capability.WORK_CASES)
def drop_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Give up the new terms."""
    row = queries.agreement_named(request.actor, reference)
    actions.drop_draft(by=request.actor, agreement=row)
    return back_to(request, reference, _("I nuovi patti non si firmano: valgono quelli di prima."))
