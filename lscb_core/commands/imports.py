"""Taking in a file that was read: preview, save, undo. All or nothing, in one transaction.

What was sent is kept as it was sent, scope by scope; the live tables hold of each scope what was sent last
and not undone. A file is known by its hash: the same one again changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.commands.import_rows import (
    Arrival,
    FileFacts,
    import_row,
    keep_sent,
    origin_of,
    taken_before,
    tell,
)
from lscb_core.commands.placing.kinds import PLACERS, kind_of
from lscb_core.commands.placing.model import Change, Place, Sent
from lscb_core.commands.placing.past import only_from
from lscb_core.commands.placing.referrals import place_referrals
from lscb_core.commands.placing.standing import standing
from lscb_core.commands.words import required_text
from lscb_core.db.access import ActorId, Person, check, may, person
from lscb_core.db.recording import wait_for_turn
from lscb_core.db.tables import Agency, Board, Import, SentScope
from lscb_core.domain.periods import day
from lscb_core.domain.permissions import Act
from lscb_core.errors import BadInput, MoveNotAllowed, NotFound
from lscb_core.imports.reading import Reading

__all__ = ["FileFacts", "Taken", "check_sender", "note_refusal", "preview", "save_import", "undo_import"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, or would do. `again` tells of the same file taken in before, by whom and when."""

    import_id: int | None
    changes: tuple[Change, ...] = ()
    again: str = ""


def preview(
    session: Session, *, actor: ActorId, board_id: int, file: FileFacts, reading: Reading, at: datetime
) -> Taken:
    """What `save_import` would do, without keeping any of it. Raises as it does."""
    try:
        return _take(session, actor, Arrival(board_id, file, reading, at))
    finally:
        session.rollback()


def save_import(
    session: Session, *, actor: ActorId, board_id: int, file: FileFacts, reading: Reading, at: datetime
) -> Taken:
    """Take the file in: what it brought stands from today, with its history. Commits.

    Raises NotPermitted, or BadInput where the reading has problems or its rows cannot be held.
    """
    taken = _take(session, actor, Arrival(board_id, file, reading, at))
    session.commit()
    return taken


def note_refusal(
    session: Session, *, actor: ActorId, board_id: int, file: FileFacts, reading: Reading, at: datetime
) -> None:
    """Keep that a file was refused, with the number of its problems and nothing of its content. Commits."""
    who = check_sender(session, actor, board_id, reading)
    row = import_row(session, who, Arrival(board_id, file, reading, at))
    row.status, row.rows, row.counts, row.notes = "refused", 0, {}, []
    session.add(row)
    session.flush()
    tell(session, who, row, "refuse_import", at)
    session.commit()


def check_sender(session: Session, actor: ActorId, board_id: int, reading: Reading) -> Person:
    """The person, when he or she may take in this file: the manager any, a lead the own agency's returns."""
    who = person(session, actor)
    if who.may(Act.IMPORT, board_id=board_id):
        return who
    slugs = {scope.agency for scope in reading.scopes} or {""}
    if reading.kind != "template":
        check(session, who, Act.IMPORT, board_id=board_id)
    for slug in slugs:
        own = session.exec(select(Agency.id).where(Agency.slug == slug)).first()
        if own is None and reading.problems and who.agency_ids(board_id):
            continue  # what cannot be read belongs to nobody: its sender may be told why
        check(session, who, Act.SEND_RETURN, board_id=board_id, agency_id=own)
    return who


def _take(session: Session, actor: ActorId, come: Arrival) -> Taken:
    reading, at = come.reading, come.at
    wait_for_turn(session)
    who = check_sender(session, actor, come.board_id, reading)
    if not reading.may_be_saved:
        raise BadInput(
            "Nothing was saved.",
            why="The file has problems, or nothing in it could be used.",
            advice="Correct what is listed, then send it again.",
        )
    if again := taken_before(session, come):
        return Taken(
            again.id, again=f"{again.saved_by} took in this very file on {day(again.saved_at.date())}."
        )
    row = import_row(session, who, come)
    session.add(row)
    session.flush()
    row.origin_id = origin_of(session, row, come.file)
    sent = keep_sent(session, row, reading)
    place = Place(session, _board(session, come.board_id), who, at, at.date(), _number(row.origin_id))
    changes = _placed(place, sent)
    tell(session, who, row, "import", at)
    return Taken(row.id, tuple(changes))


def undo_import(session: Session, *, actor: ActorId, import_id: int, why: str, at: datetime) -> list[Change]:
    """Take back what a file brought; what it had replaced stands again. Commits.

    Raises NotFound, NotPermitted, MoveNotAllowed where it does not stand any more, or BadInput where what it
    brought was changed by somebody since.
    """
    wait_for_turn(session)
    row = session.get(Import, import_id, populate_existing=True)
    if row is None:
        raise NotFound("There is no such import.", advice="Choose one from the list.")
    who = may(session, actor, Act.UNDO_IMPORT, board_id=row.board_id)
    reason = required_text(why, "why it is undone")
    if row.status != "saved":
        raise MoveNotAllowed("This file does not stand any more.", why="It was refused, or undone before.")
    own = _to_put_back(session, row)
    row.status, row.undone_by, row.undone_at, row.undone_why = "undone", who.label, at, reason
    session.add(row)
    session.flush()
    place = Place(
        session, _board(session, row.board_id), who, at, at.date(), _number(row.origin_id), is_undo=True
    )
    changes = _put_back(place, own)
    only_from(session, origin_id=place.origin_id, day=row.saved_at.date())
    tell(session, who, row, "undo_import", at, note=reason)
    session.commit()
    return changes


def _to_put_back(session: Session, row: Import) -> list[Sent]:
    """The scopes of this file that stand; of referrals all, as cells are its own that another says too."""
    names = (SentScope.scope, SentScope.agency_id, SentScope.period_end)
    asked = sa.select(*(col(name) for name in names)).where(col(SentScope.import_id) == row.id)
    rows = session.connection().execute(asked.order_by(col(SentScope.id)))
    sent = [Sent(one.scope, None, one.agency_id, one.period_end, row.id, row.origin_id) for one in rows]
    stands = standing(session, board_id=row.board_id, keys=[one.key for one in sent])
    return [
        one
        for one in sent
        if stands[one.key].import_id == row.id or PLACERS[kind_of(one.key)] is place_referrals
    ]


def _put_back(place: Place, own: Sequence[Sent]) -> list[Change]:
    """Make each of these scopes hold what stood before, under the origin that it had; else nothing."""
    earlier = standing(place.session, board_id=_number(place.board.id), keys=[one.key for one in own])
    wanted = [earlier.get(one.key, one) for one in own]
    changes = []
    for origin in dict.fromkeys(_number(one.origin_id) for one in wanted):
        back = [one for one in wanted if one.origin_id == origin]
        changes += _placed(replace(place, origin_id=origin), back)
    return changes


def _placed(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """Hand the scopes to whoever places their kind, kind by kind."""
    kinds = dict.fromkeys(kind_of(one.key) for one in sent)
    placers = dict.fromkeys(PLACERS[kind] for kind in kinds)
    return [
        change
        for placer in placers
        for change in placer(place, [one for one in sent if PLACERS[kind_of(one.key)] is placer])
    ]


def _board(session: Session, board_id: int) -> Board:
    return session.get_one(Board, board_id)


def _number(held: int | None) -> int:
    assert held is not None
    return held
