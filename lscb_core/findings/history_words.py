"""Events in words: what each is about, what was done, each field before and after. Never the JSON."""

from collections.abc import Iterable, Mapping

from lscb_core.domain.actions import what_changed
from lscb_core.domain.history import ASIDE, CHECKED, REFUSED, act_words
from lscb_core.domain.numbers import plural
from lscb_core.findings.history_values import FIELDS, TRIED, value
from lscb_core.findings.words import Row

WITH_THE_DATE = frozenset({"first_due_on", "due_precision", "times_moved"})
NEVER_IN_A_LINE = frozenset({"number", "way", "title", "template", "disabled_at"})
IN_ITS_OWN_PLACE = frozenset({"note", "reason"})
RECORDS: Mapping[str, str] = {
    "board": "The board’s settings",
    "history": "The history",
    "audit": "Audit",
    "auditresult": "Audit results",
    "meeting": "Attendance at a meeting",
    "section11score": "Section 11 self-check",
    "training": "Training",
}
Change = tuple[str, str, str]
"""A field, what it was and what it is: in words, empty where there was nothing."""


def record_name(row: Row) -> str:
    """What an event is about: 'Action 12', 'File 3', an account's label, else the kind of record."""
    kind, name = row["record_kind"], row["name"]
    if kind in ("account", "return_asked"):
        return str(name) or ("An account" if kind == "account" else "A return")
    named = {"action": "Action", "import": "File"}.get(kind)
    if named:
        return f"{named} {row['number']}"
    return RECORDS.get(kind) or kind.replace("_", " ").capitalize()


def said(row: Row) -> str:
    """The event in a line: 'Action 12: status from In progress to Complete, evidence awaited'."""
    by_act = {REFUSED: _refused, CHECKED: _checked, "add_action": _added, **dict.fromkeys(ASIDE, _aside)}
    by_kind = {"action": _action, "import": _file}
    tell = by_act.get(row["act"]) or by_kind.get(row["record_kind"], _other)
    return tell(row)


def _file(row: Row) -> str:
    done = {"import": "taken in", "refuse_import": "refused", "undo_import": "undone"}
    about = f"{record_name(row)} {done.get(row['act'], act_words(row['act']).lower())}"
    return f"{about}: {row['name']}" if row["name"] else about


def _aside(row: Row) -> str:
    return f"{record_name(row)}: {act_words(row['act']).lower()} ({row['note']})"


def _other(row: Row) -> str:
    done = act_words(row["act"])
    done = done.removeprefix("Return ") if row["record_kind"] == "return_asked" else done
    return f"{record_name(row)}: {done[:1].lower()}{done[1:]}{_more(row)}"


def _added(row: Row) -> str:
    title = str(row["after"].get("title") or row["name"])
    return "; ".join(filter(None, [f"{record_name(row)} added: “{title}”", _listed(changes(row), new=True)]))


def _action(row: Row) -> str:
    """What of an action changed; where only words were added, which."""
    listed = [change for change in changes(row) if change[0] not in ("note", "reason", "evidence")]
    words = _listed(listed, new=False)
    if not words:
        words = "evidence named" if "evidence" in row["after"] else "note written"
    return f"{record_name(row)}: {words}"


def _more(row: Row) -> str:
    named = row["name"] if row["record_kind"] == "return_asked" else ""
    gone = row["act"] == "take_role"  # what was taken away is the news, not that nothing is left
    told = [(field, *((now, was) if gone else (was, now))) for field, was, now in changes(row)]
    listed = [change for change in told if not (named and change[0] == "agency")]
    words = _listed(listed, new=gone or not row["before"])
    return f" ({words})" if words else ""


def _listed(listed: Iterable[Change], *, new: bool) -> str:
    return "; ".join(
        f"{field} {after or 'none'}" if new or not before else f"{field} from {before} to {after or 'none'}"
        for field, before, after in listed
        if before or after
    )


def _refused(row: Row) -> str:
    tried = TRIED.get(row["after"].get("act", ""), "do something")
    agency = row["after"].get("agency_id")
    return f"{record_name(row)} was refused: tried to {tried}{f', for {agency}' if agency else ''}"


def _checked(row: Row) -> str:
    broken, count = row["after"].get("broken_at"), row["after"].get("events", 0)
    found = "unbroken" if broken is None else f"broken at event {broken:,}"
    return f"The whole chain was checked: {plural(count, 'event')}, {found}"


def step(row: Row) -> str:
    """What became of the record, in a word or two: in its story the name of the step."""
    if row["record_kind"] != "action" or row["act"] == "add_action":
        return act_words(row["act"])
    return what_changed(row["before"], row["after"])


def changes(row: Row, *, in_full: bool = False) -> list[Change]:
    """The fields of an event that differ, in words. `in_full`: also those that follow from another one."""
    before, after = row["before"], row["after"]
    quiet = NEVER_IN_A_LINE | (WITH_THE_DATE if "due_on" in after else frozenset())
    names = [name for name in after if name not in (IN_ITS_OWN_PLACE if in_full else quiet)]
    fields = [(name, value(name, before.get(name)), value(name, after[name])) for name in names]
    return [(_field(name, row), was, now) for name, was, now in fields if was != now]


def _field(name: str, row: Row) -> str:
    if name == "agency_id" and row["record_kind"] == "action":
        return "owner"
    return FIELDS.get(name, name)
