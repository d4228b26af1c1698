"""Voting with a code, what is published of votes and draws, and counting it all again. No account, no JavaScript.

Code, choice and receipt travel in forms only: never in an address, a cookie or a session.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.elections import actions, codes, queries, rules
from vicinia.domain.elections.models import Poll
from vicinia.domain.elections.states import DrawState, PollState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible, Refused
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.look.acting import refused_at
from vicinia.interfaces.portal.forms.voting import BallotForm, CodeForm, PublishedFileForm, ReceiptForm
from vicinia.interfaces.portal.views import limits
from vicinia_analytics import lots, voting


@require_GET
def polls(request: HttpRequest) -> HttpResponse:
    """Votes and draws, newest first. 50 votes a page."""
    context = {
        "page": page_of(request, queries.in_lines(queries.shown_polls().newest_first())),
        "draws": queries.shown_draws().newest_first()[:20],
    }
    return render(request, "portal/polls.html", context)


@require_GET
def poll(request: HttpRequest, reference: str) -> HttpResponse:
    """A vote: what is asked, when and how one votes; once counted what came out, counted again for this page."""
    row = queries.shown_poll(reference)
    is_counted = row.state == PollState.COUNTED
    has_file = is_counted and not row.is_small
    context = {
        "poll": row,
        "options": queries.options_of(row),
        "turnout": queries.turnout(row) if row.state in (PollState.CLOSED, PollState.COUNTED) else None,
        "rounds": row.outcome.get("rounds", []) if is_counted else [],
        "is_open": row.is_open(clock.now()),
        "has_file": has_file,
        "problems": voting.recount(queries.published_poll(row)).problems if has_file else [],
    }
    return render(request, "portal/poll.html", context)


@require_GET
def poll_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole count as a file."""
    row = queries.shown_poll(reference)
    return _file(queries.published_poll(row), f"votazione-{row.reference}.json")


def _file(document: dict[str, Any], name: str) -> HttpResponse:
    response = JsonResponse(document, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@private_page
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Whether the vote of a receipt is counted; the receipt knows nothing of the choice."""
    row = queries.shown_poll(reference)
    form = ReceiptForm(request.POST or None)
    answer = None
    if form.is_bound and form.is_valid():
        limits.may(request, limits.KEEPING).require()
        answer = queries.is_counted(row, form.cleaned_data["receipt"])
    context = {"poll": row, "form": form, "answer": answer}
    return render(request, "portal/poll_receipt.html", context, status=422 if form.errors else 200)


# Voting -----------------------------------------------------------------------------------------------------------


@private_page
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest) -> HttpResponseBase:
    """With the code: choose, confirm, receipt. Every step is a form of the same address."""
    form = CodeForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _ask_code(request, form)
    code = codes.cleaned(form.cleaned_data["code"])
    try:
        voter = queries.voter_with_code(code)
    except NotVisible:
        limits.may(request, limits.WRONG_CODES).require()
        form.add_error("code", _("Questo codice non c'è. Ricopialo dalla lettera, oppure chiamaci."))
        return _ask_code(request, form)
    step = request.POST.get("step", "")
    given = request.POST.get("receipt", "")
    if step != "send":
        refused = refused_at(form, lambda: rules.may_vote(voter.poll, queries.vote_facts(voter)).require())
        if refused:
            return _ask_code(request, form)
    row, options = voter.poll, queries.options_of(voter.poll)
    ballot = BallotForm(request.POST if step else None, poll=row, options=options)
    context = {"poll": row, "code": code, "ballot": ballot, "receipt": given or codes.new_receipt()}
    if not step or step == "change" or not ballot.is_valid():
        if step == "change":
            ballot = context["ballot"] = BallotForm(initial=_typed(request), poll=row, options=options)
        status = 422 if ballot.is_bound else 200
        return render(request, "portal/vote_choose.html", context, status=status)
    if step == "send":
        return _send(request, form, ballot, code, given)
    labels = {one.letter: one for one in options}
    chosen = [labels[letter] for letter in ballot.letters()]
    return render(request, "portal/vote_confirm.html", context | {"chosen": chosen, "kept": _kept(request)})


def _ask_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    return render(request, "portal/vote.html", {"form": form}, status=422 if form.errors else 200)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was chosen, to be carried on to the next step."""
    names = [name for name in request.POST if name == "choice" or name.startswith("place_")]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was chosen, to be shown again."""
    values: dict[str, Any] = dict(_kept(request))
    chosen = request.POST.getlist("choice")
    return values | ({"choice": chosen if len(chosen) > 1 else chosen[0]} if chosen else {})


def _send(
    request: HttpRequest, form: CodeForm, ballot: BallotForm, code: str, given: str
) -> HttpResponseBase:
    done: list[Poll] = []
    letters = ballot.letters()
    refused = refused_at(
        form,
        lambda: done.append(
            actions.cast(by=Actor.visitor(), code=code, letters=letters, receipt=codes.cleaned(given))
        ),
    )
    if refused:
        return _ask_code(request, form)
    context = {"poll": done[0], "receipt": codes.spoken(codes.cleaned(given))}
    return render(request, "portal/vote_done.html", context)


# Draws and recounts -----------------------------------------------------------------------------------------------


@require_GET
def draw(request: HttpRequest, reference: str) -> HttpResponse:
    """A draw: its pool, the number that decides, and the draw done again for this page."""
    row = queries.shown_draw(reference)
    document = queries.published_draw(row)
    again = lots.redraw(document) if row.state == DrawState.DRAWN else None
    context = {
        "draw": row,
        "pool": document["pool"],
        "again": again,
        "has_pool": bool(row.pool_digest),
        "proofs": [
            (code, lots.rank(row.seed, row.pool_digest, code)) for code in again.drawn + again.reserves
        ]
        if again
        else [],
    }
    return render(request, "portal/draw.html", context)


@require_GET
def draw_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole draw as a file."""
    row = queries.shown_draw(reference)
    if not row.pool_digest:
        raise NotVisible
    return _file(queries.published_draw(row), f"estrazione-{row.reference}.json")


@require_http_methods(["GET", "POST"])
def recount(request: HttpRequest) -> HttpResponse:
    """Count a published file again, of a vote or of a draw. Nothing of it is kept."""
    files = request.FILES if request.method == "POST" else None
    form = PublishedFileForm({} if files is not None else None, files)
    context: dict[str, Any] = {"form": form, "vote": None, "draw": None}
    if form.is_bound and form.is_valid():
        limits.may(request, limits.KEEPING).require()
        document = form.cleaned_data["file"]
        refused = refused_at(form, lambda: context.update(_again(document)))
        if not refused:
            return render(request, "portal/recount.html", context)
    return render(request, "portal/recount.html", context, status=422 if form.errors else 200)


def _again(document: dict[str, Any]) -> dict[str, Any]:
    try:
        if document.get("format") == lots.FORMAT:
            return {"draw": lots.redraw(document)}
        found = voting.recount(document)
    except (voting.NotAVote, lots.NotADraw):
        raise Refused(rules.is_published_file(is_one=False))
    named = [(letter, found.options.get(letter, "")) for letter in found.count.elected]
    return {"vote": found, "elected": named}
