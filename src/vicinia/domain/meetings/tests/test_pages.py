"""The pages of a meeting: who opens them, what they cost, what is typed is not lost, what is on paper."""

import datetime as dt
import io
import re
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.meetings import actions, calendar, queries
from vicinia.domain.meetings.models import Extract, Meeting
from vicinia.domain.meetings.states import MeetingState
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
PAGES = (
    "meeting",
    "meeting_change",
    "meeting_cancel",
    "meeting_calendar",
    "meeting_guests",
    "meeting_agenda",
)
MINUTES = ("meeting_minutes", "meeting_attendance", "meeting_close", "meeting_paper", "meeting_extract")
NOTES = ("meeting_note",)
POSTED = ("meeting_send", "meeting_hold")
ITEM_PAGES = ("meeting_item_change", "meeting_item_write", "meeting_action_new")
ACTION_PAGES = ("meeting_action_drop",)
STRANGERS = ("marco", "paolo", "vera", "dario", "ada")


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name, meeting, *more):
    return reverse(name, args=[meeting.reference, *more])


def text_of(answer):
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def seal_in(answer):
    found = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


# Who opens what ---------------------------------------------------------------------------------------------------


def test_who_may_open_which_page(cast, minuted, case):
    item = minuted.items.get(case=case)
    action = item.actions.get()
    invited = minuted.invited.first()
    extract = actions.give_extract(
        by=cast.actor(cast.anna),
        meeting=minuted,
        new=actions.NewExtract(minuted.invited.get(person__isnull=False).body, [item]),
    )
    asked = [("get", at(name, minuted)) for name in PAGES + MINUTES + NOTES]
    asked += [("post", at(name, minuted)) for name in POSTED]
    asked += [("get", at(name, minuted, item.pk)) for name in ITEM_PAGES]
    asked += [("get", at(name, minuted, action.pk)) for name in ACTION_PAGES]
    asked += [("post", at("meeting_item_move", minuted, item.pk))]
    asked += [("post", at("meeting_action_done", minuted, action.pk))]
    asked += [("post", at("meeting_uninvite", minuted, invited.pk))]
    asked += [("get", at("meeting_extract_paper", minuted, extract.pk))]
    expected = {"bruno": 404} | dict.fromkeys(STRANGERS, 403)
    for who, status in expected.items():
        client = of(getattr(cast, who))
        for method, address in asked:
            assert getattr(client, method)(address).status_code == status, (who, address)
    for who in ("anna", "carla", "lucia"):
        client = of(getattr(cast, who))
        for method, address in asked:
            if not address.endswith(".pdf"):  # a PDF takes its time
                assert getattr(client, method)(address).status_code in (200, 303, 403, 409), (who, address)
    for _method, address in asked:
        assert Client().get(address).status_code in (302, 405), address


def test_rows_of_another_meeting_are_not_found(cast, anna, plan, minuted):
    other = actions.plan(by=anna, new=plan())
    item = minuted.items.first()
    client = of(cast.anna)
    assert client.post(at("meeting_item_move", other, item.pk)).status_code == 404
    assert client.post(at("meeting_uninvite", other, minuted.invited.first().pk)).status_code == 404
    assert client.post(at("meeting_action_done", other, item.actions.get().pk)).status_code == 404
    assert client.get(at("meeting_minutes", other)).status_code == 404, "there are no minutes yet"


def test_what_is_hidden_is_nowhere(cast, anna, carla, meeting, case, far_case, add):
    add(case)
    hidden = add(far_case, by=carla, to_decide="Sentire il portinaio")
    actions.hold(by=anna, meeting=meeting)
    words = actions.ItemMinutes("Rumori in cortile", ["Si misura il rumore"])
    actions.write_item(by=carla, item=hidden, minutes=words, seen_version=None)
    client = of(cast.anna)
    pages = [client.get(at(name, meeting)).content.decode() for name in ("meeting", "meeting_minutes")]
    pages += [
        client.get(reverse("meetings")).content.decode(),
        text_of(client.get(at("meeting_paper", meeting))),
    ]
    for page in pages:
        for word in ("Rumori", "portinaio", "Si misura", far_case.reference, "2 argomenti"):
            assert word not in page, word
    assert "1 argomento" in pages[2]
    assert "2. " not in pages[0]
    for name in ("meeting_item_write", "meeting_action_new"):
        assert client.get(at(name, meeting, hidden.pk)).status_code == 404, name
    assert client.post(at("meeting_item_move", meeting, hidden.pk), {"act": "drop"}).status_code == 404
    whole = text_of(of(cast.carla).get(at("meeting_paper", meeting)))
    assert "Si misura il rumore" in whole and far_case.reference in whole


# The way of a meeting ---------------------------------------------------------------------------------------------


def test_a_meeting_is_called_and_prepared(cast, case, casa, rita):
    client = of(cast.anna)
    typed = {
        "title": "Tavolo casa",
        "day": str(clock.today()),
        "from_time": "10:00",
        "to_time": "11:00",
        "place": "Sala civica",
        "areas": [cast.crocetta.pk],
    }
    assert client.get(reverse("meeting_new")).status_code == 200
    assert client.post(reverse("meeting_new"), typed | {"to_time": "09:00"}).status_code == 422
    assert client.post(reverse("meeting_new"), typed | {"areas": [cast.stazione.pk]}).status_code == 422
    assert client.post(reverse("meeting_new"), typed).status_code == 303
    row = Meeting.objects.get()
    guests = at("meeting_guests", row)
    assert client.post(guests, {"words": ""}).status_code == 422
    assert client.post(guests, {"people": [rita.pk], "words": "La preside"}).status_code == 303
    assert "Rita Pini, Azienda casa" in client.get(at("meeting", row)).content.decode()
    assert client.post(at("meeting_send", row)).status_code == 303
    assert client.post(at("meeting_send", row)).status_code == 409
    agenda = at("meeting_agenda", row)
    assert client.get(agenda).status_code == 200
    assert client.post(agenda, {"x": "1"}).status_code == 422
    assert client.post(agenda, {"own": "1", "case": "2020-9999"}).status_code == 422
    assert client.post(agenda, {"own": "1"}).status_code == 422
    assert client.post(agenda, {"own": "1", "case": case.reference}).status_code == 303
    assert client.post(agenda, {"own": "1", "subject": "Orari", "to_decide": "Quali"}).status_code == 303
    first, second = queries.items_of(cast.actor(cast.anna), row)
    assert client.post(at("meeting_item_move", row, second.pk), {"act": "up"}).status_code == 303
    assert [one.pk for one in queries.items_of(cast.actor(cast.anna), row)] == [second.pk, first.pk]
    changed = {"subject": "Orari di apertura", "to_decide": "", "seen_version": second.version}
    assert client.post(at("meeting_item_change", row, second.pk), changed).status_code == 303
    assert client.post(at("meeting_item_move", row, second.pk), {"act": "drop"}).status_code == 303
    assert client.post(at("meeting_item_move", row, first.pk), {"act": "?"}).status_code == 303
    guest = row.invited.get(body=None, user=None)
    assert client.post(at("meeting_uninvite", row, guest.pk)).status_code == 303
    assert client.post(at("meeting_cancel", row), {"reason": "manca la sala"}).status_code == 303
    assert row.reference in client.get(reverse("meetings"), {"vista": "passati"}).content.decode()


def test_suggested_cases_are_ticked(cast, meeting, case):
    type(case).objects.update(stage_since=clock.now() - dt.timedelta(days=90))
    client = of(cast.anna)
    page = client.get(at("meeting_agenda", meeting)).content.decode()
    assert "è fermo nella stessa fase da tempo" in page
    assert client.post(at("meeting_agenda", meeting), {"chosen": [case.reference]}).status_code == 303
    assert meeting.items.get().case == case


def test_what_a_rule_refuses_is_said_at_the_form(cast, anna, meeting, casa, police_case):
    actions.invite(by=anna, meeting=meeting, guests=actions.NewGuests(bodies=[casa]))
    answer = of(cast.anna).post(at("meeting_agenda", meeting), {"own": "1", "case": police_case.reference})
    assert answer.status_code == 409
    assert "pubblica sicurezza" in answer.content.decode()


def test_the_minutes_are_written_and_closed(cast, held, case, casa):
    client = of(cast.anna)
    item = held.items.get(case=case)
    assert client.get(at("meeting_minutes", held)).status_code == 200
    write = at("meeting_item_write", held, item.pk)
    typed = {
        "said": "La porta non chiude.",
        "decisions": "Si cambia\n\nSi avvisa",
        "seen_version": item.version,
    }
    assert client.post(write, typed).status_code == 303
    assert [row.words for row in item.decisions.all()] == ["Si cambia", "Si avvisa"]
    action = at("meeting_action_new", held, item.pk)
    undertaken = {"what": "Cambiare la porta", "owner": f"body:{casa.pk}", "due_on": str(clock.today())}
    assert client.post(action, undertaken | {"owner": ""}).status_code == 422
    assert client.post(action, undertaken).status_code == 303
    assert client.post(action, undertaken | {"owner": f"user:{cast.bruno.pk}"}).status_code == 409
    drop = at("meeting_action_drop", held, item.actions.get().pk)
    assert client.get(drop).status_code == 200
    assert client.post(drop, {"reason": ""}).status_code == 422
    assert client.post(drop, {"reason": "non era così"}).status_code == 303
    loose = held.items.get(case=None)
    ours = undertaken | {"owner": f"user:{cast.anna.pk}"}
    assert client.post(at("meeting_action_new", held, loose.pk), ours).status_code == 303
    assert client.post(at("meeting_action_done", held, loose.actions.get().pk)).status_code == 303
    assert client.get(at("meeting_close", held)).status_code == 409
    held.refresh_from_db()
    people = [one.pk for one in held.invited.all()]
    marks = {"present": people[:2], "excused": people[1:2], "seen_version": held.version}
    assert client.post(at("meeting_attendance", held), marks).status_code == 422
    marks |= {"excused": people[2:]}
    assert client.post(at("meeting_attendance", held), marks).status_code == 303
    assert [one.attendance for one in queries.invited_to(held)] == ["yes", "yes", "excused"]
    held.refresh_from_db()
    assert client.post(at("meeting_close", held), {"seen_version": held.version}).status_code == 303
    assert client.get(write).status_code == 409
    note = at("meeting_note", held)
    assert client.post(note, {"text": "La porta è al 14.", "item": item.pk}).status_code == 303
    assert client.post(note, {"text": "Una firma manca."}).status_code == 303
    page = client.get(at("meeting_minutes", held)).content.decode()
    assert "La porta è al 14." in page and "Una firma manca." in page


def test_who_was_slower_keeps_what_they_typed(cast, anna, held, case):
    item = held.items.get(case=case)
    seen = item.version
    faster = actions.ItemMinutes("Detto prima", ["Deciso prima"])
    actions.write_item(by=anna, item=item, minutes=faster, seen_version=seen)
    typed = {"said": "Scritto dopo", "decisions": "Deciso dopo", "seen_version": seen}
    answer = of(cast.carla).post(at("meeting_item_write", held, item.pk), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Scritto dopo", "Deciso dopo", "Detto prima", "Deciso prima"):
        assert words in page, words
    item.refresh_from_db()
    merged = typed | {"seen_version": item.version}
    assert of(cast.carla).post(at("meeting_item_write", held, item.pk), merged).status_code == 303


@pytest.mark.parametrize("name", ["meeting_change", "meeting_attendance", "meeting_close", "meeting_cancel"])
def test_the_other_forms_say_it_too(cast, anna, plan, rita, held, name):
    row = held
    if name in ("meeting_change", "meeting_cancel"):
        row = actions.plan(by=anna, new=plan())
        later = actions.change(by=anna, meeting=row, new=plan(place="Altrove"), seen_version=row.version)
        assert later.version > row.version
    else:
        marks = {one.pk: "yes" for one in held.invited.all()}
        actions.mark_attendance(by=anna, meeting=held, marks=marks, seen_version=held.version)
    typed = {
        "title": "Mio",
        "day": str(clock.today()),
        "from_time": "10:00",
        "to_time": "11:00",
        "place": "Qui",
        "reason": "motivo mio",
        "seen_version": row.version,
    }
    assert of(cast.anna).post(at(name, row), typed).status_code == 409
    row.refresh_from_db()
    assert row.state in (MeetingState.PLANNED, MeetingState.HELD)


def test_an_item_changed_meanwhile_is_shown_twice(cast, anna, meeting, add):
    item = add()
    actions.change_item(by=anna, item=item, subject="Primo", to_decide="", seen_version=1)
    typed = {"subject": "Secondo", "to_decide": "", "seen_version": 1}
    answer = of(cast.anna).post(at("meeting_item_change", meeting, item.pk), typed)
    assert answer.status_code == 409
    assert "Primo" in answer.content.decode() and "Secondo" in answer.content.decode()


# From the case ----------------------------------------------------------------------------------------------------


def test_a_case_is_brought_to_a_meeting_from_its_page(cast, anna, meeting, case):
    client = of(cast.anna)
    panel = reverse("meetings_on_case", args=[case.reference])
    put_on = reverse("meeting_put_on", args=[case.reference])
    assert put_on in client.get(panel).content.decode()
    assert client.get(put_on).status_code == 200
    assert client.post(put_on, {"meeting": meeting.pk, "to_decide": "Chi paga"}).status_code == 303
    assert put_on not in client.get(panel).content.decode()
    assert meeting.title in client.get(panel).content.decode()
    assert client.post(put_on, {"meeting": meeting.pk}).status_code == 422


def test_the_case_page_leads_to_its_meetings(cast, minuted, case):
    client = of(cast.anna)
    assert (
        reverse("meetings_on_case", args=[case.reference])
        in client.get(reverse("case", args=[case.reference])).content.decode()
    )
    panel = client.get(reverse("meetings_on_case", args=[case.reference])).content.decode()
    assert "Si cambia la serratura" in panel and "Azienda casa" in panel


# Paper ------------------------------------------------------------------------------------------------------------


def test_the_paper_says_it_in_order_and_names_nobody_of_the_case(cast, minuted, case):
    text = text_of(of(cast.anna).get(at("meeting_paper", minuted)))
    words = (
        "Tavolo della Crocetta",
        "Rita Pini, Azienda casa",
        "L'amministratrice del condominio",
        f"{case.reference} Porta rotta",
        "Si cambia la serratura",
        "Cambiare la serratura",
        "Verbale chiuso il",
    )
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    assert "Maria" not in text and "059 123456" not in text


def test_open_minutes_are_printed_as_a_draft(cast, held):
    assert "bozza" in text_of(of(cast.anna).get(at("meeting_paper", held)))


def test_an_extract_is_given_after_a_look_at_it(cast, anna, minuted, case, casa):
    client = of(cast.anna)
    item, other = minuted.items.get(case=case), minuted.items.get(case=None)
    address = at("meeting_extract", minuted)
    assert client.post(address, {"body": ""}).status_code == 422
    typed = {"body": casa.pk, "items": [item.pk]}
    blind = client.post(address, typed | {"give": "1"})
    assert not Extract.objects.exists(), "nothing is given unseen"
    page = blind.content.decode()
    assert "Ecco che cosa leggerà Azienda casa" in page
    assert "La serratura è da cambiare." not in page, "what was said only if it is ticked"
    more = typed | {"items": [item.pk, other.pk], "give": "1", "seen": seal_in(blind)}
    assert client.post(address, more).status_code == 200, "something else was seen"
    actions.add_note(by=anna, meeting=minuted, item=item, text="La serratura è doppia.")
    stale = client.post(address, typed | {"give": "1", "seen": seal_in(blind)})
    assert not Extract.objects.exists(), "a note came in between"
    said = typed | {"with_said": "on"}
    seal = seal_in(client.post(address, said))
    assert client.post(address, said | {"give": "1", "seen": seal}).status_code == 303
    given = client.post(address, typed | {"give": "1", "seen": seal_in(stale)})
    assert given.status_code == 303
    with_said, without = Extract.objects.order_by("id")
    actions.add_note(by=anna, meeting=minuted, item=item, text="Aggiunta dopo.")
    text = text_of(client.get(at("meeting_extract_paper", minuted, without.pk)))
    assert "Si cambia la serratura" in text and "La serratura è doppia." in text
    for word in ("Aggiunta dopo", "Orari del centro", "La serratura è da cambiare", "Rita Pini"):
        assert word not in text, word
    assert "La serratura è da cambiare." in text_of(
        client.get(at("meeting_extract_paper", minuted, with_said.pk))
    )
    page = client.get(at("meeting", minuted)).content.decode()
    assert at("meeting_extract_paper", minuted, without.pk) in page


def test_nothing_of_a_police_case_is_given_outside(cast, minuted, case, casa):
    type(case).objects.filter(pk=case.pk).update(legal_basis="police")
    client = of(cast.anna)
    typed = {"body": casa.pk, "items": [minuted.items.get(case=case).pk]}
    seal = seal_in(client.post(at("meeting_extract", minuted), typed))
    answer = client.post(at("meeting_extract", minuted), typed | {"give": "1", "seen": seal})
    assert answer.status_code == 409
    assert not Extract.objects.exists()


# Calendar and lists -----------------------------------------------------------------------------------------------


def test_a_meeting_goes_into_a_calendar(cast, meeting):
    answer = of(cast.anna).get(at("meeting_calendar", meeting))
    assert answer["Content-Type"].startswith("text/calendar")
    [found] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(found["SUMMARY"]) == "Tavolo della Crocetta"
    assert found["DTSTART"].dt == dt.datetime.combine(meeting.day, meeting.from_time, ZoneInfo("Europe/Rome"))
    meeting.title = "Casa, scuola; parco \\ " + "è" * 60
    raw = calendar.entry(meeting, "https://borgo.example/tavoli/T")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert str(Calendar.from_ical(raw).walk("VEVENT")[0]["SUMMARY"]) == meeting.title


def test_an_empty_list_says_how_meetings_come(cast):
    assert "Nessun tavolo qui" in of(cast.anna).get(reverse("meetings")).content.decode()


def test_fifty_meetings_and_fifty_items_cost_as_much_as_one(cast, anna, plan, casa):
    client = of(cast.anna)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def fill(row, count):
        cases = [case_of(anna, report_in(cast.crocetta, title=f"Caso {number}")) for number in range(count)]
        new = [actions.NewItem(case=one) for one in cases]
        return actions.add_items(by=anna, meeting=row, new=new)

    def written(row):
        actions.hold(by=anna, meeting=row)
        for item in queries.items_of(anna, row):
            actions.write_item(
                by=anna, item=item, minutes=actions.ItemMinutes("x", ["uno", "due"]), seen_version=None
            )
            for owner in ({"user": cast.anna}, {"body": casa}):
                actions.add_action(by=anna, item=item, new=actions.NewAction("x", clock.today(), **owner))

    first = actions.plan(by=anna, new=plan())
    fill(first, 1)
    few = {
        name: cost(address)
        for name, address in (("list", reverse("meetings")), ("page", at("meeting", first)))
    }
    few["agenda"] = cost(at("meeting_agenda", first))
    written(first)
    few["minutes"] = cost(at("meeting_minutes", first))
    few["panel"] = cost(reverse("meetings_on_case", args=[first.items.get().case.reference]))
    many = actions.plan(by=anna, new=plan())
    case = fill(many, 12)[0].case
    for _number in range(49):
        row = actions.plan(by=anna, new=plan())
        actions.add_items(by=anna, meeting=row, new=[actions.NewItem(case=case)])
    more = {"list": cost(reverse("meetings")), "page": cost(at("meeting", many))}
    more["agenda"] = cost(at("meeting_agenda", many))
    written(many)
    more["minutes"] = cost(at("meeting_minutes", many))
    more["panel"] = cost(reverse("meetings_on_case", args=[case.reference]))
    assert more == few
