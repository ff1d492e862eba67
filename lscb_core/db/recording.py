"""What every command shares: claim a record's next version, write the history, raise the revision."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.access import OPERATOR, Person
from lscb_core.db.sealing import seal
from lscb_core.db.tables import DataRevision, Event

EVERY_CHANGE, NOT_OF_STATES = 1, 2
"""The rows of DataRevision: one that every change raises, and one that a new state of an action leaves."""


def record(session: Session, *, who: Person, board_id: int | None, **told: Any) -> None:
    """Write one sealed event, as `tell` does, and raise the data's revision: what was worked out is stale."""
    tell(session, who=who, board_id=board_id, **told)
    raise_revision(session)


def tell(
    session: Session,
    *,
    who: Person,
    board_id: int | None,
    record_kind: str,
    record_id: int,
    act: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    at: datetime,
    note: str = "",
) -> None:
    """Write one sealed event: only the fields that differ, before and after. Does not commit."""
    changed = [key for key in after if before.get(key) != after[key]]
    event = Event(
        at=at,
        account_id=None if who.id == OPERATOR else who.id,
        actor=who.label,
        board_id=board_id,
        record_kind=record_kind,
        record_id=record_id,
        act=act,
        before={key: _plain(before.get(key)) for key in changed},
        after={key: _plain(after[key]) for key in changed},
        note=note,
    )
    seal(session, event)


def wait_for_turn(session: Session) -> int:
    """Hold back everybody else who saves, until this transaction ends: for what is worked out from much.

    Gives back the data's revision, which nobody else changes now. On SQLite a session that writes has held
    the others back since it began.
    """
    row = sa.select(col(DataRevision.number)).where(col(DataRevision.id) == EVERY_CHANGE)
    return session.connection().execute(row.with_for_update()).scalar_one()


def raise_revision(session: Session, *, of_states_only: bool = False) -> None:
    """Mark what was worked out so far as stale: everything, or only what rests on the states of actions."""
    raised = sa.update(DataRevision).values(number=DataRevision.number + 1)
    if of_states_only:
        raised = raised.where(col(DataRevision.id) == EVERY_CHANGE)
    session.connection().execute(raised)


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value
