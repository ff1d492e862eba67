"""What audits asked and what the answer was: all agencies together, each agency, then and now."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, Audit, AuditQuestion, AuditResult, Board, Origin, Seat
from lscb_core.domain.audits import answer_change, fits
from lscb_core.domain.intervals import too_few, wilson
from lscb_core.queries import audit_rows
from lscb_core.queries.view import View

QUESTIONS = {
    "audit": "the audit's word in an address",
    "position": "number of the question",
    "question": "question",
    "question_key": "the question's word; the same in a repeat",
    "agency": "whose answers (empty: all agencies together)",
    "agency_slug": "the agency's word in an address",
    "met": "cases that met it (empty: not given)",
    "applicable": "cases it applied to (empty: not given)",
    "share": "met of applicable, a fraction of 1 (empty: under ten cases, or not given)",
    "low": "likely range (95%) from, a fraction of 1",
    "high": "likely range (95%) to, a fraction of 1",
    "percent_reported": "percentage as reported, 0-100",
    "cases": "cases read in the audit",
    "fits_cases": "whether a whole number of cases gives that percentage: yes or no (empty: cannot be told)",
    "note": "data-quality note",
    "source": "source",
}
THEN_AND_NOW = {
    "question": "question asked in both audits",
    "met_before": "met in the first audit",
    "applicable_before": "applied to in the first audit",
    "share_before": "share in the first audit, a fraction of 1 (empty: under ten cases)",
    "met": "met in the repeat",
    "applicable": "applied to in the repeat",
    "share": "share in the repeat, a fraction of 1 (empty: under ten cases)",
    "change": "better or worse than chance explains, or chance (empty: too few to compare)",
}
_COUNTS = {"met": "Int64", "applicable": "Int64"}


def questions(session: Session, *, view: View, audit: str = "") -> pd.DataFrame:
    """Every question of every audit known on the view's day, or of one. Columns: QUESTIONS.

    One row for all agencies together and one for each agency with answers of its own; where the view
    names an agency, for that one alone. A question without any count has one row.
    """
    found = session.connection().execute(_rows(view, audit)).mappings()
    rows = [_measured(dict(row)) for row in found]
    return pd.DataFrame(rows, columns=list(QUESTIONS)).astype({**_COUNTS, "cases": "Int64"})


def _rows(view: View, audit: str) -> Any:
    any_answer: Any = aliased(AuditResult)
    held = sa.select(any_answer.id).where(any_answer.question_id == AuditQuestion.id)
    return (
        sa.select(
            col(Audit.key).label("audit"),
            col(AuditQuestion.position),
            col(AuditQuestion.text).label("question"),
            col(AuditQuestion.key).label("question_key"),
            sa.func.coalesce(Seat.name, "").label("agency"),
            sa.func.coalesce(Agency.slug, "").label("agency_slug"),
            *(col(getattr(AuditResult, name)) for name in _COUNTS),
            *(col(getattr(AuditQuestion, name)) for name in ("percent_reported", "note", "source")),
            col(Audit.cases),
        )
        .select_from(AuditQuestion)
        .join(Audit, col(Audit.id) == AuditQuestion.audit_id)
        .join(Origin, col(Origin.id) == Audit.origin_id)
        .join(Board, col(Board.id) == Audit.board_id)
        .join(AuditResult, sa.and_(*_of_all_cases(view)), isouter=True)
        .join(Agency, col(Agency.id) == AuditResult.agency_id, isouter=True)
        .join(Seat, audit_rows.seat_of_who_answered(), isouter=True)
        .where(*audit_rows.known(view, audit), sa.or_(col(AuditResult.id).is_not(None), ~held.exists()))
        .order_by(*audit_rows.newest_first(view), col(AuditQuestion.position), "agency")
    )


def _of_all_cases(view: View) -> list[Any]:
    """A question's answers over all cases; of one agency and of all together, where the view names one."""
    joined = [col(AuditResult.question_id) == AuditQuestion.id, col(AuditResult.case_number).is_(None)]
    if view.agency_id is not None:
        mine = col(AuditResult.agency_id)
        joined.append(sa.or_(mine.is_(None), mine == view.agency_id))
    return joined


def _measured(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its share and likely range; a percentage that was only reported gives neither."""
    share, low, high = _share(row["met"], row["applicable"])
    return row | {"share": share, "low": low, "high": high, "fits_cases": _fits(row)}


def _share(met: int | None, of: int | None) -> tuple[float | None, float | None, float | None]:
    if met is None or of is None or too_few(of):
        return None, None, None
    return met / of, *wilson(met, of)


def _fits(row: dict[str, Any]) -> str:
    of = row["applicable"] or row["cases"]
    if row["percent_reported"] is None or not of:
        return ""
    return "yes" if fits(row["percent_reported"], of) else "no"


def compared(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Questions of a repeat beside those of the audit before it, worst change first. Columns: THEN_AND_NOW.

    Both are frames of one audit (QUESTIONS); all agencies together count. What was under ten cases in either
    is not compared and stands last.
    """
    first, again = _together(before), _together(after)
    rows = [_compared(first[same], row) for same, row in again.items() if same in first]
    rows.sort(key=lambda row: (row["change"] is None, (row["share"] or 0) - (row["share_before"] or 0)))
    counts = {**_COUNTS, "met_before": "Int64", "applicable_before": "Int64"}
    return pd.DataFrame(rows, columns=list(THEN_AND_NOW)).astype(counts)


def _together(asked: pd.DataFrame) -> dict[str, Any]:
    """The answers of all agencies by question; one without a word of its own goes by its text."""
    whole = asked[(asked["agency"] == "") & asked["met"].notna()]
    return {row["question_key"] or row["question"]: row for row in whole.to_dict("records")}


def _compared(first: Any, again: Any) -> dict[str, Any]:
    counts = [int(row[name]) for row in (first, again) for name in ("met", "applicable")]
    change = answer_change(*counts)
    shares = (first["share"], again["share"]) if change else (None, None)
    names = ("met_before", "applicable_before", "met", "applicable", "share_before", "share")
    return {
        "question": again["question"],
        **dict(zip(names, (*counts, *shares), strict=True)),
        "change": change,
    }
