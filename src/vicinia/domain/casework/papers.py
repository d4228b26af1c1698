"""The papers of a case: the dossier, with and without personal data, and the handover sheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from vicinia.domain.casework import events, queries, rules
from vicinia.domain.casework.documents import DOSSIER, HANDOVER, LANGUAGE
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import InterventionState
from vicinia.domain.people import queries as people
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.composing import compose, part
from vicinia.foundation.documents.queries import text_of
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def dossier(*, by: Actor, case: Case, purpose: str = "") -> bytes:
    """The dossier as PDF. Without a purpose it is redacted: no names, no free words of people.

    With a purpose it is whole, and every person in it is written in the access log.
    """
    is_redacted = not purpose
    if not is_redacted:
        rules.may_reveal(by, case).require()
    reports = list(queries.reports_in(case))
    abouts = [f"case:{case.reference}", *(f"report:{report.reference}" for report in reports)]
    shown = {
        "case": case,
        "is_redacted": is_redacted,
        "people": _people(by, case, purpose),
        "reports": reports,
        "commitments": [(rules.who_committed(row), row) for row in queries.commitments_of(case)],
        "interventions": queries.interventions_of(case),
        "chronology": timeline(abouts, newest_first=False, limit=1000),
    }

    def values() -> dict[str, Any]:
        return {
            **_named(case),
            "kind": case.category.name,
            "area": case.area.name if case.area else "",
            "legal_basis": case.get_legal_basis_display(),
            "is_redacted": is_redacted,
            "purpose": purpose,
            "printed_by": by.name,
            "printed_on": clock.today(),
            "dossier": part("casework/papers/dossier_parts.html", shown),
        }

    document = compose(DOSSIER, LANGUAGE, values)
    content = pdf.render("casework/papers/dossier.html", {"case": case, "document": document})
    journal.record(
        events.DOSSIER, by=by, about=case, form="ridotto" if is_redacted else "completo", note=purpose
    )
    return content


def _people(by: Actor, case: Case, purpose: str) -> list[tuple[str, str]]:
    rows = []
    for row in queries.people_of(case):
        role = str(row.get_role_display())
        if purpose:
            rows.append((role, people.reveal(by, row.person, purpose).on_one_line))
        else:
            rows.append((role, row.label))
    return rows


def handover_sheets(*, by: Actor, cases: Sequence[Case]) -> bytes:
    """What who takes over has to know, one sheet a case, so that nobody tells their story twice."""
    text = text_of(HANDOVER, LANGUAGE)
    sheets = [compose(HANDOVER, LANGUAGE, partial(_sheet_values, case), text=text) for case in cases]
    content = pdf.render("casework/papers/handover.html", {"sheets": sheets})
    for case in cases:
        journal.record(events.DOSSIER, by=by, about=case, form="di consegne")
    return content


def _named(case: Case) -> dict[str, str]:
    return {"reference": case.reference, "title": case.title, "place": str(case.where)}


def _sheet_values(case: Case) -> dict[str, Any]:
    return {**_named(case), "sheet": part("casework/papers/handover_sheet.html", _sheet(case))}


def _sheet(case: Case) -> dict[str, Any]:
    facts = queries.progress(case)
    contacts = list(case.contacts.all()[:12])
    return {
        "case": case,
        "first_report": queries.reports_in(case).first(),
        "agreed": [contact for contact in contacts if contact.agreed],
        "open_commitments": [(rules.who_committed(row), row) for row in facts.open_commitments],
        "planned": queries.interventions_of(case).filter(state=InterventionState.PLANNED),
        "tasks": facts.open_tasks,
        "contacts": contacts,
        "people": queries.people_of(case),
    }
