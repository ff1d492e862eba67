"""Templates as the dashboard writes them, filled in as somebody with a spreadsheet would, and read again."""

import io
from datetime import date

from openpyxl import load_workbook

from lscb_core.imports.reading import Asked
from lscb_core.imports.reading_here import read_here
from lscb_core.imports.templates.registry import TEMPLATES
from lscb_core.imports.templates.writing import workbook

TODAY = date(2026, 6, 15)
MAY = date(2026, 5, 31)
YEAR = date(2026, 3, 31)
BOARD = "tidewater"
AGENCIES = {"police": "Tidewater Police", "health": "Coastal Health", "schools": "Schools"}
KNOWN = {
    "priorities": ("neglect", "exploitation"),
    "sub_groups": ("quality-assurance", "training"),
    "actions": ("3", "14", "15"),
}
HEADINGS = 3


def asked(**more):
    plain = {"file": "return.xlsx", "today": TODAY, "board": BOARD, "agencies": AGENCIES, "known": KNOWN}
    return Asked(**{**plain, **more})


def written(key, *, agency=None, period=MAY, **more):
    """The workbook of a template, for the whole board or for one agency."""
    own = (agency, AGENCIES[agency]) if agency else None
    about = {"board": BOARD, "agencies": AGENCIES, "known": KNOWN, "board_name": "Tidewater Board"}
    return workbook(TEMPLATES[key], agency=own, period=period, **{**about, **more})


class Open:
    """A workbook in the hands of somebody who fills it in: cells by sheet, row and heading."""

    def __init__(self, content):
        self.book = load_workbook(io.BytesIO(content))

    def place(self, sheet, heading):
        """The column of a heading, from 1."""
        return [cell.value for cell in self.book[sheet][HEADINGS]].index(heading) + 1

    def write(self, sheet, row, **cells):
        """Fill in cells of a row; keys are headings with _ for spaces."""
        for heading, value in cells.items():
            cell = self.book[sheet].cell(row, self.place(sheet, heading.replace("_", " ")))
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"

    def add(self, sheet, rows, *, first=HEADINGS + 1):
        """Rows of cells by heading, one below the other; returns the row of the last one."""
        for at, cells in enumerate(rows, first):
            self.write(sheet, at, **cells)
        return first + len(rows) - 1

    def rows(self, sheet):
        """Number and cells by heading of every row below the headings with anything in it."""
        headings = [cell.value for cell in self.book[sheet][HEADINGS]]
        for row in self.book[sheet].iter_rows(min_row=HEADINGS + 1):
            cells = dict(zip(headings, (cell.value for cell in row), strict=True))
            if any(value is not None for value in cells.values()):
                yield row[0].row, cells

    def saved(self):
        """The file as it would be sent."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def read(self, **more):
        return read(self.saved(), **more)


def opened(key, **more):
    return Open(written(key, **more))


def read(content, **more):
    """The file as its reader reads it."""
    return read_here("template", io.BytesIO(content), asked=asked(**more))


def full_return(counts=None, **more):
    """A threshold return in which every row has a count: 1, 2, 3 … or what `counts` gives for a row."""
    filled = opened("thresholds", **more)
    for number, (row, cells) in enumerate(list(filled.rows("Referrals")), 1):
        filled.write("Referrals", row, Referrals=counts(cells) if counts else number)
    return filled


def told(reading):
    """Sheet, row and field of every problem."""
    return [(one.sheet, one.row, one.field) for one in reading.problems]
