"""One seed, many independent streams of chance: adding a street must not reshuffle the residents."""

import random


def stream(seed: int, *names: object) -> random.Random:
    """Give the random stream of one purpose; the same seed and names always give the same numbers."""
    key = ":".join([str(seed), *map(str, names)])
    return random.Random(key)  # noqa: S311 -- invented data, nothing secret is drawn from it
