"""Rows carried from one database into another with the same tables, whatever kind each of them is."""

from typing import Any

import sqlalchemy as sa

AT_ONCE = 1000
PASSING = frozenset({"signin", "failedtry"})
"""What is never carried: who is signed in now, and who failed to. It would come alive again."""
OURS = "alembic_version"


def tables_of(connection: sa.Connection) -> list[sa.Table]:
    """The tables as they stand in the database, those that others point to first. Types fit any database."""
    found = sa.MetaData()
    sa.event.listen(found, "column_reflect", _generic)
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != OURS]


def _generic(_inspector: Any, _table: Any, column: dict[str, Any]) -> None:
    column["type"] = column["type"].as_generic()


def hold_writers(connection: sa.Connection) -> None:
    """Nobody else saves until this transaction ends; reading goes on. On SQLite a writer holds it already."""
    if connection.dialect.name == "postgresql" and (tables := tables_of(connection)):
        quoted = ", ".join(connection.dialect.identifier_preparer.format_table(table) for table in tables)
        connection.exec_driver_sql(f"LOCK TABLE {quoted} IN EXCLUSIVE MODE")


def empty(connection: sa.Connection, tables: list[sa.Table]) -> None:
    """Delete every row, also those of PASSING. The history's guards have to be lifted."""
    for table in reversed(tables):
        connection.execute(table.delete())


def copy_rows(source: sa.Connection, target: sa.Connection, tables: list[sa.Table]) -> None:
    """Every row of these tables but those of PASSING. The target's are empty. Does not commit."""
    for table in tables:
        if table.name not in PASSING:
            _copy_table(source, target, table)


def _copy_table(source: sa.Connection, target: sa.Connection, table: sa.Table) -> None:
    key = list(table.primary_key.columns)
    # A row that points to another of its table may come before it: it is told afterwards.
    own = [column for column in table.columns if any(fk.column.table is table for fk in column.foreign_keys)]
    later: list[dict[str, Any]] = []
    rows = source.execution_options(yield_per=AT_ONCE).execute(sa.select(table).order_by(*key))
    for some in rows.mappings().partitions():
        whole = [dict(row) for row in some]
        later += [row for row in whole if any(row[column.name] is not None for column in own)]
        target.execute(table.insert(), [row | {column.name: None for column in own} for row in whole])
    for row in later:
        this = sa.and_(*(column == row[column.name] for column in key))
        target.execute(table.update().where(this).values({column.name: row[column.name] for column in own}))


def raise_counters(connection: sa.Connection, tables: list[sa.Table]) -> None:
    """PostgreSQL: the next row gets a number above all that are there. SQLite does so by itself.

    A counter does not go back with its transaction, so none is ever lowered.
    """
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" not in table.primary_key.columns:
            continue
        name = connection.dialect.identifier_preparer.format_table(table)
        counter = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(name, "id")))
        if counter:
            highest = f"GREATEST((SELECT max(id) FROM {name}), (SELECT last_value FROM {counter}))"
            connection.exec_driver_sql(f"SELECT setval('{counter}', {highest})")
