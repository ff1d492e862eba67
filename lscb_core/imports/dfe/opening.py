"""A published file as rows of cells, whatever its encoding, line ends and separator; or why it is none.

It is looked through once for what no text file holds, then read twice, row by row.
"""

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from lscb_core.imports.reading import Problems, Progress, Refused

CHUNK = 1_000_000
BEGINNING = 4096
ROWS_A_WORD = 20_000
"""So many rows between two words of progress."""
SEPARATORS = ",;\t|"
AGAIN = "Download it again, and send it as it comes: the underlying data as CSV."
OTHER_KINDS = {
    b"PK": "a workbook or a packed folder",
    b"\xd0\xcf\x11\xe0": "an old workbook",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a packed file",
    b"<": "a web page or an XML file",
    b"{": "a JSON file",
    b"[": "a JSON file",
}
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
LINE_ENDS = (b"\n", b"\r", b"\n\0", b"\r\0")

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that holds text: how its letters are written, what parts its cells, how it ends."""

    stream: BinaryIO
    size: int
    encoding: str
    separator: str
    is_ended: bool  # the last line has an end

    @property
    def has_decimal_commas(self) -> bool:
        """Where semicolons part the cells, numbers may have a comma for the point."""
        return self.separator == ";"

    def headings(self, problems: Problems) -> list[str]:
        """The cells of the first row. Raises Refused as `rows` does."""
        with closing(self._rows(None, (0.0, 0.0), problems)) as rows:
            return next(rows, (1, [""]))[1]

    def rows(self, progress: Progress, part: tuple[float, float], problems: Problems) -> Iterator[Row]:
        """Each row below the headings that holds anything, with its number as a spreadsheet counts.

        Progress runs between the two shares of `part`. Raises Refused where a row cannot be told from the
        next.
        """
        return islice(self._rows(progress, part, problems), 1, None)

    def _rows(
        self, progress: Progress | None, part: tuple[float, float], problems: Problems
    ) -> Generator[Row, None, None]:
        number = 0
        with self._text() as text:
            rows = csv.reader(text, delimiter=self.separator, strict=True)
            try:
                for number, cells in enumerate(rows, 1):
                    if progress and not number % ROWS_A_WORD:
                        done = self.stream.tell() / self.size
                        progress("Reading the rows", part[0] + done * (part[1] - part[0]))
                    if any(cells):
                        yield number, cells
            except csv.Error:
                problems.add(
                    "From here on the file cannot be read: a cell in quotation marks has no end, or is far "
                    "too long. It may have been cut off.",
                    AGAIN,
                    row=number + 1,
                )
                raise Refused(problems) from None

    @contextmanager
    def _text(self) -> Iterator[io.TextIOWrapper]:
        self.stream.seek(0)
        text = io.TextIOWrapper(self.stream, self.encoding, newline="")
        try:
            yield text
        finally:
            text.detach()  # or the stream would be closed with it


def opened(stream: BinaryIO, problems: Problems, notes: Problems) -> Opened:
    """Look through the file. Raises Refused where it holds no text, or nothing at all."""
    stream.seek(0)
    beginning = stream.read(BEGINNING)
    encoding = next((name for mark, name in MARKS.items() if beginning.startswith(mark)), "")
    _refuse_other_kinds(beginning, problems)
    size, end, is_utf8 = _looked_through(stream, problems, may_hold_nul=encoding == "utf-16")
    if not encoding:
        encoding = "utf-8" if is_utf8 else "cp1252"
    if encoding == "utf-16" and not _is_whole_utf16(stream):
        problems.add("The file ends in the middle of a letter: it has been cut off.", AGAIN)
        raise Refused(problems)
    if encoding == "utf-8-sig" and not is_utf8:
        problems.add("Some letters of the file are damaged: it says UTF-8, and is not.", AGAIN)
        raise Refused(problems)
    if encoding == "cp1252":
        encoding = "latin-1"
        notes.add("Letters beyond A to Z were read as Windows writes them.", "Only names can be affected.")
    first = beginning.decode(encoding, errors="ignore").splitlines()[:1]
    return Opened(stream, size, encoding, _separator("".join(first)), end.endswith(LINE_ENDS))


def _refuse_other_kinds(beginning: bytes, problems: Problems) -> None:
    start = beginning.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start:
        problems.add("The file is empty.", AGAIN)
        raise Refused(problems)
    for mark, kind in OTHER_KINDS.items():
        if start.startswith(mark):
            problems.add(f"This is {kind}, not a CSV file.", AGAIN)
            raise Refused(problems)


def _looked_through(stream: BinaryIO, problems: Problems, *, may_hold_nul: bool) -> tuple[int, bytes, bool]:
    """The file's size, its last bytes, and whether it is UTF-8. Raises Refused where it is no text."""
    stream.seek(0)
    decoder, is_utf8, size, end = codecs.getincrementaldecoder("utf-8")(), True, 0, b""
    while chunk := stream.read(CHUNK):
        if b"\0" in chunk and not may_hold_nul:
            problems.add(
                "The file holds characters that no text has (NUL): it is damaged, or no text.", AGAIN
            )
            raise Refused(problems)
        size, end = size + len(chunk), chunk[-2:]
        is_utf8 = is_utf8 and _decodes(decoder, chunk)
    return size, end, is_utf8 and _decodes(decoder, b"", final=True)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _is_whole_utf16(stream: BinaryIO) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-16")()
    while chunk := stream.read(CHUNK):
        if not _decodes(decoder, chunk):
            return False
    return _decodes(decoder, b"", final=True)


def _separator(heading: str) -> str:
    return max(SEPARATORS, key=heading.count)
