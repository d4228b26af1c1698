"""Any model, any windows: the observed data of every scan, and the replicates of all but the permutation."""

from __future__ import annotations

import numpy as np
from numba import njit, prange

from vicinia_analytics.scan.kernels.shared import below, kulldorff, kulldorff_is_below, next_word, seeded


@njit(inline="always")
def _score(model, c, b, total, base_total):  # type: ignore[no-untyped-def]
    """Score of c cases where the base is b: expected cases, or for Bernoulli cases and controls; 0 unless in excess.

    Models: 0 Kulldorff's (permutation and Poisson), 1 Bernoulli (Kulldorff 1997), 2 expectation-based Poisson (Neill 2009).
    """
    if model == 0:
        return kulldorff(c, b, total)
    if model == 2:
        return c * np.log(c / b) + b - c if c > b else 0.0
    if c * (base_total - b) <= (total - c) * b:
        return 0.0
    score = c * np.log(c / b) - total * np.log(total / base_total)
    if c < b:
        score += (b - c) * np.log((b - c) / b)
    outside, base_outside = total - c, base_total - b
    if outside > 0:
        score += outside * np.log(outside / base_outside)
    if outside < base_outside:
        score += (base_outside - outside) * np.log((base_outside - outside) / base_outside)
    if total < base_total:
        score -= (base_total - total) * np.log((base_total - total) / base_total)
    return score


@njit(inline="always")
def _may_be_above(model, c, b, total, base_total, best):  # type: ignore[no-untyped-def]
    """False only if the score can't be above `best`; no logarithm (ln x ≤ x − 1)."""
    if model == 0:
        return c > b and not kulldorff_is_below(c, b, total, best)
    if model == 2:
        return c > b and (c - b) * (c - b) > best * b
    return c * base_total > total * b


@njit(inline="always")
def _scan_centre(order, end, counts, base, lengths, latest_only, model, fewest, total, base_total, in_zone, base_in_zone, best, found):  # type: ignore[no-untyped-def]  # fmt: skip
    """The best zone and window of one centre, if above `best`: gives the score; `found` = position, first and last period."""
    periods = counts.shape[1]
    in_zone[:] = 0
    base_in_zone[:] = 0.0
    shortest, longest = lengths[0], lengths[1]
    for k in range(end):
        place = order[k]
        any_case = False
        c, b = 0, 0.0
        # Cumulative over time, so that a window is one subtraction.
        for t in range(periods):
            c += counts[place, t]
            b += base[place, t]
            in_zone[t + 1] += c
            base_in_zone[t + 1] += b
        any_case = c > 0
        if not any_case:
            continue  # the zone grew and its cases did not: no window of it can be better than before
        for last in range(periods if latest_only else shortest, periods + 1):
            for length in range(shortest, min(longest, last) + 1):
                cases = float(in_zone[last] - in_zone[last - length])
                if cases < fewest:
                    continue
                expected = base_in_zone[last] - base_in_zone[last - length]
                if _may_be_above(model, cases, expected, total, base_total, best):
                    score = _score(model, cases, expected, total, base_total)
                    if score > best + 1e-12:
                        best = score
                        found[0], found[1], found[2] = k, last - length, last - 1
    return best


@njit(parallel=True, cache=True)
def best_by_centre(order, reach, counts, base, lengths, latest_only, model, fewest, total, base_total):  # type: ignore[no-untyped-def]
    """The best zone and window of each centre: float64[centres] scores, int64[centres, 3] position, first and last period."""
    centres, periods = len(order), counts.shape[1]
    scores = np.zeros(centres)
    found = np.full((centres, 3), -1, dtype=np.int64)
    for centre in prange(centres):
        in_zone = np.zeros(periods + 1, dtype=np.int64)
        base_in_zone = np.zeros(periods + 1)
        scores[centre] = _scan_centre(order[centre], reach[centre], counts, base, lengths, latest_only, model, fewest, total, base_total, in_zone, base_in_zone, 0.0, found[centre])  # fmt: skip
    return scores, found


@njit(inline="always")
def _shuffle_dates(place_of, period_of, state, counts):  # type: ignore[no-untyped-def]
    """Permutation: the dates go round among the cases."""
    cases = len(place_of)
    for j in range(cases):
        at = j + np.int64(below(state, np.uint64(cases - j)))
        period_of[j], period_of[at] = period_of[at], period_of[j]
        counts[place_of[j], period_of[j]] += 1


@njit(inline="always")
def _choose(cell_of, how_many, state, counts):  # type: ignore[no-untyped-def]
    """Bernoulli: which of all cases and controls are the cases."""
    periods = counts.shape[1]
    everyone = len(cell_of)
    for j in range(how_many):
        at = j + np.int64(below(state, np.uint64(everyone - j)))
        cell_of[j], cell_of[at] = cell_of[at], cell_of[j]
        counts[cell_of[j] // periods, cell_of[j] % periods] += 1


@njit(inline="always")
def _scatter(threshold, alias, how_many, state, counts):  # type: ignore[no-untyped-def]
    """Poisson: each case falls in a cell with the probability of its base (alias method, Walker 1977, Vose 1991)."""
    periods = counts.shape[1]
    cells = np.uint64(len(threshold))
    for _ in range(how_many):
        cell = np.int64(below(state, cells))
        if np.float64(next_word(state) >> np.uint64(11)) * 2.0**-53 >= threshold[cell]:
            cell = np.int64(alias[cell])
        counts[cell // periods, cell % periods] += 1


@njit(parallel=True, cache=True)
def general_maxima(order, reach, base, lengths, latest_only, model, fewest, base_total, way, a, b, how_many, seed, first):  # type: ignore[no-untyped-def]  # fmt: skip
    """The best score of each replicate, as many as `how_many` is long, which says how many cases each has.

    way 0 shuffles dates (a places, b periods of the cases), 1 chooses cases among cases and controls (a their cells), 2 scatters
    cases over the cells (a alias, b threshold).
    """
    replicates = len(how_many)
    maxima = np.zeros(replicates)
    places, periods = base.shape
    for r in prange(replicates):
        state = np.empty(4, dtype=np.uint64)
        seeded(state, np.uint64(seed), np.uint64(first + r))
        counts = np.zeros((places, periods), dtype=np.int64)
        if way == 0:
            _shuffle_dates(a, b.astype(np.int64), state, counts)
        elif way == 1:
            _choose(a.copy(), how_many[r], state, counts)
        else:
            _scatter(b, a, how_many[r], state, counts)
        in_zone = np.zeros(periods + 1, dtype=np.int64)
        base_in_zone = np.zeros(periods + 1)
        found = np.zeros(3, dtype=np.int64)
        best = 0.0
        cases = float(how_many[r])
        for centre in range(len(order)):
            best = _scan_centre(order[centre], reach[centre], counts, base, lengths, latest_only, model, fewest, cases, base_total, in_zone, base_in_zone, best, found)  # fmt: skip
        maxima[r] = best
    return maxima
