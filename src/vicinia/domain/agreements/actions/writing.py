"""What an agreement says before it is signed: its days, who is in it, and its terms."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vicinia.domain.agreements import queries, rules
from vicinia.domain.agreements.actions import steps
from vicinia.domain.agreements.models import AgreementParty, BehaviourAgreement, Term, TermsVersion
from vicinia.domain.agreements.states import Part
from vicinia.domain.casework.models import CasePerson
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

DAYS, PEOPLE, TERMS = _("fatti e date"), _("persone"), _("patti")


@dataclass(frozen=True)
class Plan:
    """Which facts, from when to when, how many weeks between reviews."""

    why: str
    starts_on: dt.date
    ends_on: dt.date
    review_weeks: int


@dataclass(frozen=True)
class Line:
    """One term: of which kind, whose (None: of all who commit, or ours), in which words, by when if there is a day."""

    kind: str
    what: str
    party_id: int | None = None
    due_on: dt.date | None = None


@transaction.atomic
def plan(
    *, by: Actor, agreement: BehaviourAgreement, new: Plan, seen_version: int | None
) -> BehaviourAgreement:
    """Change facts and days while it is only proposed."""
    row, draft = _to_change(by, agreement)
    rules.may_run(new.starts_on, new.ends_on).require()
    row.require_version(seen_version, yours=new)
    for name, value in asdict(new).items():
        setattr(row, name, value)
    row.save()
    draft.ends_on = new.ends_on
    draft.save()
    steps.written(by, row, DAYS)
    steps.leave_open(by, row)
    return row


@transaction.atomic
def say_age(*, by: Actor, party: AgreementParty, born_on: dt.date | None) -> AgreementParty:
    """The date of birth of who is under age: it decides who signs. None: of age."""
    row, _draft = _to_change(by, party.agreement)
    rules.may_be_born(born_on, clock.today()).require()
    party.born_on = born_on.isoformat() if born_on else ""
    party.save()
    steps.written(by, row, PEOPLE)
    return party


@transaction.atomic
def add_guardian(*, by: Actor, child: AgreementParty, person: CasePerson) -> AgreementParty:
    """A parent or guardian, who is a person of the case too, signs for or with a child."""
    row, _draft = _to_change(by, child.agreement)
    party, _made = AgreementParty.objects.get_or_create(
        agreement=row, part=Part.GUARDIAN, person_id=person.person_id, guards=child
    )
    steps.written(by, row, PEOPLE)
    return party


@transaction.atomic
def add_body(*, by: Actor, agreement: BehaviourAgreement, body: PartnerBody, who: str) -> AgreementParty:
    """A body that helps and signs; `who` signs for it."""
    row, _draft = _to_change(by, agreement)
    party, _made = AgreementParty.objects.update_or_create(
        agreement=row, part=Part.BODY, body=body, defaults={"words": who}
    )
    steps.written(by, row, PEOPLE)
    return party


@transaction.atomic
def drop_party(*, by: Actor, party: AgreementParty) -> None:
    """Take somebody out before anybody signs; the parents of a child go with the child."""
    row, _draft = _to_change(by, party.agreement)
    committing = row.parties.filter(part=Part.COMMITS).count()
    rules.may_drop_party(party.part, committing=committing).require()
    party.delete()
    steps.written(by, row, PEOPLE)


@transaction.atomic
def add_term(*, by: Actor, agreement: BehaviourAgreement, line: Line) -> Term:
    """Write one term, with the words of who commits."""
    row, draft = _to_write(by, agreement)
    term = Term.objects.create(terms=draft, **_of(row, line))
    steps.written(by, row, TERMS)
    return term


@transaction.atomic
def correct_term(*, by: Actor, term: Term, line: Line, seen_version: int | None) -> Term:
    """Write it better, while nobody has signed it."""
    row, draft = _to_write(by, term.terms.agreement)
    found: Term = draft.lines.select_for_update().one(pk=term.pk)
    found.require_version(seen_version, yours=line)
    for name, value in _of(row, line).items():
        setattr(found, name, value)
    found.save()
    steps.written(by, row, TERMS)
    return found


@transaction.atomic
def drop_term(*, by: Actor, term: Term) -> None:
    """Take it out, while nobody has signed it."""
    row, draft = _to_write(by, term.terms.agreement)
    draft.lines.one(pk=term.pk).delete()
    steps.written(by, row, TERMS)


def _of(agreement: BehaviourAgreement, line: Line) -> dict[str, object]:
    """The columns of a term; a party of another agreement does not exist here (404)."""
    party = queries.party_in(agreement, line.party_id) if line.party_id else None
    return {"kind": line.kind, "what": line.what, "party": party, "due_on": line.due_on}


def _to_change(by: Actor, agreement: BehaviourAgreement) -> tuple[BehaviourAgreement, TermsVersion]:
    """The locked agreement with its first terms, whose days and people may still change."""
    row = steps.locked(agreement)
    draft = queries.draft_of(row)
    rules.may_change(by, row, queries.facts_of(draft)).require()
    assert draft is not None, "may_change refuses an agreement without unsigned terms"
    return row, draft


def _to_write(by: Actor, agreement: BehaviourAgreement) -> tuple[BehaviourAgreement, TermsVersion]:
    """The locked agreement with the terms that may still be written."""
    row = steps.locked(agreement)
    draft = queries.draft_of(row)
    rules.may_write(by, row, queries.facts_of(draft)).require()
    assert draft is not None, "may_write refuses an agreement without unsigned terms"
    return row, draft
