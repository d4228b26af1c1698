"""What a letter and a plan look like on paper. Of a letter every word is frozen when it is issued."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework import rules as casework_rules
from vicinia.domain.casework.models import Case, CasePerson, Commitment, Intervention
from vicinia.domain.casework.states import CommitmentBy, InterventionState
from vicinia.domain.letters import events, queries, rules
from vicinia.domain.letters.documents import PLAN, PLAN_FOR_PERSON, key_of
from vicinia.domain.letters.models import Letter
from vicinia.domain.letters.states import WORDS
from vicinia.domain.people import queries as people
from vicinia.foundation.documents import composing, pdf
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.documents.queries import Text
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.dates import full_day_words

# For whom a plan was printed, as the journal keeps it.
FOR_US, FOR_PERSON = gettext_lazy("per noi"), gettext_lazy("per la persona")
_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "ul", "ol", "tr", "blockquote", "hr"})
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that the printed page of a letter shows, and nothing else: `body` is HTML, `text` the same in plain words."""

    language: str
    town: str
    unit: str
    phone: str
    number: str
    day: str
    to: tuple[str, ...]
    title: str
    body: str
    text: str
    signed: str

    @property
    def html(self) -> SafeString:
        return mark_safe(self.body)  # noqa: S308  made by `compose`, which lets nothing of ours or theirs through raw

    @property
    def direction(self) -> str:
        return documents.direction_of(self.language)

    def as_json(self) -> str:
        """The same bytes for the same words: what is kept and digested."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def digest_of(paper_json: str) -> str:
    return sha256(paper_json.encode()).hexdigest()


def seal_of(paper: Paper) -> str:
    """What proves that just this was previewed: it does not cover the number and the day, which signing gives."""
    value = json.dumps(asdict(paper) | {"number": "", "day": ""}, sort_keys=True)
    return salted_hmac("vicinia.letters.preview", value, algorithm="sha256").hexdigest()


def text_of(letter: Letter) -> Text:
    """The text of the letter's kind in its language, as it is now."""
    return documents.text_of(key_of(letter.kind), letter.language)


def compose(*, by: Actor, letter: Letter, purpose: str, number: str = "") -> tuple[Paper, Text]:
    """The page as it would be signed now, and the text that it was made with.

    The name and the address of a person are read, which is logged with the purpose.
    """
    to = _addressee(by, letter, purpose)
    name = to[0] if to else ""
    document = composing.compose(
        key_of(letter.kind), letter.language, lambda: _values(letter) | {"name": name}
    )
    with override(document.language):
        signed_on = full_day_words(clock.today())
    paper = Paper(
        language=document.language,
        town=settings.TOWN_NAME,
        unit=settings.UNIT_NAME,
        phone=settings.HELP_PHONE,
        number=number,
        day=signed_on,
        to=to,
        title=document.title or settings.UNIT_NAME,
        body=str(document.body),
        text=as_plain(document.body),
        signed=letter.by_name,
    )
    return paper, document.text


def frozen(*, by: Actor, letter: Letter, purpose: str) -> Paper:
    """What was signed. Whoever reads a letter to a person is written in the access log."""
    if letter.person is not None:
        casework_rules.may_reveal(by, letter.case).require()
        journal.seen(by=by, person=people.root_of(letter.person), purpose=purpose, shown="una lettera")
    kept = letter.paper
    return Paper(**kept | {"to": tuple(kept["to"])})


def print_letter(*, by: Actor, letter: Letter) -> bytes:
    """The letter as PDF: of one that was issued, the same bytes every time."""
    if letter.is_issued:
        paper = frozen(
            by=by, letter=letter, purpose=_("stampo la lettera %(number)s") % {"number": letter.number}
        )
        made_at = letter.issued_at
    else:
        (paper, _text), made_at = compose(by=by, letter=letter, purpose=_("preparo una lettera")), None
    # The head of the page names the town as it was called when the letter was signed.
    town = {"name": paper.town, "unit": paper.unit, "help_phone": paper.phone}
    context = {"paper": paper, "town": town}
    return pdf.render("letters/papers/letter.html", context, language=paper.language, made_at=made_at)


def _addressee(by: Actor, letter: Letter, purpose: str) -> tuple[str, ...]:
    if letter.body is not None:
        return (letter.body.name,)
    if letter.person is None:
        return ()
    return people.reveal(by, letter.person, purpose).postal_lines


def _ours(case: Case) -> dict[str, Any]:
    return {
        "case": case.reference,
        "unit": settings.UNIT_NAME,
        "town": settings.TOWN_NAME,
        "phone": settings.HELP_PHONE,
        "hours": settings.HELP_HOURS,
    }


def _values(letter: Letter) -> dict[str, Any]:
    """What the text of the letter's kind may ask for, but whom it is for."""
    words = letter.words
    known: dict[str, Any] = {name: words.get(name, "") for name in WORDS[letter.kind]}
    if known.get("meet_on"):
        known["meet_on"] = dt.date.fromisoformat(known["meet_on"])
    if "answer_by" in known:
        known["answer_by"] = letter.answer_by
    if letter.is_to_body:
        known["facts"] = queries.facts_of(letter.case, words.get("facts", []))
    return known | _ours(letter.case) | {"operator": letter.by_name}


# The plan of a case ----------------------------------------------------------------------------------------------


def print_plan(*, by: Actor, case: Case) -> bytes:
    """The plan for who works on the case: what is wanted, who does what by when, what is left to do."""
    rules.may_print_plan(by).require()
    content = _print(PLAN, get_language() or "it", lambda: _plan_of(case) | _plan_for_us(case))
    journal.record(events.PLAN_PRINTED, by=by, about=case, form=journal.kept(FOR_US))
    return content


def print_plan_for(*, by: Actor, case: Case, row: CasePerson, language: str) -> bytes:
    """The plan for who reports, in their language: only what they are told of anyway. Reading the name is logged."""
    rules.may_print_plan(by).require()
    shown = people.reveal(by, row.person, _("stampo il piano per la persona"))
    content = _print(
        PLAN_FOR_PERSON, language, lambda: _plan_of(case) | _plan_for_person(case) | {"name": shown.name}
    )
    journal.record(events.PLAN_PRINTED, by=by, about=case, form=journal.kept(FOR_PERSON))
    return content


def _print(key: str, language: str, values: Callable[[], dict[str, Any]]) -> bytes:
    document = composing.compose(key, language, values)
    return pdf.render("documents/paper.html", {"document": document}, language=document.language)


def _plan_of(case: Case) -> dict[str, Any]:
    plan = casework.plan_of(case)
    return _ours(case) | {
        "operator": case.owner.name if case.owner else "",
        "today": clock.today(),
        "goal": plan.goal,
        "review_on": plan.review_on,
        "contact_on": case.next_contact_on,
    }


def _plan_for_us(case: Case) -> dict[str, Any]:
    return {
        "title": case.title,
        "place": str(case.where),
        "stage": case.get_stage_display(),
        "commitments": [_commitment(row) for row in casework.commitments_of(case)],
        "interventions": [_intervention(row) for row in casework.interventions_of(case)],
        "tasks": [
            {"who": task.assignee.name, "what": task.what, "due": task.due_on}
            for task in casework.progress(case).open_tasks
        ],
    }


def _commitment(row: Commitment) -> dict[str, Any]:
    return {
        "who": str(casework_rules.who_committed(row)),
        "what": row.what,
        "due": row.due_on,
        "state": row.get_state_display(),
        "note": row.explanation,
    }


def _intervention(row: Intervention) -> dict[str, Any]:
    return {
        "kind": row.get_kind_display(),
        "what": row.what,
        "who": row.body.name if row.body else row.led_by,
        "day": row.done_on or row.planned_on,
        "state": row.get_state_display(),
        "result": row.result,
    }


def _plan_for_person(case: Case) -> dict[str, Any]:
    told = list(casework.told_commitments(case))
    planned = casework.interventions_of(case).filter(told_to_reporter=True)
    return {
        "ours": _told(row for row in told if row.by_whom == CommitmentBy.UNIT),
        "yours": _told(row for row in told if row.by_whom == CommitmentBy.REPORTER),
        "others": _told(row for row in told if row.by_whom in (CommitmentBy.BODY, CommitmentBy.OTHER)),
        "interventions": [
            {"what": row.what, "day": row.done_on or row.planned_on, "state": row.state}
            for row in planned.exclude(state=InterventionState.CANCELLED)
        ],
    }


def _told(rows: Iterable[Commitment]) -> list[dict[str, Any]]:
    return [
        {
            "who": str(casework_rules.who_committed(row)),
            "what": row.what,
            "due": row.due_on,
            "state": row.state,
        }
        for row in rows
    ]


# From HTML to plain words ----------------------------------------------------------------------------------------


class _Plain(HTMLParser):
    """Keeps the words of a page; blocks stand apart, points of a list get a dash."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS and not (tag == "p" and self.parts[-1:] == ["\n- "]):
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS - {"li"}:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data if data.strip() else data.replace("\n", ""))


def as_plain(html: str) -> str:
    """The words of a page without its form, as an e-mail carries them."""
    plain = _Plain()
    plain.feed(html.replace("<br />\n", "<br />"))
    plain.close()
    return _BLANK_LINES.sub("\n\n", "".join(plain.parts)).strip()
