"""The invented board: the same every time, right in its sums, and alive on any day."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from lscb_core.db.tables import Agency, Board, Meeting, Seat, SubGroup
from lscb_core.demo import load

FIXED = date(2026, 4, 1)
LATER = date(2027, 1, 15)


@pytest.fixture
def tidewater(session: Session) -> Session:
    load(session, today=FIXED)
    return session


def test_an_agency_that_is_there_already_is_not_made_twice(session):
    session.add(Agency(slug="police", name="Police", kind="police"))
    session.flush()
    load(session, today=FIXED)
    assert len(session.exec(select(Agency).where(Agency.slug == "police")).all()) == 1
    assert len(session.exec(select(Seat)).all()) == 12


def test_the_board_is_marked_as_invented_and_stands_on_today(tidewater):
    board = tidewater.exec(select(Board)).one()
    assert (board.slug, board.is_invented, board.is_demonstration, board.as_at) == (
        "tidewater", True, True, None,
    )  # fmt: skip
    assert [g.slug for g in tidewater.exec(select(SubGroup)) if g.is_panel] == ["cdop"]


@pytest.mark.parametrize("today", [FIXED, LATER])
def test_the_board_met_some_weeks_ago_and_meets_again_soon(session, today):
    load(session, today=today)
    held = sorted(meeting.held_on for meeting in session.exec(select(Meeting)))
    last, coming = max(d for d in held if d < today), min(d for d in held if d >= today)
    assert timedelta(42) <= today - last <= timedelta(49)
    assert timedelta(14) <= coming - today <= timedelta(20)
    assert len([d for d in held if today - timedelta(1826) < d < today]) >= 28
