"""The pages: what is typed is kept, who is slower is told, nobody opens what is not theirs."""

import datetime as dt
import io
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import Cast
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.presence import actions, queries, urls
from vicinia.domain.presence.actions import NewObservation, NewStop, NewTalk
from vicinia.domain.presence.models import KeyContact, KeyContactTalk, Observation, Round
from vicinia.domain.presence.tests.conftest import in_area, of, with_stops
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast):
    return of(cast.anna)


def text(answer):
    return answer.content.decode()


# Key contacts -----------------------------------------------------------------------------------------------------


def test_a_contact_is_added_corrected_retired_and_resumed(cast: Cast, desk):
    assert "Nessun testimone qui" in text(desk.get(reverse("key_contacts")))
    address = reverse("key_contact_new")
    assert "Quella dell" in text(desk.get(address))
    typed = {
        "kind": "bar",
        "body_name": "Bar Sport",
        "rhythm_days": 5,
        "name": "Gino Paltrinieri",
        "phone": "x",
    }
    refused = desk.post(address, typed)
    assert refused.status_code == 422
    assert "Scegli la zona" in text(refused) and "Gino Paltrinieri" in text(refused)
    typed |= {"phone": "059 222333", "area": cast.crocetta.pk}
    made = desk.post(address, typed)
    contact = KeyContact.objects.get()
    assert made["Location"] == reverse("key_contact", args=[contact.reference])
    page = text(desk.get(made["Location"]))
    assert "Bar Sport" in page and "Gino" not in page and "Nome e recapiti" in page
    assert "Bar Sport" in text(desk.get(reverse("key_contacts"), {"area": cast.crocetta.pk}))
    assert "Bar Sport" not in text(desk.get(reverse("key_contacts"), {"area": cast.stazione.pk}))
    assert "Bar Sport" not in text(desk.get(reverse("key_contacts"), {"vista": "da-sentire", "kind": "bar"}))

    change = reverse("key_contact_change", args=[contact.reference])
    assert "Gino" not in text(desk.get(change))
    card = {"kind": "shop", "body_name": "Ferramenta", "area": cast.crocetta.pk, "seen_version": 1}
    assert desk.post(change, card).status_code == 303
    slower = desk.post(change, card | {"body_name": "Cartoleria"})
    assert slower.status_code == 409
    assert "Cartoleria" in text(slower) and "Ferramenta" in text(slower)
    again = desk.post(change, card | {"body_name": "Cartoleria", "seen_version": 2})
    assert again.status_code == 303, "put together and saved"

    rhythm = reverse("key_contact_rhythm", args=[contact.reference])
    assert desk.post(rhythm, {"days": 3, "seen_version": 1}).status_code == 409
    assert desk.post(rhythm, {"days": 3, "seen_version": 3}).status_code == 303
    retire = reverse("key_contact_retire", args=[contact.reference])
    assert desk.post(retire, {"reason": ""}).status_code == 422
    assert desk.post(retire, {"reason": "chiuso", "seen_version": 4}).status_code == 303
    assert desk.get(retire).status_code == 409
    assert "chiuso" in text(desk.get(reverse("key_contacts"), {"vista": "tolti"}))
    assert desk.post(reverse("key_contact_resume", args=[contact.reference])).status_code == 303


def test_a_wrong_name_is_said_beside_its_field(cast: Cast, desk):
    typed = {"kind": "bar", "name": "1234", "rhythm_days": 5, "area": cast.crocetta.pk}
    assert "non sembra un nome" in text(desk.post(reverse("key_contact_new"), typed))


def test_a_talk_is_two_fields_and_one_is_back_where_one_came_from(cast: Cast, desk, bar, walk):
    contact, row = bar(), walk()
    address = reverse("key_contact_talk", args=[contact.reference])
    assert "Portalo in un caso" in text(desk.get(address, {"da": "oggi"}))
    sent = {"uuid": str(uuid4()), "how": "visit", "words": "Tutto bene", "became": "nothing"}
    places = {"oggi": reverse("day"), row.reference: reverse("round", args=[row.reference])}
    places |= dict.fromkeys(("", "https://altrove.example"), reverse("key_contact", args=[contact.reference]))
    for back, goes_to in places.items():
        assert desk.post(address, sent | {"back": back})["Location"] == goes_to
    assert KeyContactTalk.objects.count() == 1, "one key, one talk"
    assert "Tutto bene" in text(desk.get(reverse("key_contact", args=[contact.reference])))


def test_who_hears_a_contact_on_their_round_has_passed_by(cast: Cast, anna, desk, bar, under_way):
    contact = bar()
    row = with_stops(anna, under_way, NewStop("contact", contact=contact))
    address = reverse("key_contact_talk", args=[contact.reference])
    sent = {"how": "visit", "became": "nothing", "back": row.reference}
    assert of(cast.lucia).post(address, sent | {"uuid": str(uuid4())}).status_code == 303
    assert queries.stops_of(anna, row)[0].seen_at is None, "it is not her round"
    assert desk.post(address, sent | {"uuid": str(uuid4())}).status_code == 303
    assert queries.stops_of(anna, row)[0].seen_by == "Anna Ferri"


def test_a_talk_goes_to_a_case_that_one_sees_or_becomes_a_report(cast: Cast, anna, desk, bar):
    contact, category = bar(), kind("rifiuti")
    address = reverse("key_contact_talk", args=[contact.reference])
    mine, far = (
        case_of(anna, report_in(cast.crocetta)),
        case_of(cast.actor(cast.bruno), report_in(cast.stazione)),
    )
    sent = {"how": "call", "words": "Rumori", "became": "case"}
    for wrong in ({}, {"case_number": far.reference}, {"case_number": "2026-9999"}):
        answer = desk.post(address, sent | wrong | {"uuid": str(uuid4())})
        assert answer.status_code == 422 and "Scegli un caso" in text(answer) and "Rumori" in text(answer)
    for right in ({"case": mine.reference}, {"case_number": mine.reference}):
        assert desk.post(address, sent | right | {"uuid": str(uuid4())}).status_code == 303
    sent["became"] = "report"
    assert "Scegli il tipo" in text(desk.post(address, sent | {"uuid": str(uuid4())}))
    assert desk.post(address, sent | {"kind": category.pk, "uuid": str(uuid4())}).status_code == 303
    for wrong, words in (({"missed": "on"}, "portare altrove"), ({"words": ""}, "che cosa ha detto")):
        answer = desk.post(address, sent | {"kind": category.pk, "uuid": str(uuid4())} | wrong)
        assert answer.status_code == 422 and words in text(answer)
    page = text(desk.get(reverse("key_contact", args=[contact.reference])))
    assert mine.reference in page and "segnalazione" in page


# Rounds -----------------------------------------------------------------------------------------------------------


def test_the_whole_round_in_a_browser(cast: Cast, anna, desk, bar):
    assert "Nessun giro qui" in text(desk.get(reverse("rounds")))
    due = bar(next_on=clock.today())
    plan = {"planned_on": clock.today().isoformat(), "from_time": "09:00", "to_time": "08:00"}
    plan |= {"areas": [cast.crocetta.pk], "people": [cast.anna.pk]}
    assert "prima di cominciare" in text(desk.post(reverse("round_new"), plan))
    assert str(cast.stazione.pk) not in text(desk.get(reverse("round_new"))).split('name="areas"')[-1][:60]
    made = desk.post(reverse("round_new"), plan | {"to_time": "11:00"})
    row = Round.objects.get()
    stops = reverse("round_stops", args=[row.reference])
    assert made["Location"] == stops
    assert "Bar Sport" in text(desk.get(stops))
    assert desk.post(stops, {"seen_version": 1}).status_code == 422
    chosen = {"seen_version": 1, "chosen": [f"contact:{due.reference}"]}
    assert desk.post(stops, chosen).status_code == 303
    own = {"own": "1", "place_words": "dietro la scuola", "look_at": "il cancello"}
    assert "anche a parole" in text(desk.post(stops, own | {"seen_version": 2, "place_words": ""}))
    slower = desk.post(stops, own | {"seen_version": 1})
    assert slower.status_code == 409 and "dietro la scuola" in text(slower)
    assert desk.post(stops, own | {"seen_version": 2}).status_code == 303
    first, second = queries.stops_of(anna, row)
    move = reverse("round_stop_move", args=[row.reference, second.pk])
    assert desk.post(move, {"act": "up", "seen_version": 3}).status_code == 303
    assert [stop.pk for stop in queries.stops_of(anna, row)] == [second.pk, first.pk]
    assert desk.post(move, {"act": "down", "seen_version": 3}).status_code == 409
    assert desk.post(move, {"act": "down", "seen_version": ""}).status_code == 303
    assert (
        desk.post(reverse("round_stop_move", args=[row.reference, first.pk]), {"act": "drop"}).status_code
        == 303
    )
    assert len(queries.stops_of(anna, row)) == 1

    page = reverse("round", args=[row.reference])
    version = Round.objects.get().version
    assert desk.get(reverse("round_observe", args=[row.reference])).status_code == 409
    start = reverse("round_start", args=[row.reference])
    assert desk.post(start, {"seen_version": version - 1}).status_code == 409
    assert desk.post(start, {"seen_version": version})["Location"] == page
    assert "Rileva" in text(desk.get(page))
    tick = reverse("round_tick", args=[row.reference, second.pk])
    assert desk.post(tick)["Location"] == f"{page}#tappa-{second.pk}"
    assert "vista alle" in text(desk.get(page))
    assert desk.post(tick, {"seen": "0"}).status_code == 303

    observe = reverse("round_observe", args=[row.reference])
    assert "Niente volti" in text(desk.get(observe, {"tappa": second.pk}))
    sent = {"uuid": str(uuid4()), "kind": "decay", "words": "Sacchi", "stop": second.pk}
    wrong = desk.post(observe, sent | {"kind": "", "photos": upload(phone_photo())})
    assert wrong.status_code == 422 and "Sacchi" in text(wrong)
    for _twice in range(2):
        assert desk.post(observe, sent | {"photos": upload(phone_photo())})["Location"] == page
    seen = Observation.objects.get()
    assert attachments.of(seen).count() == 1
    assert "Sacchi" in text(desk.get(page))
    assert "Sacchi" in text(desk.get(reverse("observations")))
    finish = reverse("round_finish", args=[row.reference])
    assert desk.post(finish, {"notes": "Bene", "seen_version": 1}).status_code == 409
    assert (
        desk.post(finish, {"notes": "Bene", "seen_version": Round.objects.get().version}).status_code == 303
    )
    assert "Bene" in text(desk.get(page))
    assert desk.get(finish).status_code == 409
    assert desk.post(observe, sent)["Location"] == page, "a retry after the end is answered"
    assert row.reference in text(desk.get(reverse("rounds"), {"vista": "finiti"}))

    settle = reverse("observation_settle", args=[seen.uuid])
    page = text(desk.get(settle))
    title, content = page.split("</title>")
    assert "Sacchi" in content and "Sacchi" not in title, (
        "what was seen is not for the history of the browser"
    )
    assert desk.post(settle, {"became": "linked", "seen_version": 1}).status_code == 422
    case = case_of(anna, report_in(cast.crocetta))
    assert desk.post(settle, {"became": "nothing", "seen_version": 7}).status_code == 409
    decided = {"became": "linked", "case": case.reference, "seen_version": 1}
    assert desk.post(settle, decided).status_code == 303
    assert desk.get(settle).status_code == 409
    assert "Sacchi" in text(desk.get(reverse("presence_on_case", args=[case.reference])))
    assert "Niente da decidere" in text(desk.get(reverse("observations")))


def test_a_round_is_changed_and_called_off(cast: Cast, desk, walk):
    row = walk()
    change = reverse("round_change", args=[row.reference])
    plan = {
        "planned_on": clock.today().isoformat(),
        "from_time": "15:00",
        "to_time": "17:00",
        "seen_version": 1,
    }
    plan |= {"areas": [cast.crocetta.pk], "people": [cast.anna.pk]}
    assert "09:00" in text(desk.get(change))
    assert desk.post(change, plan).status_code == 303
    slower = desk.post(change, plan | {"from_time": "16:00"})
    assert slower.status_code == 409 and "16:00" in text(slower) and "15:00" in text(slower)
    cancel = reverse("round_cancel", args=[row.reference])
    assert desk.post(cancel, {"reason": "pioggia", "seen_version": 2}).status_code == 303
    assert "pioggia" in text(desk.get(reverse("round", args=[row.reference])))
    assert desk.get(change).status_code == 409


def test_a_round_of_another_day_says_why_it_does_not_begin(desk, walk):
    row = walk(planned_on=clock.today() + dt.timedelta(days=1))
    assert "in programma per un altro giorno" in text(desk.get(reverse("round", args=[row.reference])))


def test_a_file_that_is_no_photo_is_refused_beside_its_field(desk, under_way):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"uuid": str(uuid4()), "kind": "decay", "words": "Sacchi"}
    sent["photos"] = SimpleUploadedFile("a.jpg", b"no photo", "image/jpeg")
    answer = desk.post(reverse("round_observe", args=[under_way.reference]), sent)
    assert answer.status_code == 422 and "Sacchi" in text(answer) and not Observation.objects.exists()


def test_the_sheet_on_paper_says_where_and_what_and_no_name_or_police_case(cast: Cast, anna, bar, walk):
    police = case_of(
        anna,
        report_in(
            cast.crocetta, category=police_kind(), location=in_area(cast.crocetta, address="via Segreta, 1")
        ),
    )
    row = with_stops(
        anna,
        walk(people=[cast.anna, cast.lucia]),
        NewStop("contact", look_at="Sentire come va", contact=bar()),
        NewStop("case", case=police),
        NewStop(look_at="il cancello", location=Location(place_words="dietro la scuola")),
    )
    papers = {}
    for user in (cast.anna, cast.lucia):
        answer = of(user).get(reverse("round_paper", args=[row.reference]))
        assert answer["Cache-Control"] == "private, no-store"
        pages = PdfReader(io.BytesIO(answer.content)).pages
        papers[user.pk] = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in papers.values():
        places = [
            words.index(part) for part in ("Bar Sport", "dietro la scuola", "il cancello", "niente targhe")
        ]
        assert places == sorted(places)
        assert "Gino" not in words
    assert "via Segreta" in papers[cast.anna.pk] and "via Segreta" not in papers[cast.lucia.pk]


def test_coverage_shows_a_table_a_map_and_places(cast: Cast, anna, desk, walk):
    assert "Nessun giro concluso" in text(desk.get(reverse("coverage")))
    row = actions.start_round(by=anna, round_=walk())
    actions.observe(by=anna, round_=row, new=NewObservation("decay", location=in_area(cast.crocetta)))
    actions.finish_round(by=anna, round_=row)
    page = text(desk.get(reverse("coverage"), {"zona": cast.crocetta.pk}))
    assert "Per zona e ora" in page and "data-points-url" in page and "1 giro concluso" in page
    ask = {"dal": "2020-01-01", "al": "2020-02-01"}
    assert "Nessun giro concluso" in text(desk.get(reverse("coverage"), ask))
    assert desk.get(reverse("coverage_points"), ask).json()["features"] == []
    assert len(desk.get(reverse("coverage_points")).json()["features"]) == 1
    assert desk.get(reverse("coverage"), {"dal": "ieri"}).status_code == 200


# Who sees what ----------------------------------------------------------------------------------------------------

WITHOUT_A_ROW = (
    "rounds",
    "round_new",
    "observations",
    "key_contacts",
    "key_contact_new",
    "coverage",
    "coverage_points",
)
OF_A_ROUND = (
    "round",
    "round_change",
    "round_stops",
    "round_observe",
    "round_finish",
    "round_cancel",
    "round_paper",
)
OF_A_CONTACT = (
    "key_contact",
    "key_contact_change",
    "key_contact_rhythm",
    "key_contact_retire",
    "key_contact_talk",
)
EXPECTED = {"anna": 200, "lucia": 200, "carla": 200, "bruno": 404}
EXPECTED |= dict.fromkeys(("marco", "paolo", "vera", "dario", "ada"), 403)


def status_of(client, method, name, *args, **sent):
    with transaction.atomic():
        status = getattr(client, method)(reverse(name, args=args), sent).status_code
        transaction.set_rollback(True)
    return status


def test_who_opens_what(cast: Cast, anna, bar, walk):
    row = walk(people=[cast.anna, cast.lucia, cast.carla])
    row = with_stops(anna, row, NewStop(location=in_area(cast.crocetta)))
    row = actions.start_round(by=anna, round_=row)
    stop, contact = queries.stops_of(anna, row)[0], bar()
    seen = actions.observe(by=anna, round_=row, new=NewObservation("decay", files=[upload(phone_photo())]))
    photo = attachments.of(seen).get()
    for who, expected in EXPECTED.items():
        client = of(getattr(cast, who))
        for name in WITHOUT_A_ROW:
            assert status_of(client, "get", name) == (403 if expected == 403 else 200), (who, name)
        asked = [("get", name, row.reference) for name in OF_A_ROUND]
        asked += [("get", name, contact.reference) for name in OF_A_CONTACT]
        asked += [
            ("get", "observation_settle", seen.uuid),
            ("get", "observation_file", seen.uuid, photo.name),
        ]
        for method, name, *args in asked:
            if name == "round_paper" and who not in ("lucia", "bruno", "marco"):
                continue  # a PDF takes its time
            assert status_of(client, method, name, *args) == expected, (who, name)
        done = {200: (303,), 404: (404,), 403: (403,)}[expected]
        assert status_of(client, "post", "round_tick", row.reference, stop.pk) in done, who
        assert status_of(client, "post", "round_stop_move", row.reference, stop.pk, act="up") in done, who
        begun = {200: 409}.get(expected, expected)
        assert status_of(client, "post", "round_start", row.reference) == begun, who
        assert status_of(client, "post", "key_contact_resume", contact.reference) == begun, who


def test_who_lacks_the_row_finds_none_of_it_in_lists_and_on_the_map(cast: Cast, anna, bar, walk):
    row = actions.start_round(by=anna, round_=walk())
    new = NewObservation("decay", "ParolaSegreta", location=in_area(cast.crocetta))
    actions.observe(by=anna, round_=row, new=new)
    contact = bar(body_name="BarSegreto")
    secret = (row.reference, "ParolaSegreta", contact.reference, "BarSegreto")
    lists = ("rounds", "observations", "key_contacts", "coverage", "coverage_points", "day")
    shown = {"anna": True, "bruno": False}
    for who, expected in shown.items():
        client = of(getattr(cast, who))
        pages = "".join(
            text(client.get(reverse(name), {"vista": vista}))
            for name in lists
            for vista in ("in-programma", "tutti")
        )
        assert [word in pages for word in secret] == [expected] * 4, who


def test_a_photo_of_something_else_is_none_of_this_observation(cast: Cast, anna, desk, under_way):
    one, other = (
        actions.observe(by=anna, round_=under_way, new=NewObservation("decay", files=[upload(phone_photo())]))
        for _ in range(2)
    )
    name = attachments.of(other).get().name
    assert desk.get(reverse("observation_file", args=[one.uuid, name])).status_code == 404
    assert desk.get(reverse("observation_file", args=[other.uuid, name]), {"v": "thumb"}).status_code == 200


def test_a_photo_with_a_face_is_taken_away_by_who_made_the_round(cast: Cast, anna, desk, under_way):
    new = NewObservation("decay", files=[upload(phone_photo())])
    seen = actions.observe(by=anna, round_=under_way, new=new)
    name = attachments.of(seen).get().name
    remove = reverse("observation_photo_remove", args=[seen.uuid, name])
    assert remove in text(desk.get(reverse("round", args=[under_way.reference])))
    assert "Foto della rilevazione" in text(desk.get(reverse("observations")))
    lucia = of(cast.lucia)
    assert remove not in text(lucia.get(reverse("round", args=[under_way.reference])))
    assert lucia.post(remove, {"reason": "un volto"}).status_code == 403
    assert desk.post(remove, {"reason": ""}).status_code == 422
    assert desk.post(remove, {"reason": "un volto"}).status_code == 303
    assert not attachments.of(seen)
    assert desk.get(reverse("observation_file", args=[seen.uuid, name])).status_code == 404


def test_the_page_of_a_person_says_as_what_they_are_heard(cast: Cast, desk, bar):
    contact = bar()
    panel = reverse("key_contacts_of_person", args=[contact.person.reference])
    assert panel in text(desk.get(reverse("person", args=[contact.person.reference])))
    assert "Bar Sport" in text(desk.get(panel))
    assert "Bar Sport" not in text(of(cast.bruno).get(panel))
    assert of(cast.vera).get(panel).status_code == 403


def test_every_address_is_tried_by_everybody():
    tried = {*WITHOUT_A_ROW, *OF_A_ROUND, *OF_A_CONTACT}
    tried |= {"observation_settle", "observation_file", "observation_photo_remove", "key_contacts_of_person"}
    tried |= {"round_tick", "round_stop_move", "round_start", "key_contact_resume", "presence_on_case"}
    assert {pattern.name for pattern in urls.urlpatterns} == tried


def test_a_visitor_is_led_to_sign_in(client):
    for name in WITHOUT_A_ROW:
        assert client.get(reverse(name))["Location"].startswith("/accesso")


def test_lists_cost_the_same_with_one_and_with_fifty(cast: Cast, anna, carla, bar, walk):
    client = of(cast.carla)
    round_ = actions.start_round(by=carla, round_=walk())

    def cost():
        counts = []
        for url in (
            reverse("rounds") + "?vista=in-programma",
            reverse("key_contacts"),
            reverse("observations"),
            reverse("round", args=[round_.reference]),
            reverse("round_stops", args=[round_.reference]),
        ):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            counts.append(len(asked))
        return counts

    def one(number):
        contact = bar(person=None)
        case = case_of(anna, report_in(cast.crocetta, title=str(number)), kind="place")
        actions.log_talk(by=carla, contact=contact, new=NewTalk(how="call"))
        walk()
        if number < 20:
            with_stops(carla, round_, NewStop("contact", contact=contact), NewStop("case", case=case))
        stop = queries.stops_of(carla, round_)[-1]
        actions.observe(by=carla, round_=round_, new=NewObservation("decay", stop=stop))

    for number in range(3):  # a cluster, whose street costs one query more
        report_in(cast.crocetta, title=f"Vicina {number}")
    one(0)
    cost()
    before = cost()
    for number in range(1, 50):
        one(number)
    assert cost() == before
    assert max(before) < 25, before


def test_what_was_seen_at_the_stop_of_a_case_is_proposed_for_that_case(cast: Cast, desk, anna, walk):
    case_of(anna, report_in(cast.crocetta, title="Altrove"))
    case = case_of(anna, report_in(cast.crocetta, title="Nel parco"))
    stop = NewStop("case", "le panchine", case=case)
    row = actions.change_stops(by=anna, round_=walk(), keep=[], add=[stop], seen_version=None)
    row = actions.start_round(by=anna, round_=row)
    seen = actions.observe(
        by=anna, round_=row, new=NewObservation("decay", "Vetri", stop=queries.stops_of(anna, row)[0])
    )
    page = desk.get(reverse("observation_settle", args=[seen.uuid]))
    assert page.context["form"]["case"].value() == case.reference
