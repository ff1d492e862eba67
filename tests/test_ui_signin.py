"""Signing in: refusals alike in work and words, the password as typed, the account read on each run."""

import bcrypt
import pytest
from sqlmodel import Session

from lscb_core.accounts import passwords
from lscb_core.config import now
from lscb_core.db import engine as engines
from lscb_core.db.engine import make_engine
from lscb_core.db.tables import Account, Event, SignIn
from lscb_core.domain.vocab import Role
from lscb_core.ui.signin import SIGN_IN
from tests import make
from tests.tab import served, tab

PASSWORD = " Long enough; ends with a space "
NAUGHTY = ("'; DROP TABLE account;--", "<script>", "\u202eriahc", "ch\x00 air", "=1+1", "ß🙂", "x" * 5000)
REFUSED = "**You are not signed in.** The account and the password do not fit together."


def door() -> None:
    """What every page does first."""
    import streamlit as st

    from lscb_core.db.engine import reading
    from lscb_core.ui.signin import sign_in_page, sign_out, signed_in

    with reading() as session:
        who = signed_in(session)
    if who is None:
        sign_in_page()
    else:
        st.title(f"Inside as {who.label}")
        st.text_input("Search", key="typed")
        st.button("Sign out", on_click=sign_out)
    st.code("\n".join(map(str, st.session_state)))


@pytest.fixture
def register(monkeypatch, racing_engine):
    """The chair's account and one that is disabled, with passwords that cost little to check."""
    monkeypatch.setattr(passwords, "COST", 4)
    with served(monkeypatch, racing_engine), Session(racing_engine) as session:
        board = make.board(session)
        for name, label in (("chair", "Independent chair"), ("gone", "Somebody who has left")):
            account = session.get(Account, make.account(session, Role.CHAIR, board, label=label))
            account.name, account.password_hash = name, passwords.hash_password(PASSWORD)
            account.disabled_at = now() if name == "gone" else None
        session.commit()
        yield session


@pytest.fixture
def checks(monkeypatch) -> list[bytes]:
    """The hash of each real check of a password; the checks themselves are made cheap."""
    made, real = [], bcrypt.checkpw
    cheap = bcrypt.hashpw(b"nothing", bcrypt.gensalt(4))

    def counted(password: bytes, kept: bytes) -> bool:
        made.append(kept)
        return real(password, cheap if kept.startswith(b"$2b$12$") else kept)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    return made


def sign_in(name: str, password: str = PASSWORD, opened=None):
    """Type both and press the button, in a new tab or in this one."""
    opened = opened or tab(door).run()
    opened.text_input(key="sign_in_name").set_value(name)
    opened.text_input(key="sign_in_password").set_value(password)
    opened.button[0].click().run()
    assert not opened.exception
    return opened


def kept_in(opened) -> set[str]:
    """Names of everything that the tab keeps, the buttons' own apart."""
    return {name for name in opened.code[0].value.splitlines() if not name.startswith(("$", "FormSubmitter"))}


def is_inside(opened) -> bool:
    return [title.value for title in opened.title] == ["Inside as Independent chair"]


def refusals(opened) -> list[str]:
    return [told.value for told in opened.error]


def chair(session) -> Account:
    session.rollback()
    return session.exec(make.select(Account).where(Account.name == "chair")).one()


def test_name_and_password_open_the_door(register, checks):
    opened = sign_in("chair")
    assert is_inside(opened)
    assert chair(register).last_signed_in_at is not None


@pytest.mark.parametrize("name", ["  chair ", "CHAIR", "Chair\t"])
def test_an_account_is_found_however_its_name_is_typed(register, checks, name):
    assert is_inside(sign_in(name))


@pytest.mark.parametrize("password", [PASSWORD.strip(), PASSWORD.lower(), f"{PASSWORD} ", ""])
def test_a_password_counts_as_typed_with_its_spaces_and_capitals(register, checks, password):
    assert not is_inside(sign_in("chair", password))


@pytest.mark.parametrize(
    ("name", "password"),
    [("chair", "not the password"), ("nobody", PASSWORD), ("gone", PASSWORD), ("chair", ""), ("", PASSWORD)],
)
def test_every_refusal_says_the_same_and_keeps_nobody(register, checks, name, password):
    opened = sign_in(name, password)
    [said] = refusals(opened)
    assert said.startswith(REFUSED)
    assert SIGN_IN not in opened.session_state
    assert refusals(opened.run()) == []  # said once


def test_the_history_says_that_a_disabled_account_was_tried_with_its_own_password(register, checks):
    for password in ("not the password", PASSWORD):
        sign_in("gone", password)
    sign_in("chair", "not the password")
    register.rollback()
    told = register.exec(make.select(Event).where(Event.act == "refused")).all()
    assert [(each.actor, each.after["act"]) for each in told] == [("Somebody who has left", "sign_in")]


@pytest.mark.parametrize("name", ["chair", "nobody", "gone"])
def test_every_try_costs_one_check_of_a_hash(register, checks, name):
    sign_in(name, "not the password")
    assert len(checks) == 1


def test_an_unknown_names_check_is_as_dear_as_a_real_ones(register, checks):
    sign_in("nobody", "not the password")
    assert passwords.NOBODYS.startswith("$2b$12$")
    assert checks == [passwords.NOBODYS.encode()]


def test_nothing_that_is_typed_at_the_door_trips_it(register, checks):
    opened = tab(door).run()
    for words in NAUGHTY:
        [said] = refusals(sign_in(words, words, opened))
        assert said.startswith(REFUSED)


def test_whoever_fails_may_try_again_in_the_same_tab(register, checks):
    opened = sign_in("chair", "not the password")
    assert is_inside(sign_in("chair", opened=opened))
    assert refusals(opened) == []


def test_the_tab_keeps_the_sign_ins_number_and_nothing_of_the_librarys(register, checks):
    opened = sign_in("chair")
    assert kept_in(opened) == {SIGN_IN, "typed"}
    begun = register.get_one(SignIn, opened.session_state[SIGN_IN])
    assert (begun.account_id, begun.tab_binding, begun.binding) == (chair(register).id, make.BINDING, "")


def test_the_library_saying_yes_by_itself_opens_nothing(register):
    opened = tab(door)
    opened.session_state["authentication_status"] = True
    opened.session_state["username"] = "chair"
    opened.session_state["roles"] = ["chair"]
    assert not is_inside(opened.run())


def _disabled(session, account):
    account.disabled_at = now()


def _password_changed(session, account):
    account.version += 1


@pytest.mark.parametrize("change", [_disabled, _password_changed])
def test_a_change_of_the_account_ends_what_was_signed_in_before(register, checks, change):
    opened = sign_in("chair")
    opened.text_input(key="typed").set_value("something of the chair's").run()
    change(register, chair(register))
    register.commit()
    assert not is_inside(opened.run())
    assert [field.label for field in opened.text_input] == ["Account", "Password"]
    assert SIGN_IN not in opened.session_state
    assert "typed" not in opened.session_state


def test_signing_out_forgets_who_it_was_and_what_was_typed(register, checks):
    opened = sign_in("chair")
    opened.text_input(key="typed").set_value("something of the chair's").run()
    opened.button[0].click().run()
    assert not is_inside(opened)
    assert kept_in(opened) <= {"sign_in_name", "sign_in_password", "code-open"}


def test_a_busy_register_says_so_at_the_door_and_lets_in_once_it_is_free(
    register, checks, monkeypatch, racing_engine
):
    monkeypatch.setattr(engines, "PATIENCE_MS", 100)
    impatient = make_engine(racing_engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr(engines, "engine", lambda: impatient)
    chair(register)
    with Session(racing_engine.execution_options(writes=True)) as somebody:
        somebody.exec(make.select(Account).with_for_update()).all()
        opened = sign_in("chair")
        [said] = refusals(opened)
        assert said.startswith("**The register is busy.**")
    assert is_inside(sign_in("chair", opened=opened))
    impatient.dispose()


def test_a_sign_in_belongs_to_the_tab_until_the_browser_has_its_new_cookie(register, checks):
    opened = sign_in("chair")
    assert not is_inside(tab(door).run())  # the cookie from before may have been planted
    [begun] = register.exec(make.select(SignIn)).all()
    begun.binding, begun.tab_binding = "c" * 64, ""
    register.commit()
    assert not is_inside(opened.run())
    opened = tab(door)
    opened.user = {"bind": "c" * 64}
    assert is_inside(opened.run())


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_the_accounts_to_try_are_named_on_a_demonstration_alone(register, is_demonstration):
    chair(register).is_demonstration = is_demonstration
    register.commit()
    said = " ".join(text.value for text in tab(door).run().markdown)
    assert ("`chair` (independent chair)" in said) is is_demonstration
    assert "gone" not in said
