"""Atom feeds (RFC 4287) of what is public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.verdict import Sentence

ROWS = 50


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that is told: `text` may be HTML of ours."""

    title: str
    url: str
    text: str
    at: dt.datetime | None
    changed_at: dt.datetime


class _Feed(Atom1Feed):
    """Of a feed without entries the library says that it changed just now, which it does at every reading: today is enough."""

    def latest_post_date(self) -> dt.datetime:
        if self.items:
            return super().latest_post_date()
        return timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)


def atom(request: HttpRequest, *, title: Sentence, page: str, entries: Iterable[FeedEntry]) -> HttpResponse:
    """The feed: its address is that of the portal, whatever name the server was asked by."""
    home = settings.PUBLIC_URL.rstrip("/")
    feed = _Feed(
        title=f"{title} · {settings.TOWN_NAME}",
        link=home + page,
        description="",
        language=request.LANGUAGE_CODE,
        feed_url=home + request.get_full_path(),
        author_name=settings.UNIT_NAME,
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.text,
            unique_id=entry.url,
            pubdate=entry.at,
            updateddate=entry.changed_at,
        )
    content = feed.writeString("utf-8")
    headers = {"Cache-Control": "public, max-age=900"}
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8", headers=headers)
