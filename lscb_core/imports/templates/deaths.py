"""The template of child deaths: the counts of the panel for a year, which have to add up."""

from collections.abc import Iterable

from lscb_core.imports.grids.deaths import SPLITS
from lscb_core.imports.templates.columns import NONE_IS_ZERO, choice, count
from lscb_core.imports.templates.lists import DEATH_LINES, always, death_rows, period
from lscb_core.imports.templates.model import Column, Entry, Finding, Form, Kind, Piece, Template, Values

_ADD_UP = {
    ("age", "expectedness"): "all/all",
    ("category", "modifiable"): "reviews/completed",
}


def _parts_add_up(group: list[Entry]) -> Iterable[Finding]:
    """Ages and expectedness make up all deaths; categories and factors make up the reviews completed."""
    counts = {values["line"]: values["count"] for _, values in group}
    rows = {values["line"]: number for number, values in group}
    for splits, whole in _ADD_UP.items():
        for split in splits:
            parts = sum(counts[f"{split}/{key}"] for key in SPLITS[split])
            if parts != counts[whole]:
                first = rows[f"{split}/{SPLITS[split][0]}"]
                what = DEATH_LINES[whole].lower()
                problem = f"The lines of this part add up to {parts:,}, but “{what}” says {counts[whole]:,}."
                yield first, "count", problem, "Check both. Every death or review has one line in each part."
    if counts["reviews/in_time"] > counts["reviews/completed"]:
        problem = "More reviews were completed in time than were completed."
        yield rows["reviews/in_time"], "count", problem, "Check both counts."


def _death_row(values: Values) -> Values:
    dimension, key = values["line"].split("/")
    return {"dimension": dimension, "key": key, "count": values["count"]}


DEATHS = Template(
    key="deaths",
    title="Child deaths of a year",
    purpose="Counts of the child death overview panel for a year to 31 March. Never a case.",
    forms=(
        Form(
            key="deaths",
            title="Child deaths",
            what="Ages and expectedness split the deaths notified in the year; categories and modifiable "
            "factors split the reviews completed in it.",
            columns=(
                Column(
                    key="year",
                    heading="Year to",
                    kind=Kind.YEAR,
                    note="The 31 March that ends the year.",
                    given=True,
                    default=period,
                    example="31 March 2026",
                    width=18,
                ),
                choice(
                    "line",
                    "What is counted",
                    "One line for each count.",
                    always(DEATH_LINES),
                    given=True,
                    example="Age: 1 to 4 years",
                    width=58,
                ),
                count(
                    "count",
                    "Count",
                    "How many in the year; 0 where there was none.",
                    "deaths or reviews",
                    required=True,
                    empty=NONE_IS_ZERO,
                    example="2",
                ),
            ),
            unique=(("year", "line"),),
            whole=("year",),
            lines=("line",),
            together=_parts_add_up,
            piece=Piece("deaths", "all", "year", ("dimension", "key", "count"), _death_row),
            prefill=death_rows,
            for_agencies=False,
        ),
    ),
    steps=(
        "Send exact counts. Only the chair, the board manager and the panel see them; all others see "
        "protected ones.",
    ),
)
