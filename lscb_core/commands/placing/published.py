"""Published statistics take their place: a figure that differs is a new revision, none is overwritten.

An area's figures are the same for all boards, so what other boards' files say of it counts as well: of each
figure the newest file that stands and has it. Figures that the product came with stay beneath for good.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.commands.placing.model import Change, Place, Sent
from lscb_core.commands.placing.published_rows import (
    Figure,
    Held,
    Series,
    Told,
    add,
    held,
    sent_by_others,
    take_back,
)
from lscb_core.commands.placing.published_words import change
from lscb_core.db.tables import Area
from lscb_core.errors import BadInput
from lscb_core.imports.dfe.model import Table
from lscb_core.imports.dfe.tables import TABLES


def place_published(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """Make the observations hold what stands of these scopes, "dfe/<table>/<area>". Does not commit.

    A figure that was never held counts from the end of its year, a correction from today. What only files
    brought, and no file that stands says any more, is taken back from today. Raises BadInput for an area or
    a table that is not known.
    """
    names, wanted, rows = _names(place, sent), _wanted(place, sent), held(place, _measures(sent))
    gone: list[Held] = []
    new: dict[Series, Told] = {}
    changes = []
    for series in sorted({*wanted, *rows}):
        told, standing = wanted.get(series), [row for row in rows.get(series, ()) if row.stands]
        stays = _stays(standing, told, is_undo=place.is_undo)
        gone += [row for row in standing if row not in stays]
        if told and (not stays or stays[-1].figure != told.figure):
            new[series] = told
        was, now = _shown(standing), told.figure if told else _shown(stays)
        if was != now:
            changes.append(change(series, names[series.area], was, now))
    take_back(place, gone)
    add(place, new, rows)
    return changes


def _table_and_area(one: Sent) -> tuple[Table, str]:
    _, key, area = one.key.split("/", 2)
    if key not in TABLES:
        raise BadInput(f"Nothing was saved: there is no table “{key}”.", advice="Take the file in again.")
    return TABLES[key], area


def _names(place: Place, sent: Sequence[Sent]) -> dict[str, str]:
    """Code -> name of each area of these scopes."""
    codes = {_table_and_area(one)[1] for one in sent}
    asked = sa.select(col(Area.code), col(Area.name)).where(col(Area.code).in_(codes))
    found = {row.code: row.name for row in place.session.connection().execute(asked)}
    if unknown := codes - found.keys():
        raise BadInput(
            f"Nothing was saved: no figures are held of the area “{min(unknown)}”.",
            advice="Take the file in again.",
        )
    return found


def _measures(sent: Sequence[Sent]) -> dict[str, set[str]]:
    """Area -> the measures of its tables."""
    found: dict[str, set[str]] = {}
    for one in sent:
        table, area = _table_and_area(one)
        found.setdefault(area, set()).update(figure.measure for figure in table.figures)
    return found


def _wanted(place: Place, sent: Sequence[Sent]) -> dict[Series, Told]:
    """What the newest file that stands says of each figure, whichever board's it is."""
    standing = [*sent_by_others(place, [one.key for one in sent]), *sent]
    told: dict[Series, Told] = {}
    for one in sorted(standing, key=lambda one: one.import_id or 0):
        table, area = _table_and_area(one)
        for row in one.rows or ():
            series = Series(area, row["measure"], date.fromisoformat(row["period_end"]))
            figure: Figure = (row["numerator"], row["denominator"], row["value"], row["symbol"])
            told[series] = Told(figure, one.origin_id or place.origin_id, f"Table {table.name}")
    return told


def _stays(standing: Sequence[Held], told: Told | None, *, is_undo: bool) -> Sequence[Held]:
    """Which of the standing revisions go on standing.

    Where a file is undone and what counts now stood before, what came after it goes. Where no file says
    anything, all that files brought goes. Else all stay, the new one above them.
    """
    if told is None:
        return [row for row in standing if not row.is_sent]
    if is_undo:
        for at in range(len(standing), 0, -1):
            if standing[at - 1].figure == told.figure:
                return standing[:at]
            if not standing[at - 1].is_sent:
                break
    return standing


def _shown(standing: Sequence[Held]) -> Figure | None:
    return standing[-1].figure if standing else None
