"""A review as the town lives it: asked from the private page, presided over, decided, answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from vicinia.demo.stories import Act
from vicinia.domain.listening.models import Report
from vicinia.domain.network import queries as network
from vicinia.domain.reviews import actions
from vicinia.domain.reviews.models import Recommendation, Review
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def ask(*, by: Actor, report: Report, act: Act) -> Review:
    """The reporter asks."""
    return actions.ask(by=by, report=report, words=act.text)


def go_on(*, by: Actor, review: Review, act: Act, staff: Mapping[str, User]) -> Review | Recommendation:
    """One step of the chair, or of who names the chair."""
    match act.verb:
        case "review_chair":
            user = staff.get(act.who)
            chair = actions.Chair(user=user) if user else actions.Chair(name=act.who, office=act.text)
            return actions.acknowledge(by=by, review=review, chair=chair)
        case "review_settle":
            return actions.decide_threshold(by=by, review=review, is_met=True, reasons=act.text)
        case "review_meet":
            at = clock.now() + dt.timedelta(days=act.due_days)
            return actions.set_meeting(by=by, review=review, at=at, place=act.text)
        case "review_recommend":
            due_on = clock.today() + dt.timedelta(days=act.due_days)
            body = network.body_coded(act.body) if act.body else None
            new = actions.NewRecommendation(what=act.text, due_on=due_on, user=staff.get(act.who), body=body)
            return actions.recommend(by=by, review=review, new=new)
    return actions.decide(by=by, review=review, reasons=act.text)
