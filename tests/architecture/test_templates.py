"""Every template obeys the content security policy, and every page has a title."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
TEMPLATES = sorted(
    path for path in SOURCE.rglob("*.html") if "templates" in path.parts and "email" not in path.stem
)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.S),
    "a style element": re.compile(r"<style\b"),
    "an event attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.S),
    "hx-on": re.compile(r"\bhx-on"),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)", re.S),
    "something from another site": re.compile(
        r"<(script|link|img|iframe)\b[^>]*(src|href)=\"(https?:)?//", re.S
    ),
}
EXTENDS = re.compile(r'{%\s*extends\s+"([^"]+)"')
TITLE = re.compile(r"{%\s*block\s+(head_)?title\s*%}\s*\S")


def name_of(path):
    """The name by which templates call each other: what comes after the templates folder."""
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])


TEXTS = {name_of(path): path.read_text() for path in TEMPLATES}
PARENTS = {match[1] for text in TEXTS.values() if (match := EXTENDS.search(text))}
PAGES = [
    name
    for name, text in TEXTS.items()
    if "{% extends" in text and name not in PARENTS and not name.startswith("allauth/layouts/")
]


def has_title(name):
    """A page names itself, or a page above it (short of the base of the face) does."""
    text = TEXTS.get(name, "")
    if "<title>" in text:
        return False
    above = EXTENDS.search(text)
    return bool(TITLE.search(text)) or bool(above and has_title(above[1]))


@pytest.mark.parametrize("name", TEXTS)
def test_a_template_has_nothing_that_the_security_policy_blocks(name):
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(TEXTS[name])]
    assert not found, f"{name} has {', '.join(found)}"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_title(name):
    assert has_title(name), f"{name} has no title block"


def test_the_patterns_catch_what_they_are_for():
    caught = {
        "a style attribute": '<p class="x" style="color:red">',
        "a style element": "<style>p {}</style>",
        "an event attribute": '<button onclick="go()">',
        "hx-on": '<div hx-on:click="go()">',
        "a javascript: address": '<a href="javascript:go()">',
        "an inline script": "<script>go()</script>",
        "something from another site": '<script src="https://cdn.example/x.js"></script>',
    }
    assert set(caught) == set(FORBIDDEN)
    assert all(FORBIDDEN[what].search(example) for what, example in caught.items())
