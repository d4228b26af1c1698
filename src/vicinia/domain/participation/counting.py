"""What a programme may count of participation: residents' proposals, and results that were achieved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.participation import queries
from vicinia.domain.participation.models import Idea, Support
from vicinia.domain.participation.states import Channel, IdeaState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables


def ideas(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The proposals that came in, by state."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = Idea.objects.filter(created_at__gte=first, created_at__lt=last).order_by("id")
    for pk, at, state, person_id in found.values_list("id", "created_at", "state", "author__person_id"):
        yield CountedRow(pk, timezone.localdate(at), state, person_id=person_id)


def idea_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see, by number."""
    found = queries.ideas(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in found.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("idea", args=[reference]))


def supports(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The supports that were given, by channel. Who gave them stays between them and us."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = Support.objects.filter(created_at__gte=first, created_at__lt=last).order_by("id")
    for pk, at, channel, person_id in found.values_list("id", "created_at", "channel", "person_id"):
        yield CountedRow(pk, timezone.localdate(at), channel, person_id=person_id)


def register() -> None:
    """Make them known to the programme."""
    of_ideas = Countable(
        "ideas",
        _("Proposte degli abitanti"),
        _("proposte"),
        ideas,
        idea_links,
        lambda: dict(IdeaState.choices),
        order=80,
    )
    of_supports = Countable(
        "supports",
        _("Sostegni alle proposte"),
        _("sostegni"),
        supports,
        kinds=lambda: dict(Channel.choices),
        order=81,
    )
    for one in (of_ideas, of_supports):
        countables[one.key] = one
