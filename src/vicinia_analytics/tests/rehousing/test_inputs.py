"""Instances: what is read comes out again, and all that is wrong is said at once."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.made_up_estate import tiny
from vicinia_analytics.rehousing import (
    Adequacy,
    Dwelling,
    Fixed,
    Household,
    Instance,
    RehousingInputError,
    read_instance,
)
from vicinia_analytics.tests.rehousing.small import SMALL, SMALL_JSON


def problems(change: Callable[[dict[str, Any]], object]) -> list[str]:
    """What is said about the small case, changed."""
    data = copy.deepcopy(SMALL_JSON)
    change(data)
    with pytest.raises(RehousingInputError) as refused:
        Instance.from_json(data)
    return list(refused.value.problems)


def test_the_example_of_the_format() -> None:
    assert SMALL.periods[1] == "2027-04" and SMALL.moves_per_period == 2
    assert SMALL.dwelling("a1") == Dwelling("a1", "A", "1", 50.0, 2, True, (True, False, True, True))
    assert SMALL.household("h3") == Household("h3", "b1", 1, refuses=frozenset({"c1"}))
    assert SMALL.household("h1") == Household("h1", "a1", 2, True, True, 2, True, ("h2",))
    assert SMALL.fixed == (Fixed("h3", 2, "b1"),)
    assert SMALL.published is not None and SMALL.published["h2"] == ("a2", "c2", "c2", "a2")
    with pytest.raises(KeyError):
        SMALL.dwelling("h1")


def test_what_may_be_left_out() -> None:
    data = copy.deepcopy(SMALL_JSON)
    for key in ("fixed", "moves_per_period", "published"):
        del data[key]
    data["households"] = [{"id": "h1", "home": "a1", "size": 2}]
    short = Instance.from_json(data)
    assert short.households == (Household("h1", "a1", 2),)
    assert (short.fixed, short.moves_per_period, short.published) == ((), None, None)
    whole = short.to_json()
    assert whole["households"][0] == {
        "id": "h1", "home": "a1", "size": 2, "needs_step_free": False, "fragile": False, "max_moves": 2,
        "claims_return": False, "near": [], "refuses": [],
    }  # fmt: skip
    assert whole["published"] is None and Instance.from_json(whole) == short


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 100_000))
def test_what_is_read_comes_out_again(seed: int) -> None:
    instance = tiny(seed)
    text = json.dumps(instance.to_json())
    again = Instance.from_json(json.loads(text))
    assert again == instance and again.sha256 == instance.sha256 and json.dumps(again.to_json()) == text


def test_the_fingerprint_is_of_what_is_meant() -> None:
    assert SMALL.sha256 == Instance.from_json(dict(reversed(SMALL_JSON.items()))).sha256
    with_refusals = [
        replace(SMALL, households=(replace(SMALL.households[0], refuses=refused), *SMALL.households[1:]))
        for refused in (frozenset(["b1", "b2"]), frozenset(["b2", "b1"]), frozenset(["b1"]))
    ]
    assert with_refusals[0].sha256 == with_refusals[1].sha256 != with_refusals[2].sha256
    whole = replace(SMALL, dwellings=(replace(SMALL.dwellings[0], area_m2=50), *SMALL.dwellings[1:]))
    assert whole.sha256 == SMALL.sha256, "50 m² are 50.0 m²"
    assert replace(SMALL, moves_per_period=3).sha256 != SMALL.sha256
    assert len(SMALL.sha256) == 64


def test_the_smallest_area_by_size() -> None:
    table = Adequacy({1: 28.0, 2: 40.0, 3: 100.0}, 0.41)
    assert table.required(3) == table.required(9) == 59.0
    assert Adequacy({1: 28.0, 2: 40.0}, 0.15).required(2) == 34.0
    assert Adequacy({1: 28.0}, 0).required(1) == 28.0


@pytest.mark.parametrize(
    ("household", "dwelling", "may"),
    [
        ("h1", "a1", True),
        ("h1", "c1", True),
        ("h1", "c2", False),  # has steps
        ("h2", "a2", True),  # too small for three, and home
        ("h2", "a1", False),
        ("h2", "c2", True),
        ("h3", "c1", False),  # refused
        ("h3", "b2", True),
    ],
)
def test_where_somebody_may_live(household: str, dwelling: str, may: bool) -> None:
    assert SMALL.admits(SMALL.household(household), SMALL.dwelling(dwelling)) is may


def test_a_home_is_a_home_even_if_it_has_steps_or_is_refused() -> None:
    household = replace(SMALL.household("h3"), refuses=frozenset({"b1"}), needs_step_free=True)
    assert SMALL.admits(household, SMALL.dwelling("b1"))


def put(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    """A change of the document: a value put at a path."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (put("format", to="vicinia-rehousing/2"), ["format: it is not vicinia-rehousing/1"]),
        (put("pools", to=3), ["pools: there is no such key"]),
        (put("periods", 2, to="2027-04"), ["periods[2]: 2027-04 is not after 2027-04"]),
        (put("periods", 2, to=7), ["periods[2]: a text is needed, not 7"]),
        (put("periods", to=[]), ["periods: there are none", *(f"dwellings[{n}].available: 4 values for 0 periods" for n in range(6)), "fixed[0].period: 2 is not from 0 to -1", *(f"published.h{n}: 4 values for 0 periods" for n in (1, 2, 3))]),
        (put("periods", to="2027"), ['periods: a list is needed, not "2027"']),
        (put("dwellings", 1, "id", to="a1"), ["dwellings[1].id: a1 is that of dwellings[0] too", "households[1].home: there is no dwelling a2", "published.h2[0]: there is no dwelling a2", "published.h2[3]: there is no dwelling a2"]),
        (put("dwellings", 1, "colour", to="red"), ["dwellings[1].colour: there is no such key"]),
        (put("dwellings", 1, "area_m2", to=0), ["dwellings[1].area_m2: 0 is not an area"]),
        (put("dwellings", 1, "area_m2", to=float("nan")), ["dwellings[1].area_m2: the number is not finite"]),
        (put("dwellings", 1, "area_m2", to=float("inf")), ["dwellings[1].area_m2: the number is not finite"]),
        (put("dwellings", 1, "area_m2", to=10**400), ["dwellings[1].area_m2: the number is not finite"]),
        (put("dwellings", 1, "area_m2", to="50"), ['dwellings[1].area_m2: a number is needed, not "50"']),
        (put("dwellings", 1, "area_m2", to=True), ["dwellings[1].area_m2: a number is needed, not true"]),
        (put("dwellings", 1, "rooms", to=0), ["dwellings[1].rooms: 0 is below 1"]),
        (put("dwellings", 1, "rooms", to=2.5), ["dwellings[1].rooms: a whole number is needed, not 2.5"]),
        (put("dwellings", 1, "rooms", to=False), ["dwellings[1].rooms: a whole number is needed, not false"]),
        (put("dwellings", 1, "step_free", to=1), ["dwellings[1].step_free: true or false is needed, not 1"]),
        (put("dwellings", 1, "available", to=[True]), ["dwellings[1].available: 1 value for 4 periods"]),
        (put("dwellings", 1, "available", 0, to=0), ["dwellings[1].available[0]: true or false is needed, not 0"]),
        (put("dwellings", 1, "available", to=None), ["dwellings[1].available: a list is needed, not null"]),
        (put("dwellings", 1, "available", 0, to=False), ["households[1].home: a2 is not available in period 0, which is today"]),
        (put("dwellings", 3, to=[]), ["dwellings[3]: an object is needed, not a list"]),
        (lambda data: data.update(households=[], fixed=[], published=None), ["households: there are none"]),
        (put("households", 1, "id", to="h1"), ["households[1].id: h1 is that of households[0] too", "households[0].near[0]: there is no household h2", "households[1].near[0]: h1 is the household itself", "published.h2: there is no household h2"]),
        (put("households", 1, "home", to="a1"), ["households[1].home: a1 is the home of h1 too"]),
        (put("households", 1, "home", to="d99"), ["households[1].home: there is no dwelling d99"]),
        (put("households", 1, "home", to=""), ["households[1].home: a text is needed, not an empty text"]),
        (put("households", 1, "size", to=0), ["households[1].size: 0 is below 1"]),
        (put("households", 1, "max_moves", to=-1), ["households[1].max_moves: -1 is below 0"]),
        (put("households", 1, "near", to=["h1", "h2", "h9", "h1"]), ["households[1].near[1]: h2 is the household itself", "households[1].near[2]: there is no household h9", "households[1].near[3]: h1 is there twice"]),
        (put("households", 1, "refuses", to=["z9", "c1", "c1"]), ["households[1].refuses[2]: c1 is there twice", "households[1].refuses: there is no dwelling z9"]),
        (put("households", 1, "near", to={}), ["households[1].near: a list is needed, not an object"]),
        (put("adequacy", to=[]), ["adequacy: an object is needed, not a list"]),
        (put("adequacy", "tolerance", to=1), ["adequacy.tolerance: 1 is not from 0 to below 1"]),
        (put("adequacy", "tolerance", to=-0.1), ["adequacy.tolerance: -0.1 is not from 0 to below 1"]),
        (put("adequacy", "min_area_m2", to={}), ["adequacy.min_area_m2: there are no sizes"]),
        (put("adequacy", "min_area_m2", to={"1": 28, "4": 70}), ["adequacy.min_area_m2.2: is missing", "adequacy.min_area_m2.3: is missing"]),
        (put("adequacy", "min_area_m2", "0", to=10), ["adequacy.min_area_m2.0: a household has one person or more"]),
        (put("adequacy", "min_area_m2", "2", to=-1), ["adequacy.min_area_m2.2: -1 is not an area"]),
        (put("adequacy", "min_area_m2", "01", to=28), ["adequacy.min_area_m2.01: a number of people is needed as key"]),
        (put("adequacy", "min_area_m2", "9999", to=28), ["adequacy.min_area_m2.9999: a number of people is needed as key"]),
        (put("adequacy", "min_area_m2", "²", to=28), ["adequacy.min_area_m2.²: a number of people is needed as key"]),
        (put("fixed", 0, "household", to="h9"), ["fixed[0].household: there is no household h9"]),
        (put("fixed", 0, "dwelling", to="z9"), ["fixed[0].dwelling: there is no dwelling z9"]),
        (put("fixed", 0, "period", to=4), ["fixed[0].period: 4 is not from 0 to 3"]),
        (put("fixed", 0, to={"household": "h3", "period": 0, "dwelling": None}), ["fixed[0].dwelling: in period 0, which is today, h3 is at home"]),
        (put("fixed", 0, to={"household": "h3", "period": 0}), ["fixed[0].dwelling: is missing"]),
        (lambda data: data["fixed"].append({"household": "h3", "period": 2, "dwelling": None}), ["fixed[1]: h3 in period 2 is fixed twice"]),
        (put("moves_per_period", to=-1), ["moves_per_period: -1 is below 0"]),
        (put("moves_per_period", to="2"), ['moves_per_period: a whole number is needed, not "2"']),
        (put("published", "h9", to=["a1", "a1", "a1", "a1"]), ["published.h9: there is no household h9"]),
        (put("published", "h3", to=["b1", "z9", None]), ["published.h3: 3 values for 4 periods", "published.h3[1]: there is no dwelling z9"]),
        (lambda data: data["published"].pop("h3"), ["published.h3: is missing"]),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_its_path(
    change: Callable[[dict[str, Any]], object], sentences: list[str]
) -> None:
    assert problems(change) == sentences


def test_what_is_missing_is_said_without_more() -> None:
    def nothing(data: dict[str, Any]) -> None:
        data.clear()

    assert problems(nothing) == [
        f"{key}: is missing" for key in ("format", "periods", "dwellings", "households", "adequacy")
    ]
    assert problems(lambda data: data.pop("adequacy")) == ["adequacy: is missing"]
    with pytest.raises(RehousingInputError, match="document: an object is needed, not a list"):
        Instance.from_json([])


def test_all_faults_are_said_at_once() -> None:
    def many(data: dict[str, Any]) -> None:
        data["dwellings"][0]["rooms"] = 0
        data["dwellings"][0]["balcony"] = True
        data["households"][2]["home"] = "d99"
        data["households"][2]["size"] = "one"
        data["adequacy"]["tolerance"] = 2
        del data["fixed"][0]["household"]

    assert set(problems(many)) == {
        "dwellings[0].balcony: there is no such key",
        "dwellings[0].rooms: 0 is below 1",
        "households[2].home: there is no dwelling d99",
        'households[2].size: a whole number is needed, not "one"',
        "adequacy.tolerance: 2 is not from 0 to below 1",
        "fixed[0].household: is missing",
    }


def test_what_is_made_in_python_is_checked_too() -> None:
    with pytest.raises(RehousingInputError, match=r"adequacy\.tolerance: 1 is not from 0 to below 1"):
        Adequacy({1: 28.0}, 1.0)
    with pytest.raises(RehousingInputError, match=r"households\[0\].home: there is no dwelling x"):
        replace(SMALL, households=(Household("h1", "x", 1),), fixed=(), published=None)


def test_many_problems_are_all_there_and_some_are_shown() -> None:
    error = RehousingInputError(f"problem {number}" for number in range(60))
    assert len(error.problems) == 60
    assert str(error).splitlines()[-2:] == ["problem 49", "… and 10 more."]
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(SMALL_JSON), encoding="utf-8-sig")
    assert read_instance(path) == SMALL


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"format": 1,\n}', "instance.json, line 2, column 1: no JSON (Expecting property name enclosed in double quotes)."),
        (b'{"format": "\xe8"}', "instance.json: the text is not UTF-8."),
        (b'{"a": {"b": 1, "c": 2, "b": 3}}', "instance.json: the key 'b' is in the same object twice."),
        (b"[" * 100_000, "instance.json: no JSON that can be read."),
        (b"9" * 10_000, "instance.json: no JSON that can be read."),
        (None, "instance.json: No such file or directory."),
    ],
)  # fmt: skip
def test_files_that_are_not_what_they_should_be(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "instance.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RehousingInputError) as refused:
        read_instance(path)
    assert str(refused.value).endswith(sentence)
