"""Giving a file to a person whom the owning subject has let in."""

from __future__ import annotations

import re
from typing import IO, Any, cast

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from vicinia.foundation.attachments.models import Attachment, Kind
from vicinia.foundation.kernel.errors import NotVisible

THUMBNAIL = "thumb"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
# Nothing inside a file may run, load or submit anything, even opened in a tab of its own.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def stream(request: HttpRequest, attachment: Attachment, variant: str = "") -> HttpResponseBase:
    """The file, or its thumbnail with `variant="thumb"`; 404 when it was removed or never had one.

    The caller has already checked that the person may see what the file is about. `style-src` lets browsers lay out their own image page.
    """
    path = attachment.thumbnail_path if variant == THUMBNAIL else attachment.path
    if variant not in ("", THUMBNAIL) or attachment.removed_at or not path:
        raise NotVisible
    try:
        file = default_storage.open(path)
    except FileNotFoundError as error:
        raise NotVisible from error
    response = _part(request, cast(IO[Any], file)) or FileResponse(file)
    response["Content-Type"] = "image/jpeg" if variant == THUMBNAIL else attachment.content_type
    return _guarded(response, attachment)


def _guarded(response: HttpResponseBase, attachment: Attachment) -> HttpResponseBase:
    from django.utils.http import content_disposition_header

    as_download = attachment.kind == Kind.PDF
    response["Content-Disposition"] = (
        content_disposition_header(as_download, attachment.file_name) or "inline"
    )
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = _POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _part(request: HttpRequest, file: IO[Any]) -> HttpResponse | None:
    """The part that a player asks for while it seeks: 206, or 416 beyond the end. Anything else gets the whole file."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return None
    with file:
        size = file.seek(0, 2)
        first, last = _bounds(asked[1], asked[2], size)
        if first > last or first >= size:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        file.seek(first)
        content = file.read(last - first + 1)
    return HttpResponse(content, status=206, headers={"Content-Range": f"bytes {first}-{last}/{size}"})


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:  # "-500": the last 500 bytes
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
