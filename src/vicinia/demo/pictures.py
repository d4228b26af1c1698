"""Small invented photos for the town's reports: a street, an evening, a heap of bags. No real place, no real person."""

from __future__ import annotations

import io
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 720)
_DAY, _NIGHT = ("#b9c8d6", "#8d9199", "#c9b79f"), ("#1c2740", "#2b2f38", "#4a4038")


def photo(kind: str, rng: Random) -> SimpleUploadedFile:
    """A photo that could have been taken with an old telephone."""
    is_night = "rumore" in kind or "schiamazzi" in kind or "illumina" in kind
    sky, road, wall = _NIGHT if is_night else _DAY
    picture = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(picture)
    horizon = 330 + rng.randrange(80)
    draw.rectangle((0, horizon, SIZE[0], SIZE[1]), fill=road)
    left = 0
    while left < SIZE[0]:
        width, height = 120 + rng.randrange(140), 140 + rng.randrange(170)
        draw.rectangle((left, horizon - height, left + width - 6, horizon), fill=wall)
        _windows(draw, left, horizon - height, width, height, is_night, rng)
        left += width
    for _bag in range(3 + rng.randrange(7)):
        x, y, r = rng.randrange(SIZE[0]), horizon + 60 + rng.randrange(220), 18 + rng.randrange(40)
        draw.ellipse(
            (x - r, y - r, x + r, y + int(r * 0.8)),
            fill=rng.choice(["#2f3437", "#4d5a4a", "#5b4a3a", "#60656b"]),
        )
    content = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(1.6)).save(content, "JPEG", quality=72)
    return SimpleUploadedFile("foto.jpg", content.getvalue(), content_type="image/jpeg")


def _windows(
    draw: ImageDraw.ImageDraw, left: int, top: int, width: int, height: int, is_night: bool, rng: Random
) -> None:
    for x in range(left + 18, left + width - 36, 44):
        for y in range(top + 20, top + height - 40, 52):
            is_lit = is_night and rng.random() < 0.35
            draw.rectangle((x, y, x + 20, y + 28), fill="#f2d58a" if is_lit else "#5d6a78")
