"""The council's own list of known passwords: what stands in it is not taken, whatever the rules would say."""

import pytest
from sqlmodel import select

from lscb_core import config
from lscb_core.accounts import passwords
from lscb_core.accounts.keeping import add_account
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Account
from lscb_core.errors import BadInput, NotNow
from tests import make
from tests.own_steps import change_password, choose_password

LEAKED, GOOD = "ocelot Brandy 77 lamp", "purple tractor under rain"


@pytest.fixture
def listed(monkeypatch, tmp_path):
    """The settings name this file."""
    path = tmp_path / "known.txt"
    path.write_bytes(b"hunter2\r\n\xff\xfe broken\n" + LEAKED.lower().encode() + b"\r\n")
    monkeypatch.setenv("LSCB_KNOWN_PASSWORDS", str(path))
    monkeypatch.setattr(passwords, "COST", 4)
    config.settings.cache_clear()
    yield path
    monkeypatch.undo()
    config.settings.cache_clear()


@pytest.fixture
def issued(session):
    make.board(session)
    return add_account(session, actor=OPERATOR, name="lay-member", label="Lay member", at=make.NOW)


def choose(session, code: str, new: str) -> None:
    choose_password(session, name="lay-member", code=code, new=new, at=make.NOW)


def has_password(session) -> bool:
    session.expire_all()
    return bool(session.exec(select(Account).where(Account.name == "lay-member")).one().password_hash)


def test_what_stands_in_the_list_is_not_taken_and_the_code_stays_good(listed, session, issued):
    with pytest.raises(BadInput, match="known to everybody") as refused:
        choose(session, issued.code, LEAKED)
    assert LEAKED not in str(refused.value)
    session.rollback()
    assert not has_password(session)
    choose(session, issued.code, GOOD)
    assert has_password(session)


def test_a_changed_password_is_looked_up_too(listed, session, issued):
    choose(session, issued.code, GOOD)
    with pytest.raises(BadInput, match="known to everybody"):
        change_password(session, actor=issued.account_id, old=GOOD, new=LEAKED.upper(), at=make.NOW)


def test_a_list_that_cannot_be_read_lets_no_password_through(listed, session, issued):
    listed.unlink()
    with pytest.raises(NotNow, match="cannot be read"):
        choose(session, issued.code, GOOD)
    session.rollback()
    assert not has_password(session)


def test_without_a_list_the_rules_alone_decide(session, issued, monkeypatch):
    monkeypatch.setattr(passwords, "COST", 4)
    choose(session, issued.code, LEAKED)
    assert has_password(session)
