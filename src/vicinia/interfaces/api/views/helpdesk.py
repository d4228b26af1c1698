"""The social help desk: where and when it is open, what is free, what the contacts add up to. Who came never leaves."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from vicinia.domain.helpdesk import queries
from vicinia.domain.helpdesk.forms import PeriodForm
from vicinia.domain.helpdesk.models import HelpPoint
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import helpdesk as serializers
from vicinia.interfaces.api.shapes import day, moment
from vicinia.interfaces.api.views.house import answer, describe, page_of


@describe("help-points_list", answer=serializers.HelpPointPage, asks=("page",))
@api_view(["GET"])
def points(request: Request) -> HttpResponse:
    """The help desks that are in use, with the hours of their weeks."""
    by = able(request, Capability.SEE_HELPDESK)
    return page_of(request, queries.points_with_hours(by), _point)


def _point(row: HelpPoint) -> dict[str, Any]:
    names = ("code", "name", "address", "directions", "access", "phone", "languages")
    return {name: getattr(row, name) for name in names} | {
        "area": row.area.code if row.area else None,
        "week": [
            {
                "weekday": opening.weekday,
                "from_time": f"{opening.from_time:%H:%M}",
                "to_time": f"{opening.to_time:%H:%M}",
                "takes": opening.takes,
            }
            for opening in queries.openings_of(row)
        ],
    }


@describe("help-points_read", answer=serializers.FullHelpPointShape)
@api_view(["GET"])
def point(request: Request, code: str) -> HttpResponse:
    """One help desk with the days that are unlike others, and the times that residents can book now."""
    row = queries.point_coded(able(request, Capability.SEE_HELPDESK), code)
    unlike = [
        {
            "day": day(one.day),
            "reason": one.reason,
            "hours": [f"{window.from_time:%H:%M}-{window.to_time:%H:%M}" for window in one.windows],
        }
        for one in queries.announced_days(row)
    ]
    times = [
        {"at": moment(slot.starts_at), "free": slot.free}
        for one in queries.slots_for_residents(row)
        for slot in one.slots
        if slot.free
    ]
    return answer(_point(row) | {"unlike_others": unlike, "free_times": times})


@describe("help-counts_read", answer=serializers.HelpCountsShape, asks=("since", "until"))
@api_view(["GET"])
def counts(request: Request) -> HttpResponse:
    """What the contacts of a period add up to: this year until today, unless said otherwise."""
    able(request, Capability.SEE_HELPDESK)
    asked = {"dal": request.query_params.get("since"), "al": request.query_params.get("until")}
    form = PeriodForm(asked)
    if not form.is_valid():
        names = {"dal": "since", "al": "until"}
        raise ValidationError(
            {names[field]: [str(one) for one in said] for field, said in form.errors.items()}
        )
    found = queries.counts(*form.period())
    return answer(
        {
            "since": day(found.since),
            "until": day(found.until),
            "contacts": found.total,
            "minutes": found.minutes,
            "by_kind": _lines(found.by_kind),
            "by_topic": _lines(found.by_topic),
            "by_month": _lines(found.by_month),
        }
    )


def _lines(lines: tuple[queries.Line, ...]) -> list[dict[str, Any]]:
    return [{"name": str(line.label), "contacts": line.count, "minutes": line.minutes} for line in lines]
