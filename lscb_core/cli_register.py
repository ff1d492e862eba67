"""What verbs of the command line share: a register whose tables are there, and accounts by name."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.accounts.changing import Seen
from lscb_core.accounts.held import held_account
from lscb_core.config import now
from lscb_core.db.access import OPERATOR
from lscb_core.db.engine import engine
from lscb_core.errors import BoardError


@contextmanager
def register(session: Callable[[], AbstractContextManager[Session]]) -> Iterator[Session]:
    """A session on the register; raises BoardError where its tables have not been made."""
    if not sa.inspect(engine()).has_table("board"):
        raise BoardError("The database has no tables yet.", advice="Run `python3 manage.py init` first.")
    with session() as opened:
        yield opened


def seen_by_name(session: Session, name: str) -> Seen:
    """The account of that name, in the version that it has now. Raises NotFound."""
    return held_account(session, actor=OPERATOR, name=name, now=now()).seen
