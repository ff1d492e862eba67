"""Counts of referrals from files: protected as they come, kept so as more come, taken back when undone."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from sqlmodel import select

from lscb_core.commands.imports import undo_import
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import ReferralCount, ReferralExact, ReturnAsked, SourceAgency
from lscb_core.domain.attack import bounds
from lscb_core.domain.periods import month_ends
from lscb_core.imports.grids.children import Tally, child_grid, child_sums
from lscb_core.imports.grids.referrals import Spot, sums
from lscb_core.queries.referral_flow import conversion
from lscb_core.queries.thresholds import below_threshold_by_agency, below_threshold_by_month, months_held
from tests import make
from tests.make_imports import census, moment, returns, take, tally

YEAR = date(2025, 3, 31)
MONTHS = month_ends(date(2024, 4, 1), YEAR)
LATER = date(2025, 6, 2)
SOURCES = ("6", "6", "6", "2A", "2A", "3A", "3B", "1A", "4", "7")
OUTCOMES = ("nfa", "assessment", "assessment", "section_47", "other")


@pytest.fixture
def seated(session):
    on = make.board(session)
    seats = {slug: make.agency(session, on, slug).id for slug in ("police", "schools", "health")}
    session.commit()
    return on, seats


@pytest.fixture
def board(seated):
    return seated[0]


@pytest.fixture
def seats(seated) -> dict[str, int]:
    return seated[1]


def many(referrals: int, seed: int = 1, months=MONTHS) -> Counter:
    """Referrals drawn one by one: (month, source, outcome) -> how many."""
    chance = Random(seed)
    return Counter(
        (chance.choice(months), chance.choice(SOURCES), chance.choice(OUTCOMES)) for _ in range(referrals)
    )


def tallies(drawn: Counter) -> list[dict]:
    return [tally(month, source, detail=outcome, count=n) for (month, source, outcome), n in drawn.items()]


def seen(session, on, *, day=LATER) -> dict[Spot, object]:
    """What readers see on a day: the newest revision of each cell that was known and stood."""
    rows = session.exec(select(ReferralCount).where(ReferralCount.area_id == on.area_id)).all()
    known = [r for r in rows if r.known_on <= day and (r.withdrawn_on is None or r.withdrawn_on > day)]
    known.sort(key=lambda row: row.revision)
    return {Spot(*(getattr(r, name) for name in Spot._fields)): r.symbol or r.count for r in known}


def test_a_census_is_counted_by_month_source_and_outcome(session, board):
    drawn = many(3000)
    take(session, board, census(YEAR, tallies(drawn)), actor=OPERATOR)
    told = seen(session, board)
    assert told[Spot(YEAR, "year")] == 3000
    assert told[Spot(YEAR, "year", level="below")] == sum(n for key, n in drawn.items() if key[2] == "nfa")
    for month in MONTHS:
        assert told[Spot(month)] == sum(n for key, n in drawn.items() if key[0] == month)
    police = Spot(YEAR, "year", split="source", part="6")
    assert told[police] == sum(n for key, n in drawn.items() if key[1] == "6")
    [row] = conversion(session, view=make.view(board)).query("code == 'referral'").itertuples()
    assert row.n == 3000


def test_hidden_cells_of_a_census_keep_three_values_for_whoever_adds_and_subtracts(session, board):
    drawn = many(700, seed=4)
    take(session, board, census(YEAR, tallies(drawn)), actor=OPERATOR)
    told = seen(session, board)
    cells = child_grid(
        [Tally.of(row) for row in tallies(drawn)],
        months=MONTHS,
        steps=sorted({spot.step for spot in told}),
        kind="cin-census",
    )
    assert pinned(cells, child_sums(cells), told) == []


def pinned(cells: dict, made_of: list, told: dict) -> list:
    """Stored hidden cells that a reader could pin to fewer than three values. What is not told is hidden."""
    unseen = [spot for spot, count in cells.items() if told.get(spot, "c") == "c" and count]
    stored = [spot for spot in unseen if spot in told]
    assert stored, "nothing is hidden, so nothing is tried"
    ends = bounds(cells, unseen, made_of)
    return [(spot, ends[spot]) for spot in stored if ends[spot][1] - ends[spot][0] < 2]


def month_of(board_sent: dict, end: date) -> dict:
    """Agency -> (below, above) as rows of returns of that month."""
    return {
        (agency, end): [("1", "nfa", below), ("3", "assessment", above)]
        for agency, (below, above) in board_sent.items()
    }


def asked(session, board, *agency_ids) -> None:
    for agency_id in agency_ids:
        session.add(
            ReturnAsked(
                board_id=board.id,
                agency_id=agency_id,
                template="thresholds",
                every="month",
                first_period_end=MONTHS[0],
            )
        )
    session.commit()


def test_the_whole_board_waits_for_the_last_agency_and_each_stands_for_itself(session, board, seats):
    asked(session, board, seats["police"], seats["schools"])
    take(session, board, returns(month_of({"police": (20, 80)}, MONTHS[0])), actor=OPERATOR)
    told = seen(session, board)
    police = Spot(MONTHS[0], split="agency", part="police")
    assert (told[police], told[police._replace(level="below")]) == (100, 20)
    assert Spot(MONTHS[0]) not in told
    take(session, board, returns(month_of({"schools": (9, 41)}, MONTHS[0])), actor=OPERATOR)
    assert seen(session, board)[Spot(MONTHS[0])] == 150


@pytest.mark.parametrize("all_at_once", [True, False], ids=["together", "one by one"])
def test_months_that_come_in_turn_never_give_a_hidden_count_away(session, board, seats, all_at_once):
    """A reader keeps every page: what was seen in any month is held against what is seen at the end."""
    chance = Random(7)
    truth, ever = {}, {}
    asked(session, board, *seats.values())
    for end in MONTHS:
        sent = {
            a: (chance.randrange(1, 12), chance.randrange(3, 40)) for a in ("police", "schools", "health")
        }
        truth |= month_of(sent, end)
        for part in [sent] if all_at_once else [{each: counts} for each, counts in sent.items()]:
            take(session, board, returns(month_of(part, end)), actor=OPERATOR)
            ever |= {spot: value for spot, value in seen(session, board).items() if value != "c"}
    told = seen(session, board)
    assert all(told[spot] == value for spot, value in ever.items()), "what was seen stays seen"
    cells = _grid(truth)
    assert pinned(cells, sums(cells), told) == []


def _grid(truth: dict) -> dict[Spot, int]:
    from lscb_core.imports.grids.referrals import referral_grid

    counted = {
        (end, agency, level, outcome): n
        for (agency, end), rows in truth.items()
        for level, outcome, n in rows
    }
    return referral_grid(counted, parts=["health", "police", "schools"])


def test_a_corrected_month_is_a_new_revision_and_the_earlier_page_stays_as_it_was(session, board):
    take(session, board, returns(month_of({"police": (20, 80)}, MONTHS[0])), actor=OPERATOR, day=make.TODAY)
    take(session, board, returns(month_of({"police": (20, 90)}, MONTHS[0])), actor=OPERATOR, day=LATER)
    police = Spot(MONTHS[0], split="agency", part="police")
    assert seen(session, board, day=make.TODAY)[police] == 100
    assert seen(session, board)[police] == 110


def test_undoing_gives_back_what_stood_before_and_takes_away_what_did_not(session, board):
    first = take(session, board, returns(month_of({"police": (20, 80)}, MONTHS[0])), actor=OPERATOR)
    before = seen(session, board)
    second = take(
        session, board, returns(month_of({"police": (2, 80), "schools": (9, 30)}, MONTHS[0])), actor=OPERATOR
    )
    undo_import(session, actor=OPERATOR, import_id=second.import_id, why="Wrong", at=moment(LATER))
    assert seen(session, board) == before
    undo_import(session, actor=OPERATOR, import_id=first.import_id, why="Wrong", at=moment(LATER))
    assert seen(session, board) == {}
    assert months_held(session, view=make.view(board, as_at=LATER)) == 0
    assert months_held(session, view=make.view(board)) == 1  # on the day before, it still stood


def test_the_file_that_covers_most_of_a_year_counts_and_the_other_is_kept(session, board):
    drawn = many(900)
    whole = take(session, board, census(YEAR, tallies(drawn)), actor=OPERATOR)
    part = take(session, board, returns(month_of({"police": (20, 80)}, MONTHS[0])), actor=OPERATOR)
    assert part.changes == ()
    assert seen(session, board)[Spot(YEAR, "year")] == 900
    undo_import(session, actor=OPERATOR, import_id=whole.import_id, why="Wrong", at=moment(LATER))
    assert seen(session, board)[Spot(MONTHS[0])] == 100


def test_sources_are_added_up_to_the_agencies_of_the_boards_own_map(session, board, seats):
    for source, agency_id in seats.items():
        session.add(SourceAgency(board_id=board.id, source=source, agency_id=agency_id))
    drawn = many(3000)
    take(session, board, census(YEAR, tallies(drawn)), actor=OPERATOR)
    shares = below_threshold_by_agency(session, view=make.view(board)).set_index("agency_slug")
    police = {key: n for key, n in drawn.items() if key[1] == "6"}
    assert shares.loc["police", "referrals"] == sum(police.values())
    assert shares.loc["police", "below"] == sum(n for key, n in police.items() if key[2] == "nfa")
    assert len(below_threshold_by_month(session, view=make.view(board))) == 12


def test_behind_every_hidden_count_the_exact_one_is_kept(session, board):
    take(session, board, census(YEAR, tallies(many(400))), actor=OPERATOR)
    rows = session.exec(select(ReferralCount)).all()
    exact = {row.referral_count_id for row in session.exec(select(ReferralExact)).all()}
    assert {row.id for row in rows if row.symbol} == exact


@pytest.mark.parametrize("seed", range(3))
def test_what_was_hidden_stays_hidden_when_files_are_undone_and_sent_anew(session, board, seats, seed):
    """Sent month by month, undone, and sent at once: another choice of hidden cells would tell the first."""
    chance = Random(seed)
    asked(session, board, *seats.values())
    truth, taken = {}, []
    for end in MONTHS:
        sent = {agency: (chance.randrange(1, 12), chance.randrange(3, 40)) for agency in seats}
        truth |= month_of(sent, end)
        taken.append(take(session, board, returns(month_of(sent, end)), actor=OPERATOR))
    hidden = {spot for spot, value in seen(session, board).items() if value == "c"}
    for each in taken:
        undo_import(session, actor=OPERATOR, import_id=each.import_id, why="Wrong", at=moment(LATER))
    assert seen(session, board) == {}
    take(session, board, returns(truth), actor=OPERATOR, day=LATER)
    told = seen(session, board)
    assert {told[spot] for spot in hidden} == {"c"}
    cells = _grid(truth)
    assert pinned(cells, sums(cells), told) == []
