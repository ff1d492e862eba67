"""The history in kinds and words: what an event is about, and which of its fields may be read again."""

from collections.abc import Mapping

from lscb_core.domain.labelled import Labelled

REFUSED, CHECKED, FOUND_BROKEN = "refused", "check_chain", "find_broken"
OF_THE_CHAIN = frozenset({CHECKED, FOUND_BROKEN})
AT_THE_DOOR = frozenset({"sign_in", "sign_out", "locked"})
NO_CHANGE = AT_THE_DOOR | OF_THE_CHAIN | {"backup", REFUSED}
"""What is written down and changes no record."""
ASIDE = frozenset({"set_aside", "put_back"})


class Kind(Labelled):
    """What kind of record an event is about."""

    ACTIONS = "actions", "Actions"
    FILES = "files", "Files taken in"
    SETTINGS = "settings", "Settings"
    ACCOUNTS = "accounts", "Accounts and sign-ins"
    REFUSALS = "refusals", "Refusals"


ACTS: Mapping[str, str] = {
    "add_action": "Action added",
    "update_action": "Action updated",
    "redate_action": "Agreed date moved",
    "assign_action": "Owner named",
    "verify_action": "Action closed and checked",
    "reopen_action": "Action reopened",
    "withdraw_action": "Action withdrawn",
    "import": "Taken in from a file",
    "refuse_import": "File refused",
    "undo_import": "File undone",
    "set_aside": "Set aside for a file’s rows",
    "put_back": "Put back after a file",
    "map_spellings": "Words of a source explained",
    "map_sources": "Sources given to agencies",
    "ask_return": "Return asked for",
    "stop_asking": "Return no longer asked for",
    "sign_in": "Signed in",
    "sign_out": "Signed out",
    "locked": "Locked after failed tries",
    "refused": "Refused",
    "add_account": "Account added",
    "give_role": "Role given",
    "take_role": "Role taken away",
    "disable_account": "Account disabled",
    "enable_account": "Account let in again",
    "issue_code": "One-time code issued",
    "set_password": "Password chosen",
    "take_password": "Password taken away",
    "link_identity": "Linked with the directory",
    "unlink_identity": "Link with the directory taken away",
    CHECKED: "Chain of seals checked",
    "backup": "Backup made",
    "restore": "Restored from a backup",
    FOUND_BROKEN: "Chain of seals found broken",
}

READ_AGAIN: Mapping[str, tuple[str, ...]] = {
    "action": (
        "status", "agency_id", "due_on", "due_precision", "first_due_on", "times_moved", "closed_on",
        "title", "number", "note", "evidence", "reason",
    ),
    "import": ("status",),
    "return_asked": ("agency_id", "template", "every", "first_period_end", "until", "days_allowed"),
    "account": (
        "act", "role", "agency_id", "name", "label", "way", "code_expires_at", "disabled_at",
        "issuer",
    ),
    "history": ("events", "broken_at"),
}  # fmt: skip
"""Per kind of record, the fields whose values the page shows. What is not listed is never repeated: counts of
rows that gave way to a file, hashes, and whatever a later release adds without a word here."""
OF_A_FILE = ("file", "rows")
"""What only those see of a file who may take files in."""


def kind_of(record_kind: str, act: str) -> Kind:
    """What kind of record an event is about. The same rule as SQL: `queries.history_scope.of_kind`."""
    if act == REFUSED:
        return Kind.REFUSALS
    if record_kind == "account":
        return Kind.ACCOUNTS
    if record_kind == "action":
        return Kind.ACTIONS
    return Kind.FILES if record_kind == "import" or act in ASIDE else Kind.SETTINGS


def act_words(act: str) -> str:
    """What was done, in words; an act that has none yet as it is written."""
    return ACTS.get(act) or act.replace("_", " ").capitalize()
