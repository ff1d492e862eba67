"""The history's seal: each event carries the hash of itself and of the seal before it (SHA-256).

Whoever changes, removes, adds or moves an event in the database file has to make every later seal anew; the
last one is printed on board packs, so the minutes hold it. The database itself refuses UPDATE and DELETE.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlmodel import Session, col

from lscb_core.db.tables import Event

FIRST = "0" * 64
SEALED = (
    "at", "account_id", "actor", "board_id", "record_kind", "record_id", "act", "before", "after", "note",
)  # fmt: skip
LOCK = 0x4C534342  # one number for the whole database: writers of the history take turns
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of checking the chain: events checked, the last seal, and the first event that is wrong."""

    events: int
    head: str
    broken_at: int | None = None


def seal(session: Session, event: Event) -> None:
    """Add the event as the next link of the chain. Waits for whoever else is writing; flushes."""
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    event.before_seal = head(session)
    event.seal = _hash(event.before_seal, event.model_dump(include=set(SEALED)))
    session.add(event)
    session.flush()


def head(session: Session) -> str:
    """The last seal; 64 zeros where nothing has happened yet."""
    last = sa.select(col(Event.seal)).order_by(col(Event.id).desc()).limit(1)
    return session.connection().execute(last).scalar() or FIRST


def holds(session: Session, seal: str) -> bool:
    """Whether an event carries this seal: one that was written down once has to be there still."""
    known = sa.select(col(Event.id)).where(col(Event.seal) == seal.strip().lower())
    return session.connection().execute(known).first() is not None


def verify(session: Session) -> Verified:
    """Compute every seal anew, in the order of the events."""
    return _checked(_events(session), FIRST)


def verify_last(session: Session, links: int = 50) -> Verified:
    """Compute the newest seals anew: quick enough for every visit; what lies before them is not looked at."""
    newest = _columns().order_by(col(Event.id).desc()).limit(links + 1)
    rows = list(reversed(session.connection().execute(newest).mappings().all()))
    before = rows.pop(0)["seal"] if len(rows) > links else FIRST
    return _checked(rows, before)


def _checked(rows: Iterable[RowMapping], before: str) -> Verified:
    count = 0
    for row in rows:
        if row["before_seal"] != before or row["seal"] != _hash(before, {name: row[name] for name in SEALED}):
            return Verified(count, before, broken_at=row["id"])
        before, count = row["seal"], count + 1
    return Verified(count, before)


def chain(session: Session) -> None:
    """Seal events that were written before there were seals, in their order. Does not commit."""
    before = FIRST
    for row in list(_events(session)):
        seals = {"before_seal": before, "seal": _hash(before, {name: row[name] for name in SEALED})}
        session.connection().execute(sa.update(Event).where(col(Event.id) == row["id"]).values(**seals))
        before = seals["seal"]


def _events(session: Session) -> Iterator[RowMapping]:
    """Every event in its order, a page at a time: a history of years need not fit into the memory."""
    every = _columns().order_by(col(Event.id)).limit(AT_ONCE)
    last = 0
    while page := session.connection().execute(every.where(col(Event.id) > last)).mappings().all():
        yield from page
        last = page[-1]["id"]


def _columns() -> Any:
    return sa.select(*(col(getattr(Event, name)) for name in ("id", *SEALED, "before_seal", "seal")))


def _hash(before: str, told: Mapping[str, Any]) -> str:
    """SHA-256 over the seal before and the event as JSON: keys sorted, no spaces, times in UTC."""
    plain = {name: value.isoformat() if name == "at" else value for name, value in told.items()}
    said = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{said}".encode()).hexdigest()
