"""What may be said of one audit: its answers, what changed since the audit before, what came of it."""

import pandas as pd

from lscb_core.domain.numbers import in_words, listed, sentence_plural
from lscb_core.domain.vocab import Brag


def answers(asked: pd.DataFrame) -> str:
    """What stands out among an audit's questions. Frame: QUESTIONS, all agencies together.

    Clearly fewer than half: the likely range ends below one half. Least often: the likely range of the
    lowest ends below that of the highest begins.
    """
    sure = asked[asked["share"].notna()].sort_values("share", kind="stable")
    low = sure[sure["high"] < 0.5]
    if len(low) == 1:
        return f"Clearly fewer than half: “{low.iloc[0]['question']}”"
    if len(low) > 1:
        return f"Clearly fewer than half for {in_words(len(low))} of {_questions(len(sure))}"
    if len(sure) > 1 and sure.iloc[0]["high"] < sure.iloc[-1]["low"]:
        return f"Least often met: “{sure.iloc[0]['question']}”"
    if len(sure) > 1 and (sure["low"] > 0.5).all():
        return f"Clearly more than half for all {_questions(len(sure))}"
    return "What was asked, and how often it was met" if asked["met"].notna().any() else "What was asked"


def instead(*, met: float | None, percent: float | None, cases: float | None, fits: str) -> str:
    """What stands in place of counts that were not given; empty where they were."""
    if met is not None:
        return ""
    if percent is None:
        return "The number is not given"
    doubt = f"no number of the {cases:.0f} cases gives it" if fits == "no" and cases else "no counts given"
    return f"{percent:g}% as reported: {doubt}"


def changes(compared: pd.DataFrame) -> str:
    """What has changed by more than chance since the first audit. Frame: THEN_AND_NOW."""
    sure = compared[compared["change"].notna()]
    better, worse = (sure[sure["change"] == way] for way in ("better", "worse"))
    if sure.empty:
        return "Too few cases to say what has changed"
    if better.empty and worse.empty:
        return "Nothing has changed by more than chance explains"
    if len(better) + len(worse) == 1:
        way, row = ("better", better) if len(better) else ("worse", worse)
        return f"Only one answer is clearly {way}: “{row.iloc[0]['question']}”"
    said = [f"{in_words(len(part))} {way}" for way, part in (("better", better), ("worse", worse))]
    return f"Of {_questions(len(sure))}, {listed(said)} by more than chance"


def promised(actions: pd.DataFrame) -> str:
    """How many of an audit's actions are late, or have no date. Frame: ACTIONS of one audit."""
    if actions.empty:
        return "No action is recorded for it"
    open_ = actions[actions["now"] != Brag.CLOSED.value]
    if open_.empty:
        return "Its one action is closed" if len(actions) == 1 else "All its actions are closed"
    late, undated = (int((open_["now"] == each.value).sum()) for each in (Brag.LATE, Brag.NO_DATE))
    if undated and not late:
        return f"{_of(undated, len(open_), 'open action')} {'has' if undated == 1 else 'have'} no agreed date"
    return f"{_of(late, len(open_), 'open action')} {'is' if late == 1 else 'are'} late"


def unanswered(recommended: pd.DataFrame) -> str:
    """The recommendations that no action answers; empty where each has one. Frame: RECOMMENDED."""
    left = int((recommended["actions"] == 0).sum())
    if not left:
        return ""
    if left == len(recommended) > 1:
        return f"None of its {in_words(left)} recommendations has an action so far."
    has = "has" if left == 1 else "have"
    return f"{_of(left, len(recommended), 'recommendation')} {has} no action so far."


def _of(part: int, whole: int, one: str) -> str:
    """'Two of five open actions', 'None of two …', 'Both …', 'All three …', 'Its one open action'."""
    if part == whole:
        return {1: f"Its one {one}", 2: f"Both {one}s"}.get(whole, f"All {sentence_plural(whole, one)}")
    said = f"{in_words(part) if part else 'none'} of {sentence_plural(whole, one)}"
    return said[:1].upper() + said[1:]


def _questions(number: int) -> str:
    return sentence_plural(number, "question")
