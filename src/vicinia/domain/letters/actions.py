"""Writing a letter, signing it, and saying what became of it. What was signed never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case, CasePerson
from vicinia.domain.casework.rules import must_say_why
from vicinia.domain.casework.states import PersonRole
from vicinia.domain.letters import events, papers, queries, rules
from vicinia.domain.letters.models import Letter
from vicinia.domain.letters.states import WORDS, Answer, Fact, LetterKind, LetterState
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.events import Event
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.notifications import actions as notifications
from vicinia.foundation.notifications.wording import OurWords

# Working days in which a signed letter leaves our desk, and after which what was not done is the coordinator's too.
DELIVER_WITHIN_DAYS = 2
RAISED_AFTER_DAYS = 3


@dataclass(frozen=True)
class LetterWords:
    """What is filled in: the words of the kind by name, the facts of the case that a body reads, on what basis it does.

    `language` "" is the one of the person, or English when there is no text in it.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    answer_by: dt.date | None = None
    facts: tuple[str, ...] = ()
    basis: str = ""
    basis_note: str = ""


@transaction.atomic
def draft(
    *,
    by: Actor,
    case: Case,
    kind: str,
    new: LetterWords,
    to: CasePerson | None = None,
    body: PartnerBody | None = None,
) -> Letter:
    """Begin a letter to a person of the case or to a body. Nobody reads it before it is signed."""
    case = Case.objects.lock(case)
    rules.may_write(by, case).require()
    rules.may_address(case, kind, has_person=to is not None, body=body).require()

    letter = Letter(
        case=case,
        kind=kind,
        person=to.person if to else None,
        body=body,
        to_role=_role_of(to, body),
        by_ref=by.ref,
        by_name=by.name,
    )
    _fill(letter, new)
    letter.save(force_insert=True)

    _record(by, letter, events.DRAFTED)
    return letter


@transaction.atomic
def change(*, by: Actor, letter: Letter, new: LetterWords, seen_version: int | None) -> Letter:
    """Change a draft. Who was slower than a colleague is told and loses nothing."""
    letter = _locked(letter).require_version(seen_version, yours=new)
    rules.may_change(by, letter).require()

    _fill(letter, new)
    letter.save()

    _record(by, letter, events.CHANGED)
    return letter


@transaction.atomic
def drop(*, by: Actor, letter: Letter) -> Letter:
    """Give a draft up: its words go at once."""
    letter = _locked(letter)
    rules.may_drop(by, letter).require()

    letter.enter(LetterState.DROPPED, by=by, state_since=clock.now(), words_json="{}", basis_note="")

    _record(by, letter, events.DROPPED)
    return letter


@transaction.atomic
def issue(*, by: Actor, letter: Letter, seal: str | None = None) -> Letter:
    """Sign: the letter gets the next number of the year, and every word of its page is frozen.

    `seal` says what was looked at; if the page would be another one by now, it is refused.
    """
    letter = _locked(letter)
    named = queries.people_named(letter) if letter.is_to_body else []
    words, today = letter.words, clock.today()
    rules.may_issue(by, letter, words, today, names_people=bool(named)).require()

    letter.by_ref, letter.by_name = by.ref, by.name
    number = f"LET-{next_reference('letter')}"
    paper, text = papers.compose(by=by, letter=letter, purpose=f"{number}, {letter.case}", number=number)
    rules.may_sign_what_was_seen(seal, papers.seal_of(paper)).require()
    kept = paper.as_json()

    letter.enter(
        LetterState.ISSUED,
        by=by,
        number=number,
        issued_at=clock.now(),
        state_since=clock.now(),
        paper_json=kept,
        digest=papers.digest_of(kept),
        text_language=text.language,
        text_version=text.version,
        text_digest=text.digest,
        answer=Answer.AWAITED if letter.answer_by else Answer.NONE,
    )
    letter.named.set(named)

    _record(by, letter, events.ISSUED)
    if letter.is_to_body:
        _record_sharing(by, letter, len(named))
    _leave_open(by, letter)
    return letter


@transaction.atomic
def deliver(*, by: Actor, letter: Letter, state: str, day: dt.date | None = None) -> Letter:
    """Say that a letter was handed over or posted, and when; or mail its words to the address that we know."""
    letter = _locked(letter)
    address = queries.email_of(letter) if state == LetterState.EMAILED else ""
    rules.may_deliver(by, letter, state, has_email=bool(address)).require()
    day = clock.today() if day is None or state == LetterState.EMAILED else day
    rules.may_be_delivered_on(letter, day, clock.today()).require()

    letter.enter(state, by=by, state_since=clock.now(), sent_on=day)

    how = journal.kept(LetterState(state).label)
    _record(by, letter, events.DELIVERED, how=how, day=day.isoformat())
    _leave_open(by, letter)
    if address:
        _mail(by, letter, address)
    return letter


@transaction.atomic
def call_back(*, by: Actor, letter: Letter, reason: str) -> Letter:
    """Withdraw a letter that was signed, saying why: it stays as it was, and no answer is awaited any more."""
    letter = _locked(letter)
    rules.may_call_back(by, letter, reason).require()

    answer = Answer.GIVEN_UP if letter.answer == Answer.AWAITED else letter.answer
    notifications.forget(by=by, about=letter)
    letter.enter(
        LetterState.CALLED_BACK,
        by=by,
        reason=reason,
        state_since=clock.now(),
        end_reason=reason,
        answer=answer,
    )

    _record(by, letter, events.CALLED_BACK, reason=reason)
    _leave_open(by, letter)
    return letter


@transaction.atomic
def register(*, by: Actor, letter: Letter, protocol: str) -> Letter:
    """Write down the number that the town's register gave to a letter."""
    letter = _locked(letter)
    rules.may_protocol(by, letter).require()

    letter.protocol = protocol.strip()
    letter.save(update_fields=["protocol"])

    _record(by, letter, events.PROTOCOL, protocol=letter.protocol or "-")
    return letter


@transaction.atomic
def note_answer(*, by: Actor, letter: Letter, note: str) -> Letter:
    """The answer has come; what it says is kept for who works on the case."""
    letter = _locked(letter)
    rules.may_answer(by, letter).require()
    _end_waiting(by, letter, Answer.CAME, note)
    _record(by, letter, events.ANSWERED)
    return letter


@transaction.atomic
def give_up_answer(*, by: Actor, letter: Letter, reason: str) -> Letter:
    """No answer is awaited any more, and why."""
    letter = _locked(letter)
    rules.may_answer(by, letter).require()
    must_say_why(reason).require()
    _end_waiting(by, letter, Answer.GIVEN_UP, "")
    _record(by, letter, events.GIVEN_UP, reason=reason)
    return letter


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """A person is erased: the words of the letters to them, or that name them, go; that they were written stays."""
    found = queries.letters_holding(person_id)
    for letter in found:
        row = _locked(letter)
        notifications.forget(by=by, about=row)
        row.words_json, row.paper_json, row.basis_note, row.answer_note = "{}", "", "", ""
        # A digest of words that are gone would still tell who guesses them whether it was right.
        row.digest = ""
        row.end_reason = "…" if row.end_reason else ""
        row.erased_at = clock.now()
        row.person_id = None if row.person_id == person_id else row.person_id
        row.state_moves.update(reason="")
        row.save()
        row.named.remove(person_id)
        if row.state == LetterState.DRAFT:
            row.enter(LetterState.DROPPED, by=by, state_since=clock.now())
        journal.record(events.ERASED, by=by, about=row.case, number=row.number or "-")
    return len(found)


def _locked(letter: Letter) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("case__owner", "body", "person")
    row: Letter = rows.get(pk=letter.pk)
    return row


def _fill(letter: Letter, new: LetterWords) -> None:
    """Only the words that the kind asks for, in a language that has a text."""
    language = new.language or queries.language_for(letter.kind, letter.person)
    rules.may_speak(language, queries.languages_of(letter.kind)).require()
    asked = WORDS[letter.kind]
    words: dict[str, Any] = {name: new.words[name] for name in asked if new.words.get(name)}
    letter.language = language
    letter.answer_by = new.answer_by if "answer_by" in asked else None
    if letter.is_to_body:
        words["facts"] = [fact.value for fact in Fact if fact.value in new.facts]
        letter.basis, letter.basis_note = new.basis, new.basis_note
    letter.words = words


def _role_of(to: CasePerson | None, body: PartnerBody | None) -> str:
    if body is not None:
        return body.name
    assert to is not None, "a rule has asked for an addressee"
    role = journal.kept(PersonRole(to.role).label)
    return f"{role}, {to.label}" if to.label else role


def _record(by: Actor, letter: Letter, event: Event, **facts: str) -> None:
    known = {
        "number": letter.number,
        "to": letter.to_role,
        "kind": journal.kept(LetterKind(letter.kind).label),
    }
    journal.record(event, by=by, about=letter.case, **(known | facts))


def _record_sharing(by: Actor, letter: Letter, people: int) -> None:
    """What a body learns, by kind of thing: never the words."""
    chosen = [journal.kept(Fact(code).label) for code in letter.words.get("facts", [])]
    _record(by, letter, events.SHARED, facts=", ".join(chosen) or "-", people=str(people))


def _key(letter: Letter) -> str:
    return f"letter:{letter.pk}"


def _leave_open(by: Actor, letter: Letter) -> None:
    """What the letter still asks of us: to be delivered, then its answer."""
    if letter.state == LetterState.ISSUED:
        kind, due_on = events.TO_DELIVER, clock.add_working_days(clock.today(), DELIVER_WITHIN_DAYS)
    elif letter.answer == Answer.AWAITED and letter.answer_by is not None:
        kind, due_on = events.WAITING, letter.answer_by
    else:
        casework.settle_matter(by=by, key=_key(letter))
        return
    matter = casework.OpenMatter(
        key=_key(letter),
        kind=kind,
        url=reverse("letter", args=[letter.pk]),
        facts={"number": letter.number, "to": letter.to_role},
        due_on=due_on,
        raised_on=clock.add_working_days(due_on, RAISED_AFTER_DAYS),
    )
    casework.raise_matter(by=by, case=letter.case, matter=matter)


def _end_waiting(by: Actor, letter: Letter, answer: str, note: str) -> None:
    letter.answer, letter.answer_note = answer, note
    letter.save(update_fields=["answer", "answer_note"])
    _leave_open(by, letter)


def _mail(by: Actor, letter: Letter, address: str) -> None:
    """The words of the page, which the outbox erases once they have left."""
    paper = letter.paper
    notifications.queue(
        by=by,
        to=address,
        template="letter_by_mail",
        context={
            "subject": OurWords(paper["title"]),
            "text": OurWords(paper["text"]),
            "number": letter.number,
        },
        language=letter.text_language,
        about=letter,
        key=_key(letter),
    )
