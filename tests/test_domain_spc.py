"""The XmR chart, beside a second reading of the rules that is slow, plain and written on its own."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_core.domain import spc
from lscb_core.domain.spc import Kind, Rule, xmr

COMMON = Kind.COMMON_CAUSE
FLAT = [10, 12] * 8  # average 11, every step 2: limits 5.68 and 16.32


def slow_limits(x):
    """Average, and the reach of the limits to either side."""
    average = sum(x) / len(x)
    steps = [abs(x[i] - x[i - 1]) for i in range(1, len(x))]
    bar = sum(steps) / len(steps)
    calm = [step for step in steps if not step >= Fraction(3267, 1000) * bar]
    return average, Fraction(266, 100) * (sum(calm) / len(calm) if calm else bar)


def slow_runs(x):
    found = {}
    for start in range(len(x) - 6):
        seven = x[start : start + 7]
        for direction, ordered in ((1, sorted(seven)), (-1, sorted(seven, reverse=True))):
            if seven == ordered and len(set(seven)) == 7:
                found |= dict.fromkeys(range(start, start + 7), direction)  # the later run speaks
    return found


def slow_stretch(x, average, i, side):
    """How many neighbours in a row, the point among them, lie on that side of the average."""
    if side * (x[i] - average) <= 0:
        return 0
    first = last = i
    while first > 0 and side * (x[first - 1] - average) > 0:
        first -= 1
    while last < len(x) - 1 and side * (x[last + 1] - average) > 0:
        last += 1
    return last - first + 1


def slow_reading(values):
    """Average, reach of the limits, and for each point the number of its rule and its direction."""
    x = [Fraction(Decimal(str(value))) for value in values]
    average, reach = slow_limits(x)
    runs, found = slow_runs(x), {}
    for i, side in ((i, side) for i in range(len(x)) for side in (1, -1)):
        near = [j for j in range(len(x)) if side * (x[j] - average) * 3 > 2 * reach]
        held = {
            1: side * (x[i] - average) > reach,
            2: runs.get(i) == side,
            3: i in near and any(0 < abs(i - j) <= 2 for j in near),
            4: slow_stretch(x, average, i, side) >= 7,
        }
        found[i] = min(found.get(i, (5, 0)), *((rule, side) for rule, holds in held.items() if holds), (5, 0))
    return average, reach, {i: mark for i, mark in found.items() if mark[0] < 5}


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


def test_six_rising_steps_are_a_run_and_five_are_not():
    seven = [*FLAT, 8, 9, 10, 11, 12, 13, 14, *FLAT]
    marked = [i for i, rule in enumerate(xmr(seven).rules) if rule is Rule.RUN]
    # The fall from 12 to 8 before and to 10 after are no part of it.
    assert marked == list(range(16, 23))
    six = [*FLAT, 9, 10, 11, 12, 13, 14, *FLAT]
    assert Rule.RUN not in xmr(six).rules


def test_a_pause_breaks_a_run():
    assert Rule.RUN not in xmr([*FLAT, 8, 9, 10, 11, 11, 12, 13, 14, *FLAT]).rules


def test_a_run_is_good_or_bad_by_its_direction_even_on_the_far_side_of_the_average():
    chart = xmr([*FLAT, 7, 8, 9, 10, 11, 12, 13, *FLAT], better="higher")
    assert [chart.kinds[i] for i in range(16, 23)] == [Kind.IMPROVEMENT] * 7
    falling = xmr([*FLAT, 13, 12, 11, 10, 9, 8, 7, *FLAT], better="higher")
    assert [falling.kinds[i] for i in range(16, 23)] == [Kind.CONCERN] * 7


def test_at_a_peak_between_two_runs_the_run_that_follows_decides():
    restless = [2, 12] * 6  # steps of 10 keep the limits wide
    chart = xmr([*restless, 4, 5, 6, 7, 8, 9, 10, 9, 8, 7, 6, 5, 4], better="higher")
    assert chart.rules[17] is chart.rules[18] is Rule.RUN
    assert (chart.kinds[17], chart.kinds[18]) == (Kind.IMPROVEMENT, Kind.CONCERN)


def test_two_of_three_near_a_limit_are_marked_and_the_third_is_not():
    chart = xmr([*FLAT, *FLAT, 15.5, 11, 15.5, *FLAT, *FLAT])
    assert chart.mean + 2 / 3 * (chart.upper - chart.mean) < 15.5 < chart.upper
    assert [i for i, rule in enumerate(chart.rules) if rule is Rule.NEAR_LIMIT] == [32, 34]


def test_points_just_two_thirds_of_the_way_are_not_beyond_it():
    # Average 0 and average step 3: two thirds of the way to the limit is 5.32.
    ends, swings = [-5.32, -1, -5.32], [1.09625, -1.09625] * 8
    chart = xmr([*ends, *swings, *(-end for end in ends)])
    assert (chart.mean, chart.upper) == (0, 7.98)
    assert Rule.NEAR_LIMIT not in chart.rules
    ends = [-5.33, -1, -5.33]  # two thirds of the way is now at 5.325
    assert Rule.NEAR_LIMIT in xmr([*ends, *swings, *(-end for end in ends)]).rules


def test_two_near_opposite_limits_or_three_apart_are_no_signal():
    for values in ([15.5, 11, 6.5], [15.5, 11, 12, 15.5]):
        chart = xmr([*FLAT, *FLAT, *values, *FLAT, *FLAT])
        assert chart.mean + 2 / 3 * (chart.upper - chart.mean) < 15.5
        assert Rule.NEAR_LIMIT not in chart.rules


def test_seven_on_one_side_are_marked_and_six_are_not():
    # The average stays between 11 and 11.5; the 12 before the seven lies above it too.
    seven = xmr([*FLAT, *[11.5] * 7, *FLAT])
    assert [i for i, rule in enumerate(seven.rules) if rule is Rule.ONE_SIDE] == [*range(15, 23)]
    six = xmr([10, 12, 10, 12, 10, 12, 10, *[11.5] * 6, 10, 12, 10, 12, 10, 12, 10])
    assert Rule.ONE_SIDE not in six.rules


def test_a_point_on_the_average_is_on_neither_side():
    values = [*[10] * 6, 11, *[10] * 6, *[12] * 6, 11, *[12] * 6]  # average 11 exactly
    assert xmr(values).mean == 11
    assert Rule.ONE_SIDE not in xmr(values).rules


def test_the_first_rule_in_order_decides():
    values = [*FLAT, 12, 14, 16, 18, 20, 22, 24, *FLAT]
    chart = xmr(values)
    assert chart.rules[22] is Rule.OUTSIDE
    assert chart.rules[17] is Rule.RUN


@pytest.mark.parametrize(
    ("better", "high", "low"),
    [
        ("higher", "special_cause_improvement", "special_cause_concern"),
        ("lower", "special_cause_concern", "special_cause_improvement"),
        ("neither", "special_cause_neutral_high", "special_cause_neutral_low"),
    ],
)
def test_what_is_good_follows_from_the_better_direction(better, high, low):
    chart = xmr([*FLAT, 30, *FLAT, -10, *FLAT], better=better)
    assert (chart.kinds[16], chart.kinds[33]) == (high, low)


def test_limits_are_not_cut_at_nought():
    assert xmr([0, 2] * 6).lower < 0


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_gap_is_refused_rather_than_guessed(bad):
    with pytest.raises(ValueError, match="not a number that can be charted"):
        xmr([*FLAT, bad])


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="'higher', 'lower' or 'neither'"):
        xmr(FLAT, better="up")


@pytest.mark.parametrize(
    ("values", "better", "word"),
    [
        (FLAT, "higher", "steady"),
        (FLAT[:11], "higher", "few"),
        ([*FLAT, 30], "higher", "better"),
        ([*FLAT, 30], "lower", "worse"),
        ([*FLAT, 30], "neither", "changed"),
        ([*FLAT, 30, 10, 12, 10], "lower", "steady"),  # four points ago: old news
        ([*FLAT, 30, 10, -10], "higher", "worse"),  # the latest signal counts
    ],
)
def test_the_news_of_a_series_is_its_latest_recent_signal(values, better, word):
    assert spc.standing(xmr(values, better=better)) == word


def test_how_recent_is_recent_can_be_chosen():
    chart = xmr([*FLAT, 30, 10, 12, 10], better="lower")
    assert spc.standing(chart, recent=4) == "worse"
