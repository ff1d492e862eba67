"""Each signal of the XmR chart at its edge: what is marked, what is not, and whether it is good."""

import pytest

from lscb_core.domain import spc
from lscb_core.domain.spc import Kind, Rule, xmr

FLAT = [10, 12] * 8  # average 11, every step 2: limits 5.68 and 16.32


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
