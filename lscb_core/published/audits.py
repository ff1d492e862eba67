"""Audits with their questions, findings and recommendations."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import (
    Audit,
    AuditPriority,
    AuditQuestion,
    AuditResult,
    Finding,
    Priority,
    Recommendation,
)
from lscb_core.domain.vocab import ActionSource, AuditKind, Grade
from lscb_core.published.fields import (
    board,
    code,
    day,
    decimal,
    joined,
    needed,
    of_board,
    origin,
    said_on,
    seated,
    text,
    whole,
)
from lscb_core.published.known import Known
from lscb_core.published.rows import Row, read
from lscb_core.published.sheets import Sheet, Tags, insert, load_all, load_tags

AUDITS = Sheet(
    "audits.csv",
    Audit,
    {
        "board_id": board,
        "key": needed("key"),
        "title": needed("title"),
        "theme": text("theme"),
        "kind": code("kind", AuditKind),
        "status": needed("status"),
        "trigger": text("trigger"),
        "dimension": whole("dimension"),
        "month": day("month"),
        "reported_on": day("reported_on"),
        "method": text("method"),
        "cases": whole("cases"),
        "grade": code("grade", Grade),
        "outcome": text("outcome"),
        "reaudit_due_on": day("reaudit_due_on"),
        "note": joined(period="Period: {}.", note="{}"),
        "source": needed("source"),
        "origin_id": origin,
    },
    keys=("board_id", "key"),
)

FINDINGS = Sheet(
    "findings.csv",
    Finding,
    {
        "board_id": board,
        "audit_id": of_board(Audit, "audit"),
        "source_kind": code("source_kind", ActionSource),
        "position": whole("order"),
        "text": needed("finding"),
        "theme": text("theme"),
        "found_on": said_on,
        "source": needed("source"),
    },
)

RECOMMENDATIONS = Sheet(
    "recommendations.csv",
    Recommendation,
    {
        "board_id": board,
        "key": needed("key"),
        "text": needed("text"),
        "source_kind": code("source_kind", ActionSource),
        "made_by": text("made_by"),
        "made_on": day("made_on"),
        "addressed_to": text("addressed_to"),
        "audit_id": of_board(Audit, "audit"),
        "source": needed("source"),
    },
    keys=("board_id", "key"),
)

PRIORITIES = Tags(
    "audits.csv",
    "priority_keys",
    AuditPriority,
    ("audit_id", of_board(Audit, "key")),
    ("priority_id", Priority),
)

QUESTION = {
    "audit_id": of_board(Audit, "audit"),
    "position": whole("order"),
    "text": needed("question"),
    "percent_reported": decimal("percent_reported"),
    "note": text("note"),
    "source": needed("source"),
}
RESULT = {"agency_id": seated, "met": whole("met"), "applicable": whole("applicable")}


def load(session: Session, folder: Path, known: Known) -> int:
    """Load the audits and all that hangs on them; returns the number of rows. Raises BadInput."""
    count = load_all(session, folder, known, (AUDITS, FINDINGS, RECOMMENDATIONS))
    _name_first_audits(session, folder, known)
    load_tags(session, folder, known, PRIORITIES)
    return count + _questions(session, folder, known)


def _name_first_audits(session: Session, folder: Path, known: Known) -> None:
    """Tie each re-audit to the audit that it repeats, now that both have numbers."""
    audit, first = of_board(Audit, "key"), of_board(Audit, "reaudit_of")
    for row in read(folder / AUDITS.file):
        if row.text("reaudit_of"):
            repeat = sa.update(Audit).where(col(Audit.id) == audit(row, known))
            session.connection().execute(repeat.values(reaudit_of_id=first(row, known)))


def _questions(session: Session, folder: Path, known: Known) -> int:
    """Questions, and the counts of those that have any; a question asked of two agencies is one."""
    rows = list(read(folder / "audit_questions.csv"))
    questions: dict[tuple[int, int], dict[str, Any]] = {}
    for row in rows:
        question = {column: value(row, known) for column, value in QUESTION.items()}
        questions.setdefault((question["audit_id"], question["position"]), question)
    insert(session, AuditQuestion, list(questions.values()))
    known.learn(AuditQuestion, "audit_id", "position")
    insert(session, AuditResult, list(_results(rows, known)))
    return len(rows)


def _results(rows: list[Row], known: Known) -> Iterator[dict[str, Any]]:
    for row in rows:
        result = {column: value(row, known) for column, value in RESULT.items()}
        if result["met"] is not None and result["applicable"] is not None:
            key = QUESTION["audit_id"](row, known), QUESTION["position"](row, known)
            yield {"question_id": known.number(row, "order", AuditQuestion, *key), **result}
