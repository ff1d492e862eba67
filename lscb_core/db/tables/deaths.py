"""Child deaths: counts for a whole area and year, never a case; lessons of the panel."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Table


class DeathCount(Table, table=True):
    """A protected count on the declared annual grid of an area (or one that its board published).

    `dimension`/`key`: 'all'/'all', 'age'/band, 'category'/1-10, 'expectedness'/expected|unexpected,
    'modifiable'/yes|no|unknown, 'reviews'/completed|in_time, 'abuse'/yes|no. `span` is 'year', or 'pooled'
    for the five years that end with the period. `count` is empty where `symbol` says why.
    """

    __table_args__ = (
        sa.UniqueConstraint("area_id", "dimension", "key", "span", "period_end", "revision"),
        sa.CheckConstraint("span IN ('year','pooled','part')", "span"),
        sa.CheckConstraint("count IS NULL OR count >= 0", "count"),
        sa.CheckConstraint("count IS NOT NULL OR symbol <> ''", "symbol_says_why"),
        sa.Index("ix_deathcount_view", "area_id", "period_end"),
    )

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    span: str = Field(default="year", max_length=10)
    period_label: str
    period_start: date
    period_end: date
    dimension: str = Field(max_length=20)
    key: str = Field(max_length=30)
    count: int | None = None
    symbol: str = Field(default="", max_length=4)
    is_published: bool = False
    known_on: date
    revision: int = 1
    withdrawn_on: date | None = None  # the day on which the return that brought it was undone
    note: str = ""
    source: str = ""
    origin_id: int = Field(foreign_key="origin.id")


class DeathExact(Table, table=True):
    """The exact count behind a protected cell: for the chair, the manager and the panel only."""

    death_count_id: int = Field(foreign_key="deathcount.id", primary_key=True)
    count: int = Field(ge=0)


class PanelLesson(Table, table=True):
    """What the panel learned, and the action that followed (none is a finding of its own)."""

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    theme: str = ""
    lesson: str
    learned_on: date | None = None
    action_id: int | None = Field(default=None, foreign_key="action.id")
    source: str = ""
