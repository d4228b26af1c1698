"""No template that nobody shows, and no variable that nobody gives."""

from __future__ import annotations

import ast
import re

import pytest
from django.template import Context, engines

from tests.architecture.house import SOURCE, own_templates, program_files, template_name
from tests.template_variables import UnknownVariable

_NAMED = re.compile(r"""["']([\w./-]+\.(?:html|txt|xml|subject|svg))["']""")
_LOOK_NAME = re.compile(r"look/[\w/]+\.html")
# allauth asks for a mail by the beginning of its name.
_MAIL_PART = re.compile(r"_(?:subject|message)\.(?:txt|html)$")
# Django shows these by itself.
SHOWN_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# The messages of every subject start from it.
OFFERED = {"notifications/base.txt"}
THIRD_PARTY = ("account/", "mfa/", "allauth/", "django/", "admin/", "registration/", "usersessions/")


def strings_of_program() -> set[str]:
    """Every constant of the program's Python, also the pieces of f-strings."""
    return {
        node.value
        for file in program_files()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def patterns_of_program() -> list[re.Pattern[str]]:
    """Template names with a hole, as f"look/catalogue_{which}.html" writes them."""
    joined = (
        node for file in program_files() for node in ast.walk(file.tree) if isinstance(node, ast.JoinedStr)
    )
    written = ("".join(_piece(value) for value in node.values) for node in joined)
    return [re.compile(pattern) for pattern in written if pattern.endswith((".html", ".txt"))]


def _piece(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) else r"(\w+)"


def is_filled(name: str, pattern: re.Pattern[str], constants: set[str]) -> bool:
    """Whether a pattern gives this name with a word that the program says, or with a status."""
    found = pattern.fullmatch(name)
    return found is not None and all(word in constants or word.isdigit() for word in found.groups())


def unused(names: set[str], constants: set[str], templates: dict[str, str]) -> set[str]:
    """Templates that neither Python nor another template nor the manual of the look names."""
    named = constants | {found for text in templates.values() for found in _NAMED.findall(text)}
    filled = patterns_of_program()
    used = {
        name
        for name in names
        if name in named
        or name in SHOWN_BY_DJANGO
        or name.startswith(THIRD_PARTY)
        or _MAIL_PART.sub("", name) in constants
        or any(is_filled(name, pattern, constants) for pattern in filled)
    }
    return names - used


def test_every_template_is_used() -> None:
    templates = {template_name(path): path.read_text() for path in own_templates()}
    assert len(templates) > 20
    manual = set(_LOOK_NAME.findall((SOURCE / "vicinia/foundation/look/README.md").read_text()))
    assert not unused(set(templates), strings_of_program() | manual | OFFERED, templates)


def test_a_planted_unused_template_is_caught() -> None:
    templates = {
        "casework/case.html": '{% include "casework/part.html" %}',
        "casework/part.html": "",
        "casework/old.html": "",
    }
    assert unused(set(templates), {"casework/case.html"}, templates) == {"casework/old.html"}


def shown(text: str, origin: str) -> str:
    """A template rendered with nothing, as if it stood in the file `origin`."""
    engine = engines["django"].engine  # type: ignore[attr-defined]  # the Django backend's own
    template = engine.from_string(text)
    for node in template.nodelist:
        node.origin.name = origin
    return str(template.render(Context({})))


@pytest.mark.parametrize(
    "text",
    [
        "{{ titolo }}",
        "{{ titolo|upper }}",
        "{% with a=titolo %}{% endwith %}",
        "{% load i18n %}{% blocktranslate %}Ecco {{ titolo }}{% endblocktranslate %}",
    ],
)
def test_a_variable_that_nobody_gives_stops_the_page(text: str) -> None:
    with pytest.raises(UnknownVariable, match="titolo"):
        shown(text, str(own_templates()[0]))


def test_what_is_optional_says_so() -> None:
    own = str(own_templates()[0])
    assert shown('<{{ titolo|default:"niente" }}>', own) == "<niente>"
    assert shown("<{% if titolo %}x{% endif %}>", own) == "<>"


def test_templates_of_others_stay_as_they_are() -> None:
    assert shown("<{{ titolo }}>", "/elsewhere/allauth/login.html") == "<>"
