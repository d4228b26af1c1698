"""What Le Corti has in common: a self-managed court, the common room and who books it, a pact about the garden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories import commons as told
from vicinia.demo.stories.together import ELENA
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.commons.actions import bodies, booking, offices, pacts, spaces
from vicinia.domain.commons.models import Pact, Space, TenantsBody
from vicinia.domain.commons.queries import bodies as bodies_read
from vicinia.domain.commons.queries import pacts as pacts_read
from vicinia.domain.commons.states import (
    BodyKind,
    Channel,
    LineKind,
    MandateRole,
    PactLevel,
    PromiseSide,
    PromiseState,
    SignatureKind,
    SignatureState,
)
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

VISITOR = Actor.visitor()


class Commons:
    """What is common, as happenings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.body: TenantsBody | None = None
        self.room: Space | None = None
        self.pact: Pact | None = None

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = [
            self._at(540, 10, self._ask),
            self._at(525, 10, self._verify),
            self._at(505, 20, self._constitute),
            self._at(495, 11, self._begin),
            self._at(480, 10, self._open_room),
            self._at(420, 16, self._propose),
            self._at(400, 10, self._sign),
            self._at(30, 12, self._report),
            self._at(20, 12, self._account),
            self._at(3, 17, self._book),
            self._at(2, 18, self._propose_another),
        ]
        return [one for one in found if one.at < self.desk.now]

    @property
    def by(self) -> Actor:
        return self.desk.staff[ELENA].as_actor()

    def _at(self, days: int, hour: int, do: Callable[[], object]) -> Happening:
        day = self.desk.now.date() - dt.timedelta(days=days)
        return Happening(clock.start_of(day) + dt.timedelta(hours=hour), do=do)

    # The self-managed court

    def _ask(self) -> None:
        building = territory.building_named(self.by, told.BUILDING)
        new = bodies.NewBody(
            BodyKind.SELF_MANAGEMENT, told.BODY, building, told.MANAGER,
            services=["cleaning", "green"], purpose=told.PURPOSE,
        )  # fmt: skip
        self.body = bodies.propose_body(by=self.by, new=new)
        self._signatures(self.body, SignatureKind.REQUEST, 0.3)

    def _signatures(self, body: TenantsBody, kind: SignatureKind, share: float) -> None:
        doors = bodies_read.doors_left(body, kind)
        for number, door in enumerate(doors[: int(len(doors) * share) + 1]):
            name = told.NEIGHBOURS[number % len(told.NEIGHBOURS)]
            new = bodies.NewSignature(door, name, clock.today())
            signature = bodies.sign(by=self.by, body=body, kind=kind, new=new)
            bodies.check_signature(by=self.by, signature=signature, state=SignatureState.VALID)

    def _verify(self) -> None:
        assert self.body is not None
        row = bodies.verify(by=self.by, body=self.body)
        day = clock.today() + dt.timedelta(days=20)
        plan = assemblies.AssemblyPlan(
            told.ASSEMBLY, day, dt.time(18), dt.time(20), told.ROOM, invitation=told.PURPOSE, entitled=row.entitled
        )  # fmt: skip
        self.body = bodies.plan_assembly(by=self.by, body=row, new=plan)
        if self.body.assembly is not None:
            assemblies.call(by=self.by, assembly=self.body.assembly)

    def _constitute(self) -> None:
        assert self.body is not None and self.body.assembly is not None
        present = int(self.body.entitled * 0.7) + 1
        assemblies.open_assembly(
            by=self.by, assembly=self.body.assembly, present=present, chair="Pietro Fantini", secretary="Elena Ricco"
        )  # fmt: skip
        self._signatures(self.body, SignatureKind.ACCEPTANCE, 0.6)
        for name, role, is_shown in told.OFFICES:
            until = clock.today() + dt.timedelta(days=730)
            mandate = offices.NewMandate(MandateRole(role), name, clock.today(), until, is_shown=is_shown)
            offices.give_mandate(by=self.by, body=self.body, new=mandate)
        self.body = bodies.constitute(by=self.by, body=self.body)

    def _begin(self) -> None:
        assert self.body is not None
        self.body = bodies.activate(
            by=self.by, body=self.body, signed_on=clock.today(), convention=told.CONVENTION
        )

    def _account(self) -> None:
        assert self.body is not None and self.body.signed_on is not None
        year = self.body.signed_on.year
        account = offices.begin_account(by=self.by, body=self.body, year=year)
        for kind, month, words, amount in told.LINES:
            new = offices.NewLine(LineKind(kind), dt.date(year, month, 15), words, Decimal(amount))
            offices.add_line(by=self.by, account=account, new=new)
        offices.submit_account(by=self.by, account=account)
        if year < clock.today().year:
            offices.approve_account(by=self.by, account=account, on=clock.today(), where=told.APPROVED_BY)

    # The common room

    def _open_room(self) -> None:
        card = spaces.SpaceCard(
            told.ROOM, told.ROOM_PLACE, 40, told.HOUSE_RULES, told.ROOM_LIKE, keeper=self.body, access=told.ROOM_ACCESS
        )  # fmt: skip
        self.room = spaces.open_space(by=self.by, new=card)
        for weekday in range(7):
            spaces.add_hours(
                by=self.by, space=self.room, weekday=weekday, from_time=dt.time(9), to_time=dt.time(22)
            )

    def _book(self) -> None:
        assert self.room is not None
        for number, (days, hour, who, purpose, people, weeks) in enumerate(told.BOOKINGS):
            starts_at = clock.start_of(clock.today() + dt.timedelta(days=days)).replace(hour=hour)
            details = PersonDetails(name=who, email=f"{who.lower().replace(' ', '.')}@posta.example")
            new = booking.NewBooking(
                starts_at, starts_at + dt.timedelta(hours=2), who, purpose, people, f"demo-room-{number}", True, details,
                Channel.DESK if weeks else Channel.PORTAL,
            )  # fmt: skip
            if weeks:
                until = clock.today() + dt.timedelta(days=60)
                booking.book_again_and_again(
                    by=self.by, space=self.room, new=new, weeks=weeks, until=until, skips_taken=True
                )
            else:
                booking.book(by=VISITOR, space=self.room, new=new)

    # The pact

    def _propose(self) -> None:
        new = pacts.PactDraft(told.PACT, told.GOALS, PactLevel.CONTINUOUS, told.PACT_PLACE, **told.TERMS)
        party = pacts.NewParty(told.GROUP, PersonDetails(name="Rosa Merli", email="rosa.merli@posta.example"))
        self.pact = pacts.propose_pact(by=VISITOR, new=new, party=party, once="demo-pact")
        pacts.publish_pact(by=self.by, pact=self.pact)

    def _sign(self) -> None:
        assert self.pact is not None
        for side, words, rhythm in told.PROMISES:
            promise = pacts.NewPromise(PromiseSide(side), words, rhythm)
            pacts.add_promise(by=self.by, pact=self.pact, new=promise)
        pacts.assess_pact(by=self.by, pact=self.pact, words=told.ASSESSMENT)
        pacts.finish_design(by=self.by, pact=self.pact)
        pacts.sign_pact(by=self.by, pact=self.pact, on=clock.today())
        self.pact = pacts.begin_pact(by=self.by, pact=self.pact, starts_on=clock.today())

    def _report(self) -> None:
        assert self.pact is not None
        kept = {one.pk: PromiseState.KEPT for one in pacts_read.promises_of(self.pact)}
        year = clock.today().year
        new = pacts.NewReport(year, told.REPORT, kept, told.TROUBLE, hours=310, people=46, cost=Decimal(420))
        pacts.report_pact(by=self.by, pact=self.pact, new=new)
        pacts.renew_pact(by=self.by, pact=self.pact, months=12)

    def _propose_another(self) -> None:
        new = pacts.PactDraft(told.OTHER_PACT, told.OTHER_GOALS, PactLevel.OCCASIONAL)
        pacts.propose_pact(by=VISITOR, new=new, party=pacts.NewParty(told.OTHER_GROUP), once="demo-pact-2")
