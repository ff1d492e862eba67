"""The five published files as they are, counted again with pandas; nothing here is shared with the reader."""

import io
import random
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from sqlmodel import func, select

from lscb_core.commands.imports import preview, save_import
from lscb_core.config import DATA
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Board, Import, Observation
from lscb_core.imports.confined import read_file
from lscb_core.imports.reading import Asked
from lscb_core.imports.reading_here import read_here
from lscb_core.queries.import_asking import asked_for
from tests.conftest import SHARED
from tests.make_dfe import told
from tests.make_imports import facts
from tests.published_folder import whole_register

STEMS = ("c1", "c4", "c5", "d1", "d5")
TODAY = date(2026, 5, 1)
RATES = {
    "Referrals": "referrals",
    "Section47": "section_47",
    "ICPC": "conferences",
    "CPP_start": "plans_started",
    "CPP_end": "plans_ended",
    "CPP_At31": "plans_at_31_march",
}
PLAIN = {
    "Duration_0-10_days": "conferences_0_to_10_days",
    "Duration_11-15_days": "conferences_11_to_15_days",
    "Duration_16-20_days": "conferences_16_to_20_days",
    "Duration_21+_days": "conferences_over_20_days",
    "Duration_median": "conferences_median_days",
}
SHARES = {
    "Re_referrals": ("re_referrals", "Referrals"),
    "No_Further_Action": ("no_further_action", "Referrals"),
    "Not_in_Need": ("assessed_not_in_need", "Referrals"),
    "3_months_or_less": ("plans_up_to_3_months", "CPP_At31"),
    "more_than_3_months_6_months": ("plans_3_to_6_months", "CPP_At31"),
    "more_than_6_months_less_than_1_year": ("plans_6_to_12_months", "CPP_At31"),
    "1_year_less_than_2_years": ("plans_1_to_2_years", "CPP_At31"),
    "2_years_or_more": ("plans_over_2_years", "CPP_At31"),
}
SENT_BY = {
    "Individual": "individual",
    "Schools": "schools",
    "Education_Services": "education",
    "Health_Services": "health",
    "Housing": "housing",
    "LA_Services": "la_services",
    "Police": "police",
    "Other_legal_agency": "other_legal",
    "Other": "other",
    "Anonymous": "anonymous",
    "Unknown": "unknown",
}
pytestmark = pytest.mark.shared


def path(stem):
    [found] = (SHARED / "data" / "dfe").glob(f"{stem}_*.csv")
    return found


def frame(stem):
    """A file with a column `area`; every cell as text, and as a number where it is one."""
    table = pd.read_csv(path(stem), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    level = table["geographic_level"]
    table["area"] = table["old_la_code"]
    table.loc[level == "Regional", "area"] = table["region_code"]
    table.loc[level == "National", "area"] = "ENG"
    return table.set_index(["area", "time_period"])


def expected(stem, areas):
    """(measure, area, year) -> numerator, denominator, value, symbol, as told by whole columns."""
    table = frame(stem)
    table = table[table.index.get_level_values("area").isin(areas)]
    made = {}
    for measure, columns in columns_of(stem, table).items():
        for place in table.index:
            cells = [None if column is None else column[place] for column in columns]
            made[measure, place[0], int(place[1])] = _cell(*cells)
    return made


def columns_of(stem, table):
    """Measure -> columns of its value, of the part and of the whole."""
    made = {}
    for column, measure in RATES.items():
        if f"{column}_rate" in table:
            made[measure] = (table[column], None, None)
            made[f"{measure}_rate"] = (table[f"{column}_rate"], table[column], None)
    made |= {measure: (table[name], None, None) for name, measure in PLAIN.items() if name in table}
    for column, (measure, whole) in SHARES.items():
        if column in table:
            made[measure] = (table[f"{column}_percent"], table[column], table[whole])
    if stem == "c5":
        for column, key in SENT_BY.items():
            made[f"referrals_from_{key}"] = _worked_out(table, [column], "Referrals")
    if stem == "c4":
        within = ["Duration_0-10_days", "Duration_11-15_days"]
        made["conferences_in_15_days"] = _worked_out(table, within, "ICPC")
    return made


def _worked_out(table, columns, whole):
    """Share, part and whole as columns of text; a symbol in one of them stands in the share."""
    cells = table[[*columns, whole]]
    numbers = cells.apply(pd.to_numeric, errors="coerce")
    part, of = numbers[columns].sum(axis=1, skipna=False), numbers[whole]
    # Halves go up: a thousandth of a tenth is far less than any distance of two shares.
    tenths = ((1000 * part / of + 0.5 + 1e-9) // 1).where(of > 0)
    symbols = cells.where(numbers.isna()).bfill(axis=1).iloc[:, 0].where(numbers.isna().any(axis=1), "z")
    text = (tenths / 10).astype(object).where(tenths.notna(), symbols)
    return text, part.astype(object), of.astype(object)


def _cell(value, part, whole):
    if isinstance(value, str) and value.isalpha():
        return None, None, None, value
    counts = [None if each is None else int(float(each)) for each in (part, whole)]
    return (*counts, float(value), "")


def read(stem, areas, council=""):
    with path(stem).open("rb") as file:
        return read_here("dfe", file, asked=Asked(file.name, TODAY, council=council, places=tuple(areas)))


@pytest.mark.parametrize("stem", STEMS)
def test_every_figure_of_england_the_regions_and_forty_councils_is_that_of_the_file(stem):
    areas = sorted({*frame(stem).index.get_level_values("area")})
    councils = [area for area in areas if area.isdigit()]
    chosen = {
        *random.Random(stem).sample(councils, 40),
        *(area for area in areas if not area.isdigit()),
        "808",
    }
    made = read(stem, chosen, council="808")
    assert told(made) == expected(stem, chosen)
    assert made.notes == ()


def test_the_known_answers():
    figures = {key: cell for stem in STEMS for key, cell in told(read(stem, ("ENG", "808"))).items()}
    assert {key[0]: cell for key, cell in figures.items() if key[1:] == ("ENG", 2024)}.items() >= {
        "referrals": (None, None, 621_880, ""),
        "re_referrals": (139_080, 621_880, 22.4, ""),
        "no_further_action": (38_920, 621_880, 6.3, ""),
        "assessed_not_in_need": (188_300, 621_880, 30.3, ""),
        "referrals_from_police": (177_210, 621_880, 28.5, ""),
        "referrals_from_schools": (126_460, 621_880, 20.3, ""),
        "referrals_from_health": (91_370, 621_880, 14.7, ""),
    }.items()
    assert figures["referrals", "808", 2024] == (None, None, 4031, "")
    assert figures["referrals_from_police", "808", 2024][0] == 1178
    assert figures["no_further_action", "808", 2024][0] == 171


@pytest.mark.parametrize("stem", STEMS)
def test_with_other_headings_and_without_rates_the_counts_are_the_same(stem):
    table = pd.read_csv(path(stem), dtype=str, keep_default_na=False)
    rates = [name for name in table.columns if name.endswith(("_rate", "_percent"))]
    names = {name: f"{name.lower().replace('-', '_to_')}_count" for name in table.columns[11:]}
    content = table.drop(columns=rates).rename(columns=names).to_csv(index=False).encode()
    asked = Asked("new.csv", TODAY, council="808", places=("ENG", "808"))
    again = told(read_here("dfe", io.BytesIO(content), asked=asked))
    before = told(read(stem, ("ENG", "808")))
    assert {key[0] for key in before.keys() - again.keys()} <= {f"{name}_rate" for name in RATES.values()}
    for key, (part, whole, value, symbol) in again.items():
        assert (part, whole, symbol) == (*before[key][:2], before[key][3])
        assert value == before[key][2] or abs(value - before[key][2]) < 0.25, key  # England is rounded to 10


@pytest.mark.parametrize("stem", STEMS)
def test_a_file_that_was_cut_off_at_forty_places_is_never_read(stem):
    content, chance = path(stem).read_bytes(), random.Random(f"cut {stem}")
    asked = Asked("cut.csv", TODAY, council="808", places=("ENG", "808"))
    for cut in [chance.randrange(1, len(content) - 3) for _ in range(40)]:
        made = read_here("dfe", io.BytesIO(content[:cut]), asked=asked)
        assert made.problems, f"{stem} cut at {cut}"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    with whole_register(tmp_path_factory.mktemp("loaded")) as session:
        yield session


@pytest.mark.parametrize("stem", STEMS)
def test_the_board_of_stockton_holds_every_figure_already(loaded, stem):
    board = loaded.exec(select(Board).where(Board.slug == "stockton")).one()
    before = loaded.exec(select(func.count()).select_from(Observation)).one()
    asked = asked_for(loaded, board_id=board.id, file=path(stem).name, today=TODAY)
    with path(stem).open("rb") as file:
        made = read_file("dfe", file, asked=asked)
    what = {"actor": OPERATOR, "board_id": board.id, "reading": made, "at": datetime(2026, 5, 1, tzinfo=UTC)}
    assert made.counts["areas"] == len(asked.places) == 23
    assert preview(loaded, **what, file=facts()).changes == ()
    assert save_import(loaded, **what, file=facts()).changes == ()
    assert loaded.exec(select(func.count()).select_from(Observation)).one() == before
    assert loaded.exec(select(Import.rows).order_by(Import.id.desc())).first() == made.rows


def test_the_files_and_the_tables_of_the_project_are_of_the_same_release():
    with (DATA / "published" / "statistics" / "releases.csv").open() as file:
        assert {path(stem).name for stem in STEMS} <= {line.split("/")[-1] for line in file.read().split(",")}
