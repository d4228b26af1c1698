"""QR codes, as pictures that a page or a document carries inside itself."""

from __future__ import annotations

import segno


def svg(text: str, *, scale: int = 4) -> str:
    """A QR code as a `data:` address of an SVG, for `<img src>`. Medium error correction: a worn print still reads."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(scale=scale, border=4, omitsize=False))


def png(text: str, *, scale: int = 8) -> str:
    """A QR code as a `data:` address of a PNG, where SVG does not reach, as in e-mail."""
    return str(segno.make(text, error="m", micro=False).png_data_uri(scale=scale, border=4))
