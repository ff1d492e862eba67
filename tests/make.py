"""Builders of small rows for tests. Each returns what it added, flushed, with its number.

A builder takes only what a test cares about; the rest is plain and the same every time.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlmodel import Session, select

from lscb_core.config import now
from lscb_core.db.base import FOREVER
from lscb_core.db.tables import (
    Account,
    Action,
    ActionPriority,
    ActionState,
    ActionSubGroup,
    Agency,
    Area,
    Board,
    DataRevision,
    DeathCount,
    DeathExact,
    Meeting,
    Origin,
    PanelLesson,
    Priority,
    RoleGrant,
    Seat,
    SignIn,
    SubGroup,
)
from lscb_core.domain.vocab import ActionSource, Role, Status
from lscb_core.queries.view import View

TODAY = date(2025, 4, 30)
NOW = datetime(2025, 4, 30, 9, 30, tzinfo=UTC)
_numbers = count(1)
BINDING = "b" * 64
"""The hash of the cookie of a browser in which nobody is signed in."""


def added(session: Session, row):
    session.add(row)
    session.flush()
    return row


def origin(session: Session, key: str = "test") -> Origin:
    found = session.exec(select(Origin).where(Origin.key == key)).first()
    return found or added(session, Origin(key=key, kind="form", title="Made by a test"))


def board(session: Session, slug: str = "testford", **fields) -> Board:
    area = added(session, Area(code=f"area-{slug}", name=slug.title(), kind="council"))
    if session.get(DataRevision, 1) is None:
        session.add_all(DataRevision(id=row, number=1) for row in (1, 2))
        session.flush()
    named = {"name": f"{slug.title()} board", "short_name": slug.title()} | fields
    return added(session, Board(slug=slug, area_id=area.id, **named))


def agency(session: Session, on: Board, slug: str = "police", name: str = "") -> Agency:
    """The agency, seated on the board; the same slug on another board is the same agency."""
    found = session.exec(select(Agency).where(Agency.slug == slug)).first()
    found = found or added(session, Agency(slug=slug, name=name or slug.title()))
    added(session, Seat(board_id=on.id, agency_id=found.id, name=name or slug.title()))
    return found


def seated_board(session: Session, *slugs: str) -> Board:
    """A board with these agencies on it, committed."""
    on = board(session)
    for slug in slugs:
        agency(session, on, slug)
    session.commit()
    return on


def priority(session: Session, on: Board, key: str = "neglect") -> Priority:
    return added(session, Priority(board_id=on.id, key=key, title=key.title()))


def sub_group(
    session: Session, on: Board, slug: str = "quality-assurance", *, is_panel: bool = False
) -> SubGroup:
    return added(session, SubGroup(board_id=on.id, slug=slug, name=slug.title(), is_panel=is_panel))


def meeting(session: Session, on: Board, held_on: date) -> Meeting:
    return added(session, Meeting(board_id=on.id, held_on=held_on))


def account(
    session: Session,
    role: Role,
    on: Board | None,
    *,
    leads: Agency | None = None,
    sits_in: SubGroup | None = None,
    label: str = "",
) -> int:
    """An account with one role; its number is what commands take as the actor."""
    who = added(
        session,
        Account(name=f"{role.value}-{next(_numbers)}", label=label or role.label, password_hash="none"),
    )
    grant = RoleGrant(
        account_id=who.id,
        role=role,
        board_id=on.id if on else None,
        agency_id=leads.id if leads else None,
        sub_group_id=sits_in.id if sits_in else None,
    )
    added(session, grant)
    return who.id


def action(
    session: Session,
    on: Board,
    *,
    owner: Agency | None = None,
    due: date | None = None,
    status: Status = Status.IN_PROGRESS,
    raised: date = TODAY - timedelta(days=200),
    moved: int = 0,
    first_due: date | None = None,
    title: str = "Do what was promised",
    source: ActionSource = ActionSource.AUDIT,
    serves: Priority | None = None,
    answered_by: SubGroup | None = None,
    **state,
) -> Action:
    """An action in one state since the day it was raised."""
    promise = added(
        session,
        Action(
            board_id=on.id,
            number=next(_numbers),
            title=title,
            source_kind=source,
            raised_on=raised,
            origin_id=origin(session).id,
        ),
    )
    first = ActionState(
        action_id=promise.id,
        board_id=on.id,
        version=1,
        from_on=raised,
        status=status,
        agency_id=owner.id if owner else None,
        due_on=due,
        first_due_on=first_due or due,
        times_moved=moved,
        changed_by="Board manager",
        changed_at=datetime(raised.year, raised.month, raised.day, tzinfo=UTC),
        **state,
    )
    added(session, first)
    if serves:
        added(session, ActionPriority(action_id=promise.id, priority_id=serves.id))
    if answered_by:
        added(session, ActionSubGroup(action_id=promise.id, sub_group_id=answered_by.id))
    return promise


def next_state(session: Session, promise: Action, on_day: date, **changes) -> ActionState:
    """End the action's last state on a day and begin another."""
    last = session.exec(
        select(ActionState).where(ActionState.action_id == promise.id, ActionState.until_on == FOREVER)
    ).one()
    kept = last.model_dump(exclude={"id", "version", "from_on", "until_on"})
    last.until_on = on_day
    promise.version += 1
    session.add_all([last, promise])
    return added(
        session, ActionState(**{**kept, **changes}, version=promise.version, from_on=on_day, until_on=FOREVER)
    )


def view(on: Board, as_at: date = TODAY, **fields) -> View:
    """A view of the board for somebody without any special right."""
    return View(board_id=on.id, board=on.slug, area_id=on.area_id, as_at=as_at, **fields)


def deaths(session: Session, on: Board, counts: dict, *, year: int = 2025, **fields) -> list[DeathCount]:
    """Cells of the child-death grid: {(dimension, key): number, symbol, or [the number behind a c]}.

    Of the year to 31 March; `span="pooled"` for the five years that end then.
    """
    stored = []
    for (dimension, key), said in counts.items():
        cell = {
            "area_id": on.area_id,
            "period_label": f"{year - 1}-{year % 100:02d}",
            "period_start": date(year - 1, 4, 1),
            "period_end": date(year, 3, 31),
            "known_on": date(year, 3, 31),
            "origin_id": origin(session).id,
            "count": said if isinstance(said, int) else None,
            "symbol": "" if isinstance(said, int) else said if isinstance(said, str) else "c",
        }
        stored.append(added(session, DeathCount(dimension=dimension, key=key, **(cell | fields))))
        if isinstance(said, list):
            added(session, DeathExact(death_count_id=stored[-1].id, count=said[0]))
    return stored


def lesson(session: Session, on: Board, words: str = "Ask about fathers", **fields) -> PanelLesson:
    """Something the panel learned on 1 April 2025, without an action unless one is given."""
    plain = {"learned_on": date(2025, 4, 1), "source": "Test 1"}
    return added(session, PanelLesson(board_id=on.id, lesson=words, **(plain | fields)))


def sign_in(session: Session, actor: int, **fields) -> SignIn:
    """The account signed in just now, in a browser of its own."""
    at = now()
    version = session.get_one(Account, actor).version
    row = {"version": version, "binding": f"{next(_numbers):064x}", "began_at": at, "seen_at": at} | fields
    return added(session, SignIn(account_id=actor, **row))
