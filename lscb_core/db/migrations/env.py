"""Alembic's entry: runs the revisions on the connection that `lscb_core.db.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from lscb_core.db import tables
from lscb_core.db.base import Moment


def plain_types(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column types into a revision as the plain types they are stored as."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.Account.metadata,
    render_as_batch=True,
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
