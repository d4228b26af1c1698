"""A report comes in: row, deadline, files, journal, message — all or nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine

from tests.cast import Cast
from vicinia.domain.listening import actions
from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.listening.states import Channel, LegalBasis, ReportState
from vicinia.domain.listening.tests.factories import kind, new_report, police_kind, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.models import PrivateLink
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.refusals import FileRefused
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
FRIDAY = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def receive(**fields: Any) -> actions.Received:
    return actions.receive(by=Actor.visitor(), new=new_report(**fields), channel=Channel.WEB)


@time_machine.travel(FRIDAY)
def test_a_report_gets_number_deadline_line_message_and_private_link() -> None:
    received = receive()
    report = Report.objects.get()
    assert (report.reference, report.state, report.due_on) == (
        "2026-00001",
        "received",
        dt.date(2026, 11, 24),
    )
    line = Entry.objects.get(about="report:2026-00001")
    assert (line.event, line.by_ref) == ("report.received", "visitor")
    message = OutboxMessage.objects.get()
    assert (message.template, message.to) == ("report_received", "maria@posta.example")
    assert received.token in message.body
    assert PrivateLink.objects.get().about == "2026-00001"


@pytest.mark.parametrize(
    ("fields", "due_on"),
    [
        ({}, "2026-12-09"),
        ({"at_risk": True}, "2026-12-07"),
        ({"days": 5}, "2026-12-14"),
        ({"days": 5, "at_risk": True}, "2026-12-07"),
    ],
)
def test_the_first_contact_is_due_by_kind_and_risk_around_the_eighth_of_december(
    fields: dict[str, Any], due_on: str
) -> None:
    days = fields.get("days")
    category = kind("lite", first_contact_days=days) if days else kind()
    with time_machine.travel(dt.datetime(2026, 12, 4, 9, tzinfo=dt.UTC)):
        report = receive(category=category, at_risk=fields.get("at_risk", False)).report
    assert str(report.due_on) == due_on


@pytest.mark.parametrize("fields", [{"reporter": None}, {"wants_contact": False}])
def test_who_is_anonymous_or_wants_no_contact_is_told_nothing(fields: dict[str, Any]) -> None:
    report = receive(**fields).report
    assert not report.wants_contact
    assert not OutboxMessage.objects.exists()


def test_who_left_only_a_telephone_gets_no_mail_and_wants_contact() -> None:
    report = receive(reporter=PersonDetails(name="Maria Bassi", phone="059 123456")).report
    assert report.wants_contact and not OutboxMessage.objects.exists()


def test_the_regime_comes_from_the_kind() -> None:
    assert receive(category=police_kind()).report.legal_basis == LegalBasis.POLICE
    assert receive().report.legal_basis == LegalBasis.ADMINISTRATIVE


def test_a_retry_with_the_same_key_finds_the_first_report_and_says_nothing_twice() -> None:
    first = receive(idempotency_key="abc")
    second = receive(idempotency_key="abc", title="Un altro testo")
    assert (second.again, second.report.pk, Report.objects.count()) == (True, first.report.pk, 1)
    assert OutboxMessage.objects.count() == 1 and second.token != first.token


def test_a_photo_is_kept_with_the_report_and_a_bad_file_leaves_nothing_at_all() -> None:
    report = receive(files=[upload(phone_photo())]).report
    assert attachments.of(report).count() == 1
    bad = upload(b"<script>alert(1)</script>")
    with pytest.raises(FileRefused):
        receive(files=[bad])
    assert Report.objects.count() == 1 and OutboxMessage.objects.count() == 1


def test_a_group_or_a_closed_kind_and_a_role_that_does_not_enter_are_refused(cast: Cast) -> None:
    group = kind().parent
    for category in (group, kind("vecchio", is_active=False)):
        with pytest.raises(Refused):
            receive(category=category)
    with pytest.raises(Refused, match="non inserisce"):
        actions.receive(by=cast.actor(cast.vera), new=new_report(), channel=Channel.PHONE)
    assert not Report.objects.exists()


def test_a_known_person_is_taken_as_they_are(cast: Cast) -> None:
    maria = receive().report.reporter
    report = receive(known_reporter=maria, reporter=None).report
    assert report.reporter == maria and Person.objects.count() == 1


def test_me_too_adds_a_person_once_and_leaves_no_words_in_the_journal() -> None:
    report = receive().report
    details = PersonDetails(name="Gino Verdi", phone="059 654321")
    for _again in range(2):
        actions.say_me_too(
            by=Actor.visitor(), report=report, reporter=details, words="Anche io.", idempotency_key="k"
        )
    assert MeToo.objects.get().words == "Anche io."
    assert Report.objects.get().me_too_count == 1
    line = Entry.objects.get(event="report.me_too")
    assert line.note == "" and line.facts == {}
    actions.say_me_too(by=Actor.visitor(), report=report, reporter=None)
    assert Report.objects.get().me_too_count == 2


def test_nobody_joins_what_is_closed(cast: Cast) -> None:
    report = report_in(cast.crocetta)
    actions.answer(by=cast.actor(cast.anna), report=report, words="Fatto.")
    with pytest.raises(Refused, match="già chiusa"):
        actions.say_me_too(by=Actor.visitor(), report=report, reporter=None)
    assert Report.objects.get(pk=report.pk).state == ReportState.ANSWERED
