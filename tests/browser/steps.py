"""What a person does in the browser, in the person's words; and the waiting that each step needs."""

from playwright.sync_api import Locator, Page, expect

RAN = "[data-testid=stApp][data-test-script-state=notRunning]"
STILL_LOADING = "[data-testid=stSkeleton]"
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)  # the other cores are at work too: five seconds are not always enough


def wait_ready(page: Page) -> None:
    """Wait until the page has been worked out and drawn."""
    page.wait_for_selector(RAN, timeout=PATIENCE_MS)
    expect(page.locator(STILL_LOADING)).to_have_count(0, timeout=PATIENCE_MS)


def open_page(page: Page, url: str) -> None:
    """Go to an address and wait for it to be drawn."""
    page.goto(url)
    wait_ready(page)


def sign_in(page: Page, url: str, name: str, password: str | None = None) -> None:
    """Open an address as one of the demonstration's accounts (`chair`, `manager`, `police`, ...)."""
    open_page(page, url)
    fill(page, "Account", name)
    fill(page, "Password", password or f"{name}-demo-password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password")).to_have_count(0, timeout=PATIENCE_MS)
    wait_ready(page)


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field, and leave it as a person does."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()


def click(page: Page, name: str) -> None:
    """Press a button and wait for what follows."""
    page.get_by_role("button", name=name).click()
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Pick from a drop-down list, found by its label, also where the label is not drawn."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def follow(page: Page, name: str) -> None:
    """Follow a link and wait for the page behind it."""
    page.get_by_role("link", name=name).first.click()
    settle(page)


def settle(page: Page) -> None:
    """Wait for the run that a step has just set off; it begins a moment after the step."""
    page.wait_for_timeout(150)
    wait_ready(page)


def heading(page: Page) -> Locator:
    """The page's one headline."""
    return page.get_by_role("heading", level=1)


def told(page: Page | Locator) -> Locator:
    """What the page says in a box: saved, refused, or a warning."""
    return page.get_by_test_id("stAlert")
