"""From a cell to a value: one small reader for each way in which the published tables write things.

A reader takes the row and what is known, and raises BadInput that names the file, row and field.
"""

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from lscb_core.db.tables import Agency, Board, Origin, Seat
from lscb_core.published.known import Kind, Known
from lscb_core.published.rows import Row

Field = Callable[[Row, Known], Any]
Value = TypeVar("Value")


def always(value: object) -> Field:
    """The same value in every row."""
    return lambda _row, _known: value


def text(field: str) -> Field:
    """The words as they stand; empty where the document says nothing."""
    return lambda row, _known: row.text(field)


def needed(field: str) -> Field:
    """The words, which may not be missing."""

    def read(row: Row, _known: Known) -> str:
        if not row.text(field):
            raise row.refusal(field, "this may not be empty")
        return row.text(field)

    return read


def joined(**said: str) -> Field:
    """Several fields as one note. `said` gives for each the words around it, with {} for what it says."""

    def read(row: Row, _known: Known) -> str:
        return " ".join(words.format(row.text(field)) for field, words in said.items() if row.text(field))

    return read


def _parsed(field: str, parse: Callable[[str], Value], what: str) -> Field:
    def read(row: Row, _known: Known) -> Value | None:
        try:
            return parse(row.text(field)) if row.text(field) else None
        except (ValueError, KeyError) as problem:
            raise row.refusal(field, f"“{row.text(field)}” is not {what}") from problem

    return read


def day(field: str) -> Field:
    """A day, or None. Written as 2014-03-31."""
    return _parsed(field, date.fromisoformat, "a day like 2014-03-31")


def whole(field: str) -> Field:
    """A whole number, or None."""
    return _parsed(field, int, "a whole number")


def decimal(field: str) -> Field:
    """A number, or None."""
    return _parsed(field, float, "a number")


def flag(field: str) -> Field:
    """True or False from 1 or 0; None where it is not known."""
    return _parsed(field, {"1": True, "0": False}.__getitem__, "1 or 0")


def yes(field: str) -> Field:
    """True where the document says so; False where it does not, or says nothing."""
    said = flag(field)
    return lambda row, known: bool(said(row, known))


def code(field: str, words: type[Enum]) -> Field:
    """A code of a vocabulary, or None."""
    return _parsed(field, words, "one of " + ", ".join(str(word.value) for word in words))


def ref(table: Kind, field: str) -> Field:
    """The number of the row that the field names, or None."""
    return lambda row, known: known.number(row, field, table, row.text(field)) if row.text(field) else None


def board(row: Row, known: Known) -> int:
    """The number of the row's board, which every row has to name."""
    return known.number(row, "board", Board, row.text("board"))


def of_board(table: Kind, field: str) -> Field:
    """The number of the row of the same board that the field names, or None."""

    def read(row: Row, known: Known) -> int | None:
        key = row.text(field)
        return known.number(row, field, table, board(row, known), key) if key else None

    return read


def seated(row: Row, known: Known) -> int | None:
    """The number of the agency named, which has to sit on the row's board; None where none is named."""
    slug = row.text("agency")
    if not slug:
        return None
    agency = known.number(row, "agency", Agency, slug)
    return known.number(row, "agency", Seat, board(row, known), agency)


def origin(row: Row, known: Known) -> int:
    """The number of the document or release that the row's source begins with."""
    return known.number(row, "source", Origin, document(row))


def document(row: Row) -> str:
    """The document's short name: the first word of the source ("HV P5 CDOP" -> "HV")."""
    return next(iter(row.text("source").split()), "").rstrip(",;")


def said_on(row: Row, known: Known) -> date:
    """The day from which the row's news was known: the document's. Raises BadInput."""
    found = known.days.get(document(row))
    if found is None:
        raise row.refusal("source", f"the day of “{document(row)}” is not known")
    return found


def day_or_said(field: str) -> Field:
    """The day in the field, or else the document's."""
    given = day(field)
    return lambda row, known: given(row, known) or said_on(row, known)
