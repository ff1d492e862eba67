"""Files taken in: which, by whom, what they brought as it was sent, and what the board asks for.

Nothing here holds a child's row. `SentScope.rows` are counts and answers as they were sent, before
protection: no page asks for them, but the grid is protected anew from them.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Moment, Table


class Import(Table, table=True):
    """One file that was taken in or refused. A refused one keeps its problems' number and nothing else."""

    __table_args__ = (
        sa.CheckConstraint("status IN ('saved','refused','undone')", "status"),
        sa.Index("ix_import_board_saved", "board_id", "saved_at"),
        sa.Index("ix_import_board_hash", "board_id", "sha256"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    agency_id: int | None = Field(default=None, foreign_key="agency.id")  # whose own return it is
    kind: str = Field(max_length=20)  # cin-census, annex-a, dfe, template
    template: str = Field(default="", max_length=30)
    title: str = ""
    file_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    size_bytes: int = 0
    status: str = Field(max_length=10)
    rows: int = 0
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    problems: int = 0
    notes: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    as_at: date | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id")
    saved_by: str  # the account's label on that day
    saved_at: datetime = Field(sa_type=Moment)
    undone_by: str = ""
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_why: str = ""
    origin_id: int | None = Field(default=None, foreign_key="origin.id")


class SentScope(Table, table=True):
    """One scope of one import, as it was sent. The last one of a scope whose import stands is what counts."""

    __table_args__ = (
        sa.UniqueConstraint("import_id", "scope"),
        sa.Index("ix_sentscope_board_scope", "board_id", "scope"),
    )

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="import.id", index=True)
    board_id: int = Field(foreign_key="board.id")
    scope: str = Field(max_length=120)
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    period_end: date | None = None
    rows: list[Any] = Field(default_factory=list, sa_type=sa.JSON)


class SourceSpelling(Table, table=True):
    """How a board's files write a source of referral, mapped once by a person: to a code or a group."""

    board_id: int = Field(foreign_key="board.id", primary_key=True)
    key: str = Field(primary_key=True, max_length=200)
    words: str
    means: str = Field(max_length=20)  # a source code, or the key of a published group
    mapped_by: str
    mapped_at: datetime = Field(sa_type=Moment)


class SourceAgency(Table, table=True):
    """Which agency of the board a source of referral belongs to; sources left out are nobody's."""

    board_id: int = Field(foreign_key="board.id", primary_key=True)
    source: str = Field(primary_key=True, max_length=20)  # a source code or the key of a published group
    agency_id: int = Field(foreign_key="agency.id")


class ReturnAsked(Table, table=True):
    """A return that the board asks an agency for: which template, how often, and by when after the period."""

    __table_args__ = (
        sa.UniqueConstraint("board_id", "agency_id", "template"),
        sa.CheckConstraint("every IN ('month','quarter','year')", "every"),
        sa.CheckConstraint("days_allowed BETWEEN 0 AND 366", "days_allowed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    agency_id: int = Field(foreign_key="agency.id")
    template: str = Field(max_length=30)
    every: str = Field(max_length=10)
    first_period_end: date
    until: date | None = None  # no longer asked for after this day
    days_allowed: int = 30  # days from the period's end to the day it is due
