"""Section 11 audits: who has not answered, and how far an agency's own score stood up to challenge."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

K = TypeVar("K")

MOSTLY_MET = 2


def not_returned(asked: Iterable[K], returned: Iterable[K]) -> list[K]:
    """The agencies that were asked and have not answered, in the order in which they were asked."""
    answered = set(returned)
    return [agency for agency in asked if agency not in answered]


def challenged_down(own: Mapping[K, int], after: Mapping[K, int]) -> dict[K, int]:
    """Standards whose score fell after peer challenge, and by how much."""
    return {key: own[key] - score for key, score in after.items() if key in own and score < own[key]}


def counted_score(own: int | None, after: int | None) -> int | None:
    """The score that counts: after challenge where there was one, else the agency's own."""
    return own if after is None else after


def needs_action(own: int | None, after: int | None) -> bool:
    """Scored, and less than mostly met."""
    score = counted_score(own, after)
    return score is not None and score < MOSTLY_MET
