"""A question that a chair may put at the meeting, and the facts that the rules derive it from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

BOARD, PANEL = "The board", "Child death panel"


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask of whom, the figures behind it, and the page that shows them."""

    whom: str
    asks: str
    because: str
    page: str
    changes: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """The frames that the rules read, by the names of their queries; all for the same view."""

    figures: pd.DataFrame
    late: pd.DataFrame
    moved: pd.DataFrame
    nobodys: pd.DataFrame
    below: pd.DataFrame
    board_below: pd.DataFrame
    cards: pd.DataFrame
    reports: pd.DataFrame
    lessons: pd.DataFrame
    re_audits: pd.DataFrame
    audits: pd.DataFrame
    partners: pd.DataFrame
    challenges: pd.DataFrame
    unheard: pd.DataFrame
