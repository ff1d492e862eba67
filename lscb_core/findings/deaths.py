"""What the panel's figures say, and no more than that: small numbers move by chance."""

from collections.abc import Mapping

import pandas as pd

from lscb_core.domain.intervals import has_changed
from lscb_core.domain.numbers import in_words, listed, of
from lscb_core.queries import death_lines

DAYS_A_MONTH = 365.25 / 12
PLAIN = {
    "age": "How old the children were",
    "expectedness": "Expected and unexpected deaths",
    "abuse": "Deaths from abuse or neglect",
    "category": "What the children died of",
    "modifiable": "Could anything have been changed?",
}
AGED = {
    "0-27d": "under four weeks old",
    "28-364d": "from four weeks to one year old",
    "1-4y": "from one to four years old",
    "5-9y": "from five to nine years old",
    "10-14y": "from ten to fourteen years old",
    "15-17y": "from fifteen to seventeen years old",
}
PARTS = (
    (0.9, "Nearly all"),
    (0.7, "Most"),
    (0.501, "More than half"),
    (0.499, "Half"),
    (0.45, "Nearly half"),
    (0.36, "More than a third"),
    (0.3, "About a third"),
)
WANTED = {
    "age": "the children's ages",
    "category": "what they died of",
    "expectedness": "how many deaths were foreseen",
    "reviews": "how timely reviews are",
    "modifiable": "whether anything could have been changed",
}


def limit(days: int) -> str:
    """The limit of a review: 'six months (182 days)', or the days alone where they make no months."""
    months = round(days / DAYS_A_MONTH)
    near = abs(days - months * DAYS_A_MONTH) <= 3
    return f"{in_words(months)} months ({days} days)" if near and months > 1 else f"{days} days"


def timeliness(years: pd.DataFrame) -> str:
    """The last year against the one before. Frame: `queries.deaths.TIMELINESS`."""
    told = [row for row in years.to_dict("records") if pd.notna(row["done"]) and pd.notna(row["of"])]
    if not told or told[-1]["year"] != years["year"].iloc[-1]:
        return "Reviews done in time, year by year"
    last = told[-1]
    before = told[-2] if len(told) > 1 else last
    if pd.isna(last["share"]) or pd.isna(before["share"]) or before is last:
        return f"{of(last['done'], last['of'])} reviews were done in time"
    if last["share"] == before["share"]:
        return "The same share of reviews was done in time as before"
    fewer = "A smaller" if last["share"] < before["share"] else "A larger"
    is_real = has_changed(before["done"], before["of"], last["done"], last["of"])
    return f"{fewer} share of reviews was done in time{'' if is_real else ', perhaps by chance'}"


def split(counts: pd.DataFrame, dimension: str) -> str:
    """What stands out in one split of the grid, five years together where they are held.

    Frame: `queries.deaths.COUNTS`. Only numbers that the frame shows are told.
    """
    shown = _newest(counts)
    whole = shown.get(death_lines.TOTALS[dimension])
    lines = {key: number for (name, key), number in shown.items() if name == dimension}
    if not whole or not lines:
        return PLAIN[dimension]
    return _of_two(dimension, lines, whole) or _largest(dimension, lines, whole) or PLAIN[dimension]


def _newest(counts: pd.DataFrame) -> dict[tuple[str, str], int]:
    """The numbers shown of the newest five years together, or else of the newest period."""
    rows = counts.to_dict("records")
    if not rows:
        return {}
    span, end = rows[0]["span"], rows[0]["period_end"]
    return {
        (row["dimension"], row["key"]): int(row["count"])
        for row in rows
        if row["span"] == span and row["period_end"] == end and pd.notna(row["count"])
    }


def _of_two(dimension: str, lines: Mapping[str, int], whole: int) -> str:
    """Splits into yes and no are told as counts."""
    if dimension == "expectedness" and "unexpected" in lines:
        return f"{of(lines['unexpected'], whole)} deaths were unexpected"
    if dimension == "modifiable" and "yes" in lines:
        return f"In {of(lines['yes'], whole)} reviews something could have been changed"
    if dimension == "abuse" and "yes" in lines:
        said = of(lines["yes"], whole) if lines["yes"] else f"None of the {whole}"
        return f"{said} deaths {'were' if lines['yes'] > 1 else 'was'} from abuse or neglect"
    return ""


def _largest(dimension: str, lines: Mapping[str, int], whole: int) -> str:
    key = max(lines, key=lambda each: lines[each])
    part = next((words for least, words in PARTS if lines[key] >= least * whole), "")
    if not part or whole < 10:
        return ""
    if dimension == "age":
        return f"{part} of the children were {AGED[key]}"
    return f"{part} of the reviews: {death_lines.words(dimension, key).lower()}"


def not_given(counts: pd.DataFrame) -> str:
    """What a published report leaves out: 'the children's ages or how timely reviews are'."""
    there = set(counts["dimension"])
    missing = [words for dimension, words in WANTED.items() if dimension not in there]
    return " or ".join(listed(missing).rsplit(" and ", 1))


def lessons(learned: pd.DataFrame) -> str:
    """How many lessons led to an action that is done. Frame: `queries.panel.LESSONS`, not empty."""
    many, now = len(learned), learned["now"].tolist()
    without, late, closed = (now.count(state) for state in ("", "late", "closed"))
    if without:
        wait = f", {in_words(late)} {'waits' if late == 1 else 'wait'} for a late one" if late else ""
        return f"{_some(without, many)} {'has' if without == 1 else 'have'} no action{wait}"
    if late:
        return f"{_some(late, many)} {'waits' if late == 1 else 'wait'} for a late action"
    if closed == many:
        return "Every lesson has led to an action that is closed and checked"
    left = many - closed
    return f"{_some(left, many)} still {'waits' if left == 1 else 'wait'} for {_their(left)} action"


def _some(some: int, many: int) -> str:
    """'All three lessons', 'Two of twelve lessons', 'The one lesson here'."""
    if some == many:
        return "The one lesson here" if many == 1 else f"All {in_words(many)} lessons"
    return f"{in_words(some).capitalize()} of {in_words(many)} lessons"


def _their(many: int) -> str:
    return "its" if many == 1 else "their"
