"""Workbooks as rows: what their cells hold, and what hostile ones cannot do."""

import io
import random
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from lscb_core.imports.confined import read_file
from lscb_core.imports.reading import Asked, Refused
from lscb_core.imports.reading_here import KINDS
from lscb_core.imports.workbooks import scan as workbook_scan
from lscb_core.imports.workbooks.parts import Parts
from lscb_core.imports.workbooks.sheets import as_day, clean_text, sheets
from tests import make_workbooks as make
from tests.peak import MOST_KB, ROWS, peak_of

ASKED = Asked("book.xlsx", date(2026, 5, 1))
TABLE = [["Name", "Day"], ["one", date(2024, 2, 29)], ["two", date(2024, 3, 1)]]


@pytest.fixture(autouse=True)
def _rows_kind(monkeypatch):
    monkeypatch.setitem(KINDS, "rows", ROWS)


def _read(content, **more):
    return [(sheet.name, list(sheet.rows)) for sheet in sheets(io.BytesIO(content), **more)]


def _refusal(content):
    with pytest.raises(Refused) as raised:
        _read(content)
    [problem] = raised.value.args
    assert problem.advice
    return problem


def _confined(content):
    return read_file("rows", io.BytesIO(content), asked=ASKED)


def test_cells_come_as_plain_values_with_the_row_number():
    values = ["text", 12, 1.5, True, date(2024, 2, 29), None, make.Error(), "\xa0"]
    [(name, rows)] = _read(make.workbook({"One": [[], values, [], ["end"]]}))
    assert name == "One"
    assert rows[0] == (2, ["text", 12.0, 1.5, True, date(2024, 2, 29), "", "", "\xa0"])
    assert rows[1] == (4, ["end", *[""] * 7])


def test_a_workbook_of_another_program_reads_the_same():
    book = openpyxl.Workbook()
    book.active.title = "Ö & “q”"
    for row in TABLE:
        book.active.append(row)
    book.create_chartsheet("Chart")
    book.create_sheet("Empty")
    out = io.BytesIO()
    book.save(out)
    rows = [(1, ["Name", "Day"]), (2, ["one", date(2024, 2, 29)]), (3, ["two", date(2024, 3, 1)])]
    assert _read(out.getvalue()) == [("Ö & “q”", rows), ("Empty", [])]


def test_hidden_sheets_and_formulas_without_results_are_told():
    worked_out, not_yet = make.Formula("1+1", 2), make.Formula("1+1")
    made = make.workbook({"A": [[worked_out]], "B": [[not_yet]]}, hidden=["A"])
    first, second = sheets(io.BytesIO(made))
    assert (first.hidden, first.uncalculated) == (True, False)
    assert (second.hidden, second.uncalculated) == (False, True)
    assert _read(made) == [("A", [(1, [2.0])]), ("B", [])]


def test_a_name_of_a_sheet_has_no_odd_spaces_and_no_end_without_end():
    made = make.workbook({" List\xa03 ": TABLE, "x" * 5000: TABLE})
    assert [len(name) for name, _ in _read(made)] == [6, 60]


def test_only_the_sheets_asked_for_are_read():
    made = make.workbook({"A": TABLE, "B": TABLE})
    assert [name for name, _ in _read(made, wanted=lambda name: name == "B")] == ["B"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  two\xa0 words \n", "two words"),
        ("\ufeffzero\u200bwidth\x00", "zerowidth"),
        ("#N/A", ""),
        ("#ref!", ""),
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "Yes"),
        (None, ""),
        ("", ""),
        (date(2024, 2, 29), "2024-02-29"),
    ],
)
def test_text_is_one_line_without_signs_that_nobody_sees(value, text):
    assert clean_text(value) == text


@pytest.mark.parametrize(
    "value",
    [
        date(2024, 2, 3), datetime(2024, 2, 3, 14, 5), 45325.0, 45325.75, "03/02/2024", "3/2/24", "3.2.2024",
        "03-02-2024 00:00", "2024-02-03", "2024-02-03T09:30:00", "2024/02/03", "3 February 2024", "3-Feb-24",
        "3rd Feb 2024", " 03/02/2024\xa0", "03/02/2024 2:05:00 PM",
    ],
)  # fmt: skip
def test_a_day_is_known_however_it_is_written(value):
    assert as_day(value) == date(2024, 2, 3)


@pytest.mark.parametrize("value", ["", None, "  \xa0", "#N/A"])
def test_an_empty_cell_is_no_day(value):
    assert as_day(value) is None


@pytest.mark.parametrize(
    "value",
    ["tomorrow", "31/02/2024", "02/13/2024", "2024", 0.0, 1e300, float("nan"), True, "3 Foo 2024", "1/2/3/4"],
)
def test_what_is_no_day_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        as_day(value)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9000)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"Date,Source\n1,2\n", "plain text"),
        (b"\xef\xbb\xbfDate;Source\n", "plain text"),
        ("Date\tSource".encode("utf-16"), "plain text"),
        (b"<?xml version='1.0'?><Message/>", "XML"),
        (b"<html><table></table></html>", "HTML"),
        (b"%PDF-1.7", "PDF"),
        (bytes(100), "something else"),
        (OLD, ".xls"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
        (make.packed({"content.xml": "x"}), ".ods"),
        (make.packed({"xl/workbook.bin": "x"}), ".xlsb"),
        (make.packed({"word/document.xml": "x"}), "Word"),
        (make.packed({"readme.txt": "x"}), "zip"),
    ],
)
def test_another_kind_of_file_under_the_right_name_is_named(content, said):
    assert said in _refusal(content).problem


def test_a_workbook_cut_off_anywhere_is_refused():
    whole = make.workbook({"List 1": TABLE * 50, "List 2": TABLE})
    for place in range(200):
        assert _refusal(whole[: len(whole) * place // 200]).problem


def test_xml_cut_off_inside_a_whole_archive_is_refused():
    made = make.parts({"A": TABLE})
    xml = made["xl/worksheets/sheet1.xml"]
    for cut in range(xml.index("</sheetData>") + 3, 0, -7):
        assert "damaged" in _refusal(make.packed(made | {"xl/worksheets/sheet1.xml": xml[:cut]})).problem


@pytest.mark.parametrize("seed", range(8))
def test_bytes_changed_anywhere_end_in_rows_or_a_refusal(seed):
    rand = random.Random(seed)
    made = make.parts({"A": TABLE * 3})
    for _ in range(10):
        part = rand.choice(sorted(made))
        broken = bytearray(made[part].encode())
        for _ in range(rand.randrange(1, 4)):
            broken[rand.randrange(len(broken))] = rand.choice(b'<>"&A9/ \x00\xff')
        result = _confined(make.packed(made | {part: bytes(broken)}))
        assert result.problems or result.rows


def _with(cells):
    return make.workbook({"Good": TABLE, "List 3": make.sheet(make.row(1, ["a"]) + cells)})


@pytest.mark.parametrize("where", ["XFD1048576", "XFD1", "A1048576", "A300001", "AAA2"])
def test_a_value_far_outside_the_table_is_named_by_sheet_and_cell(where):
    row = "".join(sign for sign in where if sign.isdigit())
    content = _with(f'<row r="{row}">{make.cell(where, 1)}</row>')
    assert len(content) < 4000
    problem = _refusal(content)
    assert (problem.sheet, problem.row) == ("List 3", row)
    assert f"cell {where}," in problem.problem


def test_cells_that_are_only_formatted_do_no_harm():
    content = _with('<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>')
    assert dict(_read(content))["List 3"] == [(1, ["a"])]


def test_a_value_in_the_last_row_and_one_far_to_the_right_are_too_large_together():
    right, below = make.cell("ZZ1", 1), make.cell("A300000", 1)
    content = _with(f'<row r="2">{right}</row><row r="300000">{below}</row>')
    assert "larger" in _refusal(content).problem


def test_more_cells_than_the_memory_holds_are_refused(monkeypatch):
    assert _read(make.workbook({"A": TABLE}))
    monkeypatch.setattr(workbook_scan, "MOST_CELLS", 5)
    problem = _refusal(make.workbook({"A": TABLE}))
    assert ("5 cells" in problem.problem, problem.sheet) == (True, "A")


@pytest.mark.parametrize("way", ["r='XFD1048576'", 's="1"  r = "XFD1048576"', 'r="xfd1048576"'])
def test_what_slips_past_the_look_meets_the_limit_of_the_process(way, tmp_path):
    path = tmp_path / "far.xlsx"
    path.write_bytes(_with(f'<row r="1048576"><c {way}><v>1</v></c></row>'))
    made, peak = peak_of("rows", path)
    assert made.problems or made.counts["List 3"] <= 2
    assert peak < MOST_KB


def test_a_bomb_is_not_unpacked():
    bomb = make.parts({"A": TABLE}) | {"xl/worksheets/sheet1.xml": bytes(300_000_000)}
    assert "unpacks to far more" in _refusal(make.packed(bomb, level=1)).problem


def test_too_many_parts_are_refused():
    many = make.parts({"A": TABLE}) | {f"xl/media/{number}": "" for number in range(3000)}
    assert "unpacks to far more" in _refusal(make.packed(many)).problem


@pytest.mark.parametrize("claimed", [100, 10_000_000])
def test_a_directory_that_lies_about_a_size_is_found_out(claimed):
    xml = make.sheet([["x" * 1000]] * 500)
    content = make.packed(make.parts({"A": xml}))
    size = struct.pack("<I", len(xml))
    assert content.count(size) == 2  # once before the part, once in the directory
    assert "damaged" in _refusal(content.replace(size, struct.pack("<I", claimed))).problem


def test_of_a_part_that_is_larger_than_it_says_no_more_than_that_is_unpacked():
    content = make.packed(make.parts({"A": TABLE}) | {"xl/more.xml": bytes(40_000_000)})
    size = struct.pack("<I", 40_000_000)
    pieces = Parts(io.BytesIO(content.replace(size, struct.pack("<I", 100)))).unpacked("xl/more.xml")
    with pytest.raises(Refused):
        next(pieces)


def test_two_parts_of_one_name_are_refused():
    out = io.BytesIO(make.workbook({"A": TABLE}))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", make.sheet(TABLE))
    assert "damaged" in _refusal(out.getvalue()).problem


def test_a_part_behind_a_password_is_named():
    content = bytearray(make.packed(make.parts({"A": TABLE})))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        directory = archive.start_dir
    content[directory + 8] |= 1
    assert "password" in _refusal(bytes(content)).problem


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("definitions", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_definitions_in_its_xml_are_refused(part, definitions):
    made = make.parts({"A": TABLE})
    assert "definitions" in _refusal(make.packed(made | {part: definitions + made[part]})).problem


def test_a_wide_encoding_hides_no_definitions():
    made = make.parts({"A": TABLE})
    hidden = (OUTSIDE + made["xl/worksheets/sheet1.xml"]).encode("utf-16")
    assert "definitions" in _refusal(make.packed(made | {"xl/worksheets/sheet1.xml": hidden})).problem


def test_a_million_rows_are_refused_quickly_and_within_memory(tmp_path):
    path = tmp_path / "large.xlsx"
    make.write_large(path, 1_000_000, columns=2)
    made, peak = peak_of("rows", path)
    [problem] = made.problems
    assert "300,000" in problem.advice
    assert peak < MOST_KB


@pytest.mark.parametrize("columns", [4, pytest.param(12, marks=pytest.mark.long)])
def test_as_many_rows_as_may_be_are_read_within_memory(tmp_path, columns):
    path = tmp_path / "large.xlsx"
    make.write_large(path, 300_000, columns=columns)
    made, peak = peak_of("rows", path)
    assert made.counts == {"List 1": 300_000}
    assert peak < MOST_KB
