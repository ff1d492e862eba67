"""A census file as a stream: its header, then one child after another, each forgotten when the next comes.

Nothing of the file is believed: a document type is refused, nothing outside the file is opened, and what
lies between two children may not grow. The parser's own messages are never passed on; they quote the file.
"""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, cast

from lxml import etree

from lscb_core.imports import census_refusals as why
from lscb_core.imports.census_opening import SAFELY, opening
from lscb_core.imports.census_refusals import malformed, refuse
from lscb_core.imports.reading import Problems, Progress

CHUNK = 128 * 1024
MOST_HELD = 2_000_000
"""Bytes from the end of one child to the end of the next; a real child takes some thousands."""
LAST = 200
"""So many of the last bytes say whether the file goes to its end."""
TOLD_EVERY = 8
"""Chunks between two words on the progress."""
Events = Iterator[tuple[str, etree._Element]]
PLACES = {"Header": "Message", "Child": "Children", "Children": "Message"}
"""What is waited for, and in what it stands."""


def parts(stream: BinaryIO, *, problems: Problems, progress: Progress) -> Iterator[etree._Element]:
    """The Header, then each Child of the Message. Each is emptied when the next is asked for.

    Never seeks. Takes down the problem and raises Refused where the file is not XML or not a census.
    """
    chunks = _chunks(stream, progress)
    head = opening(chunks, problems=problems)
    wanted = ["{*}" + name for name in PLACES]
    parser = etree.XMLPullParser(("end",), tag=wanted, remove_blank_text=True, collect_ids=False, **SAFELY)
    place = _Place(problems)
    held, last, before = 0, b"", None
    try:
        for chunk in chain(head, chunks):
            parser.feed(chunk)
            held, last = held + len(chunk), (last + chunk[-LAST:])[-LAST:]
            for _, element in cast(Events, parser.read_events()):
                held, parent = 0, element.getparent()
                if (parent is place.children and element.tag == "Child") or place.holds(element):
                    yield element
                element.clear()
                while parent is not None and (earlier := parent[0]) is not element:
                    if earlier is not before and earlier.tag not in PLACES:
                        refuse(problems, why.IS_OUT_OF_PLACE)
                    parent.remove(earlier)  # the element itself is still in use
                before = element
            if held > MOST_HELD:
                refuse(problems, why.IS_TOO_LONG)
        _close(parser, last, problems)
    except etree.XMLSyntaxError as error:
        malformed(problems, error)


def _chunks(stream: BinaryIO, progress: Progress) -> Iterator[bytes]:
    size, read, number = getattr(stream, "size", 0), 0, 0
    while chunk := stream.read(CHUNK):
        read += len(chunk)
        if number % TOLD_EVERY == 0:
            progress("Counting children", min(read / size, 1.0) if size else -1.0)
        number += 1
        yield chunk


def _close(parser: etree.XMLPullParser, last: bytes, problems: Problems) -> None:
    """Some faults are told only here, however early they stand in the file: then its end is still an end."""
    try:
        parser.close()
    except etree.XMLSyntaxError:
        if last.replace(b"\0", b"").rstrip().endswith(b"</Message>"):
            raise
        refuse(problems, why.ENDS_EARLY)


class _Place:
    """What has its place in a Message: one Header, and then Children with nothing in it but Child."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._has_header = False
        self.children: etree._Element | None = None

    def holds(self, element: etree._Element) -> bool:
        """Check the header, the first child and the end of the children; true for the first two."""
        parent = element.getparent()
        if element.tag not in PLACES:
            refuse(self._problems, why.HAS_A_NAMESPACE)
        if parent is None or parent.tag != PLACES[element.tag]:
            refuse(self._problems, why.IS_OUT_OF_PLACE)
        if element.tag == "Header" and self._has_header:
            refuse(self._problems, why.HAS_TWO_HEADERS)
        if element.tag != "Header" and not self._has_header:
            refuse(self._problems, why.HAS_NO_HEADER)
        self._has_header = True
        self.children = parent if element.tag == "Child" else None
        return element.tag != "Children"
