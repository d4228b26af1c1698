"""Percentiles, shares, and numbers as Italian writes them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vicinia.interfaces.statistics.suppression import is_small


def percentile(counts: Mapping[int, int], share: float) -> int | None:
    """The smallest value that at least `share` of all lie at or under, from how many there are of each value."""
    total = sum(counts.values())
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed >= share * total and passed:
            return value
    return None


def whole(number: int) -> str:
    """ "1.234"."""
    return number_format(number, force_grouping=True)


def percent(part: int, of: int) -> str:
    """ "91 %", never rounded up to all or down to none."""
    if not of:
        return "–"
    rounded = round(100 * part / of)
    if part < of:
        rounded = min(rounded, 99)
    if part:
        rounded = max(rounded, 1)
    return _("%(n)s %%") % {"n": rounded}


def percent_kept_apart(part: int, of: int) -> str:
    """The share for who sees no small count: when either part is small, only that it is nearly all or nearly none."""
    if of < 2 * 5 or (is_small(part) and is_small(of - part)):
        return "–"
    if is_small(of - part):
        return _("quasi il 100 %")
    if is_small(part):
        return _("quasi lo 0 %")
    return percent(part, of)


def change(now: int, before: int) -> str:
    """ "il 4 % in più", "il 3 % in meno", "come": against an earlier count that is not zero."""
    change_of = round(100 * (now - before) / before)
    if change_of == 0:
        return ""
    words = _("%(n)s %% in più") if change_of > 0 else _("%(n)s %% in meno")
    return article(abs(change_of)) + words % {"n": whole(abs(change_of))}


def article(number: int) -> str:
    """The Italian article before a number: "il 4", "l'8", "l'11", "lo 0", with its blank; other languages have none."""
    if (get_language() or "it") != "it":
        return ""
    digits = str(number)
    if number == 0:
        return "lo "
    if digits.startswith("8") or number in (1, 11) or (digits.startswith("11") and len(digits) in (5, 8)):
        return "l'"
    return "il "
