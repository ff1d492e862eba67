"""Section 11 scores of returns: standard by standard, beside what documents and people had written."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.db.tables import Section11Score
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted
from lscb_core.queries.board_work import section_11
from tests import make, make_work
from tests.make_returns import DAY_AFTER, NEXT_DAY, agency_of, scope, send, undo

RETURNED, YEAR_BEFORE = date(2025, 4, 25), date(2024, 4, 25)


@pytest.fixture
def board(session):
    return make.seated_board(session, "police", "health")


def scores(own, challenged=None, whose="police", day=RETURNED, **fields):
    """A return: one figure of `own` for each standard, and after challenge."""
    after = challenged or [None] * len(own)
    plain = {"evidence": None, "note": None}
    rows = (
        {"standard": str(at), "own": mine, "challenged": theirs, **plain, **fields}
        for at, (mine, theirs) in enumerate(zip(own, after, strict=True), 1)
    )
    return scope("section11", whose, day, *rows)


def held(session, on, slug="police", day=DAY_AFTER):
    """Own scores and those after challenge, standard by standard, as the page of that day has them."""
    view = make.view(on, as_at=day, agency_id=agency_of(session, slug).id)
    found = section_11(session, view=view)
    return [tuple(None if v is None else int(v) for v in pair) for pair in _pairs(found)]


def _pairs(found):
    plain = found[["own", "challenged"]].astype(object)
    return plain.where(plain.notna(), None).itertuples(index=False, name=None)


def test_a_return_stands_with_its_words(session, board):
    sent = scores([3, 2], [3, 1], evidence="Policy, page 4", note="Lowered")
    taken = send(session, board, sent)
    assert held(session, board) == [(3, 3), (2, 1)]
    view = make.view(board, as_at=DAY_AFTER)
    [first, _] = section_11(session, view=view).itertuples()
    assert (first.agency, first.status, first.evidence, first.note, first.returned_on) == (
        "Police",
        "returned",
        "Policy, page 4",
        "Lowered",
        RETURNED,
    )
    [change, *others] = taken.changes
    words = "standard 1 (Senior management commitment): after challenge"
    assert change.what == f"Section 11, Police, 25 April 2025, {words}"
    assert (change.before, change.now, len(others)) == ("", "3", 3)


def test_a_correction_tells_only_what_is_new(session, board):
    send(session, board, scores([3, 2]))
    taken = send(session, board, scores([3, 1]), day=NEXT_DAY)
    [change] = taken.changes
    assert change.what.endswith("standard 2 (A clear statement of responsibilities): own score")
    assert (change.before, change.now) == ("2", "1")
    assert held(session, board) == [(3, None), (1, None)]


def test_undoing_in_any_order_leaves_what_still_stands(session, board):
    first = send(session, board, scores([3, 2]))
    second = send(session, board, scores([1, 1, 1]), day=NEXT_DAY)
    undo(session, second)
    assert held(session, board) == [(3, None), (2, None)]
    third = send(session, board, scores([0]), day=DAY_AFTER)
    undo(session, first)
    assert held(session, board) == [(0, None)]
    undo(session, third)
    assert session.exec(select(Section11Score)).all() == []


def test_other_agencies_and_other_returns_are_left_alone(session, board):
    send(session, board, scores([2], whose="health"), scores([1, 1], day=YEAR_BEFORE))
    taken = send(session, board, scores([3]), day=NEXT_DAY)
    assert held(session, board) == [(3, None)]
    assert held(session, board, "health") == [(2, None)]
    undo(session, taken)
    assert held(session, board) == [(1, None), (1, None)]
    assert held(session, board, "health") == [(2, None)]


def test_a_score_of_another_origin_gives_way_for_the_same_standard_and_day(session, board):
    police = agency_of(session, "police")
    for standard, own in (("1", 0), ("2", 2)):
        make_work.section_11(
            session, board, police, standard, own=own, challenged=0, note="By hand", returned_on=RETURNED
        )
    first = send(session, board, scores([3]))
    assert held(session, board) == [(3, None), (2, 0)]
    second = send(session, board, scores([1, 1]), day=NEXT_DAY)
    assert held(session, board) == [(1, None), (1, None)]
    undo(session, second)
    assert held(session, board) == [(3, None), (2, 0)]
    undo(session, first)
    assert held(session, board) == [(0, 0), (2, 0)]
    assert set(session.exec(select(Section11Score.note))) == {"By hand"}


def test_that_nothing_came_is_not_said_any_more_until_the_return_is_undone(session, board):
    police = agency_of(session, "police")
    silent = {"returned_on": None, "status": "not returned", "note": "Nothing came."}
    make_work.section_11(session, board, police, "", **silent)
    make_work.section_11(session, board, agency_of(session, "health"), "", **silent)
    old = send(session, board, scores([2], day=YEAR_BEFORE))
    assert held(session, board) == [(None, None), (2, None)]  # what is due now has still not come
    taken = send(session, board, scores([3]))
    assert held(session, board) == [(3, None)]
    assert held(session, board, "health") == [(None, None)]
    undo(session, taken)
    undo(session, old)
    assert held(session, board) == [(None, None)]
    assert session.exec(select(Section11Score.note)).all() == ["Nothing came."] * 2


def test_a_lead_sends_the_own_agencys_scores_alone(session, board):
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=agency_of(session, "police"))
    send(session, board, scores([3]), actor=lead)
    with pytest.raises(NotPermitted):
        send(session, board, scores([3], whose="health"), actor=lead)
