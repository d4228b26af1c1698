"""Inside the wall: the mediator's own list and files, until the parties agree."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vicinia.domain.mediation import actions, queries, rules
from vicinia.domain.mediation.documents import AGREEMENT, COPY
from vicinia.domain.mediation.forms import (
    DeclineForm,
    MeetingForm,
    NextForm,
    PassForm,
    QuestionsForm,
    UnsuitableForm,
)
from vicinia.domain.mediation.models import MediationFile
from vicinia.domain.mediation.states import MediationState, reasons_against
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents.queries import languages_to_print, text_of
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look import acting
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.components import Tab

LEFT = {"open": "", "ended": "finite"}
View = Callable[..., HttpResponseBase]


def mediator(view: View) -> View:
    """Only for who mediates, and nothing of it kept by the browser."""
    guarded: View = never_cache(needs(Capability.MEDIATE)(view))
    return wraps(view)(guarded)


@mediator
def mediations(request: HttpRequest) -> HttpResponse:
    """What there is to do today, then the own mediations: open ones, or those that have ended."""
    by = request.actor
    has_ended = request.GET.get("vista") == LEFT["ended"]
    mine = queries.files(by)
    rows = mine.ended() if has_ended else mine.open()
    here = reverse("mediations")
    context = {
        "page": page_of(request, rows.for_the_mediator()),
        "due": [] if has_ended else queries.day_of(by),
        "tabs": [
            Tab(_("Aperte"), here, active=not has_ended),
            Tab(_("Finite"), f"{here}?vista={LEFT['ended']}", active=has_ended),
        ],
        "has_ended": has_ended,
    }
    return render(request, "mediation/mediations.html", context)


@mediator
def mediation(request: HttpRequest, reference: str) -> HttpResponse:
    """One file: what was asked, the parties, talks, whether it suits, meetings, the agreement and how it holds."""
    by = request.actor
    row = queries.file_named(by, reference)
    heard = queries.heard(by, row)
    answers = queries.answers_of(by, row)
    meetings = list(queries.meetings_of(by, row))
    checks = queries.checks_of(by, row)
    terms = list(queries.terms_of(row))
    context = {
        "file": row,
        "parties": [
            {
                "party": party,
                "copy_text": text_of(COPY, queries.language_of(party)),
                "talks": [one for one in meetings if one.party_id == party.pk],
                "has_answers": bool(answers.get(party.side)),
                "against": [reason.label for reason in reasons_against(answers.get(party.side, {}))],
            }
            for party in queries.parties_with_people(row)
        ],
        "sessions": [one for one in meetings if one.party_id is None],
        "terms": terms,
        "checks": checks,
        "paper_languages": languages_to_print(AGREEMENT),
        "may_suit": rules.may_bring_together(by, row, heard),
        "may_agree": rules.may_agree(by, row, terms=len(terms)),
        **_mays(request, row),
    }
    return render(request, "mediation/mediation.html", context)


def _mays(request: HttpRequest, row: MediationFile) -> dict[str, Any]:
    by, states = request.actor, MediationState
    return {
        "may_accept": rules.may_move(by, row, states.FIRST_TALKS),
        "may_note": rules.may_note(by, row),
        "may_ask_questions": rules.may_ask_suitability(by, row),
        "may_stop": rules.may_move(by, row, states.NOT_SUITABLE),
        "may_refuse": rules.may_move(by, row, states.REFUSED),
        "may_withdraw": rules.may_withdraw(by, row),
        "may_write_terms": rules.may_write_terms(by, row),
        "may_sign": rules.may_move(by, row, states.CHECKING),
        "may_end_without": rules.may_move(by, row, states.NO_AGREEMENT),
        "may_print": rules.may_print(by, row),
        "may_end_checks": rules.may_move(by, row, states.KEPT),
        "may_reach": rules.may_reach(by, row),
    }


@require_POST
@mediator
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it on."""
    actions.accept(by=request.actor, file=queries.file_named(request.actor, reference))
    return back_to(request, reference, _("Accettata. Senti le parti, una alla volta."))


@mediator
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Not take it on, choosing why."""
    row = queries.file_named(request.actor, reference)
    rules.may_move(request.actor, row, MediationState.DECLINED).require()
    return act(
        request,
        row,
        title=_("Non posso seguirla"),
        form=DeclineForm(request.POST or None),
        do=lambda values: actions.decline(by=request.actor, file=row, **values),
    )


@require_POST
@mediator
def contacts(request: HttpRequest, reference: str, side: str) -> HttpResponse:
    """Name and contacts of a party: the access log keeps that they were shown."""
    row = queries.file_named(request.actor, reference)
    rules.may_reach(request.actor, row).require()
    party = queries.party_of(row, side)
    shown = queries.contacts(request.actor, row, party, _("la contatto per una mediazione"))
    return render(request, "mediation/contacts.html", {"file": row, "party": party, "contacts": shown})


@mediator
def talk(request: HttpRequest, reference: str, side: str) -> HttpResponse:
    """Write down a talk with one party alone."""
    row = queries.file_named(request.actor, reference)
    party = queries.party_of(row, side)
    title = _("Colloquio con la %(party)s") % {"party": party.get_side_display()}
    return _new_meeting(request, row, party, title)


@mediator
def session(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a meeting of both parties."""
    return _new_meeting(
        request, queries.file_named(request.actor, reference), None, _("Incontro tra le parti")
    )


def _new_meeting(request: HttpRequest, row: MediationFile, party: Any, title: str) -> HttpResponse:
    rules.may_note(request.actor, row).require()
    form = MeetingForm(request.POST or None)
    return act(
        request,
        row,
        title=title,
        form=form,
        do=lambda _values: actions.write_meeting(by=request.actor, file=row, party=party, noted=form.noted),
    )


@mediator
def meeting(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Correct what was written down; another window of one's own does not overwrite it."""
    by = request.actor
    row = queries.file_named(by, reference)
    known = queries.meeting_in(by, row, pk)
    rules.may_note(by, row).require()
    form = MeetingForm(request.POST or None, known=known)
    return correct(
        request,
        row,
        known,
        title=_("Correggi gli appunti"),
        form=form,
        do=lambda values: actions.correct_meeting(
            by=by, meeting=known, noted=form.noted, seen_version=values["seen_version"]
        ),
        now=lambda: [
            (_("Quando"), known.on),
            (_("Dove"), known.place),
            (_("Chi c'era"), known.who_came),
            (_("Appunti"), known.notes),
        ],
    )


@mediator
def questions(request: HttpRequest, reference: str, side: str) -> HttpResponse:
    """Whether it suits: questions to one party alone."""
    by = request.actor
    row = queries.file_named(by, reference)
    party = queries.party_of(row, side)
    rules.may_ask_suitability(by, row).require()
    known = queries.answers_of(by, row).get(party.side, {})
    return act(
        request,
        row,
        title=_("È adatta? Domande alla %(party)s") % {"party": party.get_side_display()},
        form=QuestionsForm(request.POST or None, known=known),
        do=lambda values: actions.answer_questions(by=by, file=row, party=party, answers=values),
    )


@require_POST
@mediator
def bring_together(request: HttpRequest, reference: str) -> HttpResponse:
    """It suits: the parties meet."""
    actions.bring_together(by=request.actor, file=queries.file_named(request.actor, reference))
    return back_to(request, reference, _("Da adesso le parti si incontrano."))


@mediator
def unsuitable(request: HttpRequest, reference: str) -> HttpResponse:
    """It does not suit: why, for oneself, and a way out for the operator."""
    row = queries.file_named(request.actor, reference)
    rules.may_move(request.actor, row, MediationState.NOT_SUITABLE).require()
    return act(
        request,
        row,
        title=_("Non è adatta alla mediazione"),
        form=UnsuitableForm(request.POST or None),
        do=lambda values: actions.find_unsuitable(by=request.actor, file=row, **values),
    )


@mediator
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """One party does not want it."""
    row = queries.file_named(request.actor, reference)
    rules.may_move(request.actor, row, MediationState.REFUSED).require()
    return once_more(
        request,
        row,
        title=_("Una parte non vuole la mediazione?"),
        sentence=_("La mediazione finisce. Chi segue il caso non legge quale parte, né perché."),
        do=lambda: actions.refuse(by=request.actor, file=row),
    )


@mediator
def give_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Both parties give up, or it is not needed any more."""
    row = queries.file_named(request.actor, reference)
    rules.may_withdraw(request.actor, row).require()
    return once_more(
        request,
        row,
        title=_("Ritirare la mediazione?"),
        sentence=_(
            "Se le parti non ne hanno più bisogno o ci hanno ripensato. Chi segue il caso legge solo che è ritirata."
        ),
        do=lambda: actions.withdraw(by=request.actor, file=row),
    )


@mediator
def plan_next(request: HttpRequest, reference: str) -> HttpResponse:
    """The day of the next step."""
    row = queries.file_named(request.actor, reference)
    rules.may_note(request.actor, row).require()
    return act(
        request,
        row,
        title=_("Quando è il prossimo passo"),
        form=NextForm(request.POST or None, initial={"next_on": row.next_on}),
        do=lambda values: actions.plan_next(by=request.actor, file=row, **values),
    )


@mediator
def pass_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Another mediator goes on, with or without the notes."""
    row = queries.file_named(request.actor, reference)
    rules.may_go_on_elsewhere(request.actor, row).require()
    return act(
        request,
        row,
        title=_("Passa a un altro mediatore"),
        form=PassForm(request.POST or None, besides=row.mediator_id),
        do=lambda values: actions.pass_on(
            by=request.actor, file=row, to=values["to"], with_notes=values["notes"] == "with"
        ),
        back=reverse("mediations"),
    )


# What these pages share -------------------------------------------------------------------------------------------


def act(
    request: HttpRequest,
    row: MediationFile,
    *,
    title: str,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    back: str = "",
) -> HttpResponse:
    """One small form of a file."""
    where = back or reverse("mediation", args=[row.reference])
    return one_form(
        request, title=title, form=form, do=do, done=_("Salvato."), back=where, about=row.reference
    )


def once_more(
    request: HttpRequest, row: MediationFile, *, title: str, sentence: str, do: Callable[[], Any]
) -> HttpResponse:
    """An act asked once more, then done."""
    if request.method == "POST":
        do()
        return back_to(request, row.reference, _("Fatto."))
    return acting.once_more(
        request,
        title=title,
        sentence=sentence,
        label=_("Conferma"),
        back=reverse("mediation", args=[row.reference]),
        is_danger=False,
    )


def correct(
    request: HttpRequest,
    row: MediationFile,
    known: Any,
    *,
    title: str,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    now: Callable[[], Shown],
) -> HttpResponse:
    """Correct something `known` of a file; when another window was faster, both versions are shown."""
    return versioned_form(
        request,
        row=known,
        title=title,
        form=form,
        do=do,
        now=now,
        done=_("Salvato."),
        back=reverse("mediation", args=[row.reference]),
        about=row.reference,
    )


def back_to(request: HttpRequest, reference: str, done: str) -> HttpResponse:
    """Say that it is done, on the page of the file."""
    messages.success(request, done)
    return go_to(request, reverse("mediation", args=[reference]))
