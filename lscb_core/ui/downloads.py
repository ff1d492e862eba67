"""Tables to take away: safe to open in a spreadsheet, and each with its own number."""

import io
import secrets

import pandas as pd

from lscb_core.queries.plain import as_csv, safe


def _head(about: str) -> str:
    # The number makes the file's content, and so its address on the server, impossible to guess.
    return f"{about}. Export {secrets.token_hex(8)}"


def csv_of(frame: pd.DataFrame, about: str) -> bytes:
    """The table as CSV for Excel (UTF-8 with a mark), a line above it says what it is."""
    body = as_csv(frame)
    return f'"{_head(about)}"\n{body}'.encode("utf-8-sig")


def excel_of(frame: pd.DataFrame, about: str) -> bytes:
    """The table as a workbook; the first line says what it is."""
    kept = io.BytesIO()
    with pd.ExcelWriter(kept, engine="openpyxl") as book:
        safe(frame).to_excel(book, sheet_name="Table", index=False, startrow=2)
        book.sheets["Table"]["A1"] = _head(about)
    return kept.getvalue()
