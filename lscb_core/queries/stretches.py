"""What the newest figures of referrals are of: a whole year, or the months there are; how they were counted.

Agencies' own returns know agencies, levels and every outcome. A file on single children (the census, Annex A)
knows published groups of sources, and of what lies below the threshold only no further action.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import ReferralCount
from lscb_core.domain.codes import SOURCE_GROUP_LABELS
from lscb_core.domain.periods import month_end, month_start, months_back, year_start
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.referral_rows import MONTHS, NOTHING, Count, Row
from lscb_core.queries.view import View

MOST_MONTHS = 36
"""As many months as a line on half a page still shows one by one."""
ANY_GROUP = next(iter(SOURCE_GROUP_LABELS))
"""The cells of one group are there wherever those of all groups are."""


class Stretch(NamedTuple):
    """A year to 31 March with cells of its own, or up to twelve months in a row; `months` are their ends."""

    months: tuple[date, ...]
    is_year: bool

    @property
    def first(self) -> date:
        """The first day."""
        return year_start(self.months[-1]) if self.is_year else month_start(self.months[0])

    @property
    def last(self) -> date:
        """The last day."""
        return self.months[-1]


class Counted(NamedTuple):
    """How the newest figures were counted.

    `by` is agency or group: whose referrals can be told apart; `is_nfa_only` says that below the threshold
    are only referrals with no further action; `otherwise` counts the earlier months that were counted in
    the other way.
    """

    stretch: Stretch | None
    by: str
    is_nfa_only: bool
    otherwise: int


def last_stretch(session: Session, view: View) -> Stretch | None:
    """The last year to 31 March that is whole; where there is none, the last months in a row."""
    year = cells.latest_year(session, view)
    if year is not None:
        return Stretch((year,), is_year=True)
    whole = [cells.of_part("all"), cells.of_level("all"), cells.spanning("month")]
    held = {row["period_end"] for row in cells.known(session, view, cells.referrals(), *whole)}
    return Stretch(_run(held), is_year=False) if held else None


def _run(held: Collection[date]) -> tuple[date, ...]:
    """The last of these months and those before it without a gap, a year of them at most."""
    run = [max(held)]
    while len(run) < MONTHS and (before := month_end(months_back(run[0], 1))) in held:
        run.insert(0, before)
    return tuple(run)


def how_counted(session: Session, *, view: View) -> Counted:
    """Whose referrals the newest figures tell apart, and what they call below the threshold."""
    stretch = last_stretch(session, view)
    if stretch is None:
        return Counted(None, "agency", is_nfa_only=False, otherwise=0)
    from_children = _splits(session, view, stretch)
    by = "group" if "group" in from_children and "agency" not in from_children else "agency"
    left_out = otherwise_counted(session, view)
    return Counted(stretch, by, is_nfa_only="group" in from_children, otherwise=len(left_out))


def _splits(session: Session, view: View, stretch: Stretch) -> set[str]:
    """Of agency and group those by which the stretch can be shown; agencies for whole years alone."""
    split = col(ReferralCount.split).in_(["agency", "group"] if stretch.is_year else ["group"])
    rows = cells.known(session, view, cells.referrals(), cells.of_level("all"), within(stretch), split)
    return {row["split"] for row in rows}


def otherwise_counted(session: Session, view: View) -> set[date]:
    """Of the last months those that cannot stand beside the newest: another kind of file counted them."""
    recent = col(ReferralCount.period_end) > months_back(view.as_at, MOST_MONTHS)
    which = [cells.referrals(), cells.of_level("all"), cells.spanning("month"), recent]
    parts = sa.or_(cells.of_part("all"), cells.of_part("group", ANY_GROUP))
    held: dict[date, set[str]] = {}
    for row in cells.known(session, view, parts, *which):
        held.setdefault(row["period_end"], set()).add(row["split"])
    newest = max(held, default=None)
    return {end for end in held if newest and ("group" in held[end]) != ("group" in held[newest])}


def within(stretch: Stretch) -> Any:
    """The cells that tell of the stretch: of the year itself, or of its months."""
    return sa.and_(
        cells.spanning("year" if stretch.is_year else "month"),
        col(ReferralCount.period_end).in_(stretch.months),
    )


def totals(rows: Collection[Row], stretch: Stretch, *key: str) -> dict[tuple[Any, ...], Count]:
    """Totals of the stretch under what `key` names; hidden where one of its months is."""
    listed: dict[tuple[Any, ...], dict[date, Count]] = {}
    for row in rows:
        listed.setdefault(tuple(row[name] for name in key), {})[row["period_end"]] = cells.count(row)
    return {name: _total(told, stretch) for name, told in listed.items()}


def _total(told: Mapping[date, Count], stretch: Stretch) -> Count:
    return cells.added(told.values()) if set(told) == set(stretch.months) else NOTHING
