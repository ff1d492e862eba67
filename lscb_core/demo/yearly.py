"""Figures of whole years, under the names of the national statistics, to stand beside England's.

They are read from the protected counts of referrals: what is hidden there is hidden here.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import select

from lscb_core.db.tables import Observation, ReferralCount
from lscb_core.demo.measures import observation, share
from lscb_core.demo.series import monthly
from lscb_core.demo.stage import Stage
from lscb_core.demo.words import Row, sheet
from lscb_core.domain.disclosure import HIDDEN
from lscb_core.domain.periods import year_start

CHILDREN = 149_600
RATES = ("referrals", "section_47", "conferences", "plans_started", "plans_ended", "plans_at_31_march")
STEPS = {"section_47": "section_47", "conference": "conferences", "plan": "plans_started"}
GROUPS: dict[str, tuple[str, ...]] = {
    "police": ("police",),
    "schools": ("schools",),
    "education": ("early-years",),
    "health": ("health", "mental-health", "gps", "ambulance"),
    "housing": ("housing",),
    "la_services": ("childrens-services",),
    "other_legal": ("probation", "youth-justice"),
    "other": ("voluntary-sector",),
}
# How the referrals that no agency of the board sent are made up, in percent.
REST = {"individual": 62, "anonymous": 22, "unknown": 16}
Counts = dict[str, int | None]


def add_yearly(stage: Stage) -> None:
    """Every yearly figure of the five complete years."""
    stage.add(Observation, (row for year in stage.clock.years for row in _year(stage, year)))


def _year(stage: Stage, end: date) -> Iterator[dict[str, Any]]:
    totals = _with_plans(stage, end, _totals(stage, end))
    for measure, count in totals.items():
        yield _row(stage, measure, end, _count(count))
        if measure in RATES:
            yield _row(stage, f"{measure}_rate", end, _rate(count))
    for measure, count in {**_sources(stage, end), **_closed_at_once(stage, end)}.items():
        yield _row(stage, measure, end, _share(count, totals["referrals"]))
    for row in sheet("yearly"):
        yield _row(stage, row["measure"], end, _drawn(stage, end, row, totals[row["of"]]))


def _row(stage: Stage, measure: str, end: date, figures: dict[str, Any]) -> dict[str, Any]:
    return observation(stage, measure, end, span="year", period_start=year_start(end), **figures)


def _cells(stage: Stage, end: date) -> list[ReferralCount]:
    wanted = select(ReferralCount).where(
        ReferralCount.area_id == stage.area_id,
        ReferralCount.span == "year",
        ReferralCount.period_end == end,
    )
    return list(stage.session.exec(wanted))


def _totals(stage: Stage, end: date) -> Counts:
    """The year's steps, as far as the national statistics name them."""
    steps = {
        cell.step: cell.count
        for cell in _cells(stage, end)
        if (cell.split, cell.level, cell.outcome) == ("all", "all", "all")
    }
    return {"referrals": steps["referral"], **{name: steps[step] for step, name in STEPS.items()}}


def _closed_at_once(stage: Stage, end: date) -> Counts:
    cells = _cells(stage, end)
    return {"no_further_action": next(cell.count for cell in cells if cell.outcome == "nfa")}


def _sources(stage: Stage, end: date) -> Counts:
    """Referrals by published group of sources; a group with a hidden agency is hidden."""
    sent = {c.part: c.count for c in _cells(stage, end) if (c.split, c.level) == ("agency", "all")}
    found = {group: _sum([sent[part] for part in parts]) for group, parts in GROUPS.items()}
    return {f"referrals_from_{group}": count for group, count in {**found, **_rest(sent["others"])}.items()}


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _rest(others: int | None) -> Counts:
    if others is None:
        return dict.fromkeys(REST)
    parts: Counts = {group: others * percent // 100 for group, percent in REST.items()}
    return {**parts, "individual": others - sum(parts[group] or 0 for group in REST if group != "individual")}


def _with_plans(stage: Stage, end: date, totals: Counts) -> Counts:
    """Children on a plan as the monthly measure has them; as many ended as the difference makes."""
    now, before = (
        int(monthly("children_on_plan", stage.clock.months_ago(day)))
        for day in (end, end.replace(year=end.year - 1))
    )
    started = totals["plans_started"]
    ended = None if started is None else started + before - now
    return {**totals, "plans_ended": ended, "plans_at_31_march": now}


def _drawn(stage: Stage, end: date, row: Row, of: int | None) -> dict[str, Any]:
    """A share as drawn, with the whole number that comes nearest to it."""
    percent = float(row[f"years_{stage.clock.last_year.year - end.year}"])
    return _share(None if of is None else round(percent * of / 100), of)


def _count(count: int | None) -> dict[str, Any]:
    return {"symbol": HIDDEN} if count is None else {"value": float(count)}


def _share(count: int | None, of: int | None) -> dict[str, Any]:
    return share(count, of) if count is not None and of else {"symbol": HIDDEN}


def _rate(count: int | None) -> dict[str, Any]:
    if count is None:
        return {"symbol": HIDDEN}
    return {"numerator": count, "value": round(10_000 * count / CHILDREN, 1)}
