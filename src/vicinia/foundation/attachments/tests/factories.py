"""Files as phones and tricksters send them, made on the spot."""

from __future__ import annotations

import struct
import wave
import zlib
from io import BytesIO
from typing import Any

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, PngImagePlugin

SECRET = b"Giulia Rossi, via Roma 1"
PARMA = (44.801485, 10.327904)


def upload(content: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue, so that turning it is noticed."""
    image = Image.new(mode, (width, height), "red")
    image.paste(Image.new(mode, (width - width // 2, height), "blue"), (width // 2, 0))
    return image


def phone_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:03:14 18:30:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
    gps[ExifTags.GPS.GPSLatitude] = (44.0, 48.0, 5.346)
    gps[ExifTags.GPS.GPSLongitude] = (10.0, 19.0, 40.454)
    return exif


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def phone_photo(orientation: int = 1, width: int = 400, height: int = 300) -> bytes:
    return encoded(
        picture(width, height),
        "JPEG",
        exif=phone_exif(orientation),
        comment=SECRET,
        xmp=b"<x>" + SECRET + b"</x>",
    )


def iphone_photo() -> bytes:
    pillow_heif.register_heif_opener()
    return encoded(picture(), "HEIF", exif=phone_exif().tobytes(), quality=80)


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    return encoded(picture(mode="RGBA"), "PNG", pnginfo=words)


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A small file that says it is 900 million pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pdf(body: bytes = b"1 0 obj<<>>endobj") -> bytes:
    return b"%PDF-1.4\n" + body + b"\ntrailer<<>>\n%%EOF\n"


def wav() -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x01\x02" * 4000)
    content = out.getvalue() + b"LIST" + struct.pack("<I", len(SECRET)) + SECRET
    return content[:4] + struct.pack("<I", len(content) - 8) + content[8:]


def mp3() -> bytes:
    tag = b"ID3\x03\x00\x00" + bytes([0, 0, 0, len(SECRET)]) + SECRET
    sound = (b"\xff\xfb\x90\x00" + bytes(413)) * 20
    return tag + sound + (b"TAG" + SECRET).ljust(128, b"\0")


def _atom(kind: bytes, inside: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


def m4a(handler: bytes = b"soun", brand: bytes = b"M4A ") -> bytes:
    hdlr = _atom(b"hdlr", bytes(8) + handler + bytes(12))
    track = _atom(b"trak", _atom(b"mdia", hdlr) + _atom(b"udta", _atom(b"name", SECRET)))
    moov = _atom(b"moov", track + _atom(b"udta", _atom(b"\xa9xyz", b"+44.80+010.32/" + SECRET)))
    return _atom(b"ftyp", brand + bytes(4)) + moov + _atom(b"mdat", b"sound" * 400)


def opus() -> bytes:
    from vicinia.foundation.attachments.recordings import _ogg_sum

    def page(packet: bytes, number: int) -> bytes:
        lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
        head = b"OggS\0\0" + bytes(8) + struct.pack("<III", 7, number, 0) + bytes([len(lacing)])
        whole = head + lacing + packet
        return whole[:22] + struct.pack("<I", _ogg_sum(whole)) + whole[26:]

    comment = b"AUTHOR=" + SECRET * 20
    tags = b"OpusTags" + struct.pack("<I", 4) + b"Lavf" + struct.pack("<II", 1, len(comment)) + comment
    return page(b"OpusHead" + bytes(11), 0) + page(tags, 1) + page(b"sound" * 40, 2)
