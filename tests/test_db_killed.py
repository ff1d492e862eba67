"""Killed in the middle of saving: nothing torn, nothing lost that was confirmed, on both databases."""

from itertools import count
from random import Random
from time import monotonic, sleep

import pytest

from lscb_core.db.engine import make_engine
from lscb_core.db.migrate import migrate
from lscb_core.db.trouble import LOST, UNKNOWN
from tests import saver
from tests.own_postgres import own_postgres

SQLITE_KILLS = [pytest.param(4), pytest.param(40, marks=pytest.mark.long)]
FEWER = [pytest.param(2), pytest.param(10, marks=pytest.mark.long)]
RETURNS_WITHIN_S = 10
NUMBERS = count(1)


@pytest.fixture(scope="module")
def postgres():
    """A PostgreSQL of these tests alone."""
    with own_postgres() as server:
        yield server


@pytest.fixture
def register(request, tmp_path):
    """The address of a database with a board and its manager, in a file or on the server."""
    if getattr(request, "param", "postgresql") == "sqlite":
        url = f"sqlite:///{tmp_path / 'board.db'}"
    else:
        url = request.getfixturevalue("postgres").new_database(f"killed_{next(NUMBERS)}")
    engine = make_engine(url)
    migrate(engine)
    saver.open_board(engine)
    engine.dispose()
    return url


def checked(url: str, confirmed: list[str]) -> int:
    """How many saves the database holds; fails where it is torn, or a confirmed one is missing."""
    engine = make_engine(url)
    try:
        found = saver.held(engine)
        assert sorted(set(confirmed) - found) == []
        assert saver.whole(engine) == ""
        return len(found)
    finally:
        engine.dispose()


def kill_savers(url: str, times: int) -> list[str]:
    """Two people save all the time; each in turn is killed at a moment of its own. What was confirmed."""
    moments, confirmed = Random(times), []
    with saver.savers(url) as start:
        running = [start(f"saver {number}") for number in (0, 1)]
        for number in range(times):
            running[0].wait_for("kept")
            sleep(moments.uniform(0, 0.3))
            confirmed += running.pop(0).kill().told("kept")
            checked(url, confirmed)
            if number + 2 < times:
                running.append(start(f"saver {number + 2}"))
    return confirmed


@pytest.mark.parametrize("register", ["sqlite"], indirect=True)
@pytest.mark.parametrize("times", SQLITE_KILLS)
def test_killed_while_saving_to_a_file_nothing_confirmed_is_lost(register, times):
    _report("SQLite, saver killed", times, register, kill_savers(register, times))


@pytest.mark.parametrize("times", FEWER)
def test_killed_while_saving_to_a_server_nothing_confirmed_is_lost(register, times):
    _report("PostgreSQL, saver killed", times, register, kill_savers(register, times))


@pytest.mark.parametrize("times", FEWER)
@pytest.mark.parametrize("how", ["backend killed", "server stopped at once"])
def test_when_the_server_dies_people_are_told_and_save_again_and_nothing_is_lost(
    postgres, register, how, times
):
    die = postgres.kill_a_backend if how == "backend killed" else postgres.stop
    moments, waits = Random(times), []
    with saver.savers(register) as start:
        people = [start(f"saver {number}") for number in (0, 1)]
        for _ in range(times):
            for person in people:
                person.wait_for("kept")
            sleep(moments.uniform(0, 0.3))
            die()
            people[0].wait_for("told")
            postgres.start()
            back = monotonic()
            people[0].wait_for("kept")
            waits.append(monotonic() - back)
        confirmed = [line for person in people for line in person.kill().told("kept")]
    refused = {words for person in people for words in person.told("told")}
    assert refused <= {LOST.what, UNKNOWN.what}
    assert max(waits) < RETURNS_WITHIN_S
    _report(f"PostgreSQL, {how}", times, register, confirmed)
    print(f"  told in words each time; saving again after {max(waits):.2f} s at most")


def _report(what: str, times: int, url: str, confirmed: list[str]) -> None:
    there = checked(url, confirmed)
    assert len(confirmed) >= times
    print(f"\n{what} {times} times: {len(confirmed)} saves confirmed, 0 lost, 0 torn ({there} there)")
