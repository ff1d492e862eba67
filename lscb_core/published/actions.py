"""Actions, each with the states that the documents tell of."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from lscb_core.db.base import FOREVER
from lscb_core.db.tables import (
    Action,
    ActionPriority,
    ActionState,
    ActionSubGroup,
    Audit,
    Priority,
    Recommendation,
    SubGroup,
)
from lscb_core.domain.actions import AS_REPORTED
from lscb_core.domain.vocab import ActionSource, Status
from lscb_core.published.fields import (
    board,
    code,
    day,
    day_or_said,
    needed,
    of_board,
    origin,
    said_on,
    seated,
    text,
    whole,
)
from lscb_core.published.known import Known
from lscb_core.published.rows import Row, read
from lscb_core.published.sheets import Sheet, Tags, insert, load_sheet, load_tags

FILE = "actions.csv"

State = dict[str, Any]


def raised_on(row: Row, known: Known) -> date:
    """The day on which the action was raised; unknown, the document's, or an earlier day of its news."""
    given: date | None = day("raised_on")(row, known)
    told = (day(name)(row, known) for name in ("closed_on", "reported_on"))
    return given or min([said_on(row, known), *(each for each in told if each)])


def closed_on(row: Row, known: Known) -> date | None:
    """The day on which the action was closed. Raises BadInput where the action is still open."""
    closed: date | None = day("closed_on")(row, known)
    status: Status | None = code("status", Status)(row, known)
    if closed and status and status.is_open:
        raise row.refusal("closed_on", "an open action has no day of closing; write it as reported_on")
    return closed


def version(row: Row, known: Known) -> int:
    """The version of the action's last state."""
    return len(list(states(row, known)))


ACTIONS = Sheet(
    FILE,
    Action,
    {
        "board_id": board,
        "number": whole("number"),
        "title": needed("title"),
        "detail": text("detail"),
        "source_kind": code("source_kind", ActionSource),
        "audit_id": of_board(Audit, "audit"),
        "recommendation_id": of_board(Recommendation, "recommendation"),
        "raised_on": raised_on,
        "version": version,
        "source": needed("source"),
        "origin_id": origin,
    },
    keys=("board_id", "number"),
)

STATE = {
    "board_id": board,
    "status": code("status", Status),
    "agency_id": seated,
    "owner_role": text("owner_role"),
    "due_on": day("due_on"),
    "due_precision": text("due_precision"),
    "first_due_on": day("first_due_on"),
    "note": text("status_note"),
    "note_on": day_or_said("reported_on"),
    "evidence": text("evidence"),
    "impact": text("impact"),
    "closed_on": closed_on,
}

OWN = of_board(Action, "number")
PRIORITIES = Tags(FILE, "priority_keys", ActionPriority, ("action_id", OWN), ("priority_id", Priority))
SUB_GROUPS = Tags(FILE, "sub_groups", ActionSubGroup, ("action_id", OWN), ("sub_group_id", SubGroup))


def load(session: Session, folder: Path, known: Known) -> int:
    """Load the actions and their states; returns the number of actions. Raises BadInput."""
    count = load_sheet(session, folder, known, ACTIONS)
    found = [
        {"action_id": OWN(row, known), **state} for row in read(folder / FILE) for state in states(row, known)
    ]
    insert(session, ActionState, found)
    load_tags(session, folder, known, PRIORITIES)
    load_tags(session, folder, known, SUB_GROUPS)
    return count


def states(row: Row, known: Known) -> Iterator[State]:
    """One state where the document tells of one day only; else as it began and as it was reported.

    The second begins on the day of closing, where there is one, or on the day of the report.
    """
    reported = _as_reported(row, known)
    begun = raised_on(row, known)
    later = reported["closed_on"] or reported["note_on"]
    if begun >= later:
        yield _stamped(reported, 1, begun, FOREVER)
        return
    yield _stamped(_as_begun(reported), 1, begun, later)
    yield _stamped(reported, 2, later, FOREVER)


def _as_reported(row: Row, known: Known) -> State:
    state = {column: value(row, known) for column, value in STATE.items()}
    first = state["first_due_on"] or state["due_on"]
    due = state["due_on"] or first
    return {
        **state,
        "due_on": due,
        "first_due_on": first,
        "due_precision": state["due_precision"] or "day",
        "note_on": state["note_on"],
        "times_moved": int(due != first),
        "reason": "Moved, as reported" if due != first else "",
    }


def _as_begun(reported: State) -> State:
    """The same action before there was news of it: not started, and due on its first date."""
    nothing = {"note": "", "evidence": "", "impact": "", "reason": "", "note_on": None, "closed_on": None}
    first = {"status": Status.NOT_STARTED, "due_on": reported["first_due_on"], "times_moved": 0}
    return {**reported, **nothing, **first}


def _stamped(state: State, number: int, begun: date, ended: date) -> State:
    moment = datetime(begun.year, begun.month, begun.day, tzinfo=UTC)
    when = {"version": number, "from_on": begun, "until_on": ended}
    return {**state, **when, "changed_by": AS_REPORTED, "changed_at": moment}
