"""That the chain of seals was checked is itself something that happened."""

from datetime import datetime

from sqlmodel import Session

from lscb_core.db.access import ActorId, may
from lscb_core.db.recording import record
from lscb_core.db.sealing import Verified
from lscb_core.domain.history import CHECKED
from lscb_core.domain.permissions import Act


def note_check(session: Session, *, actor: ActorId, board_id: int, found: Verified, at: datetime) -> None:
    """Write down that the whole chain was checked, and what came of it. Commits. Raises NotPermitted."""
    who = may(session, actor, Act.SEE_HISTORY, board_id=board_id)
    record(
        session,
        who=who,
        board_id=board_id,
        record_kind="history",
        record_id=found.events,
        act=CHECKED,
        before={},
        after={"events": found.events, "broken_at": found.broken_at},
        at=at,
    )
    session.commit()
