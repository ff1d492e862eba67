"""Each agency's answer in each case, where every agency audited the same cases."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, Audit, AuditQuestion, AuditResult, Board, Origin, Seat
from lscb_core.queries import audit_rows
from lscb_core.queries.frames import frame
from lscb_core.queries.view import View

CASES = {
    "position": "number of the question",
    "question": "question",
    "agency": "agency that audited the case",
    "agency_slug": "the agency's word in an address",
    "case": "running number of the case in the audit",
    "answer": "met, not_met or not_applicable",
}


def case_answers(session: Session, *, view: View, audit: str) -> pd.DataFrame:
    """One row for each question, agency and case of one audit. Columns: CASES."""
    answer = sa.case(
        (col(AuditResult.applicable) == 0, "not_applicable"),
        (col(AuditResult.met) == col(AuditResult.applicable), "met"),
        else_="not_met",
    )
    return frame(session, _cases(view, audit, answer), CASES)


def _cases(view: View, audit: str, answer: Any) -> Any:
    mine = [] if view.agency_id is None else [col(AuditResult.agency_id) == view.agency_id]
    return (
        sa.select(
            col(AuditQuestion.position),
            col(AuditQuestion.text).label("question"),
            col(Seat.name).label("agency"),
            col(Agency.slug).label("agency_slug"),
            col(AuditResult.case_number).label("case"),
            answer.label("answer"),
        )
        .select_from(AuditResult)
        .join(AuditQuestion, col(AuditQuestion.id) == AuditResult.question_id)
        .join(Audit, col(Audit.id) == AuditQuestion.audit_id)
        .join(Origin, col(Origin.id) == Audit.origin_id)
        .join(Board, col(Board.id) == Audit.board_id)
        .join(Agency, col(Agency.id) == AuditResult.agency_id)
        .join(Seat, audit_rows.seat_of_who_answered())
        .where(*audit_rows.known(view, audit), col(AuditResult.case_number).is_not(None), *mine)
        .order_by(col(AuditQuestion.position), Seat.name, col(AuditResult.case_number))
    )
