"""Who asks, read from the database in the transaction that uses the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session, col, select

from lscb_core.db.refusals import note_refusal
from lscb_core.db.tables import Account, Board, RoleGrant, SubGroup
from lscb_core.domain.permissions import Act, Grant, allowed
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted

ActorId = int
"""The number of the account that asks."""
OPERATOR: ActorId = -1
"""Whoever holds the server's command line, and so the database itself: no account, no sign-in."""

DENIED = {
    Act.READ: "You have no seat on this board.",
    Act.UPDATE_ACTION: "Only the agency that owns an action, or the board manager, updates it.",
    Act.REDATE_ACTION: "Only the board manager moves an agreed date.",
    Act.ASSIGN_ACTION: "Only the board manager names the owner of an action.",
    Act.ADD_ACTION: "Only the board manager adds an action.",
    Act.IMPORT: "Only the board manager takes in files; an agency lead sends the own agency's returns.",
    Act.SEND_RETURN: "A return is sent by the agency's own lead or by the board manager.",
    Act.UNDO_IMPORT: "Only the board manager undoes what a file has brought.",
    Act.VERIFY_ACTION: "Only the chair or the board manager closes an action.",
    Act.SEE_HISTORY: "Only the chair, the board manager and the administrator read the history.",
    Act.MANAGE_ACCOUNTS: "Only the administrator keeps accounts and roles.",
    Act.REOPEN_ACTION: "Only the chair or the board manager opens a closed action again.",
    Act.WITHDRAW_ACTION: "Only the board manager withdraws an action.",
    Act.EDIT_REGISTER: "Only the board manager settles what the board asks for and whose a source is.",
    Act.SEE_EXACT_DEATHS: "Only the chair, the board manager and the panel see exact counts of child deaths.",
    Act.BACKUP: "Only the administrator makes copies and puts them back.",
}


@dataclass(frozen=True, slots=True)
class Person:
    """An account that may sign in, with every role it holds today."""

    id: ActorId
    name: str
    label: str
    version: int
    grants: tuple[Grant, ...]

    def may(self, act: Act, *, board_id: int | None, agency_id: int | None = None) -> bool:
        """True where a role of this person allows the act on that board (and agency), or on none."""
        return allowed(self.grants, act, board_id=board_id, agency_id=agency_id)

    def roles(self, board_id: int) -> set[Role]:
        """The roles held on one board; an administrator's hold on all."""
        return {grant.role for grant in self.grants if grant.board_id in (board_id, None)}

    def agency_ids(self, board_id: int) -> set[int]:
        """The agencies that this person leads on one board."""
        here = (grant for grant in self.grants if grant.board_id == board_id)
        return {grant.agency_id for grant in here if grant.agency_id is not None}


def person(session: Session, actor: ActorId) -> Person:
    """The account and its roles as they are now. Raises NotPermitted when unknown or disabled.

    The operator may do on every board what its manager may, and keeps accounts as the administrator does.
    """
    if actor == OPERATOR:
        boards = session.exec(select(Board.id)).all()
        grants = tuple(Grant(Role.MANAGER, board_id) for board_id in boards)
        return Person(OPERATOR, "operator", "Command line", 0, (Grant(Role.ADMIN, None), *grants))
    return person_of(session, session.get(Account, actor, populate_existing=True))


def person_of(session: Session, account: Account | None) -> Person:
    """As `person`, of an account that has just been read in this transaction."""
    if account is None or account.id is None or account.disabled_at is not None:
        raise NotPermitted("This account may not sign in.", advice="Ask the administrator of the board.")
    return Person(account.id, account.name, account.label, account.version, _grants(session, account.id))


def _grants(session: Session, actor: ActorId) -> tuple[Grant, ...]:
    rows = session.exec(
        select(RoleGrant, SubGroup.is_panel)
        .join(SubGroup, col(SubGroup.id) == RoleGrant.sub_group_id, isouter=True)
        .where(RoleGrant.account_id == actor)
        .order_by(col(RoleGrant.id))
    ).all()
    return tuple(
        Grant(grant.role, grant.board_id, grant.agency_id, grant.sub_group_id, bool(is_panel))
        for grant, is_panel in rows
    )


def may(
    session: Session, actor: ActorId, act: Act, *, board_id: int | None, agency_id: int | None = None
) -> Person:
    """The person, when a role allows the act; raises NotPermitted in words otherwise."""
    who = person(session, actor)
    check(session, who, act, board_id=board_id, agency_id=agency_id)
    return who


def check(
    session: Session, who: Person, act: Act, *, board_id: int | None, agency_id: int | None = None
) -> None:
    """Raise NotPermitted, in words, unless a role of the person allows the act.

    A refusal undoes what the session has not committed, and is written into the history.
    """
    with refusal_noted(session, who, act, board_id=board_id, agency_id=agency_id):
        if not who.may(act, board_id=board_id, agency_id=agency_id):
            raise NotPermitted(
                "This was not done.",
                why=DENIED.get(act, "Your role does not allow it."),
                advice="If it should be yours to do, ask the board manager.",
            )


@contextmanager
def refusal_noted(
    session: Session, who: Person, act: Act, *, board_id: int | None, agency_id: int | None = None
) -> Iterator[None]:
    """Write a NotPermitted that is raised inside into the history, then let it go on."""
    try:
        yield
    except NotPermitted:
        note_refusal(session, who.id, who.label, act, board_id=board_id, agency_id=agency_id)
        raise


def boards_of(session: Session, who: Person) -> list[Board]:
    """The boards that this person may open, by name."""
    boards = session.exec(select(Board).order_by(col(Board.is_invented).desc(), Board.name)).all()
    return [board for board in boards if board.id and who.may(Act.READ, board_id=board.id)]
