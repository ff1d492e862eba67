"""A backup: the whole database as it is at one moment, in one file, made while people work.

The file is a SQLite database on either kind of server, with the tables of the database's own revision; so it
can be put back into either. Who is signed in, and who failed to, is left out.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from lscb_core.config import now, settings
from lscb_core.db.backup_files import check_stamp, damage, opened, stamp
from lscb_core.db.copying import PASSING, copy_rows, tables_of
from lscb_core.db.held import Held, held
from lscb_core.db.revisions import in_memory, refuse_newer, revision_of
from lscb_core.errors import BadInput, NotNow

SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@contextmanager
def prepared(engine: Engine, target: Path, *, replace: bool = False) -> Iterator[Held]:
    """A backup, written and checked beside the target; it takes the target's name when the block ends well.

    Raises BadInput where the target is there already, or the database is not ours or is damaged; NotNow where
    the file cannot be written. Then nothing is left behind.
    """
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    with _in_words(target):
        _refuse_existing(target, replace)
        try:
            # Nobody else may read it, before there is a byte in it.
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _fill(engine, part)
            yield _checked(part)
            _refuse_existing(target, replace)
            _publish(part, target)
        finally:
            part.unlink(missing_ok=True)


def keep_copy(engine: Engine, why: str) -> Path:
    """A backup beside the database, before something is done to all of it. `why` becomes part of its name."""
    folder = _folder(engine)
    with _in_words(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = _free_name(folder, f"{_stem(engine)}-{why}-{now():%Y%m%d-%H%M%S}")
    with prepared(engine, target):
        return target


@contextmanager
def _in_words(target: Path) -> Iterator[None]:
    """Damage, and a file that cannot be written, as a person at the keyboard can use it."""
    try:
        yield
    except (OSError, sqlite3.Error) as problem:
        # Its children tell of the disk, of a lock, of our own faults.
        if type(problem) is sqlite3.DatabaseError:
            raise _damaged(str(problem)) from problem
        raise NotNow(
            "No backup was made.",
            why=f"“{target}” could not be written: {getattr(problem, 'strerror', None) or problem}.",
            advice="Make room, or name another folder, then try again.",
        ) from problem


def _refuse_existing(target: Path, replace: bool) -> None:
    if target.is_dir() or (target.exists() and not replace):
        raise BadInput(
            f"No backup was made: “{target}” is there already.",
            advice="Name another file, or say --replace to let this one go.",
        )


def _fill(engine: Engine, part: Path) -> None:
    with closing(sqlite3.connect(part)) as copy:
        if engine.dialect.name == "sqlite":
            with engine.connect() as live:
                _driver(live).backup(copy)
        else:
            _fill_from_server(engine, copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in PASSING & there:
            copy.execute(f'DELETE FROM "{name}"')
        copy.commit()
        copy.execute("VACUUM")  # what was deleted, today or long ago, is not in the file either
    stamp(part)


def _fill_from_server(engine: Engine, copy: sqlite3.Connection) -> None:
    with engine.connect().execution_options(**SNAPSHOT) as source:
        if not (revision := revision_of(source)):
            raise _nothing_there()
        refuse_newer(revision, "this database")
        with in_memory(revision) as memory:
            with memory.begin() as target:
                copy_rows(source, target, tables_of(target))
            with memory.connect() as target:
                _driver(target).backup(copy)


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection


def _checked(part: Path) -> Held:
    check_stamp(part)
    with opened(part) as copy:
        if wrong := damage(copy):
            raise _damaged(wrong)
        if not revision_of(copy):
            raise _nothing_there()
        return held(copy)


def _damaged(wrong: str) -> BadInput:
    return BadInput(
        "No backup was made: the database is damaged.",
        why=f"SQLite says: {wrong}.",
        advice="Stop the dashboard and restore the last good backup.",
    )


def _nothing_there() -> BadInput:
    return BadInput("No backup was made: the database has no tables.", advice="See LSCB_DATABASE_URL.")


def _publish(part: Path, target: Path) -> None:
    """On the disk first, then under its name: after a power cut the name stands for the whole file."""
    for path in (part, target.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if path == part:
            os.replace(part, target)


def _folder(engine: Engine) -> Path:
    """Beside a SQLite file; for a server, the installation's own folder for backups."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        return Path(engine.url.database).parent
    return settings().backup_folder


def _stem(engine: Engine) -> str:
    return Path(engine.url.database or "lscb").stem


def _free_name(folder: Path, stem: str) -> Path:
    names = (folder / f"{stem}{'' if turn == 1 else f'-{turn}'}.db" for turn in range(1, 1000))
    return next(name for name in names if not name.exists())
