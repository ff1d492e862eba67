"""What the server's memory holds of sessions that have come and gone."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psutil
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from tests.benchmarks.crowd import PAGES
from tests.benchmarks.people import resident
from tests.browser.raw import entered
from tests.browser.serving import Server
from tests.browser.ws import Visitor

ACCOUNTS = ("lay", "chair", "subgroup", "police", "manager", "health")
BOARDS = ("tidewater", "stockton", "brent")
AT_ONCE = 6
HEAD = ("sessions", "MB at the start", "MB warm", "MB after all left", "MB past the limit", "ratio")


@dataclass(frozen=True)
class Memory:
    """Megabytes of the server: at the start, warm and alone again, after all have left, past the limit."""

    sessions: int
    start: float
    warm: float
    left: float
    past: float

    @property
    def ratio(self) -> float:
        """Past the limit, against warm."""
        return self.past / self.warm

    def line(self) -> tuple[str, ...]:
        """The figures under HEAD."""
        sizes = (self.start, self.warm, self.left, self.past)
        return (str(self.sessions), *(f"{size:.0f}" for size in sizes), f"{self.ratio:.3f}")


def memory(server: Server, *, sessions: int, warm: int = 36) -> Memory:
    """Weigh the server, before and after so many people sign in, look at every page and close the tab.

    `warm` people come first, one of each kind of account on each board at the least.
    """
    process = psutil.Process(server.pid)
    start = resident(process)
    _come_and_go(server, warm)
    _wait_for_limit(server)
    warm_size = resident(process)
    _come_and_go(server, sessions)
    left = resident(process)
    _wait_for_limit(server)
    return Memory(sessions, start, warm_size, left, resident(process))


def _come_and_go(server: Server, many: int) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda number: _visit(server, number), range(many)))


def _visit(server: Server, number: int) -> None:
    account, board = ACCOUNTS[number % len(ACCOUNTS)], BOARDS[number // 2 % len(BOARDS)]
    view = f"board={board}"
    with Visitor(server.url, query=view, headers={"Cookie": entered(server.url, account)}) as visitor:
        visitor.run()
        for page in (*PAGES, "child_deaths", "actions"):
            one = "&agency=police" if page == "agency" else "&action=5" if page == "actions" else ""
            visitor.go("" if page == "overview" else page, view + one)
            assert not visitor.exceptions(), visitor.exceptions()
            visitor.received.clear()


def _wait_for_limit(server: Server) -> None:
    """Until the platform gives up sessions without a browser; it does so when the next one leaves."""
    time.sleep(MemorySessionStorage()._cache.ttl + 3)
    _visit(server, 0)
