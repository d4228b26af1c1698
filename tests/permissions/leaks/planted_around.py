"""The rest of the town: meetings, mediations, rounds and key contacts, files that come in, people at the desk."""

from __future__ import annotations

import datetime as dt

from tests.permissions.leaks.planted_alerts import plant_alerts
from tests.permissions.leaks.planted_commons import plant_commons
from tests.permissions.leaks.planted_helpdesk import plant_helpdesk
from tests.permissions.leaks.planted_mobility import plant_mobility
from tests.permissions.leaks.planted_programme import plant_programme
from tests.permissions.leaks.planted_telling import plant_telling
from tests.permissions.leaks.planted_together import plant_together
from tests.permissions.leaks.planted_votes import plant_votes
from tests.permissions.leaks.planted_worksites import plant_worksites
from tests.permissions.leaks.planted_writing import plant_agreements, plant_plan_and_letters, plant_texts
from tests.permissions.leaks.town import (
    REGIMES,
    SOON,
    Corner,
    Town,
    again,
    corner,
    gather,
    plant_case,
    plant_closed_case,
    plant_referrals,
    plant_reports,
    plant_review,
    plant_thinking,
)
from vicinia.domain.casework.models import Case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.importing import Refusal, Tally
from vicinia.domain.listening.tests.factories import new_report
from vicinia.domain.mediation import actions as mediation
from vicinia.domain.mediation import queries as mediations
from vicinia.domain.mediation.models import MediationFile
from vicinia.domain.mediation.rules import WhoItIs
from vicinia.domain.mediation.states import QUESTIONS
from vicinia.domain.meetings import actions as meetings
from vicinia.domain.people import actions as people
from vicinia.domain.presence import actions as presence
from vicinia.domain.presence.models import Round
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts.models import Team, User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.foundation.notifications.states import Failure

BROWSER = "a-token-of-a-browser"
FITTING = {question.code: question.fits.value for question in QUESTIONS}


def plant_mediation(here: Corner, case: Case) -> MediationFile:
    """A mediation that is being checked: everything that is said to the mediator."""
    w, today, marco = here.w, clock.today(), here.town.by("marco")
    first = WhoItIs(case.case_people.order_by("id").values_list("person_id", flat=True).first())
    new = mediation.NewMediation(
        mediator=here.town.cast.marco, asked=w("walled"), first=first, second=WhoItIs(words=w("walled"))
    )
    file = mediation.ask(by=here.by, case=case, new=new)
    mediation.accept(by=marco, file=file)
    for party in file.parties.all():
        noted = mediation.Noted(today, w("walled"), w("walled"), w("walled"))
        mediation.write_meeting(by=marco, file=file, party=party, noted=noted)
        answers = FITTING | {"planted": w("unread")}
        mediation.answer_questions(by=marco, file=file, party=party, answers=answers)
    mediation.bring_together(by=marco, file=file)
    noted = mediation.Noted(today, w("walled"), w("walled"), w("walled"))
    mediation.write_meeting(by=marco, file=file, party=None, noted=noted)
    mediation.add_term(by=marco, file=file, pact=mediation.Pact("b", w("walled"), w("walled")))
    mediation.agree(by=marco, file=file)
    mediation.sign(by=marco, file=file, signed_on=today, place=w("walled"))
    mediation.check(by=marco, check=mediations.checks_of(marco, file)[0], kept="yes", notes=w("walled"))
    return again(file)


def plant_meetings(here: Corner, case: Case) -> None:
    """A meeting from its call to an extract, about a case; and one that is called off. Of a police case, the unit talks alone."""
    w, by, town, day = here.w, here.by, here.town, clock.today()
    hours = (dt.time(10), dt.time(11))
    off = meetings.plan(by=by, new=meetings.MeetingPlan(w("meeting"), day, *hours, w("meeting"), [here.area]))
    meetings.cancel(by=by, meeting=off, reason=w("meeting"))
    meeting = meetings.plan(
        by=by, new=meetings.MeetingPlan(w("meeting"), day, *hours, w("meeting"), [here.area])
    )
    bodies = [] if here.regime == "police" else [town.bodies["casa"], town.bodies["parrocchia"]]
    if bodies:
        meetings.invite(by=by, meeting=meeting, guests=meetings.NewGuests(bodies=bodies))
        meetings.invite(by=by, meeting=meeting, guests=meetings.NewGuests(words=w("meeting")))
    agenda = [meetings.NewItem(case=case, to_decide=w("item")), meetings.NewItem(subject=w("meeting"))]
    meetings.add_items(by=by, meeting=meeting, new=agenda)
    meetings.send_invitations(by=by, meeting=meeting)
    meeting = meetings.hold(by=by, meeting=again(meeting))
    for item in meeting.items.all():
        part = "item" if item.case else "meeting"
        minutes = meetings.ItemMinutes(said=w(part), decisions=[w(part)])
        meetings.write_item(by=by, item=item, minutes=minutes, seen_version=None)
        promised = meetings.NewAction(
            what=w("told" if item.case else part), due_on=day + SOON, user=town.cast.carla
        )
        meetings.add_action(by=by, item=again(item), new=promised)
    marks = {one.pk: "yes" for one in meeting.invited.all()}
    meetings.mark_attendance(by=by, meeting=again(meeting), marks=marks, seen_version=None)
    meeting = meetings.close_minutes(by=by, meeting=again(meeting), seen_version=None)
    meetings.add_note(by=by, meeting=meeting, text=w("meeting"))
    if bodies:
        items = [item for item in meeting.items.all() if item.case_id == case.pk]
        extract = meetings.NewExtract(bodies[0], items, with_said=True)
        meetings.give_extract(by=by, meeting=meeting, new=extract)


def plant_presence(here: Corner, case: Case) -> Round:
    """A key contact that was heard and one that has stopped; a round that is over and one that was called off."""
    w, by, town, today = here.w, here.by, here.town, clock.today()
    cards = [
        presence.ContactCard(
            kind="bar",
            body_name=w("presence"),
            person=here.someone("witness"),
            reach_words=w("presence"),
            location=here.where("presence"),
        )
        for _turn in range(2)
    ]
    contact = presence.add_contact(by=by, card=cards[0])
    presence.log_talk(by=by, contact=contact, new=presence.NewTalk(how="call", words=w("presence")))
    presence.retire_contact(by=by, contact=presence.add_contact(by=by, card=cards[1]), reason=w("presence"))
    maker = town.cast.bruno if here.regime == "far" else town.cast.anna
    plan = presence.RoundPlan(today, dt.time(9), dt.time(11), [here.area], [maker])
    off = presence.plan_round(by=by, plan=plan)
    presence.cancel_round(by=by, round_=off, reason=w("presence"))
    row = presence.plan_round(by=by, plan=plan)
    stops = [presence.NewStop(look_at=w("presence"), location=here.where("presence"))]
    stops += [presence.NewStop("case", w("stop"), case)]
    presence.change_stops(by=by, round_=row, keep=[], add=stops, seen_version=None)
    row = presence.start_round(by=by, round_=again(row))
    for stop in row.stops.all():
        part = "stop" if stop.case else "presence"
        seen = presence.NewObservation("decay", words=w(part), stop=stop, files=[here.photo(f"{part} file")])
        presence.observe(by=by, round_=row, new=seen)
    elsewhere = presence.NewObservation(
        "decay", words=w("presence"), location=here.where("presence"), files=[here.photo("presence file")]
    )
    presence.observe(by=by, round_=row, new=elsewhere)
    return presence.finish_round(by=by, round_=again(row), notes=w("presence"))


def plant_households(here: Corner) -> None:
    """A household whose person is known, which has lived behind both doors of the house."""
    by = here.by
    first, second = Dwelling.objects.filter(building__code=f"casa-{here.regime}").order_by("pk")
    household = people.make_household(by=by, dwelling=first, stated=people.Stated(("ar",), 4))
    people.add_newcomer(by=by, household=household, details=here.someone("tenant"), relation="reference")
    people.move_in(by=by, household=household, dwelling=second)


def plant_imports(town: Town) -> None:
    """A file of another office, with a row that was refused."""
    w, carla = town.word, town.by("carla")
    batch = listening.begin_import(
        by=carla, source=w("imports"), file_name=w("imports"), file_digest="0" * 64
    )
    refused = [Refusal(line=2, reason=w("imports"), text=w("imports"))]
    listening.end_import(by=carla, batch=batch, tally=Tally(read=1, refused=refused))


def plant_browsers(town: Town) -> None:
    """What somebody has begun to write on the portal in a browser of theirs, and what another thinks of the form."""
    answers = {"title": town.word("draft"), "description": town.word("draft"), "name": town.word("draft")}
    visitor = Actor.visitor()
    listening.keep_draft(by=visitor, token=BROWSER, answers=answers, files=[town.photo("draft")])
    listening.keep_draft(by=visitor, token="another-browser", answers=answers)
    new = new_report(title=town.word("own report"), location=corner(town, "own").where(), reporter=None)
    listening.send_draft(by=visitor, token="another-browser", new=new)
    listening.rate_form(by=visitor, token="another-browser", stars=2, liked="", words=town.word("ratings"))


def plant_desk(town: Town) -> None:
    """A colleague with an own telephone, a key of another program, messages that did not arrive."""
    user = User(
        email=town.canaries.email("users"),
        name=f"Zoe {town.word('colleagues')}",
        role=Role.OPERATOR,
        phone=town.canaries.phone("users"),
    )
    user.set_unusable_password()
    user.save()
    user.teams.add(Team.objects.create(name=town.word("colleagues"), area_ids=[]))
    details = accounts.KeyDetails(name=town.word("users"), scopes=("see_statistics",), everywhere=True)
    accounts.make_key(by=town.by("ada"), details=details)
    outbox = Actor.job("outbox")
    waiting = list(OutboxMessage.objects.filter(about=f"report:{town.reports['own waiting'].reference}"))
    for message in notifications.claim_due(by=outbox, limit=500):
        if message in waiting:
            notifications.settle_failed(by=outbox, message=message, failure=Failure.BAD_ADDRESS)
    dead = OutboxMessage.objects.dead().order_by("id").first()
    assert dead is not None
    notifications.drop(by=town.by("carla"), message=dead, reason=town.word("deliveries"))


def plant() -> Town:
    """The whole town."""
    town = gather()
    for regime in REGIMES:
        here = corner(town, regime)
        plant_reports(here)
        case = plant_case(here)
        plant_closed_case(here)
        plant_thinking(here, case)
        plant_referrals(here, case)
        plant_review(here)
        if regime != "police":
            plant_mediation(here, case)
        plant_meetings(here, case)
        plant_presence(here, case)
        plant_households(here)
        plant_plan_and_letters(here, case)
        plant_agreements(here, case)
    plant_telling(town)
    plant_commons(town)
    plant_together(town)
    plant_votes(town)
    plant_helpdesk(town)
    plant_worksites(town)
    plant_programme(town)
    plant_mobility(town)
    plant_alerts(town)
    plant_texts(town)
    plant_imports(town)
    plant_browsers(town)
    plant_desk(town)
    return town
