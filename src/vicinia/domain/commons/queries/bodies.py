"""Bodies of tenants with signatures, mandates and accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, F, Q, QuerySet, Sum, When
from django.utils import timezone

from vicinia.domain.assemblies import queries as assemblies
from vicinia.domain.assemblies.states import AssemblyState
from vicinia.domain.commons.models import (
    AccountLine,
    CommonsRule,
    Mandate,
    Signature,
    TenantsAccount,
    TenantsBody,
    TenantsBodyRows,
)
from vicinia.domain.commons.models.bodies import THE_TOWN
from vicinia.domain.commons.rules.bodies import Meeting, Signed
from vicinia.domain.commons.states import (
    BODIES_AT_WORK,
    AccountState,
    BodyKind,
    LineKind,
    SignatureKind,
    SignatureState,
)
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# A term that comes near is shown so many days before.
TERM_SHOWN_DAYS = 45


def the_rule() -> CommonsRule:
    """What the town asks: its own rule, or what a town begins with."""
    return CommonsRule.objects.filter(pk=THE_TOWN).first() or CommonsRule()


def bodies(by: Actor) -> TenantsBodyRows:
    """The bodies that `by` may see."""
    return TenantsBody.objects.visible_to(by)


def body_named(by: Actor, reference: str) -> TenantsBody:
    """The visible body of this reference (404 otherwise)."""
    row: TenantsBody = in_lines(bodies(by)).one(reference=reference)  # type: ignore[attr-defined]
    return row


def in_lines(rows: TenantsBodyRows) -> QuerySet[TenantsBody]:
    """With what a line of a list shows: the building, valid signatures of both kinds, mandates. Two queries."""
    valid = Q(signatures__state=SignatureState.VALID)
    counted = rows.joining(building=("name", "code", "address")).select_related("assembly")
    found: QuerySet[TenantsBody] = counted.annotate(
        request_count=Count("signatures", filter=valid & Q(signatures__kind=SignatureKind.REQUEST)),
        joined_count=Count("signatures", filter=valid & Q(signatures__kind=SignatureKind.ACCEPTANCE)),
    )
    return found.prefetch_related("stairs")


def unit_words(body: TenantsBody) -> str:
    """The building, and which stairs where it isn't all of them."""
    stairs = sorted((stair.name for stair in body.stairs.all()), key=territory.natural)
    return f"{body.building.name}, {', '.join(stairs)}" if stairs else body.building.name


def doors_of(building: Building, stairs: Sequence[Stair] = ()) -> list[Dwelling]:
    """The dwellings in use of the unit, stair by stair from the ground up. Two queries."""
    chosen = list(stairs) or territory.stairs_of([building])
    by_stair = territory.doors_by_stair(chosen)
    doors = [door for stair in chosen for door in by_stair[stair.pk]]
    names = {stair.pk: stair for stair in chosen}
    for door in doors:
        door.stair, door.building = names[door.stair_id], building
    return doors


def doors_left(body: TenantsBody, kind: str) -> list[Dwelling]:
    """Those that haven't signed yet."""
    signed = set(body.signatures.filter(kind=kind).values_list("dwelling_id", flat=True))
    return [door for door in doors_of(body.building, list(body.stairs.all())) if door.pk not in signed]


def signatures_of(body: TenantsBody, kind: str) -> list[Signature]:
    """In the order in which they came, with their doors. One query."""
    rows = body.signatures.filter(kind=kind).select_related("dwelling__stair", "dwelling__building")
    return list(rows.order_by("id"))


def signature_of(body: TenantsBody, pk: int) -> Signature:
    """One signature (404 otherwise)."""
    row: Signature = body.signatures.select_related("dwelling__stair").one(pk=pk)  # type: ignore[attr-defined]
    row.body = body
    return row


def signed(body: TenantsBody, kind: str) -> Signed:
    """How many of one kind, by what was said of them. One query."""
    rows = body.signatures.filter(kind=kind).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    return Signed(
        counts.get(SignatureState.VALID, 0),
        counts.get(SignatureState.UNCHECKED, 0),
        counts.get(SignatureState.REJECTED, 0),
    )


def has_signed(body: TenantsBody, kind: str, dwelling: Dwelling) -> bool:
    """Whether this dwelling signed already."""
    return Signature.objects.filter(body=body, kind=kind, dwelling=dwelling).exists()


def meeting_of(body: TenantsBody) -> Meeting:
    """How far the assembly that constitutes it is."""
    row = body.assembly
    if row is None:
        return Meeting()
    days = (row.meets_on - timezone.localdate(row.called_at)).days if row.called_at else 0
    is_minuted = row.state == AssemblyState.HELD and assemblies.is_validated(row)
    return Meeting(row.state, days, is_minuted)


def mandates_of(body: TenantsBody) -> list[Mandate]:
    """Who holds which office, the newest last. One query."""
    return list(body.mandates.select_related("stair").order_by("id"))


def mandate_of(body: TenantsBody, pk: int) -> Mandate:
    """One mandate (404 otherwise)."""
    row: Mandate = body.mandates.one(pk=pk)  # type: ignore[attr-defined]
    row.body = body
    return row


def mandates_in_force(body: TenantsBody) -> list[Mandate]:
    """Those that are in force today."""
    return [one for one in mandates_of(body) if one.holds_on(clock.today())]


# Accounts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sums:
    """A year in figures."""

    opening: Decimal
    income: Decimal
    expense: Decimal

    @property
    def closing(self) -> Decimal:
        return self.opening + self.income - self.expense


def accounts_of(body: TenantsBody) -> list[TenantsAccount]:
    """The accounts, the newest year first."""
    return list(body.accounts.order_by("-year"))


def account_of(body: TenantsBody, year: int) -> TenantsAccount:
    """The account of a year (404 otherwise)."""
    row: TenantsAccount = body.accounts.one(year=year)  # type: ignore[attr-defined]
    row.body = body
    return row


def lines_of(account: TenantsAccount) -> list[AccountLine]:
    return list(account.lines.order_by("day", "id"))


def line_of(account: TenantsAccount, pk: int) -> AccountLine:
    """One line (404 otherwise)."""
    row: AccountLine = account.lines.one(pk=pk)  # type: ignore[attr-defined]
    row.account = account
    return row


def sums_of(account: TenantsAccount) -> Sums:
    """Opening, what came in, what went out. One query."""
    zero = Decimal(0)

    def total(kind: str) -> Sum:
        field = DecimalField(max_digits=12, decimal_places=2)
        return Sum(Case(When(kind=kind, then=F("amount")), default=zero, output_field=field))

    found = account.lines.aggregate(income=total(LineKind.INCOME), expense=total(LineKind.EXPENSE))
    return Sums(account.opening, found["income"] or zero, found["expense"] or zero)


def opening_of(body: TenantsBody, year: int) -> Decimal:
    """What the last approved account before this year closed with."""
    rows = body.accounts.filter(year__lt=year, state=AccountState.APPROVED).order_by("-year")
    last = rows.first()
    return sums_of(last).closing if last else Decimal(0)


def account_due_on(body: TenantsBody, year: int) -> dt.date:
    """By when the account of a year is to be handed in."""
    return dt.date(year, 12, 31) + dt.timedelta(days=body.account_days)


@dataclass(frozen=True)
class AccountDue:
    """A body that owes the account of a year."""

    body: TenantsBody
    year: int
    due_on: dt.date


def accounts_due(by: Actor, until: dt.date) -> list[AccountDue]:
    """Self-managed bodies at work that have not handed in last year's account. Two queries."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return []
    year = clock.today().year - 1
    handed_in = TenantsAccount.objects.filter(year=year).exclude(state=AccountState.DRAFT)
    rows = bodies(by).filter(
        kind=BodyKind.SELF_MANAGEMENT, state__in=BODIES_AT_WORK, signed_on__year__lte=year
    )
    rows = rows.exclude(pk__in=handed_in.order_by().values("body")).order_by("id")
    due = [AccountDue(row, year, account_due_on(row, year)) for row in rows]
    return [one for one in due if one.due_on <= until]


# What waits -------------------------------------------------------------------------------------------------------


def to_verify(by: Actor) -> TenantsBodyRows:
    """Bodies with signatures that nobody has checked, for who runs participation."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return TenantsBody.objects.none()
    unchecked = Signature.objects.filter(state=SignatureState.UNCHECKED).order_by().values("body")
    rows: TenantsBodyRows = bodies(by).filter(pk__in=unchecked).order_by("id")
    return rows


def terms_near(by: Actor) -> TenantsBodyRows:
    """Conventions that come to their term and renew themselves unless somebody says no."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return TenantsBody.objects.none()
    last = clock.today() + dt.timedelta(days=TERM_SHOWN_DAYS)
    rows: TenantsBodyRows = (
        bodies(by).filter(state__in=BODIES_AT_WORK, until__lte=last).order_by("until", "id")
    )
    return rows


def at_term(today: dt.date) -> list[int]:
    """The ids of those whose convention is over, for the nightly job."""
    rows = TenantsBody.objects.filter(state__in=BODIES_AT_WORK, until__lt=today)
    return list(rows.order_by("id").values_list("pk", flat=True))


# The portal -------------------------------------------------------------------------------------------------------


def shown_bodies() -> QuerySet[TenantsBody]:
    """The bodies that everybody may read of."""
    return in_lines(TenantsBody.objects.shown().order_by("name", "id"))


def shown_body(reference: str) -> TenantsBody:
    """A published body (404 otherwise)."""
    row: TenantsBody = in_lines(TenantsBody.objects.shown()).one(reference=reference)  # type: ignore[attr-defined]
    return row


def shown_accounts(body: TenantsBody) -> list[tuple[TenantsAccount, Sums]]:
    """The approved accounts with their sums, the newest first."""
    rows = body.accounts.filter(state=AccountState.APPROVED).order_by("-year")
    return [(row, sums_of(row)) for row in rows]


# Locks ------------------------------------------------------------------------------------------------------------


def locked(body: TenantsBody | int) -> TenantsBody:
    """The body, read again and locked until the transaction ends."""
    pk = body if isinstance(body, int) else body.pk
    rows = TenantsBody.objects.select_for_update(of=("self",)).select_related("building", "assembly")
    row: TenantsBody = rows.get(pk=pk)
    return row


def locked_account(account: TenantsAccount) -> TenantsAccount:
    rows = TenantsAccount.objects.select_for_update(of=("self",)).select_related("body")
    row: TenantsAccount = rows.get(pk=account.pk)
    return row


def locked_rule() -> CommonsRule:
    """The town's rule; a first one that is not saved yet where there is none."""
    return CommonsRule.objects.select_for_update().filter(pk=THE_TOWN).first() or CommonsRule()
