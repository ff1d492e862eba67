"""The Chromium of the browser tests: the system's own, else Playwright's.

`python -m tests.browser.chromium` sees to it that there is one, and ends with status 1 where that fails.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from manage import apt_install, may_use_apt

MISSING = (
    "The browser tests need Chromium, and it could neither be found nor installed. "
    "Install your system's package `chromium`, then try again."
)


def chromium() -> str | None:
    """Path of the program; None where there is none."""
    return shutil.which("chromium") or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> bool:
    """Debian's package where this is root on Debian, else Playwright's; whether there is one now."""
    print("There is no Chromium here yet: installing it for the browser tests, once ...", flush=True)
    if may_use_apt() and apt_install("chromium") and chromium():
        return True
    libraries = ["--with-deps"] if may_use_apt() else []
    order = [sys.executable, "-m", "playwright", "install", *libraries, "chromium"]
    return subprocess.run(order, check=False).returncode == 0 and chromium() is not None


def main() -> str | None:
    """Nothing when there is a Chromium in the end; otherwise what to do about it."""
    return None if chromium() or install() else MISSING


if __name__ == "__main__":
    sys.exit(main())
