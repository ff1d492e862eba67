"""What a database holds, in a few numbers: to see that what was kept, or came back, is what was meant."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.db import sealing
from lscb_core.db.revisions import newest, revision_of
from lscb_core.domain.numbers import plural

COUNTED = "board", "action", "account", "event"


@dataclass(frozen=True, slots=True)
class Held:
    """Numbers of rows, the history's last seal, and the first event that breaks the chain (None: it holds).

    Of tables of an earlier release the chain is not looked at: `head` is then empty.
    """

    boards: int
    actions: int
    accounts: int
    events: int
    head: str = ""
    broken_at: int | None = None

    def __str__(self) -> str:
        """The same in a line."""
        told = [
            plural(self.boards, "board"),
            plural(self.actions, "action"),
            plural(self.accounts, "account"),
            plural(self.events, "event") + " in the history",
        ]
        return ", ".join(told) + (f"; the last seal is {self.head}" if self.head else "")


def held(connection: sa.Connection) -> Held:
    """Count, and recompute the chain."""
    boards, actions, accounts, events = (_rows(connection, name) for name in COUNTED)
    if revision_of(connection) != newest():
        return Held(boards, actions, accounts, events)
    with Session(connection) as session:
        found = sealing.verify(session)
    return Held(boards, actions, accounts, events, found.head, found.broken_at)


def _rows(connection: sa.Connection, name: str) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one()
