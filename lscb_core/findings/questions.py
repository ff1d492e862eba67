"""Questions that a chair may put at the meeting, each derived by one rule from the figures."""

from collections.abc import Callable, Iterator

from lscb_core.findings import action_questions, figure_questions, register_questions
from lscb_core.findings.question import BOARD, Facts, Question

MOST_ASKED, MOST_OF_ONE, MOST_OF_BOARD = 6, 2, 4

Rule = Callable[[Facts], Iterator[Question]]
RULES: tuple[Rule, ...] = (
    action_questions.undated,
    figure_questions.outlier,
    action_questions.latest_late,
    figure_questions.unexplained,
    figure_questions.slow_reviews,
    register_questions.late_report,
    figure_questions.silent_partners,
    action_questions.most_moved,
    register_questions.late_repeat,
    register_questions.lesson_without_action,
    register_questions.unanswered,
    action_questions.nobodys_action,
)
"""Heaviest first: what cannot be asked at all, whom chance does not excuse, what is latest."""


def questions(facts: Facts) -> list[Question]:
    """At most six, the heaviest rule first, and at most two to the same agency."""
    asked: list[Question] = []
    for question in (question for rule in RULES for question in rule(facts)):
        most = MOST_OF_BOARD if question.whom == BOARD else MOST_OF_ONE
        if sum(each.whom == question.whom for each in asked) < most:
            asked.append(question)
    return asked[:MOST_ASKED]
