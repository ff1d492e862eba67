"""Every problem says sheet, row and field, what is wrong and what to do; and all of them come at once."""

from datetime import date, datetime

import pytest

from tests.make_templates import MAY, YEAR, Open, full_return, opened, read, told, written
from tests.test_imports_templates import audit, deaths


def wrong(reading):
    """The words of the only problem, and where it stands."""
    [problem] = reading.problems
    assert problem.advice
    assert reading.scopes == ()
    return problem.sheet, problem.row, problem.field, problem.problem


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (None, "This cell is empty."),
        ("", "This cell is empty."),
        ("none", "“none” is not a number."),
        ("<5", "“<5” is not a number."),
        ("1e5", "“1e5” is not a number."),
        (-1, "“-1” is less than 0."),
        (2.5, "“2.5” is not a whole number."),
        (1_000_001, "What stands here is more than 1,000,000."),
        (True, "“Yes” is not a number."),
        (date(2014, 3, 12), "A day is not a number."),  # it could be a date of birth: not repeated
        ("4857773456", "What stands here is more than 1,000,000."),
        ("x" * 50, f"“{'x' * 39}…” is not a number."),
    ],
)
def test_a_count_that_is_none(count, words):
    filled = full_return(agency="police")
    filled.write("Referrals", 9, Referrals=count)
    assert wrong(filled.read()) == ("Referrals", "9", "Referrals", words)


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("Month", "May", "“May” is not a month."),
        ("Month", "31/02/2026", "“31/02/2026” is not a month."),
        ("Month", "June 2026", "This period is not over yet: today is 15 June 2026."),
        ("Month", date(2062, 5, 1), "This period is not over yet: today is 15 June 2026."),
        ("Month", date(1066, 5, 1), None),
        ("Month", "May 1999", "“1999-05-31” is before 1 January 2000, which cannot be right."),
        ("Referring agency", "Fire service", "“Fire service” is not a known referring agency."),
        ("Referring agency", "health", "“health” is not a known referring agency."),  # not its own
        ("Level", 5, "“5” is not a known level."),
        ("Level", None, "This cell is empty."),
        ("Outcome", "=1+1", "“=1+1” is not a known outcome."),
    ],
)
def test_a_row_that_is_not_understood(heading, value, words):
    filled = full_return(agency="police")
    if value == date(1066, 5, 1):  # no spreadsheet holds it as a day, so it is text
        value, words = "1066-05-01", "“1066-05-31” is before 1 January 2000, which cannot be right."
    filled.write("Referrals", 9, **{heading: value})
    assert wrong(filled.read()) == ("Referrals", "9", heading, words)


def test_a_plain_number_is_no_month_for_it_could_be_anything():
    filled = full_return(agency="police")
    filled.write("Referrals", 9, Month=46143)
    filled.book["Referrals"].cell(9, 1).number_format = "General"
    assert wrong(filled.read()) == ("Referrals", "9", "Month", "“46143” is not a month.")


def test_every_problem_is_told_in_the_order_of_the_rows():
    filled = full_return(agency="police")
    for row, cells in ((6, {"Referrals": -1}), (5, {"Referrals": "x", "Level": "y"}), (27, {"Month": "z"})):
        filled.write("Referrals", row, **cells)
    assert told(filled.read()) == [
        ("Referrals", "5", "Level"),
        ("Referrals", "5", "Referrals"),
        ("Referrals", "6", "Referrals"),
        ("Referrals", "27", "Month"),
    ]


def test_of_very_many_problems_the_first_thousand_are_told_and_the_number_of_the_others():
    filled = full_return(agency="police")
    one = next(cells for _, cells in filled.rows("Referrals"))
    filled.add("Referrals", [{**one, "Referrals": "?"}] * 1500, first=28)
    reading = filled.read()
    assert (len(reading.problems), reading.more_problems) == (1000, 500 + 1500)
    assert reading.problems[-1].row == "527"  # each of these rows is wrong twice, in two columns


def test_rows_that_stand_twice():
    filled = full_return(agency="police")
    one = next(cells for _, cells in filled.rows("Referrals"))
    filled.write("Referrals", 40, **one)
    sheet, row, field, words = wrong(filled.read())
    assert (sheet, row, field) == ("Referrals", "40", "Outcome")
    assert words.startswith("A row before this one has the same “Month” and “Referring agency”")


def test_a_row_that_was_deleted_is_no_count_of_none():
    filled = full_return(agency="police")
    filled.book["Referrals"].delete_rows(9, 2)
    sheet, row, _, words = wrong(filled.read())
    assert (sheet, row) == ("Referrals", "4")
    assert words == (
        "Tidewater Police, May 2026: 2 rows are missing from the table "
        "(1 Universal / Other; 2 Early help / No further action)."
    )


def test_an_agency_that_sent_nothing_is_only_noted_beside_one_that_sent_all():
    filled = full_return(lambda cells: 1 if cells["Referring agency"] == "Schools" else None)
    reading = filled.read()
    assert [scope.agency for scope in reading.scopes] == ["schools"]
    assert [note.problem for note in reading.notes] == [
        "72 rows of “Referrals” hold no answer: they count as not sent."
    ]


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        ({"Number": 99}, "Number", "“99” is not the number of an open action of this board."),
        ({"Number": 14}, "Number", "A row before this one has the same number."),
        ({"Number": 0}, "Number", "“0” is less than 1."),
        ({"Came from": None}, "Came from", "This cell is empty."),
        ({"Action": None}, "Action", "This cell is empty."),
        ({"Status": "Closed and checked"}, "Status", "“Closed and checked” is not a known status."),
        (
            {"Status": "Complete, evidence awaited"},
            "What has happened",
            "The action is complete, but nothing says what was done.",
        ),
        ({"Due": "soon"}, "Due", "“soon” is not a day."),
        (
            {"Due": date(2090, 1, 1)},
            "Due",
            "“2090-01-01” is more than 10 years ahead, which cannot be right.",
        ),
        ({"As at": date(2026, 6, 16)}, "As at", "This day is still to come: today is 15 June 2026."),
        (
            {"Priorities": "neglect; speed"},
            "Priorities",
            "“neglect; speed” has a word that is not on the list.",
        ),
        ({"Action": "x" * 2001}, "Action", "This text is longer than 2,000 characters."),
        ({"Agency": "Fire service"}, "Agency", "“Fire service” is not a known agency."),
    ],
)
def test_actions_that_cannot_be(cells, field, words):
    filled = opened("actions", prefill=[{"number": 14, "title": "Old", "status": "in_progress"}])
    new = {"Action": "New", "Status": "Not started", "Came from": "Audit"}
    filled.write("Actions", 5, **{**new, **cells})
    assert wrong(filled.read()) == ("Actions", "5", field, words)


def test_a_new_action_that_stands_twice():
    filled = opened("actions")
    new = {"Action": "New", "Status": "Not started", "Came from": "Audit"}
    filled.add("Actions", [new, {**new, "Agency": "Schools"}, new])
    assert wrong(filled.read())[:3] == ("Actions", "6", "Action")


@pytest.mark.parametrize(
    "text",
    [
        "Seen on 12/03/2014",
        "born 12 March 2014",
        "DOB 3.4.15",
        "dob: 3 4 2015",
        "03.04.15",
        "d.o.b. 12-03-2014",
        "Number 485 777 3456",
        "4857773456",
        "485-777-3456 is hers",
        "UPN A123456789012",
        "2014-03-12",
    ],
)
def test_text_that_could_point_to_a_child_is_refused_and_never_repeated(text):
    filled = opened("actions")
    new = {"Action": "New", "Status": "Not started", "Came from": "Audit", "What has happened": text}
    filled.write("Actions", 4, **new)
    reading = filled.read()
    sheet, row, field, words = wrong(reading)
    assert (sheet, row, field) == ("Actions", "4", "What has happened")
    assert words == "Something in this text looks like a date of birth, or a child's number."
    assert not any(part in str(reading) for part in text.split() if len(part) > 3 and part[-1].isdigit())


@pytest.mark.parametrize(
    "text",
    ["Agreed on 14 May 2026", "12 of 18 cases", "Call 01642 527225", "v1.2.3", "3/4", "Section 3.2.11"],
)
def test_other_figures_in_a_text_are_left_alone(text):
    filled = opened("actions")
    filled.write("Actions", 4, **{"Action": text, "Status": "Not started", "Came from": "Audit"})
    [scope] = filled.read().scopes
    assert scope.rows[0]["title"] == text


def test_audits_that_do_not_hold_together():
    filled = audit()
    filled.write("Audit", 5, Title="Another", Kind="Re-audit")
    filled.write("Questions", 6, Question_number=2, Question="Twice?")
    answer = {"Case": 1, "Agency": "Schools", "Question_number": 1, "Applied": "Yes", "Met": "Yes"}
    filled.add("Answers", [answer, {**answer, "Question_number": 3}, {**answer, "Case": 2, "Met": None}])
    filled.add("Answers", [{**answer, "Case": 3, "Applied": "no"}, answer, {**answer, "Case": 1000}], first=7)
    total = {"Question_number": 2, "Cases_it_applied_to": 3, "Cases_that_met_it": 4}
    filled.add(
        "Totals", [total, {**total, "Question_number": 1, "Agency": "Schools", "Cases_that_met_it": 1}]
    )
    assert told(filled.read()) == [
        ("Audit", "5", "Title"),
        ("Questions", "6", "Question number"),
        ("Answers", "6", "Met"),
        ("Answers", "7", "Met"),
        ("Answers", "8", "Question number"),
        ("Answers", "9", "Case"),
        ("Totals", "4", "Cases that met it"),
        ("Totals", "5", "Question number"),
    ]


def test_answers_to_an_unknown_question_or_of_no_audit():
    filled = audit()
    filled.write("Totals", 4, Question_number=7, Cases_it_applied_to=1, Cases_that_met_it=1)
    assert wrong(filled.read()) == (
        "Totals",
        "4",
        "Question number",
        "There is no question 7 on the sheet “Questions”.",
    )
    filled.write("Totals", 4, Question_number=1)
    filled.book["Audit"].delete_rows(4)
    assert wrong(filled.read()) == ("Audit", "", "Title", "It is not said which audit this was.")
    assert wrong(audit().read()) == ("Answers", "", "Met", "There is no answer.")


def test_section_11_words_without_a_score_and_a_standard_that_there_is_not():
    filled = opened("section11", agency="schools")
    filled.write("Section 11", 4, Evidence="Policy")
    filled.write("Section 11", 5, Own_score=4)
    filled.write("Section 11", 6, Own_score=1, Standard="9 Cheerfulness")
    assert told(filled.read()) == [
        ("Section 11", "4", "Own score"),
        ("Section 11", "5", "Own score"),
        ("Section 11", "6", "Standard"),
    ]


def test_more_people_at_training_than_had_booked():
    filled = opened("training", agency="schools")
    course = {"Course": "Level 3", "Booked": 9, "Attended": 10}
    filled.add("Training", [course, {**course, "Course": "Level 2", "Booked": None}])
    reading = filled.read()
    assert told(reading) == [("Training", "4", "Attended"), ("Training", "5", "Booked")]
    assert reading.problems[0].problem == "10 attended, but only 9 had booked."


def test_attendance_half_filled_in():
    filled = opened("attendance", period=date(2026, 5, 14))
    filled.write("Attendance", 4, Invited="no", Attended="yes")
    filled.write("Attendance", 5, Invited="maybe")
    assert told(filled.read()) == [
        ("Attendance", "4", "Attended"),
        ("Attendance", "5", "Invited"),
        ("Attendance", "5", "Attended"),
        ("Attendance", "6", "Invited"),
        ("Attendance", "6", "Attended"),
    ]


@pytest.mark.parametrize(
    ("line", "told_at"),
    [
        ("Age: 15 to 17 years", "Age: 0 to 27 days"),
        ("Expected deaths", "Expected deaths"),
        ("Category 4: Malignancy", "Category 1: Deliberately inflicted injury, abuse or neglect"),
        ("Modifiable factors: no", "Modifiable factors: yes"),
    ],
)
@pytest.mark.parametrize("count", [8, 13])
def test_child_deaths_have_to_add_up(line, told_at, count):
    filled = deaths()
    rows = {cells["What is counted"]: row for row, cells in filled.rows("Child deaths")}
    filled.write("Child deaths", rows[line], Count=count)
    sheet, row, field, words = wrong(filled.read())
    assert (sheet, row, field) == ("Child deaths", str(rows[told_at]), "Count")
    assert words.startswith("The lines of this part add up to ")


def test_no_more_reviews_in_time_than_were_completed():
    filled = deaths()
    rows = {cells["What is counted"]: row for row, cells in filled.rows("Child deaths")}
    filled.write("Child deaths", rows["Reviews completed in time"], Count=11)
    assert wrong(filled.read())[:3] == ("Child deaths", str(rows["Reviews completed in time"]), "Count")


def test_a_year_of_deaths_ends_on_31_march():
    filled = Open(written("deaths", period=YEAR))
    for row, _ in list(filled.rows("Child deaths")):
        filled.write("Child deaths", row, Count=0, Year_to=datetime(2026, 3, 30))
    assert {problem.problem for problem in filled.read().problems} == {
        "“2026-03-30” is not the end of a year to 31 March."
    }
    for row, _ in list(filled.rows("Child deaths")):
        filled.write("Child deaths", row, Year_to="2024-25")
    assert [scope.key for scope in filled.read().scopes] == ["template/deaths/all/2025-03-31"]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"Count": 4, "Out of": 3}, "Count"),
        ({"Count": 3}, "Out of"),
        ({"Out of": 3, "Commentary": "Up", "Signed by": "Lead"}, "Out of"),
        ({"Figure": 101}, "Figure"),
        ({"Figure": 50, "Count": 1, "Out of": 3}, "Figure"),
        ({"Commentary": "Up"}, "Signed by"),
        ({"Signed by": "Lead"}, "Figure"),
        ({"Figure": 2.5, "Measure": "Referrals in the month"}, "Figure"),
        ({"Figure": 2, "Measure": "Happiness"}, "Measure"),
        ({"Figure": 2, "Period ends on": date(2026, 5, 30)}, "Period ends on"),
        ({"Figure": 2, "Period": "Quarter"}, "Period ends on"),
    ],
)
def test_measures_that_cannot_be(cells, field):
    filled = opened("measures", period=MAY)
    rows = {each["Measure"]: row for row, each in filled.rows("Measures")}
    row = rows["Assessments within 45 working days"]
    if "Measure" in cells:  # the measure itself would stand twice
        filled.book["Measures"].delete_rows(rows["Referrals in the month"])
        row -= 1
    filled.write("Measures", row, **cells)
    assert told(filled.read()) == [("Measures", str(row), field)]


def test_nothing_filled_in_is_told():
    reading = read(written("training"))
    assert [problem.problem for problem in reading.problems] == ["Nothing is filled in."]
    assert not reading.may_be_saved
