"""Zip files whose bytes depend on what is in them and on nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

# The first instant that a zip file can name.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_FIRST = "mimetype"


def packed_again(made: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same parts in one order with no instant, nothing squeezed; `change` gets each by name and gives it as it is to be.

    Squeezed bytes would be other ones with another version of zlib. ODF asks that `mimetype` comes first.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as after:
        names = sorted(set(before.namelist()), key=lambda name: (name != _FIRST, name))
        for name in names:
            if name.endswith("/"):
                continue
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.create_system = 3
            part.external_attr = 0o600 << 16
            after.writestr(part, change(name, before.read(name)))
    return out.getvalue()
