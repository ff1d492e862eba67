"""What was taken back is shown until the day before, what stood beneath it from that day on."""

from datetime import date, timedelta

from sqlmodel import select

from lscb_core.db.tables import Observation
from lscb_core.queries.choices import choices
from lscb_core.queries.comparisons import compared_areas, compared_years, comparison
from lscb_core.queries.deaths import death_counts
from lscb_core.queries.document_figures import document_figures
from lscb_core.queries.measure_series import measure_series
from lscb_core.queries.measures import latest_measures
from lscb_core.queries.one_agency import attendance
from lscb_core.queries.standing import is_newest, stands
from lscb_core.queries.year_figures import death_figures
from tests import make, make_counts, make_work

DAY = timedelta(days=1)
GONE = date(2025, 4, 15)
BEFORE = GONE - DAY


def seen(session, board, ask):
    """What the query answers on the last day before, and on the day on which a row was taken back."""
    return [ask(session, view=make.view(board, on)) for on in (BEFORE, GONE)]


def values(session, *conditions):
    return list(session.exec(select(Observation.value).where(*conditions).order_by(Observation.id)))


def published(session, area_id, first, second):
    """A figure of the year to March 2024, and a correction of January 2025 that was taken back."""
    make_counts.figure(session, area_id, "re_referrals", first, 2024)
    later = {"revision": 2, "known_on": date(2025, 1, 10), "withdrawn_on": GONE}
    make_counts.figure(session, area_id, "re_referrals", second, 2024, **later)


def test_a_row_stands_until_the_day_before_it_was_taken_back(session, board):
    make_counts.figure(session, board.area_id, "referrals", 5, 2024, withdrawn_on=GONE)
    make_counts.figure(session, board.area_id, "referrals", 6, 2023)

    def held(on):
        return values(session, stands(Observation, on))

    assert (held(BEFORE), held(GONE), held(GONE + DAY)) == ([5, 6], [6], [6])


def test_a_row_is_the_newest_while_no_later_one_is_known_and_stands(session, board):
    names = ("area_id", "measure", "agency_id", "period_end")
    published(session, board.area_id, 20.0, 30.0)

    def held(on):
        return values(session, stands(Observation, on), is_newest(Observation, names, on))

    assert [held(on) for on in (date(2025, 1, 10), BEFORE, GONE)] == [[30.0], [30.0], [20.0]]
    before = is_newest(Observation, names, date(2025, 1, 9))
    assert values(session, before, Observation.revision == 1) == [20.0], "the later one was not known yet"


def test_published_figures_go_back_to_what_stood_beneath(session, board):
    england = make_counts.area(session, "ENG", "England")
    near = make_counts.neighbour(session, board, "Nearby", 1)
    published(session, board.area_id, 20.0, 30.0)
    published(session, england.id, 22.0, 32.0)
    published(session, near.id, 24.0, 34.0)
    names = ["value", "england", "lowest"]
    told = [found[names].to_numpy().tolist() for found in seen(session, board, comparison)]
    assert told == [[[30.0, 32.0, 34.0]], [[20.0, 22.0, 24.0]]]

    def areas(session, *, view):
        return sorted(compared_areas(session, view=view, measure="re_referrals")["value"])

    def years(session, *, view):
        return compared_years(session, view=view, measure="re_referrals")[
            ["board", "england"]
        ].values.tolist()

    assert seen(session, board, areas) == [[30.0, 32.0, 34.0], [20.0, 22.0, 24.0]]
    assert seen(session, board, years) == [[[30.0, 32.0]], [[20.0, 22.0]]]


def test_a_year_that_only_an_undone_file_brought_is_gone_with_it(session, board):
    england = make_counts.area(session, "ENG", "England")
    for year, taken_back in ((2023, None), (2024, GONE)):
        for area in (board.area_id, england.id):
            make_counts.figure(session, area, "re_referrals", 20.0, year, withdrawn_on=taken_back)
    told = [found["period_end"].tolist() for found in seen(session, board, comparison)]
    assert told == [[date(2024, 3, 31)], [date(2023, 3, 31)]]


def test_a_boards_own_measures_leave_out_what_was_taken_back(session, board):
    make_work.observed(session, board, "children_on_plan", 184)
    make_work.observed(session, board, "children_on_plan", 999, revision=2, withdrawn_on=GONE)
    for ask in (latest_measures, measure_series):
        assert [found["value"].tolist() for found in seen(session, board, ask)] == [[999], [184]], ask


def test_a_documents_figure_that_was_taken_back_is_not_listed(session, board):
    make_work.observed(session, board, "own_word", 3, label="In its own words", withdrawn_on=GONE)
    assert [len(found) for found in seen(session, board, document_figures)] == [1, 0]


def test_presence_counts_once_and_as_it_was_last_sent(session, board):
    police, held_on = make.agency(session, board), date(2025, 3, 20)
    make_work.presence(session, board, police, held_on, was_there=False)
    told = {"numerator": 1, "denominator": 1, "span": "day", "revision": 2, "withdrawn_on": GONE}
    make_work.observed(session, board, "meetings_attended", 100.0, held_on, agency=police, **told)

    def counted(session, *, view):
        return (
            attendance(session, view=make.view(board, view.as_at, agency_id=police.id)).iloc[0].tolist()[:4]
        )

    assert seen(session, board, counted) == [[1, 1, 1, 1], [0, 1, 0, 1]]


def test_deaths_are_shown_in_the_newest_revision_that_stands(session, board):
    make.deaths(session, board, {("all", "all"): 12})
    make.deaths(session, board, {("all", "all"): 15}, revision=2, withdrawn_on=GONE)

    def grid(session, *, view):
        return death_counts(session, view=view)["count"].tolist()

    def card(session, *, view):
        return death_figures(session, view=view)["deaths_notified"].count

    assert seen(session, board, grid) == [[15], [12]]
    assert seen(session, board, card) == [15, 12]


def test_exact_deaths_are_those_of_the_revision_that_stands(session, board):
    make.deaths(session, board, {("all", "all"): [2]})
    make.deaths(session, board, {("all", "all"): [4]}, revision=2, withdrawn_on=GONE)

    def exact(session, *, view):
        return death_counts(session, view=view, exact=True)["count"].tolist()

    views = [make.view(board, on, exact_deaths=True) for on in (BEFORE, GONE)]
    assert [exact(session, view=view) for view in views] == [[4], [2]]


def test_a_year_that_was_taken_back_offers_no_day_to_look_at(session):
    board = make.board(session, as_at=date(2016, 6, 30))
    make_counts.figure(session, board.area_id, "referrals", 5, 2024, withdrawn_on=GONE)
    day = date(2024, 12, 31)
    view = make.view(board)
    assert day in choices(session, view=view, today=BEFORE).days
    assert day not in choices(session, view=view, today=GONE).days
