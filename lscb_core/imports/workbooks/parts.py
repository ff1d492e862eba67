"""The packed parts of a workbook, unpacked within bounds: what its directory says is checked, then held to.

An .xlsx file is a zip archive of XML. A few kilobytes can unpack to gigabytes, and the directory can lie
about it, so nothing is handed to a library that has not been unpacked and counted here.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from lscb_core.imports.reading import Problem, Refused

CHUNK = 1_000_000
MOST_PARTS = 2000
MOST_UNPACKED = 600_000_000
"""Bytes: 300,000 rows of 12 columns unpack to some 140,000,000."""
MOST_TIMES = 200
"""A part may be so many times its packed size, once it is larger than `SMALL`; tables are 5 to 20 times."""
SMALL = 50_000_000
STORED, DEFLATED, ENCRYPTED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, 1

OLD_EXCEL, PACKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")
SAVE_AS = "Open it in Excel, choose Save As and “Excel Workbook (.xlsx)”, and send that file."
AGAIN = "Open it in Excel, save it again as “Excel Workbook (.xlsx)”, and send that file."
OTHER_KINDS = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "content.xml": "an OpenDocument file (.ods)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "Index/Document.iwa": "a Numbers spreadsheet",
}


def refuse(problem: str, advice: str, *, sheet: str = "", row: object = "") -> NoReturn:
    """End the reading with this problem."""
    raise Refused(Problem(problem, advice, sheet=sheet, row=str(row)))


def damaged() -> NoReturn:
    """End the reading of a workbook that is not whole."""
    refuse("This workbook is damaged, or was cut off on its way.", f"Fetch it again. If that fails: {AGAIN}")


class Parts:
    """The parts of one workbook. Raises Refused for a file that is no workbook, or a dangerous one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        _refuse_other_files(stream)
        try:
            listed = zipfile.ZipFile(stream).infolist()
        except (zipfile.BadZipFile, OSError, ValueError, OverflowError, NotImplementedError, struct.error):
            damaged()
        self._parts = {each.filename: each for each in listed}
        if len(self._parts) < len(listed):  # two programs could read two different files
            damaged()
        self._check_sizes()
        self._check_kind()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def _check_sizes(self) -> None:
        parts = self._parts.values()
        bomb = any(
            each.file_size > SMALL and each.file_size > MOST_TIMES * each.compress_size for each in parts
        )
        if bomb or len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
            refuse(
                "This workbook unpacks to far more than it could sensibly hold, so it was not opened.",
                f"Check where it comes from. If it is yours: {AGAIN}",
            )
        if any(each.flag_bits & ENCRYPTED for each in parts):
            refuse("This file is protected by a password.", "Save it without a password, and send that.")

    def _check_kind(self) -> None:
        if "xl/workbook.xml" in self._parts:
            return
        for name, kind in OTHER_KINDS.items():
            if name in self._parts:
                refuse(f"This file is {kind}, not an Excel workbook (.xlsx).", SAVE_AS)
        refuse("This file is a packed folder (zip), not an Excel workbook (.xlsx).", "Unpack it first.")

    def whole(self, name: str, *, most: int) -> bytes:
        """One small part. Raises Refused where it is missing or longer than `most` bytes."""
        if name not in self._parts or self._parts[name].file_size > most:
            damaged()
        return b"".join(self.unpacked(name))

    def unpacked(self, name: str) -> Iterator[bytes]:
        """A part in pieces. Raises Refused when it proves not to be what the directory says."""
        part = self._parts[name]
        total = check = 0
        for piece in self._pieces(part):
            total, check = total + len(piece), zlib.crc32(piece, check)
            if total > part.file_size:
                damaged()
            yield piece
        if total != part.file_size or check != part.CRC:
            damaged()

    def _pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed(part)
        if part.compress_type == STORED:
            yield from packed
            return
        if part.compress_type != DEFLATED:
            damaged()
        unpack = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for piece in packed:
                yield unpack.decompress(piece, CHUNK)
                while unpack.unconsumed_tail:
                    yield unpack.decompress(unpack.unconsumed_tail, CHUNK)
        except zlib.error:
            damaged()
        if not unpack.eof or unpack.unused_data:
            damaged()

    def _packed(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        self._stream.seek(part.header_offset)
        header = self._stream.read(30)
        if len(header) < 30 or not header.startswith(PACKED):
            damaged()
        at = part.header_offset + 30 + sum(struct.unpack("<HH", header[26:]))
        end = at + part.compress_size
        while at < end:
            self._stream.seek(at)  # somebody else may have read on in between
            piece = self._stream.read(min(CHUNK // 4, end - at))
            if not piece:
                damaged()
            at += len(piece)
            yield piece


def _refuse_other_files(stream: BinaryIO) -> None:
    stream.seek(0)
    start = stream.read(4096)
    if start.startswith(PACKED):
        return
    if not start:
        refuse("This file is empty.", "Check that it is the right file, and fetch it again.")
    if start.startswith(OLD_EXCEL):
        if WITH_PASSWORD in start + stream.read():
            refuse("This workbook is protected by a password.", "Save it without a password, and send that.")
        refuse("This file is in an old Office format (.xls), not an Excel workbook (.xlsx).", SAVE_AS)
    refuse(f"This file is {_what(start)}, not an Excel workbook (.xlsx).", SAVE_AS)


def _what(start: bytes) -> str:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "plain text"
    if text.startswith(b"%PDF"):
        return "a PDF document"
    if text.startswith(b"<"):
        return "a page of the web (HTML) or XML"
    return "plain text, such as CSV" if text and b"\0" not in text else "something else"
