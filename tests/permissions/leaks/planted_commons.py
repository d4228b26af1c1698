"""What is common: bodies of tenants with signatures and accounts, spaces with who books them, pacts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tests.permissions.leaks.planted_together import HOURS
from tests.permissions.leaks.readers import PUBLIC
from tests.permissions.leaks.town import Town, again
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.commons.actions import bodies, booking, offices, pacts, spaces
from vicinia.domain.commons.models import TenantsBody
from vicinia.domain.commons.queries import bodies as bodies_read
from vicinia.domain.commons.queries import pacts as pacts_read
from vicinia.domain.commons.states import (
    BodyKind,
    BodyOrigin,
    BodyState,
    BookingState,
    LineKind,
    MandateRole,
    PactLevel,
    PactState,
    PromiseSide,
    PromiseState,
    SignatureKind,
    SignatureState,
)
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory import actions as territory
from vicinia.domain.territory.incoming import BuildingDetails, DwellingDetails, StairDetails
from vicinia.domain.territory.models import Building, Dwelling
from vicinia.domain.territory.queries import Location
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

DAY = dt.timedelta(days=1)


def plant_commons(town: Town) -> None:
    """Everything of commons, by Lucia; residents book and propose at the portal."""
    _bodies(town)
    _spaces(town)
    _pacts(town)


def _somebody(town: Town) -> PersonDetails:
    part = "town proposer"
    return PersonDetails(
        name=town.word(part), phone=town.canaries.phone(part), email=town.canaries.email(part)
    )


def _door_of(town: Town, part: str) -> Dwelling:
    """A door of a body's house: who constitutes a self-management says to everybody in which house."""
    if part not in PUBLIC:
        return Dwelling.objects.order_by("pk")[0]
    by, w = town.by("carla"), town.word
    details = BuildingDetails(name=w(part), manager=w("houses"), built_year=1960)
    area = town.cast.crocetta
    at = Location(
        lat=area.south + 0.005,
        lon=area.west + 0.005,
        address=f"via {w('houses')} 4",
        place_words=w("houses"),
        area_id=area.pk,
    )
    code = f"corte-{Building.objects.count()}"
    house = territory.add_building(by=by, details=details, location=at, code=code)
    stair = territory.add_stair(by=by, building=house, details=StairDetails(w("houses")))
    more = DwellingDetails("", floor=1)
    territory.add_dwellings(by=by, stair=stair, doors=[w("houses")], details=more)
    return Dwelling.objects.get(building=house)


def _body(town: Town, part: str) -> TenantsBody:
    """Asked for by tenants whose first signature is not valid, then by the manager."""
    by, w = town.by("lucia"), town.word
    door = _door_of(town, part)
    new = bodies.NewBody(
        BodyKind.SELF_MANAGEMENT, w(part), door.building, w(part), BodyOrigin.MANAGER, entitled=1,
        services=["green"], purpose=w(part),
    )  # fmt: skip
    row = bodies.propose_body(by=by, new=new)
    for kind, state in (
        (SignatureKind.REQUEST, SignatureState.REJECTED),
        (SignatureKind.ACCEPTANCE, SignatureState.VALID),
    ):
        if kind == SignatureKind.ACCEPTANCE:
            bodies.verify(by=by, body=row)
        signed = bodies.NewSignature(door, w("town signers"), clock.today(), _somebody(town))
        signature = bodies.sign(by=by, body=row, kind=kind, new=signed)
        reason = w("town signers") if state == SignatureState.REJECTED else ""
        bodies.check_signature(by=by, signature=signature, state=state, reason=reason)
    return row


def _at_work(town: Town) -> TenantsBody:
    by, w, today = town.by("lucia"), town.word, clock.today()
    row = _body(town, "town published")
    call = assemblies.AssemblyPlan(
        w("town published"), today + 10 * DAY, *HOURS, w("town published"), entitled=1
    )
    row = bodies.plan_assembly(by=by, body=row, new=call)
    called = assemblies.call(by=by, assembly=row.assembly)
    for part in ("town signers", "town said"):
        office = offices.NewMandate(
            MandateRole.REPRESENTATIVE, w(part), today, today + 90 * DAY, is_shown=part == "town said", details=_somebody(town)
        )  # fmt: skip
        offices.give_mandate(by=by, body=row, new=office)
    with clock.at(clock.start_of(called.day) + dt.timedelta(hours=21)):
        assemblies.open_assembly(
            by=by, assembly=called, present=1, chair=w("town noted"), secretary=w("town noted")
        )
        row = bodies.constitute(by=by, body=bodies_read.body_named(by, row.reference))
        return bodies.activate(by=by, body=row, signed_on=clock.today(), convention=w("town published"))


def _bodies(town: Town) -> None:
    """One that is asked for; one at work with two accounts and notice given; one that was suspended and is revoked."""
    by, w = town.by("lucia"), town.word
    _body(town, "town kept")
    row = _at_work(town)
    later = clock.start_of(dt.date(row.signed_on.year + 1, 1, 20))  # type: ignore[union-attr]
    with clock.at(later):
        for year, part in ((later.year - 1, "town published"), (later.year, "town kept")):
            account = offices.begin_account(by=by, body=row, year=year)
            new = offices.NewLine(LineKind.INCOME, dt.date(year, 12, 30), w(part), Decimal(10))
            offices.add_line(by=by, account=account, new=new)
            offices.describe_account(
                by=by, account=account, opening=Decimal(0), words=w(part), seen_version=None
            )
            offices.submit_account(by=by, account=again(account))
            if part == "town kept":
                offices.return_account(by=by, account=again(account), reason=w(part))
            else:
                offices.approve_account(by=by, account=again(account), on=clock.today(), where=w(part))
        bodies.give_notice(by=by, body=row, reason=w("town kept"))
    over = _at_work(town)
    with clock.at(later):
        for mandate in bodies_read.mandates_of(over)[:1]:
            offices.end_mandate(by=by, mandate=mandate, on=mandate.from_day, reason=w("town signers"))
        bodies.suspend(by=by, body=over, reason=w("town published"))
        bodies.end(by=by, body=over, state=BodyState.REVOKED, reason=w("town published"))


def _spaces(town: Town) -> None:
    """One that is lent, with a booking that holds and one that was refused; one that no longer is."""
    by, w, part, today = town.by("lucia"), town.word, "town published", clock.today()
    rows = []
    for closed in ("", w(part)):
        card = spaces.SpaceCard(
            w(part), w(part), 20, w(part), w(part), access=w(part), is_approved=True, closed_reason=closed
        )
        rows.append(spaces.open_space(by=by, new=card))
    row = rows[0]
    for weekday in range(7):
        spaces.add_hours(by=by, space=row, weekday=weekday, from_time=dt.time(8), to_time=dt.time(20))
    spaces.close(by=by, space=row, from_day=today + 40 * DAY, to_day=today + 41 * DAY, reason=w(part))
    for hour, state in ((10, BookingState.CONFIRMED), (14, BookingState.REFUSED)):
        starts_at = clock.start_of(today + 5 * DAY).replace(hour=hour)
        new = booking.NewBooking(
            starts_at, starts_at + dt.timedelta(hours=2), w("town signers"), w("town signers"), 5,
            once=f"booking {hour}", accepts_rules=True, details=_somebody(town),
        )  # fmt: skip
        made = booking.book(by=Actor.visitor(), space=row, new=new).booking
        reason = w("town signers") if state == BookingState.REFUSED else ""
        booking.decide(by=by, booking=made, state=state, reason=reason)


def _pacts(town: Town) -> None:
    """One that is still to be read; one that was lived and is closed."""
    by, w, today = town.by("lucia"), town.word, clock.today()
    texts = ("public_use", "insurance", "publicity", "monitoring", "exclusion")
    for part in ("town ideas", "town said"):
        more = {name: w("town published") for name in texts} if part == "town said" else {}
        new = pacts.PactDraft(w(part), w(part), PactLevel.CONTINUOUS, w(part), **more)
        party = pacts.NewParty(w(part), _somebody(town))
        row = pacts.propose_pact(by=Actor.visitor(), new=new, party=party, once=f"pact {part}")
    part = "town published"
    for side in PromiseSide:
        pacts.add_promise(by=by, pact=row, new=pacts.NewPromise(side, w(part), w(part)))
    pacts.publish_pact(by=by, pact=row)
    pacts.assess_pact(by=by, pact=row, words=w(part))
    pacts.finish_design(by=by, pact=row)
    pacts.sign_pact(by=by, pact=row, on=today)
    pacts.begin_pact(by=by, pact=row, starts_on=today)
    kept = {one.pk: PromiseState.KEPT for one in pacts_read.promises_of(row)}
    pacts.report_pact(by=by, pact=row, new=pacts.NewReport(today.year, w(part), kept, w(part)))
    pacts.end_pact(by=by, pact=row, state=PactState.CLOSED, reason=w(part))
