"""Noticing what an answer rests on: from the very questions that the database is asked for it.

An update of an action changes the tables of STATES and no other. What was worked out without reading one of
them stays right, so that a save need not empty the memory of every page. Nothing is declared by hand:
whoever asks about actions is noticed, however deep in the code.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.db.tables import Action, ActionState, Event

STATES = (Action, ActionState, Event)
"""All that a new state of an action writes."""
_NAMED = re.compile(rf"\b(?:{'|'.join(str(table.__tablename__) for table in STATES)})\b", re.IGNORECASE)


class Noticed:
    """What has been noticed so far: whether anything rests on the states of actions."""

    def __init__(self, *, rests: bool) -> None:
        self.rests_on_states = rests


_open: ContextVar[tuple[Noticed, ...]] = ContextVar("noticed", default=())


@contextmanager
def noticing(session: Session) -> Iterator[Noticed]:
    """Notice what is read until the block ends, here and in every block around it.

    Rows that the session has already loaded may be handed out without a question, so they count as read.
    """
    mine = Noticed(rests=any(isinstance(row, STATES) for row in session.identity_map.values()))
    token = _open.set((*_open.get(), mine))
    try:
        yield mine
    finally:
        _open.reset(token)


def note_states() -> None:
    """Something that rests on the states of actions has been read, from memory or from the database."""
    for each in _open.get():
        each.rests_on_states = True


def rests_so_far() -> bool:
    """Whether the outermost block has read any of it; also where there is none, and nobody noticed."""
    noticed = _open.get()
    return not noticed or noticed[0].rests_on_states


def listen(engine: sa.Engine) -> None:
    """Look at every question that goes to this database."""
    sa.event.listen(engine, "before_cursor_execute", _look)


def _look(_connection: sa.Connection, _cursor: Any, statement: str, *_more: Any) -> None:
    if _open.get() and _names_states(statement):
        note_states()


@lru_cache(maxsize=4096)
def _names_states(statement: str) -> bool:
    # A word too many (a column that is called so) costs a page some time; one too few cannot be.
    return _NAMED.search(statement) is not None
