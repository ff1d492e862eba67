"""The child death overview panel: its words, and whether reviews were done in time. Never a case."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

EXPECTEDNESS: dict[str, str] = {
    "expected": "Expected",
    "unexpected": "Unexpected (not anticipated 24 hours before)",
}
MODIFIABLE: dict[str, str] = {
    "yes": "Factors that could be changed",
    "no": "No such factors",
    "not_known": "Not enough information",
}


class Timeliness(NamedTuple):
    """Reviews completed within the board's limit, of all completed."""

    in_time: int
    reviewed: int


def days_to_review(notified: date, completed: date) -> int:
    """Whole days from the notice of a death to the end of its review. Raises ValueError if reversed."""
    if completed < notified:
        raise ValueError("a review cannot end before the death was notified")
    return (completed - notified).days


def timeliness(days: Iterable[int], *, limit: int) -> Timeliness:
    """How many reviews kept within the limit; the limit, in days, is the board's own setting."""
    taken = list(days)
    return Timeliness(sum(count <= limit for count in taken), len(taken))


def age_band(age_days: int, age_years: int) -> str:
    """The band of an age at death, days for the first year. Raises ValueError from 18 years."""
    if not 0 <= age_years < 18 or age_days < 0:
        raise ValueError("the panel reviews deaths before the 18th birthday")
    if age_years == 0:
        return "0-27d" if age_days < 28 else "28-364d"
    return next(band for limit, band in _YEAR_BANDS if age_years < limit)


_YEAR_BANDS = ((5, "1-4y"), (10, "5-9y"), (15, "10-14y"), (18, "15-17y"))
