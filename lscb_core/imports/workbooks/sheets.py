"""Excel workbooks (.xlsx) as rows of plain values, read with python-calamine, whatever the file tries.

Only for files from outside: run it in the child process that `confined` starts. Every problem that ends
the reading is raised as `Refused(Problem)`; `reading_here` makes a reading of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from lscb_core.imports.workbooks.cells import as_day, clean_text
from lscb_core.imports.workbooks.parts import Parts, damaged
from lscb_core.imports.workbooks.scan import look_over, look_over_texts, paths, refuse_definitions

__all__ = ["Row", "Sheet", "as_day", "clean_text", "sheets"]

Row = tuple[int, list[Any]]
"""The row as a spreadsheet counts it, and its cells from column A on.

A cell is text, float, bool, date, datetime, time or timedelta; empty ones, errors such as #N/A and formulas
without a result are "". Of merged cells the first one has the value. A date is one only if it is formatted
as one: `as_day` takes the others too.
"""


LONGEST_NAME = 60  # signs of a sheet's name; Excel allows 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows` can be gone through once, and leaves out rows without any value.

    `uncalculated`: there are formulas whose results the file does not hold (no program has worked them out).
    """

    name: str
    rows: Iterator[Row]
    hidden: bool = False
    uncalculated: bool = False


def sheets(stream: BinaryIO, *, wanted: Callable[[str], bool] | None = None) -> Iterator[Sheet]:
    """The sheets of a workbook in their order; only those whose name is `wanted`, if that is given.

    Raises Refused (with one Problem) for a file that is no workbook, damaged, protected or hostile.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    parts = Parts(stream)
    found = paths(parts)
    _look_over_the_rest(parts)
    stream.seek(0)
    with _told():
        book = CalamineWorkbook.from_filelike(stream)
        listed = book.sheets_metadata
    if len(found) != len(listed):
        damaged()
    for index, each in enumerate(listed):
        name = clean_text(each.name)[:LONGEST_NAME]
        if each.typ != SheetTypeEnum.WorkSheet or (wanted and not wanted(name)):
            continue
        look = look_over(parts, found[index], name)
        with _told():
            table = book.get_sheet_by_index(index)
        hidden = each.visible != SheetVisibleEnum.Visible
        yield Sheet(name, _rows(table), hidden=hidden, uncalculated=look.uncalculated)


def _look_over_the_rest(parts: Parts) -> None:
    look_over_texts(parts, "xl/sharedStrings.xml")
    for piece in parts.unpacked("xl/styles.xml") if "xl/styles.xml" in parts else ():
        refuse_definitions(piece)


def _rows(table: Any) -> Iterator[Row]:
    with _told():
        for number, cells in enumerate(table.iter_rows(), 1):
            if cells.count("") != len(cells):
                yield number, cells


@contextmanager
def _told() -> Iterator[None]:
    """What the library says of a broken file, in our words: its own could quote what stands in a cell."""
    from python_calamine import CalamineError

    try:
        yield
    except CalamineError:
        damaged()
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":  # Rust's, and no Exception of Python
            damaged()
        raise
