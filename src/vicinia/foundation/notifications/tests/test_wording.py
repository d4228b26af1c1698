"""Words that are safe to send in the town's name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vicinia.foundation.notifications.wording import OurWords, defang, mask, one_line, safe_values, write

# What mail programs turn into links: a scheme, or a word, a dot and letters.
LINKED = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|\bwww\.\w|\b(mailto|javascript|tel):\S|\w\.[a-z]{2,}")
CONTEXT = {"reference": "1", "title": "Buca", "name": "Giulia", "link": "", "words": ""}


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example/paga",
        "HTTPS://EVIL.EXAMPLE",
        "vai su www.evil.example subito",
        "evil.example/login",
        "scrivi a truffa@evil.example",
        "mailto:truffa@evil.example",
        "javascript:alert(1)",
        "evil。example",
        "ftp://evil.example",
        "http\u202e://evil.example",
        "ht\x00tp://evil\x00.example",
    ],
)
def test_no_link_survives_in_what_a_resident_wrote(text: str) -> None:
    assert not LINKED.search(defang(text))
    assert "." not in defang(text) or ". " in defang(text)


@pytest.mark.parametrize(
    "text",
    ["Alle 10:30 in via Roma 12. Grazie.", "Costa 12.50 euro", "La sig.ra Bianchi", "due:\n- uno\n- due"],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert defang(text) == text


@given(st.text(max_size=200))
def test_defanging_twice_changes_nothing_more(text: str) -> None:
    assert defang(defang(text)) == defang(text)


def test_a_link_to_another_site_is_refused() -> None:
    with pytest.raises(ValueError, match="no page of this town"):
        safe_values({"link": "https://evil.example/segui"})
    with pytest.raises(ValueError, match="no page of this town"):
        safe_values({"follow_link": "http://127.0.0.1:8000.evil.example/"})


def test_staff_may_write_links() -> None:
    words = OurWords("Trovi il modulo su https://comune.example/moduli")
    assert safe_values({"words": words}) == {"words": str(words)}


def test_a_line_break_in_a_value_can_not_add_a_header() -> None:
    words = write("greeting", CONTEXT | {"title": "Buca\r\nBcc: tutti@evil.example\r\n\r\nCiao"}, "it")
    assert "\n" not in words.subject and "\r" not in words.subject
    assert words.subject.startswith("Segnalazione 1: Buca")


def test_text_is_not_escaped_and_html_is() -> None:
    words = write("greeting_rich", CONTEXT | {"name": "D'Angelo <b>"}, "it")
    assert "Ciao D'Angelo <b>," in words.body
    assert "Ciao D&#x27;Angelo &lt;b&gt;" in words.html


def test_a_message_without_html_has_none() -> None:
    assert write("greeting", CONTEXT, "it").html == ""


@pytest.mark.parametrize(
    ("address", "masked"),
    [("giulia.rossi@posta.example", "g…@p….example"), ("Via Roma 1\nParma", "…"), ("", "…")],
)
def test_a_masked_address_can_be_recognised_but_not_used(address: str, masked: str) -> None:
    assert mask(address) == masked


def test_one_line_is_short_and_clean() -> None:
    assert one_line(" a\n\tb\x00 " + "c" * 300) == "a b " + "c" * 196
