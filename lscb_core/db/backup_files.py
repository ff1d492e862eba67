"""A backup's file: one SQLite database, and at its end a line with the SHA-256 of all before it.

SQLite leaves what stands behind its last page alone. Its own check finds a broken page but not a changed
letter in a cell; the line finds every changed byte. It is no lock: whoever can write the file can write the
line, so the last seal of the history, which stands in the minutes, is told with every restore.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from lscb_core.errors import BadInput

MARK = b"LSCB backup, SHA-256 "
LENGTH = len(MARK) + 64 + 1
BLOCK = 1 << 20


def stamp(path: Path) -> None:
    """Write the line."""
    line = _line(path, path.stat().st_size)
    with path.open("ab") as file:
        file.write(line)


def check_stamp(path: Path) -> None:
    """Raise BadInput unless the file is there, is one of ours, and is byte for byte as it was written."""
    try:
        length = path.stat().st_size - LENGTH
        with path.open("rb") as file:
            file.seek(max(length, 0))
            found = file.read()
    except OSError as problem:
        raise BadInput(f"“{path}” cannot be read: {problem.strerror}.", advice="Check its name.") from problem
    if length < 0 or not found.startswith(MARK):
        raise not_a_backup(path, "It does not end as a backup does: it may be another file, or cut short.")
    if found != _line(path, length):
        raise not_a_backup(
            path, "It is not, byte for byte, what was written: it has been damaged or changed."
        )


def not_a_backup(path: Path, why: str) -> BadInput:
    """The refusal of a file."""
    return BadInput(
        f"“{path.name}” was not used, and nothing was changed.",
        why=why,
        advice="Take another backup, or another copy of this one.",
    )


def _line(path: Path, length: int) -> bytes:
    digest, left = hashlib.sha256(), length
    with path.open("rb") as file:
        while left and (block := file.read(min(left, BLOCK))):
            digest.update(block)
            left -= len(block)
    return MARK + digest.hexdigest().encode() + b"\n"


@contextmanager
def opened(path: Path) -> Iterator[sa.Connection]:
    """The database in the file, to read from. A journal that lies beside it is not looked at."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True),
        poolclass=NullPool,
        hide_parameters=True,
    )
    with engine.connect() as connection:
        yield connection


def damage(connection: sa.Connection) -> str:
    """What SQLite finds wrong with the pages or the references of the open file; empty where all is well."""
    try:
        pages = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    except sa.exc.DatabaseError as problem:
        return str(problem.orig)
    if pages != "ok":
        return str(pages)
    return f"{len(lost)} rows point to rows that are not there" if lost else ""
