"""What is wrong or worth telling in a list: named by sheet, row and header, never by what a cell holds."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from lscb_core.domain.periods import day
from lscb_core.imports.annex_a.rows import Event, Table
from lscb_core.imports.reading import Problems
from lscb_core.imports.workbooks.sheets import as_day

EARLIEST = date(1900, 1, 1)
CORRECT = "Correct it in the list, or in the children's system, and send the file again."
IF_NOT_MEANT = "If this is not meant, correct the list and send it again."


class Findings:
    """Takes down what is found in one list; `tell` hands it on, row by row."""

    def __init__(self, table: Table, *, today: date) -> None:
        self._table, self._today = table, today
        self._wrong: list[tuple[int, str, str, str]] = []
        self._notes: list[tuple[str, str, str, str]] = []
        self._without: dict[tuple[str, str], list[int]] = {}
        self._days: dict[Any, tuple[date | None, str]] = {}

    def wrong(self, rows: Iterable[int], key: str, problem: str, *, advice: str = CORRECT) -> None:
        """The same problem in each of these rows."""
        header = self._table.header(key)
        self._wrong.extend((row, header, problem, advice) for row in rows)

    def note(self, said: str, *, rows: Sequence[int] = (), key: str = "", advice: str = IF_NOT_MEANT) -> None:
        """Something worth telling; of the rows the first is named."""
        at = f"{min(rows)}" if len(rows) == 1 else f"first in {min(rows)}" if rows else ""
        self._notes.append((said, advice, at, self._table.header(key) if key else ""))

    def day(self, value: Any, key: str, rows: Iterable[int]) -> date | None:
        """The day in a cell of these rows; None where it is empty, or wrong (which is taken down)."""
        if value not in self._days:
            self._days[value] = self._read(value)
        found, problem = self._days[value]
        if problem:
            self.wrong(rows, key, problem)
        return found

    def _read(self, value: Any) -> tuple[date | None, str]:
        try:
            found = as_day(value)
        except ValueError:
            return None, "This is not a date."
        if found and found < EARLIEST:
            return None, "This date is before 1900."
        if found and found > self._today:
            return None, f"This date is after {day(self._today)}, the day of the import."
        return found, ""

    def again(self, event: Event) -> None:
        """Tell of rows that say the same of the same child."""
        if rows := event.again:
            many = "1 row stands" if len(rows) == 1 else f"{len(rows):,} rows stand"
            self.note(f"{many} in the list again, with the same child and date, and counted once.", rows=rows)

    def without(self, rows: Sequence[int], key: str, *, done: str = "not counted") -> None:
        """Take down rows in which a cell is empty, and how they were counted."""
        self._without.setdefault((key, done), []).extend(rows)

    def tell(self, problems: Problems, notes: Problems) -> None:
        """Hand on all that was taken down, in the order of the rows."""
        sheet = self._table.sheet
        for row, header, problem, advice in sorted(self._wrong):
            problems.add(problem, advice, sheet=sheet, row=row, field=header)
        for (key, done), rows in self._without.items():
            many = "1 row has" if len(rows) == 1 else f"{len(rows):,} rows have"
            were = "was" if len(rows) == 1 else "were"
            self.note(f"{many} nothing in this column, and {were} {done}.", rows=rows, key=key)
        for said, advice, at, header in self._notes:
            notes.add(said, advice, sheet=sheet, row=at, field=header)
