"""Every string in a message of the server's protocol, tables included."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from google.protobuf.message import Message


def strings(message: Message) -> Iterator[str]:
    """All strings, and all cells of the tables, in whatever depth."""
    for field, value in message.ListFields():
        for item in _items(field, value):
            yield from _of(item)


def _items(field: Any, value: Any) -> list[Any]:
    is_map = field.message_type is not None and field.message_type.GetOptions().map_entry
    if is_map:
        return [*value.keys(), *value.values()]
    return list(value) if field.is_repeated else [value]


def _of(item: Any) -> Iterator[str]:
    if isinstance(item, Message):
        yield from strings(item)
    elif isinstance(item, bytes):
        yield from _cells(item)
    elif isinstance(item, str):
        yield item


def _cells(content: bytes) -> Iterator[str]:
    """Names and cells of an Arrow table; of other bytes, whatever reads as text."""
    try:
        table = pa.ipc.open_stream(content).read_all()
    except pa.ArrowInvalid:
        yield content.decode("utf-8", "replace")
        return
    yield from table.column_names
    for column in table.columns:
        yield from (str(value) for value in column.to_pylist())
