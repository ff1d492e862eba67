"""Where Chromium comes from: what is here first, then Debian's package, then Playwright's own."""

import pytest

from tests.browser import chromium as tool


class Machine:
    """A machine on which commands are written down, and a Chromium appears once `cure` has been run."""

    def __init__(self, *, debian_root: bool, cure: str | None) -> None:
        self.debian_root, self.cure, self.asked = debian_root, cure, []

    def do(self, what: str) -> bool:
        self.asked.append(what)
        return what == self.cure

    @property
    def found(self) -> str | None:
        return "/usr/bin/chromium" if self.cure in [None, *self.asked] else None


@pytest.fixture
def machine(monkeypatch):
    def build(**how) -> Machine:
        made = Machine(**how)
        monkeypatch.setattr(tool, "chromium", lambda: made.found)
        monkeypatch.setattr(tool, "may_use_apt", lambda: made.debian_root)
        monkeypatch.setattr(tool, "apt_install", lambda package: made.do("apt"))
        monkeypatch.setattr(tool.subprocess, "run", lambda order, check: _Done(made.do(" ".join(order[2:]))))
        return made

    return build


class _Done:
    def __init__(self, worked: bool) -> None:
        self.returncode = 0 if worked else 1


def test_a_chromium_that_is_there_is_left_alone(machine):
    here = machine(debian_root=True, cure=None)
    assert (tool.main(), here.asked) == (None, [])


def test_root_on_debian_takes_debians_package(machine):
    here = machine(debian_root=True, cure="apt")
    assert (tool.main(), here.asked) == (None, ["apt"])


def test_root_where_that_package_does_not_help_takes_playwrights_with_its_libraries(machine):
    here = machine(debian_root=True, cure="playwright install --with-deps chromium")
    assert tool.main() is None
    assert here.asked == ["apt", "playwright install --with-deps chromium"]


def test_anybody_else_takes_playwrights(machine):
    here = machine(debian_root=False, cure="playwright install chromium")
    assert (tool.main(), here.asked) == (None, ["playwright install chromium"])


def test_a_chromium_that_cannot_be_had_is_a_failure_that_says_what_to_do(machine):
    machine(debian_root=True, cure="a miracle")
    assert "Install your system's package `chromium`" in tool.main()
