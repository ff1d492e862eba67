"""Every role through every command, on own and others' records: what the table says happens, nothing else."""

from datetime import timedelta
from functools import partial
from itertools import product

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from lscb_core.commands.actions import Seen, assign, redate, update_status
from lscb_core.commands.new_actions import NewAction, add_action
from lscb_core.db.base import Table
from lscb_core.db.tables import Action, Event, RoleGrant
from lscb_core.domain.permissions import TABLE, Act, Reach
from lscb_core.domain.vocab import ActionSource, Role, Status
from lscb_core.errors import BoardError, NotPermitted
from tests import make

NOBODY, ELSEWHERE = None, "on another board"
PLACES = (*Reach, ELSEWHERE)


def step(to: Status):
    """Move an action on."""

    def walk(session: Session, actor: int, action: Action, _agency) -> None:
        words = {"note": "Looked at it.", "evidence": "Minutes, page 4"}
        update_status(session, actor=actor, seen=Seen(action.id, 1), to=to, **words, at=make.NOW)

    return walk


def move_date(session: Session, actor: int, action: Action, _agency) -> None:
    ahead = make.TODAY + timedelta(days=30)
    redate(session, actor=actor, seen=Seen(action.id, 1), due_on=ahead, reason="Agreed", at=make.NOW)


def name_owner(session: Session, actor: int, action: Action, _agency) -> None:
    schools = session.exec(select(make.Agency.id).where(make.Agency.slug == "schools")).one()
    assign(session, actor=actor, seen=Seen(action.id, 1), agency_id=schools, reason="", at=make.NOW)


def add(session: Session, actor: int, action: Action, agency: int | None) -> None:
    new = NewAction("Write the protocol", "", ActionSource.AUDIT, agency_id=agency)
    add_action(session, actor=actor, board_id=action.board_id, new=new, at=make.NOW)


WALKS = {
    "say how far it is": (Act.UPDATE_ACTION, Status.IN_PROGRESS, step(Status.IN_PROGRESS)),
    "mark it complete": (Act.UPDATE_ACTION, Status.NOT_STARTED, step(Status.COMPLETE)),
    "close it": (Act.VERIFY_ACTION, Status.COMPLETE, step(Status.VERIFIED)),
    "open it again": (Act.REOPEN_ACTION, Status.VERIFIED, step(Status.IN_PROGRESS)),
    "take it back": (Act.REOPEN_ACTION, Status.WITHDRAWN, step(Status.IN_PROGRESS)),
    "withdraw it": (Act.WITHDRAW_ACTION, Status.IN_PROGRESS, step(Status.WITHDRAWN)),
    "move its date": (Act.REDATE_ACTION, Status.IN_PROGRESS, move_date),
    "name its owner": (Act.ASSIGN_ACTION, Status.IN_PROGRESS, name_owner),
    "add one": (Act.ADD_ACTION, Status.IN_PROGRESS, add),
}
WALKED = {update_status, redate, assign, add_action}


@pytest.fixture
def world(session):
    """Two boards with the same agencies; an action for each walk at each place."""
    here, there = make.board(session), make.board(session, "elsewhere")
    police, health, _ = [make.agency(session, here, slug) for slug in ("police", "health", "schools")]
    for slug in ("police", "health", "schools"):
        make.agency(session, there, slug)
    owners = {Reach.OWN: police, Reach.OTHER: health, Reach.NONE: None, ELSEWHERE: police}
    actions = {
        (walk, place): make.action(
            session, there if place == ELSEWHERE else here, owner=owners[place], status=WALKS[walk][1]
        )
        for walk, place in product(WALKS, PLACES)
    }
    session.commit()
    return {"here": here, "police": police, "owners": owners, "actions": actions}


def person(session, world, role: Role | None) -> int:
    """The account; without a role it has a name and a password, and nothing else."""
    leads = world["police"] if role is Role.AGENCY_LEAD else None
    actor = make.account(session, role or Role.LAY, world["here"], leads=leads)
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == actor)).one()
    if role is NOBODY:
        session.delete(grant)
    if role is Role.ADMIN:
        grant.board_id = None  # for every board
    session.commit()
    return actor


def everything(session: Session) -> dict[str, list]:
    """Every row of every table."""
    return {
        table.name: sorted(map(repr, session.connection().execute(sa.select(table))))
        for table in Table.metadata.sorted_tables
    }


def refused(session: Session, actor: int, before: dict[str, list]) -> str:
    """'refused', where nothing was changed and the history has one more event: that this person tried."""
    session.rollback()
    after = everything(session)
    events = session.exec(select(Event).order_by(Event.id)).all()[len(before["event"]) :]
    told = [(event.account_id, event.act) for event in events]
    if {**after, "event": []} != {**before, "event": []}:
        return "refused, but something was changed"
    return "refused" if told == [(actor, "refused")] else f"refused, but the history has {told}"


def outcome(session, world, actor: int, walk: str, place, *, before) -> str:
    act, _, step = WALKS[walk]
    agency = world["owners"][place]
    number = agency.id if agency else None
    tried = partial(step, session, actor, world["actions"][walk, place], number)
    return attempted(session, actor, tried, act=act, before=before)


def attempted(session, actor: int, command, *, act: str, before) -> str:
    """'done', 'refused' without a trace, or what went wrong.

    `act`: what the history calls the command; `before`: everything there was.
    """
    try:
        command()
    except NotPermitted:
        return refused(session, actor, before)
    except BoardError as other:
        return f"not refused, but: {other}"
    newest = session.exec(select(Event).order_by(Event.id.desc())).first()
    is_told = newest and (newest.account_id, newest.act) == (actor, act)
    return "done" if is_told else "done, and not told in the history"


def expected(role: Role | None, act: Act, place) -> str:
    """What the table says. A role on one board is none on another."""
    if role is NOBODY or place == ELSEWHERE:
        return "refused"
    return "done" if place in TABLE[role].get(act, ()) else "refused"


@pytest.mark.parametrize("role", [*Role, NOBODY])
def test_each_role_can_do_what_the_table_says_and_nothing_else(session, world, role):
    actor = person(session, world, role)
    steps, found, before = list(product(WALKS, PLACES)), {}, everything(session)
    for walk, place in steps:
        found[walk, place] = outcome(session, world, actor, walk, place, before=before)
        before = everything(session)
    assert found == {(walk, place): expected(role, WALKS[walk][0], place) for walk, place in steps}


def test_the_table_gives_each_walk_to_somebody_and_to_somebody_not():
    """Otherwise the walk above could not tell a locked door from a missing one."""
    for walk in WALKS:
        told = {expected(role, WALKS[walk][0], place) for role, place in product(Role, Reach)}
        assert told == {"done", "refused"}, walk
