"""The rules of an action: how late it is, what colour that gives, and where it may go next."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Brag, Status
from lscb_core.errors import MoveNotAllowed

DUE_SOON_DAYS = 28
LATE_BAND_DAYS = 28
MOVED_TOO_OFTEN = 2
AS_REPORTED = "As reported"
"""Who changed an action whose state was read from a published report."""

OWNER_STATUSES = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETE})

_MOVES: dict[Status, frozenset[Status]] = {
    Status.NOT_STARTED: frozenset({Status.IN_PROGRESS, Status.COMPLETE, Status.WITHDRAWN}),
    Status.IN_PROGRESS: frozenset({Status.NOT_STARTED, Status.COMPLETE, Status.WITHDRAWN}),
    Status.COMPLETE: frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.VERIFIED, Status.WITHDRAWN}),
    Status.VERIFIED: frozenset({Status.IN_PROGRESS}),
    # Reopening keeps the first date; adding the action anew would hide how late it is.
    Status.WITHDRAWN: frozenset({Status.IN_PROGRESS}),
}


def days_overdue(due: date | None, status: Status, today: date) -> int:
    """Whole days past the agreed date; 0 when on time, without a date, or no longer open."""
    return max((today - due).days, 0) if due and status.is_open else 0


def is_late(due: date | None, status: Status, today: date) -> bool:
    """Open and past its agreed date. Due today is not yet late."""
    return days_overdue(due, status, today) > 0


def brag(status: Status, due: date | None, times_moved: int, today: date) -> Brag:
    """Where the action stands: closed, late, no date, due soon (28 days), moved twice, or on time."""
    if not status.is_open:
        return Brag.CLOSED
    if due is None:
        return Brag.NO_DATE
    if due < today:
        return Brag.LATE
    if (due - today).days <= DUE_SOON_DAYS:
        return Brag.DUE_SOON
    return Brag.MOVED_TWICE if times_moved >= MOVED_TOO_OFTEN else Brag.ON_TIME


def what_changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    """A change in a word or two, from the fields before and after it: all of them, or those that differ.

    Nothing before: the action was added then. Values may be codes and days, or as the history holds them.
    """
    if before is None:
        return "Added"
    if after.get("status") != before.get("status"):
        said = {Status.VERIFIED: "Closed and checked", Status.COMPLETE: "Marked complete"}
        status = Status.of(after["status"])
        return said.get(status, status.label)
    if after.get("due_on") != before.get("due_on"):
        return "Moved to another date" if before.get("due_on") else "Date agreed"
    return "Owner named" if after.get("agency_id") != before.get("agency_id") else "Note"


def allowed_moves(status: Status) -> set[Status]:
    """The other statuses that may follow this one, whoever asks."""
    return set(_MOVES[status])


def owner_moves(status: Status) -> set[Status]:
    """What the owner's form may offer: the status as it is and the owner's own next ones."""
    return (allowed_moves(status) & OWNER_STATUSES) | {status} if status.is_open else set()


def act_for_move(old: Status, new: Status) -> Act:
    """The permission that a move needs."""
    if not old.is_open:
        return Act.REOPEN_ACTION
    needs = {Status.VERIFIED: Act.VERIFY_ACTION, Status.WITHDRAWN: Act.WITHDRAW_ACTION}
    return needs.get(new, Act.UPDATE_ACTION)


def check_move(old: Status, new: Status) -> None:
    """Raise MoveNotAllowed unless `new` may follow `old`.

    An open action may keep its status, so that a note or evidence can be added.
    """
    if new in _MOVES[old] or (new is old and old.is_open):
        return
    raise MoveNotAllowed(
        f"The action was not changed: it cannot go from “{old.label}” to “{new.label}”.",
        why=_why_not(old),
        advice=_what_instead(old),
    )


def _why_not(old: Status) -> str:
    """The rule that was in the way."""
    if old is Status.VERIFIED:
        return "It is closed, and another person has checked that."
    if old is Status.WITHDRAWN:
        return "The board has withdrawn it."
    return "Closing needs evidence first: only a complete action can be checked."


def _what_instead(old: Status) -> str:
    """What the user can do."""
    if not old.is_open:
        return "If there is more to do, ask the board manager or the chair to reopen it."
    return "Mark it complete and say what shows it; then somebody else checks and closes it."
