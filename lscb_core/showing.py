"""What `show` prints: for each word, the frames that the page of that name shows.

To add one: a function that gives named frames, and its line in SHOWN.
"""

from collections.abc import Callable, Mapping

import pandas as pd
from sqlmodel import Session

from lscb_core.queries.measures import comments, coverage, latest_measures
from lscb_core.queries.reports import reports
from lscb_core.queries.view import View

Frames = Mapping[str, pd.DataFrame]


def _measures(session: Session, view: View) -> Frames:
    return {
        "measures": latest_measures(session, view=view),
        "explanations": comments(session, view=view),
        "partners' figures": coverage(session, view=view),
    }


def _reports(session: Session, view: View) -> Frames:
    return {"reports": reports(session, view=view)}


SHOWN: dict[str, Callable[[Session, View], Frames]] = {
    "measures": _measures,
    "reports": _reports,
}
