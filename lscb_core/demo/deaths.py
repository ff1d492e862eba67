"""Child deaths: invented yearly counts on the declared grid, and what the panel learned."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from lscb_core.db.tables import PanelLesson
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import Row, sheet
from lscb_core.imports.grids.deaths import Cell, death_grid
from lscb_core.imports.grids.protecting import protect_deaths

BEFORE_ACTION = timedelta(days=40)
Known = Mapping[str, list[tuple[int, date]]]
"""Title of an action -> the actions of that title and the days on which they were raised."""


def add_deaths(stage: Stage) -> None:
    """Seven years of counts, with the five-year totals of the last three, protected and stored."""
    yearly = dict(count for row in sheet("deaths") for count in _year(stage, row))
    protect_deaths(stage.session, area_id=stage.area_id, origin_id=stage.origin_id, grid=death_grid(yearly))


def _year(stage: Stage, row: Row) -> Iterator[tuple[Cell, int]]:
    end = stage.clock.year_before(int(row["years_back"]))
    yield Cell(end), int(row["all"])
    for column, count in row.items():
        dimension, _, key = column.partition("_")
        if key and column != "years_back":
            yield Cell(end, dimension, key), int(count)


def add_lessons(stage: Stage, actions: Known) -> None:
    """What the panel learned, shortly before the action that followed; two lessons have none."""
    stage.add(PanelLesson, (_lesson(stage, row, actions) for row in sheet("lessons")))


def _lesson(stage: Stage, row: Row, actions: Known) -> dict[str, Any]:
    action, raised_on = actions[row["action"]][-1] if row["action"] else (None, None)
    return {
        "board_id": stage.board_id,
        "theme": row["theme"],
        "lesson": row["lesson"],
        "learned_on": raised_on - BEFORE_ACTION if raised_on else stage.clock.day(int(row["learned_ago"])),
        "action_id": action,
        "source": SOURCE,
    }
