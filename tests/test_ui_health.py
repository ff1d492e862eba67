"""`/healthz`: the right status, no detail, no flood on the database, an answer in time whatever hangs."""

import asyncio
import json
import logging
import threading
import time

import pytest

from lscb_core.ui import health
from lscb_core.ui.health import KEPT, PATIENCE, Health

SECRET = "Jemima Puddle"


class Asked:
    """Stands in for the database: what it says can be set, and each question is counted."""

    def __init__(self) -> None:
        self.says: tuple[str, ...] | Exception = ()
        self.questions = 0
        self.goes_on = threading.Event()
        self.goes_on.set()

    def __call__(self) -> tuple[str, ...]:
        self.questions += 1
        self.goes_on.wait(30)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@pytest.fixture
def asked():
    database = Asked()
    yield database
    database.goes_on.set()


@pytest.fixture
def clock(monkeypatch):
    """Time as the layer sees it: `clock(5)` lets five seconds pass."""
    ahead = [0.0]
    real = time.monotonic
    monkeypatch.setattr(health.time, "monotonic", lambda: real() + ahead[0])

    def passes(seconds: float) -> None:
        ahead[0] += seconds

    return passes


async def nobody(scope, receive, send):
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def get(layer: Health, *, method: str = "GET", path: str = "/healthz", client: str = "198.51.100.7"):
    """Status, headers and body of one request."""
    sent: list = []

    async def send(message) -> None:
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "method": method, "path": path, "headers": [], "client": (client, 50000)}
    await layer(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(each.get("body", b"") for each in sent[1:])


def one(layer: Health, **more):
    return asyncio.run(get(layer, **more))


@pytest.mark.parametrize("here", ["127.0.0.1", "::1"])
def test_what_should_be_mended_is_told_on_the_machine_itself_and_to_no_stranger(asked, clock, here):
    layer = Health(nobody, failing=asked, warnings=("line",))
    status, _, body = one(layer, client=here)
    assert (status, json.loads(body)) == (200, {"status": "ok", "warnings": ["line"]})  # people can work
    for stranger in ("198.51.100.7", "10.0.0.4", ""):
        assert json.loads(one(layer, client=stranger)[2]) == {"status": "ok"}
    asked.says = ("disk",)
    clock(KEPT)
    assert json.loads(one(layer, client=here)[2]) == {"status": "unavailable"}


def test_it_says_whether_people_can_work_and_nothing_else(asked, clock):
    layer = Health(nobody, failing=asked)
    status, headers, body = one(layer)
    assert (status, json.loads(body)) == (200, {"status": "ok"})
    assert headers[b"cache-control"] == b"no-store"
    assert b"set-cookie" not in headers
    for trouble in (("disk",), RuntimeError(SECRET)):
        asked.says = trouble
        clock(KEPT)
        status, _, body = one(layer)
        assert (status, json.loads(body)) == (503, {"status": "unavailable"})
    asked.says = ()
    clock(KEPT)
    assert one(layer)[0] == 200


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("HEAD", 200), ("POST", 405), ("DELETE", 405)])
def test_it_can_only_be_read(asked, method, status):
    assert one(Health(nobody, failing=asked), method=method)[0] == status


@pytest.mark.parametrize("path", ["/healthz", "/board/healthz"])
def test_it_is_found_below_the_path_of_all_pages(asked, path):
    assert one(Health(nobody, base="/board/", failing=asked), path=path)[0] == 200


@pytest.mark.parametrize("path", ["/", "/healthz/", "/healthz/x", "/Healthz", "/xhealthz"])
def test_every_other_address_is_handed_on(asked, path):
    assert one(Health(nobody, failing=asked), path=path)[0] == 418
    assert asked.questions == 0


def test_a_flood_asks_the_database_once(asked, clock):
    layer = Health(nobody, failing=asked)

    async def flood():
        return await asyncio.gather(*(get(layer) for _ in range(500)))

    asked.goes_on.clear()
    threading.Timer(0.2, asked.goes_on.set).start()
    assert {status for status, _, _ in asyncio.run(flood())} == {200}
    assert {status for status, _, _ in asyncio.run(flood())} == {200}
    assert asked.questions == 1
    clock(KEPT)
    one(layer)
    assert asked.questions == 2


def test_a_database_that_hangs_is_answered_for_in_time_and_asked_no_second_time(asked, clock):
    layer = Health(nobody, failing=asked)
    asked.goes_on.clear()
    begun = time.monotonic()
    assert one(layer)[0] == 503
    assert PATIENCE <= time.monotonic() - begun < 2
    begun = time.monotonic()
    assert one(layer)[0] == 503  # at once: the answer is kept
    assert time.monotonic() - begun < 0.5
    clock(KEPT)
    assert one(layer)[0] == 503
    assert asked.questions == 1
    asked.says = ("disk",)
    asked.goes_on.set()
    time.sleep(0.1)
    asked.says = ()
    clock(KEPT)
    assert one(layer)[0] == 200  # asked anew: the answer that came late is not taken for one of now
    assert asked.questions == 2


def test_the_pages_go_on_while_the_database_hangs(asked):
    layer = Health(nobody, failing=asked)
    asked.goes_on.clear()

    async def beside() -> float:
        waiting = asyncio.create_task(get(layer))
        await asyncio.sleep(0)
        begun = time.monotonic()
        await get(layer, path="/")
        took = time.monotonic() - begun
        await waiting
        return took

    assert asyncio.run(beside()) < 0.5


def test_the_log_says_what_fails_once_a_minute_with_a_number_and_that_it_is_over(asked, clock, caplog):
    caplog.set_level(logging.INFO, "lscb")
    layer = Health(nobody, failing=asked)
    asked.says = ("disk", "tables")
    for _ in range(20):  # 100 seconds
        one(layer)
        clock(KEPT)
    lines = [record.getMessage() for record in caplog.records]
    assert lines == ["health: not well: disk, tables"] * 2
    assert all(record.reference for record in caplog.records)
    asked.says = ()
    one(layer)
    assert caplog.records[-1].getMessage() == "health: all is well again"
