"""Many reports at once, as an archive would hold them: written straight, for what only counts them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import Outcome, Stage
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel, LegalBasis, ReportState
from vicinia.domain.territory.models import Area
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.models import Counter


def moment(day: str, hour: int = 10) -> dt.datetime:
    """An hour of a day, in UTC."""
    return dt.datetime.fromisoformat(day).replace(hour=hour, tzinfo=dt.UTC)


def reports(
    count: int, *, kind: Category, area: Area | None = None, day: str = "2026-11-02", **fields: Any
) -> None:
    """So many reports of a kind on a day."""
    first = Counter.next("test-reports", count=count) if count else 0
    values: dict[str, Any] = {
        "category": kind,
        "area": area,
        "channel": Channel.PHONE,
        "title": "Sofia Verdi racconta",
        "legal_basis": kind.legal_basis,
        "received_at": moment(day),
        "state": ReportState.RECEIVED,
    }
    rows = [Report(reference=f"t-{first + at}", **(values | fields)) for at in range(count)]
    Report.objects.bulk_create(rows, batch_size=500)


def closed_cases(count: int, *, kind: Category, outcome: str = Outcome.SOLVED, **fields: Any) -> None:
    """So many cases closed on the second of November after three weeks."""
    first = Counter.next("test-cases", count=count)
    values: dict[str, Any] = {
        "category": kind,
        "title": "Caso",
        "legal_basis": LegalBasis.ADMINISTRATIVE,
        "stage": Stage.CLOSED,
        "outcome": outcome,
        "opened_at": moment("2026-10-12"),
        "closed_at": moment("2026-11-02"),
        "stage_since": clock.now(),
    }
    Case.objects.bulk_create([Case(reference=f"c-{first + at}", **(values | fields)) for at in range(count)])
