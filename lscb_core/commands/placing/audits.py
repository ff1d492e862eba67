"""Audit results take their place: the audit in the register, its questions, and the answers to them.

Of one audit the whole board and each agency may send returns: what stands of all of them is put together,
the latest word of each agency. An audit that the register does not have is added as done; of one that it has,
only what shows that it is done is changed, and put back when no return stands any more. Answers of another
origin give way to those of a return for the same question, agency and case, and stand again after it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from lscb_core.commands.placing.aside import let_go, remember, remembered
from lscb_core.commands.placing.audit_answers import Told, told
from lscb_core.commands.placing.audit_rows import SOURCE, hold_answers, totals
from lscb_core.commands.placing.model import Change, Place, Sent, differences
from lscb_core.commands.placing.origins import number_of, origins_of
from lscb_core.commands.placing.standing import standing
from lscb_core.db.tables import (
    Action,
    Audit,
    AuditPriority,
    AuditSubGroup,
    Finding,
    Recommendation,
)
from lscb_core.domain.periods import month_label
from lscb_core.domain.vocab import AuditKind
from lscb_core.errors import BadInput

DONE = "done"
KEPT = ("status", "month", "cases", "is_case_by_agency")


def place_audits(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """Every audit that these scopes tell of, from all that stands of its returns.

    Raises BadInput where a return contradicts the register or another return, or where an audit that would
    go is in use. Does not commit.
    """
    keys = dict.fromkeys(one.key.split("/")[2] for one in sent)
    return [change for key in keys for change in _audit(place, key)]


def _audit(place: Place, key: str) -> list[Change]:
    starts = f"template/audits/{key}/"
    mine = origins_of(place, starts=starts)
    stands = standing(place.session, board_id=number_of(place.board), starts=(starts,)).values()
    said = told(sorted(stands, key=lambda one: one.import_id or 0))
    audit = _found(place, key)
    before, was = totals(place, audit), _state(audit)
    if said.words:
        audit = _registered(place, audit, key, said, mine)
        hold_answers(place, audit, said, mine)
    elif audit is not None:
        hold_answers(place, audit, said, mine)
        audit = _taken_back(place, audit, mine)
    return differences(
        {"": was, **before},
        {"": _state(audit), **totals(place, audit)},
        words=lambda what: f"Audit {key}, {what}" if what else f"Audit {key}",
    )


def _found(place: Place, key: str) -> Audit | None:
    asked = select(Audit).where(Audit.board_id == place.board.id, Audit.key == key)
    return place.session.exec(asked).first()


def _registered(place: Place, audit: Audit | None, key: str, said: Told, mine: Collection[int]) -> Audit:
    """The audit in the register, with what its returns tell of it."""
    if audit is not None and audit.origin_id not in mine:
        _done(place, audit, said)
        return audit
    audit = audit or Audit(
        board_id=number_of(place.board),
        key=key,
        title=key,
        kind=AuditKind.MULTI_AGENCY,
        source=SOURCE,
        origin_id=said.origin_id,
    )
    audit.title, audit.theme = said.words["title"] or key, said.words["theme"]
    audit.kind = AuditKind.of(said.words["kind"] or AuditKind.MULTI_AGENCY.value)
    audit.method, audit.month, audit.cases = said.words["method"], said.month, said.cases
    audit.is_case_by_agency, audit.origin_id = said.is_case_by_agency, said.origin_id
    place.session.add(audit)
    place.session.flush()
    return audit


def _done(place: Place, audit: Audit, said: Told) -> None:
    """An audit of the register is done now; its own words stay. Raises BadInput for another month."""
    name = _name(audit)
    aside = remembered(place, Audit, name).get(name)
    if not aside:
        remember(place, audit, name, audit.model_dump(mode="json", include=set(KEPT)))
    base = _as_kept(aside[-1] if aside else audit.model_dump(mode="json", include=set(KEPT)))
    if base["status"] == DONE and base["month"] and said.month and base["month"] != said.month:
        raise BadInput(
            f"Nothing was saved: the audit “{audit.title}” was made in {month_label(base['month'])}.",
            why=f"The file has {month_label(said.month)}.",
            advice="Correct the month, or give another audit a key of its own.",
        )
    audit.status = DONE
    audit.month = base["month"] if base["status"] == DONE and base["month"] else said.month or base["month"]
    audit.cases = base["cases"] if base["cases"] is not None else said.cases
    audit.is_case_by_agency = base["is_case_by_agency"] or said.is_case_by_agency
    place.session.add(audit)
    place.session.flush()


def _name(audit: Audit) -> str:
    return f"Audit {audit.key}"


def _as_kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the register as they were, from JSON."""
    month = fields.get("month")
    return {
        "status": fields.get("status", DONE),
        "month": date.fromisoformat(month) if month else None,
        "cases": fields.get("cases"),
        "is_case_by_agency": bool(fields.get("is_case_by_agency")),
    }


def _taken_back(place: Place, audit: Audit, mine: Collection[int]) -> Audit | None:
    """As the register had it before any return; None where a return had added it."""
    if audit.origin_id in mine:
        _check_unused(place, audit)
        for tags in (AuditPriority, AuditSubGroup):
            place.session.connection().execute(sa.delete(tags).where(col(tags.audit_id) == audit.id))
        place.session.delete(audit)
        place.session.flush()
        return None
    name = _name(audit)
    if aside := remembered(place, Audit, name).get(name):
        for field, value in _as_kept(aside[-1]).items():
            setattr(audit, field, value)
        let_go(place, Audit, name, aside)
        place.session.add(audit)
        place.session.flush()
    return audit


def _check_unused(place: Place, audit: Audit) -> None:
    """Raise BadInput where something in the register has come from the audit since."""
    uses = {
        "actions": col(Action.audit_id),
        "findings": col(Finding.audit_id),
        "recommendations": col(Recommendation.audit_id),
        "a repeat": col(Audit.reaudit_of_id),
    }
    for what, column in uses.items():
        used = sa.select(sa.func.count()).where(column == audit.id)
        if place.session.connection().execute(used).scalar_one():
            raise BadInput(
                f"Not undone: the audit “{audit.title}” has {what} in the register.",
                why="The file had brought the audit, and it would go with it.",
                advice="Send a corrected file instead, or take the audit off them first.",
            )


def _state(audit: Audit | None) -> str:
    if audit is None:
        return ""
    return f"{audit.status}, {month_label(audit.month)}" if audit.month else audit.status
