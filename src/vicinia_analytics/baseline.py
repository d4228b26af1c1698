"""Baselines of places and days for the expectation-based scan, learnt only from the days before those it judges."""

from __future__ import annotations

import numpy as np

from vicinia_analytics.trends.results import Floats, Ints, TrendInputError
from vicinia_analytics.trends.seasonal import MovingSettings, moving_forecast

_HALF_A_CASE = 0.5
# From here on a place's recent cases say nothing that its years do not.
_MOST_PRIOR_CASES = 1e6


def place_baseline(
    counts: Ints, *, judged: int, exposure: Floats | None = None, settings: MovingSettings | None = None
) -> Floats:
    """Expected cases of each place on each judged day: float64[places, judged], all above 0.

    The town's moving level, as on the first judged day and with each day's weekday, × the share of the place. The share is that of the
    last weeks shrunk towards that of the whole history, and this towards the place's `exposure` (addresses, people; alike if None); how
    much, the counts say: see `prior_cases`. counts: int64[places, days], the judged days last; `judged`: at least one. Raises
    TrendInputError for a shape or a value out of range, or too few days before the judged ones.
    """
    settings = settings or MovingSettings()
    counts = np.asarray(counts)
    if counts.ndim != 2 or not counts.shape[0]:
        raise TrendInputError(f"Counts have places and days, not the shape {counts.shape}.")
    wrong = np.argwhere(~(np.isfinite(counts) & (counts >= 0)))
    if len(wrong):
        place, day = (int(at) + 1 for at in wrong[0])
        raise TrendInputError(f"Place {place}, day {day}: a count is a number from 0.")
    places, days = counts.shape
    first = days - judged
    if not (judged >= 1 and first >= settings.window + settings.left_out):
        raise TrendInputError(
            f"{judged} of {days} days are judged: {settings.window + settings.left_out} are needed before them."
        )
    even = _exposure(exposure, places)
    total = moving_forecast(counts[:, :first].sum(axis=0), days=judged, settings=settings)
    until = first - settings.left_out
    long = counts[:, max(0, until - settings.weekday_days) : until].sum(axis=1).astype(np.float64)
    recent = counts[:, until - settings.window : until].sum(axis=1).astype(np.float64)
    # Half a case by exposure first: a place that never reported is not a place that never will.
    usual = shrunk_shares(long + _HALF_A_CASE * even, even)
    return np.asarray(shrunk_shares(recent, usual)[:, None] * total[None, :])


def shrunk_shares(cases: Floats, prior: Floats) -> Floats:
    """Shares of the places, each between its own and its prior one: (cases + k prior) / (total + k), float64[places], adding up to 1."""
    k = prior_cases(cases, prior)
    return np.asarray((cases + k * prior) / (cases.sum() + k))


def prior_cases(cases: Floats, prior: Floats) -> float:
    """How many cases the prior shares count for: the k of a Dirichlet-multinomial with these shares, by moments (Mosimann 1962).

    Pearson's X² against the prior, over its degrees of freedom, is φ = (n + k) / (1 + k); so k = (n − φ) / (φ − 1). Shares that differ
    no more than chance makes them give a million.
    """
    total, places = float(cases.sum()), len(cases)
    if places < 2 or not total > 0:
        return _MOST_PRIOR_CASES
    phi = float(((cases - total * prior) ** 2 / (total * prior)).sum()) / (places - 1)
    if phi <= 1:
        return _MOST_PRIOR_CASES
    return float(np.clip((total - phi) / (phi - 1), _HALF_A_CASE, _MOST_PRIOR_CASES))


def _exposure(exposure: Floats | None, places: int) -> Floats:
    if exposure is None:
        return np.full(places, 1 / places)
    values = np.asarray(exposure, dtype=np.float64)
    if values.shape != (places,):
        raise TrendInputError(f"{values.size} exposures for {places} places.")
    wrong = np.flatnonzero(~(np.isfinite(values) & (values > 0)))
    if len(wrong):
        raise TrendInputError(f"Place {int(wrong[0]) + 1}: the exposure is not above 0.")
    return np.asarray(values / values.sum())
