"""The laboratory's desk: who opens what, what is typed is not lost, what is on paper, what lists cost."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from vicinia.domain.outreach import actions
from vicinia.domain.outreach.actions import Audience, NewDelivery, NewLine, NewSignUp, NewText
from vicinia.domain.outreach.models import Delivery, Event, Notice, NoticeText, PlanLine, SignUp, Subscription
from vicinia.domain.outreach.states import EventState, NoticeState, Way
from vicinia.domain.outreach.tests.conftest import TEXT
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
KEEPERS, SEERS = ("lucia", "carla"), ("anna", "bruno")
STRANGERS = ("marco", "paolo", "vera", "dario", "ada")
NOTICE_SEEN = ("notice", "notice_papers", "notice_poster", "notice_leaflet")
NOTICE_KEPT = ("notice_audience", "notice_publish", "notice_withdraw", "notice_doors", "notice_deliver")
EVENT_KEPT = (
    "event_change",
    "event_cancel",
    "event_notice",
    "event_door",
    "event_sheet",
    "sign_ups",
    "sign_up_new",
)
EVENT_POSTED = ("event_announce", "event_hold")
LINE_KEPT = ("plan_line", "plan_line_done", "plan_line_drop")


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def everybody(cast):
    for who in (*KEEPERS, *SEERS, *STRANGERS):
        yield who, of(getattr(cast, who))


def at(name, row, *more):
    return reverse(name, args=[row.reference, *more])


def text_of(answer):
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def size_of(answer):
    box = PdfReader(io.BytesIO(answer.content)).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


def expected(who, *, kept):
    if who in KEEPERS:
        return {200, 303, 302, 409}
    return {403} if kept or who in STRANGERS else {200}


# Who opens what -----------------------------------------------------------------------------------------------------


def test_pages_of_a_notice(cast, prepare, lucia):
    row = prepare(published=True, texts=[TEXT, NewText("Water", "From 9.", "en")])
    photo = upload(phone_photo(), "p.jpg")
    new = NewDelivery(Way.POSTER, clock.today(), "Pia", place="bacheca", photos=[photo])
    [delivery] = actions.record_delivery(by=lucia, notice=row, new=new)
    name = attachments.of(delivery).get().name
    for who, client in everybody(cast):
        papers = ("notice_poster", "notice_leaflet", "notice_doors")
        for page in NOTICE_SEEN + NOTICE_KEPT:
            if page in papers and who not in ("lucia", "anna", "vera"):
                continue  # a PDF takes its time: three are enough
            status = client.get(at(page, row)).status_code
            assert status in expected(who, kept=page in NOTICE_KEPT), (who, page, status)
        assert client.get(at("delivery_photo", row, delivery.pk, name)).status_code in expected(
            who, kept=False
        )
        for page, inner in (("notice_text", "ro"), ("notice_read_again", "en")):
            assert client.get(at(page, row, inner)).status_code in expected(who, kept=True), (who, page)
        if who not in KEEPERS:
            for page, more in (
                ("notice_approve", ()),
                ("notice_text_drop", ("en",)),
                ("delivery_drop", (delivery.pk,)),
            ):
                assert client.post(at(page, row, *more)).status_code == 403, (who, page)
    lab = of(cast.lucia)
    for address in (
        at("notice_text", row, "xx"),
        at("notice_read_again", row, "ro"),
        at("delivery_photo", row, 999, name),
    ):
        assert lab.get(address).status_code == 404
    assert lab.get("/laboratorio/avvisi/AV2026-9999").status_code == 404


def test_pages_of_an_event(cast, announced, lucia):
    row = announced()
    one = actions.sign_up(by=Actor.visitor(), event=row, new=NewSignUp(1, "Maria Rossi")).row
    for who, client in everybody(cast):
        assert client.get(at("event", row)).status_code in expected(who, kept=False), who
        for page in EVENT_KEPT:
            if page == "event_sheet" and who not in ("lucia", "anna", "vera"):
                continue
            status = client.get(at(page, row)).status_code
            assert status in expected(who, kept=True), (who, page, status)
        if who not in KEEPERS:
            for page in EVENT_POSTED:
                assert client.post(at(page, row)).status_code == 403, (who, page)
            for page in ("sign_up_withdraw", "sign_up_called"):
                assert client.post(at(page, row, one.pk)).status_code == 403, (who, page)
    assert of(cast.lucia).get(at("event_report_paper", row)).status_code == 409
    assert of(cast.lucia).get(at("event_count", row)).status_code == 409
    assert of(cast.vera).get(at("event_report_paper", row)).status_code == 403


def test_pages_of_the_plan(cast, lucia):
    line = actions.add_line(by=lucia, new=NewLine("Tutti", "press", "Festa", clock.today()))
    for who, client in everybody(cast):
        if who in ("lucia", "anna", "vera"):
            assert client.get(reverse("outreach_plan_paper")).status_code in expected(who, kept=False)
        for page in LINE_KEPT:
            assert client.get(reverse(page, args=[line.pk])).status_code in expected(who, kept=True), (
                who,
                page,
            )
        if who not in KEEPERS:
            assert client.post(reverse("plan_line_resume", args=[line.pk])).status_code == 403


# A notice, by hand --------------------------------------------------------------------------------------------------


def test_a_notice_is_written_approved_and_published(cast, house):
    lab = of(cast.lucia)
    typed = {
        "kind": "notice",
        "subject": "Acqua",
        "body": "Dalle 9.",
        "easy": "Manca l'acqua.",
        "buildings": [house.pk],
    }
    broken = lab.post(reverse("notice_new"), typed | {"body": "{{ nobody_knows }}"})
    assert broken.status_code == 422
    assert "nobody_knows" in broken.content.decode()
    assert lab.post(reverse("notice_new"), typed).status_code in (302, 303)
    row = Notice.objects.get()
    assert list(row.buildings.all()) == [house]
    page = lab.get(at("notice", row)).content.decode()
    assert "Approva" in page and "Via Roma 1" in page
    lab.post(
        at("notice_text", row, "en"),
        {"subject": "Water", "body": "From 9.", "easy": "", "seen_version": row.version},
    )
    slow = lab.post(
        at("notice_text", row, "en"),
        {"subject": "Aqua", "body": "x", "easy": "", "seen_version": row.version},
    )
    assert slow.status_code == 409
    assert "Aqua" in slow.content.decode() and "From 9." in slow.content.decode()
    lab.post(at("notice_audience", row), {"areas": [cast.crocetta.pk], "until": "", "seen_version": ""})
    assert lab.post(at("notice_publish", row), {}).status_code == 409
    lab.post(at("notice_approve", row), {"seen_version": Notice.objects.get().version})
    assert "SMS non partono" in lab.get(at("notice_publish", row)).content.decode()
    lab.post(at("notice_publish", row), {"ways": ["leaflet", "email"]})
    row = Notice.objects.get()
    assert (row.state, {one.way for one in row.publications.all()}) == (
        NoticeState.PUBLISHED,
        {"web", "leaflet", "email"},
    )
    lab.post(at("notice_read_again", row, "en"), {"reader": "Mary"})
    assert NoticeText.objects.get(language="en").is_read_again
    sent = {
        "way": "leaflet",
        "stairs": [str(house.stairs.first().pk)],
        "day": clock.today(),
        "carried_by": "Pia",
    }
    assert lab.post(at("notice_deliver", row), sent).status_code in (302, 303)
    again = lab.post(at("notice_deliver", row), sent)
    assert (again.status_code, "già segnata" in again.content.decode()) == (409, True)
    shown = lab.get(at("notice", row)).content.decode()
    assert "Via Roma 1, scala" in shown and "Pia" in shown
    lab.post(at("delivery_drop", row, Delivery.objects.get().pk))
    lab.post(at("notice_withdraw", row), {"reason": "rinviato", "seen_version": ""})
    assert (Delivery.objects.count(), Notice.objects.get().state) == (0, NoticeState.WITHDRAWN)


def test_a_language_is_taken_out(cast, prepare):
    row = prepare(texts=[TEXT, NewText("Water", "From 9.", "en")])
    of(cast.lucia).post(at("notice_text_drop", row, "en"))
    assert list(NoticeText.objects.values_list("language", flat=True)) == ["it"]


# Paper --------------------------------------------------------------------------------------------------------------


def test_a_poster_is_a3_and_a_leaflet_a5_with_the_way_to_the_page(cast, prepare):
    arabic = NewText("الماء مقطوع", "من التاسعة إلى الثانية عشرة.", "ar")
    row = prepare(published=True, texts=[TEXT, NewText("Water is off", "From 9.", "en", "No water."), arabic])
    client = of(cast.anna)
    for page, size in (("notice_poster", (297, 420)), ("notice_leaflet", (148, 210))):
        answer = client.get(at(page, row), {"lingue": ["it", "en", "ar"], "facile": "on"})
        words = text_of(answer)
        assert size_of(answer) == size
        assert "Mercoledì manca l'acqua" in words and "Water is off" in words and "No water." in words
        assert f"/avvisi/{row.reference}" in words
        assert words.count("non ancora riletta") == 2
        assert (
            b"/MarkInfo" in answer.content
            or PdfReader(io.BytesIO(answer.content)).trailer["/Root"]["/MarkInfo"]
        )
    alone = text_of(client.get(at("notice_leaflet", row), {"lingue": ["en"]}))
    assert "Water is off" in alone and "Mercoledì" not in alone and "No water." not in alone


def test_the_list_of_doors_goes_stair_by_stair(cast, prepare, house):
    row = prepare(published=True, audience=Audience(buildings=[house]))
    words = text_of(of(cast.lucia).get(at("notice_doors", row)))
    assert words.index("Via Roma 1, scala A") < words.index("int. 3") < words.index("Via Roma 1, scala B")
    nowhere = prepare(published=True, audience=Audience([cast.stazione]))
    assert "Non conosciamo ancora le porte" in text_of(of(cast.lucia).get(at("notice_doors", nowhere)))


def test_the_plan_and_the_report_on_paper(cast, lucia, announced):
    actions.add_line(by=lucia, new=NewLine("Chi abita qui", "press", "Festa grande", clock.today()))
    assert "Festa grande" in text_of(of(cast.anna).get(reverse("outreach_plan_paper")))
    row = announced()
    with time_machine.travel(row.starts_at + dt.timedelta(hours=1)):
        row = actions.hold_event(by=lucia, event=row)
        row = actions.count_event(by=lucia, event=row, counts=actions.Counts(12, 4, 2))
        row = actions.report_event(by=lucia, event=row, report="Sono venute famiglie nuove.")
        words = text_of(of(cast.anna).get(at("event_report_paper", row)))
    assert "12" in words and "famiglie nuove" in words


def test_the_sheet_has_the_names_and_the_log_says_who_took_it(cast, announced):
    row = announced()
    actions.sign_up(by=Actor.visitor(), event=row, new=NewSignUp(2, "Maria Rossi"))
    words = text_of(of(cast.lucia).get(at("event_sheet", row)))
    assert "Maria Rossi" in words
    assert Sight.objects.get().by_name == "Lucia Sala"


# Events, by hand ----------------------------------------------------------------------------------------------------


def test_an_event_is_written_announced_counted_and_reported(cast, house):
    lab, day = of(cast.lucia), clock.today()
    typed = {
        "title": "Festa",
        "day": day,
        "from_time": "15:00",
        "to_time": "18:00",
        "place": "Cortile",
        "with_sign_up": "on",
        "places": 2,
    }
    wrong = lab.post(reverse("event_new"), typed | {"to_time": "14:00"})
    assert (wrong.status_code, "finisce prima" in wrong.content.decode()) == (422, True)
    lab.post(reverse("event_new"), typed)
    row = Event.objects.get()
    lab.post(at("event_announce", row))
    change = typed | {"title": "Festa grande", "places": 3, "seen_version": Event.objects.get().version}
    lab.post(at("event_change", row), change)
    slow = lab.post(at("event_change", row), change | {"title": "Altra"})
    assert (slow.status_code, "Festa grande" in slow.content.decode(), "Altra" in slow.content.decode()) == (
        409,
        True,
        True,
    )
    invites = lab.get(at("event_notice", row)).content.decode()
    assert "Festa grande" in invites and "Cortile" in invites
    lab.post(at("event_notice", row), {"kind": "notice", "subject": "Festa", "body": "Vieni."})
    assert Notice.objects.get().event == row
    lab.post(at("event_hold", row))
    assert "0" in lab.get(at("event_count", row)).content.decode()
    lab.post(at("event_count", row), {"people": 12, "children": 5, "first_time": 1, "seen_version": ""})
    lab.post(at("event_report", row), {"report": "Bene.", "cost": "12.50", "seen_version": ""})
    row = Event.objects.get()
    assert (row.state, row.people_came) == (EventState.REPORTED, 12)
    assert "Bene." in lab.get(at("event", row)).content.decode()


def test_an_event_is_called_off(cast, announced):
    row = announced()
    of(cast.lucia).post(at("event_cancel", row), {"reason": "Piove.", "seen_version": ""})
    assert "Piove." in of(cast.anna).get(at("event", row)).content.decode()


def test_who_signed_up_is_seen_by_initials_until_asked_for(cast, announced):
    row, lab = announced(places=1), of(cast.lucia)
    typed = {
        "people": 1,
        "name": "Maria Rossi",
        "contact": "phone",
        "phone": "333 1234567",
        "language": "it",
        "once": "a",
    }
    assert lab.post(at("sign_up_new", row), typed | {"phone": "12"}).status_code == 422
    lab.post(at("sign_up_new", row), typed)
    lab.post(at("sign_up_new", row), typed)  # a double tap
    lab.post(at("sign_up_new", row), typed | {"name": "Luigi Bianchi", "once": "b"})
    masked = lab.get(at("sign_ups", row)).content.decode()
    assert "M. R." in masked and "Maria" not in masked and not Sight.objects.exists()
    shown = lab.get(at("sign_ups", row), {"nomi": "1"}).content.decode()
    assert "Maria Rossi" in shown and "+393331234567" in shown and Sight.objects.count() == 1
    first, second = SignUp.objects.order_by("id")
    lab.post(at("sign_up_withdraw", row, first.pk))
    assert "si è liberato il posto" in lab.get(at("sign_ups", row)).content.decode()
    lab.post(at("sign_up_called", row, second.pk))
    assert SignUp.objects.get(pk=second.pk).to_call == ""


def test_at_the_door(cast, announced):
    row, lab = announced(day=clock.today(), from_time=dt.time(0, 1), to_time=dt.time(23, 59)), of(cast.lucia)
    one = SignUp.objects.create(
        event=row, contact="none", state="confirmed", code="ABC234", people=2, by_ref="x"
    )
    assert lab.get(at("event_door", row), {"codice": "zzz"}).status_code == 422
    assert "2 persone" in lab.get(at("event_door", row), {"codice": "abc 234"}).content.decode()
    too_many = lab.post(at("event_door", row), {"codice": "ABC234", "came": 3})
    assert (too_many.status_code, "è per 2" in too_many.content.decode()) == (409, True)
    lab.post(at("event_door", row), {"codice": "ABC234"})
    one.refresh_from_db()
    assert one.came == 2
    assert "Già entrati: 2" in lab.get(at("event_door", row), {"codice": "ABC234"}).content.decode()


# Newsletter and plan, by hand ---------------------------------------------------------------------------------------


def test_consent_on_paper_and_its_end(cast):
    lab = of(cast.lucia)
    typed = {
        "way": "email",
        "address": "Maria@Posta.example",
        "wants": ["notices"],
        "language": "it",
        "paper_at": "n. 12",
    }
    assert lab.post(reverse("subscribe_at_desk"), typed | {"address": "maria"}).status_code == 422
    assert lab.post(reverse("subscribe_at_desk"), typed | {"wants": []}).status_code == 422
    lab.post(reverse("subscribe_at_desk"), typed)
    assert Subscription.objects.get().address == "maria@posta.example"
    assert lab.post(reverse("subscribe_at_desk"), typed).status_code == 409
    page = lab.get(reverse("subscribers")).content.decode()
    assert "n. 12" in page and "maria@" not in page
    gone = {"way": "email", "address": "maria@posta.example"}
    lab.post(reverse("unsubscribe_at_desk"), gone)
    assert Subscription.objects.get().address == ""
    assert lab.post(reverse("unsubscribe_at_desk"), gone).status_code == 409


def test_the_plan_by_hand(cast, lucia, prepare):
    lab = of(cast.lucia)
    typed = {
        "day": "2026-05-04",
        "audience": "Tutti",
        "channel": "press",
        "message": "Festa",
        "cost": "12.50",
        "notice": prepare().reference,
    }
    lab.post(reverse("plan_line_new"), typed)
    line = PlanLine.objects.get()
    assert "Festa" in lab.get(reverse("outreach_month"), {"mese": "2026-05"}).content.decode()
    assert "Festa" not in lab.get(reverse("outreach_month"), {"mese": "che"}).content.decode()
    change = typed | {"message": "Festa grande", "seen_version": line.version}
    lab.post(reverse("plan_line", args=[line.pk]), change)
    assert lab.post(reverse("plan_line", args=[line.pk]), change).status_code == 409
    lab.post(reverse("plan_line_drop", args=[line.pk]), {"reason": "niente soldi"})
    assert "Festa grande" in lab.get(reverse("outreach_plan"), {"stato": "dropped"}).content.decode()
    assert "Festa grande" not in lab.get(reverse("outreach_plan"), {"stato": "done"}).content.decode()
    assert "Festa grande" not in lab.get(reverse("outreach_plan"), {"canale": "web"}).content.decode()
    lab.post(reverse("plan_line_resume", args=[line.pk]))
    lab.post(reverse("plan_line_done", args=[line.pk]), {"done_on": clock.today(), "reach": 30, "cost": ""})
    assert PlanLine.objects.get().reach == 30


# Lists --------------------------------------------------------------------------------------------------------------


def test_empty_pages_say_what_will_come(cast):
    for page, words in (
        ("notices", "Nessun avviso qui"),
        ("events", "Nessun evento qui"),
        ("outreach_plan", "Il piano è vuoto"),
    ):
        assert words in of(cast.anna).get(reverse(page)).content.decode()
    assert "Niente in programma" in of(cast.anna).get(reverse("outreach")).content.decode()


def test_fifty_rows_cost_as_much_as_one(cast, lucia, prepare, announced, house):
    client = of(cast.lucia)
    event = announced()

    def fill(count):
        for number in range(count):
            row = prepare(texts=[TEXT, NewText("x", "y", "en")], audience=Audience([cast.crocetta], [house]))
            made = announced(title=f"Evento {number}", areas=[cast.crocetta])
            new = NewLine(
                "Tutti", "press", f"Riga {number}", clock.today(), owner=cast.lucia, notice=row, event=made
            )
            actions.add_line(by=lucia, new=new)
            actions.sign_up(by=Actor.visitor(), event=event, new=NewSignUp(1, f"Maria {number}"))

    def costs():
        found = {}
        addresses = [
            reverse(page) for page in ("outreach", "notices", "events", "outreach_plan", "outreach_month")
        ]
        for address in (*addresses, at("sign_ups", event), at("event", event)):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found[address] = len(asked)
        return found

    fill(1)
    before = costs()
    fill(11)
    assert costs() == before
