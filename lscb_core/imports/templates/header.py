"""Finding the columns of a sheet by their headings, wherever they have been moved to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, islice
from typing import Any

from lscb_core.imports.reading import Problems
from lscb_core.imports.templates.model import Form
from lscb_core.imports.templates.values import quoted
from lscb_core.imports.workbooks.sheets import Row, clean_text

LOOKED_AT = 100
"""The row of headings is looked for among so many rows with anything in them."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where each column stands (its key -> place, from 0), the rows below, headings that nobody asked for."""

    places: Mapping[str, int]
    rows: Iterable[Row]
    others: Mapping[int, str]


def find_columns(form: Form, rows: Iterable[Row], problems: Problems, *, sheet: str) -> Found | None:
    """The columns of a sheet; None after a problem where one is missing or stands twice."""
    before = len(problems)
    coming = iter(rows)
    looked = list(islice(coming, LOOKED_AT))
    at = _row_of_headings(form, looked)
    if at is None:
        problems.add(
            "The row of headings was not found.",
            "Put it back as in the workbook: "
            + ", ".join(f"“{each.heading}”" for each in form.columns)
            + ".",
            sheet=sheet,
        )
        return None
    number, cells = looked[at]
    named = _named(form, cells)
    others = {place: clean_text(cell) for place, cell in enumerate(cells) if _is_other(form, cell)}
    for column in form.columns:
        _say_what_is_wrong(
            column.heading, named.get(column.key, ()), others, problems, sheet=sheet, row=number
        )
    if len(problems) > before:
        return None
    below = chain(looked[at + 1 :], coming)
    return Found({key: places[0] for key, places in named.items()}, below, others)


def _row_of_headings(form: Form, rows: Sequence[Row]) -> int | None:
    """The row with most of the headings: at least half of them."""
    scores = [len(_named(form, cells)) for _, cells in rows]
    best = max(scores, default=0)
    return scores.index(best) if 2 * best >= len(form.columns) else None


def _named(form: Form, cells: Sequence[Any]) -> dict[str, list[int]]:
    keys = {_bare(column.heading): column.key for column in form.columns}
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        key = keys.get(_bare(cell))
        if key is not None:
            found.setdefault(key, []).append(place)
    return found


def _bare(cell: Any) -> str:
    """A heading for comparing: letters and figures alone."""
    return " ".join(re.findall(r"[^\W_]+", clean_text(cell).casefold()))


def _is_other(form: Form, cell: Any) -> bool:
    return bool(clean_text(cell)) and _bare(cell) not in {_bare(column.heading) for column in form.columns}


def _say_what_is_wrong(
    heading: str,
    places: Sequence[int],
    others: Mapping[int, str],
    problems: Problems,
    *,
    sheet: str,
    row: int,
) -> None:
    if len(places) == 1:
        return
    if places:
        words, advice = f"The column “{heading}” stands here {len(places)} times.", "Keep one of them."
    else:
        words, advice = f"The column “{heading}” is missing.", _where_it_may_be(heading, others)
    problems.add(words, advice, sheet=sheet, row=row, field=heading)


def _where_it_may_be(heading: str, others: Mapping[int, str]) -> str:
    """A heading that is nearly the same may be the column under another name."""
    words = {_bare(other): other for other in others.values()}
    near = get_close_matches(_bare(heading), list(words), n=1)
    if near:
        return f"If it is the column headed {quoted(words[near[0]])}, call it “{heading}” again."
    return f"Put it back, headed “{heading}”, even if nothing is filled in below."
