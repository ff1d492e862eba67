"""Questions about actions: which are late, who holds them, where they came from, what became of one."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.db.tables import Action, ActionState, Agency, Seat
from lscb_core.domain.actions import LATE_BAND_DAYS, days_overdue, what_changed
from lscb_core.domain.vocab import Brag
from lscb_core.queries import action_rows
from lscb_core.queries.frames import frame
from lscb_core.queries.seats import seat_of
from lscb_core.queries.view import View

MOST_SHOWN = 500

ACTIONS = {
    "action_id": "action",
    "number": "action number",
    "now": "where it stands",
    "days_late": "days past the agreed date",
    "title": "what was promised",
    "agency": "who (empty: no owner named)",
    "agency_slug": "the agency's word in an address",
    "due_on": "agreed date",
    "first_due_on": "first date",
    "days_late_from_first": "days past the first date",
    "times_moved": "times moved",
    "status": "status as its owner says",
    "source_kind": "where it came from",
    "audit": "audit it came from",
    "raised_on": "raised on",
    "note": "last note",
    "note_on": "day of the last note",
    "closed_on": "closed on",
    "source": "source",
}
BY_AGENCY = {
    "agency": "lead agency",
    "agency_slug": "the agency's word in an address",
    "open": "open actions",
    "over_28": "late by more than 28 days",
    "up_to_28": "late by 28 days or fewer",
    "longest": "days late of its longest late action",
}
BY_SOURCE = {"source_kind": "where actions came from", "open": "open actions", "late": "late actions"}
HISTORY = {
    "on": "when",
    "what": "what changed",
    "who": "who",
    "note": "note or reason",
    "evidence": "where the evidence is",
}


def actions(
    session: Session,
    *,
    view: View,
    only: Collection[Brag] = (),
    no_owner: bool = False,
    most: int = MOST_SHOWN,
) -> pd.DataFrame:
    """Actions as they stood on the view's day, longest overdue first. Columns: ACTIONS.

    Standings, statuses and sources are codes (`Brag.of`, `Status.of`, `ActionSource.of` give their words).
    `only` keeps these standings, `no_owner` open actions of nobody, both together either (neither: all);
    at most `most` rows, the latest first.
    """
    wanted = action_rows.any_of(view, only, no_owner=no_owner)
    found = session.connection().execute(action_rows.rows(view, *wanted).limit(most))
    return with_days([dict(row) for row in found.mappings()], view.as_at)


def with_days(listed: list[dict[str, Any]], as_at: date) -> pd.DataFrame:
    """Rows of `action_rows.rows` with their days late, from the agreed and from the first date.

    Columns: ACTIONS.
    """
    for row in listed:
        row["days_late"] = days_overdue(row["due_on"], row["status"], as_at)
        row["days_late_from_first"] = days_overdue(row["first_due_on"], row["status"], as_at)
    return pd.DataFrame(listed, columns=list(ACTIONS))


def overdue_actions(session: Session, *, view: View) -> pd.DataFrame:
    """Open actions past their date, longest overdue first. Columns: ACTIONS."""
    return actions(session, view=view, only=(Brag.LATE,))


def action_counts(session: Session, *, view: View) -> dict[Brag, int]:
    """How many actions stand where; every standing is there, with 0 if need be."""
    standing = action_rows.brag_on(view.as_at).label("now")
    counted = (
        sa.select(standing, sa.func.count().label("actions"))
        .select_from(ActionState)
        .where(*action_rows.standing(view))
        .group_by(standing)
    )
    found = {Brag.of(row.now): int(row.actions) for row in session.connection().execute(counted)}
    return {each: found.get(each, 0) for each in Brag}


def without_owner(session: Session, *, view: View) -> int:
    """Open actions for which no agency is named."""
    counted = (
        sa.select(sa.func.count())
        .select_from(ActionState)
        .where(*action_rows.standing(view), action_rows.is_nobodys())
    )
    return int(session.connection().execute(counted).scalar_one())


def late_by_agency(session: Session, *, view: View) -> pd.DataFrame:
    """Agencies with open actions, most late first. Columns: BY_AGENCY."""
    late, edge = action_rows.is_late(view), view.as_at - timedelta(days=LATE_BAND_DAYS)
    long_late = sa.and_(late, col(ActionState.due_on) < edge)
    oldest = sa.func.min(sa.case((late, col(ActionState.due_on))))
    counted = (
        sa.select(
            sa.func.coalesce(Seat.name, "No owner named").label("agency"),
            sa.func.coalesce(Agency.slug, "").label("agency_slug"),
            sa.func.count().label("open"),
            action_rows.count_of(long_late).label("over_28"),
            (action_rows.count_of(late) - action_rows.count_of(long_late)).label("up_to_28"),
            oldest.label("oldest"),
        )
        .select_from(ActionState)
        .join(Agency, col(Agency.id) == ActionState.agency_id, isouter=True)
        .join(Seat, seat_of(ActionState.agency_id, ActionState.board_id), isouter=True)
        .where(*action_rows.standing(view), action_rows.is_open())
        .group_by(Seat.name, Agency.slug)
        .order_by(action_rows.count_of(late).desc(), oldest, Seat.name)
    )
    found = session.connection().execute(counted)
    held = pd.DataFrame(found.fetchall(), columns=list(found.keys()))
    held["longest"] = [(view.as_at - on).days if on else 0 for on in held["oldest"].astype(object)]
    return held[list(BY_AGENCY)]


def by_source(session: Session, *, view: View) -> pd.DataFrame:
    """Open and late actions by where they came from, most late first. Columns: BY_SOURCE."""
    late = action_rows.count_of(action_rows.is_late(view))
    counted: Any = (
        sa.select(
            col(Action.source_kind).label("source_kind"), sa.func.count().label("open"), late.label("late")
        )
        .select_from(ActionState)
        .join(Action, col(Action.id) == ActionState.action_id)
        .where(*action_rows.standing(view), action_rows.is_open())
        .group_by(col(Action.source_kind))
        .order_by(late.desc(), sa.func.count().desc())
    )
    return frame(session, counted, BY_SOURCE)


def action_history(session: Session, *, view: View, action_id: int) -> pd.DataFrame:
    """What became of one action up to the view's day, newest first. Columns: HISTORY."""
    states = session.exec(
        select(ActionState)
        .where(
            ActionState.action_id == action_id,
            ActionState.board_id == view.board_id,
            ActionState.from_on <= view.as_at,
        )
        .order_by(col(ActionState.version))
    ).all()
    told = [_told(state, before) for state, before in zip(states, [None, *states], strict=False)]
    return pd.DataFrame(reversed(told), columns=list(HISTORY))


def _told(state: ActionState, before: ActionState | None) -> dict[str, object]:
    return {
        "on": state.from_on,
        "what": what_changed(before.model_dump() if before else None, state.model_dump()),
        "who": state.changed_by,
        "note": state.reason or (state.note if before is None or state.note != before.note else ""),
        "evidence": state.evidence if before is None or state.evidence != before.evidence else "",
    }
