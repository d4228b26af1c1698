"""The states of a text that the administrator writes, and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class TextState(models.TextChoices):
    """Where a text stands."""

    DRAFT = "draft", _("Bozza")
    PUBLISHED = "published", _("In uso")
    REPLACED = "replaced", _("Sostituito")
    DROPPED = "dropped", _("Bozza scartata")


TEXT_MOVES = Moves(
    "Testo di un documento",
    TextState,
    {
        TextState.DRAFT: {TextState.PUBLISHED, TextState.DROPPED},
        TextState.PUBLISHED: {TextState.REPLACED},
        TextState.REPLACED: set(),
        TextState.DROPPED: set(),
    },
)

# The languages in which a text for residents can be written; any other document is in Italian or English.
OUR_LANGUAGES = ("it", "en")
RESIDENT_TEXT_LANGUAGES = ("it", "en", "fr", "ro", "uk", "ar", "ur", "zh-hans", "sq", "es")
