"""Measures with commentary take their place: each figure a new revision, each explanation with its sender.

A figure that another file, a document or a statistic gave for the same period stays beneath and stands again
when this one is undone. Explanations of other origins are left alone: each is a dated statement of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from lscb_core.commands.placing.model import Change, Place, Sent, differences
from lscb_core.commands.placing.observations import Figure, Series, hold
from lscb_core.commands.placing.origins import agency_of, day_of, day_sent, name_of, number_of, origins_of
from lscb_core.db.tables import Commentary, Observation
from lscb_core.domain.indicators import INDICATORS, worked_out
from lscb_core.domain.periods import day


def place_measures(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """Observations and commentary of an agency, or of the whole board, for the period of each scope.

    Raises BadInput for an agency without a seat. Does not commit.
    """
    return [change for one in sent for change in _scope(place, one)]


def _scope(place: Place, one: Sent) -> list[Change]:
    agency_id, end = agency_of(one), day_of(one)
    mine = origins_of(place, key=one.key)
    wanted = {Series(row["measure"], agency_id, row["span"], end): _figure(row) for row in one.rows or ()}
    told = {series: figure for series, figure in wanted.items() if figure}
    within = [Observation.agency_id == agency_id, Observation.period_end == end]
    changes = hold(place, told, mine=mine, within=within)
    return changes + _comments(place, one, agency_id, mine)


def _figure(row: Mapping[str, Any]) -> Figure | None:
    """The figure as sent; a share or an average that was left out is worked out from its two counts."""
    numerator, denominator, value = (row.get(name) for name in ("numerator", "denominator", "value"))
    if value is None and numerator is not None:
        value = worked_out(INDICATORS[row["measure"]].unit, numerator, denominator)
    if value is not None:
        return Figure(numerator, denominator, float(value))
    of_nothing = numerator is not None and denominator == 0
    return Figure(numerator, denominator, symbol="z") if of_nothing else None


def _comments(place: Place, one: Sent, agency_id: int | None, mine: set[int]) -> list[Change]:
    """The explanations of the scope, dated by the day on which their file came."""
    about = f"Return, period to {day(day_of(one))}"
    before = _held(place, about, agency_id, mine)
    now = {row["measure"]: row for row in one.rows or () if row.get("commentary")}
    for comment in before:
        place.session.delete(comment)
    written_on = day_sent(place)
    place.session.add_all(_comment(place, row, agency_id, about, written_on) for row in now.values())
    place.session.flush()
    return differences(
        {comment.measure: comment.text for comment in before},
        {measure: row["commentary"] for measure, row in now.items()},
        words=lambda measure: _words(place, measure, agency_id),
    )


def _held(place: Place, about: str, agency_id: int | None, mine: set[int]) -> list[Commentary]:
    asked = select(Commentary).where(
        Commentary.board_id == place.board.id,
        Commentary.agency_id == agency_id,
        Commentary.source == about,
        col(Commentary.origin_id).in_(mine),
    )
    return list(place.session.exec(asked))


def _comment(
    place: Place, row: Mapping[str, Any], agency_id: int | None, about: str, written_on: date
) -> Commentary:
    return Commentary(
        board_id=number_of(place.board),
        measure=row["measure"],
        agency_id=agency_id,
        text=row["commentary"],
        signed_by=row.get("signed_by") or place.who.label,
        written_on=written_on,
        source=about,
        origin_id=place.origin_id,
    )


def _words(place: Place, measure: str, agency_id: int | None) -> str:
    about = INDICATORS.get(measure)
    return f"Explanation, {about.title if about else measure}, {name_of(place, agency_id)}"
