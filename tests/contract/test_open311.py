"""Open311 GeoReport v2 as a client sees it: georeport from PyPI, and the letter of the specification."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from georeport import GeoReport

from tests.cast import Cast
from vicinia.domain.listening import actions
from vicinia.domain.listening.models import Message, Report
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.foundation.accounts.models import ApiKey
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.accounts.tokens import new_token, token_digest
from vicinia.interfaces.api import throttles
from vicinia.interfaces.api.xml import document

pytestmark = pytest.mark.django_db
BASE = "/open311/v2"


@pytest.fixture(autouse=True)
def _one_town(settings: Any) -> None:
    settings.ISTAT_CODE, settings.SECOND_FACTOR = "006003", False
    throttles.reads.seen.clear()
    throttles.writes.seen.clear()


@pytest.fixture
def key(db: None) -> str:
    return make_key()


def make_key(*scopes: str, **fields: Any) -> str:
    """A key that may enter and see reports, unless said otherwise."""
    secret = new_token()
    chosen = list(scopes or (Capability.ENTER_REPORTS, Capability.SEE_REPORTS))
    values = {"name": "Città vicina", "everywhere": True, "capabilities": chosen}
    ApiKey.objects.create(key_digest=token_digest(secret), **(values | fields))
    return secret


def published(cast: Cast, **fields: Any) -> Report:
    """A report on the public map, with everything in it that must not leave."""
    public = kind("buche", name="Buche", is_public=True)
    values = {
        "category": public,
        "title": "Sotto casa di Maria Bassi",
        "description": "Il mio numero è 059 123456",
    }
    report = report_in(cast.crocetta, **(values | fields))
    return actions.publish(by=cast.actor(cast.carla), report=report)


def post(client: Client, key: str, form: str = "json", **sent: Any) -> Any:
    values = {"api_key": key, "service_code": "buche", "lat": "44.805", "long": "10.605"} | sent
    return client.post(f"{BASE}/requests.{form}", values)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_the_client_from_pypi_reads_kinds_and_requests(live_server: Any, cast: Cast, form: str) -> None:
    first, second = published(cast), published(cast)
    client = GeoReport(f"{live_server.url}{BASE}", jurisdiction="006003", output_format=form)
    services = client.get_service_list()
    services = services if isinstance(services, list) else [services]
    assert [service["service_code"] for service in services] == ["buche"]
    definition = client.get_service_definition("buche")
    assert definition["service_code"] == "buche"
    found = client.get_service_requests(service_code="buche", status="open,closed")
    assert [row["service_request_id"] for row in found] == [second.reference, first.reference]
    assert client.get_service_request(first.reference)["service_code"] == "buche"


def test_discovery_names_endpoint_formats_and_specification(client: Client) -> None:
    found = client.get(f"{BASE}/discovery.json").json()
    (endpoint,) = found["endpoints"]
    assert endpoint["url"].endswith("/open311/v2") and endpoint["formats"] == ["text/xml", "application/json"]
    tree = ElementTree.fromstring(client.get(f"{BASE}/discovery.xml").content)
    assert tree.findtext("endpoints/endpoint/specification") == "http://wiki.open311.org/GeoReport_v2"
    assert [row.text for row in tree.findall("endpoints/endpoint/formats/format")] == endpoint["formats"]


def test_xml_is_declared_and_json_is_an_array_of_plain_objects(client: Client, cast: Cast) -> None:
    published(cast)
    answer = client.get(f"{BASE}/requests.xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    rows = client.get(f"{BASE}/requests.json").json()
    assert isinstance(rows, list) and isinstance(rows[0]["lat"], float)
    assert dt.datetime.fromisoformat(rows[0]["requested_datetime"]).utcoffset() is not None


def test_nothing_personal_and_no_words_leave(client: Client, cast: Cast) -> None:
    report = published(cast)
    Report.objects.filter(pk=report.pk).update(address="Via Roma, 12/A", lat=44.804999, lon=10.605123)
    text = "".join(client.get(f"{BASE}/requests.{form}").content.decode() for form in ("json", "xml"))
    text += client.get(f"{BASE}/requests/{report.reference}.json").content.decode()
    assert report.reference in text
    for secret in ("Bassi", "123456", "Maria", "12/A", "44.804999", "10.605123", "posta.example"):
        assert secret not in text
    assert "T00:00:00" in client.get(f"{BASE}/requests.json").json()[0]["requested_datetime"]


def test_what_is_not_published_does_not_exist(client: Client, cast: Cast, key: str) -> None:
    hidden = report_in(cast.crocetta)
    reference = post(client, key).json() if kind("buche", is_public=True) else None
    assert reference is not None
    for number in (hidden.reference, reference[0]["service_request_id"]):
        assert client.get(f"{BASE}/requests/{number}.json").status_code == 404
        assert client.get(f"{BASE}/requests.json", {"service_request_id": number}).json() == []
    assert client.get(f"{BASE}/requests.json", {"api_key": key}).json() == []


def test_kinds_of_the_police_regime_are_neither_offered_nor_taken(client: Client, key: str) -> None:
    police_kind()
    assert client.get(f"{BASE}/services.json").json() == []
    assert client.get(f"{BASE}/services/spaccio.json").status_code == 404
    assert post(client, key, service_code="spaccio").status_code == 404
    assert not Report.objects.exists()


def test_a_sent_report_is_received_like_any_other(client: Client, cast: Cast, key: str) -> None:
    kind("buche", name="Buche")
    sent = {
        "first_name": "Maria",
        "last_name": "Bassi",
        "email": "maria@posta.example",
        "attribute[since]": "ieri",
    }
    answer = post(client, key, description="Una buca", media_url="http://169.254.169.254/latest", **sent)
    (row,) = answer.json()
    report = Report.objects.get()
    assert (row["service_request_id"], report.channel, report.area) == (
        report.reference,
        "open311",
        cast.crocetta,
    )
    assert "token" not in row and str(report.due_on.strftime("%d/%m/%Y")) in row["service_notice"]
    assert (report.since_words, report.wants_contact) == ("ieri", True)
    assert "non scaricata): http://169.254.169.254/latest" in report.description
    assert client.get(f"{BASE}/tokens/{report.reference}.json", {"api_key": key}).json()[0]["token"]
    assert client.get(f"{BASE}/tokens/{report.reference}.json", {"api_key": make_key()}).status_code == 404


def test_a_retry_finds_the_first_report_again(client: Client, cast: Cast, key: str) -> None:
    kind("buche")
    first, again = post(client, key).json(), post(client, key).json()
    other = post(client, key, description="un'altra").json()
    assert first == again and other != first and Report.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "x" * 43}, 403, "api_key"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "mai-vista"}, 404, "mai-vista"),
        ({"lat": "", "long": ""}, 400, "luogo manca"),
        ({"long": ""}, 400, "insieme"),
        ({"lat": "nan"}, 400, "lat"),
        ({"lat": "1e400"}, 400, "lat"),
        ({"email": "niente"}, 400, "email"),
        ({"description": "x" * 4001}, 400, "description"),
        ({"attribute[frequency]": "mai"}, 400, "frequency"),
        ({"address_id": "abc"}, 400, "address_id"),
        ({"jurisdiction_id": "015146"}, 404, "jurisdiction_id"),
    ],
)
def test_a_wrong_request_says_what_is_wrong_and_leaves_nothing(
    client: Client, key: str, sent: dict[str, str], status: int, words: str
) -> None:
    kind("buche")
    answer = post(client, key, **sent)
    assert answer.status_code == status
    assert any(words in error["description"] for error in answer.json())
    assert {error["code"] for error in answer.json()} == {str(status)}
    assert not Report.objects.exists()


def test_several_faults_are_told_at_once_in_xml_too(client: Client, key: str) -> None:
    kind("buche")
    answer = post(client, key, "xml", email="niente", lat="100")
    tree = ElementTree.fromstring(answer.content)
    assert tree.tag == "errors" and len(tree.findall("error/description")) == 2


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}, 400),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-03-31T00:00:00Z"}, 200),
        ({"start_date": "2026-02-01", "end_date": "2026-01-01"}, 400),
        ({"start_date": "ieri"}, 400),
        ({"start_date": "9999-12-31"}, 400),
        ({"end_date": "0001-01-02"}, 400),
        ({"start_date": "", "status": ""}, 200),
        ({"status": "forse"}, 400),
        ({"service_code": "mai-vista"}, 404),
        ({"page": "0"}, 400),
        ({"page": "²"}, 400),
        ({"jurisdiction_id": "006003"}, 200),
        ({"jurisdiction_id": "boston.gov"}, 404),
    ],
)
def test_the_limits_of_the_specification_hold(client: Client, asked: dict[str, str], status: int) -> None:
    assert client.get(f"{BASE}/requests.json", asked).status_code == status


def test_filters_choose_by_kind_state_and_period(client: Client, cast: Cast) -> None:
    old, new = published(cast), published(cast)
    Report.objects.filter(pk=old.pk).update(received_at=timezone.now() - dt.timedelta(days=91))

    def numbers(**asked: str) -> list[str]:
        rows = client.get(f"{BASE}/requests.json", asked).json()
        return [row["service_request_id"] for row in rows]

    assert numbers() == [new.reference]
    assert numbers(status="closed") == []
    assert numbers(service_request_id=f"{old.reference},{new.reference}", status="closed") == [
        new.reference,
        old.reference,
    ]
    assert numbers(page_size="1", page="2") == []


@pytest.mark.parametrize(
    "path", ["", "/", "/altro.json", "/requests", "/requests.csv", "/requests/2026-1.xml"]
)
def test_an_unknown_address_is_a_404_with_errors(client: Client, path: str) -> None:
    answer = client.get(f"{BASE}{path}", follow=True)
    assert answer.status_code == 404
    assert path.endswith("json") or path == "" or b"<errors><error><code>404" in answer.content


def test_a_sender_reads_the_steps_of_its_own_reports_and_of_no_others(
    client: Client, cast: Cast, key: str
) -> None:
    kind("buche")
    mine = Report.objects.get(reference=post(client, key).json()[0]["service_request_id"])
    other = report_in(cast.crocetta)
    for report in (mine, other):
        actions.answer(by=cast.actor(cast.carla), report=report, words="Riparata.")
    asked = {"api_key": key}
    rows = client.get(f"{BASE}/servicerequestupdates.json", asked).json()
    assert [(row["service_request_id"], row["status"]) for row in rows] == [(mine.reference, "closed")]
    assert "Riparata" not in str(rows)
    assert client.get(f"{BASE}/servicerequestupdates.json").status_code == 403
    narrow = make_key(Capability.ENTER_REPORTS)
    assert client.get(f"{BASE}/servicerequestupdates.json", {"api_key": narrow}).status_code == 403


def test_an_update_reaches_who_follows_the_report_once(client: Client, cast: Cast, key: str) -> None:
    kind("buche")
    number = post(client, key).json()[0]["service_request_id"]
    sent = {"api_key": key, "service_request_id": number, "update_id": "7", "status": "OPEN"}
    sent |= {"updated_datetime": "2026-01-01T10:00:00+01:00", "description": "È peggiorata"}
    address = f"{BASE}/servicerequestupdates.json"
    assert client.post(address, sent).json() == [{"update_id": "7"}]
    assert client.post(address, sent).status_code == 400
    assert client.post(address, sent | {"api_key": make_key(), "update_id": "8"}).status_code == 404
    assert client.post(address, sent | {"description": ""}).status_code == 400
    assert Message.objects.get().text.startswith("È peggiorata")


def test_a_closed_or_expired_key_opens_nothing(client: Client) -> None:
    kind("buche")
    keys = [make_key(is_active=False), make_key(expires_at=timezone.now() - dt.timedelta(days=1))]
    keys.append(make_key(Capability.SEE_STATISTICS))
    assert {post(client, key).status_code for key in keys} == {403}
    assert not Report.objects.exists()


def test_requests_cost_the_same_with_one_and_with_thirty(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    published(cast)
    client.get(f"{BASE}/requests.json")
    for _n in range(9):
        published(cast)
    with django_assert_max_num_queries(4):
        assert len(client.get(f"{BASE}/requests.json").json()) == 10


def test_no_value_can_become_markup_in_xml() -> None:
    evil = '</a><script>&"\x0b\ud800]]>'
    text = document("services", [{"name": evil, "list": ["<x/>"], "no": None, "yes": True}])
    tree = ElementTree.fromstring(text)
    assert tree.findtext("service/name") == '</a><script>&"]]>'
    assert tree.findtext("service/list/list") == "<x/>" and tree.findtext("service/yes") == "true"
