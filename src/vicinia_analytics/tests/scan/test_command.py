"""`vicinia-scan` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vicinia_analytics import command

PLACES = "location,x,y\n" + "".join(f"p{n},{n % 4},{n // 4}\n" for n in range(8))
OUTBREAK = 25


def rows(start: int, end: int, *, quick: bool = True) -> str:
    """A case a day everywhere, and an outbreak in p3 on the last two days of March."""
    lines = [f"p{place},2026-03-{day:02},{OUTBREAK if quick and place == 3 and day >= 30 else 1}" for place in range(8) for day in range(start, end + 1)]  # fmt: skip
    return "location,date,count\n" + "\n".join(lines) + "\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    texts = {
        "places": PLACES,
        "events": rows(1, 31),
        "controls": rows(1, 31, quick=False),
        "population": "location,population\n" + "".join(f"p{n},100\n" for n in range(8)),
        "strata": "location,population,sex\n" + "".join(f"p{n},50,{sex}\n" for n in range(8) for sex in "FM"),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: str(tmp_path / f"{name}.csv") for name in texts}


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = command.main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_table_for_people(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    code, out, _ = ran(capsys, files["events"], files["places"], "--replications", "99")
    assert code == command.DONE
    first, _, heading, best, where, *_ = out.splitlines()
    assert first.startswith("Prospective permutation scan: 8 places, 2026-03-01 to 2026-03-31 by day, 296 cases; 99 replicates in ")  # fmt: skip
    assert heading.split() == ["#", "from", "to", "cases", "expected", "risk", "ratio", "statistic", "p", "recurrence"]  # fmt: skip
    assert best.split()[:4] == ["1", "2026-03-30", "2026-03-31", "50"] and best.split()[-3:] == ["0.010", "100", "d"]  # fmt: skip
    assert where.strip() == "1 place: p3"


def test_json_for_programs(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    words = (files["events"], files["places"], "--json", "--max-radius", "1", "--max-days", "3", "--min-days", "2", "--seed", "7", "--threads", "1", "--p-value", "gumbel", "--max-share", "0.4")  # fmt: skip
    code, out, _ = ran(capsys, *words)
    result = json.loads(out)
    assert code == command.DONE and list(result) == [
        "clusters",
        "replications",
        "seconds",
        "settings",
        "version",
    ]
    assert result["clusters"][0]["locations"] == ["p3"] and result["clusters"][0]["start"] == "2026-03-30"
    asked = {"max_radius": 1.0, "max_length": 3, "min_length": 2, "seed": 7, "threads": 1, "p_value": "gumbel", "max_share": 0.4, "model": "permutation", "unit": "day", "prospective": True}  # fmt: skip
    assert result["settings"].items() >= asked.items()


@pytest.mark.parametrize(
    "words",
    [
        ["--model", "poisson", "--population", "population"],
        ["--model", "poisson", "--population", "population", "--retrospective"],
        ["--model", "poisson", "--population", "population", "--spatial"],
        ["--model", "bernoulli", "--controls", "controls"],
        ["--model", "expectation", "--population", "population", "--max-days", "2"],
        ["--model", "expectation", "--max-days", "2", "--start", "2026-02-01"],
        ["--p-value", "sequential", "--prospective"],
        ["--unit", "week", "--start", "2026-03-04", "--end", "2026-03"],
    ],
)
def test_every_model(capsys: pytest.CaptureFixture[str], files: dict[str, str], words: list[str]) -> None:
    code, out, err = ran(capsys, files["events"], files["places"], "--json", "--replications", "19", *[files.get(word, word) for word in words])  # fmt: skip
    assert code == command.DONE, err
    best = json.loads(out)["clusters"][0]
    assert best["locations"] == ["p3"] and best["end"] == "2026-03-31"
    if "expectation" in words and "population" in words:
        assert best["expected"] == pytest.approx(2)
    if "--spatial" in words:
        assert best["start"] == "2026-03-01" and best["recurrence_interval_days"] is None


def test_covariates_of_the_population_are_read_in_the_cases(
    capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    poisson = ("--model", "poisson", "--population", files["strata"], "--replications", "9", "--json")
    code, _, err = ran(capsys, files["events"], files["places"], *poisson)
    assert (code, err) == (command.WRONG, "events.csv: the header has no sex.\n")
    lines = Path(files["events"]).read_text(encoding="utf-8").splitlines()
    Path(files["events"]).write_text("\n".join([lines[0] + ",sex", *(f"{line},F" for line in lines[1:])]), encoding="utf-8")  # fmt: skip
    code, out, _ = ran(capsys, files["events"], files["places"], *poisson)
    assert code == command.DONE and json.loads(out)["clusters"][0]["locations"] == ["p3"]


def test_the_examples_of_satscan(capsys: pytest.CaptureFixture[str], public_data: Path) -> None:
    scan = public_data / "scan"
    _, out, _ = ran(capsys, str(scan / "NYCfever.cas"), str(scan / "NYCfever.geo"), "--max-days", "7", "--max-radius", "3", "--start", "2001-11-01", "--end", "2001-11-24", "--json")  # fmt: skip
    assert f"{json.loads(out)['clusters'][0]['statistic']:.6f}" == "3.845418"
    _, out, _ = ran(capsys, str(scan / "nm.cas"), str(scan / "nm.geo"), "--model", "poisson", "--population", str(scan / "nm.pop"), "--retrospective", "--unit", "year", "--replications", "0")  # fmt: skip
    assert "236     176.22        1.42   10.979758       -           -" in out
    assert "     9 places within 125.60 km of Torrance: Torrance Bernalillo Valencia" in out
    code, out, err = ran(capsys, str(scan / "nm.cas"), str(scan / "nm.geo"))
    assert (code, out) == (command.WRONG, "") and err == "'Grant', 1977-01-01: a year does not say which day; try --unit year.\n"  # fmt: skip


def test_a_long_interval_is_said_in_years(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    _, out, _ = ran(capsys, files["events"], files["places"])
    assert out.splitlines()[3].endswith(" 2.7 y")


def test_nothing_found_is_said(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    _, out, _ = ran(capsys, files["controls"], files["places"])
    assert "No place and time has more cases than expected." in out


def test_risk_without_a_comparison_is_a_dash(capsys: pytest.CaptureFixture[str], tmp_path: Path, files: dict[str, str]) -> None:  # fmt: skip
    (tmp_path / "one.csv").write_text(
        "location,date,count\np3,2026-03-31,9\np3,2026-03-01,0\n", encoding="utf-8"
    )
    _, out, _ = ran(capsys, str(tmp_path / "one.csv"), files["places"], "--model", "poisson", "--population", files["population"])  # fmt: skip
    assert out.splitlines()[3].split()[5] == "-"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--model", "poisson"], "The poisson model needs --population."),
        (["--model", "expectation", "--unit", "week"], "By another unit than days the expectation model needs --population."),
        (["--model", "expectation", "--max-days", "20"], "20 of 31 days are judged: 30 are needed before them."),
        (["--model", "bernoulli"], "The bernoulli model needs --controls."),
        (["--population", "population"], "The permutation model has no use for --population."),
        (["--controls", "controls"], "The permutation model has no use for --controls."),
        (["--spatial"], "The permutation model compares times: it can't be --spatial."),
        (["--model", "bernoulli", "--controls", "controls", "--spatial", "--max-days", "3"], "With --spatial the window is the whole study: leave --max-days out."),
        (["--max-share", "2"], "A zone holds more than 0 and at most 1 of the cases."),
        (["--end", "2025"], "The study ends (2025-12-31) before it starts (2026-03-01)."),
    ],
)  # fmt: skip
def test_what_can_not_be(
    capsys: pytest.CaptureFixture[str], files: dict[str, str], words: list[str], sentence: str
) -> None:
    code, out, err = ran(capsys, files["events"], files["places"], *[files.get(word, word) for word in words])
    assert (code, out, err) == (command.WRONG, "", f"{sentence}\n")


@pytest.mark.parametrize("words", [["--start", "ieri"], ["--model", "chaos"], ["--prospective", "--retrospective"], ["--max-day", "3"]])  # fmt: skip
def test_wrong_usage(capsys: pytest.CaptureFixture[str], files: dict[str, str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main([files["events"], files["places"], *words])
    assert ended.value.code == command.WRONG and "vicinia-scan: error:" in capsys.readouterr().err


def test_problems_of_all_files_are_said_together(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:  # fmt: skip
    for name in ("events", "controls"):
        Path(files[name]).write_text("location,date\nbar,2026-03-12\n", encoding="utf-8")
    code, _, err = ran(capsys, files["events"], files["places"], "--model", "bernoulli", "--controls", files["controls"])  # fmt: skip
    assert code == command.WRONG
    assert err.splitlines() == [f"{name}.csv, row 2: place 'bar' is not among the places." for name in ("events", "controls")]  # fmt: skip


def test_an_interruption_ends_without_a_trace(
    capsys: pytest.CaptureFixture[str], files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "permutation", interrupted)
    code, out, err = ran(capsys, files["events"], files["places"])
    assert (code, out) == (command.INTERRUPTED, "") and err.endswith("Interrupted: nothing was written.\n")
    assert "Traceback" not in err


def test_who_waits_for_the_compiler_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    from numba import njit

    with command._word_to_who_waits():
        assert njit(lambda x: x + 1)(1) == 2 and njit(lambda x: x + 2)(1) == 3
    assert capsys.readouterr().err == "Compiling the loops for this machine, once: some seconds …\n"
    with command._word_to_who_waits():
        pass
    assert capsys.readouterr().err == ""


def test_the_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert "examples:" in out and "--max-radius KM" in out and "%(" not in out
    with pytest.raises(SystemExit):
        command.main(["--version"])
    assert capsys.readouterr().out.startswith("vicinia-scan ")


def test_a_month_does_not_say_which_day(capsys: pytest.CaptureFixture[str], files: dict[str, str], tmp_path: Path) -> None:  # fmt: skip
    (tmp_path / "months.csv").write_text(
        "location,date,count\np1,2026-03,4\np2,2026-04,2\n", encoding="utf-8"
    )
    code, _, said = ran(capsys, str(tmp_path / "months.csv"), files["places"])
    assert code == command.WRONG and "a month does not say which day; try --unit month" in said
    assert ran(capsys, str(tmp_path / "months.csv"), files["places"], "--unit", "month", "--replications", "9")[0] == command.DONE  # fmt: skip
