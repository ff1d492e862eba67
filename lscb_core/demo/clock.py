"""The days that the invented board hangs on, all worked out from today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from lscb_core.domain.periods import month_end, month_ends, month_start, months_back, year_end, year_start

MEETING_EVERY = timedelta(days=63)
THURSDAY = 3
YEARS = 5


@dataclass(frozen=True)
class Clock:
    """Today, and what follows from it: five whole financial years, and the months since."""

    today: date

    @cached_property
    def last_month(self) -> date:
        """The last day of the last complete month before today."""
        return month_start(self.today) - timedelta(days=1)

    @cached_property
    def last_year(self) -> date:
        """The last 31 March of a complete financial year with figures."""
        end = year_end(self.last_month)
        return end if end <= self.last_month else year_start(self.last_month) - timedelta(days=1)

    @cached_property
    def first_day(self) -> date:
        """The 1 April on which the board's figures begin, five whole years before `last_year` ends."""
        return self.year_before(YEARS) + timedelta(days=1)

    @cached_property
    def months(self) -> list[date]:
        """The last days of all months with figures: 60 to 71 of them."""
        return month_ends(self.first_day, self.last_month)

    @cached_property
    def years(self) -> list[date]:
        """The ends of the five complete financial years, the first one first."""
        return [self.year_before(back) for back in reversed(range(YEARS))]

    @cached_property
    def rolled_out_on(self) -> date:
        """The 1 April from which the new threshold document is in use, 12 to 24 months before today."""
        return self.year_before(1) + timedelta(days=1)

    @cached_property
    def meetings(self) -> list[date]:
        """Board meetings every nine weeks, on Thursdays: the next is two to three weeks ahead."""
        return sorted(self._meetings())

    @property
    def last_meeting(self) -> date:
        """The last meeting before today, six to seven weeks ago."""
        return max(held for held in self.meetings if held < self.today)

    def _meetings(self) -> Iterator[date]:
        soonest = self.today + timedelta(days=14)
        following = soonest + timedelta(days=(THURSDAY - soonest.weekday()) % 7)
        held = following + MEETING_EVERY
        while held >= self.first_day:
            yield held
            held -= MEETING_EVERY

    def year_before(self, years: int) -> date:
        """The end of the financial year so many years before `last_year`."""
        return self.last_year.replace(year=self.last_year.year - years)

    def months_ago(self, end: date) -> int:
        """How many months a month end lies before the last complete one."""
        return (self.last_month.year - end.year) * 12 + self.last_month.month - end.month

    def day(self, ago: int) -> date:
        """The day so many days ago; ahead when negative."""
        return self.today - timedelta(days=ago)

    def month(self, ago: int) -> date:
        """The first day of the month so many months before the last complete one; ahead when negative."""
        return month_start(months_back(month_start(self.last_month), ago))

    def month_end(self, ago: int) -> date:
        """The last day of that month."""
        return month_end(self.month(ago))
