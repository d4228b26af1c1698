"""A notice from its first words to the doors: its languages, its approval, how it goes out, whom it reaches."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.outreach import actions, documents, jobs, queries
from vicinia.domain.outreach.actions import Audience, NewDelivery, NewNotice, NewSubscription, NewText
from vicinia.domain.outreach.models import Delivery, Notice, NoticeText, Publication
from vicinia.domain.outreach.states import NoticeKind, NoticeState, Way
from vicinia.domain.outreach.tests.conftest import TEXT
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
ARABIC = NewText("الماء مقطوع", "من التاسعة.", "ar")


def subscriber(lucia, address="maria@posta.example", **more):
    new = NewSubscription(address, **more)
    return actions.subscribe_at_desk(by=lucia, new=new, paper_at="raccoglitore 1")


def lines_of(row):
    return list(Entry.objects.filter(about=f"notice:{row.reference}").values_list("event", flat=True))


# Words --------------------------------------------------------------------------------------------------------------


def test_a_notice_is_prepared_approved_published_withdrawn(lucia, prepare):
    row = prepare(published=True)
    assert (row.state, row.approved_by) == (NoticeState.PUBLISHED, "Lucia Sala")
    assert queries.public_notice(row.reference).title == TEXT.subject
    actions.withdraw_notice(by=lucia, notice=row, reason="giorno sbagliato")
    with pytest.raises(NotVisible):
        queries.public_notice(row.reference)
    assert lines_of(row) == ["notice.prepared", "notice.approved", "notice.published", "notice.withdrawn"]


def test_who_only_sees_prepares_nothing(anna, prepare):
    with pytest.raises(Refused, match="non prepara"):
        actions.prepare_notice(by=anna, new=NewNotice([TEXT]))
    row = prepare()
    for act in (
        lambda: actions.approve_notice(by=anna, notice=row),
        lambda: actions.withdraw_notice(by=anna, notice=row, reason="x"),
        lambda: actions.write_text(by=anna, notice=row, text=ARABIC),
        lambda: actions.correct_notice(by=anna, notice=row, audience=Audience(), until=None),
    ):
        with pytest.raises(Refused, match="non prepara"):
            act()


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ([ARABIC], "italiano"),
        ([NewText(" ", "x")], "titolo"),
        ([NewText("x", " ")], "titolo"),
        ([NewText("x", "{{ secret_key }}")], "non è una parola di questo documento"),
        ([NewText("x", "bene", easy="{% include 'x' %}")], "non si può usare"),
    ],
)
def test_what_can_not_be_said(lucia, texts, words):
    with pytest.raises(Refused, match=words):
        actions.prepare_notice(by=lucia, new=NewNotice(texts))
    assert not Notice.objects.exists()


def test_nothing_goes_out_without_approval(lucia, prepare):
    row = prepare()
    with pytest.raises(Refused, match="approvato"):
        actions.publish_notice(by=lucia, notice=row)
    actions.withdraw_notice(by=lucia, notice=row, reason="non serve")
    with pytest.raises(Refused, match="non si passa"):
        actions.publish_notice(by=lucia, notice=row)


def test_a_correction_takes_the_approval_away(lucia, prepare, cast):
    row = actions.approve_notice(by=lucia, notice=prepare())
    row = actions.write_text(by=lucia, notice=row, text=ARABIC)
    assert (row.state, row.approved_by) == (NoticeState.DRAFT, "")
    row = actions.approve_notice(by=lucia, notice=row)
    audience = Audience([cast.crocetta])
    row = actions.correct_notice(by=lucia, notice=row, audience=audience, until=clock.today())
    assert row.state == NoticeState.DRAFT
    row = actions.approve_notice(by=lucia, notice=row)
    row = actions.drop_text(by=lucia, notice=row, language="ar")
    assert row.state == NoticeState.DRAFT
    assert [text.language for text in row.texts.all()] == ["it"]


def test_who_was_slower_is_told(lucia, prepare):
    row = prepare()
    actions.write_text(by=lucia, notice=row, text=ARABIC, seen_version=row.version)
    for act in (
        lambda: actions.approve_notice(by=lucia, notice=row, seen_version=row.version),
        lambda: actions.write_text(by=lucia, notice=row, text=TEXT, seen_version=row.version),
        lambda: actions.correct_notice(
            by=lucia, notice=row, audience=Audience(), until=None, seen_version=row.version
        ),
    ):
        with pytest.raises(Conflict):
            act()


def test_what_is_out_gets_languages_but_no_changes(lucia, prepare):
    row = prepare(published=True)
    row = actions.write_text(by=lucia, notice=row, text=ARABIC)
    assert row.state == NoticeState.PUBLISHED
    with pytest.raises(Refused, match="già pubblicato"):
        actions.write_text(by=lucia, notice=row, text=ARABIC)
    with pytest.raises(Refused, match="già pubblicato"):
        actions.correct_notice(by=lucia, notice=row, audience=Audience(), until=None)
    with pytest.raises(Refused, match="italiano"):
        actions.drop_text(by=lucia, notice=row, language="it")


def test_a_translation_is_flagged_until_it_is_read_again(lucia, prepare):
    row = prepare(texts=[TEXT, ARABIC])
    assert queries.unread_languages(queries.notice_named(lucia, row.reference)) == ["ar"]
    text = actions.mark_read_again(by=lucia, notice=row, language="ar", reader="Amina, mediatrice")
    assert (text.is_read_again, text.read_by) == (True, "Amina, mediatrice")
    with pytest.raises(Refused, match="già riletto"):
        actions.mark_read_again(by=lucia, notice=Notice.objects.get(), language="ar", reader="")
    with pytest.raises(NotVisible):
        actions.mark_read_again(by=lucia, notice=Notice.objects.get(), language="ro", reader="")
    # Written anew, nobody has read it.
    actions.write_text(by=lucia, notice=row, text=ARABIC)
    assert not NoticeText.objects.get(language="ar").is_read_again
    actions.withdraw_notice(by=lucia, notice=row, reason="x")
    with pytest.raises(Refused, match="ritirato"):
        actions.mark_read_again(by=lucia, notice=Notice.objects.get(), language="ar", reader="")


def test_the_words_are_safe_and_filled(settings, prepare):
    settings.HELP_PHONE = "0131 555 010"
    text = prepare(
        texts=[NewText("x", "<script>alert(1)</script> Chiama {{ phone }}.\n\n- uno\n- due")]
    ).texts.get()
    assert "<script>" not in documents.words_of(text)
    plain = documents.plain_words_of(text)
    assert "0131 555 010" in plain
    assert "– uno\n– due" in plain


def test_the_database_itself_keeps_what_must_hold(prepare):
    row = prepare()
    for changes in (
        {"state": NoticeState.PUBLISHED},
        {"state": NoticeState.APPROVED},
        {"state": NoticeState.WITHDRAWN},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=row.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeText.objects.update(is_read_again=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeText.objects.create(notice=row, language="it", subject="x", body="x")


# For whom -----------------------------------------------------------------------------------------------------------


def test_a_notice_finds_its_doors(prepare, house, cast):
    first, second = house.stairs.order_by("name")
    everywhere = prepare()
    quarter = prepare(audience=Audience([cast.crocetta]))
    elsewhere = prepare(audience=Audience([cast.stazione]))
    whole = prepare(audience=Audience(buildings=[house]))
    one = prepare(audience=Audience(stairs=[second]))
    found = [
        [stair.pk for stair in queries.stairs_of(row)] for row in (everywhere, quarter, elsewhere, whole, one)
    ]
    both = [first.pk, second.pk]
    assert found == [both, both, [], both, [second.pk]]


def test_an_area_reads_what_is_for_it(prepare, house, cast):
    stair = house.stairs.first()
    rows = {
        "town": prepare(published=True),
        "here": prepare(published=True, audience=Audience([cast.crocetta])),
        "house": prepare(published=True, audience=Audience(buildings=[house])),
        "stair": prepare(published=True, audience=Audience(stairs=[stair])),
        "there": prepare(published=True, audience=Audience([cast.stazione])),
    }
    here = {row.reference for row in queries.public_notices("crocetta")}
    assert here == {rows[name].reference for name in ("town", "here", "house", "stair")}
    assert {row.reference for row in queries.public_notices("stazione")} == {
        rows["town"].reference,
        rows["there"].reference,
    }


def test_what_is_out_of_date_stands_among_the_past(prepare):
    yesterday = clock.today() - dt.timedelta(days=1)
    old = prepare(published=True, until=yesterday)
    now = prepare(published=True, until=clock.today())
    assert [row.pk for row in queries.public_notices()] == [now.pk]
    assert [row.pk for row in queries.public_notices(past=True)] == [old.pk]


def test_a_higher_subject_finds_its_notices(prepare, lucia, house):
    mine = prepare(about=house)
    prepare()
    assert [row.pk for row in queries.notices_of(house)] == [mine.pk]
    assert [row.pk for row in queries.notices_of("building:roma1")] == [mine.pk]


# Sending ------------------------------------------------------------------------------------------------------------


def test_who_consented_is_written_to_in_their_language(lucia, prepare):
    subscriber(lucia, language="ar")
    subscriber(lucia, "luigi@posta.example", wants_notices=False)
    row = prepare(Way.EMAIL, texts=[TEXT, ARABIC])
    [message] = OutboxMessage.objects.filter(template="notice")
    assert (message.to, message.subject) == ("maria@posta.example", ARABIC.subject)
    assert "من التاسعة" in message.body
    assert "/avvisi/" + row.reference in message.body
    assert "/newsletter/esci/" in message.unsubscribe_link
    assert message.unsubscribe_link in message.body
    assert queries.reach_of(row).emails == 1


def test_a_newsletter_goes_to_who_wants_it(lucia, prepare):
    subscriber(lucia, wants_newsletter=False)
    subscriber(lucia, "luigi@posta.example", wants_notices=False)
    prepare(Way.EMAIL, kind=NoticeKind.NEWSLETTER)
    assert [m.to for m in OutboxMessage.objects.filter(template="newsletter")] == ["luigi@posta.example"]


def test_areas_part_the_readers(lucia, prepare, cast):
    subscriber(lucia, areas=[cast.crocetta])
    subscriber(lucia, "luigi@posta.example", areas=[cast.stazione])
    subscriber(lucia, "pina@posta.example")
    row = prepare(Way.EMAIL, audience=Audience([cast.crocetta]))
    told = OutboxMessage.objects.filter(template="notice")
    assert {message.to for message in told} == {"maria@posta.example", "pina@posta.example"}
    assert queries.could_reach(row, Way.EMAIL) == 2
    assert queries.could_reach(prepare(), Way.EMAIL) == 3


def test_many_are_written_to_piece_by_piece_and_each_once(lucia, prepare, monkeypatch):
    monkeypatch.setattr("vicinia.domain.outreach.actions.sending.PIECE", 2)
    for number in range(5):
        subscriber(lucia, f"p{number}@posta.example")
    row = prepare(Way.EMAIL)
    told = OutboxMessage.objects.filter(template="notice")
    assert (told.count(), queries.unsent()) == (2, list(Publication.objects.filter(way=Way.EMAIL)))
    assert jobs.send() == 3
    assert (told.count(), queries.unsent(), queries.reach_of(row).emails) == (5, [], 5)
    assert jobs.send() == 0
    assert actions.send_piece(by=lucia, publication=Publication.objects.get(way=Way.EMAIL)) == 0
    assert lines_of(row).count("notice.sent") == 1


def test_a_withdrawn_notice_is_not_sent_on(lucia, prepare, monkeypatch):
    monkeypatch.setattr("vicinia.domain.outreach.actions.sending.PIECE", 1)
    for number in range(3):
        subscriber(lucia, f"p{number}@posta.example")
    row = prepare(Way.EMAIL)
    actions.withdraw_notice(by=lucia, notice=row, reason="sbagliato")
    assert jobs.send() == 0
    assert OutboxMessage.objects.filter(template="notice").count() == 1


def test_further_ways_may_follow_and_none_goes_twice(lucia, prepare):
    subscriber(lucia)
    row = prepare(Way.POSTER)
    row = actions.publish_notice(by=lucia, notice=row, ways=[Way.EMAIL, Way.POSTER])
    assert [one.way for one in queries.ways_of(row)] == [Way.WEB, Way.POSTER, Way.EMAIL]
    with pytest.raises(Refused, match="già uscito"):
        actions.publish_notice(by=lucia, notice=row, ways=[Way.EMAIL])


def test_without_a_gateway_no_text_message_is_promised(lucia, prepare, settings):
    row = actions.approve_notice(by=lucia, notice=prepare())
    with pytest.raises(Refused, match="SMS non partono"):
        actions.publish_notice(by=lucia, notice=row, ways=[Way.SMS])
    assert not Publication.objects.exists()
    settings.SMS_URL = "https://sms.example/send"
    actions.subscribe_at_desk(
        by=lucia, new=NewSubscription("+393331234567", "sms"), paper_at="raccoglitore 1"
    )
    actions.publish_notice(by=lucia, notice=row, ways=[Way.SMS])
    [message] = OutboxMessage.objects.filter(channel="sms")
    assert message.body.startswith(TEXT.subject)
    assert queries.reach_of(row).sms == 1


# Paper --------------------------------------------------------------------------------------------------------------


def test_a_delivery_is_proved_and_counted_once(lucia, prepare, house):
    first, second = house.stairs.order_by("name")
    row = prepare(Way.LEAFLET, audience=Audience(buildings=[house]))
    new = NewDelivery(Way.LEAFLET, clock.today(), "Lucia", [first], photos=[upload(phone_photo(), "p.jpg")])
    [made] = actions.record_delivery(by=lucia, notice=row, new=new)
    assert attachments.of(made).count() == 1
    actions.record_delivery(by=lucia, notice=row, new=NewDelivery(Way.DOORS, clock.today(), "Pia", [first]))
    part = NewDelivery(Way.LEAFLET, clock.today(), "Pia", [second], doors=1, place="bar")
    actions.record_delivery(by=lucia, notice=row, new=part)
    poster = NewDelivery(Way.POSTER, clock.today(), "Pia", place="bacheca")
    actions.record_delivery(by=lucia, notice=row, new=poster)
    reach = queries.reach_of(row)
    # Stair A has 3 doors, however many papers; B got 1, the bar 1.
    assert (reach.doors, reach.posters, reach.total) == (5, 1, 5)
    with pytest.raises(Refused, match="già segnata: Via Roma 1, scala A"):
        actions.record_delivery(by=lucia, notice=row, new=new)
    to_do = queries.stairs_to_do(lucia, row)
    assert [(one.doors, len(one.deliveries)) for one in to_do] == [(3, 2), (2, 1)]
    actions.drop_delivery(by=lucia, delivery=made)
    assert not attachments.of(made).exists()
    assert Delivery.objects.count() == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"way": Way.EMAIL}, "carta"),
        ({"day": dt.date(2100, 1, 1)}, "futuro"),
        ({"place": " "}, "almeno una scala"),
    ],
)
def test_what_is_no_delivery(lucia, prepare, change, words):
    row = prepare(published=True)
    values = {"way": Way.POSTER, "day": clock.today(), "carried_by": "Pia", "place": "bacheca"} | change
    with pytest.raises(Refused, match=words):
        actions.record_delivery(by=lucia, notice=row, new=NewDelivery(**values))


def test_what_is_not_out_is_not_carried_nor_printed(lucia, anna, prepare):
    row = prepare()
    new = NewDelivery(Way.POSTER, clock.today(), "Pia", place="bacheca")
    with pytest.raises(Refused, match="non è ancora pubblicato"):
        actions.record_delivery(by=lucia, notice=row, new=new)
    with pytest.raises(Refused, match="Si stampa solo"):
        actions.note_print(by=lucia, notice=row, paper="manifesto")
    row = actions.approve_notice(by=lucia, notice=row)
    actions.note_print(by=anna, notice=row, paper="manifesto")
    with pytest.raises(Refused, match="non comprende"):
        actions.note_print(by=Actor.visitor(), notice=row, paper="manifesto")
    row = actions.publish_notice(by=lucia, notice=row)
    with pytest.raises(Refused, match="non prepara"):
        actions.record_delivery(by=anna, notice=row, new=new)
    [made] = actions.record_delivery(by=lucia, notice=row, new=new)
    with pytest.raises(Refused, match="non prepara"):
        actions.drop_delivery(by=anna, delivery=made)


def test_the_languages_of_the_stairs_say_which_copies_to_bring(house):
    first, second = house.stairs.order_by("name")
    counts = {first.pk: {"ar": 2, "it": 1}, second.pk: {"ar": 1}}
    assert queries.languages_in_words(queries.summed(counts.values())) == "arabo 3, italiano 1"
    assert queries.languages_spoken([first]) == {first.pk: {}}
