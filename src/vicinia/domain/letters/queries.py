"""Reads about letters: seen by who sees their case."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case, CasePerson
from vicinia.domain.casework.states import PersonRole
from vicinia.domain.letters.documents import key_of
from vicinia.domain.letters.models import Letter, LetterRows
from vicinia.domain.letters.states import Fact
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Person
from vicinia.domain.people.names import PARTICLES, name_words
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.blind_index import fold
from vicinia.foundation.kernel.verdict import Sentence

_WORD = re.compile(r"[^\W\d_]+")
_NOT_A_DIGIT = re.compile(r"\D")
# Shorter parts of a name (Li, Di) stand in every text; fewer digits are a date or a house number.
SHORTEST_NAME, SHORTEST_NUMBER = 3, 7


def letters(by: Actor) -> LetterRows:
    """The letters about the cases that `by` may see, without the drafts that were dropped."""
    rows: LetterRows = Letter.objects.on(casework.cases(by).order_by()).kept()
    return rows


def letter_named(by: Actor, pk: int) -> Letter:
    """A visible letter, with whom it is for (404 otherwise)."""
    rows = letters(by).select_related("case__owner", "case__area", "body", "person")
    row: Letter = rows.defer("case__area__boundary").one(pk=pk)
    return row


def letters_of(case: Case) -> LetterRows:
    """The letters about a case, newest first."""
    rows: LetterRows = Letter.objects.filter(case=case).kept().in_lines()
    return rows


def addressees(case: Case) -> QuerySet[CasePerson]:
    """The people of a case to whom one may write."""
    return case.case_people.filter(person__erased_at__isnull=True).select_related("person")


def reporters(case: Case) -> QuerySet[CasePerson]:
    """Those for whom the plan is printed: commitments and interventions are told to who reports."""
    return addressees(case).filter(role=PersonRole.REPORTER)


def reporter_of(case: Case, pk: int) -> CasePerson:
    """One of those who report in a case (404 otherwise)."""
    row: CasePerson = casework.row_of(reporters(case), pk)
    return row


def languages_of(kind: str) -> dict[str, Sentence]:
    """The languages in which a kind of letter has a text, with their names."""
    return dict(documents.languages_of(key_of(kind)))


def language_for(kind: str, person: Person | None) -> str:
    """The language of the person if there is a text in it; else English, which more people read than Italian."""
    spoken = people.root_of(person).language if person is not None else "it"
    return spoken if spoken in languages_of(kind) else "en"


def facts_of(case: Case, chosen: list[str]) -> list[dict[str, str]]:
    """The chosen facts of a case: label and words, in their order."""
    known = casework.facts_to_share(case)
    return [
        {"label": str(fact.label), "words": known[fact]} for fact in Fact if fact in chosen and known[fact]
    ]


def text_that_leaves(letter: Letter) -> str:
    """Every word of a letter that was written for it or comes from the case."""
    words = letter.words
    own = [str(words.get(name, "")) for name in ("subject", "text", "place")]
    return "\n".join([*own, *(fact["words"] for fact in facts_of(letter.case, words.get("facts", [])))])


def people_named(letter: Letter) -> list[Person]:
    """Which people of the case the words of a letter name, or give a number or an address of.

    The program compares, nobody sees: nothing is logged. A name is looked for among words with a capital.
    """
    text = text_that_leaves(letter)
    written = {fold(word) for word in _WORD.findall(text) if word[:1].isupper()}
    digits = _NOT_A_DIGIT.sub("", text)
    return [
        row.person for row in addressees(letter.case) if _stands_in(row.person, written, digits, text.lower())
    ]


def _stands_in(person: Person, written: set[str], digits: str, text: str) -> bool:
    known = people.reach(person)
    telling = {word for word in name_words(known.name) - PARTICLES if len(word) >= SHORTEST_NAME}
    phone = _NOT_A_DIGIT.sub("", known.phone)[-9:]
    has_phone = len(phone) >= SHORTEST_NUMBER and phone in digits
    return bool(telling & written) or has_phone or bool(known.email and known.email in text)


def email_of(letter: Letter) -> str:
    """Where a letter can be mailed, or "" if no address is known."""
    if letter.body is not None:
        return letter.body.email
    return people.email_of(letter.person_id) if letter.person_id is not None else ""


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """The letters to someone, or that name them to a body, for the copy that they may ask for."""
    rows = Letter.objects.holding(person_id).kept().select_related("body").order_by("id")
    return [
        {
            "lettera": letter.number or "",
            "tipo": str(letter.get_kind_display()),
            "a": letter.to_role,
            "quando": (letter.issued_at or letter.created_at).isoformat(),
            "testo": letter.paper["text"]
            if letter.paper_json
            else "\n".join(map(str, letter.words.values())),
        }
        for letter in rows
    ]


def letters_holding(person_id: int) -> list[Letter]:
    return list(Letter.objects.holding(person_id).order_by("id"))
