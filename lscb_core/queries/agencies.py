"""Agencies side by side: how each stands on a board."""

from typing import Any

import pandas as pd
from sqlmodel import Session

from lscb_core.queries.actions import late_by_agency
from lscb_core.queries.frames import records
from lscb_core.queries.partner_returns import partner_returns
from lscb_core.queries.seats import seated
from lscb_core.queries.thresholds import below_threshold_by_agency
from lscb_core.queries.view import View

AGENCIES = {
    "agency": "agency, as the board calls it",
    "agency_slug": "the agency's word in an address",
    "open": "open actions",
    "late": "late actions",
    "longest": "days late of its longest late action",
    "below": "referrals below the threshold in the last year (empty: hidden or not sent)",
    "referrals": "referrals in the last year (empty: hidden or not sent)",
    "share": "below of referrals, a fraction of 1 (empty: hidden, not sent, or under 10 referrals)",
    "position": "against chance: well above, above, within, below, well below (empty: no share)",
    "supplies": "whether it sends figures: yes, some or no (empty: not asked, as far as is known)",
}


def agencies(session: Session, *, view: View) -> pd.DataFrame:
    """Every agency of the board, most late actions first. Columns: AGENCIES."""
    whole = view.without("agency")
    parts = [
        {row["agency_slug"]: row for row in records(held)}
        for held in (
            late_by_agency(session, view=whole),
            below_threshold_by_agency(session, view=whole),
            partner_returns(session, view=whole),
        )
    ]
    rows = [
        _standing(slug, name, *(part.get(slug, {}) for part in parts))
        for slug, name in seated(session, whole).items()
    ]
    rows.sort(key=lambda row: (-row["late"], -row["open"], row["agency"]))
    return pd.DataFrame(rows, columns=list(AGENCIES)).astype({"below": "Int64", "referrals": "Int64"})


def _standing(slug: str, name: str, held: Any, sent: Any, returned: Any) -> dict[str, Any]:
    return {
        "agency": name,
        "agency_slug": slug,
        "open": held.get("open", 0),
        "late": held.get("over_28", 0) + held.get("up_to_28", 0),
        "longest": held.get("longest", 0),
        **{key: sent.get(key) for key in ("below", "referrals", "share", "position")},
        "supplies": returned.get("supplies", ""),
    }
