"""What is in the database already: numbers of rows by the words that the published tables use for them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.db.base import Table
from lscb_core.published.rows import Row

Kind = type[Table]
Key = tuple[str, ...]


class Known:
    """Looks references up: a board by its slug, an audit by its board's number and its key."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.days: dict[str, date] = {}  # document -> the day from which its news was known
        self.areas: dict[int, int] = {}  # board -> the area that it serves
        self._rows: dict[tuple[Kind, Key], Any] = {}

    def learn(self, table: Kind, *keys: str, gives: str = "id") -> None:
        """Read the table's rows, to be found by these columns; `gives` is the column that answers."""
        columns = sa.inspect(table).columns
        statement = sa.select(columns[gives], *(columns[key] for key in keys))
        for answer, *key in self.session.connection().execute(statement):
            self._rows[table, tuple(map(str, key))] = answer

    def number(self, row: Row, field: str, table: Kind, *key: object) -> int:
        """The answer for a key; the last part of it is what the field says. Raises BadInput."""
        found = self._rows.get((table, tuple(map(str, key))))
        if found is None:
            raise row.refusal(field, f"there is no {table.__name__.lower()} “{key[-1]}”")
        return int(found)
