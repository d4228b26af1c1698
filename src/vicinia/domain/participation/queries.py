"""Processes and proposals: for who works on them, and as everybody reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import isnan
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from vicinia.domain.assemblies import queries as assemblies
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.participation.models import (
    Author,
    Idea,
    IdeaRows,
    Milestone,
    Phase,
    Process,
    ProcessAssembly,
    ProcessRows,
    Result,
    ResultUpdate,
    Support,
)
from vicinia.domain.participation.states import IdeaState, ProcessState, ResultState
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.paging import COUNTED_AT_MOST, counts_up_to
from vicinia_analytics import similarity

# Which proposals are compared with one that is being written, how like they have to be, and how many are shown.
COMPARED_MOST = 500
LIKE_ENOUGH = 0.3
SHOWN_SIMILAR = 3


def _area() -> Prefetch[str]:
    return Prefetch("areas", Area.objects.defer("boundary"))


# Processes --------------------------------------------------------------------------------------------------------


def processes(by: Actor) -> ProcessRows:
    """The processes that `by` may see."""
    return Process.objects.visible_to(by)


def process_named(by: Actor, reference: str) -> Process:
    """The visible process of this reference (404 otherwise)."""
    row: Process = processes(by).one(reference=reference)
    return row


def shown_processes() -> ProcessRows:
    """The processes that everybody may read of."""
    return Process.objects.shown()


def shown_process(reference: str) -> Process:
    """A published process (404 otherwise)."""
    row: Process = shown_processes().one(reference=reference)
    return row


def in_lines(rows: ProcessRows) -> QuerySet[Process]:
    """With what a line of a list shows: areas, phases, how many assemblies and proposals. Three queries."""
    counted = rows.annotate(
        assembly_count=Count("assembly_links", distinct=True), idea_count=Count("ideas", distinct=True)
    )
    found: QuerySet[Process] = counted.prefetch_related(_area(), "phases")
    return found


def phases_of(process: Process) -> list[Phase]:
    """The phases in their order."""
    return list(process.phases.order_by("from_day", "to_day", "id"))


def phase_of(process: Process, pk: int) -> Phase:
    """A phase of a process (404 otherwise)."""
    row: Phase = process.phases.one(pk=pk)  # type: ignore[attr-defined]
    row.process = process
    return row


def assemblies_of(process: Process, *, shown_only: bool = False) -> list[Assembly]:
    """The assemblies of a process, soonest first. Two queries."""
    rows = assemblies.shown_assemblies() if shown_only else Assembly.objects.all()
    ids = process.assembly_links.order_by().values("assembly_id")
    return list(rows.filter(pk__in=ids).soonest_first())


def process_of(assembly: Assembly) -> Process | None:
    """The process that an assembly belongs to."""
    link = ProcessAssembly.objects.filter(assembly=assembly).select_related("process").first()
    return link.process if link else None


def open_to_ideas(today: dt.date) -> QuerySet[Process]:
    """Processes that collect proposals today."""
    phases = Phase.objects.filter(takes_ideas=True, from_day__lte=today, to_day__gte=today)
    rows: QuerySet[Process] = Process.objects.filter(state=ProcessState.OPEN, phases__in=phases).distinct()
    return rows.order_by("title", "id")


# Proposals --------------------------------------------------------------------------------------------------------


def ideas(by: Actor) -> IdeaRows:
    """The proposals that `by` may see."""
    return Idea.objects.visible_to(by)


def idea_named(by: Actor, reference: str) -> Idea:
    """The visible proposal of this reference (404 otherwise)."""
    row: Idea = with_counts(ideas(by)).one(reference=reference)  # type: ignore[attr-defined]
    return row


def with_counts(rows: IdeaRows) -> QuerySet[Idea]:
    """With what a line of a list shows: area, process, result, how many support it. One query."""
    joined = rows.joining(area=("name", "code"), process=("reference", "title", "state"))
    counted: QuerySet[Idea] = joined.select_related("result", "author", "merged_into").annotate(
        support_count=Count("supports", distinct=True), merged_count=Count("merged", distinct=True)
    )
    return counted


def shown_ideas() -> IdeaRows:
    """The proposals that everybody may read."""
    return Idea.objects.shown()


def shown_idea(reference: str) -> Idea:
    """A published proposal; one that was merged leads to the one that it became part of (404 otherwise)."""
    row = with_counts(shown_ideas()).filter(reference=reference).first()
    if row is not None:
        return row
    merged = Idea.objects.filter(reference=reference, state=IdeaState.MERGED).first()
    if merged is None or merged.merged_into_id is None:
        raise NotVisible
    found: Idea = with_counts(shown_ideas()).one(pk=merged.merged_into_id)  # type: ignore[attr-defined]
    return found


def credits_of(idea: Idea) -> tuple[list[str], int]:
    """Who proposed it, of all that were merged: the names to be shown, and how many asked for none. One query."""
    rows = Author.objects.filter(Q(idea=idea) | Q(idea__merged_into=idea)).order_by("id")
    names = [row.shown for row in rows]
    return list(dict.fromkeys(name for name in names if name)), sum(1 for name in names if not name)


def merged_into(idea: Idea) -> list[Idea]:
    """The proposals that became part of this one."""
    return list(Idea.objects.filter(merged_into=idea).order_by("id"))


def targets_for(idea: Idea) -> list[Idea]:
    """Published proposals that this one may be merged into, the likest first."""
    rows = list(Idea.objects.live().exclude(pk=idea.pk).newest_first()[:COMPARED_MOST])
    alike = _likeness(f"{idea.title} {idea.text}", rows)
    return [
        row for _like, row in sorted(zip(alike, rows, strict=True), key=lambda one: (-one[0], -one[1].pk))
    ]


@dataclass(frozen=True)
class SimilarIdea:
    """A published proposal that somebody is asked about before sending theirs."""

    reference: str
    title: str
    text: str
    support_count: int


def similar_ideas(title: str, text: str) -> list[SimilarIdea]:
    """Published proposals that say much the same, the likest first. One query."""
    rows = list(with_counts(Idea.objects.live().newest_first())[:COMPARED_MOST])
    likeness = zip(_likeness(f"{title} {text}", rows), rows, strict=True)
    near = sorted((one for one in likeness if one[0] >= LIKE_ENOUGH), key=lambda one: (-one[0], -one[1].pk))
    return [
        SimilarIdea(row.reference, row.title, row.text, row.support_count)  # type: ignore[attr-defined]
        for _score, row in near[:SHOWN_SIMILAR]
    ]


def _likeness(words: str, ideas: list[Idea]) -> list[float]:
    """From 0 to 1 for each of them, and 0 where there are no words to compare."""
    alike = similarity.UNCOUNTED(words, [f"{idea.title} {idea.text}" for idea in ideas])
    return [0.0 if isnan(one) else float(one) for one in alike]


def ideas_due(by: Actor, until: dt.date) -> QuerySet[Idea]:
    """Proposals to be read or answered by that day, for who runs participation."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Idea.objects.none()
    rows = ideas(by).open().filter(answer_due_on__lte=until)
    return rows.joining(area=("name",)).due_first()


def milestones_due(by: Actor, until: dt.date) -> QuerySet[Milestone]:
    """Steps of results that fall due, for who runs participation."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Milestone.objects.none()
    rows = Milestone.objects.filter(done_on__isnull=True, due_on__lte=until)
    under_way = rows.filter(result__state__in=(ResultState.PLANNED, ResultState.UNDER_WAY))
    return under_way.select_related("result__idea").order_by("due_on", "id")


def idea_of_link(token: str) -> Idea:
    """The proposal whose author holds this private link (404 otherwise)."""
    reference = accounts.link_is_about(token, LinkPurpose.IDEA)
    row = with_counts(Idea.objects.all()).filter(reference=reference).first() if reference else None
    if row is None:
        raise NotVisible
    return row


def idea_sent(once: str) -> Idea | None:
    """The proposal that was sent with this token of a page, if it was."""
    return Idea.objects.filter(once=once).first()


# Results ----------------------------------------------------------------------------------------------------------


def result_of(idea: Idea) -> Result:
    """The result of an accepted proposal (404 otherwise)."""
    row = Result.objects.filter(idea=idea).first()
    if row is None:
        raise NotVisible
    row.idea = idea
    return row


def milestone_of(result: Result, pk: int) -> Milestone:
    """One step (404 otherwise)."""
    row: Milestone = result.milestones.one(pk=pk)  # type: ignore[attr-defined]
    row.result = result
    return row


def milestones_of(result: Result) -> list[Milestone]:
    return list(result.milestones.order_by("due_on", "id"))


def updates_of(result: Result) -> list[ResultUpdate]:
    """What was told, newest first."""
    return list(result.updates.order_by("-id"))


def shown_results() -> QuerySet[Idea]:
    """Accepted proposals with how far they are."""
    return with_counts(shown_ideas().filter(state=IdeaState.ACCEPTED)).order_by("-answered_at", "-id")


# People -----------------------------------------------------------------------------------------------------------


def authors_to_tell(idea: Idea) -> list[Author]:
    """Everybody who proposed it, also by one that was merged, if we know them."""
    rows = Author.objects.filter(Q(idea=idea) | Q(idea__merged_into=idea), person__isnull=False)
    return list(rows.select_related("person", "idea").order_by("id"))


def author_person(idea: Idea) -> Person | None:
    """The person who made a proposal, for a link to their page."""
    author = Author.objects.filter(idea=idea).select_related("person").first()
    return author.person if author else None


def require_photos(by: Actor, idea: Idea) -> None:
    """Photos that are not published exist only for who runs participation (404 otherwise)."""
    if not idea.shows_photos and not by.can(Capability.RUN_PARTICIPATION):
        raise NotVisible


@dataclass(frozen=True)
class Waiting:
    """What of participation waits for somebody, for the laboratory's page."""

    assemblies: int
    minutes: int
    late_resolutions: int
    ideas_to_read: int
    ideas_to_answer: int
    processes: int


def waiting(by: Actor) -> Waiting:
    """How much waits, of what `by` may see. One query."""
    to_answer = ideas(by).filter(state__in=(IdeaState.PUBLISHED, IdeaState.EVALUATING))
    found = counts_up_to(
        COUNTED_AT_MOST,
        assemblies=assemblies.assemblies(by).to_come(),
        minutes=assemblies.with_open_minutes(by),
        late_resolutions=assemblies.resolutions(by).overdue(clock.today()),
        ideas_to_read=ideas(by).filter(state=IdeaState.DRAFT),
        ideas_to_answer=to_answer,
        processes=processes(by).filter(state=ProcessState.OPEN),
    )
    return Waiting(**found)


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of who proposed or supports something, for who runs participation."""
    authors = Author.objects.filter(person_id__isnull=False, idea__in=ideas(by).order_by().values("pk"))
    supports = Support.objects.filter(person_id__isnull=False)
    if not by.can(Capability.RUN_PARTICIPATION):
        authors, supports = authors.none(), supports.none()
    if among is not None:
        authors, supports = authors.filter(person_id__in=among), supports.filter(person_id__in=among)
    ids = authors.order_by().values("person_id")
    return ids.union(supports.order_by().values("person_id"), all=True)


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What a person proposed and supports, for their copy."""
    written = Author.objects.filter(person_id=person_id).select_related("idea").order_by("id")
    supported = Support.objects.filter(person_id=person_id).select_related("idea").order_by("id")
    return [
        *(
            {
                "proposta": row.idea.reference,
                "titolo": row.idea.title,
                "testo": row.idea.text,
                "nome": row.shown,
            }
            for row in written
        ),
        *(
            {"sostegno a": row.idea.reference, "giorno": row.created_at.date().isoformat()}
            for row in supported
        ),
    ]


# Locks ------------------------------------------------------------------------------------------------------------


def locked_process(process: Process) -> Process:
    """The process, read again and locked until the transaction ends."""
    row: Process = Process.objects.select_for_update(of=("self",)).get(pk=process.pk)
    return row


def locked_idea(idea: Idea) -> Idea:
    row: Idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    return row


def locked_result(result: Result) -> Result:
    row: Result = Result.objects.select_for_update(of=("self",)).select_related("idea").get(pk=result.pk)
    return row
