"""Child deaths as they stood on a day: protected counts, timeliness, lessons, the panel's report."""

from datetime import date, timedelta

import pytest

from lscb_core.db.tables import Report
from lscb_core.domain.vocab import Role, Status
from lscb_core.errors import NotPermitted
from lscb_core.queries.death_table import by_year, is_series, rows, splits
from lscb_core.queries.deaths import COUNTS, TIMELINESS, death_counts, timeliness
from lscb_core.queries.panel import LESSONS, lessons, panel_reports, review_limit_days
from lscb_core.queries.view import Choice, open_view
from lscb_core.showing import SHOWN
from tests import make

DAY = timedelta(days=1)
ALL, COMPLETED, IN_TIME = ("all", "all"), ("reviews", "completed"), ("reviews", "in_time")


def told(frame):
    """(dimension, key) -> number, or the symbol in its place."""
    return {
        (row.dimension, row.key): row.symbol or int(row.number)
        for row in frame.rename(columns={"count": "number"}).itertuples()
    }


def test_a_hidden_cell_stays_a_letter_and_a_true_nought_a_nought(session, board):
    make.deaths(session, board, {ALL: 12, ("age", "0-27d"): [4], ("age", "1-4y"): 0})
    found = death_counts(session, view=make.view(board))
    assert told(found) == {ALL: 12, ("age", "0-27d"): "c", ("age", "1-4y"): 0}
    assert list(found.columns) == list(COUNTS)


def test_the_number_behind_a_hidden_cell_is_in_no_column(session, board):
    make.deaths(session, board, {("age", "0-27d"): [4444]})
    view = make.view(board, exact_deaths=True)  # the right alone shows nothing: it has to be asked for
    assert "4444" not in death_counts(session, view=view).to_csv()


def test_exact_counts_are_refused_to_whoever_may_not_see_them(session, board):
    make.deaths(session, board, {ALL: [4]})
    with pytest.raises(NotPermitted):
        death_counts(session, view=make.view(board), exact=True)
    with pytest.raises(NotPermitted):
        timeliness(session, view=make.view(board), exact=True)


def test_exact_counts_say_which_of_them_are_hidden_from_others(session, board):
    make.deaths(session, board, {ALL: 12, ("age", "0-27d"): [4], ("age", "1-4y"): "x"})
    found = death_counts(session, view=make.view(board, exact_deaths=True), exact=True)
    assert told(found) == {ALL: 12, ("age", "0-27d"): 4, ("age", "1-4y"): "x"}
    assert dict(zip(found["key"], found["is_hidden"], strict=True)) == {
        "all": False, "0-27d": True, "1-4y": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "in_panel", "sees"),
    [
        (Role.CHAIR, False, True),
        (Role.MANAGER, False, True),
        (Role.SUBGROUP, True, True),
        (Role.SUBGROUP, False, False),
        (Role.AGENCY_LEAD, False, False),
        (Role.LAY, False, False),
        (Role.ADMIN, False, False),
    ],
)
def test_only_the_chair_the_manager_and_the_panel_may_ask_for_exact_counts(
    session, board, role, in_panel, sees
):
    make.deaths(session, board, {ALL: [4]})
    group = make.sub_group(session, board, is_panel=in_panel) if role is Role.SUBGROUP else None
    leads = make.agency(session, board) if role is Role.AGENCY_LEAD else None
    actor = make.account(session, role, board, sits_in=group, leads=leads)
    view = open_view(session, actor=actor, choice=Choice(board.slug), today=make.TODAY)
    if sees:
        assert told(death_counts(session, view=view, exact=True)) == {ALL: 4}
    else:
        with pytest.raises(NotPermitted):
            death_counts(session, view=view, exact=True)


def test_a_year_is_seen_from_its_last_day_on(session, board):
    make.deaths(session, board, {ALL: 12}, year=2025)
    end = date(2025, 3, 31)
    seen = [len(death_counts(session, view=make.view(board, day))) for day in (end - DAY, end, end + DAY)]
    assert seen == [0, 1, 1]


def test_a_count_is_seen_from_the_day_it_was_known(session, board):
    known = date(2025, 9, 1)
    make.deaths(session, board, {ALL: 12}, year=2025, known_on=known)
    seen = [
        len(death_counts(session, view=make.view(board, day))) for day in (known - DAY, known, known + DAY)
    ]
    assert seen == [0, 1, 1]


def test_five_years_together_come_first_then_the_newest_year(session, board):
    for year in (2023, 2025, 2024):
        make.deaths(session, board, {ALL: 10}, year=year)
    make.deaths(session, board, {ALL: 50}, year=2025, span="pooled", period_label="Five years")
    found = death_counts(session, view=make.view(board))
    assert found["period"].tolist() == ["Five years", "2024-25", "2023-24", "2022-23"]


def test_only_the_last_five_years_held_are_shown_however_old_they_are(session, board):
    for year in range(2010, 2018):
        make.deaths(session, board, {ALL: 10}, year=year)
    found = death_counts(session, view=make.view(board))
    assert [end.year for end in found["period_end"]] == [2017, 2016, 2015, 2014, 2013]


def test_filters_and_other_areas_change_no_count(session, board):
    make.deaths(session, board, {ALL: 12})
    make.deaths(session, make.board(session, "elsewhere"), {ALL: 30})
    police, aim = make.agency(session, board), make.priority(session, board)
    view = make.view(board, agency_id=police.id, priority_id=aim.id)
    assert told(death_counts(session, view=view)) == {ALL: 12}


def test_timeliness_is_told_year_by_year_with_its_likely_range(session, board):
    make.deaths(session, board, {COMPLETED: 20, IN_TIME: 17}, year=2024)
    make.deaths(session, board, {COMPLETED: 17, IN_TIME: 11}, year=2025)
    found = timeliness(session, view=make.view(board))
    assert list(found.columns) == list(TIMELINESS)
    assert found[["year", "done", "of"]].values.tolist() == [["2023-24", 17, 20], ["2024-25", 11, 17]]
    last = found.iloc[-1]
    # 11 of 17 by the published formula: centre (11 + z²/2) / (17 + z²), worked out apart.
    assert (round(last["share"], 4), round(last["low"], 4), round(last["high"], 4)) == (0.6471, 0.413, 0.8269)


def test_below_ten_reviews_there_are_counts_and_no_share(session, board):
    make.deaths(session, board, {COMPLETED: 9, IN_TIME: 9}, year=2024)
    make.deaths(session, board, {COMPLETED: 10, IN_TIME: 10}, year=2025)
    found = timeliness(session, view=make.view(board))
    assert found["of"].tolist() == [9, 10]
    assert found["share"].isna().tolist() == [True, False]


@pytest.mark.parametrize("hidden", [COMPLETED, IN_TIME])
def test_a_hidden_count_of_reviews_leaves_no_share(session, board, hidden):
    make.deaths(session, board, {COMPLETED: 20, IN_TIME: 17} | {hidden: [17]})
    [row] = timeliness(session, view=make.view(board)).to_dict("records")
    assert row["share"] != row["share"]
    assert row["symbol"] == "c"


def test_a_year_whose_reviews_are_not_numbered_keeps_what_was_said(session, board):
    make.deaths(session, board, {IN_TIME: "x"}, note="All reviews were in time.", source="ST 123")
    [row] = timeliness(session, view=make.view(board)).to_dict("records")
    assert (row["symbol"], row["note"], row["source"]) == ("x", "All reviews were in time.", "ST 123")


def test_five_years_together_are_no_year_of_timeliness(session, board):
    make.deaths(session, board, {COMPLETED: 90, IN_TIME: 80}, span="pooled")
    assert timeliness(session, view=make.view(board)).empty


def test_the_limit_of_a_review_is_the_boards_own(session):
    assert review_limit_days(session, view=make.view(make.board(session, death_review_limit_days=365))) == 365


def test_the_grid_puts_five_years_first_and_the_total_last(session, board):
    for year, young in ((2024, 7), (2025, [3])):
        make.deaths(session, board, {ALL: 12, ("age", "1-4y"): 0, ("age", "0-27d"): young}, year=year)
    make.deaths(session, board, {ALL: 60, ("age", "0-27d"): 30}, span="pooled")
    make.deaths(session, board, {ALL: 55, ("age", "0-27d"): 29}, span="pooled", year=2024)  # an older one
    table = by_year(death_counts(session, view=make.view(board)), "age")
    assert table.values.tolist() == [
        ["0 to 27 days", "30", "c", "7"],
        ["1 to 4 years", "–", "0", "0"],
        ["All ages", "60", "12", "12"],
    ]
    assert table.columns.tolist() == ["Age", "Five years", "2024-25", "2023-24"]


def test_exact_counts_that_others_do_not_see_stand_in_brackets(session, board):
    make.deaths(session, board, {ALL: 12, ("age", "0-27d"): [3], ("age", "1-4y"): 9})
    counts = death_counts(session, view=make.view(board, exact_deaths=True), exact=True)
    assert by_year(counts, "age")["2024-25"].tolist() == ["(3)", "9", "12"]


def test_causes_and_lessons_add_up_to_reviews_not_to_deaths(session, board):
    make.deaths(session, board, {ALL: 12, COMPLETED: 10, ("category", "8"): 10, ("modifiable", "no"): 10})
    counts = death_counts(session, view=make.view(board))
    assert splits(counts) == ["category", "modifiable"]
    for split in splits(counts):
        assert by_year(counts, split).iloc[-1].tolist() == ["All reviews", "10"]
        assert set(rows(counts, split)["count"]) == {10}


def test_one_period_alone_is_no_series(session, board):
    make.deaths(session, board, {ALL: 12, ("expectedness", "expected"): 9})
    assert not is_series(death_counts(session, view=make.view(board)))
    make.deaths(session, board, {ALL: 12}, year=2024)
    assert is_series(death_counts(session, view=make.view(board)))


def test_lessons_come_with_the_action_as_it_stood(session, board):
    health = make.agency(session, board, "health")
    due = make.TODAY - 15 * DAY
    action = make.action(session, board, owner=health, due=due, title="Ask every father")
    make.lesson(session, board, action_id=action.id)
    found = lessons(session, view=make.view(board))
    assert list(found.columns) == list(LESSONS)
    [row] = found.itertuples()
    assert (row.number, row.now, row.days_late, row.agency) == (action.number, "late", 15, "Health")


def test_late_lessons_come_first_then_those_without_an_action_then_closed_ones(session, board):
    closed = make.action(session, board, status=Status.VERIFIED)
    open_ = make.action(session, board, due=make.TODAY + 90 * DAY)
    late, later = (make.action(session, board, due=make.TODAY - days * DAY) for days in (5, 50))
    for words, action in {
        "closed": closed,
        "open": open_,
        "none": None,
        "late": late,
        "later": later,
    }.items():
        make.lesson(session, board, words, action_id=action.id if action else None)
    found = lessons(session, view=make.view(board))
    assert found["lesson"].tolist() == ["later", "late", "none", "open", "closed"]


def test_a_lesson_is_known_from_the_day_it_was_learned(session, board):
    learned = date(2025, 2, 10)
    make.lesson(session, board, learned_on=learned)
    make.lesson(session, board, learned_on=None)  # undated: always there
    seen = [
        len(lessons(session, view=make.view(board, day))) for day in (learned - DAY, learned, learned + DAY)
    ]
    assert seen == [1, 2, 2]


def test_before_its_action_was_raised_a_lesson_has_none(session, board):
    raised = date(2025, 4, 10)
    action = make.action(session, board, raised=raised, due=make.TODAY + 90 * DAY)
    make.lesson(session, board, action_id=action.id)
    seen = [
        lessons(session, view=make.view(board, day))["now"].item()
        for day in (raised - DAY, raised, raised + DAY)
    ]
    assert seen == ["", "on_time", "on_time"]


def test_filters_pick_lessons_by_their_action(session, board):
    health, aim = make.agency(session, board, "health"), make.priority(session, board)
    group = make.sub_group(session, board)
    mine = make.action(session, board, owner=health, serves=aim, answered_by=group)
    other = make.action(session, board)
    for words, action in (("mine", mine), ("other", other), ("none", None)):
        make.lesson(session, board, words, action_id=action.id if action else None)
    make.lesson(session, make.board(session, "elsewhere"))
    for one in ({"agency_id": health.id}, {"priority_id": aim.id}, {"sub_group_id": group.id}):
        assert lessons(session, view=make.view(board, **one))["lesson"].tolist() == ["mine"]
    assert len(lessons(session, view=make.view(board))) == 3


def test_the_panels_report_is_told_whatever_the_filters(session, board):
    said = {"board_id": board.id, "due_on": make.TODAY - DAY, "origin_id": make.origin(session).id}
    make.added(session, Report(key="cdop", title="Panel", kind="cdop-annual", **said))
    make.added(session, Report(key="lado", title="Other", kind="lado", **said))
    view = make.view(board, agency_id=make.agency(session, board).id)
    [row] = panel_reports(session, view=view).itertuples()
    assert (row.title, row.standing, row.days_late) == ("Panel", "late", 1)


def test_show_prints_every_frame_of_the_page_and_nothing_exact(session, board):
    make.deaths(session, board, {ALL: 12, ("age", "0-27d"): [4444]})
    make.lesson(session, board)
    frames = SHOWN["deaths"](session, make.view(board, exact_deaths=True))
    assert list(frames) == ["counts", "timeliness", "lessons", "annual report"]
    assert (len(frames["counts"]), len(frames["lessons"])) == (2, 1)
    assert not any("4444" in frame.to_csv() for frame in frames.values())
