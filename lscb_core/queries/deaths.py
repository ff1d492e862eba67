"""Questions about child deaths: counts of a whole area and year, and how timely reviews are. Never a case.

Answers come from the protected grid alone. Exact counts are given only where they are asked for and the
view's reader may see them.
"""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import DeathCount, DeathExact, Origin
from lscb_core.domain.disclosure import HIDDEN
from lscb_core.domain.intervals import share, too_few, wilson
from lscb_core.domain.periods import months_back
from lscb_core.errors import NotPermitted
from lscb_core.queries import death_lines
from lscb_core.queries.standing import is_newest, stands
from lscb_core.queries.view import View

YEARS_SHOWN = 5

COUNTS = {
    "dimension": "what is counted: all, age, expectedness, abuse, reviews, category or modifiable",
    "key": "line of it",
    "line": "line, in words",
    "span": "year, pooled (five years together) or part of a year",
    "period": "period",
    "period_end": "last day of the period",
    "count": "number (empty: see the symbol)",
    "symbol": "why there is no number (key: codes.SYMBOLS)",
    "is_hidden": "hidden from everybody without the right to exact counts",
    "is_published": "the board has published this number itself",
    "note": "note",
    "source": "paragraph of the document",
    "origin": "document or return",
}
TIMELINESS = {
    "year": "year",
    "done": "reviews completed in time (empty: hidden or not given)",
    "of": "all reviews completed (empty: hidden or not given)",
    "share": "in time of all, a fraction of 1 (empty: hidden, not given, or under 10 reviews)",
    "low": "lower end of the likely range (95%), a fraction of 1",
    "high": "upper end of the likely range (95%), a fraction of 1",
    "symbol": "why a number is missing (key: codes.SYMBOLS)",
    "note": "note",
    "source": "paragraph of the document",
}


def death_counts(session: Session, *, view: View, exact: bool = False) -> pd.DataFrame:
    """The last five years' grid known on the view's day: five years together first, newest year next.

    The grid is of the whole area: no filter narrows it. Columns: COUNTS. With `exact` the numbers behind
    the hidden cells too; raises NotPermitted where the view's reader may not see them.
    """
    if exact and not view.exact_deaths:
        raise NotPermitted(
            "Exact counts of child deaths are not shown to you.",
            why="Only the chair, the board manager and members of the panel see them.",
        )
    newest = session.connection().execute(_known(view, sa.func.max(DeathCount.period_end))).scalar()
    if newest is None:
        return pd.DataFrame(columns=list(COUNTS))
    first = months_back(newest, 12 * YEARS_SHOWN)
    found = session.connection().execute(_rows(view, exact).where(col(DeathCount.period_end) > first))
    rows = sorted((_in_words(dict(row)) for row in found.mappings()), key=_place)
    return pd.DataFrame(rows, columns=list(COUNTS)).astype({"count": "Int64"})


def _known(view: View, *what: Any) -> Any:
    """SELECT of cells whose period had ended and that were known on the view's day."""
    return sa.select(*what).where(
        col(DeathCount.area_id) == view.area_id,
        col(DeathCount.period_end) <= view.as_at,
        col(DeathCount.known_on) <= view.as_at,
        *newest_cells(view),
    )


def newest_cells(view: View) -> list[Any]:
    """The conditions that a cell stood on the view's day, in its newest revision."""
    cell = ("area_id", "dimension", "key", "span", "period_end")
    return [stands(DeathCount, view.as_at), is_newest(DeathCount, cell, view.as_at)]


def _rows(view: View, exact: bool) -> Any:
    names = ("dimension", "key", "span", "period_end", "symbol", "is_published", "note", "source")
    columns = [
        *(col(getattr(DeathCount, name)) for name in names),
        col(DeathCount.period_label).label("period"),
        col(Origin.title).label("origin"),
    ]
    if not exact:
        return _known(view, *columns, col(DeathCount.count)).join(Origin)
    number = sa.func.coalesce(DeathCount.count, DeathExact.count).label("count")
    return _known(view, *columns, number).join(Origin).join(DeathExact, isouter=True)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    symbol = row["symbol"] if row["count"] is None else ""
    line = death_lines.words(row["dimension"], row["key"])
    return row | {"line": line, "is_hidden": row["symbol"] == HIDDEN, "symbol": symbol}


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    line = death_lines.place(row["dimension"], row["key"])
    return row["span"] != "pooled", -row["period_end"].toordinal(), line


def timeliness(session: Session, *, view: View, exact: bool = False) -> pd.DataFrame:
    """Reviews completed in time by year, oldest first, with likely ranges. Columns: TIMELINESS.

    `exact` as for `death_counts`. A year without any figure of reviews is left out.
    """
    held: dict[tuple[date, str], dict[str, Any]] = {}
    for line in death_counts(session, view=view, exact=exact).to_dict("records"):
        if line["dimension"] == "reviews" and line["span"] != "pooled":
            held.setdefault((line["period_end"], line["period"]), {})[line["key"]] = line
    rows = [_year(year, lines) for (_, year), lines in sorted(held.items())]
    return pd.DataFrame(rows, columns=list(TIMELINESS)).astype({"done": "Int64", "of": "Int64"})


def _year(year: str, lines: dict[str, Any]) -> dict[str, Any]:
    """One year's line: done in time, of all completed."""
    done, of = (_number(lines.get(key)) for key in ("in_time", "completed"))
    told = [lines[key] for key in ("in_time", "completed") if key in lines]
    said = {
        "year": year,
        "done": done,
        "of": of,
        **{name: _first(told, name) for name in ("symbol", "note", "source")},
    }
    if done is None or of is None or too_few(of):
        return said
    return said | {"share": share(done, of)} | wilson(done, of)._asdict()


def _number(line: dict[str, Any] | None) -> int | None:
    return None if line is None or pd.isna(line["count"]) else int(line["count"])


def _first(lines: list[dict[str, Any]], name: str) -> str:
    """The first of these lines that says anything in that column."""
    return next((str(line[name]) for line in lines if line[name]), "")
