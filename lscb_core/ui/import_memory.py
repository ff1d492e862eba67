"""What was read from an upload and what it would change, kept between the preview and the decision.

In memory alone, bounded in size and time: a reading holds counts before they are protected. The file itself
stays with Streamlit, in memory too, until it is taken in or left.
"""

import json
from collections.abc import Hashable
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

from cachetools import TTLCache

from lscb_core.commands.imports import FileFacts, Taken
from lscb_core.imports.reading import Asked, Reading

MOST_ROWS = 1_000_000
"""Rows, problems and changes that are kept of all files together."""
SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Key:
    """A file of a kind as it is read for a board: what the reader was asked is part of it."""

    kind: str
    sha256: str
    board_id: int
    asked: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person is looking at: a file, who looks, and the data's revision on which the preview stands."""

    key: Key
    file: FileFacts
    file_id: str
    actor: int
    revision: int


def key_of(kind: str, file: FileFacts, board_id: int, asked: Asked) -> Key:
    """The key of a reading."""
    told = {**asdict(asked), "file": ""}
    return Key(kind, file.sha256, board_id, json.dumps(told, sort_keys=True, default=str))


def reading_of(key: Key) -> Reading | None:
    """What was read from the file, if it is still kept."""
    held: Reading | None = _get(key)
    return held


def keep_reading(key: Key, made: Reading) -> None:
    """Keep what was read."""
    _put(key, made)


def preview_of(seen: Seen) -> Taken | None:
    """What it would change, as it was worked out for this person on that revision."""
    held: Taken | None = _get(seen)
    return held


def keep_preview(seen: Seen, taken: Taken) -> None:
    """Keep what it would change."""
    _put(seen, taken)


def is_told(key: Key, actor: int) -> bool:
    """Whether it was noted before that this person's file was refused; noted from now on."""
    with _lock:
        before = _kept.get((key, actor))
        _kept[key, actor] = True
    return before is not None


def drop(seen: Seen) -> None:
    """Forget a file that was taken in or left."""
    with _lock:
        for key in [key for key in _kept if key == seen.key or getattr(key, "key", None) == seen.key]:
            del _kept[key]


def forget() -> None:
    """Forget everything: for tests."""
    with _lock:
        _kept.clear()


def _size(held: Any) -> float:
    if isinstance(held, Reading):
        count = held.rows + len(held.problems) + len(held.notes) + len(held.spellings)
    else:
        count = len(held.changes) if isinstance(held, Taken) else 0
    return min(count + 1, MOST_ROWS)


_kept: TTLCache[Hashable, Any] = TTLCache(maxsize=MOST_ROWS, ttl=SECONDS, getsizeof=_size)
_lock = Lock()


def _get(key: Hashable) -> Any:
    with _lock:
        return _kept.get(key)


def _put(key: Hashable, held: Any) -> None:
    with _lock:
        _kept[key] = held
