"""The view's priority and sub-group: rows are tagged with theirs in tables of their own."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.queries.view import View


def tagged(view: View, number: Any, *, priority: tuple[Any, Any], sub_group: tuple[Any, Any]) -> list[Any]:
    """The conditions that rows are tagged with what the view has chosen; none where it has chosen nothing.

    `number` is the column that says which row it is. `priority` and `sub_group` are two columns of each table
    of tags: which row, and which tag.
    """
    chosen = ((priority, view.priority_id), (sub_group, view.sub_group_id))
    return [
        col(number).in_(sa.select(row).where(tag == wanted))
        for (row, tag), wanted in chosen
        if wanted is not None
    ]
