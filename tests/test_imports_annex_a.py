"""Annex A: what is counted in each list, in which month, and what is told."""

import io
from collections import Counter
from datetime import date, datetime

import openpyxl
import pytest

from lscb_core.imports.reading import Asked
from lscb_core.imports.reading_here import read_here
from tests import make_annex_a as make
from tests import make_workbooks
from tests.conftest import SHARED
from tests.make_annex_a import APRIL, MAY, assessment, contact, enquiry, half_year, in_need, plan, referral

TODAY = date(2025, 7, 1)
APRIL_END, MAY_END = "2025-04-30", "2025-05-31"


def _read(lists, **asked):
    return _read_bytes(make.workbook(lists), **asked)


def _read_bytes(content, **asked):
    return read_here("annex-a", io.BytesIO(content), asked=Asked("annex.xlsx", TODAY, **asked))


def _tallies(made):
    """Counts by step, month, source and detail."""
    assert made.problems == ()
    found = Counter()
    for scope in made.scopes:
        for row in scope.rows:
            found[row["step"], row["month"], row["source"], row["detail"]] += row["count"]
    return {key: count for key, count in found.items() if count}


def _of(made, step):
    return {key[1:]: count for key, count in _tallies(made).items() if key[0] == step}


def _notes(made):
    return " ".join(note.problem for note in made.notes)


def test_every_list_is_found_and_its_rows_are_told():
    made = _read(half_year())
    assert {name.partition(" (")[0]: count for name, count in made.counts.items() if "List" in name} == {
        f"List {number}": len(rows) for number, rows in half_year().items()
    }


def test_everything_is_counted_in_its_month():
    made = _read(half_year())
    assert _tallies(made) == {
        ("contact", APRIL_END, "6", ""): 1,
        ("contact", MAY_END, "2A", ""): 1,
        ("contact", MAY_END, "8", ""): 1,
        ("referral", APRIL_END, "6", "other"): 1,
        ("referral", MAY_END, "3A", "nfa"): 1,
        ("re_referral", MAY_END, "3A", ""): 1,
        ("assessment", APRIL_END, "UN", ""): 1,
        ("section_47", APRIL_END, "UN", ""): 1,
        ("section_47", MAY_END, "UN", ""): 1,
        ("conference", MAY_END, "UN", "11-15"): 1,  # on the 15th working day
        ("plan", MAY_END, "UN", "NEG"): 1,
        ("plan_ended", APRIL_END, "UN", ""): 1,
        ("plan_open", "2025-05-30", "UN", "NEG|3m"): 1,
        ("plan_open", "2025-05-30", "UN", "PHY|24m+"): 1,  # two years to the day
    }
    assert [(scope.key, scope.period_end) for scope in made.scopes] == [
        (f"annex-a/{APRIL_END}", date(2025, 4, 30)),
        (f"annex-a/{MAY_END}", date(2025, 5, 31)),
    ]
    assert (made.as_at, made.title) == (MAY, "Annex A, 1 April 2025 to 30 May 2025")


def test_what_is_open_at_the_end_is_told():
    counts = _read(half_year()).counts
    assert (counts["children in need, open"], counts["plans, open"]) == (1, 2)


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (date(2025, 2, 28), "3m"), (date(2025, 2, 27), "6m"), (date(2024, 11, 30), "6m"),
        (date(2024, 11, 29), "12m"), (date(2024, 5, 31), "12m"), (date(2024, 5, 30), "24m"),
        (date(2023, 5, 31), "24m"), (date(2023, 5, 30), "24m+"),
    ],
)  # fmt: skip
def test_a_plan_has_lasted_to_the_last_day_of_the_file(start, length):
    made = _read({1: [contact(1, APRIL), contact(2, MAY)], 7: [plan(3, start)]})
    assert _of(made, "plan_open") == {("2025-05-30", "UN", f"NEG|{length}"): 1}


@pytest.mark.parametrize(
    ("held", "band"),
    [
        (date(2025, 4, 9), ""), (date(2025, 4, 10), "0-10"), (date(2025, 4, 28), "0-10"),
        (date(2025, 4, 29), "11-15"), (date(2025, 5, 6), "11-15"), (date(2025, 5, 7), "16-20"),
        (date(2025, 5, 13), "16-20"), (date(2025, 5, 14), "21+"),
    ],
)  # fmt: skip
def test_working_days_lie_between_an_enquiry_and_its_conference(held, band):
    # From Thursday 10 April; 18 and 21 April (Easter) and 5 May are closed, so that 6 May is the 15th day.
    made = _read({1: [contact(1, APRIL), contact(2, MAY)], 5: [enquiry(3, date(2025, 4, 10), held)]})
    [(_, _, found)] = _of(made, "conference")
    assert found == band


def test_a_conference_without_an_enquiry_has_no_band_and_two_enquiries_have_one_conference():
    held = date(2025, 5, 6)
    rows = [enquiry(1, None, held), enquiry(2, date(2025, 4, 28), held), enquiry(2, date(2025, 4, 29), held)]
    made = _read({1: [contact(1, APRIL), contact(2, MAY)], 5: rows})
    assert _of(made, "conference") == {(MAY_END, "UN", ""): 1, (MAY_END, "UN", "0-10"): 1}
    assert _of(made, "section_47") == {(APRIL_END, "UN", ""): 2}


def test_the_same_child_and_day_again_is_told_and_counted_once():
    rows = [
        contact(1, APRIL),
        contact(2, APRIL),
        contact(1, APRIL),
        contact(1, APRIL, "School"),
        contact(1, MAY),
    ]
    made = _read({1: rows, 3: [referral(1, APRIL), referral(1, APRIL, "GP"), referral(1, MAY)]})
    assert _of(made, "contact") == {
        (APRIL_END, "6", ""): 2, (APRIL_END, "2A", ""): 1, (MAY_END, "6", ""): 1,
    }  # fmt: skip
    assert _of(made, "referral") == {(APRIL_END, "6", "other"): 1, (MAY_END, "6", "other"): 1}
    told = [(note.sheet, note.row) for note in made.notes if "again" in note.problem and note.sheet]
    assert told == [("List 1", "4"), ("List 3", "3")]


def test_the_same_day_at_another_hour_is_the_same_day():
    book = openpyxl.Workbook()
    book.active.title = "List 1"
    book.active.append(make.HEADERS[1])
    for hour in (9, 9, 14):
        book.active.append(contact(1, datetime(2025, 4, 1, hour)))
    out = io.BytesIO()
    book.save(out)
    assert _of(_read_bytes(out.getvalue()), "contact") == {(APRIL_END, "6", ""): 1}


def test_rows_without_a_child_are_counted_each():
    rows = [[None, *contact(1, APRIL)[1:]]] * 3 + [contact(2, MAY)]
    assert _of(_read({1: rows}), "contact") == {(APRIL_END, "6", ""): 3, (MAY_END, "6", ""): 1}


@pytest.mark.parametrize("words", ["Yes", "a) Yes", "y", "NFA", "No further action", True, 1, "yes - closed"])
def test_no_further_action_is_said_in_many_ways(words):
    made = _read({3: [referral(1, APRIL, nfa=words), referral(2, MAY, nfa="b) No")]})
    assert _of(made, "referral") == {(APRIL_END, "6", "nfa"): 1, (MAY_END, "6", "other"): 1}


def test_no_word_on_further_action_is_told_and_another_word_is_a_problem():
    made = _read({3: [referral(1, APRIL, nfa=None), referral(2, MAY)]})
    assert _of(made, "referral")[APRIL_END, "6", "other"] == 1
    assert "counted as taken further" in _notes(made)
    [problem] = _read({3: [referral(1, APRIL, nfa="Perhaps"), referral(2, MAY)]}).problems
    assert (problem.sheet, problem.row, problem.field) == ("List 3", "2", "Referral NFA?")


@pytest.mark.parametrize(("before", "again"), [(0, 0), (1, 1), ("3", 1), ("Yes", 1), ("No", 0), (None, 0)])
def test_re_referrals_are_the_file_s_own_count(before, again):
    made = _read({3: [referral(1, APRIL, before=before), referral(2, MAY)]})
    assert sum(_of(made, "re_referral").values()) == again


def test_a_number_that_is_0_once_does_not_include_the_referral_itself():
    made = _read({3: [referral(number, APRIL, before=min(number, 1)) for number in range(20)]})
    assert sum(_of(made, "re_referral").values()) == 19


def test_a_number_that_includes_the_referral_itself_is_recognised():
    rows = [referral(number, APRIL, before=1 + (number > 17)) for number in range(20)]
    made = _read({3: rows})
    assert sum(_of(made, "re_referral").values()) == 2
    assert "include the referral itself" in _notes(made)


def test_without_their_column_re_referrals_are_not_told_as_none():
    headers = make.HEADERS | {3: [header for header in make.HEADERS[3] if "12 Months" not in header]}
    row = referral(1, APRIL)
    del row[8]
    made = _read_bytes(make_workbooks.workbook(make.sheets({3: [row]}, headers=headers)))
    assert {row["step"] for scope in made.scopes for row in scope.rows} == {"referral"}
    assert "re-referrals are not counted" in _notes(made)


def test_a_list_that_is_there_and_empty_says_none_and_a_missing_one_says_nothing():
    made = _read({1: [contact(1, APRIL)], 3: [], 7: [], 9: []})
    steps = {row["step"]: row["count"] for scope in made.scopes for row in scope.rows}
    none = dict.fromkeys(("referral", "re_referral", "plan", "plan_ended", "plan_open"), 0)
    assert steps == {"contact": 1, **none}
    assert "List 4 (assessments) is not in the file." in _notes(made)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("NEG", "NEG"), ("a) Neglect", "NEG"), ("Physical abuse", "PHY"), ("SEXUAL", "SAB"),
        ("emotional", "EMO"), ("Multiple", "MUL"), ("Neglect and physical abuse", "MUL"),
    ],
)  # fmt: skip
def test_categories_of_abuse_are_known_by_code_and_by_word(words, code):
    made = _read({1: [contact(1, APRIL)], 7: [plan(1, APRIL, category=words)]})
    assert _of(made, "plan") == {(APRIL_END, "UN", code): 1}


@pytest.mark.parametrize(("initial", "latest"), [("Neglect", None), (None, "NEG"), ("", "a) Neglect")])
def test_a_category_that_is_said_once_is_both(initial, latest):
    row = plan(1, APRIL)
    row[6:8] = initial, latest
    made = _read({1: [contact(1, APRIL)], 7: [row]})
    assert _of(made, "plan") == {(APRIL_END, "UN", "NEG"): 1}
    assert _of(made, "plan_open") == {("2025-04-01", "UN", "NEG|3m"): 1}


def test_a_category_that_is_missing_or_unknown_is_a_problem():
    rows = [plan(1, APRIL, category="Other"), plan(2, APRIL, category=None), plan(3, APRIL)]
    made = _read({1: [contact(1, APRIL)], 7: rows})
    initial, latest = "Initial Category of Abuse", "Latest Category of Abuse"
    assert [(p.row, p.field) for p in made.problems] == [("2", initial), ("2", latest), ("3", initial)]


def test_dates_may_be_written_in_many_ways():
    ways = [APRIL, 45748, "01/04/2025", "2025-04-01", "1 April 2025", " 01/04/2025\xa0"]
    made = _read({1: [contact(number, on) for number, on in enumerate(ways)]})
    assert _of(made, "contact") == {(APRIL_END, "6", ""): len(ways)}


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("04/05/1066", "before 1900"),
        (date(2090, 1, 1), "after 1 July 2025"),
        ("soon", "not a date"),
        (True, "not"),
    ],
)
@pytest.mark.parametrize(
    ("number", "row"), [(1, contact), (3, referral), (4, assessment), (6, in_need), (7, plan)]
)
def test_impossible_dates_are_problems_by_sheet_row_and_header(number, row, on, said):
    lists = {1: [contact(1, APRIL)], number: [row(2, APRIL), row(3, on), row(4, APRIL), row(5, on)]}
    made = _read(lists)
    header = make.HEADERS[number][5]
    assert [(p.sheet, p.row, p.field) for p in made.problems] == [
        (f"List {number}", at, header) for at in ("3", "5")
    ]
    assert all(said in problem.problem for problem in made.problems)
    assert made.scopes == ()


def test_what_ends_before_it_starts_is_a_problem():
    rows = [plan(1, MAY, APRIL), plan(2, APRIL, APRIL)]
    made = _read({1: [contact(1, APRIL)], 6: [in_need(1, MAY, APRIL)], 7: rows})
    assert [(p.sheet, p.row, p.field) for p in made.problems] == [
        ("List 6", "2", "CIN Closure Date"), ("List 7", "2", "Child Protection Plan End Date"),
    ]  # fmt: skip


def test_rows_with_nothing_that_is_counted_are_no_rows():
    footer = ["", *[None] * 8, "Team 1", "Maud Quill"]
    made = _read({3: [referral(1, APRIL), footer, footer]})
    assert made.counts["List 3 (referrals)"] == 1
    assert "nothing in this column" not in _notes(made)


def test_rows_without_a_date_are_told_and_not_counted():
    made = _read({1: [contact(1, APRIL), contact(2, None), contact(3, ""), contact(4, "#N/A")]})
    [note] = [note for note in made.notes if "nothing in this column" in note.problem]
    assert (note.sheet, note.row, note.field) == ("List 1", "first in 3", "Date of Contact")
    assert "2 rows" in note.problem or "3 rows" in note.problem
    assert sum(_of(made, "contact").values()) == 1


def test_a_column_without_any_date_is_a_problem():
    formula = make_workbooks.Formula("A2+1")
    made = _read({1: [contact(1, formula), contact(2, formula)], 3: [referral(1, APRIL)]})
    [problem] = made.problems
    assert (problem.sheet, problem.row, problem.field) == ("List 1", "2", "Date of Contact")
    assert "never worked out" in _notes(made)


def test_formulas_with_results_and_cells_with_errors_are_read():
    worked_out = make_workbooks.Formula("DATE(2025,4,1)", 45748)
    made = _read({1: [contact(1, worked_out), contact(2, APRIL, make_workbooks.Error())]})
    assert _of(made, "contact") == {(APRIL_END, "6", ""): 1, (APRIL_END, "UN", ""): 1}


def test_what_began_before_the_period_is_not_counted_as_all_of_that_time():
    lists = {1: [contact(1, APRIL)], 4: [assessment(1, date(2025, 3, 31))], 7: [plan(1, date(2024, 1, 1))]}
    made = _read(lists)
    assert {key[0] for key in _tallies(made)} == {"contact", "plan_open"}
    assert "2 assessments, enquiries" in _notes(made)
    assert [scope.key for scope in made.scopes] == [f"annex-a/{APRIL_END}/part"]


def test_a_lone_record_of_long_ago_does_not_stretch_the_period():
    made = _read({1: [contact(1, APRIL), contact(2, date(2015, 4, 1)), contact(3, MAY)]})
    assert [scope.key[-10:] for scope in made.scopes] == [APRIL_END, MAY_END]
    [note] = [note for note in made.notes if "long before" in note.problem]
    assert (note.sheet, note.row) == ("List 1", "first in 3")


def test_a_gap_within_a_year_is_part_of_the_period():
    made = _read({1: [contact(1, date(2024, 10, 1)), contact(2, APRIL)]})
    assert len(made.scopes) == 7


def test_a_long_period_without_gaps_is_taken_whole():
    days = [date(2023 + month // 12, month % 12 + 1, 5) for month in range(26)]
    made = _read({1: [contact(number, on) for number, on in enumerate(days)]})
    assert len(made.scopes) == 26


def test_months_that_are_not_whole_or_empty_are_told():
    made = _read({1: [contact(1, date(2025, 2, 5)), contact(2, date(2025, 4, 26))]})
    said = _notes(made)
    assert "February 2025 is covered only from 5 February 2025 on" in said
    assert "April 2025 is covered only to 26 April 2025" in said
    assert "no contact and no referral in March 2025" in said
    assert [(row["step"], row["count"]) for row in made.scopes[1].rows] == [("contact", 0)]
    assert [scope.key for scope in made.scopes] == [
        "annex-a/2025-02-28/part",
        "annex-a/2025-03-31",
        "annex-a/2025-04-30/part",
    ]


def test_months_whole_but_for_a_weekend_are_whole():
    assert "covered only" not in _notes(
        _read({1: [contact(1, date(2025, 4, 4)), contact(2, date(2025, 4, 27))]})
    )


def test_without_contacts_and_referrals_half_a_year_is_taken():
    made = _read({7: [plan(1, date(2025, 4, 30)), plan(2, date(2024, 10, 31)), plan(3, date(2024, 10, 30))]})
    assert sum(_of(made, "plan").values()) == 2
    assert len(made.scopes) == 7


@pytest.mark.shared
def test_the_sample_reads_as_an_independent_count_has_it():
    path = SHARED / "data" / "annex_a" / "Annex_A.xlsx"
    book = openpyxl.load_workbook(path, data_only=True)
    held = {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}
    with path.open("rb") as stream:
        made = read_here("annex-a", stream, asked=Asked(path.name, TODAY))
    told = {name.partition(" (")[0]: count for name, count in made.counts.items()}
    for name, rows in held.items():
        assert told[name] == sum(any(cell not in (None, "") for cell in row) for row in rows)
    steps = Counter()
    for key, count in _tallies(made).items():
        steps[key[0]] += count
    since = min(row[5].date() for name in ("List 1", "List 3") for row in held[name])
    ends = [row[12] for row in held["List 7"]]
    assert steps == {
        "contact": len(held["List 1"]),
        "referral": len(held["List 3"]),
        "re_referral": sum(row[8] > 0 for row in held["List 3"]),
        "section_47": len(held["List 5"]),
        "conference": sum(row[8] is not None for row in held["List 5"]),
        "plan": sum(row[6].date() >= since for row in held["List 7"]),
        "plan_ended": sum(end is not None for end in ends),
        "plan_open": ends.count(None),
    }
    codes = Counter(row[6].split()[1].rstrip(":") for row in held["List 1"])
    assert {key[1]: count for key, count in _of(made, "contact").items()} == codes
    assert (made.spellings, made.problems) == ((), ())
