"""A review from the asking to what became of its recommendations: clocks, chair, decisions, erasure."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework.models import Case, Commitment, Matter, Task
from vicinia.domain.casework.queries import closing_of
from vicinia.domain.casework.tests.factories import case_of, close_case, open_on
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.listening.tests.factories import body, police_kind, report_in
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.reviews import actions, jobs, queries, rules
from vicinia.domain.reviews.actions import Chair, Entered, NewRecommendation
from vicinia.domain.reviews.models import Recommendation, Review, RightTold
from vicinia.domain.reviews.tests.conftest import MARIA
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
OUTSIDE = Chair(name="Sara Pini", office="direttrice dei Servizi sociali")


def resident(report) -> Actor:
    return Actor.resident(report.reference)


def matter(review) -> Matter | None:
    return Matter.objects.filter(key=f"review:{review.pk}").first()


def new(what="Richiamare ogni settimana", days=10, **whose) -> NewRecommendation:
    return NewRecommendation(what=what, due_on=clock.today() + dt.timedelta(days=days), **whose)


def again(review) -> Review:
    return Review.objects.select_related("report__reporter", "person", "case", "chair").get(pk=review.pk)


# Asking ------------------------------------------------------------------------------------------------------------------


def test_the_three_clocks_run_from_the_asking_over_holidays(told, settings):
    settings.PATRON_DAY = "12-17"
    with clock.at(clock.start_of(dt.date(2026, 12, 1)) + dt.timedelta(hours=10)):
        report = told()
        review = actions.ask(by=resident(report), report=report)
    # 8, 17, 25, 26 December, 1 and 6 January are holidays; 26 December is a Saturday anyway.
    assert review.asked_on == dt.date(2026, 12, 1)
    assert review.acknowledge_by == dt.date(2026, 12, 16)
    assert review.threshold_by == dt.date(2026, 12, 24)
    assert review.meet_by == dt.date(2027, 1, 4)
    assert review.due_on == review.acknowledge_by


def test_the_days_are_settings(told, settings):
    settings.REVIEW_ACKNOWLEDGE_DAYS, settings.REVIEW_THRESHOLD_DAYS, settings.REVIEW_MEETING_DAYS = 1, 2, 3
    report = told()
    review = actions.ask(by=resident(report), report=report)
    assert [review.acknowledge_by, review.threshold_by, review.meet_by] == [
        clock.add_working_days(clock.today(), days) for days in (1, 2, 3)
    ]


def test_words_are_encrypted_and_no_line_repeats_them(asked):
    assert again(asked).words == "Nessuno mi richiama."
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM reviews_review")
        assert "richiama" not in cursor.fetchone()[0]
    assert "richiama" not in "".join(map(str, Entry.objects.values_list("facts", "note")))
    message = OutboxMessage.objects.get(template="review_asked")
    assert asked.reference in message.body and "richiama" not in message.body + message.subject


def test_a_second_tap_gives_the_first_request(asked, report):
    assert actions.ask(by=resident(report), report=report, words="ancora") == asked
    assert Review.objects.count() == 1
    assert OutboxMessage.objects.filter(template="review_asked").count() == 1


def test_only_the_holder_of_the_link_asks(report, anna):
    for by in (anna, Actor.visitor(), Actor.resident("2026-99999")):
        with pytest.raises(Refused) as refused:
            actions.ask(by=by, report=report)
        assert refused.value.verdict.status == 403


def test_it_can_be_asked_without_a_right_and_without_a_name(told):
    report = told(0, None)
    review = actions.ask(by=resident(report), report=report)
    assert review.facts["bases"] == [] and review.person is None
    assert actions.ask(by=resident(report), report=report) == review


def test_the_database_keeps_one_open_request(asked):
    copy = again(asked)
    copy.pk, copy.reference = None, "RV1"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_staff_write_it_down_for_who_rang(told, carla, cast):
    report = told(3)
    entered = Entered(words="Chiede di essere ascoltata", channel="phone", asked_on=clock.today())
    early = Entered(words="x", channel="letter", asked_on=clock.today() - dt.timedelta(days=5))
    joined = people.meet(by=Actor.visitor(), details=PersonDetails(name="Ugo Bini", phone="059 774411"))
    MeToo.objects.create(report=report, person=joined)
    with pytest.raises(Refused, match="non registra"):
        actions.ask_for(by=cast.actor(cast.vera), report=report, person=report.reporter, new=entered)
    for wrong, why in (
        (Entered("x", "phone", clock.today() + dt.timedelta(days=1)), "deve ancora venire"),
        (Entered(" ", "phone", clock.today()), "che cosa chiede"),
    ):
        with pytest.raises(Refused, match=why):
            actions.ask_for(by=carla, report=report, person=report.reporter, new=wrong)
    review = actions.ask_for(by=carla, report=report, person=report.reporter, new=early)
    assert review.acknowledge_by == clock.add_working_days(early.asked_on, 10)
    with pytest.raises(Refused, match=review.reference):
        actions.ask_for(by=carla, report=report, person=report.reporter, new=entered)
    other = actions.ask_for(by=carla, report=report, person=joined, new=entered)
    assert other.person == joined and not queries.is_by_reporter(other)
    assert OutboxMessage.objects.filter(template="review_asked").count() == 1, "not to who made the report"
    assert [one.reference for one in queries.followed(report)] == [review.reference]
    with pytest.raises(Refused, match="un'altra persona"):
        actions.withdraw(by=resident(report), review=other)
    actions.acknowledge(by=carla, review=other, chair=OUTSIDE)
    assert not OutboxMessage.objects.filter(template="review_news").exists()


def test_two_pages_at_once_make_one_review(shared_database, cast):
    report = report_in(cast.crocetta)
    start, made = threading.Barrier(2), []

    def ask():
        try:
            start.wait(10)
            made.append(actions.ask(by=resident(report), report=report).reference)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _page in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 2 and len(set(made)) == 1
    assert Review.objects.count() == 1


test_two_pages_at_once_make_one_review = pytest.mark.django_db(transaction=True)(
    test_two_pages_at_once_make_one_review
)


def test_it_is_taken_back_by_who_asked_or_by_telephone(asked, report, anna, carla, told, case):
    other = told(0, PersonDetails(name="Ugo Bini", phone="059 774411"))
    with pytest.raises(Refused, match="altra segnalazione"):
        actions.withdraw(by=resident(other), review=asked)
    with pytest.raises(Refused, match="coordinatore e il laboratorio"):
        actions.withdraw(by=anna, review=asked)
    review = actions.withdraw(by=resident(report), review=asked, words="Ora va meglio.")
    assert (review.state, review.due_on, review.end_words) == ("withdrawn", None, "Ora va meglio.")
    assert matter(review) is None
    with pytest.raises(Refused):
        actions.withdraw(by=resident(report), review=asked)
    fresh = actions.ask(by=resident(report), report=report)
    assert fresh != asked
    assert actions.withdraw(by=carla, review=fresh, words="al telefono").state == "withdrawn"


# The chair -----------------------------------------------------------------------------------------------------------------


def free(review) -> set[str]:
    return {one.user.name.split()[0] for one in queries.candidates(review) if one.verdict}


def why(review, name: str) -> str:
    return next(
        str(one.verdict.sentence) for one in queries.candidates(review) if one.user.name.startswith(name)
    )


def test_who_may_preside_had_no_part(told, cast, carla, lucia, anna):
    report = told(1)
    review = actions.ask(by=resident(report), report=report)
    assert free(review) == {"Carla", "Lucia"}
    case = open_on(report, by=anna)
    assert free(review) == {"Carla", "Lucia"}
    casework.propose(by=carla, case=case, to=cast.anna)
    assert free(review) == {"Lucia"} and "lo ha proposto" in why(review, "Carla")
    casework.accept(by=anna, proposal=cases.proposal_to_me(anna, case.reference))
    User.objects.filter(pk=cast.anna.pk).update(is_active=False)
    casework.take_charge(by=lucia, case=Case.objects.select_related("owner").get(pk=case.pk))
    assert free(review) == set()
    User.objects.filter(pk=cast.anna.pk).update(is_active=True)
    Case.objects.filter(pk=case.pk).update(owner=cast.anna)
    assert free(review) == set(), "who was in charge once was in charge"


def test_who_closed_it_or_followed_the_report_does_not_preside(told, cast, carla, anna, lucia):
    report = told(1)
    review = actions.ask(by=resident(report), report=report)
    listening.take(by=lucia, report=report)
    assert free(review) == {"Carla"}
    closed = told(3, PersonDetails(name="Ugo Bini", phone="059 774411"))
    case = case_of(anna, closed)
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact(summary="x"))
    close_case(carla, case)
    other = actions.ask(by=resident(closed), report=closed)
    assert free(other) == {"Lucia"}


def test_the_other_reports_that_counted_matter_too(report, told, lucia, asked):
    first = Report.objects.order_by("received_at").first()
    listening.take(by=lucia, report=first)
    assert free(asked) == {"Carla"}


def test_a_chair_sees_what_it_is_about(told, cast):
    far = told(0, area=cast.stazione)
    review = actions.ask(by=resident(far), report=far)
    assert free(review) == {"Carla"} and "non segue questa zona" in why(review, "Lucia")
    police = told(0, category=police_kind())
    review = actions.ask(by=resident(police), report=police)
    assert free(review) == {"Carla"} and "non vede questo caso" in why(review, "Lucia")
    operator = rules.may_chair(cast.actor(cast.anna), police, "administrative", is_involved=False)
    assert "non può presiedere" in operator.sentence


def test_a_small_town_names_somebody_from_outside(asked, carla, lucia, cast, report):
    for by, chair, why_not in (
        (lucia, OUTSIDE, "la indica il coordinatore"),
        (carla, Chair(name="Sara Pini"), "nome di chi presiede e il suo ufficio"),
        (carla, Chair(user=cast.anna), "non può presiedere"),
        (cast.actor(cast.anna), OUTSIDE, "coordinatore e il laboratorio"),
    ):
        with pytest.raises(Refused, match=why_not):
            actions.acknowledge(by=by, review=asked, chair=chair)
    review = actions.acknowledge(by=carla, review=asked, chair=OUTSIDE)
    assert review.has_outside_chair and review.chair_words == "Sara Pini, direttrice dei Servizi sociali"
    with pytest.raises(Refused, match="per conto di Sara Pini"):
        actions.decide_threshold(by=lucia, review=review, is_met=True, reasons="x")
    assert (
        actions.decide_threshold(by=carla, review=review, is_met=True, reasons="x").state == "threshold_met"
    )
    with pytest.raises(Refused):
        actions.acknowledge(by=carla, review=review, chair=OUTSIDE)


def test_who_gets_a_part_in_the_case_presides_no_more(presided, report, lucia, carla, cast):
    listening.take(by=lucia, report=report)
    with pytest.raises(Refused, match="non puoi più presiedere"):
        actions.decide_threshold(by=lucia, review=presided, is_met=True, reasons="x")
    with pytest.raises(Refused, match="Lo decide Lucia"):
        actions.decide_threshold(by=carla, review=presided, is_met=True, reasons="x")
    review = actions.change_chair(by=carla, review=presided, chair=Chair(user=cast.carla))
    assert review.chair == cast.carla
    assert (
        actions.decide_threshold(by=carla, review=review, is_met=True, reasons="x").state == "threshold_met"
    )


def test_a_chair_is_changed_only_where_there_is_one(asked, presided, carla, lucia, cast, anna):
    with pytest.raises(Refused, match="coordinatore e il laboratorio"):
        actions.change_chair(by=anna, review=presided, chair=OUTSIDE)
    ended = actions.withdraw(by=carla, review=presided)
    with pytest.raises(Refused, match="quando si conferma"):
        actions.change_chair(by=carla, review=ended, chair=OUTSIDE)


# Deciding --------------------------------------------------------------------------------------------------------------------


def test_below_the_threshold_it_ends_with_reasons(presided, lucia):
    with pytest.raises(Refused, match="motivo"):
        actions.decide_threshold(by=lucia, review=presided, is_met=False, reasons=" ")
    review = actions.decide_threshold(
        by=lucia, review=presided, is_met=False, reasons="Manca una segnalazione."
    )
    assert (review.state, review.ended_on, review.due_on) == ("below_threshold", clock.today(), None)
    with pytest.raises(Refused):
        actions.decide_threshold(by=lucia, review=review, is_met=True, reasons="x")
    assert rules.may_print(review, "decisione") and rules.may_print(review, "conferma")


def test_the_meeting_comes_before_the_decision(presided, lucia):
    soon = clock.now() + dt.timedelta(days=3)
    with pytest.raises(Refused):
        actions.set_meeting(by=lucia, review=presided, at=soon)
    review = actions.decide_threshold(by=lucia, review=presided, is_met=True, reasons="Sì.")
    assert review.due_on == review.meet_by
    with pytest.raises(Refused, match="deve ancora venire"):
        actions.set_meeting(by=lucia, review=review, at=clock.now() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="dopo aver fissato"):
        actions.recommend(by=lucia, review=review, new=new())
    review = actions.set_meeting(by=lucia, review=review, at=soon, place="in Comune")
    with pytest.raises(Refused, match="non c'è ancora stato"):
        actions.decide(by=lucia, review=review, reasons="x")
    later = actions.set_meeting(by=lucia, review=review, at=soon + dt.timedelta(days=2))
    assert later.due_on == (soon + dt.timedelta(days=2)).astimezone().date() or later.due_on > clock.today()
    assert not rules.may_print(later, "decisione")


def test_what_is_recommended_is_told_with_the_decision_only(meeting, lucia, cast):
    kept = actions.recommend(by=lucia, review=meeting, new=new())
    gone = actions.recommend(by=lucia, review=meeting, new=new("Altro"))
    actions.unrecommend(by=lucia, recommendation=gone)
    assert queries.shown_recommendations(again(meeting)) == []
    with pytest.raises(Refused, match="motivo"):
        actions.decide(by=lucia, review=meeting, reasons="")
    review = actions.decide(by=lucia, review=meeting, reasons="Va richiamata.")
    assert queries.shown_recommendations(again(review)) == [kept]
    with pytest.raises(Refused):
        actions.unrecommend(by=lucia, recommendation=kept)
    said = [row.event for row in Entry.objects.filter(event__startswith="review.").order_by("id")]
    assert said == [
        f"review.{name}"
        for name in (
            "asked", "acknowledged", "threshold_met", "meeting_set", "recommended", "recommended", "unrecommended", "decided",
        )
    ]  # fmt: skip
    told = OutboxMessage.objects.filter(template="review_news")
    assert told.count() == 4
    assert not any("richiamata" in row.body or "Lucia" in row.body for row in told)


def test_accepted_it_is_work_on_the_case(meeting, case, lucia, anna, cast, report):
    casa = body()
    actions.recommend(by=lucia, review=meeting, new=new("Ascoltarla", user=cast.anna))
    actions.recommend(by=lucia, review=meeting, new=new("Riparare la porta", body=casa))
    actions.recommend(by=lucia, review=meeting, new=new("Scriverle ogni mese"))
    actions.recommend(by=lucia, review=meeting, new=new("Spostare tutti"))
    with pytest.raises(Refused, match="non è ancora deciso"):
        actions.accept_recommendation(by=anna, recommendation=Recommendation.objects.first())
    review = actions.decide(by=lucia, review=meeting, reasons="Ecco.")
    assert matter(review).kind == "review.to_answer"
    task, door, letters, move = queries.recommendations_of(review)
    with pytest.raises(Refused):
        actions.accept_recommendation(by=cast.actor(cast.bruno), recommendation=task)
    for row in (task, door, letters):
        actions.accept_recommendation(by=anna, recommendation=row)
    with pytest.raises(Refused, match="già stata data"):
        actions.accept_recommendation(by=anna, recommendation=task)
    with pytest.raises(Refused, match="motivo"):
        actions.refuse_recommendation(by=anna, recommendation=move, reason=" ")
    assert matter(review) is not None
    actions.refuse_recommendation(by=anna, recommendation=move, reason="Non ci sono alloggi.")
    assert matter(review) is None
    assert Task.objects.get(case=case).assignee == cast.anna
    made = Commitment.objects.filter(case=case).order_by("id")
    assert [(row.by_whom, row.body, row.what) for row in made] == [
        ("body", casa, "Riparare la porta"),
        ("unit", None, "Scriverle ogni mese"),
    ]
    assert all(row.told_to_reporter for row in made)


def test_without_a_case_a_recommendation_waits_or_is_refused(meeting, lucia, anna, carla):
    row = actions.recommend(by=lucia, review=meeting, new=new())
    review = actions.decide(by=lucia, review=meeting, reasons="Ecco.")
    assert list(queries.due(carla, clock.today())) == [review]
    with pytest.raises(Refused, match="non è in un caso"):
        actions.accept_recommendation(by=anna, recommendation=row)
    with pytest.raises(Refused, match="coordinatore e il laboratorio"):
        actions.refuse_recommendation(by=anna, recommendation=row, reason="x")
    actions.refuse_recommendation(by=carla, recommendation=row, reason="Non serve più.")
    assert not queries.due(carla, clock.today()).exists()


def test_without_a_case_nothing_is_put_on_one(meeting, lucia):
    assert matter(actions.decide(by=lucia, review=meeting, reasons="Ecco.")) is None


def test_of_a_police_case_no_act_is_told(told, carla, cast, anna):
    report = told(2, category=police_kind())
    case = case_of(anna, report)
    review = actions.ask(by=resident(report), report=report)
    assert review.legal_basis == "police"
    review = actions.acknowledge(by=carla, review=review, chair=OUTSIDE)
    review = actions.decide_threshold(by=carla, review=review, is_met=True, reasons="Sì.")
    at = clock.now() + dt.timedelta(minutes=1)
    review = actions.set_meeting(by=carla, review=review, at=at)
    row = actions.recommend(by=carla, review=review, new=new("Pattuglia la sera"))
    with clock.at(at + dt.timedelta(hours=1)):
        review = actions.decide(by=carla, review=review, reasons="Abbiamo riguardato tutto.")
        actions.accept_recommendation(by=anna, recommendation=row)
    assert queries.shown_recommendations(again(review)) == []
    assert not Commitment.objects.get(case=case).told_to_reporter
    assert not queries.reviews(cast.actor(cast.lucia)).exists()


# What stands open ------------------------------------------------------------------------------------------------------------


def test_a_case_and_its_people_know_what_is_due(case, asked, carla, lucia, anna, cast):
    waiting = matter(asked)
    assert waiting.case == case and waiting.due_on == asked.acknowledge_by
    assert asked.reference in waiting.sentence and "Maria" not in str(waiting.facts)
    due = asked.acknowledge_by
    assert cases.matters_due(carla, clock.today()).get() == waiting, (
        "nobody presides: it is the coordinator's"
    )
    assert not cases.matters_due(lucia, due).exists()
    actions.acknowledge(by=carla, review=asked, chair=Chair(user=cast.lucia))
    assert not cases.matters_due(carla, clock.today()).exists()
    assert "se i requisiti ci sono" in cases.matters_due(lucia, asked.threshold_by).get().sentence
    with clock.at(clock.start_of(asked.threshold_by + dt.timedelta(days=4))):
        assert cases.matters_due(carla, clock.today()).exists(), "late, it rises"


def test_without_a_case_my_day_asks(asked, carla, lucia, anna, cast):
    assert matter(asked) is None
    assert list(queries.due(carla, clock.today())) == [asked], "from the first day"
    assert not queries.due(lucia, asked.due_on).exists() and not queries.due(anna, asked.due_on).exists()
    review = actions.acknowledge(by=carla, review=asked, chair=Chair(user=cast.lucia))
    assert list(queries.due(lucia, review.due_on)) == [review]
    day_before = review.due_on - dt.timedelta(days=1)
    assert not queries.due(carla, review.due_on).exists() and not queries.due(lucia, day_before).exists()
    review = actions.change_chair(by=carla, review=review, chair=OUTSIDE)
    assert list(queries.due(carla, review.due_on)) == [review]
    assert not queries.due(lucia, review.due_on).exists() and not queries.due(carla, day_before).exists()


def test_a_case_opened_afterwards_takes_it_over(asked, carla, anna, cast, report):
    case = case_of(anna, report)
    assert list(queries.due(carla, asked.due_on)) == [asked], "until the next act"
    review = actions.acknowledge(by=carla, review=asked, chair=Chair(user=cast.lucia))
    assert matter(review).case == case and not queries.due(cast.actor(cast.lucia), review.due_on).exists()


# Telling of the right ------------------------------------------------------------------------------------------------------------


def test_the_night_writes_once_to_who_has_the_right(report, told):
    assert jobs.tell_rights() == 1 and jobs.tell_rights() == 0
    message = OutboxMessage.objects.get(template="review_right")
    assert "maria@posta.example" in message.to and "/riesame" in message.body
    told(0)
    assert jobs.tell_rights() == 0
    assert Entry.objects.filter(event="review.right_told").count() == 1


def test_it_writes_through_the_report_by_which_one_has_met_them(told, anna):
    told(40)
    met = told(30)
    casework.contact_on_report(by=anna, report=met, new=casework.NewContact(summary="x"))
    told(1)
    assert jobs.tell_rights() == 1
    assert RightTold.objects.get().report == met


def test_a_place_is_told_once_to_each_who_wants_it(told):
    people_ = [
        PersonDetails(name=f"Persona {name}", email=f"{name}@posta.example")
        for name in ("Alfa", "Beta", "Gamma", "Delta")
    ]
    for who in people_:
        told(5, who)
    assert jobs.tell_rights() == 0
    told(1, PersonDetails(name="Persona Zeta", email="zeta@posta.example"), wants_contact=False)
    assert jobs.tell_rights() == 4 and jobs.tell_rights() == 0
    told(0, people_[0])
    assert jobs.tell_rights() == 0, "the same place again"
    written = OutboxMessage.objects.filter(template="review_right_place")
    assert not any("zeta" in row.to for row in written)


def test_a_case_and_a_house_number_are_places_in_the_night_too(told, anna, cast):
    rows = [
        told(
            9,
            PersonDetails(name=f"Persona {name}", email=f"{name}@posta.example"),
            location=Location(lat=44.801 + n / 1000, lon=10.601, area_id=cast.crocetta.pk),
        )
        for n, name in enumerate(("Alfa", "Beta", "Gamma", "Delta", "Zeta"))
    ]
    assert jobs.tell_rights() == 0
    case = case_of(anna, rows[0])
    for row in rows[1:]:
        casework.link_report(by=anna, case=case, report=row)
    assert jobs.tell_rights() == 5 and jobs.tell_rights() == 0


def test_nobody_is_written_to_without_an_address_or_while_one_is_open(told, report):
    for days in (3, 2, 1):
        told(days, PersonDetails(name="Ugo Bini", phone="059 774411"))
    review = actions.ask(by=resident(report), report=report)
    assert jobs.tell_rights() == 0
    actions.withdraw(by=resident(report), review=review)
    assert jobs.tell_rights() == 1


def test_after_a_decision_the_next_right_is_told_again(report, meeting, lucia, told):
    assert jobs.tell_rights() == 0
    RightTold.objects.create(person=report.reporter, report=report, basis="person", created_at=clock.now())
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        actions.decide(by=lucia, review=meeting, reasons="Deciso.")
    with clock.at(clock.now() + dt.timedelta(days=1)):
        told(0), told(0), told(0)
        assert jobs.tell_rights() == 1


def test_what_the_night_guessed_is_looked_at_again(told):
    report = told(0)
    guess = queries.NewRight(report, report.reporter_id, "person")
    with pytest.raises(Refused, match="non ci sono"):
        actions.tell_right(by=Actor.job("reviews.tell_rights"), new=guess)


# Personal data --------------------------------------------------------------------------------------------------------------------


def test_a_person_gets_a_copy_and_is_erased(case, meeting, lucia, carla, anna, report):
    row = actions.recommend(by=lucia, review=meeting, new=new())
    review = actions.decide(by=lucia, review=meeting, reasons="Va richiamata.")
    actions.refuse_recommendation(by=anna, recommendation=row, reason="Maria non vuole.")
    copy = people.export(by=carla, person=report.reporter)["reviews"]
    assert copy[0]["parole"] == "Nessuno mi richiama." and copy[0]["decisione"] == "Va richiamata."
    people.erase(by=carla, person=report.reporter)
    review = again(review)
    assert (review.words, review.reasons, review.threshold_reasons, review.person) == ("", "", "", None)
    assert review.state == "decided" and "Maria" not in str(Recommendation.objects.values())
    assert queries.counted(clock.today(), clock.today()).held == 1, "the count stays"


def test_an_open_review_ends_with_the_erasure(case, asked, carla, report):
    RightTold.objects.create(person=report.reporter, report=report, basis="person")
    people.erase(by=carla, person=report.reporter)
    assert again(asked).state == "withdrawn" and matter(asked) is None
    assert not RightTold.objects.exists()


def test_counts_come_from_the_reviews_alone(report, meeting, lucia, told):
    actions.recommend(by=lucia, review=meeting, new=new())
    with clock.at(clock.now() + dt.timedelta(days=9)):
        actions.decide(by=lucia, review=meeting, reasons="Ecco.")
    other = told(0, MARIA)
    actions.ask(by=resident(other), report=other)
    counted = queries.counted(clock.today(), clock.today())
    assert (counted.received, counted.below, counted.held, counted.with_recommendations, counted.others) == (
        2,
        0,
        1,
        1,
        1,
    )
    assert counted.days == {9: 1}
    assert (
        queries.counted(clock.today() + dt.timedelta(days=1), clock.today() + dt.timedelta(days=9)).received
        == 0
    )


def test_who_asked_for_the_closing_or_returned_it_does_not_preside(told, cast, carla, anna, lucia):
    report = told(1)
    case = case_of(anna, report)
    casework.ask_to_close(
        by=lucia, case=case, outcome="withdrawn", note="x", consultation="x", explanation="x"
    )
    casework.return_closing(by=carla, request=closing_of(case), reason="Sentila di nuovo.")
    review = actions.ask(by=resident(report), report=report)
    assert free(review) == set()
