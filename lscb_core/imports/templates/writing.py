"""Writes the workbook of a template, ready to be filled in."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lscb_core.imports.templates.model import Form, Given, Template, Values
from lscb_core.imports.templates.values import as_text


def workbook(
    template: Template,
    *,
    board: str,
    agency: tuple[str, str] | None,
    agencies: Mapping[str, str],
    known: Mapping[str, tuple[str, ...]],
    period: date | None,
    prefill: Sequence[Values] = (),
    board_name: str = "",
) -> bytes:
    """The workbook as Excel opens it (.xlsx).

    `board` is the board's short name; `agency` is short name and name of the agency whose own it is, None for
    the whole board's; `agencies` are those of the board, short name -> name; `known` as in `reading.Asked`;
    `period` is the last day of the period it is asked for. `prefill` are rows of the first table by the keys
    of its columns, such as open actions. Raises ValueError where the template is not for single agencies.
    """
    names = {**agencies, **dict([agency] if agency else [])}
    given = Given(board, names, known, agency[0] if agency else "", period)
    if not template.forms_for(given.agency):
        raise ValueError(f"{template.key} is for the whole board")
    kept = io.BytesIO()
    _book(template, given, prefill, board_name or board).save(kept)
    return kept.getvalue()


def _book(template: Template, given: Given, prefill: Sequence[Values], board_name: str) -> Any:
    """The guide first, then the tables, the lists, and what the file is known by."""
    from openpyxl import Workbook

    from lscb_core.imports.templates import guide
    from lscb_core.imports.templates.sheets import write_form

    book, forms = Workbook(), template.forms_for(given.agency)
    guide.write_guide(book.active, template, given, board_name)
    sheets = {form.key: book.create_sheet() for form in forms}
    where = guide.write_lists(book.create_sheet(), _lists(forms, given))
    for form in forms:
        rows = prefill if prefill and form is forms[0] else form.prefill(given) if form.prefill else ()
        write_form(sheets[form.key], template, form, given=given, rows=rows, lists=where)
    guide.write_about(book.create_sheet(), template, given, board_name)
    book.properties.creator, book.properties.title = as_text(board_name), template.title
    return book


def _lists(forms: Sequence[Form], given: Given) -> dict[str, list[str]]:
    """The lists that drop down, by the heading of their column."""
    listed: dict[str, Any] = {
        column.heading: list(column.choices(given).values())
        for form in forms
        for column in form.columns
        if column.kind.is_listed
    }
    return {heading: words for heading, words in listed.items() if words}
