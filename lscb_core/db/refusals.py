"""Every refusal is written into the history: somebody tried what the role does not allow."""

import logging
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.config import now
from lscb_core.db.sealing import seal
from lscb_core.db.tables import Board, Event

log = logging.getLogger("lscb")
MOST_A_MINUTE = 300


def note_refusal(
    session: Session, actor: int, label: str, act: str, *, board_id: int | None, agency_id: int | None = None
) -> None:
    """Undo what the session has not committed, then write the refusal and commit it. `act`: what was tried.

    Whoever is refused is refused also where nothing can be written: then the log alone has it. So it does
    from the 300th refusal of one act within a minute: the history keeps all, and nobody may flood it.
    """
    session.rollback()
    try:
        session.connection(execution_options={"writes": True})  # SQLite: take the writer's place at once
        if _lately(session, actor, act) >= MOST_A_MINUTE:
            session.rollback()
            log.warning("refused %s to account %s once more", act, actor)
            return
        board = session.get(Board, board_id) if board_id is not None else None
        tried = {"act": str(act), "agency_id": agency_id}
        event = Event(
            at=now(), actor=label, record_kind="account", record_id=actor, act="refused", after=tried
        )
        event.account_id, event.board_id = actor if actor > 0 else None, board.id if board else None
        seal(session, event)
        session.commit()
    except (sa.exc.DBAPIError, sa.exc.TimeoutError) as problem:
        session.rollback()
        log.warning("refused %s to account %s, and could not write it down", act, actor, exc_info=problem)


def _lately(session: Session, actor: int, act: str) -> int:
    """How often this act was refused to this account within the last minute."""
    mine = sa.select(col(Event.after)).where(
        col(Event.record_kind) == "account",
        col(Event.record_id) == actor,
        col(Event.act) == "refused",
        col(Event.at) > now() - timedelta(minutes=1),
    )
    tried = session.connection().execute(mine).scalars()
    return sum(each.get("act") == act for each in tried)
