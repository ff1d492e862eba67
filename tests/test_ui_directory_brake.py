"""How often one address may set out for the council's directory."""

from datetime import timedelta

import pytest

from lscb_core.ui.directory_brake import ADDRESSES, MOST, Brake, TooOften, counted_as
from tests import make

AT = make.NOW
SECOND = timedelta(seconds=1)


def goes(brake: Brake, address: str, times: int, at=AT) -> int:
    """How many of so many steps are let by."""
    by = 0
    for _ in range(times):
        try:
            brake.check(address, at=at)
        except TooOften:
            continue
        by += 1
    return by


def test_an_address_goes_as_often_as_it_may_within_any_minute_and_others_go_on():
    brake = Brake()
    assert goes(brake, "10.0.0.1", MOST // 2) == MOST // 2
    assert goes(brake, "10.0.0.1", MOST, AT + 40 * SECOND) == MOST - MOST // 2
    assert goes(brake, "10.0.0.2", 1, AT + 40 * SECOND) == 1
    assert goes(brake, "10.0.0.1", MOST, AT + 59 * SECOND) == 0
    assert goes(brake, "10.0.0.1", MOST, AT + 60 * SECOND) == MOST // 2
    assert goes(brake, "10.0.0.1", MOST, AT + 99 * SECOND) == 0


def test_tries_while_it_is_closed_do_not_make_it_longer():
    brake = Brake()
    goes(brake, "10.0.0.1", MOST)
    for second in range(1, 60):
        assert goes(brake, "10.0.0.1", 10, AT + second * SECOND) == 0
    assert goes(brake, "10.0.0.1", 1, AT + 60 * SECOND) == 1


def test_a_clock_that_is_set_back_closes_nobody_out():
    brake = Brake()
    goes(brake, "10.0.0.1", MOST)
    assert goes(brake, "10.0.0.1", 1, AT - timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:DB8:1:2:0:0:0:1%eth0", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("::ffff:10.0.0.1", "::ffff:10.0.0.2", False),
        ("10.0.0.1", "10.0.0.2", False),
        ("unknown", "", False),
    ],
)
def test_one_network_of_the_new_kind_is_one_address(one, other, same):
    assert (counted_as(one) == counted_as(other)) is same


def test_what_is_remembered_is_bounded():
    brake = Brake()
    for number in range(ADDRESSES + 50):
        brake.check(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", at=AT)
    assert len(brake._steps) == ADDRESSES
