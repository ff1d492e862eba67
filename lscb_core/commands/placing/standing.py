"""What stands of all that was sent: of each scope the last one whose import was not undone."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.commands.placing.model import Sent
from lscb_core.db.tables import Import, SentScope

NAMES = ("scope", "rows", "agency_id", "period_end", "import_id")


def standing(
    session: Session,
    *,
    board_id: int,
    keys: Collection[str] | None = None,
    between: tuple[date, date] | None = None,
    starts: Collection[str] = (),
) -> dict[str, Sent]:
    """The scopes of a board that stand, by key: these keys, or those of a period that start like this."""
    told = _numbered(board_id, _asked(keys, between, starts))
    found = session.connection().execute(sa.select(told).where(told.c.newest == 1).order_by(told.c.scope))
    names = ("rows", "agency_id", "period_end", "import_id", "origin_id")
    return {
        row["scope"]: Sent(row["scope"], **{name: row[name] for name in names}) for row in found.mappings()
    }


def _numbered(board_id: int, asked: list[Any]) -> sa.Subquery:
    """What was sent with files that were not undone, each scope numbered from the newest."""
    newest = sa.func.row_number().over(
        partition_by=col(SentScope.scope), order_by=col(SentScope.import_id).desc()
    )
    return (
        sa.select(
            *(col(getattr(SentScope, name)) for name in NAMES),
            col(Import.origin_id),
            newest.label("newest"),
        )
        .join(Import, col(Import.id) == SentScope.import_id)
        .where(col(SentScope.board_id) == board_id, col(Import.status) == "saved", *asked)
        .subquery()
    )


def _asked(
    keys: Collection[str] | None, between: tuple[date, date] | None, starts: Collection[str]
) -> list[Any]:
    asked: list[Any] = []
    if keys is not None:
        asked.append(col(SentScope.scope).in_(keys))
    if between is not None:
        asked.append(col(SentScope.period_end).between(*between))
    if starts:
        asked.append(sa.or_(*(col(SentScope.scope).startswith(start, autoescape=True) for start in starts)))
    return asked
