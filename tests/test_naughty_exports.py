"""Odd text in everything that is taken away: read by other programs it is what was typed, and nothing runs.

One exception is written down: text that begins with = + - @, a tab or a carriage return has an apostrophe
before it in a table to take away, and ends of lines are plain. A workbook to fill in marks the cell instead.
"""

import csv
import io
import json
import re
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from lscb_core.queries.plain import as_csv
from lscb_core.showing import SHOWN, Format, printed
from lscb_core.ui.downloads import LONGEST_CELL, csv_of, excel_of
from tests import make
from tests.make_templates import HEADINGS, Open, written
from tests.naughty_all import EVERY, FEW, as_kept, halves, share

ABOUT = "Testford board, as at 31 March 2014"
RUNS = ("=", "+", "-", "@", "\t", "\r")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
AN_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def safe(text: str) -> str:
    """What a table to take away holds of a text."""
    marked = f"'{text}" if text.startswith(RUNS) else text
    return marked.replace("\r\n", "\n").replace("\r", "\n")


def in_csv(text: str) -> str:
    return "".join("?" if "\ud800" <= sign <= "\udfff" else sign for sign in safe(text))


def in_workbook(text: str) -> str:
    shown = NOT_IN_XML.sub("\ufffd", safe(text))
    return shown if len(shown) <= LONGEST_CELL else f"{shown[: LONGEST_CELL - 1]}…"


def table(texts) -> pd.DataFrame:
    return pd.DataFrame({"What": list(texts), "Days late": range(len(texts))}, dtype=object)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def by_calamine(content: bytes, sheet: str = "") -> list[list[object]]:
    """Every line as a program reads it that knows how workbooks write odd signs."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(sheet or book.sheet_names[0]).to_python(skip_empty_area=False)


def by_openpyxl(content: bytes) -> list[list[str]]:
    """Every line; this program leaves escapes as they stand. No cell may be a formula or an error."""
    lines = []
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "inlineStr", "n", "d"}
        lines += [[_plain(cell.value) for cell in row] for row in sheet.rows]
    return lines


def _plain(value) -> object:
    return AN_ESCAPE.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value


def assert_nothing_runs(content: bytes) -> None:
    """No formula of a cell, no link, macro or outside part in any part of the workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            said = parts.read(name).decode("utf-8", "replace")
            assert not re.search(r"<f[ >/]|<hyperlink|ddeLink|oleLink|TargetMode=.External", said), name
            assert not re.search(r"vba|externalLink|embeddings", name), name


def test_a_table_as_csv():
    _, names, *rows = read_csv(csv_of(table(EVERY), ABOUT))
    assert names == ["What", "Days late"]
    assert rows == [[in_csv(text), str(at)] for at, text in enumerate(EVERY)]
    assert not [cell for row in rows for cell in row if cell.startswith(RUNS)]
    print(f"{len(rows)} strings through CSV")


def test_a_table_as_a_workbook():
    content = excel_of(table(EVERY), ABOUT)
    wanted = [[in_workbook(text), at] for at, text in enumerate(EVERY)]
    assert by_calamine(content)[3:] == wanted
    assert [[text or "", at] for text, at in by_openpyxl(content)[3:]] == wanted
    assert_nothing_runs(content)
    print(f"{len(wanted)} strings through Excel, read by calamine and by openpyxl")


def test_headings_are_text_too():
    names = [text for text in EVERY if not halves(text)]  # no frame has a heading with half a character
    frame = pd.DataFrame([range(len(names))], columns=names)
    assert read_csv(csv_of(frame, ABOUT))[1] == [in_csv(text) for text in names]
    content = excel_of(frame, ABOUT)
    assert by_calamine(content)[2] == [in_workbook(text) for text in names]
    assert_nothing_runs(content)


@pytest.mark.parametrize("text", FEW[1::2], ids=range(len(FEW[1::2])))
def test_the_line_above_a_table_is_text_too(text):
    frame = table(["x"])
    assert read_csv(csv_of(frame, text))[0][0].startswith(in_csv(text))
    assert by_calamine(excel_of(frame, text))[0][0].startswith(in_workbook(in_csv(text))[:30_000])


@pytest.fixture
def promised(session):
    """A board with an action for every string that can be held."""
    board = make.board(session)
    kept = [text for text in map(as_kept, share(session.get_bind().dialect.name)) if text]
    for text in kept:
        make.action(session, board, title=text, note=text, evidence=text)
    session.commit()
    return make.view(board), kept


def test_what_the_command_line_shows_comes_back(session, promised):
    view, kept = promised
    found = SHOWN["actions"](session, view)
    shown = found["actions"]
    assert set(shown["title"]) <= set(kept)
    assert len(shown) > 450
    said = json.loads(printed(found, Format.JSON))
    assert [row["title"] for row in said["actions"]] == list(shown["title"])
    lines = list(csv.DictReader(io.StringIO(printed({"actions": shown}, Format.CSV), newline="")))
    assert [line["title"] for line in lines] == [safe(text) for text in shown["title"]]
    assert not [cell for line in lines for cell in line.values() if cell.startswith(RUNS)]


def test_a_table_for_the_eye_steers_no_terminal_and_keeps_to_its_lines():
    said = printed({"odd": table(EVERY)}, Format.TABLE)
    title, heading, *lines = said.split("\n")
    assert (title, heading.split()) == ("odd", ["What", "Days", "late"])
    assert [line.split()[-1] for line in lines] == [str(at) for at in range(len(EVERY))]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", said)
    said.encode()
    assert max(map(len, lines)) <= 48 + len("  Days late") + 1


def test_json_keeps_every_letter():
    assert [row["What"] for row in json.loads(printed({"odd": table(EVERY)}, Format.JSON))["odd"]] == list(
        EVERY
    )


def test_two_headings_that_become_the_same_stay_two():
    frame = pd.DataFrame([[1, 2]], columns=["=x", "'=x"])
    assert as_csv(frame.set_axis(["'=x", "'=x"], axis=1)).split() == ["'=x,'=x", "1,2"]
    assert read_csv(csv_of(frame, ABOUT))[1:] == [["'=x", "'=x"], ["1", "2"]]


def in_template(text: str) -> str:
    """What a workbook to fill in holds: 2,000 characters without outer spaces and what XML refuses."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x7f-\x9f]", "", NOT_IN_XML.sub("", lines)).strip()[:2000]


def test_a_workbook_to_fill_in_is_written_with_every_text_and_sent_back_as_it_was():
    rows = [{"number": 3, "title": text, "detail": text, "note": text} for text in EVERY]
    content = written("actions", prefill=rows)
    lines = by_calamine(content, "Actions")[HEADINGS : HEADINGS + len(EVERY)]
    wanted = [in_template(text) for text in EVERY]
    assert [[line[at] for at in (2, 3, 7)] for line in lines] == [[text] * 3 for text in wanted]
    by_openpyxl(content)
    assert_nothing_runs(content)
    sheet = load_workbook(io.BytesIO(content))["Actions"]
    marked = [sheet.cell(at, 3) for at in range(HEADINGS + 1, HEADINGS + 1 + len(EVERY))]
    assert not [cell for cell in marked if str(cell.value).startswith(RUNS[:4]) and not cell.quotePrefix]


@pytest.mark.parametrize("text", FEW[::3], ids=range(len(FEW[::3])))
def test_names_in_a_workbook_to_fill_in_are_text(text):
    content = written("training", agencies={"police": text}, board_name=text)
    assert_nothing_runs(content)
    assert Open(content).read() is not None
