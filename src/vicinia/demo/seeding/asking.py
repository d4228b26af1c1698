"""What the town's unit asks of the bodies of the network."""

from __future__ import annotations

import datetime as dt

from vicinia.demo.stories import Act
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import CaseKind
from vicinia.domain.network import queries as network
from vicinia.domain.network.states import DataCategory, LawfulBasis
from vicinia.domain.referrals import actions, queries
from vicinia.domain.referrals.models import Referral
from vicinia.domain.referrals.states import ReferralKind
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def ask(*, by: Actor, case: Case, act: Act) -> Referral:
    """Ask a body to do something; it sees the problem and the place, no person."""
    share = [thing for thing in queries.shareable(case) if thing.category == DataCategory.PROBLEM]
    new = actions.NewReferral(
        body=network.body_named(act.body),
        kind=ReferralKind.REFERRAL,
        asked=act.text,
        basis=LawfulBasis.PUBLIC_TASK,
        basis_note="È il loro compito, e non servono dati di persone.",
        answer_by=clock.today() + dt.timedelta(days=act.due_days),
        share=share,
        told_to_reporter=case.kind == CaseKind.PLACE,
    )
    return actions.send(by=by, case=case, new=new)
