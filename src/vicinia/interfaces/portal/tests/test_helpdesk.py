"""The help desk for residents: without account, without JavaScript."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import Cast
from vicinia.domain.helpdesk import actions
from vicinia.domain.helpdesk.models import Appointment, HelpPoint
from vicinia.foundation.kernel import clock
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
MONDAY = clock.start_of(dt.date(2026, 5, 4)) + dt.timedelta(hours=8, minutes=30)
GIVEN = {
    "starts_at": "2026-05-05T09:00", "kind": "information", "topic": "rent", "words": "Bonus", "name": "Maria Bassi",
    "contact": "email", "email": "maria@posta.example", "language": "en", "once": "a",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def point(cast: Cast) -> HelpPoint:
    lucia = cast.actor(cast.lucia)
    details = actions.PointDetails("Sportello sociale", "Via Roma 1", phone="0131 555 010", languages=["ar"])
    row = actions.add_point(by=lucia, code="sportello", details=details)
    for weekday in range(5):
        hours = actions.Hours(weekday, dt.time(9), dt.time(11))
        actions.add_hours(by=lucia, point=row, hours=hours)
    return row


def words(answer) -> str:
    return answer.content.decode()


def test_the_hours_are_for_everybody(client: Client, point, cast: Cast):
    assert client.get(reverse("public_help_points")).url == reverse("public_help_point", args=["sportello"])
    page = words(client.get(reverse("public_help_point", args=["sportello"])))
    assert all(
        one in page for one in ("Via Roma 1", "9:00–11:00", "Adesso è chiuso", "arabo", "0131 555 010")
    )
    with clock.at(MONDAY + dt.timedelta(hours=1)):
        assert "Adesso è aperto" in words(client.get(reverse("public_help_point", args=["sportello"])))
    lucia = cast.actor(cast.lucia)
    other = actions.PointDetails("Altro sportello", "Via Verdi 2")
    actions.add_point(by=lucia, code="altro", details=other)
    assert "Altro sportello" in words(client.get(reverse("public_help_points")))
    poster = client.get(reverse("help_point_poster", args=["sportello"]), {"lingua": "ar"})
    assert poster["Content-Type"] == "application/pdf"
    text = PdfReader(
        BytesIO(client.get(reverse("help_point_poster", args=["sportello"]), {"lingua": "x"}).content)
    )
    assert "9:00–11:00" in text.pages[0].extract_text()


def test_the_waiting_room_shows_numbers_only(client: Client, point, cast: Cast):
    lucia = cast.actor(cast.lucia)
    for _person in range(3):
        actions.take_number(by=lucia, point=point, language="ar")
    actions.call_next(by=lucia, point=point, table="2")
    answer = client.get(reverse("public_queue", args=["sportello"]))
    page = words(answer)
    assert "2 persone aspettano" in page and "tavolo 2" in page and answer["Cache-Control"] == "no-store"
    assert "arabo" not in page.split("<main")[1]


def test_one_books_looks_moves_and_calls_off(client: Client, point):
    book = reverse("appointment_book", args=["sportello"])
    assert "Scegli giorno e ora" in words(client.get(book))
    wrong = client.post(book, GIVEN | {"email": "maria"})
    assert wrong.status_code == 422 and "Bonus" in words(wrong)
    made = client.post(book, GIVEN)
    again = client.post(book, GIVEN)
    assert made.status_code == again.status_code == 302 and Appointment.objects.count() == 1
    taken = client.post(book, GIVEN | {"once": "b"})
    assert taken.status_code == 422 and "non è più libera" in words(taken) and "Bonus" in words(taken)
    row = Appointment.objects.get()
    page = client.get(made.url)
    assert (
        row.code in words(page)
        and "Maria" not in words(page)
        and page["Cache-Control"] == "private, no-store"
    )
    token = made.url.rsplit("/", 1)[-1]
    move = reverse("appointment_page_move", args=[token])
    assert client.get(move).status_code == 200
    assert client.post(move, {"starts_at": "2026-05-05T23:00"}).status_code == 422
    assert client.post(move, {"starts_at": "2026-05-05T10:00"}).url == made.url
    entry = client.get(reverse("appointment_page_calendar", args=[token]))
    assert "20260505T100000" in words(entry) and token not in words(entry) and "SEQUENCE:1" in words(entry)
    slip = client.get(reverse("appointment_page_paper", args=[token]))
    text = PdfReader(BytesIO(slip.content)).pages[0].extract_text()
    assert "Your appointment" in text and row.code in text
    cancel = reverse("appointment_page_cancel", args=[token])
    assert client.get(cancel).status_code == 200
    client.post(cancel)
    assert "annullato" in words(client.get(made.url))
    assert client.get(cancel).status_code == client.get(move).status_code == 409
    assert OutboxMessage.objects.filter(template="appointment").count() == 3
    assert "CANCELLED" in words(client.get(reverse("appointment_page_calendar", args=[token])))


def test_a_link_that_is_none_opens_nothing(client: Client, point):
    assert client.get(reverse("appointment_page", args=["x"])).status_code == 404
    for name in ("move", "cancel", "calendar", "paper"):
        assert client.get(reverse(f"appointment_page_{name}", args=["x"])).status_code == 404
    assert client.get(reverse("public_help_point", args=["x"])).status_code == 404


def test_without_a_free_time_one_is_told_where_to_go(client: Client, cast: Cast):
    lucia = cast.actor(cast.lucia)
    assert "Non c'è ancora uno sportello" in words(client.get(reverse("public_help_points")))
    details = actions.PointDetails("Sportello", "Via Roma 1")
    actions.add_point(by=lucia, code="sportello", details=details)
    assert "oppure chiamaci" in words(client.get(reverse("appointment_book", args=["sportello"])))
