"""Which audits are owed a repeat, and since when: a repeat shows whether the actions worked."""

from datetime import timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from lscb_core.db.tables import Audit, Board, Origin
from lscb_core.domain.audits import AHEAD_DAYS, repeat_standing
from lscb_core.domain.periods import month_start
from lscb_core.domain.vocab import AuditKind, Brag
from lscb_core.queries import audit_rows
from lscb_core.queries.view import View

MOST_SHOWN = 300

RE_AUDITS = {
    "key": "the first audit's word in an address",
    "title": "audit to be repeated",
    "theme": "subject",
    "month": "month of the audit to be repeated (empty: not given)",
    "grade": "its grade (empty: not graded)",
    "standing": "where the repeat stands: late, due_soon, on_time or no_date",
    "due_on": "repeat due on (empty: no date agreed)",
    "days_late": "days past that date",
    "planned_for": "month for which the repeat is planned (empty: none)",
    "source": "source",
}
_NAMES = ("key", "title", "theme", "month", "grade", "source")


def re_audits(session: Session, *, view: View) -> pd.DataFrame:
    """Audits whose repeat was owed and had not begun on the view's day, longest late first.

    Columns: RE_AUDITS. Repeats promised without a date stand last.
    """
    found = session.connection().execute(_owed(view)).mappings()
    rows = [_as_at(dict(row), view) for row in found]
    return pd.DataFrame(rows, columns=list(RE_AUDITS)).astype({"days_late": "Int64"})


def _as_at(row: dict[str, Any], view: View) -> dict[str, Any]:
    now = repeat_standing(row["due_on"], view.as_at)
    late = (view.as_at - row["due_on"]).days if now is Brag.LATE else 0
    grade = row["grade"].value if row["grade"] else ""
    return row | {"standing": now.value, "days_late": late, "grade": grade}


def _owed(view: View) -> Any:
    repeat: Any = aliased(Audit)
    due_on = col(Audit.reaudit_due_on)
    is_repeat = repeat.reaudit_of_id == Audit.id
    promised = sa.select(repeat.id).where(is_repeat, repeat.status != "done").exists()
    begun = sa.select(repeat.id).where(is_repeat, audit_rows.has_begun(view, repeat)).exists()
    return (
        sa.select(
            *(col(getattr(Audit, name)) for name in _NAMES),
            due_on.label("due_on"),
            _planned_for(view).label("planned_for"),
        )
        .select_from(Audit)
        .join(Origin, col(Origin.id) == Audit.origin_id)
        .join(Board, col(Board.id) == Audit.board_id)
        .where(*audit_rows.wanted(view), audit_rows.is_known(view), ~begun)
        .where(sa.or_(due_on.is_not(None), promised))
        .order_by(due_on.is_(None), due_on, col(Audit.id))
        .limit(MOST_SHOWN)
    )


def _planned_for(view: View) -> Any:
    """The month of the next repeat in the programme: tied to the audit, or by subject or title."""
    repeat: Any = aliased(Audit)
    same_subject = sa.and_(repeat.kind == AuditKind.RE_AUDIT, repeat.theme == Audit.theme)
    same = sa.and_(repeat.reaudit_of_id.is_(None), sa.or_(same_subject, repeat.title == Audit.title))
    in_programme = repeat.month.between(month_start(view.as_at), view.as_at + timedelta(days=AHEAD_DAYS))
    return (
        sa.select(sa.func.min(repeat.month))
        .where(repeat.board_id == Audit.board_id, repeat.status != "slipped", in_programme)
        .where(sa.or_(repeat.reaudit_of_id == Audit.id, same))
        .scalar_subquery()
    )
