"""What stands on a day: figures whose file was undone are left out from that day on."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col


def stands(table: Any, as_at: date) -> Any:
    """The condition that a row (of a table with `withdrawn_on`) had not been taken back by that day."""
    gone = col(table.withdrawn_on)
    return sa.or_(gone.is_(None), gone > as_at)
