"""What pages hand to the components: frozen, without behaviour."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vicinia.foundation.kernel.verdict import Sentence


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    label: Sentence
    url: str


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry of the desk's navigation.

    `primary` is the one act of the bar ("Segnala"); `on_phone` puts it in the bottom bar, which holds five; what is
    needed once a month is `in_menu`, at every size.
    """

    label: Sentence
    url: str
    active: bool = False
    count: int | None = None
    primary: bool = False
    on_phone: bool = True
    in_menu: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One of a row of links that show the same thing in another way."""

    label: Sentence
    url: str
    active: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a form or a stage of a case; `note` follows its label ("dal 18 nov")."""

    label: Sentence
    note: Sentence = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One sentence of a chronology: the `title` is its bold beginning, `text` goes on from there.

    `meaning` is late, due, done, calm or empty.
    """

    when: dt.datetime | dt.date
    title: Sentence
    text: Sentence = ""
    meaning: str = ""
    links: tuple[Link, ...] = ()
