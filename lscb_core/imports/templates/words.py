"""What a template asks for, in words: for the workbook itself, the page and the documentation."""

from lscb_core.domain.numbers import whole
from lscb_core.domain.periods import day, month_label
from lscb_core.imports.templates.model import MOST, Column, Form, Given, Kind, Template

IN_WORDS = {
    "sheet": "sheet of the workbook",
    "column": "heading of the column",
    "what": "what to write",
    "kind": "what may stand in it, with its unit",
    "needed": "whether it has to be filled in",
    "list": "the words of its list (empty where the board has its own)",
    "example": "an example",
}
_NOWHERE = Given("", {})


def columns_in_words(template: Template) -> list[dict[str, str]]:
    """Every column of a template, sheet by sheet. Keys: IN_WORDS."""
    return [
        {
            "sheet": form.title,
            "column": column.heading,
            "what": column.note,
            "kind": kind_in_words(column),
            "needed": needed(column),
            "list": _listed(column),
            "example": column.example,
        }
        for form in template.forms
        for column in form.columns
    ]


def kind_in_words(column: Column) -> str:
    """A whole number (referrals); one of a list."""
    words = column.kind.label
    if column.kind is Kind.WHOLE and column.high < MOST:
        words += f" from {column.low} to {whole(column.high)}"
    if column.kind is Kind.TEXT:
        words += f", at most {whole(column.longest)} characters"
    return f"{words} ({column.unit})" if column.unit else words


def needed(column: Column) -> str:
    """Yes, no, or what an empty cell means."""
    if column.default:
        return "yes; empty means the workbook's own" if column.required else "no"
    return "yes" if column.required else "no"


def _listed(column: Column) -> str:
    return "; ".join(column.choices(_NOWHERE).values())


def period_in_words(template: Template, given: Given) -> str:
    """May 2026, 31 March 2026, or nothing."""
    if given.period is None:
        return ""
    kinds = {column.kind for form in template.forms for column in form.columns if column.default}
    return month_label(given.period) if Kind.MONTH in kinds else day(given.period)


def heading_of(template: Template, given: Given) -> str:
    """Threshold return · Police · May 2026."""
    whose = given.agencies[given.agency] if given.agency else ""
    return " · ".join(filter(None, [template.title, whose, period_in_words(template, given)]))


def how_to(template: Template, given: Given) -> list[str]:
    """What to do, step by step."""
    forms = template.forms_for(given.agency)
    sheets = _sheets(forms)
    return [
        f"Fill in the white cells of the {sheets}. Shaded cells say what a row is about.",
        "Add rows below if you need more.",
        "Where a list drops down, choose from it. Leave the headings as they are.",
        *template.steps,
        "An empty cell means that nothing is sent. 0 means that there was none.",
        "Save it as an Excel Workbook (.xlsx) and send it on the page “Import data”. The page says at once "
        "if something is wrong, and in which row.",
        "To correct it later, send the whole workbook again: it takes the place of the earlier one.",
    ]


def _sheets(forms: tuple[Form, ...]) -> str:
    names = [f"“{form.title}”" for form in forms]
    if len(names) == 1:
        return f"sheet {names[0]}"
    return f"sheets {', '.join(names[:-1])} and {names[-1]}"


def note_of(column: Column, template: Template, given: Given) -> str:
    """What to write in a column, with its unit and what an empty cell means in this workbook."""
    default = column.default(given) if column.default else None
    empty = ""
    if default is not None:
        said = (
            period_in_words(template, given) if column.kind.is_day else given.agencies.get(default, default)
        )
        empty = f" Empty: {said}."
    unit = f" In: {column.unit}." if column.unit else ""
    return f"{column.note}{unit}{empty}"
