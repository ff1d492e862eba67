"""The accounts as whoever keeps them sees them: whose they are, their roles, whether they are in use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from lscb_core.accounts.changing import Seen
from lscb_core.accounts.names import found_account
from lscb_core.db.access import ActorId, may_see
from lscb_core.db.tables import Account, Agency, Board, Identity, RoleGrant, Seat, SubGroup
from lscb_core.domain.labelled import Labelled
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Role


class State(Labelled):
    """Whether an account is in use, and its colour on screen."""

    ACTIVE = "active", "Active", "green"
    DEMONSTRATION = "demonstration", "Demonstration", "blue"
    WAITS = "waits", "Code waits", "orange"
    CLOSED = "closed", "No way in", "red"  # no password, and its code has ended
    DISABLED = "disabled", "Disabled", "gray"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that an account holds. `what` says the role and whom it is for, `board` where (or "")."""

    grant_id: int
    role: Role
    what: str
    board: str

    @property
    def words(self) -> str:
        """'Agency lead for Police, on Stockton'."""
        return f"{self.what}, on {self.board}" if self.board else f"{self.what}, of every board"


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """One account. `code_until` is when its waiting code ends; `is_linked`: with the council's directory."""

    id: int
    name: str
    label: str
    version: int
    state: State
    is_demonstration: bool
    code_until: datetime | None
    last_signed_in_at: datetime | None
    roles: tuple[HeldRole, ...]
    has_password: bool
    is_linked: bool

    @property
    def is_directory_only(self) -> bool:
        """Whether the directory is its only way in."""
        return self.is_linked and not self.has_password and self.code_until is None

    @property
    def way_in(self) -> str:
        """'Password, directory': how somebody signs in with it; "" where nobody can."""
        ways = {"Password": self.has_password, "Code": self.code_until, "Directory": self.is_linked}
        return ", ".join(way for way, there in ways.items() if there).capitalize()

    @property
    def seen(self) -> Seen:
        """This account in this version, for a change of it."""
        return Seen(self.id, self.version)


@dataclass(frozen=True, slots=True)
class Post:
    """A board on which roles may be given, with its agencies and sub-groups by number."""

    board_id: int
    board: str
    is_demonstration: bool
    agencies: dict[int, str]
    sub_groups: dict[int, str]


def held_accounts(session: Session, *, actor: ActorId, now: datetime) -> list[HeldAccount]:
    """Every account, those that are in use first, then by label. Raises NotOpen."""
    may_see(session, actor, Act.MANAGE_ACCOUNTS, board_id=None)
    roles = _roles(session)
    linked = set(session.exec(select(Identity.account_id)).all())
    accounts = session.exec(select(Account).execution_options(populate_existing=True)).all()
    held = [_held(each, roles.get(each.id or 0, []), each.id in linked, now) for each in accounts]
    return sorted(held, key=lambda one: (one.state is State.DISABLED, one.label.casefold(), one.name))


def held_account(session: Session, *, actor: ActorId, name: str, now: datetime) -> HeldAccount:
    """One account by its name. Raises NotOpen or NotFound."""
    may_see(session, actor, Act.MANAGE_ACCOUNTS, board_id=None)
    account = found_account(session, name=name)
    linked = session.exec(select(Identity.id).where(Identity.account_id == account.id)).first()
    return _held(account, _roles(session, account.id).get(account.id or 0, []), linked is not None, now)


def posts(session: Session, *, actor: ActorId) -> list[Post]:
    """Every board with the agencies and sub-groups that roles may be for. Raises NotOpen."""
    may_see(session, actor, Act.MANAGE_ACCOUNTS, board_id=None)
    boards = session.exec(select(Board).order_by(Board.short_name)).all()
    return [
        Post(
            board.id or 0,
            board.short_name,
            board.is_demonstration,
            dict(
                session.exec(
                    select(Seat.agency_id, Seat.name).where(Seat.board_id == board.id).order_by(Seat.name)
                ).all()
            ),
            {
                group.id or 0: group.name
                for group in session.exec(
                    select(SubGroup).where(SubGroup.board_id == board.id).order_by(SubGroup.name)
                )
            },
        )
        for board in boards
    ]


def _held(account: Account, roles: Iterable[HeldRole], linked: bool, now: datetime) -> HeldAccount:
    state = _state(account, linked, now)
    return HeldAccount(
        id=account.id or 0,
        name=account.name,
        label=account.label,
        version=account.version,
        state=state,
        is_demonstration=account.is_demonstration,
        code_until=account.code_expires_at if state is State.WAITS else None,
        last_signed_in_at=account.last_signed_in_at,
        roles=tuple(roles),
        has_password=bool(account.password_hash),
        is_linked=linked,
    )


def _state(account: Account, linked: bool, now: datetime) -> State:
    if account.disabled_at is not None:
        return State.DISABLED
    if account.code_hash and account.code_expires_at is not None and now < account.code_expires_at:
        return State.WAITS
    if not account.password_hash and not linked:
        return State.CLOSED
    return State.DEMONSTRATION if account.is_demonstration else State.ACTIVE


def _roles(session: Session, account_id: int | None = None) -> dict[int, list[HeldRole]]:
    """The roles of all accounts, or of one, by the account's number; by role, then by board."""
    held = (
        select(RoleGrant, Board.short_name, Agency.name, SubGroup.name)
        .join(Board, col(Board.id) == RoleGrant.board_id, isouter=True)
        .join(Agency, col(Agency.id) == RoleGrant.agency_id, isouter=True)
        .join(SubGroup, col(SubGroup.id) == RoleGrant.sub_group_id, isouter=True)
        .order_by(RoleGrant.role, Board.short_name, col(RoleGrant.id))
    )
    if account_id is not None:
        held = held.where(RoleGrant.account_id == account_id)
    found: dict[int, list[HeldRole]] = {}
    for grant, board, agency, sub_group in session.exec(held).all():
        whom = agency or sub_group
        what = f"{grant.role.label} for {whom}" if whom else grant.role.label
        found.setdefault(grant.account_id, []).append(HeldRole(grant.id or 0, grant.role, what, board or ""))
    return found


def roles_in_words(roles: Iterable[HeldRole], boards: int) -> str:
    """'Board manager: Brent, Havering; Lay member: all 5 boards'. `boards`: how many there are in all."""
    by_what: dict[str, list[str]] = {}
    for role in roles:
        by_what.setdefault(role.what, []).append(role.board)
    return "; ".join(f"{what}{_where(on, boards)}" for what, on in by_what.items()) or "No role yet"


def _where(on: list[str], boards: int) -> str:
    if on == [""]:
        return ""
    return f": all {boards} boards" if len(on) == boards > 1 else f": {', '.join(on)}"
