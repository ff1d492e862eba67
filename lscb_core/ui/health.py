"""`/healthz` for a monitor or a load balancer: 200 while people can work, 503 while they cannot, no detail.

What fails stands in the log, and `python3 manage.py health` tells it. It stands outside the Gate: it tells
nothing, needs no sign-in and gives no cookie, and a monitor asks by whatever name it knows the machine. Only
whoever asks on the machine itself is told, in a word, what else should be mended.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from lscb_core.config import settings
from lscb_core.db import health
from lscb_core.logs import reference
from lscb_core.ui.gate_rules import HERE, Asked, secure

log = logging.getLogger("lscb")

KEPT = 5.0
"""Seconds for which an answer holds, so that a flood of questions does not reach the database."""
PATIENCE = 1.5
BETWEEN_LINES = 60.0
SILENT = "no answer in time"

Failing = Callable[[], tuple[str, ...]]
"""Asks the database and the disk which parts are not well; may take for ever, may raise."""
Answer = Future[tuple[str, ...] | BaseException]


class Pulse:
    """The last answer, and at most one question on its way, in a thread of its own. For one event loop."""

    def __init__(self, failing: Failing) -> None:
        self._failing = failing
        self._asking: Answer | None = None
        self._late = False
        self._failed: tuple[str, ...] = ()
        self._until = self._next_line = float("-inf")

    async def well(self) -> bool:
        """Whether all is well; False also where nobody knows, after PATIENCE seconds at the latest."""
        if time.monotonic() >= self._until:
            asking = self._question()
            await asyncio.wait([asyncio.wrap_future(asking)], timeout=PATIENCE)
            if asking is self._asking:  # else somebody who waited beside us has taken the answer
                self._take(asking.result() if asking.done() else (SILENT,))
        return not self._failed

    def _question(self) -> Answer:
        """The question on its way, or a new one. One that hangs is not asked again beside itself."""
        if self._asking is None or (self._late and self._asking.done()):
            self._asking, self._late = Future(), False
            threading.Thread(target=_ask, args=(self._failing, self._asking), daemon=True).start()
        return self._asking

    def _take(self, answer: tuple[str, ...] | BaseException) -> None:
        fault = answer if isinstance(answer, BaseException) else None
        failed = (health.DATABASE,) if isinstance(answer, BaseException) else answer
        self._until = time.monotonic() + KEPT
        self._late = failed == (SILENT,)
        if not self._late:
            self._asking = None
        if failed:
            self._tell(failed, fault)
        elif self._failed:
            log.info("health: all is well again")
            self._next_line = float("-inf")
        self._failed = failed

    def _tell(self, failed: tuple[str, ...], fault: BaseException | None) -> None:
        """Log what fails, at most once a minute."""
        if time.monotonic() < self._next_line:
            return
        self._next_line = time.monotonic() + BETWEEN_LINES
        number = {"reference": reference()}
        log.error("health: not well: %s", ", ".join(failed), exc_info=fault, extra=number)


def _ask(failing: Failing, answer: Answer) -> None:
    try:
        answer.set_result(failing())
    except BaseException as fault:
        answer.set_result(fault)


def failing_here() -> tuple[str, ...]:
    """The parts of this server that are not well."""
    return health.failing(settings().database_url)


class Health:
    """Answers `/healthz` and hands everything else on; `base` is the path below which all is served.

    `warnings` (words of `db.health.warnings`) are for whoever asks on the machine itself, past every proxy.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        base: str = "",
        failing: Failing = failing_here,
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.app, self.pulse, self.warnings = app, Pulse(failing), list(warnings)
        self.paths = {"/healthz", f"/{base.strip('/')}/healthz"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] not in self.paths:
            await self.app(scope, receive, send)
            return
        asked = Asked.of(scope)
        answer = await self._answer(asked.method, self.warnings if asked.client in HERE else [])
        secure(answer.headers, asked)
        await answer(scope, receive, send)

    async def _answer(self, method: str, warnings: list[str]) -> Response:
        if method not in ("GET", "HEAD"):
            return PlainTextResponse("Only to be read.", 405, {"allow": "GET, HEAD"})
        if await self.pulse.well():
            return JSONResponse({"status": "ok", "warnings": warnings} if warnings else {"status": "ok"})
        return JSONResponse({"status": "unavailable"}, 503)
