"""La mia giornata, the call and the map: what comes up, for whom, and at which cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import Outcome, OutcomeVerdict
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.listening.tests.factories import kind, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.presence import actions as presence
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.desk.day import Item, day_of

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


def due(report: Report) -> Report:
    Report.objects.filter(pk=report.pk).update(due_on=clock.today() - YESTERDAY)
    return Report.objects.get(pk=report.pk)


def items(by: Actor) -> list[Item]:
    day = day_of(by)
    return [*day.late, *day.today]


def fill(cast: Cast, anna: Actor) -> None:
    """One of everything that may come up in a day."""
    today = clock.today()
    due(listening.take(by=anna, report=report_in(cast.crocetta)))
    case = case_of(anna, report_in(cast.crocetta, language="ro"))
    Case.objects.filter(pk=case.pk).update(next_contact_on=today)
    casework.add_commitment(by=anna, case=case, new=casework.NewCommitment(what="Impegno", due_on=today))
    new = casework.NewIntervention(kind="presence", what="Presidio", planned_on=today)
    casework.plan_intervention(by=anna, case=case, new=new)
    casework.add_task(by=anna, case=case, what="Telefonare", due_on=today)
    proposed = case_of(cast.actor(cast.carla), report_in(cast.crocetta))
    casework.propose(by=cast.actor(cast.carla), case=proposed, to=cast.anna)
    closed = case_of(anna, report_in(cast.crocetta))
    close_case(anna, closed, outcome=Outcome.SOLVED, note="x", consultation="x")
    closed.watch_points.update(due_on=today)
    report = Report.objects.get(case_link__case=closed)
    resident = Actor.resident(report.reference)
    casework.reply_outcome(by=resident, report=report, verdict=OutcomeVerdict.CONTESTED, words="Continua.")
    listening.write_to_unit(by=resident, report=report, text="Ci siete?")
    report_in(cast.crocetta)
    hours = (dt.time(9), dt.time(11))
    presence.plan_round(by=anna, plan=presence.RoundPlan(today, *hours, [cast.crocetta], [cast.anna]))
    card = presence.ContactCard(
        kind="bar", body_name="Bar Sport", location=Location(area_id=cast.crocetta.pk)
    )
    presence.add_contact(by=anna, card=card, next_on=today)


def test_everything_that_is_due_comes_up_people_first_each_with_its_taps(cast: Cast, anna: Actor) -> None:
    fill(cast, anna)
    found = items(anna)
    assert [item.kind for item in found[1:]] == sorted(
        (item.kind for item in found[1:]), key=("contact", "answer", "deadline", "watch").index
    )
    assert {item.what.split(":")[0] for item in found} >= {
        "Primo contatto con chi segnala",
        "Ha scritto chi segnala",
        "Esito contestato",
        "Carla Monti ti propone un caso",
        "Impegno in scadenza",
        "Presidio",
        "Telefonare",
        "Guardare com'è andata",
        "Giro a piedi, 09",
        "Sentire Bar Sport",
    }
    assert all(1 <= len(item.dos) <= 2 for item in found)
    assert day_of(anna).new[0].count == 1
    assert [item.what for item in day_of(cast.actor(cast.bruno)).today] == []


def test_many_proposals_are_one_thing_to_do(cast: Cast, anna: Actor) -> None:
    carla = cast.actor(cast.carla)
    for _number in range(2):
        casework.propose(by=carla, case=case_of(carla, report_in(cast.crocetta)), to=cast.anna)
    proposed = [item for item in items(anna) if item.kind == "answer"]
    assert [(item.what, item.url) for item in proposed] == [("2 casi proposti a te", reverse("proposals"))]


def test_who_waits_too_long_and_what_is_to_be_decided_come_up_too(cast: Cast, anna: Actor) -> None:
    waiting = listening.take(by=anna, report=report_in(cast.crocetta))
    due(listening.ask_reporter(by=anna, report=waiting, question="Quale scala?"))
    due(listening.take(by=anna, report=report_in(cast.crocetta, reporter=None)))
    assert [item.what for item in items(anna)] == [
        "Chi segnala non ha ancora risposto",
        "Segnalazione da decidere",
    ]


def test_the_day_costs_the_same_with_one_and_with_many_and_under_thirty_queries(
    client: Client, cast: Cast, anna: Actor
) -> None:
    client.force_login(cast.anna)
    counts = []
    for _round in range(3):
        fill(cast, anna)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("day")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[2] < 30, counts


def test_an_empty_day_says_what_will_appear(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    assert "Per oggi è tutto" in client.get(reverse("day")).content.decode()


def test_a_message_is_marked_read_from_the_day_and_one_is_back_there(
    client: Client, cast: Cast, anna: Actor
) -> None:
    report = listening.take(by=anna, report=report_in(cast.crocetta))
    listening.write_to_unit(by=Actor.resident(report.reference), report=report, text="Ciao.")
    client.force_login(cast.anna)
    answer = client.post(reverse("report_read", args=[report.reference]), {"back": "1"})
    assert answer["Location"] == reverse("day") and items(anna) == []


def test_opening_the_number_is_logged_and_who_wants_no_call_has_none(
    client: Client, cast: Cast, anna: Actor
) -> None:
    client.force_login(cast.anna)
    report, silent = report_in(cast.crocetta), report_in(cast.crocetta, wants_contact=False)
    assert "123456" in client.get(reverse("call_report", args=[report.reference])).content.decode()
    assert Sight.objects.count() == 1
    for reference in (silent.reference, report_in(cast.crocetta, reporter=None).reference):
        page = client.get(reverse("call_report", args=[reference])).content.decode()
        assert "123456" not in page and "anonimo" in page
    assert Sight.objects.count() == 1
    case = case_of(anna, Report.objects.get(pk=silent.pk))
    assert "123456" not in client.get(reverse("call_case", args=[case.reference])).content.decode()


def test_the_map_shows_what_lies_in_the_box_of_the_kind_asked(
    client: Client, cast: Cast, anna: Actor
) -> None:
    report = report_in(cast.crocetta, title="Musica")
    case_of(anna, report_in(cast.crocetta, title="Fascicolo"))
    report_in(cast.crocetta, title="Buca", category=kind("buche"))
    client.force_login(cast.anna)

    def labels(**query: str) -> list[str]:
        features = client.get(reverse("map_points"), query).json()["features"]
        return sorted(feature["properties"]["label"].split(" ", 1)[1] for feature in features)

    assert labels(kind="rumore") == ["Fascicolo", "Fascicolo", "Musica"]
    assert labels(kind="buche", bbox="10,44,11,45") == ["Buca"]
    assert labels(bbox="11,44,12,45") == []
    assert len(labels(bbox="non,un,box")) == 4
    assert report.title in client.get(reverse("map")).content.decode()


def test_a_round_that_nobody_has_ended_stays_in_the_day(cast: Cast, anna: Actor) -> None:
    yesterday = clock.today() - YESTERDAY
    plan = presence.RoundPlan(yesterday, dt.time(9), dt.time(11), [cast.crocetta], [cast.anna])
    presence.start_round(by=anna, round_=presence.plan_round(by=anna, plan=plan))
    assert [(item.what, item.why, item.is_late) for item in day_of(anna).late] == [
        ("Giro da concludere", "Crocetta", True)
    ]
    assert day_of(cast.actor(cast.lucia)).is_empty


def test_a_case_that_nobody_follows_comes_up_for_who_may_give_it(cast: Cast, anna: Actor) -> None:
    casework.open_case(
        by=anna,
        new=casework.OpenCase(title="Musica", category=kind("rumore"), legal_basis=LegalBasis.ADMINISTRATIVE),
        reports=[report_in(cast.crocetta)],
    )
    for user in (cast.anna, cast.carla):
        (row,) = day_of(cast.actor(user)).new
        assert (row.area, row.titles) == ("1 caso senza referente, Crocetta", ("Musica",))
        assert row.url == f"/casi?vista=senza-referente&area={cast.crocetta.pk}"
    assert day_of(cast.actor(cast.bruno)).is_empty


def test_a_first_call_of_a_case_comes_up_before_it_is_due(cast: Cast, anna: Actor) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    (item,) = day_of(anna).soon
    assert item.what == "Primo contatto con chi segnala" and item.due_on == case.next_contact_on
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact())
    assert day_of(anna).is_empty


def test_in_a_case_of_two_neighbours_the_call_is_with_who_waits_for_it(
    client: Client, cast: Cast, anna: Actor
) -> None:
    youssef = PersonDetails(name="Youssef Benali", phone="059 654321")
    first, second = report_in(cast.crocetta, title="Musica"), report_in(cast.crocetta, reporter=youssef)
    case = case_of(anna, first)
    casework.link_report(by=anna, case=case, report=second)
    client.force_login(cast.anna)
    address = reverse("call_case", args=[case.reference])
    page = client.get(address).content.decode()
    assert "123456" in page and "654321" not in page and f"?di={first.reference}" in page
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact())
    page = client.get(address).content.decode()
    assert "654321" in page and "123456" not in page and "Hanno segnalato anche" in page
    assert "123456" in client.get(f"{address}?di={first.reference}").content.decode()
    assert Sight.objects.count() == 3
