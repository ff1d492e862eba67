"""The About page as a reader meets it."""

from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.vocab import BoardKind, Role
from tests import make
from tests.opened import headings, opened, words


def test_everybody_may_read_what_figures_mean(register):
    app = opened(register, "about", make.board(register), role=Role.LAY)
    assert headings(app) == [
        "What each figure means",
        "How numbers are compared",
        "What is hidden, and why",
        "Who may do what",
        "Where figures come from",
        "The invented board",
    ]


def test_the_address_opens_one_measure(register):
    app = opened(register, "about", make.board(register), measure="reviews_in_time")
    known = INDICATORS["reviews_in_time"]
    assert f"### {known.title}" in words(app)
    assert known.caveat in words(app)


def test_choosing_a_measure_shows_it_and_keeps_it_in_the_address(register):
    app = opened(register, "about", make.board(register), measure="nonsense")
    [chooser] = [each for each in app.selectbox if each.label == "Measure"]
    chooser.set_value("deaths_notified").run()
    assert app.query_params["measure"] == "deaths_notified"
    assert "### Deaths notified to the panel" in words(app)


def test_every_measure_can_be_taken_away(register):
    app = opened(register, "about", make.board(register))
    app.session_state["twin-all measures"] = True
    app.run()
    assert any(len(each.value) == len(INDICATORS) for each in app.dataframe)


def test_it_says_what_rules_the_figures_follow(register):
    said = words(opened(register, "about", make.board(register)))
    assert "Numbers from one to five" in said
    assert "at least three numbers remain possible" in said
    assert "Where the second count is below ten" in said
    assert "From twelve points on" in said
    assert "Due soon means within 28 days" in said


def test_the_kind_of_board_gives_the_words(register):
    """Wales has regional boards and child practice reviews."""
    app = opened(register, "about", make.board(register, kind=BoardKind.RSB))
    assert "is a Regional Safeguarding Board (RSB)" in words(app)
    assert "may hold a child practice review" in words(app)
