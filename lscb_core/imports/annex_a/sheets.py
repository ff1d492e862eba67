"""Tells which sheet of a workbook holds which of the eleven lists, and refuses to guess between two."""

from collections.abc import Iterator
from itertools import chain, islice

from lscb_core.imports.annex_a.finding import headers_of, lists_named
from lscb_core.imports.annex_a.lists import LISTS, List
from lscb_core.imports.annex_a.rows import LOOKED_THROUGH, Table, below_headers
from lscb_core.imports.reading import Problems
from lscb_core.imports.workbooks.scan import column_letters
from lscb_core.imports.workbooks.sheets import Row, Sheet

NAME_IT = "Name the sheet as Annex A does, such as “List 3”, and send the file again."


class Finding:
    """Goes through the sheets; `found` has the sheet of each list met, by the list's number."""

    def __init__(self, problems: Problems, notes: Problems) -> None:
        self._problems, self._notes = problems, notes
        self.found: dict[int, str] = {}

    def table(self, sheet: Sheet) -> Table | None:
        """The list that a sheet holds, or None after telling why there is none."""
        named = lists_named(sheet.name)
        if sheet.hidden:
            if named:
                said = "This sheet is hidden, and was left out."
                self._notes.add(said, "If it is meant, unhide it and send the file again.", sheet=sheet.name)
            return None
        first = list(islice(sheet.rows, LOOKED_THROUGH))
        fitting = named or [each for each in LISTS if _has_all(each, first)]
        if len(fitting) != 1:
            self._none_or_two(sheet, fitting)
            return None
        return self._only(
            sheet, below_headers(_again(first, sheet), sheet.name, fitting[0], named=bool(named))
        )

    def _none_or_two(self, sheet: Sheet, fitting: list[List]) -> None:
        if fitting:
            names = " or ".join(each.name for each in fitting)
            self._problems.add(f"This sheet could be {names}.", NAME_IT, sheet=sheet.name)
        else:
            said = "This sheet is none of the eleven lists, and was left out."
            self._notes.add(said, f"If it is one: {NAME_IT}", sheet=sheet.name)

    def _only(self, sheet: Sheet, table: Table) -> Table | None:
        number = table.wanted.number
        if number in self.found:
            said = f"Both this sheet and the sheet “{self.found[number]}” look like {table.wanted.name}."
            self._problems.add(said, "Leave only one of them in the file.", sheet=sheet.name)
            return None
        self.found[number] = sheet.name
        if sheet.uncalculated:
            said = "Some formulas of this sheet were never worked out, so that their cells are empty here."
            self._notes.add(said, "Open the file in Excel, save it, and send it again.", sheet=sheet.name)
        return table

    def whole(self, table: Table) -> bool:
        """Whether all columns that are counted are there, once each; otherwise that is a problem."""
        headers, wanted = table.headers, table.wanted
        needed = [column for column in wanted.columns if column.needed]
        if needed and not headers.known():
            said = f"The headers of {wanted.name} were not found in the first {LOOKED_THROUGH} rows."
            self._problems.add(said, "Put them into one row above the list.", sheet=table.sheet)
            return False
        for column in headers.missing(wanted):
            said = f"{wanted.name} has no column “{column.header}”."
            advice = f"Name the column as Annex A does: “{column.header}”."
            self._problems.add(said, advice, sheet=table.sheet, row=headers.row, field=column.header)
        for column in wanted.columns:
            if places := headers.doubtful.get(column.key):
                names = " and ".join(f"“{headers.cells[at]}” ({column_letters(at + 1)})" for at in places)
                said = f"The columns {names} fit “{column.header}” equally well."
                advice = f"Name only one of them so: “{column.header}”."
                self._problems.add(said, advice, sheet=table.sheet, row=headers.row, field=column.header)
        return not headers.missing(wanted) and not headers.doubtful


def _has_all(wanted: List, rows: list[Row]) -> bool:
    """Whether one of the rows has every needed column, by more than a short name."""
    needed = [column for column in wanted.columns if column.needed]
    if not needed or not rows:
        return False
    headers = headers_of(rows, wanted, named=False)
    return headers.known() > 0 and not headers.missing(wanted)


def _again(first: list[Row], sheet: Sheet) -> Iterator[Row]:
    return chain(first, sheet.rows)
