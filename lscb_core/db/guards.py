"""What the database itself refuses: changing or deleting what has happened. The same on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

REFUSAL = "the history is written once"
SQLITE = [
    f"CREATE TRIGGER event_no_{act.lower()} BEFORE {act} ON event BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for act in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event"
    " FOR EACH ROW EXECUTE FUNCTION event_is_kept()",
    "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event"
    " FOR EACH STATEMENT EXECUTE FUNCTION event_is_kept()",
]
GUARDS = ("change", "removal")
"""What is refused: by two triggers on either database."""


def statements(dialect: str) -> list[str]:
    """What sets the guards on a database of this kind."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL


def set_guards(connection: sa.Connection) -> None:
    """Set them where the table has none yet."""
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def are_set(connection: sa.Connection) -> bool:
    """Whether all of them stand, and are in force."""
    if connection.dialect.name == "sqlite":
        question = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
    else:
        question = (
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'event'::regclass AND tgname LIKE 'event_no_%%'"
            " AND tgenabled = 'O'"
        )
    return int(connection.exec_driver_sql(question).scalar_one()) == len(GUARDS)


@contextmanager
def lifted(connection: sa.Connection) -> Iterator[None]:
    """The history may be written anew, in this transaction: for a restore, and for nothing else.

    Whoever owns the tables may do this, so no more rights are needed than for a migration. Where the block
    fails, the transaction has to be rolled back, and the guards are as they were.
    """
    on_sqlite = connection.dialect.name == "sqlite"
    lift = [f"DROP TRIGGER IF EXISTS event_no_{act}" for act in ("update", "delete")]
    for statement in lift if on_sqlite else ["ALTER TABLE event DISABLE TRIGGER USER"]:
        connection.exec_driver_sql(statement)
    yield
    for statement in SQLITE if on_sqlite else ["ALTER TABLE event ENABLE TRIGGER USER"]:
        connection.exec_driver_sql(statement)
