"""The kinds of file that can be taken in, in plain words, and how large each may be on this page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its name, one sentence on it, the ending of its files, and the most megabytes.

    `about_children`: it holds rows about single children, none of which is kept.
    """

    key: str
    title: str
    about: str
    ending: str
    most: int = 25
    about_children: bool = False


KINDS: dict[str, FileKind] = {
    kind.key: kind
    for kind in (
        FileKind(
            "template",
            "An agency's return",
            "A workbook of this dashboard that an agency has filled in (.xlsx).",
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
            "The council's eleven lists, from which children are counted (.xlsx).",
            "xlsx",
            about_children=True,
        ),
        FileKind(
            "cin-census",
            "Children in need census",
            "The council's yearly file, from which children are counted (.xml).",
            "xml",
            most=500,
            about_children=True,
        ),
    )
}
RETURN = KINDS["template"]
