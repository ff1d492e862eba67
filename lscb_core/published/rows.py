"""Reading a published table: rows that know where they stand, so that a problem can be found."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lscb_core.errors import BadInput

NOTHING_SAVED = "Correct the row, then load again. Nothing was saved."


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. `number` counts as a spreadsheet does: the heading is row 1."""

    file: str
    number: int
    cells: dict[str, str]

    def text(self, field: str) -> str:
        """What stands in the field, without outer spaces; raises BadInput where there is no such field."""
        if field not in self.cells:
            raise self.refusal(field, "there is no such column")
        return self.cells[field].strip()

    def keys(self, field: str) -> list[str]:
        """The keys in a field that holds several, parted by semicolons."""
        return [key.strip() for key in self.text(field).split(";") if key.strip()]

    def refusal(self, field: str, problem: str) -> BadInput:
        """The words for a field that cannot be used."""
        where = f"{self.file}, row {self.number}, field “{field}”"
        return BadInput(f"{where}: {problem}.", advice=NOTHING_SAVED)


def read(path: Path) -> Iterator[Row]:
    """The rows of a table in UTF-8 with a heading. Raises BadInput where it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for number, cells in enumerate(csv.DictReader(lines), start=2):
                yield _checked(Row(path.name, number, cells))
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(
            f"{path.name}: the table could not be read.", why=f"{problem}.", advice=NOTHING_SAVED
        ) from problem


def _checked(row: Row) -> Row:
    """The row, when it has a cell for each heading and no more."""
    if None in row.cells or None in row.cells.values():
        raise row.refusal("all of them", "the row has more or fewer cells than the heading")
    return row
