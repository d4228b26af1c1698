"""What the town's mediator does with two neighbours, step by step, by the real actions."""

from __future__ import annotations

from collections.abc import Callable

from vicinia.demo.stories import Act
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import PersonRole
from vicinia.domain.mediation import actions, queries
from vicinia.domain.mediation.models import MediationFile, Party
from vicinia.domain.mediation.rules import WhoItIs
from vicinia.domain.mediation.states import QUESTIONS, Kept, TermBy, Unsuitable, WayOut
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def ask_to_mediate(*, by: Actor, case: Case, mediator: User, act: Act) -> MediationFile:
    """Ask for a mediation between who has reported and the other party of the case."""
    rows = list(case.case_people.order_by("id"))
    first = next(row.person_id for row in rows if row.role == PersonRole.REPORTER)
    second = next((row.person_id for row in rows if row.role == PersonRole.NEIGHBOUR), None)
    parties = {"first": WhoItIs(first), "second": WhoItIs(second, "" if second else act.who)}
    return actions.ask(
        by=by, case=case, new=actions.NewMediation(mediator=mediator, asked=act.text, **parties)
    )


def mediate(*, by: Actor, file: MediationFile, act: Act) -> None:
    """One step of a mediation: `kind` says which."""
    STEPS[act.kind](by, file, act)


def _talk(by: Actor, file: MediationFile, act: Act) -> None:
    party = queries.party_of(file, act.who)
    _write(by, file, act, party)
    answers = {question.code: question.fits.value for question in QUESTIONS}
    actions.answer_questions(by=by, file=file, party=party, answers=answers)


def _write(by: Actor, file: MediationFile, act: Act, party: Party | None = None) -> None:
    noted = actions.Noted(on=clock.today(), place=act.title, notes=act.text)
    actions.write_meeting(by=by, file=file, party=party, noted=noted)


def _term(by: Actor, file: MediationFile, act: Act) -> None:
    actions.add_term(by=by, file=file, pact=actions.Pact(TermBy(act.who), act.text, act.title))


def _check(by: Actor, file: MediationFile, act: Act) -> None:
    due = next(row for row in queries.checks_of(by, file) if row.done_on is None)
    actions.check(by=by, check=due, kept=Kept.YES, notes=act.text)


def _unsuitable(by: Actor, file: MediationFile, act: Act) -> None:
    actions.find_unsuitable(by=by, file=file, because=Unsuitable.IMBALANCE, way_out=WayOut.APART)


STEPS: dict[str, Callable[[Actor, MediationFile, Act], object]] = {
    "accept": lambda by, file, act: actions.accept(by=by, file=file),
    "talk": _talk,
    "together": lambda by, file, act: actions.bring_together(by=by, file=file),
    "session": _write,
    "term": _term,
    "agree": lambda by, file, act: actions.agree(by=by, file=file),
    "sign": lambda by, file, act: actions.sign(by=by, file=file, signed_on=clock.today(), place=act.title),
    "check": _check,
    "unsuitable": _unsuitable,
    "read": lambda by, file, act: actions.read_end(by=by, file=file),
}
