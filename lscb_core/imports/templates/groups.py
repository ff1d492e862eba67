"""Rows that are answered together: which belong to one group, and whether the group is whole."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day, month_label
from lscb_core.imports.templates.model import Entry, Finding, Form, Given, Kind, Values

NAMED = 5
"""So many missing lines of a table are named; of the others the number is told."""


def group_of(form: Form, values: Values) -> tuple[Any, ...]:
    """What the rows of one group share."""
    return tuple(values[key] for key in form.whole)


def group_findings(form: Form, entries: Sequence[Entry], given: Given) -> Iterator[Finding]:
    """Lines that a group lacks, and what its own check finds. All rows are right in themselves."""
    groups: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(group_of(form, entry[1]), []).append(entry)
    for group in groups.values():
        missing = list(_missing(form, group, given)) if form.lines else []
        yield from missing
        if form.together and not missing:
            yield from form.together(group)


def _missing(form: Form, group: Sequence[Entry], given: Given) -> Iterator[Finding]:
    """The lines of a table that were deleted: an absent line is not a count of none."""
    there = {tuple(values[key] for key in form.lines) for _, values in group}
    labels = [form.column(key).choices(given) for key in form.lines]
    gone = [codes for codes in product(*labels) if codes not in there]
    if not gone:
        return
    number, values = group[0]
    named = [" / ".join(label[code] for label, code in zip(labels, codes, strict=True)) for codes in gone]
    more = f" and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
    about = ", ".join(_words(form, key, values, given) for key in form.whole)
    rows = plural(len(gone), "row is missing", "rows are missing")
    problem = f"{about}: {rows} from the table ({'; '.join(named[:NAMED])}{more})."
    yield number, form.lines[-1], problem, "Add what is missing, and write 0 where there was none."


def _words(form: Form, key: str, values: Values, given: Given) -> str:
    column, value = form.column(key), values[key]
    if column.kind.is_day:
        return month_label(value) if column.kind is Kind.MONTH else day(value)
    return column.choices(given).get(value, str(value))
