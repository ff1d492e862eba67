"""The database is away while people are at their pages: they are told in words, and go on when it is back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from lscb_core.accounts.passwords import hash_password
from lscb_core.db import trouble
from lscb_core.db.engine import make_engine
from lscb_core.db.migrate import migrate
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Account, ActionState
from lscb_core.domain.vocab import Role
from tests import make
from tests.browser import serving
from tests.browser.ws import Visitor
from tests.cut_line import AFTER, BEFORE, NEVER, Line, line_to
from tests.own_postgres import OwnPostgres, own_postgres

PASSWORD = "a long password of the manager"
NOTE = "What has been done since the last note?"
NO_WORDS = re.compile(r"Traceback|psycopg|OperationalError|SELECT|\.s\.PGSQL|sqlalche")
BACK_WITHIN_S = 10


@dataclass
class Away:
    """A served register, the server of its database, the line between them, and one of its actions."""

    server: serving.Server
    postgres: OwnPostgres
    line: Line
    number: int


@pytest.fixture(scope="module")
def away(tmp_path_factory) -> Iterator[Away]:
    """The product, served from a PostgreSQL that can be stopped, over a line that can be cut."""
    with own_postgres() as postgres, line_to(postgres.socket) as line:
        url = sa.make_url(postgres.new_database("served"))
        url = url.set(query={"host": "127.0.0.1", "port": str(line.port)})
        address = url.render_as_string(hide_password=False)
        number = _fill(address)
        folder = tmp_path_factory.mktemp("away")
        with serving.served(folder, LSCB_DATABASE_URL=address) as server:
            yield Away(server, postgres, line, number)


def _fill(url: str) -> int:
    """A board with one action and a manager who can sign in; the action's number."""
    engine = make_engine(url)
    migrate(engine)
    with Session(engine.execution_options(writes=True)) as session:
        board = make.board(session)
        manager = session.get_one(Account, make.account(session, Role.MANAGER, board))
        manager.name, manager.password_hash = "manager", hash_password(PASSWORD)
        number = make.action(session, board, owner=make.agency(session, board)).number
        session.commit()
    engine.dispose()
    return number


@pytest.fixture
def visitor(away):
    """The manager, signed in, with the action open."""
    with Visitor(away.server.url, page="actions", query=f"board=testford&action={away.number}") as visitor:
        visitor.run().set("Account", "manager").set("Password", PASSWORD).click("Sign in")
        assert "Save the update" in visitor.texts()
        yield visitor


def said(visitor: Visitor) -> str:
    """What the page says now; fails where any of it is no words for a person."""
    words = "\n".join(visitor.texts()).replace("\\", "")
    assert visitor.exceptions() == []
    assert NO_WORDS.findall(visitor.all_text()) == []
    return words


def states(away: Away, note: str) -> int:
    """How many states of the action have this note; fails where the history does not hold together."""
    with serving.register(away.server) as session:
        assert verify(session).broken_at is None
        return len(session.exec(select(ActionState).where(ActionState.note == note)).all())


def test_a_page_says_that_the_database_is_away_and_is_itself_again_when_it_is_back(away, visitor):
    away.postgres.stop()
    try:
        assert trouble.LOST.what in said(visitor.run())
        with Visitor(away.server.url) as stranger:
            assert trouble.LOST.what in said(stranger.run())
    finally:
        away.postgres.start()
    back = monotonic()
    while "Save the update" not in said(visitor.run()):
        assert monotonic() - back < BACK_WITHIN_S
    took = monotonic() - back
    assert took < BACK_WITHIN_S
    print(
        f"\nThe page was itself again {took:.2f} s after its database was back; same server, still signed in."
    )


def test_saving_while_the_database_is_away_saves_nothing_and_saving_again_saves_once(away, visitor):
    note = "Written while it was away."
    visitor.set(NOTE, note)
    away.postgres.stop()
    try:
        assert trouble.LOST.what in said(visitor.click("Save the update"))
    finally:
        away.postgres.start()
    assert states(away, note) == 0
    visitor.run()
    visitor.set(NOTE, note).click("Save the update")
    assert "Saved" in said(visitor)
    assert states(away, note) == 1


@pytest.mark.parametrize(("cut", "kept"), [(BEFORE, 0), (AFTER, 1)])
def test_lost_in_the_middle_of_saving_the_person_is_told_to_look(away, visitor, cut, kept):
    note = f"The line was cut {cut}."
    visitor.set(NOTE, note)
    away.line.cut = cut
    try:
        visitor.click("Save the update")
    finally:
        away.line.cut = NEVER
    words = said(visitor)
    assert trouble.UNKNOWN.what in words
    assert "Look before you save again" in words
    assert states(away, note) == kept
