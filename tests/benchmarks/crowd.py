"""The people of a crowd. Each has a view or actions of its own, so that whatever is another's is noticed.

Readers look at a board on a day that nobody else looks at, and every answer has to be word for word what the
same person got alone. Savers work on actions of their own, and write a mark that nobody else may ever see.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from lscb_core.domain.periods import day
from tests.browser.raw import entered
from tests.browser.ws import Visitor

BOARDS = {"tidewater": "Tidewater", "stockton": "Stockton", "brent": "Brent", "havering": "Havering"}
READERS = ("lay", "chair", "subgroup", "lay", "police", "manager")
EXACT_FOR = {"chair", "manager"}
SAVERS = ("police", "manager", "health", "manager", "manager")
PAGES = ("overview", "threshold_usage", "audit_outcomes", "actions", "agency", "measures", "about")
MARK = re.compile(r"crowd-(\d+)-")
ACCOUNT = re.compile(r"Signed in as \*\*(.+?)\*\*")
EXACT = re.compile(r"\(\d+\)")
"""A count that is hidden from everybody else, as the grid of child deaths gives it."""
BY_CHANCE = re.compile(r"\b(?:[0-9a-f]{32}|[0-9a-f]{5})\b|#T_[0-9a-f]{5}_")
"""Numbers that are drawn anew for each file that may be taken away, and for each table with colours."""
NOTE, SAVE = "What has been done since the last note?", "Save the update"

Look = tuple[str, str]
"""A page and the query behind it."""


@dataclass
class Person:
    """One of the crowd: signed in for real, with the one connection that a tab has."""

    number: int
    account: str
    board: str
    on: date
    chance: random.Random
    looks: list[Look] = field(default_factory=list)
    visitor: Visitor | None = None
    watch: str = ""

    def come(self, url: str) -> None:
        """Sign in as a browser does, open the first page, and once look at everything alone."""
        page, query = self.looks[0]
        self.visitor = Visitor(url, page=page, query=query, headers={"Cookie": entered(url, self.account)})
        self.visitor.__enter__()
        self.visitor.run()
        [self.watch] = {m.auto_rerun.fragment_id for m in self.visitor.received} - {""}
        self.visitor.received.clear()

    def leave(self) -> None:
        """Close the tab."""
        if self.visitor is not None:
            self.visitor.__exit__(None, None, None)

    def look_at_clock(self) -> list[str]:
        """What an open screen does by itself every 30 seconds; gives what is wrong with the answer."""
        self.visitor.run(fragment=self.watch)
        said = self.visitor.all_text()
        self.visitor.received.clear()
        return ["signed out"] if "signed out" in said else []

    def _go(self, look: Look) -> list[str]:
        self.visitor.go(*look)
        return self._wrong()

    def _wrong(self) -> list[str]:
        """What is wrong with the last answer: faults, and whatever is not this person's."""
        everything, texts = self.visitor.all_text(), self.visitor.texts()
        self.visitor.received.clear()
        mine = {"Board": BOARDS[self.board], "As at": day(self.on)}
        shown = {label: self._chosen(label) for label in mine}
        marks = {int(number) for number in MARK.findall(everything)} - {self.number}
        found = [f"fault: {each}" for each in self.visitor.exceptions()]
        found += [f"another view: {shown}"] if shown != mine else []
        found += [f"signed in as {told}" for told in set(ACCOUNT.findall(everything)) ^ {self.account}]
        found += [f"words of {sorted(marks)}"] if marks else []
        may = self.account in EXACT_FOR and "exact=1" in self.visitor.query
        found += ["exact counts"] if not may and any(map(EXACT.fullmatch, texts)) else []
        return found

    def _chosen(self, label: str) -> str:
        """What a filter stands on; where there is none, what the page says instead."""
        try:
            return self.visitor.find(label)[1].raw_value
        except LookupError:
            return " | ".join(self.visitor.texts())[:300]


@dataclass
class Reader(Person):
    """Looks around, at one board on one day."""

    alone: dict[Look, list[str]] = field(default_factory=dict)

    def come(self, url: str) -> None:
        super().come(url)
        for look in self.looks:
            told = self._go(look)
            self.alone[look] = self._words()
            exact = any(map(EXACT.fullmatch, self.alone[look]))
            assert not told, (self.account, look, told)
            assert exact or "exact=1" not in look[1] or self.board != "tidewater", "no exact count to keep"

    def act(self) -> tuple[str, list[str]]:
        """One step: its kind, and what is wrong with the answer."""
        look = self.chance.choice(self.looks)
        told = self._go(look)
        other = sorted(set(self._words()) ^ set(self.alone[look]))
        same = self._words() == self.alone[look]
        return "look", told + ([] if same else [f"not what it was alone: {look}: {other[:5]}"])

    def _words(self) -> list[str]:
        return sorted(BY_CHANCE.sub("", text) for text in self.visitor.texts())


@dataclass
class Saver(Person):
    """Looks at own actions, and now and then says how far one is."""

    actions: Sequence[int] = ()
    saved: int = 0
    opened: int = 0

    def act(self) -> tuple[str, list[str]]:
        """One step: its kind, and what is wrong with the answer."""
        if self.opened:
            return "save", self._save()
        if self.chance.random() < 0.1:
            self.opened = self.chance.choice(self.actions)
            return "open", self._go(self._drawer())
        return "look", self._go(self.chance.choice(self.looks))

    def _drawer(self) -> Look:
        return "actions", f"{self.looks[0][1]}&action={self.opened}"

    def _save(self) -> list[str]:
        mark = f"crowd-{self.number}-{self.saved}"
        self.visitor.set(NOTE, f"{mark}: two of three shifts are trained.").click(SAVE)
        wrong = self._wrong()
        self.visitor.go(*self._drawer())
        kept = any(mark in text for text in self.visitor.texts())
        wrong += self._wrong() + ([] if kept else [f"{mark} was not saved"])
        self.saved, self.opened = self.saved + 1, 0
        return wrong


def crowd(people: int, *, today: date, own: dict[str, list[int]]) -> list[Person]:
    """So many people: every fourth a saver. `own`: numbers of open actions for each account of SAVERS."""
    savers = Counter(SAVERS[number // 4 % len(SAVERS)] for number in range(3, people, 4))
    shares = {name: iter([own[name][turn::many] for turn in range(many)]) for name, many in savers.items()}
    return [
        _saver(number, today, shares) if number % 4 == 3 else _reader(number, today)
        for number in range(people)
    ]


def _reader(number: int, today: date) -> Reader:
    chance, account = random.Random(number), READERS[number % len(READERS)]
    board = "tidewater" if number % 2 else chance.choice(list(BOARDS))
    made = Reader(number, account, board, today - timedelta(days=1 + number), chance)
    view = {"board": board, "as_at": made.on.isoformat()}
    exact = {"exact": "1"} if account in EXACT_FOR else {}
    made.looks = [*_looks(view, chance.sample(PAGES, 4)), *_looks(view | exact, ["child_deaths"])]
    return made


def _saver(number: int, today: date, shares: dict[str, Iterator[list[int]]]) -> Saver:
    account = SAVERS[number // 4 % len(SAVERS)]
    mine = next(shares[account])
    assert mine, f"too few open actions of {account} for so many savers"
    view = {"board": "tidewater", "as_at": today.isoformat()}
    view |= {"agency": account} if account != "manager" else {}
    looks = [*_looks(view, PAGES)]
    return Saver(number, account, "tidewater", today, random.Random(number), looks, actions=mine)


def _looks(view: dict[str, str], pages: Sequence[str]) -> Iterator[Look]:
    for page in pages:
        more = {"agency": "police"} if page == "agency" and "agency" not in view else {}
        yield "" if page == "overview" else page, urlencode(view | more)
