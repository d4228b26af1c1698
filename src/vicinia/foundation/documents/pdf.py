"""PDF from Django templates: tagged, accessible (PDF/UA-1), the same bytes for the same words, no network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from vicinia.foundation.kernel import clock
from vicinia.foundation.look.context import current_town

# Nothing answers here: it only turns the addresses of static files into absolute ones.
_HOST = "static.invalid"
_BASE_URL = f"https://{_HOST}/"
_VARIANT = "pdf/ua-1"


class NotOurs(ValueError):
    """A document asked for something that is neither inside it nor a static file of ours."""


def _static_path(url: str) -> Path:
    address = urlsplit(url)
    path = unquote(address.path)
    static = "/" + urlsplit(settings.STATIC_URL).path.strip("/") + "/"
    if (address.scheme, address.netloc) != ("https", _HOST) or not path.startswith(static):
        raise NotOurs("Documents load static files of ours only.")
    name = path.removeprefix(static)
    for found in (finders.find(name), _collected(name)):
        if found and Path(found).is_file():
            return Path(found)
    raise NotOurs(f"There is no static file {name}.")


def _collected(name: str) -> str:
    """The file under its name with a digest, as `collectstatic` left it."""
    try:
        return staticfiles_storage.path(name)
    except (NotImplementedError, ValueError):  # a storage that is no folder; a name that climbs out of it
        return ""


@lru_cache(maxsize=1)
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Gives `data:` addresses and our own static files; refuses the network and the rest of the disk."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = _static_path(url)
            kind = guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OurFilesOnly(allowed_protocols=("data",), fail_on_errors=True)


def render(
    template: str, context: Mapping[str, Any], *, language: str = "it", made_at: dt.datetime | None = None
) -> bytes:
    """Render a template that extends `look/paper.html` as a tagged PDF.

    The bytes depend on the words, the language and `made_at` (now, if not given), on nothing else. An address in the template
    that is not a static file of ours or a `data:` one stops the rendering with an error.
    """
    made_at = made_at or clock.now()
    with override(language):
        html = render_to_string(template, {"town": current_town(), "made_at": made_at, **context})
    return from_html(html, made_at=made_at)


def from_html(html: str, *, made_at: dt.datetime) -> bytes:
    """Lay out a whole page of HTML as a tagged PDF that says it was made at `made_at`."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    try:
        page = HTML(string=html, base_url=_BASE_URL, url_fetcher=_fetcher())
        document = page.render(font_config=FontConfiguration(), pdf_variant=_VARIANT)
    except FatalURLFetchingError as error:
        raise NotOurs(str(error.__cause__)) from error
    document.metadata.created = document.metadata.modified = made_at.astimezone(dt.UTC).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
    made: bytes = document.write_pdf(pdf_variant=_VARIANT, pdf_identifier=sha256(html.encode()).digest()[:16])
    return made


def as_response(content: bytes, name: str) -> HttpResponse:
    """A PDF for one person's eyes: shown in the browser, kept by no cache."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
