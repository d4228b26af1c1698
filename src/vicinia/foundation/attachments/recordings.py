"""Audio recordings: their sound is kept as it is, their metadata (title, place, device) are taken out.

No decoder of sound is used: containers are walked, and what is not sound is dropped or blanked in place.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO


class Broken(ValueError):
    """The container does not hold together."""


def settle_type(mime: str, file: BinaryIO) -> str:
    """The type of an MP4 container by its tracks: phones call their sound recordings "video" too."""
    if mime not in ("video/mp4", "audio/mp4", "video/3gpp", "video/quicktime", "video/x-m4v"):
        return mime
    content = file.read()
    file.seek(0)
    try:
        tracks = {content[start + 8 : start + 12] for kind, start, _end in _atoms(content) if kind == b"hdlr"}
    except Broken:
        return ""
    return "audio/mp4" if b"soun" in tracks and b"vide" not in tracks else ""


_PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}


def _atoms(content: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Every atom of an MP4 as (kind, start of its inside, end), parents before children."""
    end = len(content) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", content, start)
        head = 8
        if size == 1 and start + 16 <= end:
            size, head = struct.unpack_from(">Q", content, start + 8)[0], 16
        stop = end if size == 0 else start + size
        if stop > end or stop < start + head:
            raise Broken(kind)
        yield kind, start + head, stop
        if kind in _PARENTS:
            yield from _atoms(content, start + head, stop)
        start = stop


def _without_mp4_metadata(content: bytes) -> bytes:
    """Blank `udta`, `meta` and `uuid` atoms where they stand, so that no offset into the sound moves."""
    clean = bytearray(content)
    has_sound = False
    for kind, start, end in _atoms(content):
        has_sound |= kind == b"mdat"
        if kind in (b"udta", b"meta", b"uuid"):
            clean[start:end] = bytes(end - start)
            label = clean.rindex(kind, 0, start)
            clean[label : label + 4] = b"free"
    if not has_sound:
        raise Broken("mdat")
    return bytes(clean)


def _without_mp3_tags(content: bytes) -> bytes:
    """Cut the ID3v2 tag at the beginning and the APE and ID3v1 tags at the end."""
    while content[:3] == b"ID3" and len(content) > 10:
        size = sum((byte & 0x7F) << (7 * (3 - place)) for place, byte in enumerate(content[6:10]))
        content = content[10 + size + (10 if content[5] & 0x10 else 0) :]
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    if (ape := content.rfind(b"APETAGEX")) >= 0 and len(content) - ape == 32:
        content = content[: -(32 + struct.unpack_from("<I", content, ape + 12)[0])]
    content = content.lstrip(b"\0")
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        raise Broken("mp3")
    return content


def _without_wav_metadata(content: bytes) -> bytes:
    """Keep only the chunks that are needed to hear it."""
    kept = b"".join(
        content[start - 8 : end] + b"\0" * ((end - start) % 2)
        for kind, start, end in _wav_chunks(content)
        if kind in (b"fmt ", b"data", b"fact")
    )
    if b"data" not in kept or b"fmt " not in kept:
        raise Broken("wav")
    return b"RIFF" + struct.pack("<I", 4 + len(kept)) + b"WAVE" + kept


def _wav_chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    place = 12
    while place + 8 <= len(content):
        kind, size = struct.unpack_from("<4sI", content, place)
        end = place + 8 + size
        if end > len(content):
            raise Broken(kind)
        yield kind, place + 8, end
        place = end + size % 2


def _without_ogg_comments(content: bytes) -> bytes:
    """Blank the comments of Opus and Vorbis where they stand, and sum up again the pages that carried them."""
    clean = bytearray(content)
    pages = list(_ogg_pages(content))
    if len(pages) < 2:
        raise Broken("ogg")
    places, touched = _second_packet(clean, pages)
    packet = bytes(clean[place] for place in places)
    blank = _blank_comments(packet)
    for place, byte in zip(places, blank, strict=True):
        clean[place] = byte
    for start, _body, end in touched:
        clean[start + 22 : start + 26] = bytes(4)
        clean[start + 22 : start + 26] = struct.pack("<I", _ogg_sum(clean[start:end]))
    return bytes(clean)


Page = tuple[int, int, int]


def _ogg_pages(content: bytes) -> Iterator[Page]:
    """Each page as (start, start of its body, end)."""
    start = 0
    while start < len(content):
        if content[start : start + 4] != b"OggS" or start + 27 > len(content):
            raise Broken("page")
        segments = content[start + 26]
        body = start + 27 + segments
        end = body + sum(content[start + 27 : body])
        if end > len(content):
            raise Broken("page")
        yield start, body, end
        start = end


def _second_packet(content: bytearray, pages: list[Page]) -> tuple[list[int], list[Page]]:
    """Where every byte of the second packet (the comments) stands, and the pages that it runs through."""
    places: list[int] = []
    touched: list[Page] = []
    packet = 0
    for page in pages:
        start, body, _end = page
        for length in content[start + 27 : body]:
            if packet == 1:
                places.extend(range(body, body + length))
                touched = touched if page in touched else [*touched, page]
            body += length
            packet += length < 255
        if packet > 1:
            return places, touched
    raise Broken("packet")


def _blank_comments(packet: bytes) -> bytes:
    """A comment packet of the same length that says nothing: the vendor is spaces, and no comment follows."""
    for magic, ending in ((b"OpusTags", b""), (b"\x03vorbis", b"\x01")):
        room = len(packet) - len(magic) - 8 - len(ending)
        if packet.startswith(magic) and room >= 0:
            return magic + struct.pack("<I", room) + b" " * room + bytes(4) + ending
    raise Broken("comments")


def _crc_table() -> list[int]:
    table = []
    for value in range(256):
        total = value << 24
        for _bit in range(8):
            total = (total << 1) ^ (0x04C11DB7 if total & 0x80000000 else 0)
        table.append(total & 0xFFFFFFFF)
    return table


_CRC = _crc_table()


def _ogg_sum(page: bytes | bytearray) -> int:
    """The checksum of a page (RFC 3533): CRC-32, not reflected, starting from zero."""
    total = 0
    for byte in page:
        total = ((total << 8) & 0xFFFFFFFF) ^ _CRC[(total >> 24) ^ byte]
    return total


CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "audio/mp4": _without_mp4_metadata,
    "audio/mpeg": _without_mp3_tags,
    "audio/ogg": _without_ogg_comments,
    "audio/x-wav": _without_wav_metadata,
    "audio/wav": _without_wav_metadata,
}
SERVED_AS = {
    "audio/mp4": "audio/mp4",
    "audio/mpeg": "audio/mpeg",
    "audio/ogg": "audio/ogg",
    "audio/x-wav": "audio/wav",
    "audio/wav": "audio/wav",
}
