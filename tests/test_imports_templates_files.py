"""Workbooks that were cut off, moved about, or not what they seem; and very long ones. Nothing is lost."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook

from lscb_core.domain.periods import month_ends
from lscb_core.domain.vocab import Level, Outcome
from lscb_core.imports.confined import read_file
from lscb_core.imports.templates import about as template_about
from lscb_core.imports.templates.about import ABOUT
from lscb_core.imports.templates.registry import TEMPLATES
from tests import make_workbooks
from tests.make_templates import AGENCIES, HEADINGS, asked, full_return, opened, read, told, written

CUTS = 200


def complaint(reading):
    [problem] = reading.problems
    assert problem.advice
    assert reading.scopes == ()
    return problem.problem


def test_a_file_cut_off_anywhere_is_refused():
    whole = full_return(agency="police").saved()
    for cut in range(CUTS):
        reading = read(whole[: len(whole) * cut // CUTS])
        assert reading.problems, cut
        assert reading.scopes == ()


def test_another_boards_workbook_is_refused():
    reading = read(written("thresholds"), board="haringey")
    assert complaint(reading) == "This workbook was written for another board: “tidewater”."
    assert told(reading) == [(ABOUT, "", "Board")]


def test_an_earlier_versions_workbook_is_refused(monkeypatch):
    content = full_return(agency="police").saved()
    newer = replace(TEMPLATES["thresholds"], version=2)
    monkeypatch.setitem(template_about.TEMPLATES, "thresholds", newer)
    assert complaint(read(content)) == "This workbook is of another version than the one in use (2)."


def test_a_workbook_of_an_agency_that_has_left_the_board_is_refused():
    reading = read(written("training", agency="police"), agencies={"health": "Coastal Health"})
    assert "an agency that is not on this board: “police”" in complaint(reading)


def test_a_whole_boards_template_made_out_to_one_agency_is_refused():
    filled = opened("deaths")
    filled.book[ABOUT]["B6"] = "police"
    assert complaint(filled.read()) == "This template is for the whole board, not for one agency."


def test_an_annex_a_workbook_is_recognised_and_nothing_of_it_is_repeated():
    rows = [["Child Unique ID", "Date of Birth"], ["4857773456", date(2014, 3, 12)]]
    reading = read(make_workbooks.workbook({"List 1": rows, "List 2": rows}))
    assert complaint(reading) == "This looks like an Annex A workbook, not like one of the board's templates."
    assert "4857773456" not in str(reading)


def test_a_workbook_that_is_none_of_ours():
    book, out = Workbook(), io.BytesIO()
    book.save(out)
    assert complaint(read(out.getvalue())) == (
        "This is none of the board's templates: it has no sheet “About this file”."
    )
    assert complaint(read(b"")) == "This file is empty."


def test_a_file_that_names_no_template():
    filled = opened("training")
    filled.book[ABOUT]["B3"] = "cake"
    assert complaint(filled.read()) == "The sheet “About this file” does not name a template."


def counts(reading):
    return [(scope.key, row) for scope in reading.scopes for row in scope.rows]


def test_moved_columns_headings_rows_and_sheets_change_nothing():
    plain = full_return(agency="police")
    expected = counts(plain.read())
    moved = full_return(agency="police")
    sheet = moved.book["Referrals"]
    sheet.insert_rows(1, 7)
    sheet.insert_cols(2, 2)
    sheet.move_range("A1:A40", cols=9)
    sheet.title = " REFERRALS "
    moved.book.move_sheet(sheet, 3)
    reading = moved.read()
    assert counts(reading) == expected
    assert len(expected) == len(Level) * len(Outcome)
    assert reading.notes == ()


def test_headings_are_known_whatever_their_case_and_signs():
    filled = opened("section11", agency="schools")
    filled.write("Section 11", 4, Own_score="3")
    for cell in filled.book["Section 11"][HEADINGS]:
        cell.value = f"  {cell.value.upper().replace(' ', '-')}: "
    [scope] = filled.read().scopes
    assert scope.rows[0]["own"] == 3


def test_columns_that_are_missing_renamed_or_there_twice_are_named():
    filled = full_return(agency="police")
    sheet = filled.book["Referrals"]
    sheet["C3"], sheet["D3"], sheet["F3"] = None, "Outcomes", "Month"
    reading = filled.read()
    assert told(reading) == [("Referrals", "3", field) for field in ("Month", "Level", "Outcome")]
    assert [problem.problem for problem in reading.problems] == [
        "The column “Month” stands here 2 times.",
        "The column “Level” is missing.",
        "The column “Outcome” is missing.",
    ]
    assert reading.problems[2].advice == "If it is the column headed “Outcomes”, call it “Outcome” again."


def test_a_sheet_without_headings_and_a_missing_sheet():
    filled = full_return()
    filled.book["Referrals"].delete_rows(1, HEADINGS)
    del filled.book["Steps"]
    reading = filled.read()
    assert told(reading) == [("Referrals", "", ""), ("Steps", "", "")]
    assert reading.problems[0].problem == "The row of headings was not found."


def test_what_stands_outside_the_table_is_noted_and_not_read():
    filled = full_return(agency="police")
    expected = counts(filled.read())
    sheet = filled.book["Referrals"]
    sheet["G3"], sheet["G5"], sheet["J9"], sheet["J90"] = "My notes", "mine", "beside", "below"
    filled.book.create_sheet("Scratch")["A1"] = 1
    reading = filled.read()
    assert counts(reading) == expected
    assert [note.problem for note in reading.notes] == [
        "1 column of your own on “Referrals” not read.",
        "2 rows of “Referrals” with something outside the table, not read.",
        "1 sheet of your own not read.",
    ]


def test_formulas_that_nobody_worked_out_are_told():
    filled = full_return(agency="police")
    filled.book["Referrals"]["E9"].value = "=1+1"  # openpyxl writes no result
    reading = filled.read()
    assert reading.problems[0].problem == "Some cells hold formulas whose results are not in the file."


def long_return(rows, *, count):
    """So many rows of months, agencies, levels and outcomes, and the agencies that they name."""
    months = month_ends(date(2000, 1, 1), date(2026, 5, 31))
    each = len(Level) * len(Outcome)
    agencies = {f"a{number}": f"Agency {number}" for number in range(-(-rows // each // len(months)))}
    table = [["Month", "Referring agency", "Level", "Outcome", "Referrals"]]
    table += [
        [month, agency, int(level), outcome.label, count(place, outcome)]
        for agency in agencies.values()
        for place, month in enumerate(months)
        for level in Level
        for outcome in Outcome
    ]
    about = [["Template", "thresholds"], ["Version", "1"], ["Board", "tidewater"], ["Agency", ""]]
    steps = [["Month", "Step", "Count"]]
    sheets = {"Referrals": table[: rows + 1], "Steps": steps, ABOUT: about}
    return make_workbooks.workbook(sheets), agencies


@pytest.mark.parametrize("rows", [100_800])
def test_a_hundred_thousand_rows_are_read_within_the_limits_and_none_is_lost(rows):
    content, agencies = long_return(rows, count=lambda place, outcome: place + len(outcome))
    reading = read_file("template", io.BytesIO(content), asked=asked(agencies=agencies))
    assert reading.problems == ()
    assert (reading.rows, reading.counts["rows"]) == (rows, rows)
    each = len(Level) * len(Outcome)
    letters = len(Level) * sum(len(outcome) for outcome in Outcome)
    assert len(reading.scopes) == rows // each
    first = sum(row["count"] for row in reading.scopes[0].rows)
    last = sum(row["count"] for row in reading.scopes[-1].rows)
    assert (first, last) == (letters, letters + each * ((rows // each - 1) % 317))


def test_a_hundred_thousand_wrong_rows_are_all_counted():
    content, agencies = long_return(100_000, count=lambda *_: "?")
    reading = read_file("template", io.BytesIO(content), asked=asked(agencies=agencies))
    assert (len(reading.problems), reading.more_problems) == (1000, 99_000)


def test_a_workbook_that_unpacks_to_far_more_is_refused():
    out = io.BytesIO(full_return(agency="police").saved())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/extra.xml", b" " * 700_000_000)
    assert read(out.getvalue()).problems


def test_every_agency_may_be_named_by_its_word_too():
    filled = full_return()
    words = {name: slug for slug, name in AGENCIES.items()}
    for row, cells in list(filled.rows("Referrals")):
        name = cells["Referring agency"]
        filled.write("Referrals", row, Referring_agency=words.get(name, "others").upper())
    assert counts(filled.read()) == counts(full_return().read())
