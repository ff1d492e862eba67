"""Training takes its place: the courses of an agency in a month, and the booked places that nobody took up.

The table has no revisions. A row of another origin for the same course, agency and month gives way, and
stands again when the return is undone. The share of no-shows is held for each agency; the board's own is
worked out from the returns that stand, as long as nobody else has given one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import select

from lscb_core.commands.placing.aside import stand_in
from lscb_core.commands.placing.model import Change, Place, Sent, differences
from lscb_core.commands.placing.observations import Figure, Series, hold, share, stands
from lscb_core.commands.placing.origins import (
    day_of,
    name_of,
    number_of,
    one_agency_of,
    origins_of,
    whose,
)
from lscb_core.commands.placing.standing import standing
from lscb_core.db.tables import Observation, Training
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import month_label
from lscb_core.errors import BadInput

NO_SHOWS = "training_no_shows"
STARTS = "template/training/"
COUNTS = ("places", "booked", "attended")


def place_training(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """The courses of each scope, with the measure that follows from them.

    Raises BadInput for an agency without a seat, or a course that stands twice. Does not commit.
    """
    changes = [change for one in sent for change in _scope(place, one)]
    for end in dict.fromkeys(day_of(one) for one in sent):
        changes += _whole_board(place, end)
    return changes


def _scope(place: Place, one: Sent) -> list[Change]:
    agency_id = one_agency_of(one)
    end, start = day_of(one), f"Training, {whose(one)}, {day_of(one)}, "
    mine = origins_of(place, key=one.key)
    held = _held(place, agency_id, end)
    before = _said(held)
    stand_in(
        place,
        Training,
        held,
        _wanted(place, one, agency_id, start),
        mine=mine,
        name=lambda row: f"{start}{row.title}",
        starts=start,
    )
    now = _said(_held(place, agency_id, end))
    about = f"{name_of(place, agency_id)}, {month_label(end)}"
    listed = differences(before, now, words=lambda title: f"Training, {title}, {about}")
    return listed + _measure(place, agency_id, end, no_shows(one.rows or ()), mine)


def _held(place: Place, agency_id: int, end: date) -> list[Training]:
    asked = select(Training).where(
        Training.board_id == place.board.id, Training.agency_id == agency_id, Training.period_end == end
    )
    return list(place.session.exec(asked))


def _wanted(place: Place, one: Sent, agency_id: int, start: str) -> dict[str, Training]:
    wanted: dict[str, Training] = {}
    for row in one.rows or ():
        name = f"{start}{row['title']}"
        if name in wanted:
            raise BadInput(
                f"Nothing was saved: “{row['title']}” stands twice.", advice="Add the two rows up."
            )
        wanted[name] = Training(
            board_id=number_of(place.board),
            title=row["title"],
            period=month_label(day_of(one)),
            period_end=day_of(one),
            agency_id=agency_id,
            **{count: row.get(count) for count in COUNTS},
            note=row.get("note") or "",
            source=f"Return, {month_label(day_of(one))}",
            origin_id=place.origin_id,
        )
    return wanted


def no_shows(rows: Iterable[Mapping[str, Any]]) -> Figure | None:
    """Booked places that nobody took up, of all booked; None where no course tells both numbers."""
    told = [row for row in rows if row.get("booked") and row.get("attended") is not None]
    if not told:
        return None
    missed = sum(max(row["booked"] - row["attended"], 0) for row in told)
    return share(missed, sum(row["booked"] for row in told))


def _measure(
    place: Place, agency_id: int | None, end: date, figure: Figure | None, mine: set[int]
) -> list[Change]:
    series = Series(NO_SHOWS, agency_id, "month", end)
    return hold(place, {series: figure} if figure else {}, mine=mine, within=_within(agency_id, end))


def _within(agency_id: int | None, end: date) -> list[Any]:
    return [
        Observation.measure == NO_SHOWS,
        Observation.agency_id == agency_id,
        Observation.span == "month",
        Observation.period_end == end,
    ]


def _whole_board(place: Place, end: date) -> list[Change]:
    """All agencies together, as far as they have sent; nothing where another origin gives the figure."""
    mine = origins_of(place, starts=STARTS)
    sent = standing(
        place.session, board_id=number_of(place.board), between=(end, end), starts=(STARTS,)
    ).values()
    told = [one for one in sent if no_shows(one.rows or ())]
    figure = no_shows([row for one in told for row in one.rows or ()])
    if figure is None or stands(place, _within(None, end), besides=mine):
        return _measure(place, None, end, None, mine)
    note = f"From the returns of {plural(len(told), 'agency', 'agencies')}."
    whole = Figure(figure.numerator, figure.denominator, figure.value, note=note)
    return _measure(place, None, end, whole, mine)


def _said(rows: Iterable[Training]) -> dict[str, str]:
    return {
        row.title: ", ".join(
            f"{getattr(row, count)} {count}" for count in COUNTS if getattr(row, count) is not None
        )
        for row in rows
    }
