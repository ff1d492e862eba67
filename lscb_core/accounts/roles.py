"""Giving roles to accounts and taking them away."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.accounts.changing import Seen, keeper, raise_version, seen_account, tell_of
from lscb_core.db.access import ActorId, Person
from lscb_core.db.tables import Account, Board, Identity, RoleGrant, Seat, SignIn, SubGroup
from lscb_core.domain.permissions import Grant
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound


def give_role(session: Session, *, actor: ActorId, seen: Seen, grant: Grant, at: datetime) -> None:
    """Give an account a role. What was signed in with it ends, and begins anew with the role.

    Raises NotPermitted, NotFound, StaleRecord, or BadInput where such an account cannot hold such a role.
    """
    who = keeper(session, actor)
    account = seen_account(session, seen)
    add_grant(session, account, grant, who=who, at=at)
    raise_version(session, account)
    session.commit()


def add_grant(session: Session, account: Account, grant: Grant, *, who: Person, at: datetime) -> None:
    """Check the role, add it, and write the history; does not commit. Raises BadInput or NotFound."""
    _check_place(session, grant)
    _check_demonstration(session, account, grant)
    assert account.id is not None
    held = select(RoleGrant.id).where(
        RoleGrant.account_id == account.id,
        RoleGrant.role == grant.role,
        *(col(getattr(RoleGrant, part)).is_not_distinct_from(getattr(grant, part)) for part in _PARTS),
    )
    if session.exec(held).first() is not None:
        raise BadInput("No role was given: the account holds this one already.", advice="Choose another one.")
    session.add(RoleGrant(account_id=account.id, role=grant.role, **{p: getattr(grant, p) for p in _PARTS}))
    session.flush()
    after, board_id = _told(grant), grant.board_id
    tell_of(session, account.id, who=who, act="give_role", at=at, after=after, board_id=board_id)


_PARTS = ("board_id", "agency_id", "sub_group_id")


def take_role(session: Session, *, actor: ActorId, seen: Seen, grant_id: int, at: datetime) -> None:
    """Take a role away. Raises NotPermitted, NotFound, StaleRecord, or BadInput (the last administrator)."""
    who = keeper(session, actor)
    account = seen_account(session, seen)
    held = session.get(RoleGrant, grant_id, populate_existing=True)
    if held is None or held.account_id != account.id:
        raise NotFound("The account does not hold this role.", advice="Look at its roles again.")
    if held.role is Role.ADMIN:
        check_an_administrator_stays(session, account)
    before, board_id = _told(held), held.board_id
    session.delete(held)
    session.flush()
    gone = dict.fromkeys(before)
    tell_of(
        session,
        seen.account_id,
        who=who,
        act="take_role",
        at=at,
        before=before,
        after=gone,
        board_id=board_id,
    )
    raise_version(session, account)
    session.commit()


def check_an_administrator_stays(session: Session, account: Account) -> None:
    """Raise BadInput where nobody but this account could sign in and keep accounts."""
    if account.disabled_at is not None or not _is_administrator(session, account):
        return
    came = (  # a link that nobody has come in by yet may be wrong
        select(SignIn.id)
        .join(Identity, col(Identity.account_id) == SignIn.account_id)
        .where(SignIn.account_id == Account.id, SignIn.way == "directory")
        .where(col(SignIn.began_at) >= Identity.linked_at)
    )
    others = (
        select(Account.id)
        .join(RoleGrant, col(RoleGrant.account_id) == Account.id)
        .where(RoleGrant.role == Role.ADMIN, Account.id != account.id, col(Account.disabled_at).is_(None))
        .where(sa.or_(col(Account.password_hash) != "", sa.exists(came)))
    )
    if session.exec(others).first() is None:
        raise BadInput(
            "Nothing was changed: this is the last administrator.",
            why="Nobody else who has a password, or came in through the directory, could keep the accounts.",
            advice="Make somebody else an administrator first, and wait until the code has been used.",
        )


def _is_administrator(session: Session, account: Account) -> bool:
    held = select(RoleGrant.id).where(RoleGrant.account_id == account.id, RoleGrant.role == Role.ADMIN)
    return session.exec(held).first() is not None


def _check_place(session: Session, grant: Grant) -> None:
    """An administrator's role is for no board; others are for one, an agency lead's for a seated agency."""
    if grant.role is Role.ADMIN:
        if any(getattr(grant, part) is not None for part in _PARTS):
            raise _not_given("an administrator keeps the accounts of all boards", "Leave the board open.")
        return
    if grant.board_id is None or session.get(Board, grant.board_id) is None:
        raise _not_given("this role is for one board", "Choose the board.")
    _check_agency(session, grant)
    _check_sub_group(session, grant)


def _check_agency(session: Session, grant: Grant) -> None:
    if grant.role is not Role.AGENCY_LEAD:
        if grant.agency_id is not None:
            raise _not_given("only an agency lead's role is for an agency", "Leave the agency open.")
        return
    if grant.agency_id is None or session.get(Seat, (grant.board_id, grant.agency_id)) is None:
        raise _not_given(
            "an agency lead needs an agency that sits on the board", "Choose one of the board's."
        )


def _check_sub_group(session: Session, grant: Grant) -> None:
    if grant.role is not Role.SUBGROUP:
        if grant.sub_group_id is not None:
            raise _not_given("only a sub-group member's role is for a sub-group", "Leave it open.")
        return
    group = session.get(SubGroup, grant.sub_group_id) if grant.sub_group_id is not None else None
    if group is None or group.board_id != grant.board_id:
        raise _not_given("a sub-group member needs a sub-group of the board", "Choose one of the board's.")


def _check_demonstration(session: Session, account: Account, grant: Grant) -> None:
    board = session.get(Board, grant.board_id) if grant.board_id is not None else None
    if account.is_demonstration and board is not None and not board.is_demonstration:
        raise _not_given("the password of a demonstration account is known to everybody", "Add an account.")


def _not_given(why: str, advice: str) -> BadInput:
    return BadInput(f"No role was given: {why}.", advice=advice)


def _told(grant: Grant | RoleGrant) -> dict[str, Any]:
    return {"role": grant.role, "agency_id": grant.agency_id, "sub_group_id": grant.sub_group_id}
