"""The council's directory at the side of the page of accounts: shown, and taken away with a warning."""

import pytest
from sqlmodel import select

from lscb_core.accounts.changing import Seen
from lscb_core.accounts.identities import link_identity
from lscb_core.config import now, settings
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Event, Identity
from lscb_core.domain.vocab import Role
from lscb_core.ui.account_links import host, shortened
from lscb_core.ui.directory import the_directory
from tests import make
from tests.opened import words
from tests.test_page_accounts import as_read, board, choose, kept, lay, opened_by, page, press, told

__all__ = ["board", "lay"]  # fixtures
ISSUER = "https://login.example/tenant/v2.0"
SUBJECT = "AbCdEfGh-0123456789_wxyz"
UNLINK, TAKE = "Take the link away", "Take the password away"


@pytest.fixture(autouse=True)
def set_up(monkeypatch, tmp_path, register):
    """A directory is set up."""
    (tmp_path / "client-secret").write_text("of no use here")
    monkeypatch.setenv("LSCB_OIDC_ISSUER", ISSUER)
    monkeypatch.setenv("LSCB_OIDC_CLIENT_ID", "client")
    monkeypatch.setenv("LSCB_OIDC_SECRET_FILE", str(tmp_path / "client-secret"))
    monkeypatch.setenv("LSCB_OIDC_CALLBACK", "https://board.example/oauth2callback")
    forget()
    yield
    forget()


def forget() -> None:
    settings.cache_clear()
    the_directory.cache_clear()


def link(register, account: int, *, issuer=ISSUER, subject=SUBJECT) -> None:
    register.commit()
    seen = Seen(account, kept(register, account).version)
    link_identity(register, actor=OPERATOR, seen=seen, issuer=issuer, subject=subject, at=now())


def change(app, way: str):
    [chooser] = [each for each in app.button_group if way in [one.content for one in each.proto.options]]
    return chooser.select(way).run()


def warned(app) -> str:
    return as_read(" ".join(each.value for each in app.warning))


def buttons(app) -> set[str]:
    return {each.label for each in app.button}


def test_the_list_says_how_somebody_comes_in_once_one_is_linked(register, board, lay):
    assert "Way in" not in page(register, board).dataframe[0].value
    link(register, lay)
    assert sorted(page(register, board).dataframe[0].value["Way in"])[-1] == "Password, directory"


def test_a_link_is_shown_with_its_host_and_a_shortened_subject(register, board, lay):
    link(register, lay)
    said = as_read(words(page(register, board, account="lay")))
    assert "Linked with **login.example** as AbCdEfGh…wxyz, since 1 April 2026" in said
    assert SUBJECT not in said
    assert "Nobody has come in that way yet" in said
    make.sign_in(register, lay, way="directory")
    register.commit()
    assert "Somebody last came in that way on 1 April 2026" in words(page(register, board, account="lay"))


def test_an_account_without_a_link_says_where_one_is_made(register, board, lay):
    said = words(page(register, board, account="lay"))
    assert "Not linked" in said
    assert "`accounts link lay`" in said


def test_without_a_directory_nothing_of_it_shows(register, board, lay, monkeypatch):
    for name in ("ISSUER", "CLIENT_ID", "SECRET_FILE", "CALLBACK"):
        monkeypatch.delenv(f"LSCB_OIDC_{name}")
    forget()
    assert "directory" not in words(page(register, board, account="lay"))
    link(register, lay)
    app = page(register, board, account="lay")
    assert "It lets nobody in" in warned(app)
    assert TAKE not in str(app.button_group)
    press(change(app, UNLINK), "Unlink")
    assert "The link is taken away" in app.success[0].value


def test_a_link_is_taken_away_and_a_password_is_left(register, board, lay):
    link(register, lay)
    app = change(page(register, board, account="lay"), UNLINK)
    assert warned(app) == ""
    press(app, "Unlink")
    assert "The link is taken away" in app.success[0].value
    register.rollback()
    assert register.exec(select(Identity)).all() == []
    assert "Not linked" in words(app)


def test_a_password_is_taken_away_then_the_link_is_the_only_way_in(register, board, lay):
    link(register, lay)
    app = change(page(register, board, account="lay"), TAKE)
    assert "The directory is then its only way in" in words(app)
    assert "Nobody has come in that way" in warned(app)
    press(app, "End the password")
    assert "through the directory alone from now on" in app.success[0].value
    assert kept(register, lay).password_hash == ""
    assert "A code gives it a password again" in warned(app)
    assert TAKE not in str(app.button_group)
    change(app, UNLINK)
    assert "It is the only way in" in warned(app)
    acts = [each.act for each in register.exec(select(Event).where(Event.record_id == lay))]
    assert acts == ["link_identity", "take_password"]


def test_a_code_for_such_an_account_says_that_there_are_then_two_ways(register, board, lay):
    link(register, lay)
    kept(register, lay).password_hash = ""
    register.commit()
    app = press(page(register, board, account="lay"), "Issue a one-time code")
    assert "The link with the directory goes on working, besides" in words(app)
    change(app, TAKE)
    assert "The code ends at once" in words(app)
    press(app, "End the password")
    assert kept(register, lay).code_hash == ""


def test_of_several_links_one_is_chosen(register, board, lay):
    link(register, lay)
    link(register, lay, issuer="https://old.example", subject="second")
    app = change(page(register, board, account="lay"), UNLINK)
    assert "none was chosen" in told(press(app, "Unlink"))
    choose(app, "Which link?", "second at old.example")
    press(app, "Unlink")
    register.rollback()
    assert [each.subject for each in register.exec(select(Identity))] == [SUBJECT]


def test_somebody_elses_change_in_between_is_told_and_nothing_is_saved(register, board, lay):
    link(register, lay)
    app = change(page(register, board, account="lay"), TAKE)
    link(register, lay, subject="second")
    assert "has been changed since" in told(press(app, "End the password"))
    assert kept(register, lay).password_hash


def test_the_last_administrators_own_password_stays_and_it_says_why(register, board):
    actor = make.account(register, Role.ADMIN, None)
    link(register, actor)
    app = change(opened_by(register, actor, account=kept(register, actor).name), TAKE)
    assert "a change signs you out" in words(app)
    assert "Sign in through the directory once" in told(press(app, "End the password"))
    assert kept(register, actor).password_hash


def test_a_disabled_account_says_what_it_comes_back_with(register, board, lay):
    link(register, lay)
    account = kept(register, lay)
    account.disabled_at, account.password_hash = now(), ""
    register.commit()
    assert "through the directory as before" in words(page(register, board, account="lay"))


@pytest.mark.parametrize(
    ("issuer", "named"),
    [
        ("https://login.example:8443/t", "login.example"),
        ("http://[", "http://["),
        ("urn:council", "urn:council"),
        ("no address at all, and a long one", "no addre… one"),
    ],
)
def test_an_issuer_is_named_by_its_host_where_it_has_one(issuer, named):
    assert host(issuer) == named


def test_a_short_subject_is_shown_whole():
    assert shortened("subject-of-the-chair") == "subject-of-the-chair"
