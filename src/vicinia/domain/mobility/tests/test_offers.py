"""Offers: which dwelling, to whom, until when; what the answer makes of the file."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.mobility import actions, jobs, queries, rules
from vicinia.domain.mobility.models import Accord, Offer, Refusal, RehousingFile, Spell, Unit
from vicinia.domain.mobility.queries import offers
from vicinia.domain.mobility.states import FileState, OfferState
from vicinia.domain.mobility.tests.factories import DAY, a_file, a_removal, an_offer, month, terms
from vicinia.domain.mobility.tests.refusing import refused
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def state_of(file):
    return RehousingFile.objects.get(pk=file.pk).state


def prepare(courts, door, *, by=None, file=None, **more):
    return an_offer(by or courts.lucia, file or courts.file, door, sent=False, **more)


def test_an_offer_is_prepared_changed_and_sent_with_what_it_was(courts):
    row = prepare(courts, courts.free[0], once="una")
    assert prepare(courts, courts.free[0], once="una") == row
    assert (str(row), row.is_open, state_of(courts.file)) == (row.reference, True, FileState.ASSESSED)
    new = actions.NewOffer(courts.free[1], terms(2), "x", "Altre parole")
    assert refused(lambda: actions.print_letter(by=courts.lucia, offer=row)).status == 409
    with pytest.raises(Conflict):
        actions.change_offer(by=courts.lucia, offer=row, new=new, seen_version=9)
    row = actions.change_offer(by=courts.lucia, offer=row, new=new, seen_version=row.version)
    assert (row.dwelling, row.from_month, row.words) == (courts.free[1], month(2), "Altre parole")
    row = actions.send_offer(by=courts.lucia, offer=row, seen_version=row.version)
    assert row.due_on == clock.today() + 15 * DAY
    said = offers.offered(row)
    assert (said["area_m2"], said["rooms"], said["floor"]) == (50.0, 2, 0)
    assert said["from_month"] == month(2).isoformat() and said["household"] == 1
    assert json.loads(row.snapshot) == said and offers.is_intact(row)
    assert state_of(courts.file) == FileState.OFFERED
    assert (
        refused(lambda: actions.change_offer(by=courts.lucia, offer=row, new=new, seen_version=None)).status
        == 409
    )
    Dwelling.objects.filter(pk=row.dwelling_id).update(rooms=9)
    assert offers.offered(Offer.objects.get()) == said


def test_the_database_keeps_what_was_sent_and_one_open_offer(courts):
    row = an_offer(courts.lucia, courts.file, courts.free[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=row.pk).update(snapshot_sha256="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            reference="OA9", file=row.file, dwelling=row.dwelling, kind="final", from_month=month(), once="9"
        )


def test_only_who_accompanies_offers_and_sees(courts):
    row = prepare(courts, courts.free[0])
    for by in (courts.carla, courts.anna):
        assert refused(lambda by=by: prepare(courts, courts.free[1], by=by)).status == 403
        assert refused(lambda by=by: actions.send_offer(by=by, offer=row)).status == 403
        assert not offers.offers(by)
        with pytest.raises(NotVisible):
            offers.offer_named(by, row.reference)
        with pytest.raises(NotVisible):
            queries.file_numbered(by, 1)
    assert offers.offer_named(courts.lucia, row.reference) == row


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"square_metres": 20}, "troppo piccolo per 2"),
        ({"rooms": None}, "mancano i metri quadri"),
        ({"retired_on": dt.date(2020, 1, 1)}, "non è tra quelli"),
    ],
)
def test_a_dwelling_has_to_suit(courts, change, says):
    door = courts.free[0]
    Dwelling.objects.filter(pk=door.pk).update(**change)
    door.refresh_from_db()
    assert says in str(refused(lambda: prepare(courts, door)).sentence)


def test_a_dwelling_without_steps_is_offered_to_who_needs_it(courts):
    RehousingFile.objects.update(needs_step_free=True)
    file = RehousingFile.objects.get(pk=courts.file.pk)
    assert "senza barriere" in str(refused(lambda: prepare(courts, courts.free[0], file=file)).sentence)
    Dwelling.objects.filter(pk=courts.free[0].pk).update(is_accessible=True)
    assert [one.dwelling_id for one in offers.suitable_units(file)] == [
        courts.home.pk,
        courts.free[0].pk,
    ]
    assert prepare(courts, courts.free[0], file=file).state == OfferState.DRAFT


def test_what_is_no_unit_or_refused_or_lived_in_or_at_work_is_not_offered(courts):
    Unit.objects.filter(dwelling=courts.free[0]).delete()
    assert "non è tra quelli" in str(refused(lambda: prepare(courts, courts.free[0])).sentence)
    Refusal.objects.create(file=courts.file, dwelling=courts.free[1], reason="size", by_name="x")
    assert "già detto di no" in str(refused(lambda: prepare(courts, courts.free[1])).sentence)
    assert [one.dwelling_id for one in offers.suitable_units(courts.file)] == [
        courts.home.pk,
        courts.other.home_id,
        courts.free[2].pk,
    ]
    unit = Unit.objects.get(dwelling=courts.free[2])
    Spell.objects.create(unit=unit, kind="works", from_day=month(3), to_day=month(3) + 9 * DAY)
    assert "ci sono lavori" in str(refused(lambda: prepare(courts, courts.free[2])).sentence)
    before = terms(1, 2)
    assert prepare(courts, courts.free[2], terms=before).to_month == month(2)
    other = courts.other
    RehousingFile.objects.filter(pk=other.pk).update(state=FileState.CLOSED)
    Offer.objects.all().delete()
    sentence = str(refused(lambda: prepare(courts, other.home)).sentence)
    assert "abita il nucleo 2" in sentence
    RehousingFile.objects.filter(pk=other.pk).update(state=FileState.ASSESSED)
    assert prepare(courts, other.home).dwelling == other.home


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (rules.Terms("temporary", dt.date(2020, 1, 1)), "già passato"),
        (rules.Terms("temporary", month(3), month(2)), "viene prima del primo"),
        (rules.Terms("return", month(3)), "non ha un rientro aperto"),
    ],
)
def test_months_have_to_fit(courts, given, says):
    assert says in str(refused(lambda: prepare(courts, courts.free[0], terms=given)).sentence)


def test_who_returns_returns_home_or_near(courts):
    RehousingFile.objects.update(claims_return=True)
    file = RehousingFile.objects.get(pk=courts.file.pk)
    back = terms(1, None, "return")
    far = refused(lambda: prepare(courts, courts.free[0], file=file, terms=back))
    assert "stesso edificio" in str(far.sentence)
    assert prepare(courts, file.home, file=file, terms=back).to_month is None


def test_one_dwelling_is_promised_once(courts):
    row = prepare(courts, courts.free[0])
    again = refused(lambda: prepare(courts, courts.free[1]))
    assert "già un'offerta aperta" in str(again.sentence)
    promised = lambda: prepare(courts, courts.free[0], file=courts.other)  # noqa: E731
    assert "già promesso al nucleo 1" in str(refused(promised).sentence)
    later = prepare(courts, courts.free[0], file=courts.other, terms=terms(7, 3))
    actions.withdraw_offer(by=courts.lucia, offer=later, reason="Uno sbaglio.")
    actions.send_offer(by=courts.lucia, offer=row)
    actions.accept_offer(by=courts.lucia, offer=row, answered_on=clock.today())
    assert "già promesso al nucleo 1" in str(refused(promised).sentence)
    Offer.objects.filter(pk=row.pk).update(to_month=None)
    much_later = {"file": courts.other, "terms": terms(40, 3)}
    assert refused(lambda: prepare(courts, courts.free[0], **much_later)).status == 409


def test_a_household_that_moved_on_holds_its_dwelling_no_longer(courts):
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    actions.move_household(by=courts.lucia, removal=removal, day=clock.today())
    taken = refused(lambda: prepare(courts, courts.free[0], file=courts.other))
    assert "promesso" in str(taken.sentence)
    removal = a_removal(courts.lucia, courts.file, courts.free[1])
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    actions.move_household(by=courts.lucia, removal=removal, day=clock.today())
    assert prepare(courts, courts.free[0], file=courts.other).state == OfferState.DRAFT


def test_needs_come_first(courts):
    RehousingFile.objects.update(state=FileState.INTERVIEWED)
    file = RehousingFile.objects.get(pk=courts.file.pk)
    assert "quali sono le esigenze" in str(
        refused(lambda: prepare(courts, courts.free[0], file=file)).sentence
    )
    RehousingFile.objects.update(state=FileState.AGREED)
    assert "accordo firmato" in str(refused(lambda: prepare(courts, courts.free[0], file=file)).sentence)


def test_a_yes_makes_an_accord(courts):
    row = an_offer(courts.lucia, courts.file, courts.free[0])
    yes = lambda day, **more: actions.accept_offer(  # noqa: E731
        by=more.get("by", courts.lucia), offer=row, answered_on=day, witness="Il figlio"
    )
    assert refused(lambda: yes(clock.today() + DAY)).status == 409
    assert refused(lambda: yes(clock.today() - DAY)).status == 409
    assert refused(lambda: yes(clock.today(), by=courts.carla)).status == 403
    unit = Unit.objects.get(dwelling=courts.free[0])
    spell = Spell.objects.create(unit=unit, kind="unfit", from_day=month(2))
    assert "lavori" in str(refused(lambda: yes(clock.today())).sentence)
    spell.delete()
    accord = yes(clock.today())
    assert (accord.offer.state, accord.promises, accord.state) == (
        OfferState.ACCEPTED,
        "Restate vicino alla scuola.",
        "prepared",
    )
    assert state_of(courts.file) == FileState.OFFERED
    assert refused(lambda: yes(clock.today())).status == 409


def test_a_no_says_why_and_is_not_proposed_again(courts):
    row = an_offer(courts.lucia, courts.file, courts.free[0])
    said = actions.NotWanted("fear", clock.today(), "Ho paura del vicino.", "La figlia")
    assert (
        refused(
            lambda: actions.refuse_offer(
                by=courts.lucia, offer=row, said=actions.NotWanted("", clock.today())
            )
        ).status
        == 409
    )
    assert refused(lambda: actions.refuse_offer(by=courts.carla, offer=row, said=said)).status == 403
    actions.refuse_offer(by=courts.lucia, offer=row, said=said)
    refusal = Refusal.objects.get()
    assert (refusal.dwelling, refusal.reason, refusal.words) == (
        courts.free[0],
        "fear",
        "Ho paura del vicino.",
    )
    assert state_of(courts.file) == FileState.ASSESSED
    assert "già detto di no" in str(refused(lambda: prepare(courts, courts.free[0])).sentence)


def test_a_second_no_to_the_own_home_is_written_once(courts):
    RehousingFile.objects.update(claims_return=True)
    Refusal.objects.create(file=courts.file, dwelling=courts.home, reason="other", by_name="x")
    file = RehousingFile.objects.get(pk=courts.file.pk)
    row = an_offer(courts.lucia, file, courts.home, terms=terms(1, None, "return"))
    said = actions.NotWanted("condition", clock.today())
    actions.refuse_offer(by=courts.lucia, offer=row, said=said)
    assert Refusal.objects.count() == 1


def test_nobody_answers_and_then_somebody_does(courts):
    row = an_offer(courts.lucia, courts.file, courts.free[0])
    assert actions.lapse_offer(by=courts.lucia, offer=row) is False
    assert jobs.chase() == 0
    with clock.at(clock.now() + 16 * DAY):
        assert offers.offer_named(courts.lucia, row.reference).is_late
        assert list(offers.offers_due(courts.lucia, clock.today())) == [row]
        assert (jobs.chase(), jobs.chase()) == (1, 0)
        told = OutboxMessage.objects.get()
        assert (told.template, told.to) == ("offer_unanswered", "lucia@prova.example")
        assert row.dwelling.where not in told.body
        late = offers.offer_named(courts.lucia, row.reference)
        assert late.state == OfferState.UNANSWERED
        assert list(offers.offers_due(courts.lucia, clock.today())) == [row]
        assert actions.accept_offer(by=courts.lucia, offer=late, answered_on=clock.today())


def test_an_offer_is_taken_back_with_all_that_came_of_it(courts):
    draft = prepare(courts, courts.free[0])
    back = lambda row, **more: actions.withdraw_offer(  # noqa: E731
        **{"by": courts.lucia, "offer": row, "reason": "Serve ad altri."} | more
    )
    assert refused(lambda: back(draft, reason=" ")).status == 409
    assert refused(lambda: back(draft, by=courts.carla)).status == 403
    assert back(draft) and state_of(courts.file) == FileState.ASSESSED
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    assert state_of(courts.file) == FileState.SCHEDULED
    back(removal.accord.offer)
    removal.refresh_from_db()
    accord = Accord.objects.get()
    assert (removal.state, accord.state, accord.offer.state) == ("cancelled", "cancelled", "withdrawn")
    assert (removal.end_reason, accord.end_reason) == ("Serve ad altri.", "Serve ad altri.")
    assert state_of(courts.file) == FileState.ASSESSED
    assert refused(lambda: back(accord.offer)).status == 409


def test_whoever_has_moved_stays(courts):
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    actions.move_household(by=courts.lucia, removal=removal, day=clock.today())
    for act in (
        lambda: actions.withdraw_offer(by=courts.lucia, offer=removal.accord.offer, reason="x"),
        lambda: actions.cancel_accord(by=courts.lucia, accord=removal.accord, reason="x"),
        lambda: actions.cancel_removal(by=courts.lucia, removal=removal, reason="x"),
    ):
        assert "si è già trasferito" in str(refused(act).sentence)
    next_one = an_offer(courts.lucia, courts.file, courts.free[1])
    actions.refuse_offer(by=courts.lucia, offer=next_one, said=actions.NotWanted("size", clock.today()))
    assert state_of(courts.file) == FileState.AWAY


def test_the_letter_is_printed_with_a_new_link_each_time(courts):
    row = an_offer(courts.lucia, courts.file, courts.free[0])
    first, second = (actions.print_letter(by=courts.lucia, offer=row) for _n in range(2))
    assert first != second
    assert refused(lambda: actions.print_letter(by=courts.carla, offer=row)).status == 403


def test_an_unknown_stranger_accompanies_nobody(courts):
    assert not queries.is_companion(Actor.job("x"), courts.file)
    third = a_file(courts.relocation, courts.free[2], 3)
    assert queries.companions_of(third) == []
