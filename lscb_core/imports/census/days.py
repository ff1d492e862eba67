"""The days of a census: its year, the dates as they are written, working days, lengths of plans."""

import re
from datetime import date

from lscb_core.domain.periods import month_end, months_back, year_start
from lscb_core.domain.working_days import BANDS, SURELY_MOST, band, running_count
from lscb_core.imports.bank_holidays import bank_holidays
from lscb_core.imports.census.said import TWICE

MISSING, UNREADABLE, TOO_EARLY, TOO_LATE, DOUBLED = 0, -1, -2, -3, -4
"""What stands for a day where there is none; a real day is its ordinal, and larger."""
EARLIEST = date(1900, 1, 1)
LOOK_BACK = 365
"""A referral within so many days of the same child's previous one is a re-referral."""
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


When = tuple[int, str]
"""A day: its ordinal, and the last day (ISO) of its month, or "" where it is not in the year."""


class Days(dict[str | None, When]):
    """Words -> their day, from 1900 to `last`; one of the five signs and "" where they are none.

    Days met before are kept.
    """

    def __init__(self, first: int, last: date) -> None:
        super().__init__({None: (MISSING, "")})
        self._first, self._earliest, self._last = first, EARLIEST.toordinal(), last.toordinal()

    def __missing__(self, words: str | None) -> When:
        said = (words or "").strip()
        on = self._ordinal(said)
        found = on, month_of(on) if on >= self._first else ""
        if on > 0 and said == words:  # only as it should be written: the number of such days has an end
            self[words] = found
        return found

    def _ordinal(self, said: str) -> int:
        try:
            on = date.fromisoformat(said).toordinal() if _ISO.fullmatch(said) else UNREADABLE
        except ValueError:  # the 30th of February
            return UNREADABLE
        if on < 0:
            return DOUBLED if said == TWICE else UNREADABLE if said else MISSING
        if on < self._earliest:
            return TOO_EARLY
        return on if on <= self._last else TOO_LATE


def month_of(on: int) -> str:
    """The last day (ISO) of the month of a day (its ordinal)."""
    return month_end(date.fromordinal(on)).isoformat()


class Year:
    """The twelve months that end on a reference date. Days are ordinals."""

    def __init__(self, reference: date) -> None:
        first = year_start(reference)
        self.reference, self.end = reference, reference.isoformat()
        self.first, self.last = first.toordinal(), reference.toordinal()
        self.look_back = self.first - LOOK_BACK
        self.days = Days(self.first, reference)
        self._from = (first - SURELY_MOST).toordinal()
        closed = bank_holidays(first.year - 1, reference.year)
        self._so_far = running_count(first - SURELY_MOST, reference, closed=closed)
        self._bands = [band(days) for days in range(self._so_far[-1] + 1)]
        self._back = {months: months_back(reference, months).toordinal() for months in (3, 6, 12, 24)}

    def band(self, start: int, held: int) -> str:
        """The band of a conference in this year for an enquiry begun on `start`; "" where that is later."""
        if not 0 < start <= held:
            return ""
        if start < self._from:
            return BANDS[-1]
        return self._bands[self._so_far[held - self._from] - self._so_far[start - self._from]]

    def length(self, start: int) -> str:
        """How long a plan begun on `start` and open at the reference date has lasted."""
        if start >= self._back[6]:
            return "3m" if start >= self._back[3] else "6m"
        if start > self._back[12]:
            return "12m"
        return "24m" if start > self._back[24] else "24m+"
