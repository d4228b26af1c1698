"""Residents, staff, categories and the words of reports."""

import datetime as dt
import random
import re
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from vicinia.demo.people import BODIES, STAFF, TEAMS, settle_residents
from vicinia.demo.town import build_town
from vicinia.demo.words import (
    CATEGORIES,
    GROUPS,
    KINDS,
    NATIONAL,
    VOICES,
    WORDS,
    Telling,
    answer,
    commitment,
    contact_note,
    episode,
    intervention,
    write,
)  # fmt: skip
from vicinia.demo.words.moments import at_hour, until_hour, when

ROME = ZoneInfo("Europe/Rome")
TOWN = build_town(2026)


def test_residents_are_the_same_for_a_seed_and_live_at_real_doors() -> None:
    residents = settle_residents(TOWN, seed=1)
    assert residents == settle_residents.__wrapped__(TOWN, seed=1)
    assert len(residents) == 900
    doors = {civic.label for civic in TOWN.civics}
    assert all(one.civic.label in doors for one in residents)
    assert residents[0].name == "Luisa Bassi"


def test_telephones_can_be_parsed_and_are_each_ones_own() -> None:
    residents = settle_residents(TOWN, seed=1)
    assert len({one.phone for one in residents}) == len(residents)
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(one.phone)) for one in residents)
    assert all(one.email.endswith(".example") for one in residents if one.email)


def test_the_communities_of_such_a_town_are_there() -> None:
    residents = settle_residents(TOWN, seed=1)
    found = {one.community for one in residents}
    assert found == {"it", "ro", "ma", "al", "ua", "pk", "cn", "gh", "ph"}
    italian = sum(one.community == "it" for one in residents) / len(residents)
    assert 0.65 < italian < 0.88


def test_every_role_has_someone_and_every_quarter_a_team() -> None:
    assert {member.role for member in STAFF} == {
        "operator", "coordinator", "laboratory", "mediator", "partner", "council", "dpo", "administrator",
    }  # fmt: skip
    teams = {team.code for team in TEAMS}
    assert all(member.team in teams for member in STAFF)
    assert {quarter.name for quarter in TOWN.quarters} == {name for team in TEAMS for name in team.quarters}
    assert all(not member.body or member.body in {body.code for body in BODIES} for member in STAFF)


def test_categories_have_two_levels_and_never_publish_people() -> None:
    groups = {group.code for group in GROUPS}
    assert len(groups) == 10
    assert 45 <= len(CATEGORIES) <= 55
    assert all(kind.group in groups and kind.national_code in NATIONAL for kind in CATEGORIES)
    private = {"quiete", "vicinato", "spazi", "persone", "sicurezza"}
    assert not [kind.code for kind in CATEGORIES if kind.public and kind.group in private]
    assert not [kind.code for kind in CATEGORIES if kind.public and kind.default_legal_basis == "police"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_words_and_every_note_a_text(kind: str) -> None:
    rng, words = random.Random(5), WORDS[kind]
    assert (
        len(words.titles) >= 3
        and len(words.facts) >= 4
        and len(words.details) >= 3
        and len(words.effects) >= 2
    )
    assert contact_note(kind, rng) and episode(kind, rng) and answer(kind)
    assert commitment(kind, rng).days > 0
    assert intervention(kind, rng).cause


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.code)
def test_no_voice_leaves_a_slot_open_or_a_double_space(voice) -> None:
    at = dt.datetime(2026, 7, 18, 23, 40, tzinfo=ROME)
    for kind in KINDS:
        for channel in ("web", "phone", "desk", "street", "partner"):
            telling = Telling(
                kind,
                at,
                at + dt.timedelta(hours=9),
                "in via dei Gelsi 4",
                channel,
                earlier=(dt.date(2026, 7, 1),),
            )
            text = write(telling, voice, random.Random(f"{kind}{channel}"))
            assert not re.search(r"[{}]|  |\bda da\b", text.title + text.description)
            assert text.description.strip()


def test_hours_are_said_as_people_say_them() -> None:
    rng = random.Random(2)
    said = {at_hour(dt.datetime(2026, 1, 1, hour, 30, tzinfo=ROME), rng) for hour in range(24)}
    said |= {until_hour(dt.datetime(2026, 1, 1, hour, 0, tzinfo=ROME), rng) for hour in range(24)}
    assert not [words for words in said if re.search(r"\ba le\b|alle l'|a l'|alle alle", words)]
    night = dt.datetime(2026, 11, 22, 1, 30, tzinfo=ROME)
    assert when(night, dt.datetime(2026, 11, 22, 9, tzinfo=ROME)) == "stanotte"
    assert when(night, dt.datetime(2026, 11, 23, 9, tzinfo=ROME)) == "sabato notte"
