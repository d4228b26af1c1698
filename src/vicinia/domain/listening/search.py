"""How reports are found by words, and what listening holds of a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening import actions, queries
from vicinia.domain.listening.models import Report, ReportRows
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import registries
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import (
    Panel,
    PersonalData,
    SearchDocuments,
    SearchFilters,
    SearchHit,
    SearchScope,
    SearchText,
)


def register() -> None:
    """Tell the kernel's registries what reports add to lower pages."""
    registries.search_documents["report"] = SearchDocuments(
        kind="report",
        title=_("Segnalazioni"),
        texts=texts,
        all_ids=queries.all_ids,
        visible=queries.reports,
        narrow=narrow,
        hits=hits,
        scope=scope,
        order=10,
    )
    registries.personal_data.append(
        PersonalData("listening", queries.copy_for_person, _erase, queries.visible_people)
    )
    title = _("Segnalazioni")
    registries.panels.append(Panel("person", "reports_of_person", title, Capability.SEE_REPORTS, order=10))
    registries.panels.append(
        Panel("user", "reports_of_user", _("Segnalazioni in carico"), Capability.MANAGE_USERS, order=10)
    )


def texts(ids: Collection[int]) -> Iterable[SearchText]:
    """What reports are found by: never who made them."""
    return map(queries.search_text, queries.rows_by_id(ids))


def narrow(rows: ReportRows, filters: SearchFilters) -> ReportRows:
    """Reports of an area, open or ended, of a period."""
    if filters.area_id is not None:
        rows = rows.in_area(filters.area_id)
    if filters.is_open is not None:
        rows = rows.open() if filters.is_open else rows.ended()
    if filters.since:
        rows = rows.filter(received_at__date__gte=filters.since)
    return rows.filter(received_at__date__lte=filters.until) if filters.until else rows


def scope(by: Actor, filters: SearchFilters) -> SearchScope | None:
    """Where `by` finds reports: own areas, reports without an area, and those in own charge."""
    if filters.area_id is not None:
        return SearchScope(frozenset({f"area{filters.area_id}"}), besides=[])
    if by.everywhere:
        return None
    words = frozenset(f"area{area_id}" for area_id in (*by.area_ids, None))
    return SearchScope(words, besides=queries.in_charge_elsewhere(by))


def hits(by: Actor, rows: Any) -> Iterable[SearchHit]:
    """Reports as lines of the results."""
    for row in rows.in_lines():
        yield _hit(row)


def _hit(row: Report) -> SearchHit:
    return SearchHit(
        row_id=row.pk,
        url=reverse("report", args=[row.reference]),
        reference=row.reference,
        title=row.title,
        note=" · ".join(part for part in (row.category.name, row.where) if part),
        state=row.get_state_display(),
        meaning="calm" if row.is_open else "plain",
        at=row.received_at,
    )


def _erase(by: Actor, person_id: int) -> int:
    return actions.erase_person(by=by, person_id=person_id)
