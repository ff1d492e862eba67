"""Days, months and years as a board says them."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_core.domain import periods
from lscb_core.errors import BadInput

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("on", "label", "end"),
    [
        (date(2024, 3, 31), "2023-24", date(2024, 3, 31)),  # the last day of a year
        (date(2024, 4, 1), "2024-25", date(2025, 3, 31)),  # the first day of the next
        (date(1999, 12, 1), "1999-00", date(2000, 3, 31)),  # two digits across a century
    ],
)
def test_a_financial_year_runs_from_april_to_march(on, label, end):
    assert (periods.financial_year(on), periods.year_end(on)) == (label, end)


@settings(deadline=None)
@given(DAYS)
def test_every_day_lies_in_its_own_year_and_month(on):
    assert periods.year_start(on) <= on <= periods.year_end(on)
    assert periods.month_start(on) <= on <= periods.month_end(on)
    assert (periods.month_end(on) + timedelta(days=1)).day == 1


@settings(deadline=None)
@given(DAYS, st.integers(0, 800))
def test_month_ends_are_the_days_before_a_first(start, length):
    end = start + timedelta(days=length)
    days = [start + timedelta(days=n) for n in range(length + 1)]
    assert periods.month_ends(start, end) == [d for d in days if (d + timedelta(days=1)).day == 1]


def test_no_month_ends_between_days_in_the_wrong_order():
    assert periods.month_ends(date(2024, 5, 1), date(2024, 4, 1)) == []


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2023, 3, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 12, 31), 24, date(2022, 12, 31)),
    ],
)
def test_months_back_keeps_the_day_or_takes_the_last_of_a_shorter_month(on, months, expected):
    assert periods.months_back(on, months) == expected


def test_days_are_written_out():
    on = date(2014, 3, 31)
    assert periods.day(on) == "31 March 2014"
    assert periods.short_day(on) == "31 Mar 2014"
    assert periods.month_label(on) == "March 2014"
    assert periods.day(date(2014, 4, 1)) == "1 April 2014"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2023, 4, 1), date(2024, 3, 31), "year to 31 March 2024"),
        (date(2023, 3, 1), date(2024, 2, 29), "year to 29 February 2024"),
        (date(2024, 3, 1), date(2024, 3, 31), "March 2024"),
        (date(2024, 3, 5), date(2024, 3, 5), "5 March 2024"),
        (date(2024, 3, 5), date(2024, 3, 9), "5 to 9 March 2024"),
        (date(2024, 3, 5), date(2024, 6, 9), "5 March to 9 June 2024"),
        (date(2013, 4, 1), date(2013, 11, 30), "1 April to 30 November 2013"),
        (date(2023, 12, 5), date(2024, 1, 9), "5 December 2023 to 9 January 2024"),
        (date(2022, 4, 1), date(2024, 3, 31), "1 April 2022 to 31 March 2024"),
    ],
)
def test_a_period_is_said_in_the_shortest_clear_way(start, end, words):
    assert periods.between(start, end) == words


@pytest.mark.parametrize(
    "text",
    [
        "2014-03-31",
        "31/03/2014",
        "31 March 2014",
        "31 Mar 2014",
        " 31  march 2014 ",
        "31-03-2014",
        "31.03.2014",
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(text):
    assert periods.parse_day(text) == date(2014, 3, 31)


def test_the_day_comes_before_the_month():
    assert periods.parse_day("01/02/2014") == date(2014, 2, 1)


@pytest.mark.parametrize("text", ["", "soon", "31/02/2014", "2014", "31 March", "13/13/2014", "31/3/14"])
def test_what_is_no_day_is_refused_with_an_example(text):
    with pytest.raises(BadInput, match="Write it like 31 March 2014"):
        periods.parse_day(text)


@settings(deadline=None)
@given(DAYS)
def test_what_is_shown_can_be_typed_back(on):
    assert periods.parse_day(periods.day(on)) == periods.parse_day(periods.short_day(on)) == on


@pytest.fixture
def in_london(monkeypatch):
    """The clock on the wall shows British time, an hour before UTC from March to October."""
    with monkeypatch.context() as wall:
        wall.setenv("TZ", "Europe/London")
        time.tzset()
        yield
    time.tzset()


def test_a_moment_has_day_and_time_of_the_clock_on_the_wall(in_london):
    assert periods.moment(datetime(2026, 4, 1, 8, 12, tzinfo=UTC)) == "1 April 2026 at 09:12"
    assert periods.moment(datetime(2026, 4, 1, 23, 30, tzinfo=UTC)) == "2 April 2026 at 00:30"
