"""Every check of the project, one after the other: `python3 manage.py check [--long]`."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "layers": ["-c", LAYERS],
    "test": ["manage.py", "test"],
}


def check(options: list[str]) -> int:
    """Run them all, also after a failure; then name those that failed. 0 when everything holds."""
    orders = {**CHECKS, "test": CHECKS["test"] + options}
    failed = [name for name, words in orders.items() if not holds(name, words)]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything holds.")
    return 1 if failed else 0


def holds(name: str, words: list[str]) -> bool:
    """Run one check under its name, and say how it went and how long it took."""
    print(f"\n--- {name}", flush=True)
    begun = time.monotonic()
    passed = subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode == 0
    print(f"--- {name}: {'holds' if passed else 'FAILED'} ({time.monotonic() - begun:.0f} s)", flush=True)
    return passed


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--long"]):
        sys.exit("manage.py check takes one option: --long")
    sys.exit(check(sys.argv[1:]))
