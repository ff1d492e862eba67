"""Likely ranges and the funnel, against known answers and against the definitions themselves."""

import json
from math import inf, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_core.domain import intervals
from lscb_core.domain.intervals import difference, funnel_limits, has_changed, placement, share, wilson
from tests.conftest import SHARED

COUNTS = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.shared
def test_wilson_agrees_with_the_known_answers():
    vectors = json.loads((SHARED / "data/vectors/wilson_vectors.json").read_text())
    cases = vectors["cases"] + vectors["extra"]
    assert len(cases) == 10
    for case in cases:
        expected = [min(max(end, 0), 1) for end in case["wilson"]]
        assert wilson(case["count"], case["n"]) == pytest.approx(expected, abs=1e-6)
    for met, of in vectors["must_clip_to_0_1"]:
        assert 0 <= wilson(met, of).low <= wilson(met, of).high <= 1


def test_wilson_of_known_counts():
    """Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662, 15 of 148 gives 0.0624 to 0.1605."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_none_and_all_reach_the_very_ends():
    assert wilson(0, 77).low == 0
    assert wilson(38, 38).high == 1
    assert 0 < wilson(0, 77).high < 1
    assert 0 < wilson(38, 38).low < 1


def test_of_nothing_nothing_is_known():
    assert wilson(0, 0) == (0, 1)
    assert share(0, 0) is None


@pytest.mark.parametrize(("met", "of"), [(-1, 5), (6, 5), (1, 0)])
def test_counts_that_cannot_be_are_refused(met, of):
    with pytest.raises(ValueError, match="cannot be"):
        wilson(met, of)


@settings(deadline=None)
@given(COUNTS)
def test_the_ends_are_the_rates_that_are_just_not_ruled_out(counts):
    """Wilson's definition: at each end the count lies exactly 1.96 standard errors away."""
    met, of = counts
    for end in wilson(met, of):
        if 0 < end < 1:
            assert abs(met / of - end) == pytest.approx(intervals.Z95 * sqrt(end * (1 - end) / of), rel=1e-6)


@settings(deadline=None)
@given(COUNTS)
def test_not_met_is_the_mirror_of_met(counts):
    met, of = counts
    low, high = wilson(met, of)
    assert wilson(of - met, of) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_under_ten_is_too_few_for_a_percentage():
    assert [intervals.too_few(of) for of in (0, 9, 10, 11)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [
        # Newcombe 1998 (II), table II, method 10; there first minus second, here after minus before.
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((0, 10), (10, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_agrees_with_the_published_examples(before, after, low, high):
    assert difference(*before, *after) == pytest.approx((low, high), abs=5e-5)


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_going_back_is_the_mirror_of_going_forward(before, after):
    low, high = difference(*before, *after)
    assert -1 <= low <= after[0] / after[1] - before[0] / before[1] <= high <= 1
    assert difference(*after, *before) == pytest.approx((-high, -low), abs=1e-12)


def test_a_change_is_claimed_only_where_the_range_leaves_out_none():
    assert has_changed(48, 80, 56, 70)
    assert not has_changed(5, 10, 7, 10)  # seven against five of ten may be chance
    assert not has_changed(0, 0, 7, 10)  # nothing to compare with


def test_funnel_limits_are_normal_limits_around_the_rate():
    limits = funnel_limits(0.36, 400)
    spread = 0.024  # sqrt(0.36 x 0.64 / 400)
    assert limits.low_95 == pytest.approx(0.36 - 1.959964 * spread, abs=1e-6)
    assert limits.high_95 == pytest.approx(0.36 + 1.959964 * spread, abs=1e-6)
    assert limits.low_998 == pytest.approx(0.36 - 3.090232 * spread, abs=1e-6)
    assert limits.high_998 == pytest.approx(0.36 + 3.090232 * spread, abs=1e-6)


def test_funnel_limits_stay_between_none_and_all():
    assert funnel_limits(0.02, 10).low_95 == 0
    assert funnel_limits(0.98, 10).high_998 == 1


@pytest.mark.parametrize(("rate", "of"), [(-0.1, 10), (1.1, 10), (0.5, 0)])
def test_a_funnel_needs_a_rate_and_a_size(rate, of):
    with pytest.raises(ValueError, match="a rate between 0 and 1"):
        funnel_limits(rate, of)


@pytest.mark.parametrize(
    ("met", "place"),
    [
        # Of 400 at a rate of 0.5 one standard error is 10 referrals: 95% at 19.6, 99.8% at 30.9.
        (231, "well above"),
        (230, "above"),
        (220, "above"),
        (219, "within"),
        (200, "within"),
        (181, "within"),
        (180, "below"),
        (170, "below"),
        (169, "well below"),
    ],
)
def test_an_agency_is_placed_by_how_far_chance_reaches(met, place):
    assert placement(met, 400, 0.5) == place
    assert place in intervals.PLACES


def test_without_any_referral_there_is_nothing_to_place():
    assert placement(0, 0, 0.3) == "within"


def test_one_case_where_the_rate_is_nought_is_more_than_chance():
    assert intervals.z_score(1, 20, 0.0) == inf
    assert placement(0, 20, 0.0) == placement(20, 20, 1.0) == "within"
