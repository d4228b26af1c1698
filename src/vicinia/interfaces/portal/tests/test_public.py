"""What everyone may see, and what nobody else's page may give away."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import Channel
from vicinia.domain.listening.tests.factories import kind, new_report, police_kind, report_in
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import CivicNumber
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.portal.tests.test_report import XSS

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC)
PAGES = ["/", "/segui", "/segnalazioni", "/servizio", "/privacy", "/accessibilita", "/note-legali"]


@pytest.fixture(autouse=True)
def _frozen() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def published(cast: Cast, **fields: object) -> Report:
    """Rubbish in via dei Mille, looked at by Anna: so it is shown."""
    place = territory.locate(address_words="via dei mille 12", place_words="sotto casa di Rita Verdi")
    values = {"category": kind("rifiuti"), "title": "Sacchi di Bianchi", "location": place} | fields
    report = listening.receive(by=Actor.visitor(), new=new_report(**values), channel=Channel.WEB).report
    return listening.take(by=cast.actor(cast.anna), report=report)


def rows_of(**query: str) -> int:
    return Client().get("/segnalazioni", query).content.decode().count('class="row-title"')


def test_the_list_says_kind_street_month_and_state_only(place: CivicNumber, cast: Cast) -> None:
    report = published(cast)
    page = Client().get("/segnalazioni").content.decode()
    assert "Rifiuti abbandonati" in page and "Via dei Mille, novembre 2026" in page and "in corso" in page
    for secret in ("Bianchi", "Verdi", "Bassi", "non si dorme", "Anna", report.reference, ", 12"):
        assert secret not in page.split("<main")[1]


def test_the_map_says_the_same_moved_to_a_grid(place: CivicNumber, cast: Cast) -> None:
    published(cast)
    CivicNumber.objects.update(lat=44.805444, lon=10.605444)
    Report.objects.update(lat=44.805444, lon=10.605444)
    answer = Client().get("/segnalazioni/punti.json")
    feature = answer.json()["features"][0]
    assert feature["geometry"]["coordinates"] == [10.605, 44.805]
    assert set(feature["properties"]) == {"kind", "street", "month", "state", "label", "meaning"}
    for secret in ("Bianchi", "Verdi", "Bassi", "5444", "2026-0"):
        assert secret not in answer.content.decode()


def test_a_name_typed_as_an_address_is_never_shown(place: CivicNumber, cast: Cast) -> None:
    report = published(cast)
    Report.objects.filter(pk=report.pk).update(address="casa di Rita Verdi, via dei Mille 12")
    page = Client().get("/segnalazioni").content.decode()
    assert "Verdi" not in page and "Crocetta" in page


def test_private_kinds_and_unseen_reports_are_nowhere(place: CivicNumber, cast: Cast) -> None:
    published(cast, category=kind("rumore"))
    spot = territory.locate(address_words="via dei mille 12")
    listening.receive(
        by=Actor.visitor(), new=new_report(category=kind("rifiuti"), location=spot), channel=Channel.WEB
    )
    assert rows_of() == 0 and Client().get("/segnalazioni/punti.json").json()["features"] == []
    assert "Rumori" not in Client().get("/segnalazioni").content.decode()


def test_filters_narrow_by_kind_quarter_state_and_period(place: CivicNumber, cast: Cast) -> None:
    published(cast)
    old = published(cast, category=kind("verde", name="Verde", is_public=True))
    listening.answer(by=cast.actor(cast.anna), report=old, words="Fatto.")
    Report.objects.filter(pk=old.pk).update(received_at=NOW - dt.timedelta(days=60))
    assert rows_of() == 2
    assert rows_of(tipo="verde") == rows_of(periodo="1") == rows_of(stato="chiuse") == 1
    assert rows_of(zona="crocetta") == 2 and rows_of(zona="stazione") == 0
    assert "Verde (1)" in Client().get("/segnalazioni").content.decode()


@pytest.mark.parametrize("name", ["tipo", "zona", "stato", "periodo", "pagina", "vista", "altro"])
def test_nonsense_in_the_address_filters_nothing_and_is_never_markup(
    place: CivicNumber, cast: Cast, name: str
) -> None:
    published(cast)
    answer = Client().get("/segnalazioni", {name: XSS})
    assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()
    assert rows_of(**{name: XSS}) == 1
    assert Client().get("/segnalazioni/punti.json", {name: XSS}).status_code == 200


def test_solved_in_a_year_counts_what_was_solved(place: CivicNumber, cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    listening.answer(by=anna, report=published(cast), words="Fatto.")
    for outcome in ("solved", "unfounded"):
        case = case_of(anna, published(cast))
        casework.contact_in_case(by=anna, case=case, new=casework.NewContact(summary="x"))
        close_case(anna, case, outcome=outcome, note="Fine.", consultation="Sì")
    listening.answer(by=anna, report=report_in(cast.crocetta, category=police_kind()), words="Fatto.")
    page = Client().get("/segnalazioni").content.decode()
    assert "Negli ultimi 12 mesi sono state risolte 2 segnalazioni" in page, (
        "the police regime is not counted"
    )
    with time_machine.travel(NOW + dt.timedelta(days=370), tick=False):
        assert "sono state risolte" not in Client().get("/segnalazioni").content.decode()


def statements() -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get("/segnalazioni").status_code == 200
        Client().get("/segnalazioni/punti.json")
    return len(queries)


def test_a_long_list_costs_as_many_statements_as_a_short_one(place: CivicNumber, cast: Cast) -> None:
    published(cast)
    short = statements()
    rows = [Report.objects.get()]
    for number in range(49):
        rows.append(
            Report(**{f.attname: getattr(rows[0], f.attname) for f in Report._meta.fields if f.name != "id"})
        )
        rows[-1].reference = f"2026-9{number:04d}"
    Report.objects.bulk_create(rows[1:])
    assert statements() == short
    assert rows_of() == 20 and "Successiva" in Client().get("/segnalazioni").content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_page_opens_for_everyone(client: Client, cast: Cast, path: str, language: str) -> None:
    client.cookies["django_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200 and f'lang="{language}"' in answer.content.decode()


def test_the_language_is_chosen_by_post_and_leads_to_our_own_pages_only(client: Client, cast: Cast) -> None:
    answer = client.post("/lingua", {"language": "en", "next": "/servizio"})
    assert answer.headers["Location"] == "/servizio" and client.cookies["django_language"].value == "en"
    away = client.post("/lingua", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in away.headers["Location"]


def test_no_page_of_the_portal_calls_another_site(
    client: Client, place: CivicNumber, settings: object
) -> None:
    for path in [*PAGES, "/segnala"]:
        page = client.get(path).content.decode()
        for mark in ('src="http', 'href="http', "<style", " style=", " onclick="):
            assert mark not in page, (path, mark)
