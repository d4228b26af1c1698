"""Early warning in a browser: from an alert to a case and its measured effect, a search asked for now, the method told to everyone."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener
from tests.journeys.steps import looked_at, none_of, press, signed_in, well_made
from vicinia.domain.casework.models import Case
from vicinia.domain.foresight import jobs
from vicinia.domain.foresight.models import Alert, Run
from vicinia.domain.foresight.tests.factories import alert_in, background, burst
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.outcomes import actions as outcomes
from vicinia.domain.territory.queries import Location
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def alert(place: Cast) -> Alert:
    """Nine reports of noise in four days on one spot of Crocetta, found last night."""
    return alert_in(place.crocetta)


@pytest.mark.parametrize("size", SIZES)
def test_an_alert_becomes_a_problem_whose_effect_is_measured(
    place: Cast, alert: Alert, open_page: Opener, size: str
) -> None:
    page = signed_in(open_page, place.carla, **SIZES[size])
    page.goto("/allerte")
    well_made(page, f"allerte-{size}")
    page.locator("#rows .row-title").click()
    expect(page.get_by_text("9 segnalazioni (rumore) dove se ne attendevano 1,4").first).to_be_visible()
    expect(page.get_by_text("Nei 7 giorni dell'allerta: 9.").first).to_be_visible()
    expect(page.locator(".map .map-zone")).to_be_attached()
    looked_at(page, f"allerta-{size}")
    page.get_by_text("La mappa in parole").click()
    expect(
        page.get_by_role("cell", name="Nel cerchio").or_(page.get_by_role("rowheader", name="Nel cerchio"))
    ).to_be_visible()

    press(page, "Apri un caso sul luogo")
    well_made(page, f"allerta-caso-{size}")
    press(page, "Apri il caso")
    case = Case.objects.get()
    expect(page).to_have_url(f"{page.url.split('/casi')[0]}/casi/{case.reference}")
    page.goto(f"/casi/{case.reference}/scheda-sara")
    expect(page.get_by_text("dove se ne attendevano 1,4").first).to_be_visible()
    page.goto(f"/casi/{case.reference}/allerte")
    expect(page.get_by_text("Questo caso segue un'allerta.")).to_be_visible()

    _is_measured(place, case)
    page.goto(f"/allerte/{alert.reference}")
    expect(page.get_by_text("La segue il caso")).to_be_visible()
    last_time = page.locator("section", has=page.get_by_role("heading", name="L'ultima volta qui"))
    expect(last_time.get_by_role("link", name=case.title)).to_be_visible()
    expect(last_time.get_by_text("intervento").first).to_be_visible()
    looked_at(page, f"allerta-finita-{size}")
    page.goto("/allerte/qualita")
    expect(page.get_by_text("Dal").first).to_be_visible()
    well_made(page, f"allerte-qualita-{size}")
    page.goto("/allerte/zone-silenziose")
    well_made(page, f"zone-silenziose-{size}")


def _is_measured(place: Cast, case: Case) -> None:
    """Something is done, and its effect is measured."""
    by = place.actor(place.carla)
    assert case.lat is not None and case.lon is not None
    control = Location(lat=case.lat + 0.02, lon=case.lon, address="Un'altra piazza")
    began = clock.today() - dt.timedelta(weeks=6)
    new = outcomes.NewMeasure(began_on=began, radius=150, ring=300, control=control)
    outcomes.set_measure(by=by, case=case, new=new)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_useless_alert_is_put_away_with_a_reason(
    place: Cast, alert: Alert, open_page: Opener, scripts: bool
) -> None:
    page = signed_in(open_page, place.carla, java_script_enabled=scripts)
    page.goto(f"/allerte/{alert.reference}")
    press(page, "Archivia, con motivo")
    page.get_by_role("button", name="Archivia", exact=True).click()
    expect(page.get_by_role("heading", name="Archivia l'allerta")).to_be_visible()
    page.get_by_text("è un fatto solo, segnalato da tanti").click()
    page.get_by_label("In due parole").fill("Una festa autorizzata.")
    page.get_by_role("button", name="Archivia", exact=True).click()
    expect(page.get_by_text("Archiviata. Torna se le segnalazioni aumentano.").first).to_be_visible()
    expect(page.get_by_text("Una festa autorizzata.")).to_be_visible()
    alert.refresh_from_db()
    assert (alert.state, alert.dismissed_as) == ("dismissed", "one_fact")


def test_an_operator_reads_and_is_told_who_decides(place: Cast, alert: Alert, open_page: Opener) -> None:
    page = signed_in(open_page, place.anna)
    page.goto(f"/allerte/{alert.reference}")
    expect(page.get_by_text("Sulle allerte decide chi coordina.")).to_be_visible()
    expect(page.get_by_role("link", name="Apri un caso sul luogo")).to_have_count(0)
    expect(page.get_by_text("Musica alta").first).to_be_visible()
    looked_at(page, "allerta-operatrice")


def test_a_search_is_asked_for_now_and_the_page_tells_how_far_it_is(place: Cast, open_page: Opener) -> None:
    noise = kind("rumore")
    background(place.crocetta, clock.today() - dt.timedelta(days=10), places=9, each=9, category=noise)
    burst(place.crocetta, clock.today(), category=noise)
    page = signed_in(open_page, place.carla)
    page.goto("/allerte/tipi")
    press(page, "Proponi dai gruppi delle categorie")
    page.goto("/allerte/ricerche")
    press(page, "Cerca adesso")
    expect(page.get_by_text("Comincia entro un minuto.").first).to_be_visible()
    well_made(page, "ricerche")
    refused = page.request.post("/allerte/ricerche/adesso", headers=_as_form(page))
    assert refused.status == 409 and "Una ricerca è già in corso." in refused.text()
    jobs.watch()
    run = Run.objects.get(kind="now")
    assert run.state == "done", run.error
    # The part asks again by itself: nobody has to reload.
    expect(page.get_by_text("finito").first).to_be_visible()
    page.get_by_role("link", name="Vedi le allerte").first.click()
    expect(page.locator("#rows .row-title").first).to_be_visible()


def _as_form(page: object) -> dict[str, str]:
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")  # type: ignore[attr-defined]
    return {"X-CSRFToken": token, "Referer": page.url}  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["it-IT", "en-GB"])
def test_everyone_reads_the_method_without_scripts(
    place: Cast, alert: Alert, open_page: Opener, size: str, language: str
) -> None:
    options = SIZES[size] | {"locale": language}
    page = open_page("/metodo", **options, java_script_enabled=False)
    title = (
        "Come cerchiamo dove un problema comincia"
        if language == "it-IT"
        else "How we look for where a problem begins"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    none_of(page, "Musica alta", alert.reference, "Maria")
    well_made(open_page("/metodo", **options), f"metodo-{language[:2]}-{size}")
    open_page("/", **options).get_by_role(
        "link", name="Come cerchiamo le allerte" if language == "it-IT" else "How we look for alerts"
    ).click()
