"""What the town's unit writes on paper: the goal of a case, letters to people and bodies, and what came of them."""

from __future__ import annotations

import datetime as dt

from vicinia.demo.stories import Act, Part
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case, CasePerson
from vicinia.domain.letters import actions, queries
from vicinia.domain.letters.actions import LetterWords
from vicinia.domain.letters.models import Letter
from vicinia.domain.letters.states import Fact
from vicinia.domain.network import queries as network
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def aim(*, by: Actor, case: Case, act: Act) -> None:
    """Write what is wanted, to be looked at again after some days."""
    review_on = clock.today() + dt.timedelta(days=act.due_days)
    casework.write_plan(by=by, case=case, goal=act.text, review_on=review_on)


def draft(*, by: Actor, case: Case, act: Act, part: Part | None) -> Letter:
    """Begin a letter: to a body if the act names one, which learns the problem and the place, else to the person."""
    in_days = clock.today() + dt.timedelta(days=act.due_days) if act.due_days else None
    words = {"text": act.text, "subject": act.title}
    if act.kind == "invitation" and in_days is not None:
        words |= {"meet_on": in_days.isoformat(), "meet_at": "17:30", "place": act.title}
    new = LetterWords(words=words, answer_by=in_days, facts=(Fact.KIND.value, Fact.PLACE.value))
    body = network.body_named(act.body) if act.body else None
    to = _addressee(case, part) if part else None
    return actions.draft(by=by, case=case, kind=act.kind, new=new, to=to, body=body)


def _addressee(case: Case, part: Part) -> CasePerson:
    """Who has this part in the case; those whom somebody has met are called by its label."""
    rows = queries.addressees(case).filter(role=part.role)
    found = rows.filter(label=part.label).first() or rows.first()
    assert found is not None, f"nobody is {part.code} in {case}"
    return found


def send(*, by: Actor, letter: Letter, act: Act) -> Letter:
    """Sign a letter, and say how it left unless it is still on the desk."""
    letter = actions.issue(by=by, letter=letter)
    return actions.deliver(by=by, letter=letter, state=act.kind) if act.kind else letter
