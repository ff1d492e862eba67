"""Make the tables in `statistics/` from the published files of the national statistics.

    python data/published/make_statistics.py ../shared/data [folder to write to]

`statistics/releases.csv` is written by hand and names the files; the other three tables are made here:

- observations.csv: measure,area,period_end,numerator,denominator,value,symbol,source. A count stands in
  `value` alone. A share (in percent) and a rate carry their counts where the file has them. Either `value`
  holds a number, or `symbol` says why not and the numbers are empty. `source` is a key of releases.csv.
- areas.csv: code,name,kind,region,ons_code. `code` is the DfE number of a council, the ONS code of a
  region, ENG for England; `region` is the code of the region that the area lies in.
- neighbours.csv: area,rank,neighbour,closeness.

The same files always give the same tables, byte for byte.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import pandas as pd

COUNCILS = ("304", "309", "311", "805", "806", "807", "808")
LONDON, PARTS_OF_LONDON = "E12000007", ("E13000001", "E13000002")
HERE = Path(__file__).parent / "statistics"


class Measure(NamedTuple):
    """Where a measure stands in the files: columns of the value, of the counts and of what they are part of.

    Without a `value` column the share is worked out: the counts added up, of `out_of`.
    """

    key: str
    source: str
    value: str = ""
    counts: tuple[str, ...] = ()
    out_of: str = ""

    @property
    def columns(self) -> list[str]:
        """All columns that the measure needs, the value's first."""
        return [name for name in (self.value, *self.counts, self.out_of) if name]


def _with_rate(key: str, source: str, column: str) -> list[Measure]:
    """A count and its rate for every 10,000 children."""
    return [Measure(key, source, column), Measure(f"{key}_rate", source, f"{column}_rate", (column,))]


def _share(key: str, source: str, column: str, out_of: str) -> Measure:
    """A share that the file has in percent beside its counts."""
    return Measure(key, source, f"{column}_percent", (column,), out_of)


GROUPS = {
    "individual": "Individual",
    "schools": "Schools",
    "education": "Education_Services",
    "health": "Health_Services",
    "housing": "Housing",
    "la_services": "LA_Services",
    "police": "Police",
    "other_legal": "Other_legal_agency",
    "other": "Other",
    "anonymous": "Anonymous",
    "unknown": "Unknown",
}
DAYS = ("Duration_0-10_days", "Duration_11-15_days")
MEASURES = [
    *_with_rate("referrals", "c1-2024", "Referrals"),
    _share("re_referrals", "c1-2024", "Re_referrals", "Referrals"),
    _share("no_further_action", "c1-2024", "No_Further_Action", "Referrals"),
    _share("assessed_not_in_need", "c1-2024", "Not_in_Need", "Referrals"),
    *(Measure(f"referrals_from_{key}", "c5-2024", "", (name,), "Referrals") for key, name in GROUPS.items()),
    *_with_rate("section_47", "c4-2024", "Section47"),
    *_with_rate("conferences", "c4-2024", "ICPC"),
    Measure("conferences_0_to_10_days", "c4-2024", "Duration_0-10_days"),
    Measure("conferences_11_to_15_days", "c4-2024", "Duration_11-15_days"),
    Measure("conferences_16_to_20_days", "c4-2024", "Duration_16-20_days"),
    Measure("conferences_over_20_days", "c4-2024", "Duration_21+_days"),
    Measure("conferences_in_15_days", "c4-2024", "", DAYS, "ICPC"),
    Measure("conferences_median_days", "c4-2024", "Duration_median"),
    *_with_rate("plans_started", "d1-2024", "CPP_start"),
    *_with_rate("plans_ended", "d1-2024", "CPP_end"),
    *_with_rate("plans_at_31_march", "d1-2024", "CPP_At31"),
    _share("plans_up_to_3_months", "d5-2024", "3_months_or_less", "CPP_At31"),
    _share("plans_3_to_6_months", "d5-2024", "more_than_3_months_6_months", "CPP_At31"),
    _share("plans_6_to_12_months", "d5-2024", "more_than_6_months_less_than_1_year", "CPP_At31"),
    _share("plans_1_to_2_years", "d5-2024", "1_year_less_than_2_years", "CPP_At31"),
    _share("plans_over_2_years", "d5-2024", "2_years_or_more", "CPP_At31"),
]


def read(path: Path) -> pd.DataFrame:
    """A published file as it stands, all text: symbols are values, and byte order marks come and go."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def neighbours(grouping: pd.DataFrame) -> pd.DataFrame:
    """The ten neighbours of each of our councils, nearest first."""
    ours = grouping[grouping["LA num"].isin(COUNCILS)].sort_values("LA num")
    rows = [
        (row["LA num"], rank, row[f"SN{rank}"], row[f"SNP.{rank - 1}" if rank > 1 else "SNP"].capitalize())
        for _, row in ours.iterrows()
        for rank in range(1, 11)
    ]
    return pd.DataFrame(rows, columns=["area", "rank", "neighbour", "closeness"])


def with_area(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the code of each row's area: a region's rows have no council, England's no region."""
    council, region = table["old_la_code"], table["region_code"]
    return table.assign(area=council.where(council != "", region.where(region != "", "ENG")))


def _place(row: pd.Series) -> tuple[str, str, str, str, str]:
    """One row of areas.csv, from an area's latest row in a published table."""
    if row["geographic_level"] == "Local authority":
        return row["area"], row["la_name"], "council", row["region_code"], row["new_la_code"]
    if row["geographic_level"] == "Regional":
        outer = LONDON if row["area"] in PARTS_OF_LONDON else ""
        return row["area"], row["region_name"], "region", outer, row["region_code"]
    return row["area"], row["country_name"], "england", "", row["country_code"]


def areas(table: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """Our councils, their neighbours, every region and England, each under its latest name and ONS code."""
    wanted = {*COUNCILS, *near["neighbour"]}
    known = table[table["area"].isin(wanted) | (table["geographic_level"] != "Local authority")]
    latest = known.sort_values("time_period").groupby("area").tail(1).sort_values("area")
    rows = [_place(row) for _, row in latest.iterrows()]
    return pd.DataFrame(rows, columns=["code", "name", "kind", "region", "ons_code"])


def is_number(text: str) -> bool:
    """Whether a cell holds a number; anything else in it is a symbol."""
    return text.replace(".", "", 1).isdigit()


def percent(part: int, whole: int) -> str:
    """A share in percent, one decimal, halves rounded up, written as the files write theirs."""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths / 10:g}"


def observed(row: dict[str, str], measure: Measure) -> tuple[str, str, str, str]:
    """Numerator, denominator, value and symbol of a measure in one row of its table.

    One symbol among the cells hides all of them. Where there is nothing to be a share of, the symbol is z.
    """
    symbols = [row[name] for name in measure.columns if not is_number(row[name])]
    if symbols:
        return "", "", "", symbols[0]
    counts = [int(row[name]) for name in measure.counts]
    numerator, denominator = str(sum(counts)) if counts else "", row[measure.out_of] if measure.out_of else ""
    if measure.value:
        return numerator, denominator, row[measure.value], ""
    if denominator == "0":
        return "", "", "", "z"
    return numerator, denominator, percent(sum(counts), int(denominator)), ""


def observations(tables: dict[str, pd.DataFrame], places: pd.DataFrame) -> pd.DataFrame:
    """Every measure in every area and year that its table has, sorted by measure, area and year."""
    rows = []
    for measure in MEASURES:
        table = tables[measure.source]
        for row in table[table["area"].isin(places["code"])].to_dict("records"):
            key = (measure.key, row["area"], f"{row['time_period']}-03-31")
            rows.append((*key, *observed(row, measure), measure.source))
    names = ["measure", "area", "period_end", "numerator", "denominator", "value", "symbol", "source"]
    return pd.DataFrame(rows, columns=names).sort_values(names[:3])


def make(data: Path, to: Path) -> None:
    """Write the three tables that are made from the published files under `data`."""
    files = {row["key"]: read(data / row["file"]) for _, row in read(HERE / "releases.csv").iterrows()}
    near = neighbours(files.pop("neighbours-2021"))
    tables = {key: with_area(table) for key, table in files.items()}
    places = areas(tables["c1-2024"], near)
    made = {"neighbours": near, "areas": places, "observations": observations(tables, places)}
    for name, frame in made.items():
        frame.to_csv(to / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else HERE)
