"""What has been worked out is kept until the data changes.

The key is the data's revision, the view (which carries what its reader may see) and the question: nothing
worked out for one reader's rights can reach another's. What is kept is shared, so nobody may change it.
It is handed out as it is: Streamlit's own caches hash by walking the arguments and copy, some ms each time.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache
from sqlmodel import Session, col, select

from lscb_core.db.tables import DataRevision

Answer = TypeVar("Answer")
MOST_KEPT = 4000

_kept: LRUCache[Hashable, Any] = LRUCache(maxsize=MOST_KEPT)
_lock = Lock()
_stands: list[int] = []
"""The revision of what is kept, once there is one."""


def revision(session: Session) -> int:
    """The number that every change raises. Once it is another, nothing of before is kept."""
    number = session.exec(select(col(DataRevision.number))).one()
    with _lock:
        if _stands != [number]:
            # Nobody will ask for it again; it would only fill the memory, up to the last of MOST_KEPT. Also
            # after a restored backup, whose number is lower and comes by the same numbers once more.
            _kept.clear()
            _stands[:] = [number]
    return number


def kept(key: Hashable, work_out: Callable[[], Answer]) -> Answer:
    """The answer, taken from memory or worked out now. None is not kept; two may work it out at once."""
    with _lock:
        found: Answer | None = _kept.get(key)
    if found is not None:
        return found
    answer = work_out()
    with _lock:
        _kept[key] = answer
    return answer


def forget() -> None:
    """Drop everything kept: for tests and for measuring."""
    with _lock:
        _kept.clear()
