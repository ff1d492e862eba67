"""A council's own count beside the published one of the same year: the same children, counted twice."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.domain.codes import SOURCE_GROUP_LABELS
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.periods import financial_year
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.census import NAMES
from lscb_core.queries.census_shares import IN_TIME
from lscb_core.queries.published_rows import published_figures
from lscb_core.queries.referral_rows import NOTHING, Count
from lscb_core.queries.view import View

BESIDE = {
    "period": "year from April to March",
    "what": "what is counted",
    "own": "own count (empty: hidden or not in the file)",
    "published": "published count (empty: hidden or not available)",
    "difference": "own count less the published one (empty: one of them is missing)",
    "own_symbol": "why the own count is missing (key: codes.SYMBOLS)",
    "published_symbol": "why the published count is missing (key: codes.SYMBOLS)",
    "is_main": "whether it is one of the few that say most",
    "measure": "the measure's word in the registry",
    "period_end": "last day of the year",
    "origin": "statistical release",
}


class Spot(NamedTuple):
    """Where on the grid the own count of a measure stands."""

    step: str
    split: str = "all"
    part: str = "all"
    level: str = "all"
    outcome: str = "all"


MAIN = {
    "referrals": Spot("referral"),
    "re_referrals": Spot("re_referral"),
    "no_further_action": Spot("referral", outcome="nfa"),
    "section_47": Spot("section_47"),
    "conferences": Spot("conference"),
    "conferences_in_15_days": Spot("conference", level=IN_TIME),
    "plans_started": Spot("plan"),
    "plans_ended": Spot("plan_ended"),
    "plans_at_31_march": Spot("plan_open"),
}
"""Published measure -> the own count of the same."""

BANDS = {
    "conferences_0_to_10_days": Spot("conference", "days", "0-10"),
    "conferences_11_to_15_days": Spot("conference", "days", "11-15"),
    "conferences_16_to_20_days": Spot("conference", "days", "16-20"),
    "conferences_over_20_days": Spot("conference", "days", "21+"),
    "plans_up_to_3_months": Spot("plan_open", "length", "3m"),
    "plans_3_to_6_months": Spot("plan_open", "length", "6m"),
    "plans_6_to_12_months": Spot("plan_open", "length", "12m"),
    "plans_1_to_2_years": Spot("plan_open", "length", "24m"),
    "plans_over_2_years": Spot("plan_open", "length", "24m+"),
}
FROM = {f"referrals_from_{group}": Spot("referral", "group", group) for group in SOURCE_GROUP_LABELS}
ALL = MAIN | FROM | BANDS


def own_beside_published(session: Session, *, view: View) -> pd.DataFrame:
    """Every count that a file on single children and the statistics both have, newest year first.

    Only years that such a file tells of. Columns: BESIDE.
    """
    own = _own(session, view)
    rows = [
        _row(figure, own[figure["period_end"]].get(ALL[figure["measure"]], NOTHING))
        for figure in published_figures(session, view, list(ALL), latest_only=False, kinds=("board",))
        if figure["period_end"] in own
    ]
    told = [row for row in rows if row.pop("is_told")]
    told.sort(key=lambda row: -row["period_end"].toordinal())
    kinds = dict.fromkeys(("own", "published", "difference"), "Int64")
    return pd.DataFrame(told, columns=list(BESIDE)).astype(kinds)


def _own(session: Session, view: View) -> dict[date, dict[Spot, Count]]:
    """The cells of each year that a file on single children tells of."""
    names = Spot._fields
    found: dict[date, dict[Spot, Count]] = {}
    for row in cells.known(session, view, cells.spanning("year"), sa.or_(*_wanted())):
        spot = Spot(*(row[name] for name in names))
        found.setdefault(row["period_end"], {})[spot] = cells.count(row)
    # Agencies' returns have none of these splits: their years say nothing of the council's own census.
    return {end: told for end, told in found.items() if any(spot.split != "all" for spot in told)}


def _wanted() -> Iterator[Any]:
    """Whole totals, and the splits that are published too."""
    for split in dict.fromkeys(spot.split for spot in ALL.values()):
        yield cells.of_part(split)


def _row(figure: dict[str, Any], own: Count) -> dict[str, Any]:
    """One measure of one year; `is_told` unless one side has nothing at all."""
    counted = figure["value"] if INDICATORS[figure["measure"]].unit == "count" else figure["numerator"]
    published = None if counted is None else int(counted)
    both = own.number is not None and published is not None
    return {
        "is_told": own != NOTHING and (published is not None or bool(figure["symbol"])),
        "period": financial_year(figure["period_end"]),
        "what": _title(figure["measure"]),
        "own": own.number,
        "published": published,
        "difference": (own.number or 0) - (published or 0) if both else None,
        "own_symbol": own.symbol,
        "published_symbol": "" if published is not None else figure["symbol"],
        "is_main": figure["measure"] in MAIN,
        **{name: figure[name] for name in ("measure", "period_end", "origin")},
    }


def _title(measure: str) -> str:
    if measure in FROM:
        return f"Referrals, source: {NAMES[FROM[measure].part]}"
    return INDICATORS[measure].title
