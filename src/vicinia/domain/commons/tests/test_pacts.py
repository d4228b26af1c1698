"""A pact from somebody's proposal to its report; and people are forgotten everywhere."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.commons.actions import pacts
from vicinia.domain.commons.models import Booking, Mandate, Pact, PactParty
from vicinia.domain.commons.queries import pacts as queries
from vicinia.domain.commons.queries import people as held
from vicinia.domain.commons.rules import pacts as rules
from vicinia.domain.commons.states import PactState, PromiseSide, PromiseState, SignatureKind
from vicinia.domain.commons.tests.conftest import MARIA, UGO, VISITOR, WHOLE, draft, mandate, sign
from vicinia.domain.people import actions as people
from vicinia.domain.people.models import Person
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict


def propose(by=VISITOR, once="uno", **changes):
    return pacts.propose_pact(by=by, new=draft(**changes), party=pacts.NewParty(), once=once)


def test_anybody_proposes_and_somebody_reads_first(lucia, anna, pact):
    assert (pact.state, str(pact)) == (PactState.PROPOSED, pact.reference)
    assert queries.credits_of(pact) == (["Gruppo via Po"], 0)
    assert list(queries.pacts_to_read(lucia)) == [pact] and not queries.pacts_to_read(anna)
    assert not queries.pacts(anna) and not queries.shown_pacts()
    for wrong in ({"title": " "}, {"goals": ""}, {"months": 0}):
        assert refused(lambda w=wrong: propose(**w)).status == 409
    assert refused(lambda: propose(anna)).status == 403
    assert propose(lucia) == propose(lucia)
    assert Pact.objects.count() == 2


def test_published_weighed_written_together_and_signed(lucia, anna, pact):
    assert refused(lambda: pacts.publish_pact(by=anna, pact=pact)).status == 403
    pacts.publish_pact(by=lucia, pact=pact)
    assert list(queries.shown_pacts()) == [pact] and list(queries.pacts(anna)) == [pact]
    assert refused(lambda: pacts.finish_design(by=lucia, pact=pact)).status == 409
    assert refused(lambda: pacts.assess_pact(by=lucia, pact=pact, words=" ")).status == 409
    assert pacts.assess_pact(by=lucia, pact=pact, words="Si può fare.").assessment == "Si può fare."
    assert "un impegno" in refused(lambda: pacts.finish_design(by=lucia, pact=pact)).sentence
    for side in PromiseSide:
        pacts.add_promise(by=lucia, pact=pact, new=pacts.NewPromise(side, "Fare"))
    assert "Mancano ancora" in refused(lambda: pacts.finish_design(by=lucia, pact=pact)).sentence
    with pytest.raises(Conflict):
        pacts.write_pact(by=lucia, pact=pact, new=draft(**WHOLE), seen_version=1)
    pacts.write_pact(by=lucia, pact=pact, new=draft(**WHOLE), seen_version=None)
    assert pacts.finish_design(by=lucia, pact=pact).state == PactState.CODESIGNED
    today = clock.today()
    sign_on = lambda day: pacts.sign_pact(by=lucia, pact=pact, on=day)  # noqa: E731
    assert "non è ancora" in refused(lambda: sign_on(today + dt.timedelta(days=1))).sentence
    (party,) = queries.parties_of(pact)
    pacts.drop_party(by=lucia, party=queries.party_of(pact, party.pk))
    assert "chi firma" in refused(lambda: sign_on(today)).sentence
    pacts.add_party(by=lucia, pact=pact, new=pacts.NewParty("Ugo", UGO))
    assert sign_on(today).signed_on == today
    assert PactParty.objects.get().signed_on == today
    assert (
        refused(lambda: pacts.write_pact(by=lucia, pact=pact, new=draft(), seen_version=None)).status == 409
    )
    assert (
        refused(lambda: pacts.begin_pact(by=lucia, pact=pact, starts_on=today - dt.timedelta(days=1))).status
        == 409
    )
    row = pacts.begin_pact(by=lucia, pact=pact, starts_on=today)
    assert (row.state, row.ends_on) == (PactState.ACTIVE, clock.add_months(today, 12))
    with pytest.raises(IntegrityError), transaction.atomic():
        Pact.objects.update(ends_on=None)


def test_promises_and_parties_have_a_limit(lucia, anna, pact, monkeypatch):
    monkeypatch.setattr(rules, "MOST_PROMISES", 1)
    monkeypatch.setattr(rules, "MOST_PARTIES", 1)
    promise = pacts.NewPromise(PromiseSide.TOWN, "Dare l'acqua", "ogni estate")
    row = pacts.add_promise(by=lucia, pact=pact, new=promise)
    assert refused(lambda: pacts.add_promise(by=lucia, pact=pact, new=promise)).status == 409
    assert refused(lambda: pacts.add_party(by=lucia, pact=pact, new=pacts.NewParty("x"))).status == 409
    assert refused(lambda: pacts.drop_promise(by=anna, promise=row)).status == 403
    pacts.drop_promise(by=lucia, promise=queries.promise_of(pact, row.pk))
    monkeypatch.setattr(rules, "MOST_PARTIES", 2)
    pacts.add_party(by=lucia, pact=pact, new=pacts.NewParty())
    assert queries.credits_of(pact) == (["Gruppo via Po"], 1)


def test_reported_every_year_and_renewed(lucia, anna, at_work):
    year, first = clock.today().year, queries.promises_of(at_work)[0]
    kept = {first.pk: PromiseState.KEPT}
    report = lambda y=year, words="Due feste.", by=lucia: pacts.report_pact(  # noqa: E731
        by=by, pact=at_work, new=pacts.NewReport(y, words, kept, hours=80, people=30)
    )
    assert (
        "serve il rendiconto" in refused(lambda: pacts.renew_pact(by=lucia, pact=at_work, months=12)).sentence
    )
    assert refused(lambda: report(year - 1)).status == 409
    assert refused(lambda: report(words=" ")).status == 409
    assert refused(lambda: report(by=anna)).status == 403
    made = report()
    assert [one["state"] for one in made.promises] == ["kept", "promised"]
    assert "c'è già" in refused(report).sentence
    at_work.refresh_from_db()
    assert at_work.state == PactState.REPORTED
    assert (
        "si rinnova"
        in refused(lambda: pacts.begin_pact(by=lucia, pact=at_work, starts_on=clock.today())).sentence
    )
    with clock.at(clock.start_of(at_work.ends_on) + dt.timedelta(days=3)):
        assert at_work.is_late
        assert list(queries.pacts_due(lucia, clock.today())) == [at_work]
        assert not queries.pacts_due(anna, clock.today())
        assert report(clock.today().year).year == year + 1
        assert refused(lambda: pacts.renew_pact(by=lucia, pact=at_work, months=0)).status == 409
        assert refused(lambda: pacts.renew_pact(by=anna, pact=at_work, months=6)).status == 403
        row = pacts.renew_pact(by=lucia, pact=at_work, months=6)
        assert (row.state, row.renewals, row.ends_on) == (
            PactState.ACTIVE,
            1,
            clock.add_months(clock.today(), 6),
        )
        assert {one.state for one in queries.promises_of(row)} == {PromiseState.PROMISED}
    assert [one.year for one in queries.reports_of(at_work)] == [year + 1, year]


def test_ended_with_reasons(lucia, anna, pact, at_work):
    other = propose()
    act = lambda row, state, reason="Non c'è più nessuno.", by=lucia: pacts.end_pact(  # noqa: E731
        by=by, pact=row, state=state, reason=reason
    )
    assert refused(lambda: act(other, PactState.REFUSED, " ")).status == 409
    assert refused(lambda: act(other, PactState.REFUSED, by=anna)).status == 403
    assert refused(lambda: act(other, PactState.CLOSED)).status == 409
    assert act(other, PactState.REFUSED).state == PactState.REFUSED
    assert act(at_work, PactState.CLOSED).end_reason == "Non c'è più nessuno."
    assert (
        refused(lambda: pacts.report_pact(by=lucia, pact=at_work, new=pacts.NewReport(2026, "x", {}))).status
        == 409
    )
    last = OutboxMessage.objects.order_by("id").last()
    assert last.template == "pact_step" and "Non c'è più nessuno." in last.body


def test_who_sees_what(cast, anna, pact):
    with pytest.raises(NotVisible):
        queries.pact_named(anna, pact.reference)
    with pytest.raises(NotVisible):
        queries.shown_pact(pact.reference)
    assert not queries.pacts(cast.actor(cast.vera))


def test_a_person_gets_a_copy_and_is_forgotten(cast, lucia, anna, body, booked, pact):
    from vicinia.domain.commons.actions import bodies
    from vicinia.domain.commons.queries import bodies as bodies_read

    mandate(lucia, body)
    door = bodies_read.doors_left(body, SignatureKind.REQUEST)[0]
    new = bodies.NewSignature(door, "Maria Bassi", clock.today(), MARIA)
    signature = bodies.sign(by=lucia, body=body, kind=SignatureKind.REQUEST, new=new)
    sign(lucia, body, 1)
    maria = Person.objects.get()
    assert set(held.visible_people(lucia).values_list("person_id", flat=True)) == {maria.pk}
    assert set(held.visible_people(lucia, [0]).values_list("person_id", flat=True)) == set()
    assert not set(held.visible_people(anna).values_list("person_id", flat=True))
    copy = held.copy_for_person(maria.pk)
    assert [next(iter(row)) for row in copy] == ["firma per", "incarico in", "prenotazione", "patto"]
    people.erase(by=cast.actor(cast.carla), person=maria)
    signature.refresh_from_db()
    assert (signature.name, Mandate.objects.get().name, Booking.objects.get().who) == ("…", "…", "…")
    assert queries.credits_of(pact) == ([], 1)
    assert held.copy_for_person(maria.pk) == []
    assert not OutboxMessage.objects.filter(to="maria@posta.example").exists()
