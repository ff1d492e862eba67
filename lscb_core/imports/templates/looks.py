"""How the workbooks look: the inks of the pages, on paper white. Only what writes workbooks needs it."""

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from lscb_core.imports.workbooks.cells import as_written

BLUE, INK, MUTED, LINE, BAND, WHITE, ORANGE = (
    "12436D", "1F2A33", "5B6770", "B8C2CB", "E1E9F0", "FFFFFF", "C2500A",
)  # fmt: skip
LETTERS = "Calibri"
LINE_HEIGHT = 15.0
SMALL_HEIGHT = 12.5
A4 = 9

TITLE = Font(name=LETTERS, size=18, bold=True, color=BLUE)
SUBTITLE = Font(name=LETTERS, size=13, bold=True, color=BLUE)
PLAIN = Font(name=LETTERS, size=11, color=INK)
STRONG = Font(name=LETTERS, size=11, bold=True, color=INK)
SMALL = Font(name=LETTERS, size=9, italic=True, color=MUTED)
HEADING = Font(name=LETTERS, size=11, bold=True, color=WHITE)
WARNING = Font(name=LETTERS, size=11, bold=True, color=ORANGE)

ON_BLUE = PatternFill("solid", start_color=BLUE)
ON_BAND = PatternFill("solid", start_color=BAND)
_SIDE = Side(style="thin", color=LINE)
FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
MIDDLE = Alignment(wrap_text=True, vertical="center")


def put(sheet: Any, row: int, column: int, value: Any, font: Font = PLAIN, **looks: Any) -> Any:
    """Write a cell. Text stays text, also where it begins like a formula."""
    cell = sheet.cell(row, column)
    cell.value = as_written(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    cell.font = font
    for name, look in {"alignment": WRAPPED, **looks}.items():
        setattr(cell, name, look)
    return cell


def heading_row(sheet: Any, row: int, headings: list[str]) -> None:
    """Headings in white on blue."""
    for column, words in enumerate(headings, 1):
        put(sheet, row, column, words, HEADING, fill=ON_BLUE, border=FRAME, alignment=MIDDLE)
    sheet.row_dimensions[row].height = 2 * LINE_HEIGHT


def high_enough(
    sheet: Any, row: int, texts: list[str], widths: list[int], *, line: float = LINE_HEIGHT
) -> None:
    """Make a row as high as its longest text needs. `widths` are in characters, `line` in points."""
    lines = [
        sum(1 + len(part) // width for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    sheet.row_dimensions[row].height = line * max(lines, default=1)


def for_paper(sheet: Any, *, headings: str = "") -> None:
    """A4 across, as wide as the page; the headings stand on every page."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Page &P of &N"
    if headings:
        sheet.print_title_rows = headings
