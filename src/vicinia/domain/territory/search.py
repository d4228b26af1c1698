"""How buildings are found by words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vicinia.domain.territory import queries
from vicinia.foundation.kernel import registries
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import SearchDocuments, SearchFilters, SearchHit, SearchText


def register() -> None:
    """Tell the kernel's registry of what is found by words."""
    registries.search_documents["building"] = SearchDocuments(
        kind="building",
        title=gettext_lazy("Edifici"),
        texts=texts,
        all_ids=queries.building_ids,
        visible=queries.visible_buildings,
        narrow=narrow,
        hits=hits,
        order=60,
    )


def texts(ids: Collection[int]) -> Iterator[SearchText]:
    """What buildings are found by."""
    for row in queries.buildings_by_id(ids):
        body = f"{row.address} {row.place_words} {row.manager}"
        yield SearchText(row.pk, f"{row.code} {row.name}", body, "it", row.created_at, f"area{row.area_id}")


def narrow(rows: Any, filters: SearchFilters) -> Any:
    """Buildings of an area. They have no state and no day: a search for one of these does not ask for buildings."""
    if filters.is_open is not None or filters.since or filters.until:
        return rows.none()
    return rows if filters.area_id is None else rows.filter(area_id=filters.area_id)


def hits(by: Actor, rows: Any) -> Iterable[SearchHit]:
    """Buildings as lines of the results."""
    for row in rows:
        yield SearchHit(
            row_id=row.pk,
            url=reverse("building", args=[row.code]),
            reference=row.code,
            title=row.name,
            note=row.where,
            state=_("fuori uso") if row.is_retired else "",
        )
