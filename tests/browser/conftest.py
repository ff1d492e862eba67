"""A running server with the demonstration, and a real Chromium to visit it with."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import serving
from tests.browser.chromium import MISSING, chromium
from tests.sharing import once_a_run

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
STAGE = pytest.StashKey[dict[str, bool]]()


SQLITE, POSTGRESQL = "sqlite", "postgresql"
ON_BOTH = ("test_walk_chair", "test_walk_manager", "test_walk_import")
"""The files that run on PostgreSQL too without `--long`; with it all do."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Serve either kind of database to the tests that are served one."""
    if "kind" in metafunc.fixturenames:
        both = metafunc.config.getoption("--long") or metafunc.module.__name__.endswith(ON_BOTH)
        kinds = [SQLITE, POSTGRESQL] if both else [SQLITE]
        metafunc.parametrize("kind", kinds, indirect=True, scope="package")


@pytest.fixture(scope="package")
def kind(request) -> str:
    """The kind of the database that is served."""
    return request.param


# The scope is the package and not the run: Playwright's event loop would get in the way of later tests.
@pytest.fixture(scope="package")
def demonstration(kind, request, tmp_path_factory) -> Path:
    """A folder with a database that holds the demonstration; to be copied, never served."""
    if kind == POSTGRESQL:
        folder = tmp_path_factory.mktemp("demonstration-on-postgresql")
        server = request.getfixturevalue("_postgres").engine.url
        serving.on_postgresql(folder, server.render_as_string(hide_password=False))
        return serving.prepare(folder, "init", "demo")
    return once_a_run(
        tmp_path_factory, "demonstration", lambda folder: serving.prepare(folder, "init", "demo")
    )


@pytest.fixture(scope="package")
def running(demonstration, tmp_path_factory) -> Iterator[serving.Server]:
    """The server that tests share: they read, or change only what no other test looks at."""
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("server"))
    with serving.served(folder) as server:
        yield server


@pytest.fixture(scope="package")
def server(running) -> str:
    """Address of the shared server, without a slash at the end."""
    return running.url


@pytest.fixture
def fresh_server(demonstration, tmp_path_factory) -> Iterator[Callable[..., serving.Server]]:
    """Start a server of one's own: `fresh_server(LSCB_TODAY="2014-03-31").url`; `empty=True` without data."""
    with ExitStack() as servers:

        def start(*, empty: bool = False, **settings: str) -> serving.Server:
            folder = tmp_path_factory.mktemp("fresh")
            if empty:
                serving.empty(demonstration, folder)
            else:
                serving.copy(demonstration, folder)
            return servers.enter_context(serving.served(folder, **settings))

        yield start


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each page comes in a context of its own."""
    program = chromium()
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, request, tmp_path) -> Iterator[Callable[..., Page]]:
    """Open a page as another person, on another machine: `new_page(width=390, scheme="dark")`."""
    pages: list[Page] = []

    def open_one(*, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        pages.append(context.new_page())
        return pages[-1]

    yield open_one
    for number, page in enumerate(pages):
        if request.node.stash.get(STAGE, {}).get("call") is False:
            _picture(page, tmp_path / f"failed-{number}.png")
        page.context.close()


@pytest.fixture
def page(new_page) -> Page:
    """A page 1280 pixels wide, as nobody in particular."""
    return new_page()


def _picture(page: Page, path: Path) -> None:
    page.screenshot(path=path, full_page=True)
    print(f"{page.url} as it was: {path}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Remember how each stage of a test went, for the picture of what failed."""
    report = yield
    item.stash.setdefault(STAGE, {})[report.when] = report.passed
    return report
