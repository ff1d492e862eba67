"""The briefing before a meeting: which meetings, the figures with their change, what changed since."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from lscb_core.db.tables import Board, Meeting
from lscb_core.queries.asking import Ask, asking
from lscb_core.queries.changes import CHANGES
from lscb_core.queries.changes import changes as changes_between
from lscb_core.queries.key_figures import key_figures, standing_figures
from lscb_core.queries.view import View
from lscb_core.queries.year_figures import Held

FIGURES = {
    "figure": "the figure's word",
    "count": "counted",
    "of": "of",
    "value": "value, in the measure's unit, where it is no count",
    "on": "end of its period, or the day from which it is counted (empty: the view's day)",
    "was_count": "what it is compared with: counted",
    "was_of": "what it is compared with: of",
    "was_value": "what it is compared with: value",
    "against": "what it is compared with: meeting, year (before), board, England, or nothing",
    "note": "data-quality note",
}

WHOLE_BOARD = ("below_threshold", "partners_sending")
"""Counted without regard to priorities and sub-groups."""


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting of the board: the day, and whether that or only the month is known."""

    on: date
    is_day_known: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """The board, its last meeting before the view's day and the first on or after it (None: not known)."""

    board: str
    last: Met | None
    next: Met | None


def occasion(session: Session, *, view: View) -> Occasion:
    """The board's own meetings around the view's day; committees that read its reports do not count."""
    held = select(col(Meeting.held_on), col(Meeting.precision)).where(
        Meeting.board_id == view.board_id, Meeting.kind == "board"
    )
    past = held.where(Meeting.held_on < view.as_at).order_by(col(Meeting.held_on).desc())
    ahead = held.where(Meeting.held_on >= view.as_at).order_by(col(Meeting.held_on))
    last, following = session.exec(past).first(), session.exec(ahead).first()
    board = session.get_one(Board, view.board_id)
    return Occasion(board.short_name, _met(last), _met(following))


def _met(row: Any) -> Met | None:
    return Met(row[0], row[1] == "day") if row else None


def told_since(session: Session, *, view: View) -> date | None:
    """The day of the last meeting, where that is known to the day: changes are told from it."""
    last = occasion(session, view=view).last
    return last.on if last and last.is_day_known else None


def figures(session: Session, *, view: View, ask: Ask | None = None) -> pd.DataFrame:
    """The key figures on the view's day, each beside the one to compare it with. Columns: FIGURES.

    Yearly figures stand beside the year before, published ones beside England, all others beside the
    figure on the day of the last meeting, where the register went back so far. Where a priority or a
    sub-group is chosen, figures that cannot be told by them are left out.
    """
    ask, since = ask or asking(session), told_since(session, view=view)
    now = key_figures(ask, view, since)
    then = standing_figures(ask, view.at(since)) if since else {}
    left_out = WHOLE_BOARD if view.is_part else ()
    rows = [_row(key, held, then.get(key)) for key, held in now.items() if key not in left_out]
    whole = dict.fromkeys(("count", "of", "was_count", "was_of"), "Int64")
    return pd.DataFrame(rows, columns=list(FIGURES)).astype(whole)


def _row(key: str, now: Held, then: Held | None) -> dict[str, Any]:
    was = now.was or (then if not now.against else None)
    against = now.against or ("meeting" if then and not now.was else "")
    return {
        "figure": key,
        **{name: getattr(now, name) for name in ("count", "of", "value", "on", "note")},
        **{f"was_{name}": getattr(was, name, None) for name in ("count", "of", "value")},
        "against": against if was else "",
    }


def changes(session: Session, *, view: View, ask: Ask | None = None) -> pd.DataFrame:
    """What happened since the last meeting; empty where none is known. Columns: changes.CHANGES."""
    since = told_since(session, view=view)
    if since is None:
        return pd.DataFrame(columns=list(CHANGES))
    return changes_between(session, view=view, since=since, ask=ask)
