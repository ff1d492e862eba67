"""The log: one line of JSON for each event, on standard error, with nothing in it about a person.

What a line may hold is decided here, not by whoever writes it:
- Our own messages are written out in full; they say what happened and never quote what somebody typed.
- Of other libraries' messages only the words that stand in their source are kept, with `%s` where a value
  would be: the values are addresses, session numbers, names of files. A message that was put together before
  it was logged is left out. Where it was logged stands in the line in either case.
- Of an exception the kind, the places it passed and the code of the system or database. Never its text,
  which may quote a row or what was typed; never the values of variables.
"""

import ast
import json
import logging
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from errno import errorcode
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import Any

OURS = "lscb"
log = logging.getLogger(OURS)

NOT_SHOWN = "not shown"
MOST_PLACES, MOST_CAUSES = 50, 10
ROOT = f"{Path(__file__).resolve().parent.parent}/"
PACKAGES = "site-packages/"
CONTROL = str.maketrans({"\x7f": "\\u007f"})  # the one sign of control that JSON would let by

_reference: ContextVar[str] = ContextVar("reference", default="")


def reference() -> str:
    """A number for one fault, short enough to read out."""
    digits = secrets.token_hex(3).upper()
    return f"{digits[:4]}-{digits[4:]}"


def reference_of(fault: BaseException) -> str:
    """The number of this fault: the same one wherever it is logged or shown."""
    kept = vars(fault).get("reference")
    if not isinstance(kept, str):
        kept = vars(fault)["reference"] = _reference.get() or reference()
    return kept


@contextmanager
def under(number: str) -> Iterator[None]:
    """Whatever goes wrong inside the block is logged under this number."""
    before = _reference.set(number)
    try:
        yield
    finally:
        _reference.reset(before)


class Lines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Signs of control, ends of lines among them, come out as JSON escapes: nobody can forge a line."""
        told = _told(record)
        return json.dumps({name: value for name, value in told.items() if value}).translate(CONTROL)


def _told(record: logging.LogRecord) -> dict[str, Any]:
    fault = record.exc_info[1] if record.exc_info else None
    number = vars(record).get("reference") or (reference_of(fault) if fault else _reference.get())
    moment = datetime.fromtimestamp(record.created, UTC)
    return {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _event(record),
        "reference": number,
        "process": record.process,
        "at": _place(record.pathname, record.lineno, record.funcName or ""),
        "fault": [_fault(each) for each in _chain(fault)],
    }


def _event(record: logging.LogRecord) -> str:
    if record.name == OURS or record.name.startswith(f"{OURS}."):
        return record.getMessage()
    words = record.msg
    return words if isinstance(words, str) and words in _words_of(record.pathname) else NOT_SHOWN


@lru_cache(maxsize=200)
def _words_of(path: str) -> frozenset[str]:
    """Every text that stands in a source file as it is. Empty where there is no source."""
    try:
        tree = ast.parse(Path(path).read_bytes())
    except (OSError, ValueError, SyntaxError):
        return frozenset()
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(text for text in constants if isinstance(text, str))


def _chain(fault: BaseException | None) -> list[BaseException]:
    """The fault, what it came from, and what it holds together; the last raised first."""
    found: list[BaseException] = []
    ahead = [fault] if fault else []
    while ahead and len(found) < MOST_CAUSES:
        each = ahead.pop(0)
        if each in found:
            continue
        found.append(each)
        before = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        ahead += [before] if before else []
        ahead += each.exceptions if isinstance(each, BaseExceptionGroup) else []
    return found


def _fault(fault: BaseException) -> dict[str, Any]:
    kind = type(fault)
    places = [
        _place(frame.f_code.co_filename, line, frame.f_code.co_qualname)
        for frame, line in walk_tb(fault.__traceback__)
    ]
    told = {"type": f"{kind.__module__}.{kind.__qualname__}", "code": _code(fault)}
    return {name: text for name, text in told.items() if text} | {"stack": places[-MOST_PLACES:]}


def _code(fault: BaseException) -> str:
    """What the system or the database calls the fault; these words are theirs, from a fixed list."""
    with suppress(Exception):
        number = getattr(fault, "errno", None) if isinstance(fault, OSError) else None
        named = getattr(fault, "sqlite_errorname", None) or getattr(fault, "sqlstate", None)
        return errorcode.get(number or 0) or (named if isinstance(named, str) else "")
    return ""


def _place(path: str, line: int, function: str) -> str:
    """File, line and function, without the folders of the machine."""
    inside = path.rpartition(PACKAGES)[2].removeprefix(ROOT)
    return f"{Path(inside).name if inside.startswith('/') else inside}:{line} {function}"


class OneHandler(logging.Handler):
    """Writes each line to standard error, whole, and is never the reason why something fails."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        try:
            line = self.format(record)
        except Exception:  # a message whose parts cannot be written out
            line = json.dumps({"level": "error", "logger": OURS, "event": "a line could not be written"})
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()


def write_one_log() -> None:
    """Send whatever this process logs, and every fault that nobody caught, through the one form.

    May be called again, for libraries that have set up their own logging meanwhile.
    """
    handler = OneHandler()
    handler.setFormatter(Lines())
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    for each in list(logging.root.manager.loggerDict.values()):
        if isinstance(each, logging.Logger):
            each.handlers.clear()
            each.propagate = True
    logging.captureWarnings(True)
    sys.excepthook = lambda _kind, fault, _trace: _uncaught(fault)
    threading.excepthook = lambda told: _uncaught(told.exc_value)
    sys.unraisablehook = lambda told: _uncaught(told.exc_value)


def _uncaught(fault: BaseException | None) -> None:
    if fault and not isinstance(fault, KeyboardInterrupt | SystemExit):
        log.error("fault", exc_info=fault)
