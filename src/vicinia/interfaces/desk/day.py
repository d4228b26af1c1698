"""La mia giornata: what is to be done today, as a list of acts, late first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import (
    Case,
    Commitment,
    Intervention,
    Matter,
    OutcomeReply,
    Proposal,
    Task,
    WatchPoint,
)
from vicinia.domain.casework.rules import who_committed
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Message, Report
from vicinia.domain.listening.states import ReportState
from vicinia.domain.meetings import queries as meetings
from vicinia.domain.meetings.models import Meeting, MeetingAction
from vicinia.domain.meetings.states import MeetingState
from vicinia.domain.network import queries as network
from vicinia.domain.network.models import Agreement
from vicinia.domain.presence import queries as presence
from vicinia.domain.presence.models import KeyContact, Round
from vicinia.domain.reviews import queries as reviews
from vicinia.domain.reviews.models import Review
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look import dates

ROWS_PER_KIND = 30
# Who has reported waits for a call from the first hour, not from the day when it falls due.
SOON_DAYS = 7
# People before papers: who waits for a call, who has written, then what falls due.
ORDER = ("contact", "answer", "deadline", "watch")


@dataclass(frozen=True)
class Do:
    """One tap: a link, or a POST that is done at once."""

    label: str
    url: str
    is_main: bool = False
    is_post: bool = False


@dataclass(frozen=True)
class Item:
    """One thing to do: what, why, by when, and its one or two taps."""

    what: str
    why: str
    url: str
    due_on: dt.date | None
    dos: tuple[Do, ...]
    kind: str
    notes: tuple[str, ...] = ()
    call: str = ""

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def is_soon(self) -> bool:
        return self.due_on is not None and self.due_on > clock.today()


@dataclass(frozen=True)
class NewIn:
    """New reports that nobody has taken, by area."""

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
    yield from (_report_due(row) for row in due if (row.due_on or today) <= today or _waits_for_a_call(row))
    yield from map(_next_contact, casework.contacts_due(by)[:ROWS_PER_KIND])
    yield from map(_written, listening.unread_messages(by)[:ROWS_PER_KIND])
    yield from map(_contested, casework.contested(by)[:ROWS_PER_KIND])
    yield from _all_proposed(list(casework.proposals_to(by)[:ROWS_PER_KIND]))
    yield from map(_commitment, casework.commitments_due(by, today)[:ROWS_PER_KIND])
    yield from map(_intervention, casework.interventions_due(by, today)[:ROWS_PER_KIND])
    yield from map(_task, casework.tasks_due(by, today)[:ROWS_PER_KIND])
    yield from map(_matter, casework.matters_due(by, today)[:ROWS_PER_KIND])
    yield from map(_review, reviews.due(by, today + dt.timedelta(days=SOON_DAYS))[:ROWS_PER_KIND])
    yield from map(_round, presence.rounds_due(by)[:ROWS_PER_KIND])
    yield from map(_key_contact, presence.contacts_due(by, today)[:ROWS_PER_KIND])
    yield from map(_meeting, meetings.meetings_due(by)[:ROWS_PER_KIND])
    yield from map(_undertaken, meetings.loose_actions_due(by, today)[:ROWS_PER_KIND])
    if by.can(Capability.ASSIGN):
        yield from map(_agreement, network.expiring_agreements()[:ROWS_PER_KIND])
    yield from map(_watch, casework.watch_points_due(by)[:ROWS_PER_KIND])


def _languages(code: str) -> tuple[str, ...]:
    return () if code == "it" else (_("parla %(language)s") % {"language": listening.language_name(code)},)


def _report_due(report: Report) -> Item:
    if report.state == ReportState.WAITING:
        return _still_waiting(report)
    return _first_contact(report) if _waits_for_a_call(report) else _to_decide(report)


def _waits_for_a_call(report: Report) -> bool:
    is_waiting = report.state == ReportState.WAITING
    return report.wants_contact and report.first_contact_at is None and not is_waiting


def _still_waiting(report: Report) -> Item:
    return Item(
        what=_("Chi segnala non ha ancora risposto"),
        why=", ".join(part for part in (report.title, report.where) if part),
        url=reverse("report", args=[report.reference]),
        due_on=report.due_on,
        dos=(
            Do(_("Chiama"), reverse("call_report", args=[report.reference]), is_main=True),
            Do(_("Apri"), reverse("report", args=[report.reference])),
        ),
        kind="contact",
        notes=_languages(report.language),
    )


def _to_decide(report: Report) -> Item:
    url = reverse("report", args=[report.reference])
    return Item(
        what=_("Segnalazione da decidere"),
        why=", ".join(part for part in (report.title, report.where) if part),
        url=url,
        due_on=report.due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def _first_contact(report: Report) -> Item:
    call = Do(_("Chiama"), reverse("call_report", args=[report.reference]), is_main=True)
    done = Do(_("Fatto"), reverse("report_contact", args=[report.reference]))
    return Item(
        what=_("Primo contatto con chi segnala"),
        why=", ".join(part for part in (report.title, report.where) if part),
        url=reverse("report", args=[report.reference]),
        due_on=report.due_on,
        dos=(call, done),
        kind="contact",
        notes=_languages(report.language),
    )


def _next_contact(case: Case) -> Item:
    call = Do(_("Chiama"), reverse("call_case", args=[case.reference]), is_main=True)
    done = Do(_("Fatto"), reverse("case_contact", args=[case.reference]))
    return Item(
        what=case.next_contact_words or _("Richiamare chi segnala"),
        why=_("Caso %(reference)s, %(title)s") % {"reference": case.reference, "title": case.title},
        url=reverse("case", args=[case.reference]),
        due_on=case.next_contact_on,
        dos=(call, done),
        kind="contact",
    )


def _written(message: Message) -> Item:
    report = message.report
    url = reverse("report", args=[report.reference])
    return Item(
        what=_("Ha scritto chi segnala"),
        why=f"{report.title}: «{Truncator(message.text).chars(90)}»",
        url=url,
        due_on=None,
        dos=(
            Do(_("Apri"), url),
            Do(_("Letto"), reverse("report_read", args=[report.reference]), is_post=True),
        ),
        kind="answer",
        call=_("da leggere"),
    )


def _contested(reply: OutcomeReply) -> Item:
    url = reverse("case", args=[reply.case.reference])
    return Item(
        what=_("Esito contestato"),
        why=f"{reply.case.reference}, {reply.case.title}: «{Truncator(reply.words).chars(90)}»",
        url=url,
        due_on=None,
        dos=(
            Do(_("Apri"), url, is_main=True),
            Do(_("Riapri"), reverse("case_reopen", args=[reply.case.reference])),
        ),
        kind="answer",
        call=_("da riguardare"),
    )


def _all_proposed(proposals: list[Proposal]) -> Iterator[Item]:
    """One is answered from here; many, as when a colleague leaves, are read and accepted together."""
    if len(proposals) <= 1:
        yield from map(_proposed, proposals)
        return
    url = reverse("proposals")
    yield Item(
        what=ngettext("%(n)s caso proposto a te", "%(n)s casi proposti a te", len(proposals))
        % {"n": len(proposals)},
        why=", ".join(proposal.case.title for proposal in proposals[:3]),
        url=url,
        due_on=None,
        dos=(Do(_("Leggi e accetta"), url, is_main=True),),
        kind="answer",
        call=_("da accettare"),
    )


def _proposed(proposal: Proposal) -> Item:
    case = proposal.case
    accept = Do(_("Accetto"), reverse("proposal_accept", args=[case.reference]), is_main=True, is_post=True)
    decline = Do(_("Non posso"), reverse("proposal_decline", args=[case.reference]))
    return Item(
        what=_("%(name)s ti propone un caso") % {"name": proposal.by_name},
        why=f"{case.reference}, {case.title}",
        url=reverse("case", args=[case.reference]),
        due_on=None,
        dos=(accept, decline),
        kind="answer",
        call=_("da accettare"),
    )


def _commitment(row: Commitment) -> Item:
    end = reverse("commitment_end", args=[row.case.reference, row.pk])
    return Item(
        what=_("Impegno in scadenza: %(what)s") % {"what": row.what},
        why=_("%(who)s, caso %(reference)s")
        % {"who": capfirst(str(who_committed(row))), "reference": row.case.reference},
        url=reverse("case", args=[row.case.reference]),
        due_on=row.due_on,
        dos=(Do(_("Mantenuto?"), end),),
        kind="deadline",
    )


def _intervention(row: Intervention) -> Item:
    return Item(
        what=capfirst(row.what),
        why=_("Intervento (%(kind)s), caso %(reference)s")
        % {"kind": row.get_kind_display(), "reference": row.case.reference},
        url=reverse("case", args=[row.case.reference]),
        due_on=row.planned_on,
        dos=(Do(_("Svolto"), reverse("intervention_done", args=[row.case.reference, row.pk])),),
        kind="deadline",
    )


def _task(task: Task) -> Item:
    return Item(
        what=capfirst(task.what),
        why=_("Caso %(reference)s, %(title)s") % {"reference": task.case.reference, "title": task.case.title},
        url=reverse("case", args=[task.case.reference]),
        due_on=task.due_on,
        dos=(Do(_("Fatto"), reverse("task_done", args=[task.case.reference, task.pk]), is_post=True),),
        kind="deadline",
    )


def _matter(row: Matter) -> Item:
    return Item(
        what=row.sentence,
        why=_("Caso %(reference)s, %(title)s") % {"reference": row.case.reference, "title": row.case.title},
        url=row.url,
        due_on=row.due_on,
        dos=(Do(_("Apri"), row.url, is_main=True),),
        kind="deadline",
    )


def _review(row: Review) -> Item:
    url = reverse("review", args=[row.reference])
    return Item(
        what=_("Riesame %(reference)s: %(state)s")
        % {"reference": row.reference, "state": row.get_state_display()},
        why=f"{row.report.reference}, {row.report.title}",
        url=url,
        due_on=row.due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def _round(row: Round) -> Item:
    url = reverse("round", args=[row.reference])
    hours = {"from": f"{row.from_time:%H:%M}", "to": f"{row.to_time:%H:%M}"}
    return Item(
        what=_("Giro da concludere") if row.is_under_way else _("Giro a piedi, %(from)s–%(to)s") % hours,
        why=", ".join(area.name for area in row.areas.all()),
        url=url,
        due_on=row.planned_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def _meeting(row: Meeting) -> Item:
    is_planned = row.state == MeetingState.PLANNED
    url = reverse("meeting" if is_planned else "meeting_minutes", args=[row.reference])
    hours = {"from": f"{row.from_time:%H:%M}", "to": f"{row.to_time:%H:%M}"}
    return Item(
        what=_("Tavolo di rete, %(from)s–%(to)s") % hours if is_planned else _("Verbale da chiudere"),
        why=f"{row.title}, {row.place}",
        url=url,
        due_on=row.day,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def _key_contact(row: KeyContact) -> Item:
    return Item(
        what=_("Sentire %(name)s") % {"name": row.label},
        why=", ".join(part for part in (str(row.get_kind_display()), row.where) if part),
        url=reverse("key_contact", args=[row.reference]),
        due_on=row.next_on,
        dos=(Do(_("Sentito"), f"{reverse('key_contact_talk', args=[row.reference])}?da=oggi"),),
        kind="contact",
    )


def _undertaken(row: MeetingAction) -> Item:
    reference = row.item.meeting.reference
    return Item(
        what=capfirst(row.what),
        why=_("%(who)s, tavolo %(reference)s") % {"who": row.who, "reference": reference},
        url=reverse("meeting_minutes", args=[reference]),
        due_on=row.due_on,
        dos=(Do(_("Fatto"), reverse("meeting_action_done", args=[reference, row.pk]), is_post=True),),
        kind="deadline",
    )


def _agreement(row: Agreement) -> Item:
    url = reverse("body", args=[row.body.code])
    return Item(
        what=_("Accordo che scade: %(title)s") % {"title": row.title},
        why=row.body.name,
        url=url,
        due_on=row.expires_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def _watch(point: WatchPoint) -> Item:
    return Item(
        what=_("Guardare com'è andata"),
        why=_("Caso chiuso %(reference)s, %(title)s")
        % {"reference": point.case.reference, "title": point.case.title},
        url=reverse("case", args=[point.case.reference]),
        due_on=point.due_on,
        dos=(Do(_("Guarda"), reverse("watch_point", args=[point.case.reference, point.pk])),),
        kind="watch",
    )


def _new_in_my_areas(by: Actor) -> list[NewIn]:
    """New reports in one's areas, one row an area, with the first titles."""
    address = reverse("inbox")
    rows = []
    for area_id, area, count, titles in listening.new_by_area(by):
        query = f"?vista=da-assegnare&area={area_id}" if area_id else "?vista=da-assegnare"
        label = ngettext("%(n)s segnalazione nuova", "%(n)s segnalazioni nuove", count) % {"n": count}
        rows.append(
            NewIn(
                area=f"{label}, {area}" if area else label,
                count=count,
                titles=tuple(titles),
                url=address + query,
            )
        )
    return rows
