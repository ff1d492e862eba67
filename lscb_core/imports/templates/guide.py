"""The sheets around the tables: how to fill them in, the lists, and what the file is known by."""

from collections.abc import Mapping
from typing import Any

from openpyxl.utils import get_column_letter

from lscb_core.imports.templates import looks
from lscb_core.imports.templates.about import ABOUT, GUIDE, LISTS, about_words
from lscb_core.imports.templates.model import Given, Template
from lscb_core.imports.templates.words import columns_in_words, heading_of, how_to, period_in_words

WIDTHS = (26, 64, 34, 30, 38)
HEADINGS = ["Column", "What to write", "What may stand in it", "Needed", "Example"]
NO_CHILDREN = "Write no name, date of birth or number of a child anywhere in this workbook."
WHOLE_BOARD = "The board, for all agencies"
WHEN = "By the day that the board has asked for. The page “Import data” shows it."


def write_guide(sheet: Any, template: Template, given: Given, board_name: str) -> None:
    """What the workbook is for, who fills it in and by when, what each column means, and how to send it."""
    sheet.title = GUIDE
    for place, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    looks.put(sheet, 1, 1, heading_of(template, given), looks.TITLE, alignment=None)
    looks.put(sheet, 2, 1, template.purpose, looks.PLAIN, alignment=None)
    row = _facts(sheet, 4, template, given, board_name)
    looks.put(sheet, row, 1, NO_CHILDREN, looks.WARNING, alignment=None)
    row = _steps(sheet, row + 2, template, given)
    _columns(sheet, row + 1, template, given)
    looks.for_paper(sheet)


def _facts(sheet: Any, row: int, template: Template, given: Given, board_name: str) -> int:
    facts = {
        "Board": board_name,
        "Filled in by": given.agencies[given.agency] if given.agency else WHOLE_BOARD,
        "Period": period_in_words(template, given) or "As you write it in the rows",
        "Due": WHEN,
    }
    for name, words in facts.items():
        looks.put(sheet, row, 1, name, looks.STRONG)
        looks.put(sheet, row, 2, words)
        looks.high_enough(sheet, row, [words], [WIDTHS[1]])
        row += 1
    return row + 1


def _steps(sheet: Any, row: int, template: Template, given: Given) -> int:
    looks.put(sheet, row, 1, "What to do", looks.SUBTITLE)
    for number, words in enumerate(how_to(template, given), 1):
        looks.put(sheet, row + number, 1, f"{number}.  {words}")
        sheet.merge_cells(
            start_row=row + number, end_row=row + number, start_column=1, end_column=len(WIDTHS)
        )
        looks.high_enough(sheet, row + number, [words], [sum(WIDTHS)])
    return row + number + 1


def _columns(sheet: Any, row: int, template: Template, given: Given) -> None:
    described = columns_in_words(template)
    for form in template.forms_for(given.agency):
        looks.put(sheet, row, 1, f"Sheet “{form.title}”", looks.SUBTITLE, alignment=None)
        looks.put(sheet, row + 1, 1, form.what, alignment=None)
        looks.heading_row(sheet, row + 2, HEADINGS)
        row += 3
        for column in described:
            if column["sheet"] == form.title:
                texts = [column[key] for key in ("column", "what", "kind", "needed", "example")]
                for place, words in enumerate(texts, 1):
                    looks.put(sheet, row, place, words, border=looks.FRAME)
                looks.high_enough(sheet, row, texts, list(WIDTHS))
                row += 1
        row += 1


def write_lists(sheet: Any, lists: Mapping[str, list[str]]) -> dict[str, str]:
    """The lists side by side, each under its heading. Returns where each stands, for the drop-down lists."""
    sheet.title = LISTS
    looks.heading_row(sheet, 1, list(lists))
    where = {}
    for place, (name, words) in enumerate(lists.items(), 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 12 + max(map(len, [name, *words]), default=0)
        for row, one in enumerate(words, 2):
            looks.put(sheet, row, place, one, border=looks.FRAME, alignment=None)
        where[name] = f"{LISTS}!${letter}$2:${letter}${1 + len(words)}"
    sheet.freeze_panes = "A2"
    looks.for_paper(sheet, headings="1:1")
    return where


def write_about(sheet: Any, template: Template, given: Given, board_name: str) -> None:
    """What the dashboard knows the file by."""
    sheet.title = ABOUT
    for letter, width in {"A": 20, "B": 30, "C": 60}.items():
        sheet.column_dimensions[letter].width = width
    words = "The dashboard knows the file by this sheet. Please leave it as it is."
    looks.put(sheet, 1, 1, words, looks.STRONG, alignment=None)
    said = {
        "Template": template.title,
        "Board": board_name,
        "Agency": given.agencies[given.agency] if given.agency else WHOLE_BOARD,
        "Period ends on": period_in_words(template, given),
    }
    for row, (name, value) in enumerate(about_words(template, given), 3):
        looks.put(sheet, row, 1, name, looks.STRONG, border=looks.FRAME)
        looks.put(sheet, row, 2, value, border=looks.FRAME, number_format="@")
        looks.put(sheet, row, 3, said.get(name, ""), looks.SMALL, border=looks.FRAME)
    looks.for_paper(sheet)
