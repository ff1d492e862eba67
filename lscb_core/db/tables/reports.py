"""What the board is sent: routine reports, reviews, inspections, section 11 returns."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Table


class Report(Table, table=True):
    """A routine report: due, received, overdue, and what the board said to it."""

    __table_args__ = (
        sa.UniqueConstraint("board_id", "key"),
        sa.Index("ix_report_board_due", "board_id", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    key: str = Field(max_length=80)
    title: str
    kind: str = Field(max_length=30)
    period: str = ""
    due_on: date | None = None
    is_late_as_reported: bool = False  # a document calls it late without giving its date
    # Not known: a document does not say whether it came. A default of the column would turn that into "no".
    is_received: bool | None = Field(default=False, sa_column=sa.Column(sa.Boolean, nullable=True))
    received_on: date | None = None
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    board_response: str = ""
    note: str = ""
    source: str = ""
    origin_id: int = Field(foreign_key="origin.id")


class ReportPriority(Table, table=True):
    """A priority that a routine report serves."""

    report_id: int = Field(foreign_key="report.id", primary_key=True)
    priority_id: int = Field(foreign_key="priority.id", primary_key=True, index=True)


class ReportSubGroup(Table, table=True):
    """A sub-group that answers for a routine report."""

    report_id: int = Field(foreign_key="report.id", primary_key=True)
    sub_group_id: int = Field(foreign_key="subgroup.id", primary_key=True, index=True)


class Review(Table, table=True):
    """A serious case review, learning review or management review; `count` where several are told as one."""

    __table_args__ = (sa.UniqueConstraint("board_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    key: str = Field(max_length=80)
    title: str
    kind: str = Field(max_length=30)
    stage: str = ""
    count: int | None = None
    started_on: date | None = None
    published_on: date | None = None
    learning: str = ""
    dissemination: str = ""
    note: str = ""
    source: str = ""


class Inspection(Table, table=True):
    """A judgement of an inspectorate."""

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    inspected_on: date | None = None
    inspector: str = ""
    subject: str = ""
    judgement: str = ""
    note: str = ""
    source: str = ""


class Section11Score(Table, table=True):
    """An agency's own score (0-3) on a standard, and the score after peer challenge."""

    __table_args__ = (
        sa.UniqueConstraint("board_id", "agency_id", "standard", "returned_on"),
        sa.CheckConstraint("own IS NULL OR own BETWEEN 0 AND 3", "own"),
        sa.CheckConstraint("challenged IS NULL OR challenged BETWEEN 0 AND 3", "challenged"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    standard: str = Field(default="", max_length=40)  # empty: the return as a whole
    returned_on: date | None = None
    status: str = ""
    own: int | None = None
    challenged: int | None = None
    evidence: str = ""
    note: str = ""
    source: str = ""
    origin_id: int | None = Field(default=None, foreign_key="origin.id")
