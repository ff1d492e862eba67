"""The view in the address: links open the same view for another, and nonsense in it is told."""

import pytest
from sqlmodel import Session

from lscb_core.domain.vocab import Role
from tests import make
from tests.tab import address_of, seen, served, small_page, tab, told


@pytest.fixture
def town(monkeypatch, racing_engine):
    """Two boards, the first with something to filter by, and the first one's chair."""
    with served(monkeypatch, racing_engine), Session(racing_engine, expire_on_commit=False) as session:
        first, second = make.board(session, "alder"), make.board(session, "birch")
        make.board(session, "cedar")
        chair = make.account(session, Role.CHAIR, first)
        make.added(session, make.RoleGrant(account_id=chair, role=Role.CHAIR, board_id=second.id))
        make.priority(session, second, "other")
        make.sub_group(session, second, "one"), make.sub_group(session, second, "two")
        rows = make.priority(session, first), make.sub_group(session, first), make.agency(session, first)
        make.agency(session, first, "health")
        session.commit()
        yield {"session": session, "chair": chair, "rows": [str(row.id) for row in rows]}


@pytest.fixture
def open_tab(town):
    return lambda **address: tab(small_page, town["chair"], session=town["session"], **address).run()


def test_a_link_opens_board_day_and_filters(open_tab, town):
    link = {"board": "alder", "as_at": "2025-03-20", "priority": "neglect"}
    link |= {"sub_group": "quality-assurance", "agency": "police"}
    opened = open_tab(**link)
    assert seen(opened, "VIEW") == ["alder", "2025-03-20"]
    assert seen(opened, "FILTERS") == town["rows"]
    assert address_of(opened) == link


def test_without_a_board_the_first_one_opens_and_stands_in_the_address(open_tab):
    opened = open_tab()
    assert seen(opened, "VIEW") == ["alder", make.TODAY.isoformat()]
    assert address_of(opened) == {"board": "alder"}


def test_the_bar_leads_to_what_the_tab_last_looked_at(open_tab):
    opened = open_tab(board="birch", as_at="2025-01-31")
    opened.query_params.clear()  # the bar's links carry no view
    assert seen(opened.run(), "VIEW") == ["birch", "2025-01-31"]
    assert address_of(opened) == {"board": "birch", "as_at": "2025-01-31"}


def test_a_link_with_a_board_owes_nothing_to_what_the_tab_looked_at(open_tab):
    opened = open_tab(board="alder", as_at="2025-01-31", agency="police")
    opened.query_params.clear()
    opened.query_params["board"] = "birch"
    assert seen(opened.run(), "VIEW") == ["birch", make.TODAY.isoformat()]
    assert seen(opened, "FILTERS") == ["None"] * 3


def test_what_a_page_keeps_there_and_what_nobody_knows_is_left_alone(open_tab):
    opened = open_tab(board="alder", action="348", utm="newsletter", priority="neglect")
    opened.selectbox(key="filter_priority").set_value("").run()
    assert address_of(opened) == {"board": "alder", "action": "348", "utm": "newsletter"}


NONSENSE = {
    "a board that is not there": ({"board": "nowhere"}, "no board “nowhere”", "alder"),
    "a board of others": ({"board": "cedar"}, "You have no seat on this board", "alder"),
    "no date": ({"board": "birch", "as_at": "soon"}, "“soon” was not understood as a date", "birch"),
    "a date that does not exist": ({"board": "birch", "as_at": "2025-02-30"}, "not understood", "birch"),
    "a day to come": ({"board": "birch", "as_at": "2025-05-01"}, "1 May 2025 is still to come", "birch"),
    "the last day of all": ({"board": "birch", "as_at": "9999-12-31"}, "still to come", "birch"),
    "the first day of all": ({"board": "birch", "as_at": "0001-01-01"}, "before everything", "birch"),
    "no priority of the board": ({"board": "birch", "priority": "neglect"}, "no priority", "birch"),
    "no sub-group": ({"board": "alder", "sub_group": "x"}, "no sub-group “x”", "alder"),
    "no agency of the board": ({"board": "birch", "agency": "police"}, "no agency “police”", "birch"),
    "a formula": ({"board": "alder", "agency": "' OR 1=1 --"}, "no agency “' OR 1=1 --”", "alder"),
    "formatting": ({"board": ":red[x]"}, "no board “\\:red\\[x\\]”", "alder"),
    "letters that no database takes": ({"board": "birch", "agency": "x\x00y"}, "no agency “xy”", "birch"),
}


@pytest.mark.parametrize(("link", "words", "board"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_told_and_the_board_opens_without_it(open_tab, link, words, board):
    opened = open_tab(**link)
    assert not opened.exception
    [said] = told(opened) + [each.value for each in opened.info]  # what is not open is no error
    assert words in said
    assert seen(opened, "VIEW") == [board, make.TODAY.isoformat()]
    assert seen(opened, "FILTERS") == ["None"] * 3
    assert address_of(opened) == {"board": board}


def test_nonsense_is_told_once(open_tab):
    assert told(open_tab(board="birch", as_at="soon").run()) == []


def test_nonsense_does_not_follow_through_the_bar(open_tab):
    opened = open_tab(board="birch", as_at="soon")
    opened.query_params.clear()
    assert told(opened.run()) == []
    assert seen(opened, "VIEW") == ["birch", make.TODAY.isoformat()]


def test_a_day_may_be_written_as_people_write_it(open_tab):
    assert seen(open_tab(board="alder", as_at="31 March 2025"), "VIEW") == ["alder", "2025-03-31"]


def test_a_link_within_the_page_keeps_the_view_but_for_what_it_changes(open_tab):
    opened = open_tab(board="alder", as_at="2025-03-20", priority="neglect", action="7")
    link = {"board": "alder", "as_at": "2025-03-20", "agency": "health"}
    assert " ".join(seen(opened, "LINK")) == str(link)
