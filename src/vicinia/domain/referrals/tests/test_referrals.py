"""A body is asked, answers, does; what was shared is frozen; the case waits and is told."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse

from vicinia.domain.casework import queries as cases
from vicinia.domain.casework import rules as case_rules
from vicinia.domain.casework.models import Case, Matter
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import police_kind, report_in
from vicinia.domain.network import actions as network
from vicinia.domain.referrals import actions, jobs, queries, rules
from vicinia.domain.referrals.models import Referral
from vicinia.domain.referrals.states import ReferralKind
from vicinia.foundation.journal import queries as journal
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def matter(referral):
    return Matter.objects.filter(key=f"referral:{referral.pk}").first()


def test_what_is_shared_is_frozen_and_logged(send, case, anna):
    referral = send(share=("kind", "contacts"))
    shared = dict(queries.referral_named(anna, referral.reference).shared)
    assert "Maria Bassi, 059123456" in " ".join(shared.values()).replace("+39", "").replace(
        "059 123456", "059123456"
    )
    assert "sorda" not in str(shared), "needs were not chosen"
    Case.objects.filter(pk=case.pk).update(summary="cambiato")
    assert dict(queries.referral_named(anna, referral.reference).shared) == shared
    with connection.cursor() as cursor:
        cursor.execute("SELECT shared_json FROM referrals_referral")
        assert "Maria" not in cursor.fetchone()[0]
    assert Sight.objects.filter(purpose__contains="Azienda casa").exists()
    assert "Maria" not in "".join(map(str, Entry.objects.values_list("facts", "note")))


def test_the_case_waits_for_the_answer_and_is_told_how_it_ended(send, anna, paolo, case):
    referral = send()
    assert matter(referral).sentence == "Azienda casa non ha ancora risposto."
    assert not case_rules.may_close(anna, case, cases.progress(case)).allowed
    actions.accept(by=paolo, referral=referral)
    assert "a che punto" in matter(referral).sentence
    actions.start(by=paolo, referral=referral)
    actions.finish(by=paolo, referral=referral, report="Porta nuova.")
    assert "concluso" in matter(referral).sentence
    assert case_rules.may_close(anna, case, cases.progress(case)).allowed
    actions.read_end(by=anna, referral=referral)
    assert matter(referral) is None
    said = [entry.event for entry in Entry.objects.filter(event__startswith="referral.").order_by("id")]
    assert said == [f"referral.{name}" for name in ("sent", "accepted", "started", "done", "read")]


def test_a_refusal_says_why_and_comes_up_today(send, anna, paolo):
    referral = send()
    with pytest.raises(Refused, match="motivo"):
        actions.decline(by=paolo, referral=referral, reason=" ")
    actions.decline(by=paolo, referral=referral, reason="non è casa nostra")
    assert matter(referral).due_on == clock.today()
    for act in (actions.accept, actions.start):
        with pytest.raises(Refused):
            act(by=paolo, referral=referral)


def test_a_transfer_moves_the_responsibility_only_when_accepted(send, anna, paolo):
    referral = send(kind="transfer")
    assert matter(referral).blocks == "closed"
    actions.accept(by=paolo, referral=referral)
    assert "chiudi il caso come passato ad altri" in matter(referral).sentence
    assert matter(referral).blocks == ""


def test_an_opinion_holds_nothing_up(send):
    assert matter(send(kind="consultation")).blocks == ""


def test_an_answer_that_does_not_come_rises(cast, send, anna, paolo):
    referral = send(answer_by=clock.today())
    assert jobs.expire() == 0
    Referral.objects.update(answer_by=clock.today() - dt.timedelta(days=7))
    Matter.objects.update(due_on=clock.today() - dt.timedelta(days=7), raised_on=clock.today())
    assert jobs.expire() == 1
    assert jobs.expire() == 0
    carla = cast.actor(cast.carla)
    assert cases.matters_due(carla, clock.today()).count() == 1
    actions.accept(by=paolo, referral=referral)
    assert cases.matters_due(carla, clock.today()).count() == 0


def test_both_sides_write_while_it_is_open(send, anna, paolo):
    referral = send()
    actions.write(by=paolo, referral=referral, text="Quale scala?")
    assert matter(referral).sentence == "Azienda casa ha scritto."
    actions.write(by=anna, referral=referral, text="La B.")
    assert "non ha ancora risposto" in matter(referral).sentence
    actions.accept(by=paolo, referral=referral)
    actions.write(by=anna, referral=referral, text="Allora?")
    assert "a che punto" in matter(referral).sentence
    assert [note.is_theirs for note in queries.notes_of(referral)] == [True, False, False]
    with pytest.raises(Refused, match="Scrivi qualcosa"):
        actions.write(by=anna, referral=referral, text=" ")
    with pytest.raises(Refused, match="ancora aperta"):
        actions.read_end(by=anna, referral=referral)
    actions.finish(by=paolo, referral=referral, report="Fatto.")
    with pytest.raises(Refused, match="già finita"):
        actions.write(by=paolo, referral=referral, text="ancora")


def test_it_is_taken_back_also_after_it_was_accepted(cast, send, anna, paolo):
    referral = send()
    actions.accept(by=paolo, referral=referral)
    with pytest.raises(Refused):
        actions.revoke(by=cast.actor(cast.bruno), referral=referral, reason="x")
    with pytest.raises(Refused, match="motivo"):
        actions.revoke(by=anna, referral=referral, reason="")
    actions.revoke(by=anna, referral=referral, reason="risolto")
    assert matter(referral) is None
    with pytest.raises(Refused):
        actions.revoke(by=anna, referral=referral, reason="ancora")
    with pytest.raises(Refused):
        actions.read_end(by=cast.actor(cast.vera), referral=referral)


def test_messages_to_the_body_carry_no_data(send):
    send(share=("kind", "place", "summary", "contacts", "needs"))
    message = OutboxMessage.objects.get(template="referral_for_body")
    assert message.to == "urp@casa.example"
    assert not any(word in message.body + message.subject for word in ("Maria", "Porta", "059", "sorda"))


def test_a_body_without_an_address_is_asked_all_the_same(send, casa):
    casa.email = ""
    casa.save()
    assert send().pk
    assert not OutboxMessage.objects.filter(template="referral_for_body").exists()


@pytest.mark.parametrize(
    ("basis", "note", "words"),
    [
        ("consent", "", "quando e come"),
        ("vital_interests", " ", "senza il consenso"),
        ("public_task", "ci serve", "Nessun accordo in vigore"),
    ],
)
def test_data_travel_only_on_a_basis(send, basis, note, words):
    with pytest.raises(Refused, match=words):
        send(share=("contacts",), basis=basis, basis_note=note)
    assert not Referral.objects.exists()


def test_an_agreement_or_an_emergency_lets_data_travel(cast, send, casa):
    send(share=("needs",), basis="vital_interests", basis_note="rischia la vita")
    card = network.AgreementCard(
        title="Protocollo", signed_on=clock.today(), lawful_basis="public_task", data_categories=["contacts"]
    )
    network.sign_agreement(by=cast.actor(cast.carla), body=casa, card=card)
    send(share=("contacts",), basis="public_task", basis_note="compito comune")
    with pytest.raises(Refused, match="Nessun accordo"):
        send(share=("needs",), basis="public_task", basis_note="compito comune")


def test_a_police_case_stays_inside_the_municipality(cast, send, anna, casa):
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    with pytest.raises(Refused, match="pubblica sicurezza"):
        send(on=police)
    casa.is_internal = True
    casa.save()
    assert send(on=police).pk
    casa.is_active = False
    casa.save()
    with pytest.raises(Refused, match="non è più tra gli enti"):
        send()


def test_only_the_body_that_was_asked_answers(cast, send, anna, paolo):
    referral = send()
    by = cast.actor(cast.carla)
    other = network.write_body(by=by, card=network.BodyCard(code="altro", name="Altro"))
    for who in (anna, by, cast.actor(cast.vera)):
        with pytest.raises(Refused, match="Risponde Azienda casa"):
            actions.accept(by=who, referral=referral)
    Referral.objects.update(body=other)
    for act in (actions.accept, lambda **known: actions.write(text="x", **known)):
        with pytest.raises(Refused, match="Risponde"):
            act(by=paolo, referral=referral)


def test_an_erased_person_takes_the_words_along(cast, send, case):
    referral = send(share=("contacts",))
    person_id = case.case_people.get().person_id
    assert queries.copy_for_person(person_id)[0]["ente"] == "Azienda casa"
    assert actions.erase_person(by=cast.actor(cast.carla), person_id=person_id) == 1
    referral.refresh_from_db()
    assert (referral.shared, referral.asked, referral.end_reason) == ([], "", "")
    assert queries.copy_for_person(person_id) == []


def test_a_case_says_what_may_be_shared_without_names(case):
    labels = [str(thing.label) for thing in queries.shareable(case)]
    assert len(labels) == 6
    assert "Maria" not in "".join(labels)


def test_of_two_who_accept_at_once_one_wins(shared_database, cast_of_two):
    referral, paolo = cast_of_two
    results = []

    def attempt():
        try:
            with transaction.atomic():
                actions.accept(by=paolo, referral=referral)
            results.append("yes")
        except Refused:
            results.append("no")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(results) == ["no", "yes"]


@pytest.fixture
def cast_of_two(shared_database, request):
    send = request.getfixturevalue("send")
    return send(), request.getfixturevalue("paolo")


def test_nothing_expires_twice(send):
    assert rules.may_expire(send()).allowed


def test_data_are_withdrawn_also_after_the_case_is_closed(cast, send, anna, case):
    referral = send(kind="consultation")
    Case.objects.filter(pk=case.pk).update(stage="closed", outcome="solved", closed_at=clock.now())
    with pytest.raises(Refused, match="non lavora sui casi"):
        actions.revoke(by=cast.actor(cast.vera), referral=referral, reason="x")
    assert actions.revoke(by=anna, referral=referral, reason="non serve più").state == "revoked"


def test_one_that_was_answered_meanwhile_does_not_stop_the_others(send, paolo, monkeypatch):
    answered, silent = send(), send()
    actions.accept(by=paolo, referral=answered)
    monkeypatch.setattr(queries, "overdue", lambda: [answered, silent])
    assert jobs.expire() == 1
    silent.refresh_from_db()
    assert silent.state == "expired"


def test_words_about_people_are_encrypted(send):
    send(asked="Maria Bassi non dorme", basis_note="lo ha detto Maria")
    with connection.cursor() as cursor:
        cursor.execute("SELECT asked, basis_note FROM referrals_referral")
        assert "Maria" not in "".join(cursor.fetchone())


def test_who_reported_reads_that_a_body_accepted_only_where_it_was_chosen(send, paolo, case):
    for told in (False, True):
        actions.accept(by=paolo, referral=send(told_to_reporter=told))
        lines = journal.timeline([f"case:{case.reference}"], told_only=True)
        said = [line.sentence for line in lines if "ha accettato" in line.sentence]
        assert said == (["Azienda casa ha accettato di occuparsene."] if told else [])


def test_what_a_body_takes_care_of_is_told_by_itself_only_about_a_place(client, cast, settings, case):
    settings.SECOND_FACTOR = False
    client.force_login(cast.anna)
    address = reverse("referral_new", args=[case.reference])
    for kind, is_told in (("person", False), ("place", True)):
        Case.objects.update(kind=kind)
        assert client.get(address).context["form"]["told_to_reporter"].value() is is_told


@pytest.mark.parametrize("kind", ReferralKind)
def test_a_body_reads_what_is_asked_of_it_as_said_to_it(send, kind):
    assert str(send(kind=kind).asked_of_you).startswith("Vi chiediamo")


def test_what_a_body_writes_is_read_even_where_nothing_is_to_be_answered(
    send, anna, paolo, cast, client, settings
):
    settings.SECOND_FACTOR = False
    referral = send()
    actions.accept(by=paolo, referral=referral)
    before = matter(referral).sentence
    client.force_login(cast.anna)
    address = reverse("referral", args=[referral.reference])
    assert "Ho letto" not in client.get(address).content.decode()
    with pytest.raises(Refused, match="niente di nuovo"):
        actions.read_words(by=anna, referral=referral)
    actions.write(by=paolo, referral=referral, text="Passiamo giovedì.")
    assert matter(referral).sentence == "Azienda casa ha scritto."
    with pytest.raises(Refused, match="ruolo"):
        actions.read_words(by=cast.actor(cast.vera), referral=referral)
    assert "Ho letto" in client.get(address).content.decode()
    client.post(f"{address}/messaggi-letti")
    assert matter(referral).sentence == before and matter(referral).due_on > clock.today()
