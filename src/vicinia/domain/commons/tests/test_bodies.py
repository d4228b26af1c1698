"""A body of tenants from its request to its end, with offices and yearly accounts."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.commons import jobs
from vicinia.domain.commons.actions import bodies, offices
from vicinia.domain.commons.models import Mandate, Signature, TenantsAccount, TenantsBody
from vicinia.domain.commons.queries import bodies as queries
from vicinia.domain.commons.rules import bodies as rules
from vicinia.domain.commons.states import (
    AccountState,
    BodyKind,
    BodyOrigin,
    BodyState,
    LineKind,
    SignatureKind,
    SignatureState,
)
from vicinia.domain.commons.tests.conftest import MARIA, hold, line, mandate, new_body, plan, sign
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict


# The request ------------------------------------------------------------------------------------------------------


def test_a_request_counts_the_dwellings_and_keeps_the_rules_of_the_day(lucia, anna, body, house):
    assert (body.entitled, body.request_share, body.acceptance_share, body.notice_days) == (8, 25, 51, 10)
    assert (body.state, str(body)) == (BodyState.PROPOSED, f"{body.reference} Autogestione Corte B")
    assert body.service_names == ["pulizie", "verde"]
    assert refused(lambda: bodies.propose_body(by=anna, new=new_body(house))).status == 403
    assert (
        "Di che cosa si occupa"
        in refused(lambda: bodies.propose_body(by=lucia, new=new_body(house, services=()))).sentence
    )
    rule = bodies.NewRule(30, 60, 15, 24, 60)
    assert refused(lambda: bodies.set_rule(by=anna, new=rule)).status == 403
    bodies.set_rule(by=lucia, new=rule)
    later = bodies.propose_body(by=lucia, new=new_body(house, entitled=40))
    assert (later.entitled, later.request_share, later.convention_months) == (40, 30, 24)
    body.refresh_from_db()
    assert body.request_share == 25
    for wrong in (bodies.NewRule(101, 51, 10, 12, 90), bodies.NewRule(25, 51, 10, 0, 90)):
        assert refused(lambda w=wrong: bodies.set_rule(by=lucia, new=w)).status == 409
    with pytest.raises(Conflict):
        bodies.set_rule(by=lucia, new=rule, seen_version=99)


def test_a_unit_may_be_some_stairs(lucia, house):
    first = house.stairs.order_by("name").first()
    row = bodies.propose_body(by=lucia, new=new_body(house, stairs=[first]))
    assert (row.entitled, queries.unit_words(row)) == (4, "Corte B, A")
    changed = bodies.change_body(
        by=lucia, body=row, new=new_body(house, name="Tutta"), seen_version=row.version
    )
    assert (changed.entitled, queries.unit_words(changed), changed.name) == (8, "Corte B", "Tutta")
    with pytest.raises(Conflict):
        bodies.change_body(by=lucia, body=row, new=new_body(house), seen_version=1)


def test_a_house_without_dwellings_says_how_many_tenants(lucia, house):
    house.dwellings.all().delete()
    assert "quanti sono" in refused(lambda: bodies.propose_body(by=lucia, new=new_body(house))).sentence
    assert bodies.propose_body(by=lucia, new=new_body(house, entitled=3)).entitled == 3


# Signatures -------------------------------------------------------------------------------------------------------


def test_a_quarter_of_the_tenants_ask_with_checked_signatures(lucia, anna, body):
    (first,) = sign(lucia, body, 1, state=None)
    assert "da verificare" in refused(lambda: bodies.verify(by=lucia, body=body)).sentence
    check = lambda state, reason="", by=lucia: bodies.check_signature(  # noqa: E731
        by=by, signature=first, state=state, reason=reason
    )
    assert refused(lambda: check(SignatureState.REJECTED)).status == 409
    assert refused(lambda: check(SignatureState.VALID, by=anna)).status == 403
    assert check(SignatureState.REJECTED, "Non abita lì.").checked_by == "Lucia Sala"
    assert check(SignatureState.VALID).reason == ""
    assert "almeno 2 firme" in refused(lambda: bodies.verify(by=lucia, body=body)).sentence
    sign(lucia, body, 1)
    assert queries.signed(body, SignatureKind.REQUEST) == rules.Signed(valid=2)
    assert refused(lambda: bodies.verify(by=anna, body=body)).status == 403
    assert bodies.verify(by=lucia, body=body).state == BodyState.VERIFIED
    assert refused(lambda: sign(lucia, body, 1)).status == 409


def test_a_dwelling_signs_once(lucia, anna, body):
    door = queries.doors_left(body, SignatureKind.REQUEST)[0]
    new = bodies.NewSignature(door, "Maria Bassi", clock.today(), MARIA)
    act = lambda by=lucia: bodies.sign(by=by, body=body, kind=SignatureKind.REQUEST, new=new)  # noqa: E731
    assert refused(lambda: act(anna)).status == 403
    assert act().person.reference
    assert "c'è già una firma" in refused(act).sentence
    assert len(queries.doors_left(body, SignatureKind.REQUEST)) == 7
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(body=body, kind="request", dwelling=door, name="x", signed_on=clock.today())
    new = bodies.NewSignature(door, "Maria Bassi", clock.today())
    assert (
        "dopo la verifica"
        in refused(lambda: bodies.sign(by=lucia, body=body, kind=SignatureKind.ACCEPTANCE, new=new)).sentence
    )


def test_the_manager_asks_without_signatures(lucia, house):
    row = bodies.propose_body(by=lucia, new=new_body(house, origin=BodyOrigin.MANAGER))
    assert bodies.verify(by=lucia, body=row).state == BodyState.VERIFIED
    assert refused(lambda: bodies.verify(by=lucia, body=row)).status == 409


@pytest.mark.parametrize(
    ("entitled", "percent", "needed"), [(8, 25, 2), (8, 51, 5), (100, 51, 51), (3, 25, 1), (0, 51, 0)]
)
def test_a_share_is_rounded_up(entitled, percent, needed):
    assert rules.share_of(entitled, percent) == needed


# The assembly -----------------------------------------------------------------------------------------------------


def test_the_assembly_has_its_days_of_notice(lucia, anna, body, verified):
    early = refused(lambda: bodies.plan_assembly(by=lucia, body=verified, new=plan(9)))
    assert "10 giorni di avviso" in early.sentence
    assert refused(lambda: bodies.plan_assembly(by=anna, body=verified, new=plan())).status == 403
    row = bodies.plan_assembly(by=lucia, body=verified, new=plan())
    assert [point.title for point in row.assembly.points.all()] == ["Autogestione Corte B"]
    assert "c'è già" in refused(lambda: bodies.plan_assembly(by=lucia, body=row, new=plan())).sentence
    assemblies.cancel(by=lucia, assembly=row.assembly, reason="La sala è chiusa.")
    again = bodies.plan_assembly(by=lucia, body=queries.body_named(lucia, row.reference), new=plan(12))
    assert again.assembly != row.assembly


def test_an_assembly_is_planned_after_the_signatures(lucia, body):
    assert (
        "dopo la verifica" in refused(lambda: bodies.plan_assembly(by=lucia, body=body, new=plan())).sentence
    )


def test_constituted_with_assembly_representative_and_enough_who_join(lucia, anna, verified):
    constitute = lambda by=lucia: bodies.constitute(by=by, body=verified)  # noqa: E731
    assert "in assemblea" in refused(constitute).sentence
    row = hold(lucia, verified)
    assert refused(lambda: constitute(anna)).status == 403
    assert "rappresentante" in refused(constitute).sentence
    mandate(lucia, row)
    sign(lucia, row, 4, SignatureKind.ACCEPTANCE)
    assert "4 su 8: ne servono 5" in refused(constitute).sentence
    (last,) = sign(lucia, row, 1, SignatureKind.ACCEPTANCE, state=None)
    assert "da verificare" in refused(constitute).sentence
    bodies.check_signature(by=lucia, signature=last, state=SignatureState.VALID)
    done = constitute()
    assert (done.state, done.constituted_on) == (BodyState.CONSTITUTED, row.assembly.day)
    assert refused(constitute).status == 409
    assert (
        "non cambiano più"
        in refused(
            lambda: bodies.change_body(by=lucia, body=done, new=new_body(done.building), seen_version=None)
        ).sentence
    )


def test_short_notice_constitutes_nothing(lucia, verified):
    TenantsBody.objects.update(notice_days=20)
    verified.refresh_from_db()
    TenantsBody.objects.update(notice_days=5)
    row = hold(lucia, verified, days=10)
    TenantsBody.objects.update(notice_days=20)
    mandate(lucia, row)
    assert (
        "10 giorni di avviso: ne servono 20"
        in refused(lambda: bodies.constitute(by=lucia, body=row)).sentence
    )


def test_a_committee_needs_neither_members_nor_convention(lucia, house):
    new = new_body(house, kind=BodyKind.COMMITTEE, services=(), origin=BodyOrigin.MANAGER)
    row = bodies.verify(by=lucia, body=bodies.propose_body(by=lucia, new=new))
    row = hold(lucia, row)
    mandate(lucia, row)
    row = bodies.constitute(by=lucia, body=row)
    with clock.at(clock.start_of(row.constituted_on) + DAY):
        row = bodies.activate(by=lucia, body=row, signed_on=clock.today())
        act = lambda: offices.begin_account(by=lucia, body=row, year=clock.today().year)  # noqa: E731
        assert "non ha spese" in refused(act).sentence
    assert row.state == BodyState.ACTIVE


# At work ----------------------------------------------------------------------------------------------------------


def test_the_convention_puts_it_to_work_for_a_year(lucia, constituted):
    day = constituted.constituted_on
    act = lambda on, words="Cura.": bodies.activate(  # noqa: E731
        by=lucia, body=constituted, signed_on=on, convention=words
    )
    assert "non è ancora arrivato" in refused(lambda: act(day)).sentence
    with clock.at(clock.start_of(day) + DAY):
        assert "dopo la costituzione" in refused(lambda: act(day - DAY)).sentence
        assert "che cosa dice" in refused(lambda: act(day, " ")).sentence
        row = act(day)
        assert (row.state, row.until) == (BodyState.ACTIVE, clock.add_months(day, 12))
        assert refused(lambda: act(day)).status == 409
        assert list(queries.bodies(lucia).at_work()) == [row]
    with pytest.raises(IntegrityError), transaction.atomic():
        TenantsBody.objects.update(until=None)


def test_suspended_and_resumed_with_a_reason(lucia, anna, active):
    assert refused(lambda: bodies.resume(by=lucia, body=active)).status == 409
    assert refused(lambda: bodies.suspend(by=lucia, body=active, reason=" ")).status == 409
    assert refused(lambda: bodies.suspend(by=anna, body=active, reason="x")).status == 403
    row = bodies.suspend(by=lucia, body=active, reason="Mancano i conti.")
    assert (row.state, row.pause_reason) == (BodyState.SUSPENDED, "Mancano i conti.")
    assert bodies.resume(by=lucia, body=row).pause_reason == ""


def test_a_convention_renews_itself_unless_notice_was_given(lucia, anna, active):
    until = active.until
    assert jobs.go_on() == 0
    assert bodies.go_on(by=lucia, body_id=active.pk) is False
    assert refused(lambda: bodies.go_on(by=anna, body_id=active.pk)).status == 403
    with clock.at(clock.start_of(until) + 10 * DAY):
        assert list(queries.terms_near(lucia)) == [active]
        assert not queries.terms_near(anna)
        assert jobs.go_on() == 1
        active.refresh_from_db()
        assert (active.until, active.renewals) == (clock.add_months(until, 12), 1)
        assert refused(lambda: bodies.give_notice(by=lucia, body=active, reason=" ")).status == 409
        bodies.give_notice(by=lucia, body=active, reason="Nessuno se ne occupa.")
        assert refused(lambda: bodies.give_notice(by=lucia, body=active, reason="x")).status == 409
    with clock.at(clock.start_of(clock.add_months(until, 12)) + 2 * DAY):
        assert jobs.go_on() == 1
        active.refresh_from_db()
        assert (active.state, active.end_reason) == (BodyState.CEASED, "Nessuno se ne occupa.")
        assert active.is_over
        assert jobs.go_on() == 0
        assert refused(lambda: bodies.give_notice(by=lucia, body=active, reason="x")).status == 409


def test_a_convention_forgotten_for_years_comes_up_to_today(lucia, active):
    with clock.at(clock.start_of(active.until) + 800 * DAY):
        jobs.go_on()
        active.refresh_from_db()
        assert (active.renewals, active.until >= clock.today()) == (3, True)


def test_revoked_with_reasons_and_its_offices_end(lucia, anna, active):
    end = lambda state, reason="La maggioranza non la vuole più.", by=lucia: bodies.end(  # noqa: E731
        by=by, body=active, state=state, reason=reason
    )
    assert refused(lambda: end(BodyState.REVOKED, " ")).status == 409
    assert refused(lambda: end(BodyState.REVOKED, by=anna)).status == 403
    row = end(BodyState.REVOKED)
    assert row.state == BodyState.REVOKED
    assert not Mandate.objects.get().holds_on(clock.today() + DAY)
    assert Mandate.objects.get().end_reason == row.end_reason
    assert refused(lambda: end(BodyState.CEASED)).status == 409
    assert refused(lambda: mandate(lucia, row)).status == 409
    signature = Signature.objects.first()
    act = lambda: bodies.check_signature(by=lucia, signature=signature, state=SignatureState.VALID)  # noqa: E731
    assert refused(act).status == 409
    assert refused(lambda: sign(lucia, row, 1, SignatureKind.ACCEPTANCE)).status == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        TenantsBody.objects.update(end_reason="")


def test_a_request_may_be_given_up(lucia, body):
    assert refused(lambda: bodies.end(by=lucia, body=body, state=BodyState.REVOKED, reason="x")).status == 409
    assert bodies.end(by=lucia, body=body, state=BodyState.CEASED, reason="Ritirata.").is_over


# Offices ----------------------------------------------------------------------------------------------------------


def test_offices_have_a_term(lucia, anna, body):
    today = clock.today()
    assert refused(lambda: mandate(lucia, body, until=today)).status == 409
    assert refused(lambda: mandate(anna, body)).status == 403
    row = mandate(lucia, body, details=None)
    assert row.holds_on(today) and not row.holds_on(today - DAY)
    end = lambda on, reason="Si trasferisce.", by=lucia: offices.end_mandate(  # noqa: E731
        by=by, mandate=row, on=on, reason=reason
    )
    assert refused(lambda: end(today - DAY)).status == 409
    assert refused(lambda: end(today, " ")).status == 409
    assert refused(lambda: end(today, by=anna)).status == 403
    done = end(today)
    assert done.holds_on(today) and not done.holds_on(today + DAY)
    assert refused(lambda: end(today)).status == 409
    with pytest.raises(NotVisible):
        queries.mandate_of(body, 0)


# Accounts ---------------------------------------------------------------------------------------------------------


def test_a_yearly_account_is_written_handed_in_and_approved(lucia, anna, active):
    year = clock.today().year
    begin = lambda y=year, by=lucia: offices.begin_account(by=by, body=active, year=y)  # noqa: E731
    assert refused(lambda: begin(year - 1)).status == 409
    assert refused(lambda: begin(year + 1)).status == 409
    assert refused(lambda: begin(by=anna)).status == 403
    account = begin()
    assert account.reference == f"{active.reference}-{year}"
    assert "c'è già" in refused(begin).sentence
    assert "vuoto" in refused(lambda: offices.submit_account(by=lucia, account=account)).sentence
    assert "fuori dall'anno" in refused(lambda: line(lucia, account, day=dt.date(year - 1, 1, 1))).sentence
    line(lucia, account)
    spent = line(lucia, account, LineKind.EXPENSE, "20.25")
    assert spent.signed == Decimal("-20.25")
    gone = line(lucia, account, amount="5")
    assert gone.signed == Decimal(5)
    offices.drop_line(by=lucia, line=gone)
    offices.describe_account(
        by=lucia, account=account, opening=Decimal(10), words="Un buon anno.", seen_version=None
    )
    account.refresh_from_db()
    assert queries.sums_of(account).closing == Decimal("110.25")
    offices.submit_account(by=lucia, account=account)
    assert refused(lambda: line(lucia, account)).status == 409
    assert refused(lambda: offices.return_account(by=lucia, account=account, reason="")).status == 409
    back = offices.return_account(by=lucia, account=account, reason="Manca una fattura.")
    assert (back.state, back.return_reason) == (AccountState.DRAFT, "Manca una fattura.")
    approve = lambda on, where="Assemblea", by=lucia: offices.approve_account(  # noqa: E731
        by=by, account=account, on=on, where=where
    )
    assert refused(lambda: approve(clock.today())).status == 409
    offices.submit_account(by=lucia, account=account)
    assert "quando l'anno è finito" in refused(lambda: approve(clock.today())).sentence
    with clock.at(clock.start_of(dt.date(year + 1, 2, 1))):
        assert "non è ancora arrivato" in refused(lambda: approve(clock.today() + DAY)).sentence
        assert refused(lambda: approve(clock.today(), " ")).status == 409
        assert refused(lambda: approve(clock.today(), by=anna)).status == 403
        assert approve(clock.today()).state == AccountState.APPROVED
        ((shown, sums),) = queries.shown_accounts(active)
        assert (shown, sums.closing) == (account, Decimal("110.25"))
        assert begin(year + 1).opening == Decimal("110.25")
    with pytest.raises(IntegrityError), transaction.atomic():
        TenantsAccount.objects.update(approved_where="")


def test_who_owes_last_years_account(lucia, anna, active, monkeypatch):
    year = clock.today().year
    account = offices.begin_account(by=lucia, body=active, year=year)
    with clock.at(clock.start_of(dt.date(year + 1, 3, 20))):
        until = dt.date(year + 1, 4, 30)
        (due,) = queries.accounts_due(lucia, until)
        assert (due.body, due.year, due.due_on) == (active, year, dt.date(year, 12, 31) + 90 * DAY)
        assert queries.accounts_due(lucia, dt.date(year + 1, 3, 1)) == []
        assert queries.accounts_due(anna, until) == []
        line(lucia, account)
        offices.submit_account(by=lucia, account=account)
        assert queries.accounts_due(lucia, until) == []
        monkeypatch.setattr(rules, "MOST_LINES", 1)
        offices.return_account(by=lucia, account=account, reason="x")
        assert refused(lambda: line(lucia, account)).status == 409


def test_the_account_of_a_body_that_is_over_is_approved_at_once(lucia, active):
    account = offices.begin_account(by=lucia, body=active, year=clock.today().year)
    line(lucia, account)
    offices.submit_account(by=lucia, account=account)
    bodies.end(by=lucia, body=active, state=BodyState.CEASED, reason="x")
    row = offices.approve_account(by=lucia, account=account, on=clock.today(), where="Gestore")
    assert row.state == AccountState.APPROVED


# Who sees what ----------------------------------------------------------------------------------------------------


def test_who_sees_what(cast, lucia, anna, body, active):
    other = bodies.propose_body(by=lucia, new=new_body(body.building))
    assert set(queries.bodies(anna)) == {body, other}
    assert not queries.bodies(cast.actor(cast.vera))
    assert list(queries.shown_bodies()) == [body]
    assert queries.shown_body(body.reference).joined_count == 5
    with pytest.raises(NotVisible):
        queries.shown_body(other.reference)
    sign(lucia, other, 1, state=None)
    assert list(queries.to_verify(lucia)) == [other]
    assert not queries.to_verify(anna)
    assert not TenantsAccount.objects.visible_to(cast.actor(cast.vera))
    assert list(queries.bodies(lucia).to_do()) == [other]
    assert not queries.bodies(lucia).over()
    bodies.note_print(by=lucia, body=body, paper="elenco")
