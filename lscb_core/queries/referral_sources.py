"""Questions about who refers, in published statistics: the council beside England and its neighbours."""

from typing import Any

import pandas as pd
from sqlmodel import Session

from lscb_core.domain.codes import SOURCE_GROUP_LABELS
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.intervals import placement
from lscb_core.queries.published_rows import likely, published_figures
from lscb_core.queries.view import View

SOURCES = {f"referrals_from_{group}": group for group in SOURCE_GROUP_LABELS}
NAMES = SOURCE_GROUP_LABELS | {"individual": "Individuals"}
RATE = "referrals_rate"
COUNTS = ("referrals", RATE, "re_referrals", "no_further_action", "assessed_not_in_need")

SOURCE_SHARES = {
    "group": "who referred",
    "count": "referrals from this source (empty: hidden)",
    "referrals": "all referrals of the council in the year",
    "share": "count of referrals, a fraction of 1 (empty: hidden, or under 10 referrals)",
    "low": "lower end of the likely range (95%), a fraction of 1",
    "high": "upper end of the likely range (95%), a fraction of 1",
    "england": "England's share, a fraction of 1",
    "england_count": "England's referrals from this source",
    "position": "against England: well above, above, within, below, well below (empty: no share)",
    "symbol": "why the count is missing (key: codes.SYMBOLS)",
    "period_end": "last day of the year",
}
REFERRALS = {
    "year": "year in which the period ends on 31 March",
    "area": "council, or England",
    "kind": "board, england or neighbour",
    "referrals": "referrals",
    "rate_per_10k": "referrals for every 10,000 children",
    **{name: INDICATORS[name].short.lower() for name in COUNTS[2:]},
    **{group: f"referrals from: {label.lower()}" for group, label in NAMES.items()},
}


def sources_of_referral(session: Session, *, view: View) -> pd.DataFrame:
    """Who refers, council against England, in the last published year. Columns: SOURCE_SHARES.

    In the order of England's shares, largest first.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {}
    beside = ("board", "england")
    for row in published_figures(session, view, list(SOURCES), latest_only=True, kinds=beside):
        found.setdefault(row["measure"], {})[row["kind"]] = row
    rows = [_source(NAMES[SOURCES[key]], **own) for key, own in found.items()]
    rows.sort(key=lambda row: -(row["england"] or 0))
    kinds = dict.fromkeys(("count", "referrals", "england_count"), "Int64")
    shares = dict.fromkeys(("share", "low", "high", "england"), "Float64")
    return pd.DataFrame(rows, columns=list(SOURCE_SHARES)).astype({**kinds, **shares})


def _source(group: str, *, board: dict[str, Any], england: dict[str, Any]) -> dict[str, Any]:
    low, high = likely(board)
    met, of, theirs = board["numerator"], board["denominator"], england["value"]
    known = low is not None and high is not None
    there = None if theirs is None else theirs / 100
    return {
        "group": group,
        "count": met,
        "referrals": of,
        "share": met / of if known else None,
        "low": low / 100 if low is not None else None,
        "high": high / 100 if high is not None else None,
        "england": there,
        "england_count": england["numerator"],
        "position": placement(met, of, there) if known and there is not None else "",
        "symbol": board["symbol"],
        "period_end": board["period_end"],
    }


def referrals_beside(session: Session, *, view: View) -> pd.DataFrame:
    """Counts of the last published year for the council, England and each neighbour. Columns: REFERRALS.

    A cell holds the count, or the symbol that stands in its place.
    """
    rows: dict[str, dict[str, Any]] = {}
    for row in published_figures(session, view, [*COUNTS, *SOURCES], latest_only=True):
        known = {"year": row["period_end"].year, "area": row["area"], "kind": row["kind"]}
        rows.setdefault(row["area"], known)[_column(row["measure"])] = _cell(row)
    return pd.DataFrame(list(rows.values()), columns=list(REFERRALS), dtype=object)


def _column(measure: str) -> str:
    return "rate_per_10k" if measure == RATE else SOURCES.get(measure, measure)


def _cell(row: dict[str, Any]) -> Any:
    """The symbol where one stands; a rate as it is; of a share its count; a plain count."""
    if row["symbol"] or row["measure"] == RATE:
        return row["symbol"] or row["value"]
    return int(row["value"]) if row["denominator"] is None else row["numerator"]
