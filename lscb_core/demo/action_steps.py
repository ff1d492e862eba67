"""The steps of an invented action's life, and the states that follow from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from lscb_core.db.base import FOREVER
from lscb_core.demo.stage import moment
from lscb_core.demo.words import texts
from lscb_core.domain.vocab import ActionSource, Status

MANAGER, CHAIR = "Board manager", "Independent chair"
DAY = timedelta(days=1)
KINDS = {kind.value: kind for kind in ActionSource}
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What was changed on one day, by whom."""

    on: date
    by: str
    fields: Fields


def added(on: date, due: date | None, source: ActionSource) -> Step:
    """The action is written down, with the date first agreed."""
    reason = f"Added: {source.label.lower()}"
    return Step(on, MANAGER, {"due_on": due, "first_due_on": due, "reason": reason})


def started(on: date, lead: str, chance: Random, note: str = "") -> Step:
    """The owner has begun."""
    words = note or chance.choice(texts("action_words", kind="start"))
    return Step(on, lead, {"status": Status.IN_PROGRESS, "note": words, "note_on": on})


def noted(on: date, lead: str, chance: Random, note: str = "") -> Step:
    """The owner says how far it is."""
    words = note or chance.choice(texts("action_words", kind="note"))
    return Step(on, lead, {"note": words, "note_on": on})


def moved(on: date, due: date, times: int, chance: Random) -> Step:
    """Another date is agreed, with a reason; the first date stays."""
    reason = chance.choice(texts("action_words", kind="moved"))
    return Step(on, MANAGER, {"due_on": due, "times_moved": times, "reason": reason})


def completed(on: date, lead: str, chance: Random, note: str = "") -> Step:
    """The owner says that it is done, and where that can be seen."""
    words = note or chance.choice(texts("action_words", kind="complete"))
    evidence = chance.choice(texts("action_words", kind="evidence"))
    return Step(on, lead, {"status": Status.COMPLETE, "note": words, "note_on": on, "evidence": evidence})


def verified(on: date, chance: Random) -> Step:
    """Somebody else has looked at the evidence and closes the action."""
    words = chance.choice(texts("action_words", kind="verified"))
    impact = chance.choice(texts("action_words", kind="impact")) if chance.randrange(100) < 60 else ""
    fields = {"status": Status.VERIFIED, "note": words, "note_on": on, "closed_on": on, "impact": impact}
    return Step(on, CHAIR if chance.randrange(100) < 30 else MANAGER, fields)


def withdrawn(on: date, chance: Random) -> Step:
    """The board no longer asks for it, and says why."""
    reason = chance.choice(texts("action_words", kind="withdrawn"))
    return Step(on, MANAGER, {"status": Status.WITHDRAWN, "reason": reason, "closed_on": on})


def states(steps: Iterable[Step]) -> Iterator[Fields]:
    """One state for each step, in order; each ends on the day on which the next begins."""
    ordered = list(_spread(sorted(steps, key=lambda step: step.on)))
    now: Fields = dict(EMPTY)
    for place, step in enumerate(ordered):
        until = ordered[place + 1].on if place + 1 < len(ordered) else FOREVER
        stamp = {"version": place + 1, "from_on": step.on, "until_on": until, "changed_by": step.by}
        now = {**now, "reason": "", **step.fields, **stamp}
        yield {**now, "changed_at": moment(step.on, 9 + place % 8, (7 * place) % 60)}


EMPTY: Fields = {
    "status": Status.NOT_STARTED,
    "due_on": None,
    "first_due_on": None,
    "times_moved": 0,
    "note": "",
    "note_on": None,
    "evidence": "",
    "impact": "",
    "closed_on": None,
}


def _spread(steps: Iterable[Step]) -> Iterator[Step]:
    """Two steps of one day go to two days: nothing is lost when history is read day by day."""
    free = date.min
    for step in steps:
        on = max(step.on, free)
        dated: Fields = {key: on for key in ("note_on", "closed_on") if key in step.fields}
        yield Step(on, step.by, {**step.fields, **dated})
        free = on + DAY
