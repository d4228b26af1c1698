"""Recordings: the sound stays, what they say about the person goes."""

from __future__ import annotations

import wave
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vicinia.foundation.attachments import reading, recordings
from vicinia.foundation.attachments.models import Kind
from vicinia.foundation.attachments.refusals import FileRefused
from vicinia.foundation.attachments.tests import factories as make

RECORDINGS = {
    "nota.m4a": (make.m4a(), "audio/mp4"),
    "nota.mp4": (make.m4a(brand=b"isom"), "audio/mp4"),
    "nota.mp3": (make.mp3(), "audio/mpeg"),
    "nota.opus": (make.opus(), "audio/ogg"),
    "nota.wav": (make.wav(), "audio/wav"),
}


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_is_kept_without_what_it_says_about_the_person(name: str) -> None:
    content, content_type = RECORDINGS[name]
    assert make.SECRET in content
    kept = reading.read(make.upload(content, name))
    assert (kept.kind, kept.content_type) == (Kind.AUDIO, content_type)
    assert make.SECRET not in kept.content
    assert b"+44.80" not in kept.content


@pytest.mark.parametrize("name", ["nota.m4a", "nota.mp3", "nota.opus", "nota.wav"])
def test_a_cut_recording_is_refused_or_kept_without_its_metadata(name: str) -> None:
    content, _content_type = RECORDINGS[name]
    for cut in range(12, len(content), 97):
        try:
            kept = reading.read(make.upload(content[:cut], name))
        except FileRefused as refused:
            assert f"«{name}»" in refused.sentence
        else:
            assert make.SECRET not in kept.content


def test_the_sound_of_a_wav_is_the_same() -> None:
    with wave.open(BytesIO(reading.read(make.upload(make.wav(), "a.wav")).content)) as sound:
        assert (sound.getnframes(), sound.readframes(2)) == (4000, b"\x01\x02\x01\x02")


def test_nothing_moves_inside_an_m4a() -> None:
    kept = reading.read(make.upload(make.m4a(), "a.m4a")).content
    assert len(kept) == len(make.m4a())
    assert kept.index(b"mdat") == make.m4a().index(b"mdat")


def test_pages_of_an_opus_still_add_up() -> None:
    kept = reading.read(make.upload(make.opus(), "a.opus")).content
    assert len(kept) == len(make.opus())
    for start, _body, end in recordings._ogg_pages(kept):
        page = bytearray(kept[start:end])
        stored = int.from_bytes(page[22:26], "little")
        page[22:26] = bytes(4)
        assert recordings._ogg_sum(page) == stored


def test_the_checksum_is_the_published_one() -> None:
    # CRC-32 with the polynomial of RFC 3533, neither reflected nor inverted: check value of "123456789".
    assert recordings._ogg_sum(b"123456789") == 0x89A1897F


@given(st.sampled_from(sorted(recordings.CLEANERS)), st.binary(max_size=400))
def test_no_rubbish_breaks_a_cleaner(mime: str, rubbish: bytes) -> None:
    head = {"audio/mp4": b"\0\0\0\x0cftypM4A ", "audio/mpeg": b"ID3\x03\0\0", "audio/ogg": b"OggS"}.get(
        mime, b"RIFF"
    )
    for content in (rubbish, head + rubbish):
        with suppress(recordings.Broken):
            assert isinstance(recordings.CLEANERS[mime](content), bytes)


def test_every_frame_of_an_mp3_is_kept_and_nothing_else() -> None:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    kept = reading.read(make.upload(make.mp3(), "a.mp3")).content
    assert kept == frame * 20
