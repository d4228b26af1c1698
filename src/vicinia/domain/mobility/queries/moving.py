"""Files as who accompanies them opens them; accords and removals; what is still open at the end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from vicinia.domain.mobility.models import (
    Accord,
    Expense,
    Offer,
    RehousingFile,
    RehousingRows,
    Removal,
    RemovalRows,
    RemovalStep,
)
from vicinia.domain.mobility.queries.availability import availability
from vicinia.domain.mobility.queries.files import is_companion, was_moved
from vicinia.domain.mobility.rules import AgreementFacts, DayFacts, EndFacts, last_day_of
from vicinia.domain.mobility.states import UNPAID, AccordState, RelocationStep, RemovalState
from vicinia.domain.people.models import Household
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# School and care would say something of who lives there.
FOR_THE_FIRM = (
    RelocationStep.REMOVAL,
    RelocationStep.STORAGE,
    RelocationStep.KEYS_OUT,
    RelocationStep.KEYS_IN,
    RelocationStep.ADAPTATIONS,
)
_OF_FILE = ("file__relocation", "file__household", "file__home")


def files_with_right(by: Actor) -> RehousingRows:
    """Whose right of return is open, for who makes the plan: number, home and how far it is. One query."""
    rows: RehousingRows = RehousingFile.objects.visible_to(by).with_right_of_return()
    found: RehousingRows = rows.select_related(
        "relocation",
        "household__dwelling__stair",
        "household__dwelling__building",
        "home__stair",
        "home__building",
    )
    return found.by_number()


def accompanied_ids(by: Actor) -> set[int]:
    """The ids of the files that `by` may open."""
    rows: RehousingRows = RehousingFile.objects.all()
    return set(rows.accompanied_by(by).order_by().values_list("pk", flat=True))


def end_facts(file: RehousingFile) -> EndFacts:
    """What is still open of a file: `rules.may_end` says whether it may be closed."""
    agreements = Accord.objects.filter(file=file).exclude(state=AccordState.CANCELLED)
    return EndFacts(
        has_right=was_moved(file) and file.claims_return and file.return_ended_on is None,
        offers=Offer.objects.filter(file=file).open().count(),
        agreements=agreements.exclude(removal__state=RemovalState.DONE).count(),
        unpaid=Expense.objects.filter(file=file, state__in=UNPAID).count(),
    )


# Accords ----------------------------------------------------------------------------------------------------------


def accords(by: Actor) -> QuerySet[Accord]:
    """The accords of the households that `by` accompanies, with what a line shows."""
    rows = Accord.objects.visible_to(by).select_related(
        *_OF_FILE, "offer__dwelling__stair", "offer__dwelling__building"
    )
    found: QuerySet[Accord] = rows.order_by("-id")
    return found


def accord_named(by: Actor, reference: str) -> Accord:
    """The accord of this reference (404 if its household is not accompanied)."""
    row: Accord = accords(by).select_related("removal", "scan").one(reference=reference)  # type: ignore[attr-defined]
    return row


def locked_accord(accord: Accord) -> Accord:
    rows = Accord.objects.select_for_update(of=("self",))
    row: Accord = rows.select_related(
        *_OF_FILE, "file__household__dwelling", "offer__dwelling", "removal"
    ).get(pk=accord.pk)
    return row


def agreement_facts(by: Actor, accord: Accord) -> AgreementFacts:
    """How far an accord has come."""
    return AgreementFacts(is_companion(by, accord.file), is_moved(accord.offer))


def is_moved(offer: Offer) -> bool:
    """Whether the household has moved by this offer."""
    return Removal.objects.filter(accord__offer=offer, state=RemovalState.DONE).exists()


def accord_of(offer: Offer) -> Accord | None:
    """The accord that came of an offer, if it was accepted."""
    found: Accord | None = Accord.objects.filter(offer=offer).first()
    return found


def accords_to_sign(by: Actor) -> QuerySet[Accord]:
    """Accords that wait for a signature, the oldest first."""
    return accords(by).filter(state=AccordState.PREPARED).order_by("id")


def removal_of(accord: Accord) -> Removal | None:
    """The removal that came of an accord, once it was signed."""
    found: Removal | None = Removal.objects.filter(accord=accord).first()
    return found


# Removals ---------------------------------------------------------------------------------------------------------


def removals(by: Actor) -> RemovalRows:
    """The removals of the households that `by` accompanies."""
    rows: RemovalRows = Removal.objects.visible_to(by)
    return rows


def in_removal_lines(rows: RemovalRows) -> RemovalRows:
    """With what a line shows: the number of the household and both doors. One query."""
    found: RemovalRows = rows.select_related(
        *_OF_FILE,
        "accord__offer",
        "from_dwelling__stair",
        "from_dwelling__building",
        "to_dwelling__stair",
        "to_dwelling__building",
    )
    return found


def removal_named(by: Actor, reference: str) -> Removal:
    """The removal of this reference (404 if its household is not accompanied)."""
    row: Removal = in_removal_lines(removals(by)).one(reference=reference)
    return row


def locked_removal(removal: Removal) -> Removal:
    rows = in_removal_lines(Removal.objects.select_for_update(of=("self",)))
    row: Removal = rows.select_related("file__household__dwelling").get(pk=removal.pk)
    return row


def steps_of(removal: Removal) -> list[RemovalStep]:
    """What is to be done, in the order in which one does it."""
    return list(removal.steps.order_by("id"))


def step_of(removal: Removal, pk: int) -> RemovalStep:
    """One step of a removal (404 otherwise)."""
    row: RemovalStep = RemovalStep.objects.select_related("removal").one(removal=removal, pk=pk)
    return row


def day_facts(by: Actor, removal: Removal, day: dt.date) -> DayFacts:
    """The new dwelling and the crews on a day."""
    file = removal.file
    units = availability(file.relocation, day, day)
    unit = next((one for one in units if one.dwelling_id == removal.to_dwelling_id), None)
    there = Household.objects.filter(dwelling_id=removal.to_dwelling_id).exclude(pk=file.household_id).first()
    return DayFacts(
        accompanies=is_companion(by, file),
        is_shut=unit is not None and unit.closed_on(day) is not None,
        lives_there=there.number if there else None,
        leaves_on=_leaves_on(there) if there else None,
        removals=_removals_in_month(removal, day),
        most=file.relocation.removals_a_month,
    )


def _leaves_on(household: Household) -> dt.date | None:
    rows = Removal.objects.filter(
        file__household=household, from_dwelling_id=household.dwelling_id, state=RemovalState.SCHEDULED
    )
    day: dt.date | None = rows.order_by("day").values_list("day", flat=True).first()
    return day


def _removals_in_month(removal: Removal, day: dt.date) -> int:
    first, last = day.replace(day=1), last_day_of(day)
    rows = Removal.objects.filter(file__relocation_id=removal.file.relocation_id).exclude(pk=removal.pk)
    is_fixed = Q(state=RemovalState.SCHEDULED, day__gte=first, day__lte=last)
    is_done = Q(state=RemovalState.DONE, done_on__gte=first, done_on__lte=last)
    return rows.filter(is_fixed | is_done).count()


def removals_on(by: Actor, day: dt.date) -> list[Removal]:
    """What the removal firm does on a day, with those of the needed steps that are its business. Two queries."""
    steps = RemovalStep.objects.filter(is_needed=True, kind__in=FOR_THE_FIRM)
    needed = Prefetch("steps", steps.order_by("id"))
    rows = removals(by).filter(state=RemovalState.SCHEDULED, day=day)
    return list(in_removal_lines(rows).prefetch_related(needed).order_by("file__household__number", "id"))


def removals_due(by: Actor, until: dt.date) -> RemovalRows:
    """Removals that are near, and those whose day has passed without a word."""
    rows = removals(by).filter(state=RemovalState.SCHEDULED, day__lte=until)
    return in_removal_lines(rows).soonest_first()


def steps_due(by: Actor, until: dt.date) -> QuerySet[RemovalStep]:
    """What is to be done for a removal by a day, and is not."""
    mine = removals(by).exclude(state=RemovalState.CANCELLED).order_by().values("pk")
    rows = RemovalStep.objects.filter(
        removal__in=mine, is_needed=True, done_on__isnull=True, due_on__lte=until
    )
    found: QuerySet[RemovalStep] = rows.select_related("removal__file__household").order_by("due_on", "id")
    return found


def today_or_later(by: Actor) -> RemovalRows:
    """Removals that are fixed or to be fixed, the soonest first; those without a day last."""
    return in_removal_lines(removals(by).to_come()).soonest_first()


def done_lately(by: Actor) -> RemovalRows:
    """Removals that were done, the latest first."""
    rows = removals(by).filter(state=RemovalState.DONE, done_on__lte=clock.today())
    return in_removal_lines(rows).order_by("-done_on", "-id")


def removals_of(file: RehousingFile) -> list[Removal]:
    """The removals of a file, the latest first."""
    return list(in_removal_lines(Removal.objects.filter(file=file)).order_by("-id"))


def accords_of(file: RehousingFile) -> list[Accord]:
    """The accords of a file, the latest first."""
    rows: Any = Accord.objects.filter(file=file)
    return list(rows.select_related("offer__dwelling__stair", "offer__dwelling__building").order_by("-id"))
