"""Files: what they may look like, and how all that is wrong with one is said at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from vicinia_analytics.scan import Places, Unit
from vicinia_analytics.scan.dates import When
from vicinia_analytics.scan.readers import Event, FileError, read_events, read_places, read_population

TWO = Places.of([("Piazza Grande", 0.0, 0.0), ("parco", 1.0, 0.0)])
DAY = When(dt.date(2026, 3, 12))


@pytest.fixture
def write(tmp_path: Path) -> object:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(read: object) -> tuple[str, ...]:
    with pytest.raises(FileError) as refusal:
        read()  # type: ignore[operator]
    return refusal.value.problems


def test_places(write: object) -> None:
    flat = read_places(write("p.csv", "location,x,y\nparco,1.5,2\n\nbar,0,0\n"))
    assert (flat.names, flat.geographic, flat.first.tolist()) == (("parco", "bar"), False, [1.5, 0])
    # A spreadsheet of Italy: marked as UTF-8, semicolons, decimal commas; columns in any order, quoted names.
    round_earth = read_places(write("p.csv", '\ufeffLon;LAT;location;note\n10,5;44,8;"Piazza; grande";x\n'))
    assert (round_earth.names, round_earth.geographic) == (("Piazza; grande",), True)
    assert (round_earth.first.tolist(), round_earth.second.tolist()) == ([44.8], [10.5])
    of_satscan = write("p.GEO", 'Catron\t\t33.9 -108.4\n"De Baca"  34.3\t-104.2  \n')
    assert read_places(of_satscan).names == ("Catron", "De Baca") and read_places(of_satscan).geographic
    assert not read_places(of_satscan, geographic=False).geographic


def test_events(write: object) -> None:
    three = (Event("parco", DAY, 2), Event("parco", DAY, 1))
    assert read_events(write("e.csv", "date,location,count\n2026-03-12,parco,2\n2026/3/12,parco,1\n"), TWO) == three  # fmt: skip
    assert read_events(write("e.csv", "location\tdate\nparco\t2026-03-12\n"), TWO) == (three[1],)
    assert read_events(write("e.cas", '"Piazza Grande" 3 1977 2 F\n'), TWO) == (Event("Piazza Grande", When(dt.date(1977, 1, 1), Unit.YEAR), 3),)  # fmt: skip
    with_strata = (Event("parco", DAY, 1, ("F", "old")),)
    assert read_events(write("e.csv", "age,location,date,sex\nold,parco,2026-03-12,F\n"), TWO, covariates=("sex", "age")) == with_strata  # fmt: skip
    assert read_events(write("e.ctl", "parco 1 2026/3/12 F old\n"), TWO, covariates=("one", "two")) == with_strata  # fmt: skip


def test_population(write: object) -> None:
    table = read_population(write("p.csv", "location,date,population,sex\nparco,2025,10.5,F\n"), TWO)
    assert table.covariates == ("sex",) and table.rows == (("parco", When(dt.date(2025, 1, 1), Unit.YEAR), 10.5, ("F",)),)  # fmt: skip
    assert read_population(write("p.csv", "location,population\nparco,3\n"), TWO).rows == (("parco", None, 3, ()),)  # fmt: skip
    of_satscan = read_population(write("p.pop", "parco 73 15537 1 2\nparco unspecified 3 1 1\n"), TWO)
    assert of_satscan.covariates == ("covariate 1", "covariate 2")
    assert [row[1] and row[1].first.year for row in of_satscan.rows] == [1973, None]
    assert read_population(write("p.pop", "parco 73 15537\n"), TWO).covariates == ()


def test_all_that_is_wrong_is_said_with_its_row(write: object) -> None:
    events = write("e.csv", "location,date,count\nparco,2026-03-12,1\nbar,2026-03-12,1\nparco,ieri,1\n\nparco,2026-03-12,1.5\nparco,2026-02-30,1\nparco,2026-03-12,-1\nparco\n")  # fmt: skip
    assert problems(lambda: read_events(events, TWO)) == (
        "e.csv, row 3: place 'bar' is not among the places.",
        "e.csv, row 4: 'ieri' is not a date: write 2026-03-12, 2026-03 or 2026.",
        "e.csv, row 6: count '1.5' is not a whole number.",
        "e.csv, row 7: '2026-02-30' is not in the calendar.",
        "e.csv, row 8: a count of -1; it is 0 or more.",
        "e.csv, row 9: 1 values, 3 are needed.",
    )
    places = write("p.csv", "location,lat,lon\na,44,10\na,44,10\n,44,10\nb,north,10\nc,95,10\nd,nan,1\n")
    assert problems(lambda: read_places(places)) == (
        "p.csv, row 3: place 'a' was already in row 2.",
        "p.csv, row 4: the place has no name.",
        "p.csv, row 5: lat 'north' is not a number.",
        "p.csv, row 6: latitude 95, longitude 10 are out of range.",
        "p.csv, row 7: lat 'nan' is not a number.",
    )
    people = write(
        "q.csv", "location,date,population\nbar,2025,1\nparco,2025,-4\nparco,2025-13,4\nparco,2025,many\n"
    )
    assert problems(lambda: read_population(people, TWO)) == (
        "q.csv, row 2: place 'bar' is not among the places.",
        "q.csv, row 3: a population of -4; it is 0 or more.",
        "q.csv, row 4: '2025-13' is not in the calendar.",
        "q.csv, row 5: population 'many' is not a number.",
    )


def test_twenty_problems_are_enough_to_read(write: object) -> None:
    with pytest.raises(FileError) as refusal:
        read_events(write("e.csv", "location,date\n" + "bar,2026-03-12\n" * 25), TWO)
    assert len(refusal.value.problems) == 25
    assert str(refusal.value).splitlines()[19:] == ["e.csv, row 21: place 'bar' is not among the places.", "… and 5 more."]  # fmt: skip


def test_files_that_are_something_else(write: object, tmp_path: Path) -> None:
    assert problems(lambda: read_places(tmp_path / "no.csv")) == (f"{tmp_path / 'no.csv'}: No such file or directory.",)  # fmt: skip
    assert problems(lambda: read_places(write("p.csv", ""))) == ("p.csv: the file is empty; its first row is a header.",)  # fmt: skip
    assert problems(lambda: read_places(write("p.csv", "location,x,y\n"))) == ("p.csv: there are no rows.",)
    assert problems(lambda: read_population(write("p.pop", ""), TWO)) == ("p.pop: there are no rows.",)
    assert problems(lambda: read_places(write("p.csv", "name,x,y\na,0,0\n"))) == ("p.csv: the header has no location.",)  # fmt: skip
    assert problems(lambda: read_places(write("p.csv", "x,location,x\n0,a,0\n"))) == ("p.csv: the header has x twice.",)  # fmt: skip
    assert problems(lambda: read_events(write("p.geo", "a 1 2\n"), TWO)) == ("p.geo: a .geo file is not what is read here.",)  # fmt: skip
    latin = tmp_path / "e.csv"
    latin.write_bytes("location,date\nparco,2026-03-12\ncittà,2026-03-12\n".encode("latin-1"))
    assert problems(lambda: read_events(latin, TWO)) == ("e.csv, row 3: the text is not UTF-8.",)
