"""`manage.py check` runs every check, whatever fails on the way, and then names all that failed."""

import pytest

from tests import checks

HOLDS, FAILS = ["-c", "pass"], ["-c", "import sys; sys.exit(3)"]


@pytest.fixture
def of(monkeypatch):
    def run(**orders: list[str]) -> int:
        monkeypatch.setattr(checks, "CHECKS", {"test": HOLDS, **orders})
        return checks.check([])

    return run


def test_one_failure_does_not_hide_another(of, capfd):
    assert of(format=FAILS, lint=HOLDS, types=FAILS) == 1
    said = capfd.readouterr().out
    assert "--- lint: holds" in said
    assert said.endswith("\nFailed: format, types.\n")


def test_when_nothing_fails_it_says_so(of, capfd):
    assert of(lint=HOLDS) == 0
    assert capfd.readouterr().out.endswith("\nEverything holds.\n")


def test_long_reaches_the_tests_alone(monkeypatch):
    asked = []
    monkeypatch.setattr(checks, "holds", lambda name, words: asked.append((name, words)) or True)
    checks.check(["--long"])
    assert [name for name, words in asked if "--long" in words] == ["test"]
    assert asked[-1] == ("test", ["manage.py", "test", "--long"])
