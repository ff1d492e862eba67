"""Training of returns: an agency's courses of a month, and the places that nobody took up."""

from datetime import date

import pytest
from sqlmodel import col, select

from lscb_core.db.tables import Event, Observation, Training
from lscb_core.errors import BadInput
from lscb_core.queries.board_work import training
from lscb_core.queries.measure_series import measure_series
from tests import make, make_work
from tests.make_returns import DAY_AFTER, NEXT_DAY, agency_of, scope, send, undo

MARCH, FEBRUARY = date(2025, 3, 31), date(2025, 2, 28)


@pytest.fixture
def board(session):
    return make.seated_board(session, "police", "health")


def course(title="Neglect", places=20, booked=20, attended=15, note=""):
    counts = {"places": places, "booked": booked, "attended": attended}
    return {"title": title, "note": note or None, **counts}


def held(session, on, slug="police", day=DAY_AFTER):
    """Title -> booked and attended, on the agency's page of that day."""
    view = make.view(on, as_at=day, agency_id=agency_of(session, slug).id)
    found = training(session, view=view)
    return {row.title: (row.booked, row.attended) for row in found.itertuples()}


def no_shows(session, on, slug="", day=DAY_AFTER):
    """Month -> share of booked places that nobody took up, of the agency or the whole board."""
    agency_id = agency_of(session, slug).id if slug else None
    found = measure_series(session, view=make.view(on, as_at=day, agency_id=agency_id))
    return {row.period: row.value for row in found.itertuples() if row.measure == "training_no_shows"}


def test_courses_and_no_shows_of_an_agency_are_held(session, board):
    send(session, board, scope("training", "police", MARCH, course(), course("Exploitation", 10, 5, 5)))
    assert held(session, board) == {"Neglect": (20, 15), "Exploitation": (5, 5)}
    assert no_shows(session, board, "police") == {MARCH: 20.0}
    [row] = session.exec(select(Training).where(Training.title == "Neglect")).all()
    assert (row.period, row.places, row.period_end) == ("March 2025", 20, MARCH)


def test_the_boards_share_follows_from_the_returns_that_stand(session, board):
    send(session, board, scope("training", "police", MARCH, course()))
    health = send(
        session, board, scope("training", "health", MARCH, course(booked=20, attended=5)), day=NEXT_DAY
    )
    assert no_shows(session, board) == {MARCH: 50.0}
    notes = session.exec(select(Observation.note).where(col(Observation.agency_id).is_(None))).all()
    assert notes == ["From the returns of 1 agency.", "From the returns of 2 agencies."]
    undo(session, health)
    assert no_shows(session, board) == {MARCH: 25.0}
    assert no_shows(session, board, day=NEXT_DAY) == {MARCH: 50.0}
    assert no_shows(session, board, "health") == {}


def test_the_boards_share_from_another_origin_is_not_replaced_by_a_part(session, board):
    make_work.observed(session, board, "training_no_shows", 24.0, MARCH)
    send(session, board, scope("training", "police", MARCH, course()))
    assert no_shows(session, board) == {MARCH: 24.0}
    assert no_shows(session, board, "police") == {MARCH: 25.0}


def test_a_course_without_both_numbers_is_listed_and_not_counted(session, board):
    send(session, board, scope("training", "police", MARCH, course(booked=None), course("B", 9, 10, 9)))
    assert len(held(session, board)) == 2
    assert no_shows(session, board, "police") == {MARCH: 10.0}


def test_a_later_return_replaces_the_month_of_the_agency_alone(session, board):
    send(session, board, scope("training", "police", MARCH, course(), course("Exploitation")))
    send(session, board, scope("training", "health", MARCH, course("Neglect", attended=20)))
    send(session, board, scope("training", "police", FEBRUARY, course("Neglect", attended=9)))
    send(session, board, scope("training", "police", MARCH, course(attended=18)), day=NEXT_DAY)
    rows = session.exec(select(Training.period_end, Training.title, Training.attended)).all()
    assert sorted(rows) == [(FEBRUARY, "Neglect", 9), (MARCH, "Neglect", 18), (MARCH, "Neglect", 20)]


def test_undoing_in_any_order_leaves_what_still_stands(session, board):
    first = send(session, board, scope("training", "police", MARCH, course()))
    second = send(session, board, scope("training", "police", MARCH, course(attended=18)), day=NEXT_DAY)
    undo(session, first)
    assert held(session, board) == {"Neglect": (20, 18)}
    undo(session, second)
    assert held(session, board) == {}
    assert no_shows(session, board) == {}


def test_a_course_typed_in_by_hand_gives_way_and_comes_back(session, board):
    police = agency_of(session, "police")
    typed = {"period_end": MARCH, "booked": 12, "attended": 6, "note": "From the register", "places": 14}
    make_work.course(session, board, police, "Neglect", **typed)
    make_work.course(session, board, police, "Private fostering", period_end=MARCH, booked=4, attended=4)
    first = send(session, board, scope("training", "police", MARCH, course()))
    assert held(session, board) == {"Neglect": (20, 15), "Private fostering": (4, 4)}
    second = send(session, board, scope("training", "police", MARCH, course("Other")), day=NEXT_DAY)
    assert held(session, board)["Neglect"] == (12, 6)
    undo(session, second)
    assert held(session, board)["Neglect"] == (20, 15)
    undo(session, first)
    assert held(session, board) == {"Neglect": (12, 6), "Private fostering": (4, 4)}
    [row] = session.exec(select(Training).where(Training.title == "Neglect")).all()
    assert (row.note, row.places, row.origin_id) == ("From the register", 14, None)
    acts = session.exec(select(Event.act).where(Event.record_kind == "training")).all()
    assert acts == ["set_aside", "put_back", "set_aside", "put_back"]


def test_the_preview_names_course_and_agency(session, board):
    taken = send(session, board, scope("training", "police", MARCH, course()))
    first = taken.changes[0]
    assert first.what == "Training, Neglect, Police, March 2025"
    assert (first.before, first.now) == ("", "20 places, 20 booked, 15 attended")


def test_a_course_that_stands_twice_is_refused(session, board):
    with pytest.raises(BadInput, match="twice"):
        send(session, board, scope("training", "police", MARCH, course(), course(attended=3)))


def test_a_return_of_training_names_its_agency(session, board):
    for whose in ("all", "housing"):
        with pytest.raises(BadInput, match="no seat"):
            send(session, board, scope("training", whose, MARCH, course()))
        session.rollback()
