"""What `show thresholds` prints for the published boards, counted again from the tables themselves."""

import csv
from datetime import date

import pytest

from lscb_core.config import DATA
from lscb_core.queries.plain import as_records
from lscb_core.queries.view import Choice, operator_view
from lscb_core.showing import SHOWN
from tests.published_folder import whole_register

TABLES = DATA / "published" / "statistics"
COUNCILS = {"brent": "304", "haringey": "309", "havering": "311", "stockton": "808"}
DAY = "2024-12-31"
KEYS = {name: name for name in ("referrals", "re_referrals", "no_further_action", "assessed_not_in_need")}
KEYS |= {group: f"referrals_from_{group}" for group in ("police", "schools", "housing", "anonymous")}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A session on the published boards, to be read only."""
    with whole_register(tmp_path_factory.mktemp("loaded")) as session:
        yield session


@pytest.fixture
def shown(loaded):
    """The frames that `show thresholds` prints for a board on a day, as plain rows."""

    def ask(board, day=DAY):
        choice = Choice(board, date.fromisoformat(day))
        view = operator_view(loaded, choice=choice, today=date(2026, 4, 1))
        return {name: as_records(frame) for name, frame in SHOWN["thresholds"](loaded, view).items()}

    return ask


@pytest.fixture(scope="module")
def figures():
    """Every published figure by measure, area and year, read with the csv module alone."""
    with (TABLES / "observations.csv").open(encoding="utf-8", newline="") as file:
        return {(row["measure"], row["area"], row["period_end"]): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def neighbours():
    """The neighbours' numbers and names, nearest first, by council."""
    with (TABLES / "areas.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    with (TABLES / "neighbours.csv").open(encoding="utf-8", newline="") as file:
        near = [(row["area"], int(row["rank"]), row["neighbour"]) for row in csv.DictReader(file)]
    return names, {
        area: [there for own, _, there in sorted(near) if own == area] for area in COUNCILS.values()
    }


def test_stocktons_referrals_stand_beside_englands(shown):
    own, england, *_ = shown("stockton")["referrals"]
    assert (own["area"], own["year"], england["area"]) == ("Stockton-on-Tees", 2024, "England")
    assert (own["referrals"], own["police"], own["no_further_action"]) == (4031, 1178, 171)
    assert (england["referrals"], england["police"]) == (621880, 177210)
    assert (england["schools"], england["health"]) == (126460, 91370)


@pytest.mark.parametrize("board", COUNCILS)
def test_every_count_is_the_published_one_or_its_symbol(shown, figures, neighbours, board):
    names, near = neighbours
    codes = [COUNCILS[board], "ENG", *near[COUNCILS[board]]]
    rows = shown(board)["referrals"]
    assert [row["area"] for row in rows] == [
        names[code] for code in codes if ("referrals", code, "2024-03-31") in figures
    ]
    by_name = {names[code]: code for code in codes}
    for row in rows:
        for measure, key in KEYS.items():
            told = figures[key, by_name[row["area"]], "2024-03-31"]
            wanted = told["symbol"] or int(told["value"] if measure == "referrals" else told["numerator"])
            assert row[measure] == wanted, (row["area"], measure)


@pytest.mark.parametrize("board", COUNCILS)
def test_the_neighbours_range_is_the_least_and_the_most_of_the_ten(shown, figures, neighbours, board):
    near = neighbours[1][COUNCILS[board]]
    for row in shown(board)["beside England and neighbours"]:
        told = [figures.get((row["measure"], code, "2024-03-31"), {}).get("value") for code in near]
        values = [float(value) for value in told if value]
        own = figures[row["measure"], COUNCILS[board], "2024-03-31"]
        assert (row["lowest"], row["highest"], row["neighbours"]) == (min(values), max(values), len(values))
        assert row["higher"] == (sum(v > float(own["value"]) for v in values) if own["value"] else None)


def test_on_the_reports_own_days_only_the_first_years_are_there(shown):
    brent, havering = shown("brent", "2014-03-31"), shown("havering", "2013-11-30")
    assert {row["year"] for row in brent["referrals"]} == {2014}
    assert {row["year"] for row in havering["referrals"]} == {2013}
    assert len(brent["who refers, beside England"]) == 11
    assert havering["who refers, beside England"] == []  # sources were first collected in 2013-14
    assert [row["symbol"] for row in havering["beside England and neighbours"]][1] == "x"


def test_no_board_of_the_reports_holds_referrals_by_agency(shown):
    assert all(shown(board)["agencies"] == [] for board in COUNCILS)


def test_the_document_of_stockton_is_told_with_its_source(shown):
    [document, milestone] = shown("stockton", "2016-06-30")["documents"]
    assert (document["rolled_out_on"], document["source"]) == ("2016-02-01", "ST 111, 120")
    assert milestone["kind"] == "milestone"
    assert shown("stockton", "2016-01-31")["documents"] == []
