"""The XmR chart, beside a second reading of its rules; its average, steps and limits."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_core.domain import spc
from lscb_core.domain.spc import Kind, Rule, xmr
from tests.slow_spc import slow_reading

COMMON = Kind.COMMON_CAUSE
FLAT = [10, 12] * 8  # average 11, every step 2: limits 5.68 and 16.32


# Few different values make ties, points on the mean and points on a limit common.
COARSE = st.lists(st.integers(0, 6), min_size=12, max_size=40)
FINE = st.lists(
    st.decimals(-50, 50, places=1, allow_nan=False).map(float),
    min_size=12,
    max_size=40,
)
DRIFTING = st.lists(st.integers(-1, 3), min_size=12, max_size=40).map(
    lambda steps: [sum(steps[: i + 1]) for i in range(len(steps))]
)
JUMPY = st.lists(st.sampled_from([10, 11, 12, 40, -20]), min_size=12, max_size=40)


@settings(deadline=None, max_examples=100)
@given(st.one_of(COARSE, FINE, DRIFTING, JUMPY))
def test_the_chart_reads_every_series_as_the_slow_reading_does(values):
    average, reach, found = slow_reading(values)
    chart = xmr(values)
    assert chart.mean == pytest.approx(float(average))
    assert chart.upper == pytest.approx(float(average + reach))
    assert chart.lower == pytest.approx(float(average - reach))
    rules = [None, *Rule]
    for i in range(len(values)):
        number, direction = found.get(i, (0, 0))
        assert chart.rules[i] is rules[number], (i, values)
        assert chart.kinds[i] is {0: COMMON, 1: Kind.NEUTRAL_HIGH, -1: Kind.NEUTRAL_LOW}[direction], (
            i,
            values,
        )


def test_a_steady_series_shows_ordinary_ups_and_downs():
    chart = xmr(FLAT, better="higher")
    assert (chart.mean, chart.lower, chart.upper) == (11, 11 - 2.66 * 2, 11 + 2.66 * 2)
    assert set(chart.kinds) == {COMMON}
    assert set(chart.rules) == {None}


def test_eleven_points_are_too_few_and_twelve_are_enough():
    few, enough = xmr(FLAT[:11]), xmr(FLAT[:12])
    assert (few.mean, few.lower, few.upper) == (None, None, None)
    assert few.kinds == (COMMON,) * 11
    assert enough.mean == 11


def test_eleven_rising_points_are_no_signal():
    assert set(xmr(range(11)).kinds) == {COMMON}


def test_a_great_step_leaves_the_average_step_but_its_points_stay_in_the_average():
    values = [*[10, 12] * 7, 40, *[10, 12] * 3]  # steps of 28 and 30 beside eighteen of 2
    chart = xmr(values)
    assert chart.mean == pytest.approx(sum(values) / 21)
    assert chart.upper == pytest.approx(sum(values) / 21 + 2.66 * 2)
    assert [i for i, rule in enumerate(chart.rules) if rule is Rule.OUTSIDE] == [14]


def test_a_step_of_just_3_267_times_the_average_is_left_out():
    steps = 13
    # One great step b beside twelve of 1, b being 3.267 averages exactly: b = 3.267 (12 + b) / 13.
    great = Fraction(3267, 1000) * 12 / (steps - Fraction(3267, 1000))
    points = [Fraction(0)]
    for at in range(steps):
        size = great if at == 6 else Fraction(1)
        points.append(points[-1] + (size if at % 2 else -size))
    moves = [abs(b - a) for a, b in zip(points, points[1:], strict=False)]
    assert great == Fraction(3267, 1000) * sum(moves) / steps
    assert spc.mean_moving_range(points) == 1


def test_screening_is_done_once_and_not_again():
    # Steps 1 (fifteen times), 8 and 60: 60 goes at once; 8 would go in a second round only.
    points = [Fraction(0)]
    for at, size in enumerate([1] * 8 + [8] + [1] * 7 + [60]):
        points.append(points[-1] + (size if at % 2 else -size))
    assert spc.mean_moving_range(points) == Fraction(15 + 8, 16)


def test_a_point_on_the_limit_is_not_outside_it():
    swings = [1.022, -1.022] * 8
    on_it = xmr([-7.448, *swings, 7.448])  # average 0, average step 2.8, limits 7.448
    assert (on_it.lower, on_it.upper) == (-7.448, 7.448)
    assert Rule.OUTSIDE not in on_it.rules
    beyond = xmr([-7.5, *swings, 7.5])  # limits 7.465
    assert (beyond.rules[0], beyond.rules[-1]) == (Rule.OUTSIDE, Rule.OUTSIDE)


@pytest.mark.parametrize("level", [0.1, 0.7, 33.3, 1 / 3])
def test_a_series_that_never_moves_gives_no_signal(level):
    """In binary arithmetic the average of twelve times 0.1 is not 0.1: a false run on one side."""
    assert set(xmr([level] * 15).kinds) == {COMMON}
