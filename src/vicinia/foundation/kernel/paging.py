"""Pages of long lists, at a bounded cost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_ROWS = 50
COUNTED_AT_MOST = 10_000


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
        rows: Any = self.object_list
        counted: int = rows.order_by().values("pk")[:COUNTED_AT_MOST].count()
        return counted


def page_of(request: HttpRequest, rows: Any, per_page: int = PAGE_ROWS) -> Page[Any]:
    """The page of `rows` that `?pagina=` asks for; a number out of range gives the nearest page."""
    return BoundedPaginator(rows, per_page).get_page(request.GET.get("pagina"))
