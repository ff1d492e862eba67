"""Who may do what: one table of role x act -> whose records. Everything else asks here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted


class Act(StrEnum):
    """Something a person may do, or may not."""

    READ = "read"
    UPDATE_ACTION = "update_action"
    REDATE_ACTION = "redate_action"
    ADD_ACTION = "add_action"
    ASSIGN_ACTION = "assign_action"
    VERIFY_ACTION = "verify_action"
    REOPEN_ACTION = "reopen_action"
    WITHDRAW_ACTION = "withdraw_action"
    RAISE_CHALLENGE = "raise_challenge"
    COMMENT_MEASURE = "comment_measure"
    SEND_RETURN = "send_return"
    IMPORT = "import"
    SEE_EXACT_DEATHS = "see_exact_deaths"
    MANAGE_ACCOUNTS = "manage_accounts"
    BACKUP = "backup"
    EDIT_REGISTER = "edit_register"
    UNDO_IMPORT = "undo_import"
    SEE_HISTORY = "see_history"


class Reach(StrEnum):
    """Whose record it is, seen from one grant.

    For a comment on a measure the sub-group counts; for everything else the agency does.
    """

    OWN = "own"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held by one person on one board. An administrator's may have no board: then all."""

    role: Role
    board_id: int | None
    agency_id: int | None = None
    sub_group_id: int | None = None
    sub_group_is_panel: bool = False


ANY = frozenset(Reach)
OWN = frozenset({Reach.OWN})
NOWHERE: frozenset[Reach] = frozenset()

# The manager edits everything but accounts; the administrator keeps accounts and edits nothing else.
_MANAGER_ACTS = frozenset(Act) - {Act.MANAGE_ACCOUNTS, Act.BACKUP}

TABLE: Mapping[Role, Mapping[Act, frozenset[Reach]]] = {
    Role.CHAIR: dict.fromkeys(
        (
            Act.READ,
            Act.RAISE_CHALLENGE,
            Act.VERIFY_ACTION,
            Act.REOPEN_ACTION,
            Act.SEE_EXACT_DEATHS,
            Act.SEE_HISTORY,
        ),
        ANY,
    ),
    Role.MANAGER: dict.fromkeys(_MANAGER_ACTS, ANY),
    Role.SUBGROUP: {Act.READ: ANY, Act.COMMENT_MEASURE: OWN},
    Role.AGENCY_LEAD: {Act.READ: ANY, Act.UPDATE_ACTION: OWN, Act.SEND_RETURN: OWN},
    Role.LAY: {Act.READ: ANY, Act.RAISE_CHALLENGE: ANY},
    Role.ADMIN: dict.fromkeys((Act.READ, Act.MANAGE_ACCOUNTS, Act.BACKUP, Act.SEE_HISTORY), ANY),
}


def _permits(grant: Grant, act: Act, reach: Reach) -> bool:
    """One grant's word. A panel member's sight of exact deaths comes from the seat, not the role alone."""
    if act is Act.SEE_EXACT_DEATHS and grant.role is Role.SUBGROUP:
        return grant.sub_group_is_panel
    return reach in TABLE[grant.role].get(act, NOWHERE)


def permitted(grants: Iterable[Grant], act: Act, reach: Reach) -> bool:
    """True where one of the grants allows the act on such a record.

    The grants are those of the board in question: `allowed` picks them and works out the reach.
    """
    return any(_permits(grant, act, reach) for grant in grants)


def reach_of(
    grant: Grant, act: Act, *, agency_id: int | None = None, sub_group_ids: Iterable[int] = ()
) -> Reach:
    """Whose record it is, seen from this grant: no agency (or sub-group) named is NONE, never OWN."""
    if act is Act.COMMENT_MEASURE:
        groups = set(sub_group_ids)
        own = grant.sub_group_id in groups
        return Reach.OWN if own else Reach.OTHER if groups else Reach.NONE
    if agency_id is None:
        return Reach.NONE
    return Reach.OWN if grant.agency_id == agency_id else Reach.OTHER


def on_board(grants: Iterable[Grant], board_id: int | None) -> list[Grant]:
    """The grants that count on one board; without a board, those that are for none, and so for all."""
    return [g for g in grants if g.board_id == board_id or (g.role is Role.ADMIN and g.board_id is None)]


def allowed(
    grants: Iterable[Grant],
    act: Act,
    *,
    board_id: int | None,
    agency_id: int | None = None,
    sub_group_ids: Iterable[int] = (),
) -> bool:
    """True where a grant on this board allows the act on a record of this agency or these sub-groups."""
    groups = tuple(sub_group_ids)
    return any(
        _permits(grant, act, reach_of(grant, act, agency_id=agency_id, sub_group_ids=groups))
        for grant in on_board(grants, board_id)
    )


def check_second_person(*, actor_id: int, completed_by: int | None) -> None:
    """Raise NotPermitted where the person who marked an action complete would also verify it."""
    if actor_id == completed_by:
        raise NotPermitted(
            "This action was not closed.",
            why="You marked it complete yourself, and closing has to be checked by another person.",
            advice="Ask the chair or another board manager to look at the evidence and close it.",
        )
