"""Questions about audits: which there were, how they were graded, what the programme holds."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from lscb_core.db.tables import Audit, AuditQuestion, AuditResult, Board, Origin
from lscb_core.domain.audits import standing
from lscb_core.domain.periods import month_end, months_back
from lscb_core.queries import audit_rows
from lscb_core.queries.origins import told_on
from lscb_core.queries.view import View

MOST_SHOWN = 300
PROGRAMME_MONTHS = 12

AUDITS = {
    "key": "the audit's word in an address",
    "title": "audit",
    "theme": "subject",
    "kind": "kind of audit",
    "standing": "planned, under way, done, slipped, or silent (nothing heard since)",
    "month": "month of the audit, its first day (empty: not given)",
    "planned_on": "month it was first planned for (empty: not given)",
    "reported_on": "reported on (empty: not reported, or no day given)",
    "known_on": "its results were known from (empty: not yet known)",
    "grade": "grade (empty: not graded, or not known that day)",
    "cases": "cases read (empty: not stated)",
    "questions": "questions asked, as far as reported",
    "answered": "of these, with counts or a percentage",
    "dimension": "dimension of the framework: 1 each agency, 2 together, 3 the board (empty: not stated)",
    "trigger": "why it was made",
    "method": "how it was made",
    "outcome": "what came of it",
    "repeat_of": "the audit that it repeats",
    "repeat_of_month": "month of the audit that it repeats",
    "reaudit_due_on": "its own repeat is due on",
    "is_case_by_agency": "every agency audited the same cases",
    "note": "data-quality note",
    "source": "source",
    "origin": "document",
}
_PLAIN = ("key", "title", "theme", "kind", "month", "planned_on", "reported_on", "grade", "cases")
_MORE = ("dimension", "trigger", "method", "outcome", "reaudit_due_on", "is_case_by_agency", "note", "source")
_TOLD_LATER = {
    "reported_on": None,
    "grade": "",
    "cases": None,
    "questions": 0,
    "answered": 0,
    "outcome": "",
    "reaudit_due_on": None,
    "note": "",
}


def audits(session: Session, *, view: View) -> pd.DataFrame:
    """Audits as they stood on the view's day, newest first, at most MOST_SHOWN. Columns: AUDITS.

    Grade, cases, outcome and note of an audit are empty until its results had been reported.
    """
    found = session.connection().execute(_rows(view).limit(MOST_SHOWN)).mappings()
    rows = [_as_at(dict(row), view) for row in found]
    return _whole(pd.DataFrame(rows, columns=list(AUDITS)), "cases", "questions", "answered", "dimension")


def _rows(view: View) -> Any:
    first: Any = aliased(Audit)
    return (
        sa.select(
            *(col(getattr(Audit, name)) for name in (*_PLAIN, *_MORE, "status")),
            audit_rows.is_known(view).label("is_known"),
            told_on(view).label("told_on"),
            _asked().label("questions"),
            _asked(sa.or_(col(AuditQuestion.percent_reported).is_not(None), _has_counts())).label("answered"),
            sa.func.coalesce(first.key, "").label("repeat_of"),
            col(first.month).label("repeat_of_month"),
            col(Origin.title).label("origin"),
        )
        .select_from(Audit)
        .join(Origin, col(Origin.id) == Audit.origin_id)
        .join(Board, col(Board.id) == Audit.board_id)
        .join(first, col(first.id) == Audit.reaudit_of_id, isouter=True)
        .where(*audit_rows.wanted(view), audit_rows.in_sight(view, first))
        .order_by(*audit_rows.newest_first(view))
    )


def _asked(*conditions: Any) -> Any:
    """How many questions the audit asked, those that meet the conditions."""
    asked = sa.select(sa.func.count()).where(col(AuditQuestion.audit_id) == Audit.id, *conditions)
    return asked.scalar_subquery()


def _has_counts() -> Any:
    return sa.select(col(AuditResult.id)).where(col(AuditResult.question_id) == AuditQuestion.id).exists()


def _as_at(row: dict[str, Any], view: View) -> dict[str, Any]:
    """The row as it stood: what was reported later was not known."""
    facts = {name: row[name] for name in ("status", "is_known", "month", "planned_on", "told_on")}
    row |= {"standing": standing(**facts, today=view.as_at).value, "kind": row["kind"].value}
    row |= {"grade": row["grade"].value if row["grade"] else "", "known_on": _known_on(row)}
    return row if row["is_known"] or row["status"] != "done" else row | _TOLD_LATER


def _known_on(row: dict[str, Any]) -> date | None:
    """The day of the report; without one the last of its month, or the day of its document."""
    if not row["is_known"]:
        return None
    told: date = row["reported_on"] or (month_end(row["month"]) if row["month"] else row["told_on"])
    return told


def _whole(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(names, "Int64"))


def graded(session: Session, *, view: View) -> pd.DataFrame:
    """The audits that had a grade and a month, newest first. Columns: AUDITS."""
    return graded_of(audits(session, view=view))


def graded_of(listed: pd.DataFrame) -> pd.DataFrame:
    """Those of a list that had a grade and a month."""
    return listed[(listed["grade"] != "") & listed["month"].notna()].reset_index(drop=True)


def programme(session: Session, *, view: View) -> pd.DataFrame:
    """What was done in the last twelve months, and all that was still to be done. Columns: AUDITS."""
    return programme_of(audits(session, view=view), view.as_at)


def programme_of(listed: pd.DataFrame, as_at: date) -> pd.DataFrame:
    """Those of a list that were known within twelve months before the day, or not done by then."""
    since = months_back(as_at, PROGRAMME_MONTHS)
    recent = [known is None or known > since for known in listed["known_on"].astype(object)]
    return listed[recent].reset_index(drop=True)
