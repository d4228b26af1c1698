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
    """Keep the frames of sound and nothing that stands before, between or after them (ID3, APE, Lyrics)."""
    start = 0
    while content[start : start + 3] == b"ID3" and start + 10 <= len(content):
        size = sum(
            (byte & 0x7F) << (7 * (3 - place)) for place, byte in enumerate(content[start + 6 : start + 10])
        )
        start += 10 + size
    sound = b"".join(_mp3_frames(content, start))
    if not sound:
        raise Broken("mp3")
    return sound


def _mp3_frames(content: bytes, start: int) -> Iterator[bytes]:
    while (start := content.find(b"\xff", start)) >= 0:
        size = _mp3_frame_size(content[start : start + 4])
        end = start + size
        # Sound follows sound: a frame is believed when another one, or the end of the frames, comes right after it.
        if (
            size
            and end <= len(content)
            and (_mp3_frame_size(content[end : end + 4]) or content[end : end + 1] != b"\xff")
        ):
            yield content[start:end]
            start = end
        else:
            start += 1


_MP3_BITRATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG-1
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG-2 and 2.5
}
_MP3_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _mp3_frame_size(header: bytes) -> int:
    """How many bytes a Layer III frame has by its header (ISO 11172-3, 13818-3); 0 when it is no such header."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, bitrate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or bitrate in (0, 15) or rate == 3:
        return 0
    kbits = _MP3_BITRATES[version == 3][bitrate]
    samples = 144 if version == 3 else 72
    return samples * kbits * 1000 // _MP3_RATES[version][rate] + (header[2] >> 1 & 1)


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
