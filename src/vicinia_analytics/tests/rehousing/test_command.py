"""`vicinia-rehouse` as a person uses it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vicinia_analytics.rehousing import Conflict, ConflictKind, Level, Plan, Status, command, pool, read_plan
from vicinia_analytics.rehousing.solving import Progress
from vicinia_analytics.tests.rehousing.small import SMALL, SMALL_JSON, SMALL_PLAN, SMALL_ROWS, SMALL_VALUES
from vicinia_analytics.tests.rehousing.test_plans import INFEASIBLE

# Rules, not places: places are counted again, and those of the small case are enough.
NO_PLAN = replace(INFEASIBLE, instance_sha256=SMALL.sha256, conflict=Conflict(ConflictKind.RULES, ("h1",), (), None, (), "The rules of h1 can't all hold."))  # fmt: skip

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run in a folder with the small instance and its best plan."""
    (tmp_path / "instance.json").write_text(json.dumps(SMALL_JSON), encoding="utf-8")
    (tmp_path / "right.json").write_text(json.dumps(SMALL_PLAN.to_json()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def ran(*words: str) -> Ran:
        code = command.main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def solves(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Plan]) -> None:
    """Another solver, for what the real one does only by chance."""
    monkeypatch.setattr(command, "solve", answer)


def test_a_plan_is_made_and_kept(run: Run) -> None:
    code, out, err = run("plan", "instance.json", "-o", "plan.json")
    assert (code, out) == (command.DONE, "")
    plan = read_plan(Path("plan.json"))
    assert plan.status is Status.OPTIMAL and plan.values == tuple(SMALL_VALUES.values())
    assert plan.assignments == SMALL_ROWS and plan.instance_sha256 == SMALL.sha256
    first, heading, *rows = err.splitlines()
    assert first.startswith("HiGHS ") and first.endswith("seed 0, " + first.split("seed 0, ")[1])
    assert "a plan, proved to be the best." in first
    assert heading.split() == ["level", "plan", "bound", "gap"]
    assert [row.split() for row in rows[:5]] == [
        [name, str(value), str(value), "0.0%"] for name, value in SMALL_VALUES.items()
    ]
    assert rows[5] == "2 of 3 households leave their home, for a while or for good."
    assert run("check", "instance.json", "plan.json")[0] == command.DONE


def test_a_plan_on_standard_output_with_every_option(run: Run) -> None:
    words = ("--time-limit", "30", "--threads", "1", "--seed", "7", "--restrict-early-moves", "--nobody-outside")  # fmt: skip
    code, out, err = run("plan", "instance.json", *words)
    plan = Plan.from_json(json.loads(out))
    assert code == command.DONE and plan.restricted and plan.seed == 7
    assert "Nobody moves before works begin in their own home." in err


def test_nothing_but_the_plan_is_on_standard_output(run: Run) -> None:
    """In a process of its own, where the solver is used for the first time and says who it is."""
    words = "import sys; from vicinia_analytics.rehousing.command import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", words, "plan", "instance.json"], capture_output=True, check=True)  # fmt: skip
    assert Plan.from_json(json.loads(done.stdout)).assignments == SMALL_ROWS


def test_why_there_is_no_plan(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    solves(monkeypatch, lambda instance, **_: NO_PLAN)
    code, out, err = run("plan", "instance.json", "--nobody-outside")
    assert code == command.NOT_FOUND and Plan.from_json(json.loads(out)).status is Status.INFEASIBLE
    assert err.splitlines()[1:] == [
        "Nobody moves before works begin in their own home.",
        "The rules of h1 can't all hold.",
        "What would help:",
        "- One more flat as c1.",
        "- h2 outside for a while.",
    ]
    nothing = replace(SMALL_PLAN, status=Status.UNKNOWN, levels=(), assignments={})
    solves(monkeypatch, lambda instance, **_: nothing)
    code, _, err = run("plan", "instance.json")
    assert code == command.NOT_FOUND and "no plan was found in the time." in err


def test_a_gap_and_a_wrong_plan_are_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    levels = (*SMALL_PLAN.levels[:2], Level("moves", 8, 6), *SMALL_PLAN.levels[3:])
    solves(monkeypatch, lambda instance, **_: replace(SMALL_PLAN, status=Status.FEASIBLE, levels=levels))
    code, _, err = run("plan", "instance.json")
    assert code == command.DONE and "a plan, not proved to be the best." in err
    assert ["moves", "8", "6", "25.0%"] in [line.split() for line in err.splitlines()]
    solves(monkeypatch, lambda instance, **_: replace(SMALL_PLAN, levels=levels))
    code, _, err = run("plan", "instance.json")
    assert code == command.NOT_FOUND and "not_proved: The plan is said to be optimal" in err


@pytest.fixture(autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """Also where the tests run in the background, where a shell has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(times: int) -> Callable[..., Plan]:
    """A solver on which somebody presses Ctrl-C."""

    def answer(instance: Any, *, progress: Any, should_stop: Any, **_: Any) -> Plan:
        assert not should_stop()
        progress(Progress("moves", 8, 6, 1.5))
        for _time in range(times):
            signal.raise_signal(signal.SIGINT)
        assert should_stop()
        return SMALL_PLAN

    return answer


def test_how_far_it_is() -> None:
    assert command._progress(Progress("moves", 8, 6, 61.5)) == "62 s  moves: best 8, bound 6, gap 25.0%"
    assert command._progress(Progress("outside", None, 0, 0.2)) == "0 s  outside: no plan yet, bound 0"


def test_an_interrupted_plan_is_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    solves(monkeypatch, interrupted(1))
    assert run("plan", "instance.json", "-o", "plan.json")[0] == command.INTERRUPTED
    assert read_plan(Path("plan.json")) == SMALL_PLAN and signal.getsignal(signal.SIGINT) is before


def test_a_second_interrupt_ends_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    solves(monkeypatch, interrupted(2))
    code, _, err = run("plan", "instance.json", "-o", "plan.json")
    assert code == command.INTERRUPTED and err == "\nInterrupted: nothing was written.\n"
    assert not Path("plan.json").exists()


def test_a_plan_of_another_thread(run: Run) -> None:
    """Signals belong to the main thread; a plan is made in another one too."""
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(run("plan", "instance.json")[0]))
    thread.start()
    thread.join()
    assert codes == [command.DONE]


def test_a_plan_that_can_not_be_written_is_not_lost(run: Run) -> None:
    Path("folder.json").mkdir()
    code, out, err = run("plan", "instance.json", "-o", "folder.json")
    assert code == command.DONE and Plan.from_json(json.loads(out)).assignments == SMALL_ROWS
    assert err.startswith("folder.json: Is a directory. The plan is on standard output.\n")
    code, _, err = run("plan", "instance.json", "-o", "nowhere/plan.json")
    assert (code, err) == (command.WRONG, "nowhere/plan.json: there is no folder nowhere.\n")


def test_a_right_plan_is_checked(run: Run) -> None:
    code, out, _ = run("check", "instance.json", "right.json")
    assert code == command.DONE
    assert out == "The plan keeps every rule. outside 0, changed 1, moves 8, preferences 2, under_occupation 1.\n"  # fmt: skip
    Path("none.json").write_text(json.dumps(NO_PLAN.to_json()), encoding="utf-8")  # fmt: skip
    assert run("check", "instance.json", "none.json")[:2] == (command.DONE, "The plan keeps every rule. It says that there is none.\n")  # fmt: skip


def test_a_wrong_plan_is_checked(run: Run) -> None:
    wrong = replace(SMALL_PLAN, assignments=SMALL_ROWS | {"h3": ("b1", "b1", "b1", "c2")})
    Path("wrong.json").write_text(json.dumps(wrong.to_json()), encoding="utf-8")
    code, out, _ = run("check", "instance.json", "wrong.json")
    assert code == command.NOT_FOUND
    assert "shared: Households h2 and h3 are both in c2 in 2027-10.\n" in out


def test_all_that_is_wrong_with_the_files_is_said_at_once(run: Run) -> None:
    Path("instance.json").write_text(json.dumps(SMALL_JSON | {"moves_per_period": -1, "periods": ["b", "a"]}), encoding="utf-8")  # fmt: skip
    Path("right.json").write_text("{}", encoding="utf-8")
    code, out, err = run("check", "instance.json", "right.json")
    assert (code, out) == (command.WRONG, "")
    for sentence in ("periods[1]: a is not after b", "moves_per_period: -1 is below 0", "status: is missing"):
        assert sentence in err.splitlines()


def test_what_each_more_flat_saves(run: Run) -> None:
    code, out, _ = run("size-pool", "instance.json", "--time-limit", "30")
    heading, first, *_, last = out.splitlines()
    assert code == command.DONE and heading.split()[:2] == ["more", "flats"]
    assert first.split() == ["0", "0", "1", "8"] and last == "One more saves nothing."


def test_flats_that_save_something(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(instance: Any, **_: Any) -> Plan:
        more = len(instance.dwellings) - len(SMALL.dwellings)
        bound = 0 if more == 2 else 3 - more
        levels = (Level("outside", 3 - more, bound), *SMALL_PLAN.levels[1:])
        return replace(SMALL_PLAN, levels=levels)

    monkeypatch.setattr(pool, "solve", answer)
    code, out, _ = run("size-pool", "instance.json", "--most", "2")
    assert code == command.DONE
    assert [line.split(maxsplit=4)[4:] for line in out.splitlines()[2:]] == [
        ["28 m², 1 rooms, steps do not matter"],
        ["28 m², 1 rooms, steps do not matter (not proved)"],
    ]
    code, out, _ = run("size-pool", "instance.json", "--most", "1", "--like", "c1")
    assert out.splitlines()[2].split(maxsplit=4)[4] == "65 m², 3 rooms, without steps"


def test_sizing_that_is_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(instance: Any, **_: Any) -> Plan:
        signal.raise_signal(signal.SIGINT)
        return SMALL_PLAN

    monkeypatch.setattr(pool, "solve", answer)
    assert run("size-pool", "instance.json")[0] == command.INTERRUPTED


def test_a_flat_like_one_that_is_not_there(run: Run) -> None:
    assert run("size-pool", "instance.json", "--like", "z9") == (command.WRONG, "", "--like: there is no dwelling z9\n")  # fmt: skip


def test_the_order_of_lots(run: Run) -> None:
    code, out, _ = run("order-lots", "instance.json")
    assert code == command.DONE
    assert [line.split() for line in out.splitlines()[1:3]] == [["1", "1", "1", "1"], ["2", "1", "1", "1"]]
    assert out.splitlines()[-1] == "This order needs 1 spare flats; the present one needs 1."


def test_the_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["plan", "--help"], ["size-pool", "--help"]):
        with pytest.raises(SystemExit) as ended:
            command.main(words)
        assert ended.value.code == 0
        assert "%(" not in capsys.readouterr().out
    with pytest.raises(SystemExit):
        command.main(["--help"])
    out = capsys.readouterr().out
    assert "examples:" in out and "vicinia-rehouse order-lots instance.json" in out
    with pytest.raises(SystemExit):
        command.main(["--version"])
    assert capsys.readouterr().out.startswith("vicinia-rehouse ")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["plan"],
        ["plan", "x", "--time-limit", "0"],
        ["plan", "x", "--time-limit", "soon"],
        ["plan", "x", "--time-limit", "inf"],
        ["plan", "x", "--threads", "0"],
        ["size-pool", "x", "--most", "two"],
    ],
)
def test_words_that_can_not_be_used(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(words)
    assert ended.value.code == command.WRONG
