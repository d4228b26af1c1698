"""The same rooms in every app, none renamed, none too large."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.architecture.house import FLOORS, ROOT, SOURCE, SourceFile, functions, planted, program_files

ROOMS = {
    "__init__", "apps", "states", "models", "events", "rules", "queries", "actions", "forms", "views", "api", "bulk",
    "jobs", "admin", "urls", "management", "migrations", "tests", "templatetags", "checks", "middleware", "navigation",
}  # fmt: skip
FILES = {"README.md", "templates", "static", "locale", "__pycache__"}
# Rooms of one app, each with one clear subject of its own. A new one needs a line here, and a reason in review.
OWN_ROOMS = {
    "look": {"acting", "catalogue", "charts", "choosing", "components", "context", "dates", "uploads"},
    "accounts": {"adapters", "addresses", "guards", "second_factor", "signals", "tokens"},
    "journal": {"chain", "lines", "triggers"},
    "attachments": {"pictures", "reading", "recordings", "refusals", "serving", "storage"},
    "documents": {"calendars", "checking", "composing", "csv_export", "kinds", "pdf", "qr", "wording"},
    "notifications": {"channels", "documents", "wording"},
    "search": {"index", "words"},
    "territory": {"incoming", "search"},
    "people": {"details", "names"},
    "listening": {"counting", "drafts", "importing", "search", "taxonomy"},
    "helpdesk": {"calendar", "documents", "hours", "links", "papers", "texts"},
    "outreach": {"counting", "calendar", "documents", "links", "papers", "texts"},
    "risk": {"default"},
    "casework": {"counting", "documents", "matters", "papers", "search", "texts"},
    "reviews": {"documents", "papers", "texts"},
    "mediation": {"counting", "documents", "papers", "texts"},
    "letters": {"documents", "papers", "texts"},
    "agreements": {"papers"},
    "foresight": {"counts", "drawing", "engine", "repeating", "sentences", "triggers"},
    "meetings": {"calendar", "documents", "papers", "texts"},
    "mobility": {"adequacy", "counting", "documents", "drawing", "engine", "papers", "sentences", "texts"},
    "worksites": {"calendar", "counting", "documents", "gantt", "notices", "papers", "texts"},
    "commons": {"documents", "papers", "texts"},
    "presence": {"counting"},
    "participation": {"counting"},
    "programme": {"documents", "drawing", "packing", "papers", "texts"},
    "assemblies": {"counting", "documents", "papers", "texts"},
    "elections": {"codes", "documents", "papers", "texts"},
    "desk": {"day", "points", "search_page", "search_views"},
    "portal": {"documents", "texts"},
    "statistics": {"charts", "expressions", "figures", "numbers", "open_data", "periods", "suppression"},
    "api": {"authentication", "keys", "open311", "problems", "serializers", "shapes", "throttles", "xml"},
}
FREE_APPS = {"kernel"}
COMFORTABLE_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FILE = 450
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_19_IN_20_FUNCTIONS = 35
LONGEST_README = 40


def odd_rooms(app: str, names: list[str]) -> list[str]:
    """Names in an app's folder that are no room of the house."""
    if app in FREE_APPS:
        return []
    known = ROOMS | OWN_ROOMS.get(app, set())
    return [name for name in names if name not in FILES and name.removesuffix(".py") not in known]


def apps() -> list[Path]:
    """The folders of all apps on the three floors of subjects."""
    folders = (path for floor in FLOORS for path in sorted((SOURCE / "vicinia" / floor).iterdir()))
    return [folder for folder in folders if folder.is_dir() and folder.name != "__pycache__"]


def lengths(file: SourceFile) -> dict[str, int]:
    """How many lines each function of a file has."""
    return {
        f"{file.path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in functions(file.tree)
    }


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def test_every_room_has_a_known_name() -> None:
    odd = [
        f"{folder.parent.name}/{folder.name}/{name}"
        for folder in apps()
        for name in odd_rooms(folder.name, sorted(path.name for path in folder.iterdir()))
    ]
    assert not odd, "rooms that nobody knows:\n" + "\n".join(odd)


def test_every_room_of_one_app_is_there() -> None:
    there = {folder.name: {path.name.removesuffix(".py") for path in folder.iterdir()} for folder in apps()}
    gone = {app: rooms - there[app] for app, rooms in OWN_ROOMS.items() if rooms - there[app]}
    doubled = {app: rooms & ROOMS for app, rooms in OWN_ROOMS.items() if rooms & ROOMS}
    assert (gone, doubled) == ({}, {})


def test_the_import_contract_of_rooms_covers_every_app() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rooms = next(contract for contract in contracts if contract["name"].startswith("Rooms"))
    expected = {f"vicinia.{folder.parent.name}.{folder.name}" for folder in apps()} - {
        "vicinia.foundation.kernel"
    }
    assert set(rooms["containers"]) == expected
    assert not any("ignore_imports" in contract for contract in contracts), "an exemption needs an ADR"


def test_no_file_is_too_long(capsys: pytest.CaptureFixture[str]) -> None:
    lines = {file.path: file.text.count("\n") for file in program_files()}
    long = {path: count for path, count in lines.items() if count > COMFORTABLE_LINES_OF_A_FILE}
    with capsys.disabled():
        print(f"\nfiles that should become folders: {long or 'none'}")
    assert not {path: count for path, count in long.items() if count > MOST_LINES_OF_A_FILE}


def test_functions_stay_short(capsys: pytest.CaptureFixture[str]) -> None:
    all_lengths = {name: lines for file in program_files() for name, lines in lengths(file).items()}
    values = list(all_lengths.values())
    with capsys.disabled():
        print(
            f"\nfunctions: {len(values)}, median {percentile(values, 0.5)}, p95 {percentile(values, 0.95)} lines"
        )
    too_long = {name: lines for name, lines in all_lengths.items() if lines > MOST_LINES_OF_A_FUNCTION}
    assert not too_long, f"these functions do several things: {too_long}"
    assert percentile(values, 0.95) <= MOST_LINES_OF_19_IN_20_FUNCTIONS


def test_readmes_of_apps_stay_short() -> None:
    # The look's page is the manual of the components, for all the others.
    readmes = [path for folder in apps() if (path := folder / "README.md").exists() and folder.name != "look"]
    long = [str(path) for path in readmes if len(path.read_text().splitlines()) > LONGEST_README]
    assert not long


def test_a_planted_odd_room_is_caught() -> None:
    assert odd_rooms("casework", ["models.py", "utils.py", "helpers"]) == ["utils.py", "helpers"]


def test_a_planted_long_function_is_measured() -> None:
    body = "".join(f"    x{number} = 1\n" for number in range(70))
    assert lengths(planted("vicinia/domain/casework/rules.py", "def may():\n" + body)) == {
        "vicinia/domain/casework/rules.py:1 may": 71
    }
