"""Paced people: each acts once in ten seconds; how long until the answer is whole, and what it costs."""

import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import psutil
from sqlmodel import select

from lscb_core.db.base import FOREVER
from lscb_core.db.tables import Action, ActionState, Agency, Board
from tests.benchmarks.crowd import SAVERS, Person, crowd
from tests.browser.serving import TODAY, Server, register

PACE_S = 10
WATCH_S = 30
"""Seconds after which a browser has the server look whether the person is still signed in."""
HEAD = (
    "people",
    "actions",
    "saves",
    "p50 ms",
    "p95 ms",
    "cpu ms each",
    "of one core",
    "MB before",
    "MB after",
    "wrong",
)


@dataclass(frozen=True)
class Waits:
    """Milliseconds until an answer was whole, over all actions; what each cost the server; what was wrong."""

    people: int
    acts: Counter[str]
    half: float
    most: float
    processor: float
    share: float
    memory: tuple[float, float]
    wrong: list[str]

    def line(self) -> tuple[str, ...]:
        """The figures under HEAD."""
        sums = (self.people, self.acts.total(), self.acts["save"])
        times = (f"{self.half:.0f}", f"{self.most:.0f}", f"{self.processor:.0f}", f"{self.share:.0%}")
        return (*map(str, sums), *times, *(f"{each:.0f}" for each in self.memory), str(len(self.wrong)))


def waits(server: Server, people: int, *, seconds: float) -> Waits:
    """Sign so many people in one by one, then let them all work for so long."""
    everybody = crowd(people, today=date.fromisoformat(TODAY), own=_open_actions(server))
    try:
        for each in everybody:
            each.come(server.url)
        process = psutil.Process(server.pid)
        before, memory, begun = processor(process), resident(process), time.monotonic()
        with ThreadPoolExecutor(people) as pool:
            told = list(pool.map(lambda person: _work(person, begun + seconds), everybody))
        spent, lasted = processor(process) - before, time.monotonic() - begun
        memory_after = resident(process)
    finally:
        for each in everybody:
            each.leave()
    acts = sum((acts for acts, _, _ in told), Counter())
    times = sorted(each for _, times, _ in told for each in times)
    return Waits(
        people=people,
        acts=acts,
        half=statistics.median(times),
        most=times[int(len(times) * 0.95)],
        processor=spent * 1000 / len(times),
        share=spent / lasted,
        memory=(memory, memory_after),
        wrong=[problem for _, _, problems in told for problem in problems],
    )


def _work(person: Person, until: float) -> tuple[Counter[str], list[float], list[str]]:
    """The acts of one person by their kind, the ms each took, and what was wrong."""
    acts: Counter[str] = Counter()
    times: list[float] = []
    wrong: list[str] = []
    step = time.monotonic() + PACE_S * person.chance.random()
    watch = time.monotonic() + WATCH_S * person.chance.random()
    while (due := min(step, watch)) < until:
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            if due == watch:
                wrong += person.look_at_clock()
                watch += WATCH_S
                continue
            begun = time.perf_counter()
            kind, problems = person.act()
            times.append((time.perf_counter() - begun) * 1000)
            acts[kind] += 1
        except Exception as fault:  # whatever it is, the others go on, and it is told at the end
            problems = [f"{type(fault).__name__}: {fault}"]
        wrong += [f"{person.number} {person.account} {person.board}: {each}" for each in problems]
        step = time.monotonic() + PACE_S * (0.5 + person.chance.random())
    return acts, times, wrong


def processor(process: psutil.Process) -> float:
    """Seconds of processor time that the server has used."""
    times = process.cpu_times()
    return times.user + times.system


def resident(process: psutil.Process) -> float:
    """Megabytes of the server's memory."""
    return process.memory_info().rss / 2**20


def _open_actions(server: Server) -> dict[str, list[int]]:
    """For each account of savers the numbers of open actions on the invented board that it may update."""
    with register(server) as session:
        found = session.exec(
            select(Agency.slug, Action.number, ActionState.status)
            .join_from(Action, ActionState)
            .join(Board, Board.id == Action.board_id)
            .join(Agency, Agency.id == ActionState.agency_id)
            .where(Board.slug == "tidewater", ActionState.until_on == FOREVER)
        ).all()
    mine: dict[str, list[int]] = {name: [] for name in SAVERS}
    for agency, number, status in sorted(found):
        if status.is_open:
            mine[agency if agency in mine else "manager"].append(number)
    return mine
