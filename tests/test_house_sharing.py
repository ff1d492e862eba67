"""Sharing the tests out among the cores loses none, keeps files whole, and makes once what is made once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import manage
from tests import sharing
from tests.conftest import ROOT

TWO_FILES = {
    "test_one.py": "import pytest\n@pytest.mark.parametrize('n', range(9))\ndef test_one(n): pass\n",
    "test_two.py": "import pytest\ndef test_two(): 1\n@pytest.mark.skip(reason='why')\ndef test_no(): pass\n",
}


@pytest.mark.parametrize("file", [*sharing.LONGEST, *sharing.TOGETHER])
def test_every_file_that_is_named_is_there(file):
    assert (ROOT / file).is_file()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ([], ["-n", "logical"]),
        (["-n", "0"], ["-n", "logical", "-n", "0"]),  # the later one counts
        (["-p", "no:xdist", "-x"], ["-p", "no:xdist", "-x"]),
        (["-pno:xdist"], ["-pno:xdist"]),
    ],
)
def test_every_core_is_used_unless_told_otherwise(monkeypatch, asked, given):
    monkeypatch.setattr(manage, "with_chromium", lambda module, options: (module, options))
    assert manage.test(asked) == ("pytest", given)


@pytest.fixture
def ran(tmp_path):
    """Run two small files with the project's own way of sharing out; what was said."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    for name, text in TWO_FILES.items():
        (tmp_path / name).write_text(text)

    def run(*options: str) -> str:
        order = [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            str(ROOT / "pyproject.toml"),
            "--rootdir",
            str(tmp_path),
        ]
        order += ["-p", "no:cacheprovider", *options, str(tmp_path)]
        return subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False).stdout

    return run


def test_on_two_cores_every_test_runs_its_file_stays_whole_and_skips_are_told(ran):
    said = ran("-n", "2", "-v")
    assert "10 passed, 1 skipped" in said
    assert "SKIPPED [1]" in said
    assert ": why\n" in said
    workers = {file: {w for w in ("gw0", "gw1") if f"[{w}]" in line} for file, line in _lines(said)}
    assert all(len(each) == 1 for each in workers.values())
    assert len({min(each) for each in workers.values()}) == 2


def _lines(said: str):
    """File -> everything said of its tests while they ran."""
    lines = [line for line in said.splitlines() if line.startswith("[gw")]
    return [(file, "\n".join(line for line in lines if file in line)) for file in TWO_FILES]


@pytest.mark.parametrize("options", [("-p", "no:xdist"), ("-n", "2", "--dist", "worksteal")])
def test_another_way_may_be_asked_for(ran, options):
    assert "10 passed, 1 skipped" in ran(*options)


def test_what_is_made_once_a_run_is_made_by_whoever_asks_first(tmp_path_factory):
    made = []

    def fill(folder):
        made.append(folder)
        (folder / "held").write_text("all of it")

    def ask(_turn):
        return (sharing.once_a_run(tmp_path_factory, "made-once", fill) / "held").read_text()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"all of it"}
    assert len(made) == 1


def test_what_could_not_be_made_is_made_anew_by_the_next(tmp_path_factory):
    def fail(folder):
        (folder / "half").touch()
        raise RuntimeError("no space")

    with pytest.raises(RuntimeError, match="no space"):
        sharing.once_a_run(tmp_path_factory, "made-anew", fail)
    folder = sharing.once_a_run(tmp_path_factory, "made-anew", lambda folder: (folder / "whole").touch())
    assert [path.name for path in folder.iterdir()] == ["whole"]
