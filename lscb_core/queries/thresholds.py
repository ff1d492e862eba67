"""Questions about thresholds: whose referrals fall below, and how that moved from month to month."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import ReferralCount
from lscb_core.domain.intervals import placement, too_few, wilson
from lscb_core.domain.periods import months_back
from lscb_core.domain.thresholds import BELOW
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.referral_rows import NOTHING, Count
from lscb_core.queries.standing import stands
from lscb_core.queries.threshold_documents import in_use
from lscb_core.queries.view import View

MOST_MONTHS = 36
"""As many months as a line on half a page still shows one by one."""

SHARE = {
    "below": "referrals below the threshold (empty: hidden or not sent)",
    "referrals": "referrals sent (empty: hidden or not sent)",
    "share": "below of referrals, a fraction of 1 (empty: hidden, not sent, or under 10 referrals)",
    "low": "lower end of the likely range (95%), a fraction of 1",
    "high": "upper end of the likely range (95%), a fraction of 1",
    "symbol": "why a count is missing (key: codes.SYMBOLS)",
}
BELOW_BY_AGENCY = {
    "agency": "agency",
    "agency_slug": "the agency's word in an address",
    **SHARE,
    "position": "against chance: well above, above, within, below, well below (empty: no share)",
    "period_end": "last day of the year",
}
WHOLE_BOARD = {"period_end": "last day of the year", **SHARE}
BELOW_BY_MONTH = {
    "month": "last day of the month",
    "era": "stretch between two threshold documents",
    **SHARE,
}
BY_ERA = {"era": "stretch between two threshold documents", "months": "months with a row", **SHARE}


def below_threshold_by_agency(session: Session, *, view: View) -> pd.DataFrame:
    """Agencies in the last complete year, most referrals first, those that sent none last.

    Always all agencies: one is read against the others. Columns: BELOW_BY_AGENCY.
    """
    year = cells.latest_year(session, view)
    if year is None:
        return pd.DataFrame(columns=list(BELOW_BY_AGENCY))
    rate = _whole(session, view, [year])[year]["share"]
    sent = _shares(session, view, cells.spanning("year"), cells.of_part("agency"), _ends([year]))
    rows = [
        {"agency": name, "agency_slug": slug, "period_end": year, **_placed(sent.get((slug, year)), rate)}
        for slug, name in cells.seated(session, view).items()
    ]
    rows.sort(key=lambda row: (-(row["referrals"] or 0), row["agency"]))
    return _counted(rows, BELOW_BY_AGENCY)


def whole_board(session: Session, *, view: View) -> pd.DataFrame:
    """The whole board in the last complete year and in the year before it. Columns: WHOLE_BOARD."""
    year = cells.latest_year(session, view)
    if year is None:
        return pd.DataFrame(columns=list(WHOLE_BOARD))
    sent = _whole(session, view, [year, months_back(year, 12)])
    return _counted([{"period_end": end, **share} for end, share in sent.items()], WHOLE_BOARD)


def _whole(session: Session, view: View, years: list[date]) -> dict[date, dict[str, Any]]:
    """The whole board's share in each of these years, in their order."""
    sent = _shares(session, view, cells.spanning("year"), cells.of_part("all"), _ends(years))
    return {year: sent.get(("all", year), _share(NOTHING, NOTHING)) for year in years}


def below_threshold_by_month(session: Session, *, view: View) -> pd.DataFrame:
    """The last months of the whole board, or of the view's agency, oldest first. Columns: BELOW_BY_MONTH."""
    split, part = cells.chosen_part(session, view)
    first = months_back(view.as_at, MOST_MONTHS)
    recent = col(ReferralCount.period_end) > first
    sent = _shares(session, view, cells.spanning("month"), cells.of_part(split, part), recent)
    months = [month for _, month in sent]
    eras = in_use(session, view=view, between=(months[0], months[-1])) if months else []
    rows = [{"month": month, "era": _era(month, eras), **share} for (_, month), share in sent.items()]
    return _counted(rows, BELOW_BY_MONTH)


def _era(month: date, documents: list[tuple[str, date]]) -> str:
    """'Before' the first document, 'Since' the last one; between two, from which day."""
    past = [since for _, since in documents if since <= month]
    if not documents:
        return "All months"
    if not past:
        return "Before"
    return "Since" if len(past) == len(documents) else f"From {past[-1]:%B %Y}"


def below_threshold_by_era(session: Session, *, view: View) -> pd.DataFrame:
    """The share of each stretch over all its months. Columns: BY_ERA."""
    return by_era(below_threshold_by_month(session, view=view))


def by_era(months: pd.DataFrame) -> pd.DataFrame:
    """The same from a frame of months at hand. Columns: BY_ERA.

    A stretch with a hidden month has no share: small counts are the hidden ones, so the months that are
    shown would give too high a level.
    """
    rows = [
        {"era": era, "months": len(own), **_all_of(own)} for era, own in months.groupby("era", sort=False)
    ]
    return _counted(rows, BY_ERA)


def _all_of(months: pd.DataFrame) -> dict[str, Any]:
    hidden = next((symbol for symbol in months["symbol"] if symbol), "")
    if hidden:
        return _share(Count(None, hidden), Count(None, hidden))
    sent = months.dropna(subset=["below", "referrals"])
    return _share(Count(int(sent["below"].sum())), Count(int(sent["referrals"].sum())))


def months_held(session: Session, *, view: View) -> int:
    """Months for which the board had counts of referrals by the view's day: 0 says that nobody counts."""
    counted = sa.select(sa.func.count(sa.distinct(col(ReferralCount.period_end)))).where(
        col(ReferralCount.area_id) == view.area_id,
        col(ReferralCount.known_on) <= view.as_at,
        col(ReferralCount.period_end) <= view.as_at,
        stands(ReferralCount, view.as_at),
        cells.spanning("month"),
        cells.of_part("all"),
        cells.referrals(),
    )
    return int(session.connection().execute(counted).scalar_one())


def _ends(years: list[date]) -> Any:
    return col(ReferralCount.period_end).in_(years)


def _shares(session: Session, view: View, *which: Any) -> dict[tuple[str, date], dict[str, Any]]:
    """Share below the threshold by part and period, from the cells of all levels and of those below."""
    levels = cells.of_level("all", BELOW)
    found: dict[tuple[str, date], dict[str, Count]] = {}
    for row in cells.known(session, view, cells.referrals(), levels, *which):
        found.setdefault((row["part"], row["period_end"]), {})[row["level"]] = cells.count(row)
    return {key: _share(both.get(BELOW, NOTHING), both.get("all", NOTHING)) for key, both in found.items()}


def _share(below: Count, sent: Count) -> dict[str, Any]:
    """The columns of SHARE. Under ten referrals there is no share."""
    counts = {"below": below.number, "referrals": sent.number, "symbol": below.symbol or sent.symbol}
    if below.number is None or sent.number is None or too_few(sent.number):
        return {**counts, "share": None, "low": None, "high": None}
    low, high = wilson(below.number, sent.number)
    return {**counts, "share": below.number / sent.number, "low": low, "high": high}


def _placed(share: dict[str, Any] | None, rate: float | None) -> dict[str, Any]:
    """The share with its place against the whole board's rate."""
    share = share or _share(NOTHING, NOTHING)
    if share["share"] is None or rate is None:
        return {**share, "position": ""}
    return {**share, "position": placement(share["below"], share["referrals"], rate)}


def _counted(rows: list[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    """The rows under these columns; counts as whole numbers that may be missing, shares as fractions."""
    kinds = {"below": "Int64", "referrals": "Int64", "share": "Float64", "low": "Float64", "high": "Float64"}
    found = pd.DataFrame(rows, columns=list(columns))
    return found.astype(kinds) if rows else found
