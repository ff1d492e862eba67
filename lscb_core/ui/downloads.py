"""Tables to take away: safe to open in a spreadsheet, and each with its own number."""

import io
import re
import secrets
from collections.abc import Iterable
from typing import Any

import pandas as pd

from lscb_core.imports.workbooks.cells import as_written
from lscb_core.queries.plain import as_csv, safe

LONGEST_CELL = 32_767  # Excel's own limit
NOT_IN_A_WORKBOOK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _head(about: str) -> str:
    # The number makes the file's content, and so its address on the server, impossible to guess.
    return f"{about}. Export {secrets.token_hex(16)}"


def csv_of(frame: pd.DataFrame, about: str) -> bytes:
    """The table as CSV for Excel (UTF-8 with a mark), a line above it says what it is."""
    head = as_csv(pd.DataFrame(columns=_safe_names([_head(about)])))
    body = as_csv(frame.set_axis(_safe_names(frame.columns), axis=1))
    return f"{head}{body}".encode("utf-8-sig", "replace")


def excel_of(frame: pd.DataFrame, about: str) -> bytes:
    """The table as a workbook; the first line says what it is."""
    kept = io.BytesIO()
    names = [_for_workbook(name) for name in _safe_names(frame.columns)]
    table = safe(frame).map(_for_workbook).set_axis(names, axis=1)
    with pd.ExcelWriter(kept, engine="openpyxl") as book:
        table.to_excel(book, sheet_name="Table", index=False, startrow=2)
        book.sheets["Table"]["A1"] = _for_workbook(_safe_names([_head(about)])[0])
        _keep_text(book.sheets["Table"])
    return kept.getvalue()


def _keep_text(sheet: Any) -> None:
    """Words stay words: #N/A would become an error."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"


def _safe_names(names: Iterable[object]) -> list[str]:
    """Headings are words too: an agency's name may stand in one."""
    held = [str(name).encode("utf-8", "replace").decode() for name in names]
    table = pd.DataFrame({"name": held}, dtype=object)
    return [str(name) for name in safe(table)["name"]]


def _for_workbook(value: object) -> object:
    """A workbook refuses a few characters that text may hold, and very long text: marks say so."""
    if not isinstance(value, str):
        return value
    text = NOT_IN_A_WORKBOOK.sub("\ufffd", value)
    return as_written(text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…")
