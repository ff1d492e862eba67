"""Who asks, read from the database in the transaction that uses the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session, col, select

from lscb_core.db.refusals import note_refusal
from lscb_core.db.tables import Account, Board, RoleGrant, SubGroup
from lscb_core.domain.permissions import Act, Grant, allowed
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotOpen, NotPermitted

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
NOT_OPEN = {
    Act.READ: ("This board is", "If you should have one, ask the administrator."),
    Act.SEE_HISTORY: ("The history is", "If you need to know something from it, ask the board manager."),
    Act.MANAGE_ACCOUNTS: ("The accounts are", "If one should be added or changed, ask the administrator."),
    Act.SEE_EXACT_DEATHS: ("Exact counts of child deaths are", "If you need them, ask the board manager."),
}
"""What can be seen by some alone, and what whoever may not can do."""


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

    def in_words(self, board_id: int | None) -> str:
        """Those roles (without a board: all of them) as the end of a sentence: "your role (lay member)"."""
        held = {grant.role for grant in self.grants} if board_id is None else self.roles(board_id)
        names = ", ".join(role.label.lower() for role in Role if role in held)
        return f"your role{'s' if len(held) > 1 else ''} ({names})" if held else "you"

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


def may_see(session: Session, actor: ActorId, act: Act, *, board_id: int | None) -> Person:
    """The person, when a role lets them see what the act is about; raises NotOpen in words otherwise."""
    who = person(session, actor)
    check_open(session, who, act, board_id=board_id)
    return who


def check_open(session: Session, who: Person, act: Act, *, board_id: int | None) -> None:
    """As `check`, for one of `NOT_OPEN`: raise NotOpen, which says who may see it and whom to ask."""
    with refusal_noted(session, who, act, board_id=board_id):
        if not who.may(act, board_id=board_id):
            named, advice = NOT_OPEN[act]
            raise NotOpen(f"{named} not open to {who.in_words(board_id)}.", why=DENIED[act], advice=advice)


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
