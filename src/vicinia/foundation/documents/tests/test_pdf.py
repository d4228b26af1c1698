"""PDF: read back with another program, accessible, repeatable, without network."""

from __future__ import annotations

import datetime as dt
import http.server
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from vicinia.foundation.documents import pdf, qr

TEMPLATE = "documents_tests/receipt.html"
MADE_AT = dt.datetime(2026, 3, 14, 17, 30, tzinfo=dt.UTC)
WORDS = {"reference": "2026-00871", "words": "Perché la città è così, caro ’Ndrea."}


def receipt(**context: Any) -> bytes:
    return pdf.render(TEMPLATE, WORDS | context, made_at=MADE_AT)


def text_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_words_can_be_read_back() -> None:
    words = text_of(receipt())
    assert "Ricevuta 2026-00871" in words
    assert "Perché la città è così, caro ’Ndrea." in words


def test_a_document_is_tagged_and_says_its_title_and_language() -> None:
    reader = PdfReader(BytesIO(receipt()))
    root = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "it"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata and reader.metadata.title == "Ricevuta 2026-00871"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_the_language_of_the_recipient_is_set() -> None:
    reader = PdfReader(BytesIO(pdf.render(TEMPLATE, WORDS, language="en", made_at=MADE_AT)))
    assert reader.trailer["/Root"].get_object()["/Lang"] == "en"


def test_the_same_words_give_the_same_bytes() -> None:
    picture = qr.svg("https://esempio.example/segui/1")
    first, again = receipt(picture=picture), receipt(picture=picture)
    assert first == again
    assert receipt(words="Altro.") != first
    reader = PdfReader(BytesIO(first))
    assert reader.metadata and reader.metadata.creation_date == MADE_AT


def test_our_own_fonts_are_inside() -> None:
    content = receipt()
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all("Titillium" in font for font in fonts), fonts


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """A web server that keeps what it was asked for."""
    asked: list[str] = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, _words: str, *_values: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def test_a_document_asks_the_network_for_nothing(site: tuple[str, list[str]]) -> None:
    address, asked = site
    with pytest.raises(pdf.NotOurs):
        receipt(picture=f"{address}/spia.png")
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "/etc/hostname",
        "/static/../../../../etc/hostname",
        "/static/%2e%2e/%2e%2e/etc/hostname",
        "https://static.invalid/static//etc/hostname",
        "https://static.invalid/etc/hostname",
        "https://user@static.invalid/static/look/paper.css",
        "/static/non-esiste.png",
    ],
)
def test_a_document_reads_nothing_else_of_the_disk(address: str) -> None:
    assert Path("/etc/hostname").exists()
    with pytest.raises(pdf.NotOurs):
        receipt(picture=address)


def test_a_qr_code_is_drawn_inside_the_page() -> None:
    assert qr.svg("ciao").startswith("data:image/svg+xml")
    assert qr.png("ciao").startswith("data:image/png;base64,")
    assert len(receipt(picture=qr.svg("https://esempio.example"))) > len(receipt())
