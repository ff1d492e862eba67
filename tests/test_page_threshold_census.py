"""The page of thresholds of a board that has only a census or only an Annex A: what it says, and what not."""

from datetime import date

import pytest

from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import SourceAgency
from lscb_core.domain.periods import month_ends
from lscb_core.imports.reading import Problems
from lscb_core.queries.view import Choice, operator_view
from lscb_core.showing import SHOWN
from tests import make, make_counts
from tests.make_children import BEFORE, YEAR, annex_a, count, drawn, tallies
from tests.make_imports import census, facts, take
from tests.opened import as_read, headings, opened, words

SIX = month_ends(date(2024, 4, 1), date(2024, 9, 30))
TAKEN = date(2025, 4, 28)


@pytest.fixture
def board(register):
    on = make.board(register)
    make.agency(register, on, "police")
    register.commit()
    return on


def taken(register, board, events, year=YEAR, file="cin.xml"):
    made = census(year, tallies(events))
    take(register, board, made, actor=OPERATOR, day=TAKEN, file=facts(file))
    return events


def read(register, board, **address):
    """The page's findings, and everything in sentences."""
    app = opened(register, "threshold_usage", board, **address)
    return headings(app), as_read(words(app)), app


def test_a_board_with_a_census_sees_who_refers_by_source(register, board):
    events = taken(register, board, drawn(4000))
    found, said, _ = read(register, board)
    assert found[0].startswith("Referrals from ")
    assert "end in no further action more often than chance explains" in found[0]
    below = count(events, step="referral", detail="nfa")
    assert f"by source, year to 31 March 2025. Whole board: {below} of 4,000" in said
    assert "count here as below the threshold: the file does not tell advice and early help apart" in said
    assert "sources would lie by chance alone" in said
    assert "Nothing was sent for Police" not in said


def test_every_part_says_which_file_it_comes_from(register, board):
    taken(register, board, drawn(4000))
    found, said, _ = read(register, board)
    others = ("The threshold document", "What was found about its use", "No national statistics")
    parts = [title for title in found if not title.startswith(others)]
    assert said.count("From: Census (cin.xml, taken in on 28 April 2025).") == len(parts) == 11


def test_a_census_begins_with_referrals_and_has_only_its_outcomes(register, board):
    taken(register, board, drawn(4000))
    found, said, app = read(register, board)
    assert "Referrals by outcome" in found
    assert not app.segmented_control, "there is nothing to choose between"
    assert "Contacts" not in said


def test_re_referrals_say_that_one_file_finds_too_few(register, board):
    events = taken(register, board, drawn(4000))
    found, said, _ = read(register, board)
    again = count(events, step="re_referral")
    assert f"{again / 40:.0f}% of referrals were re-referrals" in found
    assert f"Year to 31 March 2025: {again:,} of 4,000, {again / 40:.1f}%" in said
    assert "Too low, most of all in a file's first months" in said


def test_conferences_and_plans_are_told_as_counted(register, board):
    events = taken(register, board, drawn(6000))
    found = read(register, board)[0]
    held = count(events, step="conference")
    late = count(events, step="conference", detail="21+")
    assert f"{late / held:.0%} of conferences came after 21 working days or more: {late} of {held:,}" in found
    neglect, started = count(events, step="plan", detail="NEG"), count(events, step="plan")
    assert f"Neglect: {neglect / started:.0%} of plans started, {neglect} of {started:,}" in found
    assert any(title.startswith("750 plans were open on 31 March 2025") for title in found)


def test_two_years_stand_beside_each_other(register, board):
    taken(register, board, drawn(4000), file="cin-2025.xml")
    earlier = drawn(3000, seed=8, months=month_ends(date(2023, 4, 1), BEFORE))
    taken(register, board, earlier, BEFORE, file="cin-2024.xml")
    found, said, app = read(register, board)
    assert any("the year before" in title for title in found if "re-referrals" in title)
    assert "and one earlier file." in said
    again = count(earlier, step="re_referral")
    assert f"{again} of 3,000" in app.table[0].value["Re-referrals"].tolist()


def test_the_own_count_stands_beside_the_published_one(register, board):
    taken(register, board, drawn(4000))
    make_counts.area(register, "ENG", "England")
    make_counts.figure(register, board.area_id, "referrals", 4003.0, 2025)
    found, said, app = read(register, board)
    assert "The board's own file gives other figures than those published" in found
    assert "a difference is a question about the data, not about practice" in said
    [row] = app.table[-1].value.to_dict("records")
    assert list(row.values()) == ["Referrals to children's social care", "4,000", "4,003", "−3"]


def test_six_months_of_annex_a_are_shown_as_six_months(register, board):
    notes = Problems()
    notes.add(
        "September 2024 is covered only to 12 September 2024, so that its counts are of a part of it.", ""
    )
    events = drawn(9000, months=SIX, with_contacts=True)
    made = annex_a(events, title="Annex A, April to September 2024", notes=notes)
    take(register, board, made, actor=OPERATOR, day=TAKEN, file=facts("Annex_A.xlsx"))
    found, said, _ = read(register, board)
    assert "by source, 1 April to 30 September 2024. Whole board: " in said
    assert any(title.startswith("50% of contacts become a referral") for title in found)
    assert "Counts of one period, not the same children." in said
    police = count(events, step="referral", source="6")
    assert f"Police: {police / 9000:.0%} of referrals, {police:,} of 9,000" in found
    assert any(title.startswith("No further action: ") for title in found)
    assert "Annex A, April to September 2024 (Annex_A.xlsx, taken in on 28 April 2025)." in said
    assert "September 2024 is covered only to 12 September 2024" in said


def test_one_month_alone_is_told_in_a_table(register, board):
    take(register, board, annex_a(drawn(900, months=SIX[:1])), actor=OPERATOR, day=TAKEN)
    _, said, app = read(register, board)
    assert "April 2024. Whole board: " in said
    assert app.table[0].value["Month"].tolist() == ["April 2024"]


def test_a_year_that_is_not_complete_is_shown_as_far_as_it_goes(register, board):
    taken(register, board, drawn(4000))
    said = read(register, board, as_at="2025-02-10")[1]
    assert "by source, 1 April 2024 to 31 January 2025. Whole board: " in said


def test_a_very_small_council_reads_why_it_sees_little(register, board):
    taken(register, board, drawn(60))
    found, said, _ = read(register, board)
    assert found[0] == "Too few numbers can be shown to compare who refers"
    assert "Not drawn, because a small number is hidden: " in said
    assert "No month to draw." in said
    assert "Protection plans started, by category" in found
    assert "c hidden: the number is small, or would give a small one away." in said.replace("*", "")


def test_with_a_list_of_its_own_a_board_sees_its_agencies(register, board):
    elsewhere = make.board(register, "elsewhere")
    for slug, source in (("police", "6"), ("schools", "2A")):
        on = elsewhere if slug == "police" else board
        seat = make.agency(register, on, slug)
        register.add(SourceAgency(board_id=board.id, source=source, agency_id=seat.id))
    make.agency(register, board, "probation")
    taken(register, board, drawn(6000))
    found, said, _ = read(register, board)
    assert "by agency, year to 31 March 2025" in said
    assert "Sources are counted to agencies by the board's own list." in said
    assert "No source in the file stands for Probation." in said
    assert any(title.startswith(("Referrals from ", "No agency")) for title in found)


def test_an_agency_that_no_source_stands_for_sees_the_whole_board(register, board):
    taken(register, board, drawn(4000))
    found, said, _ = read(register, board, agency="police")
    assert "Whole board: the months of Police are not counted by themselves." in said
    assert said.count("Whole board: not counted by agency.") >= 6
    assert not any(title.startswith("Police: ") and "further action" in title for title in found)


def test_without_any_file_nothing_new_is_said(register, board):
    found, said, _ = read(register, board)
    assert found[0] == "No figures show how each agency uses the thresholds"
    for words_of_files in ("From: ", "re-referrals", "Protection plans", "own file"):
        assert words_of_files not in said


def test_the_command_line_shows_the_same_frames(register, board):
    events = taken(register, board, drawn(4000))
    view = operator_view(register, choice=Choice(board.slug, YEAR), today=TAKEN)
    frames = SHOWN["thresholds"](register, view)
    sources = frames["sources"].set_index("source")
    assert sources.loc["Police", "referrals"] == count(events, step="referral", source="6")
    named = ("single sources", "steps by source", "by published source", "re-referrals by month",
             "re-referrals by year", "conferences by month", "conferences by year", "time to conference",
             "plans started", "plans open by length", "plans open by category", "files")  # fmt: skip
    assert [name for name in named if frames[name].empty] == []
