"""The records that events are about: what they are called, and what of them may be read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.access import OPERATOR, Person
from lscb_core.db.tables import Account, Action, Agency, Import, ReturnAsked, Seat
from lscb_core.domain.codes import SOURCE_GROUP_LABELS, SOURCES
from lscb_core.domain.history import OF_A_FILE, READ_AGAIN, kind_of
from lscb_core.domain.permissions import Act
from lscb_core.domain.returns import TITLES
from lscb_core.queries.seats import seat_of
from lscb_core.queries.view import View

STORIES = ("action", "import", "account")
"""The kinds of record that have a page of their own in the history."""
Row = dict[str, Any]
_Records = Mapping[tuple[str, int], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """What the records of some events are called: number and name of each, and the agencies by number."""

    records: _Records
    agencies: Mapping[int, str]


def told(session: Session, view: View, who: Person, rows: Sequence[Row]) -> list[Row]:
    """Rows of Event as `queries.history.EVENTS` says, with nothing that this person may not see."""
    named, files = named_in(session, view, rows), who.may(Act.IMPORT, board_id=view.board_id)
    return [_told(row, named, files=files) for row in rows]


def _told(row: Row, named: Named, *, files: bool) -> Row:
    kind, number = row["record_kind"], row["record_id"]
    shown, name = named.records.get((kind, number), (number, ""))
    has_story = kind in STORIES and (kind, number) in named.records
    return {
        "event": row["id"],
        "at": row["at"],
        "kind": kind_of(kind, row["act"]).value,
        "act": row["act"],
        "record_kind": kind,
        "record": f"{kind}/{shown}" if has_story else "",
        "number": shown,
        "name": name,
        "who": row["actor"],
        "before": _readable(row, "before", named, files=files),
        "after": _readable(row, "after", named, files=files),
        "note": row["note"],
        "seal": row["seal"],
    }


def _readable(row: Row, side: str, named: Named, *, files: bool) -> dict[str, Any]:
    """The fields that may be read again, agencies and sources by their names."""
    fields, kind = row[side] or {}, row["record_kind"]
    if row["act"] == "map_sources":
        return {_source(code): _agency(number, named) for code, number in fields.items()}
    if row["act"] == "map_spellings":
        return {"words": sum(count for count in fields.values() if isinstance(count, int))}
    kept = READ_AGAIN.get(kind, ()) + (OF_A_FILE if kind == "import" and files else ())
    if row["act"] in ("set_aside", "put_back"):
        kept = ()
    return {
        name: _agency(fields[name], named) if name == "agency_id" else fields[name]
        for name in kept
        if name in fields
    }


def _agency(number: Any, named: Named) -> str:
    return named.agencies.get(number, "another agency") if number else ""


def _source(code: str) -> str:
    return SOURCES.get(code) or SOURCE_GROUP_LABELS.get(code, "another source")


def named_in(session: Session, view: View, rows: Sequence[Row]) -> Named:
    """Numbers and names of the records in these rows, in a few small questions."""
    wanted = {kind: {row["record_id"] for row in rows if row["record_kind"] == kind} for kind in STORIES}
    columns: dict[str, tuple[Any, Any, Any]] = {
        "action": (Action.id, Action.number, Action.title),
        "import": (Import.id, Import.id, Import.title),
        "account": (Account.id, Account.id, Account.label),
    }
    records: dict[tuple[str, int], tuple[int, str]] = {}
    for kind, (key, number, name) in columns.items():
        asked = sa.select(col(key), col(number), col(name)).where(col(key).in_(wanted[kind]))
        for found in session.connection().execute(asked):
            records[kind, found[0]] = (found[1], found[2])
    if OPERATOR in wanted["account"]:
        records["account", OPERATOR] = (OPERATOR, "Command line")
    agencies = _agencies(session, view)
    asked_for = {row["record_id"] for row in rows if row["record_kind"] == "return_asked"}
    return Named({**records, **_returns(session, asked_for, agencies)}, agencies)


def _returns(session: Session, wanted: set[int], agencies: Mapping[int, str]) -> _Records:
    """Returns that are asked for: 'Threshold return, Police'."""
    asked: Any = sa.select(col(ReturnAsked.id), col(ReturnAsked.template), col(ReturnAsked.agency_id))
    found = session.connection().execute(asked.where(col(ReturnAsked.id).in_(wanted))) if wanted else ()
    return {
        ("return_asked", row[0]): (row[0], f"{TITLES.get(row[1], row[1])}, {agencies[row[2]]}")
        for row in found
    }


def _agencies(session: Session, view: View) -> dict[int, str]:
    """Every agency by its number, as the board calls it where it has a seat."""
    names: Any = sa.select(col(Agency.id), sa.func.coalesce(col(Seat.name), col(Agency.name))).join(
        Seat, seat_of(Agency.id, view.board_id), isouter=True
    )
    return {row[0]: row[1] for row in session.connection().execute(names)}
