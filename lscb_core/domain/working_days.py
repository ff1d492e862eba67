"""Working days from an enquiry to its conference, and the bands in which they are published.

The day of the enquiry is day 0: a conference on the same day took 0 working days, and 15 is the limit of
the national guidance. Saturdays, Sundays and the days handed in as closed (bank holidays) do not count.
"""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import accumulate

BANDS: tuple[str, ...] = ("0-10", "11-15", "16-20", "21+")
"""Working days from the start of the enquiry to the conference."""
IN_TIME: frozenset[str] = frozenset({"0-10", "11-15"})
"""The bands within the 15 working days of the national guidance."""
SURELY_MOST = timedelta(days=90)
"""After so many days the last band is reached whatever holidays lie between."""

_FRIDAY = 4


def is_working_day(on: date, closed: Collection[date]) -> bool:
    """Neither a weekend nor one of the closed days."""
    return on.weekday() <= _FRIDAY and on not in closed


def working_days(start: date, end: date, *, closed: Collection[date]) -> int:
    """Working days after `start` up to and with `end`; 0 on the same day. Raises ValueError backwards."""
    if end < start:
        raise ValueError("the end is before the start")
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(on, closed) for on in days)


def running_count(first: date, last: date, *, closed: Collection[date]) -> list[int]:
    """For each day from first to last, the working days so far; the difference of two is `working_days`."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return list(accumulate(int(is_working_day(on, closed)) for on in days))


def band(days: int) -> str:
    """The published band of so many working days."""
    for limit, name in zip((10, 15, 20), BANDS, strict=False):
        if days <= limit:
            return name
    return BANDS[-1]
