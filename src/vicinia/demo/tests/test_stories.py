"""Every story holds together: people, references, moves, places."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from vicinia.demo.people import BODIES, STAFF
from vicinia.demo.stories import STORIES, VERBS, Story
from vicinia.demo.town import build_town
from vicinia.demo.words import KINDS

ROME = ZoneInfo("Europe/Rome")
NOW = dt.datetime(2026, 11, 23, 19, 30, tzinfo=ROME)
MOVES = {
    "scanning": {"analysis", "response", "closed"},
    "analysis": {"scanning", "response", "closed"},
    "response": {"analysis", "assessment", "closed"},
    "assessment": {"response", "watching", "closed"},
    "watching": {"response", "closed"},
    "closed": {"analysis", "response"},
}
every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.code)


def stages_of(story: Story) -> list[str]:
    found = ["scanning"]
    for _, act in story.in_order(NOW):
        if act.verb in {"stage", "reopen"}:
            found.append(act.stage)
        if act.verb == "close":
            found.append("closed")
    return found


def test_there_are_stories_in_every_stage_and_with_every_outcome() -> None:
    assert len(STORIES) >= 26
    assert len({story.code for story in STORIES}) == len(STORIES)
    assert {story.final_stage for story in STORIES} == set(MOVES)
    outcomes = {act.outcome for story in STORIES for act in story.acts if act.verb == "close"}
    assert outcomes == {"solved", "improved", "contained", "handed_over", "unfounded", "withdrawn"}


@every_story
def test_a_story_moves_only_where_a_case_may_and_ends_where_it_says(story: Story) -> None:
    stages = stages_of(story)
    assert all(after in MOVES[before] for before, after in pairwise(stages))
    assert stages[-1] == story.final_stage


@every_story
def test_acts_come_in_order_and_are_known(story: Story) -> None:
    verbs = [act.verb for _, act in story.in_order(NOW)]
    assert verbs[0] == "report"
    assert verbs.count("open") == 1
    if story.owner:
        work = [verbs.index(verb) for verb in ("stage", "commit", "plan", "close") if verb in verbs]
        assert verbs.index("open") < verbs.index("take") < min(work, default=len(verbs))
    assert {act.verb for act in story.acts} <= set(VERBS)
    assert all(act.by in {member.username for member in STAFF} for act in story.acts if act.by)
    assert all(moment < NOW for moment, _ in story.in_order(NOW))


@every_story
def test_keys_are_made_before_they_are_used(story: Story) -> None:
    made = {
        "report": "report",
        "commit": "commitment",
        "plan": "intervention",
        "task": "task",
        "refer": "request",
        "letter": "letter",
        "review_recommend": "recommendation",
        "ask_mediation": "mediation",
        "propose_agreement": "agreement",
    }
    ends = {
        "keep": "c",
        "break": "c",
        "drop": "c",
        "carry_out": "i",
        "cancel": "i",
        "done": "t",
        "accepts": "q",
        "letter_send": "l",
    }
    known: dict[str, dt.datetime] = {}
    for act in story.acts:
        if act.verb in made:
            assert act.key not in known
            known[act.key] = act.at(NOW)
        elif act.key:
            assert known[act.key] <= act.at(NOW)
        if act.verb in ends:
            assert act.key.startswith(ends[act.verb])


@every_story
def test_people_bodies_and_kinds_exist(story: Story) -> None:
    parts = {part.code for part in story.people}
    users = {member.username for member in STAFF}
    assert story.kind in KINDS
    assert story.owner == "" or story.owner in users
    assert all(set(act.body.split()) <= {body.code for body in BODIES} for act in story.acts)
    for act in story.acts:
        if act.verb in {"report", "contact"} and act.who:
            assert act.who in parts
    assert (story.legal_basis == "police") == (KINDS[story.kind].default_legal_basis == "police")


@every_story
def test_a_case_closes_with_its_commitments_ended(story: Story) -> None:
    still_open: set[str] = set()
    for _, act in story.in_order(NOW):
        if act.verb in {"commit", "task", "plan"}:
            still_open.add(act.key)
        still_open -= (
            {act.key} if act.verb in {"keep", "break", "drop", "done", "carry_out", "cancel"} else set()
        )
        if act.verb == "close":
            assert not still_open


@every_story
def test_a_story_happens_somewhere_in_its_quarter(story: Story) -> None:
    town = build_town(2026)
    if story.place:
        assert town.place(story.place).quarter == story.quarter
    else:
        assert any(civic.quarter == story.quarter for civic in town.civics_of(story.street))
