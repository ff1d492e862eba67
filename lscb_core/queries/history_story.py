"""One record's story: everything that happened to it, from the beginning."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.access import Person
from lscb_core.db.tables import Account, Action, Event, Import
from lscb_core.errors import NotFound
from lscb_core.queries.frames import selected
from lscb_core.queries.history import COLUMNS, EVENTS
from lscb_core.queries.history_records import STORIES, told
from lscb_core.queries.history_scope import LAST_NUMBER, check_reader, in_scope, sees_all
from lscb_core.queries.view import View

MOST_TOLD = 500


@dataclass(frozen=True, slots=True)
class Story:
    """A record and its events, the first one first. Columns: `queries.history.EVENTS`."""

    kind: str
    number: int
    name: str
    events: pd.DataFrame


def story(session: Session, *, view: View, who: Person, record: str) -> Story:
    """What happened to one record, up to the view's day: 'action/12', 'import/3' or 'account/4'.

    An action counts by the number that the board gave it. The last 500 events. Raises NotOpen, and
    NotFound where there is no such record, or none that this person may know of.
    """
    check_reader(session, view, who)
    kind, _, word = record.partition("/")
    number = int(word) if word.isdecimal() and len(word) < 10 else 0
    found = _record(session, view, kind, number)
    rows = _rows(session, view, who, kind, found[0]) if found else []
    if found is None or (kind == "account" and not rows and not sees_all(who)):
        raise NotFound("The history holds no such record.", advice="Choose one from the history.")
    events = pd.DataFrame(told(session, view, who, rows), columns=list(EVENTS))
    return Story(kind, number, found[1], events)


def _record(session: Session, view: View, kind: str, number: int) -> tuple[int, str] | None:
    """The record's number in the database and its name."""
    if kind not in STORIES or number > LAST_NUMBER:
        return None
    wanted: dict[str, Any] = {
        "action": sa.select(col(Action.id), col(Action.title)).where(
            col(Action.board_id) == view.board_id, col(Action.number) == number
        ),
        "import": sa.select(col(Import.id), col(Import.title)).where(
            col(Import.board_id) == view.board_id, col(Import.id) == number
        ),
        "account": sa.select(col(Account.id), col(Account.label)).where(col(Account.id) == number),
    }
    found = session.connection().execute(wanted[kind]).first()
    return (found[0], found[1]) if found else None


def _rows(session: Session, view: View, who: Person, kind: str, number: int) -> list[dict[str, object]]:
    """The record's events; an account's on every board for whoever keeps accounts."""
    board, until = in_scope(view, who)
    scope = [until] if kind == "account" and sees_all(who) else [board, until]
    asked = sa.select(*(col(getattr(Event, name)) for name in COLUMNS)).where(
        *scope, col(Event.record_kind) == kind, col(Event.record_id) == number
    )
    newest = selected(session, asked.order_by(col(Event.id).desc()).limit(MOST_TOLD))
    return newest[::-1]
