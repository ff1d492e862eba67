"""Actions of five years that are closed by now: about forty of them stood open on any day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from random import Random

from lscb_core.demo.action_open import Promise, promise
from lscb_core.demo.action_steps import (
    KINDS,
    Step,
    added,
    completed,
    moved,
    noted,
    started,
    verified,
    withdrawn,
)
from lscb_core.demo.audits import Audited
from lscb_core.demo.stage import Stage
from lscb_core.demo.words import Row, sheet

HOW_MANY = 356
AFTER_AUDIT = timedelta(days=75)
QUIET = timedelta(days=3)


def past_promises(stage: Stage, audits: Sequence[Audited], leads: dict[str, str]) -> Iterator[Promise]:
    """The closed and the withdrawn, spread evenly from the first day to the last meeting."""
    chance = stage.chance("closed actions")
    first, end = stage.clock.first_day, stage.clock.last_meeting - QUIET
    turns = _Turns(stage.chance("promises"))
    for place in range(HOW_MANY):
        closed = first + (end - first) * (place + 1) // HOW_MANY
        dates = _dates(closed, chance)
        raised = dates[0] - timedelta(75 + chance.randrange(135))
        row, agency, audit = turns.next(raised, audits)
        steps = _life(row, leads[agency], [raised, *dates], closed, chance)
        ago = "" if audit is None else str(audit.months_ago)
        yield promise({**row, "months_ago": ago}, steps, agency)


class _Turns:
    """Whose turn it is: promises that follow an audit of their subject, and the others."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        pairs = [(row, agency) for row in sheet("promises") for agency in row["agencies"].split(";")]
        chance.shuffle(pairs)
        self.pairs: dict[str, list[tuple[Row, str]]] = {}
        for row, agency in pairs:
            self.pairs.setdefault(row["theme"], []).append((row, agency))
        self.taken = {theme: count() for theme in self.pairs}

    def next(self, raised: date, audits: Sequence[Audited]) -> tuple[Row, str, Audited | None]:
        """A promise made on that day, by whom, and after which audit."""
        recent = [
            audit
            for audit in audits
            if audit.theme in self.pairs and audit.reported_on <= raised < audit.reported_on + AFTER_AUDIT
        ]
        audit = self.chance.choice(recent) if recent and self.chance.randrange(100) < 70 else None
        listed = self.pairs[audit.theme if audit else ""]
        row, agency = listed[next(self.taken[audit.theme if audit else ""]) % len(listed)]
        return row, agency, audit


def _dates(closed: date, chance: Random) -> list[date]:
    """Agreed dates from the first to the last: most were kept, or nearly; some were moved."""
    is_late = chance.randrange(100) < 64
    due = (
        closed - timedelta(3 + chance.randrange(110)) if is_late else closed + timedelta(chance.randrange(20))
    )
    dates = [due]
    for _ in range(chance.choices((0, 1, 2, 3), weights=(56, 26, 13, 5))[0]):
        dates.insert(0, dates[0] - timedelta(40 + chance.randrange(36)))
    return dates


def _life(row: Row, lead: str, dates: Sequence[date], closed: date, chance: Random) -> Iterator[Step]:
    """`dates`: the day it was raised, the date first agreed, and those it was moved to."""
    raised, *agreed = dates
    yield added(raised, agreed[0], KINDS[row["source_kind"]])
    yield started(raised + timedelta(8 + chance.randrange(25)), lead, chance)
    for times, due in enumerate(agreed[1:], 1):
        yield moved(agreed[times - 1] + timedelta(chance.randrange(22) - 12), due, times, chance)
    if chance.randrange(100) < 8:
        yield withdrawn(closed, chance)
        return
    if chance.randrange(100) < 50:
        yield noted(raised + timedelta(34 + chance.randrange(12)), lead, chance)
    yield completed(closed - timedelta(4 + chance.randrange(6)), lead, chance)
    yield verified(closed, chance)
