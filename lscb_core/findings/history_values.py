"""The fields of an event in words: what each is called, and its value as a board says it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from lscb_core.domain.numbers import whole
from lscb_core.domain.periods import day, moment, short_day
from lscb_core.domain.permissions import Act
from lscb_core.domain.returns import PARTS, Every
from lscb_core.domain.vocab import Role, Status

FIELDS: Mapping[str, str] = {
    "status": "status",
    "agency_id": "agency",
    "due_on": "agreed date",
    "due_precision": "how exact the date is",
    "first_due_on": "first date",
    "times_moved": "times moved",
    "closed_on": "closed on",
    "title": "what was promised",
    "number": "number",
    "note": "note",
    "evidence": "evidence",
    "reason": "reason",
    "file": "file",
    "rows": "rows kept",
    "template": "return",
    "every": "how often",
    "first_period_end": "first period ends",
    "until": "until",
    "days_allowed": "days allowed",
    "role": "role",
    "name": "sign-in name",
    "label": "shown as",
    "way": "how",
    "code_expires_at": "code good until",
    "disabled_at": "disabled",
    "issuer": "directory",
    "act": "tried",
    "events": "events",
    "broken_at": "first wrong event",
    "words": "words explained",
}
TRIED: Mapping[str, str] = {
    Act.READ: "open a board",
    Act.UPDATE_ACTION: "update an action",
    Act.REDATE_ACTION: "move an agreed date",
    Act.ADD_ACTION: "add an action",
    Act.ASSIGN_ACTION: "name the owner of an action",
    Act.VERIFY_ACTION: "close an action",
    Act.REOPEN_ACTION: "reopen an action",
    Act.WITHDRAW_ACTION: "withdraw an action",
    Act.RAISE_CHALLENGE: "raise a challenge",
    Act.COMMENT_MEASURE: "explain a measure",
    Act.SEND_RETURN: "send a return",
    Act.IMPORT: "take in a file",
    Act.SEE_EXACT_DEATHS: "see exact counts of child deaths",
    Act.MANAGE_ACCOUNTS: "keep accounts",
    Act.BACKUP: "make a backup",
    Act.EDIT_REGISTER: "change settings",
    Act.UNDO_IMPORT: "undo a file",
    Act.SEE_HISTORY: "read the history",
    "sign_in": "sign in, and is disabled",
}
STATUSES: Mapping[str, str] = {
    **{each.value: each.label for each in Status},
    "saved": "Taken in",
    "undone": "Undone",
    "refused": "Refused",
}
CODES: Mapping[str, Mapping[str, str]] = {
    "status": STATUSES,
    "role": {each.value: each.label for each in Role},
    "every": {each.value: each.label for each in Every},
    "template": PARTS,
    "act": TRIED,
    "way": {
        "password": "with a password",
        "directory": "through the council’s directory",
        "own": "by its owner",
        "code": "with a one-time code",
        "old_password": "the change of the password, not the sign-in",
    },
}
DAYS = frozenset({"due_on", "first_due_on", "closed_on", "first_period_end", "until"})
MOMENTS = frozenset({"code_expires_at", "disabled_at"})


def local(at: datetime) -> datetime:
    """The moment on the server's clock; takes a frame's kind of moment too."""
    return datetime.fromtimestamp(at.timestamp(), UTC).astimezone()


def when(at: datetime) -> str:
    """1 April 2026 at 09:12, on the server's clock."""
    return moment(local(at))


def when_in_short(at: datetime) -> str:
    """1 Apr 2026, 09:12: where space is short."""
    here = local(at)
    return f"{short_day(here.date())}, {here:%H:%M}"


def value(name: str, of: Any) -> str:
    """A field's value as it is read: codes as their words, days and moments in full; nothing as nothing."""
    if of is None or of == "":
        return ""
    if name in DAYS:
        return day(date.fromisoformat(str(of)))
    if name in MOMENTS:
        return when(datetime.fromisoformat(str(of)))
    if isinstance(of, int):
        return whole(of)
    return CODES.get(name, {}).get(str(of), str(of))
