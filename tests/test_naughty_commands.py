"""Odd text in every text field of every command: refused in words, or kept letter by letter as its rule says.

On both databases, in the records, in the history and in what the pages are given.
"""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from lscb_core import commands
from lscb_core.commands.actions import Seen, assign, redate, update_status
from lscb_core.commands.import_settings import map_sources, map_spellings
from lscb_core.commands.imports import note_refusal, preview, save_import, undo_import
from lscb_core.commands.new_actions import NewAction, add_action
from lscb_core.commands.returns_asked import Wanted, ask_return
from lscb_core.commands.seen_imports import save_seen
from lscb_core.commands.words import LONGEST
from lscb_core.db.access import person
from lscb_core.db.recording import wait_for_turn
from lscb_core.db.sealing import verify
from lscb_core.db.tables import Action, ActionState, Event, Import, Origin, SourceSpelling
from lscb_core.domain.codes import SOURCE_GROUP_LABELS, SOURCES
from lscb_core.domain.returns import TITLES, Every
from lscb_core.domain.vocab import ActionSource, Role, Status
from lscb_core.errors import BadInput
from lscb_core.imports.reading import Problem, Reading
from lscb_core.imports.sources.text import key_of
from lscb_core.queries.actions import action_history, actions
from lscb_core.queries.one_import import one_import
from tests import make
from tests.make_imports import census, facts, tally
from tests.naughty_all import EVERY, FEW, KINDS, as_kept, share
from tests.text_fields import text_fields

TRIED = {
    "actions.update_status note",
    "actions.update_status evidence",
    "actions.redate reason",
    "actions.assign reason",
    "new_actions.add_action new.title",
    "new_actions.add_action new.detail",
    "imports.undo_import why",
    "import_settings.map_spellings means[]",
    "import_settings.map_sources agencies[]",
    "returns_asked.ask_return wanted.template",
    "imports.note_refusal file.name",
    "imports.preview file.name",
    "imports.save_import file.name",
    "seen_imports.save_seen file.name",
}
"""Every field has a test below. A new one: write its test, then name it here."""
OURS = {
    "file.sha256": "worked out from the file",
    "found.head": "the last seal",
    "reading.": "the reader's own words, and cells that it has cleaned",
}
"""Text that nobody types. What a reader hands on is tried through files, in test_naughty_files.py."""


def is_ours(field: str) -> bool:
    return field.split()[1].startswith(tuple(OURS))


def test_every_text_field_of_every_command_is_tried():
    assert {field for field in text_fields(commands, "actor") if not is_ours(field)} == TRIED


def test_there_are_more_than_500_strings_of_every_kind():
    assert len(EVERY) > 1000
    assert len(set(EVERY)) == len(EVERY)
    assert min(map(len, (share("sqlite"), share("postgresql")))) > 500
    print(f"{len(EVERY)} strings of {len(KINDS)} kinds; {len(TRIED)} text fields of commands")


@pytest.fixture
def texts(session, request):
    """The strings that this database gets: more than 500, and all of them with --long."""
    return share(session.get_bind().dialect.name, everything=request.config.getoption("--long"))


@pytest.fixture
def town(session):
    """A board with two agencies, its manager, and an action in progress of the first agency."""
    board = make.board(session)
    police, health = make.agency(session, board), make.agency(session, board, "health")
    manager = make.account(session, Role.MANAGER, board)
    action = make.action(session, board, owner=police, due=make.TODAY)
    session.commit()
    return board, manager, action, (police, health)


def tried(session, command, text: str) -> bool:
    """Whether the command took the text; a refusal is in words and leaves nothing."""
    try:
        command(text)
    except BadInput as refused:
        session.rollback()
        said = bool(refused.what and refused.advice and str(refused).encode())
        return not said
    return True


def taken(session, command, texts, *, needed: bool) -> list[str]:
    """The texts that the command took: all but those that are too long, or nothing where words are needed."""
    took = [text for text in texts if tried(session, command, text)]
    fit = [text for text in texts if len(as_kept(text)) <= LONGEST and (as_kept(text) or not needed)]
    assert took == fit
    session.expire_all()
    return [as_kept(text) for text in took]


def events(session, act: str) -> list[Event]:
    return list(session.exec(select(Event).where(Event.act == act).order_by(Event.id)))


def assert_sealed(session) -> None:
    found = verify(session)
    assert found.broken_at is None
    assert found.events == session.exec(select(func.count()).select_from(Event)).one()


def states(session) -> list[ActionState]:
    return list(session.exec(select(ActionState).order_by(ActionState.version)))[1:]


def test_notes_and_evidence(session, town, texts):
    board, manager, action, _ = town
    number = action.id

    def command(text):
        seen = Seen(number, action.version)
        words = {"to": Status.IN_PROGRESS, "note": text, "evidence": text}
        update_status(session, actor=manager, seen=seen, **words, at=make.NOW)

    kept = taken(session, command, texts, needed=True)
    assert [(state.note, state.evidence) for state in states(session)] == [(text, text) for text in kept]
    told = events(session, "update_action")
    assert [event.note for event in told] == kept
    shown = action_history(session, view=make.view(board), action_id=number)
    assert set(kept) <= set(shown["note"])
    assert_sealed(session)


def test_why_a_date_is_moved(session, town, texts):
    _, manager, action, _ = town

    def command(text):
        day = make.TODAY + timedelta(days=1 + action.version % 2)
        seen = Seen(action.id, action.version)
        redate(session, actor=manager, seen=seen, due_on=day, reason=text, at=make.NOW)

    kept = taken(session, command, texts, needed=True)
    assert [state.reason for state in states(session)] == kept
    assert [event.note for event in events(session, "redate_action")] == kept
    assert_sealed(session)


def test_why_an_owner_is_named(session, town, texts):
    _, manager, action, agencies = town

    def command(text):
        other = agencies[action.version % 2].id
        seen = Seen(action.id, action.version)
        assign(session, actor=manager, seen=seen, agency_id=other, reason=text, at=make.NOW)

    kept = taken(session, command, texts, needed=False)
    assert [state.reason for state in states(session)] == kept
    assert [event.note for event in events(session, "assign_action")] == kept
    assert_sealed(session)


def test_what_is_promised_and_more_about_it(session, town, texts):
    board, manager, *_ = town

    def command(text):
        new = NewAction(title=text, detail=text, source_kind=ActionSource.AUDIT)
        add_action(session, actor=manager, board_id=board.id, new=new, at=make.NOW)

    kept = taken(session, command, texts, needed=True)
    added = session.exec(select(Action).order_by(Action.id)).all()[1:]
    assert [(each.title, each.detail) for each in added] == [(text, text) for text in kept]
    assert [event.after["title"] for event in events(session, "add_action")] == kept
    shown = actions(session, view=make.view(board), most=5000)
    assert sorted(shown["title"]) == sorted([*kept, "Do what was promised"])
    assert_sealed(session)


def a_file(session, board, manager) -> int:
    """A file that was taken in and brought nothing, so that undoing it is quick."""
    row = Import(
        board_id=board.id,
        kind="cin-census",
        file_name="census.xml",
        sha256="0" * 64,
        status="saved",
        origin_id=make.origin(session).id,
        account_id=manager,
        saved_by="Board manager",
        saved_at=make.NOW,
    )
    return make.added(session, row).id


def test_why_a_file_is_undone(session, town, texts):
    board, manager, *_ = town
    standing = [a_file(session, board, manager)]
    session.commit()

    def command(text):
        undo_import(session, actor=manager, import_id=standing[-1], why=text, at=make.NOW)
        standing.append(a_file(session, board, manager))
        session.commit()

    kept = taken(session, command, texts, needed=True)
    undone = session.exec(select(Import).where(Import.status == "undone").order_by(Import.id)).all()
    assert [row.undone_why for row in undone] == kept
    assert [event.note for event in events(session, "undo_import")] == kept
    assert_sealed(session)


def test_words_of_a_source_and_what_they_are_said_to_mean(session, town, texts):
    board, manager, *_ = town
    what = {"actor": manager, "board_id": board.id, "at": make.NOW}
    took = [
        text
        for text in texts
        if tried(session, lambda words: map_spellings(session, means={words: "police"}, **what), text)
    ]
    assert took == [text for text in texts if key_of(text) and len(as_kept(text)) <= LONGEST]
    session.expire_all()
    held = session.exec(select(SourceSpelling)).all()
    assert {row.key: row.words for row in held} == {key_of(text): as_kept(text) for text in took}
    assert not [
        text
        for text in texts
        if text and tried(session, lambda word: map_spellings(session, means={"GP": word}, **what), text)
    ]
    assert_sealed(session)


def test_sources_and_templates_are_those_of_the_list_alone(session, town, texts):
    board, manager, _, (police, _) = town
    known = {*SOURCES, *SOURCE_GROUP_LABELS, *TITLES}
    what = {"actor": manager, "board_id": board.id, "at": make.NOW}

    def hand_over(text):
        map_sources(session, agencies={text: police.id}, **what)

    def ask(text):
        ask_return(session, wanted=Wanted(police.id, text, Every.MONTH, make.TODAY, 30), **what)

    for command in (hand_over, ask):
        assert {text for text in texts if tried(session, command, text)} <= known
    assert_sealed(session)


REFUSED = Reading("cin-census", title="Census", problems=(Problem("It is empty.", "Fill it in."),))


def as_named(text: str) -> str:
    """What is kept of a file's name: as it came, but for what no text may be, and 200 characters."""
    return as_kept(f"|{text}|")[1:-1][:200]


def test_names_of_refused_files(session, town, texts):
    board, manager, *_ = town
    what = {"actor": manager, "board_id": board.id, "reading": REFUSED, "at": make.NOW}
    for text in texts:
        note_refusal(session, file=facts(text), **what)
    session.expire_all()
    kept = [as_named(text) for text in texts]
    assert [row.file_name for row in session.exec(select(Import).order_by(Import.id))] == kept
    assert [event.after["file"] for event in events(session, "refuse_import")] == kept
    assert_sealed(session)


def test_names_of_files_that_are_looked_at_and_taken_in(session, town, texts):
    board, manager, *_ = town
    what = {"actor": manager, "board_id": board.id, "at": make.NOW}
    few = texts if len(texts) > len(EVERY) / 2 + 1 else FEW[::4]
    for number, text in enumerate(few):
        made = census(make.TODAY, [tally(make.TODAY, count=10 + number)])
        preview(session, file=facts(text), reading=made, **what)
        seen = {"seen": wait_for_turn(session)} if number % 2 else {}
        (save_seen if seen else save_import)(session, file=facts(text), reading=made, **seen, **what)
    session.expire_all()
    rows = session.exec(select(Import).order_by(Import.id)).all()
    assert [row.file_name for row in rows] == [as_named(text) for text in few]
    assert all(f"File “{row.file_name}”" in session.get(Origin, row.origin_id).note for row in rows)
    opened = one_import(session, view=make.view(board), who=person(session, manager), number=rows[-1].id)
    assert opened.file == rows[-1].file_name
    assert_sealed(session)
