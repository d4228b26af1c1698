"""Giving files out: the right type, nothing that runs, parts for players, nothing removed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from vicinia.foundation.attachments import actions, jobs, queries
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.attachments.tests import factories as make
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible

pytestmark = pytest.mark.django_db


def attach(content: bytes, name: str) -> Attachment:
    return actions.attach(by=Actor.visitor(), about="report:1", file=make.upload(content, name))


def serve(attachment: Attachment, variant: str = "", **headers: str) -> HttpResponseBase:
    return stream(RequestFactory().get("/", headers=headers), attachment, variant)


def body(response: HttpResponseBase) -> bytes:
    return response.getvalue() if response.streaming else response.content  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "name", "content_type", "disposition"),
    [
        (make.phone_photo(), "buca.png", "image/jpeg", 'inline; filename="buca.jpg"'),
        (make.pdf(), "verbale.pdf", "application/pdf", 'attachment; filename="verbale.pdf"'),
        (make.m4a(), "nota.m4a", "audio/mp4", 'inline; filename="nota.m4a"'),
        (
            make.pdf(),
            "città \u2713.pdf",
            "application/pdf",
            "attachment; filename*=utf-8''citt%C3%A0%20%E2%9C%93.pdf",
        ),
    ],
)
def test_a_file_is_given_as_what_it_is(
    content: bytes, name: str, content_type: str, disposition: str
) -> None:
    response = serve(attach(content, name))
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Content-Length"] == str(len(body(response)))


def test_a_thumbnail_is_smaller_and_only_photos_have_one() -> None:
    photo = attach(make.phone_photo(width=2000, height=1000), "a.jpg")
    assert len(body(serve(photo, "thumb"))) < len(body(serve(photo)))
    with pytest.raises(NotVisible):
        serve(attach(make.pdf(), "a.pdf"), "thumb")
    with pytest.raises(NotVisible):
        serve(photo, "../secret")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=0-99999999", 0, None),
    ],
)
def test_a_player_may_ask_for_a_part(asked: str, first: int, last: int | None) -> None:
    recording = attach(make.m4a(), "nota.m4a")
    whole = body(serve(recording))
    response = serve(recording, Range=asked)
    assert response.status_code == 206
    assert body(response) == whole[first : None if last is None else last + 1]
    start = first % len(whole)
    assert response["Content-Range"] == f"bytes {start}-{start + len(body(response)) - 1}/{len(whole)}"
    assert response["Content-Type"] == "audio/mp4"


@pytest.mark.parametrize(
    ("asked", "status"), [("bytes=999999-", 416), ("bytes=5-2", 416), ("bytes=-", 200), ("pages=1-2", 200)]
)
def test_a_part_that_is_not_there_is_refused_and_nonsense_gets_the_whole(asked: str, status: int) -> None:
    assert serve(attach(make.m4a(), "nota.m4a"), Range=asked).status_code == status


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_does_not_exist() -> None:
    photo = attach(make.phone_photo(), "a.jpg")
    stale = Attachment.objects.get()
    actions.remove(by=Actor.visitor(), attachment=photo, reason="Si vede un volto")
    for attachment in (stale, Attachment.objects.get()):
        with pytest.raises(NotVisible):
            serve(attachment)


def age(path: str, hours: int) -> None:
    real = Path(default_storage.path(path))
    moment = real.stat().st_mtime - hours * 3600
    os.utime(real, (moment, moment))


@pytest.mark.django_db(transaction=True)
def test_files_without_a_row_are_swept_after_an_hour_and_no_others(settings: Any) -> None:
    kept = attach(make.phone_photo(), "a.jpg")
    with pytest.raises(RuntimeError), transaction.atomic():
        attach(make.pdf(), "b.pdf")
        raise RuntimeError("the act fails after attaching")
    (orphan,) = set(stored(settings)) - {kept.path, kept.thumbnail_path}
    assert jobs.sweep() == 0, "an open transaction may be about to name it"
    for path in (orphan, kept.path, kept.thumbnail_path):
        age(path, hours=2)
    assert jobs.sweep() == 1
    assert set(stored(settings)) == {kept.path, kept.thumbnail_path}
    assert list(queries.orphan_paths()) == []


def stored(settings: Any) -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]


def test_sweeping_before_anything_was_attached_does_nothing() -> None:
    assert jobs.sweep() == 0


def test_a_file_is_on_the_disk_before_the_row_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(os.fstat(handle).st_ino), real(handle)))
    attachment = attach(make.pdf(), "a.pdf")
    path = Path(default_storage.path(attachment.path))
    assert {path.stat().st_ino, path.parent.stat().st_ino} <= set(synced)
    assert path.stat().st_mode & 0o777 == 0o600
