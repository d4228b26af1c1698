"""Keys, and rows of the laboratory, for the tests of the programs' door."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import Cast
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.elections import actions as elections
from vicinia.domain.elections.models import Draw, Poll
from vicinia.domain.elections.states import Basis
from vicinia.domain.helpdesk import actions as helpdesk
from vicinia.domain.helpdesk.models import HelpPoint
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.outreach.models import Event, Notice
from vicinia.domain.participation import actions as participation
from vicinia.domain.participation.models import Idea, Process
from vicinia.domain.participation.states import ProcessState
from vicinia.foundation.accounts.models import ApiKey
from vicinia.foundation.accounts.tokens import new_token, token_digest
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.clock import today

API = "/api/v1"


def a_key(*scopes: str, **fields: Any) -> dict[str, str]:
    """The header of a new key."""
    secret = new_token()
    values = {"name": "Cruscotto", "everywhere": True, "capabilities": list(scopes)} | fields
    ApiKey.objects.create(key_digest=token_digest(secret), **values)
    return {"Authorization": f"Api-Key {secret}"}


def a_notice(cast: Cast) -> Notice:
    """A notice for everybody that is still a draft, of Lucia's."""
    text = outreach.NewText("Manca l'acqua", "Dalle 9 alle 12.")
    new = outreach.NewNotice([text], outreach.Audience())
    return outreach.prepare_notice(by=cast.actor(cast.lucia), new=new)


def an_event(cast: Cast) -> Event:
    """An announced event of next week."""
    by = cast.actor(cast.lucia)
    plan = outreach.EventPlan(
        title="Festa di cortile",
        day=today() + dt.timedelta(days=7),
        from_time=dt.time(15),
        to_time=dt.time(18),
        place="Cortile",
    )
    return outreach.announce_event(by=by, event=outreach.request_event(by=by, new=plan))


def an_assembly(cast: Cast) -> Assembly:
    """An assembly that has been called, in three weeks."""
    by = cast.actor(cast.lucia)
    plan = assemblies.AssemblyPlan(
        title="Assemblea del cortile",
        day=today() + dt.timedelta(days=21),
        from_time=dt.time(18),
        to_time=dt.time(20),
        place="Sala civica",
        invitation="Parliamo del cortile.",
        entitled=20,
        entitled_words="un voto per alloggio",
    )
    row = assemblies.plan(by=by, kind=AssemblyKind.ASSEMBLY, new=plan)
    assemblies.add_point(by=by, assembly=row, new=assemblies.NewPoint("Le panchine"))
    return assemblies.call(by=by, assembly=row)


def a_process(cast: Cast) -> Process:
    """A process that is open."""
    by = cast.actor(cast.lucia)
    new = participation.ProcessPlan("Il nuovo cortile", "Decidiamo insieme.", "È vuoto.", [cast.crocetta])
    row = participation.plan_process(by=by, new=new)
    days = today(), today() + dt.timedelta(days=30)
    phase = participation.NewPhase("Raccolta", *days, "Le idee", "sul portale", takes_ideas=True)
    participation.add_phase(by=by, process=row, new=phase)
    return participation.enter_process(by=by, process=row, state=ProcessState.OPEN)


def a_proposal(cast: Cast, *, published: bool = True) -> Idea:
    """A resident's proposal."""
    new = participation.NewIdea("Panchine nel cortile", "Tre panchine all'ombra.", once="once")
    idea = participation.propose(by=Actor.visitor(), new=new).idea
    return participation.publish(by=cast.actor(cast.lucia), idea=idea) if published else idea


def a_help_point(cast: Cast) -> HelpPoint:
    """A help desk that is open every day from 9 to 11."""
    by = cast.actor(cast.lucia)
    details = helpdesk.PointDetails("Sportello sociale", "Via Roma 1", area=cast.crocetta)
    row = helpdesk.add_point(by=by, code="sportello", details=details)
    for weekday in range(7):
        hours = helpdesk.Hours(weekday, dt.time(9), dt.time(11), "both")
        helpdesk.add_hours(by=by, point=row, hours=hours)
    return row


def a_vote(cast: Cast, *, voters: int = 6) -> Poll:
    """A vote of so many names that is open."""
    by, now = cast.actor(cast.lucia), clock.now()
    hours = (now - dt.timedelta(hours=1), now + dt.timedelta(hours=1))
    new = elections.PollPlan("Il cortile", "Che cosa facciamo?", *hours, "Lotto", basis=Basis.LIST)
    row = elections.plan_poll(by=by, new=new)
    for label in ("Orto", "Panchine"):
        elections.add_option(by=by, poll=row, new=elections.NewOption(label))
    elections.list_voters(by=by, poll=row, names=[f"Ugo {n}" for n in range(voters)])
    return elections.call(by=by, poll=row)


def a_draw(cast: Cast) -> Draw:
    """A draw whose pool is published."""
    by = cast.actor(cast.lucia)
    new = elections.DrawPlan("Due per il tavolo", "Il cortile", 2, "Lotto", today() + dt.timedelta(days=1))
    row = elections.plan_draw(by=by, new=new)
    elections.fill_pool(by=by, draw=row, names=["Ugo Neri", "Ada Riva", "Pia Riva"])
    return elections.publish_draw(by=by, draw=row)
