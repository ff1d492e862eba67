"""The board's other work: challenges, risks, procedures, training, the voice of the child, plain facts."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Table


class Challenge(Table, table=True):
    """Who asked whom what, the answer, and what changed."""

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    raised_on: date | None = None
    raised_by: str = ""
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    asked_of: str = ""
    question: str
    answer: str = ""
    answered_on: date | None = None
    changed: str = ""
    source: str = ""


class Risk(Table, table=True):
    """A risk, who owns it, and the measure that shows it."""

    __table_args__ = (sa.CheckConstraint("score IS NULL OR score BETWEEN 1 AND 25", "score"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    title: str
    score: int | None = None
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    measure: str = ""
    response: str = ""
    noted_on: date | None = None
    source: str = ""


class Procedure(Table, table=True):
    """A procedure: its review and whether the voice of the child was assessed."""

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    title: str
    version: str = ""
    review_due_on: date | None = None
    adopted_on: date | None = None
    voice_assessed: bool | None = None
    note: str = ""
    source: str = ""


class Training(Table, table=True):
    """Places and take-up of a course; facts of a programme where no counts are given."""

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    title: str
    period: str = ""
    period_end: date | None = None
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    places: int | None = None
    booked: int | None = None
    attended: int | None = None
    note: str = ""
    source: str = ""
    origin_id: int | None = Field(default=None, foreign_key="origin.id")


class VoiceEntry(Table, table=True):
    """What children were asked, what was heard, what changed."""

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    asked: str
    heard: str = ""
    changed: str = ""
    noted_on: date | None = None
    source: str = ""


class BoardFact(Table, table=True):
    """A plain fact of the board that is no figure: membership, chair, context."""

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    topic: str
    fact: str
    source: str = ""
