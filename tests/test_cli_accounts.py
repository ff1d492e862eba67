"""`accounts`: how whoever runs the server makes the first administrator, and keeps accounts in need."""

import re
from functools import partial

import pytest
from sqlmodel import Session, select

from lscb_core.accounts import passwords
from lscb_core.accounts.passwords import verify
from lscb_core.config import now
from lscb_core.db.access import person
from lscb_core.db.engine import engine, writing
from lscb_core.db.tables import Account
from lscb_core.domain.vocab import Role
from tests import make
from tests.own_steps import choose_password
from tests.terminal import DONE, REFUSED, held, pointed_at, typed

CODE = re.compile(r"One-time code: ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})\n")
NEW = "purple tractor under rain"


@pytest.fixture
def run(monkeypatch, capsys, register_url):
    """Run `accounts …` on a real database: one board with the police and a sub-group, and nobody yet."""
    monkeypatch.setattr(passwords, "COST", 4)
    with pointed_at(monkeypatch, register_url):
        with writing() as session:
            board = make.board(session)
            make.agency(session, board)
            make.sub_group(session, board)
            session.commit()
        yield partial(typed, monkeypatch, capsys, "accounts")


def test_the_first_administrator_is_made_here_and_chooses_a_password(run):
    assert "There are no accounts yet" in run("list").out
    status, out, _ = run("add", "jo", "--label", "Administrator", "--role", "admin")
    assert status == DONE
    assert "The account jo is added." in out
    assert "until 2 April 2026 at" in out
    [code] = CODE.findall(out)
    with writing() as session:
        choose_password(session, name="jo", code=code, new=NEW, at=now())
    with Session(engine()) as session:
        account = session.exec(select(Account)).one()
        assert verify(NEW, account.password_hash)
        assert {grant.role for grant in person(session, account.id).grants} == {Role.ADMIN}
    assert run("list").out == "jo  (Administrator; active): Administrator, of every board\n"


def test_roles_are_named_in_words(run):
    status, _, err = run(
        "add", "pl", "--label", "Police lead", "--role", "agency_lead", "--board", "testford"
    )
    assert (status, held(Account)) == (REFUSED, 0)
    assert "an agency lead needs an agency" in err
    here = ("--board", "testford")
    assert run("add", "pl", "--label", "P", "--role", "agency_lead", *here, "--agency", "police")[0] == DONE
    assert run("role", "pl", "subgroup", *here, "--sub-group", "quality-assurance")[0] == DONE
    said = run("list").out
    assert "code waits until 2 April 2026" in said
    assert "Agency lead for Police, on Testford; Sub-group member for Quality-Assurance, on Testford" in said
    assert run("role", "pl", "agency_lead", *here, "--agency", "police", "--take")[0] == DONE
    assert "Agency lead" not in run("list").out
    again = run("role", "pl", "agency_lead", *here, "--agency", "police", "--take")
    assert (again.status, "does not hold this role" in again.err) == (REFUSED, True)


@pytest.mark.parametrize("words", [("--board", "nowhere"), ("--agency", "nobody"), ("--sub-group", "none")])
def test_what_is_not_there_is_named(run, words):
    run("add", "pl", "--label", "Police lead")
    status, _, err = run("role", "pl", "lay", *words)
    assert status == REFUSED
    assert f"“{words[1]}”" in err


def test_an_account_is_disabled_let_in_again_and_given_a_code(run):
    run("add", "lay", "--label", "Lay member")
    assert run("disable", "lay")[0] == DONE
    assert "(Lay member; disabled)" in run("list").out
    refused = run("code", "lay")
    assert (refused.status, CODE.findall(refused.out)) == (REFUSED, [])
    assert run("enable", "lay")[0] == DONE
    first, second = (CODE.findall(run("code", "lay").out) for _ in range(2))
    assert first != second
    assert "The old password of lay has ended." in run("code", "lay").out


def test_the_last_administrator_stays_also_here(run):
    run("add", "jo", "--label", "Administrator", "--role", "admin")
    for words in (("disable", "jo"), ("role", "jo", "admin", "--take")):
        status, _, err = run(*words)
        assert status == REFUSED
        assert "last administrator" in err


def test_an_unknown_name_is_told(run):
    status, _, err = run("disable", "nobody")
    assert (status, "no account of that name" in err) == (REFUSED, True)


def test_without_tables_it_says_what_to_run_first(monkeypatch, capsys, tmp_path):
    with pointed_at(monkeypatch, f"sqlite:///{tmp_path / 'new.db'}"):
        status, _, err = typed(monkeypatch, capsys, "accounts", "list")
    assert (status, "init" in err) == (REFUSED, True)


def test_a_label_that_another_account_has_is_refused_and_that_account_is_named(run):
    run("add", "jo", "--label", "Police lead")
    status, out, err = run("add", "sam", "--label", "Police  LEAD")
    assert (status, held(Account), out) == (REFUSED, 1, "")
    assert "“jo” is called “Police lead” already" in err
    assert "Say more" in err
