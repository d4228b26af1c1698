"""Reads about behaviour agreements: always through the cases that somebody sees, never by person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vicinia.domain.agreements.models import (
    AgreementParty,
    AgreementReview,
    BehaviourAgreement,
    BehaviourAgreementRows,
    Breach,
    Invitation,
    Response,
    Term,
    TermsVersion,
)
from vicinia.domain.agreements.rules import Draft, Signer
from vicinia.domain.agreements.states import RUNNING, AgreementState, Part
from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case, CasePerson
from vicinia.domain.network import queries as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people import queries as people
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def agreements(by: Actor) -> BehaviourAgreementRows:
    """Those of the cases that `by` sees."""
    rows: BehaviourAgreementRows = BehaviourAgreement.objects.on(casework.cases(by).order_by())
    return rows


def agreement_named(by: Actor, reference: str) -> BehaviourAgreement:
    """The visible agreement of this reference (404 otherwise)."""
    row: BehaviourAgreement = (
        agreements(by).select_related("case__owner", "case__area").one(reference=reference)
    )
    return row


def agreements_of(case: Case) -> QuerySet[BehaviourAgreement]:
    """Those of a case that the caller was allowed to see, without their words."""
    return BehaviourAgreement.objects.filter(case=case).defer("why", "end_note").order_by("-id")


VIEWS = ("in-vigore", "proposti", "da-fare", "in-ritardo", "finiti")


def listed(by: Actor, view: str) -> BehaviourAgreementRows:
    """One of `VIEWS`: in force, proposed, something to do by today, late by more days than the unit allows, ended."""
    rows, today = agreements(by).in_lines(), clock.today()
    late = today - dt.timedelta(days=settings.BEHAVIOUR_LATE_DAYS)
    chosen = {
        "in-vigore": rows.running,
        "proposti": rows.not_yet,
        "da-fare": lambda: rows.due(today),
        "in-ritardo": lambda: rows.due(late),
        "finiti": rows.ended,
    }
    found: BehaviourAgreementRows = chosen[view if view in VIEWS else VIEWS[0]]()
    return found.soonest_first()


# People ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party as pages call it: by what it is in the case, never by name. `signed_on` is of the terms asked about."""

    party: AgreementParty
    label: str
    signed_on: dt.date | None = None
    must_sign: bool = True


def possible_people(case: Case) -> list[tuple[CasePerson, str]]:
    """The people of a case by what they are in it, not by name."""
    found = []
    for number, row in enumerate(casework.people_of(case), 1):
        what = ", ".join(part for part in (str(row.get_role_display()), row.label) if part)
        found.append((row, what if row.label else f"{what} ({number})"))
    return found


def parties_of(agreement: BehaviourAgreement) -> list[AgreementParty]:
    return list(agreement.parties.select_related("body"))


def party_in(agreement: BehaviourAgreement, pk: int) -> AgreementParty:
    """A party of an agreement (404 otherwise)."""
    row: AgreementParty = AgreementParty.objects.filter(agreement=agreement).select_related("body").one(pk=pk)
    return row


def labels_of(agreement: BehaviourAgreement, parties: Sequence[AgreementParty]) -> dict[int, str]:
    """What each party is called on pages, by key."""
    of_people: dict[int | None, str] = {
        row.person_id: label for row, label in possible_people(agreement.case)
    }
    own = {party.pk: of_people.get(party.person_id, _("persona cancellata")) for party in parties}
    return {party.pk: _label(party, own) for party in parties}


def _label(party: AgreementParty, own: dict[int, str]) -> str:
    if party.part == Part.UNIT:
        return str(Part.UNIT.label)
    if party.part == Part.BODY:
        return str(party.body)
    if party.part == Part.GUARDIAN:
        facts = {"parent": own[party.pk], "who": own.get(party.guards_id or 0, "")}
        return _("%(parent)s (genitore o tutore di: %(who)s)") % facts
    return own[party.pk]


def signers(parties: Sequence[AgreementParty], terms: TermsVersion | None) -> list[Signer]:
    """The parties as the rules of signing need to know them, with who has signed these terms."""
    signed = dict(terms.signatures.values_list("party_id", "signed_on")) if terms else {}
    return [
        Signer(party.pk, party.part, party.birthday, party.guards_id, signed.get(party.pk))
        for party in parties
    ]


def bodies() -> QuerySet[PartnerBody]:
    return network.bodies()


def names_of(by: Actor, parties: Sequence[AgreementParty], purpose: str) -> dict[int, str]:
    """The names for a paper or for who asks for them; each person looked at is in the access log, with the purpose."""
    shown: dict[int, str] = {}
    found: dict[int | None, str] = {}
    for party in parties:
        if party.person is not None:
            if party.person_id not in found:
                found[party.person_id] = people.reveal(by, party.person, purpose).name
            shown[party.pk] = found[party.person_id]
        else:
            shown[party.pk] = party.words
    return shown


def parties_with_people(agreement: BehaviourAgreement) -> list[AgreementParty]:
    return list(agreement.parties.select_related("body", "person"))


# Terms -----------------------------------------------------------------------------------------------------------


def versions_of(agreement: BehaviourAgreement) -> list[TermsVersion]:
    """Every version, first to last."""
    return list(agreement.versions.prefetch_related("lines__party__body"))


def draft_of(agreement: BehaviourAgreement) -> TermsVersion | None:
    """The terms that are not yet signed by everybody, if there are."""
    found: TermsVersion | None = agreement.versions.filter(signed_on__isnull=True).first()
    return found


def terms_in_force(agreement: BehaviourAgreement) -> TermsVersion | None:
    found: TermsVersion | None = agreement.versions.filter(signed_on__isnull=False).last()
    return found


def facts_of(draft: TermsVersion | None) -> Draft | None:
    """What the rules need to know of unsigned terms."""
    if draft is None:
        return None
    kinds = frozenset(draft.lines.values_list("kind", flat=True))
    return Draft(kinds, draft.signatures.count(), draft.ends_on)


def term_in(agreement: BehaviourAgreement, pk: int) -> Term:
    """A term of an agreement (404 otherwise)."""
    row: Term = Term.objects.filter(terms__agreement=agreement).select_related("terms", "party").one(pk=pk)
    return row


# What happens ----------------------------------------------------------------------------------------------------


def invitations_of(agreement: BehaviourAgreement) -> list[Invitation]:
    return list(agreement.invitations.all())


def reviews_of(agreement: BehaviourAgreement) -> list[AgreementReview]:
    return list(agreement.reviews.all())


def next_review(agreement: BehaviourAgreement) -> AgreementReview | None:
    found: AgreementReview | None = agreement.reviews.filter(done_on__isnull=True).first()
    return found


def review_in(agreement: BehaviourAgreement, pk: int) -> AgreementReview:
    """A review of an agreement (404 otherwise)."""
    row: AgreementReview = AgreementReview.objects.filter(agreement=agreement).one(pk=pk)
    return row


def breaches_of(agreement: BehaviourAgreement) -> list[Breach]:
    return list(agreement.breaches.select_related("term", "response"))


def responses_of(agreement: BehaviourAgreement) -> list[Response]:
    return list(agreement.responses.all())


# For the night ---------------------------------------------------------------------------------------------------


def to_start(day: dt.date) -> list[BehaviourAgreement]:
    """Signed, and their day has come."""
    rows = BehaviourAgreement.objects.filter(state=AgreementState.SIGNED, starts_on__lte=day)
    return list(rows.order_by("id"))


def unanswered(day: dt.date) -> list[Invitation]:
    """Invitations that nobody answered by their day."""
    rows = Invitation.objects.filter(
        answer="", answer_by__lt=day, agreement__state=AgreementState.INVITED
    ).select_related("agreement")
    return list(rows.order_by("id"))


def reviews_due(day: dt.date) -> list[AgreementReview]:
    """Reviews that have fallen due and nobody has made, with whom they concern."""
    rows = AgreementReview.objects.filter(
        agreement__state__in=RUNNING, done_on__isnull=True, due_on__lte=day
    ).select_related("agreement__case__owner")
    return list(rows.defer("agreement__why", "agreement__end_note").order_by("id"))


def coordinators() -> list[User]:
    return list(accounts.users_who_can(Capability.ASSIGN).order_by("id"))


# A person's rights -----------------------------------------------------------------------------------------------


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of the people in the agreements that `by` may see."""
    rows = AgreementParty.objects.filter(
        agreement__case__in=casework.cases(by).order_by(), person__isnull=False
    )
    return (rows if among is None else rows.filter(person_id__in=among)).order_by().values("person_id")


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """The agreements that a person is in, for the copy that they may ask for: terms, reviews, what was not kept."""
    return [_copy(agreement) for agreement in agreements_with(person_id)]


def _copy(agreement: BehaviourAgreement) -> dict[str, Any]:
    return {
        _("accordo"): agreement.reference,
        _("a che punto è"): str(agreement.get_state_display()),
        _("dal"): agreement.starts_on.isoformat(),
        _("al"): agreement.ends_on.isoformat(),
        _("di quali fatti si tratta"): agreement.why,
        _("patti"): [
            f"{version.number}. {line.get_kind_display()}: {line.what}"
            for version in versions_of(agreement)
            for line in version.lines.all()
        ],
        _("inviti"): [
            f"{row.on.isoformat()}: {row.get_answer_display()} {row.note}".strip()
            for row in invitations_of(agreement)
        ],
        _("riesami"): [
            f"{row.done_on.isoformat()}: {row.get_held_display()} {row.notes}".strip()
            for row in reviews_of(agreement)
            if row.done_on
        ],
        _("mancato rispetto"): [f"{row.on.isoformat()}: {row.what}" for row in breaches_of(agreement)],
        _("come si è risposto"): [
            f"{row.on.isoformat()}: {row.get_grade_display()} {row.note}" for row in responses_of(agreement)
        ],
    }


def agreements_with(person_id: int) -> list[BehaviourAgreement]:
    rows = BehaviourAgreement.objects.filter(parties__person_id=person_id).distinct()
    return list(rows.select_related("case").order_by("id"))


def to_forget(today: dt.date) -> list[BehaviourAgreement]:
    """Ended for longer than the town keeps them, and still holding words about somebody; none while it has not decided."""
    if not settings.BEHAVIOUR_KEPT_MONTHS:
        return []
    until = clock.add_months(today, -settings.BEHAVIOUR_KEPT_MONTHS)
    rows = BehaviourAgreement.objects.ended().filter(ended_on__lte=until).exclude(why="")
    return list(rows.select_related("case").order_by("id"))
