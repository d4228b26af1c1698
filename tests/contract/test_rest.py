"""The REST API: who sees what, what it costs, and that it keeps to its own description."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.cast import Cast
from tests.contract.scenes import (
    API,
    a_draw,
    a_help_point,
    a_key,
    a_notice,
    a_pact,
    a_programme,
    a_proposal,
    a_relocation,
    a_space,
    a_vote,
    an_assembly,
    an_event,
)
from vicinia.config.wsgi import application
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.queries import closing_of
from vicinia.domain.foresight.tests.factories import alert_in
from vicinia.domain.listening import actions
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.presence import actions as presence
from vicinia.domain.presence.models import KeyContact, KeyContactTalk, Observation, Round
from vicinia.domain.territory.queries import Location
from vicinia.domain.territory.tests.factories import DwellingFactory
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.clock import add_working_days, today
from vicinia.interfaces.api import throttles

pytestmark = pytest.mark.django_db
SENT = {"kind": "rumore", "address": "Via Roma 12", "privacy_read": True}
EVERYBODY = ["anna", "bruno", "carla", "lucia", "marco", "paolo", "vera", "dario", "ada"]


@pytest.fixture(autouse=True)
def _a_quiet_hour(settings: Any) -> Iterator[None]:
    settings.SECOND_FACTOR = False
    throttles.reads.seen.clear()
    throttles.writes.seen.clear()
    yield


def send(client: Client, path: str, value: Any = None, **headers: str) -> Any:
    return client.post(
        f"{API}/{path}", json.dumps(value or {}), content_type="application/json", headers=headers
    )


def a_case(cast: Cast, area: Any = None, **fields: Any) -> Case:
    """A case of Anna's on a report by Maria Bassi."""
    by = cast.actor(cast.anna)
    report = report_in(area or cast.crocetta, **fields)
    new = casework.OpenCase(title=report.title, category=report.category, legal_basis=report.legal_basis)
    return casework.take_charge(by=by, case=casework.open_case(by=by, new=new, reports=[report]))


def a_round(cast: Cast) -> Round:
    """A round of today through Crocetta, by Anna."""
    hours = (dt.time(9), dt.time(11))
    plan = presence.RoundPlan(today(), *hours, [cast.crocetta], [cast.anna])
    return presence.plan_round(by=cast.actor(cast.carla), plan=plan)


def a_key_contact(cast: Cast) -> KeyContact:
    """A bar of Crocetta."""
    card = presence.ContactCard(
        kind="bar", body_name="Bar Sport", location=Location(area_id=cast.crocetta.pk)
    )
    return presence.add_contact(by=cast.actor(cast.carla), card=card)


def queries_of(call: Any) -> int:
    call()
    with CaptureQueriesContext(
        connection,
    ) as found:
        call()
    return len(found)


# Kinds ------------------------------------------------------------------------------------------------------------


def test_the_list_of_kinds_costs_one_query_and_changes_when_a_kind_does(client: Client) -> None:
    row = kind("rumore", name="Rumore")
    first = client.get(f"{API}/categories")
    assert [one["code"] for one in first.json()["results"]] == ["rumore"]
    assert queries_of(lambda: client.get(f"{API}/categories")) == 1
    unchanged = client.get(f"{API}/categories", headers={"If-None-Match": first["ETag"]})
    assert unchanged.status_code == 304 and not unchanged.content
    row.name = "Rumori"
    row.save()
    again = client.get(f"{API}/categories", headers={"If-None-Match": first["ETag"]})
    assert again.json()["results"][0]["name"] == "Rumori"


# Reports ----------------------------------------------------------------------------------------------------------


def test_anybody_sends_a_report_and_gets_number_date_and_private_link(client: Client, cast: Cast) -> None:
    kind("rumore")
    answer = send(client, "reports", SENT | {"name": "Maria Bassi", "email": "maria@posta.example"})
    report = Report.objects.get()
    assert answer.status_code == 201, answer.content
    assert answer.json()["reference"] == report.reference and answer.json()["due_on"] == str(report.due_on)
    assert (report.channel, report.wants_contact, report.address) == ("web", True, "Via Roma 12")
    link = answer.json()["follow_url"].split("/", 3)[3]
    assert client.get(f"/{link}").status_code == 200


def test_sending_costs_at_most_fifteen_queries(client: Client) -> None:
    kind("rumore")
    with_contacts = SENT | {"name": "Maria Bassi", "email": "maria@posta.example"}
    for value in (SENT, with_contacts):
        send(client, "reports", value)
        with CaptureQueriesContext(connection) as found:
            assert send(client, "reports", value).status_code == 201
        statements = [row["sql"] for row in found if "SAVEPOINT" not in row["sql"]]
        assert len(statements) <= 15 + (value is with_contacts) * 5, "\n".join(s[:140] for s in statements)


def test_a_retry_with_the_same_key_is_the_same_report_and_of_nobody_else(client: Client) -> None:
    kind("rumore")
    key = {"Idempotency-Key": "0123456789abcdef-cella"}
    first, again = send(client, "reports", SENT, **key), send(client, "reports", SENT, **key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["reference"] == again.json()["reference"]
    other = send(client, "reports", SENT, **key, **a_key(Capability.ENTER_REPORTS))
    assert other.json()["reference"] != first.json()["reference"]
    assert send(client, "reports", SENT, **{"Idempotency-Key": "corta"}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "mai-vista"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"address": ""}, "address"),
        ({"privacy_read": False}, "privacy_read"),
        ({"name": "Maria"}, "phone"),
        ({"email": "maria@posta.example"}, "name"),
        ({"name": "Maria", "email": "niente"}, "email"),
        ({"lat": 91}, "lat"),
        ({"happened_at": "2999-01-01T00:00:00Z"}, "happened_at"),
        ({"language": "klingon"}, "language"),
        ({"description": "x" * 5001}, "description"),
    ],
)
def test_wrong_data_is_told_field_by_field_and_leaves_nothing(
    client: Client, changes: Any, field: str
) -> None:
    kind("rumore")
    answer = send(client, "reports", SENT | changes)
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [field]
    assert not Report.objects.exists()


def test_a_broken_body_another_type_and_an_unknown_address_are_problems_too(client: Client) -> None:
    broken = client.post(f"{API}/reports", "{", content_type="application/json")
    xml = client.post(f"{API}/reports", "<a/>", content_type="application/xml")
    assert [broken.status_code, xml.status_code, client.get(f"{API}/altro").status_code] == [400, 415, 404]
    assert {one["Content-Type"] for one in (broken, xml, client.get(f"{API}/altro"))} == {
        "application/problem+json"
    }


def test_who_sends_too_often_is_told_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "WRITES_AN_HOUR", 2)
    kind("rumore")
    codes = [
        send(client, "reports", SENT, **{"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(3)
    ]
    assert codes == [201, 201, 429]


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_sees_and_counts_only_the_reports_of_their_reach(client: Client, cast: Cast, who: str) -> None:
    here = report_in(cast.crocetta)
    there = report_in(cast.stazione)
    police = report_in(cast.crocetta, category=police_kind())
    expected = {
        "anna": {here, police},
        "bruno": {there},
        "carla": {here, there, police},
        "lucia": {here},
    }.get(who)
    client.force_login(getattr(cast, who))
    answer = client.get(f"{API}/reports")
    assert answer.status_code == (403 if expected is None else 200)
    seen = {row["reference"] for row in answer.json().get("results", [])}
    assert seen == {row.reference for row in expected or ()}
    assert answer.json().get("count", 0) == len(seen)
    for row in (here, there, police):
        status = client.get(f"{API}/reports/{row.reference}").status_code
        assert status == (403 if expected is None else 200 if row in expected else 404)
    points = client.get(f"{API}/map?bbox=10,44,11,45").json().get("features", [])
    assert {point["properties"]["reference"] for point in points} == seen


def test_a_visitor_reads_nothing_and_a_wrong_key_is_no_visitor(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta)
    case = a_case(cast)
    paths = [
        "reports",
        f"reports/{report.reference}",
        "map?bbox=10,44,11,45",
        "cases",
        f"cases/{case.reference}",
    ]
    answers = [client.get(f"{API}/{path}") for path in paths]
    assert {answer.status_code for answer in answers} == {401}
    assert all(report.title not in answer.content.decode() for answer in answers)
    assert send(client, "reports", SENT, Authorization="Api-Key " + "x" * 43).status_code == 401


def test_a_key_reaches_its_areas_and_scopes_and_never_a_case(client: Client, cast: Cast) -> None:
    here, _there = report_in(cast.crocetta), report_in(cast.stazione)
    key = a_key(Capability.SEE_REPORTS, everywhere=False, area_ids=[cast.crocetta.pk])
    found = client.get(f"{API}/reports", headers=key).json()
    assert [row["reference"] for row in found["results"]] == [here.reference]
    assert client.get(f"{API}/cases", headers=key).status_code == 403
    assert send(client, f"reports/{here.reference}/take", **key).status_code == 403
    assert client.get(f"{API}/reports", headers=a_key(Capability.ENTER_REPORTS)).status_code == 403
    assert (
        client.get(f"{API}/reports", headers=a_key(Capability.SEE_REPORTS, is_active=False)).status_code
        == 401
    )


def test_reports_tell_nothing_of_who_reported(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta)
    client.force_login(cast.carla)
    text = "".join(
        client.get(f"{API}/{path}").content.decode() for path in ("reports", f"reports/{report.reference}")
    )
    assert report.title in text
    for secret in ("Bassi", "123456", "maria@"):
        assert secret not in text


def test_filters_of_the_inbox_work_with_codes(client: Client, cast: Cast) -> None:
    noise, light = report_in(cast.crocetta), report_in(cast.stazione, category=kind("luci"))
    actions.take(by=cast.actor(cast.carla), report=light)
    client.force_login(cast.carla)

    def numbers(words: str) -> list[str]:
        return [row["reference"] for row in client.get(f"{API}/reports?{words}").json()["results"]]

    assert numbers("kind=luci") == numbers("view=mine") == numbers("area=stazione") == [light.reference]
    assert numbers("state=received") == numbers("view=unassigned") == [noise.reference]
    assert numbers(f"q={noise.reference}") == [noise.reference]
    for wrong in ("kind=mai", "view=mai", "page=0", "page=-1", "since=ieri"):
        assert client.get(f"{API}/reports?{wrong}").status_code == 422


def test_lists_map_and_case_stay_within_their_queries(client: Client, cast: Cast) -> None:
    case = a_case(cast)
    client.force_login(cast.carla)
    key = a_key(Capability.SEE_REPORTS)

    def costs() -> list[int]:
        return [
            queries_of(
                lambda: client.get(f"{API}/reports?kind=rumore&area=crocetta&state=received&q=musica")
            ),
            queries_of(lambda: client.get(f"{API}/cases")),
            queries_of(lambda: client.get(f"{API}/cases/{case.reference}")),
            queries_of(lambda: Client().get(f"{API}/map?bbox=10,44,11,45", headers=key)),
        ]

    report_in(cast.crocetta)
    few = costs()
    for _n in range(8):
        report = report_in(cast.crocetta)
        casework.link_report(by=cast.actor(cast.anna), case=case, report=report)
        report_in(cast.crocetta)
    assert costs() == few
    assert few[0] <= 10 and few[1] <= 10 and few[2] <= 12 and few[3] <= 2, few


# Cases ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_sees_only_the_cases_of_their_reach(client: Client, cast: Cast, who: str) -> None:
    case, police = a_case(cast), a_case(cast, category=police_kind())
    client.force_login(getattr(cast, who))
    may = {"anna": [True, True], "carla": [True, True], "lucia": [True, False], "bruno": [False, False]}.get(
        who
    )
    codes = [client.get(f"{API}/cases/{row.reference}").status_code for row in (case, police)]
    assert codes == ([403, 403] if may is None else [200 if seen else 404 for seen in may])
    found = client.get(f"{API}/cases")
    assert found.json().get("count", 0) == sum(may or [])
    verbs = ("take", "close", "reports", "contacts", "commitments")
    hidden = {send(client, f"cases/{police.reference}/{verb}").status_code for verb in verbs}
    assert who in ("anna", "carla") or hidden == {403 if may is None else 404}


def test_a_case_shows_its_work_and_no_names_of_residents(client: Client, cast: Cast) -> None:
    case = a_case(cast)
    client.force_login(cast.anna)
    text = client.get(f"{API}/cases/{case.reference}").content.decode()
    found = json.loads(text)
    assert found["owner"] == "Anna Ferri" and found["people"][0]["role"] == "reporter"
    assert len(found["reports"]) == 1 and found["timeline"]
    for secret in ("Bassi", "123456", "maria@"):
        assert secret not in text


def test_the_whole_of_a_case_through_the_api(client: Client, cast: Cast) -> None:
    report, second = report_in(cast.crocetta), report_in(cast.crocetta)
    client.force_login(cast.anna)
    opened = send(client, f"reports/{report.reference}/case", {"title": "Rumori di notte"})
    assert opened.status_code == 201, opened.content
    case = f"cases/{opened.json()['reference']}"
    taken = send(client, f"{case}/take", {"seen_version": opened.json()["version"]}).json()
    assert taken["owner"] == "Anna Ferri"
    assert len(send(client, f"{case}/reports", {"report": second.reference}).json()["reports"]) == 2
    contact = {"how": "phone", "summary": "Ha parlato della musica", "agreed": "Ci sentiamo"}
    assert send(client, f"{case}/contacts", contact).json()["contacts"][0]["agreed"] == "Ci sentiamo"
    gino = report_in(cast.crocetta, reporter=PersonDetails(name="Gino Verdi", phone="059 111222"))
    send(client, f"{case}/reports", {"report": gino.reference})
    assert send(client, f"{case}/contacts", contact | {"report": "2026-99999"}).status_code == 404
    assert send(client, f"{case}/contacts", contact | {"report": gino.reference}).status_code == 201
    gino.refresh_from_db()
    assert gino.first_contact_at is not None
    due_on = str(add_working_days(today(), 5))
    promised = send(client, f"{case}/commitments", {"what": "Passare di sera", "due_on": due_on})
    assert promised.json()["commitments"][0]["due_on"] == due_on
    early = send(client, f"{case}/close", {"outcome": "solved", "note": "Fatto"})
    assert early.status_code == 409 and early.json()["title"]
    casework.end_commitment(
        by=cast.actor(cast.anna), commitment=Case.objects.get().commitments.get(), state="kept"
    )
    done = {
        "outcome": "solved",
        "note": "Non si sente più",
        "consultation": "È contenta",
        "explanation": "Si è visto",
    }
    asked = send(client, f"{case}/close", done)
    assert asked.status_code == 200, asked.content
    assert asked.json()["closed_at"] is None and asked.json()["outcome"] is None
    assert send(client, f"{case}/close", done).status_code == 409
    casework.approve_closing(by=cast.actor(cast.carla), request=closing_of(Case.objects.get()))
    closed = client.get(f"/api/v1/{case}").json()
    assert closed["outcome"]["code"] == "solved" and closed["closed_at"]


def test_a_version_that_is_no_longer_the_last_is_refused_with_both(client: Client, cast: Cast) -> None:
    case, report = a_case(cast), report_in(cast.crocetta)
    client.force_login(cast.anna)
    sent = {"what": "Passare", "due_on": str(add_working_days(today(), 5)), "seen_version": case.version + 7}
    answer = send(client, f"cases/{case.reference}/commitments", sent)
    assert answer.status_code == 409
    assert answer.json()["current"]["version"] == case.version and answer.json()["yours"] == sent
    assert not case.commitments.exists()
    stale = send(client, f"reports/{report.reference}/answer", {"words": "Ecco", "seen_version": 9})
    assert stale.status_code == 409 and stale.json()["current"]["reference"] == report.reference


def test_who_is_second_is_told_who_has_it(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta)
    actions.take(by=cast.actor(cast.anna), report=report)
    client.force_login(cast.carla)
    answer = send(client, f"reports/{report.reference}/take")
    assert answer.status_code == 409 and "Anna Ferri" in answer.json()["title"]


def test_a_session_writes_only_with_its_csrf_token(cast: Cast) -> None:
    report = report_in(cast.crocetta)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.anna)
    assert send(client, f"reports/{report.reference}/take").status_code == 403
    assert Report.objects.get().owner is None


def test_who_may_not_is_refused_whatever_they_send(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta)
    client.force_login(cast.marco)
    for body in ({"data": {"x": "1"}}, {"data": "{", "content_type": "application/json"}):
        answer = client.post(f"{API}/reports/{report.reference}/take", **body)
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_what_nobody_foresaw_leaves_no_words_of_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_words: Any) -> None:
        raise RuntimeError("password=segreta")

    monkeypatch.setattr(actions, "receive", broken)
    kind("rumore")
    answer = send(client, "reports", SENT)
    assert answer.status_code == 500 and b"segreta" not in answer.content
    assert answer["Content-Type"] == "application/problem+json"


# Rounds -----------------------------------------------------------------------------------------------------------


def test_a_round_walked_without_network_arrives_later_and_once(client: Client, cast: Cast) -> None:
    row, contact = a_round(cast), a_key_contact(cast)
    client.force_login(cast.anna)
    path = f"rounds/{row.reference}"
    began = send(client, f"{path}/start", {"seen_version": 1})
    assert began.status_code == 200 and began.json()["state"] == "under_way"
    stale = send(client, f"{path}/start", {"seen_version": 1})
    assert stale.status_code == 409 and stale.json()["current"]["version"] == 2
    uuid = str(uuid4())
    seen = {"uuid": uuid, "kind": "decay", "words": "Sacchi", "lat": 44.805, "lon": 10.605}
    assert [send(client, f"{path}/observations", seen).status_code for _twice in range(2)] == [201, 200]
    finished = send(client, f"{path}/finish", {"notes": "Bene", "seen_version": 2})
    assert finished.status_code == 200 and finished.json()["observations"][0]["uuid"] == uuid
    assert send(client, f"{path}/observations", seen).status_code == 200, "a retry after the end"
    late = {"uuid": str(uuid4()), "kind": "quiet", "at": began.json()["started_at"]}
    assert send(client, f"{path}/observations", late).status_code == 201
    assert send(client, f"{path}/observations", late | {"at": "0001-01-01T00:00:00+14:00"}).status_code == 422
    assert Observation.objects.count() == 2

    talked = {"uuid": uuid, "how": "call", "words": "Tutto bene", "seen_version": 1}
    path = f"key-contacts/{contact.reference}/talks"
    assert [send(client, path, talked).status_code for _twice in range(2)] == [201, 200]
    other = talked | {"uuid": str(uuid4())}
    conflict = send(client, path, other)
    assert conflict.status_code == 409 and conflict.json()["current"]["version"] == 2
    into = {"became": "case", "case": "2026-9999", "seen_version": 2}
    assert send(client, path, other | into).json()["errors"].keys() == {"case"}
    assert send(client, path, other | {"became": "report", "kind": "altro"}).json()["errors"].keys() == {
        "kind"
    }
    assert KeyContactTalk.objects.count() == 1


def test_a_stop_is_ticked_and_what_one_may_not_see_is_none(client: Client, cast: Cast) -> None:
    anna, row = cast.actor(cast.anna), a_round(cast)
    police = a_case(cast, category=police_kind())
    stops = [presence.NewStop("case", case=police), presence.NewStop(location=Location(place_words="piazza"))]
    row = presence.change_stops(by=anna, round_=row, keep=[], add=stops, seen_version=None)
    presence.start_round(by=anna, round_=row)
    client.force_login(cast.anna)
    listed = client.get(f"{API}/rounds/{row.reference}").json()["stops"]
    assert [stop["title"] for stop in listed] == ["Crocetta", "piazza"]
    ticked = send(client, f"rounds/{row.reference}/stops/{listed[0]['id']}/seen")
    assert ticked.json()["stops"][0]["seen_at"]
    client.force_login(cast.lucia)
    assert [stop["title"] for stop in client.get(f"{API}/rounds/{row.reference}").json()["stops"]] == [
        "piazza"
    ]
    assert send(client, f"rounds/{row.reference}/stops/{listed[0]['id']}/seen").status_code == 404


@pytest.mark.parametrize("who", EVERYBODY)
def test_rounds_and_key_contacts_are_of_who_sees_them(client: Client, cast: Cast, who: str) -> None:
    row, contact = a_round(cast), a_key_contact(cast)
    client.force_login(getattr(cast, who))
    expected = {"anna": 200, "carla": 200, "lucia": 200, "bruno": 404}.get(who, 403)
    assert client.get(f"{API}/rounds/{row.reference}").status_code == expected
    talked = {"uuid": str(uuid4()), "how": "call"}
    status = send(client, f"key-contacts/{contact.reference}/talks", talked).status_code
    assert status == {200: 201}.get(expected, expected)
    begun = send(client, f"rounds/{row.reference}/start").status_code
    assert begun == (403 if who == "lucia" else expected), "she sees it and does not make it"


# The description ---------------------------------------------------------------------------------------------------


def test_the_description_is_public_and_names_every_address(client: Client) -> None:
    found = client.get(f"{API}/openapi.json")
    assert found.status_code == 200
    assert len([path for path in found.json()["paths"] if path.startswith("/api/v1/")]) == 54


@pytest.mark.django_db(transaction=True)
def test_the_api_keeps_to_its_description_whatever_is_sent(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few generated calls of every operation, by a visitor and by who may do most."""
    monkeypatch.setattr(throttles, "WRITES_AN_HOUR", 10**6)
    monkeypatch.setattr(throttles, "WRITES_OF_KNOWN_AN_HOUR", 10**6)
    monkeypatch.setattr(throttles, "READS_A_MINUTE", 10**6)
    case, report = a_case(cast), report_in(cast.crocetta)
    round_, contact = a_round(cast), a_key_contact(cast)
    references = {"cases": case.reference, "reports": report.reference}
    references |= {"rounds": round_.reference, "key-contacts": contact.reference}
    references |= {"notices": a_notice(cast).reference, "events": an_event(cast).reference}
    references |= {"assemblies": an_assembly(cast).reference, "proposals": a_proposal(cast).reference}
    relocation = a_relocation(cast)
    references |= {"alerts": alert_in(cast.crocetta).reference, "relocations": relocation.reference}
    references["worksites"] = relocation.worksites.get().reference
    references |= {"help-points": a_help_point(cast).code, "buildings": "roma1"}
    references |= {"programmes": a_programme(cast).reference, "votes": a_vote(cast).reference}
    references["draws"] = a_draw(cast).reference
    references |= {"spaces": a_space(cast).code, "pacts": a_pact(cast).reference}
    signed_in = Client()
    signed_in.force_login(cast.carla)
    token = "a" * 32
    session = {"sessionid": signed_in.cookies["sessionid"].value, "csrftoken": token}
    statuses: Counter[int] = Counter()
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", application)

    @seed(311)
    @settings(
        max_examples=4,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(call: Any) -> None:
        subject = call.path.removeprefix(f"{API}/").partition("/")[0]
        for name in {"reference", "code"} & call.path_parameters.keys():
            call.path_parameters[name] = references[subject]
        if subject == "relocations" and "number" in call.path_parameters:
            call.path_parameters["number"] = 1
        if isinstance(call.body, dict) and call.path == f"{API}/reports":
            call.body |= {"kind": "rumore", "privacy_read": True, "address": "Via Roma", "name": "Maria"}
            call.body |= {"phone": "059 123456", "email": "", "happened_at": "2026-01-01T10:00:00Z"}
        checks = [
            schemathesis.checks.not_a_server_error,
            schemathesis.specs.openapi.checks.status_code_conformance,
            schemathesis.specs.openapi.checks.content_type_conformance,
            schemathesis.specs.openapi.checks.response_schema_conformance,
        ]
        for cookies, headers in (({}, {}), (session, {"X-CSRFToken": token})):
            answer = call.call_and_validate(cookies=cookies, headers=headers, checks=checks)
            statuses[answer.status_code] += 1

    for operation in schema.get_all_operations():
        given(call=operation.ok().as_strategy())(check)()
    assert statuses.keys() >= {200, 201, 401, 409, 422} and 403 not in statuses, statuses


def test_buildings_are_read_by_who_manages_houses_and_nobody_is_in_them(client: Client, cast: Cast) -> None:
    flat = DwellingFactory(stair__building__area=cast.crocetta, stair__has_lift=False, door="int. 4")
    details = PersonDetails(name="Samira Benali")
    household = people.make_household(by=cast.actor(cast.lucia), dwelling=flat)
    people.add_newcomer(by=cast.actor(cast.lucia), household=household, details=details)
    code, key = flat.building.code, a_key(Capability.EDIT_BUILDINGS)
    page = client.get(f"{API}/buildings", {"q": flat.building.name}, headers=key).json()
    assert [row["code"] for row in page["results"]] == [code]
    assert client.get(f"{API}/buildings", {"q": "altrove"}, headers=key).json()["count"] == 0
    whole = client.get(f"{API}/buildings/{code}", headers=key)
    [stair] = whole.json()["stairs"]
    assert (stair["has_lift"], stair["is_step_free"]) == (False, None)
    assert [door["door"] for door in stair["dwellings"]] == ["int. 4"]
    assert "Benali" not in whole.content.decode() and household.label not in whole.content.decode()
    assert client.get(f"{API}/buildings/x", headers=key).status_code == 404
    for scope in (Capability.SEE_REPORTS, Capability.SEE_STATISTICS):
        assert client.get(f"{API}/buildings/{code}", headers=a_key(scope)).status_code == 403
    assert client.get(f"{API}/buildings").status_code == 401
