"""From a SELECT to a tidy frame, with its columns in the documented order."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlmodel import Session


def frame(session: Session, statement: Any, columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a SELECT whose columns are labelled with the keys of `columns`."""
    result = session.connection().execute(statement)
    rows = pd.DataFrame(result.fetchall(), columns=list(result.keys()))
    return rows[list(columns)]
