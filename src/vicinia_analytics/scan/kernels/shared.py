"""What the loops have in common: random numbers that belong to a replicate, and scores."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(inline="always")
def _mix(x: np.uint64) -> np.uint64:
    """splitmix64 (Steele, Lea, Flood 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@njit(inline="always")
def seeded(state: np.ndarray, seed: np.uint64, replicate: np.uint64) -> None:
    """State of the generator of one replicate: it depends on the seed and on the replicate only, never on a thread."""
    golden = np.uint64(0x9E3779B97F4A7C15)
    x = _mix(seed + golden) ^ (replicate * golden)
    for i in range(4):
        x += golden
        state[i] = _mix(x)


@njit(inline="always")
def next_word(state: np.ndarray) -> np.uint64:
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
def below(state: np.ndarray, n: np.uint64) -> np.uint64:
    """A whole number in [0, n), each exactly as likely (Lemire 2019), n below 2³²."""
    low32 = np.uint64(0xFFFFFFFF)
    product = (next_word(state) >> np.uint64(32)) * n
    if (product & low32) < n:
        least = (np.uint64(0x100000000) - n) % n
        while (product & low32) < least:
            product = (next_word(state) >> np.uint64(32)) * n
    return product >> np.uint64(32)


@njit(inline="always")
def kulldorff(c: float, mu: float, total: float) -> float:
    """Log likelihood ratio of c cases where mu were expected, of `total` in all (Kulldorff 1997); 0 unless in excess."""
    if c <= mu:
        return 0.0
    score = c * np.log(c / mu)
    if c < total:
        score += (total - c) * np.log((total - c) / (total - mu))
    return score


@njit(inline="always")
def kulldorff_is_below(c: float, mu: float, total: float, bound: float) -> bool:
    """True only if the score of c is not above `bound`; from ln x ≤ x − 1, so without a logarithm."""
    return (c - mu) * (c - mu) * total <= bound * mu * (total - mu)


@njit(inline="always")
def in_excess(model, c, mu, total):  # type: ignore[no-untyped-def]
    """Score of c cases where mu were expected: 0 Kulldorff's among `total`, 2 Neill's, whatever happens elsewhere."""
    if model == 2:
        return c * np.log(c / mu) + mu - c if c > mu else 0.0
    return kulldorff(c, mu, total)


@njit(inline="always")
def is_not_above(model, c, mu, total, bound):  # type: ignore[no-untyped-def]
    """True only if that score is not above `bound`; no logarithm."""
    if model == 2:
        return (c - mu) * (c - mu) <= bound * mu
    return kulldorff_is_below(c, mu, total, bound)


@njit(inline="always")
def level_of(levels, score):  # type: ignore[no-untyped-def]
    level = 0
    while level + 1 < len(levels) and levels[level + 1] <= score:
        level += 1
    return level
