"""What the unit agrees with somebody whose behaviour a case is about, step by step, by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from vicinia.demo.stories import Act
from vicinia.domain.agreements import actions, queries
from vicinia.domain.agreements.models import AgreementParty, BehaviourAgreement
from vicinia.domain.agreements.states import Answer, Grade, Held, Part, TermKind, Way
from vicinia.domain.casework.models import Case
from vicinia.domain.people.models import Person
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def propose(*, by: Actor, case: Case, person: Person, act: Act) -> BehaviourAgreement:
    """Propose it to a person of the case, for `due_days` from the day of the act."""
    today = clock.today()
    new = actions.NewAgreement(
        people=[person.pk],
        why=act.text,
        starts_on=today,
        ends_on=today + dt.timedelta(days=act.due_days),
        review_weeks=4,
        invited=_invited(Way.IN_PERSON),
    )
    return actions.propose(by=by, case=case, new=new)


def go_on(*, by: Actor, agreement: BehaviourAgreement, act: Act, person: Person | None) -> None:
    """One step of an agreement: `kind` says which, `title` how it goes, `person` who is their parent."""
    STEPS[act.kind](by, agreement, act, person)


def _invited(way: Way) -> actions.Invited:
    return actions.Invited(clock.today(), way, clock.today() + dt.timedelta(days=10))


def _who_commits(agreement: BehaviourAgreement) -> AgreementParty:
    return next(party for party in queries.parties_of(agreement) if party.part == Part.COMMITS)


def _parent(by: Actor, agreement: BehaviourAgreement, act: Act, person: Person | None) -> None:
    """`due_days` is the age in years."""
    child = _who_commits(agreement)
    actions.say_age(by=by, party=child, born_on=clock.add_months(clock.today(), -12 * act.due_days))
    in_case = next(row for row, _label in queries.possible_people(agreement.case) if row.person == person)
    actions.add_guardian(by=by, child=child, person=in_case)


def _term(by: Actor, agreement: BehaviourAgreement, act: Act, _person: Person | None) -> None:
    due_on = clock.today() + dt.timedelta(days=act.due_days) if act.due_days else None
    actions.add_term(
        by=by, agreement=agreement, line=actions.Line(TermKind(act.title), act.text, due_on=due_on)
    )


def _sign(by: Actor, agreement: BehaviourAgreement, _act: Act, _person: Person | None) -> None:
    parties = [party.pk for party in queries.parties_of(agreement)]
    actions.sign(by=by, agreement=agreement, parties=parties, signed_on=clock.today())


def _review(by: Actor, agreement: BehaviourAgreement, act: Act, _person: Person | None) -> None:
    review = queries.next_review(agreement)
    assert review is not None
    actions.make_review(by=by, review=review, held=Held(act.title), notes=act.text)


def _breach(by: Actor, agreement: BehaviourAgreement, act: Act, _person: Person | None) -> None:
    actions.note_breach(by=by, agreement=agreement, on=clock.today(), what=act.text)


STEPS: dict[str, Callable[[Actor, BehaviourAgreement, Act, Person | None], object]] = {
    "answer": lambda by, agreement, act, person: actions.answer_invitation(
        by=by, agreement=agreement, answer=Answer(act.title), note=act.text
    ),
    "invite": lambda by, agreement, act, person: actions.invite_again(
        by=by, agreement=agreement, invited=_invited(Way.LETTER)
    ),
    "refuse": lambda by, agreement, act, person: actions.refuse(by=by, agreement=agreement, note=act.text),
    "parent": _parent,
    "term": _term,
    "sign": _sign,
    "review": _review,
    "breach": _breach,
    "talk": lambda by, agreement, act, person: actions.respond(
        by=by, agreement=agreement, answered=actions.Answered(Grade.TALK, act.text)
    ),
    "complete": lambda by, agreement, act, person: actions.complete(
        by=by, agreement=agreement, held=Held(act.title), note=act.text
    ),
}
