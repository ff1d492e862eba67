"""What people do to actions: update, move the date, name the owner, close, reopen, withdraw.

Each command reads who asks in its own transaction, claims the version the person saw, checks the rule,
writes the new state with its history, and commits. When it raises, nothing is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from lscb_core.commands.action_states import (
    ActionChange,
    change,
    check_fresh,
    check_seat,
    current_state,
    find_action,
)
from lscb_core.commands.words import required_text, short_text
from lscb_core.db.access import OPERATOR, ActorId, Person, check, may, person, refusal_noted
from lscb_core.db.tables import (
    Action,
    ActionState,
)
from lscb_core.domain.actions import act_for_move, check_move
from lscb_core.domain.permissions import Act, check_second_person
from lscb_core.domain.vocab import Status
from lscb_core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Seen:
    """The action that somebody has on the screen, in the version that they saw."""

    action_id: int
    version: int


def update_status(
    session: Session,
    *,
    actor: ActorId,
    seen: Seen,
    to: Status,
    note: str,
    evidence: str,
    at: datetime,
) -> None:
    """Say how far an action is. Raises NotPermitted, StaleRecord, MoveNotAllowed or BadInput."""
    first = Act.VERIFY_ACTION if to is Status.VERIFIED else Act.UPDATE_ACTION
    action, state, who = _open(session, seen, actor, partial(_needed, to), (first, Act.REOPEN_ACTION))
    fields = status_fields(session, state, to, who=who, note=note, evidence=evidence, on=at.date())
    act = str(act_for_move(state.status, to))
    change(session, ActionChange(action, state, who, seen.version, act, at), fields)


def status_fields(
    session: Session, state: ActionState, to: Status, *, who: Person, note: str, evidence: str, on: date
) -> dict[str, Any]:
    """What an update changes, if this person may make it. Raises NotPermitted, MoveNotAllowed or BadInput."""
    check(session, who, act_for_move(state.status, to), board_id=state.board_id, agency_id=state.agency_id)
    check_move(state.status, to)
    if to is Status.VERIFIED:
        with refusal_noted(
            session, who, Act.VERIFY_ACTION, board_id=state.board_id, agency_id=state.agency_id
        ):
            check_second_person(actor_id=who.id, completed_by=state.completed_by_id)
    said, shown_by = short_text(note, "the note"), short_text(evidence, "the evidence")
    fields = _progress(state, to, said, shown_by, on)
    if to is Status.COMPLETE and state.status is not Status.COMPLETE:
        fields["completed_by_id"] = None if who.id == OPERATOR else who.id
    return fields


def _progress(state: ActionState, to: Status, note: str, evidence: str, on: date) -> dict[str, Any]:
    """The fields of an update; refuses one that says nothing, or that nobody could check."""
    if to is state.status and not note and evidence in ("", state.evidence):
        raise BadInput("Nothing was saved: nothing is new.", advice="Change the status, or write a note.")
    if not note and (needs := _needs_a_note(state.status, to)):
        raise BadInput(f"Not saved: {needs}.", advice="A sentence is enough; then save again.")
    if to is Status.VERIFIED and not (evidence or state.evidence):
        raise BadInput(
            "Not closed: nobody has said where the evidence is.",
            advice="Name the document and page that you looked at, then close it.",
        )
    told = {"note": note, "note_on": on} if note else {}  # without a new note the last one stands
    return {"status": to, "evidence": evidence or state.evidence, **told}


def _needs_a_note(old: Status, new: Status) -> str:
    """What has to be said with a step that ends an action, or begins it again; else nothing."""
    if not old.is_open:
        return "say in a sentence what is still to be done"
    needs = {
        Status.COMPLETE: "say in a sentence what has been done, so that somebody else can check it",
        Status.WITHDRAWN: "say in a sentence why it is no longer owed",
    }
    return needs.get(new, "") if new is not old else ""


def redate(session: Session, *, actor: ActorId, seen: Seen, due_on: date, reason: str, at: datetime) -> None:
    """Agree another date, with a reason; the first date is kept. Raises as `update_status` does."""
    action, state, who = _open(session, seen, actor, lambda _: Act.REDATE_ACTION)
    fields = date_fields(state, due_on, reason=reason, on=at.date())
    change(session, ActionChange(action, state, who, seen.version, "redate_action", at), fields)


def date_fields(state: ActionState, due_on: date, *, reason: str, on: date) -> dict[str, Any]:
    """What another date changes. Raises BadInput where it has no reason, is not new, or has passed."""
    why = required_text(reason, "why the date is moved")
    if not state.status.is_open:
        raise BadInput("Not moved: the action is closed.", advice="Reopen it first if there is more to do.")
    if due_on == state.due_on:
        raise BadInput("Not moved: that is the date already agreed.", advice="Choose another date.")
    if due_on < on:
        raise BadInput("Not moved: the new date has passed.", advice="Choose today or a day to come.")
    return {
        "due_on": due_on,
        "due_precision": "day",
        "first_due_on": state.first_due_on or due_on,
        "times_moved": state.times_moved + (1 if state.due_on else 0),
        "reason": why,
    }


def assign(
    session: Session, *, actor: ActorId, seen: Seen, agency_id: int, reason: str, at: datetime
) -> None:
    """Name the agency that owns the action. Raises as `update_status` does."""
    action, state, who = _open(session, seen, actor, lambda _: Act.ASSIGN_ACTION)
    check_seat(session, action.board_id, agency_id)
    if agency_id == state.agency_id:
        raise BadInput("Not changed: that agency owns it already.", advice="Choose another agency.")
    fields = {"agency_id": agency_id, "reason": short_text(reason, "the reason")}
    change(session, ActionChange(action, state, who, seen.version, "assign_action", at), fields)


def _needed(to: Status, state: ActionState) -> Act:
    return act_for_move(state.status, to)


def _open(
    session: Session,
    seen: Seen,
    actor: ActorId,
    needed: Callable[[ActionState], Act],
    or_else: Sequence[Act] = (),
) -> tuple[Action, ActionState, Person]:
    """The action as it is now, for a person who may do one of the acts and has seen this version.

    What is refused, and noted as such, is the act that the action's state needs. Who may not touch the
    record learns nothing of it, so the permission is asked before the race.
    """
    action = find_action(session, seen.action_id)
    state = current_state(session, action)
    board_id, agency_id = action.board_id, state.agency_id
    who = person(session, actor)
    if not any(who.may(other, board_id=board_id, agency_id=agency_id) for other in or_else):
        who = may(session, actor, needed(state), board_id=board_id, agency_id=agency_id)
    check_fresh(session, action, seen.version)
    return action, state, who
