"""Mobility: who lives where while the houses are renovated, decided, lived through, and come back from.

The plan of a real estate from its census to a slip of the works; the move of one household on a phone; its own page; the keyboard.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys import estates
from tests.journeys.conftest import DESKTOP, PHONE, Opener, Travel
from tests.journeys.steps import (
    a_pdf,
    looked_at,
    none_of,
    photo,
    press,
    signed_in,
    tab_to,
    well_made,
    words_of_pdf,
)
from vicinia.domain.mobility import actions
from vicinia.domain.mobility.jobs import computing
from vicinia.domain.mobility.models import (
    Accord,
    FamilyMessage,
    MobilityPlan,
    Offer,
    RehousingFile,
    Relocation,
    Removal,
    Stay,
)
from vicinia.domain.mobility.states import FileState, PlanState
from vicinia.domain.mobility.tests import factories
from vicinia.domain.mobility.tests.processes import apart
from vicinia.domain.worksites.models import Lot
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.kernel import clock

__all__ = ["apart"]
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]
ROOT = "/laboratorio/mobilita"
TABLE = "28 − 15 %\n40 − 15 %\n60 − 15 %\n70 − 15 %\n80 − 15 %\n95 − 15 %"
# Seconds: what the search for remedies may take here, which a person gives a minute.
PATIENCE_OF_A_TEST = 12
# Letters as they are written and as they are printed, joined to each other.
ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufeff]{3}")
WORDS = "La nonna usa la sedia a rotelle."


# The plan of an estate --------------------------------------------------------------------------------------------


def taken_in(page: Page, path: str, file: Path, name: str) -> None:
    """A table through its page: tried first, then kept."""
    page.goto(path)
    for label in ("Prova il file", "Importa"):
        page.get_by_label("File CSV").set_input_files(file)
        press(page, label)
        if label == "Prova il file":
            expect(page.get_by_text("Prova: non abbiamo ancora scritto niente")).to_be_visible()
            well_made(page, name)
    expect(page.get_by_text("File importato.")).to_be_visible()


def computed(page: Page, name: str) -> None:
    """What waits is carried out by a process of its own, as the worker does; the page says it by itself."""
    expect(page.get_by_text("Comincia entro un minuto.", exact=True)).to_be_visible()
    looked_at(page, f"{name}-calcolo")
    assert computing.compute() == 1
    expect(page.get_by_role("button", name="Ferma")).to_have_count(0, timeout=150_000)


def asked(page: Page, home: str, *, kind: str = "Il migliore possibile", name: str) -> MobilityPlan:
    """Ask for a plan on its page and wait for it."""
    page.goto(f"{home}/piani/nuovo" + ("?tipo=replan" if "meno" in kind else ""))
    expect(page.get_by_label(kind, exact=False)).to_be_checked()
    page.get_by_label("Tempo di calcolo al massimo").select_option(label="1 minuto")
    well_made(page, f"{name}-chiedi")
    press(page, "Calcola")
    computed(page, name)
    return MobilityPlan.objects.latest("number")


def a_relocation(place: Cast, lucia: Page, carla: Page) -> Relocation:
    """The coordinator writes the rule of the Region, the laboratory begins."""
    carla.goto(f"{ROOT}/tabelle")
    looked_at(carla, "mobilita-tabelle-vuote")
    press(carla, "Nuova tabella")
    carla.get_by_label(re.compile("^Nome")).fill("Regola della Regione")
    carla.get_by_label("Da dove viene").fill("Regolamento 4, articolo 9")
    carla.get_by_label("Metri quadri per numero di persone").fill(TABLE)
    press(carla, "Salva")
    looked_at(carla, "mobilita-tabella")

    lucia.goto("/laboratorio")
    looked_at(lucia, "mobilita-laboratorio")
    lucia.get_by_role("link", name="Tutte le mobilità").click()
    looked_at(lucia, "mobilita-nessuna")
    press(lucia, "Nuova mobilità")
    lucia.get_by_label("Come si chiama").fill("Corti del Borgo")
    lucia.get_by_label("Corti del Borgo", exact=False).last.check()
    lucia.get_by_label("Tabella di adeguatezza").select_option(label="Regola della Regione")
    lucia.get_by_label("Tipo dei casi che si aprono").select_option(label="Rumori e schiamazzi")
    well_made(lucia, "mobilita-nuova")
    press(lucia, "Salva")
    looked_at(lucia, "mobilita-appena-fatta")
    return Relocation.objects.get()


def interviewed(lucia: Page, home: str, file: RehousingFile, beside: RehousingFile, name: str) -> None:
    """A household is taken, talked with, and what it needs is clear."""
    number = file.household.number
    lucia.goto(f"{home}/nuclei")
    lucia.get_by_role("button", name=re.compile(rf"Accompagno io.*{file.household.label}$")).click()
    press(lucia, "Scrivi un colloquio")
    lucia.get_by_label("Che cosa è stato detto").fill(WORDS)
    well_made(lucia, f"{name}-colloquio")
    press(lucia, "Salva")
    press(lucia, "Esigenze")
    lucia.get_by_label("Scuola").fill("Due bambini alla scuola del quartiere.")
    lucia.get_by_label("Preferenze").fill("Vicino alla sorella.")
    well_made(lucia, f"{name}-esigenze")
    press(lucia, "Salva")
    lucia.goto(f"{home}/nuclei/{number}/vicini")
    lucia.get_by_label("Vicino a chi").select_option(label=f"{beside.household.label} · {beside.home.where}")
    press(lucia, "Salva")
    press(lucia, "Conferma le esigenze")
    expect(lucia.get_by_text("Esigenze confermate: ora si può offrire un alloggio.")).to_be_visible()
    looked_at(lucia, f"{name}-fascicolo")


def locked(lucia: Page, plan: MobilityPlan, file: RehousingFile) -> Stay:
    """The household stays where the plan first sends it: decided by hand, with the reason."""
    stay = Stay.objects.filter(plan=plan, file=file, first__gt=0, dwelling__isnull=False).first()
    assert stay is not None and stay.dwelling is not None
    press(lucia, "Fissalo in un alloggio")
    expect(lucia.get_by_label("Nucleo")).to_have_value(str(file.household.number))
    lucia.get_by_label("Alloggio").select_option(label=stay.dwelling.where)
    lucia.get_by_label(re.compile("^Da")).select_option(plan.days[stay.first].isoformat())
    lucia.get_by_label("Perché").fill("Promesso in assemblea.")
    well_made(lucia, "mobilita-fissa")
    press(lucia, "Fissa")
    looked_at(lucia, "mobilita-fissati")
    return stay


def refused_offer(lucia: Page, home: str, file: RehousingFile) -> Offer:
    """The household says no to what the published plan has for it."""
    lucia.goto(f"{home}/nuclei/{file.household.number}")
    looked_at(lucia, "mobilita-fascicolo-con-piano")
    lucia.get_by_role("link", name="Prepara l'offerta").first.click()
    well_made(lucia, "mobilita-offerta-nuova")
    press(lucia, "Prepara")
    press(lucia, "Manda l'offerta")
    looked_at(lucia, "mobilita-offerta")
    press(lucia, "La famiglia rifiuta")
    lucia.get_by_label("lontano dalla scuola").check()
    lucia.get_by_label("Con parole sue").fill("I bambini restano nella loro classe.")
    well_made(lucia, "mobilita-rifiuto")
    press(lucia, "Salva")
    looked_at(lucia, "mobilita-offerta-rifiutata")
    return Offer.objects.get()


def a_lot_slips(lucia: Page, lot: Lot, months: int) -> None:
    """The laboratory writes a new forecast, and the works in the dwellings move along."""
    lucia.goto(f"/laboratorio/lotti/{lot.reference}")
    press(lucia, "Nuova stima dei tempi")
    for label, day in (("Inizio stimato", lot.forecast_from), ("Fine stimata", lot.forecast_to)):
        lucia.get_by_label(label).fill(clock.add_months(day, months).isoformat())
    lucia.get_by_label("Perché cambia").fill("Sotto il tetto c'era amianto.")
    lucia.get_by_label("Sposta di altrettanti giorni", exact=False).check()
    press(lucia, "Salva")
    expect(lucia.get_by_text("Nuova stima scritta.")).to_be_visible()


def published(page: Page, home: str, plan: MobilityPlan) -> None:
    page.goto(f"{home}/piani/{plan.number}")
    press(page, "Pubblica la proposta")
    well_made(page, f"mobilita-pubblica-{plan.number}")
    press(page, "Pubblica la proposta")
    expect(page.get_by_text("Pubblicato: lo sa chi accompagna i nuclei.")).to_be_visible()


def test_the_plan_of_an_estate(place: Cast, apart: None, open_page: Opener, tmp_path: Path) -> None:
    lucia, carla = (signed_in(open_page, user, **DESKTOP) for user in (place.lucia, place.carla))
    taken_in(lucia, "/edificio/importa", estates.table_of_dwellings(tmp_path), "mobilita-importa-alloggi")
    estates.works_in_the_estate(place)
    row = a_relocation(place, lucia, carla)
    home = f"{ROOT}/{row.reference}"
    wrong = ["B1", "B1-99", "no", 2, "no", "no", 2, "no", "italiano"]
    elvish = ["B1", "B1-1", "no", 2, "no", "no", 2, "no", "elfico"]
    households = estates.table_of_households(tmp_path, wrong, elvish)
    taken_in(lucia, f"{home}/nuclei/importa", households, "mobilita-importa-nuclei")
    assert (row.units.count(), RehousingFile.objects.count()) == (132, 99)
    looked_at(lucia, "mobilita-nuclei")
    for path, name in (("", "pronta"), ("/alloggi", "alloggi"), ("/piani", "piani-nessuno")):
        lucia.goto(home + path)
        looked_at(lucia, f"mobilita-{name}")

    first, second = RehousingFile.objects.filter(home__building__code="B1").order_by("id")[:2]
    interviewed(lucia, home, first, second, "mobilita-primo")
    interviewed(
        lucia,
        home,
        second,
        RehousingFile.objects.exclude(pk__in=(first.pk, second.pk))[0],
        "mobilita-secondo",
    )

    plan = asked(lucia, home, name="mobilita-piano-1")
    expect(lucia.get_by_text("ottimo dimostrato", exact=False)).to_be_visible()
    expect(lucia.get_by_text("nessuno fuori dal quartiere", exact=True)).to_be_visible()
    looked_at(lucia, "mobilita-piano-1")
    lucia.get_by_role("cell").get_by_role(
        "link", name=re.compile(rf"\b{second.household.number}\b")
    ).first.click()
    looked_at(lucia, "mobilita-perche")
    stay = locked(lucia, plan, second)

    plan = asked(lucia, home, name="mobilita-piano-2")
    assert Stay.objects.filter(plan=plan, file=second, dwelling=stay.dwelling).exists()
    published(lucia, home, plan)
    offer = refused_offer(lucia, home, first)
    a_lot_slips(lucia, Lot.objects.get(name="Lotto 3"), 4)
    replanned(place, lucia, carla, home, offer)
    impossible(lucia)


def replanned(place: Cast, lucia: Page, carla: Page, home: str, offer: Offer) -> None:
    """The published plan says that it does not hold; the next one disturbs as few as it can, and respects a no."""
    for page, name in ((lucia, "1366"), (carla, "carla")):
        page.goto(f"{home}/piani/2")
        expect(page.get_by_text("I lavori sono slittati: questo piano non vale più.")).to_be_visible()
        looked_at(page, f"mobilita-piano-non-vale-{name}")
    carla.goto("/oggi")
    expect(carla.get_by_text("I lavori slittano: il piano 2 non vale più")).to_be_visible()
    looked_at(carla, "mobilita-oggi")
    plan = asked(lucia, home, kind="Con meno cambiamenti possibili", name="mobilita-piano-3")
    looked_at(lucia, "mobilita-piano-3")
    assert not Stay.objects.filter(plan=plan, file=offer.file, dwelling=offer.dwelling).exists()
    lucia.get_by_text("Come è stato calcolato").click()
    expect(lucia.get_by_role("row", name=re.compile("cambi"))).to_be_visible()
    well_made(lucia, "mobilita-piano-3-conti")
    press(lucia, "Confronta con il 2")
    looked_at(lucia, "mobilita-confronto")
    lucia.goto(f"{home}/piani/3?vista=nuclei")
    looked_at(lucia, "mobilita-piano-3-nuclei")


def impossible(lucia: Page) -> None:
    """What if nobody were outside? It can't be: the page says why, and what would be enough."""
    home = f"{ROOT}/{Relocation.objects.get().reference}"
    MobilityPlan.objects.filter(number=3).update(time_limit=PATIENCE_OF_A_TEST)
    lucia.goto(f"{home}/piani/3")
    press(lucia, "E se nessuno andasse fuori?")
    computed(lucia, "mobilita-e-se")
    expect(lucia.get_by_role("heading", name="Nessun piano è possibile così")).to_be_visible()
    expect(lucia.get_by_role("heading", name="Che cosa basterebbe")).to_be_visible()
    looked_at(lucia, "mobilita-impossibile")
    lucia.goto(f"{home}/piani")
    looked_at(lucia, "mobilita-piani")
    lucia.set_viewport_size({"width": 390, "height": 844})
    for path, name in (
        ("", "mobilita"), ("/nuclei", "nuclei"), ("/alloggi", "alloggi"), ("/piani", "piani"),
        ("/piani/3", "piano-3"), ("/piani/3?vista=nuclei", "piano-3-nuclei"), ("/piani/4", "impossibile"),
        ("/piani/3/confronta/2", "confronto"), ("/vincoli", "fissati"),
    ):  # fmt: skip
        lucia.goto(home + path)
        looked_at(lucia, f"mobilita-390-{name}")


# The move of a household ------------------------------------------------------------------------------------------


def letter_of(lucia: Page, offer: Offer, language: str) -> str:
    """What the letter of an offer says; printing it gives the family a link, so that it is posted."""
    token = lucia.locator("[name=csrfmiddlewaretoken]").first.input_value()
    path = f"/laboratorio/trasferimenti/offerte/{offer.reference}/lettera.pdf"
    form = {"csrfmiddlewaretoken": token, "lingua": language}
    return a_pdf(lucia.request.post(path, form=form))


def accepted(
    lucia: Page, file: RehousingFile, kind: str, where: str, months: tuple[int, int], name: str
) -> Accord:
    """An offer is prepared, sent, printed in the language of the family, accepted."""
    first, last = (factories.month(ahead).isoformat() for ahead in months)
    lucia.goto(f"{ROOT}/nuclei/{file.household.number}/offerte/nuova")
    lucia.get_by_label(kind).check()
    choice = lucia.get_by_label("Quale alloggio").locator("option", has_text=where).first.inner_text()
    lucia.get_by_label("Quale alloggio").select_option(label=choice)
    lucia.get_by_label("Da che mese").select_option(first)
    if kind == "per il tempo dei lavori":
        lucia.get_by_label("Fino a che mese").select_option(last)
    lucia.get_by_label("Che cosa diciamo alla famiglia").fill("Restate vicino alla scuola.")
    well_made(lucia, f"{name}-offerta")
    press(lucia, "Prepara")
    press(lucia, "Manda l'offerta")
    looked_at(lucia, f"{name}-mandata")
    offer = Offer.objects.latest("id")
    assert where in letter_of(lucia, offer, "it") and "Rispondete entro il" in letter_of(lucia, offer, "it")
    letter = letter_of(lucia, offer, "ar")
    assert ARABIC.search(letter) and offer.reference in letter and "Rispondete" not in letter
    press(lucia, "La famiglia accetta")
    lucia.get_by_label("Chi c'era").fill("La figlia, al telefono")
    well_made(lucia, f"{name}-accetta")
    press(lucia, "Salva")
    looked_at(lucia, f"{name}-accordo")
    return Accord.objects.latest("id")


def signed(lucia: Page, accord: Accord, name: str) -> Removal:
    """The accord is printed in both languages, signed on paper, and photographed."""
    paper = f"/laboratorio/trasferimenti/accordi/{accord.reference}/accordo.pdf"
    assert "Che cosa promette" in words_of_pdf(lucia, f"{paper}?lingua=it")
    words = words_of_pdf(lucia, paper)
    assert ARABIC.search(words) and accord.reference in words and "Che cosa promette" not in words
    press(lucia, "È firmato")
    lucia.get_by_label("Chi ha firmato per il nucleo").fill("Samira Benali")
    lucia.get_by_label("Foto o scansione del foglio firmato").set_input_files(photo())
    well_made(lucia, f"{name}-firma")
    press(lucia, "Salva")
    looked_at(lucia, f"{name}-trasloco")
    assert attachments.of(accord).count() == 1
    return Removal.objects.latest("id")


def moved(lucia: Page, removal: Removal, travel: Travel, ahead: int, name: str) -> None:
    """The day is fixed, what is to be done is done, the household lives there."""
    day = clock.add_working_days(factories.month(ahead), 1)
    press(lucia, "Fissa il giorno")
    lucia.get_by_label("Giorno").fill(day.isoformat())
    press(lucia, "Salva")
    press(lucia, "Scuola avvisata")
    lucia.get_by_label("Nota").fill("Parla la maestra Rosa.")
    well_made(lucia, f"{name}-passo")
    press(lucia, "Salva")
    for what in ("traslocatori", "chiavi del nuovo alloggio"):
        lucia.get_by_role("button", name=re.compile(f"Fatto.*{what}$")).click()
    looked_at(lucia, f"{name}-passi")
    lucia.goto("/laboratorio/trasferimenti/traslochi")
    looked_at(lucia, f"{name}-traslochi")
    sheet = words_of_pdf(lucia, f"/laboratorio/trasferimenti/traslochi/giorno/{day.isoformat()}.pdf")
    assert removal.to_dwelling.where in sheet and "Benali" not in sheet
    travel.to(day)
    lucia.goto(f"/laboratorio/trasferimenti/traslochi/{removal.reference}")
    press(lucia, "È fatto")
    press(lucia, "Salva")
    expect(lucia.get_by_text("Fatto: il nucleo abita nel nuovo alloggio.")).to_be_visible()


def paid_back(lucia: Page, file: RehousingFile) -> None:
    """What the family spent, with a photo of the receipt, is approved and paid."""
    lucia.goto(f"{ROOT}/nuclei/{file.household.number}/spese/nuova")
    lucia.get_by_label("Per che cosa").select_option("removal")
    lucia.get_by_label("Importo in euro").fill("120,50")
    lucia.get_by_label("Speso il").fill(clock.today().isoformat())
    lucia.get_by_label("Foto o PDF della ricevuta").set_input_files(photo())
    well_made(lucia, "trasloco-spesa-nuova")
    press(lucia, "Salva")
    expect(lucia.get_by_role("link", name="Ricevuta 1")).to_be_visible()
    press(lucia, "Approva")
    looked_at(lucia, "trasloco-spesa")
    press(lucia, "È pagata")
    press(lucia, "Salva")
    expect(lucia.get_by_text("Pagata.", exact=True)).to_be_visible()
    looked_at(lucia, "trasloco-spesa-pagata")
    lucia.goto("/laboratorio/trasferimenti/spese?vista=tutte")
    looked_at(lucia, "trasloco-spese")


def test_a_household_moves_and_comes_back(place: Cast, travel: Travel, open_page: Opener) -> None:
    estate = estates.courts(place.lucia, language="ar")
    file, home, spare = estate.files[0], estate.doors[0], estate.spare[0]
    lucia = signed_in(open_page, place.lucia, **PHONE)
    away = accepted(lucia, file, "per il tempo dei lavori", spare.where, (1, 4), "trasloco")
    moved(lucia, signed(lucia, away, "trasloco"), travel, 1, "trasloco")
    paid_back(lucia, file)

    travel.to(factories.month(3))
    lucia = signed_in(open_page, place.lucia, **PHONE)
    back = accepted(lucia, file, "per il rientro", home.where, (1, 1), "rientro")
    moved(lucia, signed(lucia, back, "rientro"), travel, 1, "rientro")
    file.refresh_from_db()
    assert (file.state, file.household.dwelling_id) == (FileState.RETURNED, home.pk)
    lucia.goto(f"{estate.home}/nuclei/{file.household.number}")
    looked_at(lucia, "rientro-fascicolo")
    press(lucia, "Chiudi il fascicolo")
    lucia.get_by_label("Motivo", exact=False).fill("Sono tornati a casa.")
    well_made(lucia, "rientro-chiudi")
    press(lucia, "Chiudi")
    expect(lucia.get_by_text("Fascicolo chiuso.")).to_be_visible()


# The page of the family, the keyboard, who reads what -------------------------------------------------------------


@pytest.mark.parametrize("locale", ["it-IT", "en-GB"])
def test_the_family_reads_its_page_and_asks(place: Cast, open_page: Opener, locale: str) -> None:
    estate = estates.courts(place.lucia, language="ar")
    file, by = estate.files[0], place.actor(place.lucia)
    actions.change_needs(
        by=by, file=file, numbers=actions.Numbers(size=2, claims_return=True, language="ar"),
        words=actions.Words(needs=WORDS), seen_version=file.version,
    )  # fmt: skip
    plan = actions.ask_plan(by=by, relocation=estate.relocation, new=actions.NewPlan(time_limit=60))
    computing.carry_out(plan)
    actions.publish_plan(by=by, plan=MobilityPlan.objects.get())
    factories.a_removal(by, estate.files[1], estate.spare[1])
    factories.an_offer(by, file, estate.spare[0])
    factories.an_expense(by, file)

    lucia = signed_in(open_page, place.lucia, **DESKTOP)
    lucia.goto(f"{estate.home}/nuclei/{file.household.number}")
    press(lucia, "Dai il collegamento")
    well_made(lucia, "famiglia-collegamento")
    link = lucia.get_by_text("/trasferimento/", exact=False).first.inner_text()
    family = open_page(link, **{**PHONE, "java_script_enabled": False, "locale": locale})
    well_made(family, f"famiglia-{locale}")
    expect(family.get_by_text(estate.spare[0].building.name, exact=False).first).to_be_visible()
    none_of(family, WORDS, "sedia a rotelle")
    family.locator("[name=kind][value=question]").check()
    family.locator("[name=words]").fill("Posso portare il gatto?")
    family.locator("form button[type=submit]").last.click()
    well_made(family, f"famiglia-scritto-{locale}")
    assert FamilyMessage.objects.get().words == "Posso portare il gatto?"

    lucia.goto("/oggi")
    looked_at(lucia, "famiglia-oggi")
    lucia.get_by_role("link", name="Ha scritto una famiglia").first.click()
    expect(lucia.get_by_text("Posso portare il gatto?")).to_be_visible()
    lucia.get_by_role("button", name="Segna come letto").click()
    looked_at(lucia, f"famiglia-messaggi-{locale}")


def test_a_plan_with_the_keyboard_only(place: Cast, open_page: Opener) -> None:
    estate = estates.courts(place.lucia)
    lucia = signed_in(open_page, place.lucia, **DESKTOP)
    lucia.goto(f"{estate.home}/piani")
    tab_to(lucia, "Chiedi un piano")
    lucia.keyboard.press("Enter")
    lucia.wait_for_url("**/piani/nuovo")
    tab_to(lucia, "Il migliore possibile")
    tab_to(lucia, "Calcola")
    lucia.keyboard.press("Enter")
    expect(lucia.get_by_text("Comincia entro un minuto.", exact=True)).to_be_visible()
    computing.carry_out(MobilityPlan.objects.get())
    expect(lucia.get_by_role("heading", name="Chi abita dove, fase per fase")).to_be_visible()
    # First the picture itself, which scrolls with the arrows, then the bars in it.
    for _step in ("the picture", "the bar"):
        tab_to(lucia, "N. 101")
    lucia.keyboard.press("Enter")
    expect(lucia.get_by_role("heading", name="Perché il nucleo 101 è lì")).to_be_visible()
    tab_to(lucia, "Torna al piano")
    lucia.keyboard.press("Enter")
    expect(lucia.get_by_role("heading", name="Chi abita dove, fase per fase")).to_be_visible()
    tab_to(lucia, "Pubblica la proposta")
    lucia.keyboard.press("Enter")
    expect(lucia.get_by_role("heading", name="Pubblichi il piano 1?")).to_be_visible()
    tab_to(lucia, "Pubblica la proposta")
    lucia.keyboard.press("Enter")
    expect(lucia.get_by_text("Pubblicato: lo sa chi accompagna i nuclei.")).to_be_visible()
    assert MobilityPlan.objects.get().state == PlanState.PUBLISHED


def test_who_reads_dwellings_who_numbers_and_who_words(place: Cast, open_page: Opener) -> None:
    estate = estates.courts(place.lucia)
    by, file = place.actor(place.lucia), estate.files[0]
    plan = actions.ask_plan(by=by, relocation=estate.relocation, new=actions.NewPlan(time_limit=60))
    computing.carry_out(plan)
    actions.publish_plan(by=by, plan=MobilityPlan.objects.get())
    anna = signed_in(open_page, place.anna, **PHONE)
    for path, name in (("", "mobilita"), ("/alloggi", "alloggi"), ("/piani", "piani"), ("/piani/1", "piano")):
        anna.goto(estate.home + path)
        looked_at(anna, f"operatrice-{name}")
        none_of(anna, "N. 101", "N. 102", "nucleo 101", "Nucleo 101", "/nuclei")
    assert anna.goto(f"{estate.home}/nuclei").status == 403
    rosa = User.objects.create(email="rosa@prova.example", name="Rosa Bini", role=Role.LABORATORY)
    for user in (rosa, place.carla):
        page = signed_in(open_page, user, **DESKTOP)
        page.goto(f"{estate.home}/nuclei")
        expect(page.get_by_text("Nucleo 101", exact=True)).to_be_visible()
        for path in (f"{estate.home}/nuclei/101", f"{ROOT}/nuclei/101/offerte", f"{ROOT}/nuclei/101/spese"):
            answer = page.goto(path)
            assert answer is not None and answer.status == 404
    assert file.household.number == 101
