"""What has been worked out is kept until the data changes.

The key is where the data stands, the view (which carries what its reader may see) and the question: nothing
worked out for one reader's rights can reach another's. What is kept is shared, so nobody may change it.
It is handed out as it is: Streamlit's own caches hash by walking the arguments and copy, some ms each time.

An update of an action, the change that is made most, drops only what rests on actions.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from cachetools import LRUCache
from sqlmodel import Session, col, select

from lscb_core.db.noticing import note_states, noticing, rests_so_far
from lscb_core.db.recording import EVERY_CHANGE
from lscb_core.db.tables import DataRevision

Answer = TypeVar("Answer")
MOST_KEPT = 4000


class Stand(NamedTuple):
    """Where the data stands: a number that every change raises, and one that updates of actions leave."""

    number: int
    without_states: int


_on_states: LRUCache[Hashable, Any] = LRUCache(maxsize=MOST_KEPT)
_on_the_rest: LRUCache[Hashable, Any] = LRUCache(maxsize=MOST_KEPT)
_lock = Lock()
_stands: list[Stand] = []
"""Where what is kept stands, once there is any."""


def stand(session: Session) -> Stand:
    """Where the data stands now. What stands elsewhere is kept no longer."""
    rows = session.exec(select(col(DataRevision.id), col(DataRevision.number))).all()
    numbers = dict(rows)
    every = numbers[EVERY_CHANGE]
    now = Stand(every, max((number for row, number in rows if row != EVERY_CHANGE), default=every))
    with _lock:
        if _stands != [now]:
            # Nobody will ask for it again; it would only fill the memory, up to the last of MOST_KEPT. Also
            # after a restored backup, whose number is lower and comes by the same numbers once more.
            _on_states.clear()
            if not _stands or _stands[0].without_states != now.without_states:
                _on_the_rest.clear()
            _stands[:] = [now]
    return now


def kept(
    session: Session, now: Stand, key: Hashable, work_out: Callable[[], Answer], *, from_answers: bool = False
) -> Answer:
    """The answer, taken from memory or worked out now. None is not kept; two may work it out at once.

    `from_answers`: it is put together from what this visit was told before, so that it rests on actions as
    soon as the visit does.
    """
    found: Answer | None = _taken(now, key)
    if found is not None:
        return found
    rested = from_answers and rests_so_far()
    with noticing(session) as noticed:
        answer = work_out()
    on_states = rested or noticed.rests_on_states
    with _lock:
        if on_states:
            _on_states[now.number, key] = answer
        else:
            _on_the_rest[now.without_states, key] = answer
    return answer


def _taken(now: Stand, key: Hashable) -> Any:
    with _lock:
        found = _on_the_rest.get((now.without_states, key))
        if found is not None:
            return found
        found = _on_states.get((now.number, key))
    if found is not None:
        note_states()
    return found


def forget() -> None:
    """Drop everything kept: for tests and for measuring."""
    with _lock:
        _on_states.clear()
        _on_the_rest.clear()
