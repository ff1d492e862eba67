"""Audits: what was asked of which cases, what was found, what is recommended."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Table, choice
from lscb_core.domain.vocab import ActionSource, AuditKind, Grade


class Audit(Table, table=True):
    """One audit. `month` is the first day of the month of its fieldwork."""

    __table_args__ = (
        sa.UniqueConstraint("board_id", "key"),
        sa.CheckConstraint("status IN ('planned','done','slipped')", "status"),
        sa.Index("ix_audit_board_month", "board_id", "month"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    key: str = Field(max_length=80)
    title: str
    theme: str = ""
    kind: AuditKind = Field(sa_type=choice(AuditKind, "audit_kind"))
    status: str = "done"
    trigger: str = ""
    dimension: int | None = Field(default=None, ge=1, le=3)
    month: date | None = None
    reported_on: date | None = None
    planned_on: date | None = None
    method: str = ""
    cases: int | None = Field(default=None, ge=0)
    grade: Grade | None = Field(default=None, sa_type=choice(Grade, "grade"))
    outcome: str = ""
    reaudit_due_on: date | None = None
    reaudit_of_id: int | None = Field(default=None, foreign_key="audit.id")
    is_case_by_agency: bool = False
    note: str = ""
    source: str = ""
    origin_id: int = Field(foreign_key="origin.id")


class AuditQuestion(Table, table=True):
    """A question asked of every case; `percent_reported` only where the report gives no counts."""

    __table_args__ = (sa.UniqueConstraint("audit_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    audit_id: int = Field(foreign_key="audit.id", index=True)
    position: int
    text: str
    key: str = Field(default="", max_length=60)  # the same question in a repeat has the same key
    percent_reported: float | None = None
    note: str = ""
    source: str = ""
    origin_id: int | None = Field(default=None, foreign_key="origin.id")


class AuditResult(Table, table=True):
    """Cases that met a question, of those it applied to: for all agencies together, one, or one case."""

    __table_args__ = (
        sa.UniqueConstraint("question_id", "agency_id", "case_number"),
        sa.CheckConstraint("met >= 0 AND met <= applicable", "met_of_applicable"),
    )

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="auditquestion.id", index=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    case_number: int | None = None  # a running number in the audit, never a child's
    met: int
    applicable: int
    origin_id: int | None = Field(default=None, foreign_key="origin.id")


class Finding(Table, table=True):
    """What an audit, a review or an inspection found, in one sentence."""

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    audit_id: int | None = Field(default=None, foreign_key="audit.id", index=True)
    source_kind: ActionSource = Field(sa_type=choice(ActionSource, "finding_source"))
    position: int = 1
    text: str
    theme: str = ""
    found_on: date | None = None
    source: str = ""


class Recommendation(Table, table=True):
    """What somebody recommended to the board or to its agencies."""

    __table_args__ = (sa.UniqueConstraint("board_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    key: str = Field(max_length=60)
    text: str
    source_kind: ActionSource = Field(sa_type=choice(ActionSource, "recommendation_source"))
    made_by: str = ""
    made_on: date | None = None
    addressed_to: str = ""
    audit_id: int | None = Field(default=None, foreign_key="audit.id", index=True)
    source: str = ""


class AuditPriority(Table, table=True):
    """A priority that an audit serves."""

    audit_id: int = Field(foreign_key="audit.id", primary_key=True)
    priority_id: int = Field(foreign_key="priority.id", primary_key=True, index=True)


class AuditSubGroup(Table, table=True):
    """A sub-group that answers for an audit."""

    audit_id: int = Field(foreign_key="audit.id", primary_key=True)
    sub_group_id: int = Field(foreign_key="subgroup.id", primary_key=True, index=True)
