"""A tab of the browser without a browser: a page of a few lines on a real register, signed in or not."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from lscb_core.config import settings
from lscb_core.db import engine as engines
from lscb_core.ui.cache import forget
from tests import make


@contextmanager
def served(monkeypatch, engine: Engine) -> Iterator[None]:
    """The pages ask this database, and it is the day of the tests' builders."""
    monkeypatch.setattr(engines, "engine", lambda: engine)
    monkeypatch.setenv("LSCB_TODAY", make.TODAY.isoformat())
    settings.cache_clear()
    forget()
    yield
    settings.cache_clear()
    forget()


def tab(script, actor: int | None = None, *, session: Session | None = None, **address: str) -> AppTest:
    """A tab at this address, where `actor` is signed in; not yet run."""
    opened = AppTest.from_function(script, default_timeout=30)
    opened.user = {"bind": make.BINDING}
    if actor is not None and session is not None:
        sign_in(opened, session, actor)
    for name, word in address.items():
        opened.query_params[name] = word
    return opened


def sign_in(opened: AppTest, session: Session, actor: int) -> None:
    """Let the account be signed in in this tab's browser, which then has a cookie of its own."""
    row = make.sign_in(session, actor)
    session.commit()
    opened.user = {"bind": row.binding}


def address_of(opened: AppTest) -> dict[str, str]:
    """The tab's address now."""
    now = opened.query_params
    return {name: words if isinstance(words, str) else words[-1] for name, words in now.items()}


def told(opened: AppTest) -> list[str]:
    """The errors shown."""
    return [each.value for each in opened.error]


def small_page() -> None:
    """Shows its view, and lets a button take filters off."""
    import streamlit as st

    from lscb_core.ui.address import with_changes
    from lscb_core.ui.context import open_page
    from lscb_core.ui.filters import clear

    with open_page() as page:
        view = page.view
        st.markdown(f"VIEW {view.board} {view.as_at}")
        st.markdown(f"FILTERS {view.priority_id} {view.sub_group_id} {view.agency_id}")
        st.markdown(f"LINK {with_changes(agency='health', priority=None)}")
        st.button("Clear", on_click=clear)


def seen(opened: AppTest, word: str) -> list[str]:
    """What the small page says of its view, its filters or its link."""
    [said] = [text.value for text in opened.markdown if text.value.startswith(f"{word} ")]
    return said.split()[1:]
