"""What may be said of audits: each sentence follows from a rule, and claims no more than chance allows."""

import pandas as pd

from lscb_core.domain.audits import DIMENSIONS, Standing, grade_change
from lscb_core.domain.numbers import in_words, listed, sentence_plural
from lscb_core.domain.vocab import Brag, Grade


def lead(owed: pd.DataFrame, programme: pd.DataFrame) -> str:
    """The news in a sentence: audits reported, then what is late or lost, in bold.

    Frames: RE_AUDITS, and AUDITS of the programme.
    """
    done, slipped, silent = (
        _count(programme, each) for each in (Standing.DONE, Standing.SLIPPED, Standing.SILENT)
    )
    late = int((owed["standing"] == Brag.LATE.value).sum())
    news = [
        f"{_are(late, 'repeat')} late" if late else "",
        f"{sentence_plural(slipped, 'audit')} {'has' if slipped == 1 else 'have'} slipped" if slipped else "",
        f"nothing was heard of {sentence_plural(silent, 'planned audit')}" if silent else "",
    ]
    said = listed([words for words in news if words])
    was = "was" if done == 1 else "were"
    reported = f"{_words(done, 'audit')} {was} reported in the last twelve months"
    return f"{reported}; **{said}**." if said else f"{reported}."


def grades(graded: pd.DataFrame) -> str:
    """How grades moved, subject by subject. Frame: graded rows of AUDITS.

    Slipped back: the latest grade is below the first or below the one before. Better: above the first.
    """
    if graded.empty:
        return "No audit was graded"
    moved = [_grade_move(group) for group in _by_subject(graded).values() if len(group) > 1]
    if not moved:
        return f"{_words(len(graded), 'audit')} graded, each subject once: no trend yet"
    better = sum(move == "better" for _, move in moved)
    back = [lowered(theme) for theme, move in moved if move == "worse"]
    ahead = f"{in_words(better) if better else 'none'} of {sentence_plural(len(moved), 'subject')}"
    said = f"{ahead} {'is' if better == 1 else 'are'} graded better than at first"
    if back:
        said += f"; {listed(back)} {'has' if len(back) == 1 else 'have'} slipped back"
    return said[:1].upper() + said[1:]


def _by_subject(graded: pd.DataFrame) -> dict[str, list[tuple[str, Grade]]]:
    """Each subject's grades, the first one first."""
    groups: dict[str, list[tuple[str, Grade]]] = {}
    for row in graded.sort_values("month", kind="stable").to_dict("records"):
        groups.setdefault(row["theme"], []).append((row["theme"], Grade.of(row["grade"])))
    return groups


def _grade_move(group: list[tuple[str, Grade]]) -> tuple[str, str]:
    theme, latest = group[-1]
    since = {grade_change(group[at][1], latest) for at in (0, -2)}
    return theme, "worse" if "worse" in since else grade_change(group[0][1], latest)


def grades_key(graded: pd.DataFrame) -> str:
    """What the letters mean, those that are there, weakest first."""
    there = [grade for grade in reversed(Grade) if grade.value in set(graded["grade"])]
    letters = ", ".join(f"**{grade.letter}** {grade.label.lower()}" for grade in there)
    return f"Each square is an audit: {letters}. Weakest latest grade first."


def programme(listed_: pd.DataFrame) -> str:
    """How much was done, what slipped and what is to come. Frame: AUDITS of the programme."""
    words = {
        Standing.DONE: "done",
        Standing.UNDER_WAY: "under way",
        Standing.SLIPPED: "slipped",
        Standing.SILENT: "not heard of since",
        Standing.PLANNED: "planned",
    }
    parts = [(count, words[each]) for each in words if (count := _count(listed_, each))]
    if not parts:
        return "No audit is planned"
    (first, what), *others = parts
    said = [f"{_words(first, 'audit')} {what}", *(f"{in_words(count)} {what}" for count, what in others)]
    return ", ".join(said)


def gaps(listed_: pd.DataFrame) -> str:
    """The dimensions of the framework that nothing in the programme looks at; empty where none is named."""
    there = set(listed_["dimension"].dropna())
    missing = [words for number, words in DIMENSIONS.items() if number not in there]
    if not there or not missing:
        return ""
    return f"Nothing in the programme looks at {listed([lowered(words) for words in missing])}."


def owed(repeats: pd.DataFrame) -> str:
    """Which repeats are late. Frame: RE_AUDITS."""
    if repeats.empty:
        return "No repeat is owed"
    late = repeats[repeats["standing"] == Brag.LATE.value]
    if late.empty:
        return "No repeat is late"
    named = listed([lowered(theme) for theme in late["theme"]])
    said = f"{_are(len(late), 'repeat')} late"
    return f"{said[:1].upper()}{said[1:]}" + (f": {named}" if len(late) <= 3 else "")


def lowered(words: str) -> str:
    """A subject inside a sentence: 'Domestic abuse' as 'domestic abuse'; MASH and Section 47 stay."""
    is_name = words[1:2].isupper() or any(sign.isdigit() for sign in words)
    return words if is_name else words[:1].lower() + words[1:]


def _count(audits: pd.DataFrame, standing: Standing) -> int:
    return int((audits["standing"] == standing.value).sum())


def _are(number: int, one: str) -> str:
    return f"{sentence_plural(number, one)} {'is' if number == 1 else 'are'}"


def _words(number: int, one: str) -> str:
    said = sentence_plural(number, one)
    return said[:1].upper() + said[1:]
