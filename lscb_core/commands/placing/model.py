"""What every kind of scope is handed when its rows take their place, and what it says it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlmodel import Session

from lscb_core.db.access import Person
from lscb_core.db.tables import Board

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
    """Where and when rows take their place. `on` is the day from which views show them."""

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


class Placer(Protocol):
    """How each kind of scope is called: once for all scopes of that kind in one import."""

    def __call__(self, place: Place, sent: Sequence[Sent]) -> list[Change]:
        """Make the live tables hold these scopes, tell what changed. Does not commit.

        Raises BadInput where the rows cannot be held; then the caller rolls back.
        """
