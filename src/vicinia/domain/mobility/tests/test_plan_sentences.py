"""What plans say in words: stories of households, conflicts and remedies, reasons, how good a plan is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine

from vicinia.domain.mobility import queries, sentences
from vicinia.domain.mobility.drawing import by_dwelling, by_household, heads, spare_chart
from vicinia.domain.mobility.drawing.occupation import Place, Seen
from vicinia.domain.mobility.engine.reasons import reasons
from vicinia.domain.mobility.engine.results import Documents
from vicinia.domain.mobility.queries import PlannedStay
from vicinia.domain.mobility.states import Change
from vicinia.domain.territory.models import Building, Dwelling, Stair

MONTHS = [dt.date(2027, month, 1) for month in (1, 4, 8, 12)]
BUILDING = Building(name="Corte B")
PLAIN, LIFT = Stair(name="A", building=BUILDING), Stair(name="B", building=BUILDING, has_lift=True)
NAMES = {
    1: Dwelling(pk=1, building=BUILDING, stair=PLAIN, code="1", door="int. 1", rooms=2),
    2: Dwelling(pk=2, building=BUILDING, stair=LIFT, code="2", door="int. 2", rooms=6),
    3: Dwelling(pk=3, building=BUILDING, stair=PLAIN, code="3", door="int. 3"),
}


@pytest.fixture(autouse=True)
def _in_january():
    with time_machine.travel(dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC), tick=False):
        yield


def stay(pk: int | None, first: int, last: int | None, *, home: bool = False) -> PlannedStay:
    until = None if last is None else dt.date(2027, last, 1)
    return PlannedStay(NAMES[pk] if pk else None, dt.date(2027, first, 1), until, home)


STORIES = [
    ([], ""),
    ([stay(1, 1, None, home=True)], "Resti dove sei: i lavori non ti fanno spostare."),
    ([stay(None, 1, None)], "Sei fuori dal quartiere."),
    (
        [stay(1, 1, 3, home=True), stay(2, 4, 7), stay(1, 8, None, home=True)],
        "Resti a casa fino a marzo, poi alloggio di 6 stanze in Corte B, scala B, con ascensore; torni ad agosto.",
    ),
    (
        [stay(3, 1, 4), stay(None, 5, 7), stay(1, 8, None)],
        "Resti dove sei fino ad aprile, poi fuori dal quartiere fino a luglio, poi bilocale in Corte B, scala A.",
    ),
    (
        [stay(None, 1, 3), stay(3, 4, None)],
        "Sei fuori dal quartiere fino a marzo, poi alloggio in Corte B, scala A.",
    ),
]


@pytest.mark.parametrize(("stays", "said"), STORIES)
def test_a_story_says_where_one_will_live(stays, said):
    assert queries.told(stays) == said


def test_a_month_of_another_year_has_its_year():
    assert queries.in_month(dt.date(2028, 3, 1)) == "a marzo 2028"


# Conflicts and remedies -------------------------------------------------------------------------------------------


def conflict(**values: Any) -> dict[str, Any]:
    nothing = {"kind": "places", "households": ["h7"], "periods": [1, 2], "need": None, "available": ["d1"]}
    return nothing | {"rules": []} | values


def test_too_few_places_say_who_needs_what_and_when():
    said = sentences.conflict_words(
        conflict(
            households=[f"h{number}" for number in range(1, 11)],
            need={"min_area_m2": 60, "step_free": True},
            available=["d1", "d2"],
        ),
        MONTHS,
        NAMES,
    )
    assert said == [
        "10 nuclei hanno bisogno di un alloggio senza gradini di almeno 60 m². "
        "Tra aprile 2027 e agosto 2027 ce ne sono solo 2.",
        "Sono: N. 1, N. 2, N. 3, N. 4, N. 5, N. 6, N. 7, N. 8 e altri 2.",
    ]
    said = sentences.conflict_words(conflict(periods=[]), MONTHS, NAMES)
    assert said == [
        "1 nucleo ha bisogno di un alloggio. In tutto il tempo dei lavori ce n'è solo 1.",
        "Sono: N. 7.",
    ]
    said = sentences.conflict_words(
        conflict(available=[], need={"min_area_m2": 45, "step_free": False}), MONTHS, NAMES
    )
    assert said[0].endswith("un alloggio di almeno 45 m². Tra aprile 2027 e agosto 2027 non ce n'è nessuno.")


def test_rules_that_cannot_all_hold_are_listed():
    rules = [
        {"kind": "fixed", "household": "h7", "dwelling": "d1", "period": 1},
        {"kind": "available", "household": None, "dwelling": "d1", "period": 1},
        {"kind": "nobody_outside", "household": None, "dwelling": None, "period": None},
    ]
    assert sentences.conflict_words(conflict(kind="rules", rules=rules), MONTHS, NAMES) == [
        "Queste regole non possono valere tutte insieme:",
        "N. 7 è fissato in Corte B, scala A, int. 1 nella fase di aprile 2027.",
        "Corte B, scala A, int. 1 è in lavori nella fase di aprile 2027.",
        "Nessuno deve stare fuori dal quartiere.",
    ]


def relaxation(kind: str, **values: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "household": None,
        "dwelling": None,
        "period": None,
        "amount": 1,
        "outside": 0,
    } | values


def test_remedies_are_said_and_asked():
    places = {"d1": {"id": "d1", "area_m2": 60.0, "rooms": 3, "step_free": True}}
    found = sentences.remedies(
        [
            relaxation("spare_dwelling", dwelling="d1", amount=2),
            relaxation("spare_dwelling", dwelling="d9"),
            relaxation("lock", household="h7", dwelling="d1"),
            relaxation("return", household="h7"),
            relaxation("outside", household="h7", amount=2, outside=2),
            relaxation("outside", amount=9, outside=9),
        ],
        places,
        NAMES,
    )
    assert [one.words for one in found] == [
        "2 alloggi volano in più come Corte B, scala A, int. 1",
        "N. 7 non è più fissato in Corte B, scala A, int. 1",
        "N. 7 non rientra nel suo alloggio",
        "N. 7 fuori dal quartiere per 2 fasi",
        "Qualcuno fuori dal quartiere, per 9 periodi in tutto",
    ]
    assert found[0].question == {
        "change": "spare",
        "nobody_outside": True,
        "count": 2,
        "area_m2": 60.0,
        "rooms": 3,
        "step_free": True,
    }
    assert (found[3].question["change"], found[3].question["nobody_outside"]) == ("", False)


@pytest.mark.parametrize(("key", "said"), [(None, "fuori dal quartiere"), ("s1", "alloggio volano in più"), ("o7", "fuori dal quartiere"), ("d1", "Corte B, scala A, int. 1")])  # fmt: skip
def test_a_place_is_said(key, said):
    assert sentences.place(key, NAMES) == said


@pytest.mark.parametrize("change", list(Change))
def test_every_question_is_said(change):
    question = {
        "change": change,
        "household": 7,
        "count": 2,
        "area_m2": 60.0,
        "lot": "LT1",
        "months": 1,
        "percent": 5,
    }
    said = sentences.question_words(question | {"nobody_outside": True})
    assert said.startswith(("E ", "Quanti"))
    assert sentences.question_words({}) == ""


# How good ---------------------------------------------------------------------------------------------------------


def test_how_good_a_plan_is():
    assert sentences.proof_words({"status": "optimal", "seconds": 3.2}) == (
        "done",
        "ottimo dimostrato in 3 s",
    )
    assert sentences.proof_words({"status": "optimal", "seconds": 300})[1] == "ottimo dimostrato in 5 min"
    assert sentences.proof_words({"status": "feasible", "levels": []}) == ("due", "")
    assert sentences.difference_words(3, 1) == "−2" and sentences.difference_words(1, 3) == "+2"
    assert sentences.progress_words({"value": 4, "bound": None}) == "il migliore trovato: 4"
    assert sentences.progress_words({}) == ""


# Reasons ----------------------------------------------------------------------------------------------------------


def household(number: int, home: str, **values: Any) -> dict[str, Any]:
    nothing = {"size": 2, "needs_step_free": False, "fragile": False, "max_moves": 1, "claims_return": False}
    return {"id": f"h{number}", "home": home, "near": [], "refuses": []} | nothing | values


def place(key: str, building: str, available: list[bool], **values: Any) -> dict[str, Any]:
    return (
        {"id": key, "building": building, "area_m2": 50.0, "rooms": 2, "step_free": True}
        | {"available": available}
        | values
    )


def documents(*households: dict[str, Any], rows: dict[str, list[str | None]]) -> Documents:
    places = [
        place("d1", "b1", [True, False, True]),
        place("d2", "b1", [True, True, True]),
        place("d3", "b2", [True, True, True]),
        place("o9", "o9", [True, False, False], step_free=False),
    ]
    instance = {
        "households": list(households),
        "dwellings": places,
        "adequacy": {"min_area_m2": {"1": 28, "2": 40}, "tolerance": 0},
    }
    return Documents(instance, {"assignments": rows})


def test_the_reasons_of_a_household():
    known = documents(
        household(7, "d1", claims_return=True, near=["h8"], needs_step_free=True),
        household(8, "d3"),
        rows={"h7": ["d1", "d2", "d2"], "h8": ["d3", "d3", "d3"]},
    )
    found = reasons(known, 7)
    assert (found.fit, found.free, list(found.away)) == (2, 2, [1])
    assert sentences.need_words(found.household, NAMES) == [
        "2 persone",
        "serve un alloggio senza gradini",
        "al massimo 1 trasferimento",
        "chiede di rientrare",
        "vuole stare vicino a N. 8",
    ]
    assert sentences.wish_words(found) == [
        (True, "torna nel suo edificio, in un altro alloggio"),
        (False, "vicino a N. 8"),
    ]
    other = reasons(known, 8)
    assert sentences.possible_words(other)[0].startswith("Il suo alloggio si può sempre abitare")
    assert sentences.wish_words(other) == [(False, "vicino a N. 7")]
    assert reasons(known, 9) is None


def test_who_stays_near_and_who_leaves():
    known = documents(
        household(7, "d1", near=["h8"]),
        household(8, "d2"),
        rows={"h7": ["d1", "d3", "d3"], "h8": ["d2", "d3", "d3"]},
    )
    found = reasons(known, 7)
    assert sentences.wish_words(found) == [(False, "resta nel suo edificio"), (True, "vicino a N. 8")]
    gone = documents(
        household(7, "d1", near=["h8"]), household(8, "d2"), rows={"h7": ["d1", None, None], "h8": ["d2"] * 3}
    )
    assert sentences.wish_words(reasons(gone, 7))[1] == (False, "vicino a N. 8")


def test_alternatives_that_no_plan_has():
    one = {"moment": "last", "dwelling": "d1", "period": 3, "differences": None, "proved": True}
    where = "Corte B, scala A, int. 1 alla fine"
    assert sentences.alternative_words([one, one | {"proved": False}], MONTHS, NAMES) == [
        (where, ["nessun piano lo permette"], True),
        (where, ["nessun piano trovato nel tempo dato"], False),
    ]


# Pictures ---------------------------------------------------------------------------------------------------------


def test_heads_say_the_year_where_it_changes():
    found = heads([*MONTHS, dt.date(2028, 1, 1)])
    assert [head.short for head in found] == ["oggi", "apr", "ago", "dic", "gen 28"]
    assert heads([dt.date(2026, 11, 1), dt.date(2027, 2, 1)])[1].short == "feb 27"


def test_bars_are_as_long_as_nothing_changes():
    places = [
        Place("d1", "1", "", "Corte A, int. 1", "Corte A", [True, False, True]),
        Place("d2", "2", "", "Corte A, int. 2", "Corte A", [True, True, True], ["", "gone", ""]),
        Place(
            "d3", "3", "", "Corte A, int. 3", "Corte A", [True, False, False], ["", "demolish", "demolish"]
        ),
    ]
    rows = {7: ["d1", "d2", "d1"], 8: ["d3", None, None]}
    chart = by_dwelling(MONTHS[:3], places, rows, Seen(frozenset({7}), before={7: ["d1", "d2", "d2"]}))
    texts = [
        [(cell.text, cell.span, cell.is_changed) for cell in line.cells] for line in chart.groups[0].lines
    ]
    assert texts == [
        [("N. 7 ♿", 1, False), ("lavori", 1, False), ("N. 7 ♿", 1, True)],
        [("libero", 1, False), ("N. 7 ♿", 1, False), ("libero", 1, True)],
        [("N. 8", 1, True), ("non c'è più", 2, False)],
    ]
    assert chart.columns == 4 and not chart.is_empty
    chart = by_household(MONTHS[:3], places, rows, {7: "d1", 8: "d3"}, Seen())
    lines = {
        line.label: [(cell.kind, cell.text, cell.span) for cell in line.cells]
        for line in chart.groups[0].lines
    }
    assert lines == {
        "N. 7": [("home", "1", 1), ("taken", "2", 1), ("home", "1", 1)],
        "N. 8": [("home", "3", 1), ("outside", "fuori", 2)],
    }


def test_a_pool_that_is_large_enough_says_so():
    step = {"extra": 0, "outside": 0, "moves": 8, "changed": 0, "proved": True, "dwelling": None}
    assert spare_chart([step]).sentence == "Un alloggio volano in più non risparmia niente."
