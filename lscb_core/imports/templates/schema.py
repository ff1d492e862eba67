"""The pandera schemas of a sheet, made from its declaration, and what they find.

The first schema looks at single cells: their type, range and list. What it finds wrong is emptied, so that
the second, which looks at columns of a row together and at rows that stand twice, does not tell it again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from lscb_core.imports.templates.checks import CellCheck, cell_checks, is_filled
from lscb_core.imports.templates.model import Column, Entry, Form, Given, Kind, Rule, Values

NUMBERS = (Kind.WHOLE, Kind.NUMBER)
ONLY_ONE = 1  # of failing cells pandera keeps; which ones fail is read from the check itself


class Fault(NamedTuple):
    """Something wrong in a cell: which row of the list, which column, and the words with their blanks."""

    at: int
    column: int
    problem: str
    advice: str


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong in a sheet, in the order of rows and columns. `wrong` are the rows that have any."""

    total: int
    first: Sequence[Fault]
    wrong: frozenset[int]


def get_ready() -> None:
    """Import what the checks need: while there is memory for it, so that its lack is told as what it is."""
    import_module("pandera.pandas")


def faults(form: Form, entries: Sequence[Entry], *, given: Given, most: int) -> Faults:
    """All that is wrong in these rows; of each cell the first thing. The first `most` are listed."""
    if not entries:
        return Faults(0, (), frozenset())
    marks = _Marks(form, len(entries))
    frame = _frame(form, [values for _, values in entries])
    _validate(_cell_schema(form, given, marks), frame, marks)
    _validate(_row_schema(form, marks), _clean(form, frame, marks), marks)
    return marks.found(most)


class _Marks:
    """For every cell the number of the check that failed first, 0 where none did."""

    def __init__(self, form: Form, rows: int) -> None:
        import numpy as np

        self.columns = {column.key: place for place, column in enumerate(form.columns)}
        self.told: list[CellCheck | Rule] = []
        self.cells = np.zeros((rows, len(self.columns)), dtype=np.int16)

    def number(self, check: CellCheck | Rule) -> str:
        """Take a check down; its number is the name by which pandera tells of it."""
        self.told.append(check)
        return str(len(self.told))

    def sound(self, keys: Sequence[str]) -> Any:
        """For every row, whether nothing is wrong in these columns so far."""
        return (self.cells[:, [self.columns[key] for key in keys]] == 0).all(axis=1)

    def failed(self, number: int, keys: Sequence[str], field: str, holds: Any) -> None:
        """Take down where a check failed, unless something was wrong in its columns before."""
        failing = self.sound(keys) & ~holds.to_numpy(dtype=bool)
        self.cells[failing, self.columns[field]] = number

    def found(self, most: int) -> Faults:
        import numpy as np

        places = np.argwhere(self.cells)
        listed = []
        for at, column in places[:most].tolist():
            check = self.told[int(self.cells[at, column]) - 1]
            listed.append(Fault(at, column, check.problem, check.advice))
        return Faults(len(places), listed, frozenset(places[:, 0].tolist()))


def _frame(form: Form, rows: Sequence[Values]) -> Any:
    import pandas as pd

    return pd.DataFrame(
        {column.key: pd.Series([row[column.key] for row in rows], dtype=object) for column in form.columns}
    )


def _validate(schema: Any, frame: Any, marks: _Marks) -> None:
    from pandera.errors import SchemaErrors

    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as found:
        for error in found.schema_errors:
            if error.check_output is None:
                raise _fault(error) from None
            number = int(error.check.error)
            told = marks.told[number - 1]
            field = told.field if isinstance(told, Rule) else error.schema.name
            marks.failed(number, told.of if isinstance(told, Rule) else (field,), field, error.check_output)


def _fault(error: Any) -> Exception:
    """Why a check could not be made: pandera keeps only the words of what went wrong in it."""
    return MemoryError() if "MemoryError" in str(error.failure_cases) else RuntimeError(str(error))


def _cell_schema(form: Form, given: Given, marks: _Marks) -> Any:
    import pandera.pandas as pa

    columns = {column.key: _column(column, given, marks) for column in form.columns}
    return pa.DataFrameSchema(columns, strict=True)


def _column(column: Column, given: Given, marks: _Marks) -> Any:
    import pandera.pandas as pa

    checks = [_cells(check, marks, of_empty=False) for check in _in_turn(cell_checks(column, given))]
    first = [_cells(is_filled(column), marks, of_empty=True)] if column.required else []
    return pa.Column(object, checks=[*first, *checks], nullable=True)


def _in_turn(checks: Sequence[CellCheck]) -> list[CellCheck]:
    """Each check asked only of what passed those before it: a text is not compared with a number."""
    return [
        CellCheck(_passed_or(checks[:place], check.holds), check.problem, check.advice)
        for place, check in enumerate(checks)
    ]


def _passed_or(before: Sequence[CellCheck], holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: not all(check.holds(value) for check in before) or holds(value)


def _cells(check: CellCheck, marks: _Marks, *, of_empty: bool) -> Any:
    import pandera.pandas as pa

    held: dict[tuple[type, Any], bool] = {}

    def holds_for(value: Any) -> bool:
        """Asked once of each different value. 1 and yes are equal to Python, so the type counts as well."""
        place = (type(value), value)
        if place not in held:
            held[place] = value is None or check.holds(value)
        return held[place]

    def holds(series: Any) -> Any:
        return series.notna() if of_empty else series.map(holds_for).astype(bool)

    return pa.Check(holds, error=marks.number(check), ignore_na=False, n_failure_cases=ONLY_ONE)


def _clean(form: Form, frame: Any, marks: _Marks) -> Any:
    """The frame without what is wrong; numbers as numbers."""
    clean = frame.mask(marks.cells > 0, None)
    for column in form.columns:
        if column.kind in NUMBERS:
            clean[column.key] = clean[column.key].astype(float)
    return clean


def _row_schema(form: Form, marks: _Marks) -> Any:
    import pandera.pandas as pa

    rules = [*form.rules, *(_twice(form, keys, marks) for keys in form.unique)]
    checks = [
        pa.Check(rule.holds, error=marks.number(rule), ignore_na=False, n_failure_cases=ONLY_ONE)
        for rule in rules
    ]
    return pa.DataFrameSchema(checks=checks)


def _twice(form: Form, keys: Sequence[str], marks: _Marks) -> Rule:
    """No two rows may be about the same; a row of which that is not sure is compared with none."""
    headings = " and ".join(f"“{form.column(key).heading}”" for key in keys)
    sure = marks.sound(keys)

    def holds(frame: Any) -> Any:
        twice = frame.loc[sure, list(keys)].duplicated(keep="first")
        return ~twice.reindex(frame.index, fill_value=False)

    problem = f"A row before this one has the same {headings}."
    return Rule(keys[-1], tuple(keys), holds, problem, "Keep one of them, or add them up.")
