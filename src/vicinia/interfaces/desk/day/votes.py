"""Votes that wait for the count, and draws whose number is out."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.elections.models import Draw, Poll
from vicinia.interfaces.desk.day.item import Do, Item


def poll(row: Poll) -> Item:
    """A vote that is closed."""
    url = reverse("poll", args=[row.reference])
    return Item(
        what=_("Da scrutinare: %(title)s") % {"title": row.title},
        why=row.reference,
        url=url,
        due_on=timezone.localdate(row.closes_at),
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def draw(row: Draw) -> Item:
    """A draw that can be drawn."""
    url = reverse("draw", args=[row.reference])
    return Item(
        what=_("Da estrarre: %(title)s") % {"title": row.title},
        why=row.reference,
        url=url,
        due_on=row.source_day,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )
