"""The laboratory writes down a house and who lives behind its doors: in a browser, on a phone and at a desk, with axe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener
from tests.journeys.steps import press, signed_in, well_made
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Building, Dwelling

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.mark.parametrize("size", list(SIZES))
def test_the_laboratory_writes_a_house_and_who_lives_in_it(
    place: Cast, open_page: Opener, size: str, tmp_path: Path
) -> None:
    page = signed_in(open_page, place.lucia, **SIZES[size])
    page.goto("/edifici")
    well_made(page, f"edifici-nessuno-{size}")
    page.get_by_role("link", name="Nuovo edificio").click()
    page.get_by_label(re.compile("^Nome")).fill("Case bianche")
    page.get_by_role("combobox", name="Indirizzo o luogo").fill("via dei mille 12")
    page.get_by_label("Chi lo gestisce").fill("ALER")
    page.keyboard.press("Escape")
    well_made(page, f"edificio-nuovo-{size}")
    press(page, "Salva")
    page.get_by_role("link", name="Aggiungi una scala").click()
    page.get_by_label("Nome della scala").fill("A")
    page.get_by_label("Ha l'ascensore").select_option("no")
    press(page, "Salva")
    well_made(page, f"edificio-{size}")
    page.get_by_role("link", name="Scala A", exact=True).click()
    page.get_by_role("link", name="Aggiungi alloggi").click()
    page.get_by_label("Piano", exact=True).fill("2")
    page.get_by_label(re.compile("^Porte")).fill("int. 3, int. 4")
    press(page, "Salva")
    expect(page.get_by_text("int. 4").first).to_be_visible()
    well_made(page, f"scala-{size}")
    page.goto(f"/edifici/{Building.objects.get().code}")
    page.get_by_role("link", name="Vedi scala per scala").click()
    page.get_by_role("link", name=re.compile(r"Aggiungi chi ci abita.*int\. 3")).click()
    page.get_by_label("arabo", exact=True).check()
    page.get_by_label("Quante persone, se lo sai").fill("4")
    well_made(page, f"nucleo-nuovo-{size}")
    press(page, "Salva")
    well_made(page, f"chi-abita-{size}")
    household = Household.objects.get()
    page.get_by_role("link", name=household.label).click()
    page.get_by_role("link", name="Aggiungi una persona").click()
    page.get_by_label("Nome e cognome").fill("Samira Benali")
    page.get_by_label("Chi è nel nucleo").select_option("reference")
    well_made(page, f"persona-nel-nucleo-{size}")
    press(page, "Salva")
    expect(page.get_by_text("S. B.").first).to_be_visible()
    assert "Benali" not in page.content()
    well_made(page, f"nucleo-{size}")
    press(page, "Mostra i nomi")
    expect(page.get_by_text("Samira Benali").first).to_be_visible()
    well_made(page, f"nucleo-nomi-{size}")
    page.goto("/nuclei")
    well_made(page, f"nuclei-{size}")
    _take_in_a_file(page, tmp_path, size)


def _take_in_a_file(page: Page, folder: Path, size: str) -> None:
    file = folder / "aler.csv"
    file.write_text("Fabbricato;Scala;Porta\nX1;A;int. 1\nX1;A;int. 1\n")
    page.goto("/edificio/importa")
    page.get_by_label("File CSV").set_input_files(file)
    press(page, "Prova il file")
    page.get_by_label("Edificio", exact=True).select_option("Fabbricato")
    well_made(page, f"importa-colonne-{size}")
    page.get_by_label("File CSV").set_input_files(file)
    press(page, "Prova il file")
    expect(page.get_by_text("Prova: non abbiamo ancora scritto niente")).to_be_visible()
    well_made(page, f"importa-prova-{size}")
    page.get_by_label("File CSV").set_input_files(file)
    press(page, "Importa")
    expect(page.get_by_text("File importato.")).to_be_visible()
    assert Dwelling.objects.filter(building__code="X1").count() == 1
