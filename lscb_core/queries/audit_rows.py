"""Audits as they stood on the view's day: which are known, which are in sight, through which filters.

Whoever asks with these conditions joins Origin and Board to Audit: when an audit was told of depends on them.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.db.tables import (
    Action,
    ActionState,
    Audit,
    AuditPriority,
    AuditQuestion,
    AuditResult,
    AuditSubGroup,
)
from lscb_core.domain.audits import AHEAD_DAYS
from lscb_core.domain.periods import month_start
from lscb_core.queries.origins import told_on
from lscb_core.queries.seats import seat_of
from lscb_core.queries.tags import tagged
from lscb_core.queries.view import View


def is_known(view: View, audit: Any = Audit) -> Any:
    """The audit is done and its results had been reported: that day, or else its month had ended."""
    month_had_ended = audit.month < month_start(view.as_at + timedelta(days=1))
    reported = sa.case(
        (audit.reported_on.is_not(None), audit.reported_on <= view.as_at),
        (audit.month.is_not(None), month_had_ended),
        else_=told_on(view) <= view.as_at,
    )
    return sa.and_(audit.status == "done", reported)


def has_begun(view: View, audit: Any) -> Any:
    """The audit took place, or had begun, by the view's day."""
    return sa.and_(audit.status == "done", sa.or_(audit.month <= view.as_at, is_known(view, audit)))


def in_sight(view: View, first: Any) -> Any:
    """The audit could be spoken of that day: known, begun, planned for the year ahead, or announced.

    `first` is the audit that it repeats: while that one was not known, nobody had planned a repeat.
    """
    audit = Audit
    planned = sa.and_(
        col(audit.planned_on) <= view.as_at + timedelta(days=AHEAD_DAYS),
        sa.or_(col(audit.reaudit_of_id).is_(None), is_known(view, first)),
    )
    announced = sa.and_(
        col(audit.planned_on).is_(None), col(audit.status) != "done", told_on(view) <= view.as_at
    )
    return sa.or_(has_begun(view, audit), planned, announced)


def newest_first(view: View) -> list[Any]:
    """The order of lists: by month, or else by the day on which it was told."""
    audit = Audit
    day = sa.func.coalesce(audit.month, audit.planned_on, audit.reported_on, told_on(view))
    return [day.desc(), col(audit.id).desc()]


def wanted(view: View) -> list[Any]:
    """The board's audits through the view's filters.

    An agency is in an audit when it has answers of its own there, or leads an action that came from it.
    """
    conditions = [col(Audit.board_id) == view.board_id]
    conditions += tagged(
        view,
        Audit.id,
        priority=(AuditPriority.audit_id, AuditPriority.priority_id),
        sub_group=(AuditSubGroup.audit_id, AuditSubGroup.sub_group_id),
    )
    if view.agency_id is not None:
        conditions.append(sa.or_(_answered(view.agency_id), _acts(view, view.agency_id)))
    return conditions


def _answered(agency: int) -> Any:
    answered = sa.select(col(AuditQuestion.audit_id)).join(
        AuditResult, col(AuditResult.question_id) == AuditQuestion.id
    )
    return col(Audit.id).in_(answered.where(col(AuditResult.agency_id) == agency))


def _acts(view: View, agency: int) -> Any:
    leads = (
        sa.select(col(Action.audit_id))
        .join(ActionState, col(ActionState.action_id) == Action.id)
        .where(
            col(ActionState.board_id) == view.board_id,
            col(ActionState.agency_id) == agency,
            col(ActionState.from_on) <= view.as_at,
            col(ActionState.until_on) > view.as_at,
            col(Action.audit_id).is_not(None),
        )
    )
    return col(Audit.id).in_(leads)


def known(view: View, audit: str = "") -> list[Any]:
    """The audits through the view's filters whose results were known; only the one of that word."""
    one = [col(Audit.key) == audit] if audit else []
    return [*wanted(view), is_known(view), *one]


def seat_of_who_answered() -> Any:
    """The condition that joins the seat of the agency that answered, on the audit's board."""
    return seat_of(AuditResult.agency_id, Audit.board_id)
