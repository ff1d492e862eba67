"""The row above every page, and the pages it leads to."""

from pathlib import Path

import pytest
from sqlmodel import Session

from lscb_core.domain.vocab import Role
from lscb_core.ui import places
from tests import make
from tests.tab import address_of, seen, served, small_page, tab

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def town(monkeypatch, racing_engine):
    """Two boards, one of them invented, and the chair of both."""
    with (
        served(monkeypatch, racing_engine),
        Session(racing_engine, expire_on_commit=False) as session,
    ):
        real, invented = make.board(session, "alder"), make.board(session, "birch", is_invented=True)
        chair = make.account(session, Role.CHAIR, real, label="Independent chair")
        make.added(session, make.RoleGrant(account_id=chair, role=Role.CHAIR, board_id=invented.id))
        for board in (real, invented):
            make.priority(session, board)
            make.agency(session, board)
        session.commit()
        yield session, chair


@pytest.fixture
def open_tab(town):
    session, chair = town
    return lambda **address: tab(small_page, chair, session=session, **address).run()


def test_the_row_shows_what_the_address_says(open_tab):
    opened = open_tab(board="birch", as_at="2025-03-31", priority="neglect")
    chosen = {box.key: box.value for box in opened.selectbox}
    assert chosen == {"filter_board": "birch", "filter_as_at": "2025-03-31", "filter_priority": "neglect"}


def test_a_choice_in_the_row_goes_into_the_address(open_tab):
    opened = open_tab(board="alder")
    opened.selectbox(key="filter_as_at").set_value("2025-03-31").run()
    opened.selectbox(key="filter_priority").set_value("neglect").run()
    assert address_of(opened) == {"board": "alder", "as_at": "2025-03-31", "priority": "neglect"}
    assert seen(opened, "VIEW") == ["alder", "2025-03-31"]


def test_another_board_keeps_no_filter_of_the_last_one(open_tab):
    opened = open_tab(board="alder", as_at="2025-03-31", priority="neglect", agency="police")
    opened.selectbox(key="filter_board").set_value("birch").run()
    assert address_of(opened) == {"board": "birch"}
    assert seen(opened, "VIEW") == ["birch", make.TODAY.isoformat()]


def test_the_filters_are_taken_off_at_once_and_the_day_stays(open_tab):
    opened = open_tab(board="alder", as_at="2025-03-31", priority="neglect", agency="police")
    opened.button[-1].click().run()
    assert address_of(opened) == {"board": "alder", "as_at": "2025-03-31"}
    assert seen(opened, "FILTERS") == ["None"] * 3


def test_a_day_of_a_link_is_offered_though_the_board_would_not(open_tab):
    box = open_tab(board="alder", as_at="2025-02-17").selectbox(key="filter_as_at")
    assert "17 February 2025" in box.options


@pytest.mark.parametrize(("board", "badge"), [("alder", "Published reports"), ("birch", "Invented board")])
def test_every_page_says_whether_the_board_is_invented(open_tab, board, badge):
    said = [text.value for text in open_tab(board=board).markdown if "-badge[" in text.value]
    assert len(said) == 1
    assert badge in said[0]


def test_only_boards_that_may_be_read_are_offered(town, open_tab):
    session, chair = town
    third = make.board(session, "cedar")
    session.commit()
    assert open_tab(board="alder").selectbox(key="filter_board").options == ["Birch", "Alder"]
    make.added(session, make.RoleGrant(account_id=chair, role=Role.LAY, board_id=third.id))
    session.commit()
    assert "Cedar" in open_tab(board="alder").selectbox(key="filter_board").options


def test_without_a_seat_there_is_a_sentence_and_no_page(town):
    session, _ = town
    actor = make.account(session, Role.LAY, make.board(session, "third"))
    session.delete(session.exec(make.select(make.RoleGrant).order_by(make.RoleGrant.id.desc())).first())
    session.commit()
    opened = tab(small_page, actor, session=session, board="alder").run()
    assert [told.value.split(".")[0] for told in opened.error] == ["**You have no seat on a board yet"]
    assert not [text.value for text in opened.markdown if "VIEW" in text.value]


def test_nobody_signed_in_gets_the_sign_in_and_nothing_of_the_page(town):
    opened = tab(small_page, board="alder").run()
    assert [field.label for field in opened.text_input] == ["Account", "Password"]
    assert not [text.value for text in opened.markdown if "VIEW" in text.value]


def test_every_page_has_its_place_and_every_place_its_page():
    files = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert files == set(places.keys()) == {each.key for each in places.PLACES}


def test_every_page_opens_through_the_guard():
    """A page that forgot it would show its figures to whoever asks."""
    for path in (ROOT / "pages").glob("*.py"):
        text = path.read_text()
        guards = [text.count(f"with {guard}(") for guard in ("open_page", "open_desk")]
        assert sorted(guards) == [0, 1], path.name
