"""Where nginx comes from: what is here, then Debian's package; without either the words say what to do."""

import pytest

from tests.browser import nginx as tool


@pytest.fixture
def machine(monkeypatch):
    """`machine(here=, root=, apt=)`: whether it is there, apt may be used, and that helps."""

    def build(*, here: bool = False, root: bool = True, apt: bool = True) -> list[str]:
        asked: list[str] = []
        monkeypatch.setattr(tool, "nginx", lambda: "/usr/sbin/nginx" if here or (asked and apt) else None)
        monkeypatch.setattr(tool, "may_use_apt", lambda: root)
        monkeypatch.setattr(tool, "apt_install", lambda package: asked.append(package) or apt)
        return asked

    return build


def test_an_nginx_that_is_there_is_left_alone(machine):
    asked = machine(here=True)
    assert (tool.main(), asked) == (None, [])


def test_root_on_debian_takes_debians_package(machine):
    asked = machine()
    assert (tool.main(), asked) == (None, ["nginx"])


@pytest.mark.parametrize("where", [{"root": False}, {"apt": False}])
def test_one_that_cannot_be_had_is_a_failure_that_says_what_to_do(machine, where):
    machine(**where)
    assert "Install your system's package `nginx`" in tool.main()


def test_it_is_found_where_debian_keeps_it_for_its_administrator():
    assert "/usr/sbin" in tool.PLACES
