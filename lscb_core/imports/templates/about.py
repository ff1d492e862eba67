"""The sheet by which a workbook is known again: which template, which version, whose, for which period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lscb_core.imports.reading import Asked, Problems
from lscb_core.imports.templates.model import Given, Template
from lscb_core.imports.templates.registry import TEMPLATES
from lscb_core.imports.templates.values import quoted
from lscb_core.imports.workbooks.sheets import Row, clean_text

ABOUT = "About this file"
GUIDE = "How to fill in"
LISTS = "Lists"
OUR_SHEETS = (GUIDE, ABOUT, LISTS)
WORDS = ("Template", "Version", "Board", "Agency", "Period ends on")
FETCH_AGAIN = (
    "Download the workbook from the page “Import data” of this board, and copy your figures into it."
)


@dataclass(frozen=True, slots=True)
class About:
    """Whose workbook it is, and of which template."""

    template: Template
    given: Given


def about_words(template: Template, given: Given) -> list[tuple[str, str]]:
    """What the sheet says, word by word."""
    end = given.period.isoformat() if given.period else ""
    held = (template.key, str(template.version), given.board, given.agency, end)
    return list(zip(WORDS, held, strict=True))


def read_about(
    rows: Iterable[Row] | None, *, asked: Asked, names: Iterable[str], problems: Problems
) -> About | None:
    """What the sheet says; None after a problem where it is missing or of another board or version."""
    said = _said(rows) if rows is not None else {}
    template = TEMPLATES.get(said.get("Template", ""))
    if template is None:
        _tell_what_else(names, problems, is_ours=rows is not None)
        return None
    if said.get("Version") != str(template.version):
        problems.add(
            f"This workbook is of another version than the one in use ({template.version}).",
            FETCH_AGAIN,
            sheet=ABOUT,
            field="Version",
        )
        return None
    return _of_this_board(template, said, asked, problems)


def _said(rows: Iterable[Row]) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, cells in rows:
        texts = [clean_text(cell) for cell in cells]
        if texts and texts[0] in WORDS:
            found.setdefault(texts[0], texts[1] if len(texts) > 1 else "")
    return found


def _tell_what_else(names: Iterable[str], problems: Problems, *, is_ours: bool) -> None:
    lists = [name for name in names if name.casefold().replace("_", " ").startswith("list ")]
    if is_ours:
        problems.add("The sheet “About this file” does not name a template.", FETCH_AGAIN, sheet=ABOUT)
    elif lists:
        words = "This looks like an Annex A workbook, not like one of the board's templates."
        problems.add(words, "Send it as Annex A.")
    else:
        words = f"This is none of the board's templates: it has no sheet “{ABOUT}”."
        problems.add(words, FETCH_AGAIN)


def _of_this_board(
    template: Template, said: Mapping[str, str], asked: Asked, problems: Problems
) -> About | None:
    board, agency = said.get("Board", ""), said.get("Agency", "")
    if board != asked.board:
        words = f"This workbook was written for another board: {quoted(board)}."
        problems.add(words, FETCH_AGAIN, sheet=ABOUT, field="Board")
        return None
    if agency and agency not in asked.agencies:
        words = f"This workbook was written for an agency that is not on this board: {quoted(agency)}."
        problems.add(words, FETCH_AGAIN, sheet=ABOUT, field="Agency")
        return None
    if not template.forms_for(agency):
        words = "This template is for the whole board, not for one agency."
        problems.add(words, FETCH_AGAIN, sheet=ABOUT, field="Agency")
        return None
    given = Given(board, asked.agencies, asked.known, agency, _period(said), asked.today)
    return About(template, given)


def _period(said: Mapping[str, str]) -> date | None:
    try:
        return date.fromisoformat(said.get("Period ends on", ""))
    except ValueError:
        return None
