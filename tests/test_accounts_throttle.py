"""Failed tries are counted: five in fifteen minutes, per account and per address, and no stranger's clock."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from lscb_core.accounts import passwords
from lscb_core.accounts.signing_in import NotSignedIn, sign_in
from lscb_core.accounts.throttle import OWN, SIGN_IN, closed_until, forget, note_failure
from lscb_core.db.tables import Account, Event, FailedTry
from lscb_core.domain.vocab import Role
from tests import make
from tests.tab import served

AT = make.NOW
MINUTE = timedelta(minutes=1)
PASSWORD = "long enough to sign in"


def fail(session, *, name="chair", address="192.0.2.1", at=AT, times=1, counts=SIGN_IN) -> None:
    for _ in range(times):
        note_failure(session, name=name, address=address, at=at, counts=counts)


def is_closed(session, *, name="chair", address="192.0.2.1", at=AT, counts=SIGN_IN) -> bool:
    return closed_until(session, name=name, address=address, at=at, counts=counts) is not None


def test_four_failures_close_nothing_and_the_fifth_closes_for_a_quarter_of_an_hour(session):
    fail(session, times=4)
    assert not is_closed(session)
    fail(session)
    assert closed_until(session, name="chair", address="192.0.2.1", at=AT) == AT + 15 * MINUTE
    assert is_closed(session, at=AT + 14 * MINUTE)
    assert not is_closed(session, at=AT + 15 * MINUTE)


def test_failures_more_than_a_quarter_of_an_hour_apart_close_nothing(session):
    for minutes in (0, 4, 8, 12, 16):
        fail(session, at=AT + minutes * MINUTE)
    assert not is_closed(session, at=AT + 16 * MINUTE)
    fail(session, at=AT + 17 * MINUTE)
    assert is_closed(session, at=AT + 17 * MINUTE)


def test_an_account_is_closed_from_every_address_and_an_address_for_every_account(session):
    fail(session, times=5)
    assert is_closed(session, address="192.0.2.99")
    assert is_closed(session, name="police")
    assert not is_closed(session, name="police", address="192.0.2.99")


def test_one_account_tried_from_many_addresses_is_closed(session):
    for number in range(5):
        fail(session, address=f"192.0.2.{number}")
    assert is_closed(session, address="198.51.100.7")


def test_an_address_that_tries_many_names_is_closed(session):
    for number in range(5):
        fail(session, name=f"name-{number}")
    assert is_closed(session, name="somebody else")


def test_strangers_at_the_sign_in_do_not_keep_the_owner_from_the_own_password(session):
    fail(session, times=9)
    assert is_closed(session)
    assert not is_closed(session, counts=OWN)


def test_tries_at_the_own_old_password_close_that_alone_from_wherever_they_come(session):
    fail(session, times=4, counts=OWN)
    assert not is_closed(session, counts=OWN)
    fail(session, address="198.51.100.7", counts=OWN)
    for address in ("192.0.2.1", "198.51.100.7", "203.0.113.5"):
        assert is_closed(session, address=address, at=AT + 14 * MINUTE, counts=OWN)
        assert not is_closed(session, address=address)
    assert not is_closed(session, name="police", counts=OWN)
    assert not is_closed(session, at=AT + 15 * MINUTE, counts=OWN)


def test_signing_in_anew_gives_no_more_tries_at_the_own_old_password(session):
    fail(session, times=4, counts=OWN)
    fail(session, times=4)
    forget(session, name="chair")
    fail(session, address="198.51.100.7")
    assert not is_closed(session, address="198.51.100.7")
    fail(session, counts=OWN)
    assert is_closed(session, counts=OWN)


def test_neither_a_name_nor_an_address_is_kept(session):
    fail(session, name="a password typed into the wrong field", address="192.0.2.55")
    kept = str([row.model_dump() for row in session.exec(select(FailedTry))])
    assert "password" not in kept
    assert "192.0.2" not in kept


def test_failures_are_forgotten_after_a_day(session):
    fail(session, times=3)
    fail(session, at=AT + timedelta(days=1, seconds=1))
    assert len(session.exec(select(FailedTry)).all()) == 2


@pytest.fixture
def door(monkeypatch, racing_engine):
    """Try to sign in at the real door; the chair's password costs little to check."""
    monkeypatch.setattr(passwords, "COST", 4)
    monkeypatch.setattr(passwords, "NOBODYS", passwords.hash_password("nobody's"))
    with served(monkeypatch, racing_engine), Session(racing_engine) as session:
        account = session.get_one(Account, make.account(session, Role.CHAIR, make.board(session)))
        account.name, account.password_hash = "chair", passwords.hash_password(PASSWORD)
        session.commit()

        def enter(name="chair", password=PASSWORD, *, at=AT, address="192.0.2.1") -> str:
            try:
                sign_in(name=name, password=password, address=address, tab_binding="a" * 64, at=at)
            except NotSignedIn as refused:
                return refused.why
            return "in"

        yield enter, session


def test_the_right_password_opens_nothing_while_it_is_closed_and_does_afterwards(door):
    enter, _ = door
    for _ in range(5):
        assert enter(password="wrong") == "The account and the password do not fit together."
    assert enter().startswith("Too many tries have failed")
    assert enter(at=AT + 15 * MINUTE) == "in"


def test_tries_while_it_is_closed_do_not_make_it_longer(door):
    enter, session = door
    for minutes in (0, 0, 0, 0, 0, 3, 6, 9, 12, 14):
        enter(password="wrong", at=AT + minutes * MINUTE)
    assert enter(at=AT + 15 * MINUTE) == "in"
    assert {row.at for row in session.exec(select(FailedTry))} <= {AT}


def test_a_name_that_nobody_has_is_closed_alike(door):
    enter, _ = door
    told = [enter("nobody", "wrong") for _ in range(6)]
    assert told[:5] == ["The account and the password do not fit together."] * 5
    assert told[5].startswith("Too many tries have failed")


def test_signing_in_clears_the_accounts_own_count_but_not_the_addresss(door):
    enter, _ = door
    for _ in range(2):
        for _ in range(2):
            enter(password="wrong")
        assert enter() == "in"
    enter(password="wrong")  # the fifth from this address, the first for this account
    assert enter().startswith("Too many tries")
    assert enter(address="198.51.100.7") == "in"


def test_many_tries_at_once_get_no_further_than_a_few(door):
    from concurrent.futures import ThreadPoolExecutor

    enter, session = door
    with ThreadPoolExecutor(20) as threads:
        told = list(threads.map(lambda _: enter(password="wrong"), range(20)))
    checked = [said for said in told if said.startswith("The account")]
    assert 5 <= len(checked) <= 6  # two are looked at side by side
    assert enter().startswith("Too many tries")


def test_the_history_says_when_an_account_was_closed(door):
    enter, session = door
    for _ in range(7):
        enter(password="wrong")
    assert [event.act for event in session.exec(select(Event))] == ["locked"]
