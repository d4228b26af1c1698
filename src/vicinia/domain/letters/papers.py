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
from django.utils.translation import get_language, get_language_info, gettext_lazy, override
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework import rules as casework_rules
from vicinia.domain.casework.models import Case, CasePerson, Commitment, Intervention
from vicinia.domain.casework.states import CommitmentBy, InterventionState
from vicinia.domain.letters import events, queries, rules
from vicinia.domain.letters.documents import PLAN, PLAN_FOR_PERSON, key_of
from vicinia.domain.letters.models import Letter
from vicinia.domain.people import queries as people
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.documents.queries import Text
from vicinia.foundation.documents.wording import render_text
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
        return mark_safe(self.body)  # noqa: S308  made by `render_text`, which lets nothing of ours or theirs through raw

    @property
    def direction(self) -> str:
        return "rtl" if _is_from_the_right(self.language) else "ltr"

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


def compose(
    *, by: Actor, letter: Letter, purpose: str, number: str = "", day: dt.date | None = None
) -> Paper:
    """The page as it would be signed now. The name and the address of a person are read, which is logged with the purpose."""
    text = text_of(letter)
    to = _addressee(by, letter, purpose)
    with override(text.language):
        values = _values(letter) | {"name": to[0] if to else "", "operator": letter.by_name}
        signed_on = full_day_words(day or clock.today())
    body = render_text(text.source, given(values, text.language))
    return Paper(
        language=text.language,
        town=settings.TOWN_NAME,
        unit=settings.UNIT_NAME,
        phone=settings.HELP_PHONE,
        number=number,
        day=signed_on,
        to=to,
        title=_title_of(body) or settings.UNIT_NAME,
        body=str(body),
        text=as_plain(body),
        signed=letter.by_name,
    )


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
        paper, made_at = compose(by=by, letter=letter, purpose=_("preparo una lettera")), None
    # The head of the page names the town as it was called when the letter was signed.
    town = {"name": paper.town, "unit": paper.unit, "help_phone": paper.phone}
    context = {"paper": paper, "town": town}
    return pdf.render("letters/papers/letter.html", context, language=paper.language, made_at=made_at)


def given(value: Any, language: str) -> Any:
    """Values as a text takes them: what is empty is not there, so that `if` asks for it.

    In a language that is written from the right, each keeps its own direction beside the others (Unicode isolates).
    """
    if isinstance(value, dict):
        return {name: one if name == "state" else given(one, language) for name, one in value.items()}
    if isinstance(value, list):
        return [given(one, language) for one in value]
    if not value:
        return None
    return f"\u2068{value}\u2069" if _is_from_the_right(language) else value


def _is_from_the_right(language: str) -> bool:
    return bool(get_language_info(language)["bidi"])


def _addressee(by: Actor, letter: Letter, purpose: str) -> tuple[str, ...]:
    if letter.body is not None:
        return (letter.body.name,)
    if letter.person is None:
        return ()
    shown = people.reveal(by, letter.person, purpose)
    return tuple(line for line in (shown.name, shown.address) if line)


def _ours(case: Case) -> dict[str, Any]:
    return {
        "case": case.reference,
        "unit": settings.UNIT_NAME,
        "town": settings.TOWN_NAME,
        "phone": settings.HELP_PHONE,
        "hours": settings.HELP_HOURS,
    }


def _values(letter: Letter) -> dict[str, Any]:
    """The words of a letter as its text asks for them, days in words of the language in force."""
    words = letter.words
    return {
        "meet_on": _day(dt.date.fromisoformat(words["meet_on"])) if words.get("meet_on") else "",
        "meet_at": words.get("meet_at", ""),
        "place": words.get("place", ""),
        "subject": words.get("subject", ""),
        "text": words.get("text", ""),
        "answer_by": _day(letter.answer_by),
        "facts": queries.facts_of(letter.case, words.get("facts", [])),
        **_ours(letter.case),
    }


def _day(day: dt.date | None) -> str:
    return full_day_words(day) if day else ""


# The plan of a case ----------------------------------------------------------------------------------------------


def print_plan(*, by: Actor, case: Case) -> bytes:
    """The plan for who works on the case: what is wanted, who does what by when, what is left to do."""
    rules.may_print_plan(by).require()
    content = _plan_pdf(PLAN, get_language() or "it", lambda: _plan_of(case) | _plan_for_us(case))
    journal.record(events.PLAN_PRINTED, by=by, about=case, form=journal.kept(FOR_US))
    return content


def print_plan_for(*, by: Actor, case: Case, row: CasePerson, language: str) -> bytes:
    """The plan for who reports, in their language: only what they are told of anyway. Reading the name is logged."""
    rules.may_print_plan(by).require()
    shown = people.reveal(by, row.person, _("stampo il piano per la persona"))
    content = _plan_pdf(
        PLAN_FOR_PERSON, language, lambda: _plan_of(case) | _plan_for_person(case) | {"name": shown.name}
    )
    journal.record(events.PLAN_PRINTED, by=by, about=case, form=journal.kept(FOR_PERSON))
    return content


def _plan_pdf(key: str, language: str, values: Callable[[], dict[str, Any]]) -> bytes:
    text = documents.text_of(key, language)
    with override(text.language):
        body = render_text(text.source, given(values(), text.language))
    context = {"title": _title_of(body), "body": body}
    return pdf.render("letters/papers/plan.html", context, language=text.language)


def _plan_of(case: Case) -> dict[str, Any]:
    plan = casework.plan_of(case)
    return _ours(case) | {
        "operator": case.owner.name if case.owner else "",
        "today": full_day_words(clock.today()),
        "goal": plan.goal,
        "review_on": _day(plan.review_on),
        "contact_on": _day(case.next_contact_on),
    }


def _plan_for_us(case: Case) -> dict[str, Any]:
    return {
        "title": case.title,
        "place": str(case.where),
        "stage": case.get_stage_display(),
        "commitments": [_commitment(row) for row in casework.commitments_of(case)],
        "interventions": [_intervention(row) for row in casework.interventions_of(case)],
        "tasks": [
            {"who": task.assignee.name, "what": task.what, "due": _day(task.due_on)}
            for task in casework.progress(case).open_tasks
        ],
    }


def _commitment(row: Commitment) -> dict[str, str]:
    return {
        "who": str(casework_rules.who_committed(row)),
        "what": row.what,
        "due": _day(row.due_on),
        "state": row.get_state_display(),
        "note": row.explanation,
    }


def _intervention(row: Intervention) -> dict[str, str]:
    return {
        "kind": row.get_kind_display(),
        "what": row.what,
        "who": row.body.name if row.body else row.led_by,
        "day": _day(row.done_on or row.planned_on),
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
            {"what": row.what, "day": _day(row.done_on or row.planned_on), "state": row.state}
            for row in planned.exclude(state=InterventionState.CANCELLED)
        ],
    }


def _told(rows: Iterable[Commitment]) -> list[dict[str, str]]:
    return [
        {
            "who": str(casework_rules.who_committed(row)),
            "what": row.what,
            "due": _day(row.due_on),
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


def _title_of(html: str) -> str:
    """The first heading of a text, which is the title of the document."""
    found = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    return as_plain(found.group(1)) if found else ""
