"""What every kind of scope is handed when its rows take their place, and what it says it changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from sqlmodel import Session

from lscb_core.db.access import Person
from lscb_core.db.tables import Board

K = TypeVar("K")
Rows = Sequence[Mapping[str, Any]]
"""The rows of one scope, as a reader handed them over (imports.reading.Scope.rows)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure or record that is not as it was: in words for the preview. Empty `before`: new.

    Only what readers may see stands here: a hidden count reads "c".
    """

    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when rows take their place, and at whose hands.

    `at` is the moment of the act, `on` the day from which views show the rows. `origin_id` is the origin of
    the file in hand; where it is undone (`is_undo`), the origin of the file that goes.
    """

    session: Session
    board: Board
    who: Person
    at: datetime
    on: date
    origin_id: int
    is_undo: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One scope as it is to stand: its rows, or None where nothing stands any more."""

    key: str
    rows: Rows | None
    agency_id: int | None = None
    period_end: date | None = None
    import_id: int | None = None  # the import that brought these rows
    origin_id: int | None = None


def differences(
    before: Mapping[K, str],
    now: Mapping[K, str],
    *,
    words: Callable[[K], str],
    order: Callable[[K], Any] | None = None,
) -> list[Change]:
    """What reads otherwise than before; `words` say what it is. Without an order, as it is told here."""
    told = list(dict.fromkeys([*before, *now]))
    return [
        Change(words(key), before.get(key, ""), now.get(key, ""))
        for key in (sorted(told, key=order) if order else told)
        if before.get(key, "") != now.get(key, "")
    ]


class Placer(Protocol):
    """How each kind of scope is called: once for all scopes of that kind in one import."""

    def __call__(self, place: Place, sent: Sequence[Sent]) -> list[Change]:
        """Make the live tables hold these scopes, tell what changed. Does not commit.

        Raises BadInput where the rows cannot be held; then the caller rolls back.
        """
