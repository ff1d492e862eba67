"""The page of child deaths as readers meet it: what it shows, to whom, and what it never shows."""

from datetime import date

import pytest

from lscb_core.db.tables import Report
from lscb_core.domain.vocab import Role
from tests import make
from tests.opened import figures, headings, opened, words

DEATHS = "child_deaths"
ONLY_FOR = "Exact counts: for the chair, the board manager and the panel only"
ALL, COMPLETED, IN_TIME = ("all", "all"), ("reviews", "completed"), ("reviews", "in_time")


@pytest.fixture
def board(register):
    """Two years; one age band and one year's reviews in time are hidden."""
    board = make.board(register)
    for year, deaths, young, done in ((2024, 20, 9, 17), (2025, 18, [3], [16])):
        cells = {ALL: deaths, COMPLETED: 20, IN_TIME: done, ("modifiable", "yes"): 8}
        make.deaths(register, board, cells | {("age", "0-27d"): young}, year=year)
    return board


def table(app):
    """The grid on the page, column by column."""
    return {name: list(column) for name, column in app.dataframe[0].value.items()}


def shown(app):
    """All that the page holds, charts and tables and files apart."""
    said = words(app).split("Signed in as")[1].split(".", 1)[1]  # without the account's own name
    return " ".join([said, *(each.value + (each.delta or "") for each in app.metric)])


def test_a_reader_sees_letters_where_numbers_are_hidden(register, board):
    app = opened(register, DEATHS, board, role=Role.LAY)
    assert figures(app)["Deaths notified"] == ("18", "20 the year before")
    assert figures(app)["Reviews completed"] == ("20", "in time: hidden")
    assert table(app)["2024-25"] == ["c", "18"]
    assert "hidden: the number is small" in words(app)


@pytest.mark.parametrize("role", [Role.LAY, Role.ADMIN])
def test_asking_for_exact_counts_in_the_address_shows_others_nothing(register, board, role):
    plain = opened(register, DEATHS, board, role=role)
    asking = opened(register, DEATHS, board, role=role, exact="1")
    assert not asking.toggle
    assert (shown(asking), table(asking)) == (shown(plain), table(plain))


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MANAGER])
def test_even_the_chair_sees_protected_counts_at_first(register, board, role):
    app = opened(register, DEATHS, board, role=role)
    assert [each.value for each in app.toggle] == [False]
    assert table(app)["2024-25"] == ["c", "18"]
    assert not app.warning


def test_exact_counts_come_marked_for_whom_they_are(register, board):
    app = opened(register, DEATHS, board)
    app.toggle[0].set_value(True).run()
    assert app.query_params["exact"] == "1"
    assert ONLY_FOR in app.warning[0].value
    assert table(app)["2024-25"] == ["(3)", "18"]
    assert figures(app)["Reviews completed"] == ("20", "(16) of them in time")
    assert "hidden from everybody else are drawn too" in words(app)
    app.toggle[0].set_value(False).run()
    assert not app.warning
    assert table(app)["2024-25"] == ["c", "18"]


def test_tables_with_exact_counts_name_for_whom_they_are_in_every_row(register, board):
    app = opened(register, DEATHS, board, exact="1")
    for name in ("reviews in time EXACT COUNTS", "child deaths by age EXACT COUNTS"):
        app.session_state[f"twin-{name}"] = True
    app.run()
    marked = [each.value for each in app.dataframe if "For whom" in each.value]
    assert len(marked) == 2
    assert all((frame["For whom"] == ONLY_FOR).all() for frame in marked)


def test_where_nothing_is_hidden_there_is_no_switch(register):
    board = make.board(register)
    make.deaths(
        register, board, {ALL: 12, ("expectedness", "unexpected"): 3}, is_published=True, source="ST 1"
    )
    app = opened(register, DEATHS, board)
    assert not app.toggle
    assert figures(app)["Unexpected"] == ("3 of 12", "in 2024-25")
    assert "What was published: 2024-25" in headings(app)
    assert "The report says nothing of the children's ages" in words(app)


def test_a_board_without_figures_is_told_so(register):
    app = opened(register, DEATHS, make.board(register))
    assert headings(app) == ["No figures of child deaths are known", "No lesson of the panel is recorded"]
    assert not app.metric


def test_a_late_annual_report_is_told(register, board):
    late = {"board_id": board.id, "due_on": date(2026, 1, 31), "origin_id": make.origin(register).id}
    make.added(register, Report(key="cdop", title="Report 2024-25", kind="cdop-annual", **late))
    app = opened(register, DEATHS, board)
    assert figures(app)["Annual report"] == ("Late", "due 31 Jan 2026")
    assert "The panel's annual report is late" in headings(app)
    assert "Late by 60 days" in words(app)


def test_lessons_stand_beside_their_action(register, board):
    action = make.action(register, board, due=date(2026, 3, 17), title="Ask every father")
    make.lesson(register, board, "Advice did not reach fathers", action_id=action.id)
    make.lesson(register, board, "Scores were not used")
    app = opened(register, DEATHS, board)
    assert "One of two lessons has no action, one waits for a late one" in headings(app)
    assert "Late by 15 days] **Ask every father**" in words(app)
    assert "No action is recorded for this lesson" in words(app)


def test_the_address_chooses_the_split_and_nonsense_shows_the_first(register, board):
    assert "In 8 of 20 reviews something could have been changed" in headings(
        opened(register, DEATHS, board, by="modifiable")
    )
    assert "Age" in table(opened(register, DEATHS, board, by="nonsense"))


def test_choosing_a_split_puts_it_into_the_address(register, board):
    app = opened(register, DEATHS, board)
    app.segmented_control[0].set_value("modifiable").run()
    assert app.query_params["by"] == "modifiable"
    assert "Could be changed?" in table(app)
