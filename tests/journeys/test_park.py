"""A park that keeps coming back, thought through with the SARA sheet, from twenty reports to the report that asks to open it again.

Ada imports the old register, Elena and Omar report from their phones, Anna follows on the street, Carla coordinates at a
desk; the housing company has an account and declines, the parish has only an e-mail and accepts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, Opener, Travel
from tests.journeys.steps import (
    looked_at,
    mailed_to,
    none_of,
    press,
    read_the_notice,
    signed_in,
    words_of_pdf,
)
from vicinia.config.work import run_due
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.network import actions as network
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.domain.territory.models import Place
from vicinia.foundation.kernel import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE, THERE = (44.802, 10.608), (44.808, 10.602)
PARK, OTHER_PARK = "Parco dei Tigli", "Parco delle Rose"
SYRINGES, BOTTLES = "Siringhe vicino ai giochi", "Vetri rotti sull'erba"
MAPPING = """source = "vecchio-programma"
title = "{titolo}"
box = "any"
columns = { id = "numero", opened = "aperta", kind = "tipo", state = "stato", x = "lon", y = "lat", place_words = "luogo" }
states = { open = ["aperta"], answered = ["risposta"] }
[kinds]
map = { "Parchi" = "parchi" }
"""


def register(rows: Iterator[tuple[dt.date, tuple[float, float], str, str]], series: str) -> bytes:
    """Rows of the old program: a day, a point, a place in words, a state."""
    lines = ["numero,aperta,tipo,titolo,stato,lat,lon,luogo"]
    for number, (day, (lat, lon), place, state) in enumerate(rows):
        title = f"Bottiglie e rumore nel parco {series}{number}"
        lines.append(f"{series}{number},{day.isoformat()},Parchi,{title},{state},{lat},{lon},{place}")
    return "\n".join(lines).encode()


def every_three_days(since: dt.date, count: int, point: tuple[float, float], place: str, state: str) -> Any:
    return ((since + dt.timedelta(days=3 * number), point, place, state) for number in range(count))


@dataclass
class Story:
    """Who is at which screen, and the numbers they talk about."""

    cast: Cast
    travel: Travel
    ada: Page
    anna: Page
    carla: Page
    open_page: Opener
    elena: Page | None = None
    omar: Page | None = None
    paolo: Page | None = None
    case: str = ""

    def go(self, page: Page, where: str = "") -> None:
        """To the page of the case, or of something in it."""
        page.goto(f"/casi/{self.case}{where}")


@pytest.fixture
def story(place: Cast, open_page: Opener, travel: Travel, settings: Any, tmp_path: Path) -> Story:
    """Two parks, two bodies, the description of the old program's file; everybody at their screen on Monday morning."""
    settings.SECOND_FACTOR = False
    settings.HOME = tmp_path
    (tmp_path / "importazioni").mkdir()
    (tmp_path / "importazioni" / "vecchio.toml").write_text(MAPPING)
    kind("parchi", name="Degrado nei parchi", is_public=True)
    for code, name, (lat, lon) in (("tigli", PARK, HERE), ("rose", OTHER_PARK, THERE)):
        Place.objects.create(code=code, name=name, lat=lat, lon=lon, area=place.crocetta)
    by = place.actor(place.carla)
    housing = network.write_body(by=by, card=network.BodyCard(code="casa", name="Azienda casa"))
    network.write_person(by=by, body=housing, card=network.PersonCard(name="Paolo Neri", user=place.paolo))
    card = network.BodyCard(code="parrocchia", name="Parrocchia", email="parrocchia@ente.example")
    network.write_body(by=by, card=card)
    return Story(
        cast=place,
        travel=travel,
        ada=signed_in(open_page, place.ada, **DESKTOP),
        anna=signed_in(open_page, place.anna),
        carla=signed_in(open_page, place.carla, **DESKTOP),
        open_page=open_page,
    )


def test_a_park_is_thought_through_and_looked_after(story: Story) -> None:
    ada_importa_il_vecchio_registro(story)
    elena_e_omar_segnalano(story)
    anna_unisce_i_doppioni_e_apre_il_caso(story)


# Twenty reports, one problem -----------------------------------------------------------------------------------------


def _import(page: Page, content: bytes, kept: int) -> None:
    file = {"name": "registro.csv", "mimeType": "text/csv", "buffer": content}
    page.goto("/importazioni")
    for label in ("Prova il file", "Importa"):
        page.locator("[name=file]").set_input_files([file])  # type: ignore[list-item]
        if label == "Importa":
            expect(page.get_by_text("non abbiamo ancora scritto niente")).to_be_visible()
            looked_at(page, "1366-parco-importa")
        press(page, label)
    expect(page.get_by_text(f"Importate {kept} segnalazioni.").first).to_be_visible()


def ada_importa_il_vecchio_registro(story: Story) -> None:
    """Last spring's reports, of the park and of another one: eighteen were never answered."""
    spring = dt.date(2025, 4, 22)
    rows = [
        *every_three_days(spring, 18, HERE, PARK, "aperta"),
        *every_three_days(spring, 18, THERE, OTHER_PARK, "risposta"),
    ]
    _import(story.ada, register(iter(rows), "a"), 36)
    story.ada.goto("/in-arrivo")
    none_of(story.ada, "Bottiglie e rumore")


def _report(page: Page, title: str, place: str) -> None:
    read_the_notice(page)
    page.get_by_role("combobox", name="Cerca un luogo").press_sequentially(place[:9].lower())
    page.get_by_role("option", name=place).click()
    page.get_by_label("Tipo di disservizio").select_option(label="Degrado nei parchi")
    page.get_by_label("Titolo").fill(title)
    page.get_by_label("Dettagli").fill("Ogni mattina, da mesi. I bambini giocano lì.")


def _send(page: Page) -> None:
    page.get_by_role("button", name="Avanti").last.click()
    looked_at(page, "390-parco-riepilogo")
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_role("heading", name="Segnalazione inviata")).to_be_visible()
    page.locator(".private-link a").click()


def elena_e_omar_segnalano(story: Story) -> None:
    elena = story.elena = story.open_page("/segnala")
    _report(elena, SYRINGES, PARK)
    elena.get_by_label("Sì, così potete cercarmi").check()
    elena.get_by_label("Nome e cognome").fill("Elena Gatti")
    elena.get_by_label("E-mail", exact=True).fill("elena@posta.example")
    elena.get_by_label("Telefono", exact=True).fill("059 333444")
    _send(elena)
    omar = story.omar = story.open_page("/segnala")
    _report(omar, BOTTLES, PARK)
    omar.get_by_label("No, resto anonimo").check()
    _send(omar)
    expect(omar.get_by_text("Non hai lasciato contatti")).to_be_visible()
    none_of(omar, "Elena", SYRINGES)


def anna_unisce_i_doppioni_e_apre_il_caso(story: Story) -> None:
    page = story.anna
    page.goto("/in-arrivo?vista=tutte")
    page.get_by_role("link", name=BOTTLES).click()
    elenas = Report.objects.get(title=SYRINGES).reference
    page.locator("#simili").get_by_role("link", name=f"Unisci {elenas}").click()
    page.get_by_label("Perché sono la stessa cosa").fill("stesso prato, stessa mattina")
    press(page, "Unisci a un'altra")
    assert story.omar is not None
    story.omar.reload()
    expect(story.omar.locator(".next-words")).to_contain_text("unita a un'altra")
    none_of(story.omar, "Elena", SYRINGES, elenas)

    page.goto(f"/in-arrivo/{elenas}")
    press(page, "Apri un caso")
    page.get_by_label("Titolo").fill(PARK)
    page.get_by_label("Che caso è").select_option(label="Problema di un luogo")
    press(page, "Salva")
    expect(page.get_by_text("Referente: Anna Ferri")).to_be_visible()
    story.case = Case.objects.get().reference
    page.get_by_role("link", name="collega le segnalazioni vicine").click()
    looked_at(page, "390-parco-vicine")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Perché è lo stesso problema").fill("stesso parco")
    press(page, "Salva")
    expect(page.get_by_text("Segnalazioni collegate.")).to_be_visible()
    assert Case.objects.get().report_links.count() == 19
    looked_at(page, "390-parco-caso")
