"""What the invented audits found, and what they recommend."""

from collections.abc import Sequence
from typing import Any

from lscb_core.db.tables import Finding, Recommendation
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import sheet, texts
from lscb_core.domain.vocab import ActionSource

Done = Sequence[tuple[int, dict[str, Any]]]
FINDINGS, ADVICE = 3, 2


def add_findings(stage: Stage, done: Done) -> None:
    """Three findings for each audit of a subject; the outcome alone for a single one."""
    rows = []
    for key, audit in done:
        known = texts("findings", theme=audit["theme"]) if audit["grade"] else []
        found = (
            stage.chance(f"findings {audit['key']}").sample(known, FINDINGS) if known else [audit["outcome"]]
        )
        rows += [_finding(stage, key, audit, place, text) for place, text in enumerate(found, 1)]
    stage.add(Finding, rows)


def _finding(stage: Stage, key: int, audit: dict[str, Any], place: int, text: str) -> dict[str, Any]:
    return {
        "board_id": stage.board_id,
        "audit_id": key,
        "source_kind": ActionSource.AUDIT,
        "position": place,
        "text": text,
        "theme": audit["theme"],
        "found_on": audit["reported_on"],
        "source": SOURCE,
    }


def add_recommendations(stage: Stage, done: Done) -> dict[int, dict[int, str]]:
    """Two recommendations for each audit of a subject: audit -> recommendation -> what it says."""
    rows = []
    for key, audit in done:
        known = [row for row in sheet("recommendations") if row["theme"] == audit["theme"]]
        chosen = (
            stage.chance(f"advice {audit['key']}").sample(known, ADVICE) if known and audit["grade"] else []
        )
        for place, row in enumerate(chosen, 1):
            words = {"text": row["text"], "addressed_to": row["addressed_to"]}
            rows.append({**_advice(stage, key, audit), **words, "key": f"{audit['key']}-{place}"})
    found: dict[int, dict[int, str]] = {}
    for number, made in zip(stage.put(Recommendation, rows), rows, strict=True):
        found.setdefault(made["audit_id"], {})[number] = made["text"]
    return found


def _advice(stage: Stage, key: int, audit: dict[str, Any]) -> dict[str, Any]:
    return {
        "board_id": stage.board_id,
        "source_kind": ActionSource.AUDIT,
        "made_by": "Audit group",
        "made_on": audit["reported_on"],
        "audit_id": key,
        "source": SOURCE,
    }
