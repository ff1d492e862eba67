"""Who refers, by the published groups of sources: what a file on single children (census, Annex A) tells.

Such a file knows no agencies. Of what lies below the threshold it knows no further action alone.
"""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import ReferralCount
from lscb_core.domain.codes import SOURCE_GROUPS, SOURCES
from lscb_core.domain.periods import financial_year
from lscb_core.domain.thresholds import BELOW, Step
from lscb_core.queries import referral_rows as cells
from lscb_core.queries import referral_sources
from lscb_core.queries.referral_flow import OVER_YEARS, over_years, yearly
from lscb_core.queries.referral_rows import NOTHING, Count
from lscb_core.queries.referral_shares import SHARE, placed, share_below, tidied
from lscb_core.queries.stretches import Stretch, last_stretch, totals, within
from lscb_core.queries.view import View

NAMES = referral_sources.NAMES | {
    "other": "Other sources",
    "anonymous": "Anonymous people",
    "unknown": "Unknown source",
}
"""Published group -> its name in a sentence and on a chart."""

PERIOD = {
    "period_start": "first day of the year, or of the months in its place",
    "period_end": "last day of the year, or of the months in its place",
}
BELOW_BY_SOURCE = {
    "source": "who referred",
    **SHARE,
    "position": "against chance: well above, above, within, below, well below (empty: no share)",
    "code": "the published group's word",
    **PERIOD,
}
WHOLE = {**SHARE, **PERIOD}
SINGLE_SOURCES = {
    "period": "year from April to March",
    "source": "who referred",
    "group": "published group",
    "referrals": "referrals",
    "below": "of these with no further action",
}
STEPS_BY_SOURCE = {
    "source": "who referred",
    "referral": "referrals",
    BELOW: "no further action",
    "re_referral": "re-referrals",
    "assessment": "assessments",
    "section_47": "section 47 enquiries",
    "conference": "conferences",
    "period_end": "last day of the year",
}


def below_threshold_by_source(session: Session, *, view: View) -> pd.DataFrame:
    """Sources in the last year, or in the months there are, most referrals first. Columns: BELOW_BY_SOURCE.

    Always all sources: one is read against the others, and no agency's filter fits them.
    """
    stretch = last_stretch(session, view)
    if stretch is None:
        return pd.DataFrame(columns=list(BELOW_BY_SOURCE))
    rate = _share(session, view, stretch, "all")["all"]["share"]
    found = _share(session, view, stretch, "group")
    rows = [
        {"source": NAMES[code], "code": code, **_period(stretch), **placed(found[code], rate)}
        for code in NAMES
        if code in found
    ]
    rows.sort(key=lambda row: (-(row["referrals"] or 0), row["source"]))
    return tidied(rows, BELOW_BY_SOURCE)


def whole_in_stretch(session: Session, *, view: View) -> pd.DataFrame:
    """The whole board in the same year or months: one row. Columns: WHOLE."""
    stretch = last_stretch(session, view)
    if stretch is None:
        return pd.DataFrame(columns=list(WHOLE))
    return tidied([{**_share(session, view, stretch, "all")["all"], **_period(stretch)}], WHOLE)


def _period(stretch: Stretch) -> dict[str, Any]:
    return {"period_start": stretch.first, "period_end": stretch.last}


def _share(session: Session, view: View, stretch: Stretch, split: str) -> dict[str, dict[str, Any]]:
    """The share below the threshold in the stretch, part by part."""
    which = (cells.referrals(), cells.of_part(split), cells.of_level("all", BELOW), within(stretch))
    found = totals(cells.known(session, view, *which), stretch, "part", "level")
    parts = dict.fromkeys(part for part, _ in found)
    counts = {part: (found.get((part, BELOW), NOTHING), found.get((part, "all"), NOTHING)) for part in parts}
    return {part: share_below(*both) for part, both in counts.items()}


def referrals_by_group(session: Session, *, view: View) -> pd.DataFrame:
    """Referrals of each published group of sources in the last years, most first. Columns: OVER_YEARS."""
    which = (cells.referrals(), cells.of_part("group"), cells.of_level("all"))
    told = yearly(session, view, "part", *which)
    last = {code: years[max(years)].number or 0 for code, years in told.items() if years}
    order = sorted((code for code in NAMES if code in told), key=lambda code: -last.get(code, 0))
    return over_years({code: NAMES[code] for code in order}, told)[list(OVER_YEARS)]


def single_sources(session: Session, *, view: View) -> pd.DataFrame:
    """Each single source in the last years, newest year first; a cell holds the count, or its symbol.

    Columns: SINGLE_SOURCES.
    """
    which = (cells.referrals(), cells.of_part("source"), cells.of_level("all", BELOW))
    told = {level: yearly(session, view, "part", *which, col(ReferralCount.level) == level)
            for level in ("all", BELOW)}  # fmt: skip
    years = sorted({end for held in told["all"].values() for end in held}, reverse=True)
    rows = [
        {
            "period": financial_year(year),
            "source": SOURCES[code],
            "group": NAMES[SOURCE_GROUPS[code]],
            "referrals": _cell(told["all"][code].get(year, NOTHING)),
            "below": _cell(told[BELOW].get(code, {}).get(year, NOTHING)),
        }
        for year in years
        for code in SOURCES
        if code in told["all"]
    ]
    return pd.DataFrame(rows, columns=list(SINGLE_SOURCES), dtype=object)


def steps_by_source(session: Session, *, view: View) -> pd.DataFrame:
    """How far each group's referrals go in the last complete year, most first; a cell is a count or symbol.

    Columns: STEPS_BY_SOURCE.
    """
    stretch = last_stretch(session, view)
    if stretch is None or not stretch.is_year:
        return pd.DataFrame(columns=list(STEPS_BY_SOURCE), dtype=object)
    below = sa.and_(cells.referrals(), cells.of_level(BELOW))
    which = (cells.of_part("group"), sa.or_(cells.of_level("all"), below), within(stretch))
    told = totals(cells.known(session, view, *which), stretch, "part", "step", "level")
    rows = [
        {"source": name, **{step: _cell(_step(told, code, step)) for step in STEPS_BY_SOURCE}}
        | {"source": name, "period_end": stretch.last}
        for code, name in NAMES.items()
        if (code, Step.REFERRAL.value, "all") in told
    ]
    rows.sort(key=lambda row: -row["referral"] if isinstance(row["referral"], int) else 0)
    return pd.DataFrame(rows, columns=list(STEPS_BY_SOURCE), dtype=object)


def _step(told: dict[tuple[Any, ...], Count], code: str, step: str) -> Count:
    wanted = (Step.REFERRAL.value, BELOW) if step == BELOW else (step, "all")
    return told.get((code, *wanted), NOTHING)


def _cell(told: Count) -> int | str:
    """The count, or the symbol in its place; an empty word where nothing was sent."""
    return told.symbol if told.number is None else told.number
