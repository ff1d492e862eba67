"""What the lists of Annex A tell together, before it is known which months the file covers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lscb_core.imports.annex_a.findings import Findings
from lscb_core.imports.annex_a.rows import Event, Table
from lscb_core.imports.annex_a.words import Sources

FILL_IN = "Fill it in. If it holds formulas, open the file in Excel and save it, so that they are worked out."

Happened = tuple[str, date, str, str]
"""Step, day, source, detail."""


@dataclass(slots=True)
class Counted:
    """What the lists tell, all of it without a child.

    `days` counts what happened; `plans` counts plans by start, end and latest category; `in_need_ends` counts
    children in need by the day of closure. `first` is the first row of a step on a day, for positions.
    """

    sources: Sources
    days: Counter[Happened] = field(default_factory=Counter)
    plans: Counter[tuple[date, date | None, str]] = field(default_factory=Counter)
    in_need_ends: Counter[date | None] = field(default_factory=Counter)
    steps: set[str] = field(default_factory=set)
    first: dict[tuple[str, date], tuple[str, int]] = field(default_factory=dict)

    def add(self, table: Table, rows: Sequence[int], happened: Happened) -> None:
        """Count what happened once for each of these rows."""
        step, on, _, _ = happened
        self.days[happened] += len(rows)
        self.first.setdefault((step, on), (table.sheet, rows[0]))


def on_days(event: Event, findings: Findings) -> Iterator[tuple[date, tuple[Any, ...], Sequence[int]]]:
    """Each day of an event, with its other values and its rows. Rows without a day are told of."""
    key = event.keys[0]
    for values, rows in event.places.items():
        if on := findings.day(values[0], key, rows):
            yield on, values[1:], rows
        elif values[0] == "":
            findings.without(rows, key)
    if event.places and all(values[0] == "" for values in event.places):
        first = min(min(rows) for rows in event.places.values())
        findings.wrong([first], key, "This column is empty from here to its end.", advice=FILL_IN)
