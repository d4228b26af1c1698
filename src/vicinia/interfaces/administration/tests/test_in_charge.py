"""Before an access is closed one reads what is in charge, and nothing of it is lost afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework.models import Case, WatchPoint
from vicinia.domain.casework.queries import in_charge
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening import queries as reports
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import report_in
from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _town(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def case(cast: Cast) -> Case:
    """Anna's case, with a task of Anna's and a message that nobody has read."""
    anna = cast.actor(cast.anna)
    report = report_in(cast.crocetta, title="Urla del vicino")
    made = case_of(anna, report)
    task = {"what": "chiamare", "due_on": clock.today() - SOON, "assignee": cast.anna}
    casework.add_task(by=anna, case=made, **task)
    listening.write_to_unit(by=Actor.resident(report.reference), report=report, text="Ancora.")
    return made


@pytest.fixture
def report(cast: Cast) -> Report:
    """A report that Anna has taken."""
    return listening.take(by=cast.actor(cast.anna), report=report_in(cast.crocetta))


def leave(cast: Cast, user: User) -> None:
    accounts.deactivate_user(by=cast.actor(cast.ada), user=user, reason="Ha cambiato ufficio.")
    user.refresh_from_db()


def test_ada_reads_how_much_anna_has_and_not_what_it_is_about(cast: Cast, case: Case, report: Report) -> None:
    ada = of(cast.ada)
    page = ada.get(f"/utenti/{cast.anna.pk}/chiudi").content.decode()
    for url, shown in (
        (
            f"/utenti/{cast.anna.pk}/casi",
            ["Casi aperti</dt><dd>1<", "Cose da fare</dt><dd>1, in ritardo: 1<"],
        ),
        (f"/utenti/{cast.anna.pk}/segnalazioni", ["aperte</dt><dd>1<", "da leggere</dt><dd>1<"]),
    ):
        assert f'hx-get="{url}"' in page and f'href="{url}"' in page
        for headers in ({}, {"HX-Request": "true"}):
            part = ada.get(url, headers=headers).content.decode()
            assert all(words in part for words in shown), part
            assert "Urla del vicino" not in part and "Maria Bassi" not in part
    assert case.reference in ada.get(f"/utenti/{cast.anna.pk}/casi").content.decode()
    assert in_charge.in_charge_of(cast.bruno.pk) == in_charge.InCharge([], 0, 0, 0, 0, 0)
    assert reports.in_charge_of(cast.bruno.pk) == reports.InCharge([], 0, 0)


@pytest.mark.parametrize("who", ["anna", "carla", "dario", "vera"])
def test_nobody_else_reads_it(cast: Cast, who: str) -> None:
    for part in ("casi", "segnalazioni"):
        answer = of(getattr(cast, who)).get(f"/utenti/{cast.anna.pk}/{part}")
        assert answer.status_code == 403


def test_what_anna_had_comes_up_for_colleagues_until_someone_takes_it(
    cast: Cast, case: Case, report: Report
) -> None:
    carla = cast.actor(cast.carla)
    assert not cases.forgotten(carla) and not reports.reports(carla).forgotten()
    assert not reports.unread_messages(carla)
    leave(cast, cast.anna)
    assert list(cases.forgotten(carla)) == [case] and list(reports.reports(carla).forgotten()) == [report]
    assert reports.unread_messages(carla).get().text == "Ancora."
    page = of(cast.carla).get("/niente-dimenticato").content.decode()
    assert "il referente non ha più accesso" in page
    lucia = cast.actor(cast.lucia)
    listening.take(by=lucia, report=listening.hand_back(by=lucia, report=report, reason="Anna non c'è più"))
    taken = casework.take_charge(by=lucia, case=case)
    assert taken.owner == cast.lucia and not cases.forgotten(carla)
    assert [task.what for task in cases.tasks_due(lucia, clock.today())] == ["chiamare"]


def test_what_anna_still_follows_is_taken_by_nobody_else(cast: Cast, case: Case, report: Report) -> None:
    lucia = of(cast.lucia)
    assert lucia.post(f"/casi/{case.reference}/prendi").status_code == 409
    answer = lucia.post(f"/in-arrivo/{report.reference}/rimetti", {"reason": "La prendo io"})
    assert answer.status_code == 403


def test_the_closed_cases_that_anna_would_look_at_again_come_up_for_who_assigns(cast: Cast) -> None:
    anna, carla = cast.actor(cast.anna), cast.actor(cast.carla)
    case = case_of(anna, report_in(cast.crocetta))
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact(summary="Sentita"))
    close_case(anna, case, outcome="solved", note="Va meglio.", consultation="Sì")
    WatchPoint.objects.update(due_on=clock.today())
    assert not cases.watch_points_due(carla) and in_charge.in_charge_of(cast.anna.pk).watch_points
    leave(cast, cast.anna)
    assert cases.watch_points_due(carla) and not cases.watch_points_due(cast.actor(cast.bruno))
