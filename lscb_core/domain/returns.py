"""Returns that a board asks its agencies for: their periods, when each is due, and what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lscb_core.domain.labelled import Labelled
from lscb_core.domain.periods import between, day, month_end, month_start, months_back

TITLES: dict[str, str] = {
    "thresholds": "Threshold return",
    "actions": "Actions",
    "audits": "Audit results",
    "section11": "Section 11 self-check",
    "training": "Training take-up",
    "attendance": "Attendance at meetings",
    "deaths": "Child deaths of a year",
    "measures": "Measures with commentary",
}
"""The returns that can be asked for, by the key of their template."""
PARTS: dict[str, str] = {**TITLES, "steps": "Steps after a contact"}
"""The same, and what comes as part of another return."""
OF_A_DAY = frozenset({"actions", "audits", "section11", "attendance"})
"""Returns that are dated by a day of their own; the others by the last day of a month or year."""


class Every(Labelled):
    """How often a return is asked for."""

    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every quarter"
    YEAR = "year", "Every year"

    @property
    def months(self) -> int:
        """How many months one period has."""
        return {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}[self]


class Sending(Labelled):
    """What became of a return by a day: its words, and the colour that goes with them."""

    NOTHING = "nothing", "Nothing came", "red"
    REJECTED = "rejected", "Rejected", "violet"
    LATE = "late", "Late", "orange"
    NOT_DUE = "not_due", "Not due yet", "gray"
    SENT = "sent", "Sent", "blue"

    @property
    def letter(self) -> str:
        """N, R, L, S, and a dot for what is not due yet: the second cue beside the colour."""
        return "·" if self is Sending.NOT_DUE else self.label[0]


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for: how often, from which period on, until when, days allowed after a period's end."""

    template: str
    every: Every
    first_period_end: date
    until: date | None
    days_allowed: int

    def period_ends(self, *, due_from: date, due_to: date) -> Iterator[date]:
        """The ends of the periods whose returns are due between two days, both included, in their order."""
        step = 0
        end = self.first_period_end
        while self.due_on(end) <= due_to and (self.until is None or end <= self.until):
            if self.due_on(end) >= due_from:
                yield end
            step += 1
            end = _later(self.first_period_end, step * self.every.months)

    def due_on(self, period_end: date) -> date:
        """The day by which the return of a period is due."""
        return period_end + timedelta(days=self.days_allowed)

    def next_end(self, period_end: date) -> date:
        """The end of the period after this one."""
        return _later(period_end, self.every.months)

    def period_of(self, dated: date) -> date:
        """The end of the period that a return dated so is about.

        A month's return is dated by its month; one with a day of its own belongs to the nearest end.
        """
        if self.template not in OF_A_DAY:
            return dated
        months = self.every.months
        past = (dated.year - self.first_period_end.year) * 12 + dated.month - self.first_period_end.month
        before = past // months * months
        ends = (_later(self.first_period_end, before + more) for more in (0, months))
        return min(ends, key=lambda end: abs((end - dated).days))

    def period_words(self, period_end: date) -> str:
        """May 2026; year to 31 March 2026; 1 January to 31 March 2026."""
        return between(month_start(_later(period_end, 1 - self.every.months)), period_end)


def _later(end: date, months: int) -> date:
    return month_end(months_back(month_start(end), -months))


def became(*, due_on: date, sent_on: date | None, refused: bool, today: date) -> Sending:
    """What became of a return by today; `refused`: the last file for it could not be used."""
    if sent_on is not None:
        return Sending.SENT if sent_on <= due_on else Sending.LATE
    if refused:
        return Sending.REJECTED
    return Sending.NOTHING if due_on < today else Sending.NOT_DUE


def worst(states: Iterable[Sending]) -> Sending:
    """The state that several returns of one month are told by: what is missing comes before what came."""
    order = list(Sending)
    return min(states, key=order.index)


def story(*, title: str, due_on: date, sent_on: date | None, state: Sending) -> str:
    """One return in a sentence: 'Threshold return, May 2026: due 30 June 2026, came 2 July 2026 (late)'."""
    due = f"{title}: due {day(due_on)}"
    if sent_on is not None:
        return f"{due}, came {day(sent_on)}"
    return {
        Sending.REJECTED: f"{due}, the file that came could not be used",
        Sending.NOT_DUE: due,
    }.get(state, f"{due}, nothing came")
