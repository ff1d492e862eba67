"""What the filters offer on a board, and how the board is named on screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from lscb_core.db.tables import Agency, Board, Meeting, Observation, Priority, Seat, SubGroup
from lscb_core.domain.periods import month_end, months_back
from lscb_core.domain.vocab import BoardKind
from lscb_core.queries.standing import stands
from lscb_core.queries.view import View

QUARTERS_BACK = 8


@dataclass(frozen=True, slots=True)
class Named:
    """One choice of a filter: its number, its word in the address, its words on screen."""

    id: int
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything a filter row needs, in the order in which it is offered."""

    board_name: str
    board_kind: BoardKind
    is_invented: bool
    note: str
    days: tuple[date, ...]
    priorities: tuple[Named, ...]
    sub_groups: tuple[Named, ...]
    agencies: tuple[Named, ...]

    def agency(self, agency_id: int | None) -> Named | None:
        """The agency of that number, as the board names it."""
        return next((each for each in self.agencies if each.id == agency_id), None)

    def priority(self, priority_id: int | None) -> Named | None:
        """The priority of that number."""
        return next((each for each in self.priorities if each.id == priority_id), None)

    def sub_group(self, sub_group_id: int | None) -> Named | None:
        """The sub-group of that number."""
        return next((each for each in self.sub_groups if each.id == sub_group_id), None)


def choices(session: Session, *, view: View, today: date) -> Choices:
    """What this board's filters offer."""
    board = session.get_one(Board, view.board_id)
    return Choices(
        board_name=board.name,
        board_kind=board.kind,
        is_invented=board.is_invented,
        note=board.note,
        days=_days(session, board, today),
        priorities=_priorities(session, view),
        sub_groups=_sub_groups(session, view),
        agencies=_agencies(session, view),
    )


def _days(session: Session, board: Board, today: date) -> tuple[date, ...]:
    """Days worth opening: today and the board's own day, its meetings, ends of quarters; none to come.

    For a board told by published reports also the end of each year whose statistics are there: they go on.
    """
    newest = min(board.as_at or today, today)
    meetings: Sequence[date] = session.exec(
        select(col(Meeting.held_on)).where(Meeting.board_id == board.id, Meeting.held_on <= newest)
    ).all()
    ends: set[date] = {month_end(months_back(newest, month)) for month in range(1, 3 * QUARTERS_BACK + 1)}
    quarters = {end for end in ends if end.month % 3 == 0 and end <= newest}
    later = _statistics(session, board, today) if board.as_at else set()
    return tuple(sorted({newest, today, *meetings, *quarters, *later}, reverse=True))


def _statistics(session: Session, board: Board, today: date) -> set[date]:
    """The 31 December after each year to 31 March for which the area's statistics are held."""
    years = session.exec(
        select(col(Observation.period_end))
        .where(
            Observation.area_id == board.area_id,
            Observation.measure == "referrals",
            Observation.span == "year",
            col(Observation.is_published),
            stands(Observation, today),
        )
        .distinct()
    ).all()
    return {end.replace(month=12, day=31) for end in years if end.replace(month=12, day=31) <= today}


def _priorities(session: Session, view: View) -> tuple[Named, ...]:
    rows = session.exec(
        select(col(Priority.id), col(Priority.key), col(Priority.title))
        .where(Priority.board_id == view.board_id)
        .order_by(col(Priority.kind).desc(), col(Priority.id))
    )
    return tuple(Named(id_ or 0, key, title) for id_, key, title in rows)


def _sub_groups(session: Session, view: View) -> tuple[Named, ...]:
    rows = session.exec(
        select(col(SubGroup.id), col(SubGroup.slug), col(SubGroup.name))
        .where(SubGroup.board_id == view.board_id)
        .order_by(SubGroup.name)
    )
    return tuple(Named(id_ or 0, key, title) for id_, key, title in rows)


def _agencies(session: Session, view: View) -> tuple[Named, ...]:
    rows = session.exec(
        select(col(Agency.id), col(Agency.slug), col(Seat.name))
        .join(Seat, col(Seat.agency_id) == Agency.id)
        .where(Seat.board_id == view.board_id)
        .order_by(Seat.name)
    )
    return tuple(Named(id_ or 0, key, title) for id_, key, title in rows)
