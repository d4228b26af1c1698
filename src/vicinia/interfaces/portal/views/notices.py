"""Notices as everybody reads them, in the language that they choose, and their feed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vicinia.domain.outreach import documents, papers
from vicinia.domain.outreach import queries as outreach
from vicinia.domain.outreach.links import page_url
from vicinia.domain.outreach.models import Notice
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.paging import page_of
from vicinia.interfaces.portal.views import feeds

PAGE_ROWS = 20


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What holds now, the newest first; `?zona=` for one quarter, `?passati=1` for what is over."""
    area, past = request.GET.get("zona", ""), bool(request.GET.get("passati"))
    context = {
        "page": page_of(request, outreach.public_notices(area, past=past), PAGE_ROWS),
        "areas": territory.reference_areas(),
        "area": area,
        "past": past,
    }
    return render(request, "portal/notices.html", context)


@require_GET
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    """One notice, in one of its languages."""
    row = outreach.public_notice(reference)
    names = dict(RESIDENT_LANGUAGES)
    asked = request.GET.get("lingua", "")
    text = row.text_for(asked if asked in row.by_language else request.LANGUAGE_CODE)
    context = {
        "notice": row,
        "text": papers.shown(text),
        "others": [(code, names[code]) for code in row.by_language if code != text.language],
        "audience": outreach.audience_names(row),
    }
    return render(request, "portal/notice.html", context)


@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """The notices that hold now, as Atom."""
    rows = outreach.public_notices(request.GET.get("zona", ""))[: feeds.ROWS]
    entries = map(_entry, rows)
    return feeds.atom(request, title=_("Avvisi"), page=reverse("public_notices"), entries=entries)


def _entry(row: Notice) -> feeds.FeedEntry:
    text = row.text_for()
    return feeds.FeedEntry(
        text.subject, page_url(row), documents.words_of(text), row.published_at, row.updated_at
    )
