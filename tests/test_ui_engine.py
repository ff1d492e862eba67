"""The database under the pages: safe settings, writers one after the other, readers never held up."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from lscb_core.config import settings
from lscb_core.db import engine as engines
from lscb_core.db.engine import make_engine, reading, writing
from lscb_core.db.recording import raise_revision
from lscb_core.db.tables import Agency, DataRevision, RoleGrant
from lscb_core.domain.vocab import Role
from lscb_core.errors import BoardError
from tests.tab import served

IN_WORDS = (
    "The register is busy. Somebody else is saving, .* Nothing was lost: wait a moment, then try again."
)


@pytest.fixture
def impatient(monkeypatch, racing_engine):
    """The pages' engine, which waits a tenth of a second for others instead of five."""
    monkeypatch.setattr(engines, "PATIENCE_MS", 100)
    engine = make_engine(racing_engine.url.render_as_string(hide_password=False))
    with served(monkeypatch, engine):
        yield engine
    engine.dispose()


@pytest.fixture
def pages(monkeypatch, racing_engine):
    """The pages' engine is the test's."""
    with served(monkeypatch, racing_engine):
        yield racing_engine


@pytest.fixture
def file(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'board.db'}")
    yield engine
    engine.dispose()


def add(session: Session, slug: str) -> None:
    session.add(Agency(slug=slug, name=slug.title()))
    session.flush()


def held() -> list[str]:
    with reading() as session:
        return sorted(session.exec(select(Agency.slug)))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_every_connection_to_sqlite_has_its_safety_settings(file, pragma, value):
    with file.connect() as one, file.connect() as other:
        for connection in (one, other):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


@pytest.mark.parametrize("racing_engine", ["postgresql"], indirect=True)
def test_nobody_waits_for_ever_on_postgresql(racing_engine):
    with racing_engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == "5s"


def test_a_row_that_points_nowhere_is_refused(pages):
    with writing() as session:
        session.add(RoleGrant(account_id=987, role=Role.LAY, board_id=654))
        with pytest.raises(sa.exc.IntegrityError):
            session.commit()


def test_a_writer_takes_its_place_at_the_start_and_a_reader_takes_none(file):
    said = []
    sa.event.listen(file, "before_cursor_execute", lambda *words: said.append(words[2]))
    with file.connect() as reader:
        reader.exec_driver_sql("SELECT 1")
    with file.execution_options(writes=True).connect() as writer:
        writer.exec_driver_sql("SELECT 1")
    assert [words for words in said if words.startswith("BEGIN")] == ["BEGIN", "BEGIN IMMEDIATE"]


def test_what_is_committed_is_kept(pages):
    with writing() as session:
        add(session, "police")
        session.commit()
    assert held() == ["police"]


def test_left_without_a_commit_nothing_is_kept(pages):
    with writing() as session:
        add(session, "police")
    with reading() as session:
        add(session, "health")
    assert held() == []


def test_a_command_that_fails_half_way_keeps_nothing(pages):
    def half() -> None:
        with writing() as session:
            add(session, "police")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        half()
    assert held() == []


def test_a_reader_is_not_held_up_by_a_writer_and_sees_what_was_there(impatient):
    with writing() as session:
        raise_revision(session)
        add(session, "police")
        assert held() == []
        session.commit()
    assert held() == ["police"]


def test_a_writer_is_not_held_up_by_a_reader(impatient):
    with reading() as reader:
        assert reader.exec(select(Agency)).all() == []
        with writing() as session:
            add(session, "police")
            session.commit()


# On SQLite alone: PostgreSQL shows what is committed, statement by statement.
@pytest.mark.parametrize("racing_engine", ["sqlite"], indirect=True)
def test_a_reader_sees_one_state_throughout(pages):
    with reading() as reader:
        assert reader.exec(select(Agency)).all() == []
        with writing() as session:
            add(session, "police")
            session.commit()
        assert reader.exec(select(Agency)).all() == []


def test_a_second_writer_waits_then_hears_in_words_that_the_register_is_busy(impatient):
    with writing() as first:
        raise_revision(first)
        with pytest.raises(BoardError, match=IN_WORDS), writing() as second:
            raise_revision(second)
        first.commit()
    with reading() as session:
        assert session.get_one(DataRevision, 1).number == 2


def test_after_waiting_the_second_writer_can_write(impatient):
    with writing() as first:
        raise_revision(first)
    with writing() as second:
        raise_revision(second)
        second.commit()
    with reading() as session:
        assert session.get_one(DataRevision, 1).number == 2


@pytest.mark.parametrize("opened", [reading, writing])
def test_any_other_trouble_stays_a_fault(pages, opened):
    with pytest.raises(sa.exc.DBAPIError, match="no such table|does not exist"), opened() as session:
        session.connection().exec_driver_sql("SELECT * FROM nowhere")


def test_there_is_one_engine_for_a_process_and_the_settings_name_its_database(monkeypatch, tmp_path):
    monkeypatch.setenv("LSCB_DATABASE_URL", f"sqlite:///{tmp_path / 'one.db'}")
    settings.cache_clear()
    engines.engine.cache_clear()
    assert engines.engine() is engines.engine()
    assert engines.engine().url.database == str(tmp_path / "one.db")
    settings.cache_clear()
    engines.engine.cache_clear()


def test_a_fault_of_the_database_does_not_repeat_what_was_to_be_stored(pages):
    """It goes to the log: a count that is hidden from readers, or a reason, has no place there."""
    with writing() as session:
        session.add(RoleGrant(account_id=987654, role=Role.CHAIR, board_id=None))
        with pytest.raises(sa.exc.IntegrityError) as fault:
            session.flush()
    assert "parameters hidden" in str(fault.value)
    assert "[parameters: {" not in str(fault.value)
