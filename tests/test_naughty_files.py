"""Odd text in the files that are sent: read without a fault, refused in words or kept as its column says."""

import json
import re
from datetime import date

import pytest
from sqlmodel import select

from lscb_core.commands.imports import note_refusal, save_import
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Action, ActionState, Import, SentScope
from lscb_core.domain.vocab import Role
from lscb_core.imports.reading import from_json, to_json
from lscb_core.imports.templates.about import ABOUT
from lscb_core.imports.templates.checks import cell_checks
from lscb_core.imports.templates.model import Given, Kind
from lscb_core.imports.templates.pointing import points_to_a_child
from lscb_core.imports.templates.registry import TEMPLATES
from lscb_core.imports.templates.values import as_text, parser
from tests import make, make_workbooks
from tests.make_imports import facts
from tests.make_templates import AGENCIES, read
from tests.naughty_all import EVERY, halves, share

TEXT_COLUMNS = [
    (key, form.key, column.key)
    for key, template in TEMPLATES.items()
    for form in template.forms
    for column in form.columns
    if column.kind is Kind.TEXT
]
NO_SIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")


def in_file(text: str) -> str:
    """How Excel writes a text: controls by their number, what is no sign at all left out."""
    whole = "".join(sign for sign in text if not halves(sign) and sign not in "\ufffe\uffff")
    return NO_SIGN.sub(lambda found: f"_x{ord(found[0]):04X}_", whole)


def kept(text: str) -> str:
    """What a text column makes of it: plain ends of lines, no unseen controls, no outer spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "", lines).strip()


def column_of(template: str, form: str, column: str):
    [found] = [one for one in TEMPLATES[template].forms if one.key == form]
    return found.column(column)


def fits(column, text: str) -> bool:
    value = as_text(text)
    return value is None or all(check.holds(value) for check in cell_checks(column, Given("tidewater", {})))


@pytest.mark.parametrize("place", TEXT_COLUMNS, ids="/".join)
def test_every_text_column_of_every_template_refuses_in_words_or_keeps_the_text(place):
    column = column_of(*place)
    parse = parser(column, Given("tidewater", AGENCIES))
    for text in EVERY:
        assert parse(text) == (kept(text) or None)
        plain = not points_to_a_child(kept(text)) and len(kept(text)) <= column.longest
        assert fits(column, text) == plain or (column.extra and plain)  # a reference has a rule of its own


def about(key: str) -> list[list[str]]:
    return [["Template", key], ["Version", "1"], ["Board", "tidewater"], ["Agency", ""]]


@pytest.mark.parametrize("key", TEMPLATES)
def test_no_text_in_any_cell_of_any_template_makes_the_reader_fail(key):
    sheets = {
        form.title: [[column.heading for column in form.columns]]
        + [[in_file(text)] * len(form.columns) for text in EVERY]
        for form in TEMPLATES[key].forms
    }
    found = read(make_workbooks.workbook({**sheets, ABOUT: about(key)}))
    assert found.problems
    assert not found.scopes
    assert all(problem.problem and problem.advice for problem in found.problems)
    said = json.dumps(to_json(found), ensure_ascii=False).encode()
    assert from_json(json.loads(said)) == found


@pytest.mark.parametrize("key", ["actions", "training"])
def test_no_text_as_a_heading_a_sheets_name_or_a_fact_makes_the_reader_fail(key):
    names = {f"{number}{in_file(text)}"[:31]: [[in_file(text)]] for number, text in enumerate(EVERY[::9])}
    facts_ = [[in_file(text), in_file(text)] for text in EVERY]
    for sheets in (
        {"Actions": [list(map(in_file, EVERY))], ABOUT: about(key)},
        {**names, ABOUT: about(key)},
        {"Actions": [["Number"]], ABOUT: facts_},
    ):
        found = read(make_workbooks.workbook(sheets))
        assert found.problems
        json.dumps(to_json(found), ensure_ascii=False).encode()


@pytest.fixture
def texts(session, request):
    """Strings that a return of actions may hold: every fourth of all, or with --long all of them."""
    every = share(session.get_bind().dialect.name, everything=request.config.getoption("--long"))
    every = every if len(every) == len(EVERY) else every[::2]
    column = column_of("actions", "actions", "detail")
    return [text for text in every if kept(text) and len(kept(text)) < 1900 and fits(column, text)]


def a_return(texts) -> bytes:
    """New actions, one for each text; every title begins with its number, so that each stands once."""
    [form] = TEMPLATES["actions"].forms
    rows = [
        {"as_at": date(2026, 5, 31), "status": "In progress", "source_kind": "Audit", "detail": in_file(text)}
        | {"title": f"{number} {in_file(text.strip())}", "note": in_file(text)}
        for number, text in enumerate(texts)
    ]
    lines = [[row.get(column.key) for column in form.columns] for row in rows]
    headings = [column.heading for column in form.columns]
    return make_workbooks.workbook({"Actions": [headings, *lines], ABOUT: about("actions")})


def test_a_return_full_of_odd_text_is_taken_in_letter_by_letter(session, texts):
    board = make.board(session, "tidewater")
    manager = make.account(session, Role.MANAGER, board)
    session.commit()
    made = read(a_return(texts))
    assert made.problems == ()
    what = {"actor": manager, "board_id": board.id, "file": facts(), "reading": made, "at": make.NOW}
    save_import(session, **what)
    session.expire_all()
    wanted = [kept(text) for text in texts]
    found = session.exec(select(Action).order_by(Action.number)).all()
    assert [one.detail for one in found] == wanted
    assert [one.title for one in found] == [
        kept(f"{number} {text.strip()}") for number, text in enumerate(texts)
    ]
    [sent] = session.exec(select(SentScope)).all()
    assert [row["note"] for row in sent.rows] == wanted
    now = session.exec(
        select(ActionState).where(ActionState.note != "").order_by(ActionState.action_id)
    ).all()
    assert [state.note for state in now] == wanted
    assert verify(session).broken_at is None
    print(f"{len(wanted)} strings through a return of actions")


def test_a_refused_file_full_of_odd_text_leaves_none_of_it(session):
    board = make.board(session, "tidewater")
    manager = make.account(session, Role.MANAGER, board)
    session.commit()
    marked = [[f"{in_file(text)} Marigold", 1] for text in EVERY]
    made = read(
        make_workbooks.workbook({"Actions": [["Action", "Number"], *marked], ABOUT: about("actions")})
    )
    what = {"actor": manager, "board_id": board.id, "file": facts(), "reading": made, "at": make.NOW}
    note_refusal(session, **what)
    assert "Marigold" not in repr(session.exec(select(Import)).all())
