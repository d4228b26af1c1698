"""What the matrix of the mobility asks for: a household of Lucia's, one of Carla's, and every address by who may open it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cast import Cast
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import actions
from vicinia.domain.mobility.jobs import computing as jobs
from vicinia.domain.mobility.models import (
    AdequacyTable,
    Companion,
    Expense,
    FamilyMessage,
    Interview,
    Lock,
    MobilityPlan,
    NearWish,
    Offer,
    Refusal,
    RehousingFile,
    Relocation,
    Removal,
    Spell,
    Unit,
)
from vicinia.domain.mobility.states import Change, PlanKind
from vicinia.domain.mobility.tests import factories
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.accounts.models import User
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

WORDS = "La nonna usa la sedia a rotelle."


@dataclass
class Moved:
    """One household with everything that becomes of it, and who accompanies it."""

    file: RehousingFile
    by: Actor
    interview: Interview
    wish: NearWish
    refusal: Refusal
    offer: Offer
    removal: Removal
    expense: Expense
    message: FamilyMessage
    token: str
    person: str

    @property
    def number(self) -> int:
        return self.file.household.number


@dataclass
class World:
    """A relocation with a plan, a household of Lucia's and one of Carla's."""

    relocation: Relocation
    table: AdequacyTable
    unit: Unit
    spell: Spell
    lock: Lock
    plans: list[MobilityPlan]
    of: dict[str, Moved]


def make_world(cast: Cast) -> World:
    """The estate of the mobility's tests, as it is in January 2027; plans need a solver that is put in place before."""
    parent = Category.objects.create(code="casa", name="Casa")
    category = Category.objects.create(code="mobilita", name="Mobilità", parent=parent)
    estate = factories.an_estate(category)
    lucia, carla = cast.actor(cast.lucia), cast.actor(cast.carla)
    spare = Unit.objects.get(dwelling=estate.spare[1])
    spell = actions.add_spell(by=lucia, unit=spare, new=actions.NewSpell("reserved", dt.date(2030, 1, 1)))
    month = factories.month(1)
    lock = actions.lock_household(
        by=lucia, file=estate.files[3], new=actions.NewLock(estate.files[3].home, month, month, "Cura")
    )
    plans = [_plan(lucia, estate.relocation) for _turn in range(3)]
    for plan in plans[:2]:
        actions.publish_plan(by=lucia, plan=plan)
    nobody_outside = {"change": Change.NOBODY_OUTSIDE.value, "nobody_outside": True}
    plans.append(
        _plan(lucia, estate.relocation, kind=PlanKind.WHAT_IF, base=plans[1], question=nobody_outside)
    )
    table = actions.make_table(by=carla, card=actions.TableCard("Altra", "una prova", ((1, 28, 0),)))
    moved = {
        "lucia": _moved(lucia, cast.lucia, estate.files[0], estate.files[2], estate.spare[0]),
        "carla": _moved(carla, cast.carla, estate.files[1], estate.files[2], estate.spare[1]),
    }
    return World(estate.relocation, table, spare, spell, lock, plans, moved)


def _plan(by: Actor, relocation: Relocation, **asked: Any) -> MobilityPlan:
    plan = actions.ask_plan(by=by, relocation=relocation, new=actions.NewPlan(**asked))
    found = jobs.carry_out(plan, every=60)
    assert found is not None
    return found


def _moved(by: Actor, user: User, file: RehousingFile, near: RehousingFile, to: Dwelling) -> Moved:
    Companion.objects.create(file=file, user=user)
    person = people.add_newcomer(
        by=by, household=file.household, details=PersonDetails(name=f"Maria di {user.name}")
    ).person
    file = factories.interviewed(by, file, WORDS)
    wish = actions.wish_near(by=by, file=file, other=near)
    refusal = actions.refuse_dwelling(by=by, file=file, new=actions.NewRefusal(near.home, "fear", WORDS))
    file = actions.confirm_needs(by=by, file=file)
    accord = actions.accept_offer(
        by=by, offer=factories.an_offer(by, file, to, words=WORDS), answered_on=clock.today()
    )
    paper = upload(phone_photo())
    removal = actions.sign_accord(
        by=by, accord=accord, signed_on=clock.today(), signed_by=WORDS, files=[paper]
    )
    expense = factories.an_expense(by, file, files=[upload(phone_photo())])
    token = actions.give_link(by=by, file=file)
    new = actions.NewMessage("question", WORDS, f"once {file.pk}")
    message = actions.write_message(by=Actor.resident(file.reference), file=file, new=new)
    interview = Interview.objects.get(file=file)
    file.refresh_from_db()
    return Moved(
        *(file, by, interview, wish, refusal, removal.accord.offer, removal, expense, message, token),
        person.reference,
    )


Args = Callable[[World], list[Any]]
Own = Callable[[Moved], list[Any]]
ROOT: Args = lambda w: [w.relocation.reference]  # noqa: E731  a table of addresses reads better so
UNIT: Args = lambda w: [w.relocation.reference, w.unit.pk]  # noqa: E731
SPELL: Args = lambda w: [w.relocation.reference, w.unit.pk, w.spell.pk]  # noqa: E731
LOCK: Args = lambda w: [w.relocation.reference, w.lock.pk]  # noqa: E731
TABLE: Args = lambda w: [w.table.code]  # noqa: E731
PLAN: Args = lambda w: [w.relocation.reference, w.plans[1].number]  # noqa: E731
WHY: Args = lambda w: [w.relocation.reference, w.plans[1].number, w.of["carla"].number]  # noqa: E731
LINE: Args = lambda w: [w.relocation.reference, w.of["lucia"].number]  # noqa: E731

SEE_PAGES: dict[str, Args] = {
    **dict.fromkeys(("relocation", "relocation_units", "mobility_plans", "mobility_plans_panel"), ROOT),
    "relocation_unit": UNIT,
    **dict.fromkeys(("mobility_plan", "mobility_plan_paper", "mobility_plan_table"), PLAN),
}
RUN_PAGES: dict[str, Args] = {
    **dict.fromkeys(("relocation_change", "relocation_close", "relocation_reopen"), ROOT),
    **dict.fromkeys(("relocation_units_add", "relocation_doors_add"), ROOT),
    **dict.fromkeys(("relocation_unit_spare", "relocation_unit_remove", "unit_spell_new"), UNIT),
    **dict.fromkeys(("unit_spell", "unit_spell_end", "unit_spell_remove"), SPELL),
    "adequacy_table": TABLE,
    **dict.fromkeys(("rehousing_files", "rehousing_file_new", "rehousing_import", "rehousing_export"), ROOT),
    **dict.fromkeys(("rehousing_numbers", "rehousing_companions", "rehousing_take"), LINE),
    "rehousing_companion_remove": lambda w: [*LINE(w), w.of["lucia"].file.companions.get().pk],
    "rehousing_of_case": lambda w: [w.of["lucia"].file.case.reference],  # type: ignore[union-attr]
    "rehousing_of_household": lambda w: [w.of["lucia"].number],
    "rehousing_of_person": lambda w: [w.of["lucia"].person],
    **dict.fromkeys(("mobility_plan_new", "mobility_pool", "mobility_pool_ask"), ROOT),
    **dict.fromkeys(("mobility_locks", "mobility_lock_new"), ROOT),
    "rehousing_in_relocation": ROOT,
    "mobility_lock_lift": LOCK,
    **{
        f"mobility_plan_{name}": PLAN
        for name in ("progress", "stop", "again", "publish", "discard", "instance", "result")
    },
    "mobility_nobody_outside": PLAN,
    "mobility_plan_as_asked": lambda w: [w.relocation.reference, w.plans[3].number],
    "mobility_what_if": lambda w: [*PLAN(w), "spare"],
    "mobility_remedy": lambda w: [*PLAN(w), 0],
    "mobility_plan_compare": lambda w: [*PLAN(w), w.plans[0].number],
    **dict.fromkeys(("mobility_why", "mobility_why_ask"), WHY),
    "rehousing_day_sheet": lambda w: [clock.today()],
}
# Of what makes the plan, only who also assigns decides about these.
ASSIGN_PAGES: dict[str, Args] = {
    **dict.fromkeys(("adequacy_table_change", "adequacy_table_retire"), TABLE),
    "rehousing_give": LINE,
}
_FILE: Own = lambda m: [m.file.relocation.reference, m.number]  # noqa: E731
_HOUSEHOLD: Own = lambda m: [m.number]  # noqa: E731
_OFFER: Own = lambda m: [m.offer.reference]  # noqa: E731
_ACCORD: Own = lambda m: [m.removal.accord.reference]  # noqa: E731
_REMOVAL: Own = lambda m: [m.removal.reference]  # noqa: E731
_STEP: Own = lambda m: [m.removal.reference, m.removal.steps.order_by("id")[0].pk]  # noqa: E731
_EXPENSE: Own = lambda m: [m.expense.reference]  # noqa: E731
OWN_PAGES: dict[str, Own] = {
    **dict.fromkeys(("rehousing_file", "rehousing_reveal", "rehousing_interview_new"), _FILE),
    **dict.fromkeys(("rehousing_needs", "rehousing_confirm", "rehousing_near_new"), _FILE),
    **dict.fromkeys(("rehousing_refusal_new", "rehousing_return_end"), _FILE),
    **dict.fromkeys(("rehousing_close", "rehousing_reopen"), _FILE),
    "rehousing_interview": lambda m: [*_FILE(m), m.interview.pk],
    "rehousing_near_drop": lambda m: [*_FILE(m), m.wish.pk],
    "rehousing_refusal_withdraw": lambda m: [*_FILE(m), m.refusal.pk],
    **dict.fromkeys(("mobility_where", "rehousing_offers", "rehousing_offer_new"), _HOUSEHOLD),
    **dict.fromkeys(("rehousing_moves", "rehousing_expenses", "rehousing_expense_new"), _HOUSEHOLD),
    **dict.fromkeys(("rehousing_messages", "rehousing_link"), _HOUSEHOLD),
    "rehousing_message_read": lambda m: [m.number, m.message.pk],
    "rehousing_offer": _OFFER,
    **{
        f"rehousing_offer_{name}": _OFFER
        for name in ("change", "send", "letter", "accept", "refuse", "withdraw")
    },
    "rehousing_accord": _ACCORD,
    **{f"rehousing_accord_{name}": _ACCORD for name in ("write", "sign", "cancel", "paper")},
    "rehousing_accord_scan": lambda m: [*_ACCORD(m), m.removal.accord.scan.name],  # type: ignore[union-attr]
    "rehousing_removal": _REMOVAL,
    **{f"rehousing_removal_{name}": _REMOVAL for name in ("schedule", "put_off", "move", "cancel")},
    **dict.fromkeys(("rehousing_step", "rehousing_step_finish"), _STEP),
    "rehousing_expense": _EXPENSE,
    **{f"rehousing_expense_{name}": _EXPENSE for name in ("approve", "refuse", "again", "pay")},
    "rehousing_receipt": lambda m: [*_EXPENSE(m), m.expense.receipt.name],  # type: ignore[union-attr]
}
# What ends with something of a household: that of another one is not found under the own.
INNER = (
    *("rehousing_interview", "rehousing_near_drop", "rehousing_refusal_withdraw", "rehousing_message_read"),
    *("rehousing_accord_scan", "rehousing_step", "rehousing_step_finish", "rehousing_receipt"),
)
# About no row: `test_matrix` tells who opens them.
WITHOUT_A_ROW = {
    *("relocations", "mobility_in_laboratory", "relocation_new"),
    *("adequacy_tables", "adequacy_table_new", "adequacy_tables_take_in"),
    *("rehousing_all_offers", "rehousing_removals", "rehousing_all_expenses", "rehousing_expenses_csv"),
    "rehousing_rights",
}
