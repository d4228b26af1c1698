"""Who reads which numbers, by name."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from vicinia.domain.casework.models import Case, CaseReport, OutcomeReply
from vicinia.domain.casework.states import Outcome, OutcomeVerdict
from vicinia.domain.foresight.models import Alert
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel, ReportState
from vicinia.domain.listening.tests.factories import kind, police_kind
from vicinia.domain.people.tests import factories as people_factories
from vicinia.domain.reviews.models import Recommendation, Review
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.interfaces.statistics.expressions import LocalDay
from vicinia.interfaces.statistics.tests.factories import closed_cases, moment, reports

pytestmark = pytest.mark.django_db
NOW = moment("2026-11-23", 9)
DESK = ("/statistiche", "/statistiche.csv")


@pytest.fixture(autouse=True)
def _town(settings):
    settings.SECOND_FACTOR = False
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    return " ".join(body.decode().split())


def table(answer) -> dict[tuple[str, str, str], str]:
    rows = csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";")
    return {tuple(row[:3]): row[3] for row in rows}


@pytest.fixture
def year(cast: Cast) -> Cast:
    """What came in October and November: noise, thefts by the police's rules, and two lone reports in Stazione."""
    noise, quarrel = kind(), kind("lite")
    reports(20, kind=noise, area=cast.crocetta, day="2026-10-05")
    reports(7, kind=quarrel, area=cast.crocetta)
    reports(30, kind=noise, area=cast.stazione)
    reports(9, kind=police_kind(), area=cast.crocetta, day="2026-10-06")
    other = kind("cane", parent=Category.objects.create(code="animali", name="Animali"))
    reports(2, kind=other, area=cast.stazione, day="2026-10-07", channel=Channel.DESK)
    reports(40, kind=other, area=cast.crocetta, day="2026-10-07")
    return cast


@pytest.mark.parametrize("path", DESK)
@pytest.mark.parametrize("who", ["anna", "bruno", "lucia", "marco", "paolo", "dario", "ada"])
def test_who_has_no_statistics_is_refused(cast: Cast, who, path):
    assert of(getattr(cast, who)).get(path).status_code == 403


@pytest.mark.parametrize("path", DESK)
def test_a_visitor_is_led_to_sign_in(client, db, path):
    assert client.get(path)["Location"].startswith("/accesso?next=/statistiche")


def test_carla_reads_every_count_and_follows_it(year: Cast):
    page = text(of(year.carla).get("/statistiche"))
    assert "Dal 1 dicembre 2025 al 23 novembre 2026 sono arrivate 108 segnalazioni." in page
    link = "/in-arrivo?vista=tutte&amp;since=2025-12-01&amp;until=2026-11-23&amp;channel=desk"
    assert f'<a href="{link}">2</a>' in page
    assert "Chi ha in mano che cosa, oggi" in page


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("area={crocetta}", 76),
        ("channel=desk", 2),
        ("group={animali}", 42),
        ("state=open", 108),
        ("state=answered", 0),
    ],
)
def test_a_link_leads_carla_to_as_many_rows_as_it_said(year: Cast, query, rows):
    animals = Category.objects.get(code="animali").pk
    query = query.format(crocetta=year.crocetta.pk, animali=animals)
    answer = of(year.carla).get(f"/in-arrivo?vista=tutte&since=2025-12-01&until=2026-11-23&{query}")
    assert answer.context["page"].paginator.count == rows


def test_reports_without_an_area_can_be_listed(year: Cast):
    reports(3, kind=kind())
    answer = of(year.carla).get("/in-arrivo?vista=tutte&area=null")
    assert answer.context["page"].paginator.count == 3


def test_vera_gets_no_rows_no_links_no_small_counts_and_no_police(year: Cast):
    page = text(of(year.vera).get("/statistiche?periodo=2026"))
    assert "Dal 1 gennaio al 31 ottobre 2026 sono arrivate 62 segnalazioni." in page
    assert "/in-arrivo" not in page and "/casi" not in page
    assert "Anna Ferri" not in page and "Chi ha in mano" not in page
    shown = table(of(year.vera).get("/statistiche.csv?periodo=2026"))
    assert shown["zona", "Stazione", ""] == "" and shown["canale", "sportello", ""] == ""
    assert not any("Spaccio" in row for row in shown)
    assert of(year.vera).get("/in-arrivo").status_code == 403


def test_vera_can_choose_no_filter_and_no_span_that_overlaps_another(year: Cast):
    crocetta = year.crocetta.pk
    asked = f"/statistiche?periodo=altro&dal=2026-10-07&al=2026-10-07&zona={crocetta}&canale=desk"
    assert "sono arrivate 62 segnalazioni" in text(of(year.vera).get(asked))
    assert "sono arrivate 62 segnalazioni" in text(of(year.vera).get("/statistiche?periodo=2026-T4"))


def test_carla_filters_by_area_kind_channel_and_days(year: Cast):
    animals = Category.objects.get(code="animali").pk
    base = "/statistiche?periodo=altro&dal=2026-10-01&al=2026-10-31"
    for query, words in [
        ("", "sono arrivate 71 segnalazioni"),
        (f"&zona={year.stazione.pk}", "sono arrivate 2 segnalazioni"),
        (f"&tipo={animals}", "sono arrivate 42 segnalazioni"),
        ("&canale=web", "non è arrivata nessuna segnalazione"),
    ]:
        assert words in text(of(year.carla).get(base + query))


def test_the_sentence_compares_with_the_year_before(year: Cast):
    reports(90, kind=kind(), day="2025-11-02")
    assert "sono arrivate 108 segnalazioni." in text(of(year.carla).get("/statistiche"))
    reports(10, kind=kind(), day="2024-12-02")
    assert "sono arrivate 108 segnalazioni, l&#x27;8 % in più dell&#x27;anno prima." in text(
        of(year.carla).get("/statistiche")
    )


def test_one_report_is_said_in_the_singular(cast: Cast):
    reports(1, kind=kind(), area=cast.crocetta)
    assert "è arrivata 1 segnalazione." in text(of(cast.carla).get("/statistiche"))


def test_a_new_town_reads_what_will_appear(cast: Cast, client):
    for user in (cast.carla, cast.vera):
        page = text(of(user).get("/statistiche"))
        assert (
            "non è arrivata nessuna segnalazione." in page and "Quando arrivano le prime segnalazioni" in page
        )
    assert "I primi numeri escono a gennaio" in text(client.get("/dati"))
    assert client.get("/dati/2025").status_code == 404
    assert client.get("/dati/2025.csv").status_code == 404
    assert json.loads(client.get("/dati/dcat.jsonld").content)["dcat:dataset"] == []


def test_times_count_working_days_and_the_deadline_of_the_kind(cast: Cast):
    slow = kind("siepe", first_contact_days=5)
    friday = {"area": cast.crocetta, "day": "2026-11-06", "wants_contact": True}
    reports(6, kind=kind(), first_contact_at=moment("2026-11-09"), **friday)
    reports(2, kind=kind(), first_contact_at=moment("2026-11-12"), **friday)
    reports(1, kind=slow, first_contact_at=moment("2026-11-12"), **friday)
    reports(1, kind=kind(), **friday)
    shown = table(of(cast.carla).get("/statistiche.csv"))
    assert shown["primo_contatto", "giorni lavorativi, mediana", ""] == "1"
    assert shown["primo_contatto", "giorni lavorativi, nove su dieci", ""] == "4"
    assert shown["primo_contatto", "entro il termine", ""] == "70 %"


def test_midnight_is_the_towns_own(cast: Cast):
    reports(1, kind=kind(), day="2026-06-30", received_at=moment("2026-06-30", 22))
    reports(1, kind=kind(), day="2026-12-31", received_at=moment("2025-12-31", 23))
    shown = table(of(cast.carla).get("/statistiche.csv"))
    assert shown["mese", "lug 2026", ""] == "1" and shown["mese", "giu 2026", ""] == "0"
    assert shown["mese", "gen 2026", ""] == "1"


@pytest.mark.parametrize(
    ("instant", "day"),
    [("2026-03-29 00:59", 29), ("2026-03-28 22:59", 28), ("2026-03-28 23:00", 29), ("2026-10-24 22:00", 25), ("2026-10-25 23:00", 26)],
)  # fmt: skip
def test_days_are_the_towns_own_around_the_change_of_the_clocks(cast: Cast, instant, day):
    at = dt.datetime.fromisoformat(instant).replace(tzinfo=dt.UTC)
    reports(1, kind=kind(), received_at=at)
    counted = Report.objects.annotate(day=LocalDay("received_at")).values_list("day", flat=True).get()
    assert dt.date.fromordinal(counted).day == day


def test_closed_is_not_solved(cast: Cast):
    closed_cases(6, kind=kind(), area=cast.crocetta)
    closed_cases(5, kind=kind(), outcome=Outcome.UNFOUNDED)
    reports(2, kind=kind(), state=ReportState.ANSWERED, ended_at=moment("2026-11-02"))
    case = Case.objects.first()
    for report, verdict in zip(Report.objects.all(), OutcomeVerdict, strict=True):
        CaseReport.objects.create(case=case, report=report)
        OutcomeReply.objects.create(case=case, report=report, verdict=verdict, closed_at=case.closed_at)
    page = text(of(cast.carla).get("/statistiche"))
    assert "Abbiamo chiuso 11 casi: 6 sono risolti o migliorati." in page
    assert "ha confermato l&#x27;esito 1 volta e lo ha contestato 1 volta." in page


@pytest.mark.parametrize("who", ["carla", "vera"])
def test_the_page_asks_the_same_with_one_row_and_with_fifty(cast: Cast, who):
    def asked(client: Client) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/statistiche").status_code == 200
        return len(queries)

    client = of(getattr(cast, who))
    reports(6, kind=kind(), area=cast.crocetta, day="2026-10-02")
    few = asked(client)
    for at in range(50):
        area = Area.objects.create(kind="quarter", code=f"a{at}", name=f"Zona {at}")
        channel = list(Channel)[at % len(Channel)]
        reports(6, kind=kind(f"tipo-{at}"), area=area, day=f"2026-{at % 10 + 1:02}-02", channel=channel)
    assert asked(client) == few <= 15


# For everyone -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def past(year: Cast) -> Cast:
    """The same, seen from the next year."""
    Category.objects.filter(code="cane").update(is_public=True)
    with time_machine.travel(moment("2027-02-01"), tick=False):
        yield year


def test_everyone_reads_a_year_that_is_over(past: Cast, client):
    page = text(client.get("/dati"))
    assert "Nel 2026 sono arrivate 108 segnalazioni." in page
    assert "Nel totale ci sono anche 9 segnalazioni di pubblica sicurezza" in page
    assert "Altri problemi" in page and "Convivenza" not in page
    assert "/in-arrivo" not in page
    assert client.get("/dati/2027").status_code == 404


def test_a_councillor_reads_the_table_that_everyone_reads(past: Cast, client):
    """With headings of their own they could take one table from the other, and find what both hide."""
    councillor = table(of(past.vera).get("/statistiche.csv?periodo=2026"))
    everyone = table(client.get("/dati/2026.csv"))
    shared = {row for row in everyone if row in councillor}
    assert {row[0] for row in shared} >= {"zona", "tipo", "zona_e_tipo"}
    assert {row for row in everyone if row[0] in {"zona", "tipo", "zona_e_tipo"}} <= shared
    assert {row: councillor[row] for row in shared} == {row: everyone[row] for row in shared}


def test_a_year_is_added_up_once(past: Cast, client, django_assert_max_num_queries):
    client.get("/dati/2026")
    with django_assert_max_num_queries(2):
        assert "sono arrivate 108 segnalazioni" in text(client.get("/dati/2026"))


def test_four_police_reports_are_in_no_total(past: Cast, client):
    Report.objects.filter(category__code="spaccio").order_by("id").first().delete()
    ids = Report.objects.filter(category__code="spaccio").values_list("pk", flat=True)[:4]
    Report.objects.filter(pk__in=list(ids)).delete()
    page = text(client.get("/dati/2026"))
    assert "sono arrivate 99 segnalazioni." in page and "pubblica sicurezza, che" not in page


def test_the_open_data_keep_small_counts_and_personal_data_back(past: Cast, client):
    shown = table(client.get("/dati/2026.csv"))
    assert shown["totale", "segnalazioni", ""] == "99"
    assert shown["zona_e_tipo", "Stazione", "Animali"] == ""
    assert sum(shown["zona_e_tipo", area, group] == "" for area in ("Stazione", "Crocetta") for group in ("Animali", "Altri problemi")) >= 2  # fmt: skip
    assert "Sofia" not in str(shown) and "Spaccio" not in str(shown)
    assert not {value for value in shown.values() if value in {"1", "2", "3", "4"}}


def test_the_catalogue_names_holder_licence_and_files(past: Cast, client, settings):
    settings.TOWN_NAME, settings.ISTAT_CODE = "Borgo", "036023"
    answer = client.get("/dati/dcat.jsonld")
    content = json.loads(answer.content)
    assert answer["Content-Type"] == "application/ld+json"
    (dataset,) = content["dcat:dataset"]
    assert dataset["dct:rightsHolder"]["foaf:name"] == "Borgo"
    assert dataset["dct:rightsHolder"]["dct:identifier"] == "036023"
    assert dataset["dcat:distribution"]["dct:license"]["@id"].endswith("A21_CCBY40")
    assert dataset["dct:accrualPeriodicity"]["@id"].endswith("/ANNUAL")
    path = dataset["dcat:distribution"]["dcat:downloadURL"]["@id"].removeprefix(settings.PUBLIC_URL)
    assert client.get(path).status_code == 200


# Reviews on request ---------------------------------------------------------------------------------------------------


def asked_for(cast: Cast, state: str, *, count: int, recommending: int = 0, year: int = 2025) -> None:
    """Reviews of a past year that have come to a state, decided after a fortnight."""
    first = dt.date(year, 3, 2)
    reports(1, kind=kind(), area=cast.crocetta, day=f"{year}-03-01")
    report = Report.objects.latest("id")
    is_open = state == "asked"
    for number in range(count):
        review = Review.objects.create(
            reference=f"RV{year}-{state[:3]}{number}",
            report=report,
            person=people_factories.person(f"Persona {'abcdefghijklmnopqrst'[number]}lfa")
            if is_open
            else None,
            legal_basis="administrative",
            asked_on=first,
            acknowledge_by=first,
            threshold_by=first,
            meet_by=first,
            due_on=first if is_open else None,
            ended_on=None if is_open else first + dt.timedelta(days=14),
            state=state,
            chair_name="" if is_open else "Sara Pini",
            meeting_at=NOW if state == "decided" else None,
            by_ref="visitor",
            by_name="Chi segnala",
        )
        if number < recommending:
            Recommendation.objects.create(review=review, what="x", due_on=first)


def test_a_year_of_reviews_is_public(cast: Cast, client):
    asked_for(cast, "decided", count=14, recommending=9)
    asked_for(cast, "below_threshold", count=6)
    asked_for(cast, "asked", count=7)
    shown = text(client.get("/dati/2025"))
    assert "Sono arrivate 27 richieste di riesame." in shown
    for label, value in (
        ("Fatti", 14),
        ("Requisiti non raggiunti", 6),
        ("In corso o ritirati", 7),
        ("Fatti con raccomandazioni", 9),
        ("Fatti senza raccomandazioni", 5),
        ("Metà è decisa entro", "14 giorni"),
    ):
        assert f"<dt>{label}</dt><dd>{value}</dd>" in shown, label
    assert "riesam" not in text(client.get("/dati/2025.csv")), "reviews are no open data"


def test_few_reviews_are_kept_back_with_what_would_tell_them(cast: Cast, client):
    asked_for(cast, "decided", count=8, recommending=6)
    asked_for(cast, "below_threshold", count=3)
    asked_for(cast, "asked", count=9)
    shown = text(client.get("/dati/2025"))
    assert "Sono arrivate 20 richieste di riesame." in shown
    assert "<dt>Requisiti non raggiunti</dt><dd>–</dd>" in shown
    # Eight is the companion of three: neither it, nor its parts, nor its times are shown.
    assert "<dt>Fatti</dt><dd>–</dd>" in shown and "Fatti con" not in shown and "Metà è decisa" not in shown


def test_fewer_than_five_are_a_sentence(cast: Cast, client):
    asked_for(cast, "decided", count=3, recommending=1)
    shown = text(client.get("/dati/2025"))
    assert "Le richieste di riesame sono meno di 5." in shown and "<dt>Fatti</dt>" not in shown


def test_the_desk_reads_them_with_and_without_small_numbers(cast: Cast):
    asked_for(cast, "decided", count=3, recommending=1)
    path = "/statistiche?periodo=2025"
    coordinator, councillor = text(of(cast.carla).get(path)), text(of(cast.vera).get(path))
    assert (
        "<dt>Fatti</dt><dd>3</dd>" in coordinator
        and "Fatti con raccomandazioni</dt><dd>1</dd>" in coordinator
    )
    assert "meno di 5" in councillor and "<dt>Fatti</dt>" not in councillor
    filtered = text(of(cast.carla).get(f"{path}&zona={cast.crocetta.pk}"))
    assert "Riesami su richiesta" not in filtered, "too few to be told by area"


# Early warning, told to everyone -----------------------------------------------------------------------------------------


def watched(useless: int, useful: int) -> None:
    """A night of this year with so many alerts, each dismissed as chance or as known already."""
    from vicinia.domain.foresight.tests.factories import alert_in

    first = alert_in(Area.objects.get(name="Crocetta"))
    values = {f.attname: getattr(first, f.attname) for f in Alert._meta.concrete_fields if not f.primary_key}
    reasons = ["chance"] * useless + ["known"] * useful
    rows = [
        Alert(**(values | {"reference": f"x-{at}", "state": "dismissed", "dismissed_as": reason}))
        for at, reason in enumerate(reasons)
    ]
    Alert.objects.bulk_create(rows)


def test_everyone_reads_how_early_warning_works_before_it_has_looked(cast: Cast, client):
    page = text(client.get("/metodo"))
    assert "Che cosa non conta mai" in page and "al massimo 6 all'anno" in page
    assert "La città non è ancora stata guardata." in page
    assert 'href="/metodo"' in text(client.get("/")), "the footer of every page leads there"


def test_everyone_reads_whether_the_promise_is_kept_without_small_numbers(cast: Cast, client):
    watched(useless=7, useful=9)
    with CaptureQueriesContext(connection) as first:
        page = text(client.get("/metodo"))
    assert '<td class="number" data-label="In tutto">17</td>' in page
    # One alert waits for a decision: that 1, and the 7 from which it would follow, are kept back.
    assert '<td class="number" data-label="Da decidere">–</td>' in page
    assert '<td class="number" data-label="Inutili, viste">–</td>' in page
    assert '<td class="number" data-label="Utili">9</td>' in page
    assert "Musica alta" not in page and Alert.objects.latest("id").reference not in page
    assert len(first) <= 12
    with CaptureQueriesContext(connection) as again:
        client.get("/metodo")
    assert len(again) < len(first), "counted once an hour"


def test_a_few_alerts_are_not_counted_for_everyone(cast: Cast, client):
    watched(useless=1, useful=1)
    page = text(client.get("/metodo"))
    assert '<td class="number" data-label="In tutto">–</td>' in page
    assert re.search(r'data-label="Notti guardate">1<', page)
