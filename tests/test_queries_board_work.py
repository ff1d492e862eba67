"""The board's other work as it stood on a day: challenges, inspections, section 11, training."""

from datetime import date, timedelta

import pytest

from lscb_core.queries import board_work
from tests import make, make_work

TODAY = make.TODAY
DAY = timedelta(days=1)


def test_an_answer_given_later_was_not_there(session, board, police, mine):
    told = {"answer": "Two nights.", "changed": "A rota", "answered_on": TODAY + DAY}
    make_work.challenge(session, board, "Why?", TODAY, agency=police, **told)
    make_work.challenge(session, board, "Later?", TODAY + DAY, agency=police)
    make_work.challenge(session, board, "Another's?", TODAY)
    [before] = board_work.challenges(session, view=mine).to_dict("records")
    assert (before["answer"], before["changed"], before["answered_on"]) == ("", "", None)
    then = make.view(board, TODAY + DAY, agency_id=police.id)
    later, after = board_work.challenges(session, view=then).to_dict("records")
    assert (later["question"], after["answer"], after["agency_slug"]) == ("Later?", "Two nights.", "police")


def test_what_has_no_day_is_known_from_the_boards_own_day_on(session):
    board = make.board(session, as_at=TODAY)
    make_work.challenge(session, board, "Undated?", None)
    make_work.inspection(session, board, "Undated", None)
    before, on = make.view(board, TODAY - DAY), make.view(board, TODAY)
    for query in (board_work.challenges, board_work.inspections):
        assert (len(query(session, view=before)), len(query(session, view=on))) == (0, 1)


def test_inspections_come_newest_first_up_to_the_day(session, board):
    for name, day in (("old", TODAY - 99 * DAY), ("new", TODAY), ("ahead", TODAY + DAY), ("undated", None)):
        make_work.inspection(session, board, name, day)
    assert board_work.inspections(session, view=make.view(board))["subject"].tolist() == [
        "new",
        "old",
        "undated",
    ]


def test_the_last_self_check_of_each_agency_is_shown_standard_by_standard(
    session, board, police, health, mine
):
    make_work.section_11(session, board, police, "5", own=1, challenged=1, returned_on=date(2023, 10, 31))
    make_work.section_11(session, board, police, "5", own=3, challenged=2)
    make_work.section_11(session, board, police, "6", own=3, challenged=None)
    make_work.section_11(session, board, police, "5", own=3, challenged=3, returned_on=TODAY + DAY)
    make_work.section_11(session, board, health, "5", own=0, challenged=0, returned_on=date(2023, 10, 31))
    own = board_work.section_11(session, view=mine)
    scores = own[["standard", "own", "challenged"]].astype(object).where(own.notna(), None).values.tolist()
    assert scores == [["Training", 3, 2], ["Safe recruitment", 3, None]]
    assert board_work.section_11(session, view=make.view(board))["agency"].tolist() == [
        "Health",
        "Police",
        "Police",
    ]


def test_courses_that_have_ended_are_shown_newest_first(session, board, police, health, mine):
    make_work.course(session, board, police, "Old", booked=9, attended=8, period_end=TODAY - 99 * DAY)
    make_work.course(session, board, police, "New", booked=9, attended=7, period_end=TODAY)
    make_work.course(session, board, police, "Ahead", booked=9, period_end=TODAY + DAY)
    make_work.course(session, board, health, "Another's", booked=9, attended=9)
    listed = board_work.training(session, view=mine)
    assert listed[["title", "booked", "attended"]].values.tolist() == [["New", 9, 7], ["Old", 9, 8]]


@pytest.mark.parametrize(
    "query", [board_work.challenges, board_work.inspections, board_work.section_11, board_work.training]
)
def test_other_work_of_another_board_is_left_out_and_columns_stay(session, board, query):
    other = make.board(session, "elsewhere")
    there = make.agency(session, other)
    make_work.challenge(session, other)
    make_work.inspection(session, other)
    make_work.section_11(session, other, there, "5", own=1)
    make_work.course(session, other, there, "Theirs")
    listed = query(session, view=make.view(board))
    assert listed.empty
    assert "source" in listed.columns
