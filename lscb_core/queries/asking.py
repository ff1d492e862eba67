"""How an answer that is put together from other answers asks for them."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from lscb_core.queries.view import View

Ask = Callable[[Callable[..., Any], View], Any]
"""`ask(query, view)`: the query's answer. A page hands in its own, which keeps what has been asked."""


def asking(session: Session) -> Ask:
    """Ask the database each time."""
    return lambda query, view: query(session, view=view)
