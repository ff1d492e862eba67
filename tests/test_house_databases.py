"""Each test gets a clean database, on both kinds; without that no other test's figures can be trusted."""

import sqlalchemy as sa
from sqlmodel import Session, select

from lscb_core.db.tables import Agency, DataRevision


def _agencies(session: Session) -> int:
    return session.exec(select(sa.func.count()).select_from(Agency)).one()


def _add_one(session: Session) -> None:
    assert _agencies(session) == 0
    session.add(Agency(slug="police", name="Police", kind="police"))
    session.commit()
    assert _agencies(session) == 1


def test_what_a_session_commits_stays_for_its_test(session):
    _add_one(session)
    session.rollback()
    assert _agencies(session) == 1


def test_what_a_session_committed_is_gone_in_the_next_test(session):
    _add_one(session)


def test_what_an_engine_committed_stays_for_its_test(engine):
    with Session(engine) as session:
        _add_one(session)
    with Session(engine) as other:
        assert _agencies(other) == 1


def test_what_an_engine_committed_is_gone_in_the_next_test(engine):
    with Session(engine) as session:
        _add_one(session)


def test_a_failed_save_leaves_the_session_usable(session):
    _add_one(session)
    session.add(Agency(slug="police", name="Police again", kind="police"))
    try:
        session.commit()
    except sa.exc.IntegrityError:
        session.rollback()
    assert _agencies(session) == 1


def test_two_connections_see_only_what_the_other_has_committed(racing_engine):
    with Session(racing_engine) as one, Session(racing_engine) as two:
        one.add(Agency(slug="police", name="Police", kind="police"))
        one.flush()
        assert _agencies(two) == 0
        two.rollback()
        one.commit()
        assert _agencies(two) == 1


def test_the_row_that_counts_changes_is_there_from_the_start(session):
    assert session.get_one(DataRevision, 1).number == 1
