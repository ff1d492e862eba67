"""The template of audit results: what was asked, and the answer case by case, or counted."""

from lscb_core.domain.vocab import AuditKind
from lscb_core.imports.templates.audit_answers import ANSWERS, TOTALS, position
from lscb_core.imports.templates.audit_rows import audit_findings, audit_scopes, is_reference, only_one
from lscb_core.imports.templates.columns import choice, month, text
from lscb_core.imports.templates.lists import members
from lscb_core.imports.templates.model import Extra, Form, Given, Template

LONGEST_TITLE = 200


def _reference(value: str, _given: Given) -> bool:
    return is_reference(value)


_AUDIT = Form(
    key="audit",
    title="Audit",
    what="What the audit was. One row, and one audit in each workbook.",
    columns=(
        text(
            "reference",
            "Reference",
            "A short word for this audit, if the board has one for it: small letters, figures and dashes.",
            longest=40,
            example="neglect-2026",
            width=20,
            extra=(
                Extra(
                    _reference,
                    "{said} is not a reference.",
                    "Use small letters, figures and dashes, such as neglect-2026; or leave it empty.",
                ),
            ),
        ),
        text(
            "title",
            "Title",
            "What it is called.",
            required=True,
            longest=LONGEST_TITLE,
            example="Neglect: are plans reviewed?",
        ),
        text(
            "theme", "Theme", "What it is about, in a word or two.", longest=100, example="Neglect", width=24
        ),
        choice(
            "kind",
            "Kind",
            "How it was made.",
            members(AuditKind),
            example=AuditKind.MULTI_AGENCY.label,
            width=24,
        ),
        month("The month in which the cases were read.", given=False),
        text("method", "Method", "How cases were chosen and read.", example="12 cases drawn by lot"),
    ),
    together=only_one,
    spare=1,
)


_QUESTIONS = Form(
    key="questions",
    title="Questions",
    what="Each question that was asked, numbered from 1.",
    columns=(
        position("1 for the first question."),
        text(
            "question",
            "Question",
            "In the words that every agency was given.",
            required=True,
            longest=500,
            example="Is the child's voice heard in the plan?",
            width=80,
        ),
    ),
    unique=(("position",), ("question",)),
)

AUDITS = Template(
    key="audits",
    title="Audit results",
    purpose="Brings what an audit asked, and how many cases met each question: for each agency and case.",
    forms=(_AUDIT, _QUESTIONS, ANSWERS, TOTALS),
    steps=(
        "Fill in “Audit” and “Questions” first. Then either “Answers”, case by case, or “Totals”.",
        "Send counts, never a percentage alone.",
    ),
    across=audit_findings,
    pieces=audit_scopes,
)
