"""Returns as an agency would send them: the dashboard's own workbook, filled in."""

import io
from datetime import date

from lscb_core.imports.templates.registry import TEMPLATES
from lscb_core.imports.templates.writing import workbook
from tests.make_templates import HEADINGS, Open

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def threshold_return(
    *, board="testford", agency=("police", "Police"), month=date(2026, 2, 28), count=20, bad=0
):
    """The threshold return of one agency: `count` in every line; `bad` lines hold a word instead."""
    content = workbook(
        TEMPLATES["thresholds"],
        board=board,
        agency=agency,
        agencies=dict([agency]),
        known={},
        period=month,
    )
    book = Open(content)
    sheet, column = book.book["Referrals"], book.place("Referrals", "Referrals")
    row = HEADINGS + 1
    while sheet.cell(row, 1).value is not None:
        sheet.cell(row, column).value = "many" if row - HEADINGS <= bad else count
        row += 1
    kept = io.BytesIO()
    book.book.save(kept)
    return kept.getvalue()
