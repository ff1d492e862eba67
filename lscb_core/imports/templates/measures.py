"""The template of local measures: a figure or its counts, and a signed commentary."""

from lscb_core.domain.indicators import INDICATORS, worked_out
from lscb_core.imports.templates.columns import agency, choice, count, day, text
from lscb_core.imports.templates.lists import SPANS, always, measure_rows, measures
from lscb_core.imports.templates.measure_rules import RULES
from lscb_core.imports.templates.model import Column, Form, Kind, Piece, Template, Values


def _row(values: Values) -> Values:
    """The figure worked out from its counts where only they are given, to one decimal place."""
    part, figure = values["numerator"], values["value"]
    if figure is None and part is not None:
        figure = worked_out(INDICATORS[values["measure"]].unit, part, values["denominator"])
    names = ("measure", "span", "numerator", "denominator")
    words = {key: values[key] or "" for key in ("commentary", "signed_by")}
    return {**{key: values[key] for key in names}, "value": figure, **words}


_SPAN_AND_DAY = (
    choice(
        "span",
        "Period",
        "How long the period is. A figure of one day has “Day”.",
        always(SPANS),
        given=True,
        example="Month",
        width=12,
    ),
    day("period_end", "Period ends on", "The last day of the period.", example="31/05/2026", width=16),
)
_FIGURES = (
    count(
        "numerator",
        "Count",
        "The part, or the count itself: who met it.",
        "as the measure says",
        example="31",
    ),
    count("denominator", "Out of", "The whole that it is a part of.", "as the measure says", example="40"),
    Column(
        key="value",
        heading="Figure",
        kind=Kind.NUMBER,
        note="Only where the counts are not known. Percentages from 0 to 100: 38.2 for 38.2%.",
        unit="as the measure says",
        required=False,
        example="77.5",
    ),
)
MEASURES = Template(
    key="measures",
    title="Measures with commentary",
    purpose="Brings the board's local measures, and what those who know the figures say about them.",
    forms=(
        Form(
            key="measures",
            title="Measures",
            what="One row for each measure and period. What is defined how stands on the page About.",
            columns=(
                agency(
                    "Whose figure it is. Empty: the whole area's.",
                    given=True,
                    required=False,
                    example="Health",
                ),
                choice(
                    "measure",
                    "Measure",
                    "A local measure of the board, by its title.",
                    measures,
                    given=True,
                    unknown="Choose a measure from the list.",
                    example=INDICATORS["assessments_45_days"].title,
                    width=48,
                ),
                *_SPAN_AND_DAY,
                *_FIGURES,
                text(
                    "commentary",
                    "Commentary",
                    "What explains the figure, and what is done about it.",
                    width=60,
                ),
                text(
                    "signed_by",
                    "Signed by",
                    "Whose view it is: a role, never a name.",
                    longest=100,
                    example="Designated nurse",
                    width=24,
                ),
            ),
            unique=(("agency", "measure", "span", "period_end"),),
            rules=RULES,
            piece=Piece(
                "measures",
                "agency",
                "period_end",
                ("measure", "span", "numerator", "denominator", "value", "commentary", "signed_by"),
                _row,
            ),
            prefill=measure_rows,
        ),
    ),
    steps=("Fill in the measures that are yours and leave the others empty.",),
)
