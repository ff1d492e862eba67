"""The history: chained by hashes, refused to change by the database, and whatever gets past that is found."""

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from lscb_core.db.access import Person
from lscb_core.db.guards import are_set
from lscb_core.db.recording import record
from lscb_core.db.sealing import FIRST, head, verify
from lscb_core.db.tables import Event
from tests import make

WHO = Person(-1, "operator", "Command line", 0, ())


def happened(session: Session, note: str = "A note", at=make.NOW) -> None:
    record(
        session,
        who=WHO,
        board_id=None,
        record_kind="action",
        record_id=1,
        act="update_action",
        before={"status": "in_progress"},
        after={"status": "complete", "share": 0.1, "words": "Zoë’s “note”\n\u2028"},
        at=at,
        note=note,
    )


def test_each_event_carries_the_seal_of_the_one_before(session):
    for note in ("one", "two", "three"):
        happened(session, note)
    events = session.exec(select(Event).order_by(Event.id)).all()
    assert [event.before_seal for event in events] == [FIRST, events[0].seal, events[1].seal]
    assert len({event.seal for event in events}) == 3
    assert head(session) == events[2].seal


def test_an_untouched_history_verifies_after_a_round_trip(session):
    for micro in (0, 1, 999_999):
        happened(session, at=datetime(2026, 4, 1, 9, 30, 0, micro, UTC))
    session.commit()
    session.expire_all()
    assert verify(session) == (verified := verify(session))
    assert (verified.events, verified.broken_at, verified.head) == (3, None, head(session))


@pytest.mark.parametrize("statement", ["UPDATE event SET note = 'other'", "DELETE FROM event"])
def test_the_database_refuses_to_change_or_delete_what_has_happened(session, statement):
    happened(session)
    session.commit()
    with pytest.raises(sa.exc.DBAPIError, match="written once"):
        session.connection().exec_driver_sql(statement)


def test_the_database_refuses_to_put_another_event_in_the_place_of_one(session):
    happened(session)
    session.commit()
    on = session.connection()
    on.exec_driver_sql("CREATE TEMPORARY TABLE other AS SELECT * FROM event")
    on.exec_driver_sql("UPDATE other SET note = 'forged'")
    replace = {
        "sqlite": "REPLACE INTO event SELECT * FROM other",
        "postgresql": "INSERT INTO event SELECT * FROM other ON CONFLICT (id) DO UPDATE SET note = 'forged'",
    }
    with pytest.raises(sa.exc.DBAPIError, match="written once"):
        on.exec_driver_sql(replace[on.dialect.name])


TAMPERED = {
    "changed": ("UPDATE event SET note = 'other' WHERE id = {second}", 1),
    "removed": ("DELETE FROM event WHERE id = {second}", 1),
    "sealed anew by hand": ("UPDATE event SET seal = '{zeros}' WHERE id = {second}", 1),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_gets_past_the_database_is_found_and_named(session, how):
    for note in ("one", "two", "three"):
        happened(session, note)
    session.commit()
    numbers = session.exec(select(Event.id).order_by(Event.id)).all()
    statement, before = TAMPERED[how]
    _guards_off(session)
    session.connection().exec_driver_sql(statement.format(second=numbers[1], zeros="0" * 64))
    found = verify(session)
    assert found.events == before
    assert found.broken_at == (numbers[2] if how == "removed" else numbers[1])


def _guards_off(session: Session) -> None:
    on = session.connection()
    if on.dialect.name == "postgresql":
        on.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER USER")
        return
    for act in ("update", "delete"):
        on.exec_driver_sql(f"DROP TRIGGER event_no_{act}")


def test_people_who_save_at_once_make_one_chain(racing_engine):
    def save(number: int) -> None:
        for turn in range(5):
            with Session(racing_engine.execution_options(writes=True)) as session:
                happened(session, f"{number} {turn}")
                session.commit()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(racing_engine) as session:
        found = verify(session)
    assert (found.events, found.broken_at) == (20, None)


def test_guards_that_are_gone_or_switched_off_are_noticed(engine):
    off = {"sqlite": "DROP TRIGGER event_no_update", "postgresql": "ALTER TABLE event DISABLE TRIGGER USER"}
    with engine.connect() as connection:
        assert are_set(connection)
        connection.exec_driver_sql(off[engine.dialect.name])
        assert not are_set(connection)
        connection.rollback()
        assert are_set(connection)
