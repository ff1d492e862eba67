"""Workbooks made for tests, part by part: no library stands between a test and what is in the file."""

import io
import random
import zipfile
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIRST_DAY = date(1899, 12, 30)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Formula:
    """A formula, with the result that a program left beside it, or none."""

    text: str
    result: object = None


@dataclass(frozen=True)
class Error:
    """A cell with an error such as #N/A."""

    text: str = "#N/A"


def column(number):
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(where, value):
    """One cell as XML; nothing for None."""
    kind, inside = _written(value)
    return "" if value is None else f'<c r="{where}"{kind}>{inside}</c>'


def _written(value):
    """The kind of a cell and what stands in it."""
    if isinstance(value, Formula):
        result = "" if value.result is None else f"<v>{value.result}</v>"
        return "", f"<f>{escape(value.text)}</f>{result}"
    if isinstance(value, str):
        return ' t="inlineStr"', f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    if isinstance(value, Error):
        return ' t="e"', f"<v>{value.text}</v>"
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, date):
        return ' s="1"', f"<v>{(value - FIRST_DAY).days}</v>"
    return "", f"<v>{value}</v>"


def row(number, values):
    """One row as XML."""
    cells = "".join(cell(f"{column(at)}{number}", value) for at, value in enumerate(values, 1))
    return f'<row r="{number}">{cells}</row>'


def sheet(rows="", *, before=""):
    """A sheet's XML around rows that are XML already, or lists of values."""
    if not isinstance(rows, str):
        rows = "".join(row(number, values) for number, values in enumerate(rows, 1))
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def parts(sheets, *, hidden=(), texts=()):
    """The parts of a workbook by their names; `sheets` are rows or XML by the sheet's name.

    `texts` are what cells of type "s" name by number, as Excel writes them.
    """
    listed, links, made = "", "", {}
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>'
        links += _link(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        xml = rows if isinstance(rows, str) and rows.startswith("<") else sheet(rows)
        made[f"xl/worksheets/sheet{number}.xml"] = xml
    links += _link("rIdS", "styles", "styles.xml")
    if texts:
        links += _link("rIdT", "sharedStrings", "sharedStrings.xml")
        listed_texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{listed_texts}</sst>'
    defaults = "".join(
        f'<Default Extension="{end}" ContentType="application/{kind}"/>'
        for end, kind in (
            ("rels", "vnd.openxmlformats-package.relationships+xml"),
            ("xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        )
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{defaults}</Types>',
        "_rels/.rels": _links(_link("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _links(links),
        "xl/styles.xml": STYLES,
        **made,
    }


def _link(number, kind, target):
    return f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _links(inside):
    return f'<Relationships xmlns="{LINKS}">{inside}</Relationships>'


def packed(made, *, level=6):
    """The parts as a file's bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(sheets, **more):
    """A workbook's bytes from rows by sheet name."""
    return packed(parts(sheets, **more))


def write_large(path, rows, *, columns=12, seed=1):
    """A workbook of so many rows in a file: numbers, texts and days in turn."""
    rand = random.Random(seed)
    names = [column(at) for at in range(1, columns + 1)]
    kinds = (
        lambda where: f'<c r="{where}"><v>{rand.randrange(10**8)}</v></c>',
        lambda where: f'<c r="{where}" t="inlineStr"><is><t>words {rand.randrange(500)}</t></is></c>',
        lambda where: f'<c r="{where}" s="1"><v>{44000 + rand.randrange(500)}</v></c>',
    )

    def lines():
        for number in range(1, rows + 1):
            cells = "".join(kinds[at % 3](f"{letter}{number}") for at, letter in enumerate(names))
            yield f'<row r="{number}">{cells}</row>'

    write_lines(path, lines())


def write_lines(path, lines, *, name="List 1", texts=()):
    """A workbook of one sheet in a file, from rows as XML that need not all be held at once."""
    made, large = parts({name: ()}, texts=texts), "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in made.items():
            if part != large:
                archive.writestr(part, content)
        with archive.open(large, "w", force_zip64=True) as out:
            before, after = made[large].split("</sheetData>")
            out.write(before.encode())
            for line in lines:
                out.write(line.encode())
            out.write(f"</sheetData>{after}".encode())
