"""Attendance of returns: who was at a meeting, how many came, and both as they were when it is undone."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.db.tables import Meeting
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotPermitted
from lscb_core.queries.one_agency import attendance
from tests import make, make_work
from tests.make_returns import DAY_AFTER, NEXT_DAY, agency_of, scope, send, undo

HELD = date(2025, 4, 10)


@pytest.fixture
def board(session):
    return make.seated_board(session, "police", "health", "schools")


def sheet(police=True, health=True, schools=True, *, called=("police", "health", "schools")):
    came = {"police": police, "health": health, "schools": schools}
    return scope(
        "attendance",
        "all",
        HELD,
        *({"agency": slug, "invited": slug in called, "attended": was} for slug, was in came.items()),
    )


def present(session, on, slug="police", day=DAY_AFTER):
    """Meetings the agency was at, meetings it was called to."""
    view = make.view(on, as_at=day, agency_id=agency_of(session, slug).id)
    [row] = attendance(session, view=view).itertuples()
    return row.attended, row.meetings


def counts(session, on):
    return [(m.attended, m.invited) for m in session.exec(select(Meeting)).all()]


def test_each_agency_that_was_called_has_its_presence_and_the_meeting_its_counts(session, board):
    taken = send(session, board, sheet(health=False, called=("police", "health"), schools=False))
    assert counts(session, board) == [(1, 2)]
    assert present(session, board) == (1, 1)
    assert present(session, board, "health") == (0, 1)
    assert present(session, board, "schools") == (0, 0)
    assert taken.changes[0].what == "Board meeting of 10 April 2025: present"
    assert (taken.changes[0].before, taken.changes[0].now) == ("", "1 of 2")


def test_whoever_came_without_being_called_counts_as_called(session, board):
    send(session, board, sheet(called=("police",), health=False))
    assert counts(session, board) == [(2, 2)]
    assert present(session, board, "schools") == (1, 1)


def test_a_meeting_that_the_return_added_goes_with_it(session, board):
    taken = send(session, board, sheet())
    assert session.exec(select(Meeting)).one().kind == "board"
    undo(session, taken)
    assert session.exec(select(Meeting)).all() == []
    assert present(session, board) == (0, 0)


def test_counts_that_stood_before_stand_again(session, board):
    meeting = make.meeting(session, board, HELD)
    meeting.attended, meeting.invited, meeting.note = 9, 12, "Held in the town hall"
    make_work.presence(session, board, agency_of(session, "police"), HELD, False)
    session.commit()
    first = send(session, board, sheet())
    second = send(session, board, sheet(schools=False), day=NEXT_DAY)
    assert counts(session, board) == [(2, 3)]
    assert present(session, board) == (1, 1)
    undo(session, first)
    assert counts(session, board) == [(2, 3)]
    undo(session, second)
    assert counts(session, board) == [(9, 12)]
    assert present(session, board) == (0, 1)
    assert session.exec(select(Meeting)).one().note == "Held in the town hall"


def test_a_correction_counts_once_and_the_page_of_the_day_before_stays(session, board):
    send(session, board, sheet())
    later = send(session, board, sheet(police=False), day=NEXT_DAY)
    assert present(session, board, day=make.TODAY) == (1, 1)
    assert present(session, board, day=NEXT_DAY) == (0, 1)
    undo(session, later)
    assert counts(session, board) == [(3, 3)]
    assert present(session, board) == (1, 1)
    assert present(session, board, day=NEXT_DAY) == (0, 1)


def test_a_meeting_of_another_committee_on_the_day_is_another_one(session, board):
    make.meeting(session, board, HELD).kind = "scrutiny"
    session.commit()
    send(session, board, sheet())
    assert sorted(session.exec(select(Meeting.kind)).all()) == ["board", "scrutiny"]


def test_an_agency_without_a_seat_is_refused(session, board):
    row = {"agency": "housing", "invited": True, "attended": True}
    with pytest.raises(BadInput, match="housing"):
        send(session, board, scope("attendance", "all", HELD, row))
    session.rollback()
    assert counts(session, board) == []


def test_an_agency_lead_does_not_send_the_boards_attendance(session, board):
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=agency_of(session, "police"))
    session.commit()
    with pytest.raises(NotPermitted):
        send(session, board, sheet(), actor=lead)
