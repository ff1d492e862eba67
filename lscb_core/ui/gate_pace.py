"""A brake for machines: what one browser asks for on its open pages, slowed down to what a person can do.

On an open page everything comes through one line: a click, a choice, a saved form is a message. The proxy
counts requests, and so none of these. Nobody is refused here: whoever is too fast waits, and nothing is lost.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from cachetools import TTLCache
from starlette.types import Message, Receive

log = logging.getLogger("lscb")

AT_ONCE, A_SECOND = 2000, 20.0
"""Steps of one browser, in all its tabs: so many as fast as it likes, then so many a second.

That is half of what a process does: somebody's script leaves room for the others."""
BROWSERS = 10_000
BETWEEN_LINES = 60.0


class Pace:
    """How far each browser has used up its steps. For one event loop."""

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        a_second: float = A_SECOND,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._every, self._ahead, self._clock = 1 / a_second, at_once / a_second, clock
        # Browser -> when its steps so far would have been done, one after the other. Full again: forgotten.
        self._done: TTLCache[str, float] = TTLCache(BROWSERS, self._ahead + 60, timer=clock)
        self._next_line = float("-inf")

    def wait(self, browser: str) -> float:
        """Seconds that this browser's next step has to wait; it counts as taken."""
        at = self._clock()
        done = max(self._done.get(browser, at), at) + self._every
        self._done[browser] = done
        return max(0.0, round(done - at - self._ahead, 3))

    def paced(self, receive: Receive, browser: str) -> Receive:
        """Receive a websocket's messages no faster than the browser may send them."""

        async def receiving() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and (wait := self.wait(browser)):
                self._tell()
                await asyncio.sleep(wait)
            return message

        return receiving

    def _tell(self) -> None:
        """Log that somebody is slowed down, at most once a minute."""
        if self._clock() >= self._next_line:
            self._next_line = self._clock() + BETWEEN_LINES
            log.warning("the Gate slows down a browser that takes more steps than a person can")
