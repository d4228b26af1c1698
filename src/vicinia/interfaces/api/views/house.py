"""What the endpoints share: how they are described, paged and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from vicinia.foundation.kernel.paging import PAGE_ROWS, BoundedPaginator
from vicinia.interfaces.api import throttles
from vicinia.interfaces.api.authentication import actor_of
from vicinia.interfaces.api.serializers import ProblemShape

PROBLEM = "application/problem+json"
Described = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]


def describe(
    operation: str,
    *,
    answer: Any,
    sends: type[Serializer] | None = None,
    asks: tuple[str, ...] = (),
    status: int = 200,
    headers: tuple[str, ...] = (),
    tag: str = "",
    repeated: bool = False,
) -> Described:
    """The description of an endpoint: its answer, what it is sent, and the problems that it may answer instead."""
    problems = {400: "", 401: "", 403: "", 404: "", 409: "", 415: "", 422: "", 429: ""}
    responses: dict[Any, Any] = {(code, PROBLEM): ProblemShape for code in problems}
    responses[status, "application/json"] = answer
    if repeated:
        responses[200, "application/json"] = answer
    parameters = [OpenApiParameter(name, str, OpenApiParameter.QUERY) for name in asks]
    parameters += [OpenApiParameter(name, str, OpenApiParameter.HEADER) for name in headers]
    described: Described = extend_schema(
        operation_id=operation,
        request=sends,
        responses=responses,
        parameters=parameters,
        tags=[tag or operation.split("_")[0]],
        filters=False,
    )
    return described


def answer(value: Any, status: int = 200) -> Response:
    """An answer that no cache keeps: it is for this caller."""
    return Response(value, status=status, headers={"Cache-Control": "no-store"})


def page_of(request: Request, rows: Any, shape: Callable[[Any], dict[str, Any]]) -> Response:
    """The page that `?page=` asks for, 50 rows each."""
    word = request.query_params.get("page") or "1"
    if not (word.isascii() and word.isdigit() and 0 < len(word) <= 6 and int(word)):
        raise ValidationError({"page": ["Serve un numero da 1 in su."]})
    pages = BoundedPaginator(rows, PAGE_ROWS)
    page = pages.get_page(int(word))
    results = [shape(row) for row in page]
    return answer({"count": pages.count, "page": page.number, "pages": pages.num_pages, "results": results})


def cleaned(kind: type[Serializer], request: Request) -> dict[str, Any]:
    """The checked values of what was sent (422 by field otherwise)."""
    form = kind(data=request.data)
    form.is_valid(raise_exception=True)
    values: dict[str, Any] = form.validated_data
    return values


def filtered(filters: Any) -> Any:
    """The rows of a filter set (422 by field when a filter can't be read)."""
    if not filters.is_valid():
        raise ValidationError({name: list(sentences) for name, sentences in filters.errors.items()})
    return filters.qs


def count_write(request: Request) -> None:
    """Refuse who writes too often."""
    if not throttles.may_write(request._request, actor_of(request)):
        raise Throttled(wait=3600)


def count_read(request: Request) -> None:
    """Refuse who reads too often without saying who they are."""
    if not throttles.may_read(request._request):
        raise Throttled(wait=60)
