"""Many people at once, signed in for real: no fault, nobody sees another's view, memory is given back."""

import pytest

from tests.benchmarks.memory import HEAD as WEIGHED
from tests.benchmarks.memory import memory
from tests.benchmarks.people import HEAD, waits

pytestmark = pytest.mark.browser


def told(capsys, head: tuple[str, ...], line: tuple[str, ...]) -> None:
    """Print the figures, also where the test holds."""
    with capsys.disabled():
        print("\n" + "; ".join(f"{name}: {figure}" for name, figure in zip(head, line, strict=True)))


def test_twelve_people_at_once_each_see_their_own(fresh_server, capsys):
    found = waits(fresh_server(), 12, seconds=40)
    told(capsys, HEAD, found.line())
    assert found.wrong == []
    assert found.acts.total() >= 12


@pytest.mark.long
@pytest.mark.parametrize("people", [50, 100])
def test_a_crowd_works_for_five_minutes(fresh_server, capsys, people):
    found = waits(fresh_server(), people, seconds=300)
    told(capsys, HEAD, found.line())
    assert found.wrong == []
    assert found.acts["save"] >= people // 10
    # What is kept is bounded, and so is each session: platform and pages take 0.2 to 0.4 MB for one.
    assert found.memory[1] < found.memory[0] * 1.5


@pytest.mark.long
def test_memory_is_given_back_after_two_hundred_sessions(fresh_server, capsys):
    found = memory(fresh_server(), sessions=200)
    told(capsys, WEIGHED, found.line())
    assert found.ratio < 1.1
