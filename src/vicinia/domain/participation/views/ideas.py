"""Proposals: read, published, put together, weighed, answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.participation import actions, queries, rules
from vicinia.domain.participation.actions.telling import link_of
from vicinia.domain.participation.forms import (
    AnswerForm,
    CorrectForm,
    DeskIdeaForm,
    MergeForm,
    PublishForm,
    SupportForm,
)
from vicinia.domain.participation.models import Idea
from vicinia.domain.participation.states import IdeaState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import qr
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, once_more, one_form, versioned_form
from vicinia.foundation.look.components import Tab


@needs(Capability.SEE_PARTICIPATION)
def ideas(request: HttpRequest) -> HttpResponse:
    """Proposals by what they wait for. 50 rows a page."""
    by = request.actor
    visible = queries.ideas(by)
    waiting = visible.filter(state__in=(IdeaState.PUBLISHED, IdeaState.EVALUATING))
    views = {
        "da-leggere": (_("Da leggere"), visible.filter(state=IdeaState.DRAFT).due_first()),
        "da-valutare": (_("Da valutare"), waiting.due_first()),
        "in-ritardo": (_("In ritardo"), visible.open().filter(answer_due_on__lt=clock.today()).due_first()),
        "risposte": (_("Con risposta"), visible.answered().newest_first()),
        "tutte": (_("Tutte"), visible.newest_first()),
    }
    if not by.can(Capability.RUN_PARTICIPATION):
        del views["da-leggere"]
    first = next(iter(views))
    chosen = request.GET.get("vista", "")
    chosen = chosen if chosen in views else first
    address = reverse("ideas")
    context = {
        "tabs": [
            Tab(label, f"{address}?vista={name}", name == chosen) for name, (label, _rows) in views.items()
        ],
        "page": page_of(request, queries.with_counts(views[chosen][1])),
        "may_run": rules.may_run(by),
    }
    return page_or_part(request, "participation/ideas.html", "participation/idea_rows.html", context)


def to_idea(row: Idea) -> str:
    """The address of a proposal's page."""
    return reverse("idea", args=[row.reference])


@needs(Capability.RUN_PARTICIPATION)
def new(request: HttpRequest) -> HttpResponse:
    """Take in a proposal by voice or on paper; those much like it are shown before."""
    by = request.actor
    form = DeskIdeaForm(request.POST or None)
    made: list[Idea] = []
    similar: list[queries.SimilarIdea] = []
    if request.method == "POST" and form.is_valid() and not request.POST.get("anyway"):
        similar = queries.similar_ideas(form.cleaned_data["title"], form.cleaned_data["text"])
    if similar:
        context = {"form": form, "similar": similar}
        return render(request, "participation/idea_similar.html", context)
    answer = one_form(
        request,
        title=_("Nuova proposta"),
        lead=_("Scrivi con le parole di chi propone. I suoi dati li vede solo chi cura la partecipazione."),
        form=form,
        do=lambda _values: made.append(actions.propose(by=by, new=form.idea()).idea),
        done=_("Proposta arrivata."),
        back=reverse("ideas"),
    )
    return go_to(request, to_idea(made[0])) if made else answer


@needs(Capability.SEE_PARTICIPATION)
def idea(request: HttpRequest, reference: str) -> HttpResponse:
    """One proposal: who, what, how many support it, what becomes of it."""
    by = request.actor
    row = queries.idea_named(by, reference)
    names, unnamed = queries.credits_of(row)
    result = queries.result_of(row) if row.state == IdeaState.ACCEPTED else None
    is_run = bool(rules.may_run(by))
    context = {
        "idea": row,
        "names": names,
        "unnamed": unnamed,
        "person": queries.author_person(row) if is_run else None,
        "photos": list(attachments.of(row)) if is_run or row.shows_photos else [],
        "merged": queries.merged_into(row),
        "result": result,
        "milestones": queries.milestones_of(result) if result else [],
        "updates": queries.updates_of(result) if result else [],
        "is_run": is_run,
        "may_correct": rules.may_correct(by, row),
        "may_publish": rules.may_publish(by, row),
        "may_take_up": rules.may_take_up(by, row),
        "may_answer": rules.may_answer(by, row, IdeaState.REJECTED, "x"),
        "may_withdraw": rules.may_withdraw(by, row),
        "may_support": rules.may_support(by, row),
    }
    return render(request, "participation/idea.html", context)


def _shown(row: Idea) -> Shown:
    return [
        (_("Titolo"), row.title),
        (_("Proposta"), row.text),
        (_("Dove"), row.place),
        (_("A che punto è"), row.get_state_display()),
    ]


@needs(Capability.RUN_PARTICIPATION)
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct slips and take names out."""
    by = request.actor
    row = queries.idea_named(by, reference)
    rules.may_correct(by, row).require()
    return versioned_form(
        request,
        row=row,
        title=_("Correggi la proposta"),
        about=row.reference,
        lead=_("Togli i nomi e gli errori. Il senso resta quello di chi propone."),
        form=CorrectForm(request.POST or None, initial=CorrectForm.values_of(row)),
        do=lambda values: actions.correct_idea(by=by, idea=row, **values),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_idea(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Let everybody read it."""
    by = request.actor
    row = queries.idea_named(by, reference)
    rules.may_publish(by, row).require()
    return versioned_form(
        request,
        row=row,
        title=_("Pubblica la proposta"),
        about=row.reference,
        lead=_(
            "Controlla che non ci siano nomi né parole che feriscono. Da oggi parte il tempo per rispondere."
        ),
        form=PublishForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.publish(by=by, idea=row, **values),
        now=lambda: _shown(row),
        done=_("Pubblicata."),
        back=to_idea(row),
        label=_("Pubblica"),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def take_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin to weigh it."""
    row = queries.idea_named(request.actor, reference)
    actions.take_up(by=request.actor, idea=row)
    messages.success(request, _("In valutazione."))
    return go_to(request, to_idea(row))


@needs(Capability.RUN_PARTICIPATION)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept it or not, with reasons."""
    by = request.actor
    row = queries.idea_named(by, reference)
    rules.may_answer(by, row, IdeaState.REJECTED, "x").require()

    def do(values: dict[str, Any]) -> Idea:
        state = IdeaState(values.pop("state"))
        return actions.answer(by=by, idea=row, state=state, **values)

    return versioned_form(
        request,
        row=row,
        title=_("Rispondi alla proposta"),
        about=row.reference,
        form=AnswerForm(request.POST or None, initial={"seen_version": row.version}),
        do=do,
        now=lambda: [*_shown(row), (_("Risposta"), row.answer)],
        done=_("Risposta data. Chi ha proposto è avvisato."),
        back=to_idea(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Make it part of another."""
    by = request.actor
    row = queries.idea_named(by, reference)
    form = MergeForm(
        request.POST or None, targets=queries.targets_for(row), initial={"seen_version": row.version}
    )

    def do(values: dict[str, Any]) -> Idea:
        return actions.merge(by=by, idea=row, into=form.target, seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Unisci a un'altra"),
        about=row.reference,
        lead=_("Chi ha proposto compare anche là e viene avvisato. I sostegni si sommano, ognuno una volta."),
        form=form,
        do=do,
        now=lambda: _shown(row),
        done=_("Unita."),
        back=to_idea(row),
        label=_("Unisci"),
    )


@needs(Capability.RUN_PARTICIPATION)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back for who asks at the desk."""
    by = request.actor
    row = queries.idea_named(by, reference)
    rules.may_withdraw(by, row).require()
    if request.method == "POST":
        actions.withdraw(by=by, idea=row)
        messages.success(request, _("Ritirata."))
        return go_to(request, to_idea(row))
    return once_more(
        request,
        title=_("Ritira la proposta"),
        sentence=_("Fallo se lo chiede chi l'ha proposta: la proposta non si legge più sul portale."),
        label=_("Ritira"),
        back=to_idea(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def support(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody supports it at the desk or on a sheet."""
    by = request.actor
    row = queries.idea_named(by, reference)
    rules.may_support(by, row).require()
    form = SupportForm(request.POST or None)
    counted: list[bool] = []

    def do(values: dict[str, Any]) -> None:
        counted.append(
            actions.support(
                by=by, idea=row, once=values["once"], details=form.details_given(), channel=values["channel"]
            )
        )

    return one_form(
        request,
        title=_("Aggiungi un sostegno"),
        about=row.reference,
        lead=_("Chi lascia nome e recapito conta una volta sola, anche se l'ha già sostenuta dal portale."),
        form=form,
        do=do,
        done=_("Fatto."),
        back=to_idea(row),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """A fresh private link for who proposed it, shown once."""
    row = queries.idea_named(request.actor, reference)
    address = link_of(actions.renew_link(by=request.actor, idea=row))
    context = {"idea": row, "link": address, "qr": qr.svg(address)}
    response = render(request, "participation/idea_link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@needs(Capability.SEE_PARTICIPATION)
def photo(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """A photo of a proposal, for who may see it."""
    row = queries.idea_named(request.actor, reference)
    queries.require_photos(request.actor, row)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))
