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
from tests.journeys.conftest import DESKTOP, Opener
from tests.journeys.steps import (
    looked_at,
    press,
    signed_in,
    well_made,
)
from vicinia.domain.mobility.jobs import computing
from vicinia.domain.mobility.models import MobilityPlan, Offer, RehousingFile, Relocation, Stay
from vicinia.domain.mobility.tests.processes import apart
from vicinia.domain.worksites.models import Lot, Worksite
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
    press(lucia, "Rifiuta")
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
    site = estates.works_in_the_estate(place)
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
    impossible(lucia, site)


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


def impossible(lucia: Page, site: Worksite) -> None:
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
