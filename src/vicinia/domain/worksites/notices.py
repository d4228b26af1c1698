"""What the notice of a disruption says, language by language, from texts that the town may edit."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from vicinia.domain.outreach.actions import NewText
from vicinia.domain.worksites import documents, queries
from vicinia.domain.worksites.models import Disruption
from vicinia.foundation.documents import queries as texts
from vicinia.foundation.documents.composing import compose_words

LONGEST_SUBJECT = 140


def texts_of(disruption: Disruption) -> dict[str, NewText]:
    """The notice in Italian, and in each language spoken there that we have a text for."""
    known = [code for code, _name in texts.languages_of(documents.DISRUPTION)]
    spoken = [code for code in queries.languages_there(disruption) if code in known]
    return {code: _text(disruption, code) for code in dict.fromkeys(["it", *spoken])}


def _text(disruption: Disruption, language: str) -> NewText:
    subject, body = compose_words(documents.DISRUPTION, language, lambda: _values(disruption, language))
    return NewText(subject[:LONGEST_SUBJECT], body, language)


def _values(row: Disruption, language: str) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "from_day": row.from_day,
        "to_day": row.to_day if row.to_day != row.from_day else "",
        "from_hour": f"{row.from_time:%H:%M}",
        "to_hour": f"{row.to_time:%H:%M}",
        "places": queries.names_of_places(row),
        "worksite": row.lot.worksite.name,
        # What the desk adds is written in Italian: in another language it would be a riddle.
        "remark": row.remark if language == "it" else "",
        "phone": settings.HELP_PHONE,
    }
