"""Annex A workbooks of an invented council: the lists with headers as they should be, and rows by hand."""

from datetime import date, timedelta

from tests import make_workbooks as make

WHO = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age"]
TEAM = ["Allocated Team", "Allocated Worker"]
ENQUIRY = "Strategy discussion initiating Section 47 Enquiry Start Date"
HEADERS = {
    1: [*WHO, "Date of Contact", "Contact Source"],
    2: [*WHO, "Assessment start date", "Assessment completion date"],
    3: [
        *(*WHO, "Date of Referral", "Referral Source", "Referral NFA?"),
        *("Number of Referrals in Last 12 Months", *TEAM),
    ],
    4: [*WHO, "Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation", *TEAM],
    5: [*WHO, ENQUIRY, "Date of Initial Child Protection Conference", *TEAM],
    6: [*WHO, "CIN Start Date", "CIN Closure Date", *TEAM],
    7: [
        *(*WHO, "Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse"),
        *("Date of latest review conference", "Child Protection Plan End Date", *TEAM),
    ],
    8: [*WHO, "Date Started to be Looked After", *TEAM],
    9: [*WHO, *TEAM, "Eligibility Category"],
    10: [*WHO, "Date the Child Entered Care"],
    11: ["Individual adopter identifier", "Family identifier", "Gender", "Ethnicity", "Disability"],
}
FIRST_ID, FIRST_BIRTH = 9_135_700, date(2009, 2, 11)
APRIL, MAY = date(2025, 4, 1), date(2025, 5, 30)


def child(number):
    """Number, gender, ethnicity, birth and age of the nth invented child."""
    return [FIRST_ID + number, "b) Female", "a) WBRI", FIRST_BIRTH + timedelta(days=37 * number), 11.5]


def contact(number, on, source="q) 6: Police"):
    """A row of list 1."""
    return [*child(number), on, source]


def referral(number, on, source="q) 6: Police", nfa="No", before=0):
    """A row of list 3."""
    return [*child(number), on, source, nfa, before, "Team 1", "Maud\xa0Quill"]


def assessment(number, start):
    """A row of list 4."""
    return [*child(number), start, None, "Team 1", make.Error()]


def enquiry(number, start, conference=None):
    """A row of list 5."""
    return [*child(number), start, conference, "Team 2", "Maud Quill"]


def in_need(number, start, end=None):
    """A row of list 6."""
    return [*child(number), start, end]


def plan(number, start, end=None, category="Neglect", latest=None):
    """A row of list 7."""
    return [*child(number), start, category, latest or category, None, end]


def sheets(lists, *, headers=HEADERS):
    """Rows by sheet name, under their headers, from rows by the number of the list."""
    return {f"List {number}": [headers[number], *rows] for number, rows in lists.items()}


def workbook(lists, **more):
    """The bytes of a workbook with these lists."""
    return make.workbook(sheets(lists), **more)


def half_year():
    """All eleven lists, whole from 1 April to 30 May 2025."""
    return {
        1: [contact(1, APRIL), contact(2, MAY, "School"), contact(3, MAY, "s) 8: Other")],
        2: [[*child(4), APRIL, MAY]],
        3: [referral(1, APRIL), referral(2, MAY, "GP", "a) Yes", 2)],
        4: [assessment(1, date(2025, 4, 3))],
        5: [enquiry(1, date(2025, 4, 10), date(2025, 5, 6)), enquiry(2, date(2025, 5, 7))],
        6: [in_need(1, APRIL), in_need(5, date(2020, 1, 2), date(2025, 5, 1))],
        7: [
            plan(1, date(2025, 5, 8)),
            plan(6, date(2023, 5, 30), category="Emotional abuse", latest="c) Physical"),
            plan(7, date(2024, 1, 5), date(2025, 4, 30), "SAB"),
        ],
        8: [[*child(8), date(2019, 1, 1)]],
        9: [[*child(9), "Team 3", "Maud Quill", "b) Former relevant child"]],
        10: [[*child(10), date(2018, 3, 1)]],
        11: [[7_700_123, 8_800_456, "a) Male", "a) WBRI", "b) No"]],
    }
