"""Permutation with windows anywhere: 32 replicates beside each other, a question for each strip of zones."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, prange, types
from numba.core import cgutils
from numba.extending import intrinsic

from vicinia_analytics.scan.kernels.shared import below, kulldorff, kulldorff_is_below, level_of, seeded

_LANES = 32


@intrinsic
def _trailing_zeros(typing_context: Any, word: Any) -> Any:
    """Index of the lowest bit set, which must exist."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.uint64(types.uint64), code


@intrinsic
def _lanes_above(typing_context: Any, counts: Any, need: Any, row: Any, periods: Any, longest: Any) -> Any:
    """Which of 32 replicates have a window with as many cases as it needs: a bit each.

    counts[day * 32 + lane]: int16; need[row + start * longest + length − 1]: 2^15 − count needed, or 0. A window is the sum of the days
    before plus one more, so each costs one load, two additions and one "or" for all 32 replicates.
    """

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        lanes = ir.VectorType(ir.IntType(16), _LANES)
        word = ir.IntType(64)

        def data(array: int) -> Any:
            return context.make_array(signature.args[array])(context, builder, arguments[array]).data

        counted, needed = data(0), data(1)
        _, _, row, periods, longest = arguments
        zero = ir.Constant(lanes, None)
        above = cgutils.alloca_once_value(builder, zero)
        total = cgutils.alloca_once_value(builder, zero)
        with cgutils.for_range(builder, periods) as start:
            builder.store(zero, total)
            left = builder.sub(periods, start.index)
            most = builder.select(builder.icmp_signed("<", left, longest), left, longest)
            needs = builder.add(row, builder.mul(start.index, longest))
            with cgutils.for_range(builder, most) as length:
                day = builder.add(start.index, length.index)
                where = builder.mul(day, ir.Constant(word, _LANES))
                cases = builder.load(
                    builder.bitcast(builder.gep(counted, [where]), lanes.as_pointer()), align=2
                )
                cases = builder.add(builder.load(total), cases)
                builder.store(cases, total)
                least = builder.load(builder.gep(needed, [builder.add(needs, length.index)]), align=2)
                spread = builder.insert_element(
                    ir.Constant(lanes, ir.Undefined), least, ir.Constant(ir.IntType(32), 0)
                )
                spread = builder.shuffle_vector(spread, ir.Constant(lanes, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), _LANES), None))  # fmt: skip
                builder.store(builder.or_(builder.load(above), builder.add(cases, spread)), above)
        hit = builder.icmp_signed("<", builder.load(above), zero)
        return builder.zext(builder.bitcast(hit, ir.IntType(_LANES)), word)

    return types.uint64(counts, need, types.int64, types.int64, types.int64), code


@njit(parallel=True, cache=True)
def required_anywhere(levels, fewest, in_window, cases, begins, shortest):  # type: ignore[no-untyped-def]
    """As `required_counts` for windows anywhere: int16[levels * strips * starts * lengths], at the least cases of each strip.

    in_window[start, length − 1]: all cases in a window, −1 if it passes the end.
    """
    starts, lengths = in_window.shape
    a_strip = starts * lengths
    out = np.zeros(len(levels) * len(begins) * a_strip, dtype=np.int16)
    for task in prange(len(levels) * starts):
        level, start = task // starts, task % starts
        for w in range(shortest - 1, lengths):
            inside = in_window[start, w]
            c = np.int64(fewest)
            for strip in range(len(begins)):
                mu = begins[strip] * (inside / cases)
                while c <= inside and kulldorff(float(c), mu, float(cases)) < levels[level]:
                    c += 1
                if c <= inside:
                    out[(level * len(begins) + strip) * a_strip + start * lengths + w] = 32768 - c
    return out


@njit(inline="always")
def _draw_lanes(period_of, shuffled, seed, first, here, day_of):  # type: ignore[no-untyped-def]
    """Where each case of each replicate is counted: day_of[case, lane] = day * 32 + lane. The dates go round as in `_shuffle_dates`."""
    state = np.empty(4, dtype=np.uint64)
    cases = len(period_of)
    for r in range(here):
        seeded(state, np.uint64(seed), np.uint64(first + r))
        shuffled[:] = period_of
        for j in range(cases):
            at = j + np.int64(below(state, np.uint64(cases - j)))
            shuffled[j], shuffled[at] = shuffled[at], shuffled[j]
        for j in range(cases):
            day_of[j, r] = shuffled[j] * _LANES + r


@njit(inline="never")
def _best_in_strip(order, k0, k1, n1, begins, day_of, lane, counts, need, row, in_window, shortest, fewest, total, best):  # type: ignore[no-untyped-def]  # fmt: skip
    """The best score of one replicate among the zones of a strip (positions k0 to k1, with n1 cases at its end), or `best`."""
    starts, lengths = in_window.shape
    for start in range(starts):
        counted = 0
        for w in range(min(lengths, starts - start)):
            counted += counts[(start + w) * _LANES + lane]
            least = need[row + start * lengths + w]
            if w + 1 < shortest or least == 0 or counted + least < 32768:
                continue
            # Somewhere in the strip this window may be better: take the places away again, one by one.
            c, n, k = counted, n1, k1
            from_day, to_day = start * _LANES, (start + w + 1) * _LANES
            while True:
                mu = n * (in_window[start, w] / total)
                if c < fewest:
                    break
                if c > mu and not kulldorff_is_below(float(c), mu, total, best):
                    best = max(best, kulldorff(float(c), mu, total))
                if k == k0:
                    break
                place = order[k]
                for j in range(begins[place], begins[place + 1]):
                    if from_day <= day_of[j, lane] < to_day:
                        c -= 1
                n -= begins[place + 1] - begins[place]
                k -= 1
    return best


@njit(parallel=True, cache=True, boundscheck=False)
def anywhere_maxima(order, reach, begins, period_of, in_window, shortest, fewest, levels, strip_begins, strip_of, required, seed, first, replicates):  # type: ignore[no-untyped-def]  # fmt: skip
    """The best score of each replicate of a permutation scan whose windows may be anywhere: float64[replicates].

    begins[place]: where the cases of a place begin in `period_of`, the period of each; in_window, strip_begins and required: see
    `required_anywhere`; strip_of[n]: the strip of a zone of n cases. Between the first and the last zone of a strip no window
    has more cases than at its end, nor more expected than at its begin: one question answers for all of them.
    """
    maxima = np.zeros(replicates)
    starts, lengths = in_window.shape
    cases, a_strip = len(period_of), starts * lengths
    a_level = len(strip_begins) * a_strip
    total = float(cases)
    for b in prange((replicates + _LANES - 1) // _LANES):
        here = min(_LANES, replicates - b * _LANES)
        day_of = np.empty((cases, _LANES), dtype=np.int32)
        for r in range(here, _LANES):
            day_of[:, r] = starts * _LANES + r  # lanes that nobody uses count on a day that is never asked
        _draw_lanes(period_of, np.empty_like(period_of), seed, first + b * _LANES, here, day_of)
        counts = np.zeros((starts + 1) * _LANES, dtype=np.int16)
        best = np.zeros(_LANES)
        at_level = np.zeros(_LANES, dtype=np.int64)
        for centre in range(len(order)):
            level = at_level[:here].min()
            counts[:] = 0
            n, k0, end = 0, 0, reach[centre]
            for k in range(end):
                place = order[centre, k]
                if n == 0 or strip_of[n + begins[place + 1] - begins[place]] != strip_of[n]:
                    k0 = k
                for j in range(begins[place], begins[place + 1]):
                    for r in range(_LANES):
                        counts[day_of[j, r]] += 1
                n += begins[place + 1] - begins[place]
                if n == 0:
                    continue
                if k + 1 < end:
                    more = begins[order[centre, k + 1] + 1] - begins[order[centre, k + 1]]
                    if strip_of[n + more] == strip_of[n]:
                        continue
                row = strip_of[n] * a_strip
                hits = _lanes_above(counts, required, level * a_level + row, starts, lengths)
                while hits != 0:
                    r = np.int64(_trailing_zeros(hits))
                    hits &= hits - np.uint64(1)
                    better = _best_in_strip(order[centre], k0, k, n, begins, day_of, r, counts, required, at_level[r] * a_level + row, in_window, shortest, fewest, total, best[r])  # fmt: skip
                    if better > best[r]:
                        best[r] = better
                        at_level[r] = level_of(levels, better)
        maxima[b * _LANES : b * _LANES + here] = best[:here]
    return maxima
