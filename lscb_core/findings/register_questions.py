"""Questions about what the board waits for: reports, repeats of audits, lessons, answers."""

from collections.abc import Iterator

from lscb_core.domain.numbers import of, plural, sentence_plural
from lscb_core.domain.periods import day
from lscb_core.domain.vocab import Grade
from lscb_core.findings.question import BOARD, PANEL, Facts, Question
from lscb_core.findings.words import rows_of


def late_report(facts: Facts) -> Iterator[Question]:
    """The report that is most days late; one that its document calls late has no days."""
    late = [row for row in rows_of(facts.reports) if row["standing"] == "late"]
    for row in late[:1]:
        due = f"Due {day(row['due_on'])}, {plural(row['days_late'], 'day')} ago." if row["due_on"] else ""
        others = sentence_plural(len(late) - 1, "other report is", "other reports are").capitalize()
        yield Question(
            row["agency"] or BOARD,
            f"When will the report “{row['title']}” come?",
            f"{due or row['note'] or 'Late, as reported; no date is given.'}"
            f"{f' {others} late too.' if len(late) > 1 else ''}",
            "agency" if row["agency_slug"] else "",
            {"agency": row["agency_slug"]} if row["agency_slug"] else {},
        )


def lesson_without_action(facts: Facts) -> Iterator[Question]:
    """The newest lesson of the panel that led to no action."""
    idle = [row for row in rows_of(facts.lessons) if row["number"] is None]
    for row in idle[:1]:
        yield Question(
            PANEL,
            "What follows from the lessons that led to no action?",
            f"{of(len(idle), len(facts.lessons))} of the panel's lessons; one of them: {row['lesson']}",
            "child_deaths",
        )


def late_repeat(facts: Facts) -> Iterator[Question]:
    """The repeat of an audit that is most days late; else an audit that slipped."""
    for row in [row for row in rows_of(facts.re_audits) if row["standing"] == "late"][:1]:
        grade = f" It was graded {Grade.of(row['grade']).label.lower()}." if row["grade"] else ""
        yield Question(
            BOARD,
            f"When will “{row['title']}” be repeated?",
            f"The repeat was due on {day(row['due_on'])}, {plural(row['days_late'], 'day')} ago.{grade} "
            "Without it nobody knows whether the actions helped.",
            "audit_outcomes",
            {"audit": row["key"]},
        )
    for row in [row for row in rows_of(facts.audits) if row["standing"] == "slipped"][:1]:
        yield Question(
            BOARD,
            f"What became of the audit “{row['title']}”?",
            f"It slipped. {row['outcome'] or row['note']}".strip(),
            "audit_outcomes",
            {"audit": row["key"]},
        )


def unanswered(facts: Facts) -> Iterator[Question]:
    """A challenge after which nothing has changed so far."""
    waiting = [row for row in rows_of(facts.challenges) if not row["changed"]]
    for row in waiting[:1]:
        when = f" on {day(row['raised_on'])}" if row["raised_on"] else ""
        answer = f"Answer: {row['answer']}." if row["answer"] else "No answer is recorded."
        others = f" {sentence_plural(len(waiting) - 1, 'other challenge').capitalize()} without a result."
        yield Question(
            row["asked_of"] or BOARD,
            f"You were asked: {row['question']} What has changed since?",
            f"Asked by {row['raised_by'] or 'the board'}{when}. {answer}{others if len(waiting) > 1 else ''}",
            "agency" if row["agency_slug"] else "",
            {"agency": row["agency_slug"]} if row["agency_slug"] else {},
        )
