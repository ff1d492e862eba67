"""The files taken in so far: who sent which, and what stands of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.access import Person, check
from lscb_core.db.tables import Import, SentScope
from lscb_core.domain.permissions import Act
from lscb_core.domain.sent_files import KINDS
from lscb_core.queries.frames import selected
from lscb_core.queries.sent_scopes import standing_in
from lscb_core.queries.view import View

IMPORTS = {
    "number": "number of the import",
    "at": "when it was taken in or refused (UTC)",
    "who": "by whom",
    "file": "file",
    "kind": "kind of file",
    "title": "what it is",
    "as_at": "its figures are as at",
    "rows": "rows kept",
    "problems": "problems for which it was refused",
    "notes": "notes on its reading",
    "state": "what stands of it: stands, partly, replaced, undone or refused",
    "told": "the same in words",
}
STATES = {
    "stands": "Stands",
    "partly": "Stands in part",
    "replaced": "Replaced",
    "undone": "Undone",
    "refused": "Refused",
}


@dataclass(slots=True)
class _Pieces:
    """The scopes of one import; of each one that does not stand, the import that stands in its place."""

    keys: list[str] = field(default_factory=list)
    replaced_by: list[int] = field(default_factory=list)


def imports(session: Session, *, view: View, who: Person) -> pd.DataFrame:
    """Files taken in or refused by the view's day, the last first, as they stood then.

    All of the board for its manager, those of the own agency for an agency's lead. Raises NotPermitted for
    anybody else. Columns: IMPORTS.
    """
    rows = files(session, view=view, who=who)
    pieces = _pieces(session, view, rows)
    told = [_told(row, pieces.get(row["id"], _Pieces())) for row in rows]
    return pd.DataFrame(told, columns=list(IMPORTS)).astype({"as_at": "object"})


def files(session: Session, *, view: View, who: Person) -> list[dict[str, Any]]:
    """The rows of Import that this person may see, the last first; `status` as it was on the view's day."""
    listed = sa.select(sa.inspect(Import).local_table).where(col(Import.board_id) == view.board_id)
    if not who.may(Act.IMPORT, board_id=view.board_id):
        own = who.agency_ids(view.board_id)
        check(session, who, Act.SEND_RETURN, board_id=view.board_id, agency_id=min(own, default=None))
        listed = listed.where(col(Import.agency_id).in_(own))
    found = selected(session, listed.order_by(col(Import.id).desc()))
    return [_as_at(row, view) for row in found if row["saved_at"].date() <= view.as_at]


def _as_at(row: dict[str, Any], view: View) -> dict[str, Any]:
    """What was undone later still stood on that day."""
    later = row["undone_at"] is not None and row["undone_at"].date() > view.as_at
    return row | {"status": "saved", "undone_by": "", "undone_at": None} if later else row


def _pieces(session: Session, view: View, rows: list[dict[str, Any]]) -> dict[int, _Pieces]:
    now = standing_in(session, view=view)
    found: dict[int, _Pieces] = {}
    listed = sa.select(col(SentScope.scope), col(SentScope.import_id)).where(
        col(SentScope.import_id).in_([row["id"] for row in rows if row["status"] == "saved"])
    )
    for scope, number in session.connection().execute(listed):
        pieces = found.setdefault(number, _Pieces())
        pieces.keys.append(scope)
        if now[scope] != number:
            pieces.replaced_by.append(now[scope])
    return found


def _told(row: Mapping[str, Any], pieces: _Pieces) -> dict[str, Any]:
    state = _state(row, pieces)
    others = sorted(set(pieces.replaced_by))
    by = f" by {'file' if len(others) == 1 else 'files'} {', '.join(map(str, others))}" if others else ""
    return {
        "number": row["id"],
        "at": row["saved_at"],
        "who": row["saved_by"],
        "file": row["file_name"],
        "kind": KINDS.get(row["kind"], row["kind"]),
        "title": row["title"],
        "as_at": row["as_at"],
        "rows": row["rows"],
        "problems": row["problems"],
        "notes": len(row["notes"]),
        "state": state,
        "told": {"partly": f"Stands in part; the rest replaced{by}", "replaced": f"Replaced{by}"}.get(
            state, STATES[state]
        ),
    }


def _state(row: Mapping[str, Any], pieces: _Pieces) -> str:
    if row["status"] != "saved":
        return str(row["status"])
    if not pieces.replaced_by:
        return "stands"
    return "replaced" if len(pieces.replaced_by) == len(pieces.keys) else "partly"
