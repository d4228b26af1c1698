"""A vote is prepared, its roll drawn up and corrected, its codes given."""

import datetime as dt

import pytest

from vicinia.domain.elections import actions, codes, queries
from vicinia.domain.elections.models import Option, Poll, Voter
from vicinia.domain.elections.states import Basis, Method, PollState
from vicinia.domain.elections.tests.conftest import NAMES, codes_of, over, plan, prepared, vote
from vicinia.domain.people.models import HouseholdMember
from vicinia.domain.people.tests.factories import person
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db


def refused(words: str):
    return pytest.raises(Refused, match=words)


def test_who_only_sees_prepares_nothing(anna, stairs):
    with refused("curate dal laboratorio") as caught:
        actions.plan_poll(by=anna, new=plan(stairs))
    assert caught.value.verdict.status == 403


def test_a_vote_that_cannot_be_is_refused(lucia, stairs):
    now = clock.now()
    with refused("finisce prima"):
        actions.plan_poll(by=lucia, new=plan(stairs, opens_at=now, closes_at=now))
    with refused("le scelte al massimo sono una"):
        actions.plan_poll(by=lucia, new=plan(stairs, most=2))


def test_options_keep_their_letters_in_order(lucia, draft):
    assert [str(one) for one in queries.options_of(draft)] == [
        "A. Maria Bassi", "B. Ugo Neri", "C. Amina Diallo",
    ]  # fmt: skip
    actions.drop_option(by=lucia, option=Option.objects.get(poll=draft, letter="B"))
    assert [str(one) for one in queries.options_of(draft)] == ["A. Maria Bassi", "B. Amina Diallo"]


def test_a_ranked_vote_has_few_options(lucia, stairs):
    poll = prepared(lucia, plan(stairs, method=Method.RANKED, most=3), options="UVWXYZ")
    with refused("troppe"):
        actions.add_option(by=lucia, poll=poll, new=actions.NewOption("Settima"))


def test_changing_the_stairs_empties_the_roll(lucia, draft, stairs):
    seen = draft.version
    actions.change_poll(by=lucia, poll=draft, new=plan(stairs[:1], title="Altro"), seen_version=seen)
    assert Voter.objects.count() == 6
    with pytest.raises(Conflict):
        actions.change_poll(by=lucia, poll=draft, new=plan(stairs), seen_version=seen)
    actions.change_poll(by=lucia, poll=draft, new=plan(stairs), seen_version=None)
    assert not Voter.objects.exists()


def test_the_roll_is_stair_by_stair_and_door_by_door(lucia, stairs):
    poll = prepared(lucia, plan(stairs))
    assert actions.list_voters(by=lucia, poll=poll) == 12
    rows = list(queries.roll(lucia, poll))
    assert [row.number for row in rows] == list(range(1, 13))
    assert [(row.stair.name, row.household.number) for row in rows[:2]] == [("A", 1), ("A", 2)]
    assert str(rows[0]) == "1"


def test_each_member_has_a_vote_and_a_double_only_one(lucia, stairs):
    first = HouseholdMember.objects.order_by("id").first()
    assert first is not None
    HouseholdMember.objects.create(household=first.household, person=person("Bruna Bassi"))
    HouseholdMember.objects.filter(household__number=2).delete()
    poll = prepared(lucia, plan(stairs[:1], basis=Basis.MEMBERS))
    assert actions.list_voters(by=lucia, poll=poll) == 7
    assert Voter.objects.get(household__number=2).person is None


def test_who_does_not_see_the_quarter_closes_no_roll(lucia, cast, stairs):
    there = stairs
    there[0].building.area = cast.stazione
    there[0].building.save()
    poll = prepared(lucia, plan(there))
    with refused("in una zona che non vedi"):
        actions.list_voters(by=lucia, poll=poll)


def test_an_empty_or_endless_roll_is_refused(lucia, monkeypatch):
    poll = prepared(lucia, plan(basis=Basis.LIST))
    with refused("non vota nessuno"):
        actions.list_voters(by=lucia, poll=poll, names=[" "])
    monkeypatch.setattr("vicinia.domain.elections.rules.MOST_VOTERS", 1)
    with refused("al massimo 1"):
        actions.list_voters(by=lucia, poll=poll, names=NAMES)


def test_a_vote_is_called_when_it_is_whole(lucia, stairs):
    poll = actions.plan_poll(by=lucia, new=plan(stairs[:1]))
    with refused("almeno due voci"):
        actions.call(by=lucia, poll=poll)
    for label in ("Sì", "No"):
        actions.add_option(by=lucia, poll=poll, new=actions.NewOption(label))
    with refused("l'elenco di chi vota"):
        actions.call(by=lucia, poll=poll)
    actions.list_voters(by=lucia, poll=poll)
    with over(poll), refused("già passato"):
        actions.call(by=lucia, poll=poll)
    actions.change_poll(by=lucia, poll=poll, new=plan(stairs[:1], seats=2), seen_version=None)
    with refused("più di quante"):
        actions.call(by=lucia, poll=poll)
    actions.change_poll(by=lucia, poll=poll, new=plan(stairs[:1]), seen_version=None)
    called = actions.call(by=lucia, poll=poll)
    assert (called.state, called.entitled, str(called)) == (
        PollState.CALLED,
        6,
        f"{poll.reference} {poll.title}",
    )
    with refused("non cambiano più"):
        actions.list_voters(by=lucia, poll=poll)
    with refused("non si passa"):
        actions.call(by=lucia, poll=poll)


def test_the_roll_is_corrected_with_a_reason(lucia, called):
    with refused("perché si aggiunge"):
        actions.admit(by=lucia, poll=called, label="Nucleo 40, scala A", reason=" ")
    with refused("chi è e dove abita"):
        actions.admit(by=lucia, poll=called, label=" ", reason="Dimenticato.")
    added = actions.admit(by=lucia, poll=called, label="Nucleo 40, scala A", reason="È entrato ieri.")
    assert (added.number, Poll.objects.get().entitled) == (7, 7)
    with refused("perché si toglie"):
        actions.strike(by=lucia, voter=added, reason="")
    actions.strike(by=lucia, voter=added, reason="Ha già votato altrove.")
    assert Poll.objects.get().entitled == 6
    with refused("già stato tolto"):
        actions.strike(by=lucia, voter=added, reason="Ancora.")
    with over(called):
        actions.close(by=lucia, poll=called)
        with refused("non cambia più"):
            actions.admit(by=lucia, poll=called, label="Tardi", reason="Tardi.")


def test_a_draft_roll_is_corrected_without_being_counted(lucia, draft):
    actions.admit(by=lucia, poll=draft, label="Nucleo 40", reason="Dimenticato.")
    assert Poll.objects.get().entitled == 0
    assert actions.call(by=lucia, poll=draft).entitled == 7


def test_codes_are_kept_as_digests_and_a_new_one_closes_the_old(lucia, called):
    with refused("mentre la votazione è indetta"):
        actions.give_codes(by=lucia, poll=prepared(lucia, plan()), voters=[])
    voter = Voter.objects.order_by("number").first()
    first = actions.give_codes(by=lucia, poll=called, voters=[voter])[0].code
    assert first not in str(Voter.objects.values_list()) and len(codes.spoken(first)) == 14
    assert queries.voter_with_code(codes.spoken(first).upper()) == voter
    second = actions.give_codes(by=lucia, poll=called, voters=[voter])[0].code
    with pytest.raises(NotVisible):
        queries.voter_with_code(first)
    vote(second, "A")
    assert actions.give_codes(by=lucia, poll=called, voters=[voter]) == []
    assert queries.without_code(lucia, called).count() == 5


def test_codes_speak_the_language_of_who_reads_them(lucia, stairs):
    who = HouseholdMember.objects.get(household__number=1).person
    who.language = "ro"
    who.save()
    for basis in (Basis.MEMBERS, Basis.HOUSEHOLDS):
        poll = prepared(lucia, plan(stairs[:1], basis=basis))
        actions.list_voters(by=lucia, poll=poll)
        actions.call(by=lucia, poll=poll)
        given = actions.give_codes(by=lucia, poll=poll, voters=Voter.objects.filter(poll=poll))
        assert [one.language for one in given] == ["ro", "it", "it", "it", "it", "it"]


def test_the_journal_says_no_name(lucia, called):
    codes_of(lucia, called)
    words = str(list(Entry.objects.values_list("facts", "note", "about")))
    assert not any(name in words for name in NAMES)
    assert called.opens_at < clock.now() < called.closes_at - dt.timedelta(days=1)
