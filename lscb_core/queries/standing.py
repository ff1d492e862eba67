"""What was there on a day: what had happened by then, what had not been taken back, what was the newest."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from lscb_core.db.tables import Board
from lscb_core.queries.view import View


def stands(table: Any, as_at: date) -> Any:
    """The condition that a row (of a table with `withdrawn_on`) had not been taken back by that day."""
    gone = col(table.withdrawn_on)
    return sa.or_(gone.is_(None), gone > as_at)


def happened(day: Any, view: View) -> Any:
    """The condition that something had happened by the view's day. Joins: Board.

    What a document tells without a day of its own counts from the board's own day on, else from the first.
    """
    return sa.func.coalesce(day, col(Board.as_at), view.as_at) <= view.as_at


def is_newest(table: Any, names: Iterable[str], as_at: date) -> Any:
    """The condition that no later revision of the row was known that day and stood.

    `names` are the columns that two revisions of one figure have in common.
    """
    later = aliased(table)
    same = [getattr(later, name).is_not_distinct_from(getattr(table, name)) for name in names]
    known = [later.revision > table.revision, later.known_on <= as_at, stands(later, as_at)]
    return ~sa.exists().where(*same, *known)
