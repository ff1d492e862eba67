"""Made-up events of single children, drawn one by one; as readers hand them over; counted again by hand."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from random import Random
from typing import NamedTuple

from lscb_core.domain.periods import month_ends
from lscb_core.imports.reading import Problems, Scope, reading
from tests.make_imports import tally

YEAR, BEFORE = date(2025, 3, 31), date(2024, 3, 31)
MONTHS = month_ends(date(2024, 4, 1), YEAR)
SOURCES = {"6": 30, "2A": 18, "3A": 8, "3B": 6, "5D": 16, "1A": 12, "4": 6, "9": 4}
GROUP_OF = {
    "6": "Police",
    "2A": "Schools",
    "3A": "Health services",
    "3B": "Health services",
    "5D": "Council services",
    "1A": "Individuals",
    "4": "Housing",
    "9": "Anonymous people",
}
KEY_OF = {"6": "police", "2A": "schools", "3A": "health", "3B": "health", "5D": "la_services",
          "1A": "individual", "4": "housing", "9": "anonymous"}  # fmt: skip
OFTEN_ENDS = {"9": 0.5, "4": 0.4, "1A": 0.3}
CATEGORIES = {"NEG": 50, "PHY": 12, "SAB": 10, "EMO": 28}
LENGTHS = {"3m": 30, "6m": 28, "12m": 26, "24m": 16, "24m+": 10}
BANDS = {"0-10": 20, "11-15": 50, "16-20": 30, "21+": 20, "": 0}


class Event(NamedTuple):
    """One thing that happened to one child. Detail: outcome, working days, category, or category|length."""

    step: str
    month: date
    source: str
    detail: str = ""


def drawn(referrals: int, *, seed: int = 1, months=None, with_contacts: bool = False) -> list[Event]:
    """So many referrals and what followed: each goes on by chance, and some plans are open at the end."""
    chance, months, events = Random(seed), months or MONTHS, []
    for _ in range(referrals):
        month, source = chance.choice(months), _one_of(chance, SOURCES)
        ends = chance.random() < OFTEN_ENDS.get(source, 0.12)
        further = _one_of(chance, {"assessment": 60, "section_47": 30, "other": 20})
        events.append(Event("referral", month, source, "nfa" if ends else further))
        events += [Event("contact", month, source)] * (2 if with_contacts else 0)
        events += [Event("re_referral", month, source)] * (chance.random() < 0.25)
        events += [] if ends else _later(chance, month, source)
    return events + [_open(chance, months[-1]) for _ in range(referrals // 8)]


def _later(chance: Random, month: date, source: str) -> list[Event]:
    steps = [Event("assessment", month, source)]
    if chance.random() < 0.5:
        steps.append(Event("section_47", month, source))
    if chance.random() < 0.4:
        steps.append(Event("conference", month, source, _one_of(chance, BANDS)))
        steps.append(Event("plan", month, source, _one_of(chance, CATEGORIES)))
        steps.append(Event("plan_ended", month, source))
    return steps


def _open(chance: Random, on: date) -> Event:
    detail = f"{_one_of(chance, CATEGORIES)}|{_one_of(chance, LENGTHS)}"
    return Event("plan_open", on, _one_of(chance, SOURCES), detail)


def _one_of(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def tallies(events: Iterable[Event], *, by_group: bool = False) -> list[dict]:
    """The events as a reader tallies them; Annex A may know the published group of a source alone."""
    counted = Counter(each._replace(source=KEY_OF[each.source]) if by_group else each for each in events)
    return [
        tally(month, source, step=step, detail=detail, count=n)
        for (step, month, source, detail), n in counted.items()
    ]


def annex_a(events: list[Event], *, title: str = "Annex A", notes: Problems | None = None):
    """A reading with a scope for each month that the events are of."""
    known = (_as_annex_a(event) for event in events if event.step != "plan_open")
    rows = tallies(known, by_group=True)
    months = sorted({event.month for event in events})
    scopes = [
        Scope(f"annex-a/{end}", end, tuple(row for row in rows if row["month"] == end.isoformat()))
        for end in months
    ]
    return reading("annex-a", scopes=scopes, as_at=months[-1], title=title, notes=notes)


def _as_annex_a(event: Event) -> Event:
    """Of a referral the workbook says whether it ended in no further action, and nothing else."""
    if event.step != "referral" or event.detail == "nfa":
        return event
    return event._replace(detail="other")


def count(events: Iterable[Event], **wanted) -> int:
    """How many events are like this: count(events, step="referral", source="6")."""
    return sum(all(getattr(event, name) == value for name, value in wanted.items()) for event in events)
