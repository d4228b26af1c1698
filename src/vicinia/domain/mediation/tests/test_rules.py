"""Who may do what when, without a database."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.actors import ADMINISTRATOR, COORDINATOR, FROM_ELSEWHERE, ME, OPERATOR, YOU, staff
from vicinia.domain.casework.models import Case
from vicinia.domain.mediation import rules
from vicinia.domain.mediation.models import Check, MediationFile
from vicinia.domain.mediation.rules import SideHeard, WhoItIs
from vicinia.domain.mediation.states import (
    ENDED,
    MEDIATION_MOVES,
    OPEN_STATES,
    QUESTIONS,
    MediationState,
    Unsuitable,
    is_whole,
    reasons_against,
)
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Role

S = MediationState
MEDIATOR = staff(Role.MEDIATOR, user_id=YOU)
OTHER_MEDIATOR = staff(Role.MEDIATOR, user_id=ME)
TODAY = dt.date(2026, 3, 2)
FITTING = {question.code: question.fits.value for question in QUESTIONS}


def case(**fields) -> Case:
    values = {
        "owner_id": OPERATOR.user_id,
        "owner": User(pk=OPERATOR.user_id, name="Anna Ferri"),
        "area_id": 1,
    }
    return Case(**(values | {"legal_basis": "administrative", "stage": "response"} | fields))


def file(state: str = S.FIRST_TALKS, **fields) -> MediationFile:
    mediator = User(pk=YOU, name="Marco Riva", role=Role.MEDIATOR)
    return MediationFile(**({"case": case(), "mediator": mediator, "state": state} | fields))


def test_it_is_asked_by_who_works_on_the_case_and_never_in_the_police_regime():
    assert rules.may_ask(OPERATOR, case(), has_open=False).allowed
    assert (
        "pubblica sicurezza" in rules.may_ask(OPERATOR, case(legal_basis="police"), has_open=False).sentence
    )
    assert "già una mediazione" in rules.may_ask(OPERATOR, case(), has_open=True).sentence
    assert rules.may_ask(ADMINISTRATOR, case(), has_open=False).status == 403
    assert rules.may_ask(FROM_ELSEWHERE, case(), has_open=False).status == 403
    assert rules.may_ask(MEDIATOR, case(), has_open=False).status == 403


def test_only_who_mediates_is_asked():
    assert rules.may_mediate("Marco", can=True).allowed
    assert "Marco non può mediare" in rules.may_mediate("Marco", can=False).sentence


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (WhoItIs(1), WhoItIs(2), ""),
        (WhoItIs(1), WhoItIs(words="il vicino"), ""),
        (WhoItIs(words="uno"), WhoItIs(words="due"), ""),
        (WhoItIs(1), WhoItIs(words=" "), "tutte e due"),
        (WhoItIs(), WhoItIs(2), "tutte e due"),
        (WhoItIs(1), WhoItIs(1), "stessa persona"),
    ],
)
def test_the_parties_are_two(first, second, words):
    verdict = rules.may_be_parties(first, second)
    assert verdict.allowed is not bool(words)
    assert words in str(verdict.sentence)


def test_another_mediator_is_chosen_only_when_the_first_is_gone():
    assert rules.may_replace(OPERATOR, file(), can_still=False).allowed
    assert "Marco Riva la segue ancora" in rules.may_replace(OPERATOR, file(), can_still=True).sentence
    assert "già finita" in rules.may_replace(OPERATOR, file(S.KEPT), can_still=False).sentence
    assert rules.may_replace(ADMINISTRATOR, file(), can_still=False).status == 403


def test_it_is_taken_back_before_there_is_an_agreement():
    for state in MediationState:
        expected = state in (S.REQUESTED, S.FIRST_TALKS, S.SESSIONS)
        assert rules.may_withdraw(OPERATOR, file(state)).allowed is expected
        assert rules.may_withdraw(MEDIATOR, file(state)).allowed is expected
    assert rules.may_withdraw(OTHER_MEDIATOR, file()).status == 403


def test_its_end_is_read_by_who_works_on_cases():
    assert rules.may_read_end(OPERATOR, file(S.KEPT)).allowed
    assert "ancora aperta" in rules.may_read_end(OPERATOR, file()).sentence
    assert rules.may_read_end(MEDIATOR, file(S.KEPT)).status == 403


@pytest.mark.parametrize(
    "who", [OPERATOR, COORDINATOR, ADMINISTRATOR, OTHER_MEDIATOR, replace(COORDINATOR, user_id=YOU)]
)
def test_everything_inside_is_the_own_mediators(who):
    check = Check(due_on=TODAY)
    asked = [
        rules.may_move(who, file(), S.SESSIONS),
        rules.may_decline(who, file(S.REQUESTED), "no_time"),
        rules.may_decline(who, file(S.REQUESTED), ""),
        rules.may_reach(who, file()),
        rules.may_reach(who, file(S.KEPT)),
        rules.may_note(who, file()),
        rules.may_note(who, file(S.REQUESTED)),
        rules.may_ask_suitability(who, file()),
        rules.may_ask_suitability(who, file(S.CHECKING)),
        rules.may_bring_together(who, file(), [SideHeard("A", True, FITTING)]),
        rules.may_bring_together(who, file(), [SideHeard("A", False, {})]),
        rules.may_bring_together(who, file(), [SideHeard("A", True, {})]),
        rules.may_bring_together(who, file(), [SideHeard("A", True, FITTING | {"fear": "yes"})]),
        rules.may_find_unsuitable(who, file(), "violence", "protect"),
        rules.may_find_unsuitable(who, file(), "", ""),
        rules.may_write_terms(who, file(S.SESSIONS)),
        rules.may_write_terms(who, file(S.CHECKING)),
        rules.may_agree(who, file(S.SESSIONS), terms=1),
        rules.may_agree(who, file(S.SESSIONS), terms=0),
        rules.may_print(who, file(S.AGREED)),
        rules.may_print(who, file()),
        rules.may_sign(who, file(S.AGREED), signed_on=TODAY, today=TODAY, terms=1),
        rules.may_check(who, file(S.CHECKING), check),
        rules.may_check(who, file(S.KEPT), check),
        rules.may_finish(who, file(S.CHECKING), S.KEPT, []),
        rules.may_plan(who, file(), next_on=TODAY, today=TODAY),
        rules.may_go_on_elsewhere(who, file()),
        rules.may_pass(who, file(), to_user_id=99, to_name="Sara", can=True),
    ]
    assert {verdict.status for verdict in asked} == {403}


def test_a_request_is_declined_by_choosing_why():
    assert rules.may_decline(MEDIATOR, file(S.REQUESTED), "no_time").allowed
    assert "perché" in rules.may_decline(MEDIATOR, file(S.REQUESTED), "").sentence
    assert not rules.may_decline(MEDIATOR, file(), "no_time").allowed


def test_parties_are_reached_while_it_is_open():
    for state in MediationState:
        assert rules.may_reach(MEDIATOR, file(state)).allowed is (state in OPEN_STATES)


def test_notes_are_written_once_it_is_accepted_until_it_ends():
    assert "Prima accetta" in rules.may_note(MEDIATOR, file(S.REQUESTED)).sentence
    for state in (S.FIRST_TALKS, S.SESSIONS, S.AGREED, S.CHECKING):
        assert rules.may_note(MEDIATOR, file(state)).allowed
    for state in ENDED:
        assert "già finita" in rules.may_note(MEDIATOR, file(state)).sentence


@pytest.mark.parametrize("code", [question.code for question in QUESTIONS])
@pytest.mark.parametrize("answer", ["yes", "no", "unsure"])
def test_one_answer_that_does_not_fit_keeps_the_parties_apart(code, answer):
    """Not knowing whether there is violence is no reason to bring people together."""
    fits = next(question.fits for question in QUESTIONS if question.code == code)
    sides = [SideHeard("parte A", True, FITTING), SideHeard("parte B", True, FITTING | {code: answer})]
    verdict = rules.may_bring_together(MEDIATOR, file(), sides)
    assert verdict.allowed is (answer == fits)
    if answer != fits:
        assert "parte B" in verdict.sentence and "via d'uscita" in str(verdict.hint)


def test_parties_meet_only_after_each_was_heard_alone():
    whole = SideHeard("parte A", True, FITTING)
    assert rules.may_bring_together(MEDIATOR, file(), [whole, whole]).allowed
    silent = SideHeard("parte B", False, FITTING)
    assert "senti da sola la parte B" in rules.may_bring_together(MEDIATOR, file(), [whole, silent]).sentence
    half = SideHeard("parte B", True, {"fear": "no"})
    assert "Mancano delle risposte" in rules.may_bring_together(MEDIATOR, file(), [whole, half]).sentence
    assert not rules.may_bring_together(MEDIATOR, file(S.REQUESTED), [whole, whole]).allowed


def test_the_reasons_against_are_said_once():
    assert reasons_against({}) == []
    assert reasons_against({"violence": "yes", "fear": "unsure"}) == [Unsuitable.VIOLENCE]
    assert reasons_against({"depends": "yes", "able": "no"}) == [Unsuitable.IMBALANCE, Unsuitable.NOT_ABLE]
    assert reasons_against(FITTING | {"willing": "no"}) == [Unsuitable.NOT_WILLING]
    assert is_whole(FITTING) and not is_whole({})


def test_it_is_never_unsuitable_without_a_way_out():
    assert rules.may_find_unsuitable(MEDIATOR, file(), "violence", "protect").allowed
    assert rules.may_find_unsuitable(MEDIATOR, file(S.SESSIONS), "violence", "protect").allowed
    for because, way_out in (("violence", ""), ("", "protect"), ("", "")):
        assert (
            "che cosa fare invece" in rules.may_find_unsuitable(MEDIATOR, file(), because, way_out).sentence
        )
    assert not rules.may_find_unsuitable(MEDIATOR, file(S.CHECKING), "violence", "protect").allowed


def test_questions_are_asked_before_an_agreement():
    for state in MediationState:
        expected = state in (S.FIRST_TALKS, S.SESSIONS)
        assert rules.may_ask_suitability(MEDIATOR, file(state)).allowed is expected


def test_terms_are_written_until_they_are_signed():
    for state in MediationState:
        assert rules.may_write_terms(MEDIATOR, file(state)).allowed is (state in (S.SESSIONS, S.AGREED))
    assert rules.may_agree(MEDIATOR, file(S.SESSIONS), terms=1).allowed
    assert "almeno un patto" in rules.may_agree(MEDIATOR, file(S.SESSIONS), terms=0).sentence


def test_an_agreement_is_printed_once_there_is_one():
    for state in MediationState:
        expected = state in (S.AGREED, S.CHECKING, S.KEPT, S.NOT_KEPT)
        assert rules.may_print(MEDIATOR, file(state)).allowed is expected


def test_it_is_signed_on_a_day_that_has_come():
    def may(state=S.AGREED, **given):
        facts = {"signed_on": TODAY, "today": TODAY, "terms": 1} | given
        return rules.may_sign(MEDIATOR, file(state), **facts)

    assert may().allowed
    assert "nel futuro" in may(signed_on=TODAY + dt.timedelta(days=1)).sentence
    assert "almeno un patto" in may(terms=0).sentence
    assert not may(S.SESSIONS).allowed


def done(kept: str) -> Check:
    return Check(due_on=TODAY, done_on=TODAY, kept=kept)


def test_a_check_is_made_once():
    assert rules.may_check(MEDIATOR, file(S.CHECKING), Check(due_on=TODAY)).allowed
    assert "già fatta" in rules.may_check(MEDIATOR, file(S.CHECKING), done("yes")).sentence
    assert "non è in verifica" in rules.may_check(MEDIATOR, file(S.KEPT), Check(due_on=TODAY)).sentence


@pytest.mark.parametrize(
    ("kept", "state", "words"),
    [
        (["yes", "yes"], S.KEPT, ""),
        (["no", "yes"], S.KEPT, ""),
        (["yes", "partly"], S.KEPT, ""),
        ([], S.KEPT, ""),
        (["yes", "no"], S.KEPT, "L'ultima verifica"),
        (["yes", None], S.KEPT, "Mancano ancora"),
        (["yes", None], S.NOT_KEPT, "Nessuna verifica"),
        (["no", None], S.NOT_KEPT, ""),
        (["partly", "yes"], S.NOT_KEPT, ""),
    ],
)
def test_kept_or_not_kept_is_what_the_checks_say(kept, state, words):
    checks = [done(one) if one else Check(due_on=TODAY) for one in kept]
    verdict = rules.may_finish(MEDIATOR, file(S.CHECKING), state, checks)
    assert verdict.allowed is not bool(words)
    assert words in str(verdict.sentence)
    assert not rules.may_finish(MEDIATOR, file(S.AGREED), state, checks).allowed


def test_the_next_step_has_a_day_to_come():
    assert rules.may_plan(MEDIATOR, file(), next_on=TODAY, today=TODAY).allowed
    past = TODAY - dt.timedelta(days=1)
    assert "da oggi in poi" in rules.may_plan(MEDIATOR, file(), next_on=past, today=TODAY).sentence


def test_it_is_passed_on_to_another_who_mediates():
    def may(state=S.SESSIONS, **given):
        facts = {"to_user_id": 99, "to_name": "Sara", "can": True} | given
        return rules.may_pass(MEDIATOR, file(state), **facts)

    assert may().allowed
    assert "già finita" in may(S.KEPT).sentence
    assert "La segui già tu" in may(to_user_id=YOU).sentence
    assert "Sara non può mediare" in may(can=False).sentence


def test_nothing_comes_after_an_end():
    assert all(not MEDIATION_MOVES.table[state] for state in ENDED)
    assert set(ENDED) | set(OPEN_STATES) == set(MediationState)
