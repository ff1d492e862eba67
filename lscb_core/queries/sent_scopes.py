"""What was sent, scope by scope: which file's rows stand for each, and what a new file would replace."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Import, SentScope
from lscb_core.domain.sent_files import scope_words
from lscb_core.queries.frames import selected
from lscb_core.queries.seats import seated
from lscb_core.queries.view import View

REPLACED = {
    "number": "number of the import that stands",
    "file": "file",
    "who": "by whom",
    "at": "when it was taken in (UTC)",
    "pieces": "what of it would be replaced, in words",
}


def standing_in(session: Session, *, view: View, keys: Collection[str] | None = None) -> dict[str, int]:
    """Scope -> number of the import whose rows stood for it on the view's day."""
    listed = sent_scopes(view)
    if keys is not None:
        listed = listed.where(col(SentScope.scope).in_(keys))
    return last_of_each(session, listed, view)


def sent_scopes(view: View) -> Any:
    """Every scope that was sent to the board and not refused, the last one last."""
    moments = (col(Import.saved_at), col(Import.undone_at))
    return (
        sa.select(col(SentScope.scope), col(SentScope.import_id), *moments)
        .join(Import, col(Import.id) == SentScope.import_id)
        .where(col(SentScope.board_id) == view.board_id, col(Import.status) != "refused")
        .order_by(col(SentScope.import_id))
    )


def last_of_each(session: Session, listed: Any, view: View) -> dict[str, int]:
    """Scope -> the last import of these that had come by the view's day and was not undone by then."""
    return {
        row["scope"]: row["import_id"]
        for row in selected(session, listed)
        if _stood(row["saved_at"], row["undone_at"], view.as_at)
    }


def _stood(saved_at: datetime, undone_at: datetime | None, as_at: date) -> bool:
    return saved_at.date() <= as_at and (undone_at is None or undone_at.date() > as_at)


def would_replace(session: Session, *, view: View, keys: Collection[str]) -> pd.DataFrame:
    """The earlier files whose figures stand where those of a new one would, the last first.

    Columns: REPLACED.
    """
    found: dict[int, list[str]] = {}
    for key, number in standing_in(session, view=view, keys=keys).items():
        found.setdefault(number, []).append(key)
    names = seated(session, view)
    rows = [
        (row["id"], row["file_name"], row["saved_by"], row["saved_at"], _words(found[row["id"]], names))
        for row in selected(session, _these(found))
    ]
    return pd.DataFrame(rows, columns=list(REPLACED))


def _these(numbers: Collection[int]) -> Any:
    listed = sa.select(sa.inspect(Import).local_table).where(col(Import.id).in_(numbers))
    return listed.order_by(col(Import.id).desc())


def _words(keys: list[str], names: Mapping[str, str]) -> list[str]:
    return [scope_words(key, names) for key in sorted(keys)]
