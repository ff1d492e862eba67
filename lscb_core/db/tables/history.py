"""Where figures came from, what was changed by whom, and the number that each change raises."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Moment, Table


class Origin(Table, table=True):
    """Where rows came from: a document, a statistical release, a return, or invention."""

    __table_args__ = (
        sa.CheckConstraint("kind IN ('document','statistic','return','form','invented')", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=80)
    kind: str
    title: str
    publisher: str = ""
    released_on: date | None = None
    licence: str = ""
    note: str = ""


class Event(Table, table=True):
    """One change of one record: who, when, what act, the fields before and after.

    Written once: the database refuses to change or delete it (`db.sealing`). `seal` is the hash of all that
    stands here and of the seal before, so that nothing can be changed, left out or moved unnoticed.
    """

    __table_args__ = (
        sa.Index("ix_event_record", "record_kind", "record_id"),
        sa.UniqueConstraint("before_seal"),  # one event follows another: the chain has no branches
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    actor: str  # the account's label on that day, so that the history reads without the account
    board_id: int | None = Field(default=None, foreign_key="board.id", index=True)
    record_kind: str = Field(max_length=40)
    record_id: int
    act: str = Field(max_length=40)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    note: str = ""
    before_seal: str = Field(
        default="", max_length=64
    )  # the seal of the event before; of the first one, 64 zeros
    seal: str = Field(default="", max_length=64)


class DataRevision(Table, table=True):
    """Two rows, raised in the transaction of a change: what was worked out before is then stale.

    The first is raised by every change, the second by all but a new state of an action.
    """

    id: int = Field(default=1, primary_key=True)
    number: int = 0
