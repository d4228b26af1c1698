"""The loops of the scan statistics, compiled by numba.

One file, so that all that is compiled is in one place; the tests hold a slow twin of each loop in plain Python.
Nothing here checks its input: `engine` does.

How the permutation scan is fast
--------------------------------
Between replicates only the dates move, so the expected count of a zone and a window never changes. Of all cases only those
dated inside the longest window matter, and the best score of a growing zone is always reached where a place with such a
case joins it. So a replicate is a short list of places with, for each, its counts in all windows packed in 64-bit words:
four windows of 16 bits (or two of 32) beside each other. Along a zone the words are added; a table says which count each
window needs at this many cases to reach a given score, and one addition and one mask tell whether any window does. Logarithms
are taken only then.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, prange, types
from numba.extending import intrinsic

_TOP16 = np.uint64(0x8000800080008000)
_TOP32 = np.uint64(0x8000000080000000)


@intrinsic
def _trailing_zeros(typing_context: Any, word: Any) -> Any:
    """Index of the lowest bit set, which must exist."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.uint64(types.uint64), code


# ---------------------------------------------------------------- random numbers


@njit(inline="always")
def _mix(x: np.uint64) -> np.uint64:
    """splitmix64 (Steele, Lea, Flood 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@njit(inline="always")
def _start(state: np.ndarray, seed: np.uint64, replicate: np.uint64) -> None:
    """State of the generator of one replicate: it depends on the seed and on the replicate only, never on a thread."""
    golden = np.uint64(0x9E3779B97F4A7C15)
    x = _mix(seed + golden) ^ (replicate * golden)
    for i in range(4):
        x += golden
        state[i] = _mix(x)


@njit(inline="always")
def _next(state: np.ndarray) -> np.uint64:
    """xoshiro256++ (Blackman, Vigna 2021)."""
    s0, s1, s2, s3 = state[0], state[1], state[2], state[3]
    total = s0 + s3
    out = ((total << np.uint64(23)) | (total >> np.uint64(41))) + s0
    t = s1 << np.uint64(17)
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << np.uint64(45)) | (s3 >> np.uint64(19))
    state[0], state[1], state[2], state[3] = s0, s1, s2, s3
    return out


@njit(inline="always")
def _below(state: np.ndarray, n: np.uint64) -> np.uint64:
    """A whole number in [0, n), each exactly as likely (Lemire 2019), n below 2³²."""
    low32 = np.uint64(0xFFFFFFFF)
    product = (_next(state) >> np.uint64(32)) * n
    if (product & low32) < n:
        least = (np.uint64(0x100000000) - n) % n
        while (product & low32) < least:
            product = (_next(state) >> np.uint64(32)) * n
    return product >> np.uint64(32)


# ---------------------------------------------------------------- scores


@njit(inline="always")
def _kulldorff(c: float, mu: float, total: float) -> float:
    """Log likelihood ratio of c cases where mu were expected, of `total` in all (Kulldorff 1997); 0 unless in excess."""
    if c <= mu:
        return 0.0
    score = c * np.log(c / mu)
    if c < total:
        score += (total - c) * np.log((total - c) / (total - mu))
    return score


@njit(inline="always")
def _kulldorff_is_below(c: float, mu: float, total: float, bound: float) -> bool:
    """True only if the score of c is not above `bound`; from ln x ≤ x − 1, so without a logarithm."""
    return (c - mu) * (c - mu) * total <= bound * mu * (total - mu)


@njit(parallel=True, cache=True)
def required_counts(levels, totals_in_window, cases, largest, lane_bits):  # type: ignore[no-untyped-def]
    """What must be added to a packed count so that the top bit of a lane says "this window reaches the level".

    Gives uint64[level, cases in zone, word]; a lane holds 2^(bits−1) − the least count whose score is at least the level.
    """
    windows = len(totals_in_window)
    per_word = 64 // lane_bits
    words = (windows + per_word - 1) // per_word
    top = np.int64(1) << np.int64(lane_bits - 1)
    out = np.zeros((len(levels), largest + 1, words), dtype=np.uint64)
    for task in prange(len(levels) * windows):
        level, w = task // windows, task % windows
        inside = totals_in_window[w]
        c = np.int64(2)
        shift = np.uint64((w % per_word) * lane_bits)
        for n in range(1, largest + 1):
            mu = n * (inside / cases)
            most = min(np.int64(n), np.int64(inside))
            # The count that is needed never falls as the zone grows.
            while c <= most and _kulldorff(float(c), mu, float(cases)) < levels[level]:
                c += 1
            if c <= most:
                out[level, n, w // per_word] |= np.uint64(top - c) << shift
            else:
                c = min(c, most + 1)
    return out


# ---------------------------------------------------------------- permutation, windows that end with the data


@njit(inline="always")
def _draw(case_place, in_window, state, cases, undo):  # type: ignore[no-untyped-def]
    """The first cases of `case_place` become a random choice without replacement (partial Fisher–Yates)."""
    for j in range(in_window):
        at = j + np.int64(_below(state, np.uint64(cases - j)))
        undo[j] = at
        case_place[j], case_place[at] = case_place[at], case_place[j]


@njit(inline="always")
def _put_back(case_place, in_window, undo):  # type: ignore[no-untyped-def]
    for j in range(in_window - 1, -1, -1):
        at = undo[j]
        case_place[j], case_place[at] = case_place[at], case_place[j]


@njit(inline="always")
def _pack(case_place, starts, increments, slot_of, places, packed):  # type: ignore[no-untyped-def]
    """Places that have cases in the longest window, and their packed counts; gives how many places."""
    used = 0
    words = packed.shape[1]
    for age in range(len(starts) - 1):
        for j in range(starts[age], starts[age + 1]):
            place = case_place[j]
            slot = slot_of[place]
            if slot < 0:
                slot = used
                slot_of[place] = slot
                places[slot] = place
                for word in range(words):
                    packed[slot, word] = 0
                used += 1
            for word in range(words):
                packed[slot, word] += increments[age, word]
    for slot in range(used):
        slot_of[places[slot]] = -1
    return used


@njit(inline="always")
def _level_of(levels, score):  # type: ignore[no-untyped-def]
    level = 0
    while level + 1 < len(levels) and levels[level + 1] <= score:
        level += 1
    return level


@njit(inline="never")
def _best_of(packed_sum, n, totals_in_window, cases, lane_bits, best):  # type: ignore[no-untyped-def]
    """The best score among the windows of one zone, or `best` if none is above."""
    per_word = 64 // lane_bits
    lane = (np.uint64(1) << np.uint64(lane_bits)) - np.uint64(1)
    for w in range(len(totals_in_window)):
        c = float((packed_sum[w // per_word] >> np.uint64((w % per_word) * lane_bits)) & lane)
        mu = n * (totals_in_window[w] / cases)
        if c >= 2 and c > mu and not _kulldorff_is_below(c, mu, cases, best):
            best = max(best, _kulldorff(c, mu, cases))
    return best


@njit(parallel=True, cache=True, boundscheck=False)
def permutation_maxima(rank, cumulative, reach, case_place, starts, increments, totals_in_window, levels, required, lane_bits, seed, first, replicates, block):  # type: ignore[no-untyped-def]  # fmt: skip
    """The best score of each replicate: float64[replicates].

    rank[centre, place]: position of the place in the order of the centre, `reach[centre]` if beyond; cumulative[centre, position]:
    cases so far; starts: where the cases of each age of the window begin; increments[age, word]: a case of that age, packed.
    """
    maxima = np.zeros(replicates)
    centres, places_count = rank.shape
    cases = len(case_place)
    in_window = starts[-1]
    words = increments.shape[1]
    top = _TOP16 if lane_bits == 16 else _TOP32
    most = min(in_window, places_count)
    blocks = (replicates + block - 1) // block
    total = float(cases)
    for b in prange(blocks):
        own = case_place.copy()
        undo = np.empty(in_window, dtype=np.int64)
        slot_of = np.full(places_count, -1, dtype=np.int32)
        places = np.empty((block, most), dtype=np.int32)
        packed = np.empty((block, most, words), dtype=np.uint64)
        used = np.zeros(block, dtype=np.int64)
        best = np.zeros(block)
        level = np.zeros(block, dtype=np.int64)
        state = np.empty(4, dtype=np.uint64)
        longest = reach.max()
        bits = np.zeros(longest // 64 + 1, dtype=np.uint64)
        slot_at = np.zeros(longest + 1, dtype=np.int32)
        sums = np.zeros(max(words, 4), dtype=np.uint64)
        here = min(block, replicates - b * block)
        for r in range(here):
            _start(state, np.uint64(seed), np.uint64(first + b * block + r))
            _draw(own, in_window, state, cases, undo)
            used[r] = _pack(own, starts, increments, slot_of, places[r], packed[r])
            _put_back(own, in_window, undo)
        for centre in range(centres):
            end = reach[centre]
            end_word, end_bit = end >> 6, ~(np.uint64(1) << np.uint64(end & 63))
            order = rank[centre]
            so_far = cumulative[centre]
            for r in range(here):
                for s in range(used[r]):
                    k = np.int64(order[places[r, s]])
                    bits[k >> 6] |= np.uint64(1) << np.uint64(k & 63)
                    slot_at[k] = s
                bits[end_word] &= end_bit
                need = required[level[r]]
                mine = packed[r]
                if words == 4:
                    a0 = a1 = a2 = a3 = np.uint64(0)
                    for word in range(end_word + 1):
                        left = bits[word]
                        bits[word] = 0
                        while left != 0:
                            k = word * 64 + np.int64(_trailing_zeros(left))
                            left &= left - np.uint64(1)
                            s = slot_at[k]
                            n = so_far[k]
                            a0 += mine[s, 0]
                            a1 += mine[s, 1]
                            a2 += mine[s, 2]
                            a3 += mine[s, 3]
                            hit = (
                                (a0 + need[n, 0]) | (a1 + need[n, 1]) | (a2 + need[n, 2]) | (a3 + need[n, 3])
                            )
                            if hit & top:
                                sums[0], sums[1], sums[2], sums[3] = a0, a1, a2, a3
                                better = _best_of(sums, n, totals_in_window, total, lane_bits, best[r])
                                if better > best[r]:
                                    best[r] = better
                                    level[r] = _level_of(levels, better)
                                    need = required[level[r]]
                else:
                    for i in range(words):
                        sums[i] = 0
                    for word in range(end_word + 1):
                        left = bits[word]
                        bits[word] = 0
                        while left != 0:
                            k = word * 64 + np.int64(_trailing_zeros(left))
                            left &= left - np.uint64(1)
                            s = slot_at[k]
                            n = so_far[k]
                            hit = np.uint64(0)
                            for i in range(words):
                                sums[i] += mine[s, i]
                                hit |= sums[i] + need[n, i]
                            if hit & top:
                                better = _best_of(sums, n, totals_in_window, total, lane_bits, best[r])
                                if better > best[r]:
                                    best[r] = better
                                    level[r] = _level_of(levels, better)
                                    need = required[level[r]]
        for r in range(here):
            maxima[b * block + r] = best[r]
    return maxima


# ---------------------------------------------------------------- any model, any windows


@njit(inline="always")
def _score(model, c, b, total, base_total):  # type: ignore[no-untyped-def]
    """Score of c cases where the base is b: expected cases, or for Bernoulli cases and controls; 0 unless in excess.

    Models: 0 Kulldorff's (permutation and Poisson), 1 Bernoulli (Kulldorff 1997), 2 expectation-based Poisson (Neill 2009).
    """
    if model == 0:
        return _kulldorff(c, b, total)
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
        return c > b and not _kulldorff_is_below(c, b, total, best)
    if model == 2:
        return c > b and (c - b) * (c - b) > best * b
    return c * base_total > total * b


@njit(inline="always")
def _scan_centre(order, end, counts, base, lengths, latest_only, model, total, base_total, in_zone, base_in_zone, best, found):  # type: ignore[no-untyped-def]  # fmt: skip
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
                if cases < 2:
                    continue
                expected = base_in_zone[last] - base_in_zone[last - length]
                if _may_be_above(model, cases, expected, total, base_total, best):
                    score = _score(model, cases, expected, total, base_total)
                    if score > best + 1e-12:
                        best = score
                        found[0], found[1], found[2] = k, last - length, last - 1
    return best


@njit(parallel=True, cache=True)
def best_by_centre(order, reach, counts, base, lengths, latest_only, model, total, base_total):  # type: ignore[no-untyped-def]
    """The best zone and window of each centre: float64[centres] scores, int64[centres, 3] position, first and last period."""
    centres, periods = len(order), counts.shape[1]
    scores = np.zeros(centres)
    found = np.full((centres, 3), -1, dtype=np.int64)
    for centre in prange(centres):
        in_zone = np.zeros(periods + 1, dtype=np.int64)
        base_in_zone = np.zeros(periods + 1)
        scores[centre] = _scan_centre(order[centre], reach[centre], counts, base, lengths, latest_only, model, total, base_total, in_zone, base_in_zone, 0.0, found[centre])  # fmt: skip
    return scores, found


@njit(inline="always")
def _shuffle_dates(place_of, period_of, state, counts):  # type: ignore[no-untyped-def]
    """Permutation: the dates go round among the cases."""
    cases = len(place_of)
    for j in range(cases):
        at = j + np.int64(_below(state, np.uint64(cases - j)))
        period_of[j], period_of[at] = period_of[at], period_of[j]
        counts[place_of[j], period_of[j]] += 1


@njit(inline="always")
def _choose(cell_of, how_many, state, counts):  # type: ignore[no-untyped-def]
    """Bernoulli: which of all cases and controls are the cases."""
    periods = counts.shape[1]
    everyone = len(cell_of)
    for j in range(how_many):
        at = j + np.int64(_below(state, np.uint64(everyone - j)))
        cell_of[j], cell_of[at] = cell_of[at], cell_of[j]
        counts[cell_of[j] // periods, cell_of[j] % periods] += 1


@njit(inline="always")
def _scatter(threshold, alias, how_many, state, counts):  # type: ignore[no-untyped-def]
    """Poisson: each case falls in a cell with the probability of its base (alias method, Walker 1977, Vose 1991)."""
    periods = counts.shape[1]
    cells = np.uint64(len(threshold))
    for _ in range(how_many):
        cell = np.int64(_below(state, cells))
        if np.float64(_next(state) >> np.uint64(11)) * 2.0**-53 >= threshold[cell]:
            cell = np.int64(alias[cell])
        counts[cell // periods, cell % periods] += 1


@njit(parallel=True, cache=True)
def general_maxima(order, reach, base, lengths, latest_only, model, total, base_total, way, a, b, how_many, seed, first):  # type: ignore[no-untyped-def]  # fmt: skip
    """The best score of each replicate, as many as `how_many` is long, which says how many cases each has.

    way 0 shuffles dates (a places, b periods of the cases), 1 chooses cases among cases and controls (a their cells), 2 scatters
    cases over the cells (a alias, b threshold).
    """
    replicates = len(how_many)
    maxima = np.zeros(replicates)
    places, periods = base.shape
    for r in prange(replicates):
        state = np.empty(4, dtype=np.uint64)
        _start(state, np.uint64(seed), np.uint64(first + r))
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
            best = _scan_centre(order[centre], reach[centre], counts, base, lengths, latest_only, model, cases, base_total, in_zone, base_in_zone, best, found)  # fmt: skip
        maxima[r] = best
    return maxima
