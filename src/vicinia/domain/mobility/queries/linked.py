"""Files as other pages lead to them, and what they hold of a person."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from vicinia.domain.mobility.models import RehousingFile
from vicinia.domain.mobility.queries.expenses import copy_moving
from vicinia.domain.mobility.queries.files import HOME, own_files
from vicinia.domain.people.models import HouseholdMember, Relation
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import label_of


def file_of_case(by: Actor, case_reference: str) -> RehousingFile | None:
    """The file behind a case, if `by` may open it."""
    row: RehousingFile | None = own_files(by).filter(case__reference=case_reference).first()
    return row


def files_of_household(by: Actor, number: int) -> list[RehousingFile]:
    """The files of a household that `by` may open, the last one first."""
    return list(own_files(by).filter(household__number=number).order_by("-id"))


def files_of_person(by: Actor, person_ids: Collection[int]) -> list[RehousingFile]:
    """The files of the household in which a person lives that `by` may open, the last one first."""
    lived = HouseholdMember.objects.filter(person_id__in=person_ids).order_by().values("household_id")
    return list(own_files(by).filter(household__in=lived).order_by("-id"))


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of the members of the households that `by` accompanies."""
    theirs = RehousingFile.objects.accompanied_by(by).order_by().values("household_id")
    rows = HouseholdMember.objects.filter(household__in=theirs)
    if among is not None:
        rows = rows.filter(person_id__in=among)
    return rows.order_by().values("person_id")


def erasable_files(person_id: int) -> list[RehousingFile]:
    """The files of the household in which somebody lives alone: their words go with the last member."""
    living = HouseholdMember.objects.filter(person_id=person_id).select_related("household").first()
    if living is None or HouseholdMember.objects.filter(household=living.household).count() > 1:
        return []
    return list(RehousingFile.objects.select_for_update(of=("self",)).filter(household=living.household))


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What the files say of the household of somebody whom we speak to for it, for their copy."""
    reference = HouseholdMember.objects.filter(person_id=person_id, relation=Relation.REFERENCE)
    rows = RehousingFile.objects.filter(household__in=reference.order_by().values("household_id"))
    told = rows.select_related(*HOME).prefetch_related(
        "interviews", "refusals__dwelling__stair", "refusals__dwelling__building"
    )
    found = list(told.order_by("id"))
    return [*map(_copied, found), *copy_moving([row.pk for row in found])]


def _copied(row: RehousingFile) -> dict[str, Any]:
    words = {
        str(label_of(RehousingFile, name)): getattr(row, name)
        for name in ("needs", "school", "work", "pets", "belongings", "wishes")
    }
    return {
        gettext("mobilità"): row.relocation.name,
        gettext("nucleo"): row.household.label,
        gettext("a che punto è"): row.get_state_display(),
        gettext("persone"): row.size,
        gettext("casa di partenza"): row.home.where,
        gettext("chiede di rientrare"): gettext("sì") if row.claims_return else gettext("no"),
        **words,
        gettext("colloqui"): [f"{one.day.isoformat()}: {one.words}" for one in row.interviews.all()],
        gettext("alloggi che non vanno bene"): [
            f"{one.dwelling.where}: {one.get_reason_display()} {one.words}".strip()
            for one in row.refusals.all()
        ],
    }
