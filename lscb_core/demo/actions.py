"""Four hundred actions in all states, with their histories, on any day of five years."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from lscb_core.db.tables import Action, ActionPriority, ActionState, ActionSubGroup
from lscb_core.demo.action_open import Promise, closed_lately, open_promises
from lscb_core.demo.action_past import past_promises
from lscb_core.demo.action_steps import states
from lscb_core.demo.advice import Advice, closest
from lscb_core.demo.audits import Audited
from lscb_core.demo.deaths import Known
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import sheet


def add_actions(stage: Stage, audits: Sequence[Audited], advice: Sequence[Advice]) -> Known:
    """Add all actions, numbered in the order in which they were raised; give back where they are."""
    leads = {row["slug"]: f"{row['name']} lead" for row in sheet("agencies")}
    promises = [
        *past_promises(stage, audits, leads),
        *closed_lately(stage.clock, leads),
        *open_promises(stage.clock, leads),
    ]
    promises.sort(key=lambda made: made.raised_on)
    lives = [list(states(made.steps)) for made in promises]
    rows = [
        {**_action(stage, made, audits, advice), "number": number, "version": len(life)}
        for number, (made, life) in enumerate(zip(promises, lives, strict=True), 1)
    ]
    ids = stage.put(Action, rows)
    stage.add(ActionState, _states(stage, ids, promises, lives, leads))
    _tag(stage, ids, promises)
    found: dict[str, list[tuple[int, date]]] = {}
    for key, made in zip(ids, promises, strict=True):
        found.setdefault(made.title, []).append((key, made.raised_on))
    return found


def _action(
    stage: Stage, made: Promise, audits: Iterable[Audited], advice: Iterable[Advice]
) -> dict[str, Any]:
    audit = next((a for a in audits if (a.theme, a.months_ago) == (made.theme, made.months_ago)), None)
    return {
        "board_id": stage.board_id,
        "title": made.title,
        "source_kind": made.source_kind,
        "audit_id": audit.id if audit else None,
        "recommendation_id": closest(made, audit, advice),
        "raised_on": made.raised_on,
        "source": SOURCE,
        "origin_id": stage.origin_id,
    }


def _states(
    stage: Stage,
    ids: Iterable[int],
    promises: Iterable[Promise],
    lives: Iterable[list[dict[str, Any]]],
    leads: dict[str, str],
) -> Iterator[dict[str, Any]]:
    for key, made, life in zip(ids, promises, lives, strict=True):
        mine = {
            "action_id": key,
            "board_id": stage.board_id,
            "agency_id": stage.agencies.get(made.agency),
            "owner_role": leads.get(made.agency, ""),
        }
        yield from ({**mine, **state} for state in life)


def _tag(stage: Stage, ids: Sequence[int], promises: Sequence[Promise]) -> None:
    pairs = list(zip(ids, promises, strict=True))
    aims, groups = stage.priorities, stage.sub_groups
    stage.add(ActionPriority, ({"action_id": key, "priority_id": aims[p.priority]} for key, p in pairs))
    stage.add(ActionSubGroup, ({"action_id": key, "sub_group_id": groups[p.sub_group]} for key, p in pairs))
