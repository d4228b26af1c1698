"""Opening a case and being in charge of it: always by acceptance."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.forms import CorrectForm, OpenCaseForm
from vicinia.domain.casework.models import Case, Proposal
from vicinia.domain.casework.states import CaseKind, Outcome, PersonRole, ProposalState
from vicinia.domain.casework.tests.factories import case_of, close_case, open_on
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening import queries as reports
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis, ReportState
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


def test_a_case_starts_where_its_report_stands_and_nobody_is_in_charge(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    case = open_on(report, by=anna)
    assert (case.area, case.lat, case.owner, case.next_contact_on) == (
        cast.crocetta,
        report.lat,
        None,
        report.due_on,
    )
    assert queries.people_of(case).get().role == PersonRole.REPORTER
    assert Report.objects.get(pk=report.pk).state == ReportState.LINKED
    lines = Entry.objects.filter(about=f"case:{case.reference}").order_by("id")
    assert [(line.event, line.facts.get("report", "")) for line in lines] == [
        ("case.opened", ""),
        ("case.report_linked", report.reference),
    ]


def test_a_contact_made_before_comes_along_and_sets_the_rhythm(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    contact = actions.contact_on_report(by=anna, report=report, new=actions.NewContact(agreed="Passiamo."))
    case = open_on(Report.objects.get(pk=report.pk), by=anna)
    contact.refresh_from_db()
    assert contact.case == case and case.next_contact_words == ""
    assert case.next_contact_on == clock.add_working_days(clock.today(), 10)


def test_an_anonymous_report_opens_a_case_without_people(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta, reporter=None)
    Report.objects.filter(pk=report.pk).update(due_on=None)
    case = open_on(Report.objects.get(pk=report.pk), by=anna)
    assert not queries.people_of(case).exists() and case.next_contact_on is not None


def test_a_case_that_a_higher_subject_follows_starts_from_a_place_without_a_report(
    cast: Cast, anna: Actor
) -> None:
    where = Location(address="Via Roma 12", area_id=cast.crocetta.pk)
    new = actions.OpenCase(
        "Accompagnamento", kind("casa"), LegalBasis.ADMINISTRATIVE, CaseKind.REHOUSING, location=where
    )
    case = actions.open_case(by=anna, new=new, reports=[])
    assert (case.kind, case.address, case.area, case.owner) == (
        CaseKind.REHOUSING,
        "Via Roma 12",
        cast.crocetta,
        None,
    )
    assert case.next_contact_on and not queries.people_of(case)


def test_what_kind_a_rehousing_file_is_nobody_chooses_or_changes(cast: Cast, anna: Actor) -> None:
    chosen = [CaseKind.PERSON, CaseKind.PLACE]
    assert [value for value, _label in OpenCaseForm().fields["kind"].choices] == chosen
    assert [value for value, _label in CorrectForm().fields["kind"].choices] == chosen
    rehousing = CorrectForm(initial={"kind": CaseKind.REHOUSING})
    assert [value for value, _label in rehousing.fields["kind"].choices] == [CaseKind.REHOUSING]


def test_cases_of_the_police_and_of_another_regime_are_refused(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    with pytest.raises(Refused, match="pubblica sicurezza"):
        open_on(report, by=cast.actor(cast.lucia), legal_basis=LegalBasis.POLICE)
    with pytest.raises(Refused, match="non si mescolano"):
        open_on(report, by=anna, legal_basis=LegalBasis.POLICE)
    assert not Case.objects.exists() and not Entry.objects.filter(event="case.opened").exists()


def test_a_report_is_in_one_case_only(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    first = open_on(report, by=anna)
    with pytest.raises(Refused, match=first.reference):
        open_on(report, by=anna)
    assert Case.objects.count() == 1


def test_taking_charge_tells_the_reporter_and_the_second_is_told_who(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    case = open_on(report, by=anna)
    actions.take_charge(by=anna, case=case)
    assert Case.objects.get().owner == cast.anna and Report.objects.get().owner == cast.anna
    assert OutboxMessage.objects.filter(template="report_taken").count() == 1
    assert Entry.objects.get(event="case.taken").facts["first_name"] == "Anna"
    with pytest.raises(Refused, match="Lo segue già Anna Ferri"):
        actions.take_charge(by=cast.actor(cast.lucia), case=case)


def test_a_case_without_a_date_gets_one_when_it_is_taken(cast: Cast, anna: Actor) -> None:
    case = open_on(report_in(cast.crocetta), by=anna)
    Case.objects.update(next_contact_on=None)
    assert actions.take_charge(by=anna, case=case).next_contact_on is not None


def test_until_the_proposal_is_accepted_nothing_changes(cast: Cast, carla: Actor) -> None:
    case = case_of(cast.actor(cast.anna), report_in(cast.crocetta))
    bruno = cast.actor(cast.bruno)
    assert not queries.cases(bruno).exists() and not reports.reports(bruno).exists()
    proposal = actions.propose(by=carla, case=case, to=cast.bruno, words="Tocca la Stazione.")
    assert Case.objects.get().owner == cast.anna
    assert queries.cases(bruno).get() == case and queries.proposals_to(bruno).get() == proposal
    with pytest.raises(Refused, match="non ha ancora risposto"):
        actions.propose(by=carla, case=case, to=cast.lucia)
    actions.accept(by=bruno, proposal=proposal)
    assert Case.objects.get().owner == cast.bruno
    assert reports.reports(bruno).count() == 1, "its reports come along"
    events = list(
        Entry.objects.filter(about__startswith="case:").order_by("id").values_list("event", flat=True)
    )
    assert events[-3:] == ["case.proposed", "case.handed_over", "case.taken"]
    with pytest.raises(Refused, match="già stata data"):
        actions.accept(by=bruno, proposal=proposal)


def test_the_reporter_is_told_again_when_the_case_comes_back(cast: Cast, carla: Actor) -> None:
    case = case_of(cast.actor(cast.anna), report_in(cast.crocetta))
    for user in (cast.bruno, cast.anna):
        proposal = actions.propose(by=carla, case=case, to=user)
        actions.accept(by=cast.actor(user), proposal=proposal)
    assert OutboxMessage.objects.filter(template="report_taken").count() == 3


def test_a_declined_proposal_leaves_the_case_where_it_was(cast: Cast, carla: Actor) -> None:
    case = case_of(cast.actor(cast.anna), report_in(cast.crocetta))
    proposal, bruno = actions.propose(by=carla, case=case, to=cast.bruno), cast.actor(cast.bruno)
    with pytest.raises(Refused, match="motivo"):
        actions.decline(by=bruno, proposal=proposal, reason=" ")
    with pytest.raises(Refused, match="Bruno Galli"):
        actions.decline(by=carla, proposal=proposal, reason="x")
    actions.decline(by=bruno, proposal=proposal, reason="Sono in ferie.")
    assert Case.objects.get().owner == cast.anna and not queries.cases(bruno).exists()
    assert Entry.objects.get(event="case.declined").facts["reason"] == "Sono in ferie."


def test_a_proposal_is_taken_back_by_who_made_it(cast: Cast, carla: Actor) -> None:
    case = case_of(cast.actor(cast.anna), report_in(cast.crocetta))
    proposal = actions.propose(by=carla, case=case, to=cast.bruno)
    with pytest.raises(Refused, match="coordinatore"):
        actions.withdraw_proposal(by=cast.actor(cast.anna), proposal=proposal)
    actions.withdraw_proposal(by=carla, proposal=proposal)
    assert not queries.proposals_to(cast.actor(cast.bruno)).exists()
    with pytest.raises(Refused, match="già stata"):
        actions.accept(by=cast.actor(cast.bruno), proposal=proposal)


@pytest.mark.parametrize(("taker", "state"), [("lucia", "accepted"), ("anna", "withdrawn")])
def test_taking_a_proposed_case_answers_the_proposal(
    cast: Cast, carla: Actor, taker: str, state: str
) -> None:
    case = open_on(report_in(cast.crocetta), by=carla)
    actions.propose(by=carla, case=case, to=cast.lucia)
    actions.take_charge(by=cast.actor(getattr(cast, taker)), case=case)
    assert Proposal.objects.get().state == state


def test_nobody_is_proposed_what_they_could_not_see(cast: Cast, carla: Actor) -> None:
    case = case_of(carla, report_in(cast.crocetta, category=police_kind()))
    for user in (cast.lucia, cast.vera):
        with pytest.raises(Refused, match="non può"):
            actions.propose(by=carla, case=case, to=user)
    assert not Proposal.objects.exists()


def test_a_proposed_case_that_moves_to_the_police_side_disappears_for_the_laboratory(
    cast: Cast, carla: Actor
) -> None:
    case = case_of(carla, report_in(cast.crocetta))
    proposal, lucia = actions.propose(by=carla, case=case, to=cast.lucia), cast.actor(cast.lucia)
    assert queries.proposals_to(lucia).exists()
    change = actions.CaseCorrection(legal_basis=LegalBasis.POLICE)
    actions.correct(by=carla, case=case, correction=change, seen_version=None)
    assert not queries.proposals_to(lucia).exists()
    with pytest.raises(Refused, match="sicurezza"):
        actions.accept(by=lucia, proposal=proposal)


def test_closing_takes_back_what_nobody_answered(cast: Cast, carla: Actor) -> None:
    case = case_of(carla, report_in(cast.crocetta, reporter=None))
    actions.propose(by=carla, case=case, to=cast.anna)
    close_case(carla, case, outcome=Outcome.SOLVED, note="Risolto.")
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN
    assert not queries.proposals_to(cast.actor(cast.anna)).exists()


def test_a_report_that_someone_had_keeps_them_until_the_case_is_taken(cast: Cast, anna: Actor) -> None:
    report = listening.take(by=cast.actor(cast.lucia), report=report_in(cast.crocetta))
    case = open_on(report, by=anna)
    assert Report.objects.get().owner == cast.lucia
    actions.take_charge(by=anna, case=case)
    assert Report.objects.get().owner == cast.anna
