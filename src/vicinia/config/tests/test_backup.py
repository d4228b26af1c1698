"""A town goes into one file and comes back from it: for real, in homes of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from vicinia.config import backup
from vicinia.foundation.accounts.models import Team

PROJECT = Path(__file__).resolve().parents[4]


def vicinia(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of a town that lives in `home`."""
    environment = os.environ | {
        "VICINIA_HOME": str(home),
        "VICINIA_DATABASE_URL": f"sqlite:///{home / 'vicinia.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "vicinia.config.settings",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=PROJECT, env=environment, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    """A town with one team, and one attached file."""
    home = tmp_path_factory.mktemp("town")
    assert vicinia(home, "migrate").returncode == 0
    with sqlite3.connect(home / "vicinia.sqlite3") as database:
        database.execute(
            "INSERT INTO accounts_team (name, area_ids, created_at, updated_at) VALUES ('Gruppo', '[]', 0, 0)"
        )
    (home / "attachments" / "ab").mkdir(parents=True)
    (home / "attachments" / "ab" / "foto.jpg").write_bytes(b"foto")
    return home


@pytest.fixture(scope="module")
def archive(town: Path) -> Path:
    path = town.parent / "backup.tgz"
    done = vicinia(town, "backup", str(path), "--with-keys")
    assert done.returncode == 0, done.stderr
    return path


def teams(home: Path) -> list[str]:
    with sqlite3.connect(home / "vicinia.sqlite3") as database:
        return [name for (name,) in database.execute("SELECT name FROM accounts_team")]


def test_a_town_comes_back_whole_in_another_home(town, archive, tmp_path):
    done = vicinia(tmp_path, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert teams(tmp_path) == ["Gruppo"]
    assert (tmp_path / "attachments" / "ab" / "foto.jpg").read_bytes() == b"foto"
    assert json.loads((tmp_path / "keys.json").read_text()) == json.loads((town / "keys.json").read_text())
    assert "up to date" in vicinia(tmp_path, "doctor").stdout


def test_a_backup_is_readable_by_its_owner_only(archive):
    assert archive.stat().st_mode & 0o077 == 0


def test_a_home_with_a_town_in_it_is_refused_and_then_put_aside(archive, town, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(town, home)
    with sqlite3.connect(home / "vicinia.sqlite3") as database:
        database.execute("UPDATE accounts_team SET name = 'Dopo'")
    refused = vicinia(home, "restore", str(archive))
    assert refused.returncode == 1
    assert "There is a town here already" in refused.stderr
    assert teams(home) == ["Dopo"]
    assert vicinia(home, "restore", str(archive), "--replace").returncode == 0
    assert teams(home) == ["Gruppo"]
    (aside,) = home.glob("before-restore-*")
    assert teams(aside) == ["Dopo"]


def test_a_backup_without_keys_needs_the_keys_it_was_made_with(town, tmp_path):
    path, stranger = tmp_path / "b.tgz", tmp_path / "stranger"
    done = vicinia(town, "backup", str(path))
    assert "keep keys.json" in done.stdout
    refused = vicinia(stranger, "restore", str(path))
    assert "made with other keys" in refused.stderr
    shutil.copy(town / "keys.json", stranger / "keys.json")
    assert vicinia(stranger, "restore", str(path)).returncode == 0


def repacked(archive: Path, target: Path, change) -> Path:
    """The same archive with files changed by `change(folder)`."""
    folder = target.parent / "unpacked"
    with tarfile.open(archive) as old:
        old.extractall(folder, filter="data")
    change(folder)
    with tarfile.open(target, "w:gz") as new:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                new.add(path, path.relative_to(folder).as_posix())
    return target


def _change_photo(folder: Path) -> None:
    (folder / "attachments" / "ab" / "foto.jpg").write_bytes(b"altra")


def _lose_photo(folder: Path) -> None:
    (folder / "attachments" / "ab" / "foto.jpg").unlink()


def _slip_in(folder: Path) -> None:
    (folder / "attachments" / "in-piu.jpg").write_bytes(b"x")


@pytest.mark.parametrize("change", [_change_photo, _lose_photo, _slip_in])
def test_a_changed_archive_is_refused(archive, tmp_path, change):
    bad = repacked(archive, tmp_path / "bad.tgz", change)
    with pytest.raises(backup.BackupError, match="damaged"):
        backup.verify(bad)


def test_an_archive_cut_short_is_refused(archive, tmp_path):
    short = tmp_path / "short.tgz"
    short.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with pytest.raises(backup.BackupError, match="no whole backup"):
        backup.verify(short)


def test_a_backup_that_fails_leaves_the_earlier_one(town, archive, tmp_path):
    earlier = tmp_path / "b.tgz"
    shutil.copy(archive, earlier)
    home = tmp_path / "broken"
    shutil.copytree(town, home)
    (home / "vicinia.sqlite3").write_bytes(b"this is no database" * 100)
    assert vicinia(home, "backup", str(earlier)).returncode != 0
    assert earlier.read_bytes() == archive.read_bytes()
    assert not list(tmp_path.glob(".*.part"))


def test_missing_postgresql_tools_are_named(monkeypatch):
    monkeypatch.setattr(backup.shutil, "which", lambda tool: None)
    with pytest.raises(backup.BackupError, match="pg_dump is not on the PATH"):
        backup._run_tool("pg_dump", [])


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_a_database_on_postgresql_comes_back_and_the_old_one_is_put_aside(settings, tmp_path):
    if connection.vendor != "postgresql" or shutil.which("pg_dump") is None:
        pytest.skip("needs PostgreSQL and its client programs on the PATH")
    told = subprocess.run(["pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
    if int(re.search(r"(\d+)\.", told)[1]) < connection.pg_version // 10_000:
        pytest.skip(f"pg_dump refuses a server newer than itself: {told.strip()}")
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "attachments"
    Team.objects.create(name="Prima")
    backup.backup(tmp_path / "b.tgz", with_keys=False)
    Team.objects.create(name="Dopo")
    with pytest.raises(backup.BackupError, match="There is a town here already"):
        backup.restore(tmp_path / "b.tgz", replace=False)
    backup.restore(tmp_path / "b.tgz", replace=True)
    assert [team.name for team in Team.objects.all()] == ["Prima"]
    (aside,) = tmp_path.glob("before-restore-*/database.dump")
    assert aside.stat().st_size > 0
