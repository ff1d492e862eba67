"""What a reader has to know of a board before it opens a file."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.db.base import FOREVER
from lscb_core.db.tables import (
    Action,
    ActionState,
    Agency,
    Area,
    Board,
    Neighbour,
    Priority,
    Seat,
    SourceSpelling,
    SubGroup,
)
from lscb_core.imports.reading import Asked

COUNCIL = 3  # digits of a DfE number


def asked_for(session: Session, *, board_id: int, file: str, today: date) -> Asked:
    """The board's council number, areas, agencies and remembered spellings, for the reader of a file."""
    board = session.get_one(Board, board_id)
    area = session.get_one(Area, board.area_id)
    spelt = session.exec(select(SourceSpelling).where(SourceSpelling.board_id == board_id)).all()
    seats = session.exec(select(Agency.slug, Seat.name).join(Seat).where(Seat.board_id == board_id)).all()
    return Asked(
        file=file,
        today=today,
        board=board.slug,
        council=area.code if len(area.code) == COUNCIL and area.code.isdigit() else "",
        places=tuple(_places(session, area)),
        sources={one.key: one.means for one in spelt},
        agencies=dict(sorted(seats)),
        known=_known(session, board_id),
    )


def _places(session: Session, area: Area) -> Iterable[str]:
    """The areas whose published figures are shown beside the board's own."""
    near = sa.select(col(Neighbour.neighbour_id)).where(col(Neighbour.area_id) == area.id)
    shown = sa.or_(col(Area.id) == area.id, col(Area.id).in_(near), col(Area.kind).in_(["england", "region"]))
    return (
        session.connection()
        .execute(sa.select(col(Area.code)).where(shown).order_by(col(Area.code)))
        .scalars()
    )


def _known(session: Session, board_id: int) -> dict[str, tuple[str, ...]]:
    """The keys that a template may name: priorities, sub-groups, numbers of open actions."""
    keys = select(Priority.key).where(Priority.board_id == board_id).order_by(col(Priority.id))
    groups = select(SubGroup.slug).where(SubGroup.board_id == board_id).order_by(col(SubGroup.id))
    numbers = (
        select(Action.number)
        .join(ActionState, col(ActionState.action_id) == Action.id)
        .where(
            Action.board_id == board_id, ActionState.until_on == FOREVER, col(ActionState.closed_on).is_(None)
        )
        .order_by(col(Action.number))
    )
    return {
        "priorities": tuple(session.exec(keys)),
        "sub_groups": tuple(session.exec(groups)),
        "actions": tuple(str(number) for number in session.exec(numbers)),
    }
