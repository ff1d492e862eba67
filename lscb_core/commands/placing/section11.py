"""Section 11 scores take their place: an agency's return of one day, standard by standard.

The table has no revisions. A score of another origin for the same standard and day gives way, and stands
again when the return is undone. So does a note that the agency's return of the last year had not come.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from lscb_core.commands.placing.aside import bring_back, give_way, stand_in
from lscb_core.commands.placing.model import Change, Place, Sent, differences
from lscb_core.commands.placing.origins import (
    day_of,
    name_of,
    number_of,
    one_agency_of,
    origins_of,
    whose,
)
from lscb_core.db.tables import Section11Score
from lscb_core.domain.codes import SECTION_11_STANDARDS
from lscb_core.domain.periods import day, months_back

NOT_RETURNED, RETURNED = "not returned", "returned"


def place_section11(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """The scores of each return. Raises BadInput for an agency without a seat. Does not commit."""
    return [change for one in sent for change in _scope(place, one)]


def _scope(place: Place, one: Sent) -> list[Change]:
    agency_id = one_agency_of(one)
    returned_on, start = day_of(one), f"Section 11, {whose(one)}, {day_of(one)}, "
    held = _held(place, agency_id, returned_on)
    before = _scores(held)
    stand_in(
        place,
        Section11Score,
        held,
        {f"{start}{row['standard']}": _row(place, row, agency_id, returned_on) for row in one.rows or ()},
        mine=origins_of(place, key=one.key),
        name=lambda row: f"{start}{row.standard}",
        starts=start,
    )
    _silence(place, agency_id, whose(one))
    now = _scores(_held(place, agency_id, returned_on))
    about = f"Section 11, {name_of(place, agency_id)}, {day(returned_on)}"
    return differences(before, now, words=lambda what: f"{about}, {what}", order=str)


def _held(place: Place, agency_id: int, returned_on: date | None) -> list[Section11Score]:
    asked = select(Section11Score).where(
        Section11Score.board_id == place.board.id,
        Section11Score.agency_id == agency_id,
        Section11Score.returned_on == returned_on,
    )
    return list(place.session.exec(asked))


def _row(place: Place, row: Mapping[str, Any], agency_id: int, returned_on: date) -> Section11Score:
    return Section11Score(
        board_id=number_of(place.board),
        agency_id=agency_id,
        standard=str(row["standard"]),
        returned_on=returned_on,
        status=RETURNED,
        own=row.get("own"),
        challenged=row.get("challenged"),
        evidence=row.get("evidence") or "",
        note=row.get("note") or "",
        source=f"Return of {day(returned_on)}",
        origin_id=place.origin_id,
    )


def _silence(place: Place, agency_id: int, slug: str) -> None:
    """A note that nothing came holds as long as no return of the last year came in a file."""
    name = f"Section 11, {slug}: nothing came"
    returns = select(Section11Score.id).where(
        Section11Score.board_id == place.board.id,
        Section11Score.agency_id == agency_id,
        col(Section11Score.returned_on) > months_back(place.on, 12),
        col(Section11Score.origin_id).in_(origins_of(place, starts=f"template/section11/{slug}/")),
    )
    if place.session.exec(returns).first() is None:
        bring_back(place, Section11Score, name)
    else:
        notes = [row for row in _held(place, agency_id, None) if row.status == NOT_RETURNED]
        give_way(place, notes, name=lambda _row: name)


def _scores(rows: Sequence[Section11Score]) -> dict[str, str]:
    """Standard 3 (A line of accountability): own score -> 2."""
    return {
        f"{_standard(row.standard)}: {words}": str(score)
        for row in rows
        for words, score in (("own score", row.own), ("after challenge", row.challenged))
        if score is not None
    }


def _standard(key: str) -> str:
    label = SECTION_11_STANDARDS.get(key)
    return f"standard {key} ({label})" if label else f"standard {key}"
