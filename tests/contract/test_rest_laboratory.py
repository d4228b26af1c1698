"""The programs' door to the laboratory: what is told, what is decided together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.contract.scenes import (
    API,
    a_draw,
    a_help_point,
    a_key,
    a_notice,
    a_process,
    a_programme,
    a_proposal,
    a_vote,
    a_worksite,
    an_assembly,
    an_event,
)
from vicinia.domain.elections import actions as elections
from vicinia.domain.elections.codes import new_receipt
from vicinia.domain.elections.models import Voter
from vicinia.domain.helpdesk import actions as helpdesk
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.outreach.states import Contact
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.clock import today
from vicinia_analytics import voting

pytestmark = pytest.mark.django_db

TOLD, TOGETHER = Capability.SEE_OUTREACH, Capability.SEE_PARTICIPATION
LISTS: dict[str, tuple[Capability, Callable[[Cast], Any]]] = {
    "notices": (TOLD, a_notice),
    "events": (TOLD, an_event),
    "processes": (TOGETHER, a_process),
    "assemblies": (TOGETHER, an_assembly),
    "proposals": (TOGETHER, a_proposal),
    "votes": (TOGETHER, a_vote),
    "draws": (TOGETHER, a_draw),
}


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.mark.parametrize("name", LISTS)
def test_a_list_and_its_row_are_for_who_has_the_scope(client: Client, cast: Cast, name: str) -> None:
    scope, make = LISTS[name]
    row, key = make(cast), a_key(scope)
    page = client.get(f"{API}/{name}", headers=key).json()
    assert [line["reference"] for line in page["results"]] == [row.reference]
    addresses = [f"{API}/{name}"]
    if name != "processes":
        addresses.append(f"{API}/{name}/{row.reference}")
        assert client.get(addresses[1], headers=key).json()["reference"] == row.reference
        assert client.get(f"{API}/{name}/2020-0001", headers=key).status_code == 404
    for address in addresses:
        assert client.get(address).status_code == 401
        for other in (Capability.SEE_REPORTS, TOGETHER if scope is TOLD else TOLD):
            assert client.get(address, headers=a_key(other)).status_code == 403


@pytest.mark.parametrize("who", ["vera", "dario", "ada", "paolo"])
@pytest.mark.parametrize("name", LISTS)
def test_who_does_not_work_in_the_quarter_reads_nothing_here(
    client: Client, cast: Cast, name: str, who: str
) -> None:
    row = LISTS[name][1](cast)
    client.force_login(getattr(cast, who))
    assert client.get(f"{API}/{name}").status_code == 403
    if name != "processes":
        assert client.get(f"{API}/{name}/{row.reference}").status_code == 403


def test_an_event_says_how_many_come_and_not_who(client: Client, cast: Cast) -> None:
    event = an_event(cast)
    new = outreach.NewSignUp(3, "Samira Benali", Contact.PHONE, "0131 555666")
    outreach.sign_up(by=Actor.visitor(), event=event, new=new)
    answer = client.get(f"{API}/events/{event.reference}", headers=a_key(TOLD))
    assert answer.json()["taken"] == 3
    assert "Benali" not in answer.content.decode() and "555666" not in answer.content.decode()


def test_what_nobody_has_read_is_not_told(client: Client, cast: Cast) -> None:
    idea, key = a_proposal(cast, published=False), a_key(TOGETHER)
    assert client.get(f"{API}/proposals", headers=key).json()["count"] == 0
    assert client.get(f"{API}/proposals/{idea.reference}", headers=key).status_code == 404


def test_a_day_is_that_of_the_call(client: Client, cast: Cast) -> None:
    assembly = an_assembly(cast)
    told = client.get(f"{API}/assemblies/{assembly.reference}", headers=a_key(TOGETHER)).json()
    assert (dt.date.fromisoformat(told["day"]), told["hour"]) == (assembly.day, "18:00")
    assert told["minutes"] is None
    assert client.get(f"{API}/decisions", headers=a_key(TOGETHER)).json()["count"] == 0


def test_a_vote_tells_its_ballots_once_it_is_counted_and_never_who_votes(client: Client, cast: Cast) -> None:
    poll, key, by = a_vote(cast), a_key(TOGETHER), cast.actor(cast.lucia)
    given = elections.give_codes(by=by, poll=poll, voters=Voter.objects.filter(poll=poll))
    for one, letter in zip(given, "AAAABB", strict=True):
        cast_vote = {"code": one.code, "letters": [letter], "receipt": new_receipt()}
        elections.cast(by=Actor.visitor(), **cast_vote)
    before = client.get(f"{API}/votes/{poll.reference}", headers=key).json()
    assert (before["voted"], before["count"], before["elected"]) == (None, None, [])
    with clock.at(poll.closes_at):
        elections.count(by=by, poll=elections.close(by=by, poll=poll))
    told = client.get(f"{API}/votes/{poll.reference}", headers=key)
    assert told.json()["elected"] == ["A"]
    assert told.json()["voted"] == 6
    assert voting.recount(told.json()["count"]).problems == []
    assert "Ugo" not in told.content.decode()


def test_a_draw_tells_numbers_and_no_names(client: Client, cast: Cast) -> None:
    row = a_draw(cast)
    told = client.get(f"{API}/draws/{row.reference}", headers=a_key(TOGETHER))
    assert len(told.json()["draw"]["pool"]) == 3
    assert told.json()["pool_sha256"] == row.pool_digest
    assert "Ugo" not in told.content.decode()


# Worksites ----------------------------------------------------------------------------------------------------------

SITES = Capability.SEE_WORKSITES


def test_a_worksite_tells_its_times_and_what_comes(client: Client, cast: Cast) -> None:
    row, key = a_worksite(cast), a_key(SITES)
    (line,) = client.get(f"{API}/worksites", headers=key).json()["results"]
    assert (line["reference"], line["state"]["code"]) == (row.reference, "draft")
    told = client.get(f"{API}/worksites/{row.reference}", headers=key).json()
    (lot,) = told["lots"]
    assert lot["phases"][0]["title"] == "Ponteggi" and told["complaints"] == {"all": 0, "open": 0, "late": 0}
    assert client.get(f"{API}/worksites/CA2020-0001", headers=key).status_code == 404
    (cut,) = client.get(f"{API}/disruptions", headers=key).json()["results"]
    assert (cut["lot"], cut["places"], cut["from_time"]) == (lot["reference"], ["Via Roma 1"], "08:00")


@pytest.mark.parametrize("name", ["worksites", "worksites/{}", "disruptions"])
def test_worksites_are_told_to_who_works_with_them(client: Client, cast: Cast, name: str) -> None:
    address = f"{API}/{name.format(a_worksite(cast).reference)}"
    assert client.get(address).status_code == 401
    assert client.get(address, headers=a_key(TOLD)).status_code == 403
    for who in (cast.vera, cast.paolo):
        client.force_login(who)
        assert client.get(address).status_code == 403


# The help desk ------------------------------------------------------------------------------------------------------

HELP = Capability.SEE_HELPDESK


def test_a_help_desk_tells_its_hours_and_what_is_free(client: Client, cast: Cast) -> None:
    point, key = a_help_point(cast), a_key(HELP)
    (line,) = client.get(f"{API}/help-points", headers=key).json()["results"]
    assert (line["code"], len(line["week"]), line["area"]) == ("sportello", 7, cast.crocetta.code)
    assert line["week"][0] == {"weekday": 0, "from_time": "09:00", "to_time": "11:00", "takes": "both"}
    shut = helpdesk.DayPlan(today() + dt.timedelta(days=1), reason="Trasloco")
    helpdesk.set_day(by=cast.actor(cast.lucia), point=point, plan=shut)
    told = client.get(f"{API}/help-points/sportello", headers=key).json()
    assert told["unlike_others"][0] == {"day": shut.day.isoformat(), "reason": "Trasloco", "hours": []}
    assert told["free_times"] and all(one["free"] == 1 for one in told["free_times"])
    assert client.get(f"{API}/help-points/altrove", headers=key).status_code == 404


def test_contacts_are_told_as_numbers(client: Client, cast: Cast) -> None:
    details = PersonDetails(name="Samira Benali")
    new = helpdesk.NewContact("information", "once", words="Chiede del bonus", minutes=20, details=details)
    helpdesk.note_contact(by=cast.actor(cast.lucia), new=new)
    told = client.get(f"{API}/help-counts", headers=a_key(HELP))
    assert (told.json()["contacts"], told.json()["minutes"]) == (1, 20)
    assert "Benali" not in told.content.decode() and "bonus" not in told.content.decode()
    before = client.get(f"{API}/help-counts?since=2020-01-01&until=2020-02-01", headers=a_key(HELP))
    assert before.json()["contacts"] == 0
    wrong = client.get(f"{API}/help-counts?since=ieri", headers=a_key(HELP))
    assert wrong.status_code == 422 and "since" in wrong.json()["errors"]


@pytest.mark.parametrize("name", ["help-points", "help-points/sportello", "help-counts"])
def test_the_help_desk_is_told_to_who_sees_it(client: Client, cast: Cast, name: str) -> None:
    a_help_point(cast)
    assert client.get(f"{API}/{name}").status_code == 401
    assert client.get(f"{API}/{name}", headers=a_key(TOLD)).status_code == 403
    assert client.get(f"{API}/{name}", headers=a_key(HELP)).status_code == 200
    client.force_login(cast.vera)
    assert client.get(f"{API}/{name}").status_code == 403


def test_how_far_a_programme_is_is_numbers_and_days(client: Client, cast: Cast) -> None:
    row, key = a_programme(cast), a_key(Capability.SEE_PROGRESS)
    (line,) = client.get(f"{API}/programmes", headers=key).json()["results"]
    assert (line["reference"], line["funder"]) == (row.reference, "Regione")
    told = client.get(f"{API}/programmes/{row.reference}", headers=key)
    (sheet,) = told.json()["sheets"]
    assert (sheet["code"], sheet["activities"], sheet["hours"], sheet["spent"]) == ("1.1", 1, "1.00", "0.00")
    assert "Sportello del giovedì" not in told.text and "Ascoltare tutti" not in told.text
    for address in (f"{API}/programmes", f"{API}/programmes/{row.reference}"):
        assert client.get(address).status_code == 401
        assert client.get(address, headers=a_key(TOLD)).status_code == 403
    assert client.get(f"{API}/programmes/PR2020-0001", headers=key).status_code == 404
    client.force_login(cast.vera)
    assert client.get(f"{API}/programmes/{row.reference}").status_code == 200
    client.force_login(cast.marco)
    assert client.get(f"{API}/programmes").status_code == 403


def test_a_programme_that_is_still_prepared_is_not_told(client: Client, cast: Cast) -> None:
    row = a_programme(cast)
    type(row).objects.filter(pk=row.pk).update(state="draft")
    key = a_key(Capability.SEE_PROGRESS)
    assert client.get(f"{API}/programmes", headers=key).json()["results"] == []
    assert client.get(f"{API}/programmes/{row.reference}", headers=key).status_code == 404
