"""The rules of an audit: where it stands in the programme, whether its repeat is late, what has changed."""

from datetime import date, timedelta

from lscb_core.domain.actions import brag
from lscb_core.domain.intervals import difference, too_few
from lscb_core.domain.periods import month_end
from lscb_core.domain.vocab import Brag, Grade, Labelled, Status

AHEAD_DAYS = 366
"""An audit is in the programme from a year before the month that it is planned for."""
SILENCE_DAYS = 365
"""An audit announced without a month, and not spoken of for a year, has gone quiet."""

DIMENSIONS = {
    1: "How each agency works",
    2: "How agencies work together",
    3: "How the board itself works",
}
"""The three dimensions of a board's quality assurance framework."""


class Standing(Labelled):
    """Where an audit stands in the programme on a day. Always worked out, never typed."""

    DONE = "done", "Done", "green"
    UNDER_WAY = "under_way", "Under way", "blue"
    PLANNED = "planned", "Planned", "gray"
    SLIPPED = "slipped", "Slipped", "orange"
    SILENT = "silent", "Nothing heard since", "orange"

    @property
    def colour(self) -> str:
        """A colour name of the theme; always shown together with the label."""
        return self.detail


def standing(
    *, status: str, is_known: bool, month: date | None, planned_on: date | None, told_on: date, today: date
) -> Standing:
    """Where the audit stands. `is_known`: its results had been reported; `told_on`: first heard of."""
    if is_known:
        return Standing.DONE
    if status == "done" and month and month <= today:
        return Standing.UNDER_WAY
    expected = planned_on or month
    if expected is None:
        return _without_month(status, told_on, today)
    if today <= month_end(expected):
        return Standing.PLANNED
    was_moved = month is not None and today <= month_end(month)
    return Standing.SLIPPED if was_moved or status != "planned" else Standing.SILENT


def _without_month(status: str, told_on: date, today: date) -> Standing:
    if status == "slipped":
        return Standing.SLIPPED
    return Standing.SILENT if told_on < today - timedelta(days=SILENCE_DAYS) else Standing.PLANNED


def repeat_standing(due: date | None, today: date) -> Brag:
    """Late, due soon, on time or no date: a repeat is owed like an action. Due today is not yet late."""
    return brag(Status.NOT_STARTED, due, 0, today)


def grade_change(before: Grade, after: Grade) -> str:
    """'better', 'worse', 'same', or 'not comparable' (adequate, of the old scale, beside its successor)."""
    if {before, after} == {Grade.ADEQUATE, Grade.REQUIRES_IMPROVEMENT}:
        return "not comparable"
    if before.rank == after.rank:
        return "same"
    return "better" if after.rank > before.rank else "worse"


def answer_change(met: int, of: int, met_after: int, of_after: int) -> str | None:
    """'better' or 'worse' where the likely difference leaves out none, else 'chance'; None if too few."""
    if too_few(of) or too_few(of_after):
        return None
    low, high = difference(met, of, met_after, of_after)
    return "better" if low > 0 else "worse" if high < 0 else "chance"


def fits(percent: float, of: int) -> bool:
    """Some whole number of `of` cases gives this percentage (0-100), rounded to a whole one."""
    return any(abs(100 * met / of - percent) <= 0.5 for met in range(of + 1)) if of else False
