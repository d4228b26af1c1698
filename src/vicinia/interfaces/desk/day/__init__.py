"""La mia giornata: what is to be done today, as a list of acts, late first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from vicinia.domain.assemblies import queries as assemblies
from vicinia.domain.casework import queries as casework
from vicinia.domain.elections import queries as elections
from vicinia.domain.helpdesk import queries as helpdesk
from vicinia.domain.listening import queries as listening
from vicinia.domain.meetings import queries as meetings
from vicinia.domain.mobility import queries as mobility
from vicinia.domain.network import queries as network
from vicinia.domain.participation import queries as participation
from vicinia.domain.presence import queries as presence
from vicinia.domain.programme import queries as programme
from vicinia.domain.reviews import queries as reviews
from vicinia.domain.worksites import queries as worksites
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look import dates
from vicinia.interfaces.desk.day import (
    around,
    cases,
    helping,
    moving,
    plans,
    reports,
    shared,
    sites,
    together,
    votes,
)
from vicinia.interfaces.desk.day.item import Item

ROWS_PER_KIND = 30
# Who has reported waits for a call from the first hour, not from the day when it falls due.
SOON_DAYS = 7
# People before papers: who waits for a call, who has written, then what falls due.
ORDER = ("contact", "answer", "deadline", "watch")


@dataclass(frozen=True)
class NewIn:
    """New reports that nobody has taken, or cases that nobody is in charge of, by area."""

    area: str
    count: int
    titles: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Day:
    """One person's day."""

    late: list[Item]
    today: list[Item]
    soon: list[Item]
    new: list[NewIn]

    def count(self, kind: str) -> int:
        return sum(1 for item in [*self.late, *self.today, *self.soon] if item.kind == kind)

    @property
    def contacts(self) -> int:
        return self.count("contact")

    @property
    def deadlines(self) -> int:
        return self.count("deadline") + self.count("watch")

    @property
    def answers(self) -> int:
        return self.count("answer")

    @property
    def weekday(self) -> str:
        """ "lunedì 23 novembre"."""
        return dates.weekday_words(clock.today())

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.today or self.soon or self.new)


def day_of(by: Actor) -> Day:
    """The day of `by`. A fixed number of queries, whatever there is to do."""
    items = sorted(
        _items(by), key=lambda item: (ORDER.index(item.kind), item.due_on or clock.today(), item.what)
    )
    return Day(
        late=[item for item in items if item.is_late],
        today=[item for item in items if not item.is_late and not item.is_soon],
        soon=[item for item in items if item.is_soon],
        new=_new_in_my_areas(by),
    )


def _items(by: Actor) -> Iterator[Item]:
    today = clock.today()
    soon = today + dt.timedelta(days=SOON_DAYS)
    due = listening.reports_due(by, soon)[:ROWS_PER_KIND]
    yield from (
        reports.report_due(row)
        for row in due
        if (row.due_on or today) <= today or reports.waits_for_a_call(row)
    )
    yield from map(cases.next_contact, casework.contacts_due(by, soon)[:ROWS_PER_KIND])
    yield from map(reports.written, listening.unread_messages(by)[:ROWS_PER_KIND])
    yield from map(cases.contested, casework.contested(by)[:ROWS_PER_KIND])
    yield from cases.all_proposed(list(casework.proposals_to(by)[:ROWS_PER_KIND]))
    yield from map(cases.commitment, casework.commitments_due(by, today)[:ROWS_PER_KIND])
    yield from map(cases.intervention, casework.interventions_due(by, today)[:ROWS_PER_KIND])
    yield from map(cases.task, casework.tasks_due(by, today)[:ROWS_PER_KIND])
    yield from map(cases.matter, casework.matters_due(by, today)[:ROWS_PER_KIND])
    yield from map(around.review, reviews.due(by, soon)[:ROWS_PER_KIND])
    yield from map(around.walk, presence.rounds_due(by)[:ROWS_PER_KIND])
    yield from map(around.key_contact, presence.contacts_due(by, today)[:ROWS_PER_KIND])
    yield from map(around.meeting, meetings.meetings_due(by)[:ROWS_PER_KIND])
    yield from map(around.undertaken, meetings.loose_actions_due(by, today)[:ROWS_PER_KIND])
    if by.can(Capability.ASSIGN):
        yield from map(around.agreement, network.expiring_agreements()[:ROWS_PER_KIND])
    yield from map(helping.file, helpdesk.files_due(by, today)[:ROWS_PER_KIND])
    if by.can(Capability.RUN_HELPDESK):
        yield from map(helping.appointment, helpdesk.today(by)[:ROWS_PER_KIND])
        yield from map(helping.to_tell, helpdesk.to_tell(by)[:ROWS_PER_KIND])
    yield from _together(by, today)
    yield from _at_worksites(by, today)
    yield from moving.items(by, today, ROWS_PER_KIND)
    yield from shared.items(by, soon, ROWS_PER_KIND)
    yield from map(cases.watch, casework.watch_points_due(by)[:ROWS_PER_KIND])


def _together(by: Actor, today: dt.date) -> Iterator[Item]:
    """What people decide together."""
    yield from map(together.resolution, assemblies.resolutions_due(by, today)[:ROWS_PER_KIND])
    if by.can(Capability.KEEP_PROGRAMME):
        yield from map(together.sheet_milestone, programme.milestones_due(by, today)[:ROWS_PER_KIND])
        yield from map(together.funder_report, programme.reports_due(by, today)[:ROWS_PER_KIND])
    if by.can(Capability.RUN_PARTICIPATION):
        yield from map(together.assembly, assemblies.assemblies_due(by)[:ROWS_PER_KIND])
        yield from map(together.minutes, assemblies.minutes_due(by)[:ROWS_PER_KIND])
        yield from map(together.idea, participation.ideas_due(by, today)[:ROWS_PER_KIND])
        yield from map(together.milestone, participation.milestones_due(by, today)[:ROWS_PER_KIND])
        yield from map(votes.poll, elections.polls_due(by)[:ROWS_PER_KIND])
        yield from map(votes.draw, elections.draws_due(by, today)[:ROWS_PER_KIND])


def _at_worksites(by: Actor, today: dt.date) -> Iterator[Item]:
    """What worksites ask for, of who keeps them."""
    if by.can(Capability.KEEP_WORKSITES):
        yield from map(sites.complaint, worksites.complaints_due(by, today)[:ROWS_PER_KIND])
        yield from map(sites.disruption, worksites.disruptions_due(by, today)[:ROWS_PER_KIND])
        yield from map(sites.walk, worksites.walks_due(by, today)[:ROWS_PER_KIND])
        yield from map(sites.point, worksites.points_due(by, today)[:ROWS_PER_KIND])
    if by.can(Capability.RUN_MOBILITY):
        yield from map(plans.stale, mobility.stale_relocations(by)[:ROWS_PER_KIND])


def _new_in_my_areas(by: Actor) -> list[NewIn]:
    """Cases without anybody in charge and new reports in one's areas, one row an area, with the first titles."""
    rows = []
    for area_id, area, count, titles in casework.left_by_area(by):
        label = ngettext("%(n)s caso senza referente", "%(n)s casi senza referente", count) % {"n": count}
        rows.append(_new_in(area_id, area, label, count, titles, f"{reverse('cases')}?vista=senza-referente"))
    for area_id, area, count, titles in listening.new_by_area(by):
        label = ngettext("%(n)s segnalazione nuova", "%(n)s segnalazioni nuove", count) % {"n": count}
        rows.append(_new_in(area_id, area, label, count, titles, f"{reverse('inbox')}?vista=da-assegnare"))
    return rows


def _new_in(area_id: int | None, area: str, label: str, count: int, titles: list[str], url: str) -> NewIn:
    return NewIn(
        area=f"{label}, {area}" if area else label,
        count=count,
        titles=tuple(titles),
        url=f"{url}&area={area_id}" if area_id else url,
    )
