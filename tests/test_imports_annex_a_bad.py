"""Annex A files that are broken, hostile or huge: refused in plain words, with nobody's data told or kept."""

import io
import json
import logging
import os
import random
import string
import subprocess
from datetime import date, timedelta

import openpyxl
import pytest

from lscb_core.imports import own_process
from lscb_core.imports.confined import _plain, read_file
from lscb_core.imports.reading import Asked, to_json
from lscb_core.imports.reading_here import KINDS
from tests import make_annex_a as make
from tests import make_workbooks
from tests.conftest import SHARED
from tests.make_annex_a import APRIL, MAY, contact, half_year, plan, referral
from tests.peak import MOST_KB, peak_of

TODAY = date(2025, 7, 1)

ASKED = Asked("annex.xlsx", TODAY)


def _read(content):
    return read_file("annex-a", io.BytesIO(content), asked=ASKED)


def _problems(made):
    assert made.problems
    assert (made.scopes, made.may_be_saved) == ((), False)
    assert all(each.problem and each.advice for each in made.problems)
    return " ".join(each.problem for each in made.problems)


def _with_list_1(xml):
    return make_workbooks.workbook(make.sheets(half_year()) | {"List 1": xml})


def test_a_whole_file_is_read_in_a_process_of_its_own_with_progress():
    told = []
    stream = io.BytesIO(make.workbook(half_year()))
    made = read_file("annex-a", stream, asked=ASKED, progress=lambda what, part: told.append((what, part)))
    assert made.may_be_saved
    assert told[0] == ("Reading List 1 (contacts)", 0.0)
    assert [part for _, part in told] == sorted(part for _, part in told)


def test_cut_off_at_two_hundred_places_it_is_refused():
    whole = make.workbook(half_year())
    for place in range(200):
        cut = whole[: len(whole) * place // 200]
        made = read_file("annex-a", io.BytesIO(cut), asked=ASKED) if place % 10 == 0 else _here(cut)
        assert "damaged" in _problems(made) or "empty" in _problems(made) or place < 1


def _here(content):
    from lscb_core.imports.reading_here import read_here

    return read_here("annex-a", io.BytesIO(content), asked=ASKED)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00" * 500, "not an Excel workbook"),
        (b"Child Unique ID,Date of Contact\n9135701,2025-04-01\n", "plain text"),
        (b"\xff\xfeC\x00h\x00", "plain text"),
        (b"<?xml version='1.0'?><Message/>", "XML"),
        (make_workbooks.packed({"content.xml": ""}), ".ods"),
        (_with_list_1(make_workbooks.sheet(before="<!DOCTYPE a [<!ENTITY b 'c'>]>")), "definitions"),
        (
            _with_list_1(make_workbooks.sheet(f"<row>{make_workbooks.cell('XFD1048576', 1)}</row>")),
            "XFD1048576",
        ),
        (make.workbook({1: []}), "nothing to count"),
        (make_workbooks.workbook({"List 1": []}), "headers of List 1"),
    ],
)
def test_a_bad_file_is_refused_in_plain_words(content, said):
    assert said in _problems(_read(content))


def test_a_bomb_is_refused_within_memory(tmp_path):
    path = tmp_path / "bomb.xlsx"
    make_workbooks.write_lines(path, (" " * 1_000_000 for _ in range(400)))
    made, peak = peak_of("annex-a", path)
    assert "unpacks to far more" in _problems(made)
    assert peak < MOST_KB


@pytest.mark.parametrize("rows", [290_000, 1_000_000])
def test_a_list_of_very_many_rows_stays_within_memory(tmp_path, rows):
    path, headers = tmp_path / "large.xlsx", ["Child Unique ID", "Date of Contact", "Contact Source"]

    def lines():
        yield make_workbooks.row(1, headers)
        for number in range(2, rows + 2):
            yield (
                f'<row r="{number}"><c r="A{number}"><v>{number}</v></c><c r="B{number}" s="1">'
                f'<v>{45748 + number % 60}</v></c><c r="C{number}" t="s"><v>0</v></c></row>'
            )

    make_workbooks.write_lines(path, lines(), texts=["Police"])
    made, peak = peak_of("annex-a", path)
    assert peak < MOST_KB
    if rows < 300_000:
        assert sum(row["count"] for scope in made.scopes for row in scope.rows) == rows
    else:
        assert "far outside any table" in _problems(made)


def test_of_very_many_problems_the_first_thousand_are_listed_and_the_others_counted():
    made = _read(make.workbook({1: [contact(number, "soon") for number in range(1500)]}))
    assert (len(made.problems), made.more_problems) == (1000, 500)
    assert [problem.row for problem in made.problems[:3]] == ["2", "3", "4"]


def _bad_in_every_way():
    """All that can be wrong at once, of children whose numbers and birth dates stand nowhere else."""
    names = [f"Zebedee {letter}ump" for letter in string.ascii_lowercase]
    return {
        1: [
            contact(1, APRIL, "Zebedee Tump"),
            contact(2, "soon"),
            contact(3, date(2090, 1, 1)),
            contact(1, APRIL),
        ]
        + [contact(number, APRIL, name) for number, name in enumerate(names, 30)]
        + [contact(4, APRIL, make.child(4)[3]), contact(5, APRIL, make.child(5)[0])],
        3: [referral(6, MAY, nfa="Zebedee"), referral(7, APRIL, before="Zebedee"), referral(8, None)],
        7: [plan(9, MAY, APRIL), plan(10, APRIL, category="Zebedee"), [None, *plan(11, APRIL)[1:]]],
    }


def _identifying(lists):
    for row in (row for rows in lists.values() for row in rows):
        birth = row[3]
        yield from (
            str(row[0]),
            birth.isoformat(),
            birth.strftime("%d/%m/%Y"),
            f"{birth:%d %B %Y}".lstrip("0"),
        )


@pytest.mark.parametrize("lists", [half_year(), _bad_in_every_way()], ids=["good", "bad"])
def test_nobody_can_be_told_from_what_comes_out(lists, caplog, tmp_path, monkeypatch):
    lists = {number: rows for number, rows in lists.items() if number != 11}
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    given = {"kind": "annex-a", "size": 0, "asked": _plain(ASKED)}
    kind = KINDS["annex-a"]
    given["limits"] = {"module": kind.module, "most_bytes": kind.most_bytes, "seconds": kind.seconds}
    reads, writes = os.pipe()
    os.write(writes, json.dumps(given).encode())
    os.close(writes)
    ended = subprocess.run(
        (*own_process.ORDER, str(reads)), input=make.workbook(lists), capture_output=True, pass_fds=(reads,),
        env={"TMPDIR": str(tmp_path)}, cwd=own_process.ROOT, check=True,
    )  # fmt: skip
    os.close(reads)
    with caplog.at_level(logging.DEBUG):
        made = _read(make.workbook(lists))
    out = ended.stdout.decode() + ended.stderr.decode() + json.dumps(to_json(made)) + caplog.text
    assert "reading" in out
    assert [each for each in _identifying(lists) if each in out and each != "None"] == []
    assert "Maud" not in out
    assert list(tmp_path.iterdir()) == []


def test_a_name_in_another_column_than_the_source_is_never_repeated():
    lists = _bad_in_every_way() | {1: [contact(1, APRIL)]}
    made = _read(make.workbook(lists))
    assert {problem.field for problem in made.problems} == {
        "Referral NFA?", "Number of Referrals in Last 12 Months", "Initial Category of Abuse",
        "Latest Category of Abuse", "Child Protection Plan End Date",
    }  # fmt: skip
    assert "Zebedee" not in json.dumps(to_json(made))


@pytest.mark.parametrize("seed", range(3))
def test_invented_files_are_counted_as_another_reader_counts_them(seed):
    rand = random.Random(seed)
    days = [APRIL + timedelta(days=at) for at in range(60)]
    sources = {"q) 6: Police": "6", "School": "2A", "GP": "3A", "e) 1A": "1A", "9": "9"}
    lists = {
        1: [contact(rand.randrange(40), rand.choice(days), rand.choice(list(sources))) for _ in range(200)],
        3: [
            referral(
                rand.randrange(40), rand.choice(days), rand.choice(list(sources)), rand.choice(["Yes", "n"])
            )
            for _ in range(200)
        ],
    }
    content = make.workbook(lists)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    contacts = {
        tuple(row[at] for at in (0, 5, 6)) for row in book["List 1"].iter_rows(min_row=2, values_only=True)
    }
    first = {}
    for row in book["List 3"].iter_rows(min_row=2, values_only=True):
        first.setdefault((row[0], row[5]), (row[6], row[7]))
    wanted = {}
    for _, on, source in contacts:
        key = ("contact", on.month, sources[source], "")
        wanted[key] = wanted.get(key, 0) + 1
    for (_, on), (source, nfa) in first.items():
        key = ("referral", on.month, sources[source], "nfa" if nfa == "Yes" else "other")
        wanted[key] = wanted.get(key, 0) + 1
    found = {
        (row["step"], int(row["month"][5:7]), row["source"], row["detail"]): row["count"]
        for scope in _here(content).scopes
        for row in scope.rows
        if row["count"]
    }
    assert found == wanted


@pytest.mark.shared
def test_the_sample_names_nobody_when_it_is_read():
    path = SHARED / "data" / "annex_a" / "Annex_A.xlsx"
    with path.open("rb") as stream:
        made = read_file("annex-a", stream, asked=Asked(path.name, TODAY))
    out = json.dumps(to_json(made))
    for sheet in openpyxl.load_workbook(path, data_only=True):
        for row in sheet.iter_rows(min_row=2, values_only=True):
            assert str(row[0]) not in out
            assert not [
                cell for cell in row if hasattr(cell, "year") and cell.year < 2019 and str(cell)[:10] in out
            ]
