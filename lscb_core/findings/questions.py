"""Questions that a chair may put at the meeting, each derived by one rule from the figures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from lscb_core.domain.intervals import funnel_limits, has_changed
from lscb_core.domain.numbers import in_words, listed, of, percent, plural, sentence_plural, times
from lscb_core.domain.periods import day, month_label
from lscb_core.domain.vocab import Grade
from lscb_core.findings.words import in_unit, rows_of

MOST_ASKED, MOST_OF_ONE, MOST_OF_BOARD = 6, 2, 4
BOARD, PANEL = "The board", "Child death panel"


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask of whom, the figures behind it, and the page that shows them."""

    whom: str
    asks: str
    because: str
    page: str
    changes: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """The frames that the rules read, by the names of their queries; all for the same view."""

    figures: pd.DataFrame
    late: pd.DataFrame
    moved: pd.DataFrame
    nobodys: pd.DataFrame
    below: pd.DataFrame
    board_below: pd.DataFrame
    cards: pd.DataFrame
    reports: pd.DataFrame
    lessons: pd.DataFrame
    re_audits: pd.DataFrame
    audits: pd.DataFrame
    partners: pd.DataFrame
    challenges: pd.DataFrame


def questions(facts: Facts) -> list[Question]:
    """At most six, the heaviest rule first, and at most two to the same agency."""
    asked: list[Question] = []
    for question in (question for rule in RULES for question in rule(facts)):
        most = MOST_OF_BOARD if question.whom == BOARD else MOST_OF_ONE
        if sum(each.whom == question.whom for each in asked) < most:
            asked.append(question)
    return asked[:MOST_ASKED]


def undated(facts: Facts) -> Iterator[Question]:
    """Most open actions have no date, or no owner: nobody can be asked for the rest."""
    held = {row["figure"]: row for row in rows_of(facts.figures)}
    no_date, no_owner = held.get("actions_no_date"), held.get("actions_no_owner")
    if not no_date or not no_owner or 2 * max(no_date["count"], no_owner["count"]) <= no_date["of"]:
        return
    said = f"{of(no_date['count'], no_date['of'])} open actions have no agreed date"
    if no_owner["count"]:
        said += f", {of(no_owner['count'], no_owner['of'])} name no owner"
    yield Question(
        BOARD,
        "Who answers for each of the actions, and by when?"
        if no_owner["count"]
        else "By when will each be done?",
        f"{said}. An action without a date can never be late.",
        "actions",
        {"show": "no_date"},
    )


def outlier(facts: Facts) -> Iterator[Question]:
    """The agency furthest above what chance explains, and the one furthest below."""
    if facts.board_below.empty or facts.below.empty:
        return
    rate = facts.board_below.iloc[0]["share"]
    placed = [row for row in rows_of(facts.below) if row["position"] not in (None, "", "within")]
    high = [row for row in placed if row["position"].endswith("above")]
    for row in sorted(high, key=lambda row: row["referrals"], reverse=True)[:1]:
        limits = funnel_limits(rate, row["referrals"])
        yield Question(
            row["agency"],
            f"{percent(row['share'], places=0)} of your referrals need no social work. "
            "What would bring that down?",
            f"{of(row['below'], row['referrals'])} were below the threshold in the year to "
            f"{day(row['period_end'])}; around the board's {percent(rate)}, chance alone explains "
            f"{percent(limits.low_95, places=0)} to {percent(limits.high_95, places=0)}.",
            "threshold_usage",
            {"agency": row["agency_slug"]},
        )


def latest_late(facts: Facts) -> Iterator[Question]:
    """The action that is most days late."""
    for row in rows_of(facts.late)[:1]:
        note = f" Last note: {day(row['note_on'])}." if row["note_on"] else " No note of progress."
        yield Question(
            row["agency"] or BOARD,
            f"Why is “{row['title']}” not done, {plural(row['days_late'], 'day')} after the agreed date?",
            f"Action {row['number']}, agreed for {day(row['due_on'])}{_moved(row)}.{note}",
            "actions",
            {"action": str(row["number"])},
        )


def most_moved(facts: Facts) -> Iterator[Question]:
    """The open action that was moved most often, unless it is asked about already."""
    latest = {row["number"] for row in rows_of(facts.late)[:1]}
    often = [row for row in rows_of(facts.moved) if row["number"] not in latest]
    for row in often[:1]:
        yield Question(
            row["agency"] or BOARD,
            f"“{row['title']}” has been moved {times(row['times_moved'])}. What stands in its way?",
            f"Action {row['number']}, first agreed for {day(row['first_due_on'])}, now for "
            f"{day(row['due_on'])}.",
            "actions",
            {"action": str(row["number"])},
        )


def _moved(row: Mapping[str, Any]) -> str:
    return (
        f", moved {times(row['times_moved'])} from {day(row['first_due_on'])}" if row["times_moved"] else ""
    )


def unexplained(facts: Facts) -> Iterator[Question]:
    """Measures that are worse than their ordinary ups and downs, without an explanation."""
    for row in rows_of(facts.cards):
        if row["standing"] == "worse" and not row["is_explained"]:
            aim = (
                f"; the target is {in_unit(row['target'], row['unit'])}" if row["target"] is not None else ""
            )
            yield Question(
                row["owner"] or BOARD,
                f"Why has “{row['title']}” been worse than its ordinary ups and downs since "
                f"{month_label(row['signal_since'])}?",
                f"{in_unit(row['value'], row['unit'])} in {month_label(row['period'])}, on average "
                f"{in_unit(row['mean'], row['unit'])}{aim}. No explanation has been sent.",
                "measures",
            )


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


def slow_reviews(facts: Facts) -> Iterator[Question]:
    """Reviews of deaths that were not done in time."""
    held = {row["figure"]: row for row in rows_of(facts.figures)}
    row = held.get("reviews_in_time")
    if not row or row["count"] == row["of"]:
        return
    before = f"; {of(row['was_count'], row['was_of'])} the year before" if row["was_of"] else ""
    chance = "" if not before or _is_change(row) else " Small numbers: this may be chance."
    yield Question(
        PANEL,
        "What holds up the reviews, and which partner is waited for?",
        f"{of(row['count'], row['of'])} done in time in the year to {day(row['on'])}{before}.{chance}",
        "child_deaths",
    )


def _is_change(row: Mapping[str, Any]) -> bool:
    return has_changed(row["was_count"], row["was_of"], row["count"], row["of"])


def silent_partners(facts: Facts) -> Iterator[Question]:
    """Partners whose latest figures have not come."""
    silent = [row for row in rows_of(facts.partners) if row["supplies"] == "no" and row["agency"]]
    if len(silent) > 1:
        yield Question(
            BOARD,
            f"Why do {in_words(len(silent))} partners send the board no figures?",
            f"Nothing comes from {listed([row['agency'] for row in silent])}. {silent[0]['note']}".strip(),
            "measures",
        )
    for row in silent if len(silent) == 1 else []:
        due = (
            f"Those due on {day(row['last_due_on'])} have not come"
            if row["last_due_on"]
            else "None have come"
        )
        last = f"; the last came on {day(row['last_sent_on'])}" if row["last_sent_on"] else ""
        where = {"agency": row["agency_slug"]}
        yield Question(
            row["agency"], "When will your figures come?", f"{due}{last}. {row['note']}", "agency", where
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


def nobodys_action(facts: Facts) -> Iterator[Question]:
    """One open action that nobody holds, where that is the exception and not asked about already."""
    if any(undated(facts)):
        return
    latest = {row["number"] for row in rows_of(facts.late)[:1]}
    for row in [row for row in rows_of(facts.nobodys) if row["number"] not in latest][:1]:
        due = f"Agreed for {day(row['due_on'])}" if row["due_on"] else "No date agreed"
        yield Question(
            BOARD,
            f"Who takes “{row['title']}”?",
            f"Action {row['number']} names no owner. {due}.",
            "actions",
            {"action": str(row["number"])},
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


Rule = Callable[[Facts], Iterator[Question]]
RULES: tuple[Rule, ...] = (
    undated,
    outlier,
    latest_late,
    unexplained,
    slow_reviews,
    late_report,
    silent_partners,
    most_moved,
    late_repeat,
    lesson_without_action,
    unanswered,
    nobodys_action,
)
"""Heaviest first: what cannot be asked at all, whom chance does not excuse, what is latest."""
