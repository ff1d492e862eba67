"""Builders of counts and figures: referrals on their grid, published statistics, the threshold document."""

from datetime import date

from sqlmodel import Session

from lscb_core.db.tables import (
    Agency,
    Area,
    Board,
    Neighbour,
    Observation,
    ReferralCount,
    ThresholdDocument,
)
from lscb_core.domain.periods import month_end, month_start, year_start
from tests import make


def referrals(session: Session, on: Board, count: int | None, end: date, **fields) -> ReferralCount:
    """One cell of the grid: all referrals of a month (or `span="year"`); hidden where `count` is None."""
    span = fields.pop("span", "month")
    agency: Agency | None = fields.pop("agency", None)
    plain = {
        "period_start": month_start(end) if span == "month" else year_start(end),
        "period_end": end,
        "known_on": end,
        "symbol": "c" if count is None else "",
        "origin_id": make.origin(session).id,
        **({"split": "agency", "part": agency.slug} if agency else {}),
    }
    return make.added(session, ReferralCount(area_id=on.area_id, span=span, count=count, **(plain | fields)))


def share(session: Session, on: Board, below: int | None, sent: int | None, end: date, **fields) -> None:
    """Both cells of a share: those below the threshold, and all."""
    referrals(session, on, sent, end, **fields)
    referrals(session, on, below, end, level="below", **fields)


def twelve_months(session: Session, on: Board, counts: list[int | None], year: date, **fields) -> None:
    """A cell for each month of the year to 31 March that ends on `year`."""
    first = year_start(year)
    for at, count in enumerate(counts):
        month = date(first.year + (first.month + at - 1) // 12, (first.month + at - 1) % 12 + 1, 1)
        referrals(session, on, count, month_end(month), **fields)


def area(session: Session, code: str, name: str) -> Area:
    """A council; 'ENG' is England."""
    return make.added(session, Area(code=code, name=name, kind="england" if code == "ENG" else "council"))


def neighbour(session: Session, on: Board, name: str, rank: int) -> Area:
    """A statistical neighbour of the board's council."""
    there = area(session, f"area-{name.lower()}", name)
    make.added(session, Neighbour(area_id=on.area_id, neighbour_id=there.id, rank=rank))
    return there


def figure(
    session: Session, area_id: int, measure: str, value: float | None, year: int, **fields
) -> Observation:
    """A published figure of the year to 31 March, known on its last day; symbol c where `value` is None."""
    end = date(year, 3, 31)
    plain = {
        "period_start": year_start(end),
        "period_end": end,
        "known_on": end,
        "is_published": True,
        "symbol": "c" if value is None else "",
        "origin_id": make.origin(session).id,
    }
    return make.added(session, Observation(area_id=area_id, measure=measure, value=value, **(plain | fields)))


def document(session: Session, on: Board, title: str, since: date | None, **fields) -> ThresholdDocument:
    """A version of the threshold document and the day from which it was in use."""
    plain = {"status": "in use", "source": "Test 1"}
    return make.added(
        session, ThresholdDocument(board_id=on.id, title=title, rolled_out_on=since, **(plain | fields))
    )
