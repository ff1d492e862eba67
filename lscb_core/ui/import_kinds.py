"""The kinds of file that can be taken in, in plain words, and how large each may be on this page."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its name, one sentence on it, the ending of its files, and the most megabytes."""

    key: str
    title: str
    about: str
    ending: str
    most: int = 25


KINDS: dict[str, FileKind] = {
    kind.key: kind
    for kind in (
        FileKind(
            "template",
            "An agency's return",
            "A workbook that this dashboard wrote and an agency filled in (.xlsx).",
            "xlsx",
        ),
        FileKind(
            "dfe",
            "Published statistics",
            "A table of the Department for Education on children in need (.csv).",
            "csv",
        ),
        FileKind(
            "annex-a",
            "Annex A workbook",
            "The council's lists of children (.xlsx). They are counted, and no child is kept.",
            "xlsx",
        ),
        FileKind(
            "cin-census",
            "Children in need census",
            "The council's yearly file (.xml, up to 500 MB). Children are counted, and no child is kept.",
            "xml",
            most=500,
        ),
    )
}
RETURN = KINDS["template"]
