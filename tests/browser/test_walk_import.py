"""A return goes from the dashboard's empty workbook through the police's hands into the figures, and back."""

import csv
import http.client
import io
import os
import re
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser import serving
from tests.browser.raw import entered
from tests.browser.steps import choose, click, fill, heading, settle, sign_in, told, wait_ready
from tests.browser.ws import Visitor
from tests.make_sent import XLSX, threshold_return

pytestmark = pytest.mark.browser

MEGABYTE = 1024 * 1024
FEB = "28 February 2026"


@pytest.fixture(scope="module")
def importing(demonstration, tmp_path_factory):
    """A server whose figures this walk may change."""
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("importing"))
    with serving.served(folder) as server:
        yield server


def opened(new_page, importing, who: str, *, more: str = "", **size):
    page = new_page(**size)
    sign_in(page, f"{importing.url}/import_data?board=tidewater{more}", who)
    return page


def put(page, name: str, content: bytes, mime: str = XLSX) -> None:
    """Upload a file and wait until it was read."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": mime, "buffer": content})
    expect(page.get_by_role("button", name="Leave it")).to_be_visible(timeout=30_000)
    wait_ready(page)


def filled(path: Path, attended: int) -> bytes:
    """The downloaded workbook with one course filled in."""
    book = load_workbook(io.BytesIO(path.read_bytes()))
    for column, value in ((3, "Neglect"), (4, 12), (5, 10), (6, attended)):
        book["Training"].cell(4, column).value = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def serious(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:150]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def test_a_return_is_asked_for_filled_in_and_sent(importing, new_page):
    manager = opened(new_page, importing, "manager", more="&settings=asked")
    choose(manager, "Of which agency?", "Police")
    choose(manager, "Which return?", "Training take-up")
    choose(manager, "The first period ends on", FEB)
    click(manager, "Ask for it")
    expect(told(manager.get_by_role("dialog"))).to_contain_text("It is asked for from now on")

    police = opened(new_page, importing, "police")
    main = police.get_by_test_id("stMain")
    expect(main).to_contain_text("Your training take-up for February 2026 is missing, 2 days past its day.")
    expect(police.get_by_text("Due 30 March 2026, nothing came.")).to_be_visible()
    with police.expect_download() as waiting:
        police.get_by_role("button", name="Workbook to fill in").first.click()
    assert waiting.value.suggested_filename == "tidewater-training-police-2026-02-28.xlsx"
    put(police, "first.xlsx", filled(waiting.value.path(), 8))
    expect(main).to_contain_text("Training take-up: Police, February 2026")
    expect(main).to_contain_text("would change")
    assert serious(police) == []
    click(police, "Take it in")
    expect(told(police).first).to_contain_text("Taken in.")
    expect(main).to_contain_text("Nothing is missing from your agency.")

    put(police, "second.xlsx", filled(waiting.value.path(), 9))
    expect(main).to_contain_text("Replaces what Police lead sent on 1 April 2026 (file “first.xlsx”)")
    click(police, "Take it in")
    chair = opened(new_page, importing, "chair")
    tile = '[role=graphics-symbol][aria-label="Police, due in March 2026: late"]'
    expect(chair.locator(tile)).to_have_count(1)


def test_a_file_is_undone_in_its_drawer_with_a_reason(importing, new_page):
    box = "Open a file to see where its figures come from and what it replaced"
    page = opened(new_page, importing, "manager")
    put(page, "march.xlsx", threshold_return(board="tidewater", agency=("housing", "Housing"), count=9))
    click(page, "Take it in")
    expect(told(page).first).to_contain_text("Taken in.")
    page.get_by_role("combobox", name=box).click()  # scrolls there; a scroll would close the list
    page.get_by_role("combobox", name=box).fill("Threshold return: Housing")
    page.get_by_role("option").first.click()
    settle(page)
    drawer = page.get_by_role("dialog")
    for words in ("march.xlsx", "SHA-256 of the file:", "Sent by Board manager", "What it holds"):
        expect(drawer).to_contain_text(words)
    expect(drawer).to_contain_text(re.compile(r"File \d+ will stand again for 1 piece of it"))
    assert serious(page) == []
    click(page, "Undo this file")
    expect(told(drawer)).to_contain_text("say why it is undone")
    fill(page, "Why is it undone?", "It was last year's")
    click(page, "Undo this file")
    expect(told(page).first).to_contain_text("Undone.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "file=" not in page.url


def test_problems_are_taken_away_as_csv_with_their_places(importing, new_page):
    page = opened(new_page, importing, "manager")
    put(page, "bad.xlsx", threshold_return(board="tidewater", bad=12))
    expect(told(page).first).to_contain_text("the file has 12 problems")
    assert serious(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).first.click()
    rows = list(csv.reader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert rows[1] == ["File", "Sheet", "Row or record", "Field", "What is wrong", "What to do"]
    assert rows[2][:5] == ["bad.xlsx", "Referrals", "4", "Referrals", "“many” is not a number."]
    assert len(rows) == 2 + 12
    click(page, "Leave it")
    expect(told(page).first).to_contain_text("Nothing of “bad.xlsx” was kept.")


def test_two_managers_and_the_second_is_shown_anew_what_would_change(importing, new_page):
    first, second = (opened(new_page, importing, "manager") for _ in range(2))
    health = ("health", "Health trust")
    put(first, "one.xlsx", threshold_return(board="tidewater", agency=health, count=30))
    put(second, "two.xlsx", threshold_return(board="tidewater", agency=health, count=31))
    click(first, "Take it in")
    expect(told(first).first).to_contain_text("Taken in.")
    click(second, "Take it in")
    expect(told(second).first).to_contain_text("the register was changed while you were looking")
    expect(second.get_by_test_id("stMain")).to_contain_text(
        "Replaces what Board manager sent on 1 April 2026"
    )
    click(second, "Take it in")
    expect(told(second).first).to_contain_text("Taken in.")


@pytest.mark.parametrize(
    ("who", "width"), [("manager", 390), ("police", 390), ("manager", 1280), ("lay", 390)]
)
def test_every_role_meets_a_page_that_axe_finds_nothing_in(importing, new_page, who, width):
    page = opened(new_page, importing, who, width=width)
    assert serious(page) == []
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
    assert (page.locator("input[type=file]").count() > 0) is (who != "lay")


@pytest.mark.parametrize("setting", ["asked", "sources", "words"])
def test_the_settings_are_clean_drawers(importing, new_page, setting):
    page = opened(new_page, importing, "manager", more=f"&settings={setting}", scheme="dark")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious(page) == []


def test_an_administrator_is_not_offered_the_page(importing, new_page):
    page = new_page()
    sign_in(page, f"{importing.url}/?board=tidewater", "admin")
    expect(page.get_by_role("link", name="Actions")).to_be_visible()
    expect(page.get_by_role("link", name="Import")).to_have_count(0)
    page = opened(new_page, importing, "chair")
    expect(page.get_by_role("link", name="Import")).to_be_visible()
    expect(heading(page)).to_have_text("Which figures have come, and which are missing?")


class Upload:
    """One upload by this visitor, to one session of the server, held open between its pieces."""

    def __init__(
        self, server: serving.Server, visitor: Visitor, size: int, *, to: str = "", method: str = "PUT"
    ) -> None:
        cookie = visitor.headers["Cookie"]
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.connection.request("GET", "/_stcore/health")
        answer = self.connection.getresponse()
        token = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers["Set-Cookie"])[1]
        answer.read()
        self.head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.xlsx"\r\n\r\n'
        self.tail = b"\r\n--x--\r\n"
        self.connection.putrequest(method, f"/_stcore/upload_file/{to or visitor.session_id}/file-{size}")
        self.connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        self.connection.putheader("Content-Length", str(size + len(self.head) + len(self.tail)))
        self.connection.putheader("X-Xsrftoken", token)
        self.connection.putheader("Cookie", f"_streamlit_xsrf={token}; {cookie}")
        self.connection.putheader("Origin", server.url)
        self.connection.endheaders()
        self.left = size

    def send(self, size: int) -> None:
        """The next bytes."""
        self.connection.send(self.head + os.urandom(size))
        self.head, self.left = b"", self.left - size

    def end(self) -> int:
        """The rest; gives back the status."""
        self.send(self.left)
        self.connection.send(self.tail)
        return self.status()

    def status(self) -> int:
        """The status of the answer, also where nothing was sent."""
        with closing(self.connection):
            return self.connection.getresponse().status


def visiting(importing, who: str) -> Visitor:
    cookie = {"Cookie": entered(importing.url, who)}
    visitor = Visitor(importing.url, page="import_data", query="board=tidewater", headers=cookie).__enter__()
    return visitor.run()


def files_of(pid: int) -> set[str]:
    """All that the server holds open and that is a file of a folder, or of none any more."""
    links = set()
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            links.add(os.readlink(f"/proc/{pid}/fd/{name}"))
        except FileNotFoundError:
            continue
    return {link for link in links if link.startswith("/") and "/dev/" not in link}


def test_an_upload_never_lies_on_disk(importing):
    visitor = visiting(importing, "manager")
    before = files_of(importing.pid)
    upload = Upload(importing, visitor, 12 * MEGABYTE)
    upload.send(9 * MEGABYTE)
    seen: set[str] = set()
    watching = threading.Event()

    def watch() -> None:
        while not watching.is_set():
            seen.update(files_of(importing.pid))
            time.sleep(0.001)

    watcher = threading.Thread(target=watch)
    watcher.start()
    time.sleep(0.5)  # the first pieces have been taken in; the last is still to come
    assert upload.end() == 204
    watching.set()
    watcher.join()
    visitor.__exit__(None, None, None)
    assert {
        name for name in seen - before if not name.endswith((".py", ".pyc", ".db", "-wal", "-shm"))
    } == set()


def test_only_a_page_that_asks_for_a_file_is_sent_one_and_only_the_census_is_large(importing):
    chair, manager = visiting(importing, "chair"), visiting(importing, "manager")
    assert Upload(importing, chair, 100).status() == 403
    assert Upload(importing, manager, 100, to="0" * 36).status() == 403
    assert Upload(importing, manager, 26 * MEGABYTE).status() == 413
    manager.set("What kind of file is it?", manager.find("What kind of file is it?")[1].options[3]).run()
    assert Upload(importing, manager, 26 * MEGABYTE).end() == 204
    for visitor in (chair, manager):
        visitor.__exit__(None, None, None)


def test_whoever_knows_a_sessions_number_cannot_put_a_file_in_the_place_of_its_owners(importing):
    chair, manager = visiting(importing, "chair"), visiting(importing, "manager")
    assert Upload(importing, manager, 100).end() == 204
    assert Upload(importing, chair, 100, to=manager.session_id).status() == 403
    assert Upload(importing, chair, 100, to=manager.session_id, method="DELETE").status() == 403
    assert Upload(importing, manager, 100, method="DELETE").end() == 204
    for visitor in (chair, manager):
        visitor.__exit__(None, None, None)
