"""Files as other pages lead to them, and what they hold of a person."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from vicinia.domain.mobility.models import RehousingFile
from vicinia.domain.mobility.queries.files import HOME, WORDS, own_files
from vicinia.domain.people.models import HouseholdMember, Relation
from vicinia.foundation.kernel.actor import Actor


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
    """What counts in the plan, for the copy of somebody whom we speak to for a household.

    Who makes copies does not accompany it: its words the person asks of who does, who hands them over.
    """
    reference = HouseholdMember.objects.filter(person_id=person_id, relation=Relation.REFERENCE)
    rows = RehousingFile.objects.filter(household__in=reference.order_by().values("household_id"))
    told = rows.select_related(*HOME).defer(*WORDS).prefetch_related("companions__user")
    return [_copied(row) for row in told.order_by("id")]


def _copied(row: RehousingFile) -> dict[str, Any]:
    rest = gettext(
        "Colloqui, esigenze, offerte, accordi e spese li ha chi ti accompagna: chiedi a lui la copia."
    )
    return {
        gettext("mobilità"): row.relocation.name,
        gettext("nucleo"): row.household.label,
        gettext("a che punto è"): row.get_state_display(),
        gettext("persone"): row.size,
        gettext("casa di partenza"): row.home.where,
        gettext("chiede di rientrare"): gettext("sì") if row.claims_return else gettext("no"),
        gettext("chi ti accompagna"): ", ".join(one.user.name for one in row.companions.all()),
        gettext("il resto"): rest,
    }
