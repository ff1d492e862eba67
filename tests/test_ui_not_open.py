"""Something that a role may not see: which role, who may, whom to ask, and a page that is open to it."""

import pytest
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from lscb_core.db.access import NOT_OPEN, check_open, may_see, person
from lscb_core.db.tables import Event
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotOpen, NotPermitted
from tests import make
from tests.opened import as_read, opened
from tests.tab import told

ASKS = {
    "history": "If you need to know something from it, ask the board manager.",
    "accounts": "If one should be added or changed, ask the administrator.",
}


@pytest.fixture
def board(register):
    board = make.board(register)
    make.agency(register, board)
    return board


def links(app: AppTest) -> list[tuple[str, str, str]]:
    """Label, page and question of each link on the page."""
    found = [link.proto for link in app.get("page_link")]
    return [(each.label, each.page, each.query_string) for each in found]


@pytest.mark.parametrize(
    ("page", "role", "title"),
    [
        ("history", Role.LAY, "The history is not open to your role (lay member)"),
        ("history", Role.SUBGROUP, "The history is not open to your role (sub-group member)"),
        ("accounts", Role.MANAGER, "The accounts are not open to your role (board manager)"),
    ],
)
def test_a_page_says_to_whom_it_is_open_whom_to_ask_and_leads_to_one_that_is(
    register, board, page, role, title
):
    app = opened(register, page, board, role=role)
    assert [as_read(each.value) for each in app.title] == [title]
    [said] = app.info
    assert said.icon == ":material/lock:"
    assert as_read(said.value).startswith("Only the ")
    assert as_read(said.value).endswith(ASKS[page])
    assert told(app) == []
    assert links(app) == [("Go to the overview", "", f"board={board.slug}")]
    register.rollback()  # the page has written the refusal down
    assert opened(register, "overview", board, role=role).title


def test_whoever_has_no_seat_at_all_is_not_led_in_a_circle(register, board):
    app = opened(register, "accounts", make.board(register, "elsewhere"), role=Role.LAY)
    assert links(app)
    register.rollback()
    for grant in register.exec(select(make.RoleGrant)):
        register.delete(grant)
    register.commit()
    app.run()
    assert [as_read(each.value) for each in app.title] == ["The accounts are not open to you"]
    assert links(app) == []


def test_exact_counts_are_told_not_to_be_open_and_the_page_goes_on(register, board):
    app = opened(register, "child_deaths", board, role=Role.LAY, exact="1")
    first = as_read(app.info[0].value)
    assert first.startswith("**Exact counts of child deaths are not open to your role (lay member).** Only")
    assert app.title


def test_the_refusal_is_made_by_the_question_and_written_down(session: Session):
    board = make.board(session)
    lay = make.account(session, Role.LAY, board)
    session.commit()
    for act in NOT_OPEN.keys() - {Act.READ}:
        with pytest.raises(NotOpen, match="not open to your role"):
            may_see(session, lay, act, board_id=board.id)
    tried = {event.after["act"] for event in session.exec(select(Event))}
    assert tried == {act.value for act in NOT_OPEN.keys() - {Act.READ}}


def test_several_roles_are_all_named_and_those_of_other_boards_are_not(session: Session):
    here, there = make.board(session), make.board(session, "elsewhere")
    who = make.account(session, Role.LAY, here)
    for role, board in ((Role.SUBGROUP, here), (Role.CHAIR, there)):
        session.add(make.RoleGrant(account_id=who, role=role, board_id=board.id))
    session.commit()
    with pytest.raises(NotPermitted, match=r"not open to your roles \(sub-group member, lay member\)\."):
        check_open(session, person(session, who), Act.SEE_HISTORY, board_id=here.id)
