"""Who changes from one plan to another, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from vicinia.domain.mobility.sentences.conflicts import Names, place
from vicinia.foundation.look import dates


def change_words(
    before: Sequence[str | None], after: Sequence[str | None], months: Sequence[dt.date], names: Names
) -> list[str]:
    """ "da marzo 2027: Corte B, scala A, int. 4 invece di Corte A, scala A, int. 1", one for each stretch that differs."""
    pairs = list(zip(before, after, strict=True))
    found = []
    for (old, new), stretch in groupby(range(len(pairs)), key=lambda period: pairs[period]):
        first = next(iter(stretch))
        if old != new:
            found.append(
                _("da %(month)s: %(new)s invece di %(old)s")
                % {
                    "month": dates.month_words(months[first]),
                    "new": place(new, names),
                    "old": place(old, names),
                }
            )
    return found
