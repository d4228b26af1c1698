"""Kinds and reports: read by who may see them, sent by anybody."""

from __future__ import annotations

import hashlib
from typing import Any

import django_filters
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework.decorators import api_view, authentication_classes
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from vicinia.domain.casework import queries as casework
from vicinia.domain.listening import actions
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.forms import InboxFilter
from vicinia.domain.listening.models import Report, ReportRows
from vicinia.domain.listening.states import Channel
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.interfaces.api import serializers, shapes
from vicinia.interfaces.api.authentication import able, actor_of
from vicinia.interfaces.api.views.house import (
    answer,
    cleaned,
    count_read,
    count_write,
    describe,
    filtered,
    page_of,
)

POINTS_AT_MOST = 2000
SHORTEST_RETRY_KEY = 16
_kept_categories: tuple[str, bytes] = ("", b"")


@describe("categories_list", answer=serializers.CategoryList)
@api_view(["GET"])
@authentication_classes([])
def categories(request: Request) -> HttpResponse:
    """The kinds of problem that can be reported. Rendered once, until a kind changes."""
    global _kept_categories
    count_read(request)
    version = listening.categories_version()
    tag = f'"{version}"'
    if request._request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    if _kept_categories[0] != version:
        rows = [shapes.category(kind) for kind in listening.kinds_in_use()]
        _kept_categories = (version, JSONRenderer().render({"results": rows}))
    headers = {"ETag": tag, "Cache-Control": "public, max-age=60"}
    return HttpResponse(_kept_categories[1], content_type="application/json", headers=headers)


class ReportFilter(InboxFilter):
    """The filters of the inbox, with codes instead of ids."""

    kind = django_filters.ModelChoiceFilter(
        field_name="category", to_field_name="code", queryset=lambda _request: listening.kinds()
    )
    area = django_filters.ModelChoiceFilter(
        field_name="area", to_field_name="code", queryset=lambda _request: territory.reference_areas()
    )


def _view_of(rows: ReportRows, by: Actor, name: str) -> ReportRows:
    views = {
        "": lambda: rows.newest_first(),
        "all": lambda: rows.newest_first(),
        "unassigned": lambda: rows.unassigned().most_urgent_first(),
        "mine": lambda: rows.owned_by(by).most_urgent_first(),
        "due": lambda: rows.due().most_urgent_first(),
        "late": lambda: rows.late().most_urgent_first(),
        "waiting": lambda: rows.waiting().most_urgent_first(),
    }
    if name not in views:
        raise ValidationError(
            {"view": [_("Può essere %(known)s.") % {"known": ", ".join(filter(None, views))}]}
        )
    return views[name]()


def list_reports(request: Request) -> HttpResponse:
    """Reports that the caller may see: by view and filters of the inbox."""
    by = able(request, Capability.SEE_REPORTS)
    rows = _view_of(listening.reports(by), by, request.query_params.get("view", ""))
    filters = ReportFilter(request.query_params, queryset=rows.in_lines())
    return page_of(request, filtered(filters), shapes.report)


def send_report(request: Request) -> HttpResponse:
    """Send a report, as at the portal. The same `Idempotency-Key` finds the same report again."""
    by = actor_of(request)
    count_write(request)
    values = cleaned(serializers.NewReportInput, request)
    new = _new(values, _retry_key(request, by))
    channel = Channel.PARTNER if by.kind is ActorKind.KEY else Channel.WEB
    try:
        received = actions.receive(by=by, new=new, channel=channel)
    except IntegrityError:  # the same key arrived twice at once: the other one is in the register now
        received = actions.receive(by=by, new=new, channel=channel)
    report = received.report
    value = {
        "reference": report.reference,
        "received_at": shapes.moment(report.received_at),
        "due_on": shapes.day(report.due_on),
        "follow_url": actions.follow_url(received.token),
    }
    return answer(value, status=200 if received.again else 201)


def _retry_key(request: Request, by: Actor) -> str | None:
    """The digest of the caller's key. It opens the report that it was sent with, so it must be hard to guess."""
    given = request._request.headers.get("Idempotency-Key", "")
    if not given:
        return None
    if not SHORTEST_RETRY_KEY <= len(given) <= 200:
        raise ValidationError({"Idempotency-Key": [_("Servono da 16 a 200 caratteri.")]})
    return hashlib.sha256(f"api\n{by.ref}\n{given}".encode()).hexdigest()


def _new(values: dict[str, Any], key: str | None) -> actions.NewReport:
    location = territory.locate(
        address_words=values["address"],
        lat=values.get("lat"),
        lon=values.get("lon"),
        place_words=values["place_words"],
    )
    same = ("category", "description", "since_words", "frequency", "who_suffers", "at_risk", "reporter")
    return actions.NewReport(
        title=values["title"] or values["category"].name,
        location=location,
        happened_at=values.get("happened_at"),
        on_behalf_of=values["on_behalf_of"],
        contact_way=values["contact_way"],
        language=values["language"],
        privacy_read=True,
        idempotency_key=key,
        **{name: values[name] for name in same},
    )


FILTERS = ("view", "q", "kind", "area", "channel", "state", "since", "until", "page")


@extend_schema_view(
    get=describe("reports_list", answer=serializers.ReportPage, asks=FILTERS),
    post=describe(
        "reports_send",
        answer=serializers.ReceivedShape,
        sends=serializers.NewReportInput,
        status=201,
        repeated=True,
        headers=("Idempotency-Key",),
    ),
)
class Reports(APIView):
    """The register: read by who may see it, written to by anybody."""

    def get(self, request: Request) -> HttpResponse:
        """Reports that the caller may see."""
        return list_reports(request)

    def post(self, request: Request) -> HttpResponse:
        """Send a report."""
        return send_report(request)


@describe("reports_read", answer=serializers.FullReportShape)
@api_view(["GET"])
def report(request: Request, reference: str) -> HttpResponse:
    """One report."""
    by = able(request, Capability.SEE_REPORTS)
    row = listening.report_named(by, reference)
    return answer(shapes.report_in_full(row, _case_of(by, row)))


def _case_of(by: Actor, row: Report) -> str | None:
    """The number of the report's case, for who may see the case."""
    return casework.cases(by).filter(report_links__report=row).values_list("reference", flat=True).first()


@describe("map_read", answer=serializers.MapShape, asks=("bbox", "kind"), tag="map")
@api_view(["GET"])
def map_points(request: Request) -> HttpResponse:
    """Open reports in `bbox=west,south,east,north` as GeoJSON: number, kind and state, at most 2,000."""
    by = able(request, Capability.SEE_REPORTS)
    west, south, east, north = _box(request.query_params.get("bbox", ""))
    rows = listening.map_points(by, south, west, north, east, kind=request.query_params.get("kind", ""))
    # Numbers, slugs and codes only: nothing that needs escaping, and a tenth of the time of a JSON encoder.
    features = ",".join(_feature(*row) for row in rows[:POINTS_AT_MOST])
    content = f'{{"type":"FeatureCollection","features":[{features}]}}'
    return HttpResponse(content, content_type="application/json", headers={"Cache-Control": "no-store"})


def _feature(reference: str, code: str, lat: float, lon: float, state: str) -> str:
    return (
        f'{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{lon!r},{lat!r}]}},'
        f'"properties":{{"reference":"{reference}","kind":"{code}","state":"{state}"}}}}'
    )


def _box(words: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError:
        raise ValidationError({"bbox": [_("Serve ovest,sud,est,nord in gradi.")]}) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValidationError({"bbox": [_("Serve ovest,sud,est,nord in gradi.")]})
    return west, south, east, north


# Acts -------------------------------------------------------------------------------------------------------------


@describe("reports_take", answer=serializers.FullReportShape, sends=serializers.Version)
@api_view(["POST"])
def take(request: Request, reference: str) -> HttpResponse:
    """Take a report."""
    return act_on(
        request, reference, serializers.Version, lambda by, row, _values: actions.take(by=by, report=row)
    )


@describe("reports_answer", answer=serializers.FullReportShape, sends=serializers.AnswerInput)
@api_view(["POST"])
def give_answer(request: Request, reference: str) -> HttpResponse:
    """Answer a report at once."""

    def act(by: Actor, row: Report, values: dict[str, Any]) -> Any:
        return actions.answer(by=by, report=row, words=values["words"])

    return act_on(request, reference, serializers.AnswerInput, act)


def act_on(request: Request, reference: str, sends: Any, act: Any) -> HttpResponse:
    """Do something to a report that the caller may see, on top of the version that they saw."""
    by = able(request, Capability.SEE_REPORTS)
    count_write(request)
    with transaction.atomic():
        row = listening.report_to_change(by, reference)
        values = cleaned(sends, request)
        row.require_version(values.get("seen_version"))
        act(by, row, values)
        changed = listening.report_named(by, reference)
    return answer(shapes.report_in_full(changed, _case_of(by, changed)))
