"""Reads a workbook that the dashboard wrote and an agency filled in."""

from collections.abc import Iterable
from typing import BinaryIO

from lscb_core.domain.numbers import plural
from lscb_core.domain.typed import plain
from lscb_core.imports.reading import Asked, Problems, Progress, Reading, reading
from lscb_core.imports.templates.about import ABOUT, OUR_SHEETS, About, read_about
from lscb_core.imports.templates.model import Entry, Finding, Template
from lscb_core.imports.templates.rows import Told, rows_of
from lscb_core.imports.templates.schema import get_ready
from lscb_core.imports.templates.scopes import scopes_of, title_of
from lscb_core.imports.workbooks.sheets import sheets

KIND = "template"


def read(stream: BinaryIO, *, asked: Asked, progress: Progress) -> Reading:
    """Which template it is, what was filled in, and all that is wrong. Raises Refused for no workbook."""
    progress("Opening the workbook", -1.0)
    get_ready()
    told = Told(Problems(), Problems())
    names: list[str] = []
    about = _about(stream, asked, names, told.problems)
    if about is None:
        return reading(KIND, problems=told.problems)
    filled = _filled(stream, about, told, progress)
    if not len(told.problems) and not any(filled.values()):
        told.problems.add("Nothing is filled in.", "Fill in the workbook, save it, and send it again.")
    _note_other_sheets(about, names, told.notes)
    if len(told.problems):
        return reading(KIND, title=about.template.title, problems=told.problems, notes=told.notes)
    scopes = scopes_of(about.template, filled, about.given)
    return reading(
        KIND,
        scopes=scopes,
        counts={"rows": sum(map(len, filled.values())), "returns": len(scopes)},
        as_at=max((scope.period_end for scope in scopes if scope.period_end), default=None),
        title=title_of(about.template, scopes, about.given),
        notes=told.notes,
    )


def _about(stream: BinaryIO, asked: Asked, names: list[str], problems: Problems) -> About | None:
    """Look at the one sheet that says what the workbook is, and note the names of all."""

    def wanted(name: str) -> bool:
        names.append(name)
        return plain(name) == plain(ABOUT)

    found = [list(sheet.rows) for sheet in sheets(stream, wanted=wanted)]
    return read_about(found[0] if found else None, asked=asked, names=names, problems=problems)


def _filled(stream: BinaryIO, about: About, told: Told, progress: Progress) -> dict[str, list[Entry]]:
    """The rows of every sheet, by its form's key."""
    template, given, problems = about.template, about.given, told.problems
    filled: dict[str, list[Entry]] = {form.key: [] for form in template.forms}
    sound: set[str] = set()
    forms = {plain(form.title): form for form in template.forms_for(given.agency)}
    missing = dict(forms)
    for sheet in sheets(stream, wanted=lambda name: plain(name) in forms):
        form = missing.pop(plain(sheet.name), None)
        if form is None:  # a second sheet whose name differs in case or spaces alone
            problems.add("A sheet of this name is there twice.", "Keep one of them.", sheet=sheet.name)
            continue
        progress(f"Reading “{form.title}”", 1 - (len(missing) + 1) / len(forms))
        before = len(problems)
        filled[form.key] = rows_of(form, sheet, given=given, told=told)
        sound |= {form.key} if len(problems) == before else set()
    for form in missing.values():
        advice = "Put it back, even if nothing is filled in on it."
        problems.add(f"The sheet “{form.title}” is missing.", advice, sheet=form.title)
    if template.across:
        _tell_across(template, template.across(filled, sound), problems)
    return filled


def _tell_across(template: Template, found: Iterable[tuple[str, Finding]], problems: Problems) -> None:
    """What one sheet says against another. A finding without a row is about the sheet as a whole."""
    forms = {form.key: form for form in template.forms}
    for key, (number, field, problem, advice) in found:
        form = forms[key]
        heading = form.column(field).heading
        problems.add(problem, advice, sheet=form.title, row=number or "", field=heading)


def _note_other_sheets(about: About, names: Iterable[str], notes: Problems) -> None:
    known = {plain(name) for name in OUR_SHEETS}
    known |= {plain(form.title) for form in about.template.forms_for(about.given.agency)}
    others = sum(plain(name) not in known for name in names)
    if others:
        notes.add(
            f"{plural(others, 'sheet')} of your own not read.", "Nothing, if the board does not need it."
        )
