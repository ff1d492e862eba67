"""The answers of an audit: case by case, or counted."""

from typing import Any

from lscb_core.imports.templates.columns import agency, count, yes_no
from lscb_core.imports.templates.model import Column, Form, Kind, Rule

MOST_QUESTIONS = 200
MOST_CASES = 999


def _met_where_it_applied(frame: Any) -> Any:
    return frame["applies"].eq(True) | frame["met"].isna() | frame["met"].eq(False)


def _answered_where_it_applied(frame: Any) -> Any:
    return ~frame["applies"].eq(True) | frame["met"].notna()


def _met_of_applicable(frame: Any) -> Any:
    return ~(frame["met"] > frame["applicable"])


def position(note: str) -> Column:
    """The number of a question."""
    return Column(
        key="position",
        heading="Question number",
        kind=Kind.WHOLE,
        note=note,
        low=1,
        high=MOST_QUESTIONS,
        example="1",
    )


ANSWERS = Form(
    key="answers",
    title="Answers",
    what="One row for each case, agency and question, where cases were read one by one.",
    columns=(
        Column(
            key="case",
            heading="Case",
            kind=Kind.WHOLE,
            note="A running number: 1 for the first case. Never a child's own number.",
            low=1,
            high=MOST_CASES,
            example="1",
        ),
        agency("Who read the case. Empty where all agencies read it together.", required=False),
        position("The number of the question."),
        yes_no("applies", "Applied", "Whether the question applied to this case."),
        yes_no(
            "met",
            "Met",
            "Whether the case met it. Only where the question applied.",
            required=False,
            example="No",
        ),
    ),
    unique=(("case", "agency", "position"),),
    spare=1000,
    rules=(
        Rule(
            "met",
            ("applies", "met"),
            _met_where_it_applied,
            "The question did not apply, so it cannot be met.",
            "Empty it, or write yes under “Applied”.",
        ),
        Rule(
            "met",
            ("applies", "met"),
            _answered_where_it_applied,
            "The question applied, but it is not said whether it was met.",
            "Write yes or no. Or write no under “Applied”.",
        ),
    ),
)

TOTALS = Form(
    key="totals",
    title="Totals",
    what="One row for each question and agency, where only counts are known. Nothing that is on “Answers”.",
    columns=(
        agency("Whose cases these are. Empty: those of all agencies together.", required=False),
        position("The number of the question."),
        count(
            "applicable",
            "Cases it applied to",
            "How many cases the question applied to.",
            "cases",
            required=True,
            example="18",
        ),
        count("met", "Cases that met it", "How many of those met it.", "cases", required=True, example="13"),
    ),
    unique=(("agency", "position"),),
    rules=(
        Rule(
            "met",
            ("met", "applicable"),
            _met_of_applicable,
            "{met} cases met it, but it applied to only {applicable}.",
            "Check both counts.",
        ),
    ),
)
