"""Pages of the desk that join several subjects: the day, the map, a call."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from vicinia.domain.casework import queries as casework
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.guards import needs, signed_in
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.desk.day import day_of
from vicinia.interfaces.desk.points import box_of, points


@signed_in
def day(request: HttpRequest) -> HttpResponse:
    """La mia giornata; who has no casework is led to their own first page."""
    by = request.actor
    if by.can(Capability.SEE_REPORTS):
        return render(request, "desk/day.html", {"day": day_of(by), "name": by.name.split(" ")[0]})
    first = [
        (Capability.ANSWER_REFERRALS, "partner_referrals"),
        (Capability.MEDIATE, "mediations"),
        (Capability.SEE_STATISTICS, "statistics"),
        (Capability.MANAGE_USERS, "users"),
        (Capability.SEE_ACCESS_LOG, "access_log"),
    ]
    name = next((name for capability, name in first if by.can(capability)), "")
    return redirect(reverse(name)) if name else render(request, "desk/nothing_yet.html")


@needs(Capability.SEE_REPORTS)
def town_map(request: HttpRequest) -> HttpResponse:
    """The map of reports and cases, with the same in a list beside it."""
    rows = listening.reports(request.actor).open().in_lines().newest_first()[:50]
    return render(request, "desk/map.html", {"reports": rows, "kinds": listening.kinds_in_use()})


@needs(Capability.SEE_REPORTS)
def map_points(request: HttpRequest) -> HttpResponse:
    """Open reports and cases in a box, as GeoJSON."""
    return JsonResponse(points(request.actor, box_of(request.GET), kind=request.GET.get("kind", "")))


@needs(Capability.REVEAL_PEOPLE)
def call_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The telephone number for a first contact: opening it is logged, with that purpose."""
    report = listening.report_named(request.actor, reference)
    reporter = report.reporter if report.wants_contact else None
    return _call(request, reporter, reverse("report_contact", args=[reference]), str(report))


@needs(Capability.REVEAL_PEOPLE)
def call_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The telephone number for the next contact of a case: of who waits for a first call, or of the report of `?di=`."""
    case = casework.case_named(request.actor, reference)
    reports = {report.reference: report for report in casework.reporters_to_call(case)}
    chosen = reports.get(request.GET.get("di", "")) or next(iter(reports.values()), None)
    done_url = reverse("case_contact", args=[reference])
    if chosen is None or len(reports) == 1:
        return _call(request, chosen.reporter if chosen else None, done_url, str(case))
    others = [report for report in reports.values() if report != chosen]
    done_url += f"?di={chosen.reference}"
    return _call(request, chosen.reporter, done_url, str(case), whose=str(chosen), others=others)


def _call(
    request: HttpRequest,
    person: Person | None,
    done_url: str,
    about: str,
    whose: str = "",
    others: Sequence[Report] = (),
) -> HttpResponse:
    shown = people.reveal(request.actor, person, str(people.Purpose.CONTACT.label)) if person else None
    context = {"person": shown, "done_url": done_url, "about": about, "whose": whose, "others": others}
    return render(request, "desk/call.html", context)
