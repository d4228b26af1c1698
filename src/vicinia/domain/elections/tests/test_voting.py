"""A vote is given once, is secret, and is counted in front of everybody."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection, transaction

from vicinia.domain.elections import actions, codes, jobs, queries
from vicinia.domain.elections.models import Ballot, Mark, Option, PaperCount, Poll, Voter
from vicinia.domain.elections.states import PollState, Way
from vicinia.domain.elections.tests.conftest import (
    VISITOR,
    codes_of,
    listed,
    over,
    ranked,
    second_counter,
    vote,
)
from vicinia.domain.elections.tests.test_preparing import refused
from vicinia.domain.people.models import HouseholdMember
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible, Refused
from vicinia_analytics import voting

pytestmark = pytest.mark.django_db


def test_nothing_joins_a_ballot_to_a_mark():
    """No common column, no moment, no order: what each table has is known by name."""
    assert {field.name for field in Ballot._meta.concrete_fields} == {"id", "poll", "choice"}
    assert {field.name for field in Mark._meta.concrete_fields} == {
        "id", "voter", "way", "day", "receipt_digest",
    }  # fmt: skip
    columns = [{field.column for field in model._meta.concrete_fields} for model in (Ballot, Mark)]
    assert columns[0] & columns[1] == {"id"}
    related = {field.related_model for field in Ballot._meta.get_fields() if field.is_relation}
    assert related == {Poll}
    assert not [field for field in Ballot._meta.concrete_fields if "Date" in type(field).__name__]


def test_keys_say_nothing_of_the_order(lucia, called):
    given = codes_of(lucia, called)
    for code in given:
        vote(code, "A")
    keys = list(Ballot.objects.values_list("pk", flat=True)) + list(Mark.objects.values_list("pk", flat=True))
    assert len(set(keys)) == 12 and min(keys) > 1000
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM elections_ballot WHERE choice = %s", ["A"])
        assert sorted(row[0] for row in cursor.fetchall()) == sorted(keys[:6])


def test_the_box_is_shaken_at_every_vote(lucia, called):
    """The keys of the ballots that are there change too: a copy of the box before and after shows no new row."""
    given = codes_of(lucia, called)
    for code in given[:3]:
        vote(code, "A")
    before = set(Ballot.objects.values_list("pk", flat=True))
    vote(given[3], "B")
    assert not before & set(Ballot.objects.values_list("pk", flat=True))


def test_a_code_votes_once_and_the_same_page_sent_twice_is_one_vote(lucia, called):
    code = codes_of(lucia, called)[0]
    receipt = vote(code, "B")
    assert vote(code, "B", receipt) == receipt
    with refused("già stato dato"):
        vote(code, "A")
    assert (Ballot.objects.count(), Mark.objects.count(), Ballot.objects.get().choice) == (1, 1, "B")
    assert queries.is_counted(called, codes.spoken(receipt)) and not queries.is_counted(called, "x")
    assert Entry.objects.filter(event="poll.voted").get().by_ref == "visitor"


def test_a_vote_outside_its_hours_is_refused(lucia, called):
    code = codes_of(lucia, called)[0]
    with clock.at(called.opens_at - dt.timedelta(minutes=1)), refused("Non si vota ancora"):
        vote(code, "A")
    with over(called), refused("La votazione è chiusa"):
        vote(code, "A")
    with pytest.raises(NotVisible):
        vote("nonexistent", "A")


@pytest.mark.parametrize("letters", ["AB", "Z"])
def test_a_ballot_that_cannot_be_is_refused(lucia, called, letters):
    with refused("al massimo 1 voci"):
        vote(codes_of(lucia, called)[0], letters)


def test_a_receipt_is_one_of_ours_and_new(lucia, called):
    first, second = codes_of(lucia, called)[:2]
    with refused("troppo a lungo"):
        vote(first, "A", "mio")
    receipt = vote(first, "A")
    with refused("troppo a lungo"):
        vote(second, "A", receipt)


def test_who_was_struck_off_does_not_vote(lucia, called):
    code = codes_of(lucia, called)[0]
    actions.strike(by=lucia, voter=queries.voter_with_code(code), reason="Ha lasciato l'alloggio.")
    with refused("non è più nell'elenco"):
        vote(code, "A")


def test_who_has_voted_is_not_struck_off(lucia, called):
    code = codes_of(lucia, called)[0]
    vote(code, "A")
    with refused("Ha già votato"):
        actions.strike(by=lucia, voter=queries.voter_with_code(code), reason="x")


def test_who_has_a_paper_ballot_does_not_vote_online(lucia, anna, called):
    code = codes_of(lucia, called)[0]
    voter = queries.voter_with_code(code)
    with refused("curate dal laboratorio"):
        actions.mark_paper(by=anna, voter=voter)
    receipt = actions.mark_paper(by=lucia, voter=voter)
    assert queries.is_counted(called, receipt) and queries.turnout(called).paper == 1
    with refused("già stato dato"):
        vote(code, "A")
    with refused("già stato dato"):
        actions.mark_paper(by=lucia, voter=voter)
    assert not Ballot.objects.exists()


def test_the_database_refuses_a_second_mark(lucia, called):
    voter = Voter.objects.filter(poll=called).first()
    Mark.objects.create(voter=voter, way=Way.PAPER, receipt_digest="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(voter=voter, way=Way.ONLINE, receipt_digest="b")


def test_nobody_opens_the_box_before_it_is_closed(lucia, called):
    vote(codes_of(lucia, called)[0], "A")
    with pytest.raises(NotVisible):
        queries.box_of(called)
    with pytest.raises(NotVisible):
        queries.published_poll(called)
    with refused("non si passa"):
        actions.count(by=lucia, poll=called)
    with refused("ancora tempo"):
        actions.close(by=lucia, poll=called)


def test_the_program_closes_what_is_over(lucia, anna, called):
    assert jobs.close() == 0
    with over(called):
        with refused("curate dal laboratorio"):
            actions.close(by=anna, poll=called)
        assert (jobs.close(), jobs.close()) == (1, 0)
    assert Poll.objects.get().state == PollState.CLOSED


def test_paper_and_online_are_one_count(lucia, carla, called):
    """Four online, two on paper counted by two people: one box, published so that anybody counts again."""
    given = codes_of(lucia, called)
    receipts = [vote(code, letter) for code, letter in zip(given, "AABC", strict=False)]
    for code in given[4:]:
        receipts.append(actions.mark_paper(by=lucia, voter=queries.voter_with_code(code)))
    with refused("dopo la chiusura"):
        actions.enter_paper(by=lucia, poll=called, lines={"A": 2})
    with over(called):
        poll = actions.close(by=lucia, poll=called)
        with refused("due persone con il proprio nome"):
            actions.enter_paper(by=Actor.job("x", lucia.capabilities), poll=poll, lines={"A": 2})
        with refused("non è una scheda possibile: AB"):
            actions.enter_paper(by=lucia, poll=poll, lines={"AB": 2})
        actions.enter_paper(by=lucia, poll=poll, lines={"A": 1, "b": 1, "C": 0})
        with refused("Prima due persone"):
            actions.count(by=lucia, poll=poll)
        actions.enter_paper(by=carla, poll=poll, lines={"A": 2})
        with refused("due conteggi"):
            actions.count(by=lucia, poll=poll)
        actions.enter_paper(by=carla, poll=poll, lines={"A": 1, "B": 1})
        with refused("già contate due persone"):
            actions.enter_paper(by=second_counter(), poll=poll, lines={"A": 1, "B": 1})
        poll = actions.count(by=lucia, poll=poll)
        with refused("non si passa"):
            actions.count(by=lucia, poll=poll)
    assert [one.label for one in queries.options_of(poll) if one.is_elected] == ["Maria Bassi"]
    assert list(PaperCount.objects.values_list("lines", flat=True)) == [{}, {}]
    document = json.loads(json.dumps(queries.published_poll(poll)))
    assert document["ballots"] == {"A": 3, "B": 2, "C": 1} and document["lot"]["seed"] == ""
    assert sorted(map(codes.receipt_digest, receipts)) == document["receipts"]
    again = voting.recount(document)
    assert (again.problems, again.count.elected) == ([], ("A",))
    assert poll.outcome["rounds"][0]["votes"] == {"A": "3", "B": "2", "C": "1"}


def test_fewer_paper_ballots_than_marks_need_a_reason_and_more_are_refused(lucia, carla, called):
    given = codes_of(lucia, called)
    for code in given[:2]:
        actions.mark_paper(by=lucia, voter=queries.voter_with_code(code))
    with over(called):
        poll = actions.close(by=lucia, poll=called)
        for by in (lucia, carla):
            actions.enter_paper(by=by, poll=poll, lines={"A": 3})
        with refused("più di chi"):
            actions.count(by=lucia, poll=poll)
        for by in (lucia, carla):
            actions.enter_paper(by=by, poll=poll, lines={"A": 1})
        with refused("meno di chi"):
            actions.count(by=lucia, poll=poll)
        poll = actions.count(by=lucia, poll=poll, note="Una scheda non è stata imbucata.")
    assert poll.paper_note and poll.state == PollState.COUNTED


def test_blank_and_spoiled_paper_ballots_are_counted_as_such(lucia, carla, called):
    for code in codes_of(lucia, called):
        actions.mark_paper(by=lucia, voter=queries.voter_with_code(code))
    with over(called):
        poll = actions.close(by=lucia, poll=called)
        for by in (lucia, carla):
            actions.enter_paper(by=by, poll=poll, lines={"A": 3, "": 2, "-": 1})
        poll = actions.count(by=lucia, poll=poll)
    assert (poll.outcome["valid"], poll.outcome["blank"], poll.outcome["spoiled"]) == (3, 2, 1)


def test_no_paper_ballots_where_nobody_voted_on_paper(lucia, called):
    with over(called):
        poll = actions.close(by=lucia, poll=called)
        with refused("non ci sono schede"):
            actions.enter_paper(by=lucia, poll=poll, lines={"A": 1})


def test_a_tie_is_drawn_with_a_public_number(lucia, called):
    for code, letter in zip(codes_of(lucia, called), "AABBCC", strict=True):
        vote(code, letter)
    with over(called):
        poll = actions.close(by=lucia, poll=called)
        with refused("pareggio"):
            actions.count(by=lucia, poll=poll)
        poll = actions.count(by=lucia, poll=poll, seed=" 12  45 7 ")
    document = queries.published_poll(poll)
    assert (document["lot"]["seed"], len(document["elected"])) == ("12 45 7", 1)
    assert voting.recount(document).problems == []


def test_preferences_are_counted_by_transfer(lucia, stairs):
    poll = ranked(lucia, stairs[:1])
    for code, letters in zip(codes_of(lucia, poll), ("AB", "AB", "BC", "BC", "CB", ""), strict=True):
        vote(code, letters)
    with over(poll):
        poll = actions.count(by=lucia, poll=actions.close(by=lucia, poll=poll))
    assert [one.letter for one in queries.options_of(poll) if one.is_elected] == ["B"]
    assert voting.recount(queries.published_poll(poll)).problems == []


def test_very_few_ballots_are_published_without_numbers(lucia, called):
    for code in codes_of(lucia, called)[:3]:
        vote(code, "A")
    with over(called):
        poll = actions.count(by=lucia, poll=actions.close(by=lucia, poll=called))
    assert poll.is_small and poll.outcome == {"ballots": 3}
    assert Option.objects.get(is_elected=True).letter == "A"
    with pytest.raises(NotVisible):
        queries.published_poll(poll)


def test_a_vote_is_annulled_with_a_reason(lucia, called):
    for code in codes_of(lucia, called):
        vote(code, "A")
    with over(called):
        poll = actions.count(by=lucia, poll=actions.close(by=lucia, poll=called))
        with refused("perché si annulla"):
            actions.annul(by=lucia, poll=poll, reason=" ")
        poll = actions.annul(by=lucia, poll=poll, reason="Mancavano due nuclei.")
    assert not Option.objects.filter(is_elected=True).exists()
    assert (poll.outcome, poll.state) == ({}, PollState.ANNULLED)


def test_turnout_by_stair_is_for_who_runs_it(lucia, stairs):
    poll = ranked(lucia, stairs)
    vote(codes_of(lucia, poll)[0], "A")
    found = [(stair.name, one.voted, one.entitled) for stair, one in queries.turnout_by_stair(poll)]
    assert found == [("A", 1, 6), ("B", 0, 6)]
    assert (queries.turnout(poll).percent, queries.Turnout(0).percent) == (8, 0)


def test_who_sees_another_quarter_sees_no_roll(lucia, anna, cast, called):
    assert queries.roll(lucia, called).count() == 6
    assert not queries.roll(anna, called).exists()
    for voter in Voter.objects.filter(poll=called)[:1]:
        voter.stair.building.area = cast.stazione
        voter.stair.building.save()
    assert not queries.roll(lucia, called).exists()
    assert queries.roll(cast.actor(cast.carla), called).count() == 6
    with pytest.raises(NotVisible):
        queries.voter_numbered(lucia, called, 1)


def test_a_person_is_parted_from_the_roll_and_the_count_stays(lucia, stairs):
    poll = listed(lucia, ["Maria Bassi", "Ugo Neri"])
    who = HouseholdMember.objects.get(household__number=1).person
    Voter.objects.filter(poll=poll, number=1).update(person=who)
    vote(codes_of(lucia, poll)[0], "A")
    assert queries.copy_for_person(who.pk)[0]["ha votato il"] == clock.today().isoformat()
    assert actions.erase_person(by=lucia, person_id=who.pk) == 1
    row = Voter.objects.get(poll=poll, number=1)
    assert (row.person, row.label, row.has_voted) == (None, "…", True)


def test_a_household_reads_that_it_could_vote(lucia, called):
    who = HouseholdMember.objects.get(household__number=2).person
    assert [row["ha votato il"] for row in queries.copy_for_person(who.pk)] == [""]


def test_old_rolls_are_forgotten(lucia, called):
    codes_of(lucia, called)
    with over(called):
        actions.annul(by=lucia, poll=called, reason="Prova.")
        assert jobs.forget() == 0
    with clock.at(called.closes_at + dt.timedelta(days=370)):
        assert (jobs.forget(), jobs.forget()) == (1, 0)
    assert set(Voter.objects.values_list("household", "code_digest")) == {(None, None)}


def test_counted_votes_are_something_a_programme_counts(lucia, called):
    for code in codes_of(lucia, called)[:3]:
        vote(code, "A")
    with over(called):
        actions.count(by=lucia, poll=actions.close(by=lucia, poll=called))
    day = called.closes_at.date()
    rows = list(queries.held_rows(day - dt.timedelta(days=1), day + dt.timedelta(days=1)))
    assert [(row.amount, row.kind) for row in rows] == [(3, "stairs")]
    assert not list(queries.held_rows(day + dt.timedelta(days=9), day + dt.timedelta(days=9)))


def test_who_runs_sees_what_waits_for_the_count(lucia, anna, called):
    with over(called):
        jobs.close()
        assert list(queries.polls_due(lucia)) == [called]
        assert not queries.polls_due(anna).exists()
    assert isinstance(VISITOR, Actor) and issubclass(Refused, Exception)
