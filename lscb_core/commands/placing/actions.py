"""Actions take their place: rows with a number say how far an action is, rows without one are new promises.

Everything goes through the states of actions and the rules that hold for the forms: an agency lead updates
the own agency's actions alone, and only the board manager adds one, or moves its date with a reason in the
note; anybody else's other date is passed over. What a later file of the same return leaves out is put back.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlmodel import col

from lscb_core.commands.actions import date_fields, status_fields
from lscb_core.commands.placing.action_held import Held, content, held, origins_in, reached, set_to
from lscb_core.commands.placing.action_new import add, promise_of, promised
from lscb_core.commands.placing.action_undo import leave_out, undo
from lscb_core.commands.placing.model import Change, Place, Sent
from lscb_core.commands.placing.origins import origins_of, sent_before, taken_back, whose
from lscb_core.db.tables import Action, ActionState
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Status
from lscb_core.errors import BadInput, BoardError

Row = Mapping[str, Any]
SAID = ("number", "title", "agency", "due_on", "status", "note")


def place_actions(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """The updates and new actions of each scope, or what stands without them.

    Raises NotPermitted, MoveNotAllowed or BadInput, naming the action. Does not commit.
    """
    changes = []
    for one in sent:
        mine = origins_of(place, key=one.key)
        changes += undo(place, one.key, mine) if place.is_undo else _taken(place, one, mine)
    return changes


def _taken(place: Place, one: Sent, mine: Collection[int]) -> list[Change]:
    said_before = [_said(row) for row in sent_before(place, one)]
    before = reached(place, one.key, set(mine) - {place.origin_id})
    earlier = {*mine, *taken_back(place, one.key, origins_in(before))} - {place.origin_id}
    named: set[int] = set()
    changes = []
    for row in one.rows or ():
        known = _found(place, row, whose(one), before, earlier)
        if known is None:
            changes += _new(place, row, whose(one), named)
            continue
        named.add(known.action.number)
        if _said(row) in said_before:
            continue  # no news, and somebody may have changed the action since
        with _about(f"Action {known.action.number}"):
            changes += _update(place, known, known.without(earlier) or known.states[0], row)
    for left_out in before:
        if left_out.action.number not in named:
            with _about(f"Action {left_out.action.number}"):
                changes += leave_out(place, left_out, earlier)
    return changes


def _said(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in SAID)


def _found(
    place: Place, row: Row, sender: str, before: Sequence[Held], earlier: Collection[int]
) -> Held | None:
    """The action that a row is about; None where it is new. `before`: what earlier files had brought."""
    if row.get("number") is None:
        wanted = promised(place, row, sender).promise
        known = (one for one in before if one.is_brought and promise_of(one) == wanted)
        return next((one for one in known if not one.is_withdrawn(besides=earlier)), None)
    found = held(place, col(Action.number) == int(row["number"]))
    if not found:
        raise BadInput(
            f"Nothing was saved: there is no action {row['number']} on this board.",
            advice="Leave the number empty where the action is new.",
        )
    return found[0]


def _new(place: Place, row: Row, sender: str, named: set[int]) -> list[Change]:
    with _about(f"New action “{str(row['title'])[:60]}”"):
        action = add(place, promised(place, row, sender))
        named.add(action.number)
        [one] = held(place, col(Action.id) == action.id)
        _update(place, one, one.now, row)
        return [Change(f"New action: {action.title}", "", _status(row, one.now).label)]


def _update(place: Place, one: Held, base: ActionState, row: Row) -> list[Change]:
    """The action with what the row says, beginning from the state that it had without earlier files."""
    note = str(row.get("note") or "").strip()
    note = "" if note == base.note else note
    status, fields = _status(row, base), {}
    if note or status is not base.status:
        fields = status_fields(
            place.session, base, status, who=place.who, note=note, evidence="", on=place.on
        )
    fields |= _moved(place, base, row, note)
    reason = str(fields.pop("reason", ""))
    wanted = {**content(base), **fields}
    return set_to(place, one, wanted, origin_id=place.origin_id, act="import", reason=reason)


def _status(row: Row, base: ActionState) -> Status:
    return Status.of(row["status"]) if row.get("status") else base.status


def _moved(place: Place, base: ActionState, row: Row, note: str) -> dict[str, Any]:
    """Another date, where the sender may move it and says why."""
    due_on = date.fromisoformat(row["due_on"]) if row.get("due_on") else base.due_on
    is_theirs = place.who.may(Act.REDATE_ACTION, board_id=base.board_id, agency_id=base.agency_id)
    if due_on is None or due_on == base.due_on or not note or not is_theirs:
        return {}
    return date_fields(base, due_on, reason=note, on=place.on)


@contextmanager
def _about(what: str) -> Iterator[None]:
    """Say which action a refusal is about."""
    try:
        yield
    except BoardError as problem:
        raise type(problem)(f"{what}. {problem.what}", why=problem.why, advice=problem.advice) from problem
