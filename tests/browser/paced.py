"""People at work through the proxy, each at a calm pace, who come back when their screen is cut off."""

import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles

from websockets.exceptions import WebSocketException

from tests.browser.behind import Proxy, entered
from tests.browser.ws import Visitor

PACE_S = 2.0
BEFORE_A_RELOAD = 6
"""Steps after which somebody loads the page anew."""
PAGES = "history", "actions", "threshold_usage", "history"
NAMES = "chair", "manager"
"""Accounts that may see the history: its filter shows each session its own word again."""


@dataclass
class Person:
    """One browser: who is signed in there, a word that no other one has typed, and what happened to it."""

    name: str
    cookie: str
    word: str = field(default_factory=lambda: f"w{secrets.token_hex(8)}")
    steps: list[tuple[float, float]] = field(default_factory=list)
    """When each step was asked for, and how long it took, in seconds."""
    gaps: list[float] = field(default_factory=list)
    """Seconds from a screen that was cut off to the next one that shows the page."""
    signed_in_again: int = 0
    seen: set[str] = field(default_factory=set)
    """Words that came to this browser."""
    wrong: list[str] = field(default_factory=list)

    def steps_since(self, moment: float) -> int:
        """How many steps were asked for since then."""
        return sum(at >= moment for at, _ in self.steps)

    def work(self, proxy: Proxy, words: Sequence[str], over: threading.Event) -> None:
        """Open the page, step by step, and again when it is cut off, until it is over."""
        lost = 0.0
        while not over.is_set():
            try:
                with self._screen(proxy) as visitor:
                    lost = self._sit(visitor, words, over, lost)
            except (WebSocketException, OSError, EOFError) as cut:
                lost = lost or time.monotonic()
                if isinstance(cut, TimeoutError):
                    self.wrong.append("silence")
                over.wait(0.5)  # a browser waits about as long before it tries again

    def _screen(self, proxy: Proxy) -> Visitor:
        return proxy.visitor(self.cookie, page=PAGES[0], query=self._query)

    @property
    def _query(self) -> str:
        return f"board=tidewater&words={self.word}"

    def _sit(self, visitor: Visitor, words: Sequence[str], over: threading.Event, lost: float) -> float:
        """Work at one screen until it is loaded anew. Gives 0: nothing is lost any more."""
        for number in range(BEFORE_A_RELOAD):
            began = time.monotonic()
            visitor.go(PAGES[number % len(PAGES)], self._query)
            self._look(visitor, words)
            self.steps.append((began, time.monotonic() - began))
            if lost:
                self.gaps.append(time.monotonic() - lost)
                lost = 0.0
            if over.wait(PACE_S):
                break
        return 0.0

    def _look(self, visitor: Visitor, words: Sequence[str]) -> None:
        text = visitor.all_text()
        if "Sign out" not in visitor.texts():
            self.signed_in_again += 1
            visitor.set("Account", self.name).set("Password", f"{self.name}-demo-password").click("Sign in")
        self.seen |= {word for word in words if word in text}
        self.wrong += [kind for kind, _, _ in visitor.exceptions()]
        visitor.received.clear()


@contextmanager
def people_at_work(proxy: Proxy, count: int) -> Iterator[list[Person]]:
    """So many signed-in browsers at work until the block ends."""
    people = [Person(NAMES[i % len(NAMES)], entered(proxy, NAMES[i % len(NAMES)])) for i in range(count)]
    over, words = threading.Event(), [person.word for person in people]
    threads = [threading.Thread(target=person.work, args=(proxy, words, over)) for person in people]
    for thread in threads:
        thread.start()
        time.sleep(PACE_S / count)
    try:
        yield people
    finally:
        over.set()
        for thread in threads:
            thread.join(90)


@dataclass
class Figures:
    """What happened to all of them."""

    people: int
    foreign: int
    wrong: list[str]
    moved: int
    signed_in_again: int
    longest_gap_s: float
    p95_s: dict[str, float]

    @classmethod
    def of(cls, people: Sequence[Person], kill: float, again: float) -> "Figures":
        """Counted from what each of them met; `kill` and `again` part the time."""
        assert all(person.word in person.seen for person in people)  # else foreign words would go unseen
        spans = {"before": (0.0, kill), "away": (kill, again), "after": (again, float("inf"))}
        steps = [step for person in people for step in person.steps]
        return cls(
            people=len(people),
            foreign=sum(len(person.seen - {person.word}) for person in people),
            wrong=[each for person in people for each in person.wrong],
            moved=sum(len(person.gaps) for person in people),
            signed_in_again=sum(person.signed_in_again for person in people),
            longest_gap_s=max((gap for person in people for gap in person.gaps), default=0.0),
            p95_s={
                name: quantiles([took for at, took in steps if first <= at < last], n=20)[-1]
                for name, (first, last) in spans.items()
            },
        )

    def __str__(self) -> str:
        p95 = ", ".join(f"{name} {took:.2f} s" for name, took in self.p95_s.items())
        return (
            f"{self.people} people; screens cut off: {self.moved}, back within {self.longest_gap_s:.1f} s; "
            f"signed in again: {self.signed_in_again}; content of another session: {self.foreign}; "
            f"errors: {len(self.wrong)}; a step took (p95) {p95}."
        )
