"""The loops of the scan statistics, compiled by numba.

One file, so that all that is compiled is in one place; the tests hold a slow twin of each loop in plain Python.
Nothing here checks its input: `engine` does.

How the permutation scan is fast
--------------------------------
Between replicates only the dates move, so the expected count of a zone and a window never changes. Of all cases only those
dated inside the longest window matter, and the best score of a growing zone is always reached where a place with such a
case joins it. The counts of a zone in all windows lie beside each other in 16 (or 32) bits each, so that one addition of
256 bits counts a case in sixteen windows, and one more, to what a table says that each window needs at this many cases to reach
a given score, tells whether any window does: logarithms are taken only then. Some replicates go together through the
places around a centre, so that order and table are read once for all of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, prange, types
from numba.core import cgutils
from numba.extending import intrinsic

_TOP16 = np.uint64(0x8000800080008000)
_TOP32 = np.uint64(0x8000000080000000)
_LANES = 32


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


@njit(inline="always")
def _in_excess(model, c, mu, total):  # type: ignore[no-untyped-def]
    """Score of c cases where mu were expected: 0 Kulldorff's among `total`, 2 Neill's, whatever happens elsewhere."""
    if model == 2:
        return c * np.log(c / mu) + mu - c if c > mu else 0.0
    return _kulldorff(c, mu, total)


@njit(inline="always")
def _is_not_above(model, c, mu, total, bound):  # type: ignore[no-untyped-def]
    """True only if that score is not above `bound`; no logarithm."""
    if model == 2:
        return (c - mu) * (c - mu) <= bound * mu
    return _kulldorff_is_below(c, mu, total, bound)


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
                    and _in_excess(model, float(c), n * rate[w], float(cases)) < levels[level]
                ):
                    c += 1
                if c <= in_window[w]:
                    out[(level * (largest + 1) + n) * words + word] |= np.uint64(top - c) << shift
    return out


# ---------------------------------------------------------------- permutation, windows that end with the data


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
        at = j + np.int64(_below(state, np.uint64(cases - j)))
        undo[j] = at
        case_place[j], case_place[at] = case_place[at], case_place[j]


@njit(inline="always")
def _put_back(case_place, in_window, undo):  # type: ignore[no-untyped-def]
    for j in range(in_window - 1, -1, -1):
        at = undo[j]
        case_place[j], case_place[at] = case_place[at], case_place[j]


@njit(inline="always")
def _level_of(levels, score):  # type: ignore[no-untyped-def]
    level = 0
    while level + 1 < len(levels) and levels[level + 1] <= score:
        level += 1
    return level


@njit(inline="never")
def _best_of(sums, at, n, model, fewest, rate, cases, lane_bits, best):  # type: ignore[no-untyped-def]
    """The best score among the windows of one zone, whose packed counts begin at `at`, or `best` if none is above."""
    per_word = 64 // lane_bits
    lane = (np.uint64(1) << np.uint64(lane_bits)) - np.uint64(1)
    for w in range(len(rate)):
        c = float((sums[at + w // per_word] >> np.uint64((w % per_word) * lane_bits)) & lane)
        mu = n * rate[w]
        if c >= fewest and c > mu and not _is_not_above(model, c, mu, cases, best):
            best = max(best, _in_excess(model, c, mu, cases))
    return best


@njit(inline="always")
def _draw_block(case_place, starts, seed, first, here, places, undo, drawn, begins, entries, age_bits):  # type: ignore[no-untyped-def]
    """The cases inside the longest window of `here` replicates, by place.

    entries[begins[place]:begins[place + 1]]: age in the lower `age_bits`, replicate above.
    """
    in_window, cases = starts[-1], len(case_place)
    state = np.empty(4, dtype=np.uint64)
    begins[:] = 0
    for r in range(here):
        _start(state, np.uint64(seed), np.uint64(first + r))
        _draw(case_place, in_window, state, cases, undo)
        for j in range(in_window):
            drawn[r, j] = case_place[j]
            begins[case_place[j] + 1] += 1
        _put_back(case_place, in_window, undo)
    for place in range(places):
        begins[place + 1] += begins[place]
    for r in range(here):
        for age in range(len(starts) - 1):
            for j in range(starts[age], starts[age + 1]):
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
        for e in range(begins[place], begins[place + 1]):
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
                        table_of[r] = _level_of(levels, better) * row_of_level


@njit(parallel=True, cache=True, boundscheck=False)
def permutation_maxima(order, reach, case_place, weight, starts, increments, model, fewest, rate, levels, required, lane_bits, seed, first, replicates, block, entry_kind):  # type: ignore[no-untyped-def]  # fmt: skip
    """The best score of each replicate: float64[replicates].

    order[centre, position]: the places, nearest first, of which `reach[centre]` may be in a zone; case_place: the place of each
    case; weight[place] × rate[window]: expected; starts: where the cases of each age of the window begin; increments[age * words]: a
    case of that age, packed; required: see `required_counts`; entry_kind: an array of uint16 if replicates of a block and ages
    fit in eight bits each, else of uint32.
    """
    maxima = np.zeros(replicates)
    centres, places = len(order), len(weight)
    in_window = starts[-1]
    words = len(increments) // (len(starts) - 1)
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
            level = _level_of(levels, best.min())
            if words == 4:
                _grow(order[centre], reach[centre], weight, begins, entries, age_bits, sums, increments, 4, required, levels, row_of_level, level, table_of, top, model, fewest, rate, total, lane_bits, best)  # fmt: skip
            else:
                _grow(order[centre], reach[centre], weight, begins, entries, age_bits, sums, increments, words, required, levels, row_of_level, level, table_of, top, model, fewest, rate, total, lane_bits, best)  # fmt: skip
        for r in range(here):
            maxima[b * block + r] = best[r]
    return maxima


# ---------------------------------------------------------------- permutation, windows anywhere


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
                while c <= inside and _kulldorff(float(c), mu, float(cases)) < levels[level]:
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
        _start(state, np.uint64(seed), np.uint64(first + r))
        shuffled[:] = period_of
        for j in range(cases):
            at = j + np.int64(_below(state, np.uint64(cases - j)))
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
                if c > mu and not _kulldorff_is_below(float(c), mu, total, best):
                    best = max(best, _kulldorff(float(c), mu, total))
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
        level_of = np.zeros(_LANES, dtype=np.int64)
        for centre in range(len(order)):
            level = level_of[:here].min()
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
                    better = _best_in_strip(order[centre], k0, k, n, begins, day_of, r, counts, required, level_of[r] * a_level + row, in_window, shortest, fewest, total, best[r])  # fmt: skip
                    if better > best[r]:
                        best[r] = better
                        level_of[r] = _level_of(levels, better)
        maxima[b * _LANES : b * _LANES + here] = best[:here]
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
            best = _scan_centre(order[centre], reach[centre], counts, base, lengths, latest_only, model, fewest, cases, base_total, in_zone, base_in_zone, best, found)  # fmt: skip
        maxima[r] = best
    return maxima
