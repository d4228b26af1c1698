"""The statistics of the desk, and the yearly page with its open data."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from vicinia.domain.foresight import queries as foresight
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import csv_export
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.look.components import Tab
from vicinia.interfaces.statistics import charts, open_data, periods, queries
from vicinia.interfaces.statistics.figures import Figures, alerts_by_year, figures, public_figures
from vicinia.interfaces.statistics.forms import PeriodForm, StatisticsForm

# What everyone reads of a year that is over hardly changes: it is added up again once an hour at most.
SECONDS_KEPT = 3600


def _form(request: HttpRequest) -> PeriodForm:
    data = request.GET or None
    if not queries.sees_small_counts(request.actor):
        return PeriodForm(data, offered=periods.offered_apart())
    return StatisticsForm(data, offered=periods.offered(), names=queries.names())


def _counted(request: HttpRequest, form: PeriodForm) -> Figures:
    names = form.names if isinstance(form, StatisticsForm) else queries.names()
    return figures(request.actor, form.chosen(), form.filters(), names)


@needs(Capability.SEE_STATISTICS)
def statistics(request: HttpRequest) -> HttpResponse:
    """Counts, times and outcomes of a period."""
    form = _form(request)
    shown = _counted(request, form)
    links = charts.Links(queries.sees_rows(request.actor), shown.period, form.filters())
    context = {"form": form, "sees_all": isinstance(form, StatisticsForm), **_parts(shown, links)}
    context["csv_url"] = f"{reverse('statistics_csv')}?{request.GET.urlencode()}"
    return page_or_part(request, "statistics/statistics.html", "statistics/figures.html", context)


@needs(Capability.SEE_STATISTICS)
def statistics_csv(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a CSV."""
    shown = _counted(request, _form(request))
    name = f"statistiche-{shown.period.first}-{shown.period.last}.csv"
    return csv_export.response(name, header=open_data.HEADER, rows=open_data.desk_rows(shown))


def _parts(shown: Figures, links: charts.Links) -> dict[str, Any]:
    return {
        "figures": shown,
        "sentence": charts.arrival_sentence(shown),
        "police": charts.police_sentence(shown),
        "total_url": links.reports(),
        "months": charts.months_chart(shown),
        "arrived": [charts.areas_bars(shown, links), charts.groups_bars(shown, links), charts.channels_bars(shown, links)],
        "states": charts.states_bars(shown, links),
        "ages": charts.ages_bars(shown, links),
        "outcomes": charts.outcomes_bars(shown, links),
        "stages": charts.stages_bars(shown, links),
        "contact_sentence": charts.contact_sentence(shown),
        "contact_facts": _facts(shown.contacts, charts.working_days_words),
        "end_sentence": charts.end_sentence(shown.ends),
        "end_facts": _facts(shown.ends, charts.days_words),
        "case_facts": _facts(shown.case_days, charts.days_words),
        "review_sentence": charts.review_sentence(shown),
        "review_facts": _facts(shown.reviews.days, charts.days_words) if shown.reviews else None,
    }  # fmt: skip


def _facts(times: Any, words: Any) -> tuple[str, str] | None:
    """The median and the ninth of ten, in words."""
    return None if times.median is None else (words(times.median), words(times.p90))


# For everyone -----------------------------------------------------------------------------------------------------------


def _figures_of_year(year: int, years: list[int]) -> Figures:
    if year not in years:
        raise NotVisible
    key = f"statistics:year:{year}:{get_language()}"
    shown = cache.get(key)
    if shown is None:
        shown = public_figures(periods.year(year), queries.names())
        cache.set(key, shown, SECONDS_KEPT)
    return shown


def yearly(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """What came in, what was answered in time and what came of it, in a year that is over."""
    years = queries.years_with_reports()
    if not years and year is None:
        return render(request, "statistics/yearly_empty.html")
    year = years[0] if year is None else year
    shown = _figures_of_year(year, years)
    nowhere = charts.Links(sees_rows=False, period=shown.period, filters=queries.Filters())
    tabs = [Tab(str(one), reverse("open_data_year", args=[one]), one == year) for one in years]
    return render(request, "statistics/yearly.html", {"year": year, "tabs": tabs, **_parts(shown, nowhere)})


def yearly_csv(request: HttpRequest, year: int) -> HttpResponseBase:
    """The counts of a year, as open data."""
    shown = _figures_of_year(year, queries.years_with_reports())
    return csv_export.response(
        f"segnalazioni-{year}.csv", header=open_data.HEADER, rows=open_data.rows(shown)
    )


def catalogue(request: HttpRequest) -> JsonResponse:
    """What is published, for the catalogues of open data."""
    content = open_data.catalogue(queries.years_with_reports())
    return JsonResponse(
        content, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False}
    )


def method(request: HttpRequest) -> HttpResponse:
    """How early warning works, told to everyone, and what came of it so far."""
    years = cache.get_or_set("statistics:alerts", alerts_by_year, SECONDS_KEPT)
    context = {"years": years, "watching": foresight.watch_settings()}
    return render(request, "statistics/method.html", context)
