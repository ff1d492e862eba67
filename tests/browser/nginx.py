"""The nginx of the deployment's tests: the system's own.

`python -m tests.browser.nginx` sees to it that there is one where it can (root on Debian), and ends with
status 1 where it cannot; the tests that need it then fail with the same words.
"""

import os
import shutil
import sys

from manage import apt_install, may_use_apt

MISSING = (
    "The tests of the deployment need nginx, and it could neither be found nor installed. "
    "Install your system's package `nginx`, then try again."
)
PLACES = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin{os.pathsep}/usr/local/sbin"


def nginx() -> str | None:
    """Path of the program; None where there is none."""
    return shutil.which("nginx", path=PLACES)


def main() -> str | None:
    """Nothing when there is an nginx in the end; otherwise what to do about it."""
    return None if nginx() or (may_use_apt() and apt_install("nginx") and nginx()) else MISSING


if __name__ == "__main__":
    sys.exit(main())
