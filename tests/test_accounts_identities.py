"""Linking accounts with whom the council's directory knows: who may, what ends, and what is never allowed."""

import pytest
from sqlmodel import select

from lscb_core.accounts import sign_ins
from lscb_core.accounts.changing import Seen
from lscb_core.accounts.identities import link_identity, linked_identities, unlink_identity
from lscb_core.db.access import OPERATOR
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Account, Event, Identity
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound, NotPermitted, StaleRecord
from tests import make

ISSUER, SUBJECT = "https://login.example/tenant/v2.0", "AAAA-subject_of.the~chair"


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
