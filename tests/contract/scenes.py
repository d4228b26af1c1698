"""Keys, and rows of the laboratory, for the tests of the programs' door."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest import mock

from tests.cast import Cast
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.commons.actions import pacts as pact_actions
from vicinia.domain.commons.actions import spaces as space_actions
from vicinia.domain.commons.models import Pact, Space
from vicinia.domain.commons.states import PactLevel
from vicinia.domain.elections import actions as elections
from vicinia.domain.elections.models import Draw, Poll
from vicinia.domain.elections.states import Basis
from vicinia.domain.helpdesk import actions as helpdesk
from vicinia.domain.helpdesk.models import HelpPoint
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import actions as mobility
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.jobs import computing
from vicinia.domain.mobility.models import MobilityPlan, Relocation
from vicinia.domain.mobility.tests import factories as mobility_factories
from vicinia.domain.mobility.tests import solvers
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.outreach.models import Event, Notice
from vicinia.domain.participation import actions as participation
from vicinia.domain.participation.models import Idea, Process
from vicinia.domain.participation.states import ProcessState
from vicinia.domain.programme import actions as programme
from vicinia.domain.programme.models import Programme
from vicinia.domain.programme.states import ActivityKind, AxisKind, ProgrammeState
from vicinia.domain.territory.models import Building
from vicinia.domain.worksites import actions as worksites
from vicinia.domain.worksites.models import Worksite
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


def a_worksite(cast: Cast) -> Worksite:
    """A worksite with a lot that has a phase, and a water cut in a month."""
    by, day = cast.actor(cast.lucia), today()
    plan = worksites.WorksitePlan("Tetti", "Si rifanno i tetti.", "Ufficio, 059 1", cast.crocetta)
    row = worksites.plan_worksite(by=by, new=plan)
    house = Building.objects.create(
        code="roma1", name="Via Roma 1", area=cast.crocetta, lat=44.805, lon=10.605
    )
    days = day, day + dt.timedelta(days=60)
    lot = worksites.add_lot(by=by, worksite=row, new=worksites.LotPlan("Lotto 1", *days, buildings=[house]))
    worksites.add_phase(by=by, lot=lot, new=worksites.NewPhase("Ponteggi", *days))
    cut = dict.fromkeys(("from_day", "to_day"), day + dt.timedelta(days=30))
    hours = {"from_time": dt.time(8), "to_time": dt.time(13)}
    new = worksites.NewDisruption(kind="water", buildings=[house], **cut, **hours)
    worksites.plan_disruption(by=by, lot=lot, new=new)
    return row


def a_relocation(cast: Cast) -> Relocation:
    """A court in which two households must move in two months, and the plan that was published for them."""
    category, _made = Category.objects.get_or_create(code="mobilita", defaults={"name": "Mobilità"})
    doors = mobility_factories.court("C", doors=6, area=cast.crocetta)
    row = mobility_factories.a_relocation(category, *doors)
    site = a_worksite(cast)
    row.worksites.add(site)
    first = clock.add_months(today(), 2)
    for door in doors[:2]:
        days = first, first + dt.timedelta(days=60)
        mobility_factories.works(site.lots.get(), door, *days)
        mobility_factories.a_household(row, door, claims_return=True)
    mobility.publish_plan(by=cast.actor(cast.lucia), plan=a_plan(cast, row))
    return row


def a_plan(cast: Cast, row: Relocation) -> MobilityPlan:
    """A proposal for a relocation, computed by a plain solver."""
    asked = mobility.ask_plan(by=cast.actor(cast.lucia), relocation=row, new=mobility.NewPlan())
    with mock.patch.object(solving, "solve", solvers.plain):
        found = computing.carry_out(asked, every=60)
    assert found is not None
    return found


def a_space(cast: Cast) -> Space:
    """A room that is open every day from 9 to 12."""
    by = cast.actor(cast.lucia)
    card = space_actions.SpaceCard("Sala comune", "Corte B", 20, "Si lascia pulito.")
    row = space_actions.open_space(by=by, new=card)
    for weekday in range(7):
        hours = {"from_time": dt.time(9), "to_time": dt.time(12)}
        space_actions.add_hours(by=by, space=row, weekday=weekday, **hours)
    return row


def a_pact(cast: Cast, *, published: bool = True) -> Pact:
    """A resident's proposal of a pact."""
    draft = pact_actions.PactDraft("Il giardino di via Po", "Curarlo insieme.", PactLevel.CONTINUOUS)
    party = pact_actions.NewParty("Maria Bassi")
    row = pact_actions.propose_pact(by=Actor.visitor(), new=draft, party=party, once="patto")
    return pact_actions.publish_pact(by=cast.actor(cast.lucia), pact=row) if published else row


def a_programme(cast: Cast) -> Programme:
    """A programme that has begun, with one sheet on which somebody has worked."""
    by, start, ends = (
        cast.actor(cast.lucia),
        today() - dt.timedelta(days=30),
        today() + dt.timedelta(days=300),
    )
    row = programme.plan_programme(by=by, new=programme.ProgrammePlan("Abitare", "Regione", start, ends))
    axis = programme.add_axis(by=by, programme=row, kind=AxisKind.SOCIAL, title="Azioni sociali")
    new = programme.SheetPlan("Sportello sociale", start, ends, headings={"aims": "Ascoltare tutti."})
    sheet = programme.add_sheet(by=by, programme=row, axis=axis, new=new)
    row = programme.enter_programme(by=cast.actor(cast.carla), programme=row, state=ProgrammeState.ACTIVE)
    sheet.refresh_from_db()
    done = programme.Done(sheet, today(), ActivityKind.DESK, "Sportello del giovedì", people=4)
    programme.log_activity(by=by, new=done, once="once")
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
