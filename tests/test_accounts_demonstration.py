"""Passwords, and the seven accounts of the demonstration."""

import bcrypt
import pytest
from sqlmodel import select

from lscb_core.accounts import passwords
from lscb_core.accounts.demonstration import DEMONSTRATORS, add_accounts, refuse_beside_real_boards
from lscb_core.db.access import boards_of, person
from lscb_core.db.tables import Account, Agency, RoleGrant
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound
from tests import make

LABELS = {
    "chair": "Independent chair",
    "manager": "Board manager",
    "subgroup": "Sub-group member",
    "police": "Police lead",
    "health": "Health lead",
    "lay": "Lay member",
    "admin": "Administrator",
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Cheap hashes: the cost has a test of its own."""
    monkeypatch.setattr(passwords, "COST", 4)


@pytest.fixture
def boards(session):
    """Two demonstration boards with all that the accounts need, and a board that is none."""
    made = [make.board(session, slug, is_demonstration=slug != "real") for slug in ("east", "west", "real")]
    for board in made:
        for slug in ("police", "health", "schools"):
            make.agency(session, board, slug)
        make.sub_group(session, board, "quality-assurance")
        make.sub_group(session, board, "cdop", is_panel=True)
    return made


@pytest.fixture
def people(session, boards):
    """The accounts by their names."""
    add_accounts(session)
    return {account.name: account for account in session.exec(select(Account))}


def test_a_password_fits_its_own_hash_alone():
    kept = passwords.hash_password("a long enough password")
    assert passwords.verify("a long enough password", kept)
    assert not passwords.verify("a long enough passworD", kept)


def test_the_same_password_is_kept_differently_each_time():
    assert passwords.hash_password("the same words") != passwords.hash_password("the same words")


def test_characters_after_the_72nd_count():
    kept = passwords.hash_password("x" * 100 + "a")
    assert not passwords.verify("x" * 100 + "b", kept)


def test_a_password_fits_however_a_device_composes_its_accents():
    apart, whole = "cafe\u0301 au lait", "caf\u00e9 au lait"
    assert passwords.verify(apart, passwords.hash_password(whole))
    assert passwords.verify(whole, passwords.hash_password(apart))
    assert not passwords.verify("cafe au lait", passwords.hash_password(whole))


def test_nobodys_account_and_a_broken_hash_fit_no_password():
    assert not passwords.verify("anything", None)
    assert not passwords.verify("anything", "not a hash")
    assert not passwords.verify("anything", "né")


def test_even_the_password_behind_nobodys_hash_opens_nothing(monkeypatch):
    monkeypatch.setattr(passwords, "NOBODYS", passwords.hash_password("open"))
    assert not passwords.verify("open", None)


def test_an_unknown_name_costs_the_work_of_a_real_hash(monkeypatch):
    asked = []
    plain = bcrypt.checkpw
    monkeypatch.setattr(bcrypt, "checkpw", lambda *words: asked.append(words[1]) or plain(*words))
    passwords.verify("anything", None)
    assert [each[:7] for each in asked] == [b"$2b$12$"]


def test_a_hash_for_real_has_cost_12(monkeypatch):
    monkeypatch.undo()
    assert passwords.hash_password("a long enough password").startswith("$2b$12$")


def test_seven_accounts_with_the_passwords_that_the_readme_gives(people):
    assert {name: account.label for name, account in people.items()} == LABELS
    assert all(account.is_demonstration for account in people.values())
    for name, account in people.items():
        assert passwords.verify(f"{name}-demo-password", account.password_hash)


def test_each_role_holds_on_every_demonstration_board_and_on_no_other(session, boards, people):
    east, west, _ = boards
    for one in DEMONSTRATORS[:-1]:
        opened = boards_of(session, person(session, people[one.name].id))
        assert {board.slug for board in opened} == {east.slug, west.slug}
        assert person(session, people[one.name].id).roles(east.id) == {one.role}


def test_the_administrator_has_one_role_for_no_board(session, people):
    held = session.exec(select(RoleGrant).where(RoleGrant.account_id == people["admin"].id)).all()
    assert [(grant.role, grant.board_id) for grant in held] == [(Role.ADMIN, None)]


def test_agency_leads_lead_their_own_agency_on_each_board(session, boards, people):
    east, west, _ = boards
    agencies = dict(session.exec(select(Agency.slug, Agency.id)).all())
    for name in ("police", "health"):
        led = [person(session, people[name].id).agency_ids(board.id) for board in (east, west)]
        assert led == [{agencies[name]}] * 2


def test_the_sub_group_member_is_not_of_the_panel(session, boards, people):
    member = person(session, people["subgroup"].id)
    assert not member.may(Act.SEE_EXACT_DEATHS, board_id=boards[0].id)
    assert {grant.sub_group_id is not None for grant in member.grants} == {True}


def test_a_board_without_the_seat_of_a_role_is_named(session):
    make.board(session, "lonely", is_demonstration=True)
    with pytest.raises(NotFound, match="Lonely board has no “quality-assurance”"):
        add_accounts(session)


def test_demonstration_accounts_beside_a_real_board_are_refused(session):
    make.board(session, "realford")
    refuse_beside_real_boards(session)  # a real board alone
    add_accounts(session)
    with pytest.raises(BadInput, match="does not start"):
        refuse_beside_real_boards(session)


def test_demonstration_accounts_on_demonstration_boards_are_served(session):
    make.board(session, "demoford", is_demonstration=True)
    make.added(session, Account(name="chair", label="Chair", password_hash="-", is_demonstration=True))
    refuse_beside_real_boards(session)
