"""The counts of hashed n-grams that related reports are compared by: made anew each night, so nothing erased stays in them."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.listening.models import WordCounts
from vicinia.domain.listening.queries import wording
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia_analytics import ngrams


@transaction.atomic
def count_words(*, by: Actor) -> int:
    """Count the words of the newest reports again; how many reports were counted."""
    counted = ngrams.count(wording.texts_to_count())
    values = {
        "stamp": ngrams.STAMP,
        "documents": counted.documents,
        "counts": counted.packed(),
        "counted_at": clock.now(),
    }
    WordCounts.objects.update_or_create(pk=1, defaults=values)
    return counted.documents
