"""A census file as a stream: its header, then one child after another, each forgotten when the next comes.

Nothing of the file is believed: a document type is refused, nothing outside the file is opened, and what
lies between two children may not grow. The parser's own messages are never passed on; they quote the file.
"""

from collections.abc import Iterable, Iterator
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
    """The Header and each Child of the Message, in the file's order. Each is emptied when the next is asked.

    Never seeks. Takes down the problem and raises Refused where the file is not XML or not a census.
    """
    chunks = _chunks(stream, progress)
    head = opening(chunks, problems=problems)
    wanted = ["{*}" + name for name in PLACES]
    parser = etree.XMLPullParser(("end",), tag=wanted, remove_blank_text=True, collect_ids=False, **SAFELY)
    try:
        yield from _fed(parser, chain(head, chunks), problems)
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


def _fed(
    parser: etree.XMLPullParser, chunks: Iterable[bytes], problems: Problems
) -> Iterator[etree._Element]:
    held, within, last = 0, None, b""
    for chunk in chunks:
        parser.feed(chunk)
        held += len(chunk)
        last = (last + chunk)[-LAST:]
        for _, element in cast(Events, parser.read_events()):
            held, parent = 0, element.getparent()
            if parent is not within or element.tag != "Child":
                _check_place(element, problems)
                within = parent if element.tag == "Child" else None
            if element.tag != "Children":
                yield element
            element.clear()
            while parent is not None and (earlier := parent[0]) is not element:
                if earlier.tag not in PLACES:
                    refuse(problems, why.IS_OUT_OF_PLACE)
                parent.remove(earlier)  # the element itself is still in use
        if held > MOST_HELD:
            refuse(problems, why.IS_TOO_LONG)
    _close(parser, last, problems)


def _close(parser: etree.XMLPullParser, last: bytes, problems: Problems) -> None:
    """Some faults are told only here, however early they stand in the file: then its end is still an end."""
    try:
        parser.close()
    except etree.XMLSyntaxError:
        if last.replace(b"\0", b"").rstrip().endswith(b"</Message>"):
            raise
        refuse(problems, why.ENDS_EARLY)


def _check_place(element: etree._Element, problems: Problems) -> None:
    parent = element.getparent()
    if element.tag not in PLACES:
        refuse(problems, why.HAS_A_NAMESPACE)
    if parent is None or parent.tag != PLACES[element.tag]:
        refuse(problems, why.IS_OUT_OF_PLACE)
