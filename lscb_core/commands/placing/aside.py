"""Rows that give way to a file's rows without a trace of their own: the history keeps them until they return.

Some tables have no revisions. Where a file brings a row that stands there already, from a document or typed
in by hand, the newest word counts: the earlier row is set aside, in an event of the history that holds it
whole. It stands again as soon as no file brings a row in its place.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.commands.placing.model import Place
from lscb_core.commands.placing.origins import number_of
from lscb_core.db.base import Table
from lscb_core.db.recording import record
from lscb_core.db.tables import Event

SET_ASIDE, PUT_BACK = "set_aside", "put_back"
R = TypeVar("R", bound=Any)
Fields = dict[str, Any]


def remember(place: Place, row: R, name: str, fields: Fields) -> None:
    """Write down these fields of a row, under its name, before they give way."""
    _tell(place, type(row), row.id, SET_ASIDE, name, before=fields)


def remembered(place: Place, table: type[Table], starts: str) -> dict[str, list[Fields]]:
    """What is set aside now, under names that start so: the fields as JSON holds them."""
    asked = select(Event).where(
        Event.board_id == place.board.id,
        Event.record_kind == _kind(table),
        col(Event.act).in_((SET_ASIDE, PUT_BACK)),
        col(Event.note).startswith(starts, autoescape=True),
    )
    found: dict[str, list[Fields]] = {}
    for event in place.session.exec(asked.order_by(col(Event.id))):
        if event.act == PUT_BACK:
            found.pop(event.note, None)
        else:
            found.setdefault(event.note, []).append({**event.before, "id": event.record_id})
    return found


def let_go(place: Place, table: type[Table], name: str, listed: Sequence[Fields]) -> None:
    """Write down that what was set aside under this name stands again."""
    for fields in listed:
        _tell(place, table, fields["id"], PUT_BACK, name, before={})


def give_way(place: Place, rows: Sequence[R], *, name: Callable[[R], str]) -> None:
    """Take rows out of their table; each is remembered under its name."""
    for row in rows:
        remember(place, row, name(row), _fields(row))
    _remove(place.session, rows)


def bring_back(place: Place, table: type[R], starts: str, *, but: Collection[str] = ()) -> None:
    """Put rows back that had given way under names that start so, but for some names."""
    for name, listed in remembered(place, table, starts).items():
        if name not in but:
            place.session.add_all(_row(table, fields) for fields in listed)
            let_go(place, table, name, listed)
    place.session.flush()


def stand_in(
    place: Place,
    table: type[R],
    held: Sequence[R],
    wanted: Mapping[str, R],
    *,
    mine: Collection[int],
    name: Callable[[R], str],
    starts: str,
) -> None:
    """Make a table without revisions hold these rows, by name, beside those of other origins.

    `held` are the rows that the scope reaches, `mine` the origins of its own files. A row of another origin
    gives way to a wanted one of the same name, and returns when none is wanted.
    """
    own = {name(row): row for row in held if row.origin_id in mine}
    kept = {key for key, row in wanted.items() if key in own and _fields(row) == _fields(own[key])}
    _remove(place.session, [row for row in held if row.origin_id in mine and name(row) not in kept])
    bring_back(place, table, starts, but=wanted)
    give_way(place, [row for row in held if row.origin_id not in mine and name(row) in wanted], name=name)
    place.session.add_all(row for key, row in wanted.items() if key not in kept)
    place.session.flush()


def _remove(session: Session, rows: Sequence[Any]) -> None:
    for row in rows:
        session.delete(row)
    session.flush()


def _fields(row: Any) -> Fields:
    return dict(row.model_dump(mode="json", exclude={"id"}))


def _row(table: type[R], fields: Fields) -> R:
    """The row again, under a new number: the old one may have been given away."""
    row: R = table.model_validate({key: value for key, value in fields.items() if key != "id"})
    return row


def _kind(table: type[Table]) -> str:
    return str(sa.inspect(table).local_table.name)


def _tell(place: Place, table: type[Table], row_id: int, act: str, name: str, *, before: Fields) -> None:
    record(
        place.session,
        who=place.who,
        board_id=number_of(place.board),
        record_kind=_kind(table),
        record_id=row_id,
        act=act,
        before=before,
        after=dict.fromkeys(before),
        at=place.at,
        note=name,
    )
    place.session.flush()
