"""What a template is made of. Each is declared once: its workbook, its checks and its description follow."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lscb_core.domain.labelled import Labelled
from lscb_core.imports.reading import Scope

MOST = 1_000_000
"""No count of a board is larger than that."""
LONG = 2000
"""Characters in a text, as in the forms of the pages."""

Values = dict[str, Any]
"""A row by the keys of its columns: text, int, float, date, bool, tuples of codes; None where empty."""
Entry = tuple[int, Values]
"""A row as a spreadsheet counts it, and what stands in it."""
Filled = Mapping[str, list[Entry]]
"""The rows of every sheet, by the sheet's key."""


@dataclass(frozen=True, slots=True)
class Given:
    """The board and the hands for which a workbook is written, or whose workbook is read.

    `agency` is empty where the workbook is the whole board's. `agencies`: short name -> the board's name.
    `known` as in `reading.Asked`. `period` is the last day of the period that the workbook is for.
    """

    board: str
    agencies: Mapping[str, str]
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agency: str = ""
    period: date | None = None
    today: date | None = None


Options = Callable[[Given], Mapping[str, str]]
"""What a list offers on a board: code -> label."""


class Kind(Labelled):
    """What may stand in a column."""

    TEXT = "text", "text"
    WHOLE = "whole", "a whole number", "Write a whole number in figures, such as 12."
    NUMBER = "number", "a number", "Write a number in figures, such as 38.2."
    DAY = "day", "a day", "Write it like 31/03/2026."
    MONTH = "month", "a month", "Write it like May 2026."
    YEAR = "year", "a year to 31 March", "Write its last day, such as 31/03/2026."
    CHOICE = "choice", "one of a list"
    SEVERAL = "several", "one or more of a list"
    YES_NO = "yes_no", "yes or no", "Write yes or no."

    @property
    def is_day(self) -> bool:
        """A day stands behind it: a month and a year are held as their last day."""
        return self in (Kind.DAY, Kind.MONTH, Kind.YEAR)

    @property
    def is_listed(self) -> bool:
        """Only words of a list may stand in it."""
        return self in (Kind.CHOICE, Kind.SEVERAL)


@dataclass(frozen=True, slots=True)
class Extra:
    """A check of one cell beyond its kind. `problem` may have {said}: what stands in the cell."""

    holds: Callable[[Any, Given], bool]
    problem: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `given` ones say what a row is about: the workbook is written with them filled in.

    A row in which nothing but given columns is filled in has not been answered. `default` is what an empty
    cell means. `past`: the day must be over. `low` and `high` bound a number, `longest` a text (characters).
    `empty` is the advice where a needed cell is empty, `unknown` where a word is not on the list. `note`,
    `unit` and `example` are for those who fill it in; `width` is in characters.
    """

    key: str
    heading: str
    kind: Kind
    note: str
    unit: str = ""
    required: bool = True
    given: bool = False
    past: bool = True
    options: Options | None = None
    unknown: str = "Choose one of the list."
    default: Callable[[Given], Any] | None = None
    low: int = 0
    high: int = MOST
    longest: int = LONG
    empty: str = "Fill it in."
    example: str = ""
    width: int = 17
    extra: tuple[Extra, ...] = ()

    def choices(self, given: Given) -> Mapping[str, str]:
        """The words of its list, code -> label; none where it has no list."""
        return self.options(given) if self.options else {}


@dataclass(frozen=True, slots=True)
class Rule:
    """What has to hold between the columns `of` a row, told at `field`; asked where none of them is wrong.

    `holds` takes the sheet as a pandas frame (numbers as float, all else as it is, empty where missing or
    wrong) and returns a series of True and False. The words may name {said} and {keys} of the row.
    """

    field: str
    of: tuple[str, ...]
    holds: Callable[[Any], Any]
    problem: str
    advice: str


@dataclass(frozen=True, slots=True)
class Piece:
    """How the rows of a sheet become scopes: one for each `whose` and each day in the column `on`.

    `whose` is a column of agencies, "file" (whose workbook it is), or "all". `row` makes the row that is
    handed on; without it the columns `words` are taken as they are.
    """

    kind: str
    whose: str
    on: str
    words: tuple[str, ...]
    row: Callable[[Values], Values] | None = None


Finding = tuple[int, str, str, str]
"""Row, column key, what is wrong, what to do: the result of a check over many rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One sheet to be filled in.

    `unique`: columns that no two rows may share. `whole`: rows that share these columns are answered together
    or not at all; `lines` are the columns whose every combination has to be there. `together` checks the rows
    of one such group (`whole`, or the sheet). `prefill` gives the rows that the workbook is written with.
    """

    key: str
    title: str
    what: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    rules: tuple[Rule, ...] = ()
    whole: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    together: Callable[[list[Entry]], Iterable[Finding]] | None = None
    piece: Piece | None = None
    prefill: Callable[[Given], Iterable[Values]] | None = None
    for_agencies: bool = True
    spare: int = 200  # empty rows that the workbook has below

    def column(self, key: str) -> Column:
        """The column of that key; raises KeyError."""
        return {column.key: column for column in self.columns}[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One workbook that agencies fill in. `version` rises when a column changes.

    `across` checks what stands in one sheet against another, and is told which sheets are sound; it answers
    with the key of the sheet beside what it finds. `pieces` makes the scopes where the sheets' own do not.
    """

    key: str
    title: str
    purpose: str
    forms: tuple[Form, ...]
    steps: tuple[str, ...] = ()  # what to know beyond the columns, in a sentence each
    version: int = 1
    across: Callable[[Filled, Collection[str]], Iterable[tuple[str, Finding]]] | None = None
    pieces: Callable[[Filled, Given], Iterable[Scope]] | None = None

    def forms_for(self, agency: str) -> tuple[Form, ...]:
        """The sheets of one agency's own workbook, or of the whole board's."""
        return tuple(form for form in self.forms if form.for_agencies or not agency)
