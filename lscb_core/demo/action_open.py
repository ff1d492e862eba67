"""Actions that are open today, and those closed since the last meeting: each written out in a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lscb_core.demo.action_steps import KINDS, Step, added, completed, moved, noted, started, verified
from lscb_core.demo.clock import Clock
from lscb_core.demo.words import Row, number, sheet
from lscb_core.domain.vocab import ActionSource, Status

AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Promise:
    """An invented action before it is stored: what, whose, why, and its whole life."""

    title: str
    agency: str
    source_kind: ActionSource
    theme: str
    months_ago: int | None
    priority: str
    sub_group: str
    steps: tuple[Step, ...]

    @property
    def raised_on(self) -> date:
        """The day it was written down."""
        return self.steps[0].on


def promise(row: Row, steps: Iterator[Step], agency: str | None = None) -> Promise:
    """A promise from a row of any of the tables, with its life."""
    return Promise(
        title=row["title"],
        agency=row["agency"] if agency is None else agency,
        source_kind=KINDS[row["source_kind"]],
        theme=row["theme"],
        months_ago=number(row.get("months_ago", "")),
        priority=row["priority"],
        sub_group=row["sub_group"],
        steps=tuple(steps),
    )


def open_promises(clock: Clock, leads: dict[str, str]) -> Iterator[Promise]:
    """The forty that are open today."""
    for place, row in enumerate(sheet("open_actions")):
        yield promise(row, _open_life(clock, row, leads, Random(f"open {place}")))


def closed_lately(clock: Clock, leads: dict[str, str]) -> Iterator[Promise]:
    """The four that were closed since the last meeting. None of them was late at that meeting."""
    for place, row in enumerate(sheet("closed_lately")):
        yield promise(row, _closed_life(clock, row, leads[row["agency"]], Random(f"lately {place}")))


def _open_life(clock: Clock, row: Row, leads: dict[str, str], chance: Random) -> Iterator[Step]:
    raised = clock.day(int(row["raised_ago"]))
    lead = leads.get(row["agency"], "")
    due = number(row["due_in"])
    dates = _dates(clock, row, due) if due is not None else []
    yield added(raised, dates[0] if dates else None, KINDS[row["source_kind"]])
    yield from _moves(clock, row, dates, chance)
    if row["status"] != Status.NOT_STARTED:
        yield started(raised + timedelta(14 + chance.randrange(15)), lead, chance)
    if row["status"] == Status.COMPLETE:
        yield completed(clock.day(3 + chance.randrange(8)), lead, chance, row["note"])
    elif row["note"]:
        yield noted(clock.day(_last_word(row, chance)), lead, chance, row["note"])


def _last_word(row: Row, chance: Random) -> int:
    """Days since the owner last wrote; those who are late have often been silent for long."""
    longest = min(int(row["raised_ago"]) - 35, 140 if int(row["due_in"] or 0) < -80 else 45)
    return 4 + chance.randrange(max(longest, 1))


def _dates(clock: Clock, row: Row, due: int) -> list[date]:
    """The date first agreed, those between, and the one agreed now."""
    times, gap = int(row["moved"]), number(row["first_gap"]) or 0
    return [clock.day(-due + gap * (times - at) // max(times, 1)) for at in range(times + 1)]


def _moves(clock: Clock, row: Row, dates: list[date], chance: Random) -> Iterator[Step]:
    times = int(row["moved"])
    for at in range(1, times + 1):
        last = clock.day(int(row["moved_ago"]))
        earlier = min(dates[at - 1] - timedelta(days=5), last - AGAIN * (times - at))
        yield moved(last if at == times else earlier, dates[at], at, chance)


def _closed_life(clock: Clock, row: Row, lead: str, chance: Random) -> Iterator[Step]:
    raised, closed = clock.day(int(row["raised_ago"])), clock.day(int(row["closed_ago"]))
    yield added(raised, clock.day(-int(row["due_in"])), KINDS[row["source_kind"]])
    yield started(raised + timedelta(20), lead, chance)
    yield completed(closed - timedelta(6), lead, chance, row["note"])
    yield verified(closed, chance)
