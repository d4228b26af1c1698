"""Which words are common in the town's reports: read to compare reports, and counted again when they are old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from vicinia.domain.listening.models import Report, WordCounts
from vicinia.domain.listening.states import LegalBasis
from vicinia.foundation.kernel import clock
from vicinia_analytics import ngrams

COUNTED_MOST = 100_000  # the newest say well enough which words are common
COUNTED_EVERY = dt.timedelta(hours=20)
BATCH = 500


def word_counts() -> ngrams.GramCounts:
    """The counts in use; none while they are missing or made in another way, then all n-grams weigh the same. One query."""
    row = WordCounts.objects.filter(pk=1).values_list("stamp", "documents", "counts").first()
    counts = None if row is None else ngrams.unpacked(row[0], row[1], bytes(row[2]))
    return counts or ngrams.NOTHING_COUNTED


def are_counts_old() -> bool:
    """Whether the counts are missing, made in another way, or of another day."""
    since = clock.now() - COUNTED_EVERY
    return not WordCounts.objects.filter(pk=1, stamp=ngrams.STAMP, counted_at__gt=since).exists()


def texts_to_count() -> Iterator[list[str]]:
    """The words of the newest reports in batches; those of the police regime stay out of what everybody's search uses."""
    rows = Report.objects.filter(legal_basis=LegalBasis.ADMINISTRATIVE).order_by("-id")
    texts = rows.values_list("title", "description")[:COUNTED_MOST].iterator(chunk_size=BATCH)
    while batch := [f"{title} {description}" for title, description in islice(texts, BATCH)]:
        yield batch
