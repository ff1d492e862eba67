"""The page of the history: who gets in, the list with its filters, stories, downloads, the chain."""

import pytest
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from lscb_core.db.access import person
from lscb_core.db.engine import engine
from lscb_core.db.tables import Event
from lscb_core.domain.vocab import Role
from lscb_core.findings.history_values import when
from lscb_core.ui.places import not_for
from tests import make
from tests.make_events import by, happened, refused, tamper
from tests.opened import PAGES, as_read, headings, opened, words
from tests.tab import address_of, sign_in, told

NOW = make.NOW


@pytest.fixture
def board(register):
    on = make.board(register)
    make.agency(register, on)
    return on


@pytest.fixture
def action(register, board):
    """An action with two events: a date moved, and then completed."""
    promise = make.action(register, board, title="Ask _fathers_")
    moved = {"before": {"due_on": "2025-03-31"}, "after": {"due_on": "2025-06-30"}, "note": "Staffing"}
    happened(register, board, record_id=promise.id, act="redate_action", **moved)
    done = {"before": {"status": "in_progress"}, "after": {"status": "complete"}, "note": "*Done*"}
    happened(register, board, record_id=promise.id, who=by("Police lead"), **done)
    return promise


def page(register, board, name="history", **more):
    register.commit()  # a page that writes finds nobody else reading an older state
    return opened(register, name, board, **more)


def as_administrator(register, board):
    """The page of whoever keeps the accounts: of no board, and so of all."""
    actor = make.account(register, Role.ADMIN, None)
    register.commit()
    app = AppTest.from_file(str(PAGES / "history.py"), default_timeout=30)
    sign_in(app, register, actor)
    app.query_params["board"] = board.slug
    return app.run()


def listed(app) -> list[str]:
    return app.dataframe[0].value["What happened"].tolist()


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def everything(app) -> str:
    """All that the page holds: sentences, tables, lists to choose from."""
    tables = " ".join(table.value.to_json() for table in app.dataframe)
    choices = " ".join(" ".join(box.options) for box in app.selectbox)
    return " ".join([words(app), tables, choices, *(title.value for title in app.title)])


def test_the_newest_stand_first_in_plain_words(register, board, action):
    app = page(register, board)
    assert app.title[0].value == "2 changes since 30 April 2025"
    assert "2 about actions; **nobody was refused**." in words(app)
    number = action.number
    assert listed(app) == [
        f"Action {number}: status from In progress to Complete, evidence awaited",
        f"Action {number}: agreed date from 31 March 2025 to 30 June 2025",
    ]
    assert app.dataframe[0].value["By whom"].tolist() == ["Police lead", "Board manager"]
    assert [each.label for each in app.get("download_button")] == ["CSV", "Excel"]


@pytest.mark.parametrize("role", [Role.LAY, Role.SUBGROUP, Role.AGENCY_LEAD])
def test_others_are_refused_find_no_place_in_the_bar_and_the_try_is_written_down(
    register, board, action, role
):
    police = register.exec(select(make.Agency)).one() if role is Role.AGENCY_LEAD else None
    for address in ({}, {"record": f"action/{action.number}"}):
        app = page(register, board, role=role, leads=police, **address)
        assert "Only the chair, the board manager and the administrator read the history" in app.info[0].value
        assert not app.dataframe
        assert "fathers" not in everything(app)
    tried = register.exec(select(Event).where(Event.act == "refused")).all()
    assert {event.after["act"] for event in tried} == {"see_history"}
    assert "history" in not_for(person(register, tried[0].record_id))


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MANAGER, Role.ADMIN])
def test_chair_manager_and_administrator_have_it_in_the_bar(register, board, role):
    assert "history" not in not_for(person(register, make.account(register, role, board)))


def test_an_administrator_finds_sign_ins_and_a_chair_does_not(register, board):
    who = make.account(register, Role.LAY, board, label="Lay member")
    told = {"record_kind": "account", "record_id": who, "after": {"way": "password"}, "note": ""}
    happened(register, act="sign_in", **told)
    assert listed(as_administrator(register, board)) == ["Lay member: signed in"]
    app = page(register, board)
    assert not app.dataframe
    assert app.title[0].value == "Nothing has been changed yet"
    assert "Nothing had been written down for Testford" in words(app)


def test_the_filters_stand_in_the_address_and_their_button_takes_them_off(register, board, action):
    refused(
        register, board, who=make.account(register, Role.LAY, board, label="Lay"), label="Lay", act="import"
    )
    app = page(register, board, kind="actions", words="staff")
    assert listed(app) == [f"Action {action.number}: agreed date from 31 March 2025 to 30 June 2025"]
    app.selectbox(key="history_kind").select("refusals").run()
    assert address_of(app)["kind"] == "refusals"
    assert "**No event fits these filters.**" in words(app)
    press(app, "Take the filters off")
    assert not {"kind", "words"} & address_of(app).keys()
    assert listed(app)[0] == "Lay was refused: tried to take in a file"
    app.selectbox(key="history_by").select("Police lead").run()
    assert len(listed(app)) == 1
    press(app, "All events")
    assert len(listed(app)) == 3
    app.text_input(key="history_words").set_value("staff").run()
    assert (address_of(app)["words"], len(listed(app))) == ("staff", 1)


def test_a_filter_shows_what_the_address_asks_for_also_where_there_is_none_of_it(register, board, action):
    app = page(register, board, kind="accounts", act="give_role", by="IT desk")
    boxes = [app.selectbox(key=f"history_{name}") for name in ("kind", "act", "by")]
    shown = [box.options[box.index] for box in boxes]
    assert shown == ["Accounts and sign-ins (0)", "Role given (0)", "IT desk"]
    assert "**No event fits these filters.**" in words(app)


@pytest.mark.parametrize(
    "address",
    [{"since": "no day"}, {"number": "x"}, {"kind": "x"}, {"sheet": "99"}, {"sheet": "-1"}, {"act": "'"}],
)
def test_an_address_that_makes_no_sense_never_breaks_the_page(register, board, action, address):
    app = page(register, board, **address)
    assert bool(told(app)) is ("since" in address)
    assert not app.dataframe if "act" in address else len(listed(app)) == 2


def test_many_events_stand_on_sheets(register, board):
    for number in range(61):
        happened(register, board, record_kind="board", record_id=board.id, act=f"act_{number}", after={})
    app = page(register, board)
    assert "Events 1 to 50 of 61, the newest first." in words(app)
    assert listed(app)[0] == "The board’s settings: act 60"
    press(app, "Older")
    assert address_of(app)["sheet"] == "2"
    assert "Events 51 to 61 of 61" in words(app)
    assert listed(app)[-1] == "The board’s settings: act 0"
    assert "sheet" not in address_of(press(app, "Newer"))


def test_on_a_day_before_anything_the_way_to_today_is_offered(register, board, action):
    app = page(register, board, as_at="2025-01-01")
    assert "Nothing had been written down for Testford board by 1 January 2025." in words(app)
    assert len(listed(press(app, "Go to today"))) == 2


def test_a_chosen_record_opens_its_story_and_a_button_leads_back(register, board, action):
    app = page(register, board)
    record = f"action/{action.number}"
    box = next(box for box in app.selectbox if box.key == "open_story")
    assert box.options == [f"Action {action.number}: Ask _fathers_"]
    box.select(record).run()
    assert address_of(app)["record"] == record
    assert app.title[0].value == rf"Action {action.number}\: Ask \_fathers\_"
    said = as_read(words(app))
    assert said.index("**Moved to another date**: Staffing") < said.index("**Marked complete**: *Done*")
    assert "Agreed date: 31 March 2025 → 30 June 2025" in said
    assert "Status: In progress → Complete, evidence awaited" in said
    assert f"{when(NOW)}, Police lead. Event " in said
    assert len(listed(press(app, "The whole history"))) == 2


def test_a_record_that_is_not_there_is_told_and_leads_back(register, board, action):
    app = page(register, board, record="action/999999")
    assert "The history holds no such record" in told(app)[0]
    assert len(listed(press(app, "The whole history"))) == 2


def test_a_drawer_links_to_the_story_for_those_who_may_read_it(register, board, action):
    links = {}
    for role in (Role.CHAIR, Role.LAY):
        app = page(register, board, "actions", role=role, action=str(action.number))
        links[role] = [link.proto.label for link in app.get("page_link")]
    assert "Its whole history, field by field" in links[Role.CHAIR]
    assert "Its whole history, field by field" not in links[Role.LAY]


def test_the_chain_is_checked_at_the_press_of_a_button(register, board, action):
    app = page(register, board)
    assert "The chain of seals" in headings(app)
    assert "The chain has 2 events. The whole chain has **not been checked here yet**" in words(app)
    last = register.exec(select(Event.seal).order_by(Event.id.desc())).first()
    assert f"`{last[:12]}`" in words(app)
    press(app, "Check the whole chain now")
    assert "The chain is unbroken: 2 events" in app.success[0].value
    assert app.title[0].value == "2 changes since 30 April 2025; the chain is unbroken"
    with Session(engine()) as session:
        check = session.exec(select(Event).where(Event.act == "check_chain")).one()
    assert (check.actor, check.after) == ("Independent chair", {"events": 2})


def test_a_broken_chain_is_the_loudest_thing_here_and_the_overview_tells_it_too(register, board, action):
    for number in range(60):
        happened(register, board, note=str(number))
    register.commit()
    first = register.exec(select(Event.id).order_by(Event.id)).first()
    tamper(register, f"UPDATE event SET note = 'other' WHERE id = {first}")
    app = page(register, board)
    assert not told(app), "nobody has looked at the older links yet"
    press(app, "Check the whole chain now")
    assert app.title[0].value == "The history was changed from outside"
    [error] = told(app)
    assert f"The chain of seals is broken at event {first}." in error
    assert "tell the administrator now" in error
    assert told(page(register, board, "overview")) == [error]
    assert told(page(register, board, "overview", role=Role.LAY)) == []


def test_a_wrong_event_among_the_newest_is_found_by_a_visit_and_stays_told(register, board, action):
    register.commit()
    last = register.exec(select(Event.id).order_by(Event.id.desc())).first()
    tamper(register, f"UPDATE event SET note = 'other' WHERE id = {last}")
    for _ in range(2):  # noted once
        assert f"The chain of seals is broken at event {last}." in told(page(register, board, "overview"))[0]
    assert len(register.exec(select(Event).where(Event.act == "find_broken")).all()) == 1
    for number in range(60):
        happened(register, board, note=str(number))
    app = page(register, board)
    assert f"The chain of seals is broken at event {last}." in told(app)[0]
    assert "not been checked here yet" in words(app)


SECRET = 4471


@pytest.mark.parametrize("role", list(Role))
def test_no_role_finds_a_hidden_value_on_the_page_or_in_a_story(register, board, role):
    who = make.account(register, Role.LAY, board)
    action = make.action(register, board)
    for kind, record, act in (
        ("deathcount", 1, "set_aside"), ("import", 1, "import"), ("account", who, "set_password"),
        ("action", action.id, "update_action"), ("board", board.id, "new_setting"),
    ):  # fmt: skip
        values = {"count": SECRET, "password_hash": str(SECRET)}
        told = {"before": dict.fromkeys(values, SECRET + 1), "after": values, "note": ""}
        happened(register, board, record_kind=kind, record_id=record, act=act, **told)
    police = register.exec(select(make.Agency)).one() if role is Role.AGENCY_LEAD else None
    for record in ("", f"action/{action.number}", f"account/{who}"):
        app = page(register, board, role=role, leads=police, record=record)
        assert str(SECRET) not in everything(app)
        assert str(SECRET + 1) not in everything(app)
