"""Builders: one row for a test, saying only what the test is about."""

from datetime import date

from sqlmodel import Session, col, select

from lscb_core.db.tables import (
    Agency,
    Area,
    Board,
    Neighbour,
    Observation,
    Origin,
    ReferralCount,
    Seat,
    ThresholdDocument,
)
from lscb_core.domain.periods import month_start, year_start
from lscb_core.queries.view import View

TODAY = date(2026, 4, 1)


def area(session: Session, code: str, name: str = "", kind: str = "council") -> Area:
    """A place; 'ENG' is England."""
    return _added(session, Area(code=code, name=name or code, kind="england" if code == "ENG" else kind))


def board(session: Session, slug: str = "testville", *, as_at: date | None = None, **more) -> Board:
    """A board with an area of its own."""
    own = area(session, slug, slug.title())
    names = {"name": f"{slug.title()} Board", "short_name": slug.title()}
    return _added(session, Board(slug=slug, area_id=own.id, as_at=as_at, **{**names, **more}))


def agency(session: Session, board: Board, name: str) -> Agency:
    """An agency with its seat on the board."""
    found = _added(session, Agency(slug=name.lower().replace(" ", "-"), name=name))
    session.add(Seat(board_id=board.id, agency_id=found.id, name=name))
    session.flush()
    return found


def view(board: Board, as_at: date = TODAY, **more) -> View:
    """What somebody without exact child-death counts sees of the board on that day."""
    assert board.id is not None
    return View(board.id, board.slug, board.area_id, as_at, board.is_invented, **more)


def origin(session: Session, kind: str = "return") -> int:
    """Where rows came from; one of each kind."""
    known = session.exec(select(Origin.id).where(col(Origin.key) == kind)).first()
    return known or _added(session, Origin(key=kind, kind=kind, title=f"A {kind}")).id or 0


def referrals(session: Session, board: Board, count: int | None, on: date, **more) -> ReferralCount:
    """A count of one month (or `span="year"`), hidden where `count` is None."""
    begins = {"month": month_start, "year": year_start}[more.setdefault("span", "month")]
    if part := more.pop("agency", None):
        more |= {"split": "agency", "part": part.slug}
    row = {"period_start": begins(on), "period_end": on, "known_on": on, "origin_id": origin(session)}
    symbol = "c" if count is None else ""
    return _added(
        session, ReferralCount(area_id=board.area_id, count=count, symbol=symbol, **{**row, **more})
    )


def observation(session: Session, area_id: int, measure: str, value: float | None, on: date, **more):
    """A year's value of a measure, published on its last day."""
    row = {"period_start": year_start(on), "period_end": on, "known_on": on, "is_published": True}
    symbol = "c" if value is None else ""
    row |= {"symbol": symbol, "origin_id": origin(session, "statistic")}
    return _added(session, Observation(area_id=area_id, measure=measure, value=value, **{**row, **more}))


def neighbour(session: Session, area_id: int, neighbour_id: int, rank: int = 1) -> Neighbour:
    """A statistical neighbour of an area."""
    return _added(session, Neighbour(area_id=area_id, neighbour_id=neighbour_id, rank=rank))


def threshold_document(session: Session, board: Board, title: str, on: date | None, **more):
    """A version of the threshold document and the day it came into use."""
    row = {"status": "in use", **more}
    return _added(session, ThresholdDocument(board_id=board.id, title=title, rolled_out_on=on, **row))


def _added(session: Session, row):
    session.add(row)
    session.flush()
    return row
