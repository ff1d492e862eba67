"""A sign-in: whose it is, how long it holds, what ends it, and that the history has it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from lscb_core.accounts import sign_ins
from lscb_core.accounts.sign_ins import begin, end, end_others, hashed, others, redeem, seen, standing
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Account, Event, SignIn
from lscb_core.domain.vocab import Role
from tests import make

AT = make.NOW
FIRST, OTHER = "a" * 64, "f" * 64
SECOND = timedelta(seconds=1)


@pytest.fixture
def chair(session) -> Account:
    account = session.get_one(Account, make.account(session, Role.CHAIR, make.board(session)))
    session.commit()
    return account


@pytest.fixture
def begun(session, chair):
    made = begin(session, account=chair, tab_binding=FIRST, way="password", at=AT)
    session.commit()
    return made


@pytest.fixture
def cookie(session, begun) -> str:
    """The hash of the cookie that the browser has fetched."""
    return hashed(redeem(session, ticket=begun.ticket, tab_binding=FIRST, at=AT))


def holds(session, binding: str, at=AT, **more) -> bool:
    return standing(session, binding=binding, at=at, **more)[0] is not None


def why(session, binding: str, at=AT) -> str:
    return standing(session, binding=binding, at=at)[1]


def acts(session) -> list[str]:
    return [event.act for event in session.exec(select(Event).order_by(Event.id))]


def test_until_the_cookie_is_fetched_it_belongs_to_the_tab_that_began_it(session, begun):
    assert holds(session, FIRST, sign_in_id=begun.sign_in_id)
    assert not holds(session, FIRST, sign_in_id=begun.sign_in_id + 1)
    assert not holds(session, FIRST, sign_in_id=0)
    assert not holds(session, OTHER, sign_in_id=begun.sign_in_id)
    assert not holds(session, "")


def test_a_ticket_brings_the_cookie_once_in_a_minute_to_its_own_browser(session, begun):
    late = AT + timedelta(minutes=1) + SECOND
    assert redeem(session, ticket=begun.ticket, tab_binding=OTHER, at=AT) is None
    assert redeem(session, ticket=begun.ticket, tab_binding="", at=AT) is None
    assert redeem(session, ticket=begun.ticket, tab_binding=FIRST, at=late) is None
    assert redeem(session, ticket="", tab_binding=FIRST, at=AT) is None
    cookie = redeem(session, ticket=begun.ticket, tab_binding=FIRST, at=late - SECOND)
    assert holds(session, hashed(cookie))
    assert redeem(session, ticket=begun.ticket, tab_binding=FIRST, at=AT) is None


def test_once_the_cookie_is_fetched_the_old_one_is_worth_nothing(session, begun, cookie):
    assert holds(session, cookie)
    assert not holds(session, FIRST, sign_in_id=begun.sign_in_id)
    assert not holds(session, FIRST)


def test_nothing_that_opens_a_door_is_kept(session, begun, cookie):
    rows = str([row.model_dump() for row in session.exec(select(SignIn))])
    assert begun.ticket not in rows


def test_it_ends_after_half_an_hour_without_use(session, begun, cookie):
    assert holds(session, cookie, AT + timedelta(minutes=30))
    assert why(session, cookie, AT + timedelta(minutes=30) + SECOND) == "idle"
    seen(session, sign_in_id=begun.sign_in_id, at=AT + timedelta(minutes=30))
    assert holds(session, cookie, AT + timedelta(minutes=60))


def test_it_ends_after_ten_hours_however_it_is_used(session, begun, cookie):
    for minutes in range(0, 601, 20):
        seen(session, sign_in_id=begun.sign_in_id, at=AT + timedelta(minutes=minutes))
    assert holds(session, cookie, AT + timedelta(hours=10))
    assert why(session, cookie, AT + timedelta(hours=10) + SECOND) == "longest"


def test_what_has_ended_is_not_brought_back_by_use(session, begun, cookie):
    end(session, sign_in_id=begun.sign_in_id, at=AT)
    seen(session, sign_in_id=begun.sign_in_id, at=AT + SECOND)
    assert why(session, cookie) == "signed_out"
    assert session.get_one(SignIn, begun.sign_in_id).seen_at == AT


@pytest.mark.parametrize(("change", "told"), [({"version": 2}, "changed"), ({"disabled_at": AT}, "disabled")])
def test_a_change_of_the_account_ends_it_at_once(session, chair, cookie, change, told):
    chair.sqlmodel_update(change)
    session.commit()
    assert why(session, cookie) == told


def test_signing_out_ends_it_for_every_tab_and_a_second_time_does_nothing(session, begun, cookie):
    for _ in range(2):
        end(session, sign_in_id=begun.sign_in_id, at=AT)
    assert why(session, cookie) == "signed_out"
    assert acts(session) == ["sign_in", "sign_out"]


def test_signing_out_everywhere_else_leaves_this_one_and_other_peoples(session, chair, begun, cookie):
    elsewhere = [make.sign_in(session, chair.id, began_at=AT, seen_at=AT) for _ in range(2)]
    unused = make.sign_in(session, chair.id, began_at=AT, seen_at=AT - timedelta(minutes=31))
    lay = make.account(session, Role.LAY, session.exec(select(make.Board)).one())
    stranger = make.sign_in(session, lay, began_at=AT, seen_at=AT)
    session.commit()
    here = session.get_one(SignIn, begun.sign_in_id)
    assert [row.id for row in others(session, besides=here, at=AT)] == [row.id for row in elsewhere]
    assert end_others(session, besides=here, at=AT) == 2
    assert [holds(session, row.binding) for row in (*elsewhere, unused)] == [False] * 3
    assert holds(session, cookie)
    assert holds(session, stranger.binding)
    assert acts(session) == ["sign_in", "sign_out", "sign_out"]


def test_the_history_has_each_beginning_and_end_sealed_and_without_a_secret(session, begun, cookie):
    end(session, sign_in_id=begun.sign_in_id, at=AT)
    events = session.exec(select(Event).order_by(Event.id)).all()
    assert [(event.act, event.after) for event in events] == [
        ("sign_in", {"way": "password"}),
        ("sign_out", {"way": "password"}),
    ]
    assert verify(session).broken_at is None


def test_sign_ins_of_long_ago_are_forgotten(session, chair, begun):
    later = AT + sign_ins.KEPT_FOR + SECOND
    newer = begin(session, account=chair, tab_binding=OTHER, way="password", at=later)
    assert [row.id for row in session.exec(select(SignIn))] == [newer.sign_in_id]


@pytest.mark.parametrize(
    ("used", "left", "may_stay"),
    [(0, 30, True), (27, 3, True), (590, 10, False)],
)
def test_how_long_it_still_holds_is_known_before_it_ends(used, left, may_stay):
    began = AT - timedelta(minutes=used)
    row = SignIn(account_id=1, version=1, binding="", began_at=began, seen_at=AT if used == 590 else began)
    assert sign_ins.left(row, AT) == (timedelta(minutes=left), may_stay)
