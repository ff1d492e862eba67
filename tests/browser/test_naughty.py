"""Odd text typed into every field on screen and sent in every part of an address, without a browser."""

import ast
from collections import Counter
from datetime import date
from urllib.parse import quote

import pytest
from sqlmodel import Session, col, select

from lscb_core.commands.words import LONGEST
from lscb_core.db.engine import make_engine
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Action, ActionState, Board
from lscb_core.domain.vocab import Status
from tests.browser import serving
from tests.browser.raw import entered, new_cookie
from tests.browser.ws import Visitor
from tests.naughty_all import EVERY, FEW, as_kept, halves

pytestmark = pytest.mark.browser

A_FAULT = "could not be shown"
SENDABLE = [text for text in EVERY if not halves(text)]  # no browser can send half a character
NAMES = ("board", "priority", "sub_group", "agency", "action", "audit", "show", "file")
OWN_NAMES = (
    "action", "add", "audit", "lesson", "year", "show", "by", "settings", "file", "act", "who", "number",
    "words", "kind", "sheet", "from", "until", "account", "measure", "order",
)  # fmt: skip
SOME = [text for text in FEW[::2] if not halves(text)]
FIELDS = {
    "account_forms.py": 2,
    "action_forms.py": 8,
    "code_form.py": 4,
    "history_filters.py": 1,  # two fields are made there
    "import_drawer.py": 1,  # why a file is undone: tests/browser/test_walk_import.py opens it
    "new_action.py": 2,
    "own_account.py": 3,
    "signin.py": 2,
}
"""Where fields for text are drawn, and how many. A new one: add its screen below, then count it here."""


@pytest.fixture(scope="module")
def own(demonstration, tmp_path_factory):
    """A server of these tests alone, for they fill its register with odd text."""
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("naughty"))
    with serving.served(folder) as server:
        yield server


@pytest.fixture(scope="module")
def cookie(own) -> str:
    return entered(own.url, "manager")


@pytest.fixture
def texts(request) -> list[str]:
    """One or two of each kind; with --long all of them."""
    every = EVERY if request.config.getoption("--long") else FEW[1::2]
    return [text for text in every if not halves(text)]


def visiting(own, cookie, page: str, query: str) -> Visitor:
    return Visitor(own.url, page=page, query=query, headers={"Cookie": cookie})


def assert_no_fault(visitor: Visitor, text: str) -> None:
    said = "\n".join(visitor.texts())
    assert visitor.exceptions() == [], repr(text)
    assert A_FAULT not in said, repr(text)


def test_every_field_for_text_on_screen_is_known_here():
    found = Counter(
        path.name
        for path in (serving.ROOT / "lscb_core" / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if getattr(getattr(node, "func", None), "attr", "") in ("text_input", "text_area", "chat_input")
    )
    assert found == FIELDS


def test_no_text_in_an_address_breaks_a_page(own, cookie, request):
    texts = SENDABLE if request.config.getoption("--long") else SENDABLE[::2]
    assert len(texts) >= 500
    with visiting(own, cookie, "about", "board=tidewater") as visitor:
        visitor.run()
        for text in texts:
            word = quote(text[:300])
            visitor.received.clear()
            visitor.query = "&".join(f"{name}={word}" for name in NAMES)
            visitor.run()
            assert_no_fault(visitor, text)
            is_told = "There is no board" in "\n".join(visitor.texts())
            assert is_told or not text.replace("\0", ""), repr(text)
    print(f"{len(texts)} strings through the address")


PAGES = ("", "actions", "agency", "audit_outcomes", "child_deaths", "history", "import_data", "measures")


@pytest.mark.parametrize("page", PAGES)
def test_no_text_in_any_part_of_a_pages_address_breaks_it(own, cookie, page):
    with visiting(own, cookie, page, "board=tidewater") as visitor:
        visitor.run()
        for text in FEW[PAGES.index(page) % 3 :: 3]:
            if halves(text):
                continue
            word = quote(text[:300])
            visitor.received.clear()
            visitor.query = "board=tidewater&" + "&".join(f"{name}={word}" for name in OWN_NAMES)
            visitor.run()
            assert_no_fault(visitor, text)


def typed_into(visitor: Visitor, texts: list[str]) -> int:
    """Type each text into every field that the page has, and leave them; how many fields there were."""
    fields = [*visitor.elements("text_input"), *visitor.elements("text_area")]
    for text in texts:
        visitor.received.clear()
        for field in fields:
            visitor.craft(field.id, string_value=text)
        visitor.run()
        assert_no_fault(visitor, text)
    return len(fields)


@pytest.fixture(scope="module")
def register(own):
    """A session on the register that is served."""
    engine = make_engine(own.database_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def an_action(register, status: Status) -> tuple[int, int]:
    """Id and number of an action of Tidewater that stands so now."""
    asked = select(Action).join(ActionState).join(Board, Board.id == Action.board_id)
    asked = asked.where(Board.slug == "tidewater", ActionState.status == status)
    found = register.exec(asked.where(ActionState.until_on >= date(9999, 12, 31))).first()
    return found.id, found.number


WAYS = (
    (Status.IN_PROGRESS, "Move the date", 1),
    (Status.IN_PROGRESS, "Name the owner", 1),
    (Status.IN_PROGRESS, "Withdraw it", 1),
    (Status.COMPLETE, "Close it", 2),
    (Status.VERIFIED, "", 1),
)


@pytest.mark.parametrize("form", WAYS, ids=str)
def test_what_is_typed_at_the_side_of_an_action_breaks_nothing(own, cookie, register, form):
    status, way, fields = form
    _, number = an_action(register, status)
    with visiting(own, cookie, "actions", f"board=tidewater&action={number}") as visitor:
        visitor.run()
        if way:
            visitor.set("What do you want to do?", [way]).run()
        assert typed_into(visitor, SOME) == fields


@pytest.mark.parametrize(
    ("name", "page", "query"), [("manager", "history", ""), ("admin", "accounts", "add=1")]
)
def test_what_is_typed_into_other_fields_breaks_nothing(own, name, page, query):
    with visiting(own, entered(own.url, name), page, f"board=tidewater&{query}") as visitor:
        visitor.run()
        assert typed_into(visitor, SOME) >= 1


def test_what_is_typed_by_nobody_in_particular_breaks_nothing(own):
    with visiting(own, new_cookie(own.url), "", "") as visitor:
        visitor.run()
        assert typed_into(visitor, SOME) >= 2
        visitor.set("Account", "\u202e\x00' OR 1=1 --").set("Password", "{0} \x00 %s").click("Sign in")
        assert_no_fault(visitor, "sign-in")
        assert "You are not signed in" in "\n".join(visitor.texts())


def test_a_note_is_saved_as_it_was_typed_or_refused_in_words(own, cookie, register, texts):
    action_id, number = an_action(register, Status.IN_PROGRESS)
    saved = []
    with visiting(own, cookie, "actions", "board=tidewater") as visitor:
        visitor.run()
        for text in texts:
            visitor.received.clear()
            visitor.query = f"board=tidewater&action={number}"
            visitor.run().set(f"action-{action_id}-note", text).set(f"action-{action_id}-evidence", text)
            visitor.click("Save the update")
            assert_no_fault(visitor, text)
            said = visitor.all_text()
            assert ("**Saved.**" in said) != ("Nothing was saved" in said or "Not saved" in said), repr(text)
            saved += [as_kept(text)] * ("**Saved.**" in said)
    assert saved == [kept for kept in map(as_kept, texts) if kept and len(kept) <= LONGEST]
    register.rollback()
    states = select(ActionState).where(ActionState.action_id == action_id).order_by(col(ActionState.version))
    assert [state.note for state in register.exec(states).all()[-len(saved) :]] == saved
    assert verify(register).broken_at is None
    print(f"{len(texts)} strings saved or refused at the side of an action")


def test_a_new_action_is_added_as_it_was_typed_or_refused_in_words(own, cookie, register, texts):
    added = []
    with visiting(own, cookie, "actions", "board=tidewater") as visitor:
        visitor.run()
        for text in texts:
            visitor.received.clear()
            visitor.query = "board=tidewater&add=1"
            visitor.run().set("What is promised?", text).set("More about it (may be left out)", text)
            visitor.click("Add the action")
            assert_no_fault(visitor, text)
            said = visitor.all_text()
            assert ("**Added.**" in said) != ("Not saved" in said), repr(text)
            added += [as_kept(text)] * ("**Added.**" in said)
        visitor.go("", "board=tidewater")
        assert_no_fault(visitor, "the overview")
    assert added == [kept for kept in map(as_kept, texts) if kept and len(kept) <= LONGEST]
    register.rollback()
    found = register.exec(select(Action).order_by(col(Action.id))).all()[-len(added) :]
    assert [(one.title, one.detail) for one in found] == [(text, text) for text in added]
