"""From a sheet to its rows by column key: read, checked, and without those that nobody has answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from lscb_core.domain.numbers import plural
from lscb_core.imports.reading import FIRST, Problems
from lscb_core.imports.templates.groups import group_findings, group_of
from lscb_core.imports.templates.header import Found, find_columns
from lscb_core.imports.templates.model import Entry, Form, Given
from lscb_core.imports.templates.schema import Fault, faults
from lscb_core.imports.templates.values import is_empty, parser, quoted
from lscb_core.imports.workbooks.sheets import Row, Sheet


@dataclass(frozen=True, slots=True)
class Told:
    """Where a reader puts what it finds: with problems nothing is saved, notes are only told."""

    problems: Problems
    notes: Problems


@dataclass(frozen=True, slots=True)
class _Place:
    """One sheet at work: what it should hold, what it is called, where its columns stand."""

    form: Form
    sheet: str
    found: Found
    given: Given
    told: Told

    def problem(self, number: int, key: str, problem: str, advice: str) -> None:
        heading = self.form.column(key).heading
        self.told.problems.add(problem, advice, sheet=self.sheet, row=number, field=heading)

    def note(self, note: str, advice: str) -> None:
        self.told.notes.add(note, advice, sheet=self.sheet)


def rows_of(form: Form, sheet: Sheet, *, given: Given, told: Told) -> list[Entry]:
    """The rows of one sheet that hold an answer and have nothing wrong; all else is told."""
    if sheet.uncalculated:
        told.problems.add(
            "Some cells hold formulas whose results are not in the file.",
            "Open the file in Excel and save it, or write plain figures in place of the formulas.",
            sheet=sheet.name,
        )
    found = find_columns(form, sheet.rows, told.problems, sheet=sheet.name)
    if found is None:
        return []
    place = _Place(form, sheet.name, found, given, told)
    return _checked(place, _answered(place))


def _filled_in(place: _Place) -> Iterator[Row]:
    """Rows with anything in a column of the template. What stands elsewhere is noted once."""
    found = place.found
    places, others, beside = set(found.places.values()), found.others, 0
    headed: set[int] = set()
    width = max(places) + 1
    side_by_side = len(places) == width
    for number, cells in found.rows:
        if side_by_side and len(cells) == width:  # nothing can stand beside the table
            if not all(map(is_empty, cells)):
                yield number, cells
            continue
        row = cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
        filled = [at for at, cell in enumerate(row) if not is_empty(cell)]
        elsewhere = [at for at in filled if at not in places]
        if len(filled) > len(elsewhere):
            yield number, row
        if elsewhere:
            beside += any(at not in others for at in elsewhere)
            headed.update(at for at in elsewhere if at in others)
    if headed:  # notes are kept beside the file's name, so they repeat nothing of the file
        words = f"{plural(len(headed), 'column')} of your own on “{place.form.title}” not read."
        place.note(words, "Nothing, if the board does not need it.")
    if beside:
        words = f"{plural(beside, 'row')} of “{place.form.title}” with something outside the table, not read."
        place.note(words, "Move it into the table if the board should have it.")


def _answered(place: _Place) -> list[Entry]:
    """The rows that hold an answer, and those that have to because others of their group do."""
    form, at = place.form, place.found.places
    parsers = [(column.key, at[column.key], parser(column, place.given)) for column in form.columns]
    answers = [at[column.key] for column in form.columns if not column.given]
    entries: list[Entry] = []
    due: list[bool] = []
    for number, cells in _filled_in(place):
        entries.append((number, {key: parse(cells[at]) for key, at, parse in parsers}))
        due.append(not all(is_empty(cells[at]) for at in answers))
    if form.whole and not all(due):
        begun = {group_of(form, values) for (_, values), one in zip(entries, due, strict=True) if one}
        due = [group_of(form, values) in begun for _, values in entries]
    if 0 < (left := due.count(False)) < len(due):
        words = f"{plural(left, 'row')} of “{place.form.title}” hold no answer: they count as not sent."
        place.note(words, "Nothing, if they were left empty on purpose.")
    return [entry for entry, is_due in zip(entries, due, strict=True) if is_due]


def _checked(place: _Place, entries: list[Entry]) -> list[Entry]:
    """The rows in which nothing is wrong; where there are no others, they are checked together as well."""
    made = faults(place.form, entries, given=place.given, most=FIRST)
    for fault in made.first:
        _tell(place, fault, entries[fault.at])
    place.told.problems.more += made.total - len(made.first)
    if not made.total:
        for finding in group_findings(place.form, entries, place.given):
            place.problem(*finding)
    return [entry for at, entry in enumerate(entries) if at not in made.wrong]


def _tell(place: _Place, fault: Fault, entry: Entry) -> None:
    column, (number, values) = place.form.columns[fault.column], entry
    said = quoted(values[column.key], in_days=column.kind.is_day)
    shown = {key: f"{value:,}" if isinstance(value, int) else str(value) for key, value in values.items()}
    place.problem(number, column.key, fault.problem.format(**{**shown, "said": said}), fault.advice)
