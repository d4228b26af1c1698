"""XML of plain values. Built as a tree, so that no value can become markup; nothing is ever read as XML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

# What XML 1.0 has no way to write, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(root: str, value: Any, item: str = "") -> bytes:
    """A whole document. Items of a list are called `item`, or as the list without its plural s."""
    top = Element(root)
    _fill(top, value, item or root.removesuffix("s"))
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(
        top, encoding="utf-8", xml_declaration=False
    )


def _fill(element: Element, value: Any, item: str) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _fill(SubElement(element, name), inner, name.removesuffix("s"))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            _fill(SubElement(element, item), inner, item)
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        element.text = _UNWRITABLE.sub("", text)
