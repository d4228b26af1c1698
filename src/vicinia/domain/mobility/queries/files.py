"""Files of households: their lines for who makes the plan, their words for who accompanies them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from vicinia.domain.mobility.models import (
    Companion,
    Interview,
    NearWish,
    Offer,
    Refusal,
    RehousingFile,
    RehousingRows,
    Relocation,
    Removal,
    Unit,
)
from vicinia.domain.mobility.rules import HouseholdFacts
from vicinia.domain.mobility.states import FileState, RemovalState
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.models import label_of
from vicinia.foundation.kernel.verdict import Sentence

HOME = (
    "household",
    "home__stair",
    "home__building",
    "household__dwelling__stair",
    "household__dwelling__building",
    "relocation",
    "case",
)

WORDS = ("needs", "school", "work", "pets", "belongings", "wishes", "return_end_reason")
"""What only who accompanies the household reads of its file."""


# Files ------------------------------------------------------------------------------------------------------------


def files(by: Actor) -> RehousingRows:
    """The lines of the files that `by` may see: numbers, never words."""
    rows: RehousingRows = RehousingFile.objects.visible_to(by).select_related(*HOME)
    return rows


def own_files(by: Actor) -> RehousingRows:
    """The files of the households that `by` accompanies, with all that they say."""
    rows: RehousingRows = RehousingFile.objects.accompanied_by(by).select_related(*HOME)
    return rows


def file_line(by: Actor, reference: str, number: int) -> RehousingFile:
    """The line of one file, for who makes the plan (404 otherwise)."""
    row: RehousingFile = files(by).one(relocation__reference=reference, household__number=number)
    return row


def file_named(by: Actor, reference: str, number: int) -> RehousingFile:
    """One file that `by` may open (404 otherwise, as if there were none)."""
    row: RehousingFile = own_files(by).one(relocation__reference=reference, household__number=number)
    return row


def file_numbered(by: Actor, number: int) -> RehousingFile:
    """The file of a household that `by` may open: the open one, or else the last one (404 otherwise)."""
    found = list(own_files(by).filter(household__number=number).order_by("-id"))
    if not found:
        raise NotVisible
    return next((row for row in found if row.state != FileState.CLOSED), found[0])


def locked_file(file: RehousingFile) -> RehousingFile:
    rows = RehousingFile.objects.select_for_update(of=("self",))
    row: RehousingFile = rows.select_related("relocation", "household", "home__building").get(pk=file.pk)
    return row


def file_of(relocation: Relocation, household: Household) -> RehousingFile | None:
    row: RehousingFile | None = RehousingFile.objects.filter(
        relocation=relocation, household=household
    ).first()
    return row


def household_facts(relocation: Relocation, household: Household, home: Dwelling | None) -> HouseholdFacts:
    """What the rules want to know before a household has a file. Three queries."""
    return HouseholdFacts(
        has_file_here=file_of(relocation, household) is not None,
        open_elsewhere=open_elsewhere(household, relocation),
        is_home_here=home is not None and is_unit(relocation, home.pk),
    )


def open_elsewhere(household: Household, relocation: Relocation) -> str:
    """The name of another relocation in which the household is accompanied, or nothing."""
    rows = RehousingFile.objects.open().filter(household=household).exclude(relocation=relocation)
    return str(rows.values_list("relocation__name", flat=True).first() or "")


def is_unit(relocation: Relocation, dwelling_id: int) -> bool:
    return Unit.objects.filter(relocation=relocation, dwelling_id=dwelling_id).exists()


def was_moved(file: RehousingFile) -> bool:
    """Whether the household has left its home for the works."""
    return Removal.objects.filter(file=file, state=RemovalState.DONE).exists()


@dataclass(frozen=True, slots=True)
class FileNumbers:
    """How many households stand where, and what waits. Offers are only those that who asks may see."""

    states: Sequence[tuple[str, Sentence, int]]
    open: int
    unaccompanied: int
    returns: int
    late_offers: int


def numbers_of(by: Actor, relocation: Relocation) -> FileNumbers:
    """The figures of a relocation's page. Four queries."""
    rows = files(by).filter(relocation=relocation)
    told = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    states = [(state.value, state.label, told[state.value]) for state in FileState if told.get(state.value)]
    offers = Offer.objects.overdue().visible_to(by).filter(file__relocation=relocation)
    return FileNumbers(
        states=states,
        open=sum(told.values()) - told.get(FileState.CLOSED, 0),
        unaccompanied=unaccompanied(rows.open()).count(),
        returns=rows.open().with_right_of_return().count(),
        late_offers=offers.count(),
    )


def closing_reason(file: RehousingFile) -> str:
    """Why a file was closed the last time, if it is closed."""
    if file.state != FileState.CLOSED:
        return ""
    moves = file.state_moves.filter(to_state=FileState.CLOSED).order_by("-at", "-id")
    return str(moves.values_list("reason", flat=True).first() or "")


def label_of_file(name: str) -> Sentence:
    """What a column of a file is called in sentences."""
    return label_of(RehousingFile, name)


# Who accompanies --------------------------------------------------------------------------------------------------


def able() -> QuerySet[User]:
    """Who may accompany a household."""
    return accounts.users_who_can(Capability.RUN_MOBILITY).order_by("name", "id")


def is_companion(by: Actor, file: RehousingFile) -> bool:
    if by.user_id is None:
        return False
    return Companion.objects.filter(file=file, user_id=by.user_id).exists()


def is_accompanied(file: RehousingFile) -> bool:
    """Whether somebody who still may accompanies the household."""
    return Companion.objects.filter(file=file, user__in=able().order_by().values("pk")).exists()


def companions_of(file: RehousingFile) -> list[Companion]:
    return list(Companion.objects.filter(file=file).select_related("user").order_by("-is_first", "id"))


def companion_of(file: RehousingFile, pk: int) -> Companion:
    """Somebody who accompanies a household (404 otherwise)."""
    row: Companion = Companion.objects.select_related("user").one(file=file, pk=pk)  # type: ignore[attr-defined]
    return row


def unaccompanied(rows: RehousingRows) -> RehousingRows:
    """The files that nobody accompanies who still may."""
    someone = Companion.objects.filter(file=OuterRef("pk"), user__in=able().order_by().values("pk"))
    return rows.filter(~Exists(someone))


def mine(rows: RehousingRows, by: Actor) -> RehousingRows:
    return rows.filter(pk__in=own_files(by).order_by().values("pk"))


# The list ---------------------------------------------------------------------------------------------------------

NEEDS: dict[str, Q] = {
    "barriere": Q(needs_step_free=True),
    "fragile": Q(fragile=True),
    "rientro": Q(claims_return=True, return_ended_on__isnull=True),
}
"""By what the list may be narrowed, by the word in the address."""


def files_asked(
    by: Actor, relocation: Relocation, *, stato: str = "", chi: str = "", serve: str = ""
) -> RehousingRows:
    """The files of a relocation that are not closed, or in one state; one's own or nobody's; with some need."""
    rows = files(by).filter(relocation=relocation)
    rows = rows.filter(state=stato) if stato else rows.open()
    if chi == "io":
        rows = mine(rows, by)
    elif chi == "nessuno":
        rows = unaccompanied(rows)
    return rows.filter(NEEDS[serve]) if serve in NEEDS else rows


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a line of the list. `is_mine` says whether its page may be opened."""

    file: RehousingFile
    companions: tuple[str, ...]
    is_mine: bool
    has_somebody: bool


def in_file_lines(rows: RehousingRows) -> QuerySet[RehousingFile]:
    """With who accompanies; of the words of a file none is read. Two queries."""
    people = Companion.objects.select_related("user").order_by("-is_first", "id")
    told = rows.select_related(*HOME).defer(*WORDS)
    return told.prefetch_related(Prefetch("companions", people)).order_by("household__number", "id")


def file_lines(by: Actor, page: Iterable[RehousingFile]) -> list[FileLine]:
    """The lines of a page that `in_file_lines` gave. One query."""
    may = set(able().order_by().values_list("pk", flat=True))
    return [
        FileLine(
            file,
            tuple(one.user.name for one in file.companions.all()),
            any(one.user_id == by.user_id for one in file.companions.all()),
            any(one.user_id in may for one in file.companions.all()),
        )
        for file in page
    ]


# What a file says -------------------------------------------------------------------------------------------------


def interviews_of(file: RehousingFile) -> list[Interview]:
    return list(Interview.objects.filter(file=file).order_by("-day", "-id"))


def interview_of(file: RehousingFile, pk: int) -> Interview:
    """A talk with the household (404 otherwise)."""
    row: Interview = Interview.objects.one(file=file, pk=pk)  # type: ignore[attr-defined]
    row.file = file
    return row


def interview_sent(once: str) -> Interview | None:
    """The talk that a page has sent already."""
    return Interview.objects.filter(once=once).first()


def locked_interview(interview: Interview) -> Interview:
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "file__relocation", "file__household"
    )
    row: Interview = rows.get(pk=interview.pk)
    return row


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody whom the household wants to stay near, whichever of the two said it."""

    wish: NearWish
    other: RehousingFile


def near_of(file: RehousingFile) -> list[Near]:
    """Whom a household wants to stay near, by number. One query."""
    rows = NearWish.objects.filter(Q(file=file) | Q(other=file)).select_related(
        "file__household", "other__household"
    )
    pairs = [Near(wish, wish.other if wish.file_id == file.pk else wish.file) for wish in rows]
    return sorted(pairs, key=lambda pair: pair.other.household.number)


def near_wish_of(file: RehousingFile, pk: int) -> NearWish:
    """A wish of one of the two (404 otherwise)."""
    rows = NearWish.objects.filter(Q(file=file) | Q(other=file))
    row: NearWish = rows.one(pk=pk)  # type: ignore[attr-defined]
    return row


def are_near(file: RehousingFile, other: RehousingFile) -> bool:
    """Whether one of the two wants to stay near the other."""
    return NearWish.objects.filter(Q(file=file, other=other) | Q(file=other, other=file)).exists()


def neighbours(file: RehousingFile) -> QuerySet[RehousingFile]:
    """Whom it may want to stay near: the other households of the relocation, by number."""
    rows = RehousingFile.objects.open().filter(relocation=file.relocation).exclude(pk=file.pk)
    return rows.select_related("household", "home__stair", "home__building").order_by(
        "household__number", "id"
    )


def refusals_of(file: RehousingFile) -> list[Refusal]:
    rows = Refusal.objects.filter(file=file).select_related("dwelling__stair", "dwelling__building")
    return list(rows.order_by("-on", "-id"))


def refusal_of(file: RehousingFile, pk: int) -> Refusal:
    """A dwelling that the household did not want (404 otherwise)."""
    row: Refusal = Refusal.objects.one(file=file, pk=pk)  # type: ignore[attr-defined]
    row.file = file
    return row


def is_refused(file: RehousingFile, dwelling: Dwelling) -> bool:
    return Refusal.objects.filter(file=file, dwelling=dwelling, withdrawn_on__isnull=True).exists()


def dwellings_to_refuse(file: RehousingFile) -> QuerySet[Dwelling]:
    """The dwellings of the relocation, but for the own one."""
    ids = Unit.objects.filter(relocation=file.relocation).order_by().values("dwelling_id")
    rows = Dwelling.objects.filter(pk__in=ids).exclude(pk=file.home_id)
    return rows.select_related("stair", "building").order_by(
        "building__name", "stair__name", "floor", "code", "id"
    )
