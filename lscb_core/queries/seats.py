"""The seats of a board: which agencies sit on it, and under which names."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, Seat
from lscb_core.queries.view import View


def seated(session: Session, view: View) -> dict[str, str]:
    """The board's agencies: short name -> the name that the board uses, by name."""
    seats = (
        sa.select(col(Agency.slug), col(Seat.name))
        .join(Seat, col(Seat.agency_id) == Agency.id)
        .where(col(Seat.board_id) == view.board_id)
        .order_by(col(Seat.name))
    )
    return {row.slug: row.name for row in session.connection().execute(seats)}


def seat_of(agency_id: Any, board_id: Any) -> Any:
    """The condition that joins the seat (Seat) of the agency in one column on the board in another."""
    return sa.and_(col(Seat.agency_id) == agency_id, col(Seat.board_id) == board_id)
