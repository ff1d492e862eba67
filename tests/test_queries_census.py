"""Who refers, where a board has only a file on single children: by source, in a year or in some months."""

from datetime import date

import pytest

from lscb_core.commands.imports import undo_import
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import SourceAgency
from lscb_core.domain.intervals import placement
from lscb_core.domain.periods import month_ends
from lscb_core.queries import census as ask
from lscb_core.queries import census_parts, referral_flow, thresholds
from lscb_core.queries.stretches import how_counted
from tests import make, make_counts
from tests.make_children import (
    BEFORE,
    GROUP_OF,
    MONTHS,
    YEAR,
    Event,
    annex_a,
    count,
    drawn,
    tallies,
)
from tests.make_imports import census, moment, returns, take

SIX = month_ends(date(2024, 4, 1), date(2024, 9, 30))


@pytest.fixture
def board(session):
    """A board with two agencies, which sees the files of others."""
    return make.seated_board(session, "police", "schools")


@pytest.fixture
def with_census(session, board):
    """A census of 4,000 referrals, and its events."""
    events = drawn(4000)
    take(session, board, census(YEAR, tallies(events)), actor=OPERATOR)
    return events


def plain(frame) -> list[dict]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def by_source(session, board, **fields) -> dict[str, dict]:
    view = make.view(board, **fields)
    return {row["source"]: row for row in plain(ask.below_threshold_by_source(session, view=view))}


def test_each_source_s_share_is_that_of_an_independent_count(session, board, with_census):
    told = by_source(session, board)
    for name in set(GROUP_OF.values()):
        codes = [code for code, group in GROUP_OF.items() if group == name]
        sent = sum(count(with_census, step="referral", source=code) for code in codes)
        below = sum(count(with_census, step="referral", source=code, detail="nfa") for code in codes)
        assert (told[name]["referrals"], told[name]["below"]) == (sent, below)
        assert told[name]["share"] == below / sent
        rate = count(with_census, step="referral", detail="nfa") / 4000
        assert told[name]["position"] == placement(below, sent, rate)
    assert told["Housing"]["position"] == "well above"
    assert told["Education services"]["referrals"] == 0  # a true nought is told


def test_the_whole_board_stands_beside_its_sources(session, board, with_census):
    [row] = plain(ask.whole_in_stretch(session, view=make.view(board)))
    assert (row["below"], row["referrals"]) == (count(with_census, step="referral", detail="nfa"), 4000)
    assert (row["period_start"], row["period_end"]) == (date(2024, 4, 1), YEAR)


def test_sources_are_told_apart_where_the_file_knows_no_agencies(session, board, with_census):
    counted = how_counted(session, view=make.view(board))
    assert (counted.by, counted.is_nfa_only, counted.otherwise) == ("group", True, 0)


def test_with_the_board_s_own_list_agencies_are_told_apart(session, board):
    police = make.agency(session, make.board(session, "elsewhere"), "police")
    session.add(SourceAgency(board_id=board.id, source="6", agency_id=police.id))
    events = drawn(4000)
    take(session, board, census(YEAR, tallies(events)), actor=OPERATOR)
    counted = how_counted(session, view=make.view(board))
    assert (counted.by, counted.is_nfa_only) == ("agency", True)
    shares = thresholds.below_threshold_by_agency(session, view=make.view(board)).set_index("agency_slug")
    assert shares.loc["police", "below"] == count(events, step="referral", source="6", detail="nfa")


def test_single_sources_are_listed_by_year_with_count_or_letter(session, board, with_census):
    told = {row["source"]: row for row in plain(ask.single_sources(session, view=make.view(board)))}
    assert told["GP"]["referrals"] == count(with_census, step="referral", source="3A")
    assert told["GP"]["below"] == count(with_census, step="referral", source="3A", detail="nfa")
    assert told["GP"]["group"] == "Health services"
    assert told["Self"]["referrals"] == 0


def test_steps_by_source_are_those_of_an_independent_count(session, board, with_census):
    told = {row["source"]: row for row in plain(ask.steps_by_source(session, view=make.view(board)))}
    for step in ("referral", "re_referral", "assessment", "section_47", "conference"):
        assert told["Police"][step] == count(with_census, step=step, source="6")
    assert told["Police"]["below"] == count(with_census, step="referral", source="6", detail="nfa")


def test_without_a_whole_year_the_months_in_a_row_are_shown(session, board):
    events = drawn(9000, months=SIX, with_contacts=True)
    take(session, board, annex_a(events), actor=OPERATOR)
    stretch = how_counted(session, view=make.view(board)).stretch
    assert (stretch.is_year, stretch.first, stretch.last) == (False, date(2024, 4, 1), date(2024, 9, 30))
    told = by_source(session, board)
    assert told["Police"]["referrals"] == count(events, step="referral", source="6")
    assert told["Police"]["below"] == count(events, step="referral", source="6", detail="nfa")


def test_one_hidden_month_hides_a_source_s_sum(session, board):
    events = [each for each in drawn(2000, months=SIX) if each.source != "4" or each.month != SIX[2]]
    events += [Event("referral", SIX[2], "4", "other")] * 3
    take(session, board, annex_a(events), actor=OPERATOR)
    housing = by_source(session, board)["Housing"]
    assert (housing["referrals"], housing["symbol"]) == (None, "c")


@pytest.mark.parametrize(
    ("as_at", "shown"),
    [
        (date(2024, 6, 30), (date(2024, 4, 1), date(2024, 6, 30))),
        (date(2024, 5, 30), (date(2024, 4, 1), date(2024, 4, 30))),  # May has not ended
        (date(2025, 3, 30), (date(2024, 4, 1), date(2025, 2, 28))),  # the year has not ended
        (date(2025, 3, 31), (date(2024, 4, 1), date(2025, 3, 31))),
    ],
)
@pytest.mark.usefixtures("with_census")
def test_a_year_that_is_not_complete_is_shown_as_far_as_it_goes(session, board, as_at, shown):
    stretch = how_counted(session, view=make.view(board, as_at)).stretch
    assert (stretch.first, stretch.last) == shown


def test_a_gap_ends_the_run_of_months(session, board):
    events = drawn(3000, months=[*SIX[:2], *SIX[3:]])
    take(session, board, annex_a(events), actor=OPERATOR)
    assert how_counted(session, view=make.view(board)).stretch.first == date(2024, 7, 1)


def test_the_way_begins_with_referrals_where_a_file_knows_no_contacts(session, board, with_census):
    rows = plain(referral_flow.conversion(session, view=make.view(board)))
    assert [row["code"] for row in rows] == ["referral", "assessment", "section_47", "conference", "plan"]
    for row in rows:
        assert row["n"] == count(with_census, step=row["code"])
    assert rows[0]["share"] is None
    assert rows[1]["share"] == count(with_census, step="assessment") / 4000


def test_six_months_are_followed_from_the_contact_on(session, board):
    events = drawn(3000, months=SIX, with_contacts=True)
    take(session, board, annex_a(events), actor=OPERATOR)
    rows = plain(referral_flow.conversion(session, view=make.view(board)))
    assert [row["n"] for row in rows[:2]] == [6000, 3000]
    assert (rows[1]["share"], rows[1]["was"]) == (0.5, None)
    assert (rows[0]["period_start"], rows[0]["period_end"]) == (date(2024, 4, 1), date(2024, 9, 30))


def test_only_outcomes_that_the_file_knows_are_listed(session, board, with_census):
    view = make.view(board)
    rows = plain(referral_flow.referrals_by_outcome(session, view=view))
    names = ["No further action", "Assessment", "Section 47 enquiry", "Any other outcome"]
    assert [row["group"] for row in rows] == names
    assert rows[1]["count"] == count(with_census, step="referral", detail="assessment")
    assert referral_flow.referrals_by_level(session, view=view).empty


def test_over_the_years_sources_stand_with_the_largest_first(session, board, with_census):
    earlier = drawn(3000, seed=3, months=month_ends(date(2023, 4, 1), BEFORE))
    take(session, board, census(BEFORE, tallies(earlier)), actor=OPERATOR)
    rows = plain(ask.referrals_by_group(session, view=make.view(board)))
    assert [row["group"] for row in rows[:3]] == ["Police", "Police", "Schools"]
    assert [row["period"] for row in rows[:2]] == ["2023-24", "2024-25"]
    assert rows[0]["count"] == count(earlier, step="referral", source="6")
    assert rows[1]["count"] == count(with_census, step="referral", source="6")


def test_months_and_outcomes_of_months_are_parts_of_one_whole(session, board):
    events = drawn(9000, months=SIX)
    take(session, board, annex_a(events), actor=OPERATOR)
    view = make.view(board)
    sources = plain(census_parts.sources_of_months(session, view=view))
    assert (sources[0]["part"], sources[0]["n"]) == ("Police", count(events, step="referral", source="6"))
    assert sources[0]["share"] == sources[0]["n"] / 9000
    outcomes = plain(census_parts.outcomes_of_months(session, view=view))
    assert [row["part"] for row in outcomes] == ["No further action", "Any other outcome"]
    assert outcomes[0]["n"] == count(events, step="referral", detail="nfa")


def test_where_a_year_can_be_shown_no_months_stand_in_its_place(session, board, with_census):
    assert census_parts.sources_of_months(session, view=make.view(board)).empty


def test_months_that_returns_counted_do_not_stand_beside_those_of_a_census(session, board):
    """What returns call below the threshold takes in advice and early help."""
    earlier = month_ends(date(2023, 4, 1), BEFORE)
    sent = {
        (agency, end): [("1", "advice", 40), ("3", "assessment", 60)]
        for agency in ("police", "schools")
        for end in earlier
    }
    take(session, board, returns(sent), actor=OPERATOR)
    assert len(thresholds.below_threshold_by_month(session, view=make.view(board))) == 12
    take(session, board, census(YEAR, tallies(drawn(4000))), actor=OPERATOR)
    view = make.view(board)
    months = thresholds.below_threshold_by_month(session, view=view)
    assert months["month"].tolist() == MONTHS
    assert how_counted(session, view=view).otherwise == 12
    whole = plain(thresholds.whole_board(session, view=view))
    assert (whole[0]["referrals"], whole[1]["referrals"]) == (4000, None)
    assert how_counted(session, view=make.view(board, BEFORE)).is_nfa_only is False


def test_a_census_that_was_undone_tells_nothing_any_more(session, board):
    taken = take(session, board, census(YEAR, tallies(drawn(900))), actor=OPERATOR)
    undo_import(session, actor=OPERATOR, import_id=taken.import_id, why="Wrong", at=moment(date(2025, 6, 2)))
    view = make.view(board, date(2025, 6, 2))
    assert how_counted(session, view=view).stretch is None
    assert ask.below_threshold_by_source(session, view=view).empty


def test_another_board_s_file_is_not_told(session, board, with_census):
    other = make.board(session, "elsewhere")
    assert ask.below_threshold_by_source(session, view=make.view(other)).empty
    assert how_counted(session, view=make.view(other)).stretch is None


def test_returns_alone_are_counted_by_agency_and_with_every_outcome(session, board):
    make_counts.share(session, board, 40, 100, YEAR, span="year")
    counted = how_counted(session, view=make.view(board))
    assert (counted.by, counted.is_nfa_only) == ("agency", False)


def test_frames_have_the_columns_that_are_documented(session, board):
    asked = {
        ask.below_threshold_by_source: ask.BELOW_BY_SOURCE,
        ask.whole_in_stretch: ask.WHOLE,
        ask.referrals_by_group: referral_flow.OVER_YEARS,
        ask.single_sources: ask.SINGLE_SOURCES,
        ask.steps_by_source: ask.STEPS_BY_SOURCE,
        census_parts.sources_of_months: census_parts.PARTS,
        census_parts.outcomes_of_months: census_parts.PARTS,
    }
    for taken in (None, census(YEAR, tallies(drawn(400))), annex_a(drawn(400, months=SIX))):
        if taken:
            take(session, board, taken, actor=OPERATOR)
        for question, columns in asked.items():
            assert list(question(session, view=make.view(board)).columns) == list(columns)
