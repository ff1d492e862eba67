"""What the history has to say of itself: how much changed, who was refused, whether the chain holds."""

from datetime import date, datetime

import pandas as pd

from lscb_core.db.sealing import Verified
from lscb_core.domain.history import AT_THE_DOOR, Kind, act_words
from lscb_core.domain.numbers import listed, plural, sentence_plural
from lscb_core.domain.periods import day
from lscb_core.errors import BoardError
from lscb_core.findings.history_values import local, when
from lscb_core.findings.history_words import changes, record_name, said
from lscb_core.findings.words import Row, rows_of
from lscb_core.queries.history import Counted
from lscb_core.queries.history_chain import LOOKED_AT, Chain

WHAT_FOR = (
    "Every event carries a seal, worked out from what it says and from the seal of the event before it. "
    "Whoever changes or removes one behind the dashboard’s back breaks the chain, and the check finds it."
)
BROKEN = "The history was changed from outside"
TAKEN = {
    "event": "Event",
    "at": "When",
    "what": "What happened",
    "done": "What was done",
    "record": "Record",
    "who": "By whom",
    "note": "Note",
    "seal": "Seal",
}


def headline(found: Counted, chain: Chain, *, today: date) -> str:
    """'214 changes since 30 March 2026; the chain is unbroken'.

    Unbroken is said only of a chain that was checked whole today; broken is all there is to say.
    """
    if chain.broken_at is not None:
        return BROKEN
    whole = chain.checked_at is not None and _here(chain.checked_at) == today
    chained = "; the chain is unbroken" if whole else ""
    if not found.changes or found.first is None:
        return f"Nothing has been changed yet{chained}"
    return f"{plural(found.changes, 'change')} since {day(_here(found.first))}{chained}"


def lead(found: Counted) -> str:
    """One sentence on what they are about, with the news in bold (markdown)."""
    if not found.events:
        return "Everything that is saved, taken in, or refused is written down here, and stays."
    actions, files, accounts = (
        found.kinds.get(kind, 0) for kind in (Kind.ACTIONS, Kind.FILES, Kind.ACCOUNTS)
    )
    accounts -= sum(found.acts.get(act, 0) for act in AT_THE_DOOR)
    counted = {"actions": actions, "files": files, "settings": found.changes - actions - files - accounts}
    counted["accounts"] = accounts
    parts = [f"{count:,} about {what}" for what, count in counted.items() if count]
    door = _door(found)
    if not parts:
        return f"**{door[:1].upper()}{door[1:]}.**"
    return f"{listed(parts)}; **{door}**."


def _door(found: Counted) -> str:
    """Who was turned away: the news."""
    refused, closed = found.kinds.get(Kind.REFUSALS, 0), found.acts.get("locked", 0)
    if not refused and not closed:
        return "nobody was refused"
    news = [f"{sentence_plural(refused, 'try', 'tries')} {'was' if refused == 1 else 'were'} refused"]
    news = news if refused else []
    news += [f"an account was locked {'once' if closed == 1 else f'{closed} times'}"] if closed else []
    return listed(news)


def standing(chain: Chain) -> str:
    """How long the chain is and when it was last checked whole (markdown)."""
    if not chain.events:
        return "The chain begins with the first thing that is saved."
    count = plural(chain.events, "event")
    if chain.checked_at is None:
        checked = "The whole chain has **not been checked here yet**"
    else:
        checked = f"The whole chain was last checked on **{when(chain.checked_at)}**"
    if chain.broken_at is not None:
        return f"The chain has {count}. {checked}."
    links = "all its links" if chain.events <= LOOKED_AT else f"the newest {LOOKED_AT} links"
    return f"The chain has {count}. {checked}; {links} hold now."


def broken(event: int) -> BoardError:
    """What is wrong, what that means, and what to do."""
    return BoardError(
        f"The chain of seals is broken at event {event:,}.",
        why="That event was changed or added from outside the dashboard, or one before it was removed.",
        advice="Change nothing, and tell the administrator now: keep a copy of the database, compare the "
        "last seal with the one in the minutes, and put back the last backup that holds.",
    )


def outcome(found: Verified) -> str:
    """What a check that held found."""
    return f"The chain is unbroken: {plural(found.events, 'event')}, every seal worked out anew."


def since_words(listed_: int, total: int, skipped: int) -> str:
    """'Events 51 to 100 of 214, the newest first.'"""
    if listed_ == total:
        return f"{plural(total, 'event')}, the newest first."
    return f"Events {skipped + 1:,} to {skipped + listed_:,} of {total:,}, the newest first."


def to_take(frame: pd.DataFrame) -> pd.DataFrame:
    """Events in words, to read and to take away. Columns: TAKEN."""
    rows = [_taken(row) for row in rows_of(frame)]
    return pd.DataFrame(rows, columns=list(TAKEN)).rename(columns=TAKEN)


def _taken(row: Row) -> dict[str, object]:
    return {
        "event": row["event"],
        "at": when(row["at"]),
        "what": said(row),
        "done": act_words(row["act"]),
        "record": record_name(row),
        "who": row["who"],
        "note": note_of(row),
        "seal": row["seal"],
    }


def note_of(row: Row) -> str:
    """The note, unless it only repeats what the record is called."""
    return "" if row["note"] == row["name"] else row["note"]


def story_lines(row: Row) -> list[str]:
    """Each field before and after: 'Agreed date: 31 March 2026 → 30 April 2026'."""
    return [
        f"{field[:1].upper()}{field[1:]}: {f'{before} → ' if before else ''}{after or 'none'}"
        for field, before, after in changes(row, in_full=True)
        if before or after
    ]


def _here(at: datetime) -> date:
    return local(at).date()
