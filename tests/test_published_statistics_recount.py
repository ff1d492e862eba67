"""Every cell of the published statistics, counted again from the files with the csv module alone.

Nothing here is shared with the module that made the tables.
"""

import csv
import subprocess
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.conftest import ROOT, SHARED
from tests.statistics_tables import HERE, SEVEN, Cell, cells, rows, table

# Columns of each file, named as it names them, and the measure that each makes.
PLAIN = {
    "c1": {
        "Referrals": "referrals",
    },
    "c4": {
        "Section47": "section_47",
        "ICPC": "conferences",
        "Duration_0-10_days": "conferences_0_to_10_days",
        "Duration_11-15_days": "conferences_11_to_15_days",
        "Duration_16-20_days": "conferences_16_to_20_days",
        "Duration_21+_days": "conferences_over_20_days",
        "Duration_median": "conferences_median_days",
    },
    "d1": {
        "CPP_start": "plans_started",
        "CPP_end": "plans_ended",
        "CPP_At31": "plans_at_31_march",
    },
}
RATES = {
    "c1": {
        "Referrals": "referrals_rate",
    },
    "c4": {
        "Section47": "section_47_rate",
        "ICPC": "conferences_rate",
    },
    "d1": {
        "CPP_start": "plans_started_rate",
        "CPP_end": "plans_ended_rate",
        "CPP_At31": "plans_at_31_march_rate",
    },
}
SHARES = {
    "c1": {
        ("Re_referrals", "Referrals"): "re_referrals",
        ("No_Further_Action", "Referrals"): "no_further_action",
        ("Not_in_Need", "Referrals"): "assessed_not_in_need",
    },
    "d5": {
        ("3_months_or_less", "CPP_At31"): "plans_up_to_3_months",
        ("more_than_3_months_6_months", "CPP_At31"): "plans_3_to_6_months",
        ("more_than_6_months_less_than_1_year", "CPP_At31"): "plans_6_to_12_months",
        ("1_year_less_than_2_years", "CPP_At31"): "plans_1_to_2_years",
        ("2_years_or_more", "CPP_At31"): "plans_over_2_years",
    },
}
WORKED_OUT = {
    "c5": {
        (("Individual",), "Referrals"): "referrals_from_individual",
        (("Schools",), "Referrals"): "referrals_from_schools",
        (("Education_Services",), "Referrals"): "referrals_from_education",
        (("Health_Services",), "Referrals"): "referrals_from_health",
        (("Housing",), "Referrals"): "referrals_from_housing",
        (("LA_Services",), "Referrals"): "referrals_from_la_services",
        (("Police",), "Referrals"): "referrals_from_police",
        (("Other_legal_agency",), "Referrals"): "referrals_from_other_legal",
        (("Other",), "Referrals"): "referrals_from_other",
        (("Anonymous",), "Referrals"): "referrals_from_anonymous",
        (("Unknown",), "Referrals"): "referrals_from_unknown",
    },
    "c4": {
        (("Duration_0-10_days", "Duration_11-15_days"), "ICPC"): "conferences_in_15_days",
    },
}


def published(stem: str) -> tuple[dict[str, str], ...]:
    [path] = (SHARED / "data" / "dfe").glob(f"{stem}_*.csv")
    return rows(path)


def place(row: dict[str, str]) -> str:
    codes = {
        "National": "ENG",
        "Regional": row["region_code"],
        "Local authority": row["old_la_code"],
    }
    return codes[row["geographic_level"]]


def number(text: str) -> Decimal | None:
    return Decimal(text) if text[0].isdigit() else None


def said(text: str) -> Cell:
    """A cell as our tables write a value without counts."""
    return ("", "", text, "") if number(text) is not None else ("", "", "", text)


def with_counts(value: str, part: str, whole: str = "") -> Cell:
    """A published rate or share, with the counts that stand beside it."""
    return (part, whole, value, "") if number(value) is not None else ("", "", "", value)


def worked_out(parts: list[str], whole: str) -> Cell:
    """A share that the files do not give: the parts of the whole, one decimal, halves rounded up."""
    hidden = [text for text in (*parts, whole) if number(text) is None]
    if hidden:
        return "", "", "", hidden[0]
    if whole == "0":
        return "", "", "", "z"
    part = sum(Decimal(text) for text in parts)
    share = (100 * part / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(part), whole, str(share).removesuffix(".0"), ""


def file_again(stem: str) -> Iterator[tuple[tuple[str, str, int], Cell]]:
    """Every cell that one published file holds of our measures, for every area, ours or not."""
    for row in published(stem):
        where = (place(row), int(row["time_period"]))
        for column, measure in PLAIN.get(stem, {}).items():
            yield (measure, *where), said(row[column])
        for column, measure in RATES.get(stem, {}).items():
            yield (measure, *where), with_counts(row[f"{column}_rate"], row[column])
        for (column, of), measure in SHARES.get(stem, {}).items():
            yield (measure, *where), with_counts(row[f"{column}_percent"], row[column], row[of])
        for (columns, of), measure in WORKED_OUT.get(stem, {}).items():
            yield (measure, *where), worked_out([row[name] for name in columns], row[of])


def counted_again() -> dict[tuple[str, str, int], Cell]:
    return dict(cell for stem in ("c1", "c4", "c5", "d1", "d5") for cell in file_again(stem))


@pytest.mark.shared
def test_every_cell_agrees_with_the_published_files_and_none_is_missing():
    ours = {row["code"] for row in table("areas")}
    again = {key: cell for key, cell in counted_again().items() if key[1] in ours}
    assert len(again) > 25_000
    assert {key: (cells().get(key), cell) for key, cell in again.items() if cells().get(key) != cell} == {}
    assert cells().keys() == again.keys()


@pytest.mark.shared
def test_neighbours_agree_with_the_published_model():
    [path] = (SHARED / "data" / "neighbours").glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        model = {line[0]: line[5:25] for line in csv.reader(file) if line and line[0] in SEVEN}
    for council in SEVEN:
        mine = [row for row in table("neighbours") if row["area"] == council]
        told = [text for row in mine for text in (row["neighbour"], row["closeness"])]
        assert [text.lower() for text in told] == [text.lower() for text in model[council]]


@pytest.mark.shared
def test_names_and_latest_ons_codes_agree_with_every_file():
    for stem in ("c1", "c4", "c5", "d1", "d5"):
        latest = {place(row): row for row in sorted(published(stem), key=lambda row: row["time_period"])}
        for area in table("areas"):
            row = latest[area["code"]]
            named = row["la_name"] or row["region_name"] or row["country_name"]
            ons = row["new_la_code"] or row["region_code"] or row["country_code"]
            assert (area["name"], area["ons_code"]) == (named, ons)


@pytest.mark.shared
def test_making_the_tables_again_gives_the_same_bytes(tmp_path):
    script = ROOT / "data" / "published" / "make_statistics.py"
    subprocess.run([sys.executable, script, SHARED / "data", tmp_path], check=True, timeout=120)
    for name in ("observations.csv", "areas.csv", "neighbours.csv"):
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes()
