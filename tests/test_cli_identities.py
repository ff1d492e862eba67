"""`accounts link`, `unlink` and `links`: who may come in through the council's directory."""

from functools import partial

import pytest

from lscb_core.db.engine import writing
from lscb_core.db.tables import Identity
from lscb_core.domain.vocab import Role
from tests import make
from tests.terminal import DONE, REFUSED, held, pointed_at, typed

ISSUER = "https://login.example/t/v2.0"


@pytest.fixture
def run(monkeypatch, capsys, register_url):
    """Run `accounts …` on a real database that holds an account called `chair`, and one called `lay`."""
    with pointed_at(monkeypatch, register_url):
        with writing() as session:
            board = make.board(session)
            for role in (Role.CHAIR, Role.LAY):
                account = make.account(session, role, board)
                session.get(make.Account, account).name = role.value
            session.commit()
        yield partial(typed, monkeypatch, capsys, "accounts")


@pytest.fixture
def set_up(monkeypatch, tmp_path):
    """A directory is set up."""
    (tmp_path / "secret").write_text("of no use here")
    monkeypatch.setenv("LSCB_OIDC_ISSUER", ISSUER)
    monkeypatch.setenv("LSCB_OIDC_CLIENT_ID", "client")
    monkeypatch.setenv("LSCB_OIDC_SECRET_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("LSCB_OIDC_CALLBACK", "https://board.example/oauth2callback")


def test_a_link_is_made_shown_and_taken_away(run):
    who = ("--issuer", ISSUER, "--subject=-abc_1")
    assert run("link", "chair", *who).status == DONE
    assert run("links", "chair").out == f"-abc_1  (at {ISSUER}, since 1 April 2026)\n"
    assert run("links", "lay").out == ""
    assert "sign in as “chair” already" in run("link", "lay", *who).err
    assert run("unlink", "lay", *who).status == REFUSED
    assert run("unlink", "chair", *who).status == DONE
    assert held(Identity) == 0


def test_the_directory_that_is_set_up_needs_no_naming(set_up, run):
    assert run("link", "chair", "--subject", "abc").status == DONE
    assert f"(at {ISSUER}, " in run("links", "chair").out
    assert run("unlink", "chair", "--subject", "abc").status == DONE


def test_without_one_it_has_to_be_named(run):
    status, _, err = run("link", "chair", "--subject", "abc")
    assert (status, held(Identity)) == (REFUSED, 0)
    assert "Name it with --issuer" in err


def test_the_password_is_taken_away_and_the_only_way_in_stays_unless_one_insists(set_up, run):
    assert "would have no way in" in run("take-password", "chair").err
    run("link", "chair", "--subject", "abc")
    status, out, _ = run("take-password", "chair")
    assert status == DONE
    assert "through the directory alone" in out
    assert "Nobody has come in that way with it yet" in out
    with writing() as session:
        account = session.exec(make.select(make.Account).where(make.Account.name == "chair")).one()
        assert account.password_hash == ""
    status, _, err = run("unlink", "chair", "--subject", "abc")
    assert (status, held(Identity)) == (REFUSED, 1)
    assert "the only way in of this account" in err
    assert run("unlink", "chair", "--subject", "abc", "--only-way-in").status == DONE
    assert held(Identity) == 0


def test_a_code_beside_the_link_is_another_way_in_and_is_told(set_up, run):
    run("link", "chair", "--subject", "abc")
    run("take-password", "chair")
    assert "gives it a password again" in run("code", "chair").out
    assert "gives it a password again" not in run("code", "lay").out
    assert run("unlink", "chair", "--subject", "abc").status == DONE


@pytest.mark.parametrize("verb", ["link", "unlink", "links"])
def test_an_account_that_is_not_there_is_told(run, verb):
    more = () if verb == "links" else ("--issuer", ISSUER, "--subject", "abc")
    status, _, err = run(verb, "nobody", *more)
    assert status == REFUSED
    assert "There is no account of that name" in err
