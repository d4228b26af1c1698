"""The town of the leak test: a row of every subject in each quarter and regime, with a word of its own in every column.

Everything is made through the actions, so that what an act copies elsewhere (journal, search, messages, matters) is there too.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from PIL import Image

from tests.cast import Cast, gather_cast
from tests.permissions.leaks.canaries import Canaries
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import close_case, open_on
from vicinia.domain.enforcement import actions as enforcement
from vicinia.domain.enforcement.models import ActKind
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.tests.factories import kind, police_kind, received_in
from vicinia.domain.network import actions as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.outcomes import actions as outcomes
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.problems import actions as problems
from vicinia.domain.problems.states import QUESTIONS as SARA
from vicinia.domain.referrals import actions as referrals
from vicinia.domain.referrals import queries as referral_queries
from vicinia.domain.referrals.models import Referral
from vicinia.domain.reviews import actions as reviews
from vicinia.domain.risk import actions as risk
from vicinia.domain.risk.default import default_questions
from vicinia.domain.territory import actions as territory
from vicinia.domain.territory.incoming import BuildingDetails, DwellingDetails, StairDetails
from vicinia.domain.territory.models import Area, Place
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.attachments.tests.factories import encoded, phone_exif, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Counter

REGIMES = ("own", "far", "police")
SOON = dt.timedelta(days=5)


@dataclass
class Town:
    """Who lives and works here, what was planted, and the rows that a door may be asked for."""

    cast: Cast
    sara: User  # another mediator
    petra: User  # who answers for another body
    canaries: Canaries = field(default_factory=Canaries)
    bodies: dict[str, PartnerBody] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    closed: dict[str, Case] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)  # of private links, by report
    pictures: Any = field(default_factory=lambda: count(1))

    def word(self, compartment: str) -> str:
        return self.canaries.word(compartment)

    def by(self, who: str) -> Actor:
        user: User = getattr(self, who, None) or getattr(self.cast, who)
        return user.as_actor()

    def numbers_in(self, text: str) -> set[str]:
        """The numbers of households that move which a text holds, also as a plan writes them or with points."""
        return set(re.findall(r"(?<![0-9a-gi-z])9\.?870\.?0\d\d(?!\d)", text))

    def photo(self, compartment: str) -> Any:
        """A photo unlike every other, with a place and a name in its EXIF, under a name of its own."""
        image = Image.new("RGB", (120 + next(self.pictures), 90), "red")
        return upload(encoded(image, "JPEG", exif=phone_exif()), name=f"{self.word(compartment)}.jpg")


def gather(cast: Cast | None = None) -> Town:
    """The staff, the bodies of the network and the kinds of problem: what everybody at a desk may know."""
    cast = cast or gather_cast()
    town = Town(cast, _user("Sara Bini", Role.MEDIATOR), _user("Petra Rossi", Role.PARTNER))
    _bodies(town)
    # A search for a number forgives zeros: those of cases begin where those of reports do not reach.
    Counter.next(f"case:{clock.today().year}", count=700)
    kind("rumore", is_public=True, first_contact_days=3)
    police_kind()
    _houses(town)
    Place.objects.create(
        code="piazza",
        kind="piazza",
        name=town.word("places"),
        aliases=[town.word("places")],
        lat=44.805,
        lon=10.605,
    )
    return town


def _user(name: str, role: Role) -> User:
    user = User(email=f"{name.split()[0].lower()}@prova.example", name=name, role=role)
    user.set_unusable_password()
    user.save()
    return user


def _houses(town: Town) -> None:
    """A house in each corner: walls and doors, which say nothing of who lives behind them."""
    by = town.by("carla")
    for regime in REGIMES:
        area = corner(town, regime).area
        at = Location(
            lat=area.south + 0.004,
            lon=area.west + 0.004,
            address=f"via {town.word('houses')} 3",
            place_words=town.word("houses"),
            area_id=area.pk,
        )
        details = BuildingDetails(name=town.word("houses"), manager=town.word("houses"), built_year=1960)
        house = territory.add_building(by=by, details=details, location=at, code=f"casa-{regime}")
        stair = territory.add_stair(by=by, building=house, details=StairDetails(town.word("houses")))
        doors = [town.word("houses") for _door in range(2)]
        territory.add_dwellings(by=by, stair=stair, doors=doors, details=DwellingDetails("", floor=1))


def _bodies(town: Town) -> None:
    """A body with Paolo's account, one with Petra's, and one that answers by a link."""
    w, by = town.word, town.by("carla")
    for code, user in (
        ("casa", town.cast.paolo),
        ("scuola", town.petra),
        ("parrocchia", None),
        ("comando", None),
    ):
        body_part = f"body {code}"
        card = network.BodyCard(
            code=code,
            name=f"Ente {w(body_part)}",
            email=f"{code}@ente.example",
            phone=town.canaries.phone(body_part),
            hours=w(body_part),
            competences=w(body_part),
            is_internal=code == "comando",
        )
        body = town.bodies[code] = network.write_body(by=by, card=card)
        card = network.PersonCard(
            name=f"Persona {w('people of bodies')}",
            role=w("people of bodies"),
            phone=town.canaries.phone("people of bodies"),
            email=town.canaries.email("people of bodies"),
            user=user,
        )
        network.write_person(by=by, body=body, card=card)
        agreement = network.AgreementCard(
            title=w("agreements"), signed_on=clock.today(), lawful_basis="public_task", data_categories=["problem"],
            protocol=w("agreements"),
        )  # fmt: skip
        signed = network.sign_agreement(by=by, body=body, card=agreement)
        network.end_agreement(by=by, agreement=signed, reason=w("agreements"))


@dataclass
class Corner:
    """One quarter under one regime, as the planting goes through it."""

    town: Town
    regime: str
    by: Actor
    area: Area
    category: Category

    def w(self, part: str) -> str:
        return self.town.word(f"{self.regime} {part}")

    def someone(self, part: str = "person") -> PersonDetails:
        """A new person of this corner, with every detail."""
        name, canaries = f"{self.regime} {part}", self.town.canaries
        return PersonDetails(
            name=f"{self.w(part).capitalize()} {self.w(part).capitalize()}",
            phone=canaries.phone(name),
            email=canaries.email(name),
            address=f"via {self.w(part)} 1",
            needs=self.w(part),
        )

    def where(self, part: str = "place", street: str = "") -> Location:
        return Location(
            lat=self.area.south + 0.005,
            lon=self.area.west + 0.005,
            address=f"via {self.w(street or part)} 3",
            place_words=self.w(part),
            area_id=self.area.pk,
        )

    def photo(self, part: str) -> Any:
        return self.town.photo(f"{self.regime} {part}")

    def report(self, key: str, **fields: Any) -> Report:
        """A report with a word in everything that a resident says; its private link is kept."""
        w = self.w
        values: dict[str, Any] = {
            "category": self.category,
            "title": w("report"),
            "description": w("report"),
            "since_words": w("report"),
            "who_suffers": w("report"),
            "on_behalf_of": w("report"),
            "location": self.where(),
            "reporter": self.someone(),
            "files": [self.photo("report file")],
        }
        received = received_in(self.area, **(values | fields))
        self.town.tokens[f"{self.regime} {key}"] = received.token
        self.town.reports[f"{self.regime} {key}"] = received.report
        return received.report


def corner(town: Town, regime: str) -> Corner:
    cast = town.cast
    area = cast.stazione if regime == "far" else cast.crocetta
    category = Category.objects.get(code="spaccio" if regime == "police" else "rumore")
    return Corner(town, regime, town.by("bruno" if regime == "far" else "anna"), area, category)


def plant_reports(here: Corner) -> None:
    """Reports in each state, and what their writers and the unit add."""
    w, by, town = here.w, here.by, here.town
    waiting = here.report("waiting")
    resident = Actor.resident(waiting.reference)
    now = clock.now()
    listening.write_to_unit(by=resident, report=waiting, text=w("report"), files=[here.photo("report file")])
    listening.add_episode(by=resident, report=waiting, happened_at=now, text=w("report"))
    listening.write_to_reporter(by=by, report=waiting, text=w("report"))
    taken = listening.take(by=by, report=here.report("taken"))
    listening.hand_back(by=by, report=taken, reason=w("staff"))
    contact = casework.NewContact(summary=w("staff"), agreed=w("staff"), with_whom=w("staff"))
    casework.contact_on_report(by=by, report=again(taken), new=contact)
    listening.answer(by=by, report=here.report("answered"), words=w("report"))
    listening.set_aside(by=by, report=here.report("aside"), reason=w("report"))
    competent = town.bodies["comando" if here.regime == "police" else "casa"]
    listening.redirect(by=by, report=here.report("passed"), body=competent, words=w("report"))
    listening.ask_reporter(by=by, report=here.report("asked"), question=w("report"))
    if here.category.is_public:
        shown = here.report("public", location=here.where(street="street"))
        listening.publish(by=by, report=shown)
        listening.say_me_too(
            by=Actor.visitor(), report=again(shown), reporter=here.someone("other"), words=w("me too")
        )
    merged = here.report("merged")
    listening.merge(by=by, report=merged, into=again(waiting), reason=w("staff"))


def again(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def plant_case(here: Corner) -> Case:
    """A case at work, with a row of each kind in it."""
    w, by, today, town = here.w, here.by, clock.today(), here.town
    report = here.report("case", reporter=here.someone("party"))
    opened = open_on(report, by=by, kind="place", title=w("case"), summary=w("shared"))
    case = town.cases[here.regime] = casework.take_charge(by=by, case=opened)
    neighbour = people.meet(by=by, details=here.someone("other"))
    casework.add_person(by=by, case=case, person=neighbour, role="neighbour", label=w("case"))
    gone = casework.add_person(
        by=by,
        case=case,
        person=people.meet(by=by, details=here.someone("other")),
        role="witness",
        label=w("case"),
    )
    casework.remove_person(by=by, row=gone, reason=w("case"))
    contact = casework.NewContact(summary=w("case"), agreed=w("told"), minutes=5)
    casework.contact_in_case(by=by, case=case, new=contact)
    casework.ask_to_close(
        by=by,
        case=again(case),
        outcome="solved",
        note=w("case"),
        consultation=w("case"),
        explanation=w("case"),
    )
    request = cases.closing_of(again(case))
    casework.return_closing(by=town.by("carla"), request=request, reason=w("case"))
    _promises(here, case)
    casework.add_file(by=by, case=case, file=here.photo("case file"))
    other = here.report("linked")
    casework.link_report(by=by, case=case, report=other, why=w("case"))
    casework.unlink_report(by=by, case=case, report=again(other), reason=w("case"))
    casework.link_report(by=by, case=case, report=again(other), why=w("case"))
    asked = {"own": "lucia", "far": "anna", "police": "bruno"}[here.regime]
    to = getattr(town.cast, asked)
    proposal = casework.propose(by=town.by("carla"), case=case, to=to, words=w("case"))
    casework.decline(by=to.as_actor(), proposal=proposal, reason=w("case"))
    casework.enter_stage(by=by, case=again(case), stage="response", reason=w("case"))
    casework.add_task(by=by, case=again(case), what=w("case"), due_on=today)
    return again(case)


def _promises(here: Corner, case: Case) -> None:
    w, by, today = here.w, here.by, clock.today()
    for _turn in range(2):
        new = casework.NewCommitment(what=w("told"), due_on=today + SOON, by_whom="other", who=w("told"))
        kept = casework.add_commitment(by=by, case=case, new=new)
    casework.end_commitment(by=by, commitment=kept, state="not_kept", explanation=w("told"))
    for _turn in range(3):
        plan = casework.NewIntervention(
            kind="presence", what=w("told"), planned_on=today, cause=w("case"), led_by=w("case")
        )
        done = casework.plan_intervention(by=by, case=case, new=plan)
        if _turn == 1:
            casework.carry_out(by=by, intervention=done, result=w("case"))
    casework.cancel_intervention(by=by, intervention=done, reason=w("case"))
    task = casework.add_task(by=by, case=case, what=w("case"), due_on=today)
    casework.drop_task(by=by, task=task, reason=w("case"))


def plant_closed_case(here: Corner) -> Case:
    """A case that is closed, looked at again, and contested."""
    w, by, town = here.w, here.by, here.town
    report = here.report("closed")
    case = casework.take_charge(by=by, case=open_on(report, by=by, title=w("case"), summary=w("case")))
    words = {"note": w("closing"), "consultation": w("case"), "explanation": w("case")}
    town.closed[here.regime] = closed = close_case(by, case, outcome="solved", **words)
    point = cases.watch_points_of(closed).first()
    casework.note_watch_point(by=by, point=point, note=w("case"))
    resident = Actor.resident(report.reference)
    casework.reply_outcome(by=resident, report=again(report), verdict="contested", words=w("closing"))
    outcomes.give_opinion(
        by=resident,
        report=again(report),
        answers=dict.fromkeys(("satisfied", "serious", "informed", "known", "again"), 3),
    )
    return again(closed)


def plant_thinking(here: Corner, case: Case) -> None:
    """A SARA sheet, a risk, a comparison and an act of the local police."""
    w, by, today = here.w, here.by, clock.today()
    sheet = problems.begin_sheet(by=by, case=case)
    for part, questions in SARA.items():
        answers = {question.name: w("sheet") for question in questions}
        problems.write_part(by=by, sheet=again(sheet), part=part, answers=answers, seen_version=None)
    cause = problems.add_cause(by=by, sheet=sheet, what=w("sheet"), evidence=w("sheet"))
    plan = casework.NewIntervention(
        kind="presence", what=w("told"), planned_on=today + SOON, cause=cause.what
    )
    problems.add_measure(by=by, sheet=sheet, cause=cause, mechanism=w("sheet"), owner=w("sheet"), new=plan)
    answers = {question.code: 0 for question in default_questions().questions}
    risk.assess(by=by, case=case, answers=answers, band="high", override_reason=w("risk"), note=w("risk"))
    control = Location(lat=case.lat + 0.003, lon=case.lon + 0.003, address=w("measure"))
    new = outcomes.NewMeasure(today - dt.timedelta(days=200), 100, 200, control, w("measure"))
    outcomes.set_measure(by=by, case=case, new=new)
    for _turn in range(2):
        act = enforcement.NewAct(
            kind=ActKind.objects.order_by("id").first(), number=w("act"), issued_on=today, note=w("act")
        )
        issued = enforcement.register(by=by, case=case, new=act)
    enforcement.move(by=by, act=issued, state="annulled", reason=w("act"), seen_version=None)


def plant_referrals(here: Corner, case: Case) -> None:
    """A body is asked for something, with some of what is known shared; it declines another thing, a third is revoked."""
    code = {"own": "casa", "far": "scuola", "police": "comando"}[here.regime]
    share = [thing for thing in referral_queries.shareable(case) if thing.code in ("kind", "summary", "work")]

    def ask(part: str, code: str = code) -> Referral:
        new = referrals.NewReferral(
            body=here.town.bodies[code],
            kind="referral",
            asked=here.w(part),
            basis="public_task",
            basis_note=here.w("case"),
            answer_by=clock.today() + SOON,
            share=share,
        )
        return referrals.send(by=here.by, case=again(case), new=new)

    sent = ask("asked")
    referrals.write(by=here.by, referral=again(sent), text=here.w("asked"))
    referrals.revoke(by=here.by, referral=ask("asked"), reason=here.w("asked"))
    user = {"casa": here.town.cast.paolo, "scuola": here.town.petra}.get(code)
    if user:
        referrals.accept(by=user.as_actor(), referral=sent)
        referrals.write(by=user.as_actor(), referral=again(sent), text=here.w("asked"))
        referrals.decline(by=user.as_actor(), referral=ask("asked"), reason=here.w("asked"))
    if here.regime == "own":
        ask("linked", "parrocchia")


def plant_review(here: Corner) -> None:
    """A review from asking to its decision, and one that is withdrawn."""
    w, carla = here.w, here.town.by("carla")
    reporter = here.someone()
    for number in range(3):
        days = dt.timedelta(days=40 - 10 * number)
        with clock.at(clock.now() - days):
            report = here.report(f"review{number}", reporter=reporter)
    resident = Actor.resident(report.reference)
    review = reviews.ask(by=resident, report=again(report), words=w("review"))
    reviews.withdraw(by=resident, review=review, words=w("review"))
    review = reviews.ask(by=resident, report=again(report), words=w("review"))
    chair = reviews.Chair(name=w("review"), office=w("review"))
    review = reviews.acknowledge(by=carla, review=review, chair=chair)
    review = reviews.decide_threshold(by=carla, review=review, is_met=True, reasons=w("review"))
    at = clock.now() - dt.timedelta(hours=1)
    with clock.at(at - dt.timedelta(days=1)):
        review = reviews.set_meeting(by=carla, review=review, at=at, place=w("review"))
    new = reviews.NewRecommendation(what=w("review"), due_on=clock.today() + SOON)
    advised = reviews.recommend(by=carla, review=review, new=new)
    review = reviews.decide(by=carla, review=again(review), reasons=w("review"))
    reviews.refuse_recommendation(by=carla, recommendation=again(advised), reason=w("review"))
