"""Every role through every command about accounts: the administrator does them all, and nobody else any."""

import pytest
from sqlmodel import select

from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Account, Event, Identity, RoleGrant
from lscb_core.domain.permissions import TABLE, Act
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted
from tests import make
from tests.test_ui_permissions_walk import everything, refused
from tests.walked_accounts import WALKS, Step

NOBODY, ELSEWHERE = "no role", "administrator of one board alone"


@pytest.fixture
def world(session):
    """Somebody with a role, somebody who is disabled, and an administrator who stays."""
    board = make.board(session)
    other = make.account(session, Role.LAY, board)
    gone = make.account(session, Role.LAY, board)
    account = session.get(Account, gone)
    account.name, account.disabled_at = "gone", make.NOW
    make.account(session, Role.ADMIN, None)
    link = Identity(account_id=gone, issuer="https://council.example", subject="gone", linked_at=make.NOW)
    make.added(session, link)
    session.commit()
    return board, other, gone, link.id


def person(session, board, role) -> int:
    if role is OPERATOR:
        return OPERATOR
    known = role if isinstance(role, Role) else Role.LAY if role == NOBODY else Role.ADMIN
    leads = make.agency(session, board) if known is Role.AGENCY_LEAD else None
    actor = make.account(session, known, board, leads=leads)
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == actor)).one()
    if role == NOBODY:
        session.delete(grant)
    if role is Role.ADMIN:
        grant.board_id = None
    session.commit()
    return actor


def outcome(step: Step, walk: str, before) -> str:
    act, go = WALKS[walk]
    try:
        go(step)
    except NotPermitted:
        return refused(step.session, step.actor, before)
    step.session.rollback()
    newest = step.session.exec(select(Event).order_by(Event.id.desc())).first()
    told = newest and (newest.account_id or OPERATOR, newest.act) == (step.actor, act)
    unchanged = everything(step.session) == before
    return "done" if (told if act else unchanged) else "done, and the history does not fit"


@pytest.mark.parametrize("role", [*Role, NOBODY, ELSEWHERE, OPERATOR])
def test_who_keeps_accounts_is_what_the_table_says(session, world, role):
    board, other, gone, link = world
    actor = person(session, board, role)
    grant = session.exec(select(RoleGrant.id).where(RoleGrant.account_id == other)).one()
    step = Step(session, actor, other, grant, gone, board.id, link)
    may = role is OPERATOR or (isinstance(role, Role) and Act.MANAGE_ACCOUNTS in TABLE[role])
    found = {walk: outcome(step, walk, everything(session)) for walk in WALKS}
    assert found == dict.fromkeys(WALKS, "done" if may else "refused")
