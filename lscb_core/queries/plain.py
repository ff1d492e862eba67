"""Frames as plain text: for people, for spreadsheets, for scripts."""

import re
from datetime import date
from enum import Enum
from typing import Any

import pandas as pd

from lscb_core.domain.periods import short_day

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 48
STEERS_A_TERMINAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def as_csv(frame: pd.DataFrame) -> str:
    """CSV with a heading. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return safe(frame).to_csv(index=False, lineterminator="\n")


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with plain values, its text safe to open in a spreadsheet."""
    return _cells(frame, _safe)


def as_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One plain dict a row, ready for JSON: days as 2014-03-31, None for what is missing."""
    return [
        {str(key): value for key, value in row.items()} for row in _cells(frame, _plain).to_dict("records")
    ]


def as_table(frame: pd.DataFrame) -> str:
    """Columns side by side for the eye, in a terminal; columns that are empty throughout are left out."""
    shown = _cells(frame, _short)
    kept = [name for name in shown.columns if (shown[name] != "").any()]
    return str(shown[kept].to_string(index=False)) if len(frame) else "(none)"


def _cells(frame: pd.DataFrame, change: Any) -> pd.DataFrame:
    # By place and not by name: two headings may be the same once they are safe.
    changed = {at: [change(value) for value in frame.iloc[:, at].tolist()] for at in range(frame.shape[1])}
    return pd.DataFrame(changed, columns=range(frame.shape[1]), dtype=object).set_axis(frame.columns, axis=1)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | dict):
        return value
    if pd.isna(value):
        return None
    return value.isoformat() if isinstance(value, date) else value


def _safe(value: Any) -> Any:
    value = _plain(value)
    if not isinstance(value, str):
        return value
    marked = f"'{value}" if value.startswith(STARTS_A_FORMULA) else value
    # A carriage return alone would end the row for some readers: Python 3.11 does not quote it.
    return marked.replace("\r\n", "\n").replace("\r", "\n")


def _short(value: Any) -> str:
    if isinstance(value, date):
        return short_day(value)
    value = _plain(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    said = "" if value is None else STEERS_A_TERMINAL.sub("\ufffd", " ".join(str(value).split()))
    return said if len(said) <= WIDEST else f"{said[: WIDEST - 1]}…"
