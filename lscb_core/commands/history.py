"""That the chain of seals was checked, or was found broken, is itself something that happened."""

from datetime import datetime

from sqlmodel import Session

from lscb_core.db.access import ActorId, may
from lscb_core.db.recording import record
from lscb_core.db.sealing import Verified
from lscb_core.domain.history import CHECKED, FOUND_BROKEN
from lscb_core.domain.permissions import Act


def note_check(session: Session, *, actor: ActorId, board_id: int, found: Verified, at: datetime) -> None:
    """Write down that the whole chain was checked, and what came of it. Commits. Raises NotPermitted."""
    who = may(session, actor, Act.SEE_HISTORY, board_id=board_id)
    told = {"events": found.events, "broken_at": found.broken_at}
    about = {"record_id": found.events, "act": CHECKED, "after": told}
    record(session, who=who, board_id=board_id, record_kind="history", before={}, at=at, **about)
    session.commit()


def note_broken(session: Session, *, actor: ActorId, board_id: int, broken_at: int, at: datetime) -> None:
    """Write down that a visit found a wrong event among the newest ones. Commits. Raises NotPermitted.

    It is told from then on, until the whole chain has been checked and holds.
    """
    who = may(session, actor, Act.SEE_HISTORY, board_id=board_id)
    about = {"record_id": broken_at, "act": FOUND_BROKEN, "after": {"broken_at": broken_at}}
    record(session, who=who, board_id=board_id, record_kind="history", before={}, at=at, **about)
    session.commit()
