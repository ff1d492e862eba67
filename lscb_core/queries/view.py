"""The view: one board, as it stood on one day, through chosen filters, for somebody who may see it."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, select

from lscb_core.db.access import ActorId, Person, check_open, person
from lscb_core.db.tables import Agency, Board, Priority, Seat, SubGroup
from lscb_core.domain.periods import day
from lscb_core.domain.permissions import Act
from lscb_core.errors import BadInput, NotFound

FIRST_DAY = date(2000, 1, 1)
"""No board is shown as it stood before: the oldest figures held are of some years later."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asked for, in the words of the address. Nothing of it is trusted."""

    board: str
    as_at: date | None = None
    priority: str | None = None
    sub_group: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What may be shown: only `open_view` and its kin make one, so every query that takes one knows who asks.

    It holds all that an answer depends on and nothing else: it is the key of what is kept in memory.
    `exact_deaths` is true for the chair, the board manager and members of the panel's sub-group only.
    """

    board_id: int
    board: str
    area_id: int
    as_at: date
    is_invented: bool = False
    exact_deaths: bool = False
    priority_id: int | None = None
    sub_group_id: int | None = None
    agency_id: int | None = None

    def without(self, *filters: str) -> "View":
        """The same view with these filters taken off ('priority', 'sub_group', 'agency'; none: all)."""
        off = set(filters or ("priority", "sub_group", "agency"))
        return replace(
            self,
            priority_id=None if "priority" in off else self.priority_id,
            sub_group_id=None if "sub_group" in off else self.sub_group_id,
            agency_id=None if "agency" in off else self.agency_id,
        )

    @property
    def is_part(self) -> bool:
        """A priority or a sub-group is chosen: what cannot be told by them is left out."""
        return self.priority_id is not None or self.sub_group_id is not None

    def at(self, day: date) -> "View":
        """The same view on another day."""
        return replace(self, as_at=day)


def open_view(session: Session, *, actor: ActorId, choice: Choice, today: date) -> View:
    """The view of a person who may read the board.

    Raises NotFound (no such board or filter), NotOpen (no seat on it), BadInput (a day to come).
    """
    return view_for(session, who=person(session, actor), choice=choice, today=today)


def view_for(session: Session, *, who: Person, choice: Choice, today: date) -> View:
    """As `open_view`, for a person whose roles have just been read."""
    board = find_board(session, choice.board)
    assert board.id is not None
    check_open(session, who, Act.READ, board_id=board.id)
    exact = who.may(Act.SEE_EXACT_DEATHS, board_id=board.id)
    return _view(session, board, choice, today, exact=exact)


def operator_view(session: Session, *, choice: Choice, today: date) -> View:
    """The view of whoever holds the server's command line: everything but exact child-death counts."""
    return _view(session, find_board(session, choice.board), choice, today, exact=False)


def find_board(session: Session, slug: str) -> Board:
    """The board of that short name; raises NotFound with the names there are."""
    board = session.exec(select(Board).where(Board.slug == slug)).first()
    if board is None:
        raise NotFound(f"There is no board “{slug}”.", advice="Choose one of the boards in the list.")
    return board


def _view(session: Session, board: Board, choice: Choice, today: date, *, exact: bool) -> View:
    as_at = choice.as_at or min(board.as_at or today, today)
    _check(as_at, today)
    assert board.id is not None
    return View(
        board_id=board.id,
        board=board.slug,
        area_id=board.area_id,
        as_at=as_at,
        is_invented=board.is_invented,
        exact_deaths=exact,
        priority_id=_priority(session, board.id, choice.priority),
        sub_group_id=_sub_group(session, board.id, choice.sub_group),
        agency_id=_agency(session, board.id, choice.agency),
    )


def _check(as_at: date, today: date) -> None:
    """Raise BadInput for a day that no board can be seen on."""
    if as_at > today:
        raise BadInput(f"{day(as_at)} is still to come.", advice="Choose today or a day before it.")
    if as_at < FIRST_DAY:
        raise BadInput(
            f"{day(as_at)} is before everything that is held.", advice=f"Choose {day(FIRST_DAY)} or later."
        )


def _priority(session: Session, board_id: int, key: str | None) -> int | None:
    found = select(Priority.id).where(Priority.board_id == board_id, Priority.key == key)
    return _known(session.exec(found).first(), "priority", key)


def _sub_group(session: Session, board_id: int, slug: str | None) -> int | None:
    found = select(SubGroup.id).where(SubGroup.board_id == board_id, SubGroup.slug == slug)
    return _known(session.exec(found).first(), "sub-group", slug)


def _agency(session: Session, board_id: int, slug: str | None) -> int | None:
    found = select(Agency.id).join(Seat).where(Seat.board_id == board_id, Agency.slug == slug)
    return _known(session.exec(found).first(), "agency", slug)


def _known(found: int | None, what: str, word: str | None) -> int | None:
    if word and found is None:
        raise NotFound(
            f"This board has no {what} “{word}”.", advice="Take the filter off, or choose another."
        )
    return found
