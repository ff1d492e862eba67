"""The Gate's brake on a machine's steps: people never meet it; a machine is slowed down, refused nothing."""

import asyncio
import logging
import time

from lscb_core.ui.gate import Gate
from lscb_core.ui.gate_pace import A_SECOND, AT_ONCE, Pace

COOKIE = "c" * 43
SCREEN = {
    "type": "websocket",
    "path": "/_stcore/stream",
    "scheme": "ws",
    "client": ("127.0.0.1", 5000),
    "headers": [
        (b"host", b"localhost"),
        (b"origin", b"http://localhost"),
        (b"cookie", f"lscb={COOKIE}".encode()),
    ],
}


class Clock:
    """A clock that the test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_steps_at_once_wait_for_nothing_and_each_further_one_a_little():
    pace = Pace(at_once=10, a_second=5, clock=Clock())
    assert [pace.wait("browser") for _ in range(10)] == [0.0] * 10
    assert [round(pace.wait("browser"), 6) for _ in range(3)] == [0.2, 0.4, 0.6]


def test_whoever_has_waited_goes_on_at_the_pace_and_after_a_rest_at_once_again():
    clock = Clock()
    pace = Pace(at_once=10, a_second=5, clock=clock)
    for _ in range(11):
        pace.wait("browser")
    clock.now += 0.4  # two steps' time
    assert pace.wait("browser") == 0.0
    assert round(pace.wait("browser"), 6) == 0.2
    clock.now += 2.4
    assert [pace.wait("browser") for _ in range(10)] == [0.0] * 10


def test_nobody_waits_for_somebody_elses_steps():
    pace = Pace(at_once=2, a_second=1, clock=Clock())
    for _ in range(9):
        pace.wait("machine")
    assert pace.wait("colleague") == 0.0


def test_the_quickest_person_never_waits():
    """Ten tabs that look at themselves, and a click a second for an hour."""
    clock, pace = Clock(), None
    pace = Pace(clock=clock)
    waits = []
    for second in range(3600):
        clock.now += 1
        waits += [pace.wait("browser") for _ in range(1 + 10 * (second % 30 == 0))]
    assert set(waits) == {0.0}
    assert AT_ONCE >= 2000
    assert A_SECOND >= 20


def test_all_screens_of_a_browser_count_together_at_the_gate_and_the_log_names_nobody(caplog):
    came: list[bytes] = []

    async def page(_scope, receive, _send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            came.append(message["bytes"])

    async def screen(gate: Gate, steps: list[bytes]) -> None:
        messages = iter([{"type": "websocket.receive", "bytes": each} for each in steps])

        async def sent() -> dict:
            return next(messages, {"type": "websocket.disconnect", "code": 1001})

        async def shown(_message) -> None:
            return

        await gate(SCREEN, sent, shown)

    async def two_screens() -> float:
        gate = Gate(page, allowed_hosts="localhost", base="", is_signed_in=lambda _: True)
        gate.pace = Pace(at_once=10, a_second=10)
        begun = time.monotonic()
        await asyncio.gather(screen(gate, [b"one"] * 10), screen(gate, [b"two"] * 10))
        return time.monotonic() - begun

    with caplog.at_level(logging.WARNING, "lscb"):
        taken = asyncio.run(two_screens())
    assert sorted(came) == [b"one"] * 10 + [b"two"] * 10  # nothing is lost
    assert taken >= 0.9  # the last ten of the twenty
    assert caplog.messages == ["the Gate slows down a browser that takes more steps than a person can"]
