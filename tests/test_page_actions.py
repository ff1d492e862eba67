"""The page of the actions: what is listed, and that the choice stands in the address."""

from datetime import date

from tests import make
from tests.opened import opened, words


def some_without_owner(session):
    """One late action of the police, and two of nobody, one of them closed."""
    board = make.board(session)
    make.action(session, board, owner=make.agency(session, board), due=date(2026, 3, 1), title="Late one")
    make.action(session, board, due=date(2027, 3, 1), title="Nobody's")
    make.action(session, board, status="verified", title="Closed one")
    return board


def titles(app):
    return app.dataframe[0].value["What was promised"].tolist()


def test_open_actions_without_an_owner_are_listed_by_themselves(register):
    app = opened(register, "actions", some_without_owner(register), show="no_owner")
    assert titles(app) == ["Nobody's"]
    assert "No owner 1" in app.button_group[0].options
    assert "1 open action without a named owner" in words(app)


def test_late_ones_are_listed_first_and_all_where_the_choice_fits_none(register):
    board = some_without_owner(register)
    assert titles(opened(register, "actions", board)) == ["Late one"]


def test_a_choice_that_fits_none_shows_all(register):
    app = opened(register, "actions", some_without_owner(register), show="nonsense")
    assert titles(app) == ["Late one", "Nobody's", "Closed one"]
