"""One agency in words: the judgement, the four figures, and what each part of its page finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from lscb_core.domain.intervals import too_few
from lscb_core.domain.numbers import in_words, listed, of, percent, plural, sentence_plural
from lscb_core.domain.periods import day, short_day
from lscb_core.findings.words import Row, rows_of

Tone = Literal["worse", "better", "neither"]
CHANCE = {
    "well above": "well above what chance explains",
    "above": "more than chance explains",
    "within": "within what chance explains",
    "below": "less than chance explains",
    "well below": "well below what chance explains",
}
SUPPLIES = {
    "yes": "It sends its figures",
    "some": "It sends part of its figures",
    "no": "It sends no figures",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an agency beside the board's."""

    label: str
    value: str
    beside: str
    tone: Tone = "neither"


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about one agency: its row of the list, presence, returns, and the board's share."""

    standing: Row
    attendance: Row
    returns: Row
    board_share: float | None


def in_the_list(row: Mapping[str, Any]) -> str:
    """'Four of nine open actions late, longest 141 days. 40% of 2,311 referrals below the threshold: …'."""
    parts = [_open_actions(row), _below(row), SUPPLIES.get(row["supplies"], "")]
    return " ".join(f"{part}." for part in parts if part)


def _open_actions(row: Mapping[str, Any]) -> str:
    if not row["open"]:
        return "No open action"
    if not row["late"]:
        return f"{plural(row['open'], 'open action')}, none late"
    return f"{of(row['late'], row['open'])} open actions late, longest {plural(row['longest'], 'day')}"


def _below(row: Mapping[str, Any]) -> str:
    if row["share"] is None:
        return ""
    share = f"{percent(row['share'], places=0)} of {row['referrals']:,} referrals below the threshold"
    return f"{share}: {CHANCE[row['position']]}"


NOTHING_HELD = "Nothing is held by which to judge this agency. "


def lead(judged: pd.DataFrame, held: Held) -> str:
    """The board's own judgement with its signature; without one, what the figures say."""
    for row in rows_of(judged):
        grade, _, rest = row["text"].partition(". ")
        signed = (
            f"Signed by the {row['signed_by'][:1].lower()}{row['signed_by'][1:]}, {day(row['written_on'])}."
        )
        return f"**The board's judgement: {grade[:1].lower()}{grade[1:].rstrip('.')}.** {rest} *{signed}*"
    news = [_late_news(held.standing), _chance_news(held), _silence(held.returns)]
    said = listed([part for part in news if part])
    nothing = "Nothing here is late or out of the ordinary. " if _is_held(held) else NOTHING_HELD
    found = f"**{said[:1].upper()}{said[1:]}.** " if said else nothing
    return f"{found}The board has written no judgement of this agency."


def _is_held(held: Held) -> bool:
    """Whether anything is held by which the agency could be judged."""
    return held.standing["share"] is not None or len(held.returns) > 0 or bool(held.standing["open"])


def _late_news(row: Row) -> str:
    if not row["late"]:
        return ""
    many = sentence_plural(row["open"], "open action")
    return f"{in_words(row['late'])} of {many} {'is' if row['late'] == 1 else 'are'} late"


def _chance_news(held: Held) -> str:
    row = held.standing
    if row["position"] in (None, "within") or held.board_share is None:
        return ""
    share, board = percent(row["share"], places=0), percent(held.board_share, places=0)
    more = "higher" if row["position"].endswith("above") else "lower"
    return f"its share below the threshold is {more} than chance explains ({share}, board {board})"


def _silence(returns: Row) -> str:
    if not returns or returns["supplies"] == "yes":
        return ""
    if returns["supplies"] == "some":
        return "it sends only part of its figures"
    return "its latest figures have not come" if returns["last_due_on"] else "it sends the board no figures"


def figures(held: Held) -> list[Figure]:
    """The four figures, those that are held alone."""
    found = (_actions_late(held.standing), _below_threshold(held), _presence(held), _on_time(held))
    return [figure for figure in found if figure]


def _actions_late(row: Row) -> Figure | None:
    if not row["open"]:
        return Figure("Actions late", "None open", "")
    late = f"longest {plural(row['longest'], 'day')}" if row["late"] else ""
    return Figure("Actions late", of(row["late"], row["open"]), late, "worse" if row["late"] else "neither")


def _below_threshold(held: Held) -> Figure | None:
    row = held.standing
    if row["below"] is None or row["referrals"] is None:
        return None
    few = too_few(row["referrals"])
    value = of(row["below"], row["referrals"]) if few else percent(row["below"] / row["referrals"])
    beside = "" if held.board_share is None else f"board {percent(held.board_share)}"
    tone: Tone = "worse" if (row["position"] or "").endswith("above") else "neither"
    return Figure("Below threshold", value, beside, tone)


def _presence(held: Held) -> Figure | None:
    row = held.attendance
    if not row["meetings"]:
        return None
    board = f"board {percent(row['board_attended'] / row['board_meetings'], places=0)}"
    return Figure("Meetings attended", of(row["attended"], row["meetings"]), board)


def _on_time(held: Held) -> Figure | None:
    row = held.returns
    if not row:
        return None
    if not row["due"]:
        said = {"yes": "All", "some": "Some", "no": "None"}[row["supplies"]]
        return Figure("Figures sent", said, "", "worse" if row["supplies"] == "no" else "neither")
    last = f"last: {short_day(row['last_sent_on'])}" if row["last_sent_on"] else "never sent"
    return Figure("Sent on time", of(row["on_time"], row["due"]), last, _silent(row))


def _silent(row: Row) -> Tone:
    return "worse" if row["supplies"] == "no" else "neither"


def missing(held: Held, **parts: pd.DataFrame) -> list[str]:
    """What the board does not hold about the agency: a finding of its own."""
    lacks = [
        ("its referrals by level", held.standing["referrals"] is None),
        ("its presence at meetings", not held.attendance["meetings"]),
        ("whether it sends its figures", not held.returns),
    ]
    words = {
        "answers": "its answers in an audit",
        "scores": "scores of its section 11 self-check",
        "courses": "places and presence on training",
    }
    lacks += [(said, parts[name].empty) for name, said in words.items()]
    return [said for said, is_missing in lacks if is_missing]
