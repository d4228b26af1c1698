"""What a resident does, in a real browser."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, gather_cast
from tests.journeys.conftest import DESKTOP, Opener, Served, check_accessible
from tests.journeys.steps import leave_contacts, photo, read_the_notice, tab_to, type_into
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Rating, Report
from vicinia.domain.listening.states import Channel
from vicinia.domain.listening.tests.factories import kind, new_report, received_in
from vicinia.domain.territory import queries as territory
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_resident_reports_by_address_with_a_photo_on_a_phone(place: Cast, open_page: Opener) -> None:
    page = open_page("/")
    check_accessible(page, "390-home")
    page.get_by_role("link", name="Segnala", exact=True).last.click()
    read_the_notice(page, "390")
    page.get_by_role("combobox", name="Cerca un luogo").press_sequentially("mille 12")
    page.get_by_role("option", name="Via dei Mille, 12").click()
    page.get_by_label("Tipo di disservizio").select_option(label="Rumori e schiamazzi")
    page.get_by_label("Titolo").fill("Rumore di notte")
    page.get_by_label("Dettagli").fill("La musica continua fino alle tre.")
    page.get_by_label("Immagini").set_input_files([photo()])
    leave_contacts(page)
    check_accessible(page, "390-dati")
    page.get_by_role("button", name="Avanti").last.click()
    expect(page.get_by_text("Le informazioni che hai fornito hanno valore di dichiarazione")).to_be_visible()
    check_accessible(page, "390-riepilogo")
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_role("heading", name="Segnalazione inviata")).to_be_visible()
    check_accessible(page, "390-conferma")
    report = Report.objects.get()
    assert report.civic_number is not None and attachments.of(report).count() == 1
    page.locator(".private-link a").click()
    expect(page.get_by_role("heading", name="Rumore di notte")).to_be_visible()
    check_accessible(page, "390-segui")


def test_a_resident_reports_with_the_keyboard_alone(place: Cast, open_page: Opener) -> None:
    page = open_page("/segnala", **DESKTOP)
    check_accessible(page, "1366-privacy")
    tab_to(page, "Ho letto e compreso")
    page.keyboard.press("Space")
    tab_to(page, "Avanti")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("dati"))
    tab_to(page, "Cerca un luogo")
    page.keyboard.type("mille 12")
    expect(page.locator(".combo-list li:visible")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, "Cerca il tipo di problema")
    page.keyboard.type("schiamazzi")
    expect(page.locator(".combo-list li:visible", has_text="Rumori e schiamazzi")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    type_into(page, "Titolo", "Rumore di notte")
    type_into(page, "Dettagli", "La musica continua fino alle tre.")
    tab_to(page, "così potete cercarmi")
    page.keyboard.press("Space")
    type_into(page, "Nome e cognome", "Maria Bassi")
    type_into(page, "Telefono", "059 123456")
    check_accessible(page, "1366-dati")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("riepilogo"))
    check_accessible(page, "1366-riepilogo")
    tab_to(page, "Invia")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Segnalazione inviata")).to_be_visible()
    check_accessible(page, "1366-conferma")


def test_a_resident_reports_without_javascript(place: Cast, open_page: Opener) -> None:
    page = open_page("/segnala", java_script_enabled=False)
    read_the_notice(page)
    page.get_by_role("button", name="Avanti").last.click()
    expect(page.get_by_text("Scrivi dove succede")).not_to_have_count(0)
    page.get_by_label("Cerca un luogo").fill("via dei mille 12")
    page.get_by_label("Cerca il tipo di problema").fill("schiamazzi")
    page.get_by_label("Titolo").fill("Rumore di notte")
    page.get_by_label("Dettagli").fill("La musica continua fino alle tre.")
    page.get_by_label("Immagini").set_input_files([photo()])
    page.get_by_role("button", name="Salva richiesta").click()
    expect(page.get_by_text("Abbiamo salvato la richiesta")).to_be_visible()
    expect(page.get_by_label("Titolo")).to_have_value("Rumore di notte")
    leave_contacts(page)
    page.get_by_role("button", name="Avanti").last.click()
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_role("heading", name="Segnalazione inviata")).to_be_visible()
    report = Report.objects.get()
    assert report.address == "Via dei Mille, 12" and report.category.code == "rumore"
    assert attachments.of(report).count() == 1


def test_a_visitor_reports_in_english(place: Cast, open_page: Opener) -> None:
    page = open_page("/", locale="en-GB")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/segnala/dati")
    page.goto("/segnala")
    page.locator("#id_privacy").check()
    page.locator("form button[type=submit]").last.click()
    page.locator("#id_place_words").fill("behind the school")
    expect(page.locator("#id_kind option", has_text="Dumped rubbish")).to_have_count(1)
    page.locator("#id_kind").select_option(label="Dumped rubbish")
    page.locator("#id_title").fill("A mattress in the street")
    page.locator("#id_description").fill("It has been there for a week.")
    page.locator("[name=identity][value=named]").check()
    page.locator("#id_name").fill("John Reed")
    page.locator("#id_email").fill("john@posta.example")
    page.locator("[name=contact_way][value=email]").check()
    page.locator("form button[name=next]").last.click()
    check_accessible(page, "390-en-riepilogo")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_selector(".private-link")
    report = Report.objects.get()
    assert report.language == "en" and report.place_words == "behind the school"


def test_someone_reports_anonymously_by_words_alone(place: Cast, open_page: Opener) -> None:
    page = open_page("/segnala")
    read_the_notice(page)
    page.get_by_label("Se l'indirizzo non basta").fill("dietro la scuola")
    page.get_by_label("Tipo di disservizio").select_option("rifiuti")
    page.get_by_label("Titolo").fill("Un materasso")
    page.get_by_label("Dettagli").fill("È lì da una settimana.")
    page.get_by_label("No, resto anonimo").check()
    expect(page.get_by_label("Nome e cognome")).to_be_hidden()
    page.get_by_role("button", name="Avanti").last.click()
    check_accessible(page, "390-anonimo-riepilogo")
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_text("Conserva questo collegamento")).to_be_visible()
    page.locator(".private-link a").click()
    expect(page.get_by_text("Non hai lasciato contatti")).to_be_visible()
    expect(page.get_by_text("ti chiama")).to_have_count(0)
    page.get_by_role("link", name="Lascia i tuoi contatti").click()
    check_accessible(page, "390-contatti")
    page.get_by_label("Nome e cognome").fill("Ugo Neri")
    page.get_by_label("Telefono", exact=True).fill("059 765432")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("ti chiama")).to_be_visible()


def test_someone_says_that_it_concerns_them_too(place: Cast, open_page: Opener) -> None:
    found = territory.locate(address_words="via dei mille 12")
    first = listening.receive(by=Actor.visitor(), new=new_report(location=found), channel=Channel.WEB).report
    page = open_page("/segnala")
    read_the_notice(page)
    page.get_by_role("combobox", name="Cerca un luogo").fill("via dei mille 12")
    page.get_by_label("Tipo di disservizio").select_option("rumore")
    page.get_by_label("Titolo").fill("Musica alta di notte")
    page.get_by_label("Dettagli").fill("Da tre settimane non si dorme.")
    leave_contacts(page)
    page.get_by_role("button", name="Avanti").last.click()
    expect(page.get_by_role("heading", name="Qualcuno l'ha già segnalato?")).to_be_visible()
    check_accessible(page, "390-simili")
    page.get_by_role("button", name="Riguarda anche me").click()
    expect(page.get_by_text("Ora chi segue il problema sa che riguarda anche te")).to_be_visible()
    check_accessible(page, "390-anche-me")
    page.get_by_role("button", name=re.compile("^5")).click()
    check_accessible(page, "390-parere")
    page.get_by_label("Le indicazioni erano chiare").check()
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_text("Grazie, il tuo parere")).to_be_visible()
    first.refresh_from_db()
    assert first.me_too_count == 1 and Report.objects.count() == 1
    assert Rating.objects.get().stars == 5


def test_a_resident_follows_writes_adds_an_episode_and_contests(town: object, open_page: Opener) -> None:
    cast = gather_cast()
    anna = cast.actor(cast.anna)
    received = received_in(cast.crocetta, title="Rumore di notte in via dei Mille 12")
    case = closed_case(anna, received.report)
    page = open_page(f"/segui/{received.token}")
    expect(page.locator(".next-words")).to_have_text("Abbiamo chiuso il caso: migliorato.")
    check_accessible(page, "390-segui-chiuso")
    page.get_by_role("link", name="Aggiungi un episodio").click()
    check_accessible(page, "390-episodio")
    page.get_by_label("Che giorno è successo?").fill((clock.today() - dt.timedelta(days=3)).isoformat())
    page.get_by_label("Che cosa è successo?").fill("Di nuovo musica fino alle due.")
    page.get_by_role("button", name="Aggiungi").click()
    expect(page.get_by_text("Episodio aggiunto")).to_be_visible()
    page.get_by_role("link", name="Scrivi ad Anna").click()
    check_accessible(page, "390-scrivi")
    page.get_by_label("Che cosa vuoi dirci?").fill("Ci sono ancora.")
    page.get_by_role("button", name="Invia").click()
    page.get_by_role("link", name="Dicci se è così").click()
    check_accessible(page, "390-esito")
    page.get_by_label("No, non è così").check()
    page.get_by_label("Vuoi dirci di più?").fill("La notte di sabato è come prima.")
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_text("Anna riguarda il caso e ti risponde")).to_be_visible()
    check_accessible(page, "390-segui-contestato")
    page.get_by_role("link", name="Dicci com'è andata con noi").click()
    check_accessible(page, "390-opinione")
    for group in page.locator("fieldset").all():
        group.get_by_label("abbastanza").check()
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_text("Grazie: ci aiuta a lavorare meglio.")).to_be_visible()
    assert case.outcome_replies.get().verdict == "contested"


def closed_case(by: Actor, report: Report) -> Case:
    """A case with a contact, a commitment kept and an intervention, closed as improved."""
    case = case_of(by, report)
    casework.contact_in_case(by=by, case=case, new=casework.NewContact(summary="Sentita"))
    what = casework.NewCommitment(what="parla con la famiglia del piano di sopra", due_on=clock.today())
    commitment = casework.add_commitment(by=by, case=case, new=what)
    casework.end_commitment(by=by, commitment=commitment, state="kept")
    planned = casework.NewIntervention(kind="mediation", what="incontro tra vicini", planned_on=clock.today())
    casework.carry_out(
        by=by, intervention=casework.plan_intervention(by=by, case=case, new=planned), result="bene"
    )
    return close_case(by, case, outcome="improved", note="La sera c'è più calma.", consultation="D'accordo")


@pytest.mark.parametrize("size", ["390", "1366"])
def test_the_pages_that_everyone_sees_are_accessible(place: Cast, open_page: Opener, size: str) -> None:
    found = territory.locate(address_words="via dei mille 12")
    for months in range(3):
        report = listening.receive(
            by=Actor.visitor(), new=new_report(location=found, category=kind("rifiuti")), channel=Channel.WEB
        ).report
        received_at = clock.now() - dt.timedelta(days=31 * months)
        Report.objects.filter(pk=report.pk).update(is_published=True, received_at=received_at)
    page = open_page("/", **({} if size == "390" else DESKTOP))
    paths = [
        "",
        "segui",
        "segui/abc",
        "segnalazioni",
        "segnalazioni?vista=mappa",
        "servizio",
        "privacy",
        "accessibilita",
        "note-legali",
    ]
    for path in paths:
        page.goto(f"/{path}")
        page.wait_for_load_state("networkidle")
        check_accessible(page, f"{size}-{path.replace('/', '-').replace('?', '-') or 'inizio'}")


def test_the_first_visit_of_the_form_is_light(
    compressed: None, town: Served, place: Cast, open_page: Opener
) -> None:
    page = open_page("/healthz")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/segnala")
    page.get_by_label("Ho letto e compreso").check()
    page.get_by_role("button", name="Avanti").click()
    page.wait_for_load_state("networkidle")
    transferred = sum(sizes) / 1000
    print(f"\nfirst visit of the form: {transferred:.0f} kB in {len(sizes)} answers (limit 150)")
    assert 20 < transferred <= 150
