"""What every test may ask for."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from tests.cast import Cast, gather_cast
from tests.template_variables import watch_template_variables
from tools import migrated
from tools.compile_messages import compile_catalogues

ROOT = Path(__file__).resolve().parent
PUBLIC_DATA = Path(os.environ.get("VICINIA_DATA", ROOT.parent / "shared" / "data"))


def pytest_configure() -> None:
    watch_template_variables()
    compile_catalogues(ROOT / "src")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Branches are measured where a subject is tested: to trace walks through the whole house costs minutes."""
    walks = (ROOT / "tests", ROOT / "src/vicinia/demo")
    for item in items:
        if any(item.path.is_relative_to(walk) for walk in walks):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The database of the tests begins as a copy of one that has been migrated: see tools/migrated.py."""
    of_tests = connection.settings_dict["TEST"]
    if connection.vendor != "sqlite":
        of_tests["TEMPLATE"] = os.environ.get("VICINIA_MIGRATED")
        yield
        return
    name = connection.creation._get_test_db_name()
    # In memory it lives as long as somebody is connected to it.
    with (
        closing(sqlite3.connect(name, uri=True)) as held,
        closing(sqlite3.connect(migrated.on_sqlite())) as kept,
    ):
        kept.backup(held)
        yield


@pytest.fixture
def public_data() -> Path:
    """Folder of real public data sets; tests that need it say so by asking, and skip where it is absent."""
    if not PUBLIC_DATA.is_dir():
        pytest.skip(f"the public data sets are not in {PUBLIC_DATA} (set VICINIA_DATA)")
    return PUBLIC_DATA


@pytest.fixture
def cast(db: None) -> Cast:
    """Two quarters, two teams and the people of the tests, by name."""
    return gather_cast()


@pytest.fixture(autouse=True)
def _in_italian() -> Iterator[None]:
    """Every test begins in the interface's first language, whatever the one before read in."""
    with translation.override("it"):
        yield


@pytest.fixture(autouse=True)
def _files_in_a_place_of_their_own(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "attachments"  # type: ignore[attr-defined]
    # Static files under their own names: the names with a digest exist only after collectstatic.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}  # type: ignore[attr-defined]
    yield


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that several threads really share. SQLite's in memory is one connection, so its copy on disk stands in."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with sqlite3.connect(tmp_path / "town.sqlite3") as copy:
        in_memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "town.sqlite3")
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name
