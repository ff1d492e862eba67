"""Annex A: lists and columns are found whatever they are called, and nothing is guessed between two."""

import io
from datetime import date

import pytest

from lscb_core.imports.annex_a.finding import lists_named
from lscb_core.imports.reading import Asked
from lscb_core.imports.reading_here import read_here
from tests import make_annex_a as make
from tests import make_workbooks
from tests.make_annex_a import APRIL, MAY, contact, half_year, plan, referral

TODAY = date(2025, 7, 1)


def _read(sheets, **more):
    stream = io.BytesIO(make_workbooks.workbook(sheets, **more))
    return read_here("annex-a", stream, asked=Asked("annex.xlsx", TODAY))


def _steps(made):
    assert made.problems == ()
    rows = [row for scope in made.scopes for row in scope.rows]
    return {
        step: sum(row["count"] for row in rows if row["step"] == step) for step in {r["step"] for r in rows}
    }


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("List 3", 3), ("LIST_3", 3), ("list03", 3), ("List3", 3), ("list-3", 3), ("L3", 3), ("3", 3),
        ("03", 3), ("3. Referrals", 3), ("3 - Referals", 3), ("Referrals", 3), ("REFERRAL", 3),
        ("List 3 (2)", 3), ("Annex A List 3", 3), ("List 3 - Referrals in period", 3),
        (" list  3 ", 3), ("Tab 3", 3),
        ("List 1", 1), ("1_Contacts", 1), ("List 10", 10), ("List 11", 11), ("11. Adopters", 11),
        ("Early Help", 2), ("Assessments", 4), ("S47 & ICPC", 5), ("Section 47 enquiries", 5), ("CiN", 6),
        ("Children in Need", 6), ("CP Plans", 7), ("Child Protection", 7), ("LAC", 8),
        ("Children in Care", 8),        ("Care_Leavers", 9), ("Adoption", 10),
    ],
)  # fmt: skip
def test_a_sheet_is_known_by_its_name(name, number):
    assert [each.number for each in lists_named(name)] == [number]


@pytest.mark.parametrize(
    "name", ["Guidance", "Sheet1", "Lists", "List 12", "2020 data", "Cover", "List 0", "1 April", "12"]
)
def test_another_sheet_is_not_taken_for_a_list(name):
    assert lists_named(name) == []


HEADERS = [
    [
        *("Child Unique ID", "Date of Referral", "Referral Source", "Referral NFA?"),
        "Number of Referrals in Last 12 Months",
    ],
    [
        *("CHILD UNIQUE ID", " DATE OF REFERRAL ", "REFERRAL SOURCE", "REFERRAL NFA"),
        "NUMBER OF REFERRALS IN LAST 12 MONTHS",
    ],
    ["child_id", "referral_date", "source_of_referral", "nfa", "referrals_last_12_months"],
    ["ChildID", "ReferralDate", "ReferralSource", "ReferralNFA", "NumberOfReferralsInLast12Months"],
    [
        *("Child’s ID", "Date Of Referral (dd/mm/yyyy)", "Source", "No further action?"),
        "No. of referrals (last 12 months)",
    ],
    ["Unique ID", "Date referral received", "Source of\nreferral", "NFA (Y/N)", "Re-referral"],
    [
        *("Child\xa0ID", "Date of\xa0Refferal", "Refferal Sorce", "Was the referral NFA?"),
        "Referrals in previous twelve months",
    ],
    ["ID", "DATEOFREFERRAL", "REFERRALSOURCE", "REFERRALNFA", "Number of previous referrals"],
]


@pytest.mark.parametrize("headers", HEADERS)
def test_columns_are_found_by_what_their_headers_say(headers):
    rows = [[1, APRIL, "Police", "Yes", 0], [1, APRIL, "Police", "Yes", 0], [2, MAY, "Police", "No", 2]]
    steps = _steps(_read({"List 3": [headers, *rows]}))
    assert steps == {"referral": 2, "re_referral": 1}, "one is there twice, and known by its child"


@pytest.mark.parametrize("headers", HEADERS)
def test_columns_are_found_in_any_order_and_among_others(headers):
    others = ["Gender", "Date of Birth", "Date of Contact", "Allocated Team", "Referral End Date"]
    order = [*others[:3], *reversed(headers), *others[3:]]
    row = ["b) Female", date(2012, 1, 2), date(2025, 4, 9), 0, "No", "Police", APRIL, 77, "Team", MAY]
    assert _steps(_read({"List 3": [order, row]})) == {"referral": 1, "re_referral": 0}


def test_titles_may_stand_above_the_headers():
    titles = [["Council of Nowhere"], [], ["Referrals in the last 6 months", None, "as at", MAY], []]
    made = _read({"List 3": [*titles, make.HEADERS[3], referral(1, APRIL), referral(2, "soon")]})
    assert [(each.row, each.field) for each in made.problems] == [("7", "Date of Referral")]


@pytest.mark.parametrize(
    "headers",
    [
        ["Child ID", "CP Plan Ended", "CPP Started", "Category of Abuse"],
        ["ID", "Child Protection Plan End Date", "Start Date of Child Protection Plan", "Category"],
        [
            "ID",
            "CHILD PROTECTION PLAN ENDDATE",
            "child protection plan start-date",
            "Inital Catagory of Abuse",
        ],
    ],
)
def test_start_and_end_are_not_taken_for_each_other(headers):
    contacts = [make.HEADERS[1], contact(1, APRIL)]
    made = _read({"List 7": [headers, [1, MAY, APRIL, "Neglect"]], "List 1": contacts})
    assert _steps(made) == {"contact": 1, "plan": 1, "plan_ended": 1, "plan_open": 0}


def test_two_columns_that_fit_equally_are_a_problem_that_names_both():
    headers = ["Child ID", "Referral Date", "Date of Referral", "Source", "NFA"]
    [problem] = _read({"List 3": [headers, [1, APRIL, MAY, "Police", "No"]]}).problems
    assert "“Referral Date” (B) and “Date of Referral” (C)" in problem.problem
    assert (problem.sheet, problem.row, problem.field) == ("List 3", "1", "Date of Referral")


def test_the_better_of_two_columns_is_taken():
    headers = ["Child ID", "Date", "Date of Referral", "Source", "Referral Source", "NFA"]
    steps = _steps(_read({"List 3": [headers, [1, None, APRIL, "CAFCASS", "Police", "No"]]}))
    assert steps == {"referral": 1}


def test_a_missing_column_is_a_problem_that_names_it():
    headers = [header for header in make.HEADERS[3] if "NFA" not in header]
    made = _read({"List 3": [headers, referral(1, APRIL)], "List 1": [make.HEADERS[1], contact(1, APRIL)]})
    [problem] = made.problems
    assert "has no column “Referral NFA?”" in problem.problem
    assert (problem.sheet, problem.row) == ("List 3", "1")
    assert made.counts["List 3 (referrals)"] == 1


def test_a_column_that_says_something_else_as_well_is_not_taken():
    headers = ["Child ID", "Referral Decision Date", "Referral Source", "NFA"]
    [problem] = _read({"List 3": [headers, [1, APRIL, "Police", "No"]]}).problems
    assert problem.field == "Date of Referral"


def test_a_list_without_headers_is_a_problem():
    [problem] = _read({"List 3": [referral(1, APRIL), referral(2, APRIL)]}).problems
    assert "headers of List 3 (referrals) were not found" in problem.problem


def test_a_sheet_with_a_name_of_its_own_is_known_by_its_columns():
    made = _read(
        {"Q1 data": [make.HEADERS[7], plan(1, APRIL)], "Front door": [make.HEADERS[1], contact(1, APRIL)]}
    )
    assert _steps(made) == {"contact": 1, "plan": 1, "plan_ended": 0, "plan_open": 1}


def test_a_name_that_tells_of_two_lists_is_a_problem():
    [problem] = _read({"List 3 Contacts": [make.HEADERS[3], referral(1, APRIL)]}).problems
    assert "List 1 (contacts)" in problem.problem
    assert "List 3 (referrals)" in problem.problem


def test_two_sheets_of_one_list_are_a_problem_that_names_both():
    rows = [make.HEADERS[3], referral(1, APRIL)]
    [problem] = _read({"List 3": rows, "Referrals": rows}).problems
    assert (problem.sheet, "“List 3”" in problem.problem) == ("Referrals", True)


def test_hidden_sheets_and_others_are_told_and_left_out():
    sheets = make.sheets(half_year()) | {
        "Referrals": [make.HEADERS[3], referral(1, APRIL)],
        "Guidance": [["x"]],
    }
    made = _read(sheets, hidden=["Referrals"])
    assert made.problems == ()
    assert {note.sheet: note.problem for note in made.notes if note.sheet} == {
        "Referrals": "This sheet is hidden, and was left out.",
        "Guidance": "This sheet is none of the eleven lists, and was left out.",
    }


def test_a_workbook_without_any_list_is_refused():
    [problem] = _read({"Sales": [["Region", "Euro"], ["North", 12]]}).problems
    assert "None of the eleven lists" in problem.problem
