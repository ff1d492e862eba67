"""Is a change real, or ordinary ups and downs? The XmR chart of a series, as the NHS and DfE read it.

Everything is worked out in exact fractions of the values as written, so that a point that lies on the
mean or on a limit is seen to lie there. Source: Making Data Count; the order of the rules is the board's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import Literal

Better = Literal["higher", "lower", "neither"]
Standing = Literal["worse", "better", "changed", "steady", "few"]

ENOUGH = 12
RUN = 7
LIMIT = Fraction("2.66")
SCREEN = Fraction("3.267")
NEAR = Fraction(2, 3)


class Kind(StrEnum):
    """What a point tells."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Rule(StrEnum):
    """The rule that marked a point, in the order in which they count; its value says it in plain words."""

    OUTSIDE = "outside the limits"
    RUN = "seven in a row rising or falling"
    NEAR_LIMIT = "two of three close to the same limit"
    ONE_SIDE = "seven in a row on one side of the average"


@dataclass(frozen=True, slots=True)
class Xmr:
    """The chart of a series: mean and limits in the values' unit, None below 12 points.

    `kinds` and `rules` have one entry for each point; a point of common cause has no rule.
    """

    mean: float | None
    lower: float | None
    upper: float | None
    kinds: tuple[Kind, ...]
    rules: tuple[Rule | None, ...]


@dataclass(frozen=True, slots=True)
class _Series:
    """The points with their mean and the distance from it to either limit."""

    points: list[Fraction]
    mean: Fraction
    reach: Fraction

    def offsets(self) -> list[Fraction]:
        """How far each point lies above (+) or below (-) the mean."""
        return [point - self.mean for point in self.points]


Marks = dict[int, int]  # point -> +1 for high or rising, -1 for low or falling


def xmr(values: Sequence[float], *, better: Better = "neither") -> Xmr:
    """Mean, limits (mean +/- 2.66 x mean moving range) and what each point tells.

    Values in order of time, without gaps. The limits are not cut at 0 or 100.
    Raises ValueError on a value that is no number or an unknown `better`.
    """
    if better not in ("higher", "lower", "neither"):
        raise ValueError(f"better is 'higher', 'lower' or 'neither', not {better!r}")
    points = [_exact(value) for value in values]
    if len(points) < ENOUGH:
        return Xmr(None, None, None, (Kind.COMMON_CAUSE,) * len(points), (None,) * len(points))
    series = _Series(points, sum(points, Fraction()) / len(points), LIMIT * mean_moving_range(points))
    marks = _marks(series)
    return Xmr(
        float(series.mean),
        float(series.mean - series.reach),
        float(series.mean + series.reach),
        tuple(_kind(marks[i][1], better) if i in marks else Kind.COMMON_CAUSE for i in range(len(points))),
        tuple(marks[i][0] if i in marks else None for i in range(len(points))),
    )


def standing(chart: Xmr, *, recent: int = 3) -> Standing:
    """The news of a series in one word: its latest signal among the `recent` points, or none."""
    if chart.mean is None:
        return "few"
    signals = [kind for kind in chart.kinds[-recent:] if kind is not Kind.COMMON_CAUSE]
    if not signals:
        return "steady"
    if signals[-1] is Kind.CONCERN:
        return "worse"
    return "better" if signals[-1] is Kind.IMPROVEMENT else "changed"


def mean_moving_range(points: Sequence[Fraction]) -> Fraction:
    """Mean step between neighbours; steps of at least 3.267 x the mean step are left out, once."""
    steps = [abs(later - earlier) for earlier, later in pairwise(points)]
    mean = sum(steps, Fraction()) / len(steps)
    kept = [step for step in steps if step < SCREEN * mean]
    return sum(kept, Fraction()) / len(kept) if kept else mean


def _marks(series: _Series) -> dict[int, tuple[Rule, int]]:
    """Point -> the first rule that marks it, and its direction."""
    found: dict[int, tuple[Rule, int]] = {}
    checks = {Rule.OUTSIDE: _outside, Rule.RUN: _runs, Rule.NEAR_LIMIT: _near_limit, Rule.ONE_SIDE: _one_side}
    for rule, check in checks.items():
        for point, direction in check(series).items():
            found.setdefault(point, (rule, direction))
    return found


def _outside(series: _Series) -> Marks:
    return {i: _sign(gap) for i, gap in enumerate(series.offsets()) if abs(gap) > series.reach}


def _runs(series: _Series) -> Marks:
    """Points of runs; where a rise turns into a fall at one point, what follows decides."""
    steps = [_sign(later - earlier) for earlier, later in pairwise(series.points)]
    return {i: steps[at] for at in _same(steps, RUN - 1) for i in range(at, at + RUN)}


def _near_limit(series: _Series) -> Marks:
    far = [_sign(gap) if abs(gap) > NEAR * series.reach else 0 for gap in series.offsets()]
    marks: Marks = {}
    for at in range(len(far) - 2):
        for side in (1, -1):
            beyond = [i for i in range(at, at + 3) if far[i] == side]
            marks |= dict.fromkeys(beyond, side) if len(beyond) > 1 else {}
    return marks


def _one_side(series: _Series) -> Marks:
    sides = [_sign(gap) for gap in series.offsets()]
    return {i: sides[at] for at in _same(sides, RUN) for i in range(at, at + RUN)}


def _same(signs: Sequence[int], length: int) -> Iterator[int]:
    """Where so many equal signs begin, none of them 0."""
    for at in range(len(signs) - length + 1):
        if signs[at] and len(set(signs[at : at + length])) == 1:
            yield at


def _kind(direction: int, better: Better) -> Kind:
    if better == "neither":
        return Kind.NEUTRAL_HIGH if direction > 0 else Kind.NEUTRAL_LOW
    return Kind.IMPROVEMENT if (direction > 0) == (better == "higher") else Kind.CONCERN


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _exact(value: float) -> Fraction:
    """The number as it is written: 0.1 is a tenth here, not the nearest double."""
    if not isfinite(value):
        raise ValueError(f"{value} is not a number that can be charted")
    return Fraction(str(value))
