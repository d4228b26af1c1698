"""Accords that are signed, removals with their steps and days, the right to come back, the end of a file."""

import pytest

from vicinia.domain.mobility import actions, queries, rules
from vicinia.domain.mobility.models import Accord, RehousingFile, Relocation, Removal, Spell, Unit
from vicinia.domain.mobility.queries import moving
from vicinia.domain.mobility.states import FileState
from vicinia.domain.mobility.tests.factories import DAY, a_file, a_removal, an_expense, an_offer, terms
from vicinia.domain.mobility.tests.refusing import refused
from vicinia.domain.people.models import EarlierStay, Household
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible

pytestmark = pytest.mark.django_db


def file_now(file):
    return RehousingFile.objects.select_related("household").get(pk=file.pk)


def moved(courts, file, door, **more):
    """A household that has moved today."""
    removal = a_removal(courts.lucia, file, door, **more)
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    return actions.move_household(by=courts.lucia, removal=removal, day=clock.today())


def test_an_accord_is_written_signed_and_scanned(courts):
    offer = an_offer(courts.lucia, courts.file, courts.free[0])
    accord = actions.accept_offer(by=courts.lucia, offer=offer, answered_on=clock.today())
    assert str(accord) == accord.reference and moving.removal_of(accord) is None
    assert list(moving.accords_to_sign(courts.lucia)) == [accord]
    assert not moving.accords_to_sign(courts.carla)
    with pytest.raises(NotVisible):
        moving.accord_named(courts.carla, accord.reference)
    assert refused(lambda: actions.write_accord(by=courts.carla, accord=accord, promises="x")).status == 403
    assert refused(lambda: actions.note_accord(by=courts.carla, accord=accord)).status == 403
    row = actions.write_accord(by=courts.lucia, accord=accord, promises=" Il gatto viene. ")
    assert row.promises == "Il gatto viene."
    sign = lambda **more: actions.sign_accord(  # noqa: E731
        **{"by": courts.lucia, "accord": row, "signed_on": clock.today(), "signed_by": "Maria"} | more
    )
    assert refused(lambda: sign(signed_on=clock.today() + DAY)).status == 409
    assert refused(lambda: sign(signed_on=clock.today() - DAY)).status == 409
    assert refused(lambda: sign(signed_by=" ")).status == 409
    assert refused(lambda: sign(by=courts.carla)).status == 403
    RehousingFile.objects.update(school="Elementare, mattina")
    removal = sign(files=[upload(phone_photo())])
    assert (removal.from_dwelling, removal.to_dwelling, removal.day) == (courts.home, courts.free[0], None)
    signed = moving.accord_named(courts.lucia, accord.reference)
    assert (signed.state, signed.scan) == ("signed", attachments.of(signed).get())
    assert file_now(courts.file).state == FileState.AGREED
    needed = {one.kind for one in moving.steps_of(removal) if one.is_needed}
    assert "school" in needed and not needed & {"care", "storage", "adaptations"}
    assert refused(lambda: actions.write_accord(by=courts.lucia, accord=row, promises="x")).status == 409
    assert refused(lambda: sign()).status == 409


def test_a_removal_has_its_day(courts):
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    fix = lambda days=5, **more: actions.schedule_removal(  # noqa: E731
        **{"by": courts.lucia, "removal": removal, "day": clock.today() + days * DAY} | more
    )
    assert str(removal) == removal.reference
    assert refused(lambda: fix(-1)).status == 409
    assert refused(lambda: fix(by=courts.carla)).status == 403
    assert fix().day == clock.today() + 5 * DAY
    assert file_now(courts.file).state == FileState.SCHEDULED
    assert fix(6).day == clock.today() + 6 * DAY
    assert refused(lambda: actions.put_off_removal(by=courts.carla, removal=removal)).status == 403
    row = actions.put_off_removal(by=courts.lucia, removal=removal)
    assert (row.state, row.day, file_now(courts.file).state) == ("planned", None, FileState.AGREED)
    assert refused(lambda: actions.put_off_removal(by=courts.lucia, removal=removal)).status == 409
    unit = Unit.objects.get(dwelling=courts.free[0])
    Spell.objects.create(unit=unit, kind="unfit", from_day=clock.today(), to_day=clock.today() + 9 * DAY)
    assert "ci sono lavori" in str(refused(fix).sentence)
    assert fix(10).state == "scheduled"
    actions.cancel_removal(by=courts.lucia, removal=removal, reason="Ci hanno ripensato.")
    assert refused(lambda: fix(10)).status == 409


def test_the_new_dwelling_is_left_first(courts):
    removal = a_removal(courts.lucia, courts.file, courts.other.home)
    fix = lambda: actions.schedule_removal(  # noqa: E731
        by=courts.lucia, removal=removal, day=clock.today() + 3 * DAY
    )
    assert "abita ancora il nucleo 2" in str(refused(fix).sentence)
    leaves = a_removal(courts.lucia, courts.other, courts.free[0])
    actions.schedule_removal(by=courts.lucia, removal=leaves, day=clock.today() + 4 * DAY)
    assert "abita ancora il nucleo 2" in str(refused(fix).sentence)
    actions.schedule_removal(by=courts.lucia, removal=leaves, day=clock.today() + 3 * DAY)
    assert fix().state == "scheduled"


def test_crews_are_few(courts):
    Relocation.objects.update(removals_a_month=1)
    first = a_removal(courts.lucia, courts.file, courts.free[0])
    second = a_removal(courts.lucia, courts.other, courts.free[1])
    actions.schedule_removal(by=courts.lucia, removal=first, day=clock.today())
    again = lambda day: actions.schedule_removal(by=courts.lucia, removal=second, day=day)  # noqa: E731
    assert "c'è già 1 trasloco" in str(refused(lambda: again(clock.today())).sentence)
    actions.move_household(by=courts.lucia, removal=first, day=clock.today())
    assert "c'è già 1 trasloco" in str(refused(lambda: again(clock.today())).sentence)
    assert again(clock.add_months(clock.today(), 2)).state == "scheduled"


def test_a_household_moves_and_comes_back(courts):
    RehousingFile.objects.update(claims_return=True)
    file = file_now(courts.file)
    removal = a_removal(courts.lucia, file, courts.free[0])
    move = lambda **more: actions.move_household(  # noqa: E731
        **{"by": courts.lucia, "removal": removal, "day": clock.today()} | more
    )
    assert refused(move).status == 409
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    assert refused(lambda: move(day=clock.today() + DAY)).status == 409
    assert refused(lambda: move(by=courts.carla)).status == 403
    assert list(moving.removals_due(courts.lucia, clock.today())) == [removal]
    move()
    file = file_now(courts.file)
    assert (file.state, file.household.dwelling) == (FileState.AWAY, courts.free[0])
    assert EarlierStay.objects.get().dwelling == courts.home
    assert list(moving.files_with_right(courts.carla)) == [file, file_now(courts.other)]
    assert not moving.files_with_right(courts.anna)
    removal = a_removal(courts.lucia, file, file.home, terms=terms(1, None, "return"))
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    move()
    file = file_now(courts.file)
    assert (file.state, file.return_ended_on) == (FileState.RETURNED, clock.today())
    assert file.return_end_reason == "È rientrato."
    assert list(moving.done_lately(courts.lucia)) == [removal, Removal.objects.order_by("id").first()]


def test_somebody_settles_elsewhere_and_the_right_stays(courts):
    RehousingFile.objects.update(claims_return=True)
    moved(courts, file_now(courts.file), courts.free[0], terms=terms(1, None, "final"))
    file = file_now(courts.file)
    assert (file.state, file.return_ended_on) == (FileState.SETTLED, None)
    assert "rientro è ancora aperto" in str(rules.may_end(moving.end_facts(file)).sentence)
    refusal = refused(lambda: actions.close_file(by=courts.lucia, file=file, reason="x", seen_version=None))
    assert "rientro è ancora aperto" in str(refusal.sentence)
    actions.end_return(by=courts.lucia, file=file, reason="Sta bene qui.", seen_version=None)
    expense = an_expense(courts.lucia, file)
    close = lambda: actions.close_file(  # noqa: E731
        by=courts.lucia, file=file, reason="Sistemato.", seen_version=None
    )
    assert "spesa da pagare" in str(refused(close).sentence)
    actions.refuse_expense(by=courts.lucia, expense=expense, reason="Doppia.")
    assert close().state == FileState.CLOSED
    assert rules.may_end(moving.end_facts(file_now(file)))


def test_a_file_ends_when_nothing_is_owed(courts):
    says = lambda: str(rules.may_end(moving.end_facts(file_now(courts.file))).sentence)  # noqa: E731
    assert rules.may_end(moving.end_facts(courts.file))
    offer = an_offer(courts.lucia, courts.file, courts.free[0])
    assert "offerta aperta" in says()
    accord = actions.accept_offer(by=courts.lucia, offer=offer, answered_on=clock.today())
    assert "accordo senza trasloco" in says()
    removal = actions.sign_accord(by=courts.lucia, accord=accord, signed_on=clock.today(), signed_by="Maria")
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    actions.move_household(by=courts.lucia, removal=removal, day=clock.today())
    assert says() == ""
    row = an_expense(courts.lucia, courts.file)
    assert "C'è ancora 1 spesa" in says()
    an_expense(courts.lucia, courts.file)
    assert "Ci sono ancora 2 spese" in says()
    actions.refuse_expense(by=courts.lucia, expense=row, reason="Non è di un trasloco.")
    assert "C'è ancora 1 spesa" in says()


def test_steps_are_needed_or_not_and_done(courts):
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    step = next(one for one in moving.steps_of(removal) if one.kind == "storage")
    plan = actions.StepPlan(True, clock.today() - DAY, " Cantina della zia ")
    assert refused(lambda: actions.change_step(by=courts.carla, step=step, new=plan)).status == 403
    assert not step.is_late
    row = actions.change_step(by=courts.lucia, step=step, new=plan, seen_version=step.version)
    assert (row.note, row.is_late) == ("Cantina della zia", True)
    assert list(moving.steps_due(courts.lucia, clock.today())) == [row]
    assert not moving.steps_due(courts.carla, clock.today())
    assert refused(lambda: actions.finish_step(by=courts.carla, step=row)).status == 403
    done = actions.finish_step(by=courts.lucia, step=row)
    assert (done.done_on, done.done_by) == (clock.today(), "Lucia Sala")
    assert actions.finish_step(by=courts.lucia, step=row).done_on is None
    with pytest.raises(NotVisible):
        moving.step_of(removal, 999999)
    actions.cancel_accord(by=courts.lucia, accord=removal.accord, reason="Non serve più.")
    assert "annullato" in str(refused(lambda: actions.finish_step(by=courts.lucia, step=row)).sentence)
    assert file_now(courts.file).state == FileState.ASSESSED


def test_an_accord_ends_with_its_reason_and_its_offer(courts):
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    end = lambda **more: actions.cancel_accord(  # noqa: E731
        **{"by": courts.lucia, "accord": removal.accord, "reason": "Cambia tutto."} | more
    )
    assert refused(lambda: end(reason="")).status == 409
    assert refused(lambda: end(by=courts.carla)).status == 403
    assert end().offer.state == "withdrawn"
    assert refused(end).status == 409
    assert Accord.objects.get().state == "cancelled"


def test_what_was_not_signed_ends_too(courts):
    offer = an_offer(courts.lucia, courts.file, courts.free[0])
    accord = actions.accept_offer(by=courts.lucia, offer=offer, answered_on=clock.today())
    assert actions.cancel_accord(by=courts.lucia, accord=accord, reason="Ci ripensano.").state == "cancelled"
    assert file_now(courts.file).state == FileState.ASSESSED
    assert not Removal.objects.exists()


def test_the_day_sheet_has_the_removals_of_a_day(courts):
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    assert moving.removals_on(courts.lucia, clock.today()) == [removal]
    assert moving.removals_on(courts.carla, clock.today()) == []
    actions.note_day_sheet(by=courts.lucia, day=clock.today())
    assert refused(lambda: actions.note_day_sheet(by=courts.anna, day=clock.today())).status == 403


def test_a_closed_file_gives_way_to_the_open_one(courts, category):
    RehousingFile.objects.filter(pk=courts.file.pk).update(state=FileState.CLOSED)
    assert queries.file_numbered(courts.lucia, 1).state == FileState.CLOSED
    newer = Relocation.objects.create(
        reference="MB2", name="Altre", adequacy=courts.relocation.adequacy, category=category
    )
    third = a_file(newer, courts.free[2], 3)
    third.household = Household.objects.get(number=1)
    third.save()
    third.companions.create(user_id=courts.lucia.user_id)
    assert queries.file_numbered(courts.lucia, 1) == third
