"""Whoever is refused is refused, whatever becomes of the line in the history that says so."""

import pytest
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from lscb_core.db.access import may
from lscb_core.db.engine import make_engine
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
