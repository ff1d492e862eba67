"""An update of an action drops what rests on actions, and nothing else, from what is kept in memory."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select
from streamlit.testing.v1 import AppTest

from lscb_core.cli import load_demonstration
from lscb_core.commands.actions import Seen, assign, redate, update_status
from lscb_core.config import settings
from lscb_core.db import engine as engines
from lscb_core.db.base import FOREVER
from lscb_core.db.noticing import STATES
from lscb_core.db.recording import raise_revision
from lscb_core.db.tables import Account, Action, ActionState, Agency, Board, DataRevision
from lscb_core.domain.vocab import Role, Status
from lscb_core.queries.actions import BY_AGENCY, late_by_agency
from lscb_core.queries.measure_cards import measure_cards
from lscb_core.ui import cache
from tests import databases, make
from tests.tab import sign_in
from tests.test_ui_cache import visit
from tests.tidewater import FIXED

PAGES = Path(__file__).parent.parent / "pages"
WRITTEN = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
BY_CHANCE = re.compile(r"T_[0-9a-f]{5}|styler_uuid: \"\w+\"|uuid: \"\w+\"|[0-9a-f]{32}")
"""Names that are drawn anew for each table with colours, and for each file that may be taken away."""


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.forget()
    yield
    cache.forget()


@pytest.fixture
def town(session):
    """A board with an action of the police, late by a day."""
    board = make.board(session)
    police = make.agency(session, board, "police")
    late = make.TODAY - timedelta(days=1)
    make.action(session, board, owner=police, due=late, status=Status.NOT_STARTED)
    session.commit()
    return board


def update(session, to=Status.IN_PROGRESS) -> None:
    """The one action of the town goes on a step."""
    action = session.exec(select(Action)).first()
    actor = make.account(session, Role.MANAGER, session.get_one(Board, action.board_id))
    seen = Seen(action.id, action.version)
    update_status(session, actor=actor, seen=seen, to=to, note="A step.", evidence="", at=make.NOW)
    session.expunge_all()


def on_actions(session, *, view):
    return session.exec(select(col(ActionState.status)).where(ActionState.until_on == FOREVER)).all()


def on_agencies(session, *, view):
    return session.exec(select(col(Agency.name))).all()


def opened(session, board):
    """A visit that begins with nothing loaded, as each page does."""
    page = visit(session, board)
    session.expunge_all()
    return page


def moves(session, seen, actor):
    """Each way in which the state of an action changes."""
    more = {"actor": actor, "at": make.NOW}
    return {
        "update": lambda: update_status(
            session, seen=seen, to=Status.IN_PROGRESS, note="A step.", evidence="p. 3", **more
        ),
        "redate": lambda: redate(session, seen=seen, due_on=make.TODAY, reason="Agreed.", **more),
        "assign": lambda: assign(session, seen=seen, agency_id=_health(session), reason="", **more),
    }


def _health(session) -> int:
    return session.exec(select(Agency.id).where(Agency.slug == "health")).one()


@pytest.mark.parametrize("move", ["update", "redate", "assign"])
def test_a_new_state_of_an_action_writes_no_table_but_those_that_are_noticed(session, town, move):
    make.agency(session, town, "health")
    action = session.exec(select(Action)).one()
    manager = make.account(session, Role.MANAGER, town)
    session.commit()
    before = {row.id: row.number for row in session.exec(select(DataRevision))}
    written = set()

    def note(_connection, _cursor, statement, *_more):
        written.update(name.lower() for name in WRITTEN.findall(statement))

    sa.event.listen(session.get_bind(), "before_cursor_execute", note)
    moves(session, Seen(action.id, 1), manager)[move]()
    assert written == {*(str(table.__tablename__) for table in STATES), "datarevision"}
    session.expire_all()
    after = {row.id: row.number for row in session.exec(select(DataRevision))}
    assert after == {1: before[1] + 1, 2: before[2]}


def test_what_rests_on_actions_is_worked_out_anew_and_the_rest_is_kept(session, town):
    first = opened(session, town)
    states, agencies = first.ask(on_actions), first.ask(on_agencies)
    update(session)
    second = opened(session, town)
    assert (states, second.ask(on_actions)) == ([Status.NOT_STARTED], [Status.IN_PROGRESS])
    assert second.ask(on_agencies) is agencies
    raise_revision(session)
    assert opened(session, town).ask(on_agencies) is not agencies


def test_an_answer_that_takes_one_from_memory_rests_on_what_that_one_rests_on(session, town):
    def through(session, *, view, page):
        return list(page.ask(on_actions))

    def keys(page):
        return cache.kept(session, page.stand, "outer", lambda: through(session, view=page.view, page=page))

    opened(session, town).ask(on_actions)  # so the question itself is not asked again
    assert keys(opened(session, town)) == [Status.NOT_STARTED]
    update(session)
    assert keys(opened(session, town)) == [Status.IN_PROGRESS]


def test_a_row_that_is_loaded_already_counts_as_read(session, town):
    def without_a_question(session, *, view):
        return next(row.version for row in session.identity_map.values() if isinstance(row, Action))

    page = opened(session, town)
    held = session.exec(select(Action)).one()
    assert page.ask(without_a_question) == 1
    del held
    update(session)
    page = opened(session, town)
    held = session.exec(select(Action)).one()
    assert (page.ask(without_a_question), held.version) == (2, 2)


def test_what_is_put_together_from_answers_rests_on_all_that_the_visit_was_told(session, town):
    def said(page):
        with cache.noticing(session):  # as a page is opened
            agencies = page.ask(on_agencies)
            before = page.keep("before", lambda: [len(agencies)])
            states = page.ask(on_actions)
            return before, page.keep("after", lambda: [str(state) for state in states])

    first = said(opened(session, town))
    update(session)
    second = said(opened(session, town))
    assert second[0] is first[0]
    assert (first[1], second[1]) == ([str(Status.NOT_STARTED)], [str(Status.IN_PROGRESS)])


def test_what_nobody_noticed_is_not_kept_past_an_update(session, town):
    page = opened(session, town)
    first = page.keep("outside a visit", lambda: ["one"])
    update(session)
    assert opened(session, town).keep("outside a visit", lambda: ["two"]) == ["two"] != first


def test_the_real_questions_are_told_apart(session, town):
    page = opened(session, town)
    cards, late = page.ask(measure_cards), page.ask(late_by_agency)
    assert set(BY_AGENCY) <= set(late.columns)
    update(session, Status.WITHDRAWN)
    page = opened(session, town)
    assert page.ask(measure_cards) is cards
    assert page.ask(late_by_agency) is not late


@pytest.fixture
def demonstration(monkeypatch, tmp_path):
    """A session on the demonstration, which the pages read too, on its own day."""
    with (
        databases.sqlite_template() as template,
        databases.sqlite_in_file(template, tmp_path / "register.db") as database,
    ):
        monkeypatch.setattr(engines, "engine", lambda: database)
        monkeypatch.setenv("LSCB_TODAY", FIXED.isoformat())
        settings.cache_clear()
        with Session(database) as session:
            load_demonstration(session)
            session.commit()
            yield session
        settings.cache_clear()


def drawn(session, page: str, actor: int, **address: str) -> list[str]:
    """Everything that the page shows, in order; what is drawn by chance left out."""
    app = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=60)
    sign_in(app, session, actor)
    for name, word in {"board": "tidewater", **address}.items():
        app.query_params[name] = word
    app.run()
    assert not app.exception
    return [BY_CHANCE.sub("", str(element.proto)) for element in app.main]


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("overview", {}),
        ("actions", {}),
        ("agency", {"agency": "police"}),
        ("audit_outcomes", {}),
        ("threshold_usage", {}),
        ("measures", {}),
        ("child_deaths", {}),
    ],
)
def test_after_an_update_each_page_shows_what_it_would_with_an_empty_memory(demonstration, page, address):
    session = demonstration
    account = {row.name: row.id for row in session.exec(select(Account))}
    before = drawn(session, page, account["manager"], **address)
    late = select(Action.id, Action.version).join(ActionState).where(
        ActionState.until_on == FOREVER,
        ActionState.due_on < FIXED,
        ActionState.status == Status.IN_PROGRESS,
        ActionState.agency_id == select(Agency.id).where(Agency.slug == "police").scalar_subquery(),
    )  # fmt: skip
    number, version = session.exec(late).first()
    update_status(
        session,
        actor=account["manager"],
        seen=Seen(number, version),
        to=Status.WITHDRAWN,
        note="No longer owed.",
        evidence="",
        at=make.NOW.replace(year=FIXED.year, month=FIXED.month, day=FIXED.day),
    )
    after = drawn(session, page, account["manager"], **address)
    cache.forget()
    assert after == drawn(session, page, account["manager"], **address)
    assert (after != before) == (page in ("overview", "actions", "agency"))
