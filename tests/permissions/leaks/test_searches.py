"""No search finds what one may not see: a word, a name, a number of a hidden row is answered as one that stands nowhere.

Searches are the doors that answer differently when they are asked for a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.permissions.leaks import town as towns
from tests.permissions.leaks.doors import Answer, ask
from tests.permissions.leaks.pages import page, plain_addresses
from tests.permissions.leaks.readers import DESK, Reader, reader
from tests.permissions.leaks.town import Town
from vicinia.domain.people.models import ContactPoint, Person
from vicinia.foundation.kernel import clock
from vicinia.foundation.search.models import Document

pytestmark = pytest.mark.django_db
ASKED_FOR_WORDS = ("q", "in")
FOR_WORDS = ("/suggerimenti", "/cerca", "/indirizzi", "/persone")
FEW = 2  # for readers who have no search of the desk
SEARCHING = ("anna", "bruno", "lucia", "marco", "paolo", "ada", "visitor", "key see_reports")


def looked_for(town: Town, who: Reader) -> Iterator[str]:
    """What somebody would look for, of rows that are not theirs: a word of each compartment, names, telephones, numbers."""
    for source in (_indexed, _names, _phones):
        found: dict[str, str] = {}
        for _kind, word in source(town):
            compartment = town.canaries.compartment_of[word]
            if compartment not in who.may_read:
                found.setdefault(compartment, word)
        yield from list(found.values())[: None if who.who in DESK else FEW]
    for regime in towns.REGIMES:
        if f"{regime} case" not in who.may_read:
            yield town.cases[regime].reference
        if f"{regime} report" not in who.may_read:
            yield town.reports[f"{regime} waiting"].reference


def _indexed(town: Town) -> Iterator[tuple[str, str]]:
    for row in Document.objects.order_by("pk"):
        for word in sorted(town.canaries.found_in(f"{row.heading} {row.words}")):
            yield row.kind, word


def _names(town: Town) -> Iterator[tuple[str, str]]:
    for row in Person.objects.order_by("pk"):
        for word in sorted(town.canaries.found_in(row.name)):
            yield "name", word


def _phones(town: Town) -> Iterator[tuple[str, str]]:
    for row in ContactPoint.objects.order_by("pk"):
        for word in town.canaries.found_in(row.value):
            yield "contact", word


def nobody_has(word: str) -> str:
    """Something of the same shape that stands nowhere."""
    if re.fullmatch(r"\d{9}", word):
        return "799999999"
    return re.sub(r"\d+$", lambda digits: "9" * len(digits[0]), word) if "-" in word else "qzxwwwwwww"


def asked(who: Reader, address: str, word: str) -> Answer:
    given = dict.fromkeys(ASKED_FOR_WORDS, word)
    return ask(who, "get", address, given if word else {})


def searches(town: Town, who: Reader) -> list[str]:
    """The doors that are there to be asked for words, and whatever else answers differently when it is."""
    seen = [regime for regime in towns.REGIMES if f"{regime} case" in who.may_read][:1]
    inner = [f"/casi/{town.cases[regime].reference}/collega/suggerimenti" for regime in seen]
    for regime in seen:
        report = f"/in-arrivo/{town.reports[f'{regime} waiting'].reference}"
        inner += [f"{report}/unisci/suggerimenti", f"{report}/caso/suggerimenti"]
    nothing = nobody_has("a word")
    found = []
    for address in plain_addresses() + inner:
        without, with_it = asked(who, address, ""), asked(who, address, nothing)
        differs = (without.status, page(without, nothing)) != (with_it.status, page(with_it, nothing))
        if with_it.status == 200 and (differs or address.endswith(FOR_WORDS)):
            found.append(address)
    return found


@pytest.mark.parametrize("who", SEARCHING)
def test_no_search_finds_what_is_hidden(town: Town, who: str) -> None:
    one = reader(town, who)
    with clock.at(clock.now()):
        for address in searches(town, one):
            nowhere: dict[str, Answer] = {}
            for word in looked_for(town, one):
                nothing = nobody_has(word)
                if nothing not in nowhere:
                    nowhere[nothing] = asked(one, address, nothing)
                there = asked(one, address, word)
                same = page(there, word, nothing) == page(nowhere[nothing], word, nothing)
                assert same, f"{who} finds {word} at {address}"


def test_a_search_finds_what_is_theirs(town: Town) -> None:
    """Else the test above would look at searches that find nothing at all."""
    carla = reader(town, "carla")
    doors_of_words = searches(town, carla)
    assert {"/cerca", "/in-arrivo", "/casi"} <= set(doors_of_words)
    word, nothing = next(word for kind, word in _indexed(town) if kind == "case"), nobody_has("a word")
    found = {
        address
        for address in doors_of_words
        if page(asked(carla, address, word), word, nothing)
        != page(asked(carla, address, nothing), word, nothing)
    }
    assert "/cerca" in found
