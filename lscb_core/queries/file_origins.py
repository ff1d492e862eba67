"""Questions about the files that counts of referrals came in: which, and when they were taken in."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Import, Origin
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.view import View

FILES = {
    "step": "step on the way from contact to plan",
    "title": "what the file holds",
    "file": "file",
    "taken_on": "taken in on",
    "first": "end of the first period that its counts are of",
    "last": "end of the last period that its counts are of",
    "notes": "what was noted when it was read, a line each",
    "kind": "kind of file",
}
IMPORTED = "import-"
"""How the origin of a file that was taken in begins; counts that came with the board itself have another."""


def files_behind(session: Session, *, view: View) -> pd.DataFrame:
    """For each step the files whose counts of the whole board stand, newest file first. Columns: FILES."""
    reach = _reach(session, view)
    told = {row["origin_id"]: row for row in _imports(session, {origin for _, origin in reach})}
    rows = [
        {"step": step, **told[origin], "first": first, "last": last}
        for (step, origin), (first, last) in reach.items()
        if origin in told
    ]
    rows.sort(key=lambda row: (row["taken_on"], row["last"]), reverse=True)
    return pd.DataFrame(rows, columns=list(FILES))


def _reach(session: Session, view: View) -> dict[tuple[str, int], tuple[date, date]]:
    """Step and origin -> the first and the last period end of the cells that stand."""
    newest = cells.newest(view, cells.of_part("all"))
    told = (
        sa.select(
            newest.c.step,
            newest.c.origin_id,
            sa.func.min(newest.c.period_end).label("first"),
            sa.func.max(newest.c.period_end).label("last"),
        )
        .where(newest.c.newest == 1)
        .group_by(newest.c.step, newest.c.origin_id)
    )
    return {(row.step, row.origin_id): (row.first, row.last) for row in session.connection().execute(told)}


def _imports(session: Session, origins: set[int]) -> list[dict[str, Any]]:
    """Title, file and day of the files that were taken in."""
    asked = (
        sa.select(
            col(Import.origin_id),
            col(Origin.title),
            col(Import.file_name).label("file"),
            col(Import.saved_at),
            col(Import.notes),
            col(Import.kind),
        )
        .join(Origin, col(Origin.id) == Import.origin_id)
        .where(col(Import.origin_id).in_(origins), col(Origin.key).startswith(IMPORTED))
    )
    found = [dict(row) for row in session.connection().execute(asked).mappings()]
    return [{**row, "taken_on": row["saved_at"].date(), "notes": "\n".join(row["notes"])} for row in found]
