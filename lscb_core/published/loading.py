"""Load everything under data/published, in the order in which the tables refer to each other."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlmodel import Session, select

from lscb_core.config import DATA
from lscb_core.db.tables import Board
from lscb_core.published import actions, audits, deaths
from lscb_core.published.board_work import WORK_SHEETS
from lscb_core.published.boards import BOARD_SHEETS, LATER_SHEETS
from lscb_core.published.known import Known
from lscb_core.published.measures import MEASURE_SHEETS
from lscb_core.published.rows import read
from lscb_core.published.sheets import load_all

PUBLISHED = DATA / "published"


def load(session: Session, *, folder: Path = PUBLISHED) -> int:
    """Add the published boards with all that is known of them; returns the number of rows read.

    Does not commit. Raises BadInput naming the file, row and field that cannot be used.
    """
    known = Known(session)
    count = load_all(session, folder, known, BOARD_SHEETS)
    boards = session.exec(select(Board)).all()
    known.days = _days(boards, folder)
    known.areas = {board.id: board.area_id for board in boards if board.id}
    parts = (audits.load, actions.load, deaths.load)
    count += sum(part(session, folder, known) for part in parts)
    return count + load_all(session, folder, known, (*LATER_SHEETS, *MEASURE_SHEETS, *WORK_SHEETS))


def _days(boards: Iterable[Board], folder: Path) -> dict[str, date]:
    """The day from which each document's news counts: its own, but never after its board's as-at day.

    Two documents bear no date; theirs is the board's as-at day.
    """
    as_at = {board.slug: board.as_at for board in boards}
    days = {}
    for row in read(folder / "documents.csv"):
        said = [day for day in (_day(row.text("published_on")), as_at.get(row.text("board"))) if day]
        if said:
            days[row.text("key")] = min(said)
    return days


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
