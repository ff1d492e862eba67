"""Thresholds: the document and its levels, and counts of referrals on a grid."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Table


class ThresholdLevel(Table, table=True):
    """A board's own name for one of the four levels of need."""

    __table_args__ = (sa.CheckConstraint("level BETWEEN 1 AND 4", "level"),)

    board_id: int = Field(foreign_key="board.id", primary_key=True)
    level: int = Field(primary_key=True)
    label: str
    valid_from: date | None = None


class ThresholdDocument(Table, table=True):
    """A version of the threshold document, or a milestone beside it; a line on the charts."""

    __table_args__ = (sa.CheckConstraint("kind IN ('document','milestone')", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    kind: str = "document"
    title: str
    rolled_out_on: date | None = None
    precision: str = "day"  # day, month, year or planned: how exactly the date is known
    status: str = ""
    note: str = ""
    source: str = ""


class ReferralCount(Table, table=True):
    """A protected count on the declared grid. `count` is empty where `symbol` says why.

    One row: an area, a period (`month`, or `year` to 31 March), a step on the way from contact to plan,
    and at most one split: `split`/`part` ('all'/'all', 'agency'/slug, 'source'/code, 'group'/key,
    'category'/of abuse, 'length'/of open plans, 'days'/from enquiry to conference), with `level` ('all',
    '1'…'4', 'below') and `outcome` ('all' or a code).
    """

    __table_args__ = (
        sa.UniqueConstraint(
            "area_id", "step", "span", "period_end", "split", "part", "level", "outcome", "revision"
        ),
        sa.CheckConstraint("span IN ('month','year')", "span"),
        sa.CheckConstraint("split IN ('all','agency','source','group','category','length','days')", "split"),
        sa.CheckConstraint("count IS NULL OR count >= 0", "count"),
        sa.CheckConstraint("count IS NOT NULL OR symbol <> ''", "symbol_says_why"),
        sa.Index("ix_referralcount_view", "area_id", "span", "split", "step", "period_end"),
    )

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    step: str = Field(default="referral", max_length=20)
    span: str = Field(max_length=10)
    period_start: date
    period_end: date
    split: str = Field(default="all", max_length=10)
    part: str = Field(default="all", max_length=60)
    level: str = Field(default="all", max_length=10)
    outcome: str = Field(default="all", max_length=20)
    count: int | None = None
    symbol: str = Field(default="", max_length=4)
    is_published: bool = False
    known_on: date
    revision: int = 1
    withdrawn_on: date | None = None  # the day on which the return that brought it was undone
    origin_id: int = Field(foreign_key="origin.id")


class ReferralExact(Table, table=True):
    """What was sent before protection. Read only to protect the grid anew; no page asks for it."""

    referral_count_id: int = Field(foreign_key="referralcount.id", primary_key=True)
    count: int = Field(ge=0)
