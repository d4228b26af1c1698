"""English is complete: every message has its translation, with the same placeholders."""

from __future__ import annotations

import polib

from tools.messages import (
    CATALOGUE,
    Message,
    extract,
    faults,
    messages_of_python,
    messages_of_template,
    placeholders,
    unused,
)


def test_every_message_is_said_in_english() -> None:
    messages = extract()
    incomplete = faults(polib.pofile(str(CATALOGUE)), messages)
    shown = "\n".join(f"{fault.text}: {fault.fault}" for fault in incomplete[:40])
    assert not incomplete, f"{len(incomplete)} of {len(messages)} (run tools/messages.py update):\n{shown}"


def test_the_catalogue_keeps_nothing_that_nobody_says() -> None:
    assert unused(polib.pofile(str(CATALOGUE)), extract()) == []


def test_messages_are_read_from_python() -> None:
    text = """
a = _("Ciao")
b = ngettext("%(n)s caso", "%(n)s casi", n)
c = pgettext("mese", "marzo")
d = gettext_lazy("due " "pezzi")
e = _(variable)
"""
    assert set(messages_of_python(text)) == {
        Message("Ciao"),
        Message("%(n)s caso", "%(n)s casi"),
        Message("marzo", context="mese"),
        Message("due pezzi"),
    }


def test_messages_are_read_from_templates() -> None:
    text = """{% load i18n %}<h1>{% translate "L'elenco (tutto)" %}</h1>
{% blocktranslate trimmed with name=row.name %}
  Ti segue {{ name }}.
{% endblocktranslate %}
{% blocktranslate count n=rows|length %}{{ n }} caso{% plural %}{{ n }} casi{% endblocktranslate %}
{% include "x.html" with title=_("Titolo") %}"""
    assert set(messages_of_template(text)) == {
        Message("L'elenco (tutto)"),
        Message("Ti segue %(name)s."),
        Message("%(n)s caso", "%(n)s casi"),
        Message("Titolo"),
    }


def test_planted_gaps_in_a_catalogue_are_caught() -> None:
    entries = [
        polib.POEntry(msgid="Apri", msgstr=""),
        polib.POEntry(msgid="Ti segue %(name)s", msgstr="Followed by %(who)s"),
        polib.POEntry(msgid="Chiudi", msgstr="Close"),
        polib.POEntry(msgid="Vecchio", msgstr="Old"),
    ]
    messages = [Message("Apri"), Message("Ti segue %(name)s"), Message("Chiudi"), Message("Nuovo")]
    assert {fault.text for fault in faults(entries, messages)} == {"Apri", "Ti segue %(name)s", "Nuovo"}
    assert unused(entries, messages) == ["Vecchio"]


def test_placeholders_of_both_kinds_are_seen() -> None:
    assert placeholders("%(name)s ha %(count)d casi, 100%") == {"name", "count"}
    assert placeholders("{name} ha scritto") == {"{name}"}
