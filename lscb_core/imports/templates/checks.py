"""What has to hold in a single cell, and the words for it: the first check that fails is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from lscb_core.domain.periods import day
from lscb_core.imports.templates.model import Column, Given, Kind
from lscb_core.imports.templates.pointing import points_to_a_child

EARLIEST = date(2000, 1, 1)
YEARS_AHEAD = 10
HIDDEN_COUNT = (
    "Send the exact count: the dashboard itself hides small ones. Leave it empty if it is not known."
)
POINTS = "Something in this text looks like a date of birth, or a child's number."
TAKE_OUT = (
    "Take out what points to a child. If it is another day, write the month in words, such as 14 May 2026."
)


@dataclass(frozen=True, slots=True)
class CellCheck:
    """One check of a cell's value. `problem` may have {said}: what stands in the cell."""

    holds: Callable[[Any], bool]
    problem: str
    advice: str


def cell_checks(column: Column, given: Given) -> list[CellCheck]:
    """The checks of a filled cell, in the order in which they are told."""
    checks = _of_list(column, given) if column.kind.is_listed else _BY_KIND[column.kind](column, given)
    more = [CellCheck(_with(extra.holds, given), extra.problem, extra.advice) for extra in column.extra]
    return [*checks, *more]


def is_filled(column: Column) -> CellCheck:
    """The check of a cell that may not be empty."""
    return CellCheck(lambda value: value is not None, "This cell is empty.", column.empty)


def _with(holds: Callable[[Any, Given], bool], given: Given) -> Callable[[Any], bool]:
    return lambda value: holds(value, given)


def _text(column: Column, _given: Given) -> list[CellCheck]:
    longest = column.longest
    return [
        CellCheck(lambda value: not points_to_a_child(value), POINTS, TAKE_OUT),
        CellCheck(
            lambda value: len(value) <= longest,
            f"This text is longer than {longest:,} characters.",
            "Shorten it, or name the document that holds the rest.",
        ),
    ]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _number(column: Column, _given: Given) -> list[CellCheck]:
    low, high = column.low, column.high
    return [
        CellCheck(_is_number, "{said} is not a number.", f"{column.kind.detail} {HIDDEN_COUNT}"),
        CellCheck(lambda value: value >= low, f"{{said}} is less than {low}.", f"Write {low} or more."),
        CellCheck(lambda value: value <= high, f"{{said}} is more than {high:,}.", "Check the figure."),
    ]


def _whole(column: Column, given: Given) -> list[CellCheck]:
    is_number, *in_range = _number(column, given)
    whole = CellCheck(
        lambda value: value == int(value),
        "{said} is not a whole number.",
        "Write a whole number, such as 12.",
    )
    return [is_number, whole, *in_range]


def _day(column: Column, given: Given) -> list[CellCheck]:
    checks = [
        CellCheck(
            lambda value: isinstance(value, date), "{said} is not " + column.kind.label + ".", _how(column)
        ),
        CellCheck(
            lambda value: value >= EARLIEST,
            f"{{said}} is before {day(EARLIEST)}, which cannot be right.",
            "Check the year.",
        ),
    ]
    if given.today is not None:
        checks.append(_not_to_come(column, given.today) if column.past else _not_too_far(given.today))
    return checks


def _how(column: Column) -> str:
    return f"{column.kind.detail} It has to be one that exists."


def _not_to_come(column: Column, today: date) -> CellCheck:
    what = "This day is still to come" if column.kind is Kind.DAY else "This period is not over yet"
    return CellCheck(
        lambda value: value <= today,
        f"{what}: today is {day(today)}.",
        "Check the year. If it is right, send it when it is over.",
    )


def _not_too_far(today: date) -> CellCheck:
    last = date(today.year + YEARS_AHEAD, 12, 31)
    return CellCheck(
        lambda value: value <= last,
        f"{{said}} is more than {YEARS_AHEAD} years ahead, which cannot be right.",
        "Check the year.",
    )


def _year(column: Column, given: Given) -> list[CellCheck]:
    is_day, *others = _day(column, given)
    ends = CellCheck(
        lambda value: (value.month, value.day) == (3, 31),
        "{said} is not the end of a year to 31 March.",
        Kind.YEAR.detail,
    )
    return [is_day, ends, *others]


def _yes_no(_column: Column, _given: Given) -> list[CellCheck]:
    return [
        CellCheck(lambda value: isinstance(value, bool), "{said} is neither yes nor no.", Kind.YES_NO.detail)
    ]


def _of_list(column: Column, given: Given) -> list[CellCheck]:
    codes = frozenset(column.choices(given))

    def is_known(value: Any) -> bool:
        return codes.issuperset(value) if isinstance(value, tuple) else value in codes

    what = f"is not a known {column.heading.lower()}"
    if column.kind is Kind.SEVERAL:
        what = "has a word that is not on the list"
    return [CellCheck(is_known, f"{{said}} {what}.", column.unknown)]


_BY_KIND: dict[Kind, Callable[[Column, Given], list[CellCheck]]] = {
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.MONTH: _day,
    Kind.YEAR: _year,
    Kind.YES_NO: _yes_no,
}
