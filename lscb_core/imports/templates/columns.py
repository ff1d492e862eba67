"""Columns that several templates share."""

from typing import Any

from lscb_core.imports.templates.lists import agencies, own_agency, period
from lscb_core.imports.templates.model import Column, Kind, Options

NONE_IS_ZERO = "Write 0 where there was none."
OF_THIS_BOARD = (
    "Choose an agency of this board from the list. An agency's own workbook can only hold its own rows."
)


def agency(note: str, *, heading: str = "Agency", **more: Any) -> Column:
    """An agency of the board, by the board's name for it; in an agency's own workbook that one."""
    plain = {"default": own_agency, "unknown": OF_THIS_BOARD, "example": "Police", "width": 30}
    return choice("agency", heading, note, more.pop("options", agencies), **{**plain, **more})


def month(note: str, **more: Any) -> Column:
    """A month that is over; empty, it is the month that the workbook was written for."""
    plain = {"given": True, "default": period, "example": "May 2026"}
    return Column(key="month", heading="Month", kind=Kind.MONTH, note=note, **{**plain, **more})


def day(key: str, heading: str, note: str, **more: Any) -> Column:
    """The day that a row is about; empty, it is the end of the period that the workbook was written for."""
    plain = {"given": True, "default": period}
    return Column(key=key, heading=heading, kind=Kind.DAY, note=note, **{**plain, **more})


def choice(key: str, heading: str, note: str, options: Options, **more: Any) -> Column:
    """One of a list."""
    return Column(key=key, heading=heading, kind=Kind.CHOICE, note=note, options=options, **more)


def yes_no(key: str, heading: str, note: str, **more: Any) -> Column:
    """Yes or no."""
    plain = {"empty": "Write yes or no.", "example": "Yes"}
    return Column(key=key, heading=heading, kind=Kind.YES_NO, note=note, **{**plain, **more})


def text(key: str, heading: str, note: str, **more: Any) -> Column:
    """A text that may be left out."""
    plain = {"required": False, "width": 40}
    return Column(key=key, heading=heading, kind=Kind.TEXT, note=note, **{**plain, **more})


def count(key: str, heading: str, note: str, unit: str, **more: Any) -> Column:
    """A count that may be left out where it is not known."""
    plain = {"required": False}
    return Column(key=key, heading=heading, kind=Kind.WHOLE, note=note, unit=unit, **{**plain, **more})
