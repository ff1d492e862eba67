"""Whoever is refused is refused, whatever becomes of the line in the history that says so."""

import pytest
from sqlalchemy.pool import NullPool
from sqlmodel import Session, select

from lscb_core.db.access import may
from lscb_core.db.engine import make_engine
from lscb_core.db.refusals import MOST_A_MINUTE
from lscb_core.db.tables import Event
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotPermitted
from tests import make

TAKE_NOTHING = {
    "sqlite": "PRAGMA query_only=ON",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
}


def test_a_refusal_is_told_as_one_where_the_database_takes_nothing(register_url, caplog):
    engine = make_engine(register_url, poolclass=NullPool)
    with engine.connect() as connection, Session(connection) as session:
        lay = make.account(session, Role.LAY, make.board(session))
        session.commit()
        session.connection().exec_driver_sql(TAKE_NOTHING[engine.dialect.name])
        session.commit()
        with pytest.raises(NotPermitted):
            may(session, lay, Act.MANAGE_ACCOUNTS, board_id=None)
    assert "could not write it down" in caplog.text


def test_the_same_refusal_again_and_again_fills_the_log_and_not_the_history(session, caplog):
    board = make.board(session)
    lay, chair = make.account(session, Role.LAY, board), make.account(session, Role.CHAIR, board)
    session.commit()

    def refused(actor: int, act: Act, times: int) -> None:
        for _ in range(times):
            with pytest.raises(NotPermitted):
                may(session, actor, act, board_id=board.id)

    refused(lay, Act.ADD_ACTION, MOST_A_MINUTE + 5)
    refused(lay, Act.IMPORT, 1)
    refused(chair, Act.ADD_ACTION, 1)
    told = [(event.account_id, event.after["act"]) for event in session.exec(select(Event))]
    assert told == [(lay, "add_action")] * MOST_A_MINUTE + [(lay, "import"), (chair, "add_action")]
    assert caplog.text.count("once more") == 5
