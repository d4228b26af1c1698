"""Ada changes the words of a paper: a slip is explained, the page and the PDF are tried, versions come back; with axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, SIZES, Opener
from tests.journeys.steps import press, signed_in, well_made
from vicinia.foundation.documents import actions, queries

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]
KEY = "reviews.acknowledgement"
NEW = "# Riesame {{ reference }}\n\nGrazie di averlo chiesto. Rispondiamo entro il {{ threshold_by }}; ci vediamo entro il {{ meet_by }}.\n"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False])
def test_ada_changes_the_words_of_a_letter(place: Cast, open_page: Opener, size: str, scripts: bool) -> None:
    ada = signed_in(open_page, place.ada, **{**SIZES[size], "java_script_enabled": scripts})
    ada.goto("/testi")
    expect(ada.get_by_role("heading", name="Testi dei documenti")).to_be_visible()
    if scripts:
        well_made(ada, f"texts-{size}")
    row = ada.get_by_role("listitem").filter(
        has=ada.get_by_role("heading", name="Riesame: conferma della richiesta")
    )
    row.get_by_role("link", name="italiano").click()
    expect(ada.get_by_text("In uso il testo di partenza")).to_be_visible()

    ada.get_by_role("textbox", name="Testo").fill("# Riesame\n\n{{ scadenza }}\n")
    press(ada, "Metti in uso")
    expect(ada.get_by_text("«scadenza» non è una parola di questo documento").first).to_be_visible()
    expect(ada.get_by_role("textbox", name="Testo")).to_have_value("# Riesame\n\n{{ scadenza }}\n")
    if scripts:
        well_made(ada, f"text-refused-{size}")

    ada.get_by_role("textbox", name="Testo").fill(NEW)
    press(ada, "Guarda com'è")
    expect(ada.get_by_text("Rispondiamo entro il 11 maggio 2026")).to_be_visible()
    assert queries.text_of(KEY, "it").version == 0

    ada.get_by_label("Che cosa cambia").fill("più breve")
    press(ada, "Metti in uso")
    expect(ada.get_by_text("Da adesso i documenti escono con questo testo")).to_be_visible()
    expect(ada.get_by_text("In uso la versione 1 del Comune")).to_be_visible()
    if scripts:
        well_made(ada, f"text-{size}")
    assert queries.text_of(KEY, "it").source == NEW


def test_a_word_is_put_where_the_cursor_stands(place: Cast, open_page: Opener) -> None:
    ada = signed_in(open_page, place.ada, **DESKTOP)
    ada.goto(f"/testi/{KEY}/it")
    ada.get_by_role("textbox", name="Testo").fill("")
    ada.get_by_role("button", name="Inserisci: {{ chair }}").click()
    expect(ada.get_by_role("textbox", name="Testo")).to_have_value("{{ chair }}")


@pytest.mark.parametrize("size", SIZES)
def test_ada_restores_a_version_and_goes_back_to_ours(place: Cast, open_page: Opener, size: str) -> None:
    by = place.actor(place.ada)
    for source in (NEW, NEW.replace("Grazie di averlo chiesto. ", "")):
        actions.publish(by=by, text=actions.save_draft(by=by, key=KEY, language="it", source=source))
    ada = signed_in(open_page, place.ada, **SIZES[size])
    ada.goto(f"/testi/{KEY}/it")
    ada.get_by_role("link", name="Versione 1").click()
    well_made(ada, f"text-version-{size}")
    press(ada, "Rimetti in uso")
    expect(ada.get_by_text("La versione 1 è di nuovo in uso")).to_be_visible()
    assert queries.text_of(KEY, "it").source == NEW
    ada.get_by_role("link", name="Torna al testo di partenza").click()
    well_made(ada, f"text-withdraw-{size}")
    press(ada, "Torna al testo di partenza")
    expect(ada.get_by_text("È di nuovo in uso il testo di partenza")).to_be_visible()
    assert queries.text_of(KEY, "it").version == 0


@pytest.mark.parametrize("size", SIZES)
def test_a_text_in_arabic_is_written_from_the_right(place: Cast, open_page: Opener, size: str) -> None:
    ada = signed_in(open_page, place.ada, **SIZES[size])
    ada.goto(f"/testi/{KEY}/ar")
    expect(ada.get_by_text("Traduzione non ancora riletta")).to_be_visible()
    expect(ada.get_by_role("textbox", name="Testo")).to_have_attribute("dir", "rtl")
    well_made(ada, f"text-arabic-{size}")
    with ada.context.expect_page() as opened:
        press(ada, "Prova in PDF")
    assert opened.value is not None
    ada.get_by_label("Qualcuno che parla questa lingua ha riletto il testo").check()
    press(ada, "Metti in uso")
    expect(ada.get_by_text("In uso la versione 1 del Comune")).to_be_visible()
    assert queries.text_of(KEY, "ar").is_reviewed
