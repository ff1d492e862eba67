"""Asking agencies for their returns: which, how often and by when."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from lscb_core.commands.action_states import check_seat
from lscb_core.db.access import ActorId, Person, may
from lscb_core.db.recording import record
from lscb_core.db.tables import ReturnAsked
from lscb_core.domain.periods import month_end
from lscb_core.domain.permissions import Act
from lscb_core.domain.returns import TITLES, Every
from lscb_core.errors import BadInput, NotFound

LONGEST_WAIT = 366
NAMES = ("agency_id", "template", "every", "first_period_end", "until", "days_allowed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A return as it is asked for: of whom, how often, from which period on, days allowed after its end."""

    agency_id: int
    template: str
    every: Every
    first_period_end: date
    days_allowed: int


def ask_return(session: Session, *, actor: ActorId, board_id: int, wanted: Wanted, at: datetime) -> int:
    """Ask an agency for a return, or change how it is asked for; gives back its number. Commits.

    Raises NotPermitted, BadInput.
    """
    who = may(session, actor, Act.EDIT_REGISTER, board_id=board_id)
    _check(session, board_id, wanted)
    asked = session.exec(
        select(ReturnAsked).where(
            ReturnAsked.board_id == board_id,
            ReturnAsked.agency_id == wanted.agency_id,
            ReturnAsked.template == wanted.template,
        )
    ).first()
    before = _said(asked) if asked else {}
    fields = {**asdict(wanted), "every": wanted.every.value, "until": None}
    row = asked or ReturnAsked(board_id=board_id, **fields)
    for name, value in fields.items():
        setattr(row, name, value)
    _keep(session, who, row, before, "ask_return", at=at)
    assert row.id is not None
    return row.id


def _check(session: Session, board_id: int, wanted: Wanted) -> None:
    check_seat(session, board_id, wanted.agency_id)
    if wanted.template not in TITLES:
        raise BadInput("Not saved: there is no such return.", advice="Choose one of the list.")
    if wanted.first_period_end != month_end(wanted.first_period_end):
        raise BadInput(
            "Not saved: the first period has to end with a month.", advice="Choose the last day of a month."
        )
    if not 0 <= wanted.days_allowed <= LONGEST_WAIT:
        raise BadInput(
            f"Not saved: {wanted.days_allowed:,} days are too many or too few.",
            advice=f"Allow 0 to {LONGEST_WAIT} days after the end of a period.",
        )


def stop_asking(
    session: Session, *, actor: ActorId, board_id: int, asked_id: int, until: date, at: datetime
) -> None:
    """Ask no longer for the periods that end after this day. Commits. Raises NotPermitted, NotFound."""
    who = may(session, actor, Act.EDIT_REGISTER, board_id=board_id)
    row = session.get(ReturnAsked, asked_id, populate_existing=True)
    if row is None or row.board_id != board_id:
        raise NotFound("This return is not asked for.", advice="Choose one from the list.")
    before = _said(row)
    row.until = until
    _keep(session, who, row, before, "stop_asking", at=at)


def _said(row: ReturnAsked) -> dict[str, Any]:
    return {name: getattr(row, name) for name in NAMES}


def _keep(
    session: Session, who: Person, row: ReturnAsked, before: Mapping[str, Any], act: str, *, at: datetime
) -> None:
    session.add(row)
    session.flush()
    assert row.id is not None
    record(
        session,
        who=who,
        board_id=row.board_id,
        record_kind="return_asked",
        record_id=row.id,
        act=act,
        before=before,
        after=_said(row),
        at=at,
    )
    session.commit()
