"""Which rows a scope may touch: those that its own files brought. Rows of another origin are left alone."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from lscb_core.commands.placing.model import Place, Rows, Sent
from lscb_core.db.tables import Agency, Import, Seat, SentScope
from lscb_core.errors import BadInput

WHOLE_BOARD, UNDONE = "all", "undone"


def origins_of(place: Place, *, key: str = "", starts: str = "") -> set[int]:
    """The origins of every file that ever sent this scope, or one that starts so; of undone files too."""
    scope = col(SentScope.scope)
    sent = (
        sa.select(col(Import.origin_id))
        .join(SentScope, col(SentScope.import_id) == Import.id)
        .where(
            col(SentScope.board_id) == place.board.id,
            scope == key if key else scope.startswith(starts, autoescape=True),
            col(Import.origin_id).is_not(None),
        )
    )
    return {origin for origin in place.session.connection().execute(sent).scalars() if origin is not None}


def undone_now(place: Place, origins: Collection[int]) -> set[int]:
    """Those of these origins whose file is undone in this very act."""
    found = sa.select(col(Import.origin_id)).where(
        col(Import.origin_id).in_(origins), col(Import.status) == UNDONE, col(Import.undone_at) == place.at
    )
    return {origin for origin in place.session.connection().execute(found).scalars() if origin is not None}


def taken_back(place: Place, key: str, origins: Collection[int]) -> set[int]:
    """Those of these origins whose file is undone, so that nothing of it stands.

    What a file brought may stand after it was undone, where a later file of the same return says the same and
    still stands. Of the scope in hand (`key`) an undone file is undone whatever came later.
    """
    later, newer = aliased(Import), aliased(SentScope)
    same = [col(newer.scope) == SentScope.scope, col(newer.board_id) == SentScope.board_id]
    stands = [col(later.status) == "saved", col(later.id) > col(Import.id)]
    vouched = sa.exists().where(col(newer.import_id) == later.id, *same, *stands)
    files = (
        sa.select(col(Import.origin_id), col(SentScope.scope), vouched)
        .join(SentScope, col(SentScope.import_id) == Import.id)
        .where(col(Import.origin_id).in_(origins), col(Import.status) == UNDONE)
    )
    rows = place.session.connection().execute(files)
    found = [(row[0], str(row[1]), bool(row[2])) for row in rows if row[0] is not None]
    standing = {origin for origin, scope, is_vouched in found if is_vouched and scope != key}
    own = {origin for origin, scope, _ in found if scope == key}
    return own | {origin for origin, *_ in found if origin not in standing}


def ever_sent(place: Place, key: str) -> list[Mapping[str, Any]]:
    """Every row that any file ever had in this scope."""
    sent = sa.select(col(SentScope.rows)).where(
        col(SentScope.board_id) == place.board.id, col(SentScope.scope) == key
    )
    return [row for rows in place.session.connection().execute(sent).scalars() for row in rows]


def sent_before(place: Place, one: Sent) -> Rows:
    """The rows of the file that this one takes the place of; none where it is the first."""
    earlier = (
        sa.select(col(SentScope.rows))
        .join(Import, col(Import.id) == SentScope.import_id)
        .where(
            col(SentScope.board_id) == place.board.id,
            col(SentScope.scope) == one.key,
            col(SentScope.import_id) < one.import_id,
            col(Import.status) == "saved",
        )
        .order_by(col(SentScope.import_id).desc())
    )
    return place.session.connection().execute(earlier).scalars().first() or ()


def day_sent(place: Place) -> date:
    """The day on which the file whose rows take their place was taken in."""
    sent = sa.select(col(Import.saved_at)).where(col(Import.origin_id) == place.origin_id)
    moment = place.session.connection().execute(sent).scalars().first()
    return moment.date() if moment else place.on


def whose(one: Sent) -> str:
    """The agency's short name in the key of a template's scope, or "all"."""
    return one.key.split("/")[2]


def day_of(one: Sent) -> date:
    """The day or period's end in the key of a template's scope."""
    return one.period_end or date.fromisoformat(one.key.split("/")[3])


def agency_of(one: Sent) -> int | None:
    """The agency whose scope it is; None for the whole board. Raises BadInput where it has no seat."""
    if one.agency_id is None and whose(one) != WHOLE_BOARD:
        raise no_seat(whose(one))
    return one.agency_id


def one_agency_of(one: Sent) -> int:
    """The agency whose scope it is. Raises BadInput for the whole board, and where it has no seat."""
    agency_id = agency_of(one)
    if agency_id is None:
        raise no_seat(whose(one))
    return agency_id


def agencies_on(session: Session, board_id: int) -> dict[str, int]:
    """The board's agencies: short name -> number."""
    seats = sa.select(col(Agency.slug), col(Agency.id)).join(Seat, col(Seat.agency_id) == Agency.id)
    found = session.connection().execute(seats.where(col(Seat.board_id) == board_id))
    return {row.slug: row.id for row in found}


def no_seat(slug: str) -> BadInput:
    """The words for an agency that is not on the board."""
    return BadInput(
        f"Nothing was saved: “{slug}” has no seat on this board.",
        advice="Use the agency's short name as the list in the workbook has it.",
    )


def name_of(place: Place, agency_id: int | None) -> str:
    """What the board calls the agency."""
    seat = place.session.get(Seat, (place.board.id, agency_id)) if agency_id else None
    return seat.name if seat else "Whole board"


def number_of(held: Any) -> int:
    """The number of a row that has been stored."""
    assert held.id is not None
    return int(held.id)
