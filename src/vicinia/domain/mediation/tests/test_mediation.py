"""A mediation from asking to its end: the case waits and is told, the mediator writes, the agreement is checked."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from vicinia.domain.casework import queries as cases
from vicinia.domain.casework import rules as case_rules
from vicinia.domain.casework.models import Matter
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import police_kind, report_in
from vicinia.domain.mediation import actions, jobs, queries
from vicinia.domain.mediation.actions import Noted, Pact
from vicinia.domain.mediation.actions.agreement import months_after
from vicinia.domain.mediation.models import MediationFile, Meeting
from vicinia.domain.mediation.rules import WhoItIs
from vicinia.domain.mediation.states import MediationState
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def matter(file):
    return Matter.objects.filter(key=f"mediation:{file.pk}").first()


def said(case):
    return [
        entry.event
        for entry in Entry.objects.filter(
            about=f"case:{case.reference}", event__startswith="mediation."
        ).order_by("id")
    ]


def test_from_asking_to_an_agreement_that_is_kept(ask, anna, marco, case, heard):
    file = ask()
    assert matter(file).sentence == "Mediazione: Marco Riva non ha ancora risposto."
    assert matter(file).due_on == clock.add_working_days(clock.today(), 5)
    assert not case_rules.may_close(anna, case, cases.progress(case)).allowed
    heard(file)
    assert matter(file).sentence == "Mediazione in corso con Marco Riva."
    assert matter(file).due_on == clock.add_working_days(clock.today(), 40)
    actions.plan_next(by=marco, file=file, next_on=clock.today())
    actions.bring_together(by=marco, file=file)
    actions.write_meeting(by=marco, file=file, party=None, noted=Noted(on=clock.today(), notes="insieme"))
    term = actions.add_term(by=marco, file=file, pact=Pact("a", "Avvisa prima"))
    actions.correct_term(by=marco, term=term, pact=Pact("b", "Spegne alle 22", "ogni sera"), seen_version=1)
    actions.agree(by=marco, file=file)
    file = actions.sign(by=marco, file=file, signed_on=clock.today(), place="in Comune")
    assert matter(file).blocks == "", "a case does not wait six months for the checks"
    days = [row.due_on for row in queries.checks_of(marco, file)]
    assert [(day - clock.today()).days // 28 for day in days] == [1, 3, 6]
    assert matter(file).due_on == days[-1]
    for row in queries.checks_of(marco, file):
        actions.check(by=marco, check=row, kept="yes", notes="bene")
    actions.finish(by=marco, file=file, state="kept")
    assert matter(file).sentence == "Mediazione finita: accordo rispettato. Guarda che cosa fare."
    assert matter(file).due_on == clock.today()
    actions.read_end(by=anna, file=file)
    assert matter(file) is None
    assert said(case) == [
        "mediation.asked",
        "mediation.accepted",
        *["mediation.moved"] * 3,
        "mediation.ended",
        "mediation.read",
    ]
    file.refresh_from_db()
    assert file.next_on is None and file.ended_at is not None


def test_one_that_does_not_suit_gives_the_operator_a_way_out_and_no_reason(ask, anna, marco, case, heard):
    file = heard(ask(), violence="yes")
    with pytest.raises(Refused, match="non è adatta"):
        actions.bring_together(by=marco, file=file)
    with pytest.raises(Refused, match="che cosa fare invece"):
        actions.find_unsuitable(by=marco, file=file, because="violence", way_out="")
    actions.find_unsuitable(by=marco, file=file, because="violence", way_out="apart")
    told = queries.outside(anna, case)[0]
    assert (told.state, told.is_open) == ("not_suitable", False)
    assert "separatamente" in str(told.what_now)
    assert "violenza" not in str(told)
    assert matter(file).due_on == clock.today() and matter(file).blocks == ""
    assert cases.matters_due(anna, clock.today()).count() == 1


def test_violence_that_comes_out_late_stops_it_too(ask, marco, heard):
    file = heard(ask())
    actions.bring_together(by=marco, file=file)
    assert (
        actions.find_unsuitable(by=marco, file=file, because="violence", way_out="protect").state
        == "not_suitable"
    )


def test_a_request_is_declined_by_choosing_why_and_another_is_asked(ask, anna, marco, case, sara):
    file = ask()
    actions.decline(by=marco, file=file, because="not_neutral")
    assert "neutrale" in str(queries.outside(anna, case)[0].what_now)
    assert ask(mediator=sara).state == MediationState.REQUESTED


@pytest.mark.parametrize("end", [actions.refuse, actions.withdraw])
def test_a_party_that_does_not_want_ends_it(ask, marco, heard, end):
    file = end(by=marco, file=heard(ask()))
    assert not file.is_open
    assert matter(file).kind == "mediation.to_read"


def test_it_is_taken_back_by_the_operator_and_the_mediator_is_told(ask, anna, marco):
    file = actions.withdraw(by=anna, file=ask())
    assert matter(file) is None
    message = OutboxMessage.objects.get(template="mediation_withdrawn")
    assert message.to == "marco@prova.example"
    with pytest.raises(Refused):
        actions.accept(by=marco, file=file)


def test_it_ends_without_an_agreement_also_when_nobody_signs(ask, marco, agreed):
    file = actions.end_without(by=marco, file=agreed(ask()))
    assert file.state == "no_agreement"


def test_before_signing_they_may_talk_again_and_change_the_terms(ask, marco, agreed):
    file = actions.talk_again(by=marco, file=agreed(ask()))
    actions.drop_term(by=marco, term=queries.terms_of(file).get())
    with pytest.raises(Refused, match="almeno un patto"):
        actions.agree(by=marco, file=file)


def test_once_signed_the_terms_stay(ask, marco, signed):
    file = signed(ask())
    term = queries.terms_of(file).get()
    for act in (
        lambda: actions.drop_term(by=marco, term=term),
        lambda: actions.add_term(by=marco, file=file, pact=Pact("a", "altro")),
        lambda: actions.correct_term(by=marco, term=term, pact=Pact("a", "altro"), seen_version=None),
    ):
        with pytest.raises(Refused, match="prima della firma"):
            act()


def test_an_agreement_that_fails_ends_before_the_last_check(ask, marco, signed):
    file = signed(ask())
    with pytest.raises(Refused, match="Nessuna verifica"):
        actions.finish(by=marco, file=file, state="not_kept")
    actions.check(by=marco, check=queries.checks_of(marco, file)[0], kept="no")
    assert actions.finish(by=marco, file=file, state="not_kept").state == "not_kept"


def test_one_mediation_at_a_time_and_none_in_the_police_regime(ask, anna, cast, case):
    file = ask()
    with pytest.raises(Refused, match="già una mediazione"):
        ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        MediationFile.objects.create(reference="M0", case=case, mediator=cast.marco, asked="x")
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    with pytest.raises(Refused, match="pubblica sicurezza"):
        ask(on=police, second=WhoItIs(words="uno"))
    assert MediationFile.objects.get() == file


def test_who_does_not_mediate_is_not_asked(ask, cast, sara):
    with pytest.raises(Refused, match="Anna Ferri non può mediare"):
        ask(mediator=cast.anna)
    sara.is_active = False
    sara.save()
    with pytest.raises(Refused, match="Sara Bini non può mediare"):
        ask(mediator=sara)
    with pytest.raises(Refused, match="tutte e due"):
        ask(second=WhoItIs())


def test_two_windows_of_one_mediator_do_not_overwrite_each_other(ask, marco, heard):
    file = heard(ask())
    meeting = queries.meetings_of(marco, file).first()
    actions.correct_meeting(
        by=marco, meeting=meeting, noted=Noted(clock.today(), notes="prima"), seen_version=1
    )
    with pytest.raises(Conflict):
        actions.correct_meeting(
            by=marco, meeting=meeting, noted=Noted(clock.today(), notes="dopo"), seen_version=1
        )
    meeting.refresh_from_db()
    assert meeting.notes == "prima"


def test_passed_on_without_notes_nobody_reads_them_any_more(ask, cast, marco, sara, signed):
    file = signed(ask())
    actions.check(by=marco, check=queries.checks_of(marco, file)[0], kept="yes", notes="detto piano")
    actions.pass_on(by=marco, file=file, to=sara)
    new = cast.actor(sara)
    assert queries.file_named(new, file.reference).mediator == sara
    assert not queries.meetings_of(new, file).exists() and queries.answers_of(new, file) == {}
    assert queries.checks_of(new, file)[0].notes == "", "how it went goes along, what was said does not"
    assert queries.checks_of(new, file)[0].kept == "yes"
    assert queries.terms_of(file).count() == 1
    for act in (
        lambda: queries.file_named(marco, file.reference),
        lambda: queries.meeting_in(marco, file, Meeting.objects.first().pk),
    ):
        with pytest.raises(NotVisible):
            act()
    assert matter(file).facts["mediator"] == "Sara Bini"
    actions.pass_on(by=new, file=file, to=cast.marco)
    assert queries.meetings_of(marco, file).count() == 3, "nothing was lost"


def test_passed_on_with_the_notes_when_the_parties_let_them(ask, cast, marco, sara, heard):
    file = heard(ask())
    actions.pass_on(by=marco, file=file, to=sara, with_notes=True)
    new = cast.actor(sara)
    assert queries.meetings_of(new, file).count() == 2
    assert set(queries.answers_of(new, file)) == {"a", "b"}
    assert Entry.objects.filter(event="mediation.handed", about=f"mediation:{file.reference}").exists()
    actions.pass_on(by=new, file=file, to=cast.marco, with_notes=True)
    assert set(queries.answers_of(marco, file)) == {"a", "b"}


def test_who_lost_the_access_is_replaced_by_the_operator(ask, cast, anna, marco, sara, heard):
    file = heard(ask())
    with pytest.raises(Refused, match="la segue ancora"):
        actions.replace_mediator(by=anna, file=file, to=sara)
    cast.marco.is_active = False
    cast.marco.save()
    with pytest.raises(Refused, match="non può mediare"):
        actions.replace_mediator(by=anna, file=file, to=cast.bruno)
    actions.replace_mediator(by=anna, file=file, to=sara)
    assert not queries.meetings_of(cast.actor(sara), file).exists()
    assert sara.email in [message.to for message in OutboxMessage.objects.filter(template="mediation_asked")]


def test_the_mediators_day_has_requests_steps_and_checks(ask, marco, signed):
    file = ask()
    assert [due.step for due in queries.day_of(marco)] == ["answer"]
    file = signed(file)
    assert queries.day_of(marco) == []
    file.next_on = clock.today()
    file.save()
    first = queries.checks_of(marco, file)[0]
    assert [due.step for due in queries.day_of(marco, first.due_on)] == ["next", "check"]


def test_a_mediator_is_reminded_once_and_with_no_word(ask, marco, signed):
    file = signed(ask(words="parola segreta"), on=clock.today() - dt.timedelta(days=35))
    actions.plan_next(by=marco, file=file, next_on=clock.today())
    assert jobs.remind() == 2
    assert jobs.remind() == 2
    messages = OutboxMessage.objects.filter(template="mediation_reminder")
    assert messages.count() == 2
    assert not any(
        word in one.body + one.subject for one in messages for word in ("segreta", "Bassi", "musica")
    )


def test_a_party_may_be_somebody_in_words(ask, marco, case):
    file = ask(second=WhoItIs(words="Il signor Tito, 059 1, bussare"))
    party = queries.party_of(file, "b")
    shown = queries.contacts(marco, file, party, "la contatto per una mediazione")
    assert shown.name == "Il signor Tito"
    assert Sight.objects.filter(about=f"mediation:{file.reference}").exists()
    known = queries.contacts(marco, file, queries.party_of(file, "a"), "la contatto per una mediazione")
    assert known.name == "Maria Bassi"


def test_an_erased_person_takes_every_word_along(ask, cast, marco, signed):
    file = signed(ask())
    person_id = queries.party_of(file, "a").person_id
    assert queries.copy_for_person(person_id)[0]["mediazione"] == file.reference
    assert actions.erase_person(by=cast.actor(cast.carla), person_id=person_id) == 1
    row = queries.file_named(marco, file.reference)
    words = [row.asked, row.signed_at, *(term.what for term in queries.terms_of(row))]
    words += [meeting.notes for meeting in queries.meetings_of(marco, row)]
    assert set(words) == {""}
    assert queries.answers_of(marco, row) == {"a": {}, "b": {}}
    assert queries.copy_for_person(person_id) == []
    assert queries.party_of(row, "b").person_id is not None, "the other party is still there"


def test_everything_that_was_said_is_encrypted(ask, signed):
    signed(ask(words="frase del conflitto"))
    with connection.cursor() as cursor:
        stored = ""
        for table in ("mediationfile", "meeting", "suitability", "term", "check", "party"):
            name = connection.ops.quote_name(f"mediation_{table}")
            cursor.execute(f"SELECT * FROM {name}")
            stored += str(cursor.fetchall())
    assert not any(
        word in stored for word in ("conflitto", "colloquio", "musica", "lunedì", "biblioteca", "willing")
    )


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 11, 15), 3, dt.date(2027, 2, 15)),
        (dt.date(2026, 6, 30), 6, dt.date(2026, 12, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day, months, then):
    assert months_after(day, months) == then


def test_of_two_who_accept_and_withdraw_at_once_one_wins(shared_database, request):
    ask, anna, marco = (request.getfixturevalue(name) for name in ("ask", "anna", "marco"))
    file = ask()
    results = []

    def attempt(act, by):
        try:
            act(by=by, file=file)
            results.append("yes")
        except Refused:
            results.append("no")
        finally:
            connection.close()

    acts = [(actions.accept, marco), (actions.accept, marco)]
    threads = [threading.Thread(target=attempt, args=pair) for pair in acts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(results) == ["no", "yes"]
    assert anna
