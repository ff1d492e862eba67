"""The child death panel's words and whether reviews were done in time."""

from datetime import date

import pytest

from lscb_core.domain import deaths
from lscb_core.domain.vocab import AGE_BANDS


def test_a_review_on_the_last_day_of_the_limit_is_in_time():
    assert deaths.timeliness([10, 180, 181], limit=180) == (2, 3)
    assert deaths.timeliness([], limit=180) == (0, 0)


def test_the_days_of_a_review_run_from_the_notice_to_its_end():
    assert deaths.days_to_review(date(2015, 4, 1), date(2015, 4, 30)) == 29
    with pytest.raises(ValueError, match="cannot end before"):
        deaths.days_to_review(date(2015, 4, 2), date(2015, 4, 1))


@pytest.mark.parametrize(
    ("days", "years", "band"),
    [
        (0, 0, "0-27d"),
        (27, 0, "0-27d"),
        (28, 0, "28-364d"),
        (364, 0, "28-364d"),
        (365, 1, "1-4y"),
        (1800, 4, "1-4y"),
        (1830, 5, "5-9y"),
        (3652, 9, "5-9y"),
        (3660, 10, "10-14y"),
        (5478, 14, "10-14y"),
        (5480, 15, "15-17y"),
        (6570, 17, "15-17y"),
    ],
)
def test_each_age_has_its_band(days, years, band):
    assert deaths.age_band(days, years) == band
    assert band in AGE_BANDS


def test_an_adult_has_none():
    with pytest.raises(ValueError, match="before the 18th birthday"):
        deaths.age_band(6575, 18)
