"""The house rules that a tool does not hold already: small parts, no way around the checks, thin pages."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_PAGE = 200, 30, 60
LONGEST_TESTS, LONGEST_TEST = 400, 50  # a test tells a story from its beginning to its end
WRITTEN_BY_ALEMBIC = "lscb_core/db/migrations/versions"
# Put together here, so that this file does not hold what it forbids.
WAYS_AROUND = ["type:" + " ignore", "# no" + "qa", "unsafe_allow" + "_html=True", "pragma:" + " no cover"]
FOR_PAGES_TOO_LOW = {"alembic", "numpy", "pandas", "sqlalchemy", "sqlmodel"}


def _sources(*folders: str) -> Iterator[Path]:
    """Our own Python files, in the folders named or everywhere."""
    found = [
        path
        for folder in folders or ("lscb_core", "pages", "tests")
        for path in (ROOT / folder).rglob("*.py")
    ]
    found += [] if folders else ROOT.glob("*.py")
    return (path for path in sorted(found) if WRITTEN_BY_ALEMBIC not in path.as_posix())


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of lines, without decorators, of each function in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{_name(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def _imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            yield node.module or "."
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _too_long(lengths: dict[str, int], most: int, most_in_tests: int) -> dict[str, int]:
    limit = {True: most_in_tests, False: most}
    return {name: length for name, length in lengths.items() if length > limit[name.startswith("tests/")]}


def test_no_file_is_too_long_to_take_in():
    lengths = {_name(path): len(path.read_text().splitlines()) for path in _sources()}
    assert _too_long(lengths, LONGEST_FILE, LONGEST_TESTS) == {}


def test_no_function_is_too_long_to_take_in():
    lengths = {name: length for path in _sources() for name, length in _functions(path)}
    assert _too_long(lengths, LONGEST_FUNCTION, LONGEST_TEST) == {}


@pytest.mark.parametrize("way", WAYS_AROUND)
def test_nothing_goes_around_the_checks(way):
    assert [_name(path) for path in _sources() if way in path.read_text()] == []


def test_pages_hold_no_table_work():
    low = {
        f"{_name(path)} imports {name}"
        for path in _sources("pages")
        for name in _imported(ast.walk(ast.parse(path.read_text())))
        if name.split(".")[0] in FOR_PAGES_TOO_LOW or name.startswith("lscb_core.db")
    }
    assert low == set()


def test_pages_are_thin():
    lengths = {_name(path): len(path.read_text().splitlines()) for path in _sources("pages")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_PAGE} == {}


def _third_party(nodes: Iterable[ast.AST]) -> set[str]:
    names = {name.split(".")[0] for name in _imported(nodes)}
    return names - sys.stdlib_module_names - {"lscb_core"}


def test_rules_need_the_standard_library_alone():
    for path in _sources("lscb_core/domain"):
        tree = ast.parse(path.read_text())
        assert _third_party(tree.body) == set(), path
        # Inside a function one exception: the proof that no hidden count can be worked out.
        assert _third_party(ast.walk(tree)) <= {"scipy"}, path


def test_rules_have_no_clock():
    clock = re.compile(r"\b(today|now|utcnow|monotonic|perf_counter)\(\)|\btime\.time\(")
    assert [_name(path) for path in _sources("lscb_core/domain") if clock.search(path.read_text())] == []


def test_everything_public_says_what_it_does():
    silent = [
        f"{_name(path)}:{node.lineno} {node.name}"
        for path in _sources("lscb_core", "pages")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
