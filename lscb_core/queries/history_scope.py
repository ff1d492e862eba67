"""Which events somebody may see, and what the filters of the history make of that: all of it in SQL."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.access import Person, check_open
from lscb_core.db.tables import Action, ActionState, Event, Import, ReturnAsked, RoleGrant
from lscb_core.domain.history import ASIDE, REFUSED, Kind
from lscb_core.domain.permissions import Act
from lscb_core.queries.view import View

LAST_NUMBER = 2**31 - 1
"""No record has a higher number; PostgreSQL refuses to compare with one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the history: codes of `Kind` and of an act, the author's label, days, number, words.

    What is empty narrows nothing. The number is an action's own, else the record's.
    """

    kind: str = ""
    act: str = ""
    by: str = ""
    since: date | None = None
    until: date | None = None
    number: int | None = None
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        """True where any filter is set."""
        return self != Asked()


def check_reader(session: Session, view: View, who: Person) -> None:
    """Raise NotOpen, and note the try, unless this person may read the history of the view's board."""
    check_open(session, who, Act.SEE_HISTORY, board_id=view.board_id)


def sees_all(who: Person) -> bool:
    """True where this person also sees events that are about no board: sign-ins, accounts."""
    return who.may(Act.SEE_HISTORY, board_id=None)


def in_scope(view: View, who: Person) -> list[Any]:
    """Events of the board, for the administrator those of no board too, up to the end of the view's day."""
    board = col(Event.board_id)
    # Not "this board or none": SQLite would then sort every event to find the newest fifty.
    mine = sa.func.coalesce(board, view.board_id) if sees_all(who) else board
    return [mine == view.board_id, col(Event.at) < _midnight_after(view.as_at)]


def conditions(view: View, asked: Asked) -> list[Any]:
    """What the filters, and the view's agency, ask of an event."""
    event = Event
    wanted: list[Any] = []
    if asked.kind:
        wanted.append(of_kind(asked.kind))
    if asked.act:
        wanted.append(col(event.act) == asked.act)
    if asked.by:
        wanted.append(col(event.actor) == asked.by)
    if asked.since:
        wanted.append(col(event.at) >= _midnight(asked.since))
    if asked.until:
        wanted.append(col(event.at) < _midnight_after(asked.until))
    if asked.number is not None:
        wanted.append(_numbered(view, asked.number))
    if asked.words:
        wanted.append(col(event.note).icontains(asked.words, autoescape=True))
    return wanted + ([_of_agency(view, view.agency_id)] if view.agency_id is not None else [])


def of_kind(kind: str) -> Any:
    """The condition for a kind of record; nothing is of a kind that there is not. As `history.kind_of`."""
    record, act = col(Event.record_kind), col(Event.act)
    refused, aside = act == REFUSED, act.in_(ASIDE)
    files = sa.or_(record == "import", sa.and_(record.not_in(("action", "account")), aside))
    kinds: dict[str, Any] = {
        Kind.REFUSALS: refused,
        Kind.ACCOUNTS: sa.and_(record == "account", sa.not_(refused)),
        Kind.ACTIONS: sa.and_(record == "action", sa.not_(refused)),
        Kind.FILES: sa.and_(files, sa.not_(refused)),
        Kind.SETTINGS: sa.and_(record.not_in(("action", "account")), sa.not_(files), sa.not_(refused)),
    }
    return kinds.get(kind, sa.false())


def _numbered(view: View, number: int) -> Any:
    if not 0 <= number <= LAST_NUMBER:
        return sa.false()
    actions = sa.select(col(Action.id)).where(
        col(Action.board_id) == view.board_id, col(Action.number) == number
    )
    is_action = col(Event.record_kind) == "action"
    return sa.or_(
        sa.and_(is_action, col(Event.record_id).in_(actions)),
        sa.and_(sa.not_(is_action), col(Event.record_id) == number),
    )


def _of_agency(view: View, agency_id: int) -> Any:
    """Events of records that the agency owns, has owned or has sent, and of accounts that lead it."""
    theirs = {
        "action": _rows(ActionState.action_id, ActionState, view, agency_id),
        "import": _rows(Import.id, Import, view, agency_id),
        "return_asked": _rows(ReturnAsked.id, ReturnAsked, view, agency_id),
        "account": _rows(RoleGrant.account_id, RoleGrant, view, agency_id),
    }
    return sa.or_(
        *(
            sa.and_(col(Event.record_kind) == kind, col(Event.record_id).in_(rows))
            for kind, rows in theirs.items()
        )
    )


def _rows(number: Any, table: Any, view: View, agency_id: int) -> Any:
    return sa.select(col(number)).where(
        col(table.board_id) == view.board_id, col(table.agency_id) == agency_id
    )


def _midnight(on: date) -> datetime:
    """The moment at which a day begins where the server stands."""
    return datetime.combine(on, time()).astimezone()


def _midnight_after(on: date) -> datetime:
    return _midnight(on + timedelta(days=1))
