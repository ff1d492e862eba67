"""The returns that a board asks its agencies for, and which of them have come: from the files taken in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, Import, ReturnAsked, Seat, SentScope
from lscb_core.domain.returns import TITLES, Asking, Every, became
from lscb_core.queries.frames import selected
from lscb_core.queries.seats import seat_of
from lscb_core.queries.view import View

KEYS = {title: key for key, title in TITLES.items()}
ALL = "all"
"""In the place of an agency in a scope's key: what was sent tells of every agency."""


@dataclass(slots=True)
class _Came:
    """What has come by a day: first day of each return (template, agency or None, day), and refused files."""

    first: dict[tuple[str, int | None, date], date] = field(default_factory=dict)
    saved: dict[int, datetime] = field(default_factory=dict)  # agency -> when its last file came that stands
    refused: dict[int, list[tuple[str, datetime]]] = field(default_factory=dict)  # agency -> template, when


def returns_asked(session: Session, *, view: View, due_from: date, due_to: date) -> list[dict[str, Any]]:
    """Each return due between two days, as it stood on the view's day, in the order of the days.

    Of one agency where the view names one. Keys: agency, agency_slug, template, title, period_end, period,
    due_on, sent_on (None: has not come), state (domain.returns.Sending).
    """
    asked = selected(session, _asked(view))
    came = _came(session, view) if asked else _Came()
    rows = [row for one in asked for row in _returns(one, came, view.as_at, due_from=due_from, due_to=due_to)]
    return sorted(rows, key=lambda row: (row["due_on"], row["agency"], row["title"]))


def first_due(session: Session, *, view: View) -> dict[str, date]:
    """Since when each agency is asked for returns in this way: its word in an address -> first day due."""
    found: dict[str, date] = {}
    for row in selected(session, _asked(view)):
        first = asking(row).due_on(row["first_period_end"])
        found[row["agency_slug"]] = min(first, found.get(row["agency_slug"], first))
    return found


def asking(row: Mapping[str, Any]) -> Asking:
    """What is asked for, from a row of ReturnAsked."""
    return Asking(
        row["template"], Every.of(row["every"]), row["first_period_end"], row["until"], row["days_allowed"]
    )


def _asked(view: View) -> Any:
    names = ("agency_id", "template", "every", "first_period_end", "until", "days_allowed")
    listed = (
        sa.select(
            *(col(getattr(ReturnAsked, name)) for name in names),
            col(Seat.name).label("agency"),
            col(Agency.slug).label("agency_slug"),
        )
        .join(Agency, col(Agency.id) == ReturnAsked.agency_id)
        .join(Seat, seat_of(Agency.id, ReturnAsked.board_id))
        .where(col(ReturnAsked.board_id) == view.board_id)
        .order_by(Seat.name, col(ReturnAsked.template))
    )
    return listed if view.agency_id is None else listed.where(col(ReturnAsked.agency_id) == view.agency_id)


def _returns(
    row: Mapping[str, Any], came: _Came, as_at: date, *, due_from: date, due_to: date
) -> Iterable[dict[str, Any]]:
    asked = asking(row)
    ends = list(asked.period_ends(due_from=due_from, due_to=due_to))
    sent = _first_days(asked, row["agency_id"], came)
    for end in ends:
        due_on = asked.due_on(end)
        refused = _is_refused(asked, row["agency_id"], came, end)
        yield {
            "agency": row["agency"],
            "agency_slug": row["agency_slug"],
            "template": asked.template,
            "title": TITLES.get(asked.template, asked.template),
            "period_end": end,
            "period": asked.period_words(end),
            "due_on": due_on,
            "sent_on": sent.get(end),
            "state": became(due_on=due_on, sent_on=sent.get(end), refused=refused, today=as_at).value,
        }


def _first_days(asked: Asking, agency_id: int, came: _Came) -> dict[date, date]:
    """Period -> the day on which its return first came, of those that stand."""
    found: dict[date, date] = {}
    for (template, whose, dated), day in came.first.items():
        if template == asked.template and whose in (agency_id, None):
            end = asked.period_of(dated)
            found[end] = min(day, found.get(end, day))
    return found


def _is_refused(asked: Asking, agency_id: int, came: _Came, end: date) -> bool:
    """The agency's last file was refused, and this was the last period that had ended by then."""
    tried = [at for template, at in came.refused.get(agency_id, ()) if template in ("", asked.template)]
    last, saved = max(tried, default=None), came.saved.get(agency_id)
    if last is None or (saved is not None and saved >= last):
        return False
    return end < last.date() <= asked.next_end(end)


def _came(session: Session, view: View) -> _Came:
    came = _Came()
    for row in selected(session, _files(view)):
        if row["saved_at"].date() > view.as_at:
            continue
        if row["status"] == "refused":
            _note_refused(came, row)
        elif row["scope"] and (row["undone_at"] is None or row["undone_at"].date() > view.as_at):
            _note_sent(came, row)
    return came


def _note_refused(came: _Came, row: Mapping[str, Any]) -> None:
    if row["sender_id"] is not None:
        template = row["template"] if row["template"] in TITLES else KEYS.get(row["template"], "")
        came.refused.setdefault(row["sender_id"], []).append((template, row["saved_at"]))


def _note_sent(came: _Came, row: Mapping[str, Any]) -> None:
    _, template, whose = (*row["scope"].split("/"), "", "")[:3]
    agency_id, at = row["agency_id"] or row["sender_id"], row["saved_at"]
    if agency_id is not None:
        came.saved[agency_id] = max(at, came.saved.get(agency_id, at))
    if row["period_end"] is None or (agency_id is None and whose != ALL):
        return
    key = (template, None if whose == ALL else agency_id, row["period_end"])
    came.first[key] = min(at.date(), came.first.get(key, at.date()))


def _files(view: View) -> Any:
    """Templates taken in, scope by scope, and those refused."""
    return (
        sa.select(
            col(Import.status),
            col(Import.template),
            col(Import.agency_id).label("sender_id"),
            col(Import.saved_at),
            col(Import.undone_at),
            col(SentScope.scope),
            col(SentScope.agency_id),
            col(SentScope.period_end),
        )
        .join(SentScope, col(SentScope.import_id) == Import.id, isouter=True)
        .where(col(Import.board_id) == view.board_id, col(Import.kind) == "template")
        .order_by(col(Import.id))
    )
