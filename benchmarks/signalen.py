"""Server CPU and SQL statements of five requests against those of Signalen 2.50 on the same work.

python -m benchmarks.signalen [--reports 20000] [--seconds 4]

With 20,000 reports and 168 categories, 2 gunicorn workers, PostgreSQL, debug off, 4 connections. CPU is that of gunicorn
and PostgreSQL together, from /proc; statements are counted on the same views in this process.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks import made_up_town
from benchmarks.serving import Cost, Request, filled, gunicorn, load_name, measure, town

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Measured:
    """One of the five: what is asked for, Signalen's figures, the aims, and ours once measured."""

    name: str
    peer_ms: float
    peer_sql: int
    aim_ms: float
    aim_sql: int
    variants: dict[str, list[Request]]
    caller: str = ""  # the e-mail of who is signed in, or KEY
    worst: str = ""
    cost: Cost | None = None
    sql: int = 0


def over_rest() -> list[Measured]:
    """The five as other programs ask for them, in JSON like Signalen's."""
    lists = {name: [Request(f"/api/v1/reports?{query}")] for name, query in LISTS.items()}
    cases = [Request(f"/api/v1/cases/{reference}") for reference in _case_references()]
    return [
        Measured("category list", 396, 339, 2, 1, {"": [Request("/api/v1/categories")]}),
        Measured("staff list of 50 rows", 349, 263, 25, 10, lists, STAFF),
        Measured("one case", 58, 17, 25, 12, {"": cases}, STAFF),
        Measured("map points in a box", 34, 2, 5, 2, {"": [Request(f"/api/v1/map?bbox={BOX}")]}, KEY),
        Measured("public POST", 72, 45, 12, 15, {"": _new_reports()}),
    ]


def as_pages() -> list[Measured]:
    """Three of them as the pages that staff open: a whole HTML page each, where Signalen's figures are of its JSON."""
    tabs = {name: [Request(f"/in-arrivo?{query}")] for name, query in TABS.items()}
    cases = [Request(f"/casi/{reference}") for reference in _case_references()]
    return [
        Measured("the inbox, 50 rows", 349, 263, 25, 10, tabs, STAFF),
        Measured("the page of a case", 58, 17, 25, 12, {"": cases}, STAFF),
        Measured("the map of the desk", 34, 2, 5, 2, {"": [Request(f"/mappa/punti?bbox={BOX}")]}, STAFF),
    ]


def _named(rows: list[Measured], words: str) -> list[Measured]:
    return [row for row in rows if words in row.name]


def _new_reports() -> list[Request]:
    """Reports as residents send them, each from somebody new who leaves a name, a phone and an e-mail."""
    report = {
        "title": "Musica alta di notte",
        "description": "Da tre settimane, ogni venerdì e sabato fino alle due, dal cortile interno.",
        "address": "via Garibaldi 12",
        "frequency": "weekly",
        "name": "Maria Bassi",
        "phone": "+39 059 @NUMBER@",
        "email": "maria.@KEY@@posta.example",
        "contact_way": "phone",
        "privacy_read": True,
    }
    places = [
        {"kind": f"tipo-{n * 7}", "lat": 44.8 + n * 0.0017, "lon": 10.6 + n * 0.0021} for n in range(20)
    ]
    return [
        Request("/api/v1/reports", "POST", json.dumps(report | place), "application/json") for place in places
    ]


KEY = "key"  # another program's, for the areas of STAFF
STAFF = "u3@prova.example"  # an operator of four quarters of twenty
BOX = "10.605,44.805,10.625,44.825"  # a part of the operator's quarters, as a screen shows it
LISTS = {
    "to be taken": "view=unassigned",
    "mine": "view=mine",
    "due": "view=due",
    "late": "view=late",
    "waiting": "view=waiting",
    "all": "view=all",
    "area": "area=q8",
    "kind": "kind=tipo-26",
    "state": "state=answered",
    "channel": "channel=phone",
    "period": "since=2026-06-01&until=2026-06-30",
    "words": "q=rumore",
}
TABS = {
    "to be taken": "vista=da-assegnare",
    "mine": "vista=mie",
    "all": "vista=tutte",
    "area and state": "vista=tutte&area=9&state=answered",
    "words": "vista=tutte&q=rumore",
}


def _case_references() -> list[str]:
    from vicinia.domain.casework.queries import cases
    from vicinia.foundation.accounts.queries import user_by_email

    user = user_by_email(STAFF)
    assert user is not None
    rows = cases(user.as_actor()).order_by("-id").values_list("reference", flat=True)
    return list(rows[:40])


def _statements(requests: Sequence[Request], headers: dict[str, str]) -> int:
    """The most SQL statements that one of the requests needs, once this process is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Host": "127.0.0.1", **headers})
    most = 0
    for number, one in enumerate([requests[0], *requests[:10]]):
        body = filled(one.body, number)
        with CaptureQueriesContext(connection) as captured:
            answer = client.generic(one.method, one.path, body, one.kind or FORM)
        if answer.status_code >= 400:
            raise SystemExit(f"{one.method} {one.path}: {answer.status_code} {answer.content[:300]!r}")
        statements = [row["sql"] for row in captured if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        most = max(most, len(statements)) if number else 0
        if SHOW_SQL and number == 1:
            print(f"-- {one.path}", *(f"   {row['time']} {row['sql'][:400]}" for row in captured), sep="\n")
    return most


SHOW_SQL = "--sql" in sys.argv


def headers_of(caller: str) -> dict[str, str]:
    """What a request says of who calls."""
    if caller == KEY:
        return {"Authorization": f"Api-Key {made_up_town.key()}"}
    return {"Cookie": f"sessionid={made_up_town.session(caller)}"} if caller else {}


def run(five: list[Measured], roots: tuple[int, int], port: int, seconds: float) -> list[Measured]:
    """Measure each; of several variants the dearest stands in the table."""
    done = []
    for one in five:
        headers = headers_of(one.caller)
        sql = max(_statements(requests, headers) for requests in one.variants.values())
        costs = {}
        for name, requests in one.variants.items():
            costs[name] = measure(*roots, port, requests, headers, seconds)
            if len(one.variants) > 1:
                print(f"  {one.name}, {name}: {_words(costs[name])}", flush=True)
        worst = max(costs, key=lambda name: costs[name].ms)
        done.append(replace(one, worst=worst, cost=costs[worst], sql=sql))
    return done


def print_table(rows: Sequence[Measured]) -> bool:
    """The table; whether every aim is met."""
    print(
        f"{'':36}{'ms CPU':>8}{'aim':>5}{'':>8}{'peer':>6}{'ratio':>7}  {'SQL':>5}{'aim':>5}{'':>8}{'peer':>6}{'ratio':>7}"
    )
    is_met = True
    for row in rows:
        assert row.cost is not None
        name = f"{row.name} ({row.worst})" if len(row.variants) > 1 else row.name
        met_ms, met_sql = row.cost.ms <= row.aim_ms, row.sql <= row.aim_sql
        is_met = is_met and met_ms and met_sql and not row.cost.failed
        print(
            f"{name:36}{row.cost.ms:8.1f}{row.aim_ms:5.0f}{_said(met_ms):>8}{row.peer_ms:6.0f}{row.cost.ms / row.peer_ms:7.2f}  "
            f"{row.sql:5}{row.aim_sql:5}{_said(met_sql):>8}{row.peer_sql:6}{row.sql / row.peer_sql:7.2f}"
            + f"   {_words(row.cost)}"
            + (f"   {row.cost.failed} of {row.cost.count} failed" if row.cost.failed else "")
        )
    return is_met


def _words(cost: Cost) -> str:
    return f"{cost.ms:.1f} ms, {cost.database_ms:.1f} of them PostgreSQL"


def _said(is_met: bool) -> str:
    return "met" if is_met else "not met"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--threads", type=int, default=1, help="of each gunicorn worker")
    parser.add_argument("--keep", default="", metavar="FOLDER", help="keep the town here for the next run")
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="measure only what has these words in its name"
    )
    parser.add_argument("--sql", action="store_true", help="print the statements that are counted")
    chosen = parser.parse_args()
    with town(chosen.reports, chosen.keep) as postmaster, gunicorn(chosen.threads) as (server, port):
        print(f"load: {load_name()}; peer: Signalen 2.50 on a machine like this")
        roots = (server, postmaster)
        is_met = print_table(run(_named(over_rest(), chosen.only), roots, port, chosen.seconds))
        print("as pages:")
        print_table(run(_named(as_pages(), chosen.only), roots, port, chosen.seconds))
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
