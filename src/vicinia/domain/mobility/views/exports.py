"""A plan on paper, as a table, and as the two documents with which anybody can compute it again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from vicinia.domain.mobility import queries
from vicinia.domain.mobility.drawing import Chart
from vicinia.domain.mobility.engine.solving import plan_document
from vicinia.domain.mobility.models import MobilityPlan
from vicinia.domain.mobility.states import WITH_STAYS
from vicinia.domain.mobility.views.picture import Picture
from vicinia.domain.mobility.views.plans import run, see
from vicinia.foundation.documents import csv_export, pdf
from vicinia.foundation.kernel.errors import NotVisible


def _named(request: HttpRequest, reference: str, number: int) -> Picture:
    """A plan that says who lives where (404 otherwise)."""
    row = queries.plan_named(request.actor, reference, number)
    if row.state not in WITH_STAYS:
        raise NotVisible
    return Picture(row, request.actor)


def _chart(request: HttpRequest, picture: Picture) -> Chart:
    if request.GET.get("vista") == "nuclei" and picture.may_read_numbers:
        return picture.by_household()
    return picture.by_dwelling(request.GET.get("edificio", ""))


def _file(row: MobilityPlan, ending: str) -> str:
    return f"piano-{row.relocation.reference}-{row.number}.{ending}"


@see
def paper(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The picture on A4 landscape, its head on every sheet."""
    picture = _named(request, reference, number)
    context = {"plan": picture.plan, "chart": _chart(request, picture)}
    content = pdf.render("mobility/papers/plan.html", context)
    return pdf.as_response(content, _file(picture.plan, "pdf"))


@see
def table(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """The picture as CSV: a line for each dwelling or household, a column for each period."""
    picture = _named(request, reference, number)
    chart = _chart(request, picture)
    header = [chart.corner, _("Che cosa"), *(head.full for head in chart.heads)]
    return csv_export.response(_file(picture.plan, "csv"), header=header, rows=_rows(chart))


def _rows(chart: Chart) -> Iterator[list[str]]:
    for group in chart.groups:
        for line in group.lines:
            cells = [cell.text for cell in line.cells for _period in range(cell.span)]
            yield [f"{group.name} {line.label}".strip(), line.note, *cells]


@run
def instance(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What was computed on: ids and numbers, no name."""
    row = queries.plan_named(request.actor, reference, number)
    return _json(dict(queries.documents_of(row).instance), _file(row, "instance.json"))


@run
def result(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What came out."""
    row = queries.plan_named(request.actor, reference, number)
    documents = queries.documents_of(row)
    if not documents.result:
        raise NotVisible
    return _json(plan_document(documents.result), _file(row, "plan.json"))


def _json(document: Mapping[str, Any], name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=1), content_type="application/json", headers=headers
    )
