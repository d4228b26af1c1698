"""The social help desk: a resident books alone, somebody waits with a number, the laboratory notes it in one tap."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener
from tests.journeys.steps import press, signed_in, well_made, words_of_pdf
from vicinia.domain.helpdesk import actions
from vicinia.domain.helpdesk.models import Appointment, HelpContact, HelpPoint

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def point(place: Cast) -> HelpPoint:
    """A help desk that is open all day long."""
    by = place.actor(place.lucia)
    details = actions.PointDetails("Sportello sociale", "Via Roma 1", phone="0131 555 010")
    row = actions.add_point(by=by, code="sportello", details=details)
    for weekday in range(7):
        hours = actions.Hours(weekday, dt.time(0, 5), dt.time(23, 50))
        actions.add_hours(by=by, point=row, hours=hours)
    return row


@pytest.mark.parametrize("size", SIZES)
def test_a_resident_books_alone(place: Cast, point: HelpPoint, open_page: Opener, size: str) -> None:
    maria = open_page("/sportello", **{**SIZES[size], "java_script_enabled": False})
    well_made(maria, f"sportello-{size}")
    press(maria, "Prenota un appuntamento")
    well_made(maria, f"sportello-prenota-{size}")
    maria.get_by_label("Quando").select_option(index=30)
    maria.get_by_label("Come ti chiami?").fill("Maria Bassi")
    maria.get_by_label("E-mail", exact=True).fill("maria@posta.example")
    press(maria, "Prenota")
    expect(maria.get_by_role("heading", name="Il tuo appuntamento")).to_be_visible()
    well_made(maria, f"appuntamento-{size}")
    row = Appointment.objects.get()
    expect(maria.get_by_text(row.code)).to_be_visible()
    assert row.code in words_of_pdf(maria, f"{maria.url}/promemoria.pdf")
    press(maria, "Sposta")
    well_made(maria, f"appuntamento-sposta-{size}")
    maria.get_by_label("Quando").select_option(index=40)
    press(maria, "Sposta")
    expect(maria.get_by_text("Spostato.")).to_be_visible()
    press(maria, "Non posso venire")
    press(maria, "Annulla l'appuntamento")
    expect(maria.get_by_text("Annullato.")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_laboratory_keeps_the_desk(place: Cast, point: HelpPoint, open_page: Opener, size: str) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio/sportello")
    well_made(lucia, f"sportello-desk-{size}")
    lucia.get_by_label("In una riga").fill("Bonus affitto")
    lucia.get_by_role("button", name="Orientamento").click()
    expect(lucia.get_by_text("Segnato: orientamento.")).to_be_visible()
    assert HelpContact.objects.get().words == "Bonus affitto"

    # Without a network nothing that was typed is lost, and it leaves by itself.
    lucia.get_by_label("In una riga").fill("Ascensore fermo")
    lucia.context.set_offline(True)
    lucia.get_by_role("button", name="Segnalazione di un problema").click()
    expect(lucia.get_by_text("Non c'è rete.")).to_be_visible()
    expect(lucia.get_by_label("In una riga")).to_have_value("Ascensore fermo")
    lucia.context.set_offline(False)
    expect(lucia.get_by_text("Segnato: segnalazione di un problema.")).to_be_visible(timeout=20_000)
    assert HelpContact.objects.count() == 2

    lucia.goto("/laboratorio/sportello/coda/sportello")
    press(lucia, "Dai il numero")
    lucia.get_by_label("Il tuo tavolo").fill("2")
    press(lucia, "Chiama il 1")
    well_made(lucia, f"sportello-coda-{size}")
    screen = open_page("/sportello/sportello/coda", **SIZES[size])
    expect(screen.get_by_text("tavolo 2")).to_be_visible()
    well_made(screen, f"sportello-schermo-{size}")

    for page in ("contatti", "conteggi", "pratiche", "orari", "orari/sportello", "agenda/sportello"):
        lucia.goto(f"/laboratorio/sportello/{page}")
        well_made(lucia, f"sportello-{page.replace('/', '-')}-{size}")
    lucia.goto("/laboratorio/sportello/contatti")
    lucia.get_by_role("link", name="Bonus affitto").click()
    press(lucia, "Apri una pratica")
    lucia.get_by_label("Che cosa serve").fill("Va accompagnata al CAF.")
    press(lucia, "Apri la pratica")
    well_made(lucia, f"sportello-pratica-{size}")
    lucia.get_by_label("Che cosa è successo").fill("Ha portato il modulo.")
    press(lucia, "Scrivi")
    expect(lucia.get_by_text("Ha portato il modulo.")).to_be_visible()
