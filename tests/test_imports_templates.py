"""Each template: written, filled in as a person would, read, and the rows are what was written in."""

from datetime import date

from lscb_core.domain.codes import SECTION_11_STANDARDS
from tests.make_templates import AGENCIES, MAY, YEAR, full_return, opened

LEVELS, OUTCOMES = 4, ("nfa", "advice", "early_help", "assessment", "section_47", "other")


def scopes(reading):
    assert [one.problem for one in reading.problems] == []
    return {scope.key: scope for scope in reading.scopes}


def test_an_agencys_threshold_return_becomes_one_scope_with_a_count_for_each_level_and_outcome():
    reading = full_return(agency="police").read()
    [scope] = reading.scopes
    assert (scope.key, scope.agency, scope.period_end) == (
        "template/thresholds/police/2026-05-31",
        "police",
        MAY,
    )
    places = [(str(level), outcome) for level in range(1, LEVELS + 1) for outcome in OUTCOMES]
    expected = [
        {"level": level, "outcome": outcome, "count": number}
        for number, (level, outcome) in enumerate(places, 1)
    ]
    assert list(scope.rows) == expected
    assert (reading.title, reading.as_at) == ("Threshold return: Tidewater Police, May 2026", MAY)


def test_the_boards_threshold_return_has_every_agency_everybody_else_and_the_steps():
    filled = full_return(lambda cells: len(cells["Referring agency"]) * (cells["Outcome"] == "Other"))
    for row, cells in filled.rows("Steps"):
        filled.write("Steps", row, Count=None if cells["Step"] == "Contacts" else row)
    found = scopes(filled.read())
    words = {**AGENCIES, "others": "Everybody else"}
    for slug, name in words.items():
        scope = found.pop(f"template/thresholds/{slug}/2026-05-31")
        assert scope.agency == (slug if slug in AGENCIES else "")
        assert sum(row["count"] for row in scope.rows) == LEVELS * len(name)
        assert len(scope.rows) == LEVELS * len(OUTCOMES)
    [steps] = found.values()
    assert (steps.key, steps.agency) == ("template/steps/all/2026-05-31", "")
    assert list(steps.rows) == [  # contacts were left empty: not sent, and not a count of none
        {"step": "assessment", "count": 5},
        {"step": "section_47", "count": 6},
        {"step": "conference", "count": 7},
        {"step": "plan", "count": 8},
    ]


def test_actions_that_are_known_and_new_ones():
    known = {"number": 14, "title": "Agree a procedure", "agency": "police", "status": "in_progress"}
    known |= {"due_on": "2026-03-31", "priorities": ["neglect", "exploitation"], "source_kind": "audit"}
    filled = opened("actions", prefill=[known])
    filled.write("Actions", 4, Status="Complete, evidence awaited", What_has_happened="Agreed and printed")
    filled.write("Actions", 5, Action="Train the trainers", Status="not started", Came_from="Meeting")
    filled.write("Actions", 5, As_at=date(2026, 6, 1), Due=date(2027, 1, 31))
    filled.write("Actions", 5, **{"Sub-groups": "Training; training"})
    found = scopes(filled.read())
    assert list(found) == ["template/actions/all/2026-05-31", "template/actions/all/2026-06-01"]
    old, new = (scope.rows for scope in found.values())
    assert old == (
        {
            "number": 14,
            "title": "Agree a procedure",
            "detail": "",
            "agency": "police",
            "due_on": "2026-03-31",
            "status": "complete",
            "note": "Agreed and printed",
            "source_kind": "audit",
            "priorities": ["neglect", "exploitation"],
            "sub_groups": [],
        },
    )
    [row] = new
    assert (row["number"], row["title"], row["agency"]) == (None, "Train the trainers", "")
    assert (row["due_on"], row["status"], row["sub_groups"]) == ("2027-01-31", "not_started", ["training"])


def test_an_agencys_own_actions_are_its_own():
    filled = opened("actions", agency="health")
    filled.write("Actions", 4, Action="Name a lead nurse", Status="In progress", Came_from="Review")
    [scope] = scopes(filled.read()).values()
    assert (scope.key, scope.agency) == ("template/actions/health/2026-05-31", "health")
    assert scope.rows[0]["agency"] == "health"


def audit(**more):
    filled = opened("audits", **more)
    filled.write("Audit", 4, Title="Neglect: are plans reviewed?", Kind="Multi-agency audit", Theme="Neglect")
    filled.add("Questions", [{"Question_number": 1, "Question": "Is the child heard?"}])
    filled.write("Questions", 5, Question_number=2, Question="=Is there a plan?")
    return filled


def test_audit_answers_case_by_case_and_counted():
    filled = audit()
    filled.add(
        "Answers",
        [
            {"Case": 1, "Agency": "Tidewater Police", "Question_number": 1, "Applied": "Yes", "Met": "No"},
            {"Case": 1, "Agency": "health", "Question_number": 1, "Applied": "Yes", "Met": "Yes"},
            {"Case": 2, "Agency": "health", "Question_number": 1, "Applied": "No"},
        ],
    )
    filled.add("Totals", [{"Question_number": 2, "Cases_it_applied_to": 18, "Cases_that_met_it": 13}])
    [scope] = scopes(filled.read()).values()
    assert (scope.key, scope.period_end) == (
        "template/audits/neglect-are-plans-reviewed-2026-05/all",
        MAY,
    )
    facts = {"title": "Neglect: are plans reviewed?", "theme": "Neglect", "kind": "multi_agency"}
    facts |= {"method": "", "month": "2026-05-01"}
    first = {**facts, "question": "Is the child heard?", "position": 1}
    assert list(scope.rows) == [
        {**first, "agency": "police", "case": 1, "met": 0, "applicable": 1},
        {**first, "agency": "health", "case": 1, "met": 1, "applicable": 1},
        {**first, "agency": "health", "case": 2, "met": 0, "applicable": 0},
        {
            **facts,
            "question": "=Is there a plan?",  # text stays text
            "position": 2,
            "agency": "",
            "case": None,
            "met": 13,
            "applicable": 18,
        },
    ]


def test_an_audits_reference_is_its_word_and_long_titles_that_begin_alike_stay_apart():
    keys = []
    for title in ("A" * 60, "A" * 61, "Short"):
        filled = audit(agency="police")
        filled.write("Audit", 4, Title=title, Reference="neglect-2026" if title == "Short" else None)
        filled.add("Totals", [{"Question_number": 1, "Cases_it_applied_to": 3, "Cases_that_met_it": 3}])
        [scope] = scopes(filled.read()).values()
        keys.append(scope.key)
        assert (scope.agency, scope.rows[0]["agency"]) == ("police", "police")
    assert keys[2] == "template/audits/neglect-2026/police"
    assert len(set(keys)) == len(keys)
    assert max(len(key.split("/")[2]) for key in keys) <= 40


def test_section_11_scores_are_numbers_and_unanswered_standards_are_left_out():
    filled = opened("section11", agency="schools")
    filled.write(
        "Section 11", 4, Own_score="3 Fully met", Score_after_challenge="Mostly met", Evidence="Plan"
    )
    filled.write("Section 11", 8, Own_score=0, Note="Course booked")
    reading = filled.read()
    [scope] = scopes(reading).values()
    assert (scope.key, scope.agency) == ("template/section11/schools/2026-05-31", "schools")
    assert list(scope.rows) == [
        {"standard": "1", "own": 3, "challenged": 2, "evidence": "Plan", "note": ""},
        {"standard": "5", "own": 0, "challenged": None, "evidence": "", "note": "Course booked"},
    ]
    [note] = reading.notes
    assert note.problem == "6 rows of “Section 11” hold no answer: they count as not sent."
    assert len(SECTION_11_STANDARDS) == 8


def test_training_by_agency_and_month():
    filled = opened("training")
    course = {"Agency": "Schools", "Course": "Level 3", "Booked": 10, "Attended": 9}
    filled.add("Training", [{**course, "Places": 12, "Month": "April 2026"}, {**course, "Booked": "1,234"}])
    found = scopes(filled.read())
    april = {"title": "Level 3", "places": 12, "booked": 10, "attended": 9, "note": ""}
    assert found["template/training/schools/2026-04-30"].rows == (april,)
    assert found["template/training/schools/2026-05-31"].rows == ({**april, "places": None, "booked": 1234},)


def test_attendance_of_a_meeting():
    filled = opened("attendance", period=date(2026, 5, 14))
    for (row, _), (invited, attended) in zip(
        filled.rows("Attendance"), [("Yes", "no"), ("y", True), ("No", "No")], strict=True
    ):
        filled.write("Attendance", row, Invited=invited, Attended=attended)
    [scope] = scopes(filled.read()).values()
    assert (scope.key, scope.agency) == ("template/attendance/all/2026-05-14", "")
    assert list(scope.rows) == [
        {"agency": "police", "invited": True, "attended": False},
        {"agency": "health", "invited": True, "attended": True},
        {"agency": "schools", "invited": False, "attended": False},
    ]


def deaths():
    """12 deaths, 10 reviews completed, 7 of them in time."""
    counts = {"Deaths notified in the year": 12, "Age: 0 to 27 days": 5, "Age: 1 to 4 years": 7}
    counts |= {"Expected deaths": 9, "Unexpected deaths": 3, "Reviews completed in the year": 10}
    counts |= {"Reviews completed in time": 7, "Category 4: Malignancy": 10, "Modifiable factors: no": 10}
    filled = opened("deaths", period=YEAR)
    for row, cells in list(filled.rows("Child deaths")):
        filled.write("Child deaths", row, Count=counts.get(cells["What is counted"], 0))
    return filled


def test_child_deaths_of_a_year_in_the_words_of_the_table():
    [scope] = scopes(deaths().read()).values()
    assert (scope.key, scope.agency, scope.period_end) == ("template/deaths/all/2026-03-31", "", YEAR)
    counted = {(row["dimension"], row["key"]): row["count"] for row in scope.rows}
    assert len(counted) == len(scope.rows) == 24
    assert {place: count for place, count in counted.items() if count} == {
        ("all", "all"): 12,
        ("age", "0-27d"): 5,
        ("age", "1-4y"): 7,
        ("expectedness", "expected"): 9,
        ("expectedness", "unexpected"): 3,
        ("reviews", "completed"): 10,
        ("reviews", "in_time"): 7,
        ("category", "4"): 10,
        ("modifiable", "no"): 10,
    }


def test_measures_work_out_their_figure_from_the_counts():
    filled = opened("measures")
    wanted = {
        "Assessments within 45 working days": {"Count": 2, "Out_of": 3},
        "Wait for a mental health assessment": {"Count": 900, "Out_of": 40},
        "Children on a protection plan": {"Figure": 184, "Commentary": "Fewer", "Signed_by": "Lead"},
        "Referrals in the month": {"Count": 31},
        "Referrals below the threshold": {"Count": 0, "Out_of": 0},
    }
    for row, cells in list(filled.rows("Measures")):
        if cells["Measure"] in wanted:
            filled.write("Measures", row, **wanted[cells["Measure"]])
    [scope] = scopes(filled.read()).values()
    assert scope.key == "template/measures/all/2026-05-31"
    found = {row["measure"]: row for row in scope.rows}
    assert {key: row["value"] for key, row in found.items()} == {
        "assessments_45_days": 66.7,
        "wait_mental_health": 22.5,
        "children_on_plan": 184,
        "referrals_monthly": 31,
        "below_threshold": None,  # none of none is no share
    }
    words = {"span": "month", "numerator": None, "denominator": None}
    words |= {"commentary": "Fewer", "signed_by": "Lead", "value": 184, "measure": "children_on_plan"}
    assert found["children_on_plan"] == words
