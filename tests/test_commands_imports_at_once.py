"""Two people take in files at the same moment: one waits for the other, and what stands fits together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlmodel import Session, func, select

from lscb_core.commands.import_settings import map_sources
from lscb_core.commands.imports import save_import, undo_import
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Board, Import, ReferralCount
from lscb_core.imports.grids.referrals import Spot
from tests import make
from tests.make_imports import census, facts, moment, returns, tally

MAY, YEAR = date(2024, 5, 31), date(2025, 3, 31)
PEOPLE = 6


@pytest.fixture
def at_once(racing_engine):
    """Runs commands side by side, each in a session of its own; they begin together."""

    def run(*commands):
        together = Barrier(len(commands))

        def one(command):
            together.wait()
            with Session(racing_engine.execution_options(writes=True)) as session:
                return command(session)

        with ThreadPoolExecutor(len(commands)) as pool:
            return list(pool.map(one, commands))

    return run


@pytest.fixture
def board_id(racing_engine) -> int:
    with Session(racing_engine) as session:
        on = make.board(session)
        for number in range(PEOPLE):
            make.agency(session, on, f"agency-{number}")
        session.commit()
        return on.id


def saving(board_id: int, made, file=None):
    file = file or facts()
    what = {"actor": OPERATOR, "board_id": board_id, "file": file, "reading": made}
    return lambda session: save_import(session, **what, at=moment(make.TODAY))


def counts(session) -> dict[Spot, list[ReferralCount]]:
    found: dict[Spot, list[ReferralCount]] = {}
    for row in session.exec(select(ReferralCount).order_by(ReferralCount.revision)):
        found.setdefault(Spot(*(getattr(row, name) for name in Spot._fields)), []).append(row)
    return found


def test_returns_of_one_month_that_come_together_make_one_whole_month(racing_engine, board_id, at_once):
    sent = [returns({(f"agency-{n}", MAY): [("3", "assessment", 20 + n)]}) for n in range(PEOPLE)]
    at_once(*(saving(board_id, made) for made in sent))
    with Session(racing_engine) as session:
        held = counts(session)
        assert held[Spot(MAY)][-1].count == sum(20 + n for n in range(PEOPLE))
        for rows in held.values():
            assert [row.revision for row in rows] == list(range(1, len(rows) + 1))


def test_the_same_file_sent_twice_at_once_is_taken_in_once(racing_engine, board_id, at_once):
    made, file = census(YEAR, [tally(MAY, count=30)]), facts()
    told = at_once(*[saving(board_id, made, file)] * 4)
    assert sorted(bool(taken.again) for taken in told) == [False, True, True, True]
    with Session(racing_engine) as session:
        assert session.exec(select(func.count()).select_from(Import)).one() == 1


def test_an_undoing_and_a_new_file_at_once_leave_one_of_them_standing(racing_engine, board_id, at_once):
    with Session(racing_engine.execution_options(writes=True)) as session:
        first = saving(board_id, census(YEAR, [tally(MAY, count=30)]))(session).import_id

    def undo(session):
        return undo_import(session, actor=OPERATOR, import_id=first, why="Wrong", at=moment(make.TODAY))

    at_once(undo, saving(board_id, census(YEAR, [tally(MAY, count=44)])))
    with Session(racing_engine) as session:
        standing = [row for row in counts(session)[Spot(MAY)] if row.withdrawn_on is None]
        assert standing[-1].count == 44


def test_a_new_map_of_sources_and_a_file_at_once_fit_together(racing_engine, board_id, at_once):
    with Session(racing_engine) as session:
        agency = make.agency(session, session.get(Board, board_id), "police").id
        session.commit()
    with Session(racing_engine.execution_options(writes=True)) as session:
        saving(board_id, census(YEAR, [tally(MAY, count=30)]))(session)

    def mapped(session):
        what = {"actor": OPERATOR, "board_id": board_id, "agencies": {"police": agency}}
        return map_sources(session, **what, at=moment(make.TODAY))

    at_once(mapped, saving(board_id, census(YEAR, [tally(MAY, count=44)])))
    with Session(racing_engine) as session:
        assert counts(session)[Spot(MAY, split="agency", part="police")][-1].count == 44
