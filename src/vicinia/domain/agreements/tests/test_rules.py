"""Who must sign by age, step by step answers, and every refusal with its sentence."""

import datetime as dt

import pytest

from vicinia.domain.agreements import rules
from vicinia.domain.agreements.models import AgreementReview, BehaviourAgreement, Invitation
from vicinia.domain.agreements.rules import Draft, Signer
from vicinia.domain.agreements.states import AgreementState, Grade, Part, TermKind
from vicinia.domain.casework.models import Case
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind

TODAY = dt.date(2026, 3, 10)
WORKS = Actor(
    ActorKind.STAFF,
    "user:1",
    "Anna",
    frozenset({Capability.WORK_CASES, Capability.SEE_CASES, Capability.ASSIGN}),
)
LOOKS = Actor(ActorKind.STAFF, "user:2", "Vera", frozenset({Capability.SEE_CASES}))
ALL_KINDS = frozenset(TermKind.values)


def adult(key: int, **more) -> Signer:
    return Signer(key, Part.COMMITS, **more)


def born(years: int, day: dt.date = TODAY) -> dt.date:
    return day.replace(year=day.year - years)


def one(state: str = "invited", **more) -> BehaviourAgreement:
    case = Case(stage="response", owner_id=1)
    days = {"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(days=180)}
    return BehaviourAgreement(reference="AC1", case=case, state=state, **(days | more))


def asked(**more) -> Invitation:
    return Invitation(**({"number": 1, "on": TODAY, "answer_by": TODAY, "answer": ""} | more))


@pytest.mark.parametrize(
    ("born_on", "day", "years"),
    [
        (dt.date(2008, 3, 10), dt.date(2026, 3, 9), 17),
        (dt.date(2008, 3, 10), dt.date(2026, 3, 10), 18),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), 17),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), 18),
        (dt.date(2016, 12, 31), dt.date(2026, 1, 1), 9),
    ],
)
def test_years_are_full_years(born_on, day, years):
    assert rules.age_on(born_on, day) == years


@pytest.mark.parametrize(
    ("age", "signing"),
    [(9, {2, 3}), (10, {1, 2, 3}), (17, {1, 2, 3}), (18, {1, 3})],
)
def test_who_signs_follows_from_age(age, signing):
    """Under 10 the parent alone, under 18 the parent too, then nobody signs for anybody."""
    parties = [
        adult(1, born_on=born(age)),
        Signer(2, Part.GUARDIAN, guards=1),
        Signer(3, Part.UNIT),
    ]
    assert {party.key for party in rules.who_signs(parties, TODAY)} == signing


def test_each_minor_needs_a_parent_and_siblings_may_share_one():
    children = [adult(1, born_on=born(12)), adult(2, born_on=born(8))]
    first = Signer(3, Part.GUARDIAN, guards=1)
    assert [party.key for party in rules.without_guardian([*children, first], TODAY)] == [2]
    both = [*children, first, Signer(4, Part.GUARDIAN, guards=2)]
    assert not rules.without_guardian(both, TODAY)
    assert {party.key for party in rules.who_signs(both, TODAY)} == {1, 3, 4}


def test_who_signed_at_seventeen_keeps_needing_the_parent_though_eighteen_meanwhile():
    signed = TODAY - dt.timedelta(days=2)
    child = adult(1, born_on=born(18, TODAY - dt.timedelta(days=1)), signed_on=signed)
    assert rules.still_to_sign([child, Signer(2, Part.GUARDIAN, guards=1)], TODAY)
    unsigned = adult(1, born_on=child.born_on)
    assert [p.key for p in rules.still_to_sign([unsigned, Signer(2, Part.GUARDIAN, guards=1)], TODAY)] == [1]


def test_it_is_proposed_to_somebody_about_facts_and_for_a_time():
    assert not rules.may_be_proposed(people=0, why="x")
    assert not rules.may_be_proposed(people=1, why=" ")
    assert rules.may_be_proposed(people=1, why="x")
    assert not rules.may_run(TODAY, TODAY)
    assert not rules.may_run(TODAY, TODAY + dt.timedelta(days=900))
    assert rules.may_run(TODAY, TODAY + dt.timedelta(days=180))


def test_only_who_works_on_the_case_acts_also_after_it_is_closed():
    agreement = one()
    assert rules.may_work(WORKS, agreement)
    assert rules.may_work(LOOKS, agreement).status == 403
    agreement.case.stage = "closed"
    assert rules.may_work(WORKS, agreement)
    assert rules.may_work(LOOKS, agreement).status == 403
    assert rules.may_propose(WORKS, agreement.case).status == 409


@pytest.mark.parametrize(
    ("invitations", "state", "allowed"),
    [
        ([asked()], "invited", False),
        ([asked(answer_by=TODAY - dt.timedelta(days=1))], "invited", True),
        ([asked(answer="no")], "invited", True),
        ([asked(answer="undecided")], "invited", True),
        ([asked(answer="yes")], "invited", False),
        ([asked(answer="no"), asked(number=2)], "invited", False),
        ([asked(answer="no")], "signed", False),
    ],
)
def test_the_second_invitation_follows_a_first_that_is_over(invitations, state, allowed):
    assert bool(rules.may_invite_again(WORKS, one(state), invitations, TODAY)) is allowed


def test_a_refusal_is_written_only_after_two_invitations():
    no = asked(answer="no")
    assert not rules.may_refuse(WORKS, one(), [no], TODAY)
    assert not rules.may_refuse(WORKS, one(), [no, asked(number=2)], TODAY)
    assert not rules.may_refuse(WORKS, one(), [no, asked(number=2, answer="yes")], TODAY)
    assert rules.may_refuse(WORKS, one(), [no, asked(number=2, answer="no")], TODAY)
    assert not rules.may_refuse(WORKS, one("in_force"), [no, no], TODAY)


def test_answers_come_while_it_is_proposed_and_expire_after_their_day():
    late = asked(answer_by=TODAY - dt.timedelta(days=1))
    assert rules.may_answer(WORKS, one(), asked())
    assert not rules.may_answer(WORKS, one("signed"), asked())
    assert rules.may_expire(one(), late, TODAY)
    assert not rules.may_expire(one(), asked(), TODAY)
    assert not rules.may_expire(one("signed"), late, TODAY)


def test_whoever_signed_may_give_it_up_at_any_moment():
    for state in ("invited", "signed", "in_force", "breached"):
        assert rules.may_withdraw(WORKS, one(state), "they")
    assert not rules.may_withdraw(WORKS, one("in_force"), "")
    assert not rules.may_withdraw(WORKS, one("completed"), "they")


def test_terms_are_written_until_somebody_signs():
    blank, begun = Draft(frozenset(), 0, TODAY), Draft(ALL_KINDS, 1, TODAY)
    assert rules.may_write(WORKS, one(), blank)
    assert not rules.may_write(WORKS, one(), begun)
    assert not rules.may_write(WORKS, one("in_force"), None)
    assert not rules.may_write(WORKS, one("withdrawn"), blank)
    assert rules.may_change(WORKS, one(), blank)
    assert not rules.may_change(WORKS, one("in_force"), blank)
    assert not rules.may_start_again(WORKS, one(), blank)
    assert not rules.may_start_again(WORKS, one(), None)
    assert rules.may_start_again(WORKS, one(), begun)


def test_the_date_of_birth_is_asked_only_of_who_is_under_age():
    assert rules.may_be_born(None, TODAY)
    assert rules.may_be_born(born(17), TODAY)
    assert not rules.may_be_born(born(18), TODAY)
    assert not rules.may_be_born(TODAY + dt.timedelta(days=1), TODAY)


def test_somebody_stays_in_it():
    assert not rules.may_drop_party(Part.UNIT, committing=2)
    assert not rules.may_drop_party(Part.COMMITS, committing=1)
    assert rules.may_drop_party(Part.COMMITS, committing=2)
    assert rules.may_drop_party(Part.BODY, committing=1)


def test_nobody_signs_an_agreement_of_prohibitions_only():
    later = TODAY + dt.timedelta(days=90)
    whole, parties = Draft(ALL_KINDS, 0, later), [adult(1), Signer(2, Part.UNIT)]
    assert rules.may_open_signing(WORKS, one(), whole, parties, TODAY)
    for kind in TermKind.values:
        lacking = Draft(ALL_KINDS - {kind}, 0, later)
        assert "una da fare" in str(rules.may_open_signing(WORKS, one(), lacking, parties, TODAY).sentence)
    over = Draft(ALL_KINDS, 0, TODAY)
    assert "già finito" in str(rules.may_open_signing(WORKS, one(), over, parties, TODAY).sentence)
    alone = [adult(1, born_on=born(15))]
    assert "genitore" in str(rules.may_open_signing(WORKS, one(), whole, alone, TODAY).sentence)
    assert not rules.may_open_signing(WORKS, one(), None, parties, TODAY)
    assert not rules.may_open_signing(WORKS, one("refused"), whole, parties, TODAY)
    assert rules.may_open_signing(LOOKS, one(), whole, parties, TODAY).status == 403


def test_only_those_who_must_sign_do_on_a_day_that_has_come():
    parties = [adult(1), adult(2, signed_on=TODAY), Signer(3, Part.UNIT)]
    assert rules.may_sign(parties, {1, 3}, signed_on=TODAY, today=TODAY)
    assert not rules.may_sign(parties, {2}, signed_on=TODAY, today=TODAY)
    assert not rules.may_sign(parties, {9}, signed_on=TODAY, today=TODAY)
    assert not rules.may_sign(parties, (), signed_on=TODAY, today=TODAY)
    assert not rules.may_sign(parties, {1}, signed_on=TODAY + dt.timedelta(days=1), today=TODAY)


def test_it_starts_on_its_day():
    assert rules.may_start(one("signed"), TODAY)
    assert not rules.may_start(one("signed", starts_on=TODAY + dt.timedelta(days=1)), TODAY)
    assert not rules.may_start(one("invited"), TODAY)


def test_terms_are_revised_one_proposal_at_a_time_with_a_reason():
    assert rules.may_revise(WORKS, one("in_force"), has_draft=False, why="x")
    assert not rules.may_revise(WORKS, one("in_force"), has_draft=True, why="x")
    assert not rules.may_revise(WORKS, one("in_force"), has_draft=False, why=" ")
    assert not rules.may_revise(WORKS, one("invited"), has_draft=False, why="x")
    assert rules.may_drop_draft(WORKS, one("in_force"), number=2)
    assert not rules.may_drop_draft(WORKS, one("in_force"), number=0)
    assert not rules.may_drop_draft(WORKS, one("invited"), number=1)


def test_a_paper_needs_terms():
    assert rules.may_print(WORKS, one(), terms=1)
    assert not rules.may_print(WORKS, one(), terms=0)


def test_reviews_and_breaches_belong_to_one_in_force():
    undone, done = AgreementReview(due_on=TODAY), AgreementReview(due_on=TODAY, done_on=TODAY)
    assert rules.may_review(WORKS, one("in_force"), undone)
    assert not rules.may_review(WORKS, one("in_force"), done)
    assert not rules.may_review(WORKS, one("completed"), undone)
    assert rules.may_note_breach(WORKS, one("breached"))
    assert not rules.may_note_breach(WORKS, one("signed"))
    signed = one("in_force", starts_on=TODAY - dt.timedelta(days=9), signed_on=TODAY - dt.timedelta(days=4))
    for days, allowed in ((0, True), (4, True), (5, False), (-1, False)):
        on = TODAY - dt.timedelta(days=days)
        assert bool(rules.may_be_breach(signed, on=on, what="x", today=TODAY)) is allowed
    assert not rules.may_be_breach(signed, on=TODAY, what=" ", today=TODAY)
    assert rules.may_be_breach(one("in_force"), on=TODAY, what="x", today=TODAY)


@pytest.mark.parametrize(
    ("ladder", "grade", "skipped_why", "allowed"),
    [
        ([], "talk", "", True),
        ([], "warning", "", False),
        ([], "warning", "una minaccia", True),
        (["talk"], "warning", "", True),
        (["talk"], "talk", "", True),
        (["talk"], "revision", "", False),
        (["talk", "warning"], "revision", "", True),
        (["warning", "talk"], "revision", "", True),
        (["revision"], "escalation", "", True),
        (["escalation"], "escalation", "", True),
    ],
)
def test_one_answers_step_by_step_or_says_why_not(ladder, grade, skipped_why, allowed):
    answer = rules.may_answer_with(grade, ladder, skipped_why=skipped_why, note="x", passed_to="network")
    assert bool(answer) is allowed


def test_an_answer_says_what_was_said_and_to_whom_it_passes():
    assert rules.next_grade([]) == Grade.TALK
    assert not rules.may_answer_with("talk", [], skipped_why="", note=" ", passed_to="")
    assert not rules.may_answer_with("escalation", ["revision"], skipped_why="", note="x", passed_to="")
    assert rules.may_respond(WORKS, one("breached"), has_draft=False)
    assert not rules.may_respond(WORKS, one("breached"), has_draft=True)
    assert not rules.may_respond(WORKS, one("in_force"), has_draft=False)


def test_it_ends_with_its_reviews_made_or_explained():
    over, running = one("in_force", ends_on=TODAY), one("in_force")
    assert rules.may_complete(WORKS, over) and not rules.may_complete(WORKS, one("invited"))
    values = {"held": "yes", "undone": 0, "note": "", "today": TODAY}
    assert rules.may_end(over, **values)
    assert not rules.may_end(over, **(values | {"held": ""}))
    assert not rules.may_end(over, **(values | {"undone": 1}))
    assert rules.may_end(over, **(values | {"undone": 1, "note": "è in ospedale"}))
    assert not rules.may_end(running, **values)


def test_words_go_only_when_the_town_has_decided_when():
    ended = one("completed", ended_on=dt.date(2025, 3, 10))
    assert rules.may_forget(ended, TODAY, months=12)
    assert not rules.may_forget(ended, TODAY - dt.timedelta(days=1), months=12)
    assert not rules.may_forget(ended, TODAY, months=0)
    assert not rules.may_forget(one("in_force"), TODAY, months=12)


def test_states_that_end_lead_nowhere():
    assert not rules.may_move(WORKS, one("refused"), AgreementState.INVITED)
