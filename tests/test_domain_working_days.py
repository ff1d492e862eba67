"""Working days between an enquiry and its conference: weekends and bank holidays do not count."""

from datetime import date, timedelta

import pytest

from lscb_core.domain.working_days import BANDS, IN_TIME, SURELY_MOST, band, running_count, working_days
from lscb_core.imports.bank_holidays import bank_holidays

ENGLAND = bank_holidays(2016, 2027)


def counted(start: str, end: str) -> int:
    return working_days(date.fromisoformat(start), date.fromisoformat(end), closed=ENGLAND)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2023-06-14", "2023-06-14", 0),  # the same day
        ("2023-06-14", "2023-06-15", 1),
        ("2023-06-16", "2023-06-19", 1),  # Friday to Monday
        ("2023-06-16", "2023-06-18", 0),  # Friday to Sunday
        ("2023-06-17", "2023-06-19", 1),  # begun on a Saturday
        ("2022-06-01", "2022-06-06", 1),  # two days of jubilee and a weekend between
        ("2022-09-16", "2022-09-20", 1),  # the Monday of the state funeral
        ("2023-05-05", "2023-05-09", 1),  # the Monday of the coronation
        ("2020-05-07", "2020-05-11", 1),  # in 2020 May Day was a Friday
        ("2022-12-23", "2022-12-28", 1),  # Boxing Day, and a day instead of Christmas Sunday
        ("2024-03-28", "2024-04-02", 1),  # Easter, over the end of the year
        ("2023-01-02", "2023-01-23", 15),  # New Year's holiday itself is day 0
    ],
)
def test_weekends_and_englands_bank_holidays_are_left_out(start, end, days):
    assert counted(start, end) == days


def test_holidays_of_the_other_nations_are_working_days_in_england():
    assert counted("2023-03-16", "2023-03-17") == 1  # St Patrick's Day
    assert counted("2023-01-01", "2023-01-03") == 1  # 2 January is Scotland's; in 2023 a day instead of 1st
    assert counted("2024-01-01", "2024-01-02") == 1


def test_the_bands_change_after_10_15_and_20_days():
    assert [band(days) for days in (0, 10, 11, 15, 16, 20, 21, 400)] == [
        "0-10", "0-10", "11-15", "11-15", "16-20", "16-20", "21+", "21+",
    ]  # fmt: skip
    assert set(BANDS) - IN_TIME == {"16-20", "21+"}


def test_a_difference_of_running_counts_is_the_number_of_working_days():
    first, last = date(2022, 12, 1), date(2023, 6, 30)
    so_far = running_count(first, last, closed=ENGLAND)
    for start in range(0, 200, 7):
        for end in range(start, len(so_far), 3):
            days = first + timedelta(days=start), first + timedelta(days=end)
            assert so_far[end] - so_far[start] == working_days(*days, closed=ENGLAND)


def test_after_ninety_days_the_last_band_is_sure():
    for day in range(4000):
        start = date(2016, 1, 1) + timedelta(days=day)
        closed = bank_holidays(2016, 2028)
        if start.weekday() == 5:  # a Saturday: as few working days as can be
            assert band(working_days(start, start + SURELY_MOST, closed=closed)) == BANDS[-1]


def test_a_conference_before_its_enquiry_has_no_number_of_days():
    with pytest.raises(ValueError, match="before"):
        counted("2023-06-15", "2023-06-14")
