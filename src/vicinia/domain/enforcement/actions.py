"""Registering acts, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from vicinia.domain.casework.models import Case
from vicinia.domain.enforcement import events, queries, rules
from vicinia.domain.enforcement.models import ActKind, AdministrativeAct
from vicinia.domain.enforcement.states import ActState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class NewAct:
    """An act as it stands in the protocol. `amount` in euro."""

    kind: ActKind
    number: str
    issued_on: dt.date
    amount: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class KindCard:
    """What the town keeps of a kind of act. Amounts in euro."""

    name: str
    name_en: str = ""
    law: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    lasts_hours: int | None = None
    is_active: bool = True


@transaction.atomic
def register(*, by: Actor, case: Case, new: NewAct) -> AdministrativeAct:
    """Write an act down in the register, about a case."""
    case = Case.objects.lock(case)
    rules.may_register(by, case).require()
    number = new.number.strip()
    is_known = queries.is_number_known(new.kind, number)
    rules.may_be(new.kind, number, new.issued_on, new.amount, clock.today(), is_known=is_known).require()

    lasts = new.kind.lasts_hours
    row = AdministrativeAct.objects.create(
        reference=f"A{next_reference('act')}",
        case=case,
        kind=new.kind,
        number=number,
        issued_on=new.issued_on,
        ends_at=clock.start_of(new.issued_on) + dt.timedelta(hours=lasts) if lasts else None,
        amount=new.amount,
        note=new.note,
        by_ref=by.ref,
        by_name=by.name,
    )
    journal.record(events.REGISTERED, by=by, about=row, kind=new.kind.name, number=number)
    return row


@transaction.atomic
def move(
    *, by: Actor, act: AdministrativeAct, state: str, reason: str, seen_version: int | None
) -> AdministrativeAct:
    """Write what became of an act: complied with, breached, appealed, annulled. Raises Conflict on an older version."""
    row: AdministrativeAct = (
        AdministrativeAct.objects.select_for_update(of=("self",))
        .select_related("case__owner", "kind")
        .get(pk=act.pk)
    )
    row.require_version(seen_version)
    rules.may_move(by, row.case, row.state, state, reason).require()
    row.enter(state, by=by, reason=reason)
    journal.record(events.MOVED, by=by, about=row, note=reason, state=journal.kept(ActState(state).label))
    return row


@transaction.atomic
def write_kind(
    *, by: Actor, card: KindCard, kind: ActKind | None = None, seen_version: int | None = None
) -> ActKind:
    """Add a kind of act, or change it: acts that were registered keep their amounts. Raises Conflict on an older version."""
    rules.may_keep_kinds(by).require()
    rules.may_be_kind(card.least, card.most).require()
    row = ActKind(code=_free_code(card.name)) if kind is None else ActKind.objects.lock(kind)
    row.require_version(seen_version)
    for name in ("name", "name_en", "law", "least", "most", "lasts_hours", "is_active"):
        setattr(row, name, getattr(card, name))
    row.save()
    journal.record(events.KIND_SAVED, by=by, about=f"act_kind:{row.code}", kind=row.name)
    return row


@transaction.atomic
def note_taken_out(*, by: Actor, purpose: str, count: int) -> None:
    """Write down that the register was taken out as a file, by whom and why."""
    rules.may_see(by).require()
    rules.must_say_purpose(purpose).require()
    journal.record(events.TAKEN_OUT, by=by, about="acts:register", note=purpose, count=count)


def _free_code(name: str) -> str:
    wanted = slugify(name)[:32] or "atto"
    code, number = wanted, 2
    while ActKind.objects.filter(code=code).exists():
        code, number = f"{wanted}-{number}", number + 1
    return code
