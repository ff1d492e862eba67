"""Goes through the rows of a list once, and keeps of them only which values stand in which rows.

A child's number is used to find the same record twice, as a hash in memory, and never leaves this module.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from lscb_core.imports.annex_a.finding import Headers, headers_of
from lscb_core.imports.annex_a.lists import List
from lscb_core.imports.workbooks.sheets import Row, clean_text

LOOKED_THROUGH = 30
"""So many rows are looked through for the headers: titles may stand above them."""

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that holds one of the lists; `rows` are those below its headers."""

    wanted: List
    sheet: str
    headers: Headers
    rows: Iterator[Row]

    def header(self, key: str) -> str:
        """A column's header as the file words it, or as it should be called."""
        place = self.headers.places.get(key)
        if place is not None:
            return self.headers.cells[place]
        return next((each.header for each in self.wanted.columns if each.key == key), key)

    def __contains__(self, key: str) -> bool:
        return key in self.headers.places


@dataclass(slots=True)
class Event:
    """Something that is counted in a list, once for each child and `once`: the rows by their values.

    The first of the `keys` is the column of its day. `again` are rows that say the same of the same child.
    """

    keys: tuple[str, ...]
    once: tuple[str, ...]
    places: dict[Values, list[int]] = field(default_factory=lambda: defaultdict(list))
    again: list[int] = field(default_factory=list)


def below_headers(rows: Iterator[Row], sheet: str, wanted: List, *, named: bool = True) -> Table:
    """A sheet as one of the lists: finds its headers and sets `rows` to the first row below them."""
    first = list(islice(rows, LOOKED_THROUGH))
    headers = headers_of(first, wanted, named=named)
    rest = (row for row in first if row[0] > headers.row)
    return Table(wanted, sheet, headers, chain(rest, rows))


def gather(table: Table, events: Sequence[Event]) -> int:
    """Fill the events from the rows of a list. Returns how many rows it has."""
    child_at = table.headers.places.get("child", -1)
    takers = [_taker(table, event) for event in events]
    days_at = [table.headers.places.get(key, -1) for key in dict.fromkeys(event.keys[0] for event in events)]
    rows = 0
    for number, cells in table.rows:
        cells.append("")  # what a column that is not there holds
        for at in days_at:
            if type(cells[at]) is datetime:  # the same day at another hour is the same day
                cells[at] = cells[at].date()
        child, held = cells[child_at], False
        for take in takers:
            held = take(number, cells, child) or held
        rows += held
    return rows


def _taker(table: Table, event: Event) -> Callable[[int, list[Any], Any], bool]:
    values, once = _picker(table, event.keys), _picker(table, event.once)
    places, again, seen = event.places, event.again, set[int]()

    def take(number: int, cells: list[Any], child: Any) -> bool:
        """Whether there is anything in this row."""
        found = values(cells)
        if child == "":
            if found.count("") == len(found):
                return False
        elif found[0] != "":
            mark = hash((child, once(cells)))
            if mark in seen:
                again.append(number)
                return True
            seen.add(mark)
        places[found].append(number)
        return True

    return take


def _picker(table: Table, keys: Iterable[str]) -> Callable[[list[Any]], Values]:
    at = [table.headers.places.get(key, -1) for key in keys]
    if len(at) > 1:
        return itemgetter(*at)
    [only] = at
    return lambda cells: (cells[only],)


def count_rows(table: Table) -> int:
    """How many rows of a list hold anything that can be seen."""
    return sum(any(clean_text(cell) for cell in cells) for _, cells in table.rows)
