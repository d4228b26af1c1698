"""Half a year of a programme: an activity from a phone, the committee convened, a report frozen, sent, asked about, approved."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from hashlib import sha256
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener, Travel
from tests.journeys.steps import looked_at, none_of, press, signed_in, well_made, words_of_pdf
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.programme import actions
from vicinia.domain.programme.models import ActionSheet, Activity, EditionFile, FunderReport
from vicinia.domain.programme.states import AxisKind, MemberKind, ProgrammeState, SheetState
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]
HALF_A_YEAR = dt.timedelta(days=183)


def a_contract(place: Cast) -> ActionSheet:
    """Signed, with a sheet under way, a milestone that has slipped, money and an indicator."""
    lucia, carla, today = place.actor(place.lucia), place.actor(place.carla), clock.today()
    ends = today + dt.timedelta(days=700)
    plan = actions.ProgrammePlan("Abitare la Crocetta", "Regione", today, ends, "Case e vicini.")
    row = actions.plan_programme(by=lucia, new=plan)
    axis = actions.add_axis(by=lucia, programme=row, kind=AxisKind.SOCIAL, title="Azioni sociali")
    new = actions.SheetPlan("Sportello sociale", today, ends, place.lucia, {"aims": "Ascoltare tutti."})
    sheet = actions.add_sheet(by=lucia, programme=row, axis=axis, new=new)
    for kind, who in ((MemberKind.INSTITUTION, "Ufficio casa"), (MemberKind.RESIDENT, "Rosa Bianchi")):
        actions.seat_member(by=lucia, programme=row, new=actions.NewMember(kind, today, words=who))
    actions.enter_programme(by=carla, programme=row, state=ProgrammeState.ACTIVE)
    sheet = actions.enter_sheet(by=lucia, sheet=sheet, state=SheetState.UNDER_WAY)
    day = today + dt.timedelta(days=200)
    milestone = actions.add_milestone(by=lucia, sheet=sheet, title="Apertura", planned_on=day)
    later = day + dt.timedelta(days=30)
    actions.move_milestone(by=lucia, milestone=milestone, to_day=later, reason="Mancano le chiavi.")
    actions.add_budget_line(by=lucia, sheet=sheet, title="Operatori", source="Regione", amount=Decimal(9000))
    aim = actions.IndicatorPlan("Aperture", "activities", scope="sheet", goal=20)
    actions.add_indicator(by=lucia, sheet=sheet, new=aim)
    return sheet


def begun(place: Cast, open_page: Opener, size: str) -> ActionSheet:
    """A contract with an activity, and a committee that is being convened."""
    sheet = a_contract(place)
    home = f"/laboratorio/programmi/{sheet.programme.reference}"

    # An activity is noted with what was done and how many came: the rest is already there.
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto(f"/laboratorio/schede/{sheet.pk}")
    looked_at(lucia, f"scheda-{size}")
    press(lucia, "Registra un'attività")
    well_made(lucia, f"attivita-nuova-{size}")
    lucia.get_by_label("Che cosa hai fatto").fill("Sportello del lunedì")
    lucia.get_by_label("Persone contate").fill("7")
    press(lucia, "Registra")
    expect(lucia.get_by_text("Registrata.").first).to_be_visible()
    well_made(lucia, f"attivita-{size}")
    activity = Activity.objects.get()
    assert (activity.sheet, activity.day, activity.people) == (sheet, clock.today(), 7)
    lucia.goto("/laboratorio/attivita/nuova")
    assert lucia.locator("#id_sheet").input_value() == str(sheet.pk)

    # The committee is convened from the programme: its members are already called.
    lucia.goto(home)
    looked_at(lucia, f"programma-{size}")
    expect(lucia.get_by_text("Manca 1 rappresentante degli abitanti")).to_be_visible()
    press(lucia, "Convoca il comitato")
    lucia.locator("#id_day").fill(str(clock.today() + dt.timedelta(days=20)))
    lucia.locator("#id_from_time").fill("17:00")
    lucia.locator("#id_to_time").fill("19:00")
    lucia.locator("#id_place").fill("Sala comune")
    well_made(lucia, f"comitato-convoca-{size}")
    press(lucia, "Vai all'ordine del giorno")
    press(lucia, "aggiungi un punto")
    lucia.get_by_label("Argomento").fill("A che punto siamo")
    press(lucia, "Salva")
    looked_at(lucia, f"comitato-{size}")
    expect(lucia.get_by_text("Rosa Bianchi").first).to_be_visible()
    assert Assembly.objects.filter(kind="committee").count() == 1
    return sheet


def reported(place: Cast, open_page: Opener, sheet: ActionSheet, begins: dt.date, size: str) -> None:
    """The report since a day until yesterday: written, checked, frozen, sent, asked about, integrated, approved."""
    home = f"/laboratorio/programmi/{sheet.programme.reference}"
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto(f"{home}/rendiconti")
    lucia.locator("#id_from_day").fill(str(begins))
    lucia.locator("#id_to_day").fill(str(clock.today() - dt.timedelta(days=1)))
    well_made(lucia, f"rendiconto-nuovo-{size}")
    press(lucia, "Salva")
    report = FunderReport.objects.get()
    page = f"/laboratorio/rendiconti/{report.reference}"
    expect(lucia.get_by_text("Manca la presentazione.")).to_be_visible()
    for address, words in (("scrivi", "Sei mesi di lavoro."), (f"schede/{sheet.pk}", "Aperto ogni lunedì.")):
        lucia.goto(f"{page}/{address}")
        lucia.get_by_label("Testo").fill(words)
        press(lucia, "Salva")
    well_made(lucia, f"rendiconto-{size}")
    expect(lucia.get_by_text("coordinatore").first).to_be_visible()

    # The coordinator explains what is missing, freezes the figures and takes the three files.
    carla = signed_in(open_page, place.carla, **SIZES[size])
    carla.goto(page)
    press(carla, "Controllo interno")
    well_made(carla, f"rendiconto-controllo-{size}")
    carla.get_by_label("Perché quello che manca va bene così").fill("Il comitato si riunisce a settembre.")
    press(carla, "Dichiara controllato")
    press(carla, "Congela i numeri")
    expect(carla.get_by_text("Edizione 1").first).to_be_visible()
    well_made(carla, f"rendiconto-congelato-{size}")
    files = f"{page}/edizioni/1/forma"
    assert "Sportello del lunedì" in words_of_pdf(carla, f"{files}/pdf")
    for kind, inside in (("odt", "content.xml"), ("xlsx", "xl/workbook.xml")):
        assert inside in ZipFile(io.BytesIO(carla.request.get(f"{files}/{kind}").body())).namelist()
    press(carla, "È stato inviato")
    carla.get_by_label("Numero di protocollo").fill("2026/0018840")
    carla.get_by_label("Giorno").fill(str(clock.today()))
    press(carla, "Salva")
    expect(carla.get_by_text("protocollo 2026/0018840").first).to_be_visible()

    # From a figure to its records.
    press(carla, "Aperture")
    well_made(carla, f"registrazioni-{size}")
    press(carla, "Sportello del lunedì")
    expect(carla.get_by_text("Persone raggiunte 7")).to_be_visible()

    # The funder asks; an activity turns up; another edition goes out and the first stays as it was.
    lucia.goto(page)
    press(lucia, "Chi finanzia chiede")
    lucia.get_by_label("Che cosa chiedono").fill("Quante aperture in agosto?")
    lucia.get_by_label("Chiesto il").fill(str(clock.today()))
    press(lucia, "Salva")
    press(lucia, "Rispondi")
    lucia.get_by_label("Risposta").fill("Una, dimenticata: ora c'è.")
    press(lucia, "Salva")
    lucia.goto(f"/laboratorio/attivita/nuova?scheda={sheet.pk}")
    lucia.get_by_label("Che cosa hai fatto").fill("Sportello di agosto")
    lucia.get_by_label("Giorno").fill(str(clock.today() - dt.timedelta(days=9)))
    press(lucia, "Registra")
    expect(lucia.get_by_text("Registrata.").first).to_be_visible()
    carla.goto(page)
    press(carla, "Integra e invia")
    carla.get_by_label("Numero di protocollo").fill("2026/0019001")
    carla.get_by_label("Giorno").fill(str(clock.today()))
    press(carla, "Salva")
    expect(carla.get_by_text("Edizione 2").first).to_be_visible()
    expect(carla.get_by_text("Aperture: 1 → 2")).to_be_visible()
    assert "Sportello di agosto" in words_of_pdf(carla, f"{page}/edizioni/2/forma/pdf")
    assert "Sportello di agosto" not in words_of_pdf(carla, f"{files}/pdf")
    for file in EditionFile.objects.filter(edition__number=1):
        assert sha256(carla.request.get(f"{files}/{file.kind}").body()).hexdigest() == file.sha256
    press(carla, "È approvato")
    carla.get_by_label("Giorno").fill(str(clock.today()))
    press(carla, "Salva")
    expect(carla.get_by_text("approvato").first).to_be_visible()
    well_made(carla, f"rendiconto-approvato-{size}")

    # The council reads how far it is, and nobody's name.
    vera = signed_in(open_page, place.vera, **SIZES[size])
    vera.goto(f"/laboratorio/avanzamento/{sheet.programme.reference}")
    looked_at(vera, f"avanzamento-{size}")
    expect(vera.get_by_text("Sportello sociale").first).to_be_visible()
    none_of(vera, "Rosa Bianchi", "Sportello del lunedì", "Ascoltare tutti")


@pytest.mark.parametrize("size", SIZES)
def test_half_a_year_of_a_programme(place: Cast, open_page: Opener, travel: Travel, size: str) -> None:
    sheet, begins = begun(place, open_page, size), clock.today()
    travel.to(begins + HALF_A_YEAR)
    reported(place, open_page, sheet, begins, size)
