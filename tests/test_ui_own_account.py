"""The own account under its name, and the form for a one-time code below the sign-in."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from lscb_core.accounts import passwords
from lscb_core.accounts.keeping import add_account
from lscb_core.accounts.own import prove_by_code
from lscb_core.accounts.signing_in import NotSignedIn, sign_in
from lscb_core.config import now, settings
from lscb_core.db.access import OPERATOR
from lscb_core.db.engine import writing
from lscb_core.db.tables import Account, Event
from lscb_core.domain.vocab import Role
from lscb_core.ui.code_form import choose
from tests import make
from tests.tab import served, tab, told

OLD, NEW = "purple tractor under rain", " kettle, magpie & ledger "


def page() -> None:
    """A page of somebody who is signed in: the menu, and who it is."""
    import streamlit as st

    from lscb_core.db.engine import reading
    from lscb_core.ui.own_account import account_menu
    from lscb_core.ui.signin import sign_in_page, signed_in

    with reading() as session:
        who = signed_in(session)
    if who is None:
        sign_in_page()
    else:
        st.title(f"Inside as {who.label}")
        account_menu(who)


def code_page() -> None:
    """The form below the sign-in."""
    from lscb_core.ui.code_form import code_form

    code_form()


@pytest.fixture
def register(monkeypatch, tmp_path, racing_engine):
    """A board and its lay member, whose password is known."""
    monkeypatch.setattr(passwords, "COST", 4)
    monkeypatch.setenv("LSCB_SECRET_FILE", str(tmp_path / "secret"))
    with served(monkeypatch, racing_engine), Session(racing_engine) as session:
        actor = make.account(session, Role.LAY, make.board(session), label="Lay member")
        account = session.get(Account, actor)
        account.name, account.password_hash = "lay", passwords.hash_password(OLD)
        session.commit()
        yield session


def kept(register) -> Account:
    register.rollback()
    return register.exec(select(Account).where(Account.name == "lay")).one()


def press(opened, label: str):
    [button] = [each for each in opened.button if each.label == label]
    button.click().run()
    assert not opened.exception
    return opened


def drawer(register):
    """The own account, opened from the menu."""
    return press(tab(page, kept(register).id, session=register).run(), "Your account")


def change(opened, old: str, new: str, again: str | None = None):
    for key, text in {"own-old": old, "own-new": new, "own-again": new if again is None else again}.items():
        opened.text_input(key=key).set_value(text)
    return press(opened, "Change the password")


def test_a_changed_password_holds_and_signs_out(register):
    opened = change(drawer(register), OLD, NEW)
    assert passwords.verify(NEW, kept(register).password_hash)
    opened.run()
    assert [field.label for field in opened.text_input][:2] == ["Account", "Password"]


@pytest.mark.parametrize(
    ("old", "new", "again", "why"),
    [
        ("wrong", NEW, NEW, "the old one does not fit"),
        (OLD, NEW, NEW.strip(), "the two are not the same"),
        (OLD, "short", "short", "It has 5 characters"),
        (OLD, "Lay member 2025", "Lay member 2025", "the account's own name"),
        (OLD, OLD, OLD, "the new one is the old one"),
    ],
)
def test_a_change_that_is_refused_says_why_and_changes_nothing(register, old, new, again, why):
    before = kept(register).password_hash
    opened = change(drawer(register), old, new, again)
    assert why in told(opened)[0]
    assert kept(register).password_hash == before


def test_an_account_without_a_password_is_not_asked_for_one(register):
    kept(register).password_hash = ""
    register.commit()
    opened = drawer(register)
    assert "this account has no password" in " ".join(each.value for each in opened.markdown)
    assert not opened.text_input


def test_the_old_password_cannot_be_tried_for_ever(register):
    opened = drawer(register)
    for _ in range(5):
        change(opened, "wrong", NEW)
    change(opened, OLD, NEW)
    assert "Too many tries have failed" in told(opened)[0]
    assert passwords.verify(OLD, kept(register).password_hash)


def enter(password: str, address: str = "192.0.2.1") -> str:
    """What comes of a try at the sign-in, from somewhere else."""
    try:
        sign_in(name="lay", password=password, address=address, tab_binding="a" * 64, at=now())
    except NotSignedIn as refused:
        return refused.why
    return "in"


def test_strangers_who_fail_at_the_sign_in_do_not_stop_the_owner(register):
    opened = drawer(register)
    said = [enter("wrong") for _ in range(6)]
    assert said[5].startswith("Too many tries have failed")
    change(opened, OLD, NEW)
    assert passwords.verify(NEW, kept(register).password_hash)


def test_whoever_fails_at_an_open_screen_does_not_close_the_sign_in_and_the_history_says_so(register):
    opened = drawer(register)
    for _ in range(6):
        change(opened, "wrong", NEW)
    assert "Too many tries have failed" in told(opened)[0]
    number = kept(register).id
    locked = register.exec(select(Event).where(Event.act == "locked")).all()
    assert [(each.record_id, each.after) for each in locked] == [(number, {"way": "old_password"})]
    assert enter(OLD) == "in"
    change(opened, OLD, NEW)
    assert "Too many tries have failed" in told(opened)[0]


def test_somebody_else_saves_while_a_long_list_of_known_passwords_is_read(
    register, code, monkeypatch, tmp_path
):
    slow = tmp_path / "known.txt"
    os.mkfifo(slow)  # reading it waits for what is written below
    monkeypatch.setenv("LSCB_KNOWN_PASSWORDS", str(slow))
    settings.cache_clear()
    proved = prove_by_code(register, name="new-lead", code=code, now=now())
    register.rollback()
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(choose, proved, NEW)
        with slow.open("w") as listed:  # opens once the other one reads
            with writing() as session:
                make.board(session, "saved-meanwhile")
                session.commit()
            assert not waiting.done()
            assert new_lead(register).password_hash == ""
            listed.write("something else\n")
        waiting.result(timeout=30)
    assert passwords.verify(NEW, new_lead(register).password_hash)


def test_the_sign_in_before_this_one_is_shown(register):
    account = kept(register)
    assert "You have not signed in before this time." in [text.value for text in drawer(register).markdown]
    for days in (3, 1):
        event = {"record_kind": "account", "record_id": account.id, "act": "sign_in"}
        at = make.NOW - timedelta(days=days)
        make.added(register, Event(at=at, actor="Lay", before_seal=str(days), seal=f"{days + 1}", **event))
    register.commit()
    said = [text.value for text in drawer(register).markdown if "Last signed in" in text.value]
    assert len(said) == 1
    assert "27 April 2025" in said[0]


def test_other_browsers_are_told_and_can_be_signed_out_from_here(register):
    opened = drawer(register)
    assert "Sign out everywhere else" not in [each.label for each in opened.button]
    other = make.sign_in(register, kept(register).id)
    register.commit()
    opened = drawer(register)
    assert [text.value for text in opened.markdown if "other browser" in text.value]
    press(opened, "Sign out everywhere else")
    register.rollback()  # what was read before the button was pressed is of before
    register.refresh(other)
    assert other.ended_why == "signed_out"


def choose_by(opened, name: str, code: str, new: str = NEW, again: str | None = None):
    typed = {"code-name": name, "code-code": code, "code-new": new, "code-again": again or new}
    for key, text in typed.items():
        opened.text_input(key=key).set_value(text)
    return press(opened, "Set the password")


def code_tab():
    """The sign-in's lower part, with the form open."""
    opened = tab(code_page)
    opened.session_state["code-open"] = True
    return opened.run()


@pytest.fixture
def code(register) -> str:
    register.rollback()
    return add_account(register, actor=OPERATOR, name="new-lead", label="New lead", at=now()).code


def new_lead(register) -> Account:
    register.rollback()
    return register.exec(select(Account).where(Account.name == "new-lead")).one()


def test_a_code_sets_the_password_and_the_form_is_empty_again(register, code):
    opened = choose_by(code_tab(), " New-Lead ", code.lower())
    assert "Your password is set" in opened.success[0].value
    assert passwords.verify(NEW, new_lead(register).password_hash)
    assert {field.value for field in opened.text_input} == {""}
    assert not opened.run().success


def test_a_refused_code_says_why_and_keeps_what_was_typed(register, code):
    opened = tab(code_page).run()
    assert not opened.expander[0].proto.expanded
    assert not opened.text_input
    opened = code_tab()
    choose_by(opened, "new-lead", "0000-0000-0000-0000")
    assert "do not fit together, or the code has ended" in told(opened)[0]
    assert opened.expander[0].proto.expanded
    assert opened.text_input(key="code-name").value == "new-lead"
    assert "not the same" in told(choose_by(opened, "new-lead", code, NEW, "other"))[0]
    assert "12 to 128 are needed" in told(choose_by(opened, "new-lead", code, "short"))[0]
    assert new_lead(register).password_hash == ""
    choose_by(opened, "new-lead", code)
    assert new_lead(register).password_hash


def test_codes_cannot_be_tried_for_ever_and_nobody_learns_which_names_there_are(register, code):
    said = {}
    for name in ("new-lead", "nobody"):
        opened = code_tab()
        said[name] = [told(choose_by(opened, name, "wrong"))[0] for _ in range(6)]
        assert "Too many tries have failed" in said[name][5]
    assert said["new-lead"] == said["nobody"]
    choose_by(opened, "new-lead", code)
    assert new_lead(register).password_hash == ""


def test_the_fields_say_to_the_browser_what_they_are_for(register):
    opened = code_tab()
    meant = {field.key: field.proto.autocomplete for field in opened.text_input}
    assert meant == {
        "code-name": "username",
        "code-code": "one-time-code",
        "code-new": "new-password",
        "code-again": "new-password",
    }
