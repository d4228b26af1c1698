"""Cases for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.actors import COORDINATOR
from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.foundation.kernel.actor import Actor


def open_on(report: Report, *, by: Actor, **fields: Any) -> Case:
    """A case on a report, that nobody has in charge yet."""
    values: dict[str, Any] = {
        "title": report.title,
        "category": report.category,
        "legal_basis": report.legal_basis,
    }
    return actions.open_case(by=by, new=actions.OpenCase(**(values | fields)), reports=[report])


def case_of(by: Actor, report: Report, **fields: Any) -> Case:
    """A case on a report, in the charge of `by`."""
    return actions.take_charge(by=by, case=open_on(report, by=by, **fields))


def close_case(by: Actor, case: Case, **words: Any) -> Case:
    """A case that `by` asks to close and a coordinator closes."""
    values = {"outcome": "solved", "note": "Fatto.", "consultation": "Bene.", "explanation": "Prova."}
    asked = actions.ask_to_close(by=by, case=case, **(values | words))
    if not asked.is_open:
        return asked
    coordinator = replace(COORDINATOR, user_id=None)
    return actions.approve_closing(by=coordinator, request=queries.closing_of(asked))
