"""Words between the reporter and the unit, drafts of the links, erasure, kinds of problem."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.listening import actions, queries
from vicinia.domain.listening.models import Category, Message, Report
from vicinia.domain.listening.states import LegalBasis, ReportState
from vicinia.domain.listening.tests.factories import kind, received_in, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.models import PrivateLink
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.foundation.search import queries as search

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


def test_what_the_resident_writes_reaches_who_follows_and_nobody_else(cast: Cast, anna: Actor) -> None:
    report = actions.take(by=anna, report=report_in(cast.crocetta))
    resident = Actor.resident(report.reference)
    actions.write_to_unit(by=resident, report=report, text="Ancora rumore.", files=[upload(phone_photo())])
    assert [row.text for row in queries.unread_messages(anna)] == ["Ancora rumore."]
    for other in (cast.bruno, cast.carla, cast.lucia):
        assert not queries.unread_messages(cast.actor(other)).exists()
    assert attachments.of(report).count() == 1
    assert Entry.objects.get(event="report.resident_wrote").note == "Ancora rumore."
    assert actions.mark_read(by=anna, report=report) == 1
    assert not queries.unread_messages(anna).exists() and actions.mark_read(by=anna, report=report) == 0


def test_a_message_about_a_report_of_nobody_reaches_its_area(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    actions.write_to_unit(by=Actor.resident(report.reference), report=report, text="Ci siete?")
    readers = [user for user in cast.everybody if queries.unread_messages(cast.actor(user)).exists()]
    assert readers == [cast.anna, cast.carla, cast.lucia]


def test_another_resident_writes_nowhere(cast: Cast) -> None:
    report = report_in(cast.crocetta)
    stranger = Actor.resident("2026-99999")
    with pytest.raises(Refused, match="altra segnalazione"):
        actions.write_to_unit(by=stranger, report=report, text="Che cosa succede?")
    with pytest.raises(Refused, match="altra segnalazione"):
        actions.add_episode(by=stranger, report=report, happened_at=clock.now(), text="Di nuovo.")
    assert not Message.objects.exists()


def test_an_episode_starts_the_clock_again_and_keeps_its_photos(cast: Cast, anna: Actor) -> None:
    report = actions.ask_reporter(by=anna, report=report_in(cast.crocetta), question="Quando?")
    happened = clock.now() - dt.timedelta(days=1)
    actions.add_episode(
        by=Actor.resident(report.reference),
        report=report,
        happened_at=happened,
        text="Ieri.",
        files=[upload(phone_photo())],
    )
    assert queries.episodes_of(report).get().text == "Ieri."
    assert Report.objects.get(pk=report.pk).state == ReportState.RECEIVED
    assert attachments.of(report).exists() and Entry.objects.filter(event="report.episode").exists()


def test_the_unit_writes_to_who_left_a_way_and_the_message_says_it(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    message = actions.write_to_reporter(by=anna, report=report, text="Passiamo domani.")
    assert message.by_first_name == "Anna"
    mail = OutboxMessage.objects.get(template="message_from_unit")
    assert "Passiamo domani." in mail.body and mail.to == "maria@posta.example"
    with pytest.raises(Refused, match="anonimo"):
        actions.write_to_reporter(by=anna, report=report_in(cast.crocetta, reporter=None), text="Ehi")


def test_a_new_link_closes_the_old_ones_and_a_closed_one_opens_nothing(cast: Cast) -> None:
    received = received_in(cast.crocetta)
    resident = Actor.resident(received.report.reference)
    actions.renew_link(by=resident, report=received.report)
    assert PrivateLink.objects.live().count() == 1 < PrivateLink.objects.count()
    assert OutboxMessage.objects.filter(template="link_renewed").count() == 1
    assert actions.revoke_link(by=resident, report=received.report) == 1
    assert not PrivateLink.objects.live().exists()
    with pytest.raises(Refused, match="altra segnalazione"):
        actions.revoke_link(by=Actor.resident("2026-99999"), report=received.report)


@pytest.mark.parametrize(("email", "mails"), [("MARIA@posta.example ", 1), ("altra@posta.example", 0)])
def test_a_lost_link_is_mailed_only_to_the_address_that_reported(cast: Cast, email: str, mails: int) -> None:
    report = report_in(cast.crocetta)
    anonymous = report_in(cast.crocetta, reporter=None)
    for reference in (report.reference, anonymous.reference, "2026-99999"):
        actions.mail_link_again(by=Actor.visitor(), reference=reference, email=email)
    assert OutboxMessage.objects.filter(template="link_again").count() == mails


def test_who_was_anonymous_leaves_contacts_and_is_told(cast: Cast) -> None:
    report = report_in(cast.crocetta, reporter=None)
    details = PersonDetails(name="Gino Verdi", email="gino@posta.example")
    actions.leave_details(by=Actor.resident(report.reference), report=report, details=details)
    report = Report.objects.get(pk=report.pk)
    assert report.wants_contact and report.reporter is not None
    assert OutboxMessage.objects.get().to == "gino@posta.example"


def test_erasing_a_person_reaches_words_files_index_journal_outbox_and_links(cast: Cast, anna: Actor) -> None:
    report = received_in(cast.crocetta, title="Lite con Bianchi", files=[upload(phone_photo())]).report
    resident = Actor.resident(report.reference)
    actions.write_to_unit(by=resident, report=report, text="Abito al tre.")
    actions.add_episode(by=resident, report=report, happened_at=clock.now(), text="Ieri sera.")
    actions.set_aside(by=anna, report=report, reason="La signora Bassi è confusa.")
    assert report.reporter_id is not None
    assert actions.erase_person(by=cast.actor(cast.carla), person_id=report.reporter_id) == 1
    row = Report.objects.get(pk=report.pk)
    assert (row.title, row.description, row.address, row.lat, row.reporter) == ("Rumore", "", "", None, None)
    assert (row.area, row.category.code) == (cast.crocetta, "rumore"), "the counts stay"
    assert row.set_aside_reason == "-" and set(row.state_moves.values_list("reason", flat=True)) == {""}
    assert [message.text for message in row.messages.all()] == [""]
    assert [episode.text for episode in row.episodes.all()] == [""]
    assert not attachments.of(row).exists() and not PrivateLink.objects.live().exists()
    assert not any("Bassi" in f"{entry.note}{entry.facts}" for entry in Entry.objects.all())
    assert {
        f"{mail.to}{mail.subject}{mail.body}{mail.body_html}" for mail in OutboxMessage.objects.all()
    } == {""}
    assert not search.among(Report.objects.all(), "report", "Bianchi").exists()


def test_an_open_report_of_an_erased_person_stays_open_without_their_words(cast: Cast) -> None:
    report = report_in(cast.crocetta)
    assert report.reporter_id is not None
    actions.erase_person(by=cast.actor(cast.carla), person_id=report.reporter_id)
    row = Report.objects.get(pk=report.pk)
    assert (row.state, row.description, row.set_aside_reason) == (ReportState.RECEIVED, "", "")


def test_erasing_who_said_me_too_leaves_the_count_and_nothing_of_theirs(cast: Cast) -> None:
    report = report_in(cast.crocetta)
    details = PersonDetails(name="Gino Verdi", email="gino@posta.example")
    me_too = actions.say_me_too(by=Actor.visitor(), report=report, reporter=details, words="Sono Gino.")
    assert me_too.person_id is not None
    assert "Sono Gino." in str(queries.copy_for_person(me_too.person_id))
    mail = OutboxMessage.objects.get(template="me_too_received")
    assert "Sono Gino." in mail.body
    assert actions.erase_person(by=cast.actor(cast.carla), person_id=me_too.person_id) == 1
    me_too.refresh_from_db()
    assert (me_too.person, me_too.words) == (None, "")
    mail.refresh_from_db()
    assert "Gino" not in mail.body and mail.to == ""
    row = Report.objects.get(pk=report.pk)
    assert row.me_too_count == 1 and row.title == report.title, "somebody else's report stays as it is"


def card(**fields: object) -> actions.CategoryCard:
    return actions.CategoryCard(**({"code": "buche", "name": "Buche", "is_public": True} | fields))  # type: ignore[arg-type]


def test_a_kind_that_is_no_longer_public_takes_its_reports_off_the_map(cast: Cast, anna: Actor) -> None:
    ada, group = cast.actor(cast.ada), kind().parent
    category = actions.write_category(by=ada, card=card(group=group))
    report = actions.take(by=anna, report=report_in(cast.crocetta, category=category))
    assert Report.objects.get(pk=report.pk).is_published
    actions.write_category(by=ada, card=card(group=group, name="Buche in strada"))
    assert queries.public_reports().exists()
    actions.write_category(by=ada, card=card(group=group, is_public=False))
    assert not queries.public_reports().exists()
    with pytest.raises(Refused, match="mai pubblico"):
        actions.write_category(by=ada, card=card(legal_basis=LegalBasis.POLICE))
    with pytest.raises(Refused, match="non gestisce"):
        actions.write_category(by=anna, card=card())


def test_a_new_town_gets_its_first_kinds_once_and_keeps_its_own(cast: Cast) -> None:
    ada = cast.actor(cast.ada)
    made = actions.write_default_categories(by=ada)
    assert made > 20 and queries.kinds_in_use().count() == made
    changed = queries.kinds_in_use()[0]
    Category.objects.filter(pk=changed.pk).update(name="Come lo chiamiamo qui")
    Category.objects.filter(pk=queries.kinds_in_use()[1].pk).delete()
    assert actions.write_default_categories(by=ada) == 1
    assert Category.objects.get(pk=changed.pk).name == "Come lo chiamiamo qui"
