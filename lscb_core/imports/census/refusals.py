"""Why a census file cannot be read on, in words for the person who sent it. Nothing of the file is quoted."""

from typing import TYPE_CHECKING, NoReturn

from lscb_core.imports.reading import Problem, Problems, Refused

if TYPE_CHECKING:
    from lxml import etree

AGAIN = "Export the census again from the children's system, and send the file as it comes out."
THE_XML = "Send the XML file of the children in need census, as it goes to the Department for Education."

IS_EMPTY = Problem("The file is empty.", AGAIN)
IS_NOT_XML = Problem("This is not an XML file.", THE_XML)
IS_ZIP = Problem(
    "This is a workbook or a zip archive, not a census file.",
    "If the census lies inside the archive, take it out first. " + THE_XML,
)
IS_WEB_PAGE = Problem(
    "This is a web page, not a census file.",
    "It may be the page of an expired sign-in, saved in place of the file. Download the census again.",
)
IS_OTHER_XML = Problem(
    "This is not a children in need census: its outermost element is not Message.",
    THE_XML,
    field="Message",
)
HAS_DOCTYPE = Problem(
    "The file carries a document type declaration. A census has none, and such a declaration can do harm.",
    AGAIN,
)
HAS_A_NAMESPACE = Problem(
    "The elements of this file belong to a namespace. A census has none, so it may be something else.",
    AGAIN + " If the file was passed through another program, leave that out.",
)
IS_OUT_OF_PLACE = Problem(
    "An element stands where no census of any year has it.",
    "Header and Children belong into Message, and nothing but Child into Children. " + AGAIN,
)
IS_TOO_LONG = Problem(
    "One record in this file is far longer than any child's record can be, so reading was stopped.", AGAIN
)
HAS_NO_CHILD = Problem("There is no child in this file.", AGAIN, field="Child")
HAS_NO_HEADER = Problem(
    "The file has no header before its children, so nothing says whose it is and of which year.",
    AGAIN,
    field="Header",
)
HAS_TWO_HEADERS = Problem("The file has more than one header.", AGAIN, field="Header")
ENDS_EARLY = Problem(
    "The file ends before it is complete. A part of it was lost on the way.",
    "Copy or export it again, and compare the sizes of the two files.",
)
IS_TOO_MUCH = Problem(
    "This file needs more memory than a census may take.", AGAIN + " It may have been changed on the way."
)
_ENCODING_CODES = {31, 32, 81, 6000, 6001, 6002, 6003}
_NO_MEMORY = 2


def refuse(problems: Problems, problem: Problem) -> NoReturn:
    """Take down the problem that ends the reading, and end it."""
    problems.add(problem.problem, problem.advice, row=problem.row, field=problem.field)
    raise Refused from None


def malformed(problems: Problems, error: "etree.XMLSyntaxError") -> NoReturn:
    """Somewhere the file is not XML: says the line, never the parser's own words, which quote the file."""
    line = f"line {error.lineno}" if error.lineno else ""
    if getattr(error, "code", 0) == _NO_MEMORY:
        refuse(problems, IS_TOO_MUCH)
    if getattr(error, "code", 0) in _ENCODING_CODES:
        said = "The characters are not in the encoding that the file says it has."
        refuse(problems, Problem(said, AGAIN + " Do not open and save it in an editor.", row=line))
    said = "The file is not XML that can be read: a sign or an element here breaks its form."
    refuse(problems, Problem(said, AGAIN + " Do not change it by hand.", row=line))
