"""Questions about published statistics: the council beside England and its ten statistical neighbours."""

from typing import Any

import pandas as pd
from sqlmodel import Session

from lscb_core.domain.indicators import INDICATORS
from lscb_core.queries.published_rows import likely, published_figures
from lscb_core.queries.view import View

COMPARED = (
    "referrals_rate",
    "re_referrals",
    "no_further_action",
    "assessed_not_in_need",
    "section_47_rate",
    "conferences_in_15_days",
    "plans_started_rate",
)
"""The published measures of the threshold page, in the order in which they are shown."""

COMPARISON = {
    "measure": "the measure's word in the registry",
    "title": "measure",
    "unit": "unit: percent or rate_per_10k",
    "period_end": "last day of the year",
    "area": "the council",
    "value": "the council's value, in the unit (empty: a symbol stands)",
    "numerator": "counted",
    "denominator": "of (empty: a rate)",
    "low": "lower end of the likely range (95%), in the unit (empty: no denominator, or under 10)",
    "high": "upper end of the likely range (95%), in the unit",
    "symbol": "why the council has no value (key: codes.SYMBOLS)",
    "england": "England's value, in the unit",
    "england_symbol": "why England has no value",
    "lowest": "lowest value among the statistical neighbours",
    "highest": "highest value among the statistical neighbours",
    "neighbours": "neighbours with a value",
    "higher": "neighbours with a higher value than the council's",
    "note": "data-quality note",
    "source": "table of the statistic",
    "origin": "statistical release",
    "england_origin": "statistical release of England's value",
    "licence": "licence",
}
AREAS = {
    "area": "council, or England",
    "kind": "board, england or neighbour",
    "rank": "nearness of a neighbour: 1 is nearest (0: not a neighbour)",
    "value": "value, in the measure's unit (empty: a symbol stands)",
    "numerator": "counted",
    "denominator": "of",
    "symbol": "why there is no value (key: codes.SYMBOLS)",
    "period_end": "last day of the year",
}
YEARS = {
    "year": "year in which the period ends on 31 March",
    "board": "the council's value, in the measure's unit (empty: a symbol stands)",
    "england": "England's value",
    "low": "lowest value among the statistical neighbours",
    "high": "highest value among the statistical neighbours",
    "symbol": "why the council has no value (key: codes.SYMBOLS)",
}


def comparison(session: Session, *, view: View) -> pd.DataFrame:
    """The last published year of each measure: council, England, neighbours' range. Columns: COMPARISON."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in published_figures(session, view, COMPARED, latest_only=True):
        found.setdefault(row["measure"], []).append(row)
    rows = [_compared(own) for own in found.values()]
    return pd.DataFrame(rows, columns=list(COMPARISON)).astype(
        dict.fromkeys(("numerator", "denominator"), "Int64")
    )


def _compared(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One measure's rows as one: the council's with England's and the neighbours' beside it."""
    own, england = rows[0], rows[1]
    near = [row["value"] for row in rows[2:] if row["value"] is not None]
    known = INDICATORS[own["measure"]]
    low, high = likely(own) if known.unit == "percent" else (None, None)
    return own | {
        "title": known.title,
        "unit": known.unit,
        "low": low,
        "high": high,
        "england": england["value"],
        "england_symbol": england["symbol"],
        "england_origin": england["origin"],
        "licence": own["licence"] or england["licence"],
        "lowest": min(near, default=None),
        "highest": max(near, default=None),
        "neighbours": len(near),
        "higher": sum(each > own["value"] for each in near) if own["value"] is not None else None,
    }


def compared_areas(session: Session, *, view: View, measure: str) -> pd.DataFrame:
    """One measure in its last published year, the council first, neighbours by nearness. Columns: AREAS."""
    rows = published_figures(session, view, [measure], latest_only=True)
    return pd.DataFrame(rows, columns=list(AREAS)).astype(
        {"value": "Float64", "numerator": "Int64", "denominator": "Int64"}
    )


def compared_years(session: Session, *, view: View, measure: str) -> pd.DataFrame:
    """One measure from the council's first year to its last, no year left out. Columns: YEARS."""
    years: dict[int, list[dict[str, Any]]] = {}
    for row in published_figures(session, view, [measure], latest_only=False):
        years.setdefault(row["period_end"].year, []).append(row)
    own = [year for year, rows in years.items() if any(row["kind"] == "board" for row in rows)]
    reach = range(min(own), max(own) + 1) if own else range(0)
    rows = [_year(year, years.get(year, [])) for year in reach]
    return pd.DataFrame(rows, columns=list(YEARS)).astype(
        dict.fromkeys(("board", "england", "low", "high"), "Float64")
    )


def _year(year: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    near = [row["value"] for row in rows if row["kind"] == "neighbour" and row["value"] is not None]
    one = {row["kind"]: row for row in rows if row["kind"] != "neighbour"}
    return {
        "year": year,
        "board": one["board"]["value"] if "board" in one else None,
        "england": one["england"]["value"] if "england" in one else None,
        "low": min(near, default=None),
        "high": max(near, default=None),
        "symbol": one["board"]["symbol"] if "board" in one else "",
    }
