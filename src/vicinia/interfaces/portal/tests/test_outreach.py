"""Notices, events and the newsletter as residents have them: no account, no JavaScript, nothing that a GET changes."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from icalendar import Calendar

from vicinia.domain.outreach import actions
from vicinia.domain.outreach.actions import Audience, EventPlan, NewNotice, NewSignUp, NewText
from vicinia.domain.outreach.models import Event, SignUp, Subscription
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def lucia(cast):
    return cast.actor(cast.lucia)


@pytest.fixture
def publish(lucia):
    def make(subject="Manca l'acqua", *more, **audience):
        texts = [NewText(subject, "Dalle 9 alle 12.", easy="Niente acqua."), *more]
        row = actions.prepare_notice(by=lucia, new=NewNotice(texts, Audience(**audience)))
        return actions.publish_notice(by=lucia, notice=actions.approve_notice(by=lucia, notice=row))

    return make


@pytest.fixture
def announce(lucia):
    def make(title="Festa di cortile", days=10, **more):
        day = clock.today() + dt.timedelta(days=days)
        plan = EventPlan(title, day, dt.time(15), dt.time(18), "Cortile", **more)
        return actions.announce_event(by=lucia, event=actions.request_event(by=lucia, new=plan))

    return make


def words(client, address, **query):
    return client.get(address, query).content.decode()


def link_in(template):
    message = OutboxMessage.objects.filter(template=template).order_by("-id").first()
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", message.body)[1]


# Notices ------------------------------------------------------------------------------------------------------------


def test_a_notice_is_read_in_ones_language(client, publish):
    row = publish(
        "Manca l'acqua", NewText("Water is off", "From 9.", "en"), NewText("لا ماء", "من التاسعة", "ar")
    )
    address = reverse("public_notice", args=[row.reference])
    italian = words(client, address)
    assert (
        "Manca l&#x27;acqua" in italian and "Niente acqua." in italian and "non ancora riletta" not in italian
    )
    arabic = words(client, address, lingua="ar")
    assert 'lang="ar" dir="rtl"' in arabic and "لا ماء" in arabic and "non ancora riletta" in arabic
    client.cookies["django_language"] = "en"
    assert "Water is off" in words(client, address)
    assert "Manca l&#x27;acqua" in words(client, address, lingua="xx") or "Water" in words(
        client, address, lingua="xx"
    )


def test_only_what_is_out_is_read(client, publish, lucia):
    draft = actions.prepare_notice(by=lucia, new=NewNotice([NewText("Segreto", "x")]))
    row = publish()
    assert client.get(reverse("public_notice", args=[draft.reference])).status_code == 404
    assert "Segreto" not in words(client, reverse("public_notices")) + words(client, reverse("notices_feed"))
    actions.withdraw_notice(by=lucia, notice=row, reason="x")
    assert client.get(reverse("public_notice", args=[row.reference])).status_code == 404


def test_lists_are_by_quarter_and_say_what_will_come(client, publish, announce, cast):
    for page, nothing in (
        ("public_notices", "Qui non ci sono avvisi"),
        ("public_events", "Qui non ci sono eventi"),
    ):
        assert nothing in words(client, reverse(page))
    publish("Per la Crocetta", areas=[cast.crocetta])
    announce("Alla Stazione", areas=[cast.stazione])
    assert "Per la Crocetta" in words(client, reverse("public_notices"), zona="crocetta")
    assert "Per la Crocetta" not in words(client, reverse("public_notices"), zona="stazione")
    assert "Alla Stazione" in words(client, reverse("public_events"), zona="stazione")
    assert "Alla Stazione" not in words(client, reverse("public_events"), zona="crocetta")
    assert "Alla Stazione" not in words(client, reverse("public_events"), passati="1")
    home = words(client, reverse("home"))
    assert "Per la Crocetta" in home and "Alla Stazione" in home


def test_fifty_rows_cost_as_much_as_one(client, publish, announce, cast):
    pages = [
        reverse(name)
        for name in (
            "home",
            "public_notices",
            "public_events",
            "notices_feed",
            "events_feed",
            "events_calendar",
        )
    ]

    def fill(count):
        for number in range(count):
            publish(f"Avviso {number}", areas=[cast.crocetta])
            announce(f"Evento {number}", areas=[cast.crocetta])

    def costs():
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            found.append(len(asked))
        return found

    fill(3)
    before = costs()
    fill(9)
    assert costs() == before


# Feeds --------------------------------------------------------------------------------------------------------------


def test_feeds_are_atom_with_lasting_ids(client, publish, announce, lucia):
    row = publish("Manca l'acqua & il gas")
    event = announce()
    actions.cancel_event(by=lucia, event=event, reason="Piove.")
    for page, title, address in (
        ("notices_feed", "Manca l'acqua & il gas", f"/avvisi/{row.reference}"),
        ("events_feed", "Annullato: Festa di cortile", f"/eventi/{event.reference}"),
    ):
        answer = client.get(reverse(page))
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ET.fromstring(answer.content)
        assert feed.tag == f"{ATOM}feed"
        for needed in ("id", "title", "updated", "author"):
            assert feed.find(f"{ATOM}{needed}") is not None, needed
        [entry] = feed.findall(f"{ATOM}entry")
        assert entry.find(f"{ATOM}title").text == title
        assert (
            entry.find(f"{ATOM}id").text
            == entry.find(f"{ATOM}link").get("href")
            == f"http://127.0.0.1:8000{address}"
        )
        assert parse_datetime(entry.find(f"{ATOM}updated").text).tzinfo is not None
        assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith(reverse(page))


def test_the_calendar_has_what_was_announced_and_what_was_called_off(client, announce, lucia):
    kept, off = announce("Festa, con musica"), announce("Gita")
    actions.cancel_event(by=lucia, event=off, reason="Piove.")
    actions.request_event(by=lucia, new=EventPlan("Segreto", clock.today(), dt.time(9), dt.time(10), "x"))
    answer = client.get(reverse("events_calendar"))
    found = Calendar.from_ical(answer.content)
    entries = {str(entry["SUMMARY"]): entry for entry in found.walk("VEVENT")}
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert set(entries) == {"Festa, con musica", "Gita"}
    assert str(entries["Gita"]["STATUS"]) == "CANCELLED"
    assert entries["Festa, con musica"]["DTSTART"].dt == kept.starts_at
    single = Calendar.from_ical(client.get(reverse("event_calendar", args=[kept.reference])).content)
    assert len(single.walk("VEVENT")) == 1
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


# Signing up ---------------------------------------------------------------------------------------------------------


def form(**more):
    return {"people": 2, "name": "", "contact": "none", "language": "it", "once": "abc", **more}


def test_somebody_signs_up_without_a_name_and_gives_the_place_back(client, announce):
    row = announce(places=2)
    address = reverse("sign_up", args=[row.reference])
    assert client.get(address).status_code == 200
    done = client.post(address, form())
    page = client.get(done["Location"])
    one = SignUp.objects.get()
    assert "Hai il posto" in page.content.decode() and one.code in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    client.post(address, form())  # sent twice
    assert (SignUp.objects.count(), Event.objects.get().taken) == (1, 2)
    waiting = client.post(address, form(once="b", people=1))
    assert "Sei in lista d'attesa" in words(client, waiting["Location"])
    back = done["Location"] + "/ritira"
    assert client.get(back).status_code == 200
    assert SignUp.objects.filter(state="withdrawn").count() == 0
    client.post(back)
    assert "Hai ritirato" in words(client, done["Location"])
    assert "Hai il posto" in words(client, waiting["Location"])
    assert client.post(back).status_code == 409


def test_what_is_typed_wrong_is_kept(client, announce):
    row = announce(places=3)
    address = reverse("sign_up", args=[row.reference])
    for typed, told in (
        (form(contact="email"), "Serve per avvisarti"),
        (form(contact="email", email="maria"), "non è scritto bene"),
        (form(people=11), ""),
    ):
        answer = client.post(address, typed | {"name": "Maria Rossi"})
        assert answer.status_code == 422
        assert "Maria Rossi" in answer.content.decode() and told in answer.content.decode()
    too_many = client.post(address, form(people=4, name="Maria Rossi"))
    assert too_many.status_code == 409
    assert "Maria Rossi" in too_many.content.decode()


def test_what_takes_nobody_says_so(client, announce, lucia):
    row = announce(with_sign_up=False)
    assert "Si entra liberamente" in words(client, reverse("public_event", args=[row.reference]))
    assert client.post(reverse("sign_up", args=[row.reference]), form()).status_code == 409
    actions.cancel_event(by=lucia, event=row, reason="Piove.")
    assert "Piove." in words(client, reverse("public_event", args=[row.reference]))
    for wrong in ("sign_up_page", "sign_up_give_back"):
        assert client.get(reverse(wrong, args=["x"])).status_code == 404


# Newsletter ---------------------------------------------------------------------------------------------------------


def test_who_asks_confirms_and_leaves_by_mail_alone(client):
    sent = {"email": "Maria@posta.example", "wants": ["notices"], "language": "it"}
    assert client.post(reverse("newsletter"), sent | {"email": "maria"}).status_code == 422
    assert "Guarda la tua posta" in client.post(reverse("newsletter"), sent).content.decode()
    confirm = link_in("newsletter_confirm")
    assert "Sì, conferma" in words(client, confirm)
    assert Subscription.objects.get().state == "asked"
    client.post(confirm)
    assert Subscription.objects.get().state == "active"
    assert client.get(reverse("newsletter_confirm", args=["x"])).status_code == 404
    leave = OutboxMessage.objects.get().unsubscribe_link.removeprefix("http://127.0.0.1:8000")
    assert "Smetti di ricevere" in words(client, leave)
    assert Subscription.objects.get().state == "active"
    # A mail program has neither our cookie nor our form: RFC 8058.
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row = Subscription.objects.get()
    assert (row.state, row.address) == ("ended", "")
    assert "Non ti scriviamo più" in words(client, leave)
    assert client.get(leave[:-2]).status_code == 404


def test_the_same_is_said_of_a_known_address(client, lucia):
    sent = {"email": "maria@posta.example", "wants": ["notices"], "language": "it"}

    def said():
        page = client.post(reverse("newsletter"), sent).content.decode()
        return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page)

    first = said()
    actions.confirm_subscription(by=Actor.visitor(), subscription=Subscription.objects.get())
    assert said() == first


def test_a_message_of_the_list_ends_at_one_touch(client, lucia, publish, mailoutbox):
    from vicinia.foundation.notifications import jobs

    new = actions.NewSubscription("maria@posta.example")
    actions.subscribe_at_desk(by=lucia, new=new, paper_at="x")
    actions.publish_notice(by=lucia, notice=publish(), ways=["email"])
    jobs.deliver_due()
    message = next(mail for mail in mailoutbox if "Manca" in mail.subject)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://127.0.0.1:8000/newsletter/esci/")
    assert OutboxMessage.objects.filter(state="sent").exclude(unsubscribe_link="").count() == 0


def test_signing_up_is_not_counted_by_looking(client, announce):
    row = announce(places=1)
    token = actions.sign_up(by=Actor.visitor(), event=row, new=NewSignUp(1)).token
    before = SignUp.objects.get().updated_at
    client.get(reverse("sign_up_page", args=[token]))
    assert SignUp.objects.get().updated_at == before
