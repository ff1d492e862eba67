"""The agency's page: everything about one, all side by side, and what is missing as a finding."""

from datetime import date, timedelta

from tests import make, make_audits, make_counts, make_work
from tests.opened import figures, headings, opened, words

TODAY, YEAR = date(2026, 4, 1), date(2026, 3, 31)
DAY = timedelta(days=1)


def known_police(session):
    """A board that holds everything about its police."""
    board = make.board(session)
    police, schools = make.agency(session, board), make.agency(session, board, "schools")
    make.action(session, board, owner=police, due=TODAY - 141 * DAY, moved=2, title="Send a risk rating")
    make.action(session, board, owner=police, due=TODAY + DAY)
    shares = [40, 46, 41, 47] * 4 + [40, 75]
    for end, below in zip(make_work.months(18, YEAR), shares, strict=True):
        make_counts.share(session, board, below, 100, end, agency=police)
    for agency, below in ((police, 450), (schools, 150)):
        make_counts.share(session, board, below, 1000, YEAR, span="year", agency=agency)
    make_counts.share(session, board, 600, 2000, YEAR, span="year")
    make_work.returned(session, board, police, TODAY - 9 * DAY, TODAY - 10 * DAY)
    make_work.presence(session, board, police, TODAY - 40 * DAY, was_there=True)
    make_work.comment(session, board, "agency_judgement", TODAY, "Good. Strong in audits.", agency=police)
    made = make_audits.audit(session, board, "risk", month=date(2026, 2, 1), reported_on=YEAR)
    make_audits.question(session, made, "Rated?", (15, 18), (2, 18, police))
    make_audits.question(session, made, "Spoken to?", (15, 18), (17, 18, police))
    make_work.section_11(session, board, police, "5", own=3, challenged=2)
    make_work.course(session, board, police, "Neglect", booked=9, attended=7)
    make_work.challenge(session, board, "Why so late?", YEAR, agency=police)
    make_work.report(session, board, "marac", due_on=YEAR, agency=police)
    return board


def test_everything_about_one_agency_is_on_one_page(register):
    app = opened(register, "agency", known_police(register), agency="police")
    assert app.title[0].value == "Police"
    assert "**The board's judgement: good.** Strong in audits." in words(app)
    assert figures(app) == {
        "Actions late": ("1 of 2", "longest 141 days"),
        "Below threshold": ("45.0%", "board 30.0%"),
        "Meetings attended": ("1 of 1", "board 100%"),
        "Sent on time": ("1 of 1", "last: 22 Mar 2026"),
    }
    assert headings(app) == [
        "One action is late; one has been moved twice",
        "The share below the threshold is higher than ordinary since March 2026",
        "Audits: weakest on “Rated”",
        "What it was asked",
        "Reports to the board",
        "Yearly self-check: the board scored one standard lower",
        "Training: 2 of 9 booked places stayed empty",
        "Everything that was due has come in time",
    ]
    assert "No explanation yet." in words(app)
    assert "does not hold" not in words(app)


def test_what_is_not_held_is_the_finding(register):
    board = make.board(register)
    make.agency(register, board)
    app = opened(register, "agency", board, agency="police")
    assert figures(app) == {"Actions late": ("None open", "")}
    assert headings(app) == ["No open action"]
    assert "**The board does not hold:** its referrals by level, its presence at meetings" in words(app)


def test_small_numbers_are_not_read_month_by_month(register):
    board = make.board(register)
    police = make.agency(register, board)
    for end in make_work.months(17, YEAR):
        make_counts.share(register, board, 40, 100, end, agency=police)
    app = opened(register, "agency", board, agency="police")
    assert "Too few referrals to read month by month" in headings(app)


def test_other_boards_of_the_agency_are_named_to_those_who_may_open_them(register):
    board, elsewhere = make.board(register), make.board(register, "elsewhere")
    make.agency(register, board)
    make.agency(register, elsewhere)
    app = opened(register, "agency", board, agency="police")
    assert "on other boards" not in words(app)  # this chair has no seat there


def test_without_a_choice_all_agencies_stand_side_by_side(register):
    app = opened(register, "agency", known_police(register))
    assert app.title[0].value == "Agencies of the board"
    assert "1 of 2 open actions late, longest 141 days." in words(app)
    assert "No open action. 15% of 1,000 referrals below the threshold" in words(app)


def test_a_board_of_which_no_agency_is_named_says_so(register):
    app = opened(register, "agency", make.board(register))
    assert "No agency is named" in words(app)
