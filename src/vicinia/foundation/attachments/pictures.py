"""Photos decoded and drawn again: what comes out has pixels and nothing else."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from vicinia.foundation.attachments.refusals import FileRefused

LONG_SIDE = 2560
THUMBNAIL_SIDE = 320
QUALITY = 85
_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo drawn again as JPEG, with what was read from its metadata before they were left behind."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_at: dt.datetime | None
    taken_where: tuple[float, float] | None


def is_picture(mime: str) -> bool:
    return mime in _FORMATS


@cache
def _learn_heif() -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)


def draw_again(file: BinaryIO, mime: str, name: str) -> Picture:
    """Decode a photo and draw it again as JPEG, upright, at most 2560 pixels long."""
    _learn_heif()
    ImageFile.LOAD_TRUNCATED_IMAGES = (
        False  # WeasyPrint turns it on for the whole process when it is imported
    )
    try:
        with Image.open(file, formats=(_FORMATS[mime],)) as image:
            _require_pixels(image, name)
            exif = image.getexif()
            taken_at, taken_where = _taken_at(exif), _taken_where(exif)
            image.draft("RGB", (LONG_SIDE, LONG_SIDE))
            clean = _pixels_only(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    # Pillow and libheif meet broken files with all of these; each means that the photo can't be read.
    except (OSError, SyntaxError, ValueError, RuntimeError, EOFError, UnidentifiedImageError) as error:
        raise FileRefused(
            _("La foto «%(name)s» è rovinata o incompleta. Prova a rifarla o a mandarne un'altra.")
            % {"name": name}
        ) from error
    small = clean.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Picture(_jpeg(clean), _jpeg(small), clean.width, clean.height, taken_at, taken_where)


def _require_pixels(image: Image.Image, name: str) -> None:
    if image.width * image.height > settings.ATTACHMENT_MAX_PIXELS:
        raise _too_many_pixels(name)


def _too_many_pixels(name: str) -> FileRefused:
    sentence = _(
        "La foto «%(name)s» è troppo grande: supera %(limit)s milioni di pixel. Mandane una più piccola."
    )
    return FileRefused(sentence % {"name": name, "limit": settings.ATTACHMENT_MAX_PIXELS // 1_000_000})


def _pixels_only(image: Image.Image) -> Image.Image:
    """A new picture with the same pixels, upright, in sRGB, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):  # 16-bit grey: Pillow would cut instead of scaling
        image = image.point(lambda value: value / 256).convert("L")
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    upright = _in_srgb(upright, profile)
    if upright.mode != "RGB":
        upright = upright.convert("RGBA")
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return clean


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours of a phone's own colour space brought to the common one, since the profile itself is left behind."""
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    with suppress(ImageCms.PyCMSError, OSError):
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        return (
            ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
            or image
        )
    return image


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _taken_at(exif: Image.Exif) -> dt.datetime | None:
    text = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    with suppress(ValueError, TypeError):
        moment = dt.datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  made aware below
        return timezone.make_aware(moment)
    return None


def _taken_where(exif: Image.Exif) -> tuple[float, float] | None:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def _degrees(parts: Any, side: Any, negative: str) -> float | None:
    with suppress(TypeError, ValueError, ZeroDivisionError):
        degrees, minutes, seconds = (float(part) for part in parts)
        total = degrees + minutes / 60 + seconds / 3600
        if total == total:  # a broken fraction reads as NaN, which equals nothing
            return round(-total if side == negative else total, 6)
    return None
