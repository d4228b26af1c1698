"""Expenses with their payment clock; what a household writes; erasing; what is counted."""

from decimal import Decimal

import pytest

from vicinia.domain.mobility import actions
from vicinia.domain.mobility.models import (
    Accord,
    Expense,
    FamilyMessage,
    Interview,
    Offer,
    RehousingFile,
    Removal,
    RemovalStep,
)
from vicinia.domain.mobility.queries import expenses, family, moving
from vicinia.domain.mobility.states import FileState
from vicinia.domain.mobility.tests.factories import DAY, a_removal, an_expense, an_offer, terms
from vicinia.domain.mobility.tests.refusing import refused
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.registries import countables
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
WORDS = "La nonna usa la sedia a rotelle."


def test_an_expense_is_claimed_approved_and_paid_in_time(courts):
    row = an_expense(courts.lucia, courts.file, files=[upload(phone_photo())])
    assert (str(row), row.days_to_pay, row.is_late) == (row.reference, None, False)
    assert row.receipt == attachments.of(row).get()
    approve = lambda by=courts.lucia: actions.approve_expense(by=by, expense=row)  # noqa: E731
    assert refused(lambda: approve(courts.carla)).status == 403
    assert approve().pay_by == clock.today() + 28 * DAY
    pay = lambda days=0, by=courts.lucia: actions.pay_expense(  # noqa: E731
        by=by, expense=row, paid_on=clock.today() + days * DAY
    )
    assert refused(lambda: pay(1)).status == 409
    assert refused(lambda: pay(-1)).status == 409
    assert refused(lambda: pay(by=courts.carla)).status == 403
    with clock.at(clock.now() + 30 * DAY):
        late = expenses.expense_named(courts.lucia, row.reference)
        assert (late.days_to_pay, late.is_late) == (-2, True)
        assert list(Expense.objects.all().late()) == [row]
        assert list(expenses.expenses_due(courts.lucia, clock.today())) == [row]
    assert pay().state == "paid"
    assert refused(pay).status == 409


def test_an_expense_is_refused_and_claimed_again(courts):
    row = an_expense(courts.lucia, courts.file)
    refuse = lambda reason="Manca la ricevuta.", by=courts.lucia: actions.refuse_expense(  # noqa: E731
        by=by, expense=row, reason=reason
    )
    assert refused(lambda: refuse(" ")).status == 409
    assert refused(lambda: refuse(by=courts.carla)).status == 403
    assert refuse().refusal == "Manca la ricevuta."
    assert refused(refuse).status == 409
    assert refused(lambda: actions.claim_again(by=courts.carla, expense=row)).status == 403
    again = actions.claim_again(by=courts.lucia, expense=row, files=[upload(phone_photo())])
    assert (again.state, again.refusal, again.words) == ("claimed", "", "Furgone del cugino.")
    assert again.receipt is not None
    assert refused(lambda: actions.claim_again(by=courts.lucia, expense=row)).status == 409


def test_what_may_be_claimed(courts):
    claim = lambda **more: an_expense(courts.lucia, courts.file, **more)  # noqa: E731
    assert refused(lambda: claim(amount=Decimal(0))).status == 409
    assert refused(lambda: claim(spent_on=clock.today() + DAY)).status == 409
    assert refused(lambda: an_expense(courts.carla, courts.file)).status == 403
    new = actions.NewExpense("hotel", Decimal(3), clock.today(), "una")
    first, second = (actions.claim_expense(by=courts.lucia, file=courts.file, new=new) for _n in range(2))
    assert first == second
    RehousingFile.objects.update(state=FileState.CLOSED)
    assert "chiuso" in str(refused(claim).sentence)


def test_late_expenses_come_first_with_their_sums(courts):
    rows = [an_expense(courts.lucia, courts.file) for _n in range(4)]
    for row in rows[1:]:
        actions.approve_expense(by=courts.lucia, expense=row)
    actions.pay_expense(by=courts.lucia, expense=rows[3], paid_on=clock.today())
    Expense.objects.filter(pk=rows[2].pk).update(pay_by=clock.today() - DAY)
    visible = expenses.expenses(courts.lucia)
    assert list(expenses.late_first(visible)) == [rows[2], rows[0], rows[1], rows[3]]
    sums = expenses.sums_of(visible)
    assert (sums["claimed"], sums["approved"], sums["paid"]) == (
        Decimal("120.50"),
        Decimal("241.00"),
        Decimal("120.50"),
    )
    assert not expenses.expenses(courts.carla)
    with pytest.raises(NotVisible):
        expenses.expense_named(courts.carla, rows[0].reference)


def test_a_household_writes_and_is_read(courts):
    new = actions.NewMessage("other_day", " Quel giorno lavoro. ", "una")
    home = Actor.resident("1")
    write = lambda by=home, **more: actions.write_message(  # noqa: E731
        by=by, file=courts.file, new=actions.NewMessage(**{"kind": "question", "once": "b"} | more)
    )
    row = actions.write_message(by=home, file=courts.file, new=new)
    assert actions.write_message(by=home, file=courts.file, new=new) == row
    assert row.words == "Quel giorno lavoro."
    told = OutboxMessage.objects.get()
    assert (told.to, "lavoro" in told.body) == ("lucia@prova.example", False)
    for by in (courts.lucia, Actor.resident("2")):
        assert refused(lambda by=by: write(by=by, words="x")).status == 403
    assert refused(lambda: write(words=" ")).status == 409
    assert list(family.unread_messages(courts.lucia)) == [row]
    assert not family.unread_messages(courts.carla)
    with pytest.raises(NotVisible):
        family.message_numbered(courts.carla, row.pk)
    assert refused(lambda: actions.read_message(by=courts.carla, message=row)).status == 403
    read = actions.read_message(by=courts.lucia, message=row)
    assert (read.read_by, actions.read_message(by=courts.lucia, message=row).read_at) == (
        "Lucia Sala",
        read.read_at,
    )
    assert not family.unread_messages(courts.lucia)
    RehousingFile.objects.update(state=FileState.CLOSED)
    assert "chiuso" in str(refused(lambda: write(words="x")).sentence)


def test_links_open_the_page_until_they_are_closed(courts):
    first = actions.give_link(by=courts.lucia, file=courts.file)
    second = actions.give_link(by=courts.lucia, file=courts.file)
    assert family.file_of_link(first) == family.file_of_link(second) == courts.file
    third = actions.renew_link(by=courts.lucia, file=courts.file)
    for token in (first, second, "x"):
        with pytest.raises(NotVisible):
            family.file_of_link(token)
    assert refused(lambda: actions.give_link(by=courts.carla, file=courts.file)).status == 403
    assert refused(lambda: actions.renew_link(by=courts.carla, file=courts.file)).status == 403
    RehousingFile.objects.update(state=FileState.CLOSED)
    assert refused(lambda: actions.give_link(by=courts.lucia, file=courts.file)).status == 409
    with pytest.raises(NotVisible):
        family.file_of_link(third)


def fill(courts):
    """Words of a household everywhere where there may be some."""
    removal = a_removal(courts.lucia, courts.file, courts.free[0], words=WORDS)
    step = moving.steps_of(removal)[0]
    actions.change_step(by=courts.lucia, step=step, new=actions.StepPlan(True, None, WORDS))
    actions.cancel_removal(by=courts.lucia, removal=removal, reason=WORDS)
    row = an_offer(courts.lucia, courts.file, courts.free[1])
    said = actions.NotWanted("steps", clock.today(), WORDS, WORDS)
    actions.refuse_offer(by=courts.lucia, offer=row, said=said)
    spent = an_expense(courts.lucia, courts.file, files=[upload(phone_photo())])
    actions.refuse_expense(by=courts.lucia, expense=spent, reason=WORDS)
    new = actions.NewMessage("question", WORDS, "una")
    actions.write_message(by=Actor.resident("1"), file=courts.file, new=new)
    Expense.objects.update(words=WORDS)


def words_left():
    rows = [
        row
        for model in (Offer, Accord, Removal, RemovalStep, Expense, FamilyMessage)
        for row in model.objects.all()
    ]
    moves = [move.reason for offer in Offer.objects.all() for move in offer.state_moves.all()]
    kept = [str(value) for row in rows for value in vars(row).values()] + moves
    return sum(WORDS in value for value in kept)


def test_words_are_erased(courts):
    fill(courts)
    token = actions.give_link(by=courts.lucia, file=courts.file)
    assert words_left() >= 9
    assert actions.erase_moving(by=courts.carla, file_ids=[courts.other.pk]) == 0
    assert actions.erase_moving(by=courts.carla, file_ids=[courts.file.pk]) == 6
    assert words_left() == 0
    spent = Expense.objects.get()
    assert (spent.amount, spent.receipt, attachments.of(spent).count()) == (Decimal("120.50"), None, 0)
    assert FamilyMessage.objects.get().words == "…"
    with pytest.raises(NotVisible):
        family.file_of_link(token)


# Counted ----------------------------------------------------------------------------------------------------------


def counted(key, since=0, until=0):
    today = clock.today()
    rows = countables[key].rows(today + since * DAY, today + until * DAY)
    return list(rows)


def shown(key, by, rows):
    return [str(link.title) for link in countables[key].links(by, [row.record_id for row in rows])]


def test_what_a_programme_counts(courts):
    Interview.objects.create(
        file=courts.file, day=clock.today(), place="home", words="x", by_ref="x", by_name="x", once="x"
    )
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    lost = an_offer(courts.lucia, courts.other, courts.free[1])
    actions.refuse_offer(by=courts.lucia, offer=lost, said=actions.NotWanted("size", clock.today()))
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    actions.move_household(by=courts.lucia, removal=removal, day=clock.today())
    RehousingFile.objects.update(claims_return=True)
    file = RehousingFile.objects.get(pk=courts.file.pk)
    back = a_removal(courts.lucia, file, file.home, terms=terms(1, None, "return"))
    actions.schedule_removal(by=courts.lucia, removal=back, day=clock.today())
    actions.move_household(by=courts.lucia, removal=back, day=clock.today())
    titles = {
        "rehousing_interviews": (["home"], ["Nucleo 1"]),
        "rehousing_offers": (
            ["temporary", "return"],
            [removal.accord.offer.reference, back.accord.offer.reference],
        ),
        "rehousing_removals": (["temporary", "return"], [removal.reference, back.reference]),
        "rehousing_returns": (["return"], [back.reference]),
    }
    for key, (kinds, references) in titles.items():
        rows = counted(key)
        assert [row.kind for row in rows] == kinds, key
        assert {row.kind for row in rows} <= set(countables[key].kinds()) | {"return"}
        assert shown(key, courts.lucia, rows) == references, key
        assert shown(key, courts.carla, rows) == [], key
        assert counted(key, 1, 9) == []
