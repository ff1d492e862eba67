"""The page of threshold usage as a reader meets it: what it says with figures, and without any."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lscb_core.domain.vocab import Role
from tests import make, make_counts
from tests.opened import as_read
from tests.tab import sign_in

PAGE = str(Path(__file__).parent.parent / "pages" / "threshold_usage.py")
YEAR, BEFORE = date(2025, 3, 31), date(2024, 3, 31)


@pytest.fixture
def opened(register):
    """Open the page as the board's chair; gives everything it says, headings apart."""

    def open_it(board, **address):
        actor = make.account(register, Role.CHAIR, board)
        register.commit()
        app = AppTest.from_file(PAGE, default_timeout=30)
        sign_in(app, register, actor)
        app.query_params["board"] = board.slug
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_it


def headings(app):
    """The findings: headings of the second level."""
    return [as_read(text.value[3:]) for text in app.markdown if text.value.startswith("## ")]


def words(app):
    """Everything in sentences."""
    return " ".join(as_read(text.value) for text in app.markdown)


def with_returns(session):
    """A board with two agencies, a document, and two years of counts."""
    board = make.board(session)
    for slug, below in (("police", 450), ("schools", 150)):
        agency = make.agency(session, board, slug)
        for end in (BEFORE, YEAR):
            make_counts.share(session, board, below, 1000, end, span="year", agency=agency)
        make_counts.share(session, board, 40, 80, YEAR, agency=agency)
    for end in (BEFORE, YEAR):
        make_counts.share(session, board, 600, 2000, end, span="year")
        make_counts.referrals(session, board, 5000, end, span="year", step="contact")
    for end, below in ((date(2025, 1, 31), 80), (date(2025, 2, 28), 40), (YEAR, 40)):
        make_counts.share(session, board, below, 160, end)
    make_counts.document(session, board, "Guide to thresholds", date(2025, 2, 1), precision="day")
    return board


def test_a_board_with_returns_sees_who_stands_out_and_what_changed(register, opened):
    app = opened(with_returns(register))
    found = headings(app)
    assert "Referrals from Police fall below the threshold more often than chance explains" in found
    assert "A smaller share below the threshold since the new document" in found
    assert "40% of contacts become a referral" in found
    assert "50% of referrals come from Police: 1,000 of 2,000" in found
    said = words(app)
    assert "year to 31 March 2025. Whole board: 600 of 2,000 (30.0%)" in said
    assert "Less often than chance explains: Schools." in said
    assert "In use since 1 February 2025." in said
    assert "No figures show" not in said


def test_one_agency_chosen_shows_its_own_months(register, opened):
    app = opened(with_returns(register), agency="police")
    assert "Police: 50% of referrals fall below the threshold" in headings(app)
    assert "Whole board: steps are not counted by agency." in words(app)


def test_the_day_before_a_year_ends_the_year_before_is_shown(register, opened):
    app = opened(with_returns(register), as_at="2025-03-30")
    assert "year to 31 March 2024. Whole board" in words(app)


def test_a_board_without_returns_is_told_what_nobody_can_see(register, opened):
    board = make.board(register)
    app = opened(board)
    assert headings(app)[0] == "No figures show how each agency uses the thresholds"
    assert "No national statistics to compare with on this day" in headings(app)
    assert "None is on record for this day." in words(app)


def with_statistics(session):
    """A board with two years of published figures beside England and one neighbour."""
    board = make.board(session)
    england, near = (
        make_counts.area(session, "ENG", "England"),
        make_counts.neighbour(session, board, "Nextby", 1),
    )
    for year in (2023, 2024):
        for area, count in ((board.area_id, 300), (england.id, 224), (near.id, 250)):
            share = {"numerator": count, "denominator": 1000}
            make_counts.figure(session, area, "re_referrals", count / 10, year, **share)
            make_counts.figure(session, area, "referrals_from_police", count / 10, year, **share)
            make_counts.figure(session, area, "referrals", 1000.0, year)
    return board


def test_published_statistics_stand_beside_england_and_neighbours(register, opened):
    app = opened(with_statistics(register), measure="re_referrals")
    found = headings(app)
    assert "Testford beside England and its statistical neighbours" in found
    assert "Re-referrals within 12 months: 30.0%, higher than England (22.4%)" in found
    assert "Police: a larger part of referrals than in England, 30% against 22%" in found
    assert "Year to 31 March 2024: 1,000 referrals in Testford and 1,000 in England." in words(app)


def test_a_wrong_measure_in_the_address_shows_the_first(register, opened):
    app = opened(with_statistics(register), measure="made_up", by="nonsense")
    assert any(heading.startswith("Re-referrals within 12 months") for heading in headings(app))
