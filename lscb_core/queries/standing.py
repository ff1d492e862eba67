"""What stands on a day: figures whose file was undone are left out from that day on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col


def stands(table: Any, as_at: date) -> Any:
    """The condition that a row (of a table with `withdrawn_on`) had not been taken back by that day."""
    gone = col(table.withdrawn_on)
    return sa.or_(gone.is_(None), gone > as_at)


def is_newest(table: Any, names: Iterable[str], as_at: date) -> Any:
    """The condition that no later revision of the row was known that day and stood.

    `names` are the columns that two revisions of one figure have in common.
    """
    later = aliased(table)
    same = [getattr(later, name).is_not_distinct_from(getattr(table, name)) for name in names]
    known = [later.revision > table.revision, later.known_on <= as_at, stands(later, as_at)]
    return ~sa.exists().where(*same, *known)
