"""A callback's way to the register: buttons drawn long ago may be pressed after the sign-in has ended."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from lscb_core.db.engine import reading, writing
from lscb_core.ui.signin import who_asks


@contextmanager
def acting() -> Iterator[Session]:
    """A session for one command. Raises NotPermitted where nobody is signed in in this browser any more.

    A callback runs before its page asks who is there. The command itself reads role and agency anew.
    """
    with reading() as session:
        who_asks(session, is_use=True)
    with writing() as session:
        yield session
