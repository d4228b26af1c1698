"""The letter by which a message is posted, around which the town may put its own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register
from vicinia.foundation.documents.states import RESIDENT_TEXT_LANGUAGES

POSTED = "notifications.letter"
# Nothing to translate: the message itself comes in the language of who gets it.
_SOURCE = "# {{ subject }}\n\n{{ message }}\n"


def register_all() -> None:
    """Make the posted letter known to the documents."""
    words = (
        Word("subject", _("l'oggetto del messaggio"), "La tua segnalazione 2026-0871"),
        Word("message", _("le parole del messaggio"), "Abbiamo parlato con il vicino.", is_required=True),
        Word("number", _("il numero della lettera"), "42"),
    )
    ours = dict.fromkeys(RESIDENT_TEXT_LANGUAGES, _SOURCE)
    register(DocumentKind(POSTED, _("Lettera spedita per posta"), Audience.RESIDENT, words, ours))
