"""What an administrator does to accounts: each change with its history, and what is never allowed."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from lscb_core.accounts.changing import Seen, keeper
from lscb_core.accounts.codes import LASTS, hashed_code
from lscb_core.accounts.held import State, held_account, held_accounts, posts, roles_in_words
from lscb_core.accounts.keeping import add_account, disable_account, enable_account, issue_code
from lscb_core.accounts.roles import give_role, take_role
from lscb_core.db.access import OPERATOR, person
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Account, Event, Identity, RoleGrant
from lscb_core.domain.permissions import Grant
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, BoardError, NotFound, NotPermitted, StaleRecord
from tests import make


@pytest.fixture
def board(session):
    return make.board(session)


@pytest.fixture
def admin(session, board):
    actor = make.account(session, Role.ADMIN, None)
    session.commit()
    return actor


def seen(session, account_id: int) -> Seen:
    return Seen(account_id, session.get(Account, account_id, populate_existing=True).version)


def events(session, account_id: int) -> list[Event]:
    mine = select(Event).where(Event.record_kind == "account", Event.record_id == account_id)
    return list(session.exec(mine.order_by(Event.id)))


def kept(session, account_id: int) -> Account:
    return session.get(Account, account_id, populate_existing=True)


def add(session, actor, name="police-lead", label="Police lead", grants=()):
    return add_account(session, actor=actor, name=name, label=label, grants=grants, at=make.NOW)


def do(command, session, actor, account_id, **more):
    return command(session, actor=actor, seen=seen(session, account_id), at=make.NOW, **more)


def test_a_new_account_has_roles_and_a_code_whose_hash_alone_is_kept(session, board, admin):
    police = make.agency(session, board)
    issued = add(session, admin, grants=[Grant(Role.AGENCY_LEAD, board.id, police.id)])
    account = kept(session, issued.account_id)
    assert (account.name, account.label, account.password_hash) == ("police-lead", "Police lead", "")
    assert account.code_hash == hashed_code(issued.code) != issued.code
    assert issued.until == account.code_expires_at == make.NOW + LASTS
    assert person(session, account.id).agency_ids(board.id) == {police.id}
    told = events(session, account.id)
    assert [(each.act, each.board_id) for each in told] == [
        ("add_account", None),
        ("give_role", board.id),
        ("issue_code", None),
    ]
    assert {each.account_id for each in told} == {admin}
    assert told[1].after == {"role": "agency_lead", "agency_id": police.id}
    assert issued.code not in repr(told)
    assert account.code_hash not in repr(told)
    assert verify(session).broken_at is None


def test_the_command_line_makes_the_first_administrator(session, board):
    issued = add(session, OPERATOR, "first", "Administrator", [Grant(Role.ADMIN, None)])
    assert person(session, issued.account_id).roles(board.id) == {Role.ADMIN}
    assert {each.actor for each in events(session, issued.account_id)} == {"Command line"}


@pytest.mark.parametrize("label", ["Police lead", "POLICE  lead", " Políce\u00a0Lead ", "Ｐolice lead"])
def test_no_two_accounts_can_pass_for_each_other_in_the_history(session, admin, label):
    number = add(session, admin).account_id
    with pytest.raises(BadInput, match="“police-lead” is called “Police lead” already.*Say more"):
        add(session, admin, "second", label)
    session.rollback()
    do(disable_account, session, admin, number)
    with pytest.raises(BadInput, match="“police-lead”, which is disabled, is called"):
        add(session, OPERATOR, "second", label)
    session.rollback()
    assert session.exec(select(Account.name).where(Account.name == "second")).all() == []
    add(session, admin, "second", "Police lead, Tees")


def test_accounts_that_share_a_label_since_before_go_on_working(session, board, admin):
    first, second = (make.account(session, Role.LAY, board, label="Lay member") for _ in range(2))
    session.commit()
    for number in (first, second):
        do(issue_code, session, admin, number)
        do(give_role, session, admin, number, grant=Grant(Role.CHAIR, board.id))
    assert [one.label for one in held_accounts(session, actor=admin, now=make.NOW)].count("Lay member") == 2


def test_nobody_can_pass_for_the_command_line(session, admin):
    with pytest.raises(BadInput, match="could not read who it is"):
        add(session, admin, label="Commánd  Line")


@pytest.mark.parametrize(
    "name", ["", "x", "9lives", "two words", "a_b", "ends-", "é-lead", "a\x00b", "a\ud800", "x" * 61]
)
def test_a_name_that_cannot_be_used_is_refused(session, admin, name):
    with pytest.raises(BadInput, match="name cannot be used"):
        add(session, admin, name)


def test_a_name_is_taken_in_small_letters_and_only_once(session, admin):
    assert add(session, admin, "  Police.Lead-2 ").name == "police.lead-2"
    with pytest.raises(BadInput, match="there is one called"):
        add(session, admin, "POLICE.LEAD-2")
    session.rollback()
    assert len(session.exec(select(Account)).all()) == 2


@pytest.mark.parametrize("label", ["", "  ", "x" * 81, "Chair\u202e", "a\x00b", "Command  Line"])
def test_a_label_that_others_cannot_read_is_refused(session, admin, label):
    with pytest.raises(BadInput, match="could not read"):
        add(session, admin, label=label)


def test_an_account_whose_role_is_refused_is_not_added(session, board, admin):
    with pytest.raises(BadInput, match="an agency lead needs an agency"):
        add(session, admin, grants=[Grant(Role.AGENCY_LEAD, board.id)])
    session.rollback()
    assert [each.id for each in session.exec(select(Account))] == [admin]


def test_roles_are_given_and_taken_and_each_ends_what_was_signed_in(session, board, admin):
    number = add(session, admin).account_id
    before = kept(session, number).version
    do(give_role, session, admin, number, grant=Grant(Role.LAY, board.id))
    assert kept(session, number).version == before + 1
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == number)).one()
    do(take_role, session, admin, number, grant_id=grant.id)
    assert kept(session, number).version == before + 2
    assert person(session, number).grants == ()
    last = events(session, number)[-1]
    assert (last.act, last.board_id, last.before, last.after) == (
        "take_role",
        board.id,
        {"role": "lay"},
        {"role": None},
    )


def test_a_role_has_to_fit_the_board_it_is_for(session, board, admin):
    police = make.agency(session, board)
    group = make.sub_group(session, board)
    other = make.board(session, "elsewhere")
    stranger = make.agency(session, other, "fire")
    number = add(session, admin).account_id
    for wrong in (
        Grant(Role.ADMIN, board.id),
        Grant(Role.MANAGER, None),
        Grant(Role.MANAGER, 999),
        Grant(Role.CHAIR, board.id, police.id),
        Grant(Role.AGENCY_LEAD, board.id),
        Grant(Role.AGENCY_LEAD, board.id, stranger.id),
        Grant(Role.SUBGROUP, board.id),
        Grant(Role.SUBGROUP, other.id, None, group.id),
        Grant(Role.LAY, board.id, None, group.id),
    ):
        with pytest.raises(BadInput, match="No role was given"):
            do(give_role, session, admin, number, grant=wrong)
        session.rollback()
    do(give_role, session, admin, number, grant=Grant(Role.SUBGROUP, board.id, None, group.id))
    with pytest.raises(BadInput, match="holds this one already"):
        do(give_role, session, admin, number, grant=Grant(Role.SUBGROUP, board.id, None, group.id))


def test_a_role_of_another_account_is_not_taken_away(session, board, admin):
    number = add(session, admin).account_id
    other = make.account(session, Role.LAY, board)
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == other)).one()
    with pytest.raises(NotFound):
        do(take_role, session, admin, number, grant_id=grant.id)


def test_a_demonstration_account_gets_no_role_on_a_real_board(session, board, admin):
    demo = make.board(session, "demoford", is_demonstration=True)
    tried = make.added(session, Account(name="demo", label="Demo", is_demonstration=True))
    session.commit()
    with pytest.raises(BadInput, match="known to everybody"):
        do(give_role, session, admin, tried.id, grant=Grant(Role.LAY, board.id))
    session.rollback()
    do(give_role, session, admin, tried.id, grant=Grant(Role.LAY, demo.id))


def test_a_disabled_account_is_out_at_once_and_its_code_ends(session, board, admin):
    number = add(session, admin, grants=[Grant(Role.LAY, board.id)]).account_id
    do(disable_account, session, admin, number)
    with pytest.raises(NotPermitted):
        person(session, number)
    assert (kept(session, number).code_hash, kept(session, number).code_expires_at) == ("", None)
    for again in (disable_account, issue_code):
        with pytest.raises(BadInput, match="disabled"):
            do(again, session, admin, number)
        session.rollback()
    do(enable_account, session, admin, number)
    assert person(session, number).roles(board.id) == {Role.LAY}
    assert [each.act for each in events(session, number)][-2:] == ["disable_account", "enable_account"]
    with pytest.raises(BadInput, match="not disabled"):
        do(enable_account, session, admin, number)


def test_a_code_ends_the_password_and_the_code_before(session, board, admin):
    number = make.account(session, Role.LAY, board)
    first = do(issue_code, session, admin, number)
    assert (kept(session, number).password_hash, kept(session, number).version) == ("", 2)
    second = do(issue_code, session, admin, number)
    assert kept(session, number).code_hash == hashed_code(second.code) != hashed_code(first.code)
    one, two = events(session, number)
    assert one.after["has_password"] is False
    assert "has_password" not in two.after


def test_nobody_disables_or_resets_the_own_account(session, board, admin):
    make.account(session, Role.ADMIN, None)
    for command in (disable_account, issue_code):
        with pytest.raises(BadInput, match="your own"):
            do(command, session, admin, admin)
        session.rollback()
    assert kept(session, admin).version == 1


def test_the_last_administrator_stays(session, board, admin):
    other = make.account(session, Role.ADMIN, None)
    do(disable_account, session, admin, other)
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == admin)).one().id
    for command, more in ((disable_account, {}), (take_role, {"grant_id": grant})):
        with pytest.raises(BadInput, match="last administrator"):
            do(command, session, OPERATOR, admin, **more)
        session.rollback()
    do(enable_account, session, admin, other)
    do(take_role, session, OPERATOR, admin, grant_id=grant)
    assert person(session, admin).grants == ()


def test_an_administrator_who_never_came_in_does_not_count_as_another(session, board, admin):
    waiting = add(session, admin, "second", "Second", [Grant(Role.ADMIN, None)]).account_id
    with pytest.raises(BadInput, match="last administrator"):
        do(disable_account, session, OPERATOR, admin)
    session.rollback()
    make.added(session, Identity(account_id=waiting, issuer="x", subject="y", linked_at=make.NOW))
    session.commit()
    with pytest.raises(BadInput, match="last administrator"):  # the link may be wrong
        do(disable_account, session, OPERATOR, admin)
    session.rollback()
    make.sign_in(session, waiting, way="directory", began_at=make.NOW)
    do(disable_account, session, OPERATOR, admin)


def test_a_disabled_administrators_role_may_be_taken(session, board, admin):
    other = make.account(session, Role.ADMIN, None)
    do(disable_account, session, admin, other)
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == other)).one().id
    do(take_role, session, admin, other, grant_id=grant)


def test_a_form_that_is_no_longer_true_saves_nothing_and_says_who_was_first(session, board, admin):
    number = make.account(session, Role.LAY, board)
    old = seen(session, number)
    give_role(session, actor=admin, seen=old, grant=Grant(Role.CHAIR, board.id), at=make.NOW)
    for command, more in (
        (give_role, {"grant": Grant(Role.MANAGER, board.id)}),
        (disable_account, {}),
        (enable_account, {}),
        (issue_code, {}),
        (take_role, {"grant_id": 1}),
    ):
        with pytest.raises(StaleRecord, match="Administrator did so on 30 April 2025"):
            command(session, actor=admin, seen=old, at=make.NOW, **more)
        session.rollback()
    assert kept(session, number).version == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_keeps_accounts_nor_sees_them(session, board, admin, role):
    leads = make.agency(session, board) if role is Role.AGENCY_LEAD else None
    actor = make.account(session, role, board, leads=leads)
    session.commit()
    now = {"now": make.NOW}
    for attempt in (
        lambda: add(session, actor),
        lambda: do(give_role, session, actor, actor, grant=Grant(Role.ADMIN, None)),
        lambda: do(disable_account, session, actor, admin),
        lambda: do(issue_code, session, actor, admin),
        lambda: held_accounts(session, actor=actor, **now),
        lambda: held_account(session, actor=actor, name="x", **now),
        lambda: posts(session, actor=actor),
    ):
        with pytest.raises(NotPermitted, match="Only the administrator"):
            attempt()
    refused = session.exec(select(Event).where(Event.act == "refused")).all()
    assert [event.after["act"] for event in refused] == ["manage_accounts"] * 7


def test_two_administrators_cannot_put_each_other_out(racing_engine):
    with Session(racing_engine) as session:
        one, two = (make.account(session, Role.ADMIN, None) for _ in range(2))
        session.commit()
    with racing_engine.connect(), racing_engine.connect():
        said = []  # both connections are in the pool from here on: making one takes longer than a race

    def put_the_first_out() -> None:
        with Session(racing_engine.execution_options(writes=True)) as session:
            try:
                disable_account(session, actor=two, seen=Seen(one, 1), at=make.NOW)
                said.append("done")
            except BoardError as refused:
                said.append(type(refused).__name__)

    other = threading.Thread(target=put_the_first_out)
    with Session(racing_engine.execution_options(writes=True)) as session:
        keeper(session, one)  # the first has the turn; the second waits for it
        other.start()
        other.join(1)
        assert said == []
        disable_account(session, actor=one, seen=Seen(two, 1), at=make.NOW)
    other.join(10)
    assert said == ["NotPermitted"]


def test_the_list_says_who_is_in_and_in_which_state(session, board, admin):
    group = make.sub_group(session, board)
    issued = add(session, admin, "member", "Member", [Grant(Role.SUBGROUP, board.id, None, group.id)])
    make.added(session, Account(name="demo", label="Demo", password_hash="x", is_demonstration=True))
    gone = make.account(session, Role.LAY, board, label="A former member")
    do(disable_account, session, admin, gone)
    held = held_accounts(session, actor=admin, now=make.NOW)
    assert [(one.label, one.state) for one in held] == [
        ("Administrator", State.ACTIVE),
        ("Demo", State.DEMONSTRATION),
        ("Member", State.WAITS),
        ("A former member", State.DISABLED),
    ]
    assert held[2].code_until == issued.until
    assert [role.words for role in held[2].roles] == [f"Sub-group member for {group.name}, on Testford"]
    later = make.NOW + timedelta(hours=24)
    assert held_account(session, actor=admin, name="MEMBER ", now=later).state is State.CLOSED
    with pytest.raises(NotFound):
        held_account(session, actor=admin, name="nobody\x00\ud800", now=later)


def test_roles_are_said_in_few_words(session, board, admin):
    other = make.board(session, "elsewhere")
    number = add(session, admin).account_id
    for grant in (Grant(Role.LAY, board.id), Grant(Role.LAY, other.id), Grant(Role.CHAIR, board.id)):
        do(give_role, session, admin, number, grant=grant)
    held = held_account(session, actor=admin, name="police-lead", now=make.NOW).roles
    assert roles_in_words(held, 2) == "Independent chair: Testford; Lay member: all 2 boards"
    assert roles_in_words(held, 3) == "Independent chair: Testford; Lay member: Elsewhere, Testford"
    assert roles_in_words((), 3) == "No role yet"
    assert [(each.board, each.agencies, each.sub_groups) for each in posts(session, actor=admin)] == [
        ("Elsewhere", {}, {}),
        ("Testford", {}, {}),
    ]
