"""What published statistics say of a council beside England and its statistical neighbours."""

from collections.abc import Iterable

import pandas as pd

from lscb_core.domain.codes import SYMBOLS
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.numbers import in_words, listed, percent, whole
from lscb_core.findings.words import Row, rows_of


def beside_england(row: Row) -> str:
    """One measure as a title. `row`: queries.comparisons.COMPARISON, with None for what is missing.

    A share is called higher or lower only where England's lies outside its likely range. A rate has none,
    so its two numbers are said and nothing is made of them.
    """
    title = INDICATORS[row["measure"]].title
    if row["value"] is None:
        return f"{title}: no figure for {row['area']}"
    own, there = said(row["value"], row["unit"]), said(row["england"], row["unit"])
    if row["england"] is None:
        return f"{title}: {own}"
    relation = against_england(row)
    return f"{title}: {own}, {relation} ({there})" if relation else f"{title}: {own}, in England {there}"


def against_england(row: Row) -> str:
    """'higher than England', 'lower than England', 'no clear difference from England'; empty for a rate."""
    if row["low"] is None or row["england"] is None:
        return ""
    if row["low"] <= row["england"] <= row["high"]:
        return "no clear difference from England"
    return f"{'higher' if row['value'] > row['england'] else 'lower'} than England"


def among_neighbours(row: Row) -> str:
    """'Higher in two of ten statistical neighbours, from 16.6% to 25.8%.'; empty without neighbours."""
    if not row["neighbours"]:
        return ""
    reach = f"from {said(row['lowest'], row['unit'])} to {said(row['highest'], row['unit'])}"
    near = in_words(int(row["neighbours"]))
    if row["higher"] is None:
        return f"Statistical neighbours reach {reach}."
    higher = int(row["higher"])
    which = f"{'none' if not higher else in_words(higher)} of {near}"
    which = f"all {near}" if higher == row["neighbours"] else which
    return f"Higher in {which} statistical neighbours, which reach {reach}."


def said(value: float | None, unit: str) -> str:
    """'30.3%' or '914.3'; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.1f}%" if unit == "percent" else f"{value:,.1f}"


def who_refers_here(sources: pd.DataFrame) -> str:
    """The source that differs most from England, where it lies beyond the outer (99.8%) limits.

    Frame: queries.referral_sources.SOURCE_SHARES.
    """
    apart = [row for row in rows_of(sources) if row["position"].startswith("well ")]
    if not apart:
        return "Who refers: no clear difference from England"
    row = max(apart, key=lambda row: abs(row["share"] - row["england"]))
    part = "larger" if row["share"] > row["england"] else "smaller"
    own, there = percent(row["share"], places=0), percent(row["england"], places=0)
    return f"{row['group']}: a {part} part of referrals than in England, {own} against {there}"


def symbols_key(symbols: Iterable[str]) -> str:
    """What each symbol on show means, in a sentence; empty without any."""
    there = [symbol for symbol in dict.fromkeys(symbols) if symbol in SYMBOLS]
    return " ".join(f"{symbol}: {SYMBOLS[symbol]}." for symbol in there)


def referrals_in_words(rows: pd.DataFrame) -> str:
    """'4,031 referrals in Stockton-on-Tees and 621,880 in England'. Frame: referral_sources.REFERRALS."""
    known = [row for row in rows_of(rows) if row["kind"] != "neighbour" and isinstance(row["referrals"], int)]
    told = [f"{whole(row['referrals'])} referrals in {row['area']}" for row in known[:1]]
    return listed(told + [f"{whole(row['referrals'])} in {row['area']}" for row in known[1:]])
