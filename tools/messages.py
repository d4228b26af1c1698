"""The sentences of the program and their English: `tools/messages.py update | check`.

Message ids are Italian, written where they are used (docs/adr/0002-italian-message-ids.md). They are read from Python by its
syntax tree and from templates as Django itself reads them, so nothing depends on a gettext installed on the machine.
"""

from __future__ import annotations

import ast
import os
import re
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "vicinia"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
# How each function takes its arguments: places of context, singular and plural.
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".subject", ".xml"}
_TEMPLATE_CALL = re.compile(r"(?<![A-Za-z_])(?:n?p?gettext(?:_lazy)?|_)\(")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!%)%([sd])")


@dataclass(frozen=True)
class Message:
    """One sentence, with the files that say it."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.context, self.text, self.plural


@dataclass(frozen=True)
class Fault:
    """What is wrong with one entry of a catalogue."""

    text: str
    fault: str


def messages_of_python(text: str) -> Iterator[Message]:
    """Messages in Python source. A call whose text is not constant can't be translated and raises."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (message := _message_of(node)):
            yield message


def _message_of(call: ast.Call) -> Message | None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name not in CALLS or (name == "_" and not call.args):
        return None
    values = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
    context, singular, plural = CALLS[name]
    picked = [values[place] if place is not None else "" for place in (context, singular, plural)]
    if not all(isinstance(value, str) for value in picked):
        return None
    return Message(text=str(picked[1]), plural=str(picked[2]), context=str(picked[0]))


def messages_of_template(text: str) -> Iterator[Message]:
    """Messages in a Django template."""
    from django.utils.translation.template import templatize

    code = templatize(text)
    for match in _TEMPLATE_CALL.finditer(code):
        call = _whole_call(code, match.start())
        if call is not None and (message := _message_of(call)):
            yield message


def _whole_call(code: str, start: int) -> ast.Call | None:
    """The call that starts here. What surrounds it is not Python, so its end is the first bracket that makes it whole."""
    end = code.find(")", start)
    while end != -1:
        try:
            node = ast.parse(code[start : end + 1].strip(), mode="eval").body
        except SyntaxError:
            end = code.find(")", end + 1)
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def source_paths(source: Path = SOURCE) -> Iterator[Path]:
    """Python and templates that people see; not tests, not migrations."""
    for path in sorted(source.rglob("*")):
        parts = set(path.parts)
        if parts & {"tests", "migrations", "__pycache__", "locale", "static"}:
            continue
        if path.suffix == ".py" or ("templates" in parts and path.suffix in TEMPLATE_SUFFIXES):
            yield path


def extract(source: Path = SOURCE) -> dict[Message, list[str]]:
    """Every message of the program with the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in source_paths(source):
        read = messages_of_python if path.suffix == ".py" else messages_of_template
        name = str(path.relative_to(source))
        for message in read(path.read_text()):
            files = found.setdefault(message, [])
            if message.text and name not in files:
                files.append(name)
    return {message: files for message, files in found.items() if message.text}


def placeholders(text: str) -> set[str]:
    """The names that a sentence leaves open: %(name)s and {name}."""
    named = {match[1] or "%" + match[2] for match in _PLACEHOLDER.finditer(text)}
    try:
        braces = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        braces = set()
    return named | {f"{{{name}}}" for name in braces}


def update(catalogue: Path, messages: dict[Message, list[str]]) -> polib.POFile:
    """Bring a catalogue into step: new messages come in empty, unused ones go, translations stay."""
    old = polib.pofile(str(catalogue)) if catalogue.exists() else polib.POFile()
    known = {
        (entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry
        for entry in old
        if not entry.obsolete
    }
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Project-Id-Version": "Vicinia",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(messages, key=lambda message: (messages[message][0], message.key)):
        new.append(_entry(message, messages[message], known.get(message.key)))
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(catalogue))
    return new


def _entry(message: Message, files: list[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context or None,
        msgid_plural=message.plural,
        occurrences=[(name, "") for name in files],
        flags=["python-format"] if "%(" in message.text + message.plural else [],
    )
    if message.plural:
        entry.msgstr_plural = dict(known.msgstr_plural) if known else {0: "", 1: ""}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def faults(entries: Iterable[polib.POEntry], messages: Iterable[Message]) -> list[Fault]:
    """What keeps a catalogue from being complete: missing, empty, unsure, or with other placeholders."""
    by_key = {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in entries if not e.obsolete}
    found = []
    for message in messages:
        entry = by_key.get(message.key)
        if entry is None or not entry.translated():
            found.append(Fault(message.text, "has no English"))
        elif fault := _placeholder_fault(entry):
            found.append(Fault(message.text, fault))
    return found


def _placeholder_fault(entry: polib.POEntry) -> str:
    wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    # The singular may leave the number out ("one report"); nothing may name what is not given.
    given = set().union(*(placeholders(text) for text in texts))
    if given != wanted:
        return f"names {sorted(given)} instead of {sorted(wanted)}"
    return ""


def unused(entries: Iterable[polib.POEntry], messages: Iterable[Message]) -> list[str]:
    """Entries that no file says any more."""
    said = {message.key for message in messages}
    return [
        e.msgid
        for e in entries
        if not e.obsolete and (e.msgctxt or "", e.msgid, e.msgid_plural or "") not in said
    ]


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vicinia.config.settings")
    if arguments not in (["update"], ["check"]):
        print("usage: tools/messages.py update | check", file=sys.stderr)
        return 2
    messages = extract()
    if arguments == ["update"]:
        catalogue = update(CATALOGUE, messages)
    else:
        catalogue = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    incomplete = faults(catalogue, messages)
    for fault in incomplete:
        print(f"{fault.fault}: {fault.text}")
    print(f"{len(messages)} messages, {len(incomplete)} not complete in English")
    return 1 if incomplete and arguments == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
