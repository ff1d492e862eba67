"""`import` on the command line: what it reads, what it leaves alone, how it ends."""

import json
import os
from contextlib import ExitStack
from functools import partial

import pytest
import sqlalchemy as sa
from sqlmodel import select

from lscb_core.commands.placing import kinds
from lscb_core.db import engine as engines
from lscb_core.db.engine import engine, writing
from lscb_core.db.tables import Area, Event, Import, SentScope, SourceSpelling
from lscb_core.errors import BadInput
from lscb_core.imports import on_disk
from lscb_core.imports.own_process import Running
from tests import make, small_census
from tests.terminal import DONE, FAILED, REFUSED, held, pointed_at, typed

COUNCIL = "808"
KEYS = {"file", "sheet", "row", "field", "problem", "advice"}


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, register_url):
    """Run `import` with these words on a database with one board."""
    monkeypatch.chdir(tmp_path)
    with ExitStack() as stack:
        stack.enter_context(pointed_at(monkeypatch, register_url))
        with writing() as session:
            board = make.board(session)
            session.get(Area, board.area_id).code = COUNCIL
            make.agency(session, board, "police")
            session.commit()
        yield partial(typed, monkeypatch, capsys, "import")


@pytest.fixture
def census(tmp_path):
    """A census of sixty children."""
    path = tmp_path / "census.xml"
    path.write_bytes(small_census.census(60, council=COUNCIL))
    return path


def kept() -> tuple[int, ...]:
    return tuple(held(table) for table in (Import, SentScope, SourceSpelling, Event))


def test_a_file_is_taken_in_and_the_outcome_told_as_json(run, census):
    ended = run("cin-census", census, "--board", "testford", "--json")
    assert ended.status == DONE
    told = json.loads(ended.out)
    assert (told["problems"], told["counts"]["referrals"], told["saved"] > 0) == ([], 60, True)


def test_every_refusal_is_a_problem_of_its_file_and_keeps_nothing(run, census, tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for kind, path, board in (
        ("cin-census", tmp_path / "folder", "testford"),
        ("cin-census", tmp_path / "pipe", "testford"),
        ("cin-census", "/dev/zero", "testford"),
        ("cin-census", tmp_path / "nowhere.xml", "testford"),
        ("cin-census", census, "nowhere"),
    ):
        ended = run(kind, path, "--board", board, "--json")
        told = json.loads(ended.out)
        assert (ended.status, told["saved"], told["counts"]) == (REFUSED, 0, {}), path
        assert [set(problem) for problem in told["problems"]] == [KEYS]
        assert "Problem: " in run(kind, path, "--board", board).out
    assert kept() == (0, 0, 0, 0)


def test_checking_saves_nothing_not_even_what_words_mean(run, census):
    words = ("--board", "testford", "--check", "--means", "Duty desk=la_services")
    assert run("cin-census", census, *words).status == DONE
    assert kept() == (0, 0, 0, 0)
    ended = run("cin-census", census, *words[:-1], "Duty desk=nobody")
    assert (ended.status, "no source of referral" in ended.out) == (REFUSED, True)
    assert run("cin-census", census, *words[:2], *words[3:]).status == DONE
    assert held(SourceSpelling) == 1


def test_a_name_that_cannot_be_shown_or_stored_does_no_harm(run, census):
    odd = census.with_name("a\nb\u202ec\udcff.xml")
    census.rename(odd)
    ended = run("cin-census", odd, "--board", "testford")
    assert (ended.status, ended.err) == (DONE, "")
    with engine().connect() as connection:
        assert connection.execute(sa.text("SELECT file_name FROM import")).scalar_one() == "abc.xml"


def test_a_file_that_changes_while_it_is_read_is_refused(run, census, monkeypatch):
    """The hash that is kept would be another file's than the one that was read."""

    end = Running.end

    def end_and_change(running):
        census.write_bytes(census.read_bytes() + b"\n")
        end(running)

    monkeypatch.setattr(Running, "end", end_and_change)
    ended = run("cin-census", census, "--board", "testford")
    assert (ended.status, "changed while it was read" in ended.out) == (REFUSED, True)
    assert kept() == (0, 0, 0, 0)


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_what_the_register_cannot_hold_is_told_as_a_problem_too(run, census, monkeypatch, check):
    def fails(place, sent):
        raise BadInput("This cannot be held.", advice="Mend it.")

    monkeypatch.setitem(kinds.PLACERS, "cin-census", fails)
    ended = run("cin-census", census, "--board", "testford", "--json", *check)
    [problem] = json.loads(ended.out)["problems"]
    assert (ended.status, problem["problem"], problem["advice"]) == (
        REFUSED,
        "This cannot be held.",
        "Mend it.",
    )
    assert kept() == (0, 0, 0, 0)


def test_a_file_larger_than_its_kind_may_be_is_refused_before_it_is_hashed(tmp_path, monkeypatch):
    path = tmp_path / "large.xml"
    path.write_bytes(b"12345")
    with on_disk.opened(path) as stream:
        assert on_disk.size_and_hash(stream, most=4) == (5, "")
        assert len(on_disk.size_and_hash(stream, most=5)[1]) == 64


def test_a_busy_register_or_a_fault_of_ours_is_no_refusal_of_the_file(run, census, monkeypatch):
    monkeypatch.setattr(engines, "PATIENCE_MS", 50)
    engine().dispose()
    engine.cache_clear()
    with writing() as other:
        assert other.exec(select(Import)).all() == []  # takes the writer's place
        ended = run("cin-census", census, "--board", "testford")
    assert (ended.status, "busy" in ended.err) == (FAILED, True)
