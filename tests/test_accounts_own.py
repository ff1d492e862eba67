"""The own account: a password chosen with a one-time code, changed by its owner, and when it was used."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from lscb_core.accounts import codes, passwords
from lscb_core.accounts.changing import Seen
from lscb_core.accounts.keeping import add_account, disable_account, issue_code
from lscb_core.accounts.own import WrongSecret, code_fits, own_sign_ins
from lscb_core.db.access import OPERATOR, person
from lscb_core.db.recording import record
from lscb_core.db.tables import Account, Event
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotPermitted
from tests import make
from tests.own_steps import change_password, choose_password

NEW, OTHER = "purple tractor under rain", " kettle, magpie & ledger "
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(passwords, "COST", 4)


@pytest.fixture
def issued(session):
    make.board(session)
    return add_account(session, actor=OPERATOR, name="lay-member", label="Lay member", at=make.NOW)


def kept(session) -> Account:
    session.expire_all()
    return session.exec(select(Account).where(Account.name == "lay-member")).one()


def choose(session, code: str, new: str = NEW, *, name: str = "lay-member", at=LATER) -> None:
    choose_password(session, name=name, code=code, new=new, at=at)


def refused(session, *args, **more) -> str:
    """The words of a refused code; nothing is kept."""
    before = kept(session).model_dump()
    with pytest.raises(WrongSecret) as told:
        choose(session, *args, **more)
    session.rollback()
    assert kept(session).model_dump() == before
    return str(told.value)


def test_a_code_has_eighty_random_bits_without_signs_that_look_alike():
    made = {codes.new_code() for _ in range(300)}
    assert len(made) == 300
    signs = "".join(made).replace("-", "")
    assert len(signs) == 300 * 16
    assert set(signs) == set(codes.SIGNS)  # 32 signs, 5 bits each
    assert not set("OIL") & set(codes.SIGNS)
    assert all([len(part) for part in code.split("-")] == [4] * 4 for code in made)


def test_a_code_opens_once_and_the_password_then_holds(session, issued):
    before = kept(session).version
    choose(session, issued.code)
    account = kept(session)
    assert passwords.verify(NEW, account.password_hash)
    assert (account.code_hash, account.code_expires_at, account.version) == ("", None, before + 1)
    refused(session, issued.code, OTHER)


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"])
def test_a_code_may_be_typed_in_any_way(session, issued, typed):
    choose(session, typed(issued.code), name=" LAY-member ")


def test_letters_that_look_like_figures_are_read_as_figures():
    assert codes.hashed_code("oOiI-lL00") == codes.hashed_code("00111100")


def test_every_code_that_does_not_fit_is_refused_in_the_same_words(session, issued):
    other = make.account(session, Role.LAY, make.board(session, "elsewhere"))
    session.commit()
    said = {
        refused(session, codes.new_code()),
        refused(session, ""),
        refused(session, "\x00\ud800" * 300),
        refused(session, issued.code, name="nobody"),
        refused(session, issued.code, name="\x00\ud800" * 300),
        refused(session, issued.code, name=session.get(Account, other).name),
        refused(session, issued.code, at=make.NOW + timedelta(hours=24)),
        refused(session, "", name=session.get(Account, other).name),
    }
    assert len(said) == 1


def test_a_newer_code_ends_the_older_and_a_disabled_account_has_none(session, issued):
    newer = issue_code(session, actor=OPERATOR, seen=Seen(issued.account_id, 2), at=make.NOW)
    refused(session, issued.code)
    assert code_fits(session, name="lay-member", code=newer.code, now=LATER).id == issued.account_id
    disable_account(session, actor=OPERATOR, seen=Seen(issued.account_id, 3), at=make.NOW)
    refused(session, newer.code)
    account = kept(session)
    account.code_hash, account.code_expires_at = codes.hashed_code(newer.code), newer.until
    session.commit()
    refused(session, newer.code)  # also where its code had stayed


def test_an_unknown_name_is_looked_at_as_hard_as_a_known_one(session, issued, monkeypatch):
    looked = []
    real = codes.hmac.compare_digest
    monkeypatch.setattr(codes.hmac, "compare_digest", lambda *both: looked.append(both) or real(*both))
    for name in ("lay-member", "nobody"):
        assert code_fits(session, name=name, code="wrong", now=LATER) is None
    assert [len(kept) for _, kept in looked] == [64, 64]


def test_a_password_that_is_not_taken_leaves_the_code_good(session, issued):
    for weak in ("short", "Lay member 2025", "Testford board 1"):
        with pytest.raises(BadInput, match="not taken"):
            choose(session, issued.code, weak)
        session.rollback()
    choose(session, issued.code)


def test_the_owner_changes_the_password_and_everything_signed_in_ends(session, issued):
    choose(session, issued.code)
    version = kept(session).version
    change_password(session, actor=issued.account_id, old=NEW, new=OTHER, at=LATER)
    account = kept(session)
    assert passwords.verify(OTHER, account.password_hash)
    assert not passwords.verify(OTHER.strip(), account.password_hash)
    assert account.version == version + 1


def test_without_the_old_password_nothing_is_changed(session, issued):
    mine = {"actor": issued.account_id, "at": LATER}
    with pytest.raises(WrongSecret):
        change_password(session, old="", new=NEW, **mine)  # there is none yet
    session.rollback()
    choose(session, issued.code)
    before = kept(session).model_dump()
    for old, new, error in ((NEW + " ", OTHER, WrongSecret), (NEW, NEW, BadInput), (NEW, "short", BadInput)):
        with pytest.raises(error):
            change_password(session, old=old, new=new, **mine)
        session.rollback()
    assert kept(session).model_dump() == before


def test_the_command_line_and_the_disabled_have_no_password_to_change(session, issued):
    with pytest.raises(BadInput):
        change_password(session, actor=OPERATOR, old=NEW, new=OTHER, at=LATER)
    disable_account(session, actor=OPERATOR, seen=Seen(issued.account_id, 2), at=make.NOW)
    with pytest.raises(NotPermitted):
        change_password(session, actor=issued.account_id, old=NEW, new=OTHER, at=LATER)


def test_the_history_says_that_a_password_was_set_and_nothing_of_it(session, issued):
    choose(session, issued.code)
    change_password(session, actor=issued.account_id, old=NEW, new=OTHER, at=LATER)
    told = session.exec(select(Event).where(Event.act == "set_password").order_by(Event.id)).all()
    assert [(each.actor, each.before, each.after) for each in told] == [
        ("Lay member", {"way": None}, {"way": "code"}),
        ("Lay member", {"way": None}, {"way": "own"}),
    ]
    everything = repr(session.exec(select(Event)).all())
    for secret in (NEW, OTHER, issued.code, kept(session).password_hash):
        assert secret not in everything


def test_two_at_once_with_one_code_set_one_password(racing_engine):
    with Session(racing_engine.execution_options(writes=True)) as session:
        make.board(session)
        code = add_account(session, actor=OPERATOR, name="lay-member", label="Lay", at=make.NOW).code
    with Session(racing_engine) as first, Session(racing_engine) as second:
        assert code_fits(first, name="lay-member", code=code, now=LATER)
        first.rollback()
        choose(second, code, OTHER)
        with pytest.raises(WrongSecret):
            choose(first, code, NEW)
        assert passwords.verify(OTHER, kept(second).password_hash)


def test_the_last_two_sign_ins_are_told_newest_first(session, issued):
    who = person(session, issued.account_id)
    for hours in (1, 2, 3):
        told = {"record_kind": "account", "record_id": who.id, "act": "sign_in", "before": {}, "after": {}}
        record(session, who=who, board_id=None, at=make.NOW + timedelta(hours=hours), **told)
    assert own_sign_ins(session, actor=who.id) == [make.NOW + timedelta(hours=hours) for hours in (3, 2)]
    assert own_sign_ins(session, actor=who.id + 1) == []
