"""The template of section 11: how each agency scores itself on the standards, and after challenge."""

from typing import Any

from lscb_core.imports.templates.columns import agency, choice, day, text
from lscb_core.imports.templates.lists import scores, standard_rows, standards
from lscb_core.imports.templates.model import Column, Form, Piece, Rule, Template, Values


def _has_a_score(frame: Any) -> Any:
    return frame["own"].notna() | frame["challenged"].notna()


def _score(key: str, heading: str, note: str) -> Column:
    return choice(
        key,
        heading,
        note,
        scores,
        unit="0 to 3",
        required=False,
        unknown="Choose 0 not met, 1 partly met, 2 mostly met or 3 fully met.",
        example="2 Mostly met",
        width=18,
    )


def _row(values: Values) -> Values:
    number = {key: None if values[key] is None else int(values[key]) for key in ("own", "challenged")}
    words = {key: values[key] or "" for key in ("evidence", "note")}
    return {"standard": values["standard"], **number, **words}


SECTION_11 = Template(
    key="section11",
    title="Section 11 self-check",
    purpose="Says how well an agency meets its duties under section 11 of the Children Act 2004.",
    forms=(
        Form(
            key="section11",
            title="Section 11",
            what="One row for each standard. A standard left empty counts as not answered.",
            columns=(
                agency("Whose self-check it is.", given=True),
                day(
                    "returned_on",
                    "Returned on",
                    "The day on which the self-check was returned.",
                    example="31/05/2026",
                ),
                choice(
                    "standard",
                    "Standard",
                    "The eight standards of section 11.",
                    standards,
                    given=True,
                    unknown="Choose one of the eight standards of the list.",
                    example="5 Training",
                    width=52,
                ),
                _score("own", "Own score", "How the agency scores itself."),
                _score("challenged", "Score after challenge", "The score after other agencies asked."),
                text("evidence", "Evidence", "Which document shows it."),
                text("note", "Note", "What will be done where it is not met."),
            ),
            unique=(("agency", "returned_on", "standard"),),
            rules=(
                Rule(
                    "own",
                    ("own", "challenged"),
                    _has_a_score,
                    "Something is said about this standard, but it has no score.",
                    "Choose a score.",
                ),
            ),
            piece=Piece(
                "section11",
                "agency",
                "returned_on",
                ("standard", "own", "challenged", "evidence", "note"),
                _row,
            ),
            prefill=standard_rows,
        ),
    ),
)
