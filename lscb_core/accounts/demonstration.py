"""The seven accounts of the demonstration, with their roles on every demonstration board."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from lscb_core.accounts.passwords import hash_password
from lscb_core.db.tables import Account, Agency, Board, RoleGrant, Seat, SubGroup
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound


@dataclass(frozen=True, slots=True)
class Demonstrator:
    """An account: how it is named, and the agency or sub-group that its role is for."""

    name: str
    label: str
    role: Role
    agency: str = ""
    sub_group: str = ""

    @property
    def password(self) -> str:
        """Known to everybody: these accounts are for a demonstration database only."""
        return f"{self.name}-demo-password"


DEMONSTRATORS = (
    Demonstrator("chair", "Independent chair", Role.CHAIR),
    Demonstrator("manager", "Board manager", Role.MANAGER),
    Demonstrator("subgroup", "Sub-group member", Role.SUBGROUP, sub_group="quality-assurance"),
    Demonstrator("police", "Police lead", Role.AGENCY_LEAD, agency="police"),
    Demonstrator("health", "Health lead", Role.AGENCY_LEAD, agency="health"),
    Demonstrator("lay", "Lay member", Role.LAY),
    Demonstrator("admin", "Administrator", Role.ADMIN),
)


def add_accounts(session: Session) -> None:
    """Add the accounts and their grants; does not commit.

    Raises NotFound where a demonstration board lacks the agency or the sub-group of a role.
    """
    boards = session.exec(select(Board).where(col(Board.is_demonstration))).all()
    for one in DEMONSTRATORS:
        account = _account(one)
        session.add(account)
        session.flush()
        assert account.id is not None
        session.add_all(_grants(session, one, account.id, boards))
    session.flush()


def _account(one: Demonstrator) -> Account:
    return Account(
        name=one.name,
        label=one.label,
        password_hash=hash_password(one.password),
        is_demonstration=True,
    )


def _grants(
    session: Session, one: Demonstrator, account_id: int, boards: Iterable[Board]
) -> Iterator[RoleGrant]:
    """One grant a board; an administrator's single one is for no board, and so for all."""
    if one.role is Role.ADMIN:
        yield RoleGrant(account_id=account_id, role=one.role)
        return
    for board in boards:
        yield RoleGrant(
            account_id=account_id,
            role=one.role,
            board_id=board.id,
            agency_id=_agency(session, board, one.agency),
            sub_group_id=_sub_group(session, board, one.sub_group),
        )


def _agency(session: Session, board: Board, slug: str) -> int | None:
    seated = select(Agency.id).join(Seat).where(Seat.board_id == board.id, Agency.slug == slug)
    return _there(session.exec(seated).first(), board, slug)


def _sub_group(session: Session, board: Board, slug: str) -> int | None:
    group = select(SubGroup.id).where(SubGroup.board_id == board.id, SubGroup.slug == slug)
    return _there(session.exec(group).first(), board, slug)


def _there(found: int | None, board: Board, slug: str) -> int | None:
    if slug and found is None:
        raise NotFound(
            f"The demonstration accounts were not made: {board.name} has no “{slug}”.",
            advice="Add it to the board's agencies or sub-groups, then try again.",
        )
    return found


def refuse_beside_real_boards(session: Session) -> None:
    """Raise BadInput where demonstration accounts, with their known passwords, could open a real board."""
    real = session.exec(select(Board.name).where(col(Board.is_demonstration).is_(False))).first()
    demo = session.exec(select(Account.name).where(col(Account.is_demonstration))).all()
    if real and demo:
        raise BadInput(
            f"The dashboard does not start: “{real}” is a real board, and there are demonstration accounts.",
            why=f"The passwords of {', '.join(demo)} stand in the handbook.",
            advice="Keep the demonstration in a database of its own (LSCB_DATABASE_URL).",
        )
