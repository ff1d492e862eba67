"""Processor time of the server for one rerun of each page, against the empty page of the same application."""

from dataclasses import dataclass

import psutil
import sqlalchemy as sa

from lscb_core.db.engine import make_engine
from lscb_core.ui.places import keys
from tests.benchmarks.people import processor
from tests.browser.serving import Server
from tests.browser.ws import Visitor

BOARD = "tidewater"
REAL = {"overview": ""}
MORE = {"agency": "&agency=police"}


@dataclass(frozen=True)
class Cost:
    """Processor milliseconds of one rerun: with everything kept, and after a change of the data."""

    kept: float
    anew: float


def costs(server: Server, *, runs: int) -> dict[str, Cost]:
    """Each page's cost and, as 'empty', the empty page's."""
    return {page: _cost(server, page, runs) for page in ("empty", *keys())}


def _cost(server: Server, page: str, runs: int) -> Cost:
    with Visitor(
        server.url, page=REAL.get(page, page), query=f"board={BOARD}{MORE.get(page, '')}"
    ) as visitor:
        visitor.run().run()
        kept = _spent(server, visitor, runs, change=False)
        anew = _spent(server, visitor, max(runs // 3, 5), change=page != "empty")
        assert not visitor.exceptions(), (page, visitor.exceptions())
        return Cost(kept, anew)


def _spent(server: Server, visitor: Visitor, runs: int, *, change: bool) -> float:
    process, engine = psutil.Process(server.pid), make_engine(server.database_url)
    before = processor(process)
    for _ in range(runs):
        if change:
            _change(engine)
        visitor.run()
        visitor.received.clear()
    engine.dispose()
    return (processor(process) - before) * 1000 / runs


def _change(engine: sa.Engine) -> None:
    """What every command does last: whatever has been worked out is stale."""
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE datarevision SET number = number + 1")
