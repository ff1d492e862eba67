"""Questions about thresholds: whose referrals fall below, and how that moved from month to month."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import ReferralCount
from lscb_core.domain.periods import months_back
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.referral_rows import NOTHING, Count
from lscb_core.queries.referral_shares import SHARE, Share, placed, share_below, shares_below, tidied
from lscb_core.queries.seats import seated
from lscb_core.queries.standing import stands
from lscb_core.queries.stretches import ANY_GROUP, MOST_MONTHS, otherwise_counted
from lscb_core.queries.threshold_documents import in_use
from lscb_core.queries.view import View

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
    sent = shares_below(session, view, cells.spanning("year"), cells.of_part("agency"), _ends([year]))
    rows = [
        {"agency": name, "agency_slug": slug, "period_end": year, **placed(sent.get((slug, year)), rate)}
        for slug, name in seated(session, view).items()
    ]
    rows.sort(key=lambda row: (-(row["referrals"] or 0), row["agency"]))
    return tidied(rows, BELOW_BY_AGENCY)


def whole_board(session: Session, *, view: View) -> pd.DataFrame:
    """The whole board in the last complete year and in the year before it. Columns: WHOLE_BOARD.

    A year before that another kind of file counted has no share: below the threshold meant something else.
    """
    year = cells.latest_year(session, view)
    if year is None:
        return pd.DataFrame(columns=list(WHOLE_BOARD))
    years = [year, months_back(year, 12)]
    sent = _whole(session, view, years)
    if not _alike(session, view, years):
        sent[years[1]] = share_below(NOTHING, NOTHING)
    return tidied([{"period_end": end, **share} for end, share in sent.items()], WHOLE_BOARD)


def _whole(session: Session, view: View, years: list[date]) -> dict[date, Share]:
    """The whole board's share in each of these years, in their order."""
    sent = shares_below(session, view, cells.spanning("year"), cells.of_part("all"), _ends(years))
    return {year: sent.get(("all", year), share_below(NOTHING, NOTHING)) for year in years}


def _alike(session: Session, view: View, years: list[date]) -> bool:
    """Whether all of these years come from returns, or all from files on single children."""
    group = (cells.of_part("group", ANY_GROUP), cells.of_level("all"), cells.spanning("year"))
    from_children = cells.known(session, view, cells.referrals(), *group, _ends(years))
    return len(from_children) in (0, len(years))


def below_threshold_by_month(session: Session, *, view: View) -> pd.DataFrame:
    """The last months of the whole board, or of the view's agency, oldest first. Columns: BELOW_BY_MONTH.

    Months that another kind of file counted than the newest one are left out: below the threshold meant
    something else.
    """
    split, part = cells.chosen_part(session, view)
    first = months_back(view.as_at, MOST_MONTHS)
    recent = col(ReferralCount.period_end) > first
    sent = shares_below(session, view, cells.spanning("month"), cells.of_part(split, part), recent)
    others = otherwise_counted(session, view)
    sent = {key: share for key, share in sent.items() if key[1] not in others}
    months = [month for _, month in sent]
    eras = in_use(session, view=view, between=(months[0], months[-1])) if months else []
    rows = [{"month": month, "era": _era(month, eras), **share} for (_, month), share in sent.items()]
    return tidied(rows, BELOW_BY_MONTH)


def _era(month: date, documents: list[tuple[str, date]]) -> str:
    """'Before' the first document, 'Since' the last one; between two, from which day."""
    past = [since for _, since in documents if since <= month]
    if not documents:
        return "All months"
    if not past:
        return "Before"
    return "Since" if len(past) == len(documents) else f"From {past[-1]:%B %Y}"


def by_era(months: pd.DataFrame) -> pd.DataFrame:
    """The share of each stretch over all its months (a frame: BELOW_BY_MONTH). Columns: BY_ERA.

    A stretch with a hidden month has no share: small counts are the hidden ones, so the months that are
    shown would give too high a level.
    """
    rows = [
        {"era": era, "months": len(own), **_all_of(own)} for era, own in months.groupby("era", sort=False)
    ]
    return tidied(rows, BY_ERA)


def _all_of(months: pd.DataFrame) -> Share:
    hidden = next((symbol for symbol in months["symbol"] if symbol), "")
    if hidden:
        return share_below(Count(None, hidden), Count(None, hidden))
    sent = months.dropna(subset=["below", "referrals"])
    return share_below(Count(int(sent["below"].sum())), Count(int(sent["referrals"].sum())))


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
