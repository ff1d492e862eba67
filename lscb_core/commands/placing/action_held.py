"""An action with all its states, and how it stood without what some files brought."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlmodel import col, select

from lscb_core.commands.action_states import ActionChange, write
from lscb_core.commands.placing.model import Change, Place
from lscb_core.commands.placing.origins import ever_sent
from lscb_core.db.tables import Action, ActionState
from lscb_core.domain.periods import day
from lscb_core.domain.typed import plain
from lscb_core.domain.vocab import Status

CONTENT = (
    "status",
    "agency_id",
    "owner_role",
    "due_on",
    "due_precision",
    "first_due_on",
    "times_moved",
    "note",
    "note_on",
    "evidence",
    "impact",
    "closed_on",
    "completed_by_id",
)
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """An action and its states, the first one first."""

    action: Action
    states: Sequence[ActionState]

    @property
    def now(self) -> ActionState:
        """The state that holds."""
        return self.states[-1]

    @property
    def is_brought(self) -> bool:
        """Whether a file brought the action itself."""
        return self.states[0].origin_id is not None

    def is_withdrawn(self, *, besides: Collection[int]) -> bool:
        """Whether it is withdrawn now, by somebody else than the files of these origins."""
        return self.now.status is Status.WITHDRAWN and self.now.origin_id not in besides

    def without(self, origins: Collection[int]) -> ActionState | None:
        """The last state that no file of these origins brought; None where they brought the action."""
        return next((state for state in reversed(self.states) if state.origin_id not in origins), None)

    def runs(self, origins: Collection[int]) -> Iterator[tuple[ActionState | None, list[ActionState]]]:
        """States that files of these origins brought one after the other, each run with the state before."""
        before = None
        for is_theirs, run in groupby(self.states, key=lambda state: state.origin_id in origins):
            listed = list(run)
            if is_theirs:
                yield before, listed
            before = listed[-1]


def origins_in(listed: Iterable[Held]) -> set[int]:
    """The origins of every file that brought a state of these actions."""
    return {state.origin_id for one in listed for state in one.states if state.origin_id is not None}


def held(place: Place, *which: Any) -> list[Held]:
    """The board's actions that meet the conditions (on Action), by number."""
    asked = select(Action).where(Action.board_id == place.board.id, *which).order_by(col(Action.number))
    actions = place.session.exec(asked.execution_options(populate_existing=True)).all()
    states = (
        select(ActionState)
        .where(col(ActionState.action_id).in_([action.id for action in actions]))
        .order_by(col(ActionState.version))
    )
    listed: dict[int, list[ActionState]] = {}
    for state in place.session.exec(states.execution_options(populate_existing=True)):
        listed.setdefault(state.action_id, []).append(state)
    return [Held(action, listed[action.id]) for action in actions if action.id in listed]


def reached(place: Place, key: str, origins: Collection[int]) -> list[Held]:
    """The actions that the files of these origins changed or brought in this scope."""
    rows = ever_sent(place, key)
    numbers = {row["number"] for row in rows if row.get("number") is not None}
    titles = {plain(str(row["title"])) for row in rows if row.get("number") is None}
    theirs = select(ActionState.action_id).where(col(ActionState.origin_id).in_(origins))
    return [
        one
        for one in held(place, col(Action.id).in_(theirs))
        if one.action.number in numbers or (one.is_brought and plain(one.action.title) in titles)
    ]


def content(state: ActionState) -> Content:
    """All that a state says of its action."""
    return {name: getattr(state, name) for name in CONTENT}


def set_to(
    place: Place, held: Held, wanted: Mapping[str, Any], *, origin_id: int | None, act: str, reason: str = ""
) -> list[Change]:
    """Begin a state with this content, unless the action stands so already. Raises StaleRecord."""
    before = content(held.now)
    fields = {name: value for name, value in wanted.items() if value != before[name]}
    if not fields:
        return []
    number = held.action.version
    change = ActionChange(held.action, held.now, place.who, number, act, place.at, origin_id=origin_id)
    write(place.session, change, {**fields, "reason": reason})
    place.session.refresh(held.action)
    return told(held.action, before, {**before, **fields})


def told(action: Action, before: Content, now: Content) -> list[Change]:
    """What readers of the register see otherwise than before."""
    about = f"Action {action.number} ({action.title})"
    shown = {"": _status, ": agreed date": _due, ": note": _note}
    pairs = ((what, word(before), word(now)) for what, word in shown.items())
    return [Change(f"{about}{what}", was, is_now) for what, was, is_now in pairs if was != is_now]


def _status(said: Content) -> str:
    status: Status = said["status"]
    return status.label


def _due(said: Content) -> str:
    return day(said["due_on"]) if said["due_on"] else ""


def _note(said: Content) -> str:
    return str(said["note"])
