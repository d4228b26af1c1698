"""A round is planned, walked and ended; what is seen is kept once and leads somewhere; police stays police."""

import datetime as dt
import threading
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework.models import Case, Contact
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.people import actions as people
from vicinia.domain.presence import actions, queries, rules
from vicinia.domain.presence.actions import NewObservation, NewStop, Settlement
from vicinia.domain.presence.models import Observation, Round, RoundStop
from vicinia.domain.presence.queries.proposals import proposals
from vicinia.domain.presence.tests.conftest import in_area, of, with_stops
from vicinia.domain.territory.models import Place
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def said(row):
    return [entry.event for entry in Entry.objects.filter(about=f"round:{row.reference}").order_by("id")]


def park(cast, code="parco", **fields):
    values = {
        "name": "Parco dei tigli",
        "lat": cast.crocetta.south + 0.002,
        "lon": cast.crocetta.west + 0.002,
    }
    return Place.objects.create(code=code, area=cast.crocetta, **(values | fields))


# Planning ---------------------------------------------------------------------------------------------------------


def test_one_plans_for_oneself_and_who_coordinates_for_everybody(cast: Cast, walk):
    assert walk(by=cast.anna).reference.startswith("G")
    assert walk(by=cast.carla, people=[cast.bruno], areas=[cast.stazione, cast.crocetta]).pk
    refused = {
        "i giri che fai anche tu": {"by": cast.anna, "people": [cast.lucia]},
        "altro gruppo": {"by": cast.anna, "areas": [cast.crocetta, cast.stazione]},
        "almeno una zona": {"areas": []},
        "prima di cominciare": {"to_time": dt.time(9)},
        "Vera Conti non fa giri": {"people": [cast.vera]},
    }
    for words, fields in refused.items():
        with pytest.raises(Refused, match=words):
            walk(**fields)
    with pytest.raises(Refused, match="Il tuo ruolo"):
        rules.may_keep(cast.actor(cast.marco)).require()


def test_a_round_is_seen_by_its_areas_and_its_people(cast: Cast, walk):
    row = walk()
    sees = {"anna": True, "lucia": True, "carla": True, "bruno": False, "marco": False, "vera": False}
    for who, expected in sees.items():
        assert queries.rounds(cast.actor(getattr(cast, who))).filter(pk=row.pk).exists() is expected, who
    lent = walk(people=[cast.anna, cast.bruno])
    assert queries.round_named(cast.actor(cast.bruno), lent.reference) == lent
    with pytest.raises(NotVisible):
        queries.round_named(cast.actor(cast.bruno), row.reference)


def test_stops_are_proposed_from_watched_cases_due_contacts_and_unseen_places(cast: Cast, anna, bar, walk):
    watched = case_of(anna, report_in(cast.crocetta))
    Case.objects.filter(pk=watched.pk).update(stage="watching")
    problem = case_of(anna, report_in(cast.crocetta), kind="place")
    case_of(anna, report_in(cast.crocetta))  # an ordinary case is nobody's stop
    due = bar(next_on=clock.today())
    bar(next_on=clock.today() + 30 * DAY)
    place, there = park(cast), in_area(cast.crocetta, up=0.009, right=0.009)
    for number in range(3):
        report_in(cast.crocetta, location=there, title=f"Uguale {number}")
    found = {
        one.key.split(":")[0] + ":" + one.key.split(":")[1]: one
        for one in proposals(anna, [cast.crocetta.pk])
    }
    assert {
        f"case:{watched.reference}",
        f"case:{problem.reference}",
        f"contact:{due.reference}",
        "place:parco",
    } <= set(found)
    assert sum(1 for one in found.values() if one.why == "cluster") >= 1
    assert sum(1 for one in found.values() if one.why == "contact") == 1
    row = with_stops(anna, walk(), NewStop("place", place=place), NewStop("contact", contact=due))
    left = proposals(anna, [cast.crocetta.pk], queries.stops_of(anna, row))
    assert not [one for one in left if one.key in ("place:parco", f"contact:{due.reference}")]
    assert not proposals(anna, [cast.stazione.pk])


def test_a_place_seen_lately_is_not_proposed_and_one_seen_long_ago_says_when(cast: Cast, anna, walk):
    place = park(cast)
    row = actions.start_round(by=anna, round_=with_stops(anna, walk(), NewStop("place", place=place)))
    stop = queries.stops_of(anna, row)[0]
    actions.tick_stop(by=anna, stop=stop)
    assert not [one for one in proposals(anna, [cast.crocetta.pk]) if one.why == "place"]
    RoundStop.objects.update(seen_at=clock.now() - 40 * DAY)
    assert [one.note for one in proposals(anna, [cast.crocetta.pk]) if one.why == "place"] == [
        "visto 40 giorni fa"
    ]
    near = in_area(cast.crocetta, up=0.0021, right=0.0021)
    actions.observe(by=anna, round_=row, new=NewObservation("quiet", location=near))
    assert not [one for one in proposals(anna, [cast.crocetta.pk]) if one.why == "place"], (
        "who passes near has seen it"
    )


def test_stops_keep_their_order_and_those_one_cannot_see_stay_where_they_are(cast: Cast, anna, lucia, walk):
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    row = walk(people=[cast.anna, cast.lucia])
    words = [NewStop(look_at=name, location=Location(place_words=name)) for name in ("uno", "due", "tre")]
    row = with_stops(anna, row, words[0], NewStop("case", case=police), words[1], words[2])
    seen = queries.stops_of(lucia, row)
    assert [stop.title for stop in seen] == ["uno", "due", "tre"]
    order = [seen[2].pk, seen[0].pk]
    row = actions.change_stops(by=lucia, round_=row, keep=order, seen_version=row.version)
    assert [stop.title for stop in queries.stops_of(lucia, row)] == ["tre", "uno"]
    assert [stop.case_id for stop in queries.stops_of(anna, row)] == [None, police.pk, None]
    assert said(row)[-1] == "round.stops"
    with pytest.raises(Conflict):
        actions.change_stops(by=anna, round_=row, keep=[], seen_version=1)
    with pytest.raises(Refused, match="al massimo 40"):
        with_stops(anna, row, *words * 14)


def test_a_stop_leads_to_its_row_and_says_no_more_than_the_row(cast: Cast, anna, bar, walk, carla):
    case = case_of(
        anna,
        report_in(
            cast.crocetta, location=in_area(cast.crocetta, address="via Po, 3", place_words="da Maria Bassi")
        ),
    )
    contact, place = bar(), park(cast)
    row = with_stops(
        anna,
        walk(),
        NewStop("case", case=case),
        NewStop("contact", contact=contact),
        NewStop("place", place=place),
        NewStop(location=in_area(cast.crocetta, place_words="dietro la scuola")),
    )
    stops = queries.stops_of(anna, row)
    assert [stop.title for stop in stops] == [
        "via Po, 3",
        "Bar Sport, via dei Mille, 12",
        "Parco dei tigli",
        "dietro la scuola",
    ]
    assert all(stop.point for stop in stops)
    assert not RoundStop.objects.filter(address__contains="Po").exists(), "no copy of where somebody lives"
    people.erase(by=carla, person=case.case_people.get().person)
    assert queries.stops_of(anna, row)[0].title == "Crocetta"
    assert queries.stops_of(anna, row)[0].point is None
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundStop.objects.create(round=row, position=9, why="case")


# Walking ----------------------------------------------------------------------------------------------------------


def test_the_whole_round(anna, walk):
    row = with_stops(anna, walk(), NewStop(location=Location(place_words="piazza")))
    stop = queries.stops_of(anna, row)[0]
    with pytest.raises(Refused, match="mentre il giro è in corso"):
        actions.tick_stop(by=anna, stop=stop)
    with pytest.raises(Refused, match="Il giro non è in corso"):
        actions.observe(by=anna, round_=row, new=NewObservation("quiet"))
    row = actions.start_round(by=anna, round_=row, seen_version=row.version)
    ticked = actions.tick_stop(by=anna, stop=stop)
    assert (ticked.seen_by, actions.tick_stop(by=anna, stop=stop).seen_at) == ("Anna Ferri", ticked.seen_at)
    with pytest.raises(Refused, match="già vista resta"):
        actions.change_stops(by=anna, round_=row, keep=[], seen_version=None)
    assert actions.tick_stop(by=anna, stop=stop, seen=False).seen_at is None
    actions.observe(by=anna, round_=row, new=NewObservation("decay", stop=stop))
    row = actions.finish_round(by=anna, round_=row, notes="Sereno.")
    assert (row.state, row.notes) == ("done", "Sereno.")
    assert said(row) == [
        f"round.{name}" for name in ("planned", "stops", "started", "seen", "unseen", "observed", "done")
    ]
    with pytest.raises(Refused, match="è già concluso"):
        actions.change_stops(by=anna, round_=row, keep=[], seen_version=None)
    with pytest.raises(Refused):
        actions.start_round(by=anna, round_=row)


def test_only_who_makes_it_or_coordinates_leads_it(cast: Cast, anna, lucia, carla, walk):
    row = walk()
    for act in (
        lambda by: actions.start_round(by=by, round_=row),
        lambda by: actions.cancel_round(by=by, round_=row, reason="x"),
        lambda by: actions.change_stops(by=by, round_=row, keep=[], seen_version=None),
        lambda by: actions.change_round(by=by, round_=row, plan=None, seen_version=None),
    ):
        with pytest.raises(Refused, match="lo segue chi lo fa") as refused:
            act(lucia)
        assert refused.value.verdict.status == 403
    actions.start_round(by=carla, round_=row)
    for act in (
        lambda: actions.observe(by=lucia, round_=row, new=NewObservation("quiet")),
        lambda: actions.finish_round(by=lucia, round_=row),
    ):
        with pytest.raises(Refused, match="lo segue chi lo fa"):
            act()


def test_it_is_changed_by_whoever_read_it_last(cast: Cast, anna, walk):
    row = walk()
    plan = actions.RoundPlan(
        clock.today() + DAY, dt.time(15), dt.time(17), [cast.crocetta], [cast.anna, cast.lucia]
    )
    changed = actions.change_round(by=anna, round_=row, plan=plan, seen_version=1)
    assert (changed.planned_on, changed.people.count()) == (clock.today() + DAY, 2)
    with pytest.raises(Conflict):
        actions.change_round(by=anna, round_=row, plan=plan, seen_version=1)
    with pytest.raises(Conflict):
        actions.start_round(by=anna, round_=row, seen_version=1)
    with pytest.raises(Refused, match="un altro giorno"):
        actions.start_round(by=anna, round_=row)


def test_who_changes_a_round_keeps_the_areas_that_were_given(cast: Cast, anna, walk):
    row = walk(areas=[cast.crocetta, cast.stazione])
    hours = (dt.time(15), dt.time(17))
    plan = actions.RoundPlan(clock.today(), *hours, [cast.crocetta, cast.stazione], [cast.anna])
    assert actions.change_round(by=anna, round_=row, plan=plan, seen_version=1).areas.count() == 2
    page = of(cast.anna).get(reverse("round_change", args=[row.reference])).content.decode()
    assert page.count("checked") == 3, "both areas and herself"
    narrow = walk()
    with pytest.raises(Refused, match="altro gruppo"):
        actions.change_round(by=anna, round_=narrow, plan=plan, seen_version=1)


def test_it_is_called_off_for_a_reason(anna, walk):
    row = walk()
    with pytest.raises(Refused, match="motivo"):
        actions.cancel_round(by=anna, round_=row, reason=" ")
    assert actions.cancel_round(by=anna, round_=row, reason="allerta meteo").state == "cancelled"
    with pytest.raises(Refused):
        actions.cancel_round(by=anna, round_=row, reason="ancora")


# Observing --------------------------------------------------------------------------------------------------------


def test_sent_twice_it_is_kept_once_with_its_photo(cast: Cast, anna, carla, under_way, walk):
    new = NewObservation(
        "damage",
        "Panchina rotta",
        location=in_area(cast.crocetta),
        files=[upload(phone_photo())],
        uuid=uuid4(),
    )
    first = actions.observe(by=anna, round_=under_way, new=new)
    again = NewObservation("damage", "Panchina rotta", uuid=new.uuid)
    assert actions.observe(by=anna, round_=under_way, new=again) == first
    assert attachments.of(first).count() == 1
    other = actions.start_round(by=anna, round_=walk())
    for by, row in ((carla, under_way), (anna, other)):
        with pytest.raises(Refused, match="altra rilevazione"):
            actions.observe(by=by, round_=row, new=again)
    actions.finish_round(by=anna, round_=under_way)
    assert actions.observe(by=anna, round_=under_way, new=again) == first, "a retry after the end is answered"
    assert "Panchina" not in "".join(map(str, Entry.objects.values_list("facts", "note")))


def test_what_was_seen_meanwhile_arrives_after_the_end_and_nothing_else_does(anna, under_way):
    meanwhile = clock.now()
    row = actions.finish_round(by=anna, round_=under_way)
    assert actions.observe(by=anna, round_=row, new=NewObservation("quiet", at=meanwhile)).at == meanwhile
    for at in (None, meanwhile - DAY):
        with pytest.raises(Refused, match="non è in corso"):
            actions.observe(by=anna, round_=row, new=NewObservation("quiet", at=at))


def test_an_observation_has_the_area_of_its_stop_or_of_the_only_one(cast: Cast, anna, carla, under_way, walk):
    assert actions.observe(by=anna, round_=under_way, new=NewObservation("quiet")).area_id == cast.crocetta.pk
    wide = walk(areas=[cast.crocetta, cast.stazione])
    wide = actions.start_round(
        by=carla, round_=with_stops(carla, wide, NewStop(location=in_area(cast.stazione)))
    )
    assert actions.observe(by=anna, round_=wide, new=NewObservation("quiet")).area_id is None
    stop = queries.stops_of(carla, wide)[0]
    seen = actions.observe(by=anna, round_=wide, new=NewObservation("decay", stop=stop))
    assert (seen.area_id, seen.lat, seen.point) == (cast.stazione.pk, None, stop.point)
    with pytest.raises(Refused, match="altro giro"):
        actions.observe(by=anna, round_=under_way, new=NewObservation("quiet", stop=stop))


def test_quiet_and_good_things_ask_for_no_decision(anna, under_way):
    became = {
        kind: actions.observe(by=anna, round_=under_way, new=NewObservation(kind)).became
        for kind in ("quiet", "positive", "decay", "conflict")
    }
    assert became == {"quiet": "nothing", "positive": "nothing", "decay": "open", "conflict": "open"}
    assert queries.to_settle(anna).count() == 2


@pytest.fixture
def seen(cast: Cast, anna, under_way):
    new = NewObservation(
        "disorder",
        "Vetri rotti",
        location=in_area(cast.crocetta, address="via Po, 9"),
        files=[upload(phone_photo())],
    )
    return actions.observe(by=anna, round_=under_way, new=new)


def settle(by, row, became, **fields):
    return actions.settle_observation(by=by, observation=row, settlement=Settlement(became, **fields))


def test_nothing_came_of_it_and_it_is_decided_once(anna, seen):
    with pytest.raises(Refused, match="che cosa ne è stato"):
        settle(anna, seen, "open")
    with pytest.raises(Refused, match="Scegli il caso"):
        settle(anna, seen, "linked")
    with pytest.raises(Refused, match="tipo di problema"):
        settle(anna, seen, "report")
    with pytest.raises(Conflict):
        actions.settle_observation(
            by=anna, observation=seen, settlement=Settlement("nothing"), seen_version=9
        )
    settle(anna, seen, "nothing")
    with pytest.raises(Refused, match="È già deciso"):
        settle(anna, seen, "nothing")
    assert not queries.to_settle(anna)


def test_it_becomes_a_report_and_the_photo_goes_along(cast: Cast, anna, seen):
    row = settle(anna, seen, "report", category=kind("rifiuti"))
    report = Report.objects.get(pk=row.report_id)
    assert (report.channel, report.description, report.address) == ("street", "Vetri rotti", "via Po, 9")
    assert (attachments.of(report).count(), attachments.of(row).count()) == (1, 0)
    assert not report.wants_contact


def test_it_is_noted_in_an_open_case_and_in_the_watch_of_a_closed_one(cast: Cast, anna, under_way, seen):
    case = case_of(anna, report_in(cast.crocetta))
    settle(anna, seen, "note", case=case)
    assert Contact.objects.get(case=case).summary == "disturbo: Vetri rotti"
    assert queries.observations_on(anna, case)[0].uuid == seen.uuid
    close_case(anna, Case.objects.get(pk=case.pk))
    again = actions.observe(by=anna, round_=under_way, new=NewObservation("decay"))
    settle(anna, again, "note", case=Case.objects.get(pk=case.pk))
    assert case.watch_points.filter(done_at__isnull=False, note="degrado").count() == 1
    case.watch_points.update(done_at=clock.now())
    third = actions.observe(by=anna, round_=under_way, new=NewObservation("decay"))
    with pytest.raises(Refused, match="verifiche sono finite"):
        settle(anna, third, "note", case=Case.objects.get(pk=case.pk))
    assert settle(anna, third, "linked", case=case).case == case
    assert Entry.objects.filter(event="case.seen_on_round").count() == 3


def test_a_report_takes_its_place_from_the_stop_but_never_from_a_case(cast: Cast, anna, bar, under_way):
    case = case_of(anna, report_in(cast.crocetta, location=in_area(cast.crocetta, address="via Po, 3")))
    row = with_stops(
        anna,
        under_way,
        NewStop("case", case=case),
        NewStop("place", place=park(cast)),
        NewStop("contact", contact=bar()),
        NewStop(location=in_area(cast.crocetta, address="piazza")),
    )
    addresses = []
    for stop in queries.stops_of(anna, row):
        seen = actions.observe(by=anna, round_=row, new=NewObservation("damage", stop=stop))
        addresses.append(settle(anna, seen, "report", category=kind()).report.address)
    assert addresses == ["", "Parco dei tigli", "via dei Mille, 12", "piazza"]


# What stays hidden ------------------------------------------------------------------------------------------------


def test_police_cases_and_what_was_seen_there_do_not_exist_for_who_may_not_see_them(
    cast: Cast, anna, lucia, walk
):
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()), kind="place")
    row = with_stops(anna, walk(people=[cast.anna, cast.lucia]), NewStop("case", case=police))
    row = actions.start_round(by=anna, round_=row)
    stop = queries.stops_of(anna, row)[0]
    at_stop = actions.observe(by=anna, round_=row, new=NewObservation("conflict", "lite", stop=stop))
    linked = actions.observe(by=anna, round_=row, new=NewObservation("decay", "aghi"))
    settle(anna, linked, "linked", case=police)
    reported = actions.observe(by=anna, round_=row, new=NewObservation("decay", "bustine"))
    settle(anna, reported, "report", category=police_kind())
    assert len(queries.observations_of(anna, row)) == 3
    assert queries.stops_of(lucia, row) == [] and queries.observations_of(lucia, row) == []
    line = queries.rounds_in_lines(lucia, queries.rounds(lucia)).get()
    assert (line.stop_count, line.seen_count, line.observation_count) == (0, 0, 0)
    for one in (at_stop, linked, reported):
        with pytest.raises(NotVisible):
            queries.observation_of(lucia, one.uuid)
    with pytest.raises(NotVisible):
        queries.stop_of(lucia, row, stop.pk)
    assert not [one for one in proposals(lucia, [cast.crocetta.pk]) if one.why == "case"]
    for number in range(3):
        report_in(cast.crocetta, category=police_kind(), title=str(number))
    assert not [one for one in proposals(anna, [cast.crocetta.pk]) if one.why == "cluster"]


def test_rounds_of_today_come_up_and_those_nobody_has_ended(cast: Cast, anna, carla, walk):
    today, old = walk(), walk(planned_on=clock.today() - DAY)
    walk(planned_on=clock.today() + DAY)
    walk(people=[cast.lucia])
    assert list(queries.rounds_due(anna)) == [old, today]
    assert not queries.rounds_due(carla)


# At once ----------------------------------------------------------------------------------------------------------


def test_of_two_same_observations_at_once_one_is_kept(shared_database, begun):
    anna, row = begun
    new = NewObservation("decay", "una volta", uuid=uuid4())
    kept = at_once(lambda: actions.observe(by=anna, round_=row, new=new).pk)
    assert len(kept) == 2 and len(set(kept)) == 1
    assert Observation.objects.count() == 1


def test_of_two_who_begin_at_once_one_does(shared_database, planned):
    anna, row = planned
    begun = at_once(lambda: actions.start_round(by=anna, round_=row, seen_version=row.version).pk)
    assert len(begun) == 1
    assert Round.objects.get().state_moves.count() == 1


def at_once(act):
    results = []

    def attempt():
        try:
            results.append(act())
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return results


@pytest.fixture
def begun(shared_database, request):
    return request.getfixturevalue("anna"), request.getfixturevalue("under_way")


@pytest.fixture
def planned(shared_database, request):
    return request.getfixturevalue("anna"), request.getfixturevalue("walk")()
