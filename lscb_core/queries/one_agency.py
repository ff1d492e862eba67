"""Everything that is held about one agency: the board's judgement, presence, referrals, audits, seats."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import (
    Agency,
    Audit,
    AuditQuestion,
    AuditResult,
    Board,
    Commentary,
    Meeting,
    Observation,
    Origin,
    Seat,
)
from lscb_core.domain.spc import xmr
from lscb_core.queries import audit_rows
from lscb_core.queries.audit_answers import questions
from lscb_core.queries.frames import frame
from lscb_core.queries.measure_series import MOST_POINTS
from lscb_core.queries.standing import is_newest, stands
from lscb_core.queries.thresholds import below_threshold_by_month
from lscb_core.queries.view import View

ATTENDANCE = {
    "attended": "meetings at which the agency was present, of the last twelve",
    "meetings": "meetings to which it was called, of the last twelve",
    "board_attended": "the same, all agencies together",
    "board_meetings": "the same, all agencies together",
    "last_on": "day of the last of these meetings",
}
JUDGEMENT = {
    "text": "the board's judgement",
    "signed_by": "role of the writer",
    "written_on": "written on",
    "source": "source",
}
MONTHS = {
    "period": "last day of the month",
    "below": "referrals below the threshold (empty: hidden or not sent)",
    "referrals": "referrals sent (empty: hidden or not sent)",
    "value": "below of referrals, in percent (empty: hidden, not sent, or under 10 referrals)",
    "type": "what the point tells, a code of domain.spc.Kind",
    "rule": "the rule that marked the point",
    "mean": "average; empty below 12 points",
    "lower": "lower limit of ordinary ups and downs; empty below 12 points",
    "upper": "upper limit of ordinary ups and downs; empty below 12 points",
}
SEATS = {
    "board": "board",
    "board_slug": "the board's word in an address",
    "board_id": "number of the board",
    "name": "what the board calls the agency",
}
JUDGED = "agency_judgement"
ATTENDED = "meetings_attended"
LAST_MEETINGS = 12


def attendance(session: Session, *, view: View) -> pd.DataFrame:
    """The view's agency at the last twelve meetings before the view's day; one row. Columns: ATTENDANCE."""
    seen, mine = Observation, col(Observation.agency_id) == view.agency_id
    last = (
        sa.select(col(Meeting.held_on))
        .where(col(Meeting.board_id) == view.board_id, col(Meeting.held_on) <= view.as_at)
        .order_by(col(Meeting.held_on).desc())
        .limit(LAST_MEETINGS)
    )
    counted: Any = sa.select(
        _sum(mine, seen.numerator).label("attended"),
        _sum(mine, seen.denominator).label("meetings"),
        _sum(sa.true(), seen.numerator).label("board_attended"),
        _sum(sa.true(), seen.denominator).label("board_meetings"),
        sa.func.max(seen.period_end).label("last_on"),
    ).where(
        col(seen.area_id) == view.area_id,
        col(seen.measure) == ATTENDED,
        col(seen.known_on) <= view.as_at,
        col(seen.period_end).in_(last),
        stands(seen, view.as_at),
        is_newest(seen, ("area_id", "measure", "agency_id", "span", "period_end", "label"), view.as_at),
    )
    return frame(session, counted, ATTENDANCE)


def _sum(condition: Any, number: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, col(number)), else_=0)), 0)


def judgement(session: Session, *, view: View) -> pd.DataFrame:
    """What the board last said of the view's agency; one row or none. Columns: JUDGEMENT."""
    said: Any = (
        sa.select(*(col(getattr(Commentary, name)) for name in JUDGEMENT))
        .where(
            col(Commentary.board_id) == view.board_id,
            col(Commentary.measure) == JUDGED,
            col(Commentary.agency_id) == view.agency_id,
            col(Commentary.written_on) <= view.as_at,
        )
        .order_by(col(Commentary.written_on).desc(), col(Commentary.id).desc())
        .limit(1)
    )
    return frame(session, said, JUDGEMENT)


def threshold_months(session: Session, *, view: View) -> pd.DataFrame:
    """The last two years of the agency's share below the threshold against its own ups and downs.

    Hidden months have no value and are passed over by the limits. Columns: MONTHS.
    """
    months = below_threshold_by_month(session, view=view).tail(MOST_POINTS)
    listed = months.rename(columns={"month": "period"}).reset_index(drop=True)
    listed["value"] = (100 * listed["share"].astype("float64")).round(1)
    shown = listed["value"].notna()
    chart = xmr(listed.loc[shown, "value"].tolist(), better="lower")
    listed["type"], listed["rule"] = "common_cause", ""
    listed.loc[shown, "type"] = [kind.value for kind in chart.kinds]
    listed.loc[shown, "rule"] = [rule.value if rule else "" for rule in chart.rules]
    return listed.assign(mean=chart.mean, lower=chart.lower, upper=chart.upper)[list(MONTHS)]


def audit_answers(session: Session, *, view: View) -> pd.DataFrame:
    """The view's agency in the last audit that holds answers of its own: weakest question first.

    Columns: audit_answers.QUESTIONS, and the audit's `title` and `month`.
    """
    newest = session.connection().execute(_last_audit(view)).mappings().first()
    key = newest["key"] if newest else "(none)"
    asked = questions(session, view=view, audit=key)
    own = asked[asked["agency"] != ""].sort_values("share", kind="stable").reset_index(drop=True)
    return own.assign(title=newest["title"] if newest else "", month=newest["month"] if newest else None)


def _last_audit(view: View) -> Any:
    answered = (
        sa.select(col(AuditQuestion.audit_id))
        .join(AuditResult, col(AuditResult.question_id) == AuditQuestion.id)
        .where(col(AuditResult.agency_id) == view.agency_id, col(AuditResult.case_number).is_(None))
    )
    return (
        sa.select(col(Audit.key), col(Audit.title), col(Audit.month))
        .join(Origin, col(Origin.id) == Audit.origin_id)
        .join(Board, col(Board.id) == Audit.board_id)
        .where(*audit_rows.known(view), col(Audit.id).in_(answered))
        .order_by(*audit_rows.newest_first(view))
        .limit(1)
    )


def other_seats(session: Session, *, view: View) -> pd.DataFrame:
    """The other boards on which the view's agency sits; who may open them is asked elsewhere.

    An invented board has no agency in common with a real one.

    Columns: SEATS.
    """
    seats: Any = (
        sa.select(
            col(Board.short_name).label("board"),
            col(Board.slug).label("board_slug"),
            col(Board.id).label("board_id"),
            col(Seat.name),
        )
        .join(Board, col(Board.id) == Seat.board_id)
        .join(Agency, col(Agency.id) == Seat.agency_id)
        .where(
            col(Seat.agency_id) == view.agency_id,
            col(Seat.board_id) != view.board_id,
            col(Board.is_invented) == view.is_invented,
        )
        .order_by(col(Board.short_name))
    )
    return frame(session, seats, SEATS)
