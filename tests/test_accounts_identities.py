"""Linking accounts with whom the council's directory knows: who may, what ends, and what is never allowed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from lscb_core.accounts import sign_ins
from lscb_core.accounts.changing import Seen
from lscb_core.accounts.codes import opens
from lscb_core.accounts.held import State, held_account
from lscb_core.accounts.identities import (
    last_through_directory,
    link_identity,
    linked_identities,
    take_password,
    unlink_identity,
)
from lscb_core.accounts.keeping import issue_code
from lscb_core.db.access import OPERATOR
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Account, Event, Identity
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound, NotPermitted, StaleRecord
from tests import make

ISSUER, SUBJECT = "https://login.example/tenant/v2.0", "AAAA-subject_of.the~chair"
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture
def board(session):
    return make.board(session)


@pytest.fixture
def admin(session):
    return make.account(session, Role.ADMIN, None)


@pytest.fixture
def chair(session, board):
    return make.account(session, Role.CHAIR, board)


def seen(session, account_id: int) -> Seen:
    return Seen(account_id, session.get(Account, account_id, populate_existing=True).version)


def link(session, actor, account_id, issuer=ISSUER, subject=SUBJECT):
    who = {"issuer": issuer, "subject": subject}
    link_identity(session, actor=actor, seen=seen(session, account_id), at=make.NOW, **who)


def unlink(session, actor, account_id, identity_id):
    version = seen(session, account_id)
    unlink_identity(session, actor=actor, seen=version, identity_id=identity_id, at=make.NOW)


def links(session, account_id) -> list[tuple[str, str]]:
    held = linked_identities(session, actor=OPERATOR, account_id=account_id)
    return [(each.issuer, each.subject) for each in held]


def test_a_link_is_kept_letter_for_letter_with_its_history(session, admin, chair):
    link(session, admin, chair, subject=f"  {SUBJECT}\n")
    assert links(session, chair) == [(ISSUER, SUBJECT)]
    [told] = session.exec(select(Event).where(Event.act == "link_identity")).all()
    assert (told.account_id, told.record_kind, told.record_id) == (admin, "account", chair)
    assert told.after == {"issuer": ISSUER, "subject": SUBJECT}
    assert verify(session).broken_at is None


def test_whoever_the_directory_knows_is_linked_with_one_account_alone(session, admin, chair, board):
    link(session, admin, chair)
    other = make.account(session, Role.LAY, board)
    name = session.get(Account, chair).name
    for account_id in (other, chair):
        with pytest.raises(BadInput, match=f"sign in as “{name}” already"):
            link(session, admin, account_id)
    session.rollback()
    assert links(session, other) == []


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [("https://another.example", SUBJECT), (ISSUER, SUBJECT.lower()), (f"{ISSUER}/", SUBJECT)],
)
def test_the_same_subject_of_another_issuer_is_somebody_else(session, admin, chair, issuer, subject):
    link(session, OPERATOR, chair)
    link(session, OPERATOR, admin, issuer, subject)
    assert links(session, admin) == [(issuer, subject)]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_the_administrator_links_or_unlinks(session, admin, chair, board, role):
    police, group = make.agency(session, board), make.sub_group(session, board)
    parts = {"leads": police if role is Role.AGENCY_LEAD else None}
    parts["sits_in"] = group if role is Role.SUBGROUP else None
    actor = make.account(session, role, board, **parts)
    session.commit()
    with pytest.raises(NotPermitted):
        link(session, actor, actor)
    link(session, admin, chair)
    [held] = session.exec(select(Identity)).all()
    with pytest.raises(NotPermitted):
        unlink(session, actor, chair, held.id)
    with pytest.raises(NotPermitted):
        linked_identities(session, actor=actor, account_id=chair)
    assert links(session, chair) == [(ISSUER, SUBJECT)]
    refused = session.exec(select(Event).where(Event.act == "refused", Event.account_id == actor)).all()
    assert [each.after["act"] for each in refused] == ["manage_accounts"] * 3


def test_unlinking_ends_what_is_signed_in_and_is_told(session, admin, chair):
    link(session, admin, chair)
    row = make.sign_in(session, chair)
    session.commit()
    assert sign_ins.standing(session, binding=row.binding, at=make.NOW)[0] is not None
    [held] = session.exec(select(Identity)).all()
    unlink(session, admin, chair, held.id)
    assert sign_ins.standing(session, binding=row.binding, at=make.NOW) == (None, "changed")
    assert links(session, chair) == []
    [told] = session.exec(select(Event).where(Event.act == "unlink_identity")).all()
    assert told.before == {"issuer": ISSUER, "subject": SUBJECT}
    assert told.after == {"issuer": None, "subject": None}


def test_a_link_of_another_account_is_not_taken_away(session, admin, chair):
    link(session, admin, chair)
    [held] = session.exec(select(Identity)).all()
    for account_id, number in ((admin, held.id), (chair, held.id + 1)):
        with pytest.raises(NotFound):
            unlink(session, admin, account_id, number)
    assert links(session, chair) == [(ISSUER, SUBJECT)]


def test_the_last_administrators_only_way_in_stays(session, admin):
    session.get(Account, admin).password_hash = ""
    link(session, OPERATOR, admin)
    link(session, OPERATOR, admin, subject="second")
    first, second = session.exec(select(Identity).order_by(Identity.id)).all()
    unlink(session, OPERATOR, admin, first.id)
    with pytest.raises(BadInput, match="last administrator"):
        unlink(session, OPERATOR, admin, second.id)
    session.rollback()
    session.get(Account, admin).password_hash = "one"
    session.commit()
    unlink(session, OPERATOR, admin, second.id)


def test_an_account_that_was_changed_meanwhile_is_not_linked(session, admin, chair):
    before = seen(session, chair)
    link(session, admin, chair)
    with pytest.raises(StaleRecord):
        link_identity(session, actor=admin, seen=before, issuer=ISSUER, subject="x", at=make.NOW)
    [held] = session.exec(select(Identity)).all()
    with pytest.raises(StaleRecord):
        unlink_identity(session, actor=admin, seen=before, identity_id=held.id, at=make.NOW)


@pytest.mark.parametrize("word", ["", " ", "two\nlines", "a\x00b", "x" * 301, "\ud800", "\u202ereversed"])
def test_words_that_no_directory_uses_are_refused(session, admin, chair, word):
    session.commit()
    for issuer, subject in ((word, SUBJECT), (ISSUER, word)):
        with pytest.raises(BadInput, match="No link was made"):
            link(session, admin, chair, issuer, subject)
        session.rollback()


def take(session, actor, account_id, issuer=ISSUER):
    take_password(session, actor=actor, seen=seen(session, account_id), issuer=issuer, at=make.NOW)


def kept(session, account_id) -> tuple[str, str]:
    account = session.get(Account, account_id, populate_existing=True)
    return account.password_hash, account.code_hash


def came(session, account_id, *, at=make.NOW, way="directory"):
    """Somebody has come in that way, and the sign-in has ended since."""
    make.sign_in(session, account_id, way=way, began_at=at, ended_at=at, ended_why="signed_out")
    session.commit()


def test_a_password_that_is_taken_away_leaves_the_directory_alone_and_is_told(session, admin, chair):
    link(session, admin, chair)
    row = make.sign_in(session, chair)
    session.get(Account, chair).code_hash, session.get(Account, chair).code_expires_at = "code", make.NOW
    session.commit()
    take(session, admin, chair)
    assert kept(session, chair) == ("", "")
    assert links(session, chair) == [(ISSUER, SUBJECT)]
    assert sign_ins.standing(session, binding=row.binding, at=make.NOW) == (None, "changed")
    [told] = session.exec(select(Event).where(Event.act == "take_password")).all()
    assert (told.account_id, told.record_id) == (admin, chair)
    assert (told.before["has_password"], told.after) == (
        True,
        {"has_password": False, "code_expires_at": None},
    )
    name = session.get(Account, chair).name
    one = held_account(session, actor=admin, name=name, now=make.NOW)
    assert (one.state, one.is_directory_only, one.way_in) == (State.ACTIVE, True, "Directory")
    with pytest.raises(BadInput, match="has no password"):
        take(session, admin, chair)


def test_a_code_that_waits_ends_with_the_password(session, admin, chair):
    link(session, admin, chair)
    issued = issue_code(session, actor=admin, seen=seen(session, chair), at=make.NOW)
    take(session, admin, chair)
    account = session.get(Account, chair, populate_existing=True)
    assert not opens(account, issued.code, make.NOW)
    assert (account.code_hash, account.code_expires_at) == ("", None)


@pytest.mark.parametrize("linked", [None, "https://another.example", f"{ISSUER}/"])
def test_a_password_stays_where_the_account_has_no_link_with_this_directory(session, admin, chair, linked):
    session.commit()
    if linked:
        link(session, admin, chair, linked)
    with pytest.raises(BadInput, match="no way in") as refused:
        take(session, admin, chair)
    assert "accounts link" in refused.value.advice
    session.rollback()
    assert kept(session, chair)[0]


def test_the_last_administrators_password_stays_until_the_directory_has_let_them_in(session, admin, chair):
    came(session, admin)  # with a link that it had before
    link_identity(session, actor=OPERATOR, seen=seen(session, admin), at=LATER, issuer=ISSUER, subject="a")
    came(session, admin, at=LATER, way="password")
    with pytest.raises(BadInput, match="last administrator") as refused:
        take(session, OPERATOR, admin)
    assert "Sign in through the directory once" in refused.value.advice
    session.rollback()
    assert last_through_directory(session, actor=OPERATOR, account_id=admin) is None
    came(session, admin, at=LATER)
    assert last_through_directory(session, actor=OPERATOR, account_id=admin) == LATER
    take(session, OPERATOR, admin)
    assert kept(session, admin) == ("", "")


def test_another_administrator_will_do_too(session, admin):
    make.account(session, Role.ADMIN, None)
    link(session, OPERATOR, admin)
    take(session, OPERATOR, admin)
    assert kept(session, admin) == ("", "")


def test_another_administrator_who_never_came_in_by_a_link_will_not_do(session, admin):
    other = make.account(session, Role.ADMIN, None)
    for number, each in enumerate((admin, other)):
        link(session, OPERATOR, each, subject=f"s{number}")
    take(session, OPERATOR, other)
    with pytest.raises(BadInput, match="last administrator"):
        take(session, OPERATOR, admin)
    session.rollback()
    assert kept(session, admin)[0]
    came(session, other, at=LATER)
    take(session, OPERATOR, admin)


def test_a_sign_in_by_an_older_link_does_not_speak_for_a_new_one(session, admin):
    link(session, OPERATOR, admin)
    came(session, admin, at=LATER)
    new = {"issuer": ISSUER, "subject": "new", "at": LATER + timedelta(days=1)}
    link_identity(session, actor=OPERATOR, seen=seen(session, admin), **new)
    with pytest.raises(BadInput, match="last administrator"):
        take(session, OPERATOR, admin)
    session.rollback()
    came(session, admin, at=LATER + timedelta(days=2))
    take(session, OPERATOR, admin)


def test_an_account_that_was_changed_meanwhile_keeps_its_password(session, admin, chair):
    link(session, admin, chair)
    before = seen(session, chair)
    link(session, admin, chair, subject="second")
    with pytest.raises(StaleRecord):
        take_password(session, actor=admin, seen=before, issuer=ISSUER, at=make.NOW)
    session.rollback()
    assert kept(session, chair)[0]
