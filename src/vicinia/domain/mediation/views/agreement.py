"""Inside the wall: what the parties agree, the paper they sign, and how it holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mediation import actions, papers, queries, rules
from vicinia.domain.mediation.documents import AGREEMENT
from vicinia.domain.mediation.forms import CheckForm, FinishForm, SignForm, TermForm
from vicinia.domain.mediation.states import MediationState
from vicinia.domain.mediation.views.inside import act, back_to, correct, mediator, once_more
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.queries import languages_of
from vicinia.foundation.kernel import clock


@mediator
def new_term(request: HttpRequest, reference: str) -> HttpResponse:
    """Write one thing that is agreed."""
    row = queries.file_named(request.actor, reference)
    rules.may_write_terms(request.actor, row).require()
    form = TermForm(request.POST or None)
    return act(
        request,
        row,
        title=_("Aggiungi un patto"),
        form=form,
        do=lambda _values: actions.add_term(by=request.actor, file=row, pact=form.pact),
    )


@mediator
def term(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Correct one thing that is agreed."""
    by = request.actor
    row = queries.file_named(by, reference)
    known = queries.term_in(by, row, pk)
    rules.may_write_terms(by, row).require()
    form = TermForm(request.POST or None, known=known)
    return correct(
        request,
        row,
        known,
        title=_("Correggi il patto"),
        form=form,
        do=lambda values: actions.correct_term(
            by=by, term=known, pact=form.pact, seen_version=values["seen_version"]
        ),
        now=lambda: [
            (_("Chi"), known.get_by_whom_display()),
            (_("Che cosa fa"), known.what),
            (_("Entro quando, o da quando"), known.by_when),
        ],
    )


@require_POST
@mediator
def drop_term(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take one thing out."""
    row = queries.file_named(request.actor, reference)
    actions.drop_term(by=request.actor, term=queries.term_in(request.actor, row, pk))
    return back_to(request, reference, _("Patto tolto."))


@require_POST
@mediator
def agree(request: HttpRequest, reference: str) -> HttpResponse:
    """The parties agree."""
    actions.agree(by=request.actor, file=queries.file_named(request.actor, reference))
    return back_to(request, reference, _("Ora stampa l'accordo e fallo firmare."))


@require_POST
@mediator
def talk_again(request: HttpRequest, reference: str) -> HttpResponse:
    """They want to talk again before signing."""
    actions.talk_again(by=request.actor, file=queries.file_named(request.actor, reference))
    return back_to(request, reference, _("Le parti si incontrano di nuovo."))


@mediator
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """Both have signed."""
    row = queries.file_named(request.actor, reference)
    rules.may_move(request.actor, row, MediationState.CHECKING).require()
    return act(
        request,
        row,
        title=_("L'accordo è firmato"),
        form=SignForm(request.POST or None, initial={"signed_on": clock.today()}),
        do=lambda values: actions.sign(by=request.actor, file=row, **values),
    )


@mediator
def end_without(request: HttpRequest, reference: str) -> HttpResponse:
    """They do not agree."""
    row = queries.file_named(request.actor, reference)
    rules.may_move(request.actor, row, MediationState.NO_AGREEMENT).require()
    return once_more(
        request,
        row,
        title=_("Finita senza accordo?"),
        sentence=_("La mediazione finisce. Chi segue il caso legge solo che non c'è un accordo."),
        do=lambda: actions.end_without(by=request.actor, file=row),
    )


@mediator
def check(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How the agreement holds today."""
    by = request.actor
    row = queries.file_named(by, reference)
    known = queries.check_in(by, row, pk)
    rules.may_check(by, row, known).require()
    return act(
        request,
        row,
        title=_("Come va l'accordo?"),
        form=CheckForm(request.POST or None),
        do=lambda values: actions.check(by=by, check=known, **values),
    )


@mediator
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """Kept, or not kept."""
    row = queries.file_named(request.actor, reference)
    rules.may_move(request.actor, row, MediationState.KEPT).require()
    return act(
        request,
        row,
        title=_("Chiudi la mediazione"),
        form=FinishForm(request.POST or None),
        do=lambda values: actions.finish(by=request.actor, file=row, **values),
    )


@mediator
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The agreement to sign, as PDF in one of the languages that have a text."""
    row = queries.file_named(request.actor, reference)
    asked = request.GET.get("lingua", "")
    language = asked if asked in dict(languages_of(AGREEMENT)) else "it"
    content = papers.agreement(by=request.actor, file=row, language=language)
    actions.note_print(by=request.actor, file=row)
    return pdf.as_response(content, f"accordo-{reference}.pdf")


@require_POST
@mediator
def copy(request: HttpRequest, reference: str, side: str) -> HttpResponse:
    """What is written of one party, to be handed to that party."""
    row = queries.file_named(request.actor, reference)
    content = papers.copy_for_party(by=request.actor, file=row, party=queries.party_of(row, side))
    actions.note_print(by=request.actor, file=row)
    return pdf.as_response(content, f"copia-{reference}-{side}.pdf")
