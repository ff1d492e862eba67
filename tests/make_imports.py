"""Readings as a reader would hand them over, and the taking in of them."""

import hashlib
from datetime import UTC, date, datetime, time
from itertools import count

from lscb_core.commands.imports import FileFacts, save_import
from lscb_core.imports.reading import Scope, reading
from tests import make

_numbers = count(1)


def facts(name: str = "return.xlsx") -> FileFacts:
    """A file that nobody has sent before."""
    return FileFacts(name, hashlib.sha256(str(next(_numbers)).encode()).hexdigest(), 1000)


def moment(on: date) -> datetime:
    return datetime.combine(on, time(10), UTC)


def tally(month: date, source="6", *, step="referral", detail="nfa", count=10) -> dict:
    row = {"step": step, "month": month.isoformat(), "source": source, "detail": detail}
    return row | {"count": count}


def census(year: date, tallies: list[dict]):
    scope = Scope(f"cin-census/{year}", year, tuple(tallies))
    return reading("cin-census", scopes=[scope], as_at=year, title="Census")


def returns(sent: dict, template: str = "thresholds"):
    """(agency, month end) -> rows of (level, outcome, count)."""
    scopes = [
        Scope(
            f"template/{template}/{agency}/{end}",
            end,
            tuple({"level": level, "outcome": outcome, "count": n} for level, outcome, n in rows),
            "" if agency == "others" else agency,
        )
        for (agency, end), rows in sent.items()
    ]
    return reading("template", scopes=scopes, title="Threshold return")


def take(session, on, made, *, actor, day=make.TODAY, file=None):
    """Save it on that day as that account."""
    return save_import(
        session, actor=actor, board_id=on.id, file=file or facts(), reading=made, at=moment(day)
    )
