"""The titles over the parts of an agency's page: findings where a rule finds one, neutral words elsewhere."""

from datetime import date

import pandas as pd

from lscb_core.domain.numbers import in_words, of, sentence_plural, times
from lscb_core.domain.periods import month_label
from lscb_core.domain.spc import Kind
from lscb_core.findings.words import Row, rows_of

RECENT = 3
EXPLAINS = ("below_threshold", "police_notifications_below")


def actions_title(listed_actions: pd.DataFrame) -> str:
    """'Four actions are late; one has been moved three times'."""
    rows = rows_of(listed_actions)
    if not rows:
        return "No open action"
    undated = sum(row["due_on"] is None for row in rows)
    if 2 * undated > len(rows):
        return f"{of(undated, len(rows))} open actions {'has' if undated == 1 else 'have'} no agreed date"
    late = sum(row["days_late"] > 0 for row in rows)
    said = sentence_plural(late, "action is", "actions are").capitalize() if late else "No action is"
    return f"{said} late{_most_moved(rows)}"


def _most_moved(rows: list[Row]) -> str:
    most = max(row["times_moved"] for row in rows)
    often = sum(row["times_moved"] == most for row in rows)
    return (
        f"; {in_words(often)} {'has' if often == 1 else 'have'} been moved {times(most)}" if most > 1 else ""
    )


def months_title(months: pd.DataFrame) -> str:
    """What the last three months say against the agency's own ups and downs; neutral where nothing is."""
    since, kind = _signal(months)
    if since is None:
        return "Share below the threshold, month by month"
    how = "higher" if kind == Kind.CONCERN.value else "lower"
    return f"The share below the threshold is {how} than ordinary since {month_label(since)}"


def concern_since(months: pd.DataFrame) -> date | None:
    """The end of the month since which the share is worse than ordinary; None where it is not."""
    since, kind = _signal(months)
    return since if kind == Kind.CONCERN.value else None


def explanation(comments: pd.DataFrame, since: date) -> Row | None:
    """The newest comment on the share below the threshold that was written after the signal began."""
    own = [row for row in rows_of(comments) if row["measure"] in EXPLAINS and row["written_on"] >= since]
    return own[0] if own else None


def _signal(months: pd.DataFrame) -> tuple[date | None, str]:
    """The month in which the present run of signals began, and what it tells."""
    rows = [row for row in rows_of(months) if row["value"] is not None]
    told = [row["type"] != Kind.COMMON_CAUSE.value for row in rows]
    if not any(told[-RECENT:]):
        return None, ""
    at = max(place for place, is_signal in enumerate(told) if is_signal)
    kind = rows[at]["type"]
    while at and rows[at - 1]["type"] == kind:
        at -= 1
    return rows[at]["period"], kind


def audit_title(answers: pd.DataFrame) -> str:
    """The weakest question, where its likely range lies wholly below the strongest one's."""
    known = [row for row in rows_of(answers) if row["share"] is not None]
    if len(known) > 1:
        weakest, best = known[0], max(known, key=lambda row: row["low"])
        if weakest["high"] < best["low"]:
            return f"Audits: weakest on “{weakest['question'].rstrip('?')}”"
    return "What the last audit found here"


def section_11_title(scores: pd.DataFrame) -> str:
    """How many scores the board's challenge lowered."""
    if scores["own"].isna().all():
        return f"Yearly self-check: {scores.iloc[-1]['status'] or 'no scores'}"
    challenged = [row for row in rows_of(scores) if row["own"] is not None and row["challenged"] is not None]
    lowered = sum(row["challenged"] < row["own"] for row in challenged)
    if not challenged:
        return "Yearly self-check: not challenged by the board yet"
    if not lowered:
        return "Yearly self-check: the board lowered no score"
    return f"Yearly self-check: the board scored {sentence_plural(lowered, 'standard')} lower"


def training_title(courses: pd.DataFrame) -> str:
    """How many booked places stayed empty; counts alone."""
    counted = [row for row in rows_of(courses) if row["booked"] is not None and row["attended"] is not None]
    booked = sum(row["booked"] for row in counted)
    if not booked:
        return "Training"
    empty = max(booked - sum(row["attended"] for row in counted), 0)
    return f"Training: {of(empty, booked)} booked places stayed empty"
