"""Questions about the threshold document itself: which is in use, since when, what is said of its use."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Board, Finding, Risk, ThresholdDocument, ThresholdLevel
from lscb_core.domain.vocab import ActionSource, Level
from lscb_core.queries.frames import frame
from lscb_core.queries.standing import happened
from lscb_core.queries.view import View

DOCUMENTS = {
    "title": "document or milestone",
    "kind": "document or milestone",
    "rolled_out_on": "in use from (empty: date not given)",
    "precision": "how exactly the day is known: day, month, year or planned",
    "status": "in use or planned",
    "followed_on": "the next document in use from (empty: none, or no document)",
    "note": "note",
    "source": "source",
}
SAID = {"kind": "who says so", "text": "what is said", "on": "when", "source": "source"}
THEME = "Thresholds"
MEASURE = "below_threshold"


def documents(session: Session, *, view: View) -> pd.DataFrame:
    """Threshold documents and milestones known on the view's day, newest first. Columns: DOCUMENTS."""
    held = ThresholdDocument
    dated = sa.case((col(held.precision) == "planned", None), else_=col(held.rolled_out_on))
    listed = (
        sa.select(
            *(col(getattr(held, name)) for name in DOCUMENTS if name != "followed_on"),
            _followed_on().label("followed_on"),
        )
        .join(Board, col(Board.id) == held.board_id)
        .where(
            col(held.board_id) == view.board_id,
            happened(dated, view),
        )
        .order_by(
            sa.case((col(held.kind) == "document", 0), else_=1),
            sa.case((col(held.rolled_out_on).is_(None), 1), else_=0),
            col(held.rolled_out_on).desc(),
            col(held.id),
        )
    )
    return frame(session, listed, DOCUMENTS)


def _followed_on() -> Any:
    """The day of the next document, among those in use whose day is known."""
    held, since = ThresholdDocument, col(ThresholdDocument.rolled_out_on)
    in_turn = sa.and_(col(held.kind) == "document", col(held.precision) != "planned", since.is_not(None))
    following = sa.func.lead(since).over(partition_by=sa.case((in_turn, 1), else_=0), order_by=since)
    # Without the type SQLite would hand out its text.
    return sa.type_coerce(sa.case((in_turn, following), else_=None), sa.Date)


def in_use(session: Session, *, view: View, between: tuple[date, date]) -> list[tuple[str, date]]:
    """Documents that came into use after the first day and up to the last: (title, day), oldest first."""
    held, since = ThresholdDocument, col(ThresholdDocument.rolled_out_on)
    begun = (
        sa.select(col(held.title), since)
        .where(
            col(held.board_id) == view.board_id,
            col(held.kind) == "document",
            col(held.precision).in_(["day", "month"]),
            since > between[0],
            since <= min(between[1], view.as_at),
        )
        .order_by(since)
    )
    return [(row.title, row.rolled_out_on) for row in session.connection().execute(begun)]


def said_of_thresholds(session: Session, *, view: View) -> pd.DataFrame:
    """What inspections, audits, reports and the risk list say of their use, newest first. Columns: SAID.

    What was said several times is listed once, as last said.
    """
    told = [*_findings(session, view), *_risks(session, view)]
    told.sort(key=lambda row: row["on"] or date.min, reverse=True)
    latest = {row["text"]: row for row in reversed(told)}
    return pd.DataFrame([row for row in told if row is latest[row["text"]]], columns=list(SAID))


def _findings(session: Session, view: View) -> list[dict[str, Any]]:
    found = _told(Finding, col(Finding.found_on)).where(
        col(Finding.board_id) == view.board_id, col(Finding.theme) == THEME, happened(Finding.found_on, view)
    )
    rows = session.connection().execute(found.add_columns(col(Finding.source_kind))).mappings()
    return [{**row, "kind": ActionSource.of(row["source_kind"]).label} for row in rows]


def _risks(session: Session, view: View) -> list[dict[str, Any]]:
    found = _told(Risk, col(Risk.noted_on), text=col(Risk.title)).where(
        col(Risk.board_id) == view.board_id, col(Risk.measure) == MEASURE, happened(Risk.noted_on, view)
    )
    return [{**row, "kind": "Risk list"} for row in session.connection().execute(found).mappings()]


def _told(table: Any, on: Any, *, text: Any = None) -> Any:
    words = col(table.text) if text is None else text
    told = sa.select(words.label("text"), on.label("on"), col(table.source), col(table.id))
    return told.join(Board, col(Board.id) == table.board_id).order_by(col(table.id))


def level_names(session: Session, *, view: View) -> dict[str, str]:
    """The board's own names of the four levels, the common names where it has none."""
    held = sa.select(col(ThresholdLevel.level), col(ThresholdLevel.label)).where(
        col(ThresholdLevel.board_id) == view.board_id
    )
    own = {row.level: row.label for row in session.connection().execute(held)}
    return {str(level.value): own.get(level.value, level.label) for level in Level}
