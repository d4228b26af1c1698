"""The words of the laboratory: what a notice may ask for, and the papers whose text the town may edit."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach.models import NoticeText
from vicinia.foundation.documents.checking import faults_of
from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register
from vicinia.foundation.documents.states import RESIDENT_TEXT_LANGUAGES
from vicinia.foundation.documents.wording import render_text

TEXTS = Path(__file__).parent / "texts"
POSTER = "outreach.poster"
LEAFLET = "outreach.leaflet"
DOORS = "outreach.doors"
PLAN = "outreach.plan"
SHEET = "outreach.sheet"
REPORT = "outreach.event_report"
# The language of the papers that stay among us.
LANGUAGE = "it"

_BREAKS = re.compile(r"</(?:p|h[1-6]|ul|ol|table)>")
_ITEM, _LINE = re.compile(r"<li>\s*(?:<p>)?"), re.compile(r"(?:</p>\s*)?</li>|<br ?/?>|</tr>")
_SPACE, _BLANK = re.compile(r">\s+<"), re.compile(r"\n{3,}")

_WORDS = (
    Word("town", _("il nome del Comune"), "Comune"),
    Word("unit", _("il nome del servizio"), "Nucleo di prossimità"),
    Word("phone", _("il telefono"), "0131 555 010"),
    Word("hours", _("quando si risponde"), "da lunedì a venerdì, 9–13"),
    Word("address", _("dove si viene di persona"), "Via Roma 1"),
)
# What the text of a notice may ask for. It is written anew each time, so it is no kind of /testi.
NOTICE_TEXT = DocumentKind(
    "outreach.notice", _("Avviso"), Audience.RESIDENT, _WORDS, {"it": "{{ unit }}", "en": "{{ unit }}"}
)


def faults_in(*texts: str) -> list[str]:
    """What is wrong in the texts of a notice, in sentences."""
    return [str(fault) for text in texts if text for fault in faults_of(text, NOTICE_TEXT)]


def _values() -> dict[str, Any]:
    return {
        "town": settings.TOWN_NAME,
        "unit": settings.UNIT_NAME,
        "phone": settings.HELP_PHONE,
        "hours": settings.HELP_HOURS,
        "address": settings.HELP_ADDRESS,
    }


def words_of(text: NoticeText, *, easy: bool = False) -> SafeString:
    """The body of a notice as HTML, or its easy version."""
    return render_text(text.easy if easy else text.body, _values(), direction=text.direction)


def plain_words_of(text: NoticeText) -> str:
    """The body of a notice as plain words, for messages: paragraphs stay apart, and items have their dash."""
    html = _SPACE.sub("><", words_of(text))
    html = _BREAKS.sub("\n\n", _LINE.sub("\n", _ITEM.sub("– ", html)))
    lines = (line.strip() for line in unescape(strip_tags(html)).splitlines())
    return _BLANK.sub("\n\n", "\n".join(lines)).strip()


def register_all() -> None:
    """Make the papers of the laboratory known to the documents."""
    notice = (
        Word("title", _("il titolo dell'avviso, in italiano"), "Mercoledì manca l'acqua"),
        Word("audience", _("per chi è, se non è per tutti"), "Scala A"),
        Word("day", _("il giorno in cui è uscito"), dt.date(2026, 5, 4)),
        Word("until", _("fino a quando vale, se ha un termine"), dt.date(2026, 5, 6)),
        Word("texts", _("l'avviso nelle lingue scelte"), is_part=True, is_required=True),
        Word("page", _("il codice QR e l'indirizzo della pagina"), is_part=True, is_required=True),
    )
    # The notice itself comes in its own languages: around it there is nothing to translate.
    sheet_of_notice = dict.fromkeys(RESIDENT_TEXT_LANGUAGES, "{{ texts }}\n\n{{ page }}\n")
    register(DocumentKind(POSTER, _("Manifesto A3"), Audience.RESIDENT, notice, sheet_of_notice))
    register(DocumentKind(LEAFLET, _("Volantino A5"), Audience.RESIDENT, notice, sheet_of_notice))
    doors = (
        Word("title", _("il titolo dell'avviso"), "Mercoledì manca l'acqua"),
        Word("reference", _("il numero dell'avviso"), "AV2026-0004"),
        Word("languages", _("quante copie servono in quali lingue, se si sa"), "arabo 4, romeno 2"),
        Word("doors", _("le porte scala per scala, con le caselle"), is_part=True, is_required=True),
    )
    register(DocumentKind(DOORS, _("Elenco delle porte"), Audience.UNIT, doors, TEXTS / "doors"))
    plan = (
        Word("period", _("da quando a quando"), "maggio 2026"),
        Word("lines", _("la tabella del piano"), is_part=True, is_required=True),
    )
    register(DocumentKind(PLAN, _("Piano della comunicazione"), Audience.UNIT, plan, TEXTS / "plan"))
    event = (
        Word("title", _("il titolo dell'evento"), "Festa di cortile"),
        Word("day", _("il giorno"), dt.date(2026, 5, 23)),
        Word("hours", _("da che ora a che ora"), "15:00–18:00"),
        Word("place", _("dove"), "Cortile di via Roma 1"),
    )
    sheet = (*event, Word("rows", _("gli iscritti e le righe vuote"), is_part=True, is_required=True))
    register(DocumentKind(SHEET, _("Foglio delle presenze"), Audience.UNIT, sheet, TEXTS / "sheet"))
    report = (
        *event,
        Word("figures", _("iscritti, venuti, spesa"), is_part=True, is_required=True),
        Word("report", _("com'è andata"), "Sono venute anche famiglie nuove."),
    )
    register(DocumentKind(REPORT, _("Relazione sull'evento"), Audience.UNIT, report, TEXTS / "event_report"))
