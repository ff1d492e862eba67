"""How the database is: whether it answers, holds this release's tables, takes changes, and has room.

Asked on a connection of its own, with bounds for time: the pages' connections may all be in use, and a server
that hangs must not hold whoever asks.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool
from sqlmodel import col

from lscb_core.config import now, settings
from lscb_core.db import line
from lscb_core.db.engine import make_engine
from lscb_core.db.revisions import newest, revision_of
from lscb_core.db.sealing import FIRST
from lscb_core.db.tables import Account, Event, SignIn
from lscb_core.db.tables.accounts import IDLE

MEGABYTE = 1024 * 1024
LEAST_FREE = 200 * MEGABYTE
"""Bytes: less than this and the disk counts as full, while there is still room to act."""
SECONDS = 2
IN_TIME = {"connect_timeout": SECONDS, "tcp_user_timeout": 1000 * SECONDS}

DATABASE, TABLES, DISK, WRITING = "database", "tables", "disk", "writing"


@dataclass(frozen=True, slots=True)
class Health:
    """What was found. `failed` names the parts that are not well; a number not known is None."""

    kind: str
    revision: str
    revision_expected: str
    failed: tuple[str, ...] = ()
    writable: bool | None = None
    free_megabytes: int | None = None
    events: int | None = None
    head: str = ""
    warnings: tuple[str, ...] = ()  # what people can work with, and should not stay
    signed_in: int | None = None  # whose sign-in has not ended for want of use

    @property
    def well(self) -> bool:
        """Whether people can work."""
        return not self.failed

    def as_json(self) -> dict[str, Any]:
        """For a script."""
        return {"status": "ok" if self.well else "unavailable", **asdict(self)}

    def as_text(self) -> str:
        """For a person, a line for each thing."""
        yes_or_no = {True: "yes", False: "no", None: "not known"}
        lines = {
            "Database": self.kind if DATABASE not in self.failed else f"{self.kind}, which does not answer",
            "Tables": f"{self.revision or 'none'}, this release has {self.revision_expected}",
            **({"Line to it": f"NOT SAFE. {line.IN_WORDS}"} if line.OPEN_LINE in self.warnings else {}),
            "Takes changes": yes_or_no[self.writable],
            "Free on its disk": _said(self.free_megabytes, " MB"),
            "Events in the history": _said(self.events),
            "Last seal": self.head or "not known",
            "Signed in": _said(self.signed_in),
            "All is well": yes_or_no[self.well],
        }
        return "\n".join(f"{name}: {found}" for name, found in lines.items())


def _said(number: int | None, unit: str = "") -> str:
    return "not known" if number is None else f"{number:,}{unit}"


def failing(url: str) -> tuple[str, ...]:
    """The parts that are not well, by a few cheap questions. Raises what the database raises."""
    with _asking(url) as connection:
        return _failing(url, (revision_of(connection) or ""), _may_write(connection))


def warnings(url: str) -> tuple[str, ...]:
    """What whoever keeps the server should mend, though people can work; the database is not asked."""
    return (line.OPEN_LINE,) if line.is_open(url) else ()


def look(url: str) -> Health:
    """All that there is to say, for whoever keeps the server. Raises nothing of the database's."""
    address, expected, free = sa.make_url(url), newest(), _free(url) // MEGABYTE
    kind = address.get_backend_name()
    try:
        with _asking(url) as connection:
            revision, writable = (revision_of(connection) or ""), _may_write(connection)
            failed = _failing(url, revision, writable)
            counted = _counted(connection) if revision == expected else {}
    except (sa.exc.SQLAlchemyError, OSError):
        return Health(kind, "", expected, (DATABASE,), free_megabytes=free, warnings=warnings(url))
    known = {"free_megabytes": free, "warnings": warnings(url), **counted}
    return Health(kind, revision, expected, failed, writable=writable, **known)


@contextmanager
def _asking(url: str) -> Iterator[sa.Connection]:
    address = sa.make_url(url)
    options: dict[str, Any] = {"poolclass": NullPool}
    file = _file(address)
    if file and not file.exists():  # SQLite would make an empty one
        raise FileNotFoundError
    if address.get_backend_name() == "postgresql":
        in_time = f"-c statement_timeout={1000 * SECONDS} -c lock_timeout={1000 * SECONDS}"
        options |= {"connect_args": {**IN_TIME, "options": in_time}, "pool_pre_ping": False}
    engine = make_engine(url, **options)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _failing(url: str, revision: str, writable: bool) -> tuple[str, ...]:
    parts = {
        TABLES: revision != newest(),
        WRITING: not writable,
        DISK: _free(url) < LEAST_FREE,
    }
    return tuple(part for part, fails in parts.items() if fails)


def _may_write(connection: sa.Connection) -> bool:
    """Asked without taking a writer's place, for which everybody else would have to wait."""
    file = _file(connection.engine.url)
    if file:
        return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    if connection.dialect.name == "postgresql":
        return connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "off"
    return True


def _file(address: sa.URL) -> Path | None:
    """The file of a database that is one."""
    on_disk = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    return Path(str(address.database)) if on_disk else None


def _free(url: str) -> int:
    """Bytes free where the data lies; for a database elsewhere, where the dashboard keeps its secret."""
    folder = (_file(sa.make_url(url)) or settings().secret_file).absolute().parent
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _counted(connection: sa.Connection) -> dict[str, Any]:
    last = sa.select(col(Event.seal)).order_by(col(Event.id).desc()).limit(1)
    live = (
        sa.select(sa.func.count())
        .select_from(SignIn)
        .join(Account, (col(Account.id) == SignIn.account_id) & (col(Account.version) == SignIn.version))
        .where(col(SignIn.ended_at).is_(None), col(SignIn.seen_at) > now() - IDLE)
    )
    return {
        "events": connection.execute(sa.select(sa.func.count()).select_from(Event)).scalar(),
        "head": connection.execute(last).scalar() or FIRST,
        "signed_in": connection.execute(live).scalar(),
    }
