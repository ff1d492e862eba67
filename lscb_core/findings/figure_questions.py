"""Questions about figures: outside what chance explains, without explanation, not sent."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from lscb_core.domain.intervals import funnel_limits, has_changed, z_score
from lscb_core.domain.numbers import in_words, listed, of, percent
from lscb_core.domain.periods import day, month_label
from lscb_core.findings.question import BOARD, PANEL, Facts, Question
from lscb_core.findings.words import Row, in_unit, rows_of


def outlier(facts: Facts) -> Iterator[Question]:
    """The agency furthest above what chance explains: by standard errors, not by its size."""
    if facts.board_below.empty or facts.below.empty:
        return
    rate = facts.board_below.iloc[0]["share"]
    placed = [row for row in rows_of(facts.below) if row["position"] not in (None, "", "within")]
    high = [row for row in placed if row["position"].endswith("above")]
    far = partial(_standard_errors, rate=rate)
    for row in sorted(high, key=far, reverse=True)[:1]:
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


def _standard_errors(row: Row, *, rate: float) -> float:
    return z_score(row["below"], row["referrals"], rate)


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
