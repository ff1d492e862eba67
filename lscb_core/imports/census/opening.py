"""The first bytes of a census file: is it XML at all, without a document type, and a Message?"""

from collections.abc import Iterator
from typing import Any, cast

from lxml import etree

from lscb_core.imports.census import refusals as why
from lscb_core.imports.census.refusals import malformed, refuse
from lscb_core.imports.reading import Problems

SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How every parser here is made: nothing is fetched, nothing expands, and the library's own bounds stand."""
ROOT = "Message"
STEP = 4096
MOST_BEFORE = 100_000
"""Bytes that may come before the first element: a declaration and a comment take some hundreds."""
ZIP = b"PK\x03\x04"
WEB_PAGE = (b"<!doctype html", b"<html")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<", b"\x00<")
"""How XML begins: with a mark of its encoding, or with an element."""


class _HasDoctype(Exception):
    """The parser came to a document type: it is stopped before it reads what stands in it."""


class _Opening:
    """What the parser meets on its way to the first element."""

    root = ""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise _HasDoctype

    def start(self, tag: str, _attributes: object) -> None:
        self.root = self.root or tag

    def close(self) -> None:
        """It is never read to its end."""


def opening(chunks: Iterator[bytes], *, problems: Problems) -> list[bytes]:
    """Take chunks until the first element is met; gives them back, to be read again from the beginning.

    Takes down the problem and raises Refused where the file is empty, not XML or not a Message.
    """
    taken = [_first(chunks)]
    _check_kind(taken[0], problems)
    met = _Opening()
    parser = etree.XMLParser(target=cast(Any, met), **SAFELY)
    _feed(parser, taken[0], met, problems)
    while not met.root and sum(map(len, taken)) < MOST_BEFORE and (chunk := next(chunks, b"")):
        taken.append(chunk)
        _feed(parser, chunk, met, problems)
    _check_root(met.root, sum(map(len, taken)), problems)
    return taken


def _first(chunks: Iterator[bytes]) -> bytes:
    """Enough to tell a kind of file by; a pipe may hand over a few bytes at a time."""
    first = b""
    while len(first) < STEP and (chunk := next(chunks, b"")):
        first += chunk
    return first


def _check_kind(first: bytes, problems: Problems) -> None:
    begins = first[:STEP].removeprefix(MARKS[0]).lstrip()
    if not begins:
        refuse(problems, why.IS_EMPTY)
    if begins.startswith(ZIP):
        refuse(problems, why.IS_ZIP)
    if begins.lower().startswith(WEB_PAGE):
        refuse(problems, why.IS_WEB_PAGE)
    if not begins.startswith(MARKS):
        refuse(problems, why.IS_NOT_XML)


def _feed(parser: etree.XMLParser, chunk: bytes, met: _Opening, problems: Problems) -> None:
    """In small steps, so that nothing much is read twice."""
    try:
        for start in range(0, len(chunk), STEP):
            parser.feed(chunk[start : start + STEP])
            if met.root:
                return
    except _HasDoctype:
        refuse(problems, why.HAS_DOCTYPE)
    except etree.XMLSyntaxError as error:
        if not met.root:
            malformed(problems, error)


def _check_root(root: str, length: int, problems: Problems) -> None:
    if not root:
        refuse(problems, why.IS_OTHER_XML if length >= MOST_BEFORE else why.ENDS_EARLY)
    if root != ROOT:
        refuse(problems, why.HAS_A_NAMESPACE if root.endswith("}" + ROOT) else why.IS_OTHER_XML)
