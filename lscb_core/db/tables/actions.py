"""Actions: what was promised, and every state that each action has been in."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import FOREVER, Moment, Table, choice
from lscb_core.domain.vocab import ActionSource, Status


class Action(Table, table=True):
    """A promise to the board. What can change stands in its states; `version` counts the changes."""

    __table_args__ = (sa.UniqueConstraint("board_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    number: int = Field(gt=0)
    title: str
    detail: str = ""
    source_kind: ActionSource = Field(sa_type=choice(ActionSource, "action_source"))
    audit_id: int | None = Field(default=None, foreign_key="audit.id", index=True)
    recommendation_id: int | None = Field(default=None, foreign_key="recommendation.id", index=True)
    raised_on: date
    version: int = 1
    source: str = ""
    origin_id: int = Field(foreign_key="origin.id")


class ActionState(Table, table=True):
    """How an action stood from one day until the day before another. One row a change.

    The states of one action follow each other without a gap; the one that still holds ends at FOREVER.
    Times in the past are thereby read from the same rows as today.
    """

    __table_args__ = (
        sa.UniqueConstraint("action_id", "version"),
        sa.CheckConstraint("from_on <= until_on", "from_until"),
        sa.CheckConstraint("times_moved >= 0", "times_moved"),
        sa.CheckConstraint("due_on IS NULL OR first_due_on IS NOT NULL", "first_date_kept"),
        sa.Index("ix_actionstate_as_at", "board_id", "until_on", "from_on", "status", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    board_id: int = Field(foreign_key="board.id")
    version: int
    from_on: date
    until_on: date = FOREVER
    status: Status = Field(sa_type=choice(Status, "status"))
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    owner_role: str = ""
    due_on: date | None = None
    due_precision: str = "day"
    first_due_on: date | None = None
    times_moved: int = 0
    note: str = ""
    note_on: date | None = None
    evidence: str = ""
    impact: str = ""
    closed_on: date | None = None
    completed_by_id: int | None = Field(default=None, foreign_key="account.id")
    changed_by: str = ""
    changed_at: datetime = Field(sa_type=Moment)
    reason: str = ""
    origin_id: int | None = Field(default=None, foreign_key="origin.id")  # the file that brought this state


class ActionPriority(Table, table=True):
    """A priority that an action serves."""

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    priority_id: int = Field(foreign_key="priority.id", primary_key=True, index=True)


class ActionSubGroup(Table, table=True):
    """A sub-group that answers for an action."""

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    sub_group_id: int = Field(foreign_key="subgroup.id", primary_key=True, index=True)
