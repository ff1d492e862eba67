"""Shares of counts of referrals with their likely range, from cells of the protected grid."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session

from lscb_core.domain.intervals import placement, too_few, wilson
from lscb_core.domain.thresholds import BELOW
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.referral_rows import NOTHING, Count
from lscb_core.queries.view import View

SHARE = {
    "below": "referrals below the threshold (empty: hidden or not sent)",
    "referrals": "referrals sent (empty: hidden or not sent)",
    "share": "below of referrals, a fraction of 1 (empty: hidden, not sent, or under 10 referrals)",
    "low": "lower end of the likely range (95%), a fraction of 1",
    "high": "upper end of the likely range (95%), a fraction of 1",
    "symbol": "why a count is missing (key: codes.SYMBOLS)",
}
KINDS = {
    **dict.fromkeys(("below", "referrals", "met", "of", "n", "n_before"), "Int64"),
    **dict.fromkeys(("share", "low", "high", "was"), "Float64"),
}
Share = dict[str, Any]


def shares_below(session: Session, view: View, *which: Any) -> dict[tuple[str, date], Share]:
    """Share below the threshold by part and period, from the cells of all levels and of those below."""
    levels = cells.of_level("all", BELOW)
    found: dict[tuple[str, date], dict[str, Count]] = {}
    for row in cells.known(session, view, cells.referrals(), levels, *which):
        found.setdefault((row["part"], row["period_end"]), {})[row["level"]] = cells.count(row)
    return {
        key: share_below(both.get(BELOW, NOTHING), both.get("all", NOTHING)) for key, both in found.items()
    }


def share_below(below: Count, sent: Count) -> Share:
    """The columns of SHARE. Under ten referrals there is no share."""
    told = share_of(below, sent)
    return {"below": told.pop("met"), "referrals": told.pop("of"), **told}


def share_of(met: Count, of: Count) -> Share:
    """`met`, `of`, `share`, `low`, `high`, `symbol` of any two counts; under ten there is no share."""
    counts = {"met": met.number, "of": of.number, "symbol": met.symbol or of.symbol}
    if met.number is None or of.number is None or too_few(of.number):
        return {**counts, "share": None, "low": None, "high": None}
    low, high = wilson(met.number, of.number)
    return {**counts, "share": met.number / of.number, "low": low, "high": high}


def placed(share: Share | None, rate: float | None) -> Share:
    """The share below the threshold with its place against the whole board's rate."""
    share = share or share_below(NOTHING, NOTHING)
    if share["share"] is None or rate is None:
        return {**share, "position": ""}
    return {**share, "position": placement(share["below"], share["referrals"], rate)}


def tidied(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows under these columns; counts as whole numbers that may be missing, shares as fractions."""
    found = pd.DataFrame(rows, columns=list(columns))
    return found.astype({name: kind for name, kind in KINDS.items() if name in columns}) if rows else found
