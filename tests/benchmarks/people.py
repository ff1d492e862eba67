"""Paced people: each acts once in ten seconds, for a minute; how long until the answer is complete?"""

import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from lscb_core.ui.places import keys
from tests.benchmarks.reruns import BOARD
from tests.browser.serving import Server
from tests.browser.ws import Visitor

PACE_S = 10
SECONDS = 60
AGENCIES = ("police", "health", "schools", "housing", "childrens-services")
PRIORITIES = ("neglect", "exploitation", "domestic-abuse", "emotional-health", "early-help")


@dataclass(frozen=True)
class Waits:
    """Milliseconds until the page was complete, over all actions of all people; and what went wrong."""

    actions: int
    half: float
    most: float
    errors: int


def waits(server: Server, people: int) -> Waits:
    """Let so many people look around for a minute."""
    with ThreadPoolExecutor(people) as pool:
        told = list(pool.map(lambda number: _look_around(server, number), range(people)))
    each = sorted(wait for waits, _ in told for wait in waits)
    return Waits(
        actions=len(each),
        half=statistics.median(each),
        most=each[int(len(each) * 0.95)],
        errors=sum(errors for _, errors in told),
    )


def _look_around(server: Server, number: int) -> tuple[list[float], int]:
    chance, found, errors = random.Random(number), [], 0
    time.sleep(PACE_S * chance.random())
    until = time.monotonic() + SECONDS
    with Visitor(server.url, page="", query=f"board={BOARD}") as visitor:
        visitor.run()  # the first visit is not counted: it is a load, measured in the browser
        while time.monotonic() < until:
            time.sleep(PACE_S * (0.5 + chance.random()))
            begun = time.perf_counter()
            visitor.go(*_anywhere(chance))
            found.append((time.perf_counter() - begun) * 1000)
            errors += len(visitor.exceptions())
            visitor.received.clear()
    return found, errors


def _anywhere(chance: random.Random) -> tuple[str, str]:
    page = chance.choice(keys())
    if page == "agency":
        return page, f"board={BOARD}&agency={chance.choice(AGENCIES)}"
    priority = chance.choice(["", f"&priority={chance.choice(PRIORITIES)}"])
    return "" if page == "overview" else page, f"board={BOARD}{priority}"
