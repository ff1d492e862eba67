"""Measures: observations with their comparators, targets, and signed commentary."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Table


class Observation(Table, table=True):
    """One value of a measure (a key of the registry) for an area, or for one agency in it.

    `value` is in the measure's own unit (a share in percent, 0-100). `symbol` says why it is empty.
    A later revision of the same period stands beside the earlier one; the last one known counts.
    """

    __table_args__ = (
        sa.UniqueConstraint("area_id", "measure", "agency_id", "span", "period_end", "revision", "label"),
        sa.CheckConstraint("value IS NOT NULL OR symbol <> '' OR note <> ''", "symbol_says_why"),
        sa.Index("ix_observation_view", "area_id", "measure", "span", "period_end"),
    )

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    measure: str = Field(max_length=60)
    label: str = ""  # the document's own words, where the measure is not one of the registry
    unit: str = ""
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    span: str = Field(default="year", max_length=10)  # month, quarter, year, day
    period_start: date | None = None
    period_end: date
    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    symbol: str = Field(default="", max_length=4)
    is_published: bool = False
    known_on: date
    revision: int = 1
    withdrawn_on: date | None = None  # the day on which the file that brought it was undone
    note: str = ""  # a data-quality note: shown wherever the value is
    source: str = ""
    origin_id: int = Field(foreign_key="origin.id")


class Target(Table, table=True):
    """What a board aims at for a measure, from a day on."""

    board_id: int = Field(foreign_key="board.id", primary_key=True)
    measure: str = Field(primary_key=True, max_length=60)
    valid_from: date = Field(primary_key=True)
    value: float


class Commentary(Table, table=True):
    """A dated, signed explanation of a measure. `signed_by` is a role, never a name."""

    __table_args__ = (sa.Index("ix_commentary_view", "board_id", "measure", "written_on"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    measure: str = Field(max_length=60)
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    text: str
    signed_by: str
    written_on: date
    source: str = ""
    origin_id: int | None = Field(default=None, foreign_key="origin.id")


class Coverage(Table, table=True):
    """Whether a partner supplies figures to the board: what is missing is a finding."""

    __table_args__ = (sa.CheckConstraint("supplies IN ('yes','some','no')", "supplies"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    due_on: date | None = None
    sent_on: date | None = None
    supplies: str
    note: str = ""
    source: str = ""


class MeasurePriority(Table, table=True):
    """A priority that a measure serves on a board."""

    board_id: int = Field(foreign_key="board.id", primary_key=True)
    measure: str = Field(primary_key=True, max_length=60)
    priority_id: int = Field(foreign_key="priority.id", primary_key=True)


class MeasureSubGroup(Table, table=True):
    """The sub-group that answers for a measure on a board."""

    board_id: int = Field(foreign_key="board.id", primary_key=True)
    measure: str = Field(primary_key=True, max_length=60)
    sub_group_id: int = Field(foreign_key="subgroup.id", primary_key=True)
