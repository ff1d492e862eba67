"""Questions about the flow of referrals: from contact to plan; by source, level and outcome over years."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import ReferralCount
from lscb_core.domain.intervals import too_few
from lscb_core.domain.periods import financial_year, months_back
from lscb_core.domain.thresholds import EVERYBODY_ELSE, Step
from lscb_core.domain.vocab import Outcome
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.referral_rows import NOTHING, Count
from lscb_core.queries.referral_shares import tidied
from lscb_core.queries.seats import seated
from lscb_core.queries.stretches import Stretch, how_counted, totals, within
from lscb_core.queries.threshold_documents import level_names
from lscb_core.queries.view import View

CONVERSION = {
    "step": "step on the way",
    "n": "number in the year, or in the months (empty: hidden or not sent)",
    "share": "share of the step before, a fraction of 1",
    "was": "the same share a year earlier, a fraction of 1",
    "n_before": "number in the year before (empty: hidden or not sent)",
    "symbol": "why a number is missing (key: codes.SYMBOLS)",
    "code": "the step's code",
    "period_start": "first day of the year, or of the months in its place",
    "period_end": "last day of the year, or of the months in its place",
}
OVER_YEARS = {
    "group": "source, level or outcome",
    "period": "year from April to March, such as 2024-25",
    "count": "referrals (empty: hidden or not sent)",
    "symbol": "why a count is missing (key: codes.SYMBOLS)",
    "period_end": "last day of the year",
}
YEARS = 5


def conversion(session: Session, *, view: View) -> pd.DataFrame:
    """From contact to plan in the last complete year, each step as a share of the one before.

    Without a complete year, in the last months in a row. Steps are counted for the whole board only; a step
    that a file on single children does not know has no row. Columns: CONVERSION.
    """
    counted = how_counted(session, view=view)
    if counted.stretch is None:
        return pd.DataFrame(columns=list(CONVERSION))
    now, before = _steps(session, view, counted.stretch)
    steps = [_step(step, now[at], before[at]) for at, step in enumerate(Step)]
    period = {"period_start": counted.stretch.first, "period_end": counted.stretch.last}
    for at, row in enumerate(steps):
        row |= {**period, "share": _goes_on(now, at), "was": _goes_on(before, at)}
    if counted.is_nfa_only:
        steps = [row for row, *told in zip(steps, now, before, strict=True) if told != [NOTHING, NOTHING]]
    return tidied(steps, CONVERSION)


def _steps(session: Session, view: View, stretch: Stretch) -> tuple[list[Count], list[Count]]:
    """Each step in the stretch, and in the year before where it is a year."""
    whole = (cells.of_part("all"), cells.of_level("all"))
    if stretch.is_year:
        years = yearly(session, view, "step", *whole, back=2)
        ends = (stretch.last, months_back(stretch.last, 12))
        now, before = ([years.get(step.value, {}).get(end, NOTHING) for step in Step] for end in ends)
        return now, before
    told = totals(cells.known(session, view, *whole, within(stretch)), stretch, "step")
    return [told.get((step.value,), NOTHING) for step in Step], [NOTHING] * len(Step)


def _step(step: Step, now: Count, before: Count) -> dict[str, Any]:
    counts = {"n": now.number, "symbol": now.symbol, "n_before": before.number}
    return {"step": step.label, "code": step.value, **counts}


def _goes_on(steps: list[Count], at: int) -> float | None:
    """The share of the step before; none where either is missing or the step before has too few."""
    here, before = (steps[at].number, steps[at - 1].number) if at else (None, None)
    return here / before if here is not None and before and not too_few(before) else None


def referrals_by_source(session: Session, *, view: View) -> pd.DataFrame:
    """Referrals of each agency (or of the view's) in the last years, most referrals first.

    Columns: OVER_YEARS.
    """
    part = cells.chosen_part(session, view)[1] if view.agency_id is not None else None
    agencies = [cells.of_part("agency", part), cells.spanning("year")]
    totals = yearly(session, view, "part", cells.referrals(), *agencies, cells.of_level("all"))
    names = EVERYBODY_ELSE | seated(session, view)
    order = sorted(totals, key=lambda slug: (-_latest(totals[slug]), names.get(slug, slug)))
    return over_years({slug: names.get(slug, slug) for slug in order}, totals)


def _latest(years: Mapping[date, Count]) -> int:
    return years[max(years)].number or 0 if years else 0


def referrals_by_level(session: Session, *, view: View) -> pd.DataFrame:
    """Referrals at each level in the last years, of the board or the view's agency. Columns: OVER_YEARS."""
    names = level_names(session, view=view)
    part = sa.and_(cells.of_part(*cells.chosen_part(session, view)), cells.spanning("year"))
    levels = {level: f"Level {level}, {name.lower()}" for level, name in names.items()}
    return over_years(
        levels, yearly(session, view, "level", cells.referrals(), part, cells.of_level(*levels))
    )


def referrals_by_outcome(session: Session, *, view: View) -> pd.DataFrame:
    """What became of referrals in the last years. Counted for the whole board only. Columns: OVER_YEARS."""
    which = sa.and_(col(ReferralCount.level) == "all", col(ReferralCount.outcome) != "all")
    told = yearly(session, view, "outcome", cells.referrals(), cells.of_part("all"), which)
    return over_years(outcome_names(told), told)


def outcome_names(told: Iterable[str]) -> dict[str, str]:
    """Outcome -> label, as exact as what was told: a file on single children knows a few outcomes alone."""
    names = {outcome.value: outcome.label for outcome in Outcome}
    if not {Outcome.ADVICE.value, Outcome.EARLY_HELP.value} & set(told):
        names |= {Outcome.SECTION_47.value: "Section 47 enquiry", Outcome.OTHER.value: "Any other outcome"}
    return names


def yearly(
    session: Session, view: View, key: str, *which: Any, back: int = YEARS
) -> dict[str, dict[date, Count]]:
    """Totals of the last complete years by what one column holds; `back`: of so many years."""
    last = cells.latest_year(session, view)
    if last is None:
        return {}
    reach = col(ReferralCount.period_end)
    rows = cells.known(session, view, *which, reach > months_back(last, 12 * back), reach <= last)
    return {name: years for (name,), years in cells.by_year(rows, key).items()}


def over_years(names: Mapping[str, str], totals: Mapping[str, Mapping[date, Count]]) -> pd.DataFrame:
    """A row for each name that has totals and each year that any of them has."""
    held = [key for key in names if totals.get(key)]
    years = sorted({year for key in held for year in totals[key]})
    rows = [
        {
            "group": names[key],
            "period": financial_year(year),
            "period_end": year,
            **dict(zip(("count", "symbol"), totals[key].get(year, NOTHING), strict=True)),
        }
        for key in held
        for year in years
    ]
    return pd.DataFrame(rows, columns=list(OVER_YEARS)).astype({"count": "Int64"})
