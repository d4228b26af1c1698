"""Permutation with windows that end with the data; see the head of this package for how it is fast."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, prange, types
from numba.extending import intrinsic

from vicinia_analytics.scan.kernels.shared import below, in_excess, is_not_above, level_of, seeded

_TOP16 = np.uint64(0x8000800080008000)
_TOP32 = np.uint64(0x8000000080000000)


@njit(parallel=True, cache=True)
def required_counts(levels, model, fewest, rate, in_window, cases, largest, lane_bits, words):  # type: ignore[no-untyped-def]
    """What must be added to a packed count so that the top bit of a lane says "this window reaches the level".

    Gives uint64[levels * (largest + 1) * words], by level, weight of the zone and word; a lane holds 2^(bits−1) − the least count, of
    at least `fewest`, whose score is at least the level, or 0 if none is. Expected in a window: weight × rate[window].
    """
    windows = len(rate)
    per_word = 64 // lane_bits
    top = np.int64(1) << np.int64(lane_bits - 1)
    out = np.zeros(len(levels) * (largest + 1) * words, dtype=np.uint64)
    for task in prange(len(levels) * words):
        level, word = task // words, task % words
        for w in range(word * per_word, min(windows, (word + 1) * per_word)):
            c = np.int64(fewest)
            shift = np.uint64((w % per_word) * lane_bits)
            for n in range(1, largest + 1):
                # The count that is needed never falls as the zone grows.
                while (
                    c <= in_window[w]
                    and in_excess(model, float(c), n * rate[w], float(cases)) < levels[level]
                ):
                    c += 1
                if c <= in_window[w]:
                    out[(level * (largest + 1) + n) * words + word] |= np.uint64(top - c) << shift
    return out


def _vector_at(context: Any, builder: Any, signature: Any, arguments: Any, array: int) -> Any:
    """Four words of an argument that is an array, from the index in the argument after it."""
    data = context.make_array(signature.args[array])(context, builder, arguments[array]).data
    vector = ir.VectorType(ir.IntType(64), 4)
    return builder.bitcast(builder.gep(data, [arguments[array + 1]]), vector.as_pointer())


def _any_top_bit(builder: Any, counted: Any, needed: Any, top: Any) -> Any:
    """Whether a lane of the sum of two vectors has a bit of the mask `top`."""
    mask = ir.Constant(counted.type, ir.Undefined)
    for lane in range(4):
        mask = builder.insert_element(mask, top, ir.Constant(ir.IntType(32), lane))
    bits = builder.bitcast(builder.and_(builder.add(counted, needed), mask), ir.IntType(256))
    return builder.icmp_unsigned("!=", bits, ir.Constant(ir.IntType(256), 0))


@intrinsic
def _ask(typing_context: Any, sums: Any, at: Any, need: Any, row: Any, top: Any) -> Any:
    """Whether any lane of sums[at:at+4] + need[row:row+4] has its top bit, of the mask `top`."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        counted = builder.load(_vector_at(context, builder, signature, arguments, 0), align=8)
        needed = builder.load(_vector_at(context, builder, signature, arguments, 2), align=8)
        return _any_top_bit(builder, counted, needed, arguments[4])

    return types.boolean(sums, types.int64, need, types.int64, types.uint64), code


@intrinsic
def _add_and_ask(
    typing_context: Any, sums: Any, at: Any, added: Any, of: Any, need: Any, row: Any, top: Any
) -> Any:
    """sums[at:at+4] += added[of:of+4], then as `_ask`.

    One load, two additions and one test of 256 bits where the processor has them; LLVM splits them where it has not.
    """

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place = _vector_at(context, builder, signature, arguments, 0)
        more = builder.load(_vector_at(context, builder, signature, arguments, 2), align=8)
        counted = builder.add(builder.load(place, align=8), more)
        builder.store(counted, place, align=8)
        needed = builder.load(_vector_at(context, builder, signature, arguments, 4), align=8)
        return _any_top_bit(builder, counted, needed, arguments[6])

    return types.boolean(sums, types.int64, added, types.int64, need, types.int64, types.uint64), code


@njit(inline="always")
def _draw(case_place, in_window, state, cases, undo):  # type: ignore[no-untyped-def]
    """The first cases of `case_place` become a random choice without replacement (partial Fisher–Yates)."""
    for j in range(in_window):
        at = j + np.int64(below(state, np.uint64(cases - j)))
        undo[j] = at
        case_place[j], case_place[at] = case_place[at], case_place[j]


@njit(inline="always")
def _put_back(case_place, in_window, undo):  # type: ignore[no-untyped-def]
    for j in range(in_window - 1, -1, -1):
        at = undo[j]
        case_place[j], case_place[at] = case_place[at], case_place[j]


@njit(inline="never")
def _best_of(sums, at, n, model, fewest, rate, cases, lane_bits, best):  # type: ignore[no-untyped-def]
    """The best score among the windows of one zone, whose packed counts begin at `at`, or `best` if none is above."""
    per_word = 64 // lane_bits
    lane = (np.uint64(1) << np.uint64(lane_bits)) - np.uint64(1)
    for w in range(len(rate)):
        c = float((sums[at + w // per_word] >> np.uint64((w % per_word) * lane_bits)) & lane)
        mu = n * rate[w]
        if c >= fewest and c > mu and not is_not_above(model, c, mu, cases, best):
            best = max(best, in_excess(model, c, mu, cases))
    return best


@njit(inline="always")
def _draw_block(case_place, starts, seed, first, here, places, undo, drawn, begins, entries, age_bits):  # type: ignore[no-untyped-def]
    """The cases inside the longest window of `here` replicates, by place.

    entries[begins[place]:begins[place + 1]]: age in the lower `age_bits`, replicate above.
    """
    cases, ages = len(case_place), starts.shape[1] - 1
    state = np.empty(4, dtype=np.uint64)
    begins[:] = 0
    for r in range(here):
        in_window = starts[min(first + r, len(starts) - 1), ages]
        seeded(state, np.uint64(seed), np.uint64(first + r))
        _draw(case_place, in_window, state, cases, undo)
        for j in range(in_window):
            drawn[r, j] = case_place[j]
            begins[case_place[j] + 1] += 1
        _put_back(case_place, in_window, undo)
    for place in range(places):
        begins[place + 1] += begins[place]
    for r in range(here):
        own = starts[min(first + r, len(starts) - 1)]
        for age in range(ages):
            for j in range(own[age], own[age + 1]):
                place = drawn[r, j]
                entries[begins[place]] = (r << age_bits) | age
                begins[place] += 1
    for place in range(places, 0, -1):
        begins[place] = begins[place - 1]
    begins[0] = 0


@njit(inline="always")
def _grow(order, end, weight, begins, entries, age_bits, sums, increments, words, need, levels, row_of_level, level, table_of, top, model, fewest, rate, total, lane_bits, best):  # type: ignore[no-untyped-def]  # fmt: skip
    """All zones of one centre, for all replicates of a block: `best` rises where one of them is better."""
    sums[:] = 0
    table = level * row_of_level
    ages = (1 << age_bits) - 1
    n = 0
    for k in range(end):
        place = order[k]
        n += weight[place]
        row = table + n * words
        # Unsigned, so that no index is looked at for counting from the end.
        for e in range(np.uint64(begins[place]), np.uint64(begins[place + 1])):
            entry = np.int64(entries[e])
            at, of = (entry >> age_bits) * words, (entry & ages) * words
            hit = _add_and_ask(sums, at, increments, of, need, row, top)
            for word in range(4, words, 4):
                hit |= _add_and_ask(sums, at + word, increments, of + word, need, row + word, top)
            if hit:
                r = entry >> age_bits
                own = table_of[r] + n * words
                sure = _ask(sums, at, need, own, top)
                for word in range(4, words, 4):
                    sure |= _ask(sums, at + word, need, own + word, top)
                if sure:
                    better = _best_of(sums, at, n, model, fewest, rate, total, lane_bits, best[r])
                    if better > best[r]:
                        best[r] = better
                        table_of[r] = level_of(levels, better) * row_of_level


@njit(parallel=True, cache=True, boundscheck=False)
def permutation_maxima(order, reach, case_place, weight, starts, increments, model, fewest, rate, levels, required, lane_bits, seed, first, replicates, block, entry_kind):  # type: ignore[no-untyped-def]  # fmt: skip
    """The best score of each replicate: float64[replicates].

    order[centre, position]: the places, nearest first, of which `reach[centre]` may be in a zone; case_place: the place of each
    case; weight[place] × rate[window]: expected; starts[replicate or 0]: where the cases of each age of the window begin; increments[age * words]: a
    case of that age, packed; required: see `required_counts`; entry_kind: an array of uint16 if replicates of a block and ages
    fit in eight bits each, else of uint32.
    """
    maxima = np.zeros(replicates)
    centres, places = len(order), len(weight)
    in_window = starts[:, -1].max()
    words = len(increments) // (starts.shape[1] - 1)
    row_of_level = required.size // len(levels)
    top = _TOP16 if lane_bits == 16 else _TOP32
    total = float(len(case_place))
    age_bits = entry_kind.itemsize * 4
    for b in prange((replicates + block - 1) // block):
        own = case_place.copy()
        undo = np.empty(in_window, dtype=np.int64)
        drawn = np.empty((block, in_window), dtype=np.int32)
        begins = np.empty(places + 1, dtype=np.int64)
        entries = np.empty(block * in_window, dtype=entry_kind.dtype)
        here = min(block, replicates - b * block)
        _draw_block(
            own, starts, seed, first + b * block, here, places, undo, drawn, begins, entries, age_bits
        )
        best = np.zeros(here)
        table_of = np.zeros(here, dtype=np.int64)
        sums = np.zeros(block * words, dtype=np.uint64)
        for centre in range(centres):
            # One table serves the block: the one of the replicate that has come least far.
            level = level_of(levels, best.min())
            if words == 4 and age_bits == 8:
                _grow(order[centre], reach[centre], weight, begins, entries, 8, sums, increments, 4, required, levels, row_of_level, level, table_of, top, model, fewest, rate, total, lane_bits, best)  # fmt: skip
            else:
                _grow(order[centre], reach[centre], weight, begins, entries, age_bits, sums, increments, words, required, levels, row_of_level, level, table_of, top, model, fewest, rate, total, lane_bits, best)  # fmt: skip
        for r in range(here):
            maxima[b * block + r] = best[r]
    return maxima
