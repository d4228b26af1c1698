"""The statistics of 100,000 reports: a page within a second, with the same few queries."""

from __future__ import annotations

import datetime as dt
import random
import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel, ReportState
from vicinia.domain.territory.models import Area
from vicinia.foundation.kernel import clock

pytestmark = [pytest.mark.django_db, pytest.mark.scale]
REPORTS = 100_000
DRAWN = 20_000  # different ones; the others are these again, under numbers of their own
DAYS = 730
TEXT = (
    "Da alcune settimane, quasi ogni sera, succede la stessa cosa sotto le finestre e nessuno riesce a dormire. "
    * 4
)


def _kinds() -> list[Category]:
    groups = [Category.objects.create(code=f"g{at}", name=f"Gruppo {at}") for at in range(10)]
    return [Category.objects.create(code=f"k{at}", name=f"Tipo {at}", parent=groups[at % 10], is_public=at % 2 == 0) for at in range(50)]  # fmt: skip


def _report(
    at: int, dice: random.Random, kinds: list[Category], areas: list[Area], now: dt.datetime
) -> Report:
    received = now - dt.timedelta(minutes=dice.randrange(DAYS * 1440))
    is_open = dice.random() < 0.1
    contact = received + dt.timedelta(hours=dice.expovariate(1 / 30)) if dice.random() < 0.9 else None
    return Report(
        reference=f"s-{at}",
        channel=dice.choice(Channel.values),
        category=dice.choice(kinds),
        area=dice.choice(areas),
        title="Rumore sotto le finestre",
        description=TEXT,
        received_at=received,
        state=ReportState.RECEIVED if is_open else ReportState.ANSWERED,
        first_contact_at=contact,
        ended_at=None if is_open else received + dt.timedelta(days=dice.expovariate(1 / 12)),
    )


@pytest.fixture
def big_town(cast: Cast) -> Cast:
    dice, now = random.Random(5), clock.now()
    kinds = _kinds()
    areas = [Area.objects.create(kind="quarter", code=f"q{at}", name=f"Zona {at}") for at in range(20)]
    Report.objects.bulk_create((_report(at, dice, kinds, areas, now) for at in range(DRAWN)), batch_size=2000)
    for number in range(1, REPORTS // DRAWN):
        _copy(number)
    assert Report.objects.count() == REPORTS
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cast


def _copy(number: int) -> None:
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in Report._meta.concrete_fields if not field.primary_key]
    values = [f"'s{number}' || substr(reference, 2)" if name == '"reference"' else name for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO listening_report ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM listening_report WHERE reference LIKE 's-%%'"
        )


def _cost(client: Client, path: str, at_most: float) -> tuple[float, int]:
    """Seconds and statements of a page. Neighbours on the machine only ever add to it: what is too slow is tried twice more."""
    client.get(path)
    tried = [_timed(client, path)]
    while min(tried)[0] > at_most and len(tried) < 3:
        tried.append(_timed(client, path))
    return min(tried)


def _timed(client: Client, path: str) -> tuple[float, int]:
    cache.clear()
    # SQLite works in this process: its processor time is the cost, whatever else the machine does meanwhile.
    clock_of = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    with CaptureQueriesContext(connection) as queries:
        start = clock_of()
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer)
        spent = clock_of() - start
    assert answer.status_code == 200
    slow = sorted(queries.captured_queries, key=lambda query: -float(query["time"]))[:4]
    print(
        f"\n{path}: {spent:.2f} s, {len(queries)} queries; "
        + "; ".join(f"{q['time']} {q['sql'][:60]}…{q['sql'][-60:]}" for q in slow)
    )
    return spent, len(queries)


def test_the_statistics_of_100_000_reports_take_less_than_a_second(big_town: Cast, settings):
    settings.SECOND_FACTOR = False
    carla, vera = Client(), Client()
    carla.force_login(big_town.carla)
    vera.force_login(big_town.vera)
    last_year = clock.today().year - 1
    for client, path, at_most in [
        (carla, "/statistiche", 1.0),
        (carla, "/statistiche?periodo=altro&dal=2020-01-01&al=2030-12-31", 2.0),  # every report there is
        (carla, "/statistiche.csv", 1.0),
        (vera, "/statistiche", 1.0),
        (Client(), f"/dati/{last_year}", 1.0),
    ]:
        spent, queries = _cost(client, path, at_most)
        # The public page also keeps what it added up: the database cache takes six statements for it, once an hour.
        assert queries <= (21 if path.startswith("/dati") else 15)
        assert spent <= at_most
