"""Parent of every table, and the column types that SQLite and PostgreSQL must agree on."""

from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

FOREVER = date(9999, 12, 31)
"""The end of a state that still holds. A date, not NULL, so that one index answers "as at"."""

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMES))):
    """Parent of every table. Its own registry: a hot reload may then define the tables again."""


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC: aware in Python on every database, stored without a zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take the zone off after moving to UTC."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Put UTC back on."""
        return value.replace(tzinfo=UTC) if value else None


def choice(kind: type[Enum], name: str) -> Any:
    """Column type for one code of a vocabulary; the database refuses any other (CHECK)."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda codes: [str(code.value) for code in codes],
    )
