"""In Chromium, until the last chart is drawn: a cold load, a warm load, a change of a filter."""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from lscb_core.ui.places import keys
from tests.benchmarks.reruns import BOARD, MORE, REAL
from tests.browser.serving import Server
from tests.browser.steps import wait_ready

QUIET_MS = 500
WATCH = """
window.lastDrawn = 0;
const watch = () => {
  const main = document.querySelector('[data-testid=stMain]');
  if (!main) { requestAnimationFrame(watch); return; }
  new MutationObserver(() => { window.lastDrawn = performance.now(); })
    .observe(main, {childList: true, subtree: true, characterData: true, attributes: true,
                    attributeFilter: ['d', 'x', 'y', 'transform', 'src', 'value', 'aria-label']});
};
watch();
"""


@dataclass(frozen=True)
class Drawn:
    """Milliseconds until nothing more was drawn."""

    cold: float
    warm: float
    filtered: float | None


def drawn(server: Server, browser: Browser, *, runs: int) -> dict[str, Drawn]:
    """Each page, and as 'empty' the empty one."""
    return {page: _one(server, browser, page, runs) for page in ("empty", *keys())}


def _one(server: Server, browser: Browser, page: str, runs: int) -> Drawn:
    address = f"{server.url}/{REAL.get(page, page)}?board={BOARD}{MORE.get(page, '')}"
    _load(browser.new_context(), address)  # the server's own first time is nobody's
    cold = [_load(browser.new_context(), address) for _ in range(runs)]
    context = browser.new_context()
    _load(context, address, close=False)
    warm = [_load(context, address, close=False) for _ in range(runs)]
    filtered = None if page == "empty" else _filtered(context, address, runs)
    context.close()
    return Drawn(statistics.median(cold), statistics.median(warm), filtered)


def _load(context: BrowserContext, address: str, *, close: bool = True) -> float:
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    wait_ready(page)
    took = _quiet(page)
    page.close()
    if close:
        context.close()
    return took


def _quiet(page: Page) -> float:
    """The moment of the last drawing, once half a second has passed without another."""
    page.wait_for_function(f"window.lastDrawn && performance.now() - window.lastDrawn > {QUIET_MS}")
    return float(page.evaluate("window.lastDrawn"))


def _filtered(context: BrowserContext, address: str, runs: int) -> float:
    """Choosing another priority, to and fro."""
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    wait_ready(page)
    _quiet(page)
    took = [_choose(page, number) for number in [1, 2, 1, 2] + [1 + turn % 2 for turn in range(runs)]]
    page.close()
    return statistics.median(took[4:])  # the first four fill the memory for both choices


def _choose(page: Page, number: int) -> float:
    box = page.get_by_role("combobox", name="As at")
    box.click()
    option = page.get_by_role("option").nth(number)
    option.wait_for()
    begun = float(page.evaluate("window.lastDrawn = 0, performance.now()"))
    option.click()
    wait_ready(page)
    return _quiet(page) - begun
