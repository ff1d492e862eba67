"""Re-referrals, conferences in time, plans, the published count beside the own one, and the files behind."""

from datetime import date

import pytest

from lscb_core.db.access import OPERATOR
from lscb_core.domain.intervals import wilson
from lscb_core.domain.periods import month_ends
from lscb_core.domain.spc import xmr
from lscb_core.imports.reading import Problems
from lscb_core.queries import census_parts, census_shares
from lscb_core.queries.census_published import BESIDE, own_beside_published
from lscb_core.queries.file_origins import FILES, files_behind
from tests import make, make_counts
from tests.make_children import BEFORE, CATEGORIES, LENGTHS, MONTHS, YEAR, annex_a, count, drawn, tallies
from tests.make_imports import census, facts, take

LATER = date(2025, 9, 30)


@pytest.fixture
def board(session):
    return make.seated_board(session)


@pytest.fixture
def events(session, board):
    """A census of 6,000 referrals, taken in: most of its numbers are large enough to be shown."""
    drew = drawn(6000)
    take(session, board, census(YEAR, tallies(drew)), actor=OPERATOR, file=facts("census.xml"))
    return drew


def plain(frame) -> list[dict]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def test_re_referrals_are_those_of_an_independent_count_month_by_month(session, board, events):
    rows = plain(census_shares.re_referrals_by_month(session, view=make.view(board)))
    assert [row["period"] for row in rows] == MONTHS
    for row in rows:
        met = count(events, step="re_referral", month=row["period"])
        of = count(events, step="referral", month=row["period"])
        assert (row["met"], row["of"], row["share"]) == (met, of, met / of)
        assert (row["low"], row["high"]) == pytest.approx(wilson(met, of))


def test_years_come_with_their_likely_range(session, board, events):
    earlier = drawn(3000, seed=4, months=month_ends(date(2023, 4, 1), BEFORE))
    take(session, board, census(BEFORE, tallies(earlier)), actor=OPERATOR)
    rows = plain(census_shares.re_referrals_by_year(session, view=make.view(board)))
    assert [(row["year"], row["met"], row["of"]) for row in rows] == [
        ("2023-24", count(earlier, step="re_referral"), 3000),
        ("2024-25", count(events, step="re_referral"), 6000),
    ]
    assert rows[1]["low"] < rows[1]["share"] < rows[1]["high"]


def in_time(events, **where) -> int:
    return sum(count(events, step="conference", detail=band, **where) for band in ("0-10", "11-15"))


def test_conferences_in_time_are_read_against_their_ups_and_downs(session, board, events):
    rows = plain(census_shares.conferences_by_month(session, view=make.view(board)))
    shares = [
        round(100 * in_time(events, month=end) / count(events, step="conference", month=end), 1)
        for end in MONTHS
    ]
    assert [row["value"] for row in rows] == shares
    chart = xmr(shares, better="higher")
    assert (rows[0]["mean"], rows[0]["lower"], rows[0]["upper"]) == (chart.mean, chart.lower, chart.upper)
    assert [row["type"] for row in rows] == [kind.value for kind in chart.kinds]


def test_a_conference_without_a_known_start_of_the_enquiry_is_not_in_time(session, board):
    drew = [
        each._replace(detail="") if each.detail == "16-20" else each
        for each in drawn(6000)
    ]  # fmt: skip
    take(session, board, census(YEAR, tallies(drew)), actor=OPERATOR)
    [row] = plain(census_shares.conferences_by_year(session, view=make.view(board)))
    assert (row["met"], row["of"]) == (in_time(drew), count(drew, step="conference"))
    days = {
        each["code"]: each for each in plain(census_parts.days_to_conference(session, view=make.view(board)))
    }
    assert days["unknown"]["n"] == count(drew, step="conference", detail="")


@pytest.mark.parametrize(("met", "is_whole"), [(45, True), (None, False)], ids=["shown", "hidden"])
def test_a_hidden_month_takes_the_limits_away(session, board, met, is_whole):
    """Months with few late conferences are the hidden ones: the others' average would be too low."""
    for at, end in enumerate(month_ends(date(2023, 4, 1), YEAR)):
        make_counts.referrals(session, board, 50, end, step="conference")
        in_time = met if at == 3 else 40 + at % 3
        make_counts.referrals(session, board, in_time, end, step="conference", level="in_15")
    rows = plain(census_shares.conferences_by_month(session, view=make.view(board)))
    assert len(rows) == 24
    assert {row["mean"] is not None for row in rows} == {is_whole}
    assert is_whole or {row["type"] for row in rows} == {"common_cause"}


def test_eleven_months_have_no_limits_yet(session, board, events):
    rows = plain(census_shares.conferences_by_month(session, view=make.view(board, date(2025, 2, 28))))
    assert (len(rows), rows[0]["mean"]) == (11, None)


def test_months_begin_with_an_april_and_go_back_three_years_at_most(session, board):
    for end in (date(2023, 3, 31), date(2023, 4, 30), date(2025, 4, 30)):
        make_counts.referrals(session, board, 100, end)
        make_counts.referrals(session, board, 20, end, step="re_referral")
    rows = plain(census_shares.re_referrals_by_month(session, view=make.view(board)))
    assert [row["period"] for row in rows] == [date(2023, 4, 30), date(2025, 4, 30)]


@pytest.mark.parametrize(
    "asked",
    [
        (census_parts.plans_started, "plan", lambda code: {code}),
        (census_parts.days_to_conference, "conference", lambda code: {"" if code == "unknown" else code}),
        (census_parts.plans_open_by_category, "plan_open", lambda code: _pairs(code, first=True)),
        (census_parts.plans_open_by_length, "plan_open", lambda code: _pairs(code, first=False)),
    ],
    ids=["started", "days", "category", "length"],
)
def test_parts_are_those_of_an_independent_count(session, board, events, asked):
    question, step, detail = asked
    rows = plain(question(session, view=make.view(board)))
    assert [row["of"] for row in rows] == [count(events, step=step)] * 5
    for row in rows:
        number = sum(count(events, step=step, detail=each) for each in detail(row["code"]))
        assert (row["n"], row["share"]) == (number, number / row["of"])
    assert sum(row["n"] for row in rows) == count(events, step=step)


def _pairs(code: str, *, first: bool) -> set[str]:
    others = LENGTHS if first else CATEGORIES
    return {f"{code}|{each}" if first else f"{each}|{code}" for each in others}


def test_a_part_that_is_hidden_has_its_letter_and_the_year_before_stands_beside(session, board):
    for end, counts in ((BEFORE, {"NEG": 30, "PHY": 10}), (YEAR, {"NEG": 40, "PHY": None})):
        make_counts.referrals(session, board, 50, end, span="year", step="plan")
        for code, n in counts.items():
            make_counts.referrals(
                session, board, n, end, span="year", step="plan", split="category", part=code
            )
    rows = {row["code"]: row for row in plain(census_parts.plans_started(session, view=make.view(board)))}
    assert (rows["NEG"]["n"], rows["NEG"]["share"], rows["NEG"]["was"]) == (40, 0.8, 0.6)
    assert (rows["PHY"]["n"], rows["PHY"]["symbol"], rows["PHY"]["n_before"]) == (None, "c", 10)


def test_the_own_count_stands_beside_the_published_one_of_the_same_year(session, board, events):
    police = count(events, step="referral", source="6")
    make_counts.figure(session, board.area_id, "referrals", 6002.0, 2025)
    share = {"numerator": police, "denominator": 6002}
    make_counts.figure(session, board.area_id, "referrals_from_police", 30.0, 2025, **share)
    make_counts.figure(session, board.area_id, "plans_over_2_years", None, 2025)
    make_counts.figure(session, board.area_id, "referrals", 5000.0, 2024)  # a year without a file
    rows = {row["measure"]: row for row in plain(own_beside_published(session, view=make.view(board)))}
    told = rows["referrals"]
    assert (told["own"], told["published"], told["difference"]) == (6000, 6002, -2)
    assert (rows["referrals_from_police"]["difference"], rows["referrals_from_police"]["own"]) == (0, police)
    long = rows["plans_over_2_years"]
    assert (long["published"], long["published_symbol"], long["difference"]) == (None, "c", None)
    assert {row["period_end"] for row in rows.values()} == {YEAR}


def test_agencies_returns_are_not_set_beside_the_published_figures(session, board):
    make_counts.share(session, board, 40, 100, YEAR, span="year")
    make_counts.figure(session, board.area_id, "referrals", 90.0, 2025)
    found = own_beside_published(session, view=make.view(board))
    assert found.empty
    assert list(found.columns) == list(BESIDE)


def test_each_step_names_the_files_that_its_counts_came_in(session, board, events):
    notes = Problems()
    notes.add(
        "September 2024 is covered only to 12 September 2024, so that its counts are of a part of it.", ""
    )
    earlier = drawn(900, seed=5, months=month_ends(date(2025, 4, 1), date(2025, 8, 31)), with_contacts=True)
    made = annex_a(earlier, title="Annex A, April to August", notes=notes)
    take(session, board, made, actor=OPERATOR, day=LATER, file=facts("Annex_A.xlsx"))
    rows = plain(files_behind(session, view=make.view(board, LATER)))
    assert list(rows[0]) == list(FILES)
    told = [(row["file"], row["first"], row["last"]) for row in rows if row["step"] == "referral"]
    assert told == [
        ("Annex_A.xlsx", date(2025, 4, 30), date(2025, 8, 31)),
        ("census.xml", MONTHS[0], YEAR),
    ]
    [contact] = [row for row in rows if row["step"] == "contact"]
    assert (contact["title"], contact["taken_on"], contact["kind"]) == (
        "Annex A, April to August",
        LATER,
        "annex-a",
    )
    assert contact["notes"].startswith("September 2024 is covered only")


def test_what_came_with_the_board_itself_names_no_file(session, board):
    make_counts.share(session, board, 40, 100, YEAR, span="year")
    assert files_behind(session, view=make.view(board)).empty


def test_a_very_small_council_hides_much_and_breaks_nothing(session, board):
    take(session, board, census(YEAR, tallies(drawn(60))), actor=OPERATOR)
    view = make.view(board)
    for question in (
        census_parts.plans_started,
        census_parts.plans_open_by_length,
        census_shares.conferences_by_month,
    ):
        rows = plain(question(session, view=view))
        assert any(row["symbol"] == "c" for row in rows)
        assert all(row["share"] is None for row in rows if row["symbol"])


def test_frames_without_a_file_are_empty_and_have_their_columns(session, board):
    asked = {
        census_shares.re_referrals_by_month: census_shares.BY_MONTH,
        census_shares.re_referrals_by_year: census_shares.BY_YEAR,
        census_shares.conferences_by_month: census_shares.SERIES,
        census_shares.conferences_by_year: census_shares.BY_YEAR,
        census_parts.days_to_conference: census_parts.PARTS,
        census_parts.plans_started: census_parts.PARTS,
        files_behind: FILES,
    }
    for question, columns in asked.items():
        found = question(session, view=make.view(board))
        assert found.empty
        assert list(found.columns) == list(columns)


def test_with_figures_the_columns_are_the_documented_ones_too(session, board, events):
    asked = {
        census_shares.re_referrals_by_month: census_shares.BY_MONTH,
        census_shares.conferences_by_month: census_shares.SERIES,
        census_shares.conferences_by_year: census_shares.BY_YEAR,
        census_parts.plans_started: census_parts.PARTS,
    }
    for question, columns in asked.items():
        assert list(question(session, view=make.view(board)).columns) == list(columns)
