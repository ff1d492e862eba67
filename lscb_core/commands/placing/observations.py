"""Figures of a file become revisions of observations: the newest that stands is shown, none is overwritten.

A figure of another origin, from a document or a statistic, stays where it is, beneath: it is shown again once
no file brings one in its place.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlmodel import col, select

from lscb_core.commands.placing.model import Change, Place
from lscb_core.commands.placing.origins import name_of
from lscb_core.commands.placing.past import ever_shown, known_on
from lscb_core.db.tables import Observation
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.numbers import of
from lscb_core.domain.periods import between, months_back

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Series(NamedTuple):
    """What a figure is of: a measure of an agency (or the board's area) in a period."""

    measure: str
    agency_id: int | None
    span: str
    period_end: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with what it was worked out from; `symbol` says why there is none."""

    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    symbol: str = ""
    note: str = ""


def share(numerator: int, denominator: int) -> Figure:
    """A percentage, 0 to 100, with its counts; of nothing there is none."""
    if not denominator:
        return Figure(numerator, denominator, symbol="z")
    return Figure(numerator, denominator, round(100 * numerator / denominator, 1))


def period_start(span: str, end: date) -> date:
    """The first day of a month, quarter or year that ends so; of a single day the day itself."""
    return months_back(end + timedelta(days=1), MONTHS[span]) if span in MONTHS else end


def hold(
    place: Place, wanted: Mapping[Series, Figure], *, mine: Collection[int], within: Sequence[Any]
) -> list[Change]:
    """Make the observations that meet these conditions hold the wanted figures, and no others of `mine`."""
    held = _held(place, within)
    owned = [series for series, rows in held.items() if any(row.origin_id in mine for row in rows)]
    changes = []
    for series in dict.fromkeys([*wanted, *owned]):
        before = held.get(series, [])
        now = _settled(place, series, before, wanted.get(series), mine)
        changes += _changed(place, series, before[-1:], now[-1:])
    place.session.flush()
    return changes


def stands(place: Place, within: Sequence[Any], *, besides: Collection[int]) -> bool:
    """Whether any figure of another origin than these stands."""
    return any(row.origin_id not in besides for rows in _held(place, within).values() for row in rows)


def _held(place: Place, within: Sequence[Any]) -> dict[Series, list[Observation]]:
    """What stands, each series from the first revision to the last."""
    asked = select(Observation).where(
        Observation.area_id == place.board.area_id,
        Observation.label == "",
        col(Observation.withdrawn_on).is_(None),
        *within,
    )
    found: dict[Series, list[Observation]] = {}
    for row in place.session.exec(asked.order_by(col(Observation.revision), col(Observation.id))):
        found.setdefault(_series(row), []).append(row)
    return found


def _series(row: Observation) -> Series:
    return Series(row.measure, row.agency_id, row.span, row.period_end)


def _settled(
    place: Place, series: Series, held: list[Observation], figure: Figure | None, mine: Collection[int]
) -> list[Observation]:
    """What stands of a series afterwards. A file's figure that stands already need not be stored again."""
    own = [row for row in held if row.origin_id in mine]
    kept = next((row for row in reversed(own) if _is(row, figure, place.origin_id)), None)
    if figure is not None and kept is None:
        return [*held, _added(place, series, figure)]
    gone = [row for row in own if kept is None or row.revision > kept.revision]
    for row in gone:
        row.withdrawn_on = place.on
        place.session.add(row)
    return [row for row in held if row not in gone]


def _is(row: Observation, figure: Figure | None, origin_id: int) -> bool:
    told = Figure(row.numerator, row.denominator, row.value, row.symbol, row.note)
    return told == figure and row.origin_id == origin_id


def _added(place: Place, series: Series, figure: Figure) -> Observation:
    end, start = series.period_end, period_start(series.span, series.period_end)
    last, was_shown = _last(place, series)
    row = Observation(
        area_id=place.board.area_id,
        **series._asdict(),
        period_start=start,
        **{name: getattr(figure, name) for name in Figure.__slots__},
        known_on=known_on(end, on=place.on, was_shown=was_shown),
        revision=last + 1,
        source=f"Return, {between(start, end)}",
        origin_id=place.origin_id,
    )
    place.session.add(row)
    return row


def _last(place: Place, series: Series) -> tuple[int, bool]:
    """The highest number given so far to a revision, whether it stands or not; whether one was ever shown."""
    given = select(Observation.revision, ever_shown(Observation)).where(
        Observation.area_id == place.board.area_id,
        Observation.label == "",
        *(getattr(Observation, name) == value for name, value in series._asdict().items()),
    )
    rows = place.session.exec(given).all()
    return max((revision for revision, _ in rows), default=0), any(shown for _, shown in rows)


def _changed(
    place: Place, series: Series, before: Iterable[Observation], now: Iterable[Observation]
) -> list[Change]:
    was, is_now = (next((_said(row) for row in rows), "") for rows in (before, now))
    if was == is_now:
        return []
    about = INDICATORS.get(series.measure)
    when = between(period_start(series.span, series.period_end), series.period_end)
    title = about.title if about else series.measure
    return [Change(f"{title}, {name_of(place, series.agency_id)}, {when}", was, is_now)]


def _said(row: Observation) -> str:
    """24.2% (29 of 120); 12.5 days; 7; or the symbol."""
    if row.value is None:
        return row.symbol
    about = INDICATORS.get(row.measure)
    sign = {"percent": "%", "days": " days"}.get(about.unit if about else "", "")
    parts = (
        f" ({of(row.numerator, row.denominator)})" if row.numerator is not None and row.denominator else ""
    )
    return f"{row.value:,.10g}{sign}{parts}"
