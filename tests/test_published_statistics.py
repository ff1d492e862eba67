"""The tables of published statistics: known answers, the whole grid, and symbols in place of numbers."""

from collections import Counter

import pandas as pd
import pytest

from data.published.make_statistics import Measure, areas, observed
from lscb_core.domain.codes import SYMBOLS
from lscb_core.domain.indicators import INDICATORS, of_kind
from tests.statistics_tables import HERE, SEVEN, cells, table

YEARS = range(2013, 2025)


@pytest.mark.parametrize(
    ("measure", "area", "cell"),
    [
        ("referrals", "ENG", ("", "", "621880", "")),
        ("re_referrals", "ENG", ("139080", "621880", "22.4", "")),
        ("no_further_action", "ENG", ("38920", "621880", "6.3", "")),
        ("assessed_not_in_need", "ENG", ("188300", "621880", "30.3", "")),
        ("referrals_from_police", "ENG", ("177210", "621880", "28.5", "")),
        ("referrals_from_schools", "ENG", ("126460", "621880", "20.3", "")),
        ("referrals_from_health", "ENG", ("91370", "621880", "14.7", "")),
        ("referrals", "808", ("", "", "4031", "")),
        ("referrals_from_police", "808", ("1178", "4031", "29.2", "")),
        ("no_further_action", "808", ("171", "4031", "4.2", "")),
    ],
)
def test_known_answers_of_2024(measure, area, cell):
    assert cells()[measure, area, 2024] == cell


def test_no_cell_stands_twice():
    assert len(cells()) == len(table("observations"))


def test_every_published_measure_of_the_registry_has_figures_and_no_other_has():
    assert {measure for measure, _, _ in cells()} == {indicator.key for indicator in of_kind("published")}


def test_the_seven_councils_and_england_have_every_year_of_every_measure():
    sources_start = {key: 2014 for key in INDICATORS if key.startswith("referrals_from_")}
    wanted = {
        (indicator.key, area, year)
        for indicator in of_kind("published")
        for area in (*SEVEN, "ENG")
        for year in YEARS
        if year >= sources_start.get(indicator.key, 2013)
    }
    assert wanted - cells().keys() == set()


def test_sources_begin_in_2014():
    years = {year for measure, _, year in cells() if measure.startswith("referrals_from_")}
    assert years == set(range(2014, 2025))


def test_every_symbol_is_one_of_the_key():
    assert {symbol for *_, symbol in cells().values()} - {""} <= set(SYMBOLS)


def test_a_symbol_stands_in_place_of_the_numbers_never_beside_them():
    for numerator, denominator, value, symbol in cells().values():
        assert bool(value) != bool(symbol)
        assert not (symbol and (numerator or denominator))


def test_hidden_counts_are_there_and_stay_hidden():
    assert cells()["no_further_action", "808", 2022] == ("", "", "", "c")
    assert cells()["re_referrals", "311", 2013] == ("", "", "", "x")


def test_no_council_shows_a_count_of_one_to_five():
    councils = {row["code"] for row in table("areas") if row["kind"] == "council"}
    small = [
        key
        for key, (numerator, *_, value, _) in cells().items()
        if key[1] in councils
        and INDICATORS[key[0]].unit in ("count", "percent")
        and (numerator or value) in {"1", "2", "3", "4", "5"}
    ]
    assert small == []


def test_every_share_carries_its_counts_and_agrees_with_them():
    for (measure, area, year), (numerator, denominator, value, symbol) in cells().items():
        if INDICATORS[measure].unit != "percent" or symbol:
            continue
        share = 100 * int(numerator) / int(denominator)
        rounding = 0.06 if area.isdigit() else 0.06 + 1000 / int(denominator)
        assert abs(share - float(value)) <= rounding, (measure, area, year)


def test_a_count_stands_in_the_value_alone():
    for (measure, *_), (numerator, denominator, _, _) in cells().items():
        if INDICATORS[measure].unit in ("count", "days"):
            assert (numerator, denominator) == ("", "")


def test_areas_are_the_councils_their_neighbours_every_region_and_england():
    codes = {row["code"]: row["kind"] for row in table("areas")}
    near = {row["neighbour"] for row in table("neighbours")}
    assert {code for code, kind in codes.items() if kind == "council"} == {*SEVEN, *near}
    assert Counter(codes.values()) == {"council": len({*SEVEN, *near}), "region": 11, "england": 1}
    assert {row["region"] for row in table("areas")} - {""} <= set(codes)


def test_areas_and_observations_name_the_same_places():
    assert {area for _, area, _ in cells()} == {row["code"] for row in table("areas")}


def test_each_council_has_ten_neighbours_in_order():
    for council in SEVEN:
        mine = [row for row in table("neighbours") if row["area"] == council]
        assert [row["rank"] for row in mine] == [str(rank) for rank in range(1, 11)]
        assert len({row["neighbour"] for row in mine} - {council}) == 10


def test_every_figure_names_a_release_with_its_licence():
    releases = {row["key"]: row["licence"] for row in table("releases")}
    assert {row["source"] for row in table("observations")} == set(releases) - {"neighbours-2021"}
    assert set(releases.values()) == {"Open Government Licence v3.0"}


def test_the_tables_stay_small():
    assert sum(path.stat().st_size for path in HERE.iterdir()) < 3_000_000


def council(year: str, ons: str) -> dict[str, str]:
    return {
        "area": "808",
        "geographic_level": "Local authority",
        "time_period": year,
        "la_name": "Stockton-on-Tees",
        "region_code": "E12000001",
        "new_la_code": ons,
    }


def test_an_area_that_changed_its_ons_code_keeps_its_number_and_takes_the_latest_code():
    table = pd.DataFrame([council("2024", "E2"), council("2023", "E1"), council("2013", "E0")])
    [place] = areas(table, pd.DataFrame({"neighbour": []})).to_dict("records")
    assert (place["code"], place["ons_code"]) == ("808", "E2")


@pytest.mark.parametrize(
    ("first", "second", "whole", "cell"),
    [
        ("1", "6", "16", ("7", "16", "43.8", "")),  # 43.75: a half goes up
        ("0", "0", "9", ("0", "9", "0", "")),  # a true nought is shown
        ("0", "0", "0", ("", "", "", "z")),  # no conference was held: there is no share
        ("c", "6", "16", ("", "", "", "c")),  # one hidden band hides the share
        ("6", "7", "x", ("", "", "", "x")),
    ],
)
def test_a_share_worked_out_here(first, second, whole, cell):
    measure = Measure("conferences_in_15_days", "c4-2024", "", ("first", "second"), "whole")
    assert observed({"first": first, "second": second, "whole": whole}, measure) == cell


def test_a_published_share_is_kept_as_published():
    measure = Measure("plans_over_2_years", "d5-2024", "share", ("part",), "whole")
    assert observed({"share": "28.7", "part": "69", "whole": "240"}, measure) == ("69", "240", "28.7", "")
    assert observed({"share": "z", "part": "0", "whole": "0"}, measure) == ("", "", "", "z")
