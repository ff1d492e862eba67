"""The workbooks that agencies are handed: complete, clear, safe, and the same in every program."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from lscb_core.charts.theme import LIGHT
from lscb_core.domain.indicators import of_kind
from lscb_core.imports.templates.about import ABOUT, GUIDE, LISTS
from lscb_core.imports.templates.model import Kind
from lscb_core.imports.templates.registry import TEMPLATES
from lscb_core.imports.templates.words import IN_WORDS, columns_in_words
from tests.make_templates import AGENCIES, HEADINGS, KNOWN, MAY, YEAR, Open, opened, written
from tests.naughty import FORMULAS, LONG, NOT_TEXT, WORDS

EVERY = [
    (key, agency) for key, one in TEMPLATES.items() for agency in (None, "police") if one.forms_for(agency)
]


def book(content):
    return load_workbook(io.BytesIO(content))


def validations(sheet):
    """What each column lets in, by the letter of the column."""
    return {
        str(each.sqref).split(":")[0].rstrip("0123456789"): each
        for each in sheet.data_validations.dataValidation
    }


def offered(found, check):
    """The words that drop down."""
    if check.formula1.startswith('"'):
        return check.formula1.strip('"').split(",")
    name, cells = check.formula1.lstrip("=").split("!")
    return [cell.value for [cell] in found[name][cells.replace("$", "")]]


def test_there_are_the_eight_templates():
    keys = ["thresholds", "actions", "audits", "section11", "training", "attendance", "deaths", "measures"]
    assert list(TEMPLATES) == keys
    assert all(len(one.title) <= 30 for one in TEMPLATES.values())  # the list of files taken in shows so much


@pytest.mark.parametrize(("key", "agency"), EVERY)
def test_every_workbook_opens_in_both_programs_with_all_its_sheets_and_headings(key, agency):
    content, template = written(key, agency=agency), TEMPLATES[key]
    forms = template.forms_for(agency)
    names = [GUIDE, *(form.title for form in forms), LISTS, ABOUT]
    found = book(content)
    assert found.sheetnames == names
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == names
    for form in forms:
        sheet = found[form.title]
        assert [cell.value for cell in sheet[HEADINGS]] == [column.heading for column in form.columns]
        assert {cell.fill.start_color.rgb[2:] for cell in sheet[HEADINGS]} == {LIGHT.blue.lstrip("#")}
        assert sheet.freeze_panes == f"A{HEADINGS + 1}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == f"${HEADINGS}:${HEADINGS}"
        assert all(note.value for note in sheet[HEADINGS - 1])


@pytest.mark.parametrize(("key", "agency"), EVERY)
def test_every_list_drops_down_and_every_figure_and_day_is_checked(key, agency):
    found = book(written(key, agency=agency))
    for form in TEMPLATES[key].forms_for(agency):
        checks = validations(found[form.title])
        for cell, column in zip(found[form.title][HEADINGS], form.columns, strict=True):
            check = checks[cell.column_letter]
            assert check.error, column.heading
            if column.kind.is_listed or column.kind is Kind.YES_NO:
                assert check.type == "list"
                assert len(offered(found, check)) >= 1
            else:
                kinds = {Kind.WHOLE: "whole", Kind.NUMBER: "decimal", Kind.TEXT: "textLength"}
                assert check.type == kinds.get(column.kind, "date")
            assert check.showErrorMessage is (column.kind is not Kind.SEVERAL)  # several words are typed


def test_the_lists_hold_the_boards_own_words():
    found = book(written("thresholds"))
    agencies = offered(found, validations(found["Referrals"])["B"])
    assert agencies == [*AGENCIES.values(), "Everybody else"]
    own = book(written("thresholds", agency="health"))
    assert offered(own, validations(own["Referrals"])["B"]) == ["Coastal Health"]
    actions = book(written("actions"))
    assert offered(actions, validations(actions["Actions"])["J"]) == list(KNOWN["priorities"])
    measures = book(written("measures"))
    titles = [one.title for one in of_kind("local")]
    assert offered(measures, validations(measures["Measures"])["B"]) == titles


def test_a_board_without_priorities_still_gets_its_workbook():
    assert opened("actions", known={}).book["Lists"]["A1"].value == "Agency"


def test_rows_are_ready_to_be_counted():
    ready = {key: list(opened(key).rows(sheet)) for key, sheet in [("thresholds", "Referrals")]}
    assert len(ready["thresholds"]) == (len(AGENCIES) + 1) * 4 * 6
    row, cells = ready["thresholds"][0]
    assert (row, cells["Month"], cells["Referrals"]) == (HEADINGS + 1, datetime(2026, 5, 31), None)
    assert len(list(opened("section11").rows("Section 11"))) == 8 * len(AGENCIES)
    assert len(list(opened("section11", agency="police").rows("Section 11"))) == 8
    assert len(list(opened("deaths", period=YEAR).rows("Child deaths"))) == 24
    assert len(list(opened("attendance").rows("Attendance"))) == len(AGENCIES)


def test_measures_are_offered_whose_period_ends_with_the_workbooks():
    def spans(period):
        return {cells["Period"] for _, cells in opened("measures", period=period).rows("Measures")}

    assert spans(MAY) == {"Month"}
    assert spans(date(2026, 6, 30)) == {"Month", "Quarter"}
    assert spans(YEAR) == spans(None) == {"Month", "Quarter", "Year"}


def test_the_first_sheet_says_what_for_who_when_and_warns():
    found = opened("thresholds", agency="police").book
    words = [str(cell.value) for row in found[GUIDE].iter_rows() for cell in row if cell.value]
    assert words[0] == "Threshold return · Tidewater Police · May 2026"
    assert words[1] == TEMPLATES["thresholds"].purpose
    assert {"Tidewater Board", "Tidewater Police", "May 2026"} <= set(words)
    assert "Write no name, date of birth or number of a child anywhere in this workbook." in words
    assert any("Import data" in one for one in words)
    assert found.active.title == GUIDE
    for column in TEMPLATES["thresholds"].forms[0].columns:
        assert {column.heading, column.note, column.example} <= set(words)
    assert "Steps" not in found.sheetnames  # the other steps are the whole board's


def test_a_template_of_the_whole_board_is_not_made_out_to_one_agency():
    with pytest.raises(ValueError, match="whole board"):
        written("deaths", agency="police")


NAUGHTY = [*FORMULAS, *WORDS, *NOT_TEXT, LONG]


def test_text_of_the_register_stays_text_whatever_it_is():
    rows = [{"number": 3, "title": text, "note": text} for text in NAUGHTY]
    found = book(written("actions", prefill=rows))["Actions"]
    for row, text in enumerate(NAUGHTY, HEADINGS + 1):
        cell = found.cell(row, 3)
        assert cell.data_type in ("s", "n")
        assert cell.data_type == "s" or cell.value is None
        if text.startswith(("=", "+", "@")):
            assert (cell.value, cell.quotePrefix) == (text, True)
        assert len(cell.value or "") <= 2000


def test_text_that_looks_like_a_formula_comes_back_as_it_was():
    filled = opened("actions", prefill=[{"number": 14, "title": "=1+1", "status": "not_started"}])
    [scope] = filled.read().scopes
    assert scope.rows[0]["title"] == "=1+1"


def test_what_was_handed_out_can_be_sent_back_as_it_is():
    rows = [
        {
            "number": number,
            "title": f"Action {number}",
            "status": "in_progress",
            "due_on": date(2026, 9, number),
        }
        for number in (3, 14, 15)
    ]
    reading = Open(written("actions", agency="police", prefill=rows)).read()
    assert reading.problems == reading.notes == ()
    [scope] = reading.scopes
    assert [(row["number"], row["due_on"]) for row in scope.rows] == [
        (3, "2026-09-03"),
        (14, "2026-09-14"),
        (15, "2026-09-15"),
    ]


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))
def test_every_column_is_described_in_words(template):
    described = columns_in_words(template)
    columns = [(form, column) for form in template.forms for column in form.columns]
    assert [(each["sheet"], each["column"]) for each in described] == [
        (form.title, column.heading) for form, column in columns
    ]
    for each in described:
        assert set(each) == set(IN_WORDS)
        assert each["what"].endswith((".", ")"))
        assert each["kind"]
    assert template.purpose.endswith(".")


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))
def test_a_declaration_names_only_columns_that_there_are(template):
    for form in template.forms:
        keys = {column.key for column in form.columns}
        named = {key for group in form.unique for key in group} | {*form.whole, *form.lines}
        named |= {key for rule in form.rules for key in (rule.field, *rule.of)}
        named |= {form.piece.on} if form.piece else set()
        assert named <= keys
        assert len({column.heading.casefold() for column in form.columns}) == len(form.columns)
        assert all(rule.problem.endswith(".") and rule.advice.endswith(".") for rule in form.rules)
