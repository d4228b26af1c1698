"""The scripts, in a real browser, on the catalogue; and its accessibility on both faces and sizes."""

import io
import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect, sync_playwright

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("VICINIA_CHROMIUM", "/usr/bin/chromium")
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1366, "height": 900}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def browser():
    # Playwright runs an event loop in this thread, which Django would take for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser, live_server, settings):
    settings.DEMO = True
    context = browser.new_context(locale="it-IT", viewport=SIZES["phone"], base_url=live_server.url)
    opened = context.new_page()
    blocked = []
    opened.on("console", lambda said: blocked.append(said.text) if "Content Security" in said.text else None)
    opened.on("pageerror", lambda error: blocked.append(str(error)))
    yield opened
    assert blocked == []
    context.close()


def test_suggestions_are_chosen_by_keyboard(page):
    page.goto("/catalogo/portale")
    place = page.get_by_label("Dove succede")
    place.press_sequentially("via")
    expect(page.locator(".combo-list li")).to_have_count(3)
    expect(place).to_have_attribute("aria-expanded", "true")
    place.press("ArrowDown")
    place.press("ArrowDown")
    place.press("Enter")
    expect(place).to_have_value("Via del Forno")
    expect(page.locator(".combo-list")).to_be_hidden()


def test_suggestions_close_with_escape_and_keep_the_words(page):
    page.goto("/catalogo/portale")
    place = page.get_by_label("Dove succede")
    place.press_sequentially("via")
    expect(page.locator(".combo-list li")).to_have_count(3)
    place.press("Escape")
    expect(place).to_have_value("via")
    expect(place).to_have_attribute("aria-expanded", "false")


def test_a_draft_comes_back_and_can_be_forgotten(page):
    page.goto("/catalogo/portale")
    page.locator("[data-draft] [name=details]").fill("Musica fino alle due.")
    page.locator("[data-draft] [name=contact][value=email]").check()
    page.reload()
    expect(page.locator("[data-draft] [name=details]")).to_have_value("Musica fino alle due.")
    expect(page.locator("[data-draft] [name=contact][value=email]")).to_be_checked()
    page.get_by_role("button", name="Ricomincia da capo").click()
    page.reload()
    expect(page.locator("[data-draft] [name=details]")).to_have_value("")


def test_photos_are_scaled_shown_and_removable(page):
    page.goto("/catalogo/portale")
    large = io.BytesIO()
    Image.new("RGB", (4000, 3000), "green").save(large, "JPEG")
    photo = {"name": "cortile.jpg", "mimeType": "image/jpeg", "buffer": large.getvalue()}
    field = page.locator("input[data-photos]")
    field.set_input_files(photo)
    expect(page.get_by_text("1 foto pronta")).to_be_visible()
    width = field.evaluate("input => createImageBitmap(input.files[0]).then(picture => picture.width)")
    assert width == 2048
    page.get_by_role("button", name="Togli cortile.jpg").click()
    assert field.evaluate("input => input.files.length") == 0


def test_a_point_is_chosen_on_the_map_by_keyboard(page):
    page.goto("/catalogo/portale")
    chosen = page.get_by_role("region", name="Scegli il punto sulla mappa")
    chosen.scroll_into_view_if_needed()
    expect(chosen.locator(".leaflet-control-zoom")).to_be_visible()
    chosen.focus()
    chosen.press("Enter")
    expect(page.get_by_label("Latitudine")).to_have_value("44.652800")
    expect(page.get_by_text("Punto scelto sulla mappa.")).to_have_count(1)


def test_points_that_touch_are_one_with_their_number(page):
    page.goto("/catalogo/portale")
    page.get_by_role("region", name="Mappa delle segnalazioni").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="2 punti vicini, ingrandisci per vederli")).to_be_visible()
    expect(page.get_by_role("button", name="Rifiuti in piazza Liberazione")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/catalogo", "/catalogo/portale", "/catalogo/rifiuta", "/non-esiste"])
def test_everyone_can_use_the_components(browser, live_server, settings, path, size):
    settings.DEMO = True
    # axe injects its script, which the page's own policy rightly refuses.
    context = browser.new_context(
        locale="it-IT", viewport=SIZES[size], base_url=live_server.url, bypass_csp=True
    )
    page = context.new_page()
    page.goto(path, wait_until="networkidle")
    wrong = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in wrong] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
