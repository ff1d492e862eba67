"""A quick look over the XML of a sheet before a library builds a table from it.

The library lays the table out in memory from the first used cell to the last: one value in the last cell of
a sheet would take 400 GB. What slips past this look meets the limits of the process (`confined`).
"""

import posixpath
import re
from dataclasses import dataclass
from xml.etree import ElementTree

from lscb_core.imports.workbooks.parts import AGAIN, Parts, damaged, refuse

MOST_ROWS = 300_000
MOST_CELLS = 4_500_000
"""Cells of one sheet; the library takes some 80 bytes for each."""
MOST_TEXTS = 2_000_000
FAR_COLUMN = 52
"""Only columns after AZ are looked at one by one; that is what keeps the look quick."""
LAST_COLUMN = 702
SMALL_PART = 5_000_000

# A cell that is not empty (<c r="…" …/> is only formatted), after column AZ or after row 299,999.
_FAR = re.compile(
    rb' r="(?:([A-Z]{3}|[B-Z][A-Z])([0-9]{1,7})|([A-Z]{1,2})([0-9]{7}|[3-9][0-9]{5}))"[^>]{0,200}(?<!/)>'
)
_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_NO_RESULT = (b"</f></c>", b"</f><v/>", b"</f><v></v>")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class Look:
    """What a look over one sheet has seen so far. `column` is the last one used after AZ, or 0."""

    sheet: str
    column: int = 0
    row: int = 0
    cells: int = 0
    uncalculated: bool = False

    def at(self, piece: bytes) -> None:
        """Look at one piece, cut between two tags. Raises Refused."""
        for found in _FAR.finditer(piece):
            letters, digits = (found[1] or found[3]), int(found[2] or found[4])
            self._far(letters.decode(), digits)
        last = _ROW.match(piece, max(piece.rfind(b'<row r="'), 0))
        self.row = max(self.row, int(last[1])) if last else self.row
        self.cells += piece.count(b"</c>")
        if not self.uncalculated and b"</f>" in piece:
            self.uncalculated = any(mark in piece for mark in _NO_RESULT)
        if max(self.cells, self.column * self.row) > MOST_CELLS:
            refuse(
                f"This sheet is larger than a sheet may be: {MOST_CELLS:,} cells.",
                "Delete what stands beside or below the table, or send it in parts.",
                sheet=self.sheet,
            )

    def _far(self, letters: str, row: int) -> None:
        column = column_number(letters)
        if row > MOST_ROWS or column > LAST_COLUMN:
            refuse(
                f"Something stands in cell {letters}{row}, far outside any table.",
                f"Delete it, and all empty rows and columns after the table; then save. If the table really "
                f"is longer than {MOST_ROWS:,} rows, send it in parts.",
                sheet=self.sheet,
                row=row,
            )
        if column > FAR_COLUMN:
            self.column, self.row = max(self.column, column), max(self.row, row)


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def look_over(parts: Parts, path: str, sheet: str) -> Look:
    """Unpack a sheet's part and look at all of it. Raises Refused."""
    look, rest = Look(sheet), b""
    if path not in parts:
        damaged()
    for number, unpacked in enumerate(parts.unpacked(path)):
        if not number:  # definitions stand before all else
            refuse_definitions(unpacked)
        piece = rest + unpacked
        cut = piece.rfind(b"<c ") if len(rest) < SMALL_PART else len(piece)
        cut = cut if cut >= 0 else max(piece.rfind(b"<"), 0)
        look.at(piece[:cut])
        rest = piece[cut:]
    look.at(rest)
    return look


def look_over_texts(parts: Parts, path: str) -> None:
    """The list of texts that sheets share. Raises Refused."""
    count = 0
    for piece in parts.unpacked(path) if path in parts else ():
        if not count:
            refuse_definitions(piece)
        count += piece.count(b"<si")
        if count > MOST_TEXTS:
            refuse("This workbook holds more different texts than any return should.", AGAIN)


def refuse_definitions(piece: bytes) -> None:
    """Excel writes no document type and no entities; a file that has them means harm."""
    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or b"\0" in piece[:1000]:
        refuse("This workbook holds definitions that Excel never writes, so it was not opened.", AGAIN)


def paths(parts: Parts) -> list[str]:
    """The part of each sheet, in their order. Raises Refused."""
    targets = {
        each.get("Id"): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/")
        for each in _tree(parts, "xl/_rels/workbook.xml.rels").iter()
    }
    listed = _tree(parts, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet")
    return [targets.get(sheet.get(_ID) or sheet.get(_STRICT_ID), "") for sheet in listed]


def _tree(parts: Parts, path: str) -> ElementTree.Element:
    content = parts.whole(path, most=SMALL_PART)
    refuse_definitions(content)
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:
        damaged()
