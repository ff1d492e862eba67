"""Which figures have come and which are missing: partner by month, and what is still due."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlmodel import Session

from lscb_core.domain.periods import month_end, month_start, months_back
from lscb_core.domain.returns import Sending, became, story, worst
from lscb_core.queries.frames import records
from lscb_core.queries.partner_returns import told_returns
from lscb_core.queries.returns_asked import returns_asked
from lscb_core.queries.view import View

COVERAGE = {
    "agency": "partner (empty: all the others)",
    "agency_slug": "the partner's word in an address",
    "template": "the return (empty: its figures, not told which)",
    "title": "the return in words",
    "period": "the period it is about, in words (empty: not told)",
    "period_end": "last day of that period (empty: not told)",
    "due_on": "due on",
    "sent_on": "came on (empty: it has not)",
    "state": "what became of it: sent, late, rejected, nothing or not_due",
    "note": "note",
}
MONTHS = {
    "agency": "partner (empty: all the others)",
    "agency_slug": "the partner's word in an address",
    "month": "last day of the month in which its returns were due",
    "state": "what became of them, the worst of several: sent, late, rejected, nothing or not_due",
    "returns": "returns due in the month",
    "told": "each of them in words",
}
MONTHS_SHOWN = 12
AHEAD = 366
"""Days ahead in which the next return to come is looked for."""
FIGURES = "Figures"


def coverage(session: Session, *, view: View) -> pd.DataFrame:
    """Every return due in the twelve months that end with the view's, as it stood on the view's day.

    What was sent later had not come. Returns that nobody asked for in this way are told by what the board
    noted. Of one agency where the view names one. The latest first. Columns: COVERAGE.
    """
    due_from = month_start(months_back(view.as_at, MONTHS_SHOWN - 1))
    return _frame(_due(session, view, due_from, month_end(view.as_at)))


def still_due(session: Session, *, view: View) -> pd.DataFrame:
    """What is missing, the longest due first, and of each return to come the next one. Columns: COVERAGE."""
    due_from = month_start(months_back(view.as_at, MONTHS_SHOWN - 1))
    listed: list[dict[str, Any]] = []
    coming: set[tuple[str, str]] = set()
    for row in _due(session, view, due_from, view.as_at + timedelta(days=AHEAD)):
        key = (row["agency_slug"], row["template"])
        if row["sent_on"] is None and key not in coming:
            listed.append(row)
            coming |= {key} if row["state"] == Sending.NOT_DUE else set()
    return pd.DataFrame(listed, columns=list(COVERAGE))


def coverage_by_month(session: Session, *, view: View) -> pd.DataFrame:
    """Partner by month: those that miss most first, months in their order. Columns: MONTHS."""
    found: dict[tuple[str, date], list[dict[str, Any]]] = {}
    for row in records(coverage(session, view=view)):
        found.setdefault((row["agency_slug"], month_end(row["due_on"])), []).append(row)
    rows = [_month(month, returns) for (_, month), returns in found.items()]
    order = _most_missing_first(rows)
    rows.sort(key=lambda row: (order.index(row["agency_slug"]), row["month"]))
    return pd.DataFrame(rows, columns=list(MONTHS))


def _due(session: Session, view: View, due_from: date, due_to: date) -> list[dict[str, Any]]:
    """Returns due between two days, in the order of the days."""
    asked = [
        row | {"note": ""} for row in returns_asked(session, view=view, due_from=due_from, due_to=due_to)
    ]
    noted = [
        _noted(row, view.as_at)
        for row in told_returns(session, view=view)
        if row["due_on"] and due_from <= row["due_on"] <= due_to
    ]
    return sorted([*noted, *asked], key=lambda row: (row["due_on"], row["agency"]))


def _noted(row: Mapping[str, Any], as_at: date) -> dict[str, Any]:
    state = became(due_on=row["due_on"], sent_on=row["sent_on"], refused=False, today=as_at)
    named = {name: row[name] for name in ("agency", "agency_slug", "due_on", "sent_on", "note")}
    unknown = {"template": "", "title": FIGURES, "period": "", "period_end": None}
    return {**named, **unknown, "state": state.value}


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows[::-1], columns=list(COVERAGE))


def _month(month: date, returns: list[dict[str, Any]]) -> dict[str, Any]:
    first = returns[0]
    return {
        "agency": first["agency"],
        "agency_slug": first["agency_slug"],
        "month": month,
        "state": worst(Sending.of(row["state"]) for row in returns).value,
        "returns": len(returns),
        "told": "; ".join(_told(row) for row in reversed(returns)),
    }


def _told(row: Mapping[str, Any]) -> str:
    title = ", ".join(filter(None, (row["title"], row["period"])))
    return story(title=title, due_on=row["due_on"], sent_on=row["sent_on"], state=Sending.of(row["state"]))


def _most_missing_first(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The partners, those first that have most months with nothing, then most late; then by name."""
    count: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        missed = count.setdefault((row["agency_slug"], row["agency"]), [0, 0])
        missed[0] -= row["state"] in (Sending.NOTHING, Sending.REJECTED)
        missed[1] -= row["state"] == Sending.LATE
    return [slug for slug, name in sorted(count, key=lambda who: (count[who], who[1]))]
