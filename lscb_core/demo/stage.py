"""What every part of the invented board needs: where to add, when it plays, who is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.db.base import Table
from lscb_core.demo.clock import Clock

SEED = "tidewater 1"
SOURCE = "Invented"


@dataclass(frozen=True, slots=True)
class Stage:
    """The board's own numbers in the database, by the short names that the tables use."""

    session: Session
    clock: Clock
    board_id: int
    area_id: int
    origin_id: int
    agencies: dict[str, int]
    sub_groups: dict[str, int]
    priorities: dict[str, int]

    def chance(self, subject: str) -> Random:
        """Chance for one subject: the same draws on every machine, whatever other subjects draw."""
        return Random(f"{SEED}: {subject}")

    def add(self, table: type[Table], rows: Iterable[dict[str, Any]]) -> None:
        """Add many rows whose numbers nobody needs, in one statement."""
        if listed := list(rows):
            self.session.connection().execute(sa.insert(table), listed)

    def put(self, table: type[Table], rows: Iterable[dict[str, Any]]) -> list[int]:
        """Add rows and give back the numbers they got, in the same order."""
        listed = list(rows)
        if not listed:
            return []
        keys = sa.inspect(table).primary_key
        statement = sa.insert(table).returning(*keys, sort_by_parameter_order=True)
        return list(self.session.connection().execute(statement, listed).scalars())


def moment(on: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of working hours on a day, in UTC."""
    return datetime.combine(on, time(hour, minute), UTC)
