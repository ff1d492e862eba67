"""Published files that are not right: refused with what is wrong and where, never half read."""

import io
import random
import re
import zipfile
from itertools import product

import pytest

from lscb_core.imports.confined import read_file
from tests import make_dfe
from tests.make_dfe import HOME, NEAR, asked, changed, file, problem, read, renamed, table, told, without


def said(made):
    """What is wrong with a file that was refused, in one text."""
    assert made.problems
    assert made.scopes == ()
    return " ".join(f"{one.problem} {one.advice}" for one in made.problems)


@pytest.mark.parametrize(
    ("stem", "column"),
    [
        ("c1", "Referrals"),
        ("c1", "Not_in_Need"),
        ("c4", "ICPC"),
        ("c4", "Duration_16-20_days"),
        ("c5", "Housing"),
        ("d1", "CPP_end"),
        ("d5", "2_years_or_more"),
        ("d5", "CPP_At31"),
        ("c1", "time_period"),
        ("c1", "old_la_code"),
    ],
)
def test_a_missing_column_is_named_with_those_that_could_mean_it(stem, column):
    found = problem(read(renamed(table(stem), **{column: "Something_new"})))
    assert (found.field, found.row) == (column, "1")
    assert re.fullmatch(
        f"The column “{re.escape(column)}”( of table {stem.upper()})? is missing.", found.problem
    )
    assert "“Something_new”" in found.advice
    found = problem(read(without(table(stem), column)))
    assert "No other heading could mean it" in found.advice


@pytest.mark.parametrize(
    "new",
    [
        "Referrals_child_2",
        "children_referral",
        "referrals_open",
        "contacts",
        "re_referral",
        "assessed_referrals",
    ],
)
def test_a_heading_that_says_something_else_is_never_taken_for_a_missing_one(new):
    assert "“Referrals”" in said(read(renamed(table("c1"), Referrals=new)))


@pytest.mark.parametrize(
    ("stem", "column", "new"),
    [("c1", "Referrals", "Referrals_a"), ("c5", "Other", "Mother"), ("c4", "Section47", "Section17")],
)
def test_what_looks_alike_and_is_no_slip_of_the_pen_is_not_mapped(stem, column, new):
    assert f"“{new}”" in said(read(renamed(table(stem), **{column: new})))


def test_two_headings_that_come_as_close_are_both_named():
    rows = [row | {"Refferals": row["Referrals"], "Referals": 5} for row in table("c1")]
    assert "“Referals” and “Refferals”" in problem(read(without(rows, "Referrals"))).advice


def test_a_rate_under_a_name_that_nobody_knows_is_asked_about():
    found = problem(read(renamed(table("c1"), Referrals_rate="Referrals_rate_per_100000")))
    assert "“Referrals_rate_per_100000” was not understood. It could be “Referrals_rate”" in found.problem


def test_two_columns_that_could_be_the_same_are_both_named():
    rows = [row | {"referral_count": row["Referrals"]} for row in table("c1")]
    assert "“Referrals” and “referral_count”" in problem(read(rows)).problem


def test_a_table_that_is_not_read_is_told_from_those_that_are():
    rows = without(table("c1"), *make_dfe.COLUMNS["c1"].split())
    made = read([row | {"Children_in_care": 5} for row in rows])
    assert "none of the tables" in problem(made).problem
    assert "C5 (source of referral)" in problem(made).advice


def test_one_figure_in_each_row_is_refused():
    rows = without(table("c1"), *make_dfe.COLUMNS["c1"].split())
    long = [row | {"indicator": name, "value": 5} for row in rows for name in ("Referrals", "Re_referrals")]
    assert "one figure in each row, named in the column “indicator”" in problem(read(long)).problem


def split(rows, column, *words):
    """Each row once for each of these words; the first has all."""
    return [
        {**row, column: word} if number == 0 else {**row, column: word, "Referrals": 1, "Re_referrals": 1}
        for row in rows
        for number, word in enumerate(words)
    ]


def test_figures_that_are_split_up_are_read_where_a_row_is_for_all():
    rows = table("c1")
    made = read(split(rows, "characteristic", "Total", "Female", "Male"))
    assert told(made) == told(read(rows))
    [note] = made.notes
    assert "Only the rows with “Total” in the column “characteristic”" in note.problem


@pytest.mark.parametrize("column", ["category", "characteristic", "some_new_filter"])
def test_figures_that_are_split_up_without_a_row_for_all_are_refused(column):
    found = problem(read(split(table("c1"), column, "Female", "Male")))
    assert found.field == column
    assert f"“{column}” splits the figures: “Female” and “Male”" in found.problem


def test_a_file_of_one_part_alone_is_refused():
    rows = [row | {"gender": "Female"} for row in table("c1")]
    assert "All rows are of “Female” alone" in problem(read(rows)).problem


def test_words_that_differ_from_area_to_area_split_nothing():
    rows = [row | {"kind_of_place": row["geographic_level"][:3]} for row in table("c1")]
    assert told(read(rows)) == told(read(table("c1")))


def test_rows_of_other_levels_are_passed_over_and_told():
    wards = [row | {"geographic_level": "Ward", "Referrals": 1} for row in table("c1")]
    made = read(table("c1") + wards)
    assert told(made) == told(read(table("c1")))
    assert "12 rows of the level “Ward” were passed over" in made.notes[0].problem


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("n/a", "neither a number nor one of the symbols"),
        ("", "Nothing stands here"),
        ("12.5", "not a whole number"),
        ("-3", "less than nothing"),
        ("1e3", "neither a number"),
        ("12345678901234567890", "neither a number"),
        ("1234567890", "more than it can be"),
        ("1,23", "neither a number"),
        ("=1+1", "neither a number"),
    ],
)
def test_what_is_no_count_is_told_with_row_and_field(cell, words):
    found = problem(read(changed(table("c4"), HOME, 2024, ICPC=cell)))
    assert (found.row, found.field) == ("5", "ICPC")
    assert words in found.problem


@pytest.mark.parametrize("cell", ["101", "-1", "many", "25%%"])
def test_what_is_no_percentage_is_told_with_row_and_field(cell):
    found = problem(read(changed(table("c1"), NEAR, 2023, Re_referrals_percent=cell)))
    assert (found.row, found.field) == ("12", "Re_referrals_percent")


def test_a_bad_cell_of_an_area_that_is_not_shown_does_not_matter():
    assert told(read(changed(table("c1"), make_dfe.FAR, 2024, Referrals="n/a"))) == told(read(table("c1")))


def test_a_part_that_is_more_than_its_whole_is_told():
    found = problem(read(changed(table("c5"), HOME, 2024, Police=801)))
    assert (found.row, found.field) == ("5", "Police")
    assert "801 is more than the 800" in found.problem
    assert told(read(changed(table("c5"), "ENG", 2024, Police=8010))), "England's counts are rounded to 10"


def test_percentages_written_as_fractions_are_noticed():
    rows = [row | {"Re_referrals_percent": 0.25} for row in table("c1")]
    assert problem(read(rows)).field == "Re_referrals_percent"


def test_a_single_percentage_that_does_not_fit_is_taken_as_published_and_told():
    made = read(changed(table("c1"), HOME, 2024, Re_referrals_percent=35))
    assert told(made)["re_referrals", HOME, 2024] == (200, 800, 35.0, "")
    assert [note.field for note in made.notes] == ["Re_referrals_percent"]


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ("2090", "still to come"),
        ("2027", "still to come"),
        ("1989", "too long ago"),
        ("1066", "too long ago"),
        ("202325", "not understood as a year"),
        ("soon", "not understood as a year"),
        ("", "The year is missing"),
    ],
)
def test_a_year_that_cannot_be_is_told(year, words):
    found = problem(read(changed(table("c1"), HOME, 2024, time_period=year)))
    assert (found.row, found.field) == ("5", "time_period")
    assert words in found.problem


def test_years_that_end_in_another_month_are_refused():
    rows = [row | {"time_identifier": "Academic year"} for row in table("c1", (2024,), (HOME,))]
    assert "“Academic year” is not a year that ends on 31 March" in problem(read(rows)).problem


@pytest.mark.parametrize(("code", "words"), [("E06000901", "not the code of a council"), ("", "is missing")])
def test_a_council_without_its_number_is_told(code, words):
    found = problem(read(changed(table("c1"), NEAR, 2024, old_la_code=code)))
    assert (found.row, found.field) == ("6", "old_la_code")
    assert words in found.problem


def test_the_boards_council_has_to_be_in_the_file():
    made = read(table("c1", areas=("ENG", make_dfe.NORTH, NEAR)))
    assert f"no figures of the board's council (number {HOME})" in problem(made).problem


def test_an_area_that_is_not_in_the_file_is_told():
    made = read(table("c1", areas=("ENG", HOME)))
    assert f"2 areas that the board shows ({make_dfe.NORTH} and {NEAR})" in made.notes[0].problem


def test_a_row_that_stands_twice_counts_once():
    rows = table("c1")
    made = read([*rows, rows[3]])
    assert told(made) == told(read(rows))
    assert (made.notes[0].row, "1 row said the same" in made.notes[0].problem) == ("14", True)


def test_two_rows_of_one_area_and_year_that_differ_are_told():
    rows = table("c1")
    found = problem(read([*rows, rows[3] | {"No_Further_Action": 41, "No_Further_Action_percent": 5.1}]))
    assert (found.row, found.field) == ("14", "No_Further_Action")
    assert "Row 5 gives other figures" in found.problem


def test_every_problem_is_told_at_once():
    rows = changed(table("c1"), HOME, 2024, Referrals="n/a", Not_in_Need=-1)
    rows = changed(rows, NEAR, 2023, time_period="soon")
    assert [(one.row, one.field) for one in read(rows).problems] == [
        ("12", "time_period"),
        ("5", "Referrals"),
        ("5", "Not_in_Need"),
    ]


@pytest.mark.parametrize(
    ("encoding", "end", "separator"),
    list(product(["utf-8", "utf-8-sig", "utf-16", "latin-1"], ["\r\n", "\n", "\r"], [",", ";", "\t"])),
)
def test_encodings_line_ends_and_separators_do_not_matter(encoding, end, separator):
    rows = changed(table("c1"), HOME, 2024, la_name="Châteaubourg, County of")
    assert told(read(file(rows, encoding=encoding, end=end, separator=separator))) == told(read(rows))


def test_decimal_commas_are_read_where_semicolons_part_the_cells():
    rows = [{name: str(cell).replace(".", ",") for name, cell in row.items()} for row in table("c1")]
    assert told(read(file(rows, separator=";"))) == told(read(table("c1")))


def test_empty_lines_between_rows_are_passed_over():
    content = (
        file(table("c1")).replace(b"\r\n2023", b"\r\n\r\n,,,,\r\n2023", 1).replace(b",,,,\r\n2023", b"2023")
    )
    assert told(read(content)) == told(read(table("c1")))


GOOD = file(table("c1"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (GOOD[:300] + b"\0" + GOOD[300:], "NUL"),
        (GOOD.decode().encode("utf-16-le"), "NUL"),
        (file(table("c1"), encoding="utf-16")[:-1], "cut off"),
        (b"\xef\xbb\xbf" + GOOD.replace(b"Hometown", b"Hom\xe9town"), "says UTF-8"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (b"%PDF-1.7 and more", "PDF"),
        (b"\x1f\x8b\x08 and more", "packed"),
        (b"\xd0\xcf\x11\xe0 and more", "workbook"),
        (b'{"results": []}', "JSON"),
        (b"Dear board,\nplease find attached\n", "none of the tables"),
        (GOOD.splitlines(keepends=True)[0], "no row"),
        (GOOD.replace(b"Hometown", b'"Hometown'), "quotation marks"),
        (GOOD.replace(b"Hometown", b'"' + b"x" * 200_000 + b'"'), "far too long"),
        (GOOD.replace(b",Hometown", b",Hometown,extra"), "but there are 21 headings"),
        (bytes(random.Random(5).randbytes(5000)), "NUL"),
    ],
)
def test_files_that_are_no_table_are_refused_in_plain_words(content, words):
    assert words in said(read(content))


def test_a_workbook_under_the_name_of_a_table_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("xl/workbook.xml", b"0" * 50_000_000)
    assert "a workbook or a packed folder" in problem(read(packed.getvalue())).problem


REGIONS = [f"E1200000{number}" for number in range(1, 10)]


def whole_country():
    """England, nine regions with ten councils each, three years; the board's is the second of the first."""
    areas = [("National", "", ""), *(("Regional", region, "") for region in REGIONS)]
    areas += [
        ("Local authority", region, f"{at}{n:02}") for at, region in enumerate(REGIONS, 1) for n in range(10)
    ]
    base = table("c1", (2024,), (HOME,))[0]
    return [
        base | {"time_period": year, "geographic_level": level, "region_code": region, "old_la_code": number}
        for year in (2024, 2023, 2022)
        for level, region, number in areas
    ]


COUNTRY = {"council": "101", "places": ("ENG", "E12000001", "101", "305", "909")}


@pytest.mark.parametrize("is_ordered_by_area", [False, True])
def test_a_file_that_was_cut_off_anywhere_is_noticed(is_ordered_by_area):
    rows = whole_country()
    if is_ordered_by_area:
        rows = [row for at in range(100) for row in rows[at::100]]
    content = file(rows)
    assert read(content, **COUNTRY).problems == ()
    ends = [match.end() for match in re.finditer(rb"\n", content)]
    between = set(ends[3::3] if is_ordered_by_area else ends[100::100])
    chance = random.Random(7)
    cuts = {chance.randrange(1, len(content) - 1) for _ in range(100)} | {ends[151], ends[250], ends[-2]}
    unnoticed = [cut for cut in cuts - between if not read(content[:cut], **COUNTRY).problems]
    assert unnoticed == []


def test_a_cut_between_two_councils_of_the_only_year_is_noticed_by_its_regions():
    rows = whole_country()[:100]
    assert read(rows, **COUNTRY).problems == ()
    assert "no councils of the last regions" in problem(read(rows[:45], **COUNTRY)).problem


def test_councils_that_were_merged_are_no_cut():
    rows = [row for row in whole_country() if row["old_la_code"] != "909" or row["time_period"] == 2022]
    rows = [row for row in rows if row["old_la_code"] != "908" or row["time_period"] != 2022]
    assert read(rows, **COUNTRY | {"places": ("ENG", "101")}).problems == ()


def test_a_small_file_without_an_end_of_line_is_read_and_that_is_told():
    made = read(GOOD.removesuffix(b"\r\n"))
    assert told(made) == told(read(GOOD))
    assert "no end of line" in made.notes[0].problem


def test_a_million_rows_are_read_in_a_process_of_its_own():
    headings, *rows = file(without(table("c1"), *make_dfe.BEGINNING[3:5], "category")).splitlines(
        keepends=True
    )
    far = rows[5]
    content = headings + b"".join(rows) + far * 1_000_000
    made = read_file("dfe", io.BytesIO(content[:99_000_000].rpartition(b"\n")[0] + b"\n"), asked=asked())
    assert told(made) == told(read(table("c1")))
