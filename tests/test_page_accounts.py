"""The page of the accounts, as the administrator meets it, and as others do not."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from lscb_core.accounts.changing import Seen
from lscb_core.accounts.codes import hashed_code
from lscb_core.accounts.keeping import add_account
from lscb_core.accounts.roles import give_role
from lscb_core.config import now
from lscb_core.db.access import OPERATOR, person
from lscb_core.db.tables import Account, Event, RoleGrant, SignIn
from lscb_core.domain.permissions import Grant
from lscb_core.domain.vocab import Role
from lscb_core.ui.places import not_for
from tests import make
from tests.opened import PAGES, as_read, words
from tests.tab import sign_in

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.fixture
def board(register):
    board = make.board(register)
    make.agency(register, board)
    make.sub_group(register, board)
    return board


@pytest.fixture
def lay(register, board):
    number = make.account(register, Role.LAY, board)
    register.get(Account, number).name = "lay"
    register.commit()
    return number


def page(register, board, role=Role.ADMIN, **address):
    """The page, opened by an administrator of every board, or by whoever has that role on this one."""
    actor = make.account(register, role, None if role is Role.ADMIN else board)
    return opened_by(register, actor, **address)


def opened_by(register, actor, **address):
    app = AppTest.from_file(str(PAGES / "accounts.py"), default_timeout=30)
    sign_in(app, register, actor)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def press(app, label: str):
    [button] = [each for each in app.button if each.label == label]
    button.click().run()
    assert not app.exception
    return app


def choose(app, label: str, option: str):
    [box] = [each for each in app.selectbox if each.label == label]
    box.select(option).run()
    return app


def told(app) -> str:
    return as_read(" ".join(each.value for each in app.error))


def kept(register, number: int) -> Account:
    register.rollback()
    return register.get(Account, number, populate_existing=True)


def test_the_list_says_who_is_in_with_which_roles(register, board, lay):
    app = page(register, board)
    table = app.dataframe[0].value
    assert list(table["Roles"]) == ["Administrator", "Lay member: Testford"]
    assert list(table["Now"]) == [["Active"]] * 2
    assert app.title[0].value == "2 accounts may sign in"


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MANAGER, Role.SUBGROUP, Role.LAY])
def test_others_are_refused_in_words_and_the_bar_leaves_the_page_out(register, board, role):
    app = page(register, board, role)
    assert "Only the administrator keeps accounts" in app.info[0].value
    assert not app.dataframe
    register.rollback()
    actor = register.exec(select(Event).where(Event.act == "refused")).one().account_id
    assert "accounts" in not_for(person(register, actor))


def test_whoever_works_at_the_side_of_the_page_stays_signed_in(register, board, lay):
    actor = make.account(register, Role.ADMIN, None)
    app = opened_by(register, actor, account="lay")
    before = register.exec(select(SignIn).where(SignIn.account_id == actor)).one()
    before.seen_at -= timedelta(minutes=20)
    register.commit()
    old = before.seen_at
    press(app, "Disable the account")
    register.rollback()
    assert kept(register, lay).disabled_at is not None
    assert register.exec(select(SignIn).where(SignIn.account_id == actor)).one().seen_at > old


def test_the_bar_has_the_page_for_the_administrator(register):
    assert "accounts" not in not_for(person(register, make.account(register, Role.ADMIN, None)))


def test_the_page_opens_where_no_board_is_held_yet(register):
    app = page(register, None)
    assert not app.error
    assert len(app.dataframe[0].value) == 1


def test_an_account_is_added_and_its_code_is_shown_once(register, board):
    app = page(register, board, add="1")
    app.text_input(key="new-account-label").set_value("Police lead")
    app.text_input(key="new-account-name").set_value("police-lead")
    choose(app, "Which role?", "Agency lead")
    choose(app, "On which board?", "Testford")
    choose(app, "For which agency?", "Police")
    press(app, "Add the account")
    register.rollback()
    account = register.exec(select(Account).where(Account.name == "police-lead")).one()
    assert [grant.role for grant in person(register, account.id).grants] == [Role.AGENCY_LEAD]
    [code] = [each.value for each in app.code]
    assert CODE.fullmatch(code)
    assert hashed_code(code) == account.code_hash
    assert "2 April 2026" in words(app)
    del app.query_params["account"]
    assert not app.run().code
    app.query_params["account"] = "police-lead"
    assert not app.run().code


def test_a_refused_addition_keeps_what_was_typed_and_says_why(register, board):
    app = page(register, board, add="1")
    app.text_input(key="new-account-label").set_value("Police lead")
    app.text_input(key="new-account-name").set_value("Police lead")
    choose(app, "Which role?", "Agency lead")
    press(app, "Add the account")
    assert "its name cannot be used" in told(app)
    assert app.text_input(key="new-account-label").value == "Police lead"
    assert app.text_input(key="new-account-name").value == "Police lead"
    app.text_input(key="new-account-name").set_value("police-lead")
    press(app, "Add the account")
    assert "this role is for one board" in told(app)
    assert register.exec(select(Account).where(Account.name == "police-lead")).first() is None


def test_a_label_that_another_account_has_is_refused_by_its_name(register, board):
    add_account(register, actor=OPERATOR, name="police-tees", label="Police lead", at=now())
    app = page(register, board, add="1")
    app.text_input(key="new-account-label").set_value(" police LEAD")
    app.text_input(key="new-account-name").set_value("police-lead")
    press(app, "Add the account")
    assert "“police-tees” is called “Police lead” already" in told(app)
    assert app.text_input(key="new-account-label").value == " police LEAD"
    register.rollback()
    assert register.exec(select(Account).where(Account.name == "police-lead")).first() is None
    app.text_input(key="new-account-label").set_value("Police lead, Durham")
    press(app, "Add the account")
    assert CODE.fullmatch(app.code[0].value)


def test_roles_are_given_and_taken(register, board, lay):
    app = page(register, board, account="lay")
    choose(app, "Which role?", "Sub-group member")
    choose(app, "On which board?", "Testford")
    choose(app, "For which sub-group?", "Quality-Assurance")
    press(app, "Give the role")
    assert "The role holds from now on" in app.success[0].value
    register.rollback()
    assert person(register, lay).roles(board.id) == {Role.LAY, Role.SUBGROUP}
    app.button_group[0].select("Take one away").run()
    assert "none was chosen" in told(press(app, "Take it away"))
    choose(app, "Which of its roles?", "Lay member, on Testford")
    press(app, "Take it away")
    register.rollback()
    assert person(register, lay).roles(board.id) == {Role.SUBGROUP}


def test_a_role_that_was_not_chosen_is_asked_for(register, board, lay):
    app = press(page(register, board, account="lay"), "Give the role")
    assert "none was chosen" in told(app)


def test_an_account_is_disabled_and_let_in_again(register, board, lay):
    app = press(page(register, board, account="lay"), "Disable the account")
    assert kept(register, lay).disabled_at is not None
    press(app, "Let it in again")
    assert kept(register, lay).disabled_at is None


def test_a_code_ends_the_old_password_and_says_so_before_and_after(register, board, lay):
    app = page(register, board, account="lay")
    assert "The old password ends at once" in words(app)
    press(app, "Issue a one-time code")
    assert "A password that the account had has ended" in words(app)
    assert kept(register, lay).password_hash == ""
    assert hashed_code(app.code[0].value) == kept(register, lay).code_hash


def test_somebody_elses_change_in_between_is_told_and_nothing_is_saved(register, board, lay):
    app = page(register, board, account="lay")
    give_role(register, actor=OPERATOR, seen=Seen(lay, 1), grant=Grant(Role.CHAIR, board.id), at=now())
    press(app, "Disable the account")
    assert "Command line did so on 1 April 2026" in told(app)
    assert kept(register, lay).disabled_at is None
    press(app, "Disable the account")  # the drawer has been drawn anew
    assert kept(register, lay).disabled_at is not None


def test_a_role_taken_away_while_the_drawer_is_open_saves_nothing(register, board, lay):
    app = page(register, board, account="lay")
    for grant in register.exec(select(RoleGrant).where(RoleGrant.role == Role.ADMIN)):
        register.delete(grant)
    register.commit()
    press(app, "Disable the account")
    assert "Only the administrator keeps accounts" in app.info[0].value
    assert kept(register, lay).disabled_at is None


def test_the_own_account_has_no_way_to_be_shut_out(register, board):
    actor = make.account(register, Role.ADMIN, None)
    name = register.get(Account, actor).name
    register.commit()
    labels = {each.label for each in opened_by(register, actor, account=name).button}
    assert not {"Disable the account", "Issue a one-time code"} & labels


def test_an_account_that_is_not_there_is_told(register, board):
    assert "no account of that name" in told(page(register, board, account="nobody"))


def test_labels_are_shown_as_typed(register, board):
    typed = "*b* :red[x] lead"
    add_account(register, actor=OPERATOR, name="odd", label=typed, at=now())
    app = page(register, board, account="odd")
    assert typed in list(app.dataframe[0].value["Whose it is"])
