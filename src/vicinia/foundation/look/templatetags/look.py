"""The tags that pages are written with; built in, so no page loads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vicinia.foundation.kernel.verdict import YES, Verdict
from vicinia.foundation.look import charts, dates
from vicinia.foundation.look.components import Step, Tab

register = template.Library()

SORT_PARAMETER = "ordina"
PAGE_PARAMETER = "pagina"
MANY = 1000
MEANING_ICONS = {"late": "warning-circle", "due": "clock", "done": "check-circle", "calm": "info-circle"}
# Icons that point somewhere turn round in right-to-left languages.
DIRECTED = {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "logout"}

register.filter("as_day", dates.day_words)
register.filter("as_full_day", dates.full_day_words)
register.filter("as_short_day", dates.short_day_words)
register.filter("as_month", dates.month_words)
register.filter("as_moment", dates.moment_words)
register.filter("as_time", dates.time_words)
register.filter("ago", dates.ago_words)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form field: label, hint, error, and what was typed."""
    return bound.as_field_group()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; decorative unless `label` says what it means."""
    css = "icon icon-directed" if name in DIRECTED else "icon"
    url = f"{static('look/vendor/bootstrap-italia/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', css, label, url
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', css, url
    )


@register.simple_tag
def badge(meaning: str, text: str) -> SafeString:
    """A few words in one of the four meanings: late, due, done, calm; anything else is plain."""
    css = f"badge badge-{meaning}" if meaning in MEANING_ICONS else "badge"
    return format_html('<span class="{}">{}</span>', css, text)


@register.simple_tag
def deadline(when: dt.date | dt.datetime | None, about: str = "") -> SafeString | str:
    """A deadline as people say it, coloured by how near it is; `about` goes before it."""
    if not when:
        return ""
    due = dates.due_words(when)
    return badge(due.meaning, f"{about} {due.words}" if about else due.words)


@register.simple_tag
def short_deadline(when: dt.date | None) -> SafeString | str:
    """A deadline where there is little room: "25 nov" in its colour, "entro" or "scaduto" for who doesn't see it."""
    if not when:
        return ""
    due = dates.due_words(when)
    seen = dates.short_day_words(when)
    css = f"badge badge-{due.meaning}"
    return format_html(
        '<span class="{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></span>',
        css,
        seen,
        due.words,
    )


@register.inclusion_tag("look/stepper.html")
def stepper(steps: Iterable[Step | str], current: int) -> dict[str, Any]:
    """Progress along `steps`: `current` counts from 1; past the last one everything is done."""
    listed = [step if isinstance(step, Step) else Step(step) for step in steps]
    states = [
        "done" if at < current else "now" if at == current else "todo" for at in range(1, len(listed) + 1)
    ]
    return {
        "steps": list(zip(listed, states, strict=True)),
        "here": listed[current - 1] if 0 < current <= len(listed) else None,
        "current": current,
        "total": len(listed),
    }


@register.inclusion_tag("look/tabs.html")
def tabs(items: Iterable[Tab], label: str = "") -> dict[str, Any]:
    """A row of links, the current one marked; `label` names it for who doesn't see it."""
    return {"items": items, "label": label}


@register.inclusion_tag("look/act_button.html", takes_context=True)
def act_button(
    context: template.Context,
    verdict: Verdict | None,
    url: str,
    label: str,
    style: str = "secondary",
    method: str = "get",
) -> dict[str, Any]:
    """A button that says why when it can't be pressed.

    `style` is primary, secondary or danger; `method` get or post.
    """
    return {
        "verdict": YES if verdict is None else verdict,
        "url": url,
        "label": label,
        "style": style,
        "method": method,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("look/sort_header.html", takes_context=True)
def sort_header(context: template.Context, key: str, label: str, css: str = "") -> dict[str, Any]:
    """A column heading that sorts by `key` (?ordina=key, then ?ordina=-key), keeping filters."""
    chosen = _query(context).get(SORT_PARAMETER, "")
    order = {key: "ascending", f"-{key}": "descending"}.get(str(chosen), "")
    following = f"-{key}" if order == "ascending" else key
    return {
        "label": label,
        "css": css,
        "order": order,
        "url": _with_query(context, {SORT_PARAMETER: following, PAGE_PARAMETER: None}),
    }


@register.inclusion_tag("look/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages (?pagina=2), keeping the rest of the query."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "total": formats.number_format(page.paginator.count, force_grouping=True),
        "has_more": getattr(page.paginator, "has_more", False),
        "links": [(number, _page_url(context, number)) for number in numbers],
        "before": _page_url(context, page.number - 1) if page.has_previous() else "",
        "after": _page_url(context, page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("look/bar_chart.html")
def bar_chart(series: charts.BarSeries) -> dict[str, Any]:
    """Bars as inline SVG, with their sentence above and their table behind a link."""
    return {"series": series, "drawing": charts.draw_bars(series)}


@register.inclusion_tag("look/line_chart.html")
def line_chart(series: charts.LineSeries) -> dict[str, Any]:
    """Lines as inline SVG, with their sentence above and their table behind a link."""
    return {"series": series, "drawing": charts.draw_lines(series)}


@register.filter
def as_count(count: int) -> str:
    """A count beside a link; from a thousand on it only says that there are many."""
    return str(count) if count < MANY else f"{MANY - 1}+"


@register.filter
def meaning_icon(meaning: str) -> str:
    """The icon that goes with a meaning."""
    return MEANING_ICONS.get(meaning, "info-circle")


@register.filter
def face(request: HttpRequest | None) -> str:
    """The base template of who reads: the desk for staff, the portal for everybody else."""
    user = getattr(request, "user", None)
    return "look/desk.html" if user is not None and user.is_authenticated else "look/portal.html"


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()


def _with_query(context: template.Context, changes: dict[str, str | None]) -> str:
    """The current query with some parameters set, or removed when None."""
    query = _query(context).copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


def _page_url(context: template.Context, number: int | str) -> str:
    """Empty for the ellipsis between far pages."""
    return _with_query(context, {PAGE_PARAMETER: str(number)}) if isinstance(number, int) else ""
