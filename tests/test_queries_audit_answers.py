"""What audits asked, found and advised, and what came of it."""

from datetime import date, timedelta

import pandas as pd
import pytest

from lscb_core.domain.intervals import wilson
from lscb_core.domain.vocab import Status
from lscb_core.queries.audit_answers import QUESTIONS, compared, questions
from lscb_core.queries.audit_cases import case_answers
from lscb_core.queries.audit_findings import audit_actions, findings, recommended
from tests import make, make_audits

DAY = timedelta(days=1)
BEFORE_REPORT = date(2025, 4, 9)


@pytest.fixture
def audit(session, board):
    """An audit reported on 10 April 2025."""
    return make_audits.audit(session, board, "plans")


def test_shares_come_with_their_likely_range_from_ten_cases_on(session, board, audit):
    make_audits.question(session, audit, "Ten?", (7, 10), position=1)
    make_audits.question(session, audit, "Nine?", (7, 9), position=2)
    ten, nine = questions(session, view=make.view(board)).to_dict("records")
    assert (ten["met"], ten["applicable"], ten["share"]) == (7, 10, 0.7)
    assert (ten["low"], ten["high"]) == pytest.approx(tuple(wilson(7, 10)))
    assert (nine["met"], nine["applicable"]) == (7, 9)
    assert pd.isna(nine["share"])
    assert pd.isna(nine["low"])
    assert list(ten) == list(QUESTIONS)


def test_an_impossible_percentage_is_marked_and_gets_no_share(session, board, audit):
    for place, percent in enumerate((74, 72), 1):
        make_audits.question(session, audit, f"{percent}?", position=place, percent_reported=percent)
    make_audits.question(session, audit, "Counted?", (8, 10), position=3, percent_reported=80)
    make_audits.question(session, audit, "Silent?", position=4)
    asked = questions(session, view=make.view(board))
    assert asked["fits_cases"].tolist() == ["no", "yes", "yes", ""]  # of 18, 18 and 10 cases
    assert asked["share"].notna().tolist() == [False, False, True, False]


def test_questions_are_known_when_the_audit_is(session, board, audit):
    make_audits.question(session, audit, "Seen?", (7, 10))
    make_audits.finding(session, audit)
    make_audits.advice(session, audit)
    for query in (questions, findings, recommended):
        assert query(session, view=make.view(board, BEFORE_REPORT)).empty
        assert len(query(session, view=make.view(board, BEFORE_REPORT + DAY))) == 1
        assert query(session, view=make.view(board), audit="another").empty
        assert query(session, view=make.view(make.board(session, query.__name__))).empty


def test_each_agency_has_a_row_of_its_own_and_single_cases_have_none(session, board, audit):
    police, health = make.agency(session, board), make.agency(session, board, "health")
    answers = [(9, 12), (5, 12, police), (8, 12, health), (1, 1, police, 1), (0, 1, health, 1)]
    make_audits.question(session, audit, "Seen?", *answers)
    asked = questions(session, view=make.view(board), audit="plans")
    rows = asked[["agency", "met", "applicable"]].values.tolist()
    assert rows == [["", 9, 12], ["Health", 8, 12], ["Police", 5, 12]]


def test_an_agencys_view_leaves_the_other_agencies_out(session, board, audit):
    police, health = make.agency(session, board), make.agency(session, board, "health")
    make_audits.question(session, audit, "Of all?", (9, 12), (5, 12, police), (8, 12, health), position=1)
    make_audits.question(session, audit, "Of health alone?", (8, 12, health), position=2)
    make_audits.question(session, audit, "Of nobody?", position=3)
    asked = questions(session, view=make.view(board, agency_id=police.id))
    rows = asked[["question", "agency"]].values.tolist()
    assert rows == [["Of all?", ""], ["Of all?", "Police"], ["Of nobody?", ""]]


def test_the_same_case_is_told_agency_by_agency(session, board, audit):
    police, health = make.agency(session, board), make.agency(session, board, "health")
    cells = [(1, 1, police, 1), (0, 1, police, 2), (0, 0, health, 1), (1, 1, health, 2)]
    make_audits.question(session, audit, "Seen?", (1, 2), *cells)
    told = case_answers(session, view=make.view(board), audit="plans")
    assert told[["agency", "case", "answer"]].values.tolist() == [
        ["Health", 1, "not_applicable"],
        ["Health", 2, "met"],
        ["Police", 1, "met"],
        ["Police", 2, "not_met"],
    ]
    mine = case_answers(session, view=make.view(board, agency_id=police.id), audit="plans")
    assert set(mine["agency"]) == {"Police"}
    assert case_answers(session, view=make.view(board, BEFORE_REPORT), audit="plans").empty


def test_a_repeat_is_compared_in_the_questions_that_both_audits_asked(session, board, audit):
    again = make_audits.audit(session, board, "again", reaudit_of_id=audit.id)
    make_audits.question(session, audit, "Own words?", (9, 20), key="words")
    make_audits.question(session, again, "The child's own words?", (14, 18), key="words")
    make_audits.question(session, audit, "Alone?", (14, 20))  # without a key the text has to be the same
    make_audits.question(session, again, "Alone?", (13, 18))
    make_audits.question(session, audit, "Father?", (4, 8), key="father")
    make_audits.question(session, again, "Father?", (3, 16), key="father")
    make_audits.question(session, again, "New?", (3, 16), key="new")
    first, then = (questions(session, view=make.view(board), audit=key) for key in ("plans", "again"))
    told = compared(first, then)
    assert told["question"].tolist() == ["Alone?", "The child's own words?", "Father?"]
    assert told["change"].astype(object).where(told["change"].notna(), None).tolist() == [
        "chance",
        "better",
        None,
    ]
    father = told.iloc[2]
    assert (father["met_before"], father["applicable_before"], father["met"]) == (4, 8, 3)
    assert pd.isna(father["share"])


def test_recommendations_count_the_actions_that_answer_them(session, board, audit):
    answered, left = (make_audits.advice(session, audit, text) for text in ("Write plans.", "Read them."))
    for due, status in [
        (make.TODAY - DAY, Status.IN_PROGRESS),  # late
        (make.TODAY, Status.IN_PROGRESS),  # due today: open, not late
        (make.TODAY - DAY, Status.VERIFIED),  # closed
    ]:
        make.action(session, board, due=due, status=status).recommendation_id = answered.id
    make.action(session, board, raised=make.TODAY + DAY).recommendation_id = left.id  # not raised yet
    session.flush()
    told = recommended(session, view=make.view(board)).set_index("recommendation")
    assert told.loc["Write plans.", ["actions", "open", "late"]].tolist() == [3, 2, 1]
    assert told.loc["Read them.", ["actions", "open", "late"]].tolist() == [0, 0, 0]


def test_an_audits_actions_are_those_that_came_from_it(session, board, audit):
    late = make.action(session, board, due=make.TODAY - 3 * DAY)
    late.audit_id = audit.id
    make.action(session, board, due=make.TODAY - 3 * DAY)  # from elsewhere
    session.flush()
    [row] = audit_actions(session, view=make.view(board), audit="plans").itertuples()
    assert (row.number, row.now, row.days_late, row.days_late_from_first) == (late.number, "late", 3, 3)


def test_findings_come_in_the_order_of_the_audit(session, board, audit):
    make_audits.finding(session, audit, "Second", position=2)
    make_audits.finding(session, audit, "First", position=1)
    assert findings(session, view=make.view(board), audit="plans")["finding"].tolist() == ["First", "Second"]
