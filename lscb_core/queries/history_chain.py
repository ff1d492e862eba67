"""How the chain of seals stands: its length, its last seal, when it was last checked whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db import sealing
from lscb_core.db.access import Person
from lscb_core.db.tables import Event
from lscb_core.domain.history import CHECKED, OF_THE_CHAIN
from lscb_core.queries.history_scope import check_reader
from lscb_core.queries.view import View

LOOKED_AT = 50
"""How many of the newest links are computed anew on a visit."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain as it stands now, whatever the view's day.

    `broken_at`: the first event known to be wrong; `is_noted`: the history itself says so.
    """

    events: int
    head: str
    checked_at: datetime | None
    broken_at: int | None
    is_noted: bool = False


def chain(session: Session, *, view: View, who: Person) -> Chain:
    """The chain, its newest links computed anew (all of them: `whole_chain`). Raises NotOpen."""
    check_reader(session, view, who)
    count = int(session.connection().execute(sa.select(sa.func.count()).select_from(Event)).scalar_one())
    last, _ = _last(session, *OF_THE_CHAIN)
    _, at = _last(session, CHECKED)
    noted = last.get("broken_at")
    wrong = [noted, sealing.verify_last(session, LOOKED_AT).broken_at]
    broken_at = min((event for event in wrong if event is not None), default=None)
    return Chain(count, sealing.head(session), at, broken_at, noted is not None)


def _last(session: Session, *acts: str) -> tuple[dict[str, Any], datetime | None]:
    """What was last found out about the chain, on whichever board somebody looked, and when."""
    asked = (
        sa.select(col(Event.after), col(Event.at))
        .where(col(Event.record_kind) == "history", col(Event.act).in_(acts))
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    found = session.connection().execute(asked).first()
    return (dict(found[0]), found[1]) if found else ({}, None)


def whole_chain(session: Session, *, view: View, who: Person) -> sealing.Verified:
    """Every seal computed anew. Takes some seconds for 100,000 events. Raises NotOpen."""
    check_reader(session, view, who)
    return sealing.verify(session)
