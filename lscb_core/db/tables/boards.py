"""Boards, the areas they serve, the agencies that sit on them, and their sub-groups and priorities."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Table, choice
from lscb_core.domain.vocab import BoardKind


class Area(Table, table=True):
    """A place that figures are held for: a council, a region, England, or an invented one."""

    __table_args__ = (sa.CheckConstraint("kind IN ('council','region','england','invented')", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=20)  # DfE number; 'ENG'; a word for an invented area
    name: str
    kind: str


class Neighbour(Table, table=True):
    """One of an area's ten statistical neighbours (the published model of 2021)."""

    __table_args__ = (sa.CheckConstraint("rank BETWEEN 1 AND 10", "rank"),)

    area_id: int = Field(foreign_key="area.id", primary_key=True)
    neighbour_id: int = Field(foreign_key="area.id", primary_key=True)
    rank: int
    closeness: str = ""


class Board(Table, table=True):
    """A safeguarding board. `as_at` is the day its figures stand on; empty means today."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=40)
    name: str
    short_name: str
    kind: BoardKind = Field(default=BoardKind.LSCB, sa_type=choice(BoardKind, "board_kind"))
    area_id: int = Field(foreign_key="area.id", unique=True)
    as_at: date | None = None
    is_invented: bool = False
    is_demonstration: bool = False
    death_review_limit_days: int = Field(default=182, gt=0)
    note: str = ""


class Agency(Table, table=True):
    """An agency. A police force or a health provider may sit on several boards."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=60)
    name: str
    kind: str = ""


class Seat(Table, table=True):
    """An agency's seat on a board, under the name that the board uses for it."""

    board_id: int = Field(foreign_key="board.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True, index=True)
    name: str
    note: str = ""
    source: str = ""


class SubGroup(Table, table=True):
    """A sub-group of a board; `is_panel` marks the child death overview panel."""

    __table_args__ = (sa.UniqueConstraint("board_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    slug: str = Field(max_length=60)
    name: str
    is_panel: bool = False
    note: str = ""
    source: str = ""


class Priority(Table, table=True):
    """A priority of a board, or a dimension of its quality assurance framework."""

    __table_args__ = (
        sa.UniqueConstraint("board_id", "key"),
        sa.CheckConstraint("kind IN ('priority','dimension')", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    key: str = Field(max_length=40)
    kind: str = "priority"
    title: str
    source: str = ""


class Meeting(Table, table=True):
    """A meeting of the board, or of a committee that its report was laid before."""

    __table_args__ = (sa.Index("ix_meeting_board_held", "board_id", "held_on"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    held_on: date
    precision: str = "day"  # day or month: how exactly the date is known
    kind: str = "board"
    note: str = ""
    source: str = ""
    attended: int | None = Field(default=None, ge=0)
    invited: int | None = Field(default=None, ge=0)
    origin_id: int | None = Field(default=None, foreign_key="origin.id")  # the return that counted them
