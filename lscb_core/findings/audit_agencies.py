"""What may be said of single agencies in an audit."""

import pandas as pd

from lscb_core.domain.intervals import placement, too_few
from lscb_core.domain.numbers import in_words, sentence_plural

FEWEST_AGENCIES = 3
"""With fewer agencies than this there is no common rate to stand apart from."""


def apart(asked: pd.DataFrame) -> pd.DataFrame:
    """Answers of an agency that lie beyond the 99.8% limits around all agencies' rate.

    Frame: QUESTIONS with an agency each. Ten cases at least, three agencies at least. Not 95%: an
    audit makes dozens of these comparisons, and one in twenty would stand out by chance.
    Gives the same columns and `place`, 'well above' or 'well below'.
    """
    counted = asked[asked["met"].notna()]
    places = {
        index: placement(int(row["met"]), int(row["applicable"]), rate)
        for _, group in counted.groupby("position", sort=False)
        if (rate := _rate(group)) is not None
        for index, row in group.iterrows()
        if not too_few(int(row["applicable"]))
    }
    found = asked.assign(place=pd.Series(places, index=asked.index, dtype=object))
    return found[found["place"].isin(["well above", "well below"])]


def _rate(group: pd.DataFrame) -> float | None:
    """Met of applicable over all agencies that were asked the question."""
    of = int(group["applicable"].sum())
    return int(group["met"].sum()) / of if of and len(group) >= FEWEST_AGENCIES else None


def agencies(asked: pd.DataFrame) -> str:
    """Who stands clearly apart from the others. Frame: QUESTIONS with an agency each."""
    found = apart(asked)
    below = found[found["place"] == "well below"]
    if len(below) == 1:
        row = below.iloc[0]
        return f"{row['agency']} is clearly below the others on “{row['question']}”"
    if len(below):
        return f"{in_words(len(below)).capitalize()} answers are clearly below those of the other agencies"
    if len(found):
        return "No agency is clearly below the others"
    return "Each agency's own answers"


def cases(answers: pd.DataFrame) -> str:
    """In how many cases one agency says met and another not met. Frame: CASES of one question."""
    seen = answers.groupby("case", sort=False)["answer"].agg(set)
    split = sum({"met", "not_met"} <= kinds for kinds in seen)
    if not split:
        return "The agencies agree on every case"
    of = f"{in_words(split)} of {sentence_plural(len(seen), 'case')}"
    return f"The agencies disagree on {of}"
