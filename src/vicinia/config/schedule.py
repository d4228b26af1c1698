"""What runs when. The outbox is not here: every worker empties it all the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from vicinia.domain.agreements import jobs as agreements
from vicinia.domain.casework import jobs as casework
from vicinia.domain.commons import jobs as commons
from vicinia.domain.elections import jobs as elections
from vicinia.domain.foresight import jobs as foresight
from vicinia.domain.listening import jobs as listening
from vicinia.domain.mediation import jobs as mediation
from vicinia.domain.mobility import jobs as mobility
from vicinia.domain.outreach import jobs as outreach
from vicinia.domain.problems import jobs as problems
from vicinia.domain.referrals import jobs as referrals
from vicinia.domain.reviews import jobs as reviews
from vicinia.domain.risk import jobs as risk
from vicinia.domain.worksites import jobs as worksites
from vicinia.foundation.attachments import jobs as attachments
from vicinia.foundation.journal import jobs as journal
from vicinia.foundation.notifications import jobs as notifications


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A job and its rhythm. It must be safe to run twice. After `lease` a run that has not ended is held for dead."""

    name: str
    every: dt.timedelta
    run: Callable[[], object]
    lease: dt.timedelta = dt.timedelta(hours=1)


SCHEDULE = (
    Scheduled("journal.seal", dt.timedelta(minutes=1), journal.seal),
    Scheduled("attachments.sweep", dt.timedelta(days=1), attachments.sweep),
    Scheduled("agreements.go_on", dt.timedelta(hours=6), agreements.go_on),
    Scheduled("agreements.remind", dt.timedelta(hours=6), agreements.remind),
    Scheduled("casework.propose_reopening", dt.timedelta(hours=6), casework.propose_reopening),
    Scheduled("commons.go_on", dt.timedelta(hours=6), commons.go_on),
    Scheduled("elections.close", dt.timedelta(minutes=1), elections.close),
    Scheduled("elections.forget", dt.timedelta(days=1), elections.forget),
    Scheduled("foresight.watch", dt.timedelta(minutes=1), foresight.watch),
    Scheduled("listening.count_words", dt.timedelta(hours=1), listening.count_words),
    Scheduled("listening.forget_drafts", dt.timedelta(hours=6), listening.forget_drafts),
    Scheduled("mediation.remind", dt.timedelta(hours=6), mediation.remind),
    Scheduled("mobility.compute", dt.timedelta(minutes=1), mobility.compute),
    Scheduled("mobility.chase", dt.timedelta(hours=1), mobility.chase),
    Scheduled("outreach.send", dt.timedelta(minutes=1), outreach.send),
    Scheduled("outreach.forget", dt.timedelta(hours=6), outreach.forget),
    Scheduled("problems.look_again", dt.timedelta(days=1), problems.look_again),
    Scheduled("referrals.expire", dt.timedelta(hours=6), referrals.expire),
    Scheduled("reviews.tell_rights", dt.timedelta(days=1), reviews.tell_rights),
    Scheduled("risk.ask_again", dt.timedelta(hours=6), risk.ask_again),
    Scheduled("worksites.chase", dt.timedelta(hours=1), worksites.chase),
    Scheduled("notifications.tidy", dt.timedelta(days=1), notifications.tidy),
)
