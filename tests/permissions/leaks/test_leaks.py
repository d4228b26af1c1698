"""Every reader tries every door of one town in which each column has a word of its own, and reads what is theirs.

Readers are every role, somebody from the street, a resident and a body by their private links, and every scope of a key.
Who may read what stands in `readers.py`; doors are found in the addresses, columns in the models, so that a new one
that nobody has thought of makes these tests fail.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from tests.permissions.leaks import doors, explained
from tests.permissions.leaks.canaries import columns_of_words, planted_in
from tests.permissions.leaks.doors import Answer
from tests.permissions.leaks.readers import MAY_READ, PUBLIC, READERS, STAFF, Reader, reader
from tests.permissions.leaks.town import Town
from vicinia.domain.casework.models.case import CaseRows
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.attachments.tests.factories import SECRET
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel.fields import encrypted_fields
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
# Doors that show what they show to nobody: a resident's words are in the draft of one browser.
# Encrypted copies of what a row itself keeps in the clear: a title, what is told to a body, what a message says.
COPIES = {
    "OutboxMessage": {"subject", "body", "body_html"},
    "Referral": {"shared_json"},
    "AgendaItem": {"called"},
    "Invited": {"called"},
    "Letter": {"paper_json"},
    "Offer": {"snapshot"},
}
# What is written to who has reported, to whoever else suffers it, and to a key contact.
TOLD_BY_MAIL = {
    "person": ("report", "place", "told", "review", "closing"),
    "party": ("report", "place", "told", "review", "closing"),
    "other": ("me too",),
    "witness": (),
    "subscriber": ("published",),
    "sign-up": ("published",),
    "proposer": ("published", "said", "ideas", "signers"),  # why the room that they asked for is not theirs
    "complainant": ("published", "complaint"),
    "tenant": (),
}
# Who makes the plan, and the household itself. An operator of the quarter meets its number where people live.
READ_NUMBERS = {"carla", "lucia", "household"}
MEET_NUMBERS = {"anna"}
_MOBILITY = re.compile(r" /(laboratorio|api/v1/relocations|cerca)\b")
READ_BY_NOBODY = {"draft", "ratings", "own unread", "far unread", "town subscriber"}


def pictures(town: Town) -> dict[bytes, str]:
    """The words of the files whose content is this."""
    kept = {}
    for file in Attachment.objects.order_by("pk"):
        for path in filter(None, (file.path, file.thumbnail_path)):
            with default_storage.open(path) as content:
                kept[content.read()] = file.file_name
    return kept


def words_of(town: Town, answer: Answer, kept: dict[bytes, str]) -> set[str]:
    """The planted words that came through a door, by text, by address or as a picture."""
    if answer.picture:
        assert answer.picture in kept, f"{answer.door} gives a picture that is no file of ours"
        assert SECRET not in answer.picture, f"{answer.door} gives what a phone has written into a photo"
    return town.canaries.found_in(f"{answer.words} {answer.location} {kept.get(answer.picture, '')}")


def leaks(town: Town, who: Reader, words: Iterable[str]) -> set[str]:
    """The compartments of those words that are not this reader's."""
    return {town.canaries.compartment_of[word] for word in words} - who.may_read


def test_every_column_of_words_is_planted_or_explained(town: Town) -> None:
    forgotten = [
        f"{model.__name__}.{column}"
        for model, column in columns_of_words()
        if not explained.is_explained(model.__name__, column) and not planted_in(town.canaries, model, column)
    ]
    assert not forgotten, (
        f"Nobody knows whether {', '.join(forgotten)} leaks. Let the acts of leaks/town.py or leaks/planted_around.py "
        "write a planted word there, with its readers in leaks/readers.py; or explain in leaks/explained.py why it holds no words."
    )


def test_nothing_is_explained_that_is_not_there() -> None:
    there = {f"{model.__name__}.{column}" for model, column in columns_of_words()}
    gone = {name for some in explained.OF_ONE_MODEL.values() for name in some} - there
    assert gone == set()


def test_every_compartment_has_its_readers(town: Town) -> None:
    assert set(town.canaries.compartments()) - set(MAY_READ) == set(), (
        "say in leaks/readers.py who may read them"
    )


def test_every_address_knows_its_rows(town: Town) -> None:
    known = doors.values(town) | {name: ["x"] for name in doors.OF_THE_READER}
    for route in doors.routes():
        assert all(argument.values(known) for argument in doors.arguments(route)), (
            f"{route}: no row to ask for"
        )


@pytest.mark.parametrize("who", READERS)
def test_a_reader_reads_what_is_theirs_and_nothing_else(
    town: Town, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    one, kept, secrets = reader(town, who), pictures(town), sealed(town)
    leaked: dict[str, list[str]] = defaultdict(list)
    read: set[str] = set()
    for answer in doors.read_through(town, one):
        words = words_of(town, answer, kept)
        read |= words
        for compartment in leaks(town, one, words):
            leaked[compartment].append(answer.door)
        if tells_numbers(town, one, answer):
            leaked["number of a household that moves"].append(answer.door)
        assert answer.status < 429, f"{answer.door}: {answer.status}"
        assert not town.canaries.found_in(answer.location), (
            f"{answer.door} leads to an address with planted words"
        )
        assert who not in STAFF or not answer.location.startswith("/accesso?"), (
            f"{answer.door} has signed {who} out"
        )
        assert not town.canaries.found_in(answer.title) & secrets, (
            f"{answer.door}: what is kept encrypted stands in the title of a page"
        )
    assert not leaked, f"{who} reads what is not theirs: " + "; ".join(
        f"{compartment} at {doors_[:3]}" for compartment, doors_ in leaked.items()
    )
    doors_to = {town.canaries.compartment_of[word] for word in read}
    theirs = one.may_read & set(town.canaries.compartments()) - PUBLIC
    assert theirs - doors_to == set(), f"{who} finds no door to what is theirs: is the test blind?"
    if who == "marco":
        assert town.canaries.of({"own walled", "far walled"}) <= read, "the own mediator reads every word"
    assert not town.canaries.found_in(caplog.text), "planted words stand in the log"


def tells_numbers(town: Town, who: Reader, answer: Answer) -> bool:
    """Whether a page says the number of a household that moves to who reads at most that its dwelling is taken."""
    told = town.numbers_in(answer.words) - town.numbers_in(answer.door)
    is_theirs = who.who in READ_NUMBERS or (who.who in MEET_NUMBERS and not _MOBILITY.search(answer.door))
    return bool(told) and not is_theirs


def sealed(town: Town) -> set[str]:
    """The words of what is kept encrypted, where they were written first."""
    found: set[str] = set()
    for model, columns in encrypted_fields().items():
        for column in {*columns} - COPIES.get(model.__name__, set()):
            for value in model._default_manager.order_by().values_list(column, flat=True):
                found |= town.canaries.found_in(value or "")
    # Minutes begin with the agenda that everybody was sent.
    return found - town.canaries.of({"town published"})


def test_every_word_is_read_by_somebody() -> None:
    readable = {compartment for compartment, who in MAY_READ.items() if who}
    assert set(MAY_READ) - readable == {*READ_BY_NOBODY, "police unread"}


# Where words lie ----------------------------------------------------------------------------------------------------


def test_no_table_keeps_in_the_clear_what_is_encrypted(town: Town) -> None:
    """Journal, matters, search, messages: a sealed word is in no column that anybody could read in a copy of the database."""
    call_command("rebuild_search")
    secret = sealed(town)
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = str(cursor.fetchall())
        plain = {town.canaries.compartment_of[word] for word in town.canaries.found_in(rows) & secret}
        assert not plain, f"{table} keeps {plain} in the clear what another table encrypts"


def test_journal_and_access_log_tell_nothing_about_persons(town: Town) -> None:
    parts = (
        "person",
        "party",
        "other",
        "witness",
        "walled",
        "unread",
        "tenant",
        "sign-up",
        "subscriber",
        "proposer",
    )
    corners = ("own", "far", "police", "town")
    private = town.canaries.of({f"{corner} {part}" for corner in corners for part in parts})
    private |= town.canaries.of(
        {f"{who} {part}" for who in ("lucia", "carla") for part in ("moved", "told", "tenant")}
    )
    for line in [*Entry.objects.order_by("pk"), *Sight.objects.order_by("pk")]:
        assert not town.canaries.found_in(str(line.__dict__)) & private, line


def test_a_message_says_to_whoever_gets_it_what_they_may_read(town: Town) -> None:
    """E-mails and letters: to residents, to bodies, to the staff."""
    for message in OutboxMessage.objects.order_by("pk"):
        words = town.canaries.found_in(f"{message.subject} {message.body} {message.body_html}")
        compartments = {town.canaries.compartment_of[word] for word in words}
        assert compartments <= readable_by_mail(town, message.to), (
            message.template,
            message.to,
            compartments,
        )


def readable_by_mail(town: Town, to: str) -> set[str]:
    """What may be written to an address."""
    for who in STAFF:
        user = getattr(town, who, None) or getattr(town.cast, who)
        if user.email == to:
            return {compartment for compartment, readers in MAY_READ.items() if who in readers}
    if to.endswith(
        "@ente.example"
    ):  # a body: the way to its page, what a meeting is about, what is passed on to it
        code = to.split("@")[0]
        passed = {"casa": ("own", "far"), "comando": ("police",)}.get(code, ())
        told = {f"{regime} {part}" for regime in passed for part in ("report", "place")}
        told |= {f"body {code}", "town published"}  # its own lots, as their page names them
        return {f"{regime} meeting" for regime in ("own", "far")} | told
    told = {"body casa", "body comando"}  # that a report was passed on to
    for word in town.canaries.found_in(to):
        regime, part = town.canaries.compartment_of[word].split(" ", 1)
        told |= {f"{regime} {part}"} | {f"{regime} {one}" for one in TOLD_BY_MAIL[part]}
    return told


# The test itself ----------------------------------------------------------------------------------------------------


def test_a_leak_is_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """With cases that everybody sees, Bruno reads those of the other quarter, and the test says so."""
    monkeypatch.setattr(CaseRows, "visible_to", lambda self, by: self.all())
    bruno, found = reader(town, "bruno"), set()
    for answer in (
        doors.ask(bruno, "get", f"/casi/{town.cases['own'].reference}"),
        doors.ask(bruno, "get", "/casi"),
    ):
        found |= leaks(town, bruno, words_of(town, answer, {}))
    assert "own case" in found


def test_a_column_without_a_word_is_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    model, column = next(
        one for one in columns_of_words() if one[0].__name__ == "CaseMove" and one[1] == "reason"
    )
    model._default_manager.update(reason="")
    assert not planted_in(town.canaries, model, column) and not explained.is_explained("CaseMove", "reason")


def test_an_address_of_unknown_rows_is_found() -> None:
    [argument] = doors.arguments("condomini/<str:reference>/assemblee")
    with pytest.raises(AssertionError, match=r"leaks/doors\.py"):
        argument.values({"casi": ["2026-0001"]})
