"""Votes: the list, one of them, its texts and options, calling and annulling it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.elections import actions, queries, rules
from vicinia.domain.elections.forms import OptionForm, PollForm, ReasonForm
from vicinia.domain.elections.models import Poll
from vicinia.domain.elections.states import PollState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, once_more, one_form, refused_at, versioned_form
from vicinia.foundation.look.components import Tab

_OPEN = (PollState.DRAFT, PollState.CALLED, PollState.CLOSED)


@needs(Capability.SEE_PARTICIPATION)
def polls(request: HttpRequest) -> HttpResponse:
    """Votes that go on, or all of them, newest first. 50 rows a page."""
    by = request.actor
    rows = queries.polls(by).newest_first()
    chosen = "tutte" if request.GET.get("vista") == "tutte" else "aperte"
    if chosen == "aperte":
        rows = rows.filter(state__in=_OPEN)
    address = reverse("polls")
    views = [("aperte", _("In corso")), ("tutte", _("Tutte"))]
    context = {
        "tabs": [Tab(label, f"{address}?vista={name}", name == chosen) for name, label in views],
        "page": page_of(request, queries.in_lines(rows)),
        "may_run": rules.may_run(by),
    }
    return page_or_part(request, "elections/polls.html", "elections/poll_rows.html", context)


@needs(Capability.SEE_PARTICIPATION)
def in_laboratory(request: HttpRequest) -> HttpResponse:
    """The panel of the laboratory's page: which votes go on, what waits to be counted or drawn."""
    by = request.actor
    context = {
        "called": queries.polls(by).filter(state=PollState.CALLED).order_by("closes_at", "id")[:10],
        "due": queries.polls_due(by),
        "draws": queries.draws_due(by, clock.today()),
        "may_run": rules.may_run(by),
    }
    return page_or_part(request, "elections/in_laboratory_page.html", "elections/in_laboratory.html", context)


def to_poll(row: Poll) -> str:
    """The address of a vote's page."""
    return reverse("poll", args=[row.reference])


@needs(Capability.RUN_PARTICIPATION)
def new(request: HttpRequest) -> HttpResponse:
    """Begin to prepare a vote."""
    by = request.actor
    form = PollForm(request.POST or None, by=by)
    made: list[Poll] = []
    answer = one_form(
        request,
        title=_("Nuova votazione"),
        lead=_("Nessuno la legge finché non la indici."),
        form=form,
        do=lambda _values: made.append(actions.plan_poll(by=by, new=form.plan())),
        done=_("In preparazione. Ora scrivi le voci."),
        back=reverse("polls"),
        label=_("Vai alle voci"),
    )
    return go_to(request, to_poll(made[0])) if made else answer


@needs(Capability.SEE_PARTICIPATION)
def poll(request: HttpRequest, reference: str) -> HttpResponse:
    """One vote: options, turnout, what comes next."""
    by = request.actor
    row = queries.poll_named(by, reference)
    options = queries.options_of(row)
    turnout = queries.turnout(row)
    voters = queries.roll(by, row).filter(is_struck=False).count()
    papers = queries.paper_counts(row)
    context = {
        "poll": row,
        "options": options,
        "turnout": turnout,
        "stairs": list(row.stairs.select_related("building").order_by("building__name", "name", "id")),
        "by_stair": queries.turnout_by_stair(row) if by.can(Capability.RUN_PARTICIPATION) else [],
        "voters": voters,
        "papers": papers,
        "rounds": row.outcome.get("rounds", []) if row.state == PollState.COUNTED else [],
        "may_run": rules.may_run(by),
        "may_change": rules.may_change(by, row),
        "may_call": rules.may_call(by, row, options=len(options), voters=voters, now=clock.now()),
        "may_close": rules.may_close(by, row, now=clock.now()),
        "may_enter": rules.may_enter_paper(by, row, others=0, paper_marks=turnout.paper),
        "may_annul": rules.may_annul(by, row, "x"),
    }
    return render(request, "elections/poll.html", context)


@needs(Capability.RUN_PARTICIPATION)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change anything before it is called."""
    by = request.actor
    row = queries.poll_named(by, reference)
    rules.may_change(by, row).require()
    form = PollForm(request.POST or None, initial=PollForm.values_of(row), by=by)

    def do(values: dict[str, Any]) -> Poll:
        return actions.change_poll(by=by, poll=row, new=form.plan(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Cambia la votazione"),
        about=row,
        lead=_("Se cambi le scale o chi vota, l'elenco si prepara di nuovo."),
        form=form,
        do=do,
        now=lambda: shown(row),
        done=_("Salvato."),
        back=to_poll(row),
    )


def shown(row: Poll) -> Shown:
    """What another person may have changed meanwhile."""
    return [
        (_("Titolo"), row.title),
        (_("Domanda"), row.question),
        (_("Si vota dal"), row.opens_at),
        (_("Si vota fino al"), row.closes_at),
        (_("A che punto è"), row.get_state_display()),
    ]


@needs(Capability.RUN_PARTICIPATION)
def add_option(request: HttpRequest, reference: str) -> HttpResponse:
    """Add something to vote for."""
    by = request.actor
    row = queries.poll_named(by, reference)
    rules.may_change(by, row).require()
    form = OptionForm(request.POST or None)
    return one_form(
        request,
        title=_("Nuova voce"),
        about=row,
        form=form,
        do=lambda _values: actions.add_option(by=by, poll=row, new=form.option()),
        done=_("Voce aggiunta."),
        back=to_poll(row),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def drop_option(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """Take an option away."""
    row = queries.poll_named(request.actor, reference)
    actions.drop_option(by=request.actor, option=queries.option_of(row, letter))
    messages.success(request, _("Voce tolta."))
    return go_to(request, to_poll(row))


@needs(Capability.RUN_PARTICIPATION)
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """Call the vote: asked once more, because nothing of it changes after."""
    by = request.actor
    row = queries.poll_named(by, reference)
    voters = queries.roll(by, row).filter(is_struck=False).count()
    if request.method == "POST":
        actions.call(by=by, poll=row)
        messages.success(request, _("Indetta: adesso la leggono tutti. Ora dai i codici."))
        return go_to(request, to_poll(row))
    options = len(queries.letters_of(row))
    rules.may_call(by, row, options=options, voters=voters, now=clock.now()).require()
    return once_more(
        request,
        title=_("Indici la votazione"),
        sentence=_("Votano in %(n)s. Dopo, domanda e voci non cambiano più.") % {"n": voters},
        label=_("Indici la votazione"),
        back=to_poll(row),
        is_danger=False,
    )


@needs(Capability.RUN_PARTICIPATION)
def annul(request: HttpRequest, reference: str) -> HttpResponse:
    """Annul it with a reason that everybody reads."""
    by = request.actor
    row = queries.poll_named(by, reference)
    rules.may_annul(by, row, "x").require()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if not refused_at(form, lambda: actions.annul(by=by, poll=row, reason=reason)):
            messages.success(request, _("La votazione è annullata."))
            return go_to(request, to_poll(row))
    return once_more(
        request,
        title=_("Annulla la votazione"),
        sentence=_("Nessuno è eletto e i codici non valgono più. Il motivo lo leggono tutti."),
        label=_("Annulla la votazione"),
        back=to_poll(row),
        form=form,
    )
