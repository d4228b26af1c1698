"""What can happen, in sentences. Each subject declares its events in a room of this name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.verdict import Sentence


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of thing that happens.

    `sentence` is what staff read, `told` what the resident reads on the follow page (empty: not told).
    Both may name facts: "%(operator)s ha preso in carico il caso." `group` is the filter chip of the chronology.
    """

    name: str
    sentence: Sentence
    told: Sentence = ""
    group: str = ""


EVENTS: dict[str, Event] = {}


def declare(name: str, sentence: Sentence, *, told: Sentence = "", group: str = "") -> Event:
    """Declare an event once; its name is what the journal keeps."""
    if name in EVENTS:
        raise ValueError(f"The event {name} is declared twice.")
    EVENTS[name] = Event(name, sentence, told, group)
    return EVENTS[name]


WORDS_ERASED = declare("journal.words_erased", _("Sono state cancellate le parole di %(lines)s righe."))
ACCESS_EXPORTED = declare(
    "journal.access_exported", _("%(by)s ha scaricato %(lines)s righe del registro degli accessi.")
)
ACCESS_EXPIRED = declare(
    "journal.access_expired",
    _("Sono state cancellate %(lines)s righe del registro degli accessi, fino al %(before)s."),
)
