"""A town in one file: database, attachments and, when asked, keys."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import connection

import vicinia
from vicinia.foundation.journal.queries import heads
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.fields import cipher

MANIFEST = "manifest.json"
KEYS = "keys.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
KEY_CHECK = "vicinia"


class BackupError(Exception):
    """Why a backup or a restore did not happen, in a sentence."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a verified archive holds."""

    manifest: dict[str, Any]
    names: frozenset[str]

    @property
    def has_keys(self) -> bool:
        return KEYS in self.names


def backup(path: Path, *, with_keys: bool) -> Content:
    """Write everything to `path`, then read it back. An earlier file there stays until the new one is whole."""
    if with_keys and json.loads((settings.HOME / KEYS).read_text())["fields"] != settings.FIELD_KEYS:
        raise BackupError("The keys in use come from the environment: keep them in another safe place.")
    draft = path.with_name(f".{path.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            _write_archive(draft, Path(folder), with_keys)
        content = verify(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return content


def _write_archive(draft: Path, folder: Path, with_keys: bool) -> None:
    name = DATABASES[connection.vendor]
    _dump_database(folder / name)
    # Attachments after the database: what a row names was written before the row.
    files = {name: folder / name, **dict(_attached())}
    if with_keys:
        files[KEYS] = settings.HOME / KEYS
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
            added = {inside: _add(archive, inside, outside) for inside, outside in files.items()}
            digests = {inside: digest for inside, digest in added.items() if digest}
            manifest = folder / MANIFEST
            manifest.write_text(json.dumps(_manifest(digests), indent=1))
            archive.add(manifest, MANIFEST)
        out.flush()
        os.fsync(out.fileno())


def _add(archive: tarfile.TarFile, inside: str, outside: Path) -> str:
    """Add one file and return its digest; empty for a file that was erased since it was listed."""
    try:
        digest = _digest(outside)
        archive.add(outside, inside, recursive=False)
    except FileNotFoundError:
        return ""
    return digest


def _manifest(digests: dict[str, str]) -> dict[str, Any]:
    return {
        "program": f"vicinia {getattr(vicinia, '__version__', '')}".strip(),
        "made_at": clock.now().isoformat(),
        "town": settings.TOWN_NAME,
        "database": connection.vendor,
        "key_check": cipher().encrypt(KEY_CHECK.encode()).decode(),
        # Kept elsewhere, these show a journal that was rewritten together with its heads.
        "journal_heads": heads(),
        "files": digests,
    }


def _attached() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"attachments/{path.relative_to(root).as_posix()}", path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)  # SQLite's own online copy, consistent while others write
    else:
        _run_tool("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def _run_tool(tool: str, arguments: list[str]) -> None:
    """Run a PostgreSQL tool; the password goes through the environment, where `ps` doesn't show it."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"{tool} is not on the PATH: install PostgreSQL's client programs.")
    database = connection.get_connection_params()
    options = {"host": "host", "port": "port", "username": "user", "dbname": "dbname"}
    where = [f"--{option}={database[name]}" for option, name in options.items() if database.get(name)]
    command = [program, *where, *arguments]
    environment = os.environ | {"PGPASSWORD": str(database.get("password") or "")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603  our own arguments
    if done.returncode:
        raise BackupError(f"{tool} failed: {done.stderr.strip()}")


def verify(path: Path) -> Content:
    """Read an archive to its end and hold every file against its digest."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            found = {member.name: _member_digest(archive, member) for member in archive if member.isfile()}
            manifest = json.loads(archive.extractfile(MANIFEST).read())  # type: ignore[union-attr]  # a file, or KeyError
    except (OSError, EOFError, KeyError, ValueError, tarfile.TarError) as error:
        raise BackupError(f"{path} is no whole backup: {error}") from error
    found.pop(MANIFEST)
    damaged = sorted(name for name, digest in manifest["files"].items() if found.get(name) != digest)
    strange = sorted(set(found) - set(manifest["files"]))
    if damaged or strange:
        raise BackupError(f"{path} is damaged: {', '.join((damaged + strange)[:5])}")
    return Content(manifest, frozenset(found))


def _member_digest(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = archive.extractfile(member)
    assert file is not None  # isfile() was asked
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def restore(path: Path, *, replace: bool) -> Content:
    """Put a town back from its file. A home with something in it is refused, unless `replace` says to put it aside."""
    content = verify(path)
    if content.manifest["database"] != connection.vendor:
        other = content.manifest["database"]
        raise BackupError(f"The backup is of {other} and this installation runs on {connection.vendor}.")
    if not replace and not _home_is_empty():
        raise BackupError("There is a town here already. With --replace it is put aside first.")
    if not content.has_keys and not _our_keys_open(content):
        raise BackupError("The backup was made with other keys: put its keys.json into VICINIA_HOME first.")
    with tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        with tarfile.open(path, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        _put_in_place(Path(folder), content)
    return content


def _home_is_empty() -> bool:
    has_files = next(_attached(), None) is not None
    return not has_files and not connection.introspection.table_names()


def _our_keys_open(content: Content) -> bool:
    try:
        return cipher().decrypt(content.manifest["key_check"].encode()) == KEY_CHECK.encode()
    except InvalidToken:
        return False


def _put_in_place(folder: Path, content: Content) -> None:
    stamp = f"before-restore-{clock.now():%Y%m%d-%H%M%S}"
    aside = settings.HOME / stamp
    database = folder / DATABASES[connection.vendor]
    if connection.vendor == "sqlite":
        live = Path(connection.settings_dict["NAME"])
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            _move_aside(live.with_name(live.name + suffix), aside)
        shutil.move(database, live)
    else:
        if connection.introspection.table_names():
            aside.mkdir(mode=0o700, exist_ok=True)
            _dump_database(aside / database.name)
        connection.close()
        _run_tool(
            "pg_restore", ["--clean", "--if-exists", "--no-owner", "--single-transaction", str(database)]
        )
    media = Path(settings.MEDIA_ROOT)
    _move_aside(media, aside)
    (folder / "attachments").mkdir(exist_ok=True)
    shutil.move(folder / "attachments", media)
    if content.has_keys:
        _move_aside(settings.HOME / KEYS, aside)
        shutil.move(folder / KEYS, settings.HOME / KEYS)
        (settings.HOME / KEYS).chmod(0o600)


def _move_aside(path: Path, aside: Path) -> None:
    if path.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        shutil.move(path, aside / path.name)
