"""What happened, by whom and when: the events of the history as somebody may see them.

Every question takes who asks and decides itself: the chair and the manager see their board, the
administrator also what is about no board. Values of fields are repeated only where `READ_AGAIN` says so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.access import Person
from lscb_core.db.tables import Event
from lscb_core.domain.history import NO_CHANGE, Kind, kind_of
from lscb_core.queries.frames import selected
from lscb_core.queries.history_records import told
from lscb_core.queries.history_scope import Asked, check_reader, conditions, in_scope
from lscb_core.queries.view import View

MOST_SHOWN, MOST_TAKEN = 50, 20_000
EVENTS = {
    "event": "number of the event",
    "at": "when (UTC)",
    "kind": "kind of record, a code of Kind",
    "act": "what was done, a code",
    "record_kind": "the record's kind as the history calls it",
    "record": "the record's word in an address, such as action/12 (empty: it has no story)",
    "number": "number of the record; an action's own",
    "name": "what the record is called (empty: nothing more than its number)",
    "who": "by whom",
    "before": "fields before, those that may be read again",
    "after": "the same fields after",
    "note": "note, reason or title",
    "seal": "the event's seal",
}
COLUMNS = ("id", "at", "actor", "record_kind", "record_id", "act", "before", "after", "note", "seal")


@dataclass(frozen=True, slots=True)
class Counted:
    """What the history holds for somebody up to the view's day, without the filters."""

    kinds: dict[Kind, int]
    acts: dict[str, int]
    first: datetime | None
    people: tuple[str, ...]

    @property
    def events(self) -> int:
        """All events."""
        return sum(self.kinds.values())

    @property
    def changes(self) -> int:
        """Events that changed something: no refusal, no check, no coming or going at the door."""
        return self.events - sum(self.acts.get(act, 0) for act in NO_CHANGE)


def events(
    session: Session,
    *,
    view: View,
    who: Person,
    asked: Asked | None = None,
    most: int = MOST_SHOWN,
    skip: int = 0,
) -> pd.DataFrame:
    """Events that fit the filters, the newest first: `most` of them after `skip`. Columns: EVENTS.

    Raises NotOpen.
    """
    check_reader(session, view, who)
    rows = selected(session, _wanted(view, who, asked or Asked()).limit(most).offset(skip))
    return pd.DataFrame(told(session, view, who, rows), columns=list(EVENTS))


def how_many(session: Session, *, view: View, who: Person, asked: Asked) -> int:
    """How many events fit the filters. Raises NotOpen."""
    check_reader(session, view, who)
    fitting = sa.select(sa.func.count()).select_from(Event)
    return int(
        session.connection()
        .execute(fitting.where(*in_scope(view, who), *conditions(view, asked)))
        .scalar_one()
    )


def _wanted(view: View, who: Person, asked: Asked) -> Any:
    columns = (col(getattr(Event, name)) for name in COLUMNS)
    fitting = sa.select(*columns).where(*in_scope(view, who), *conditions(view, asked))
    return fitting.order_by(col(Event.id).desc())


def counted(session: Session, *, view: View, who: Person) -> Counted:
    """What there is in all, by kind and act, since when, and by whom. Raises NotOpen."""
    check_reader(session, view, who)
    kind, act, by = col(Event.record_kind), col(Event.act), col(Event.actor)
    grouped = (
        sa.select(kind, act, by, sa.func.count().label("events"), sa.func.min(col(Event.at)).label("first"))
        .where(*in_scope(view, who))
        .group_by(kind, act, by)
    )
    rows = session.connection().execute(grouped).all()
    kinds: dict[Kind, int] = {}
    acts: dict[str, int] = {}
    for row in rows:
        which = kind_of(row.record_kind, row.act)
        kinds[which] = kinds.get(which, 0) + row.events
        acts[row.act] = acts.get(row.act, 0) + row.events
    people = tuple(sorted({row.actor for row in rows}))
    return Counted(kinds, acts, min((row.first for row in rows), default=None), people)
