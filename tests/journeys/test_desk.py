"""What staff do all day: on a phone with one thumb, with the keyboard alone, without JavaScript; and axe on every page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, PHONE, Opener, check_accessible
from tests.journeys.steps import press, signed_in, tab_to
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of, close_case, open_on
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import Channel, ReportState
from vicinia.domain.listening.tests.factories import body, kind, received_in
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]
WITHOUT_JAVASCRIPT = {**DESKTOP, "java_script_enabled": False}


@dataclass
class Work:
    """What is on Anna's desk this morning."""

    cast: Cast
    noise: Report
    rubbish: Report
    mine: Report
    case: Case
    contested: Case
    token: str


@pytest.fixture
def work(place: Cast) -> Work:
    """Two new reports, one taken, a case with everything in it, a closed case that its reporter contests."""
    anna = place.actor(place.anna)
    body()
    here = territory.locate(address_words="via dei mille 12")
    received = received_in(place.crocetta, title="Musica alta di notte", location=here, category=kind())
    rubbish = received_in(place.crocetta, title="Un divano sul marciapiede", category=kind("rifiuti")).report
    maria = PersonDetails(name="Maria Bassi", phone="059 123456", language="ar")
    mine = received_in(place.crocetta, title="La signora non apre più", reporter=maria, at_risk=True).report
    listening.take(by=anna, report=mine)
    contested = _closed_and_contested(place)
    return Work(place, received.report, rubbish, mine, _busy_case(place), contested, received.token)


def _busy_case(cast: Cast) -> Case:
    anna = cast.actor(cast.anna)
    today = clock.today()
    first = received_in(cast.crocetta, title="Rumore in cortile")
    case = case_of(anna, first.report, summary="Dal cortile, ogni sera.")
    listening.write_to_unit(
        by=Actor.resident(first.report.reference), report=first.report, text="Ancora ieri."
    )
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact(summary="Sentita al telefono"))
    for days, what in ((-3, "parlare con la famiglia"), (0, "riparare la porta")):
        due = today + dt.timedelta(days=days)
        new = casework.NewCommitment(what=what, due_on=due, who="famiglia del secondo piano", by_whom="other")
        casework.add_commitment(by=anna, case=case, new=new)
    deed = casework.NewIntervention(kind="mediation", what="incontro tra vicini", planned_on=today)
    casework.plan_intervention(by=anna, case=case, new=deed)
    casework.add_task(by=anna, case=case, what="chiamare l'amministratore", due_on=today, assignee=cast.anna)
    return case


def _closed_and_contested(cast: Cast) -> Case:
    anna = cast.actor(cast.anna)
    received = received_in(cast.crocetta, title="Schiamazzi sotto i portici")
    case = case_of(anna, received.report)
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact(summary="Sentito"))
    closed = close_case(
        anna, case, outcome="improved", note="La sera c'è più calma.", consultation="D'accordo"
    )
    casework.reply_outcome(
        by=Actor.resident(received.report.reference),
        report=Report.objects.get(pk=received.report.pk),
        verdict="contested",
        words="Sabato era come prima.",
    )
    return closed


# One thumb ----------------------------------------------------------------------------------------------------------


def staff_addresses(work: Work) -> list[str]:
    report, case = f"/in-arrivo/{work.mine.reference}", f"/casi/{work.case.reference}"
    return [
        "/oggi", "/in-arrivo", "/in-arrivo?vista=tutte", "/in-arrivo?vista=attesa", report, f"{report}/rispondi",
        f"{report}/chiama", f"{report}/contatto", f"{report}/caso/apri", f"{report}/correggi", "/casi",
        case, f"{case}/contatto", f"{case}/impegno", f"{case}/proponi", f"{case}/collega", f"{case}/persona",
        f"{case}/correggi", f"/in-arrivo/{work.noise.reference}/unisci", f"/in-arrivo/{work.noise.reference}/caso/collega",
        f"{case}/chiudi", f"/casi/{work.contested.reference}", "/segnalazione-nuova", "/mappa", "/cerca",
        "/cerca?q=rumore", "/cerca?q=niente-di-simile", "/niente-dimenticato",
        f"/persone/{work.mine.reporter.reference}", "/io",
    ]  # fmt: skip


@pytest.mark.parametrize("size", ["390", "1366"])
def test_every_page_of_an_operator_is_accessible_and_fits(work: Work, open_page: Opener, size: str) -> None:
    page = signed_in(open_page, work.cast.anna, **(PHONE if size == "390" else DESKTOP))
    for address in staff_addresses(work):
        page.goto(address)
        settled(page)
        name = re.sub(r"[^a-z0-9]+", "-", address.strip("/")).strip("-")
        check_accessible(page, f"{size}-desk-{name}")
        assert fits(page), f"{address} scrolls sideways at {size}"


@pytest.mark.parametrize("javascript", [True, False])
def test_before_an_access_is_closed_one_reads_what_stays(
    work: Work, open_page: Opener, javascript: bool
) -> None:
    page = signed_in(open_page, work.cast.ada, **(PHONE | {"java_script_enabled": javascript}))
    page.goto(f"/utenti/{work.cast.anna.pk}/chiudi")
    if javascript:
        settled(page)
        check_accessible(page, "390-chiudi-accesso")
    else:
        page.get_by_role("link", name="Casi in carico").click()
    expect(page.get_by_text("Casi aperti")).to_be_visible()
    expect(page.get_by_text(work.case.reference)).to_be_visible()
    expect(page.get_by_text(work.case.title)).to_have_count(0)


@pytest.mark.parametrize("who", ["carla", "lucia", "ada", "dario", "vera", "paolo", "marco"])
def test_the_pages_of_the_other_roles_are_accessible(work: Work, open_page: Opener, who: str) -> None:
    page = signed_in(open_page, getattr(work.cast, who))
    page.goto("/oggi")
    check_accessible(page, f"390-{who}-oggi")
    links = page.locator(".desk-nav a")
    for address in [links.nth(at).get_attribute("href") or "" for at in range(links.count())]:
        page.goto(address)
        settled(page)
        check_accessible(page, f"390-{who}-{address.strip('/').replace('/', '-')}")
        assert fits(page), f"{address} scrolls sideways for {who}"


def settled(page: Page) -> None:
    """What the page asks for by itself has come."""
    expect(page.locator("main")).to_be_visible()
    expect(page.locator('[hx-trigger="load"] > a:only-child')).to_have_count(0)
    page.wait_for_load_state("networkidle")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_the_thumb_reaches_everything_on_a_phone(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna)
    for address in (
        "/oggi",
        "/in-arrivo",
        f"/in-arrivo/{work.mine.reference}",
        f"/casi/{work.case.reference}",
    ):
        page.goto(address)
        settled(page)
        bar = page.locator(".desk-nav").bounding_box()
        assert bar is not None and round(bar["y"] + bar["height"]) == 844, "the bar is not at the bottom"
        small = page.evaluate(
            """() => [...document.querySelectorAll(".btn, .desk-nav a, main input:not([type=hidden]):not([type=checkbox]), main select")]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height && e.getBoundingClientRect().height < 43.5)
            .map(e => e.outerHTML.slice(0, 90))"""
        )
        assert not small, f"{address}: {small}"


def test_each_act_of_the_day_takes_two_taps(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna)
    page.goto("/oggi")
    check_accessible(page, "390-giornata-piena")
    taps = [
        ("Ancora ieri.", "Letto", None),
        ("Chiamare l'amministratore", "Fatto", None),
        ("Incontro tra vicini", "Svolto", "Salva"),
        ("parlare con la famiglia", "Mantenuto?", "Salva"),
        ("La signora non apre più", "Fatto", "Salva"),
    ]
    for words, first, second in taps:
        page.goto("/oggi")
        row = page.locator(".day-rows > li", has_text=words)
        row.get_by_role("button", name=re.compile(f"^{re.escape(first)}")).or_(
            row.get_by_role("link", name=re.compile(f"^{re.escape(first)}"))
        ).last.click()
        if second:
            saved(page, second)
        expect(page.locator(".day-rows > li", has_text=words)).to_have_count(0)
        page.goto("/oggi")
        expect(page.locator(".day-rows > li", has_text=words)).to_have_count(0)


def saved(page: Page, label: str) -> None:
    """Press the button of a form and wait for the page that comes after it: leaving earlier could overtake the act."""
    button = page.get_by_role("button", name=label, exact=True)
    expect(button).to_be_visible()
    form = page.url
    button.click()
    expect(page).not_to_have_url(form)


# The inbox and a report ---------------------------------------------------------------------------------------------


def test_the_inbox_is_filtered_without_leaving_the_page(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna)
    page.goto("/in-arrivo")
    expect(page.locator("#rows .row-title")).to_have_count(2)
    page.get_by_text("Filtra", exact=True).click()
    check_accessible(page, "390-filtri")
    page.get_by_label("Tipo").select_option(label=str(work.rubbish.category.name))
    expect(page.locator("#rows .row-title")).to_have_count(1)
    expect(page).to_have_url(re.compile("kind="))
    page.reload()
    expect(page.locator("#rows .row-title")).to_have_text("Un divano sul marciapiede")
    page.get_by_role("link", name="Togli i filtri").click()
    expect(page.locator("#rows .row-title")).to_have_count(2)


def test_several_reports_are_decided_together(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna)
    page.goto("/in-arrivo")
    expect(page.get_by_role("button", name="Prendi in carico")).to_be_hidden()
    for report in (work.noise, work.rubbish):
        page.get_by_label(f"Scegli {report.reference}").check()
    expect(page.get_by_role("button", name="Prendi in carico")).to_be_in_viewport()
    check_accessible(page, "390-insieme")
    page.get_by_role("button", name="Prendi in carico").click()
    expect(page.get_by_text("Fatto per 2 segnalazioni.").first).to_be_visible()
    assert set(Report.objects.filter(owner=work.cast.anna).values_list("state", flat=True)) >= {
        ReportState.TAKEN
    }
    page.goto("/in-arrivo?vista=mie")
    page.get_by_label(f"Scegli {work.rubbish.reference}").check()
    page.get_by_text("Metti da parte o passa a un ente").click()
    page.get_by_label("Ente", exact=True).select_option(label="Azienda casa")
    page.get_by_role("button", name="Passa all'ente").click()
    expect(page.get_by_text("Fatto per 1 segnalazione.").first).to_be_visible()
    work.rubbish.refresh_from_db()
    assert work.rubbish.state == ReportState.REDIRECTED


def test_a_decision_is_undone_from_the_toast(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna)
    page.goto(f"/in-arrivo/{work.noise.reference}")
    page.get_by_role("link", name="Metti da parte").click()
    page.get_by_label("Motivo").fill("È già passato il camion.")
    press(page, "Metti da parte")
    toast = page.locator(".toast")
    expect(toast).to_contain_text("Segnalazione messa da parte.")
    check_accessible(page, "390-annulla")
    toast.get_by_role("button", name="Annulla").click()
    expect(page.get_by_text("Annullato.").first).to_be_visible()
    work.noise.refresh_from_db()
    assert work.noise.state == ReportState.RECEIVED


def test_every_decision_about_a_report_needs_no_javascript(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna, **WITHOUT_JAVASCRIPT)
    page.goto(f"/in-arrivo/{work.noise.reference}")
    press(page, "Prendi in carico")
    expect(page.get_by_text("La segui tu.")).to_be_visible()
    press(page, "Chiedi a chi segnala")
    page.locator("[name=words]").fill("A che ora succede?")
    press(page, "Chiedi a chi segnala")
    expect(page.get_by_text("Domanda inviata: i termini sono fermi.")).to_be_visible()
    press(page, "Fai ripartire i termini")
    page.get_by_role("link", name="Caso e contatti").last.click()
    press(page, "Registra un contatto")
    saved(page, "Salva")
    page.goto(f"/in-arrivo/{work.noise.reference}/caso")
    press(page, "Collega a un caso")
    page.get_by_label("Quale caso").fill("rumore cortile")
    press(page, "Salva")
    page.get_by_label(re.compile(work.case.reference)).check()
    press(page, "Salva")
    expect(page).to_have_url(re.compile(f"/casi/{work.case.reference}$"))
    work.noise.refresh_from_db()
    assert work.noise.state == ReportState.LINKED
    page.goto("/in-arrivo")
    page.get_by_label(f"Scegli {work.rubbish.reference}").check()
    page.get_by_role("button", name="Prendi in carico").click()
    expect(page.get_by_text("Fatto per 1 segnalazione.")).to_be_visible()


def test_a_case_is_worked_without_javascript(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna, **WITHOUT_JAVASCRIPT)
    page.goto(f"/casi/{work.case.reference}")
    page.get_by_role("button", name=re.compile("^fatto")).click()
    for what, state in (("parlare con la famiglia", "kept"), ("riparare la porta", "dropped")):
        page.locator(".rows > li", has_text=what).get_by_role("link").click()
        page.locator("[name=state]").select_option(state)
        page.locator("[name=explanation]").fill("La porta è stata sostituita.")
        press(page, "Salva")
    page.get_by_role("link", name=re.compile("^svolto")).click()
    page.locator("[name=result]").fill("Si sono parlati.")
    press(page, "Salva")
    press(page, "Chiedi la chiusura")
    page.locator("[name=outcome]").select_option("solved")
    page.locator("[name=note]").fill("In cortile c'è silenzio.")
    page.locator("[name=consultation]").fill("È contenta.")
    page.locator("[name=explanation]").fill("Si sono parlati: non serve altro.")
    press(page, "Chiedi la chiusura")
    page.goto(f"/casi/{work.case.reference}/chiusura")
    press(page, "Ritira la richiesta")
    press(page, "Chiedi la chiusura")
    page.locator("[name=outcome]").select_option("solved")
    page.locator("[name=note]").fill("In cortile c'è silenzio.")
    page.locator("[name=consultation]").fill("È contenta.")
    page.locator("[name=explanation]").fill("Si sono parlati: non serve altro.")
    press(page, "Chiedi la chiusura")

    page = signed_in(open_page, work.cast.carla, **WITHOUT_JAVASCRIPT)
    page.goto(f"/casi/{work.case.reference}/chiusura")
    press(page, "Approva e chiudi")
    expect(page.get_by_role("heading", name="Com'è finita")).to_be_visible()
    work.case.refresh_from_db()
    assert not work.case.is_open


# Writing a report down ----------------------------------------------------------------------------------------------


def test_a_phone_call_is_written_down_with_few_keys(work: Work, open_page: Opener) -> None:
    """Thirty seconds at a moderate 4 keys a second are 120: known person, place and kind, and what they say."""
    page = signed_in(open_page, work.cast.anna, **DESKTOP)
    page.goto("/segnalazione-nuova")
    page.evaluate("window.keys = 0; addEventListener('keydown', () => window.keys++, true)")
    choose(page, "Chi segnala", "maria bassi", "Maria Bassi")
    expect(page.locator("#similar")).to_contain_text("La signora non apre più")
    choose(page, "Indirizzo o luogo", "mille 12", "Via dei Mille, 12")
    choose(page, "Tipo di problema", "schiam", "Rumori e schiamazzi")
    expect(page.locator("#similar")).to_contain_text("Musica alta di notte")
    check_accessible(page, "1366-nuova-con-simili")
    page.keyboard.press("Tab")
    page.keyboard.type("Musica dal bar")
    page.keyboard.press("Tab")
    page.keyboard.type("Ogni sera fino alle due.")
    keys = page.evaluate("window.keys")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("registrata")).first).to_be_visible()
    report = Report.objects.get(title="Musica dal bar")
    assert keys <= 120, keys
    assert report.reporter_id == work.mine.reporter_id and report.civic_number is not None
    assert (report.channel, report.category.code) == (Channel.PHONE, "rumore")


def choose(page: Page, label: str, words: str, option: str) -> None:
    """Tab to a field that proposes, type, go down to the proposal and take it."""
    tab_to(page, label)
    page.keyboard.type(words)
    expect(page.locator(".combo-list li:visible", has_text=option).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_a_walk_in_is_written_down_without_javascript(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna, **WITHOUT_JAVASCRIPT)
    page.goto("/segnalazione-nuova")
    press(page, "Registra")
    expect(page.get_by_text("Indica un luogo, anche a parole").first).to_be_visible()
    check_page_has_errors_on_top(page)
    page.locator("[name=who]").fill("059 333444")
    page.locator("[name=address]").fill("via dei mille 12")
    page.locator("[name=kind]").fill("Rumori e schiamazzi")
    page.locator("[name=channel]").select_option("desk")
    saved(page, "Registra e segui io")
    report = Report.objects.latest("id")
    expect(page.get_by_role("heading", name=report.title)).to_be_visible()
    assert report.owner == work.cast.anna and report.civic_number is not None


def check_page_has_errors_on_top(page: Page) -> None:
    expect(page.locator(".form-errors").first).to_be_visible()


# Keyboard -----------------------------------------------------------------------------------------------------------


def test_the_keyboard_alone_reads_the_inbox_and_takes_a_report(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna, **DESKTOP)
    page.goto("/in-arrivo")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Vai al contenuto")).to_be_focused()
    expect(page.get_by_role("link", name="Vai al contenuto")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#contenuto")).to_be_focused()
    tab_to(page, "Musica alta di notte")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "the focus is not visible"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Musica alta di notte")).to_be_visible()
    tab_to(page, "Prendi in carico")
    page.keyboard.press("Enter")
    expect(page.get_by_text("La segui tu.").first).to_be_visible()


# The rest of the desk -----------------------------------------------------------------------------------------------


def test_two_people_correct_the_same_report_and_nothing_is_lost(work: Work, open_page: Opener) -> None:
    anna, carla = (signed_in(open_page, user, **DESKTOP) for user in (work.cast.anna, work.cast.carla))
    address = f"/in-arrivo/{work.noise.reference}/correggi"
    anna.goto(address)
    carla.goto(address)
    carla.locator("[name=title]").fill("Musica dal bar all'angolo")
    press(carla, "Salva")
    expect(carla.get_by_text("Salvato.").first).to_be_visible()
    anna.locator("[name=description]").fill("Dal giovedì al sabato.")
    press(anna, "Salva")
    expect(anna.get_by_text("Qualcuno ha cambiato questa pagina mentre scrivevi.")).to_be_visible()
    expect(anna.locator(".facts")).to_contain_text("Musica dal bar all'angolo")
    expect(anna.locator("[name=description]")).to_have_value("Dal giovedì al sabato.")
    check_accessible(anna, "1366-conflitto")
    anna.locator("[name=title]").fill("Musica dal bar all'angolo")
    press(anna, "Salva")
    expect(anna.get_by_text("Salvato.").first).to_be_visible()
    work.noise.refresh_from_db()
    assert (work.noise.title, work.noise.description) == (
        "Musica dal bar all'angolo",
        "Dal giovedì al sabato.",
    )


def test_two_people_correct_the_same_case(work: Work, open_page: Opener) -> None:
    anna, carla = (signed_in(open_page, user, **DESKTOP) for user in (work.cast.anna, work.cast.carla))
    for page in (anna, carla):
        page.goto(f"/casi/{work.case.reference}/correggi")
    carla.locator("[name=summary]").fill("Dal cortile e dal portico.")
    press(carla, "Salva")
    expect(carla.get_by_text("Salvato.").first).to_be_visible()
    anna.locator("[name=title]").fill("Rumore in cortile, di notte")
    press(anna, "Salva")
    expect(anna.get_by_text("Qualcuno ha cambiato questa pagina mentre scrivevi.")).to_be_visible()
    expect(anna.locator(".facts")).to_contain_text("Dal cortile e dal portico.")
    check_accessible(anna, "1366-conflitto-caso")


def test_the_map_has_the_same_in_a_list(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna, **DESKTOP)
    page.goto("/mappa")
    expect(page.locator(".map-point").first).to_be_visible()
    page.get_by_role("link", name="Musica alta di notte").click()
    expect(page.get_by_role("heading", level=1, name="Musica alta di notte")).to_be_visible()


def test_one_field_finds_reports_cases_people_and_places(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna, **DESKTOP)
    page.goto("/oggi")
    page.get_by_role("searchbox", name="Cerca persone, luoghi, casi").fill("rumori cortile")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Rumore in cortile").first).to_be_visible()
    page.locator("#id_q").fill("maria bassi")
    expect(page.locator("#persone")).to_contain_text("La ricerca di persone è registrata.")
    check_accessible(page, "1366-cerca-persona")


def test_a_colleague_is_asked_and_answers(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.carla, **DESKTOP)
    case = open_on(work.rubbish, by=work.cast.actor(work.cast.anna))
    page.goto(f"/casi/{case.reference}/proponi")
    page.locator("[name=to]").select_option(label="Anna Ferri")
    press(page, "Salva")
    expect(page.get_by_text("finché non accetta non cambia nulla").first).to_be_visible()
    anna = signed_in(open_page, work.cast.anna)
    anna.goto("/oggi")
    row = anna.locator(".day-rows > li", has_text="ti propone un caso")
    row.get_by_role("button", name=re.compile("^Accetto")).click()
    expect(anna.get_by_text("Referente: Anna Ferri")).to_be_visible()


def test_names_show_once_the_reason_is_given(work: Work, open_page: Opener) -> None:
    page = signed_in(open_page, work.cast.anna)
    page.goto(f"/persone/{work.mine.reporter.reference}")
    expect(page.get_by_text("Maria Bassi")).to_have_count(0)
    page.locator("[name=purpose]").select_option(index=1)
    press(page, "Mostra i dati")
    expect(page.locator("#data")).to_contain_text("Maria Bassi")
    check_accessible(page, "390-persona-mostrata")
