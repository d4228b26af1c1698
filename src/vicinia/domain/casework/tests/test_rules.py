"""Every rule about cases: its yes and its no, without a database."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actors import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNCILLOR,
    FROM_ELSEWHERE,
    LABORATORY,
    ME,
    MINE,
    OPERATOR,
    OTHERS,
    YOU,
)
from vicinia.domain.casework import rules
from vicinia.domain.casework.models import Case, ClosingRequest, Commitment, Intervention, Proposal, Task
from vicinia.domain.casework.rules import Progress
from vicinia.domain.casework.states import (
    COMMITMENT_MOVES,
    INTERVENTION_MOVES,
    PROPOSAL_MOVES,
    STAGE_MOVES,
    ClosingState,
    CommitmentBy,
    CommitmentState,
    InterventionState,
    InterventionWay,
    Outcome,
    OutcomeVerdict,
    ProposalState,
    Stage,
)
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Verdict

ANNA, BRUNO = User(pk=ME, name="Anna Ferri"), User(pk=YOU, name="Bruno Galli")
ACER = PartnerBody(pk=4, name="Azienda casa")
RESIDENT = Actor.resident("2026-00001")
REPORT = Report(reference="2026-00001", legal_basis=LegalBasis.ADMINISTRATIVE)
NOTHING = Progress(spoke_with_reporter=False)
SPOKEN = Progress(spoke_with_reporter=True, has_reporter=True, commitments=1)
PROMISED = Progress(True, open_commitments=[Commitment(by_whom=CommitmentBy.UNIT)], commitments=1)
PLANNED = Progress(True, planned=[Intervention(what="Presidio")])
UNFINISHED = Progress(True, open_tasks=[Task(), Task()])


def a_case(**fields: Any) -> Case:
    values = {"reference": "2026-0001", "area_id": MINE, "owner": ANNA, "stage": Stage.SCANNING}
    return Case(**(values | {"legal_basis": LegalBasis.ADMINISTRATIVE} | fields))


CLOSED = a_case(stage=Stage.CLOSED)


def refused(verdict: Verdict, status: int, words: str) -> bool:
    return not verdict and verdict.status == status and words in str(verdict.sentence)


def test_who_works_on_cases_opens_them_and_police_ones_only_who_sees_them() -> None:
    assert rules.may_open(OPERATOR, LegalBasis.POLICE) and rules.may_open(LABORATORY, "administrative")
    assert refused(rules.may_open(LABORATORY, LegalBasis.POLICE), 403, "pubblica sicurezza")
    assert refused(rules.may_open(COUNCILLOR, "administrative"), 403, "non apre casi")


def test_who_is_in_charge_of_the_area_or_assigns_works_in_an_open_case() -> None:
    assert rules.may_work(OPERATOR, a_case(area_id=OTHERS))
    assert rules.may_work(OPERATOR, a_case(owner=BRUNO)), "a colleague of the area helps out"
    assert rules.may_work(COORDINATOR, a_case())
    assert refused(rules.may_work(FROM_ELSEWHERE, a_case()), 403, "seguito da Anna Ferri")
    assert refused(rules.may_work(OPERATOR, a_case(owner=None)), 409, "Nessuno ha ancora preso")
    assert refused(rules.may_work(OPERATOR, CLOSED), 409, "chiuso")
    assert refused(rules.may_work(COUNCILLOR, a_case()), 403, "non lavora")


def test_one_person_is_in_charge_and_the_second_is_told_who() -> None:
    assert rules.may_take_charge(OPERATOR, a_case(owner=None))
    assert refused(rules.may_take_charge(OPERATOR, a_case()), 409, "già tu")
    assert refused(rules.may_take_charge(OPERATOR, a_case(owner=BRUNO)), 409, "Bruno Galli")
    left = User(pk=BRUNO.pk, name="Bruno Galli", is_active=False)
    assert rules.may_take_charge(OPERATOR, a_case(owner=left)), "who has no access any more follows nothing"
    assert refused(rules.may_take_charge(OPERATOR, CLOSED), 409, "chiuso")
    assert refused(rules.may_take_charge(COUNCILLOR, a_case(owner=None)), 403, "non prende")
    assert refused(rules.may_take_charge(Actor.job("x"), a_case(owner=None)), 403, "non un programma")


def test_who_has_it_or_assigns_proposes_once_at_a_time() -> None:
    assert rules.may_propose(OPERATOR, a_case(), None) and rules.may_propose(COORDINATOR, a_case(), None)
    assert refused(rules.may_propose(OPERATOR, a_case(), Proposal(to=BRUNO)), 409, "Bruno Galli")
    assert refused(rules.may_propose(OPERATOR, CLOSED, None), 409, "chiuso")
    assert refused(rules.may_propose(OPERATOR, a_case(owner=BRUNO), None), 403, "coordinatore")


def test_a_case_is_proposed_to_someone_who_may_have_it() -> None:
    assert rules.may_be_proposed(OPERATOR, a_case(owner=BRUNO))
    assert refused(rules.may_be_proposed(COUNCILLOR, a_case(owner=BRUNO)), 409, "non può prendere")
    police = a_case(owner=BRUNO, legal_basis=LegalBasis.POLICE)
    assert rules.may_be_proposed(OPERATOR, police)
    assert refused(rules.may_be_proposed(LABORATORY, police), 409, "sicurezza")
    assert refused(rules.may_be_proposed(OPERATOR, a_case()), 409, "già")


def test_only_who_was_asked_answers_and_only_once() -> None:
    asked = Proposal(to=ANNA, by_ref="user:8", state=ProposalState.PROPOSED)
    assert rules.may_answer_proposal(OPERATOR, asked)
    assert refused(rules.may_answer_proposal(COORDINATOR, asked), 403, "Anna Ferri")
    answered = Proposal(to=ANNA, by_ref="user:8", state=ProposalState.DECLINED)
    assert refused(rules.may_answer_proposal(OPERATOR, answered), 409, "già stata")
    assert rules.may_withdraw(FROM_ELSEWHERE, asked), "who proposed it"
    assert rules.may_withdraw(COORDINATOR, Proposal(to=ANNA, by_ref="user:7", state=ProposalState.PROPOSED))
    assert refused(rules.may_withdraw(OPERATOR, asked), 403, "coordinatore")
    assert refused(rules.may_withdraw(COORDINATOR, answered), 409, "già stata")


def test_a_report_enters_one_open_case_of_its_regime() -> None:
    assert rules.may_link(OPERATOR, a_case(), REPORT, None)
    assert refused(rules.may_link(OPERATOR, a_case(), REPORT, a_case(reference="2026-0009")), 409, "0009")
    police = a_case(legal_basis=LegalBasis.POLICE)
    assert refused(rules.may_link(OPERATOR, police, REPORT, None), 409, "non si mescolano")
    assert refused(rules.may_link(OPERATOR, CLOSED, REPORT, None), 409, "chiuso")
    assert refused(rules.may_link(COUNCILLOR, a_case(), REPORT, None), 403, "non lavora")


def test_what_was_not_kept_is_explained_and_nothing_ends_twice() -> None:
    open_one = Commitment(state=CommitmentState.OPEN)
    for state in (CommitmentState.NOT_KEPT, CommitmentState.DROPPED):
        assert refused(rules.may_end_commitment(OPERATOR, a_case(), open_one, state, " "), 409, "Scrivi")
        assert rules.may_end_commitment(OPERATOR, a_case(), open_one, state, "Ha traslocato.")
    assert rules.may_end_commitment(OPERATOR, a_case(), open_one, CommitmentState.KEPT, "")
    assert refused(rules.may_end_commitment(OPERATOR, a_case(), open_one, "open", ""), 409, "già")
    assert refused(rules.may_end_commitment(OPERATOR, CLOSED, open_one, "kept", ""), 409, "chiuso")


def test_only_what_is_planned_is_carried_out() -> None:
    planned = Intervention(state=InterventionState.PLANNED)
    assert rules.may_carry_out(OPERATOR, a_case(), planned)
    done = Intervention(state=InterventionState.DONE)
    assert refused(rules.may_carry_out(OPERATOR, a_case(), done), 409, "svolto")
    assert refused(rules.may_carry_out(OPERATOR, CLOSED, planned), 409, "chiuso")


def test_a_task_is_ended_by_its_assignee_or_who_works_on_the_case() -> None:
    mine, yours = Task(assignee=ANNA), Task(assignee=BRUNO)
    assert rules.may_end_task(OPERATOR, CLOSED, mine) and rules.may_end_task(OPERATOR, a_case(), yours)
    assert refused(rules.may_end_task(OPERATOR, CLOSED, yours), 409, "chiuso")
    assert refused(rules.may_end_task(OPERATOR, a_case(), Task(done_at=clock.now())), 409, "già fatto")
    assert rules.may_be_given("Anna", sees=True)
    assert refused(rules.may_be_given("Bruno", sees=False), 409, "Bruno non vede")


STAGES = [
    (Stage.SCANNING, Stage.ANALYSIS, NOTHING, ""),
    (Stage.SCANNING, Stage.ANALYSIS, Progress(False, has_reporter=True), "Non abbiamo ancora parlato"),
    (Stage.SCANNING, Stage.ANALYSIS, SPOKEN, ""),
    (Stage.ANALYSIS, Stage.RESPONSE, SPOKEN, ""),
    (Stage.ANALYSIS, Stage.RESPONSE, Progress(True), "Non c'è ancora un impegno"),
    (Stage.ANALYSIS, Stage.RESPONSE, PLANNED, ""),
    (Stage.ANALYSIS, Stage.RESPONSE, Progress(True, carried_out=1), ""),
    (Stage.RESPONSE, Stage.ASSESSMENT, PLANNED, "ancora da svolgere: Presidio"),
    (Stage.RESPONSE, Stage.ASSESSMENT, PROMISED, "un impegno aperto (noi)"),
    (Stage.RESPONSE, Stage.ASSESSMENT, SPOKEN, ""),
    (Stage.ASSESSMENT, Stage.WATCHING, PROMISED, "un impegno aperto (noi)"),
    (Stage.ASSESSMENT, Stage.WATCHING, SPOKEN, ""),
    (Stage.WATCHING, Stage.RESPONSE, PROMISED, ""),
    (Stage.ANALYSIS, Stage.SCANNING, NOTHING, ""),
    (Stage.SCANNING, Stage.WATCHING, SPOKEN, "non si passa"),
    (Stage.ASSESSMENT, Stage.CLOSED, SPOKEN, "dicendo com'è finita"),
]


@pytest.mark.parametrize(("stage", "following", "facts", "sentence"), STAGES)
def test_each_stage_says_what_it_requires(stage: str, following: str, facts: Progress, sentence: str) -> None:
    verdict = rules.may_enter_stage(OPERATOR, a_case(stage=stage), following, facts)
    assert (verdict.allowed, sentence in str(verdict.sentence)) == (sentence == "", True)


def test_a_case_closes_when_promises_plans_and_tasks_are_ended() -> None:
    assert rules.may_close(OPERATOR, a_case(), SPOKEN)
    for facts, words in [(PROMISED, "impegno"), (PLANNED, "Presidio"), (UNFINISHED, "2 cose")]:
        assert refused(rules.may_close(OPERATOR, a_case(), facts), 409, words)
    one = Progress(True, open_tasks=[Task()])
    assert refused(rules.may_close(OPERATOR, a_case(), one), 409, "una cosa")
    assert refused(rules.may_close(FROM_ELSEWHERE, a_case(), SPOKEN), 403, "Anna")


def test_closing_says_the_outcome_what_changed_and_what_the_reporter_thinks() -> None:
    def may(outcome: str, note: str, consultation: str, facts: Progress) -> Verdict:
        return rules.may_close_with(outcome, note, consultation, "Non serviva.", a_case(), facts)

    assert may(Outcome.SOLVED, "Ora si dorme.", "Contenta", SPOKEN)
    assert may(Outcome.SOLVED, "Ora si dorme.", "", NOTHING)
    assert refused(may("boh", "x", "x", SPOKEN), 409, "esito")
    assert refused(may(Outcome.SOLVED, " ", "x", SPOKEN), 409, "cambiato")
    assert refused(may(Outcome.SOLVED, "x", " ", SPOKEN), 409, "che cosa ne pensa")


def test_what_lacks_in_a_closing_is_explained_and_nothing_is_asked_of_who_withdraws() -> None:
    case, unheard = a_case(), Progress(False, has_reporter=True)
    assert len(rules.closing_gaps(case, unheard, Outcome.SOLVED)) == 3
    assert [str(gap) for gap in rules.closing_gaps(case, unheard, Outcome.WITHDRAWN)] == [
        "Non risulta che abbiamo parlato con chi ha segnalato."
    ]
    looked_at = a_case(stage=Stage.WATCHING)
    assert rules.closing_gaps(looked_at, Progress(True, carried_out=1), Outcome.SOLVED) == []
    verdict = rules.may_close_with(Outcome.SOLVED, "x", "x", " ", case, unheard)
    assert refused(verdict, 409, "verifica") and "Spiega" in str(verdict.hint)
    assert rules.may_close_with(Outcome.SOLVED, "x", "x", "", looked_at, Progress(True, commitments=1))


def test_who_assigns_closes_and_the_others_ask() -> None:
    assert rules.needs_approval(OPERATOR, is_required=True)
    assert not rules.needs_approval(COORDINATOR, is_required=True)
    assert not rules.needs_approval(OPERATOR, is_required=False)
    asked = ClosingRequest(case=a_case(), state=ClosingState.ASKED)
    returned = ClosingRequest(case=a_case(), state=ClosingState.RETURNED)
    assert rules.may_answer_closing(COORDINATOR, asked)
    assert refused(rules.may_answer_closing(OPERATOR, asked), 403, "coordinatore")
    assert refused(rules.may_answer_closing(COORDINATOR, returned), 409, "già")
    assert rules.may_withdraw_closing(OPERATOR, asked)
    assert refused(rules.may_withdraw_closing(OPERATOR, returned), 409, "già")
    assert refused(rules.may_withdraw_closing(COUNCILLOR, asked), 403, "non lavora")
    assert rules.may_read_return(OPERATOR, returned)
    assert refused(rules.may_read_return(OPERATOR, asked), 409, "restituita")


def test_a_closed_case_stays_closed_with_a_reason() -> None:
    assert rules.may_keep_closed(OPERATOR, CLOSED, "Altra casa.")
    assert refused(rules.may_keep_closed(OPERATOR, a_case(), "x"), 409, "aperto")
    assert refused(rules.may_keep_closed(OPERATOR, CLOSED, " "), 409, "perché")
    assert refused(rules.may_keep_closed(COUNCILLOR, CLOSED, "x"), 403, "non lavora")
    assert rules.comes_back(4, 2, 2) and not rules.comes_back(3, 2, 2)


def test_a_closed_case_is_reopened_with_a_reason_where_one_works() -> None:
    assert rules.may_reopen(OPERATOR, CLOSED, "Di nuovo.")
    mine_elsewhere = a_case(stage=Stage.CLOSED, area_id=OTHERS)
    assert rules.may_reopen(OPERATOR, mine_elsewhere, "Di nuovo.")
    assert refused(rules.may_reopen(OPERATOR, a_case(), "x"), 409, "già aperto")
    assert refused(rules.may_reopen(OPERATOR, CLOSED, " "), 409, "perché")
    assert refused(rules.may_reopen(COUNCILLOR, CLOSED, "x"), 403, "non lavora")
    assert refused(rules.may_reopen(FROM_ELSEWHERE, CLOSED, "x"), 403, "zona")


def test_the_reporter_answers_each_closing_and_may_contest_after_confirming() -> None:
    confirmed, contested = OutcomeVerdict.CONFIRMED, OutcomeVerdict.CONTESTED
    assert rules.may_reply_outcome(RESIDENT, REPORT, CLOSED, "", confirmed)
    assert rules.may_reply_outcome(RESIDENT, REPORT, CLOSED, confirmed, contested)
    assert refused(rules.may_reply_outcome(RESIDENT, REPORT, CLOSED, contested, confirmed), 409, "già")
    assert refused(rules.may_reply_outcome(RESIDENT, REPORT, CLOSED, confirmed, confirmed), 409, "già")
    assert refused(rules.may_reply_outcome(RESIDENT, REPORT, a_case(), "", confirmed), 409, "aperto")
    assert refused(rules.may_reply_outcome(RESIDENT, REPORT, None, "", confirmed), 409, "aperto")
    for other in (OPERATOR, Actor.resident("2026-00002")):
        assert refused(rules.may_reply_outcome(other, REPORT, CLOSED, "", confirmed), 403, "altra")
    assert rules.may_contest_with(confirmed, "") and rules.may_contest_with(contested, "Continua.")
    assert refused(rules.may_contest_with(contested, " "), 409, "Raccontaci")


def test_a_contest_is_answered_by_who_followed_or_assigns() -> None:
    assert rules.may_answer_contest(OPERATOR, CLOSED) and rules.may_answer_contest(COORDINATOR, CLOSED)
    assert refused(rules.may_answer_contest(FROM_ELSEWHERE, CLOSED), 403, "coordinatore")


def test_a_watch_point_is_looked_at_once_while_the_case_is_closed() -> None:
    assert rules.may_note_watch_point(OPERATOR, CLOSED, False)
    assert refused(rules.may_note_watch_point(OPERATOR, CLOSED, True), 409, "già stato guardato")
    assert refused(rules.may_note_watch_point(OPERATOR, a_case(), False), 409, "di nuovo aperto")
    assert refused(rules.may_note_watch_point(COUNCILLOR, CLOSED, False), 403, "non lavora")


def test_a_case_moves_to_the_police_side_only_with_someone_who_sees_it_there() -> None:
    assert rules.may_move_regime(OPERATOR, LegalBasis.POLICE)
    assert rules.may_move_regime(None, LegalBasis.POLICE)
    assert rules.may_move_regime(LABORATORY, LegalBasis.ADMINISTRATIVE)
    assert refused(rules.may_move_regime(LABORATORY, LegalBasis.POLICE), 409, "Anna Ferri")


def test_small_rules_of_what_is_written_down() -> None:
    assert rules.may_unlink(True, 2) and rules.must_say_why("sì") and rules.may_reveal(OPERATOR, CLOSED)
    assert refused(rules.may_unlink(True, 1), 409, "almeno una")
    assert refused(rules.may_unlink(False, 2), 409, "non è in questo caso")
    assert refused(rules.must_say_why("  "), 409, "motivo")
    assert refused(rules.may_reveal(ADMINISTRATOR, CLOSED), 403, "dati delle persone")
    assert rules.may_commit(CommitmentBy.UNIT, "", None) and rules.may_commit(CommitmentBy.BODY, "", ACER)
    assert rules.may_commit(CommitmentBy.OTHER, "scala B", None)
    assert refused(rules.may_commit(CommitmentBy.BODY, "", None), 409, "ente")
    assert refused(rules.may_commit(CommitmentBy.OTHER, " ", None), 409, "di chi")
    assert rules.may_intervene(InterventionWay.DIRECT, None)
    assert refused(rules.may_intervene(InterventionWay.PARTNER, None), 409, "ente")
    assert rules.may_intervene(InterventionWay.RESIDENTS, None, "comitato della scala B")
    assert refused(rules.may_intervene(InterventionWay.RESIDENTS, None, " "), 409, "chi lo guida")


def test_a_commitment_is_told_without_personal_data() -> None:
    assert rules.who_committed(Commitment(who="scala B")) == "scala B"
    assert rules.who_committed(Commitment(body=ACER, by_whom="body")) == "Azienda casa"
    assert rules.who_committed(Commitment(user=ANNA, by_whom="unit")) == "Anna"
    assert rules.who_committed(Commitment(by_whom=CommitmentBy.REPORTER)) == "chi segnala"


def test_the_page_says_who_sees_a_case() -> None:
    social = rules.who_sees(a_case(area=Area(pk=MINE, name="Crocetta")))
    assert social[0] == "Anna Ferri, che lo segue" and any("laboratorio" in words for words in social)
    police = rules.who_sees(a_case(legal_basis=LegalBasis.POLICE, owner=None, area=None, area_id=None))
    assert police == ["gli operatori di tutto il territorio", "il coordinatore"]


@given(st.sampled_from([STAGE_MOVES, COMMITMENT_MOVES, INTERVENTION_MOVES, PROPOSAL_MOVES]), st.data())
def test_there_is_no_way_out_of_the_tables_of_moves(moves: Any, data: Any) -> None:
    state, following = (data.draw(st.sampled_from(moves.states.values)) for _ in range(2))
    assert bool(moves.may(state, following)) == (following in moves.table[state])
    assert state not in moves.table[state], "to stay is no move"
