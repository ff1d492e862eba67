"""A page as the board's chair meets it, without a browser: opened on a register of a few rows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from lscb_core.db.engine import engine
from lscb_core.domain.vocab import Role
from lscb_core.ui.cache import forget
from tests import make
from tests.tab import sign_in
from tests.terminal import pointed_at

PAGES = Path(__file__).parent.parent / "pages"


@contextmanager
def empty_register(monkeypatch, url: str) -> Iterator[Session]:
    """A session on the register that the pages read, on 1 April 2026: the database of the fixture."""
    with pointed_at(monkeypatch, url):
        forget()
        with Session(engine()) as session:
            yield session
        forget()


def opened(session, page, board, *, role=Role.CHAIR, leads=None, **address) -> AppTest:
    """The page of that name, opened by the board's chair, or by whoever has that role."""
    actor = make.account(session, role, board, leads=leads)
    session.commit()
    app = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30)
    sign_in(app, session, actor)
    for name, value in {"board": board.slug, **address}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def headings(app) -> list[str]:
    """The findings: headings of the second level, as they are read."""
    return [as_read(text.value[3:]) for text in app.markdown if text.value.startswith("## ")]


def as_read(written: str) -> str:
    """What the screen makes of escaped text: the backslashes are gone."""
    return re.sub(r"\\(.)", r"\1", written)


def words(app) -> str:
    """Everything in sentences."""
    return " ".join(text.value for text in app.markdown)


def figures(app) -> dict[str, tuple[str, str]]:
    """The figures: label -> value and change."""
    return {each.label: (each.value, each.delta) for each in app.metric}
