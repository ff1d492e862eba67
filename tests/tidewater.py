"""The invented board in a SQLite database, loaded once for each day and only read by the tests."""

from collections import Counter
from datetime import date
from functools import lru_cache

import numpy as np
from scipy.optimize import linprog
from sqlmodel import Session, select

from lscb_core.db.tables import ActionState, Agency, Meeting
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


def last_meeting(session: Session, today: date) -> date:
    return max(m.held_on for m in session.exec(select(Meeting)) if m.held_on < today)


def tightest(cells: dict, hidden: set, sums: list) -> float:
    """The narrowest range that sums of shown cells leave to a hidden one that counts at least 1."""
    names = sorted(hidden, key=str)
    at = {name: i for i, name in enumerate(names)}
    rows, known = [], []
    for total, parts in sums:
        row = np.zeros(len(names))
        for name, sign in [(total, -1), *((part, 1) for part in parts)]:
            if name in at:
                row[at[name]] += sign
        if row.any():
            rows.append(row)
            shown = [(total, -1), *((part, 1) for part in parts)]
            known.append(-sum(sign * cells[name] for name, sign in shown if name not in at))
    widths = []
    for name in names:
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(names))
            aim[at[name]] = sign
            ends.append(linprog(aim, A_eq=np.array(rows), b_eq=known, bounds=(1, 10_000)).fun * sign)
        widths.append(ends[1] - ends[0])
    return min(widths)
