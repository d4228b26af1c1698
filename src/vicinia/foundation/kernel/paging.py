"""Pages of long lists, at a bounded cost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_ROWS = 50
COUNTED_AT_MOST = 2_000  # forty pages: nobody turns more, one filters


# Django's paginator is generic for the type checker only.
if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator


class BoundedPaginator(AnyPaginator):
    """Counts up to `COUNTED_AT_MOST` rows only: beyond that one filters, and the cost no longer grows with the table."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, or COUNTED_AT_MOST when there are more."""
        return min(self._counted, COUNTED_AT_MOST)

    @property
    def has_more(self) -> bool:
        """Whether there are rows beyond those that the pages show, which the reader is to be told."""
        return self._counted > COUNTED_AT_MOST

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        counted: int = rows.order_by().values("pk")[: COUNTED_AT_MOST + 1].count()
        return counted


def page_of(request: HttpRequest, rows: Any, per_page: int = PAGE_ROWS) -> Page[Any]:
    """The page of `rows` that `?pagina=` asks for; a number out of range gives the nearest page."""
    return BoundedPaginator(rows, per_page).get_page(request.GET.get("pagina"))


def counts_up_to(most: int, **wanted: QuerySet[Any]) -> dict[str, int]:
    """How many rows each QuerySet has, or `most` where there are more. One statement, at a bounded cost."""
    counts = dict.fromkeys(wanted, 0)
    parts: dict[str, str] = {}
    values: list[Any] = []
    for name, rows in wanted.items():
        try:
            sql, parameters = rows.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:  # nobody may see any: zero without asking
            continue
        parts[name] = f"(SELECT COUNT(*) FROM ({sql}) AS {connection.ops.quote_name(f'counted_{name}')})"  # noqa: S608  Django wrote the SQL
        values += parameters
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts.values())}", values)
            counts |= dict(zip(parts, cursor.fetchone(), strict=True))
    return counts
