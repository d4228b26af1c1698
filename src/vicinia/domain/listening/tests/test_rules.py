"""Every rule about reports: its yes and its no, without a database."""

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
from vicinia.domain.listening import rules
from vicinia.domain.listening.drafts import Sent
from vicinia.domain.listening.models import Category, Draft, ImportBatch, Report
from vicinia.domain.listening.states import ENDED_STATES, OPEN_STATES, REPORT_MOVES, LegalBasis, ReportState
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Verdict

RESIDENT = Actor.resident("2026-00001")
STRANGER = Actor.resident("2026-00002")


def a_kind(**fields: Any) -> Category:
    return Category(**({"parent": Category(pk=9), "name": "Rumore", "is_public": True} | fields))


def a_report(**fields: Any) -> Report:
    values = {"pk": 1, "reference": "2026-00001", "area_id": MINE, "reporter": Person(pk=3), "lat": 44.8}
    values |= {"lon": 10.6, "category": a_kind()}
    return Report(**(values | fields))


def of(user_id: int, **fields: Any) -> Report:
    owner = User(pk=user_id, name="Anna Ferri" if user_id == ME else "Bruno Galli")
    return a_report(**({"owner": owner, "state": ReportState.TAKEN} | fields))


def yes(verdict: Verdict) -> bool:
    return verdict.allowed


def refused(verdict: Verdict, status: int, words: str) -> bool:
    return not verdict and verdict.status == status and words in str(verdict.sentence)


def test_staff_who_may_and_every_resident_enter_reports() -> None:
    assert yes(rules.may_enter(RESIDENT)) and yes(rules.may_enter(OPERATOR))
    assert refused(rules.may_enter(COUNCILLOR), 403, "non inserisce")


def test_only_a_kind_in_use_is_chosen_and_never_a_group() -> None:
    assert yes(rules.may_use_category(a_kind()))
    assert refused(rules.may_use_category(a_kind(is_active=False)), 409, "non si usa più")
    assert refused(rules.may_use_category(a_kind(parent=None)), 409, "preciso")


def test_triage_is_for_who_may_in_own_areas_or_own_charge() -> None:
    assert yes(rules.may_triage(OPERATOR, a_report()))
    assert yes(rules.may_triage(OPERATOR, a_report(area_id=None))), "what has no place concerns everyone"
    assert yes(rules.may_triage(OPERATOR, of(ME, area_id=OTHERS)))
    assert yes(rules.may_triage(COORDINATOR, a_report(area_id=OTHERS)))
    assert refused(rules.may_triage(COUNCILLOR, a_report()), 403, "non smista")
    assert refused(rules.may_triage(OPERATOR, a_report(area_id=OTHERS)), 403, "zona che non segui")
    keyless = Actor.key("1", "App", OPERATOR.capabilities, frozenset({OTHERS}), False)
    assert refused(rules.may_triage(keyless, a_report()), 403, "zona")


@pytest.mark.parametrize("state", sorted(ENDED_STATES))
def test_what_has_ended_is_not_triaged(state: str) -> None:
    assert refused(rules.may_triage(OPERATOR, a_report(state=state)), 409, "già chiusa")


def test_what_is_in_a_case_is_not_triaged() -> None:
    assert refused(rules.may_triage(OPERATOR, a_report(state=ReportState.LINKED)), 409, "già in un caso")


def test_what_is_of_the_police_stays_inside_the_municipality() -> None:
    ours, theirs = PartnerBody(is_internal=True), PartnerBody(is_internal=False)
    police = a_report(legal_basis=LegalBasis.POLICE)
    assert yes(rules.may_redirect(OPERATOR, a_report(), theirs)) and yes(
        rules.may_redirect(OPERATOR, police, ours)
    )
    assert refused(rules.may_redirect(OPERATOR, police, theirs), 409, "enti esterni")
    assert refused(rules.may_redirect(COUNCILLOR, police, theirs), 403, "non smista")


def test_one_person_takes_a_report_and_the_second_is_told_who_has_it() -> None:
    assert yes(rules.may_take(OPERATOR, a_report()))
    assert yes(rules.may_take(OPERATOR, of(ME, state=ReportState.WAITING)))
    assert refused(rules.may_take(OPERATOR, of(YOU)), 409, "La segue già Bruno Galli")
    assert refused(rules.may_take(OPERATOR, of(ME)), 409, "La segui già tu")
    assert refused(rules.may_take(COUNCILLOR, a_report()), 403, "non prende in carico")
    assert refused(rules.may_take(Actor.job("nightly", OPERATOR.capabilities), a_report()), 403, "programma")
    assert refused(rules.may_take(FROM_ELSEWHERE, a_report()), 403, "zona")


def test_who_follows_or_assigns_hands_back() -> None:
    assert yes(rules.may_hand_back(OPERATOR, of(ME))) and yes(rules.may_hand_back(COORDINATOR, of(ME)))
    assert refused(rules.may_hand_back(OPERATOR, a_report()), 409, "Nessuno segue")
    assert refused(rules.may_hand_back(OPERATOR, of(YOU)), 403, "La segue Bruno Galli")
    left = of(YOU, owner=User(pk=99, name="Lia Blu", is_active=False))
    assert yes(rules.may_hand_back(OPERATOR, left))
    assert refused(rules.may_hand_back(FROM_ELSEWHERE, left), 403, "zona")
    assert refused(rules.may_hand_back(OPERATOR, of(ME, state=ReportState.ANSWERED)), 409, "già chiusa")


def test_a_question_needs_someone_who_can_answer_it() -> None:
    assert yes(rules.may_ask_reporter(OPERATOR, a_report()))
    assert refused(rules.may_ask_reporter(OPERATOR, a_report(reporter=None)), 409, "anonimo")
    assert refused(rules.may_ask_reporter(OPERATOR, a_report(wants_contact=False)), 409, "non essere")
    assert refused(rules.may_ask_reporter(OPERATOR, a_report(state=ReportState.WAITING)), 409, "già una")
    assert refused(rules.may_ask_reporter(COUNCILLOR, a_report()), 403, "non smista")


def test_one_writes_to_who_left_a_way_in_or_out_of_a_case() -> None:
    assert yes(rules.may_write(OPERATOR, a_report(state=ReportState.LINKED)))
    assert refused(rules.may_write(OPERATOR, a_report(reporter=None)), 409, "anonimo")
    assert refused(rules.may_write(OPERATOR, a_report(wants_contact=False)), 409, "contattato")
    assert refused(rules.may_write(COUNCILLOR, a_report()), 403, "non scrive")
    assert refused(rules.may_write(FROM_ELSEWHERE, a_report()), 403, "zona")


def test_two_reports_of_one_regime_merge_and_never_in_a_circle() -> None:
    report, into = a_report(), a_report(pk=2, reference="2026-00002")
    assert yes(rules.may_merge(OPERATOR, report, into))
    assert refused(rules.may_merge(OPERATOR, report, report), 409, "sé stessa")
    merged = a_report(pk=2, reference="2026-00002", state=ReportState.MERGED)
    assert refused(rules.may_merge(OPERATOR, report, merged), 409, "2026-00002")
    for state in (ReportState.ANSWERED, ReportState.REDIRECTED, ReportState.SET_ASIDE):
        ended = a_report(pk=2, reference="2026-00002", state=state)
        assert refused(rules.may_merge(OPERATOR, report, ended), 409, "2026-00002 è già chiusa")
    assert yes(rules.may_merge(OPERATOR, report, a_report(pk=2, state=ReportState.LINKED)))
    police = a_report(pk=2, legal_basis=LegalBasis.POLICE)
    assert refused(rules.may_merge(OPERATOR, report, police), 409, "non si mescolano")
    assert refused(rules.may_merge(COUNCILLOR, report, into), 403, "smista")


def test_the_last_decision_is_taken_back_only_to_where_triage_was() -> None:
    ended = a_report(state=ReportState.ANSWERED)
    assert yes(rules.may_undo(OPERATOR, ended, ReportState.TAKEN))
    assert yes(rules.may_undo(OPERATOR, of(ME), ReportState.RECEIVED))
    assert refused(rules.may_undo(OPERATOR, a_report(), ReportState.TAKEN), 409, "niente da annullare")
    assert refused(rules.may_undo(OPERATOR, ended, ReportState.LINKED), 409, "non si può annullare")
    assert refused(rules.may_undo(OPERATOR, ended, None), 409, "non si può annullare")
    assert refused(rules.may_undo(COUNCILLOR, ended, ReportState.TAKEN), 403, "smista")
    assert refused(rules.may_undo(FROM_ELSEWHERE, ended, ReportState.TAKEN), 403, "zona")


def test_who_triages_corrects() -> None:
    assert yes(rules.may_correct(OPERATOR, a_report()))
    assert refused(rules.may_correct(COUNCILLOR, a_report()), 403, "non corregge")
    assert refused(rules.may_correct(FROM_ELSEWHERE, a_report()), 403, "zona")


def test_nobody_moves_a_report_to_a_regime_they_could_not_see_or_away_from_its_case() -> None:
    assert yes(rules.may_change_regime(OPERATOR, a_report(), LegalBasis.POLICE))
    assert yes(rules.may_change_regime(LABORATORY, a_report(), LegalBasis.ADMINISTRATIVE))
    assert refused(rules.may_change_regime(LABORATORY, a_report(), LegalBasis.POLICE), 403, "sicurezza")
    linked = a_report(state=ReportState.LINKED)
    assert refused(rules.may_change_regime(OPERATOR, linked, LegalBasis.POLICE), 409, "in un caso")


def test_only_placed_public_kinds_of_the_administrative_side_are_published() -> None:
    assert yes(rules.may_publish(OPERATOR, a_report())) and rules.is_showable(a_report())
    private = a_report(category=a_kind(is_public=False))
    assert refused(rules.may_publish(OPERATOR, private), 409, "mai pubbliche")
    assert refused(rules.may_publish(OPERATOR, a_report(lat=None)), 409, "punto")
    police = a_report(legal_basis=LegalBasis.POLICE)
    assert refused(rules.may_publish(OPERATOR, police), 409, "polizia")
    assert refused(rules.may_publish(COUNCILLOR, a_report()), 403, "corregge")
    assert not any(rules.is_showable(row) for row in (private, a_report(lat=None), police))


def test_only_who_holds_the_link_of_a_report_adds_to_it() -> None:
    report = a_report(state=ReportState.ANSWERED)
    assert yes(rules.may_add_to(RESIDENT, report)) and yes(rules.may_change_link(RESIDENT, report))
    assert refused(rules.may_add_to(STRANGER, report), 403, "altra segnalazione")
    assert refused(rules.may_change_link(OPERATOR, report), 403, "altra segnalazione")
    merged = a_report(state=ReportState.MERGED)
    assert refused(rules.may_add_to(RESIDENT, merged), 409, "unita a un'altra")


def test_who_stayed_anonymous_may_leave_contacts_once() -> None:
    assert yes(rules.may_leave_details(RESIDENT, a_report(reporter=None)))
    assert refused(rules.may_leave_details(RESIDENT, a_report()), 409, "già i tuoi contatti")
    assert refused(rules.may_leave_details(STRANGER, a_report(reporter=None)), 403, "altra")


@given(st.sampled_from(ReportState.values))
def test_only_an_open_report_concerns_others_too(state: str) -> None:
    assert yes(rules.may_say_me_too(a_report(state=state))) == (state in OPEN_STATES)


def test_a_handful_of_files_and_no_more() -> None:
    assert yes(rules.may_keep_files(2, kept=rules.MOST_FILES - 2))
    assert refused(rules.may_keep_files(2, kept=rules.MOST_FILES - 1), 409, str(rules.MOST_FILES))


def test_a_draft_is_sent_while_it_is_kept_and_rated_once_after() -> None:
    assert yes(rules.may_send(Draft())) and refused(rules.may_send(None), 409, "non è più salvata")
    assert yes(rules.may_rate(Sent("2026-00001")))
    assert refused(rules.may_rate(None), 409, "Prima invia")
    assert refused(rules.may_rate(Sent("2026-00001", is_rated=True)), 409, "già dato")


def test_who_imports_may_undo_until_someone_worked_on_it() -> None:
    assert yes(rules.may_import(ADMINISTRATOR)) and refused(rules.may_import(OPERATOR), 403, "non importa")
    assert yes(rules.may_undo_import(COORDINATOR, ImportBatch(), 0))
    assert refused(rules.may_undo_import(COORDINATOR, ImportBatch(), 3), 409, "3 segnalazioni")
    undone = ImportBatch(undone_at=clock.now())
    assert refused(rules.may_undo_import(COORDINATOR, undone, 0), 409, "già stata annullata")
    assert refused(rules.may_undo_import(OPERATOR, ImportBatch(), 0), 403, "importa")


def test_the_administrator_keeps_the_kinds_and_none_of_the_police_is_public() -> None:
    admin, police = LegalBasis.ADMINISTRATIVE, LegalBasis.POLICE
    assert yes(rules.may_keep_categories(ADMINISTRATOR, is_public=True, legal_basis=admin))
    assert yes(rules.may_keep_categories(ADMINISTRATOR, is_public=False, legal_basis=police))
    public = rules.may_keep_categories(ADMINISTRATOR, is_public=True, legal_basis=police)
    assert refused(public, 409, "mai pubblico")
    assert refused(
        rules.may_keep_categories(COORDINATOR, is_public=False, legal_basis=admin), 403, "gestisce"
    )


@given(st.sampled_from(ReportState.values), st.sampled_from(ReportState.values))
def test_there_is_no_way_out_of_the_table_of_moves(state: str, following: str) -> None:
    assert yes(REPORT_MOVES.may(state, following)) == (following in REPORT_MOVES.table[state])
    if state in ENDED_STATES and state != ReportState.ANSWERED:
        assert REPORT_MOVES.table[state] <= {ReportState.RECEIVED, ReportState.TAKEN, ReportState.WAITING}
