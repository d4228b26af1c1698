"""What the doctor sees."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import DatabaseError

from tests.cast import Cast
from vicinia.config import doctor
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal import jobs
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
BY = Actor.job("test")


@pytest.fixture(autouse=True)
def _fit(settings):
    """Settings fit for real use, so that a test shows one trouble at a time."""
    settings.DEBUG, settings.DEMO = False, False
    settings.HTTPS, settings.SECOND_FACTOR = True, True
    settings.EMAIL_URL, settings.PUBLIC_URL = "smtp://posta.example", "https://vicinia.example"
    settings.DPO_CONTACT = "rpd@comune.example"


def troubles() -> list[str]:
    return [finding.sentence for finding in doctor.findings() if not finding.is_well]


def sealed_lines(count: int) -> list[Entry]:
    event = journal.WORDS_ERASED
    lines = [journal.record(event, by=BY, about=f"case:{n}", lines=n) for n in range(count)]
    jobs.seal()
    return lines


def test_a_town_that_is_well_has_no_trouble(cast: Cast):
    sealed_lines(3)
    assert troubles() == []


def test_the_command_ends_with_one_when_there_is_trouble(cast: Cast, settings):
    call_command("doctor", stdout=io.StringIO())
    settings.HTTPS = False
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor", stdout=out)
    assert stopped.value.code == 1
    assert "passwords travel in the clear" in out.getvalue()


def test_a_line_cut_out_of_the_journal_is_told(cast: Cast):
    sealed_lines(3)[1].delete()
    assert any("1 lines are missing" in sentence for sentence in troubles())


def test_lines_that_nobody_seals_are_told(cast: Cast):
    early = clock.now() - dt.timedelta(hours=1)
    journal.record(journal.WORDS_ERASED, by=BY, about="case:1", at=early, lines=1)
    assert troubles() == ["1 lines of entry are not sealed: is `vicinia worker` running?"]


def test_a_lost_key_is_told(cast: Cast, settings):
    OutboxMessage.objects.create(
        key="k", channel="email", state="queued", to="a@prova.example", by_ref="job:x"
    )
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    assert any("a key is missing" in sentence for sentence in troubles())


def test_a_lost_file_is_told(cast: Cast):
    Attachment.objects.create(
        about="case:1",
        kind="photo",
        content_type="image/jpeg",
        file_name="f",
        path="ab/no.jpg",
        size=1,
        sha256="0",
        by_ref="user:1",
    )
    assert "Attached files are missing: ab/no.jpg." in troubles()


def test_messages_that_nobody_delivers_are_told(cast: Cast):
    early = clock.now() - dt.timedelta(hours=3)
    OutboxMessage.objects.create(key="k", channel="email", state="queued", by_ref="job:x", next_try_at=early)
    OutboxMessage.objects.create(key="d", channel="email", state="dead", by_ref="job:x")
    told = " ".join(troubles())
    assert "A message waits since" in told
    assert "1 messages were given up" in told


def test_an_unreachable_database_is_told_in_words_and_nothing_else_is_asked(monkeypatch):
    def unreachable(*args: object) -> None:
        raise DatabaseError("no route to host")

    monkeypatch.setattr(doctor, "MigrationExecutor", unreachable)
    assert troubles() == ["The database can't be reached: no route to host"]
