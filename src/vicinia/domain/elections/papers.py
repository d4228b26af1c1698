"""The letters with the codes, the ballot, the register to sign and the report of the count, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from vicinia.domain.elections import codes, queries
from vicinia.domain.elections.actions import Given
from vicinia.domain.elections.documents import BALLOT, LANGUAGE, LETTER, REGISTER, REPORT
from vicinia.domain.elections.models import Poll, Voter
from vicinia.domain.elections.states import Method
from vicinia.foundation.documents import pdf, qr
from vicinia.foundation.documents.composing import Composed, compose, part
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def _link(name: str, *args: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=args)


def _moment(moment: dt.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M}"


def _asked(poll: Poll) -> dict[str, Any]:
    return {"title": poll.title, "question": poll.question}


def _dated(poll: Poll) -> dict[str, Any]:
    times = {"opens": _moment(poll.opens_at), "closes": _moment(poll.closes_at)}
    return {**_asked(poll), **times, "reference": poll.reference}


def who(voter: Voter) -> str:
    """How a line of the roll is called on paper: household or initials, and the door."""
    called = voter.person.masked if voter.person else voter.household.label if voter.household else ""
    return ", ".join(words for words in (called, voter.label) if words)


def letters(*, poll: Poll, given: Sequence[Given]) -> bytes:
    """A page for each, in the language that they read, to be put into an envelope."""
    documents = [_letter(poll, one) for one in given]
    context = {"documents": documents, "poll": poll}
    return pdf.render("elections/papers/letters.html", context, language=LANGUAGE)


def _letter(poll: Poll, given: Given) -> Composed:
    link = _link("vote")

    def values() -> dict[str, Any]:
        shown = {"code": codes.spoken(given.code), "link": link, "qr": qr.svg(link)}
        return {
            **_dated(poll),
            "to": who(given.voter),
            "number": str(given.voter.number),
            "place": poll.place,
            "code": part("elections/papers/code.html", shown),
        }

    return compose(LETTER, given.language, values)


def ballot(*, poll: Poll, language: str = LANGUAGE) -> bytes:
    """The ballot to copy. It has no number: every one is the same."""
    options = queries.options_of(poll)

    def values() -> dict[str, Any]:
        return {
            **_asked(poll),
            "most": str(poll.most),
            "is_ranked": poll.method == Method.RANKED,
            "is_approval": poll.method == Method.APPROVAL,
            "options": part("elections/papers/options.html", {"options": options}),
        }

    return _printed(compose(BALLOT, language, values))


def register(*, by: Actor, poll: Poll) -> bytes:
    """Who has not voted yet, by number, with a line to sign."""
    rows = queries.roll(by, poll).filter(is_struck=False, mark__isnull=True)
    lines = [(row.number, who(row)) for row in rows]

    def values() -> dict[str, Any]:
        return {
            "title": poll.title,
            "reference": poll.reference,
            "day": date_format(clock.today(), "DATE_FORMAT"),
            "rows": part("elections/papers/register_rows.html", {"lines": lines}),
        }

    return _printed(compose(REGISTER, LANGUAGE, values))


def report(*, poll: Poll) -> bytes:
    """What came out, as everybody may read it."""
    turnout = queries.turnout(poll)

    def values() -> dict[str, Any]:
        shown = {"poll": poll, "options": queries.options_of(poll), "rounds": poll.outcome.get("rounds", [])}
        return {
            **_dated(poll),
            "entitled": str(turnout.entitled),
            "voted": str(turnout.voted),
            "online": str(turnout.online),
            "paper": str(turnout.paper),
            "paper_note": poll.paper_note,
            "seed": poll.lot_seed,
            "source": poll.lot_source,
            "seal": poll.seal,
            "link": _link("public_poll", poll.reference),
            "result": part("elections/papers/result.html", shown),
        }

    return _printed(compose(REPORT, LANGUAGE, values))


def _printed(document: Composed) -> bytes:
    return pdf.render("documents/paper.html", {"document": document}, language=document.language)


def name_of(poll: Poll, paper: str) -> str:
    """What a file is called: no name of anybody."""
    return f"{paper}-{poll.reference}.pdf"
