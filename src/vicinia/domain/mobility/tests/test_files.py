"""Files of households: who accompanies, what is written, how they end."""

from __future__ import annotations

import pytest

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case, Contact, Matter
from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.actions import NewInterview, NewRefusal, Numbers, Words
from vicinia.domain.mobility.models import (
    Companion,
    Interview,
    Refusal,
    RehousingFile,
    Relocation,
    Unit,
)
from vicinia.domain.mobility.tests.factories import (
    DAY,
    an_own_file,
    counted_file,
    court,
    has_moved,
    interviewed,
    somebody_at,
)
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db
SECRET = "Ha paura del vicino di sotto."


def refused(words: str):
    return pytest.raises(Refused, match=words)


# The file ---------------------------------------------------------------------------------------------------------


def test_a_household_has_one_file_in_a_relocation_and_one_open_in_all(
    lucia, relocation, doors, file, category
):
    household = file.household
    with refused("già un fascicolo"):
        actions.open_file(by=lucia, relocation=relocation, household=household, numbers=Numbers(2))
    other = Relocation.objects.create(
        reference="MB2", name="Altre corti", adequacy=relocation.adequacy, category=category
    )
    Unit.objects.create(relocation=other, dwelling=doors[0])
    with refused("Corti"):
        actions.open_file(by=lucia, relocation=other, household=household, numbers=Numbers(2))
    actions.close_file(by=lucia, file=file, reason="Passa all'altra.", seen_version=None)
    actions.open_file(by=lucia, relocation=other, household=household, numbers=Numbers(2))
    with refused("Altre corti"):
        actions.reopen_file(by=lucia, file=file, reason="Torna.", seen_version=None)


def test_its_home_is_among_the_dwellings_and_somebody_lives_in_it(lucia, anna, relocation, doors, cast):
    elsewhere = somebody_at(lucia, court("corteZ", doors=1, area=cast.crocetta)[0])
    with refused("non è tra quelli"):
        actions.open_file(by=lucia, relocation=relocation, household=elsewhere, numbers=Numbers(2))
    nowhere = people.make_household(by=lucia, area_id=cast.crocetta.pk)
    with refused("non è tra quelli"):
        actions.open_file(by=lucia, relocation=relocation, household=nowhere, numbers=Numbers(2))
    file = actions.open_file(
        by=lucia, relocation=relocation, household=nowhere, numbers=Numbers(2), home=doors[3]
    )
    assert file.home == doors[3]
    here = somebody_at(lucia, doors[0])
    with refused("da 1 a 20"):
        actions.open_file(by=lucia, relocation=relocation, household=here, numbers=Numbers(0))
    with refused("laboratorio"):
        actions.open_file(by=anna, relocation=relocation, household=here, numbers=Numbers(2))


def test_who_makes_the_plan_keeps_the_numbers(carla, anna, file):
    numbers = Numbers(size=4, fragile=True, most_moves=1, language="ar")
    row = actions.change_numbers(by=carla, file=file, numbers=numbers, seen_version=1)
    assert (row.size, row.fragile, row.moves_left, row.language) == (4, True, 1, "ar")
    lines = Entry.objects.count()
    assert actions.change_numbers(by=carla, file=file, numbers=numbers).version == row.version
    assert Entry.objects.count() == lines
    with pytest.raises(Conflict):
        actions.change_numbers(by=carla, file=file, numbers=numbers, seen_version=1)
    with refused("laboratorio"):
        actions.change_numbers(by=anna, file=file, numbers=numbers)


# Who accompanies --------------------------------------------------------------------------------------------------


def test_a_file_that_nobody_accompanies_is_taken(lucia, carla, anna, relocation, doors):
    file = counted_file(lucia, relocation, doors[0])
    assert not queries.is_accompanied(file)
    with refused("laboratorio"):
        actions.take_file(by=anna, file=file)
    with refused("non un programma"):
        actions.take_file(by=Actor.job("x", frozenset({"run_mobility"})), file=file)
    assert actions.take_file(by=lucia, file=file).is_first
    with refused("Qualcuno accompagna già"):
        actions.take_file(by=carla, file=file)


def test_who_lost_the_access_accompanies_no_more(lucia, carla, file):
    User.objects.filter(pk=lucia.user_id).update(is_active=False)
    assert actions.take_file(by=carla, file=file).is_first
    assert Companion.objects.filter(file=file, is_first=True).count() == 1


def test_a_companion_is_given_by_who_assigns(lucia, carla, file, cast):
    with refused("chi coordina"):
        actions.give_companion(by=lucia, file=file, user=cast.carla)
    with refused("non accompagna nuclei"):
        actions.give_companion(by=carla, file=file, user=cast.anna)
    with refused("già questo nucleo"):
        actions.give_companion(by=carla, file=file, user=cast.lucia)
    second = actions.give_companion(by=carla, file=file, user=cast.carla)
    assert not second.is_first
    assert queries.companions_of(file)[0].user == cast.lucia
    with refused("chi coordina"):
        actions.remove_companion(by=lucia, companion=second)
    actions.remove_companion(by=lucia, companion=queries.companions_of(file)[0])
    second.refresh_from_db()
    assert second.is_first, "the next one is asked for instead"
    first = actions.give_companion(by=carla, file=file, user=cast.lucia, is_first=True)
    assert [one.pk for one in queries.companions_of(file)] == [first.pk, second.pk]
    actions.remove_companion(by=carla, companion=second)
    actions.remove_companion(by=carla, companion=first)
    assert queries.companions_of(file) == []
    assert Entry.objects.filter(event="mobility.file_given").count() == 2


def test_only_who_accompanies_opens_a_file(lucia, carla, anna, file):
    number, reference = file.household.number, file.relocation.reference
    assert queries.file_named(lucia, reference, number) == file
    assert queries.file_numbered(lucia, number) == file
    for somebody in (carla, anna):
        with pytest.raises(NotVisible):
            queries.file_named(somebody, reference, number)
        with pytest.raises(NotVisible):
            queries.file_numbered(somebody, number)
    assert queries.file_line(carla, reference, number) == file
    with pytest.raises(NotVisible):
        queries.file_line(anna, reference, number)
    assert not queries.is_companion(Actor.job("x"), file)


# Talks ------------------------------------------------------------------------------------------------------------


def test_the_first_talk_opens_the_case_whose_diary_says_that_we_spoke_and_not_what(lucia, file, category):
    new = NewInterview(clock.today(), "home", SECRET, "once")
    interview = actions.write_interview(by=lucia, file=file, new=new)
    assert actions.write_interview(by=lucia, file=file, new=new) == interview
    file.refresh_from_db()
    case = Case.objects.get()
    assert (file.state, file.case, case.kind, case.owner_id) == (
        "interviewed",
        case,
        "rehousing",
        lucia.user_id,
    )
    assert (case.category, case.area_id) == (category, file.home.building.area_id)
    [contact] = Contact.objects.all()
    assert (contact.how, contact.summary, case.next_contact_words) == ("home", "", "")
    assert case.next_contact_on > clock.today()
    told = " ".join(f"{one.event} {one.facts} {one.note}" for one in Entry.objects.all())
    assert "paura" not in told
    interviewed(lucia, file, "Ancora.")
    assert (Case.objects.count(), Contact.objects.count(), Interview.objects.count()) == (1, 2, 2)


def test_a_talk_goes_on_when_the_case_is_not_ours_any_more(lucia, file):
    interviewed(lucia, file)
    ended = {"stage": "closed", "outcome": "withdrawn", "closed_at": clock.now()}
    Case.objects.update(**ended)
    interviewed(lucia, file, "Dopo.")
    assert Contact.objects.count() == 1


def test_a_talk_is_of_today_or_before_and_says_something(lucia, carla, file):
    for day, words, why in (
        (clock.today() + DAY, SECRET, "nel futuro"),
        (clock.today(), " ", "Scrivi che cosa"),
    ):
        with refused(why):
            actions.write_interview(by=lucia, file=file, new=NewInterview(day, "desk", words, words))
    with refused("solo chi accompagna"):
        actions.write_interview(by=carla, file=file, new=NewInterview(clock.today(), "desk", "x", "o"))


def test_a_talk_is_put_right(lucia, carla, file):
    interviewed(lucia, file)
    interview = Interview.objects.get()
    new = NewInterview(clock.today() - DAY, "phone", SECRET)
    changed = actions.change_interview(by=lucia, interview=interview, new=new, seen_version=1)
    assert (changed.place, changed.words, changed.day) == ("phone", SECRET, clock.today() - DAY)
    with pytest.raises(Conflict):
        actions.change_interview(by=lucia, interview=interview, new=new, seen_version=1)
    with refused("solo chi accompagna"):
        actions.change_interview(by=carla, interview=interview, new=new, seen_version=None)


# Needs ------------------------------------------------------------------------------------------------------------


def test_needs_are_written_and_confirmed_after_a_talk(lucia, carla, file):
    with refused("Prima parla"):
        actions.confirm_needs(by=lucia, file=file)
    interviewed(lucia, file)
    words = Words(needs=SECRET, wishes="Vicino alla scuola.")
    version = file.version
    row = actions.change_needs(
        by=lucia, file=file, numbers=Numbers(3, needs_step_free=True), words=words, seen_version=version
    )
    assert (row.size, row.needs_step_free, row.needs) == (3, True, SECRET)
    with pytest.raises(Conflict):
        actions.change_needs(by=lucia, file=file, numbers=Numbers(3), words=words, seen_version=version)
    with refused("solo chi accompagna"):
        actions.change_needs(by=carla, file=file, numbers=Numbers(3), words=words, seen_version=None)
    with refused("solo chi accompagna"):
        actions.confirm_needs(by=carla, file=file)
    assert actions.confirm_needs(by=lucia, file=file).state == "assessed"
    with refused("già confermate"):
        actions.confirm_needs(by=lucia, file=file)


def test_two_households_want_to_stay_near(lucia, carla, relocation, doors, file, category, cast):
    other = an_own_file(lucia, relocation, doors[1])
    wish = actions.wish_near(by=lucia, file=file, other=other)
    assert [one.other for one in queries.near_of(other)] == [file]
    assert list(queries.neighbours(file)) == [other]
    with refused("già restare vicini"):
        actions.wish_near(by=lucia, file=other, other=file)
    with refused("lo stesso nucleo"):
        actions.wish_near(by=lucia, file=file, other=file)
    elsewhere = Relocation.objects.create(
        reference="MB2", name="Altre", adequacy=relocation.adequacy, category=category
    )
    [door] = court("corteZ", doors=1, area=cast.crocetta)
    Unit.objects.create(relocation=elsewhere, dwelling=door)
    with refused("non è in questa mobilità"):
        actions.wish_near(by=lucia, file=file, other=counted_file(lucia, elsewhere, door))
    with refused("solo chi accompagna"):
        actions.drop_near(by=carla, file=file, wish=wish)
    actions.drop_near(by=lucia, file=other, wish=queries.near_wish_of(other, wish.pk))
    assert queries.near_of(file) == []


def test_a_dwelling_that_does_not_do_and_does_again(lucia, carla, doors, file, cast):
    with refused("sua casa"):
        actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[0], "size"))
    with refused("non è tra quelli"):
        [door] = court("corteZ", doors=1, area=cast.crocetta)
        actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(door, "size"))
    refusal = actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[1], "fear", SECRET))
    with refused("già tra quelli"):
        actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[1], "size"))
    with refused("solo chi accompagna"):
        actions.take_refusal_back(by=carla, refusal=refusal)
    assert actions.take_refusal_back(by=lucia, refusal=refusal).withdrawn_on == clock.today()
    with refused("possono andare"):
        actions.take_refusal_back(by=lucia, refusal=refusal)
    actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[1], "size"))
    assert Refusal.objects.count() == 2
    with refused("solo chi accompagna"):
        actions.refuse_dwelling(by=carla, file=file, new=NewRefusal(doors[2], "size"))
    assert list(queries.dwellings_to_refuse(file)) == doors[1:]


# The end ----------------------------------------------------------------------------------------------------------


def test_a_case_is_not_closed_while_the_household_is_accompanied(lucia, file):
    interviewed(lucia, file)
    assert Matter.objects.get().blocks == "closed"
    with refused("ancora in corso"):
        casework.ask_to_close(
            by=lucia, case=file.case, outcome="withdrawn", note="x", consultation="x", explanation="x"
        )
    with refused("Scrivi il motivo"):
        actions.close_file(by=lucia, file=file, reason=" ", seen_version=None)
    closed = actions.close_file(by=lucia, file=file, reason="Ha trovato casa.", seen_version=file.version)
    assert closed.state == "closed" and not Matter.objects.exists()
    assert queries.closing_reason(closed) == "Ha trovato casa."
    for act in (
        lambda: actions.change_numbers(by=lucia, file=file, numbers=Numbers(2)),
        lambda: actions.take_file(by=lucia, file=file),
    ):
        with pytest.raises(Refused):
            act()
    with refused("è chiuso"):
        interviewed(lucia, file)
    with refused("Scrivi il motivo"):
        actions.reopen_file(by=lucia, file=file, reason="", seen_version=None)
    again = actions.reopen_file(by=lucia, file=file, reason="È tornato.", seen_version=None)
    assert (again.state, queries.closing_reason(again)) == ("interviewed", "")
    assert Matter.objects.get().blocks == "closed"
    with refused("è aperto"):
        actions.reopen_file(by=lucia, file=file, reason="x", seen_version=None)


def test_a_file_without_talks_starts_again_from_the_census(lucia, carla, file):
    with refused("solo chi accompagna"):
        actions.close_file(by=carla, file=file, reason="x", seen_version=None)
    actions.close_file(by=lucia, file=file, reason="Doppio.", seen_version=None)
    with refused("chi accompagna"):
        actions.reopen_file(by=carla, file=file, reason="x", seen_version=None)
    assert (
        actions.reopen_file(by=lucia, file=file, reason="Non era doppio.", seen_version=None).state
        == "census"
    )
    assert not Matter.objects.exists()


def test_who_has_moved_and_may_come_back_is_not_forgotten(lucia, carla, relocation, doors):
    file = an_own_file(lucia, relocation, doors[0], claims_return=True)
    has_moved(file, doors[1])
    with refused("diritto al rientro"):
        actions.close_file(by=lucia, file=file, reason="Fine.", seen_version=None)
    with refused("Scrivi il motivo"):
        actions.end_return(by=lucia, file=file, reason="", seen_version=None)
    with refused("solo chi accompagna"):
        actions.end_return(by=carla, file=file, reason="x", seen_version=None)
    row = actions.end_return(by=lucia, file=file, reason="Firmata il 3 marzo.", seen_version=file.version)
    assert (row.return_ended_on, row.return_end_reason) == (clock.today(), "Firmata il 3 marzo.")
    with refused("non ha un rientro"):
        actions.end_return(by=lucia, file=file, reason="x", seen_version=None)
    assert actions.close_file(by=lucia, file=file, reason="Fine.", seen_version=None).state == "closed"


# Personal data ----------------------------------------------------------------------------------------------------


def with_members(by: Actor, file: RehousingFile, *names: str):
    rows = []
    for name in names:
        relation = "" if rows else "reference"
        details = PersonDetails(name=name)
        rows.append(
            people.add_newcomer(by=by, household=file.household, details=details, relation=relation).person
        )
    return rows


def test_the_words_of_a_file_go_with_the_last_member(lucia, carla, doors, file):
    interviewed(lucia, file, SECRET)
    words = Words(needs=SECRET, wishes=SECRET)
    actions.change_needs(
        by=lucia, file=file, numbers=Numbers(2, claims_return=True), words=words, seen_version=None
    )
    actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[1], "fear", SECRET))
    actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[2], "size"))
    actions.end_return(by=lucia, file=file, reason=SECRET, seen_version=None)
    actions.close_file(by=lucia, file=file, reason=SECRET, seen_version=None)
    maria, luca = with_members(lucia, file, "Maria Bassi", "Luca Bassi")
    people.erase(by=carla, person=luca)
    file.refresh_from_db()
    assert file.needs == SECRET
    people.erase(by=carla, person=maria)
    file.refresh_from_db()
    assert (file.needs, file.wishes, file.return_end_reason, file.size) == ("", "", "…", 2)
    assert {one.words for one in Interview.objects.all()} == {"…"}
    assert sorted(one.words for one in Refusal.objects.all()) == ["", "…"]
    assert SECRET not in {move.reason for move in file.state_moves.all()}
    assert actions.erase_person(by=carla, person_id=maria.pk) == 0


def test_who_is_spoken_with_gets_a_copy_and_its_words_from_who_accompanies(lucia, file, doors):
    """Who makes copies coordinates, and does not read the file."""
    interviewed(lucia, file, SECRET)
    file.needs = SECRET
    file.save()
    actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[1], "fear", SECRET))
    maria, luca = with_members(lucia, file, "Maria Bassi", "Luca Bassi")
    [copy] = queries.copy_for_person(maria.pk)
    assert SECRET not in str(copy)
    assert (copy["persone"], copy["chi ti accompagna"]) == (2, "Lucia Sala")
    assert queries.copy_for_person(luca.pk) == []


def test_companions_see_the_members(lucia, carla, file):
    [maria] = with_members(lucia, file, "Maria Bassi")
    assert list(queries.visible_people(lucia)) == [{"person_id": maria.pk}]
    assert list(queries.visible_people(lucia, [maria.pk + 1])) == []
    assert list(queries.visible_people(carla)) == []
