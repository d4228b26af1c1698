"""Reads about mediations: inside the wall by the own mediator, outside it what crosses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case, CasePerson
from vicinia.domain.mediation.events import TO_READ
from vicinia.domain.mediation.models import (
    WALLED,
    Check,
    MediationFile,
    MediationRows,
    Meeting,
    Party,
    Suitability,
    Term,
)
from vicinia.domain.mediation.rules import SideHeard
from vicinia.domain.mediation.states import MEDIATION_MOVES, MediationState
from vicinia.domain.people import queries as people
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability
from vicinia.foundation.journal.actions import seen
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence

ROWS_OF_A_DAY = 30


# Outside the wall -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outside:
    """All that anybody but the own mediator ever reads of a mediation."""

    reference: str
    state: str
    state_label: str
    is_open: bool
    may_be_withdrawn: bool
    mediator: str
    mediator_is_there: bool
    asked_on: dt.date
    accepted_on: dt.date | None
    ended_on: dt.date | None
    what_now: Sentence


def outside(by: Actor, case: Case) -> list[Outside]:
    """The mediations of a case that `by` sees, newest first, as they are told outside."""
    rows = MediationFile.objects.outside(casework.cases(by).filter(pk=case.pk).order_by())
    return [_told(row) for row in rows]


def told_of(by: Actor, case: Case, reference: str) -> MediationFile:
    """A mediation of a case that `by` sees, to act on it from outside (404 otherwise)."""
    rows = MediationFile.objects.filter(case__in=casework.cases(by).filter(pk=case.pk).order_by())
    row: MediationFile = (
        rows.select_related("mediator", "case__owner").defer(*WALLED).one(reference=reference)
    )
    return row


def _told(row: MediationFile) -> Outside:
    return Outside(
        reference=row.reference,
        state=row.state,
        state_label=str(row.get_state_display()),
        is_open=row.is_open,
        may_be_withdrawn=MEDIATION_MOVES.may(row.state, MediationState.WITHDRAWN).allowed,
        mediator=row.mediator.name,
        mediator_is_there=can_mediate(row.mediator),
        asked_on=_day(row.created_at),
        accepted_on=_day(row.accepted_at) if row.accepted_at else None,
        ended_on=_day(row.ended_at) if row.ended_at else None,
        what_now=row.get_way_out_display() or row.get_decline_display(),  # type: ignore[attr-defined]
    )


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


def has_open(case: Case) -> bool:
    return MediationFile.objects.open().filter(case=case).exists()


def to_read(case: Case) -> set[str]:
    """The references of ended mediations that still stand open on a case: nobody has read how they ended."""
    keys = set(case.matters.filter(kind=TO_READ).values_list("key", flat=True))
    rows = MediationFile.objects.ended().filter(case=case).values_list("pk", "reference") if keys else ()
    return {reference for pk, reference in rows if f"mediation:{pk}" in keys}


def mediators() -> QuerySet[User]:
    """Who may be asked."""
    return accounts.users_who_can(Capability.MEDIATE).order_by("name", "id")


def can_mediate(user: User) -> bool:
    """Whether somebody still has an access that mediates."""
    return user.is_active and Capability.MEDIATE in ROLE_CAPABILITIES[user.role]


def possible_parties(case: Case) -> list[tuple[CasePerson, str]]:
    """The people of a case by what they are in it, not by name."""
    return [
        (row, ", ".join(part for part in (str(row.get_role_display()), row.label) if part))
        for row in casework.people_of(case)
    ]


# Inside the wall --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contacts:
    """How a party is reached, shown once and written in the access log."""

    party: Party
    shown: people.RevealedPerson | None
    words: str

    @property
    def name(self) -> str:
        return self.shown.name if self.shown else self.words.split(",")[0].split("\n")[0]


@dataclass(frozen=True, slots=True)
class Due:
    """Something for the mediator to do by a day. `step` says which page does it."""

    reference: str
    step: str
    what: Sentence
    on: dt.date | None
    pk: int = 0


def files(by: Actor) -> MediationRows:
    """The mediations of `by`."""
    return MediationFile.objects.visible_to(by)


def file_named(by: Actor, reference: str) -> MediationFile:
    """The own mediation of this reference (404 otherwise)."""
    row: MediationFile = files(by).select_related("mediator").one(reference=reference)
    return row


def parties_of(file: MediationFile) -> QuerySet[Party]:
    return file.parties.all()


def parties_with_people(file: MediationFile) -> QuerySet[Party]:
    return file.parties.select_related("person")


def language_of(party: Party) -> str:
    """The language in which a party is written to: the person's own, if we know it."""
    return str(party.person.language if party.person is not None else settings.LANGUAGE_CODE)


def party_of(file: MediationFile, side: str) -> Party:
    party: Party = Party.objects.filter(file=file).select_related("person").one(side=side)
    return party


def meetings_of(by: Actor, file: MediationFile) -> QuerySet[Meeting]:
    """Talks and meetings that `by` wrote down or was handed."""
    rows: QuerySet[Meeting] = Meeting.objects.visible_to(by).filter(file=file)
    return rows.select_related("party")


def meeting_in(by: Actor, file: MediationFile, pk: int) -> Meeting:
    row: Meeting = Meeting.objects.visible_to(by).filter(file=file).select_related("party", "file").one(pk=pk)
    return row


def answers_of(by: Actor, file: MediationFile) -> dict[str, dict[str, str]]:
    """What each side answered, by side."""
    rows = Suitability.objects.visible_to(by).filter(file=file).select_related("party")
    return {row.party.side: row.answers for row in rows}


def heard(by: Actor, file: MediationFile) -> list[SideHeard]:
    """How far each party was heard alone, for the rule that lets them meet."""
    talked = {row.party_id for row in meetings_of(by, file)}
    answers = answers_of(by, file)
    return [
        SideHeard(str(party.get_side_display()), party.pk in talked, answers.get(party.side, {}))
        for party in parties_of(file)
    ]


def terms_of(file: MediationFile) -> QuerySet[Term]:
    return file.terms.all()


def term_in(by: Actor, file: MediationFile, pk: int) -> Term:
    row: Term = Term.objects.visible_to(by).filter(file=file).select_related("file").one(pk=pk)
    return row


def checks_of(by: Actor, file: MediationFile) -> list[Check]:
    """The checks of an agreement; notes that another mediator wrote stay with who wrote them."""
    rows = list(Check.objects.visible_to(by).filter(file=file))
    for row in rows:
        if row.reader_id != by.user_id:
            row.notes = ""
    return rows


def check_in(by: Actor, file: MediationFile, pk: int) -> Check:
    row: Check = Check.objects.visible_to(by).filter(file=file).select_related("file").one(pk=pk)
    return row


def contacts(by: Actor, file: MediationFile, party: Party, purpose: str) -> Contacts:
    """How a party is reached. The access log keeps who looked, at whom and why, and no word of the file."""
    if party.person is None:
        seen(by=by, person=f"mediation:{file.reference}", purpose=purpose, shown="una parte, in parole")
        return Contacts(party, None, party.words)
    return Contacts(party, people.reveal(by, party.person, purpose), "")


def day_of(by: Actor, until: dt.date | None = None) -> list[Due]:
    """What a mediator has to do by a day: requests to answer, steps agreed, checks. Two queries."""
    until = until or clock.today()
    rows = files(by).open().only("reference", "state", "next_on").order_by("id")
    found = [_step(row) for row in rows if _is_due(row, until)]
    late = Check.objects.visible_to(by).filter(
        file__state=MediationState.CHECKING, done_on__isnull=True, due_on__lte=until
    )
    found += [
        Due(row.file.reference, "check", _("Chiedi alle parti come va l'accordo"), row.due_on, row.pk)
        for row in late.select_related("file").defer("notes", "file__asked")[:ROWS_OF_A_DAY]
    ]
    return sorted(found, key=lambda due: (due.on is not None, due.on or until, due.reference))[:ROWS_OF_A_DAY]


def _is_due(row: MediationFile, until: dt.date) -> bool:
    if row.state == MediationState.REQUESTED:
        return True
    return row.next_on is not None and row.next_on <= until


def _step(row: MediationFile) -> Due:
    if row.state == MediationState.REQUESTED:
        return Due(row.reference, "answer", _("Una richiesta aspetta la tua risposta"), None)
    return Due(row.reference, "next", _("Oggi c'è il prossimo passo"), row.next_on)


# For the night ----------------------------------------------------------------------------------------------------


def steps_on(day: dt.date) -> list[MediationFile]:
    """Open mediations whose next step falls on a day."""
    rows = MediationFile.objects.open().filter(next_on=day).exclude(state=MediationState.REQUESTED)
    return list(rows.select_related("mediator").order_by("id"))


def checks_due(day: dt.date) -> list[Check]:
    """Checks that have fallen due and nobody has made."""
    rows = Check.objects.filter(file__state=MediationState.CHECKING, done_on__isnull=True, due_on__lte=day)
    return list(rows.select_related("file__mediator").order_by("id"))


# A person's rights ------------------------------------------------------------------------------------------------


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of the parties of the mediations of `by`."""
    rows = Party.objects.filter(file__in=files(by).order_by(), person__isnull=False)
    return (rows if among is None else rows.filter(person_id__in=among)).order_by().values("person_id")


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """That there is a mediation, and its dates. What was said and agreed the person asks of the mediator, who hands it over."""
    rows = (
        MediationFile.objects.filter(parties__person_id=person_id).select_related("mediator").order_by("id")
    )
    return [
        {
            _("mediazione"): row.reference,
            _("mediatore"): row.mediator.name,
            _("chiesta il"): _day(row.created_at).isoformat(),
            _("finita il"): _day(row.ended_at).isoformat() if row.ended_at else "",
            _("a che punto è"): str(row.get_state_display()),
            _("il resto"): _("Ciò che hai detto e firmato lo ha solo il mediatore: chiedi a lui la copia."),
        }
        for row in rows.defer(*WALLED)
    ]


def files_with(person_id: int) -> list[MediationFile]:
    return list(MediationFile.objects.filter(parties__person_id=person_id).order_by("id"))
