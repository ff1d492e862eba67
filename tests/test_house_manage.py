"""`manage.py` on a fresh copy: one environment, made once, brought up to date only when its lock changes.

Runs the real program with the real pip, on a copy of its own with a lock of one tiny package that
stands in a folder: no network.
"""

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import manage

ROOT = Path(__file__).resolve().parent.parent
STAND_IN = """
import importlib.metadata, os, sys
print("core", *sys.argv[1:], "in", os.getcwd(), "with tiny", importlib.metadata.version("tiny"))
sys.exit(2 if "refuse" in sys.argv else 0)
"""


class Copy:
    """A fresh copy of the project's outside, with a stand-in for the application."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.venv = folder, folder / ".venv"
        shutil.copy(ROOT / "manage.py", folder)
        (folder / "lscb_core").mkdir()
        (folder / "lscb_core/__init__.py").touch()  # else the real one, found later, would be taken
        (folder / "lscb_core/__main__.py").write_text(STAND_IN)
        self.lock("1.0")

    def lock(self, version: str, *, checked_by: str | None = None) -> None:
        """Write a lock that asks for one version of the package `tiny`, with its hash."""
        right = "--hash=sha256:" + hashlib.sha256(self._wheel(version).read_bytes()).hexdigest()
        package = f"tiny=={version} {right if checked_by is None else checked_by}"
        lines = ["--no-index", f"--find-links {self.folder}", "# via nothing", package]
        (self.folder / "requirements.txt").write_text("\n".join(lines) + "\n")

    def _wheel(self, version: str) -> Path:
        path = self.folder / f"tiny-{version}-py3-none-any.whl"
        inside = f"tiny-{version}.dist-info"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr("tiny.py", "")
            wheel.writestr(f"{inside}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
            wheel.writestr(
                f"{inside}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr(f"{inside}/RECORD", "")
        return path

    def call(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess:
        """Run `python3 manage.py` with these words, as a newcomer would."""
        order = [sys.executable, str(self.folder / "manage.py"), *words]
        return subprocess.run(order, capture_output=True, text=True, cwd=cwd or self.folder, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Copy:
    """A copy whose environment the program has made, from nothing."""
    copy = Copy(tmp_path_factory.mktemp("made"))
    result = copy.call("show")
    assert result.returncode == 0, result.stderr
    assert "Making the Python environment" in result.stdout
    assert "Installing 1 packages from requirements.txt" in result.stdout
    return copy


@pytest.fixture
def house(made) -> Copy:
    """That copy, up to date with its first lock."""
    made.lock("1.0")
    assert made.call("show").returncode == 0
    return made


def test_a_second_run_makes_and_installs_nothing(house):
    result = house.call("show", "actions", "--board", "stockton")
    assert result.stdout == f"core show actions --board stockton in {house.folder} with tiny 1.0\n"


def test_a_changed_lock_is_installed_into_the_same_environment(house):
    (house.venv / "keepsake").touch()
    house.lock("2.0")
    result = house.call("show")
    assert "Making" not in result.stdout
    assert result.stdout.endswith("with tiny 2.0\n")
    assert (house.venv / "keepsake").exists()


def test_an_environment_of_unknown_content_is_brought_up_to_date(house):
    (house.venv / "keepsake").touch()
    (house.venv / "installed-locks.txt").unlink()
    result = house.call("show")
    assert "Installing" in result.stdout
    assert (house.venv / "keepsake").exists()


def test_an_environment_that_was_cut_off_while_being_filled_is_made_anew(house):
    (house.venv / "keepsake").touch()
    (house.venv / "unfinished").touch()
    result = house.call("show")
    assert "Making" in result.stdout
    assert result.stdout.endswith("with tiny 1.0\n")
    assert not (house.venv / "keepsake").exists()


def test_an_environment_without_pip_is_made_anew(house):
    [pip] = house.venv.glob("[lL]ib/**/site-packages/pip")
    shutil.rmtree(pip)
    (house.venv / "installed-locks.txt").unlink()
    assert "Making" in house.call("show").stdout


@pytest.mark.parametrize("checked_by", ["--hash=sha256:" + "0" * 64, ""], ids=["another hash", "no hash"])
def test_a_package_that_is_not_the_one_that_was_locked_is_refused(house, checked_by):
    house.lock("3.0", checked_by=checked_by)
    for _ in range(2):  # neither the first time nor, half installed, the second
        result = house.call("show")
        assert result.returncode == 1
        assert "Not all of requirements.txt could be installed" in result.stderr
        assert "Traceback" not in result.stderr
        assert "core" not in result.stdout


def test_the_exit_status_of_the_command_line_is_handed_back(house):
    assert house.call("refuse").returncode == 2


def test_file_names_count_from_where_the_caller_stands(house, tmp_path):
    assert f"in {tmp_path} with" in house.call("import", cwd=tmp_path).stdout


def test_without_a_word_it_says_what_it_can_do(tmp_path):
    result = Copy(tmp_path).call()
    assert result.returncode == 0
    assert "manage.py run" in result.stdout
    assert not (tmp_path / ".venv").exists()


def test_a_python_that_is_too_old_is_told_so(monkeypatch, capsys):
    monkeypatch.setattr(manage.sys, "version_info", (3, 9, 2))
    assert manage.main(["run"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_a_python_that_is_too_old_can_read_the_program():
    ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 7))


def test_the_server_listens_on_this_machine_alone_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("STREAMLIT_SERVER_ADDRESS", raising=False)
    assert manage.address(["--server.port", "8601"]) == ["--server.address=localhost"]
    assert manage.address(["--server.address=10.0.0.7"]) == []
    monkeypatch.setitem(os.environ, "STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    assert manage.address([]) == []


def test_it_needs_nothing_but_the_standard_library():
    names = {
        name.split(".")[0]
        for node in ast.walk(ast.parse((ROOT / "manage.py").read_text()))
        for name in _imported(node)
    }
    assert names <= sys.stdlib_module_names


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or "a relative import"]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
