"""Filters of a subject's own list that has a field for words."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet

from vicinia.foundation.search import queries


class WordsFilterSet(django_filters.FilterSet):
    """A list's filters with `q`: a number finds its row, words are looked for in the index of `kind_of_rows`."""

    kind_of_rows: ClassVar[str]
    most_found = queries.FOUND_MAX
    has_more_words = False  # once filtered: whether the words are in more rows than are shown

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows that hold all the words."""
        found, self.has_more_words = queries.newest_among(rows, self.kind_of_rows, value)
        return found

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Words come last: the index, which looks at so many rows and no more, then looks among what is left."""
        asked = self.form.cleaned_data
        for name in sorted(asked, key=lambda name: name == "q"):
            queryset = self.filters[name].filter(queryset, asked[name])
        return queryset
