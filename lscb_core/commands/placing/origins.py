"""Which rows a scope may touch: those that its own files brought. Rows of another origin are left alone."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.commands.placing.model import Place, Rows, Sent
from lscb_core.db.tables import Import, Seat, SentScope
from lscb_core.errors import BadInput

WHOLE_BOARD = "all"


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


def undone(place: Place, origins: Collection[int], *, just_now: bool = False) -> set[int]:
    """Those of these origins whose file was undone; `just_now`: in this very act."""
    files = [col(Import.origin_id).in_(origins), col(Import.status) == "undone"]
    files += [col(Import.undone_at) == place.at] if just_now else []
    found = place.session.connection().execute(sa.select(col(Import.origin_id)).where(*files))
    return {origin for origin in found.scalars() if origin is not None}


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
