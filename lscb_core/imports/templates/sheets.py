"""The tables of a workbook: headings, notes, rows that are filled in already, drop-down lists and checks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from lscb_core.imports.templates import looks
from lscb_core.imports.templates.model import Column, Form, Given, Kind, Template
from lscb_core.imports.templates.values import as_text
from lscb_core.imports.templates.words import heading_of, note_of

NOTES, HEADINGS, FIRST = 2, 3, 4
"""The rows of the notes, of the headings, and the first one to be filled in."""
FORMATS = {
    Kind.WHOLE: "#,##0",
    Kind.NUMBER: "General",
    Kind.DAY: "dd/mm/yyyy",
    Kind.MONTH: "mmmm yyyy",
    Kind.YEAR: "d mmmm yyyy",
    Kind.TEXT: "@",
}
FIRST_DAY = date(2000, 1, 1)
YES_NO = {True: "Yes", False: "No"}
LONGEST_PROMPT = 250
LONGEST_PROMPT_TITLE = 32


def write_form(
    sheet: Any,
    template: Template,
    form: Form,
    *,
    given: Given,
    rows: Iterable[Mapping[str, Any]],
    lists: Mapping[str, str],
) -> None:
    """One table; `lists` says where the list of each heading stands."""
    sheet.title = form.title
    looks.put(sheet, 1, 1, heading_of(template, given), looks.SUBTITLE, alignment=None)
    notes = [note_of(column, template, given) for column in form.columns]
    for place, words in enumerate(notes, 1):
        looks.put(sheet, NOTES, place, words, looks.SMALL)
    widths = [column.width for column in form.columns]
    looks.high_enough(sheet, NOTES, notes, widths, line=looks.SMALL_HEIGHT)
    looks.heading_row(sheet, HEADINGS, [column.heading for column in form.columns])
    last = _rows(sheet, form, given, list(rows))
    for place, column in enumerate(form.columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        check = _validation(column, lists.get(column.heading, ""))
        check.add(f"{letter}{FIRST}:{letter}{last}")
        sheet.add_data_validation(check)
    sheet.freeze_panes = f"A{FIRST}"
    sheet.auto_filter.ref = f"A{HEADINGS}:{get_column_letter(len(form.columns))}{last}"
    sheet.sheet_properties.tabColor = looks.BLUE
    looks.for_paper(sheet, headings=f"{HEADINGS}:{HEADINGS}")


def _rows(sheet: Any, form: Form, given: Given, rows: Sequence[Mapping[str, Any]]) -> int:
    """The rows that are filled in already, and empty ones below. Returns the last row."""
    choices = [column.choices(given) for column in form.columns]
    last = FIRST + len(rows) + form.spare - 1
    for at in range(FIRST, last + 1):
        row = rows[at - FIRST] if at - FIRST < len(rows) else {}
        for place, (column, words) in enumerate(zip(form.columns, choices, strict=True), 1):
            value = row.get(column.key)
            if value is None and row and column.given and column.default:
                value = column.default(given)
            fill = {"fill": looks.ON_BAND} if column.given and row else {}
            number_format = FORMATS.get(column.kind, "General")
            value = shown(column, value, words)
            looks.put(sheet, at, place, value, border=looks.FRAME, number_format=number_format, **fill)
    return last


def shown(column: Column, value: Any, choices: Mapping[str, str]) -> Any:
    """A value as it stands in the workbook: the label of a code, a day as a day, yes or no."""
    if value is None or value == "":
        return None
    if column.kind is Kind.SEVERAL:
        return "; ".join(choices.get(code, code) for code in value) or None
    if column.kind is Kind.CHOICE:
        return choices.get(str(value), str(value))
    if column.kind is Kind.YES_NO:
        return YES_NO[value]
    if column.kind.is_day:
        return date.fromisoformat(value) if isinstance(value, str) else value
    return (as_text(value) or "")[: column.longest] or None if column.kind is Kind.TEXT else value


def _validation(column: Column, where: str) -> Any:
    made = DataValidation(**_rule(column, where), allow_blank=True)
    made.errorTitle, made.promptTitle = "Please check", column.heading[:LONGEST_PROMPT_TITLE]
    made.error = _error(column)[:LONGEST_PROMPT]
    made.prompt = column.note[:LONGEST_PROMPT]
    made.showErrorMessage = column.kind is not Kind.SEVERAL and made.type is not None
    made.showInputMessage = not column.given
    return made


def _rule(column: Column, where: str) -> dict[str, Any]:
    """What the spreadsheet itself lets nobody type; of several words it only offers the list."""
    kind = column.kind
    if kind.is_listed:
        return {"type": "list", "formula1": f"={where}"} if where else {"type": None}
    if kind is Kind.YES_NO:
        return {"type": "list", "formula1": '"Yes,No"'}
    if kind is Kind.TEXT:
        return {"type": "textLength", "operator": "lessThanOrEqual", "formula1": str(column.longest)}
    if kind.is_day:
        serial = (FIRST_DAY - date(1899, 12, 30)).days
        return {"type": "date", "operator": "greaterThanOrEqual", "formula1": str(serial)}
    number = "whole" if kind is Kind.WHOLE else "decimal"
    return {"type": number, "operator": "between", "formula1": str(column.low), "formula2": str(column.high)}


def _error(column: Column) -> str:
    if column.kind.is_listed:
        return column.unknown
    if column.kind is Kind.TEXT:
        return f"At most {column.longest:,} characters fit."
    return column.kind.detail
