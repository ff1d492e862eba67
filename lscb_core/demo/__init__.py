"""Tidewater: an invented board with five years of everything, to try the dashboard with.

Nothing in it is real. The same day gives the same rows on every machine; all dates hang on that day.
"""

from datetime import date

from sqlmodel import Session

from lscb_core.demo.board import set_the_stage
from lscb_core.demo.clock import Clock

__all__ = ["SLUG", "load"]

SLUG = "tidewater"


def load(session: Session, *, today: date) -> None:
    """Add the board with everything it holds. Adds and flushes; whoever calls commits."""
    set_the_stage(session, Clock(today))
    session.flush()
