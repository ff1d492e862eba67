"""Bringing a database to this release: from nothing, again, all or nothing, and just as the models say."""

import os

import pytest
import sqlalchemy as sa
from alembic import command
from sqlmodel import Session

from lscb_core.db.base import Table
from lscb_core.db.engine import make_engine
from lscb_core.db.migrate import migrate
from lscb_core.db.revisions import configuration
from lscb_core.db.tables import Board, DataRevision
from tests import make
from tests.databases import make_tables

NAME = "migrated"


@pytest.fixture
def migrated(fresh):
    engine = fresh(NAME)
    migrate(engine)
    return engine


def tables(engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def test_from_nothing_every_table_is_made_and_the_first_row(migrated):
    assert tables(migrated) == {*Table.metadata.tables, "alembic_version"}
    with Session(migrated) as session:
        assert session.get_one(DataRevision, 1).number == 1


def test_a_second_time_changes_nothing_and_keeps_what_is_held(migrated):
    with Session(migrated) as session:
        make.board(session)
        session.get_one(DataRevision, 1).number = 7
        session.commit()
    migrate(migrated)
    with Session(migrated) as session:
        assert session.get_one(DataRevision, 1).number == 7
        assert session.exec(sa.select(sa.func.count(Board.id))).scalar_one() == 1


def test_models_and_migrations_say_the_same(migrated):
    with migrated.connect() as connection:
        command.check(configuration(connection))  # raises where a revision is missing


def test_a_table_without_its_revision_would_be_noticed(migrated):
    with migrated.begin() as connection:
        connection.exec_driver_sql("DROP TABLE challenge")
    with migrated.connect() as connection, pytest.raises(command.util.CommandError, match="challenge"):
        command.check(configuration(connection))


KINDS = ("columns", "check_constraints", "unique_constraints", "indexes", "foreign_keys")


def test_a_migrated_database_is_the_one_that_the_models_make(fresh):
    """What tests run on is made from the models: it must not be stricter than what people run on."""
    from_models, from_revisions = fresh("models"), fresh("revisions")
    make_tables(from_models)
    migrate(from_revisions)
    for kind in KINDS:
        assert _told(from_revisions, kind) == _told(from_models, kind)


def _told(engine, kind: str) -> dict[str, list[str]]:
    inspector = sa.inspect(engine)
    ask = getattr(inspector, f"get_{kind}")
    return {name: sorted(map(_plain, ask(name))) for name in Table.metadata.tables}


def _plain(part: dict) -> str:
    """One column, constraint or index in words that do not depend on the order they were made in."""
    # Where PostgreSQL takes new numbers from is its own affair.
    kept = {key: value for key, value in part.items() if key not in ("autoincrement", "default")}
    return str(sorted((key, str(value)) for key, value in kept.items() if value not in (None, {})))


def test_when_it_fails_half_way_nothing_is_left(fresh):
    engine = fresh(NAME)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE challenge (id integer)")  # in the way of a late table
    with pytest.raises(sa.exc.DBAPIError, match="challenge"):
        migrate(engine)
    assert tables(engine) == {"challenge"}


def test_it_can_be_taken_back(migrated):
    with migrated.execution_options(writes=True).begin() as connection:
        command.downgrade(configuration(connection), "base")
    assert tables(migrated) == {"alembic_version"}


def test_codes_outside_a_vocabulary_are_refused_by_the_database(migrated):
    with Session(migrated) as session:
        board = make.board(session)
        make.account(session, make.Role.CHAIR, board)
        session.commit()
        with pytest.raises(sa.exc.IntegrityError):
            session.connection().exec_driver_sql("UPDATE rolegrant SET role = 'headteacher'")


def test_a_new_database_file_and_its_journal_are_for_their_owner_alone(tmp_path):
    before = os.umask(0o022)  # what most machines have
    try:
        engine = make_engine(f"sqlite:///{tmp_path / NAME}.db")
        migrate(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1 FROM board").all()
            rights = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
        engine.dispose()
    finally:
        os.umask(before)
    assert rights[f"{NAME}.db"] == 0o600
    assert set(rights.values()) == {0o600}
