"""The board's other work as it stood on a day: challenges, inspections, section 11, training."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, Board, Challenge, Inspection, Seat, Section11Score, Training
from lscb_core.domain.codes import SECTION_11_STANDARDS
from lscb_core.queries.frames import frame
from lscb_core.queries.seats import seat_of
from lscb_core.queries.standing import happened
from lscb_core.queries.view import View

CHALLENGES = {
    "raised_on": "raised on (empty: no day given)",
    "raised_by": "who asked",
    "asked_of": "who was asked",
    "agency_slug": "the agency's word in an address (empty: no single agency)",
    "question": "question",
    "answer": "answer (empty: none by the view's day)",
    "answered_on": "answered on (empty: not answered, or no day given)",
    "changed": "what changed (empty: nothing so far)",
    "source": "source",
}
INSPECTIONS = {
    "inspected_on": "inspected on (empty: no day given)",
    "inspector": "inspectorate",
    "subject": "what was inspected",
    "judgement": "judgement: a grade's code (empty: not reported)",
    "note": "note",
    "source": "source",
}
SECTION_11 = {
    "agency": "agency (empty: all together)",
    "standard": "standard",
    "own": "own score, 0 to 3 (empty: not reported)",
    "challenged": "score after the board's challenge, 0 to 3 (empty: not challenged)",
    "returned_on": "returned on (empty: no day given)",
    "status": "how far the return has come",
    "evidence": "evidence",
    "note": "note",
    "source": "source",
}
TRAINING = {
    "title": "course",
    "period": "period",
    "period_end": "last day of the period (empty: no day given)",
    "places": "places offered (empty: not given)",
    "booked": "places booked (empty: not given)",
    "attended": "people who came (empty: not given)",
    "note": "note",
    "source": "source",
}
_TOGETHER = "All standards together"


def challenges(session: Session, *, view: View) -> pd.DataFrame:
    """What was asked of whom by the view's day, newest first; later answers are left out.

    Of one agency where the view names one. Columns: CHALLENGES.
    """
    ask = Challenge
    later = col(ask.answered_on) > view.as_at
    told: dict[str, Any] = {
        name: sa.case((later, ""), else_=col(getattr(ask, name))) for name in ("answer", "changed")
    }
    told["answered_on"] = sa.case((later, None), else_=col(ask.answered_on))
    told["agency_slug"] = sa.func.coalesce(Agency.slug, "")
    columns = [told[name] if name in told else col(getattr(ask, name)) for name in CHALLENGES]
    known: Any = (
        sa.select(*(column.label(name) for name, column in zip(CHALLENGES, columns, strict=True)))
        .join(Board, col(Board.id) == ask.board_id)
        .join(Agency, col(Agency.id) == ask.agency_id, isouter=True)
        .where(col(ask.board_id) == view.board_id, happened(ask.raised_on, view))
        .order_by(col(ask.raised_on).desc(), col(ask.id))
    )
    if view.agency_id is not None:
        known = known.where(col(ask.agency_id) == view.agency_id)
    return frame(session, known, CHALLENGES)


def inspections(session: Session, *, view: View) -> pd.DataFrame:
    """What inspectors had said by the view's day, newest first. Columns: INSPECTIONS."""
    seen = Inspection
    known: Any = (
        sa.select(*(col(getattr(seen, name)) for name in INSPECTIONS))
        .join(Board, col(Board.id) == seen.board_id)
        .where(col(seen.board_id) == view.board_id, happened(seen.inspected_on, view))
        .order_by(col(seen.inspected_on).is_(None), col(seen.inspected_on).desc(), col(seen.id))
    )
    return frame(session, known, INSPECTIONS)


def section_11(session: Session, *, view: View) -> pd.DataFrame:
    """Each agency's last section 11 return known on the view's day, standard by standard.

    Of one agency where the view names one. Columns: SECTION_11.
    """
    listed = _scores(session, view)
    newest = listed.groupby("agency")["returned_on"].transform("max")
    last = listed[(listed["returned_on"] == newest) | listed["returned_on"].isna()]
    named = last["standard"].map(lambda key: SECTION_11_STANDARDS.get(key, key) or _TOGETHER)
    whole = {"own": "Int64", "challenged": "Int64"}
    return last.assign(standard=named).reset_index(drop=True).astype(whole)


def _scores(session: Session, view: View) -> pd.DataFrame:
    score = Section11Score
    known: Any = (
        sa.select(
            sa.func.coalesce(Seat.name, "").label("agency"),
            *(col(getattr(score, name)) for name in SECTION_11 if name != "agency"),
        )
        .join(Board, col(Board.id) == score.board_id)
        .join(Seat, seat_of(score.agency_id, score.board_id), isouter=True)
        .where(col(score.board_id) == view.board_id, happened(score.returned_on, view))
        .order_by(Seat.name, col(score.standard), col(score.id))
    )
    if view.agency_id is not None:
        known = known.where(col(score.agency_id) == view.agency_id)
    return frame(session, known, SECTION_11)


def training(session: Session, *, view: View) -> pd.DataFrame:
    """Courses that had ended by the view's day, newest first; of one agency where the view names one.

    Columns: TRAINING.
    """
    course = Training
    known: Any = (
        sa.select(*(col(getattr(course, name)) for name in TRAINING))
        .join(Board, col(Board.id) == course.board_id)
        .where(col(course.board_id) == view.board_id, happened(course.period_end, view))
        .order_by(col(course.period_end).desc(), col(course.title))
    )
    if view.agency_id is not None:
        known = known.where(col(course.agency_id) == view.agency_id)
    whole = dict.fromkeys(("places", "booked", "attended"), "Int64")
    return frame(session, known, TRAINING).astype(whole)
