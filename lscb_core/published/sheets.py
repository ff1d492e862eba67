"""A published table as data: which file, which table, and which reader fills each column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.errors import BadInput
from lscb_core.published.fields import Field, board
from lscb_core.published.known import Kind, Known
from lscb_core.published.rows import NOTHING_SAVED, Row, read


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file for one table. `keys` are the columns by which later files refer to its rows."""

    file: str
    table: Kind
    columns: Mapping[str, Field]
    keys: tuple[str, ...] = ()
    gives: str = "id"


@dataclass(frozen=True, slots=True)
class Tags:
    """A field that holds several keys: one row of a link table for each."""

    file: str
    field: str
    table: Kind
    owner: tuple[str, Field]
    tag: tuple[str, Kind]


def load_sheet(session: Session, folder: Path, known: Known, sheet: Sheet) -> int:
    """Load one file; returns the number of rows. Raises BadInput."""
    needed = [column.key for column in sa.inspect(sheet.table).columns if not column.nullable]
    rows = [values(row, known, sheet, needed) for row in read(folder / sheet.file)]
    insert(session, sheet.table, rows)
    if sheet.keys:
        known.learn(sheet.table, *sheet.keys, gives=sheet.gives)
    return len(rows)


def values(row: Row, known: Known, sheet: Sheet, needed: Iterable[str]) -> dict[str, Any]:
    """The row for the table. Raises BadInput for what cannot be read, and for what may not be missing."""
    found = {column: value(row, known) for column, value in sheet.columns.items()}
    for column in needed:
        if found.get(column, ...) is None:
            raise row.refusal(column, "this may not be empty")
    return found


def load_tags(session: Session, folder: Path, known: Known, tags: Tags) -> None:
    """Load the tags of one file. Raises BadInput for a key that its board does not have."""
    owner_column, owner = tags.owner
    tag_column, tag = tags.tag
    links = [
        {
            owner_column: owner(row, known),
            tag_column: known.number(row, tags.field, tag, board(row, known), key),
        }
        for row in read(folder / tags.file)
        for key in row.keys(tags.field)
    ]
    insert(session, tags.table, links)


def insert(session: Session, table: Kind, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add many rows in one statement; all have the same columns. Raises BadInput where a check fails."""
    if not rows:
        return
    session.flush()
    try:
        session.connection().execute(sa.insert(table), list(rows))
    except sa.exc.IntegrityError as problem:
        raise BadInput(
            f"The rows for the table “{table.__name__.lower()}” do not fit the register.",
            why=f"{problem.orig}.",
            advice=NOTHING_SAVED,
        ) from problem


def load_all(session: Session, folder: Path, known: Known, sheets: Iterable[Sheet]) -> int:
    """Load files in the order given; returns the number of rows."""
    return sum(load_sheet(session, folder, known, sheet) for sheet in sheets)
