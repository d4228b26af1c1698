"""Figures in sentences: no decimals where there are none, and never fewer than what is meant."""

from __future__ import annotations

from django.utils.formats import number_format


def figure(value: float, places: int = 2) -> str:
    """ "60", "23,8", "80,75": rounded, where `number_format` alone would cut off what is behind the comma."""
    rounded = round(value, places)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)
