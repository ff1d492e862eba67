"""The declared grid of a file about single children (census, Annex A): what of it is ever stored.

(a) each month and each complete year, the whole board: referrals, by outcome and below the threshold (no
further action), again within a year or for the first time; every other step; conferences in 15 days;
(b) each month and year, each published group of sources: referrals, and those below the threshold;
(c) each complete year: each source likewise; groups at the later steps; plans by category of abuse; time to
the conference; plans open on the last day by category and by length.
The parts that are only there to make sums whole ("above", "first", "late") are protected, never stored.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lscb_core.domain.codes import ABUSE, SOURCE_GROUP_LABELS, SOURCE_GROUPS
from lscb_core.domain.periods import month_end, year_end
from lscb_core.imports.grids.referrals import ABOVE, BELOW, Grid, Spot, Sum, complete_years, months_of

OPEN, AGAIN = "plan_open", "re_referral"
FIRST_TIME = "first"  # the step of referrals that are no re-referrals
IN_15, LATE = "in_15", "late"  # levels of conferences: within 15 working days, or not
BANDS = ("0-10", "11-15", "16-20", "21+", "unknown")
LENGTHS = ("3m", "6m", "12m", "24m", "24m+")
OUTCOMES = {"cin-census": ("nfa", "assessment", "section_47", "other"), "annex-a": ("nfa", "other")}
ONLY_FOR_SUMS = {ABOVE, LATE}
BY_GROUP = ("referral", AGAIN, FIRST_TIME, "assessment", "section_47", "conference")


@dataclass(frozen=True, slots=True)
class Tally:
    """One count as a reader hands it over."""

    step: str
    month: date
    source: str
    detail: str
    count: int

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Tally":
        """From the row of a scope."""
        return cls(row["step"], date.fromisoformat(row["month"]), row["source"], row["detail"], row["count"])


def child_grid(
    tallies: Iterable[Tally], *, months: Iterable[date], steps: Collection[str], kind: str
) -> Grid:
    """Everything that tallies of these steps count in, and a 0 wherever nobody counted in a month sent."""
    listed = [tally for tally in tallies if tally.step in steps]
    sent = sorted(set(months))
    if {"referral", AGAIN} <= set(steps):
        listed += _first_time(listed)
    by_code = all(tally.source in SOURCE_GROUPS for tally in listed)
    grid = dict.fromkeys(_spots(sent, steps, OUTCOMES[kind], by_code=by_code), 0)
    for tally in listed:
        for spot in _counts_in(tally):
            if spot in grid:
                grid[spot] += tally.count
    return grid


def is_stored(spot: Spot) -> bool:
    """False for the parts that are only there to make sums whole."""
    return spot.level not in ONLY_FOR_SUMS and spot.step != FIRST_TIME


def _first_time(tallies: Iterable[Tally]) -> list[Tally]:
    """Referrals less re-referrals, month by month and source by source."""
    left: dict[tuple[date, str], int] = {}
    for tally in tallies:
        sign = {"referral": 1, AGAIN: -1}.get(tally.step, 0)
        left[tally.month, tally.source] = left.get((tally.month, tally.source), 0) + sign * tally.count
    return [Tally(FIRST_TIME, month, source, "", count) for (month, source), count in left.items() if count]


def _spots(
    months: list[date], steps: Collection[str], outcomes: Iterable[str], *, by_code: bool
) -> Iterator[Spot]:
    years = complete_years(months)
    flows = [step for step in sorted(steps) if step != OPEN]
    flows += [FIRST_TIME] * ({"referral", AGAIN} <= set(steps))
    for whole in [*(Spot(end) for end in months), *(Spot(end, "year") for end in years)]:
        yield from (whole._replace(step=step) for step in flows)
        if "referral" in steps:
            yield from (whole._replace(outcome=outcome) for outcome in outcomes)
            yield from (whole._replace(level=level) for level in (BELOW, ABOVE))
            yield from _by_part(whole, "group", SOURCE_GROUP_LABELS)
        if "conference" in steps:
            yield from (whole._replace(step="conference", level=level) for level in (IN_15, LATE))
    for end in years:
        yield from _of_year(Spot(end, "year"), steps, flows, by_code=by_code)


def _of_year(year: Spot, steps: Collection[str], flows: list[str], *, by_code: bool) -> Iterator[Spot]:
    """What is split for whole years only."""
    for step in (step for step in BY_GROUP if step in flows):
        yield from (year._replace(step=step, split="group", part=group) for group in SOURCE_GROUP_LABELS)
    if by_code and "referral" in steps:
        yield from _by_part(year, "source", SOURCE_GROUPS)
    if "conference" in steps:
        yield from (year._replace(step="conference", split="days", part=band) for band in BANDS)
    if "plan" in steps:
        yield from (year._replace(step="plan", split="category", part=code) for code in ABUSE)
    if OPEN in steps:
        yield year._replace(step=OPEN)
        yield from (year._replace(step=OPEN, split="category", part=code) for code in ABUSE)
        yield from (year._replace(step=OPEN, split="length", part=length) for length in LENGTHS)


def _by_part(whole: Spot, split: str, parts: Iterable[str]) -> Iterator[Spot]:
    for part in parts:
        yield from (whole._replace(split=split, part=part, level=level) for level in ("all", BELOW, ABOVE))


def _counts_in(tally: Tally) -> Iterator[Spot]:
    """Every place of the grid in which this tally counts: none for plans open in the middle of a year."""
    if tally.step == OPEN and month_end(tally.month) != year_end(tally.month):
        return
    month = Spot(tally.month, step=tally.step)
    for whole in (month, month._replace(period_end=year_end(tally.month), span="year")):
        yield from _parts_of(whole, tally)
        for split, part in _whose(tally.source):
            yield from _with_side(whole._replace(split=split, part=part), tally)


def _whose(source: str) -> Iterator[tuple[str, str]]:
    yield "all", "all"
    yield "group", SOURCE_GROUPS.get(source, source)
    if source in SOURCE_GROUPS:
        yield "source", source


def _with_side(spot: Spot, tally: Tally) -> Iterator[Spot]:
    yield spot
    if tally.step == "referral":
        yield spot._replace(level=BELOW if tally.detail == "nfa" else ABOVE)


def _parts_of(whole: Spot, tally: Tally) -> Iterator[Spot]:
    """The splits of a step of its own."""
    if tally.step == "referral":
        yield whole._replace(outcome=tally.detail)
    elif tally.step == "conference":
        yield whole._replace(level=IN_15 if tally.detail in BANDS[:2] else LATE)
        yield whole._replace(split="days", part=tally.detail or BANDS[-1])
    elif tally.step == "plan":
        yield whole._replace(split="category", part=tally.detail)
    elif tally.step == OPEN:
        category, _, length = tally.detail.partition("|")
        yield whole._replace(split="category", part=category)
        yield whole._replace(split="length", part=length)


def child_sums(grid: Grid) -> list[Sum]:
    """Every declared equality of the grid: a total and the parts that make it up."""
    outcomes = list(dict.fromkeys(spot.outcome for spot in grid if spot.outcome != "all"))
    return [
        (total, made_of)
        for total in grid
        for made_of in _made_of(total, outcomes)
        if made_of and all(part in grid for part in made_of)
    ]


def _made_of(total: Spot, outcomes: list[str]) -> Iterator[list[Spot]]:
    if total.level == "all" and total.outcome == "all":
        yield [total._replace(level=level) for level in (BELOW, ABOVE)]
        yield [total._replace(level=level) for level in (IN_15, LATE)]
        yield [total._replace(outcome=outcome) for outcome in outcomes]
        yield [total._replace(step=step) for step in (AGAIN, FIRST_TIME)] * (total.step == "referral")
    if (total.level, total.split, total.step) == (BELOW, "all", "referral"):
        yield [total._replace(level="all", outcome="nfa")]
    yield from _by_split(total)
    if total.span == "year":
        yield [total._replace(span="month", period_end=end) for end in months_of(total.period_end)]


def _by_split(total: Spot) -> Iterator[list[Spot]]:
    if total.outcome != "all":
        return
    if total.split == "all":
        known = {"group": SOURCE_GROUP_LABELS, "category": ABUSE, "length": LENGTHS, "days": BANDS}
        yield from (
            [total._replace(split=name, part=part) for part in parts] for name, parts in known.items()
        )
    if total.split == "group":
        codes = [code for code, group in SOURCE_GROUPS.items() if group == total.part]
        yield [total._replace(split="source", part=code) for code in codes]
    if (total.split, total.step, total.level) == ("all", "conference", IN_15):
        yield [total._replace(level="all", split="days", part=band) for band in BANDS[:2]]
