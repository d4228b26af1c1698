"""Files on disk that are really there before the row that names them is committed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class DurableStorage(FileSystemStorage):
    """Writes a file through to the disk, its folders too: a power cut right after leaves it whole."""

    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # private to Django's stubs, documented for subclasses
        path = Path(self.path(saved))
        _sync(path)
        for folder in path.relative_to(self.location).parents:
            _sync(Path(self.location) / folder)
        return saved
