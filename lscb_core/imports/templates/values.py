"""From a cell to a value of its column's kind. What cannot be read stays as it stands, for the checks."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from lscb_core.domain.periods import month_end, year_end
from lscb_core.domain.typed import plain
from lscb_core.imports.reading import LONGEST_QUOTE
from lscb_core.imports.templates.model import Column, Given, Kind
from lscb_core.imports.templates.pointing import is_short_day, may_be_repeated
from lscb_core.imports.workbooks.sheets import as_day, clean_text

Parse = Callable[[Any], Any]

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs that a database or a workbook refuses."""
_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.\d+)?")
_MONTH_IN_WORDS = re.compile(r"([a-z]{3,9})[-/., ]*(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")
_MONTH_LAST = re.compile(r"(\d{4})[-/.](\d{1,2})")
_YEAR = re.compile(r"(\d{4})\s*[-/–]\s*(\d{4}|\d{2})")
_YES_NO = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
}


def parser(column: Column, given: Given) -> Parse:
    """What reads the cells of a column: each different cell once, however often it stands there."""
    read = _of_list(column, given) if column.kind.is_listed else _PARSERS[column.kind]
    default = column.default(given) if column.default else None
    held: dict[tuple[type, Any], Any] = {}

    def parse(cell: Any) -> Any:
        place = (type(cell), cell)
        if place not in held:
            value = None if is_empty(cell) else read(cell)
            held[place] = default if value is None else value
        return held[place]

    return parse


def is_empty(cell: Any) -> bool:
    """Nothing stands in the cell, or nothing but spaces."""
    return cell == "" or cell is None or (isinstance(cell, str) and not cell.strip())


def quoted(cell: Any, *, in_days: bool = False) -> str:
    """What stands in a cell, for a problem: at most 40 characters, and nothing that could point to a child.

    A day is repeated only of a column of days (`in_days`).
    """
    if isinstance(cell, tuple):  # several words
        cell = "; ".join(cell)
    text = clean_text(cell.date() if isinstance(cell, datetime) and cell.time() == time() else cell)
    if not text:
        return "What stands here"
    if isinstance(cell, date):
        return f"“{text}”" if in_days else "A day"
    if not (may_be_repeated(text) or (in_days and is_short_day(text))):
        return "What stands here"
    return f"“{text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + '…'}”"


def as_text(cell: Any) -> str | None:
    """Text as it stands, line by line; what looks like a formula is text as well."""
    if not isinstance(cell, str):
        return clean_text(cell) or None
    return _NO_TEXT.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")).strip() or None


def _number(cell: Any) -> Any:
    if isinstance(cell, bool):
        return cell
    value = cell
    if isinstance(cell, str):
        text = cell.strip().replace("\u2212", "-")
        if not _NUMBER.fullmatch(text):
            return cell
        value = float(text.replace(",", "").replace(" ", ""))
    if isinstance(value, int | float) and math.isfinite(value):
        return int(value) if value == int(value) else float(value)
    return cell  # also where figures are so many that no number comes of them


def _day(cell: Any) -> Any:
    """A day; a plain number is left alone, for it could be anything."""
    if isinstance(cell, int | float):
        return cell
    try:
        return as_day(cell)
    except (ValueError, OverflowError):
        return cell


def _month(cell: Any) -> Any:
    found = _month_in(cell) if isinstance(cell, str) else None
    value = found or _day(cell)
    return month_end(value) if isinstance(value, date) else value


def _month_in(text: str) -> date | None:
    """The first day of a month that is written without a day."""
    clean = clean_text(text)
    if found := _MONTH_IN_WORDS.fullmatch(clean):
        clean = f"1 {found[1]} {found[2]}"
    elif found := _MONTH_FIRST.fullmatch(clean):
        clean = f"{found[2]}-{found[1]}-01"
    elif found := _MONTH_LAST.fullmatch(clean):
        clean = f"{found[1]}-{found[2]}-01"
    else:
        return None
    value = _day(clean)
    return value if isinstance(value, date) else None


def _year(cell: Any) -> Any:
    """The 31 March that ends the year; another day is left alone."""
    if isinstance(cell, str) and (found := _YEAR.fullmatch(clean_text(cell))):
        first, last = int(found[1]), int(found[2])
        is_next = last in (first + 1, (first + 1) % 100)
        return year_end(date(first, 4, 1)) if is_next and 1 <= first < 9999 else cell
    return _day(cell)


def _yes_no(cell: Any) -> Any:
    return _YES_NO.get(plain(clean_text(cell)), cell)


def _of_list(column: Column, given: Given) -> Parse:
    codes = spelt(column.choices(given))

    def one(cell: Any) -> Any:
        return codes.get(plain(clean_text(cell)), cell)

    def several(cell: Any) -> Any:
        words = [word for word in re.split(r"[;,\n]", clean_text(cell)) if word.strip()]
        return tuple(dict.fromkeys(one(word) for word in words)) or None

    return several if column.kind is Kind.SEVERAL else one


def spelt(choices: Mapping[str, str]) -> dict[str, str]:
    """Ways to write each choice -> its code: the code, the label, a numbered label without its number.

    Words that could mean two of them mean none; a code always means itself.
    """
    ways: dict[str, set[str]] = {}
    for code, label in choices.items():
        for words in (label, label.removeprefix(f"{code} ")):
            ways.setdefault(plain(words), set()).add(code)
    sure = {words: next(iter(codes)) for words, codes in ways.items() if len(codes) == 1}
    return sure | {plain(code): code for code in choices}


_PARSERS: Mapping[Kind, Parse] = {
    Kind.TEXT: as_text,
    Kind.WHOLE: _number,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.MONTH: _month,
    Kind.YEAR: _year,
    Kind.YES_NO: _yes_no,
}
