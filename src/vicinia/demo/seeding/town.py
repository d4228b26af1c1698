"""The order in which the town is made: territory, staff, categories, then day after day what happens."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Iterator

from django.db import transaction
from django.urls import reverse

from vicinia.demo.rhythm import plan_reports
from vicinia.demo.seeding import housing, setting
from vicinia.demo.seeding.building import Building
from vicinia.demo.seeding.commons import Commons
from vicinia.demo.seeding.contracting import Contracting
from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.seeding.helping import Helping
from vicinia.demo.seeding.patrol import Patrol
from vicinia.demo.seeding.players import Player
from vicinia.demo.seeding.rehousing import Rehousing
from vicinia.demo.seeding.telling import Telling
from vicinia.demo.seeding.together import Together
from vicinia.demo.seeding.voting import Voting
from vicinia.demo.seeding.watching import Watch
from vicinia.demo.stories import STILL_TO_ASK, STORIES
from vicinia.demo.town import build_town
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications

Progress = Callable[[int, int], None]
# One transaction for many happenings: a disk that syncs once for each would take minutes.
TOGETHER = 250
_POST = Actor.job("outbox")


def live(*, now: dt.datetime, seed: int = 2026, reports: int = 4000, told: Progress | None = None) -> int:
    """Make the whole town as it is at `now`; returns how many things happened. The same seed gives the same town."""
    town = build_town(seed)
    places = setting.lay_out(town)
    staff = setting.hire(places)
    with transaction.atomic():
        housing.move_people_in(by=setting.builder(), town=town)
    planned = plan_reports(town, seed=seed, now=now, count=reports)
    desk = Desk(town=town, staff=staff, places=places, now=now, seed=seed)
    happenings = _in_order(desk, planned, now)
    return _let_happen(happenings, total=len(planned) + sum(len(story.acts) for story in STORIES), told=told)


def page_of_a_resident() -> str:
    """The path of a private page on which a resident reads that they may ask for a review; "" if there is none."""
    report = Report.objects.filter(title=STILL_TO_ASK).first()
    if report is None:
        return ""
    return reverse("follow", args=[listening.follow_token(by=Actor.job("demo"), report=report)])


def _in_order(desk: Desk, planned: tuple, now: dt.datetime) -> Iterator[Happening]:  # type: ignore[type-arg]
    """Everything that happens, by time. What happens may make something else happen later."""
    queue: list[Happening] = [desk.arrival(report) for report in planned]
    for story in STORIES:
        queue += Player(story, desk).happenings(now)
    queue += Patrol(desk).happenings()
    queue += Telling(desk).happenings()
    queue += Together(desk).happenings()
    queue += Commons(desk).happenings()
    queue += Voting(desk).happenings()
    queue += Helping(desk).happenings()
    queue += Building(desk).happenings()
    queue += Rehousing(desk).happenings()
    queue += Contracting(desk).happenings()
    queue += Watch(desk).happenings()
    heapq.heapify(queue)
    while queue:
        happening = heapq.heappop(queue)
        yield happening
        for following in desk.followings():
            heapq.heappush(queue, following)


def _let_happen(happenings: Iterator[Happening], *, total: int, told: Progress | None) -> int:
    count = 0
    is_over = False
    at = clock.now()
    while not is_over:
        with transaction.atomic():
            for _turn in range(TOGETHER):
                happening = next(happenings, None)
                if happening is None:
                    is_over = True
                    break
                with clock.at(happening.at):
                    happening.do()
                count += 1
                at = happening.at
            with clock.at(at):
                _deliver()
        if told:
            told(min(count, total), total)
    return count


def _deliver() -> None:
    """What the town wrote in its two years has arrived: it is not printed the first time that somebody looks at it."""
    while messages := notifications.claim_due(by=_POST, limit=TOGETHER):
        for message in messages:
            notifications.settle_sent(by=_POST, message=message)
