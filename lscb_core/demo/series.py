"""The shapes of the monthly measures: two years drawn by hand, the years before by chance."""

from functools import lru_cache
from random import Random

from lscb_core.demo.stage import SEED
from lscb_core.demo.words import sheet


@lru_cache(maxsize=64)
def drawn(measure: str) -> tuple[float, ...]:
    """The values of the last two years as drawn, the latest first."""
    [row] = [row for row in sheet("series") if row["measure"] == measure]
    return tuple(float(value) for value in reversed(row["values"].split()))


def monthly(measure: str, ago: int) -> float:
    """The value so many months before the last complete one. The same on whatever day it is asked for.

    Before the drawn years the earlier half of them is gone through again, in an order left to chance, so
    that the series keeps its level and its ordinary ups and downs.
    """
    values = drawn(measure)
    if ago < len(values):
        return values[ago]
    return _earlier(measure)[(ago - len(values)) % len(_earlier(measure))]


@lru_cache(maxsize=64)
def _earlier(measure: str) -> list[float]:
    half = list(drawn(measure)[len(drawn(measure)) // 2 :])
    chance = Random(f"{SEED}: {measure}")
    return [chance.choice(half) for _ in range(48)]
