"""How cases are found by words, what casework holds of a person, and its panels on lower pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.models import Case, CaseRows
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
    """Tell the kernel's registries what cases add to lower pages."""
    registries.search_documents["case"] = SearchDocuments(
        kind="case",
        title=_("Casi"),
        texts=texts,
        all_ids=queries.all_ids,
        visible=queries.cases,
        narrow=narrow,
        hits=hits,
        scope=scope,
        order=20,
    )
    registries.personal_data.append(
        PersonalData("casework", queries.copy_for_person, _erase, queries.visible_people)
    )
    registries.panels.append(
        Panel("report", "case_on_report", _("Caso e contatti"), Capability.SEE_CASES, order=10)
    )
    registries.panels.append(
        Panel("user", "cases_of_user", _("Casi in carico"), Capability.MANAGE_USERS, order=20)
    )
    registries.panels.append(Panel("person", "cases_of_person", _("Casi"), Capability.SEE_CASES, order=20))


def texts(ids: Collection[int]) -> Iterator[SearchText]:
    """What cases are found by."""
    for row in queries.rows_by_id(ids):
        where = f"{row.address} {row.place_words}"
        body = f"{row.summary} {row.category.name} {where}"
        heading = f"{row.reference} {row.title}"
        yield SearchText(row.pk, heading, body, "it", row.opened_at, f"area{row.area_id}")


def narrow(rows: CaseRows, filters: SearchFilters) -> CaseRows:
    """Cases of an area, open or closed, of a period."""
    if filters.area_id is not None:
        rows = rows.in_area(filters.area_id)
    if filters.is_open is not None:
        rows = rows.open() if filters.is_open else rows.closed()
    if filters.since:
        rows = rows.filter(opened_at__date__gte=filters.since)
    return rows.filter(opened_at__date__lte=filters.until) if filters.until else rows


def scope(by: Actor, filters: SearchFilters) -> SearchScope | None:
    """Where `by` finds cases: own areas, cases without an area, and those in own charge or proposed."""
    if filters.area_id is not None:
        return SearchScope(frozenset({f"area{filters.area_id}"}), besides=[])
    if by.everywhere:
        return None
    mine = Q(owner_id=by.user_id) | Q(pk__in=queries.proposals_to(by).order_by().values("case_id"))
    elsewhere = queries.cases(by).filter(mine).exclude(area_id__in=by.area_ids).order_by()
    words = frozenset(f"area{area_id}" for area_id in (*by.area_ids, None))
    return SearchScope(words, besides=elsewhere.values_list("pk", flat=True))


def hits(by: Actor, rows: Any) -> Iterable[SearchHit]:
    """Cases as lines of the results."""
    for row in rows.in_lines():
        yield _hit(row)


def _hit(row: Case) -> SearchHit:
    return SearchHit(
        row_id=row.pk,
        url=reverse("case", args=[row.reference]),
        reference=row.reference,
        title=row.title,
        note=" · ".join(part for part in (row.category.name, row.where) if part),
        state=row.get_stage_display(),
        meaning="calm" if row.is_open else "done",
        at=row.opened_at,
    )


def _erase(by: Actor, person_id: int) -> int:
    return actions.erase_person(by=by, person_id=person_id)
