"""The pages of the help desk at the laboratory, and who opens them."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from vicinia.domain.helpdesk import actions, queries
from vicinia.domain.helpdesk.models import Appointment, HelpContact, HelpFile, HelpPoint, Ticket
from vicinia.domain.helpdesk.tests.conftest import at
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.models import User
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
STRANGERS = ("marco", "paolo", "vera", "dario", "ada")
QUICK = {
    "kind": "information", "topic": "rent", "minutes": "10", "channel": "desk", "language": "ar", "once": "a"
}  # fmt: skip


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(answer) -> str:
    return answer.content.decode()


def test_a_contact_is_noted_with_one_tap(cast):
    lucia = of(cast.lucia)
    assert "Segna un contatto" in words(lucia.get(reverse("helpdesk")))
    answer = lucia.post(reverse("help_contact_new"), QUICK | {"words": "Bonus affitto"})
    assert answer.url == reverse("helpdesk")
    lucia.post(reverse("help_contact_new"), QUICK | {"words": "Bonus affitto"})
    row = HelpContact.objects.get()
    assert (row.kind, row.topic, row.minutes, row.language) == ("information", "rent", 10, "ar")
    # the next one starts from there
    assert '<option value="rent" selected>' in words(lucia.get(reverse("help_contact_new")))
    assert "Bonus affitto" in words(lucia.get(reverse("help_contacts")))
    assert "Bonus affitto" in words(
        lucia.get(reverse("help_contacts"), {"tipo": "information", "canale": "desk"})
    )
    assert "Nessun contatto qui" in words(lucia.get(reverse("help_contacts"), {"tipo": "report"}))


def test_what_was_typed_is_kept_when_something_is_wrong(cast):
    lucia = of(cast.lucia)
    wrong = QUICK | {"words": "Bonus affitto", "phone": "12"}
    answer = lucia.post(reverse("help_contact_new"), wrong)
    assert (
        answer.status_code == 422
        and "Bonus affitto" in words(answer)
        and "non sembra completo" in words(answer)
    )
    named = lucia.post(reverse("help_contact_new"), QUICK | {"name": "Maria Bassi", "once": "b"})
    assert named.status_code == 303 and HelpContact.objects.get().person is not None
    other = of(cast.carla).post(reverse("help_contact_new"), QUICK | {"once": "b"})
    assert other.status_code == 403


def test_a_contact_is_corrected_struck_and_counted(cast, note):
    lucia, row = of(cast.lucia), note(words="Bonus", details=PersonDetails(name="Maria Bassi"))
    page = words(lucia.get(reverse("help_contact", args=[row.pk])))
    assert "Bonus" in page and row.person.reference in page and "Maria" not in page
    url = reverse("help_contact_correct", args=[row.pk])
    assert lucia.get(url).status_code == 200
    right = {"kind": "report", "topic": "repairs", "channel": "phone", "day": "2026-05-04", "minutes": "7"}
    right |= {"language": "it", "words": "Ascensore", "seen_version": "1"}
    assert lucia.post(url, right).status_code == 303
    assert lucia.post(url, right).status_code == 409
    page = words(lucia.get(reverse("help_counts")))
    assert "1 contatto." in page and "Guasti e manutenzione" in page
    csv = b"".join(lucia.get(reverse("help_counts_csv"), {"dal": "2026-05-01", "al": "2026-05-31"})).decode()
    assert "guasti e manutenzione;1;7" in csv
    strike = reverse("help_contact_strike", args=[row.pk])
    assert lucia.get(strike).status_code == 200
    lucia.post(strike, {"reason": "doppio"})
    assert "Nessun contatto" in words(lucia.get(reverse("help_counts")))
    assert "doppio" in words(lucia.get(reverse("help_contact", args=[row.pk])))
    assert lucia.get(strike).status_code == 409


def test_a_day_at_the_agenda(cast, point):
    lucia = of(cast.lucia)
    new = reverse("appointment_new", args=["sportello"])
    assert lucia.get(new).status_code == 200
    given = {"starts_at": "2026-05-04T09:00", "booked_from": "phone", "kind": "information", "topic": "rent"}
    given |= {
        "name": "Maria Bassi",
        "contact": "phone",
        "phone": "0131 555010",
        "language": "it",
        "once": "a",
    }
    assert lucia.post(new, given | {"phone": ""}).status_code == 422
    made = lucia.post(new, given)
    row = Appointment.objects.get()
    assert made.url == reverse("appointment", args=[row.reference])
    assert lucia.post(new, given | {"once": "b"}).status_code == 422
    agenda = words(lucia.get(reverse("help_agenda", args=["sportello"])))
    assert "M. B." in agenda and "Maria" not in agenda
    assert "Nessun appuntamento" in words(
        lucia.get(reverse("help_agenda", args=["sportello"]), {"giorno": "2026-05-05"})
    )
    assert lucia.get(reverse("help_agenda", args=["sportello"]), {"giorno": "2026-99-99"}).status_code == 200
    assert "Maria Bassi" in words(lucia.get(made.url))
    assert Sight.objects.get().purpose == "appuntamento allo sportello"
    mark = lambda what: reverse("appointment_mark", args=[row.reference, what])  # noqa: E731
    assert lucia.post(mark("altro")).status_code == 404
    lucia.post(mark("arrivato"))
    assert "è arrivato" in words(lucia.get(reverse("helpdesk")))
    quick = lucia.get(reverse("help_contact_new"), {"appuntamento": row.reference})
    assert f'value="{row.reference}"' in words(quick)
    done = lucia.post(
        reverse("help_contact_new"), QUICK | {"appointment": row.reference, "point": "sportello"}
    )
    contact = HelpContact.objects.get()
    assert done.url == reverse("help_contact", args=[contact.pk])
    row.refresh_from_db()
    assert row.state == "done" and contact.point == point


def test_an_appointment_is_moved_printed_and_called_off(cast, book):
    lucia, row = of(cast.lucia), book(contact="phone", contact_value="+390131555010").row
    move = reverse("appointment_move", args=[row.reference])
    assert lucia.get(move).status_code == 200
    values = {"starts_at": "2026-05-05T15:00", "seen_version": row.version}
    assert lucia.post(move, values).status_code == 303
    assert lucia.post(move, values).status_code == 409
    assert "L&#x27;appuntamento è spostato" in words(lucia.get(reverse("helpdesk")))
    lucia.post(reverse("appointment_called", args=[row.reference]))
    slip = lucia.post(reverse("appointment_slip", args=[row.reference]))
    text = "".join(page.extract_text() for page in PdfReader(_file(slip)).pages)
    assert row.code in text and "15:00" in text and "Maria" not in text
    cancel = reverse("appointment_cancel", args=[row.reference])
    assert "Annulli" in words(lucia.get(cancel))
    assert lucia.post(cancel).status_code == 303 and lucia.post(cancel).status_code == 409


def _file(answer):
    return BytesIO(answer.content)


def test_the_queue_by_taps(cast, point):
    lucia = of(cast.lucia)
    for language in ("ar", "nonsense"):
        lucia.post(reverse("ticket_take", args=["sportello"]), {"language": language, "once": language})
    assert [row.language for row in Ticket.objects.order_by("number")] == ["ar", "it"]
    lucia.post(reverse("ticket_next", args=["sportello"]), {"table": "2"})
    page = words(lucia.get(reverse("help_queue", args=["sportello"])))
    assert "tavolo 2" in page and "Chiama il 2" in page
    first = Ticket.objects.get(number=1)
    turn = lambda what: reverse("ticket_turn", args=[first.pk, what])  # noqa: E731
    assert lucia.post(turn("altro")).status_code == 404
    lucia.post(turn("rimetti"))
    lucia.post(turn("chiama"))
    assert Ticket.objects.get(number=1).table == "2"
    quick = lucia.get(reverse("help_contact_new"), {"numero": first.pk})
    assert '<option value="ar" selected>' in words(quick)
    after = lucia.post(reverse("help_contact_new"), QUICK | {"ticket": first.pk, "point": "sportello"})
    assert after.url == reverse("help_queue", args=["sportello"])
    assert Ticket.objects.get(number=1).state == "served"
    anna = of(cast.anna)
    assert anna.get(reverse("help_queue", args=["sportello"])).status_code == 200
    assert anna.post(reverse("ticket_next", args=["sportello"])).status_code == 403


def test_a_file_by_pages(cast, note):
    lucia, contact = of(cast.lucia), note(words="Bonus affitto", topic="rent")
    new = reverse("help_file_new")
    assert "Bonus affitto" in words(lucia.get(new, {"contatto": contact.pk}))
    given = {"title": "Bonus affitto", "words": "Va accompagnata", "kind": "accompaniment", "topic": "rent"}
    given |= {"language": "it", "name": "Maria Bassi"}
    assert lucia.post(new, given | {"title": ""}).status_code == 422
    made = lucia.post(f"{new}?contatto={contact.pk}", given)
    row = HelpFile.objects.get()
    go = lambda name, *more: reverse(f"help_file{name}", args=[row.reference, *more])  # noqa: E731
    assert made.url == go("") and row.contacts.get() == contact
    assert "Bonus affitto" in words(lucia.get(reverse("help_files"), {"mie": "1"}))
    assert "Nessuna pratica qui" in words(lucia.get(reverse("help_files"), {"stato": "closed"}))
    assert lucia.get(go("_change")).status_code == 200
    assert lucia.post(go("_change"), given | {"seen_version": "99"}).status_code == 409
    lucia.post(go("_change"), given | {"words": "Va accompagnata al CAF", "seen_version": row.version})
    assert lucia.get(go("_note")).status_code == 200
    lucia.post(go("_note"), {"words": "Ha portato il modulo", "photos": upload(phone_photo())})
    page = words(lucia.get(go("")))
    assert "Ha portato il modulo" in page and "al CAF" in page and "Maria" not in page
    (kept,) = attachments.of(row)
    assert lucia.get(go("_attachment", kept.name)).status_code == 200
    assert of(cast.anna).get(go("_attachment", kept.name)).status_code == 404
    quick = lucia.post(reverse("help_contact_new"), QUICK | {"file": row.reference})
    assert quick.url == go("") and row.contacts.count() == 2
    assert f'value="{row.reference}"' in words(
        lucia.get(reverse("help_contact_new"), {"pratica": row.reference})
    )
    assert lucia.get(go("_step")).status_code == 200
    row.refresh_from_db()
    waits = {"state": "waiting", "words": "Il CAF", "next_on": "2026-05-20", "seen_version": row.version}
    assert lucia.post(go("_step"), waits | {"words": ""}).status_code == 409
    assert lucia.post(go("_step"), waits).status_code == 303
    assert lucia.post(go("_step"), waits).status_code in (409, 422)
    assert lucia.get(go("_hand")).status_code == 200
    lucia.post(go("_hand"), {"owner": cast.anna.pk})
    anna = of(cast.anna)
    assert "Bonus affitto" in words(anna.get(go(""))) and anna.get(reverse("help_files")).status_code == 200


@pytest.mark.parametrize("becomes", ["report", "case"])
def test_a_file_becomes_a_report_or_a_case(cast, file, becomes):
    lucia, category = of(cast.lucia), kind()
    url = reverse(f"help_file_{becomes}", args=[file.reference])
    assert lucia.get(url).status_code == 200
    assert lucia.post(url, {"kind": ""}).status_code == 422
    given = {"kind": category.pk, "place_words": "dietro la scuola", "area": cast.crocetta.pk}
    assert lucia.post(url, given).status_code == 303
    file.refresh_from_db()
    assert file.report.area == cast.crocetta
    page = words(lucia.get(reverse("help_file", args=[file.reference])))
    assert file.report.reference in page and (becomes == "report" or file.case.reference in page)
    assert lucia.get(url).status_code == 409


def test_hours_by_pages(cast):
    lucia = of(cast.lucia)
    assert "Nessuno sportello" in words(lucia.get(reverse("help_points")))
    new = reverse("help_point_new")
    assert lucia.get(new).status_code == 200
    given = {"name": "Sportello sociale", "address": "Via Roma 1", "slot_minutes": "20", "seats": "1"}
    given |= {"days_ahead": "30", "notice_hours": "2", "is_active": "on", "languages": ["ar"]}
    made = lucia.post(new, given)
    assert made.url == reverse("help_point", args=["sportello-sociale"])
    lucia.post(new, given)
    assert set(HelpPoint.objects.values_list("code", flat=True)) == {
        "sportello-sociale",
        "sportello-sociale-2",
    }
    go = lambda name, *more: reverse(name, args=["sportello-sociale", *more])  # noqa: E731
    assert lucia.get(go("help_point_change")).status_code == 200
    assert lucia.post(go("help_point_change"), given | {"seen_version": "9"}).status_code == 409
    lucia.post(go("help_point_change"), given | {"address": "Via Roma 2", "seen_version": "1"})
    hours = {"weekday": "0", "from_time": "09:00", "to_time": "11:00", "takes": "both"}
    assert lucia.get(go("help_hours_new")).status_code == 200
    lucia.post(go("help_hours_new"), hours)
    assert lucia.post(go("help_hours_new"), hours).status_code == 409
    assert lucia.get(go("help_day_set")).status_code == 200
    lucia.post(go("help_day_set"), {"day": "2026-05-11", "takes": "both", "reason": "Formazione"})
    page = words(lucia.get(go("help_point")))
    assert "Lunedì 9:00–11:00" in page and "Formazione" in page and "Via Roma 2" in page
    point = queries.public_point("sportello-sociale")
    lucia.post(go("help_day_drop", queries.special_days_of(point)[0].pk))
    lucia.post(go("help_hours_drop", queries.openings_of(point)[0].pk))
    assert not queries.openings_of(point) and not queries.special_days_of(point)


def test_strangers_open_nothing_and_operators_see_no_names(cast, point, book, file, note):
    row, contact = book().row, note(details=PersonDetails(name="Maria Bassi"))
    ticket = actions.take_number(by=cast.actor(cast.lucia), point=point)
    files = ("", *(f"_{one}" for one in ("change", "note", "step", "hand", "report", "case")))
    about = {
        **{f"help_contact{one}": [contact.pk] for one in ("", "_correct", "_strike")},
        **{name: ["sportello"] for name in ("help_agenda", "appointment_new", "help_queue", "help_point")},
        **{name: ["sportello"] for name in ("help_point_change", "help_hours_new", "help_day_set")},
        **{f"appointment{one}": [row.reference] for one in ("", "_move", "_cancel")},
        **{f"help_file{one}": [file.reference] for one in files},
        "help_of_person": [contact.person.reference],
    }
    posts = {
        "ticket_take": ["sportello"],
        "ticket_next": ["sportello"],
        "ticket_turn": [ticket.pk, "chiama"],
        "appointment_mark": [row.reference, "arrivato"],
        "appointment_called": [row.reference],
        "appointment_slip": [row.reference],
        "help_hours_drop": ["sportello", queries.openings_of(point)[0].pk],
        "help_day_drop": ["sportello", 1],
    }
    for who in STRANGERS:
        client = of(getattr(cast, who))
        for name, args in about.items():
            assert client.get(reverse(name, args=args)).status_code == 403, (who, name)
        for name, args in posts.items():
            assert client.post(reverse(name, args=args)).status_code == 403, (who, name)
    anna = of(cast.anna)
    for name, args in about.items():
        expected = (
            200 if name in ("help_queue", "help_point") else 404 if name.startswith("help_file") else 403
        )
        assert anna.get(reverse(name, args=args)).status_code == expected, name
    for name, args in posts.items():
        assert anna.post(reverse(name, args=args)).status_code == 403, name
    assert "Maria" not in words(anna.get(reverse("helpdesk")))


def test_the_panels_of_a_person_and_of_the_laboratory(cast, note, lucia):
    person = people.meet(by=lucia, details=PersonDetails(name="Maria Bassi"))
    client = of(cast.lucia)
    url = reverse("help_of_person", args=[person.reference])
    assert client.get(url).status_code in (200, 404)
    note(person=person, words="Bonus")
    actions.open_file(by=lucia, new=actions.NewFile("Trasloco", person=person), owner=cast.lucia)
    page = words(client.get(url))
    assert "Bonus" in page and "Trasloco" in page
    assert "1 aperta" in words(client.get(reverse("help_in_laboratory")))
    assert reverse("help_in_laboratory") in words(client.get(reverse("outreach")))


@pytest.mark.parametrize("name", ["helpdesk", "help_contacts", "help_files", "help_counts", "help_agenda"])
def test_lists_cost_the_same_with_one_and_many(cast, point, lucia, note, name):
    client = of(cast.lucia)
    url = reverse(name, args=["sportello"] if name == "help_agenda" else [])

    def one_more():
        note(words="Bonus", details=PersonDetails(name="Maria Bassi"), point=point)
        actions.open_file(by=lucia, new=actions.NewFile("Trasloco"), owner=cast.lucia)
        actions.take_number(by=lucia, point=point)
        with clock.at(at(8, 30)):
            free = [slot for slot in queries.slots_at_desk(point)[0].slots if slot.free]
            actions.book(by=lucia, point=point, new=actions.NewAppointment(free[0].starts_at))

    one_more()
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _time in range(6):
        one_more()
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few), [one["sql"] for one in many]
