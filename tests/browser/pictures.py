"""Takes the pictures of the README anew: `python -m tests.browser.pictures`, on the demonstration."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import serving
from tests.browser.chromium import MISSING, chromium
from tests.browser.conftest import FLAGS
from tests.browser.steps import sign_in

FOLDER = serving.ROOT / "docs" / "pictures"
PICTURES = {
    "overview": ("chair", "/?board=tidewater", 1280, "light"),
    "thresholds": ("chair", "/threshold_usage?board=tidewater", 1280, "light"),
    "audits": ("subgroup", "/audit_outcomes?board=tidewater", 1280, "light"),
    "deaths": ("lay", "/child_deaths?board=tidewater", 1280, "light"),
    "actions": ("subgroup", "/actions?board=tidewater", 1280, "light"),
    "action": ("police", "/actions?board=tidewater&action=348", 1280, "light"),
    "agency": ("police", "/agency?board=tidewater&agency=police", 1280, "light"),
    "import": ("manager", "/import_data?board=tidewater", 1280, "light"),
    "stockton": ("chair", "/?board=stockton", 1280, "light"),
    "overview-dark": ("chair", "/?board=tidewater", 1280, "dark"),
    "overview-phone": ("chair", "/?board=tidewater", 390, "light"),
}
TALLEST = {"thresholds": 1180, "audits": 1400, "agency": 1400, "action": 900}


def main() -> None:
    """Serve the demonstration from a folder of its own, and take every picture."""
    program = chromium()
    if program is None:
        sys.exit(MISSING)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        folder = serving.prepare(Path(kept), "init", "demo")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        with serving.served(folder) as server:
            for name in PICTURES:
                _take(browser, server.url, name)
        browser.close()


def _take(browser: Browser, url: str, name: str) -> None:
    who, address, width, scheme = PICTURES[name]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, url + address, who)
    page.wait_for_timeout(1500)  # charts fade in
    whole = int(page.get_by_test_id("stMain").evaluate("each => each.scrollHeight"))
    page.set_viewport_size({"width": width, "height": min(max(whole, 900), TALLEST.get(name, 1500))})
    page.mouse.move(0, 0)
    page.wait_for_timeout(1000)
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
