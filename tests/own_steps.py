"""A password chosen or changed in one go: its steps in a row, as the pages take them, in one session."""

from datetime import datetime

from sqlmodel import Session

from lscb_core.accounts.choosing import Proved, judged, set_password
from lscb_core.accounts.own import prove_by_code, prove_by_password


def choose_password(session: Session, *, name: str, code: str, new: str, at: datetime) -> None:
    """With a one-time code."""
    _set(session, prove_by_code(session, name=name, code=code, now=at), new, at)


def change_password(session: Session, *, actor: int, old: str, new: str, at: datetime) -> None:
    """By its owner."""
    _set(session, prove_by_password(session, actor=actor, old=old), new, at)


def _set(session: Session, proved: Proved, new: str, at: datetime) -> None:
    chosen = judged(session, proved, new)
    session.rollback()  # what follows is a session of its own
    set_password(session, chosen, at=at)
