"""The command line in this process: point it at a database, run it, see how it ended."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from sqlmodel import func, select

from lscb_core import cli
from lscb_core.config import settings
from lscb_core.db.engine import engine, reading

DONE, FAILED, REFUSED = 0, 1, 2


class Ended(NamedTuple):
    """Exit status, what was printed, what was complained of."""

    status: int
    out: str
    err: str


@contextmanager
def pointed_at(monkeypatch, url: str = "") -> Iterator[None]:
    """The command line uses this database, on 1 April 2026."""
    engine.cache_clear()
    settings.cache_clear()
    monkeypatch.setenv("LSCB_DATABASE_URL", url)
    monkeypatch.setenv("LSCB_TODAY", "2026-04-01")
    try:
        yield
    finally:
        engine().dispose()
        engine.cache_clear()
        settings.cache_clear()


def typed(monkeypatch, capsys, *words) -> Ended:
    """What comes of `python -m lscb_core` with these words."""
    monkeypatch.setattr(sys, "argv", ["lscb_core", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    return Ended(ended.value.code or DONE, said.out, said.err)


def held(kind) -> int:
    """How many rows of a table the command line's database holds."""
    with reading() as session:
        return session.exec(select(func.count()).select_from(kind)).one()
