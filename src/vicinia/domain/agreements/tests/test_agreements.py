"""An agreement from the invitation to its end: what the case is told, what is kept, what two people do at once, what is forgotten."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from vicinia.domain.agreements import actions, jobs, queries
from vicinia.domain.agreements.actions import Answered, Invited, Line
from vicinia.domain.agreements.models import BehaviourAgreement, Breach, Invitation
from vicinia.domain.agreements.states import AgreementState
from vicinia.domain.agreements.tests.conftest import WORDS, in_case, party, sign_all
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework import rules as case_rules
from vicinia.domain.casework.models import Commitment, Matter
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import body, report_in
from vicinia.domain.people import queries as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def matter(agreement) -> Matter | None:
    return Matter.objects.filter(key=f"behaviour_agreement:{agreement.pk}").first()


def said(case) -> list[str]:
    rows = Entry.objects.filter(about=f"case:{case.reference}", event__startswith="agreement.")
    return [entry.event for entry in rows.order_by("id")]


def later(days: int):
    return clock.at(clock.now() + dt.timedelta(days=days))


def test_from_invitation_to_a_good_end(anna, case, propose, in_force):
    agreement = propose()
    assert "aspettiamo una risposta" in matter(agreement).sentence
    assert not case_rules.may_close(anna, case, cases.progress(case)).allowed
    actions.answer_invitation(by=anna, agreement=agreement, answer="yes")
    assert "da scrivere insieme" in matter(agreement).sentence
    agreement = in_force(agreement)
    assert agreement.state == AgreementState.IN_FORCE
    first, last = agreement.reviews.first(), agreement.reviews.last()
    assert (first.due_on - clock.today()).days in range(28, 32)
    assert (last.due_on - agreement.ends_on).days in range(4)
    assert matter(agreement).due_on == first.due_on and f"riesami/{first.pk}" in matter(agreement).url
    for review in agreement.reviews.all():
        actions.make_review(by=anna, review=review, held="yes", notes="bene")
    assert "concludilo" in matter(agreement).sentence
    with pytest.raises(Refused, match="finisce più avanti"):
        actions.complete(by=anna, agreement=agreement, held="yes")
    with clock.at(clock.start_of(agreement.ends_on)):
        done = actions.complete(by=anna, agreement=agreement, held="yes")
    assert (done.state, done.ended_on, matter(agreement)) == ("completed", agreement.ends_on, None)
    assert case_rules.may_close(anna, case, cases.progress(case)).allowed
    assert said(case)[0] == "agreement.proposed" and said(case)[-1] == "agreement.moved"
    text = "".join(map(str, Entry.objects.values_list("facts", "note")))
    assert not [word for word in ("Luca", "Serri", "petardi in", "scala A") if word in text]
    text = "".join(map(str, Matter.objects.values_list("facts", "url")))
    assert "Luca" not in text


def test_the_words_are_encrypted(breached):
    agreement = breached()
    actions.respond(by=agreement_actor(agreement), agreement=agreement, answered=Answered("talk", "parlato"))
    with connection.cursor() as cursor:
        for table in ("behaviouragreement", "term", "breach", "response", "agreementparty"):
            cursor.execute(f"SELECT * FROM agreements_{table}")
            stored = str(cursor.fetchall())
            assert not [word for word in ("petardi", "petardo", "parlato") if word in stored], table


def agreement_actor(agreement):
    return agreement.case.owner.as_actor()


def test_refused_only_after_a_second_invitation_and_nothing_follows(anna, case, propose):
    agreement = propose()
    with pytest.raises(Refused, match="secondo invito"):
        actions.refuse(by=anna, agreement=agreement)
    with pytest.raises(Refused, match="ancora tempo"):
        actions.invite_again(by=anna, agreement=agreement, invited=invited())
    actions.answer_invitation(by=anna, agreement=agreement, answer="no", note="è arrabbiato")
    assert "fai il secondo invito" in matter(agreement).sentence
    actions.invite_again(by=anna, agreement=agreement, invited=invited())
    with pytest.raises(Refused, match="ancora tempo"):
        actions.refuse(by=anna, agreement=agreement)
    actions.answer_invitation(by=anna, agreement=agreement, answer="no")
    assert "scrivi com'è finita" in matter(agreement).sentence
    assert actions.refuse(by=anna, agreement=agreement, note="non se la sente").state == "refused"
    assert matter(agreement) is None
    assert not Commitment.objects.exists() and not case.tasks.exists()
    assert propose().state == "invited", "another may be proposed later"


def invited(days: int = 10) -> Invited:
    return Invited(clock.today(), "letter", clock.today() + dt.timedelta(days=days))


def test_nobody_answers_and_the_night_says_so(anna, propose):
    agreement = propose()
    assert jobs.go_on() == 0
    with later(11):
        assert jobs.go_on() == 1
        assert jobs.go_on() == 0
        assert agreement.invitations.get().answer == "none"
        assert "fai il secondo invito" in matter(agreement).sentence
        actions.invite_again(by=anna, agreement=agreement, invited=invited())
    with later(30):
        assert jobs.go_on() == 1
        assert "dopo due inviti" in matter(agreement).sentence
        late = Invitation.objects.last()
        with pytest.raises(Refused):
            actions.expire_invitation(by=anna, invitation=late)


def test_the_first_invitation_is_closed_by_the_second(anna, propose):
    agreement = propose(invited=Invited(clock.today(), "phone", clock.today() - dt.timedelta(days=1)))
    actions.invite_again(by=anna, agreement=agreement, invited=invited())
    assert [row.answer for row in agreement.invitations.all()] == ["none", ""]


def test_a_minor_signs_with_the_parent_whom_the_page_names(anna, case, written):
    agreement = written()
    luca = party(agreement, "commits")
    actions.say_age(by=anna, party=luca, born_on=clock.add_months(clock.today(), -12 * 16))
    with pytest.raises(Refused, match="firma con un genitore"):
        sign_all(anna, agreement)
    mother = actions.add_guardian(by=anna, child=luca, person=in_case(case, "sua madre"))
    assert actions.add_guardian(by=anna, child=luca, person=in_case(case, "sua madre")) == mother
    labels = queries.labels_of(agreement, queries.parties_of(agreement))
    assert labels[mother.pk] == (
        "persona di riferimento, sua madre (genitore o tutore di: altra parte, ragazzo della scala A)"
    )
    unit = party(agreement, "unit")
    half = actions.sign(by=anna, agreement=agreement, parties=[luca.pk, unit.pk], signed_on=clock.today())
    assert half.state == "invited"
    with pytest.raises(Refused, match="già firmato"):
        actions.add_term(by=anna, agreement=agreement, line=Line("will", "x"))
    with pytest.raises(Refused, match="deve ancora farlo"):
        actions.sign(by=anna, agreement=agreement, parties=[luca.pk], signed_on=clock.today())
    whole = actions.sign(by=anna, agreement=agreement, parties=[mother.pk], signed_on=clock.today())
    assert whole.state == "in_force"


def test_under_ten_the_agreement_is_with_the_parent(anna, case, written):
    agreement = written()
    child = party(agreement, "commits")
    actions.say_age(by=anna, party=child, born_on=clock.add_months(clock.today(), -12 * 8))
    mother = actions.add_guardian(by=anna, child=child, person=in_case(case, "sua madre"))
    signing = [mother.pk, party(agreement, "unit").pk]
    assert actions.sign(by=anna, agreement=agreement, parties=signing, signed_on=clock.today()).state == (
        "in_force"
    )


def test_signatures_may_start_again_to_change_the_terms(anna, written):
    agreement = written()
    unit = party(agreement, "unit")
    actions.sign(by=anna, agreement=agreement, parties=[unit.pk], signed_on=clock.today())
    actions.start_signing_again(by=anna, agreement=agreement)
    with pytest.raises(Refused):
        actions.start_signing_again(by=anna, agreement=agreement)
    actions.add_term(by=anna, agreement=agreement, line=Line("will", "saluto i vicini"))
    assert sign_all(anna, agreement).state == "in_force"


def test_one_signed_early_is_in_force_from_its_day(anna, written):
    today = clock.today()
    agreement = sign_all(anna, written(starts_on=today + dt.timedelta(days=5)))
    assert agreement.state == "signed" and "sta per cominciare" in matter(agreement).sentence
    assert jobs.go_on() == 0
    with later(5):
        assert jobs.go_on() == 1
        assert jobs.go_on() == 0
    agreement.refresh_from_db()
    assert agreement.state == "in_force" and "riesame" in matter(agreement).sentence
    with pytest.raises(Refused):
        actions.start(by=anna, agreement=agreement)


def test_support_with_a_day_becomes_a_commitment_that_tells_nobody_anything(anna, case, propose, written):
    casa = body()
    agreement = propose()
    helper = actions.add_body(by=anna, agreement=agreement, body=casa, who="Gino Poli")
    assert actions.add_body(by=anna, agreement=agreement, body=casa, who="Pina Poli") == helper
    day = clock.today() + dt.timedelta(days=20)
    for who in (helper.pk, None):
        line = Line("support", "sistemano la porta di Luca", who, day)
        actions.add_term(by=anna, agreement=agreement, line=line)
    agreement = sign_all(anna, written(agreement))
    made = Commitment.objects.filter(case=case)
    assert {(row.body, row.due_on, row.told_to_reporter) for row in made} == {
        (casa, day, False),
        (None, day, False),
    }
    assert not [row.what for row in made if "Luca" in row.what or "porta" in row.what]
    draft = actions.revise(by=anna, agreement=agreement, why="orari", ends_on=agreement.ends_on)
    assert draft.lines.count() == 5
    sign_all(anna, agreement)
    assert made.count() == 2, "what is promised already is not promised twice"


def test_answers_go_step_by_step_and_new_terms_keep_the_old(anna, breached):
    agreement = breached()
    assert (
        "decidi come rispondere" in matter(agreement).sentence and matter(agreement).due_on == clock.today()
    )
    actions.note_breach(by=anna, agreement=agreement, on=clock.today(), what="di nuovo")
    with pytest.raises(Refused, match="richiamo a voce"):
        actions.respond(by=anna, agreement=agreement, answered=Answered("warning", "x"))
    response = actions.respond(by=anna, agreement=agreement, answered=Answered("talk", "ha ascoltato"))
    assert set(Breach.objects.values_list("response", flat=True)) == {response.pk}
    for grade in ("warning", "revision"):
        actions.note_breach(by=anna, agreement=agreement, on=clock.today(), what="ancora")
        actions.respond(by=anna, agreement=agreement, answered=Answered(grade, "così"))
    agreement.refresh_from_db()
    assert agreement.state == "breached" and "nuovi patti da firmare" in matter(agreement).sentence
    with pytest.raises(Refused, match="falli firmare"):
        actions.respond(by=anna, agreement=agreement, answered=Answered("talk", "x"))
    old = queries.terms_in_force(agreement)
    draft = queries.draft_of(agreement)
    term = draft.lines.get(kind="will_not")
    line = Line("will_not", "niente petardi dopo le 20")
    actions.correct_term(by=anna, term=term, line=line, seen_version=1)
    with pytest.raises(Conflict):
        actions.correct_term(by=anna, term=term, line=line, seen_version=1)
    agreement = sign_all(anna, agreement)
    assert agreement.state == "in_force"
    assert [version.number for version in queries.versions_of(agreement)] == [1, 2]
    assert old.lines.get(kind="will_not").what == "niente petardi in cortile"
    assert queries.terms_in_force(agreement).lines.get(kind="will_not").what == "niente petardi dopo le 20"


def test_what_is_not_enough_is_passed_on_also_when_new_terms_are_not_signed(anna, case, breached):
    agreement = breached()
    skip = {"skipped_why": "ha minacciato il custode"}
    actions.respond(by=anna, agreement=agreement, answered=Answered("revision", "x", **skip))
    with pytest.raises(Refused, match="a chi passa"):
        actions.respond(by=anna, agreement=agreement, answered=Answered("escalation", "x"))
    answered = Answered("escalation", "non firma", passed_to="network")
    actions.respond(by=anna, agreement=agreement, answered=answered)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.passed_to, matter(agreement)) == ("escalated", "network", None)


def test_new_terms_that_nobody_wants_are_dropped_and_the_old_hold(anna, in_force):
    agreement = in_force()
    with pytest.raises(Refused, match="Non ci sono nuovi patti"):
        actions.drop_draft(by=anna, agreement=agreement)
    longer = agreement.ends_on + dt.timedelta(days=30)
    actions.revise(by=anna, agreement=agreement, why="orari", ends_on=longer)
    with pytest.raises(Refused, match="già nuovi patti"):
        actions.revise(by=anna, agreement=agreement, why="orari", ends_on=longer)
    actions.drop_draft(by=anna, agreement=agreement)
    assert queries.draft_of(agreement) is None and agreement.state == "in_force"
    actions.revise(by=anna, agreement=agreement, why="orari", ends_on=longer)
    assert sign_all(anna, agreement).ends_on == longer
    assert agreement.reviews.last().due_on >= longer
    assert said(agreement.case)[-1] == "agreement.revised"


def test_people_and_days_change_before_anybody_signs(anna, case, propose):
    agreement = propose(people=[row.person_id for row in case.case_people.all()])
    child = agreement.parties.filter(part="commits").first()
    actions.add_guardian(by=anna, child=child, person=in_case(case, "sua madre"))
    actions.drop_party(by=anna, party=child)
    assert [row.part for row in queries.parties_of(agreement)].count("guardian") == 0
    only = agreement.parties.filter(part="commits").first()
    while agreement.parties.filter(part="commits").count() > 1:
        actions.drop_party(by=anna, party=agreement.parties.filter(part="commits").last())
    with pytest.raises(Refused, match="almeno una persona"):
        actions.drop_party(by=anna, party=only)
    start = clock.today() + dt.timedelta(days=3)
    days = actions.Plan("altri fatti", start, start + dt.timedelta(days=90), 13)
    changed = actions.plan(by=anna, agreement=agreement, new=days, seen_version=agreement.version)
    assert queries.draft_of(changed).ends_on == days.ends_on
    with pytest.raises(Conflict):
        actions.plan(by=anna, agreement=agreement, new=days, seen_version=agreement.version)
    actions.say_age(by=anna, party=only, born_on=None)
    term = actions.add_term(by=anna, agreement=agreement, line=Line("will", "x", only.pk))
    actions.drop_term(by=anna, term=term)
    assert not queries.draft_of(agreement).lines.exists()


def test_a_party_or_a_person_of_elsewhere_does_not_exist(cast, anna, case, propose):
    elsewhere = case_of(anna, report_in(cast.crocetta, reporter=PersonDetails(name="Rosa Neri")))
    other = propose(on=elsewhere, people=[elsewhere.case_people.get().person_id])
    agreement = propose()
    with pytest.raises(NotVisible):
        line = Line("will", "x", party(other, "commits").pk)
        actions.add_term(by=anna, agreement=agreement, line=line)
    with pytest.raises(Refused, match="almeno una persona"):
        propose(people=[party(other, "commits").person_id])
    with pytest.raises(NotVisible):
        queries.term_in(agreement, 999)
    for find in (queries.review_in, queries.party_in):
        with pytest.raises(NotVisible):
            find(agreement, party(other, "unit").pk)
    with pytest.raises(NotVisible):
        queries.agreement_named(cast.actor(cast.bruno), agreement.reference)


def test_it_is_given_up_at_any_moment_and_the_case_waits_no_more(anna, in_force, breached):
    for agreement in (in_force(), breached()):
        gone = actions.withdraw(by=anna, agreement=agreement, because="they", note="non vuole più")
        assert (gone.state, gone.given_up, matter(gone)) == ("withdrawn", "they", None)
        with pytest.raises(Refused):
            actions.note_breach(by=anna, agreement=agreement, on=clock.today(), what="x")


def test_a_review_left_out_is_explained(anna, in_force):
    agreement = in_force()
    with clock.at(clock.start_of(agreement.ends_on)):
        with pytest.raises(Refused, match="Manca un riesame"):
            actions.complete(by=anna, agreement=agreement, held="partly")
        actions.complete(by=anna, agreement=agreement, held="partly", note="era in ospedale")
    review = agreement.reviews.first()
    with pytest.raises(Refused, match="non è in vigore"):
        actions.make_review(by=anna, review=review, held="yes")


def test_who_follows_is_told_of_a_review_then_the_coordinator(cast, anna, in_force):
    agreement = in_force()
    assert jobs.remind() == 0
    with clock.at(clock.start_of(agreement.reviews.first().due_on) + dt.timedelta(hours=9)):
        assert jobs.remind() == jobs.remind() == 1
        assert [row.to for row in OutboxMessage.objects.filter(template="agreement_review_due")] == [
            cast.anna.email
        ]
        assert not OutboxMessage.objects.filter(template="agreement_review_late").exists()
        carla = cast.actor(cast.carla)
        assert not cases.matters_due(carla, clock.today()).exists()
    with clock.at(clock.start_of(agreement.reviews.first().due_on) + dt.timedelta(days=7, hours=9)):
        assert jobs.remind() == 1
        messages = OutboxMessage.objects.filter(template="agreement_review_late")
        assert [row.to for row in messages] == [cast.carla.email]
        assert "Luca" not in messages[0].body and agreement.reference in messages[0].body
        assert cases.matters_due(carla, clock.today()).exists()
        agreement.case.owner.is_active = False
        agreement.case.owner.save()
        assert jobs.remind() == 1


def test_after_the_case_is_closed_what_was_signed_goes_on(anna, case, in_force):
    agreement = in_force()
    type(case).objects.filter(pk=case.pk).update(
        stage="closed", closed_at=clock.now(), outcome="improved", outcome_note="meglio"
    )
    actions.make_review(by=anna, review=agreement.reviews.first(), held="yes")
    actions.revise(by=anna, agreement=agreement, why="x", ends_on=agreement.ends_on)
    line = Line("support", "aiuto", None, clock.today() + dt.timedelta(days=9))
    actions.add_term(by=anna, agreement=agreement, line=line)
    sign_all(anna, agreement)
    assert not Commitment.objects.exists(), "a closed case takes no commitment"


def test_names_are_read_once_each_and_logged(anna, case, propose):
    agreement = propose()
    child = party(agreement, "commits")
    actions.add_guardian(by=anna, child=child, person=in_case(case, "sua madre"))
    Sight.objects.all().delete()
    names = queries.names_of(anna, queries.parties_with_people(agreement), "accordo")
    assert sorted(filter(None, names.values())) == ["Luca Serri", "Marta Serri"]
    assert Sight.objects.filter(purpose="accordo").count() == 2


def test_a_person_reads_what_is_kept_and_is_erased_with_every_word(anna, breached):
    agreement = breached()
    actions.make_review(by=anna, review=agreement.reviews.first(), held="yes", notes="va bene")
    actions.respond(by=anna, agreement=agreement, answered=Answered("talk", "detto a voce"))
    luca = party(agreement, "commits").person
    copy = str(queries.copy_for_person(luca.pk))
    for words in (WORDS, "aiuto il custode", "un petardo alle 22", "va bene", "detto a voce"):
        assert words in copy
    assert actions.erase_person(by=anna, person_id=luca.pk) == 1
    assert queries.copy_for_person(luca.pk) == []
    row = BehaviourAgreement.objects.get()
    left = (row.why, row.end_note, *row.breaches.values_list("what"), *row.reviews.values_list("notes"))
    assert not [words for words in map(str, left) if words.strip("(',)")]
    assert party(row, "commits").person is None
    assert "persona cancellata" in queries.labels_of(row, queries.parties_of(row)).values()
    assert said(row.case)[-1] == "agreement.erased"


def test_old_words_go_when_the_town_has_decided_when(anna, propose, settings):
    agreement = actions.withdraw(by=anna, agreement=propose(), because="moved")
    with later(400):
        assert jobs.go_on() == 0
        settings.BEHAVIOUR_KEPT_MONTHS = 12
        assert jobs.go_on() == 1
        assert jobs.go_on() == 0
    agreement.refresh_from_db()
    assert agreement.why == "" and not agreement.parties.filter(person__isnull=False).exists()
    with pytest.raises(Refused):
        actions.forget(by=anna, agreement=agreement)


def test_people_of_an_agreement_are_visible_to_who_sees_its_case(cast, anna, propose):
    agreement = propose()
    luca = party(agreement, "commits").person_id
    agreement.case.case_people.all().delete()
    assert list(queries.visible_people(anna)) == [{"person_id": luca}]
    assert not queries.visible_people(cast.actor(cast.bruno)).exists()
    assert not queries.visible_people(anna, [0]).exists()
    assert people and Person.objects.visible_to(anna).filter(pk=luca).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "completed", "ended_on": dt.date(2026, 1, 1), "signed_on": dt.date(2026, 1, 1)},
        {"state": "withdrawn", "ended_on": dt.date(2026, 1, 1)},
        {"state": "refused"},
        {"state": "in_force"},
        {"state": "escalated", "ended_on": dt.date(2026, 1, 1), "signed_on": dt.date(2026, 1, 1)},
        {"ends_on": dt.date(2020, 1, 1)},
    ],
)
def test_the_database_keeps_what_must_hold(propose, wrong):
    agreement = propose()
    with pytest.raises(IntegrityError), transaction.atomic():
        BehaviourAgreement.objects.filter(pk=agreement.pk).update(**wrong)


def test_a_job_leaves_alone_what_was_done_meanwhile(anna, propose, written, monkeypatch, settings):
    agreement = sign_all(anna, written(starts_on=clock.today() + dt.timedelta(days=1)))
    invitation = propose().invitations.get()
    actions.answer_invitation(by=anna, agreement=invitation.agreement, answer="no")
    monkeypatch.setattr(queries, "to_start", lambda day: [agreement])
    monkeypatch.setattr(queries, "unanswered", lambda day: [invitation])
    monkeypatch.setattr(queries, "to_forget", lambda day: [agreement])
    assert jobs.go_on() == 0


def test_two_who_write_down_the_end_at_once_end_it_once(shared_database, request):
    anna, in_force = (request.getfixturevalue(name) for name in ("anna", "in_force"))
    agreement, results = in_force(), []

    def attempt(because: str) -> None:
        try:
            actions.withdraw(by=anna, agreement=agreement, because=because)
            results.append("yes")
        except Refused:
            results.append("no")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(because,)) for because in ("they", "we")]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(results) == ["no", "yes"]
    assert agreement.state_moves.filter(to_state="withdrawn").count() == 1
