"""A hundred times the rows: the invented board's whole register again, for 99 more boards and for itself."""

import sqlalchemy as sa

from lscb_core.db.tables import Account

STEP = 1_000_000
"""Far above every number in use: a copied row's number is its own plus a multiple of this."""
SHARED = {"agency", "origin", "account", "rolegrant", "datarevision", "event", "neighbour"}
TIED_TO_ONE = {"board": "slug", "area": "code"}


def multiply(engine: sa.Engine, board: str, times: int) -> int:
    """Copy all that belongs to a board to `times - 1` further ones. Returns the rows added."""
    metadata, added = Account.metadata, 0
    with engine.begin() as connection:
        owned = _owned(connection, board)
        for copy in range(1, times):
            for table in metadata.sorted_tables:
                if table.name not in SHARED and (condition := _belongs(table, owned)) is not None:
                    added += connection.execute(_copied(table, condition, copy)).rowcount
        connection.exec_driver_sql("ANALYZE")
    return added


def _owned(connection: sa.Connection, board: str) -> dict[str, int]:
    boards = Account.metadata.tables["board"]
    row = connection.execute(sa.select(boards.c.id, boards.c.area_id).where(boards.c.slug == board)).one()
    return {"board": row.id, "area": row.area_id}


def _belongs(table: sa.Table, owned: dict[str, int]) -> sa.ColumnElement[bool] | None:
    """Which rows of a table are the board's: by number, by area, or through a row that is."""
    if table.name in owned:
        return table.c.id == owned[table.name]
    for name in ("board", "area"):
        if f"{name}_id" in table.c:
            return table.c[f"{name}_id"] == owned[name]
    for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
        parent = key.column.table
        if parent.name not in SHARED and (condition := _belongs(parent, owned)) is not None:
            return key.parent.in_(sa.select(key.column).where(condition))
    return None


def _copied(table: sa.Table, condition: sa.ColumnElement[bool], copy: int) -> sa.Insert:
    columns = list(table.c)
    values = [_value(column, copy).label(column.name) for column in columns]
    return sa.insert(table).from_select(columns, sa.select(*values).where(condition))


def _value(column: sa.Column, copy: int) -> sa.ColumnElement:
    parents = {key.column.table.name for key in column.foreign_keys}
    moved = parents and not parents & SHARED
    if moved or (column.name == "id" and column.primary_key):
        return column + STEP * copy
    if TIED_TO_ONE.get(column.table.name) == column.name:
        return column + f"-{copy}"
    return column.expression
