"""Keeping files: what comes in, what is kept of it, what is refused and how."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image

from vicinia.foundation.attachments import actions, queries
from vicinia.foundation.attachments.models import Attachment, Kind
from vicinia.foundation.attachments.refusals import FileRefused
from vicinia.foundation.attachments.tests import factories as make
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible, Refused

pytestmark = pytest.mark.django_db
ABOUT = "report:2026-00871"


def attach(content: bytes, name: str = "IMG_0001.jpg", about: str = ABOUT) -> Attachment:
    return actions.attach(by=Actor.visitor(), about=about, file=make.upload(content, name))


def kept_bytes(attachment: Attachment) -> bytes:
    with default_storage.open(attachment.path) as file:
        return file.read()


def kept_picture(attachment: Attachment) -> Image.Image:
    return Image.open(BytesIO(kept_bytes(attachment)))


def files_on_disk(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make.phone_photo(), "IMG_0001.jpg"),
        (make.iphone_photo(), "IMG_0002.HEIC"),
        (make.png_with_words(), "schermata.png"),
        (make.encoded(make.picture(), "WEBP", exif=make.phone_exif()), "foto.webp"),
        (make.encoded(make.picture(), "GIF", comment=make.SECRET), "foto.gif"),
        (make.encoded(make.picture(mode="CMYK"), "JPEG"), "stampa.jpg"),
        (make.encoded(make.picture().convert("I;16"), "PNG"), "grigia.png"),
    ],
)
def test_every_photo_becomes_a_jpeg_with_pixels_only(content: bytes, name: str) -> None:
    attachment = attach(content, name)
    image = kept_picture(attachment)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (400, 300))
    assert set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert not image.getexif()
    assert make.SECRET not in kept_bytes(attachment)
    assert attachment.kind == Kind.PHOTO
    assert attachment.file_name.endswith(".jpg")


def test_a_photo_tells_when_and_where_it_was_taken_and_only_when_is_stored(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Rome"
    attachment = attach(make.phone_photo())
    assert attachment.taken_where == pytest.approx(make.PARMA, abs=1e-5)
    assert attachment.taken_at == dt.datetime(2026, 3, 14, 17, 30, tzinfo=dt.UTC)
    assert Attachment.objects.get().taken_where is None


def test_a_photo_of_an_iphone_tells_where_too() -> None:
    assert attach(make.iphone_photo()).taken_where == pytest.approx(make.PARMA, abs=1e-5)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"), [(6, (300, 400), (150, 20)), (3, (400, 300), (380, 150))]
)
def test_a_turned_photo_is_set_upright(
    orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    image = kept_picture(attach(make.phone_photo(orientation)))
    assert image.size == size
    red, _green, blue = image.getpixel(red_at)
    assert red > 200 and blue < 60


def test_a_large_photo_is_made_smaller_and_gets_a_thumbnail() -> None:
    attachment = attach(make.phone_photo(width=5000, height=2500))
    assert (attachment.width, attachment.height) == (2560, 1280)
    with default_storage.open(attachment.thumbnail_path) as file:
        assert Image.open(file).size == (320, 160)


def test_colours_of_a_phone_are_brought_to_the_common_space() -> None:
    from PIL import ImageCms

    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    attachment = attach(make.encoded(make.picture(), "JPEG", icc_profile=lab))
    assert "icc_profile" not in kept_picture(attachment).info


def test_what_is_hidden_behind_a_photo_is_left_behind() -> None:
    page = b"<html><script>alert(1)</script></html>"
    assert page not in kept_bytes(attach(make.phone_photo() + page, "foto.html.jpg"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "disegno.svg"),
        (b"<?xml version='1.0'?><svg/>", "foto.jpg"),
        (b"<!doctype html><script>alert(1)</script>", "foto.jpg"),
        (b"PK\x03\x04" + bytes(200), "modulo.docm"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "modulo.doc"),
        (b"MZ" + bytes(200), "foto.jpg"),
        (make.m4a(handler=b"vide", brand=b"isom"), "video.mp4"),
        (b"due parole", "appunti.txt"),
    ],
)
def test_other_kinds_of_file_are_refused_whatever_their_name(content: bytes, name: str) -> None:
    with pytest.raises(FileRefused, match="non è di un tipo che possiamo tenere") as refused:
        attach(content, name)
    assert f"«{name}»" in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make.phone_photo()[:2000], "a.jpg"),
        (make.png_with_words()[:300], "b.png"),
        (make.iphone_photo()[:700], "c.heic"),
        (b"\xff\xd8\xff\xe0" + bytes(300), "d.jpg"),
    ],
)
def test_a_broken_photo_is_refused_with_what_to_do(content: bytes, name: str, settings: Any) -> None:
    with pytest.raises(FileRefused, match=f"«{name}» è rovinata o incompleta"):
        attach(content, name)
    assert not Attachment.objects.exists()
    assert not files_on_disk(settings)


@pytest.mark.parametrize("side", [8_000, 30_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(FileRefused, match="supera 50 milioni di pixel"):
        attach(make.png_bomb(side, side), "bomba.png")


def test_too_heavy_and_empty_files_are_refused(settings: Any) -> None:
    settings.ATTACHMENT_MAX_MB = 1
    with pytest.raises(FileRefused, match="il limite è 1 MB"):
        attach(make.pdf(bytes(2_000_000)), "grande.pdf")
    with pytest.raises(FileRefused, match="è vuoto"):
        attach(b"", "vuoto.jpg")


def test_a_pdf_is_kept_as_it_is_and_a_cut_one_refused() -> None:
    attachment = attach(make.pdf(), "verbale.jpg")
    assert (attachment.kind, attachment.file_name) == (Kind.PDF, "verbale.pdf")
    assert kept_bytes(attachment) == make.pdf()
    with pytest.raises(FileRefused, match="«cortile\\.pdf» è incompleto"):
        attach(make.pdf()[:20], "cortile.pdf")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Foto\\mia.jpg", "mia.jpg"),
        ('a"b\r\nSet-Cookie: x.jpg', "a_b_Set-Cookie_ x.jpg"),
        ("gpj\u202e.exe.jpg", "gpj_.exe.jpg"),
        ("x" * 300 + ".jpg", "x" * 100 + ".jpg"),
        ("....", "file.jpg"),
    ],
)
def test_a_file_name_is_made_harmless(name: str, shown: str) -> None:
    file = make.upload(make.phone_photo())
    file._name = name
    assert actions.attach(by=Actor.visitor(), about=ABOUT, file=file).file_name == shown


def test_files_are_found_by_what_they_are_about_only() -> None:
    mine, other = attach(make.phone_photo()), attach(make.phone_photo(), about="report:2026-00900")
    assert list(queries.of(ABOUT)) == [mine]
    assert queries.named(ABOUT, mine.name) == mine
    with pytest.raises(NotVisible):
        queries.named(ABOUT, other.name)


def test_attaching_is_told_in_the_timeline_without_the_file_name() -> None:
    attachment = attach(make.phone_photo(), "giulia rossi.jpg")
    entry = Entry.objects.get(about=ABOUT)
    assert entry.event == "attachment.added"
    assert entry.facts == {"kind": "foto", "attachment": attachment.name}


@pytest.mark.django_db(transaction=True)
def test_removing_needs_a_reason_and_erases_the_bytes_on_commit(settings: Any) -> None:
    attachment = attach(make.phone_photo())
    with pytest.raises(Refused, match="Scrivi perché"):
        actions.remove(by=Actor.visitor(), attachment=attachment, reason=" ")
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.remove(by=Actor.visitor(), attachment=attachment, reason="Si vede un volto")
        raise RuntimeError
    assert len(files_on_disk(settings)) == 2
    actions.remove(by=Actor.visitor(), attachment=attachment, reason="Si vede un volto")
    assert files_on_disk(settings) == []
    assert not queries.of(ABOUT).exists()
    with pytest.raises(Refused, match="già stato tolto"):
        actions.remove(by=Actor.visitor(), attachment=attachment, reason="Di nuovo")


@pytest.mark.django_db(transaction=True)
def test_erasing_takes_every_file_of_one_thing_and_no_other(settings: Any) -> None:
    attach(make.phone_photo())
    attach(make.pdf(), "b.pdf")
    other = attach(make.pdf(), "c.pdf", about="report:2026-00900")
    assert actions.erase_of(by=Actor.job("erase"), about=ABOUT) == 2
    assert [path.name for path in files_on_disk(settings)] == [Path(other.path).name]
    assert not Attachment.objects.filter(about=ABOUT).exclude(file_name="").exists()


def test_the_database_refuses_a_removed_file_that_is_still_named() -> None:
    attachment = attach(make.pdf())
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(removed_at=dt.datetime.now(dt.UTC))


def test_files_of_a_draft_follow_it() -> None:
    attachment = attach(make.pdf(), about="draft:1")
    assert actions.move_all(by=Actor.visitor(), about="draft:1", to=ABOUT) == 1
    assert queries.named(ABOUT, attachment.name) == attachment
