"""The measures page: what needs an answer first, single figures with their doubts, who sends what."""

from datetime import date, timedelta

from tests import make, make_work
from tests.opened import headings, opened, words

TODAY, YEAR = date(2026, 4, 1), date(2026, 3, 31)
DAY = timedelta(days=1)
STEADY = [60, 62, 61, 63] * 3


def with_series(session):
    """A board with a steady measure, and one that has become worse without a word."""
    board = make.board(session)
    police = make.agency(session, board)
    make_work.series(session, board, "return_interviews_72h", [*STEADY, 40], YEAR, agency=police)
    make_work.series(session, board, "training_no_shows", STEADY, YEAR)
    make_work.target(session, board, "return_interviews_72h", 80)
    make_work.comment(session, board, "training_no_shows", YEAR, "Reminders by text.")
    make_work.returned(session, board, police, TODAY - DAY)
    return board


def test_what_needs_an_answer_stands_first_with_who_owes_it(register):
    app = opened(register, "measures", with_series(register))
    assert app.title[0].value == "1 of 2 measures gives cause for concern"
    assert headings(app) == ["Needs an answer", "No real change", "No partner sends all its figures"]
    said = words(app)
    assert "**40%**, average 60%, target 80%" in said
    assert "**No explanation yet**, owed by Police" in said
    assert "Reminders by text." in said
    assert "Head of service, 31 March 2026" in said


def test_an_earlier_day_knows_nothing_of_the_last_month(register):
    app = opened(register, "measures", with_series(register), as_at="2026-03-30")
    assert headings(app) == ["No real change"]


def test_single_figures_of_reports_stand_with_their_doubts(register):
    board = make.board(register)
    told = {"label": "Children on a plan", "unit": "count", "note": "Both are given."}
    for value in (164, 184):
        make_work.observed(register, board, "children_on_plan", value, YEAR - value * DAY, **told)
    app = opened(register, "measures", board)
    assert app.title[0].value == "2 figures from published reports"
    assert "Without a series nobody can tell a real change" in words(app)
    assert words(app).count("Both are given.") == 2


def test_a_board_without_any_measure_says_so(register):
    app = opened(register, "measures", make.board(register))
    assert "No measure is held" in words(app)
