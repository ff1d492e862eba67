"""What every test may ask for: a clean database (SQLite and PostgreSQL in turn), the reference folder."""

import compileall
import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from tests import databases

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NOWHERE = "sqlite:////dev/null/a test has to name its database"
BOTH = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` runs the tests that take minutes as well."""
    parser.addoption("--long", action="store_true", help="run the tests that take minutes too")


def pytest_configure(config: pytest.Config) -> None:
    """Forget the settings of whoever runs the tests: no test may reach a database in use."""
    for name in [name for name in os.environ if name.startswith("LSCB_")]:
        del os.environ[name]
    os.environ["LSCB_DATABASE_URL"] = NOWHERE
    if not _is_worker(config):
        # The tests start hundreds of processes, and each would compile the product for itself.
        compileall.compile_dir(ROOT / "lscb_core", quiet=2)
        # Sets have another order in each run, but the same for all workers: they must find the same tests.
        os.environ.setdefault("PYTHONHASHSEED", str(random.randrange(2**32)))


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log):
    """On several cores whole files are handed out, unless `--dist` names another way."""
    if config.getoption("dist") != "load":
        return None
    from tests.sharing import ByFile

    config.option.loadscopereorder = False  # the order is that of `turn`
    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Two reasons to leave a test out, and no third one; on several cores, the order of the files."""
    if _is_worker(config):
        from tests.sharing import turn

        items.sort(key=turn)
    no_shared = pytest.mark.skip(reason="../shared is not beside the project")
    too_long = pytest.mark.skip(reason="takes minutes; runs with --long")
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(no_shared)
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(too_long)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What the demonstration promises is asked of it as loaded on each of several days."""
    if "demo_day" in metafunc.fixturenames:
        from tests.tidewater import DAYS

        metafunc.parametrize("demo_day", DAYS, ids=str)


@pytest.fixture(scope="session")
def _sqlite_template():
    with databases.sqlite_template() as template:
        yield template


@pytest.fixture(scope="session")
def _postgres() -> Iterator[databases.Postgres]:
    with databases.postgres_server() as url:
        postgres = databases.Postgres(url)
        yield postgres
        postgres.engine.dispose()


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A clean database with all tables. On SQLite one connection, in memory, serves all sessions."""
    if request.param == "sqlite":
        template = request.getfixturevalue("_sqlite_template")
        with databases.sqlite_in_memory(template) as engine:
            yield engine
        return
    yield from _clean_afterwards(request.getfixturevalue("_postgres"))


@pytest.fixture(params=BOTH)
def racing_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A clean database that several connections can use at once: for two people saving together."""
    if request.param == "sqlite":
        template = request.getfixturevalue("_sqlite_template")
        with databases.sqlite_in_file(template, tmp_path / "racing.db") as engine:
            yield engine
        return
    postgres = request.getfixturevalue("_postgres")
    postgres.committed = True  # a test may hand the address on: other engines' commits go unnoticed
    yield from _clean_afterwards(postgres)


@pytest.fixture
def register_url(racing_engine: Engine) -> str:
    """The address of a clean database with all tables, of either kind, for what opens its database itself."""
    return racing_engine.url.render_as_string(hide_password=False)


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch, register_url: str) -> Iterator[Session]:
    """A session on the empty register that the pages read, on 1 April 2026."""
    from tests.opened import empty_register

    with empty_register(monkeypatch, register_url) as session:
        yield session


@pytest.fixture(params=BOTH)
def fresh(request: pytest.FixtureRequest, tmp_path: Path):
    """Engines of new databases without a table: `fresh("one")`, or `fresh("one", "sqlite")`."""
    from tests.fresh import fresh_databases

    with fresh_databases(request, tmp_path, request.param) as database:
        yield database


@pytest.fixture
def board(session: Session):
    """A board without anything on it."""
    from tests import make

    return make.board(session)


@pytest.fixture
def police(session: Session, board):
    """The police, who sit on the board."""
    from tests import make

    return make.agency(session, board)


@pytest.fixture
def health(session: Session, board):
    """The health services, who sit on the board."""
    from tests import make

    return make.agency(session, board, "health")


@pytest.fixture
def mine(board, police):
    """The police's page of today."""
    from tests import make

    return make.view(board, agency_id=police.id)


@pytest.fixture
def manager(session: Session, board) -> int:
    """The number of the board manager's account."""
    from lscb_core.domain.vocab import Role
    from tests import make

    return make.account(session, Role.MANAGER, board)


@pytest.fixture
def demo(demo_day: date) -> Session:
    """A session on the demonstration's board as loaded on that day, only to be read."""
    from tests.tidewater import board_on

    return board_on(demo_day)


@pytest.fixture(scope="session")
def small_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published tables with the statistics of England and Stockton only."""
    from tests.published_folder import small_copy

    return small_copy(tmp_path_factory.mktemp("small"))


@pytest.fixture
def own_published(tmp_path: Path) -> Path:
    """The same tables in a copy of one's own, to be changed."""
    from tests.published_folder import small_copy

    return small_copy(tmp_path)


@pytest.fixture
def published_boards(session: Session, small_published: Path) -> Session:
    """A session on a register that holds the published boards, with these statistics."""
    from lscb_core import published

    published.load(session, folder=small_published)
    return session


def _clean_afterwards(postgres: databases.Postgres) -> Iterator[Engine]:
    yield postgres.engine
    postgres.clean()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on a clean database. What it commits, another session of the test sees on SQLite only."""
    if engine.dialect.name == "postgresql":
        with databases.rolled_back(engine) as session:
            yield session
        return
    with Session(engine) as session:
        yield session
