"""From an uploaded file to something safe to keep: sniffed by content, limited, cleaned."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from vicinia.foundation.attachments import pictures, recordings
from vicinia.foundation.attachments.models import Kind
from vicinia.foundation.attachments.refusals import FileRefused

_HEAD = 8192
_TAIL = 2048
_UNSAFE = re.compile(r"[\\/:*?\"<>|;%\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
EXTENSIONS = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a file is kept."""

    kind: Kind
    content_type: str
    file_name: str
    content: bytes
    thumbnail: bytes = b""
    width: int | None = None
    height: int | None = None
    taken_at: dt.datetime | None = None
    taken_where: tuple[float, float] | None = None


def read(file: UploadedFile[Any]) -> Kept:
    """Check and clean a file, or raise `FileRefused`. The outcome stays with the file: form and action read it once."""
    kept = getattr(file, "vicinia_kept", None)
    if kept is None:
        kept = _read(file)
        file.vicinia_kept = kept  # type: ignore[attr-defined]  # our own note on the file
    return cast(Kept, kept)


def _read(file: UploadedFile[Any]) -> Kept:
    name = shown_name(file.name or "")
    _require_size(file, name)
    mime = sniff(cast(BinaryIO, file))
    if pictures.is_picture(mime):
        return _photo(file, mime, name)
    if mime == "application/pdf":
        return _pdf(file, name)
    if mime in recordings.CLEANERS:
        return _recording(file, mime, name)
    raise FileRefused(
        _(
            "Il file «%(name)s» non è di un tipo che possiamo tenere. Vanno bene foto, PDF e registrazioni audio."
        )
        % {"name": name}
    )


def _require_size(file: UploadedFile[Any], name: str) -> None:
    size = file.size or 0
    if size == 0:
        raise FileRefused(_("Il file «%(name)s» è vuoto. Sceglilo di nuovo.") % {"name": name})
    if size > settings.ATTACHMENT_MAX_MB * 1024 * 1024:
        sentence = _(
            "Il file «%(name)s» è troppo pesante: il limite è %(limit)s MB. Mandane uno più leggero."
        )
        raise FileRefused(sentence % {"name": name, "limit": settings.ATTACHMENT_MAX_MB})


def sniff(file: BinaryIO) -> str:
    """The content type that the bytes themselves show; the name and what the browser says count for nothing."""
    file.seek(0)
    kind = filetype.guess(file.read(_HEAD))
    file.seek(0)
    mime: str = kind.mime if kind else ""
    return recordings.settle_type(mime, file)


def _photo(file: UploadedFile[Any], mime: str, name: str) -> Kept:
    picture = pictures.draw_again(cast(BinaryIO, file), mime, name)
    return Kept(
        kind=Kind.PHOTO,
        content_type="image/jpeg",
        file_name=_with_extension(name, "image/jpeg"),
        content=picture.jpeg,
        thumbnail=picture.thumbnail,
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at,
        taken_where=picture.taken_where,
    )


def _pdf(file: UploadedFile[Any], name: str) -> Kept:
    content = file.read()
    if b"%%EOF" not in content[-_TAIL:]:
        raise FileRefused(_("Il PDF «%(name)s» è incompleto. Salvalo di nuovo e riprova.") % {"name": name})
    return Kept(Kind.PDF, "application/pdf", _with_extension(name, "application/pdf"), content)


def _recording(file: UploadedFile[Any], mime: str, name: str) -> Kept:
    try:
        content = recordings.CLEANERS[mime](file.read())
    except recordings.Broken as error:
        sentence = _("La registrazione «%(name)s» è rovinata o incompleta. Prova a mandarla di nuovo.")
        raise FileRefused(sentence % {"name": name}) from error
    content_type = recordings.SERVED_AS[mime]
    return Kept(Kind.AUDIO, content_type, _with_extension(name, content_type), content)


def shown_name(name: str) -> str:
    """A file's own name, without folders and without signs that could mislead a person, a header or a disk."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    return _UNSAFE.sub("_", last).strip(" ._")[:100] or "file"


def _with_extension(name: str, content_type: str) -> str:
    """The name with the ending that the content really has."""
    stem, dot, _ending = name.rpartition(".")
    return f"{(stem if dot else name)[:100] or 'file'}.{EXTENSIONS[content_type]}"
