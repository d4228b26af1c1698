"""Pages to the letter, without what changes by itself: what two of them differ in is what somebody can notice."""

from __future__ import annotations

import re

from tests.permissions.leaks.doors import Answer, arguments, routes

# Tokens of forms, numbers of a form that is sent once.
_CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken[^}]*|nonce="[^"]*"|[0-9a-f]{64}'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    re.IGNORECASE,
)

# In the box of the search that each page has, and in the links to other views of a list.
_SAID_AGAIN = re.compile(r"""(?<=value=")…(?=")|\?[^"'\s<>]*""")


def page(answer: Answer, *words: str) -> str:
    """A page without what changes by itself, and without the words that were asked for, which it says again."""
    text = _CHANGING.sub("", answer.words)
    for word in words:
        text = re.sub(re.escape(word), "…", text, flags=re.IGNORECASE)
    return _SAID_AGAIN.sub("", text) if words else text


def plain_addresses() -> list[str]:
    """The pages about no row: lists, maps, searches, numbers, feeds. Signing in and out is not about rows."""
    found = [route for route in routes() if not arguments(route) and not route.startswith(("accesso", "io"))]
    return sorted("/" + route.replace("^", "").replace("$", "") for route in found)
