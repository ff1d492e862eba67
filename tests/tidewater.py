"""The invented board in a SQLite database, loaded once for each day and only read by the tests."""

from collections import Counter
from datetime import date
from functools import lru_cache

from sqlmodel import Session, select

from lscb_core.db.tables import ActionState, Agency
from lscb_core.demo import load
from lscb_core.domain.actions import brag
from tests import databases

FIXED = date(2026, 4, 1)
LATER = date(2027, 1, 15)
DAYS = (FIXED, LATER)


@lru_cache(maxsize=4)
def board_on(today: date) -> Session:
    """A session on the board as loaded on that day. It lives as long as the test run."""
    with databases.sqlite_template() as template:
        database = databases.sqlite_in_memory(template)
        session = Session(database.__enter__())
    load(session, today=today)
    session.commit()
    session.info["database"] = database
    return session


def states_on(session: Session, day: date) -> list[ActionState]:
    """How every action stood on a day."""
    held = select(ActionState).where(ActionState.from_on <= day, ActionState.until_on > day)
    return list(session.exec(held))


def standing(session: Session, day: date) -> Counter:
    """How many actions stood where: 'late', 'due_soon' and so on."""
    return Counter(str(brag(s.status, s.due_on, s.times_moved, day).value) for s in states_on(session, day))


def agency_id(session: Session, slug: str) -> int:
    return session.exec(select(Agency.id).where(Agency.slug == slug)).one()
