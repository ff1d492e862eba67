"""The threshold return: referrals by month, agency, level and outcome, and the other steps of a month."""

from lscb_core.domain.vocab import Outcome
from lscb_core.imports.templates.columns import NONE_IS_ZERO, agency, choice, count, month
from lscb_core.imports.templates.lists import STEPS, levels, members, referrers, step_rows, threshold_rows
from lscb_core.imports.templates.model import Form, Piece, Template

REFERRALS = Form(
    key="thresholds",
    title="Referrals",
    what="Each referral is counted once: in the month it came, by its level and by what became of it.",
    columns=(
        month("The month that is counted."),
        agency(
            "Who referred. “Everybody else” are families, the public, and sources that are not known.",
            heading="Referring agency",
            given=True,
            options=referrers,
        ),
        choice(
            "level",
            "Level",
            "The level of need by the board's threshold document, as it was judged in the end.",
            levels,
            given=True,
            example="3 Complex or targeted",
            width=24,
        ),
        choice(
            "outcome",
            "Outcome",
            "What became of the referral.",
            members(Outcome),
            given=True,
            example=Outcome.ASSESSMENT.label,
            width=40,
        ),
        count(
            "count",
            "Referrals",
            "How many. 0 where there was none; empty for a whole month means that it is not sent.",
            "referrals",
            required=True,
            empty=f"{NONE_IS_ZERO} Or leave the whole month empty: then it counts as not sent.",
            example="12",
        ),
    ),
    unique=(("month", "agency", "level", "outcome"),),
    whole=("agency", "month"),
    lines=("level", "outcome"),
    piece=Piece("thresholds", "agency", "month", ("level", "outcome", "count")),
    prefill=threshold_rows,
)

_STEP_COUNTS = Form(
    key="steps",
    title="Steps",
    what="What else happened in the month, in the whole area, whoever referred the child.",
    columns=(
        month("The month that is counted."),
        choice(
            "step",
            "Step",
            "A step on the way from a first contact to a protection plan.",
            members(STEPS),
            given=True,
            example="Section 47 enquiries",
            width=28,
        ),
        count(
            "count",
            "Count",
            "How many began in the month. Empty means that it is not sent.",
            "children",
            required=True,
            empty=NONE_IS_ZERO,
            example="31",
        ),
    ),
    unique=(("month", "step"),),
    piece=Piece("steps", "all", "month", ("step", "count")),
    prefill=step_rows,
    for_agencies=False,
)

THRESHOLDS = Template(
    key="thresholds",
    title="Threshold return",
    purpose="Shows how each agency uses the thresholds: what it refers, at which level, with what outcome.",
    forms=(REFERRALS, _STEP_COUNTS),
    steps=(
        "Fill in every row of a month, or none of it. 0 is a figure; an empty cell is not.",
        "Send exact counts. The dashboard hides small ones before anybody sees them.",
    ),
)
