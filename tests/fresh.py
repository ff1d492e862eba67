"""Databases made by the revisions, as an installation has them, with invented rows in every table."""

import re
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from lscb_core.db.access import Person
from lscb_core.db.copying import raise_counters, tables_of
from lscb_core.db.engine import make_engine
from lscb_core.db.recording import record
from lscb_core.db.revisions import all_or_nothing, revision_of, upgrade
from tests import make

WHO = Person(-1, "operator", "Command line", 0, ())
ROWS = 3
ODD = " “Zoë’s” \u2028 – 1/0; 'x' \U0001f9f8"


@contextmanager
def fresh_databases(request, folder: Path, on: str):
    """`fresh("one")` gives the engine of a new database without a table; "one" on "sqlite" if said so."""
    made: list[Engine] = []

    def database(name: str, kind: str = on) -> Engine:
        url = f"sqlite:///{folder / name}.db" if kind == "sqlite" else _on_postgres(request, name)
        made.append(make_engine(url))
        return made[-1]

    database.on = on
    yield database
    for engine in made:
        engine.dispose()
        if engine.dialect.name == "postgresql":
            _order(request, f'DROP DATABASE "{engine.url.database}"')


def _on_postgres(request, name: str) -> str:
    _order(request, f'CREATE DATABASE "{name}"')
    server = request.getfixturevalue("_postgres").engine.url
    return server.set(database=name).render_as_string(hide_password=False)


def _order(request, words: str) -> None:
    server = request.getfixturevalue("_postgres").engine
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(words)


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def fill(engine: Engine, rows: int = ROWS) -> None:
    """Rows in every table that the database has, of whatever revision: by reflection, not by the models."""
    with engine.execution_options(writes=True).begin() as connection:
        choices = _choices(connection)
        tables = tables_of(connection)
        for table in tables:
            if table.name == "datarevision" or "seal" in table.columns:
                continue
            numbered = [_row(table, number, rows, choices) for number in range(1, rows + 1)]
            later = [
                {"n": row["id"], "to": row.pop("reaudit_of_id")} for row in numbered if table.name == "audit"
            ]
            connection.execute(table.insert(), numbered)
            for row in later:
                connection.execute(sa.text("UPDATE audit SET reaudit_of_id = :to WHERE id = :n"), row)
        raise_counters(connection, tables)
        sealed = any("seal" in table.columns for table in tables)
    for number in range(rows if sealed else 0):
        happen(engine, number)


def at_revision(engine: Engine, revision: str = "0001") -> Engine:
    """The same database with the tables of a revision, and rows in each of them."""
    with all_or_nothing(engine) as connection:
        upgrade(connection, revision)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO datarevision (id, number) VALUES (1, 41)")
    fill(engine)
    return engine


def revision_in(engine: Engine) -> str | None:
    """The revision of the tables that are there."""
    with engine.connect() as connection:
        return revision_of(connection)


def happen(engine: Engine, number: int = 0) -> None:
    """One event of the history, through the front door."""
    with Session(engine.execution_options(writes=True)) as session:
        told = {"before": {"status": "open"}, "after": {"status": f"done{ODD}", "share": 0.1 + number}}
        about = {"board_id": None, "record_kind": "action", "record_id": 1, "act": "update_action"}
        record(session, who=WHO, at=make.NOW.replace(microsecond=number), note=ODD, **about, **told)
        session.commit()


def _choices(connection: sa.Connection) -> dict[tuple[str, str], list[str]]:
    """The codes that a CHECK allows, by table and column."""
    inspector, found = sa.inspect(connection), {}
    for table in inspector.get_table_names():
        for check in inspector.get_check_constraints(table):
            words = check["sqltext"]
            if (codes := re.findall(r"'(\w*)'", words)) and re.search(r"\bIN\s*\(|ARRAY", words):
                found[table, re.search(r"\w+", words.replace("(", " ")).group()] = codes
    return found


def _row(table: sa.Table, number: int, rows: int, choices) -> dict[str, Any]:
    row = {column.name: _value(table, column, number, choices) for column in table.columns}
    if table.name == "audit":
        row["reaudit_of_id"] = number % rows + 1  # the first points to the second, the last to the first
    return row


def _value(table: sa.Table, column: sa.Column, number: int, choices) -> Any:
    if codes := choices.get((table.name, column.name)):
        return codes[number % len(codes)]
    if column.name == "is_demonstration":
        return False
    kind = column.type
    if isinstance(kind, sa.String):
        return f"{column.name} {number}"[: kind.length] if kind.length else f"{column.name} {number}{ODD}"
    values = {
        sa.Boolean: number % 2 == 0,
        sa.DateTime: datetime(2025, 4, 30, 9, 30, 0, 999_999 // number, UTC).replace(tzinfo=None),
        sa.Date: date(2025, 4, number),
        sa.Float: number / 3,
        sa.JSON: {"n": number, "words": [ODD, None, 0.1]},
        sa.Integer: number,
    }
    return next(value for type_, value in values.items() if isinstance(kind, type_))


def content(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the revision's, in the order of its key."""
    found = sa.MetaData()
    with engine.connect() as connection:
        found.reflect(connection)
        return {
            table.name: [
                dict(row)
                for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in found.sorted_tables
            if table.name != "alembic_version"
        }
