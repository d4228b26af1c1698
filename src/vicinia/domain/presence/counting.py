"""What a programme may count of presence: rounds that were made, talks with key contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.presence import queries
from vicinia.domain.presence.models import KeyContactTalk, Round
from vicinia.domain.presence.states import RoundState, TalkHow
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables


def rounds(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The rounds that were made."""
    found = Round.objects.filter(planned_on__gte=since, planned_on__lte=until, state=RoundState.DONE)
    for pk, day in found.order_by("id").values_list("id", "planned_on"):
        yield CountedRow(pk, day)


def round_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see, by number."""
    found = queries.rounds(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in found.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("round", args=[reference]))


def talks(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The talks with key contacts. Which key contact is nobody's business here."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = KeyContactTalk.objects.filter(at__gte=first, at__lt=last, reached=True)
    for pk, at, how in found.order_by("id").values_list("id", "at", "how"):
        yield CountedRow(pk, timezone.localdate(at), how)


def register() -> None:
    """Make them known to the programme."""
    of_rounds = Countable("rounds", _("Giri nel quartiere"), _("giri"), rounds, round_links, order=50)
    of_talks = Countable(
        "talks",
        _("Colloqui con testimoni privilegiati"),
        _("colloqui"),
        talks,
        kinds=lambda: dict(TalkHow.choices),
        order=51,
    )
    for one in (of_rounds, of_talks):
        countables[one.key] = one
