"""Published tables of any release: which table it is, which column is which, what figures come out."""

import re

import pytest

from lscb_core.domain.codes import SYMBOLS
from lscb_core.domain.indicators import of_kind
from lscb_core.imports.dfe.figures import share
from lscb_core.imports.dfe.tables import TABLES
from tests import make_dfe
from tests.make_dfe import FAR, HOME, NEAR, NORTH, PLACES, read, renamed, told, without

HOW = {
    "c1": "referrals",
    "c4": "enquiries",
    "c5": "referrals_by_source",
    "d1": "plans",
    "d5": "plan_durations",
}
"""Each table of the release of 2024, and our key for it."""
HOME_2024 = {
    "referrals": (None, None, 800.0, ""),
    "referrals_rate": (800, None, 400.5, ""),
    "re_referrals": (200, 800, 25.0, ""),
    "no_further_action": (40, 800, 5.0, ""),
    "assessed_not_in_need": (100, 800, 12.5, ""),
    "section_47": (None, None, 400.0, ""),
    "section_47_rate": (400, None, 200.5, ""),
    "conferences": (None, None, 160.0, ""),
    "conferences_over_20_days": (None, None, 16.0, ""),
    "conferences_in_15_days": (96, 160, 60.0, ""),
    "conferences_median_days": (None, None, 13.5, ""),
    "referrals_from_police": (240, 800, 30.0, ""),
    "referrals_from_unknown": (8, 800, 1.0, ""),
    "plans_started": (None, None, 120.0, ""),
    "plans_at_31_march_rate": (96, None, 48.1, ""),
    "plans_up_to_3_months": (24, 96, 25.0, ""),
    "plans_over_2_years": (12, 96, 12.5, ""),
}


@pytest.mark.parametrize("stem", HOW)
def test_a_table_is_told_by_its_columns_and_every_area_has_a_scope(stem):
    made = read(make_dfe.table(stem))
    assert [scope.key for scope in made.scopes] == sorted(f"dfe/{HOW[stem]}/{area}" for area in PLACES)
    assert f"table {stem.upper()} (" in made.title
    assert made.title.endswith("years to 31 March 2023 to 2024")
    assert (made.counts["areas"], made.counts["years"], made.notes) == (4, 2, ())
    assert made.counts["figures"] == made.rows


def test_every_published_measure_comes_out_as_the_register_holds_it():
    figures = {key: figure for stem in HOW for key, figure in told(read(make_dfe.table(stem))).items()}
    assert {measure for measure, _, _ in figures} == {one.key for one in of_kind("published")}
    assert {measure: figures[measure, HOME, 2024] for measure in HOME_2024} == HOME_2024
    assert figures["referrals", NEAR, 2023] == (None, None, 3200.0, "")
    assert figures["referrals", NORTH, 2024] == (None, None, 3200.0, "")
    assert figures["referrals", "ENG", 2024] == (None, None, 8000.0, "")


def test_areas_that_the_board_does_not_show_are_left_out():
    rows = make_dfe.table("c1")
    assert FAR in {row["old_la_code"] for row in rows}
    assert {area for _, area, _ in told(read(rows))} == set(PLACES)


RENAMED = {
    "c1": {
        "Referrals": "referral_count number_of_referrals REFERRALS total_referrals referrals_received",
        "Re_referrals": "re_referral_count rereferrals ReReferrals re_referrals_within_12_months",
        "No_Further_Action": "nfa NFA_count noFurtherAction referrals_nfa referrals_resulting_in_nfa",
        "Not_in_Need": "not_in_need_count assessed_not_in_need number_assessed_as_not_in_need",
        "Re_referrals_percent": "re_referral_pct percentage_re_referrals re-referrals_% re_referrals_pc",
        "Referrals_rate": "referral_rate referrals_rate_per_10000 referrals_rate_per_10,000_children",
    },
    "c4": {
        "Section47": "section_47 s47_count section47_count number_of_section_47_enquiries S47s",
        "ICPC": "icpc_count initial_child_protection_conferences number_of_icpcs ICPCs",
        "Duration_0-10_days": "duration_0_to_10_days days_0_10 icpc_0_to_10_working_days duration_0_10_count",
        "Duration_11-15_days": "duration_11_to_15_days 11-15_days between_11_and_15_working_days",
        "Duration_21+_days": "duration_21_or_more_days duration_21_plus over_20_days 21_working_days_or_more",
        "Duration_median": "median_days median duration_50th_percentile",
        "ICPC_rate": "icpc_rate_per_10000 rate_icpc",
    },
    "c5": {
        "Referrals": "referral_count all_referrals",
        "Schools": "school_count source_schools referrals_from_schools schools_number",
        "Education_Services": "education_services_count source_education education",
        "LA_Services": "local_authority_services la_service_count council_services",
        "Police": "police_count source_police police_referrals referrals_police",
        "Other_legal_agency": "other_legal_agencies other_legal legal_agency_count",
        "Other": "other_count source_other referrals_from_other",
        "Unknown": "unknown_count source_unknown not_known",
    },
    "d1": {
        "CPP_start": "cpp_starting plans_started_in_the_year cp_plans_started became_subject_of_a_CPP",
        "CPP_end": "cpp_ended child_protection_plans_ending plans_ended_in_year_ending_31_March",
        "CPP_At31": "cpp_at_31_march child_protection_plans_at_31_March_2025 children_on_plan_at_31_march",
        "CPP_At31_rate": "cpp_at_31_march_rate_per_10000",
    },
    "d5": {
        "CPP_At31": "cpp_at_31_march_count plans_open_at_31_march cpp_count",
        "3_months_or_less": "up_to_3_months duration_3_months_or_less_count under_3_months 0_to_3_months",
        "more_than_3_months_6_months": "3_to_6_months over_3_months_up_to_6_months 3-6_months",
        "more_than_6_months_less_than_1_year": "6_months_to_1_year 6_to_12_months 6_months_to_under_1_year",
        "1_year_less_than_2_years": "1_to_2_years 12_to_24_months 1_year_to_less_than_2_years",
        "2_years_or_more": "2_years_plus over_2_years 24_months_or_more at_least_2_years",
        "2_years_or_more_percent": "2_years_plus_pct percentage_over_2_years",
    },
}


@pytest.mark.parametrize(
    ("stem", "column", "name"),
    [
        (stem, column, name)
        for stem, columns in RENAMED.items()
        for column, names in columns.items()
        for name in names.split()
    ],
)
def test_a_renamed_column_is_mapped_and_no_figure_changes(stem, column, name):
    rows = make_dfe.table(stem)
    made = read(renamed(rows, **{column: name}))
    assert told(made) == told(read(rows))
    assert made.notes == ()


@pytest.mark.parametrize("way", [str.upper, str.lower, lambda name: name.replace("_", " ").title()])
@pytest.mark.parametrize("stem", HOW)
def test_case_and_spaces_of_headings_do_not_matter(stem, way):
    rows = make_dfe.table(stem)
    assert told(read([{way(name): cell for name, cell in row.items()} for row in rows])) == told(read(rows))


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("time_period", "Time period"),
        ("time_period", "year"),
        ("old_la_code", "la_code"),
        ("old_la_code", "LA number"),
        ("geographic_level", "Geographic level"),
        ("region_code", "RegionCode"),
        ("new_la_code", "la_code"),
    ],
)
def test_renamed_columns_of_place_and_time_are_mapped(column, name):
    rows = make_dfe.table("c1")
    assert told(read(renamed(rows, **{column: name}))) == told(read(rows))


def test_a_misspelt_heading_that_can_only_mean_one_column_is_mapped_and_told():
    rows = make_dfe.table("c1")
    made = read(renamed(rows, Referrals="Refferals"))
    assert told(made) == told(read(rows))
    assert [note.problem for note in made.notes] == ["The column “Refferals” was read as “Referrals”."]


def test_what_a_release_drops_is_worked_out_from_counts_where_that_can_be():
    rows = make_dfe.changed(make_dfe.table("c1"), HOME, 2024, Re_referrals=201)
    bare = without(rows, *(name for name in rows[0] if re.search("rate|percent|child", name)))
    figures = told(read(bare))
    assert figures["re_referrals", HOME, 2024] == (201, 800, 25.1, "")  # 25.125
    assert figures["assessed_not_in_need", NEAR, 2024] == (200, 1600, 12.5, "")
    assert not [key for key in figures if key[0] == "referrals_rate"], (
        "nobody says how many children there are"
    )
    bands = read(without(make_dfe.table("d5"), "2_years_or_more_percent"))
    assert told(bands)["plans_over_2_years", HOME, 2024] == (12, 96, 12.5, "")
    assert "conferences_median_days" not in {
        key[0] for key in told(read(without(make_dfe.table("c4"), "Duration_median")))
    }


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(7, 16, 43.8), (0, 9, 0.0), (1, 3, 33.3), (2, 3, 66.7), (9, 9, 100.0)]
)
def test_a_share_has_one_decimal_and_halves_go_up(part, whole, percent):
    assert share(part, whole) == percent


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_symbol_stands_for_every_figure_that_needs_its_cell(symbol):
    rows = make_dfe.changed(make_dfe.table("c4"), HOME, 2024, **{"Duration_0-10_days": f" {symbol.upper()}"})
    figures = told(read(rows))
    for measure in ("conferences_0_to_10_days", "conferences_in_15_days"):
        assert figures[measure, HOME, 2024] == (None, None, None, symbol)
    assert figures["conferences_11_to_15_days", HOME, 2024] == (None, None, 80.0, "")


def test_a_hidden_count_hides_its_published_rate_too():
    figures = told(read(make_dfe.changed(make_dfe.table("d1"), HOME, 2024, CPP_start="c")))
    assert figures["plans_started_rate", HOME, 2024] == (None, None, None, "c")


def test_a_share_of_nothing_does_not_apply():
    none = dict.fromkeys(
        ["ICPC", *(f"Duration_{days}_days" for days in ("0-10", "11-15", "16-20", "21+"))], 0
    )
    figures = told(read(make_dfe.changed(make_dfe.table("c4"), HOME, 2024, **none)))
    assert figures["conferences_in_15_days", HOME, 2024] == (None, None, None, "z")
    assert figures["conferences", HOME, 2024] == (None, None, 0.0, "")


@pytest.mark.parametrize("written", ["202324", "2023-24", "2023/24", "2023/2024", "2024.0", " 2024 "])
def test_a_year_may_be_written_in_several_ways(written):
    rows = [row | {"time_period": written} for row in make_dfe.table("c1", (2024,))]
    assert {year for _, _, year in told(read(rows))} == {2024}


@pytest.mark.parametrize(("cell", "count"), [("1,600", 1600), ("1600.0", 1600), (" 1600", 1600)])
def test_a_count_may_have_separators_or_come_from_a_table_with_gaps(cell, count):
    rows = make_dfe.changed(make_dfe.table("c1"), HOME, 2024, Referrals=cell, Re_referrals_percent=12.5)
    rows = without(rows, "No_Further_Action_percent", "Not_in_Need_percent")
    assert told(read(rows))["referrals", HOME, 2024] == (None, None, float(count), "")


def test_without_levels_the_codes_tell_what_a_row_is_and_without_codes_the_levels():
    rows = make_dfe.table("c1")
    assert told(read(without(rows, "geographic_level"))) == told(read(rows))
    councils = without(make_dfe.table("c1", areas=("ENG", HOME, NEAR)), "region_code", "country_code")
    assert told(read(councils)) == {key: cell for key, cell in told(read(rows)).items() if key[1] != NORTH}
    assert read(without(rows, "geographic_level", "region_code")).problems[0].field == "region_code"


def test_a_council_whose_ons_code_changed_keeps_its_figures_under_its_number():
    rows = make_dfe.changed(make_dfe.table("c1"), HOME, 2023, new_la_code="E06000999")
    assert told(read(rows)) == told(read(make_dfe.table("c1")))


def test_a_file_of_two_tables_gives_both():
    both = [{**one, **two} for one, two in zip(make_dfe.table("c1"), make_dfe.table("c5"), strict=True)]
    made = read(both)
    assert told(made) == told(read(make_dfe.table("c1"))) | told(read(make_dfe.table("c5")))
    assert {scope.key.split("/")[1] for scope in made.scopes} == {"referrals", "referrals_by_source"}


def test_new_columns_that_mean_nothing_to_the_board_are_left_out_and_told():
    rows = [row | {"strategy_discussions": 5, "lad_code": "E1"} for row in make_dfe.table("c1")]
    made = read(rows)
    assert told(made) == told(read(make_dfe.table("c1")))
    [note] = made.notes
    assert "“strategy_discussions”" in note.problem


def test_a_board_without_a_council_of_its_own_takes_england_and_the_regions():
    made = read(make_dfe.table("c1"), council="", places=("ENG", NORTH, "tidewater"))
    assert made.notes == (), "nobody expects figures of an invented place"
    assert {area for _, area, _ in told(made)} == {"ENG", NORTH}


def test_progress_is_told_from_the_beginning_to_the_end():
    words = []
    read(make_dfe.table("c1"), progress=lambda what, part: words.append(part))
    assert (words[0], words[-1]) == (0.0, 1.0)
    assert words == sorted(words)


def test_each_figure_of_a_table_names_columns_that_the_table_has():
    for table in TABLES.values():
        for figure in table.figures:
            named = [name for name in (figure.value, *figure.counts, figure.out_of) if name]
            assert set(named) <= set(table.by_key), figure
