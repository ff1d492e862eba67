"""Odd text in every text field about accounts: refused in words, or kept as its rule says."""

from datetime import timedelta

import pytest
from sqlmodel import select

from lscb_core import accounts
from lscb_core.accounts import own, passwords, sign_ins, throttle
from lscb_core.accounts.changing import Seen
from lscb_core.accounts.codes import hashed_code
from lscb_core.accounts.held import held_account
from lscb_core.accounts.identities import link_identity, take_password
from lscb_core.accounts.keeping import add_account
from lscb_core.accounts.names import plain_name
from lscb_core.accounts.own import WrongSecret
from lscb_core.accounts.password_rules import check_password
from lscb_core.db.access import OPERATOR
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Account, Identity
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound
from tests import make
from tests.naughty_all import EVERY, SENDABLE, as_kept, share
from tests.own_steps import change_password, choose_password
from tests.text_fields import text_fields

TRIED = {
    "held.held_account name",
    "identities.link_identity issuer",
    "identities.link_identity subject",
    "identities.take_password issuer",
    "keeping.add_account name",
    "keeping.add_account label",
    "own.prove_by_code name",
    "own.prove_by_code code",
    "own.prove_by_password old",
    "choosing.judged new",
}
"""What people type. A new field: write its test, then name it here."""


def test_every_text_field_about_accounts_is_tried():
    without_an_actor = {"own.prove_by_code name", "own.prove_by_code code", "choosing.judged new"}
    assert text_fields(accounts, "actor") | without_an_actor == TRIED


@pytest.fixture
def texts(session, request):
    """A quarter for each database, together more than 500; with --long all of them on both."""
    kind = session.get_bind().dialect.name
    return EVERY if request.config.getoption("--long") else share(kind)[::2]


def test_names_and_labels_of_accounts(session, texts):
    taken, told = {}, []
    for number, text in enumerate(texts):
        for name, label in ((text, f"Police lead {number}"), (f"account-{number}", text)):
            try:
                issued = add_account(session, actor=OPERATOR, name=name, label=label, at=make.NOW)
            except BadInput as refused:
                session.rollback()
                told.append(str(refused).encode())
                continue
            taken[issued.account_id] = (name.strip().lower(), " ".join(as_kept(label).split()))
    session.expire_all()
    held = session.exec(select(Account)).all()
    assert {one.id: (one.name, one.label) for one in held} == taken
    assert len(taken) > 50
    assert verify(session).broken_at is None


def test_codes_and_passwords_that_do_not_fit(session, texts, monkeypatch):
    monkeypatch.setattr(passwords, "COST", 4)  # the work of a password is tried elsewhere
    who = make.account(session, Role.CHAIR, make.board(session))
    account = session.get_one(Account, who)
    account.password_hash, account.code_hash = (
        passwords.hash_password("not of the list"),
        hashed_code("0" * 16),
    )
    account.code_expires_at = make.NOW + timedelta(hours=1)
    name = account.name
    session.commit()
    for text in texts:
        with pytest.raises((WrongSecret, BadInput)):
            choose_password(session, name=text, code="0" * 16, new="four words that stand", at=make.NOW)
        with pytest.raises((WrongSecret, BadInput)):
            choose_password(session, name=name, code=f"{text}x", new="four words that stand", at=make.NOW)
        with pytest.raises((WrongSecret, BadInput)):
            change_password(session, actor=who, old=text, new="four words that stand", at=make.NOW)
        with pytest.raises(NotFound):
            held_account(session, actor=OPERATOR, name=f"{text}x", now=make.NOW)
    assert own.code_fits(session, name=f" {name.upper()}\0", code="0" * 16, now=make.NOW) is not None


def test_whom_a_directory_knows(session, texts):
    number = make.account(session, Role.CHAIR, make.board(session))
    account = session.get_one(Account, number)
    session.commit()
    linked = []
    for text in texts:
        seen = Seen(number, account.version)
        try:
            link_identity(session, actor=OPERATOR, seen=seen, issuer=text, subject=text, at=make.NOW)
        except BadInput:
            session.rollback()
            continue
        linked.append(text.strip())
        with pytest.raises(BadInput, match="no way in"):
            take_password(
                session, actor=OPERATOR, seen=Seen(number, account.version), issuer=f"{text}x", at=make.NOW
            )
        session.rollback()
    session.expire_all()
    held = session.exec(select(Identity).order_by(Identity.id)).all()
    assert [(one.issuer, one.subject) for one in held] == [(text, text) for text in linked]
    assert len(linked) > 50
    assert verify(session).broken_at is None


def test_new_passwords_are_taken_or_refused_in_words():
    taken, told = [], []
    for text in EVERY:
        try:
            check_password(text, name="chair", label="Chair", boards=["Tidewater"])
        except BadInput as refused:
            told.append((text, str(refused)))
            continue
        taken.append(text)
    assert len(taken) > 100
    assert all(12 <= len(text) <= 128 for text in taken)
    assert not [text for text, said in told if len(text) >= 12 and text in said]


def test_what_a_visitor_sends_is_counted_and_looked_for_without_a_fault(session, texts):
    for text in texts:
        if text in SENDABLE:
            name = plain_name(text)
            throttle.note_failure(session, name=name, address=text, at=make.NOW)
            assert throttle.closed_until(session, name=f"{name}x", address="", at=make.NOW) is None
            assert sign_ins.redeem(session, ticket=text, tab_binding=text, at=make.NOW) is None
