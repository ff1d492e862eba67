"""Reviews and inspections of the invented board, and which recommendation a promise answers."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from lscb_core.db.tables import Finding, Inspection, Recommendation, Review
from lscb_core.demo.action_open import Promise
from lscb_core.demo.action_steps import KINDS
from lscb_core.demo.audits import Audited
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import Row, sheet
from lscb_core.domain.vocab import ActionSource

WORD = 4
LATE_IN_MONTH = timedelta(days=17)


class Advice(NamedTuple):
    """A recommendation of a review or an inspection."""

    id: int
    text: str
    source_kind: ActionSource
    made_on: date


def add_judgements(stage: Stage) -> list[Advice]:
    """Add reviews and inspections with what they found; give back what they recommend."""
    stage.add(Review, (_review(stage, row) for row in sheet("reviews")))
    stage.add(Inspection, (_inspection(stage, row) for row in sheet("inspections")))
    stage.add(Finding, (_finding(stage, row) for row in sheet("inspections") if row["note"]))
    rows = [_advice(stage, place, row) for place, row in enumerate(sheet("advice"), 1)]
    ids = stage.put(Recommendation, rows)
    return [
        Advice(key, row["text"], row["source_kind"], row["made_on"])
        for key, row in zip(ids, rows, strict=True)
    ]


def closest(made: Promise, audit: Audited | None, advice: Iterable[Advice]) -> int | None:
    """The recommendation whose words a promise shares most, of those it may follow; None without any."""
    known: Mapping[int, str] = (
        audit.recommendations
        if audit
        else {
            a.id: a.text for a in advice if a.source_kind is made.source_kind and a.made_on <= made.raised_on
        }
    )
    shared = {key: len(_words(made.title) & _words(text)) for key, text in known.items()}
    best = max(shared, key=lambda key: shared[key], default=None)
    return best if best is not None and shared[best] else None


def _words(text: str) -> set[str]:
    return {word for word in text.lower().replace(",", "").split() if len(word) > WORD}


def _day(stage: Stage, months_ago: str) -> date:
    return stage.clock.month(int(months_ago)) + LATE_IN_MONTH


def _review(stage: Stage, row: Row) -> dict[str, Any]:
    words = {key: row[key] for key in ("key", "title", "kind", "stage", "learning", "dissemination")}
    return {
        **words,
        "board_id": stage.board_id,
        "started_on": _day(stage, row["started_ago"]),
        "published_on": _day(stage, row["published_ago"]) if row["published_ago"] else None,
        "source": SOURCE,
    }


def _inspection(stage: Stage, row: Row) -> dict[str, Any]:
    words = {key: row[key] for key in ("inspector", "subject", "judgement", "note")}
    seen = {"inspected_on": _day(stage, row["months_ago"]), "source": SOURCE}
    return {**words, **seen, "board_id": stage.board_id}


def _finding(stage: Stage, row: Row) -> dict[str, Any]:
    return {
        "board_id": stage.board_id,
        "source_kind": ActionSource.INSPECTION,
        "text": row["note"],
        "theme": row["subject"],
        "found_on": _day(stage, row["months_ago"]),
        "source": SOURCE,
    }


def _advice(stage: Stage, place: int, row: Row) -> dict[str, Any]:
    return {
        "board_id": stage.board_id,
        "key": f"{row['source_kind']}-{place}",
        "text": row["text"],
        "source_kind": KINDS[row["source_kind"]],
        "made_by": row["made_by"],
        "made_on": _day(stage, row["months_ago"]),
        "addressed_to": row["addressed_to"],
        "source": SOURCE,
    }
