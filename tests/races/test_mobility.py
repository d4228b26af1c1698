"""One dwelling, one published plan, one computation at a time; what eight taps send is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine

from tests.cast import Cast
from tests.races.test_one_winner import EIGHT, WON, Told, race
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.jobs import computing as jobs
from vicinia.domain.mobility.models import (
    Accord,
    Expense,
    FamilyMessage,
    Interview,
    Lock,
    MobilityPlan,
    Offer,
    RehousingFile,
    Relocation,
    Removal,
    Why,
)
from vicinia.domain.mobility.tests import solvers
from vicinia.domain.mobility.tests.factories import (
    Estate,
    a_file,
    a_relocation,
    an_estate,
    an_offer,
    counted_file,
    court,
    month,
    terms,
)
from vicinia.domain.people import actions as people
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def category(transactional_db: None) -> Category:
    parent = Category.objects.create(code="casa", name="Casa")
    return Category.objects.create(code="mobilita", name="Mobilità", parent=parent)


@pytest.fixture
def estate(category: Category, shared_database: None) -> Iterator[Estate]:
    with time_machine.travel(dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC), tick=False):
        yield an_estate(category)


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    return cast.actor(cast.lucia)


def families(
    cast: Cast, category: Category, count: int = EIGHT
) -> tuple[list[RehousingFile], list[Dwelling]]:
    """Households whose needs are clear, all Lucia's, and two free dwellings."""
    homes, free = court("1", doors=count, area=cast.crocetta), court("2", doors=2, area=cast.crocetta)
    relocation = a_relocation(category, *homes, *free)
    files = [a_file(relocation, door, number, cast.lucia) for number, door in enumerate(homes, 1)]
    return files, free


def told(answers: list[str | Told]) -> set[int]:
    """What those who were too late got."""
    return {answer.status for answer in answers if isinstance(answer, Told)}


# One dwelling -----------------------------------------------------------------------------------------------------


def test_a_dwelling_is_offered_to_one_of_eight(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    files, free = families(cast, category)
    runs = [
        lambda file=file: actions.prepare_offer(  # type: ignore[misc]
            by=lucia, file=file, new=actions.NewOffer(free[0], terms(), f"once {file.pk}")
        )
        for file in files
    ]
    answers = race(runs)
    assert answers.count(WON) == 1 and told(answers) == {409}
    assert Offer.objects.count() == 1


def test_one_household_has_one_open_offer(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    files, free = families(cast, category, 1)
    runs = [
        lambda n=n: actions.prepare_offer(  # type: ignore[misc]
            by=lucia, file=files[0], new=actions.NewOffer(free[n % 2], terms(), f"once {n}")
        )
        for n in range(EIGHT)
    ]
    answers = race(runs)
    assert answers.count(WON) == 1 and told(answers) == {409}
    assert Offer.objects.count() == 1


def test_drafts_that_change_to_one_dwelling_get_it_once(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    """Four offers of four dwellings are changed to the same fifth at once."""
    files, free = families(cast, category, 4)
    more = court("3", doors=4, area=cast.crocetta)
    actions.add_units(by=lucia, relocation=files[0].relocation, dwellings=more)
    rows = [an_offer(lucia, file, door, sent=False) for file, door in zip(files, more, strict=True)]
    runs = [
        lambda row=row: actions.change_offer(  # type: ignore[misc]
            by=lucia, offer=row, new=actions.NewOffer(free[0], terms(), row.once), seen_version=None
        )
        for row in rows
    ]
    answers = race(runs)
    assert answers.count(WON) == 1 and told(answers) == {409}
    assert Offer.objects.filter(dwelling=free[0]).count() == 1


def test_an_offer_is_accepted_once(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    files, free = families(cast, category, 1)
    offer = an_offer(lucia, files[0], free[0])
    answers = race([lambda: actions.accept_offer(by=lucia, offer=offer, answered_on=clock.today())] * EIGHT)
    assert answers.count(WON) == 1 and told(answers) == {409}
    assert Accord.objects.count() == 1


def test_a_dwelling_that_was_offered_twice_is_accepted_once(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    """No page makes two open offers of one dwelling; should the register hold them, one household gets it."""
    files, free = families(cast, category)
    rows = [an_offer(lucia, file, file.home) for file in files]
    Offer.objects.update(dwelling=free[0])
    runs = [
        lambda row=row: actions.accept_offer(by=lucia, offer=row, answered_on=clock.today())  # type: ignore[misc]
        for row in Offer.objects.filter(pk__in=[row.pk for row in rows])
    ]
    answers = race(runs)
    assert answers.count(WON) <= 1 and told(answers) == {409}
    assert Accord.objects.count() == answers.count(WON)


def test_yes_and_no_at_once_are_one_answer(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    files, free = families(cast, category, 1)
    offer = an_offer(lucia, files[0], free[0])
    said = actions.NotWanted("fear", clock.today())
    runs: list[object] = [lambda: actions.accept_offer(by=lucia, offer=offer, answered_on=clock.today())] * 3
    runs += [lambda: actions.refuse_offer(by=lucia, offer=offer, said=said)] * 3
    runs += [lambda: actions.withdraw_offer(by=lucia, offer=offer, reason="Serve ad altri.")] * 2
    answers = race(runs)  # type: ignore[arg-type]
    # A yes may still be taken back; nothing else may follow anything.
    offer.refresh_from_db()
    assert offer.state in ("accepted", "refused", "withdrawn")
    assert answers[:6].count(WON) <= 1 and answers.count(WON) <= 2
    assert told(answers) == {409}


def test_an_accord_is_signed_once(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    files, free = families(cast, category, 1)
    accord = actions.accept_offer(
        by=lucia, offer=an_offer(lucia, files[0], free[0]), answered_on=clock.today()
    )
    answers = race(
        [lambda: actions.sign_accord(by=lucia, accord=accord, signed_on=clock.today(), signed_by="Maria")]
        * EIGHT
    )
    assert answers.count(WON) == 1 and told(answers) == {409}
    assert Removal.objects.count() == 1


def test_a_household_moves_once_and_crews_are_counted(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    """Two a month may move: of four that fix a day at once, two have it."""
    files, _free = families(cast, category, 4)
    Relocation.objects.update(removals_a_month=2)
    more = court("3", doors=4, area=cast.crocetta)
    actions.add_units(by=lucia, relocation=files[0].relocation, dwellings=more)
    removals = []
    for file, door in zip(files, more, strict=True):
        accord = actions.accept_offer(by=lucia, offer=an_offer(lucia, file, door), answered_on=clock.today())
        removals.append(
            actions.sign_accord(by=lucia, accord=accord, signed_on=clock.today(), signed_by="Maria")
        )
    day = month(1) + dt.timedelta(days=9)
    runs = [lambda row=row: actions.schedule_removal(by=lucia, removal=row, day=day) for row in removals]  # type: ignore[misc]
    answers = race(runs)
    assert answers.count(WON) == 2 and told(answers) == {409}
    fixed = Removal.objects.filter(state="scheduled").order_by("id")[0]
    # Threads have no clock of their own: the whole process is taken to that day.
    with time_machine.travel(clock.start_of(day) + dt.timedelta(hours=9), tick=False):
        answers = race([lambda: actions.move_household(by=lucia, removal=fixed, day=day)] * EIGHT)
    assert answers.count(WON) == 1 and told(answers) == {409}
    fixed.file.household.refresh_from_db()
    assert fixed.file.household.dwelling_id == fixed.to_dwelling_id


# What is sent twice -----------------------------------------------------------------------------------------------


def test_what_eight_taps_send_is_one(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    files, free = families(cast, category, 1)
    [file] = files
    talk = actions.NewInterview(clock.today(), "home", "Abbiamo parlato.", "tap")
    offer = actions.NewOffer(free[0], terms(), "tap")
    spent = actions.NewExpense("removal", Decimal("12.50"), clock.today(), "tap")
    wrote = actions.NewMessage("question", "Quando?", "tap")
    family = Actor.resident(file.reference)
    for run in (
        lambda: actions.write_interview(by=lucia, file=file, new=talk),
        lambda: actions.prepare_offer(by=lucia, file=file, new=offer),
        lambda: actions.claim_expense(by=lucia, file=file, new=spent),
        lambda: actions.write_message(by=family, file=file, new=wrote),
    ):
        assert race([run] * EIGHT) == [WON] * EIGHT  # type: ignore[list-item]
    counts = [model.objects.count() for model in (Interview, Offer, Expense, FamilyMessage)]
    assert counts == [1, 1, 1, 1]
    assert Entry.objects.filter(event="mobility.family_wrote").count() == 1
    file.refresh_from_db()
    assert file.case is not None and file.state == "assessed"


def test_two_talks_at_once_open_one_case(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    files, _free = families(cast, category, 1)
    RehousingFile.objects.update(state="census")
    runs = [
        lambda n=n: actions.write_interview(  # type: ignore[misc]
            by=lucia, file=files[0], new=actions.NewInterview(clock.today(), "home", "Parlato.", f"tap {n}")
        )
        for n in range(EIGHT)
    ]
    assert race(runs) == [WON] * EIGHT
    assert Interview.objects.count() == EIGHT
    assert Entry.objects.filter(event="mobility.file_case").count() == 1


def test_an_expense_is_paid_once(cast: Cast, lucia: Actor, category: Category, shared_database: None) -> None:
    files, _free = families(cast, category, 1)
    row = actions.claim_expense(
        by=lucia, file=files[0], new=actions.NewExpense("removal", Decimal(10), clock.today(), "one")
    )
    assert race([lambda: actions.approve_expense(by=lucia, expense=row)] * EIGHT).count(WON) == 1
    answers = race([lambda: actions.pay_expense(by=lucia, expense=row, paid_on=clock.today())] * EIGHT)
    assert answers.count(WON) == 1 and told(answers) == {409}


def test_a_household_is_counted_and_taken_once(
    cast: Cast, lucia: Actor, category: Category, shared_database: None
) -> None:
    """Lucia and Carla open its file and take it at the same moment."""
    carla = cast.actor(cast.carla)
    doors = court("1", doors=1, area=cast.crocetta)
    relocation = a_relocation(category, *doors)
    household = people.make_household(by=lucia, dwelling=doors[0], stated=people.Stated(("it",), 2))
    runs = [
        lambda by=by: counted_file(by, relocation, household.dwelling)  # type: ignore[misc, arg-type]
        for by in (lucia, carla) * 4
    ]
    answers = race(runs)
    assert answers.count(WON) == 1 and told(answers) == {409}
    file = RehousingFile.objects.get()
    answers = race([lambda by=by: actions.take_file(by=by, file=file) for by in (lucia, carla) * 4])  # type: ignore[misc]
    assert answers.count(WON) == 1 and told(answers) == {409}
    assert file.companions.count() == 1


# Plans ------------------------------------------------------------------------------------------------------------


def plan_of(by: Actor, estate: Estate) -> MobilityPlan:
    asked = actions.ask_plan(by=by, relocation=estate.relocation, new=actions.NewPlan())
    found = jobs.carry_out(asked, every=600)
    assert found is not None
    return found


def test_one_plan_is_asked_for_begun_and_computed(
    estate: Estate, lucia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "solve", solvers.plain)
    answers = race(
        [lambda: actions.ask_plan(by=lucia, relocation=estate.relocation, new=actions.NewPlan())] * EIGHT
    )
    assert answers.count(WON) == 1 and told(answers) == {409}
    plan = MobilityPlan.objects.get()
    answers = race([lambda: jobs.carry_out(plan, every=600)] * EIGHT)
    assert answers.count(WON) == 1
    plan.refresh_from_db()
    assert (plan.state, plan.tries, plan.slot) == ("proposed", 1, None)
    assert Entry.objects.filter(event="mobility.plan_done").count() == 1


def test_the_queue_is_one_for_all_relocations(estate: Estate, lucia: Actor, category: Category) -> None:
    other = Relocation.objects.get(pk=estate.relocation.pk)
    other.pk, other.reference = None, "MB2"
    other.save()
    other.worksites.set(estate.relocation.worksites.all())
    actions.add_units(by=lucia, relocation=other, dwellings=[*estate.doors, *estate.spare])
    half = estate.files[2:]
    RehousingFile.objects.filter(pk__in=[file.pk for file in half]).update(relocation=other)
    runs = [
        lambda row=row: actions.ask_plan(by=lucia, relocation=row, new=actions.NewPlan())  # type: ignore[misc]
        for row in (estate.relocation, other) * 4
    ]
    answers = race(runs)
    assert answers.count(WON) == 1 and told(answers) == {409}


def test_a_dead_plan_is_given_back_once(estate: Estate, lucia: Actor) -> None:
    asked = actions.ask_plan(by=lucia, relocation=estate.relocation, new=actions.NewPlan())
    actions.begin_plan(by=jobs.JOB, plan=asked)
    MobilityPlan.objects.update(leased_until=clock.now() - dt.timedelta(seconds=1))
    answers = race([lambda: actions.bury_the_dead(by=jobs.JOB)] * EIGHT)
    assert answers.count(WON) == 1
    assert Entry.objects.filter(event="mobility.plan_waits").count() == 1


def test_one_plan_is_published(estate: Estate, lucia: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight publish two proposals: at the end one of them holds, and nothing was published twice."""
    monkeypatch.setattr(solving, "solve", solvers.plain)
    first, second = plan_of(lucia, estate), plan_of(lucia, estate)
    runs = [lambda row=row: actions.publish_plan(by=lucia, plan=row) for row in (first, second) * 4]  # type: ignore[misc]
    answers = race(runs)
    assert answers.count(WON) <= 2 and told(answers) == {409}
    assert MobilityPlan.objects.filter(state="published").count() == 1
    assert MobilityPlan.objects.filter(state="replaced").count() == answers.count(WON) - 1
    assert Entry.objects.filter(event="mobility.plan_published").count() == answers.count(WON)


def test_published_and_discarded_at_once_is_one_of_both(
    estate: Estate, lucia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "solve", solvers.plain)
    plan = plan_of(lucia, estate)
    runs: list[object] = [lambda: actions.publish_plan(by=lucia, plan=plan)] * 4
    runs += [lambda: actions.discard_plan(by=lucia, plan=plan, reason="No.")] * 4
    answers = race(runs)  # type: ignore[arg-type]
    assert answers.count(WON) == 1 and told(answers) == {409}


def test_a_why_is_asked_and_answered_once(
    estate: Estate, lucia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "solve", solvers.plain)
    plan = plan_of(lucia, estate)
    file = queries.file_line(lucia, estate.relocation.reference, estate.files[0].household.number)
    assert race([lambda: actions.ask_why(by=lucia, plan=plan, file=file)] * EIGHT) == [WON] * EIGHT
    why = Why.objects.get()
    answers = race([lambda: actions.begin_why(by=jobs.JOB, why=why)] * EIGHT)
    assert answers.count(WON) == 1


def test_a_dwelling_is_locked_for_one(estate: Estate, lucia: Actor) -> None:
    new = actions.NewLock(estate.spare[0], dt.date(2027, 5, 1), dt.date(2027, 6, 1), "Cura")
    runs = [lambda file=file: actions.lock_household(by=lucia, file=file, new=new) for file in estate.files]  # type: ignore[misc]
    answers = race(runs)
    assert answers.count(WON) == 1 and told(answers) == {409}
    lock = Lock.objects.get()
    assert race([lambda: actions.lift_lock(by=lucia, lock=lock)] * EIGHT).count(WON) == 1
