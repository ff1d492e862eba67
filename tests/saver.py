"""A process that saves without end, to be killed at any moment; and what has to hold afterwards.

It tells of each save on its output once the database has confirmed it: `kept <title>|<version>`; of each
refusal in words: `told <what>`. Run as `python -m tests.saver <its name>`, with LSCB_DATABASE_URL.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from lscb_core.commands.actions import Seen, update_status
from lscb_core.commands.new_actions import NewAction, add_action
from lscb_core.db.engine import writing
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Account, Action, ActionState, Board, DataRevision, Event
from lscb_core.domain.vocab import ActionSource, Role, Status
from lscb_core.errors import NotNow
from tests import make

ROOT = Path(__file__).resolve().parent.parent


def open_board(engine: Engine) -> tuple[int, int]:
    """A board and its manager's account, committed: their numbers."""
    with Session(engine.execution_options(writes=True)) as session:
        board = make.board(session)
        manager = make.account(session, Role.MANAGER, board)
        session.commit()
        return board.id, manager


def add(title: str) -> None:
    """Add an action, as the board's manager does."""
    with writing() as session:
        board, manager = _who(session)
        new = NewAction(title, "", ActionSource.AUDIT)
        add_action(session, actor=manager, board_id=board, new=new, at=make.NOW)


def move(title: str) -> None:
    """Say that the action has begun."""
    with writing() as session:
        _, manager = _who(session)
        action = session.exec(select(Action.id).where(Action.title == title)).one()
        step = {"to": Status.IN_PROGRESS, "note": title, "evidence": ""}
        update_status(session, actor=manager, seen=Seen(action, 1), at=make.NOW, **step)


def _who(session: Session) -> tuple[int, int]:
    return session.exec(select(Board.id)).one(), session.exec(select(Account.id)).one()


def held(engine: Engine) -> set[str]:
    """What a database holds, as the saver tells of it: `<title>|<version>`."""
    with Session(engine) as session:
        rows = session.exec(select(Action.title, ActionState.version).join(ActionState)).all()
    return {f"{title}|{version}" for title, version in rows}


def whole(engine: Engine) -> str:
    """What is wrong with the database after all, or nothing.

    The file is sound, the chain of seals unbroken, and each state has its event and its step of the revision.
    """
    on_sqlite = engine.dialect.name == "sqlite"  # where one transaction sees one state as it comes
    with Session(
        engine if on_sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
    ) as session:
        if on_sqlite:
            for check, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
                if (found := session.connection().exec_driver_sql(f"PRAGMA {check}").all()) != sound:
                    return f"{check}: {found}"
        if (chain := verify(session)).broken_at is not None:
            return f"chain broken at {chain.broken_at}"
        states = Counter(session.exec(select(ActionState.action_id)))
        events = Counter(session.exec(select(Event.record_id).where(col(Event.record_kind) == "action")))
        if states != events or set(states) != set(session.exec(select(Action.id))):
            return (
                f"half written: {len(states)} actions with {states.total()} states, {events.total()} events"
            )
        steps = session.get_one(DataRevision, 1).number - 1
        return "" if steps >= events.total() else f"{steps} steps of the revision, {events.total()} events"


@dataclass
class Saver:
    """A saver that runs; what it has told once it is killed."""

    process: subprocess.Popen
    lines: list[str] = field(default_factory=list)

    def wait_for(self, word: str) -> None:
        """Read what it tells until a line begins so. Raises RuntimeError where it ends before."""
        while line := self.process.stdout.readline():
            self.lines.append(line.strip())
            if line.startswith(word):
                return
        raise RuntimeError(f"the saver ended: {self.lines[-3:]}")

    def kill(self) -> "Saver":
        """End it with SIGKILL, and read the rest of what it has told."""
        self.process.kill()
        rest, _ = self.process.communicate()
        self.lines += rest.splitlines()
        return self

    def told(self, word: str) -> list[str]:
        """What follows the word, of every line that begins with it."""
        return [line.removeprefix(f"{word} ") for line in self.lines if line.startswith(f"{word} ")]


@contextmanager
def savers(url: str) -> Iterator[Callable[[str], Saver]]:
    """Start savers on this database by their names; whoever still runs at the end is killed."""
    environment = {**os.environ, "LSCB_DATABASE_URL": url}
    with ExitStack() as ends:

        def start(name: str) -> Saver:
            order = [sys.executable, "-m", "tests.saver", name]
            process = subprocess.Popen(
                order, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            ends.enter_context(process)
            ends.callback(process.kill)
            return Saver(process)

        yield start


def save_for_ever(name: str) -> None:
    """Add actions and move them on; tell of each save after its commit."""
    for turn in count(1):
        title = f"{name} {turn}"
        try:
            for version, command in enumerate((add, move), start=1):
                command(title)
                _tell(f"kept {title}|{version}")
        except NotNow as refused:
            _tell(f"told {refused.what}")
            time.sleep(0.02)


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # at once and in one piece, or a kill could tear it


if __name__ == "__main__":
    save_for_ever(sys.argv[1])
