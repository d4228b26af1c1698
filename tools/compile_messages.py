"""Compile the message catalogues without needing gettext on the machine."""

from __future__ import annotations

import os
from pathlib import Path

import polib


def compile_catalogues(source: Path) -> None:
    """Write beside every catalogue what Django reads, where the catalogue has changed since."""
    for catalogue in sorted(source.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            # Other processes may be reading the old one: it is replaced whole.
            fresh = compiled.with_suffix(f".{os.getpid()}")
            polib.pofile(str(catalogue)).save_as_mofile(str(fresh))
            fresh.replace(compiled)


if __name__ == "__main__":
    compile_catalogues(Path("src"))
