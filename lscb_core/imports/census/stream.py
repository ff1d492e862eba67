"""A census file as a stream: its header, then its children as they come, forgotten when the next ones come.

Nothing of the file is believed: a document type is refused, nothing outside the file is opened, and what
lies between two children may not grow. The parser's own messages are never passed on; they quote the file.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO, cast

from lxml import etree

from lscb_core.imports.census import refusals as why
from lscb_core.imports.census.opening import SAFELY, opening
from lscb_core.imports.census.refusals import malformed, refuse
from lscb_core.imports.reading import Problems, Progress

CHUNK = 64 * 1024
MOST_HELD = 2_000_000
"""Bytes from the end of one child to the end of the next; a real child takes some thousands."""
LAST = 200
"""So many of the last bytes say whether the file goes to its end."""
TOLD_EVERY = 16
"""Chunks between two words on the progress."""
Events = Iterator[tuple[str, etree._Element]]
PLACES = {"Header": "Message", "Child": "Children", "Children": "Message"}
"""What is waited for, and in what it stands."""


def batches(stream: BinaryIO, *, problems: Problems, progress: Progress) -> Iterator[list[etree._Element]]:
    """First the Header alone, then the Child elements as they come, some at a time, neighbours all.

    A batch is emptied when the next is asked for. Never seeks. Takes down the problem and raises Refused
    where the file is not XML or not a census.
    """
    chunks = _chunks(stream, progress)
    head = opening(chunks, problems=problems)
    wanted = ["{*}" + name for name in PLACES]
    parser = etree.XMLPullParser(("end",), tag=wanted, remove_blank_text=True, collect_ids=False, **SAFELY)
    places = _Places(problems)
    held, last = 0, b""
    try:
        for chunk in chain(head, chunks):
            parser.feed(chunk)
            held, last = held + len(chunk), (last + chunk[-LAST:])[-LAST:]
            for batch in places.sorted(element for _, element in cast(Events, parser.read_events())):
                held = 0
                yield batch
                places.forget(batch)
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


class _Places:
    """What has its place in a Message: one Header, and then Children with nothing in it but Child."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._has_header = False
        self._children: etree._Element | None = None  # the element whose children are coming
        self._before = 0  # how many of them stand in it, emptied

    def sorted(self, elements: Iterable[etree._Element]) -> Iterator[list[etree._Element]]:
        """The header alone, children together with their neighbours; the end of all children ends a batch."""
        batch: list[etree._Element] = []
        for element in elements:
            if element.tag == "Child" and element.getparent() is self._children is not None:
                batch.append(element)
                continue
            if batch:
                yield batch
            batch = [element] if self._begins(element) else []
        if batch:
            yield batch

    def _begins(self, element: etree._Element) -> bool:
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
        if element.tag == "Children" and len(element) != self._before:
            refuse(self._problems, why.IS_OUT_OF_PLACE)
        self._has_header, self._before = True, 0
        self._children = parent if element.tag == "Child" else None
        return element.tag != "Children"

    def forget(self, batch: list[etree._Element]) -> None:
        """Empty the elements, and drop all but the last, which the parser still needs."""
        for element in batch:
            element.clear()
        if self._children is not None:
            last = self._children.index(batch[-1])
            if last != self._before + len(batch) - 1:
                refuse(self._problems, why.IS_OUT_OF_PLACE)
            del self._children[:last]
            self._before = 1
