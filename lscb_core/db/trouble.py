"""What a database's trouble means for whoever is using it, in words; the same on both databases.

Only trouble that passes, or that whoever keeps the server can end, has words. Any other is a fault of ours.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from lscb_core.db.causes import cause
from lscb_core.errors import NotNow
from lscb_core.logs import reference_of

log = logging.getLogger("lscb")

KEEPER = "whoever keeps the server"
AGAIN = f"Nothing was saved. Try again in a moment; if it lasts, tell {KEEPER}."
BUSY = NotNow(
    "The register is busy.",
    why="Somebody else is saving, and it takes longer than usual.",
    advice="Nothing was lost: wait a moment, then try again.",
)
CROWDED = NotNow("The register is busy.", why="Too many people are asking at the same time.", advice=AGAIN)
LOST = NotNow(
    "The database cannot be reached.",
    why="It has stopped, is starting again, takes no more connections, or its line is cut.",
    advice=AGAIN,
)
UNKNOWN = NotNow(
    "The database was lost while your change was being saved.",
    why="It is not known whether it was saved.",
    advice="Look before you save again: open the page again in a moment.",
)
FULL = NotNow(
    "The disk is full. Nothing was saved.", advice=f"Ask {KEEPER} to make room on it, then try again."
)
FAILS = NotNow(
    "The disk takes nothing more. Nothing was saved.",
    why="A limit is reached, or the disk fails.",
    advice=f"Ask {KEEPER} to look at it, then try again.",
)
CLOSED = NotNow(
    "The register's database is closed to writing. Nothing was saved.",
    advice=f"Ask {KEEPER} to let the dashboard write to the database's file and to its folder.",
)
SHUT = NotNow(
    "The register cannot be opened. Nothing was saved.",
    why="Its database is not where it should be, or the dashboard may not open it.",
    advice=f"Ask {KEEPER} to look at it (LSCB_DATABASE_URL).",
)
DAMAGED = NotNow(
    "The register cannot be read: its database is damaged. Nothing was saved.",
    advice=f"Ask {KEEPER} to put the last backup back.",
)

WRITE_REFUSED = 778
"""SQLITE_IOERR_WRITE: past a quota or a limit, or a disk that fails."""
ON_SQLITE = {5: BUSY, 6: BUSY, 8: CLOSED, 10: FAILS, 11: DAMAGED, 13: FULL, 14: SHUT, 26: DAMAGED}
"""The lowest byte of SQLite's error code; the rest says where."""
ON_POSTGRESQL = {
    # Lock not had in time, deadlock, two transactions that cannot both be: another try may well do it.
    **dict.fromkeys(("55P03", "40P01", "40001"), BUSY),
    "53100": FULL,
    "58030": FAILS,
    "25006": CLOSED,  # a server that only follows another
    **dict.fromkeys(("57P01", "57P02", "57P03", "57P05"), LOST),  # stops, crashed, starts, was idle too long
}


class Saving:
    """How far one session's saving has come: once its commit is on the way, a loss leaves it unknown."""

    committing = False


def mark_commit(connection: sa.Connection) -> None:
    """Note that a commit begins, on the session's `saving` (a listener of the engine)."""
    saving = connection.get_execution_options().get("saving")
    if saving is not None:
        saving.committing = True


@contextmanager
def in_words(saving: Saving | None = None) -> Iterator[None]:
    """Turn the database's trouble into a NotNow in words; what is a fault of ours goes on as it is.

    The log gets its cause, without a word of the driver's: never a row, a host or a user.
    """
    try:
        yield
    except (sa.exc.DBAPIError, sa.exc.TimeoutError) as problem:
        found = _found(problem, committing=saving is not None and saving.committing)
        if found is None:
            raise
        told = NotNow(found.what, why=found.why, advice=found.advice)
        number = {"reference": reference_of(told)}  # the screen shows it too
        log.error("database: %s (%s)", found.what, cause(problem), extra=number)
        raise told from problem


def _found(problem: sa.exc.SQLAlchemyError, *, committing: bool) -> NotNow | None:
    """The words for it, or None where there are none."""
    if isinstance(problem, sa.exc.TimeoutError):
        return CROWDED  # every connection of the pool is in use
    orig: Any = getattr(problem, "orig", None)
    if hasattr(orig, "sqlite_errorcode"):
        code = orig.sqlite_errorcode
        found = ON_SQLITE.get(code & 0xFF)
        # The last bytes may be written although the disk has not said so.
        return UNKNOWN if committing and found is FAILS and code != WRITE_REFUSED else found
    found = ON_POSTGRESQL.get(getattr(orig, "sqlstate", None) or "") or (LOST if _is_lost(problem) else None)
    return UNKNOWN if committing and found is LOST else found


def _is_lost(problem: Any) -> bool:
    """Whether there is no connection (any more): whatever else a server says has a state."""
    state = getattr(problem.orig, "sqlstate", None) or "08"
    return problem.connection_invalidated or (
        isinstance(problem, sa.exc.OperationalError) and state.startswith("08")
    )
