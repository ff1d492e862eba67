"""What stands in the cells of a workbook that people filled in: text and days, however they are written."""

import re
from datetime import date, datetime, timedelta
from typing import Any

EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_ZERO = date(1899, 12, 30)
"""Excel counts days from here, for every day after February 1900."""
LAST_SERIAL = 2_958_465  # 31 December 9999
TWO_DIGITS_UP_TO = 68
"""A year written 68 is 2068, one written 69 is 1969."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_A_NUMBERED_SIGN = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?Z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}")
_MONTH_IN_WORDS = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{{3,9}})[-/., ]*(\d{{4}}|\d{{2}}){_TIME}"
)


def as_written(text: str) -> str:
    """Text as a workbook has to hold it: _x0041_ would be read as the letter of that number.

    Signs that XML refuses are left out.
    """
    return _A_NUMBERED_SIGN.sub("_x005F_", _NOT_IN_XML.sub("", text))


def clean_text(value: Any) -> str:
    """A cell as one line of text: no odd spaces, no signs that cannot be seen, 12.0 as 12, no errors."""
    if isinstance(value, str):
        if not value.isprintable():
            value = "".join(sign for sign in value if sign.isprintable() or sign.isspace())
        text = " ".join(value.split())
        return "" if text.upper() in EXCEL_ERRORS else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def as_day(value: Any) -> date | None:
    """The day in a cell, None for an empty one. The day comes before the month, as it is written here.

    A plain number is a day as Excel counts them. Raises ValueError for anything else.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value)
    text = clean_text(value)
    return _from_text(text) if text else None


def _from_serial(value: float) -> date:
    if not 61 <= value <= LAST_SERIAL:  # also what is not a number
        raise ValueError("no day")
    return DAY_ZERO + timedelta(days=int(value))


def _from_text(text: str) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), _year(found[3])
    elif found := _MONTH_IN_WORDS.fullmatch(text):
        day, month, year = int(found[1]), _month(found[2]), _year(found[3])
    else:
        raise ValueError("no day")
    return date(year, month, day)


def _year(digits: str) -> int:
    short = int(digits)
    if len(digits) == 4:
        return short
    return short + (2000 if short <= TWO_DIGITS_UP_TO else 1900)


def _month(word: str) -> int:
    return MONTHS.index(word[:3].lower()) + 1
