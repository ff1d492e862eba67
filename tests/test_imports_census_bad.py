"""What is wrong with a census is said by position and in plain words; no file brings the reader down."""

import io
import random
import zipfile

import openpyxl
import pytest

from lscb_core.imports.reading import FIRST
from tests.make_census import (
    Invented,
    assessment,
    census,
    child,
    element,
    enquiry,
    header,
    message,
    plan,
    referral,
)
from tests.read_census import read_census, told

GOOD = census(child(referral("2023-05-09", assessment(), enquiry("2023-05-11", "2023-05-20"), plan())))
TEXT = GOOD.decode().split("\n", 1)[1]


BROKEN = "The file is not XML that can be read: a sign or an element here breaks its form."
ENCODED = "The characters are not in the encoding that the file says it has."
OTHER = "This is not a children in need census: its outermost element is not Message."
HEADLESS = "The file has no header before its children, so nothing says whose it is and of which year."
MISPLACED = "An element stands where no census of any year has it."
NO_CODE = "What stands here is not a code of this list."
NO_NUMBER = "The number of earlier plans is not a whole number from 0."
NO_DATE = "The reference date is not a date written as year-month-day."
TWO_YEARS = "The header says “{}” as its year, and 31 March 2024 as its reference date. One of them is wrong."


def declared(encoding: str, text: str = TEXT) -> bytes:
    """The text under a declaration of its encoding, still as characters."""
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'


def why(xml: bytes, **asked) -> str:
    """The one problem that ends the reading; nothing may be saved, and nothing of the file be held."""
    made = read_census(xml, **asked)
    [problem] = made.problems
    assert (made.scopes, made.may_be_saved) == ((), False)
    assert problem.problem.endswith(".")
    assert problem.advice.endswith(".")
    return problem.problem


def workbook() -> bytes:
    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)
    return saved.getvalue()


def zipped() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("census.xml", GOOD)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"\0" * 5000, "This is not an XML file."),
        (b"Child ID,Date\n1,2023-05-09\n", "This is not an XML file."),
        (random.Random(7).randbytes(5000), "This is not an XML file."),
        (workbook(), "This is a workbook or a zip archive, not a census file."),
        (zipped(), "This is a workbook or a zip archive, not a census file."),
        (b"<!doctype HTML><html><body>Sign in</body></html>", "This is a web page, not a census file."),
        (b'<HTML lang="en"><p>Sign in', "This is a web page, not a census file."),
        (b"<rss><channel/></rss>", OTHER),
        (b"<message/>", OTHER),
        (b"<!--" + b" " * 200_000 + b"-->" + GOOD, OTHER),
        (GOOD + b"<Message/>", BROKEN),
        (GOOD + GOOD, BROKEN),
        (GOOD.replace(b"</Child>", b"</child>"), BROKEN),
        (GOOD.replace(b">6<", b">\x006<"), BROKEN),
        (GOOD.replace(b">6<", b">\x0b6<"), BROKEN),
        (GOOD.replace(b">6<", b">&nbsp;6<"), BROKEN),
        (GOOD.replace(b">6<", b">6 & 7<"), BROKEN),
        (GOOD.replace(b">6<", b">caf\xe9<"), ENCODED),
        (declared("klingon").encode(), ENCODED),
        (declared("utf-16").encode(), BROKEN),
        (message(head="").encode(), HEADLESS),
        (message(child(referral()), head="").encode(), HEADLESS),
        (message(head=header() + header()).encode(), "The file has more than one header."),
        (message().encode(), "There is no child in this file."),
        (GOOD.replace(b"Child>", b"CHILD>"), MISPLACED),
        (message("<Child/>", "<child/>").encode(), MISPLACED),
        (message(child(), "<Child/>", "<Kind/>", child()).encode(), MISPLACED),
        (message(f"<Group>{child()}</Group>").encode(), MISPLACED),
        (message(child(child())).encode(), MISPLACED),
    ],
)  # fmt: skip
def test_what_is_no_census_is_refused_in_one_sentence(xml, said):
    assert why(xml) == said


@pytest.mark.parametrize(
    "xml",
    [
        GOOD.replace(b"<Message>", b'<Message xmlns="http://example.org/cin">'),
        GOOD.replace(b"<Message>", b'<c:Message xmlns:c="urn:c">').replace(b"</Message>", b"</c:Message>"),
        GOOD.replace(b"<Children>", b'<Children xmlns="urn:c">'),
        GOOD.replace(b"<Child>", b'<Child xmlns="urn:c">'),
        GOOD.replace(b"<Header>", b'<Header xmlns="urn:c">'),
    ],
)
def test_a_namespace_is_a_problem_and_no_guess(xml):
    assert why(xml).startswith("The elements of this file belong to a namespace.")


def test_a_namespace_further_down_leaves_the_field_missing():
    xml = GOOD.replace(b"<CINreferralDate>", b'<CINreferralDate xmlns="urn:c">')
    [(row, field, _)] = told(read_census(xml))
    assert (row, field) == ("child 1, referral 1", "CINreferralDate")


def test_a_namespace_that_nothing_uses_does_no_harm():
    schema = b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="c.xsd"'
    assert read_census(GOOD.replace(b"<Message>", b"<Message " + schema + b">")).may_be_saved


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Message>",
        f'<!DOCTYPE Message [<!ENTITY l0 "ha">{BOMB}]>',
        '<!DOCTYPE Message [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Message SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/cin.dtd">',
        '<!DOCTYPE Message PUBLIC "-//X//Y" "http://127.0.0.1:9/cin.dtd">',
        '<!DOCTYPE Message [<!ENTITY % all SYSTEM "file:///etc/passwd"> %all;]>',
        f'<!DOCTYPE Message [<!ENTITY % a "{"x" * 1000}">{"%a;" * 2000}]>',
        '<!DOCTYPE Message [<!ATTLIST Child kind CDATA "default">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_document_type_is_refused_before_it_is_read(doctype, encoding):
    text = TEXT.replace(
        ">6<", ">&l9;<" if "l9" in doctype else ">&file;<" if "ENTITY file" in doctype else ">6<"
    )
    xml = declared(encoding.removesuffix("-le"), doctype + text).encode(encoding)
    assert why(xml).startswith("The file carries a document type declaration.")


@pytest.mark.parametrize(
    "xml",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD,
        TEXT.encode(),
        GOOD.replace(b"\n", b"\r\n") + b"\r\n",
        b"\xef\xbb\xbf" + declared("utf-8").encode(),
        declared("utf-16").encode("utf-16"),
        declared("utf-16").encode("utf-16-le"),
        declared("utf-16").encode("utf-16-be"),
        TEXT.encode("utf-16"),
        declared("iso-8859-1", TEXT.replace("WBRI", "caf\u00e9")).encode("iso-8859-1"),
        declared("windows-1252", TEXT.replace("WBRI", "\u2019")).encode("windows-1252"),
        GOOD.replace(b">6<", b"><!-- police --><![CDATA[6]]><?pi?><"),
        GOOD.replace(b"<Children>", b"<!-- 1 --><Children>text<?pi?>"),
    ],
)
def test_marks_encodings_and_comments_change_nothing(xml):
    assert read_census(xml).scopes == read_census(GOOD).scopes
    assert read_census(xml).may_be_saved


def test_a_file_cut_off_anywhere_is_refused():
    xml = b"".join(Invented(40).parts()).rstrip()
    chance = random.Random(3)
    for length in [0, 1, 30, len(xml) - 1, *(chance.randrange(len(xml)) for _ in range(200))]:
        [problem] = read_census(xml[:length]).problems
        cut = "The file is empty." if not length else "The file ends before it is complete. A part of it was"
        assert problem.problem.startswith(cut), length


def test_a_damaged_file_never_brings_the_reader_down():
    xml, chance = bytearray(b"".join(Invented(15).parts())), random.Random(4)
    for _ in range(400):
        damaged = bytearray(xml)
        for _ in range(chance.randrange(1, 4)):
            damaged[chance.randrange(len(xml))] = chance.randrange(256)
        made = read_census(bytes(damaged))
        assert made.problems or made.rows


@pytest.mark.parametrize(
    "inside",
    [
        "<x>" * 100_000,
        "<x/>" * 1_000_000,
        f"<x>{'y' * 12_000_000}</x>",
        "".join(f"<x{n}/>" for n in range(300_000)),
        f"<x {' '.join(f'a{n}=_{n}_'.replace('_', chr(34)) for n in range(200_000))}/>",
    ],
)
def test_no_single_record_may_grow_without_end(inside):
    assert why(message(child(inside)).encode()) in (
        "One record in this file is far longer than any child's record can be, so reading was stopped.",
        BROKEN,
    )


class Dripping(io.RawIOBase):
    """A pipe that hands over a few bytes at a time and cannot go back."""

    def __init__(self, content: bytes) -> None:
        self._left = content

    def readable(self) -> bool:
        return True

    def readinto(self, into) -> int:
        taken, self._left = self._left[:3], self._left[3:]
        into[: len(taken)] = taken
        return len(taken)


def test_a_pipe_is_read_as_a_file_is():
    assert read_census(Dripping(GOOD)) == read_census(GOOD)
    assert why(Dripping(workbook()[:5000])).startswith("This is a workbook")
    invented = Invented(300)
    assert not invented.stream().seekable()
    assert read_census(Invented(300).stream()) == read_census(b"".join(invented.parts()))


@pytest.mark.parametrize(
    ("head", "field", "said"),
    [
        (header(council="309"), "LEA", "The file is of council “309”, and Tidewater's council is 808."),
        (header(council="Hart Ley"), "LEA", "The file is of council something that is no code, and "
            "Tidewater's council is 808."),
        (header(council=None), "LEA", "The header does not say its LEA."),
        (header(collection=None), "Collection", "The header does not say its Collection."),
        (header(collection="CLA"), "Collection",
            "The header calls this collection “CLA”; the census is CIN."),
        (header(year=None, reference="2024-03-31"), "Year", "The header does not say its Year."),
        (header(reference=None), "ReferenceDate", "The header does not say its ReferenceDate."),
        (header(reference=" "), "ReferenceDate", "The header does not say its ReferenceDate."),
        (header(2022, reference="2024-03-31"), "Year", TWO_YEARS.format(2022)),
        (header(2025, reference="2024-03-31"), "Year", TWO_YEARS.format(2025)),
        (header(reference="2024-03-30"), "ReferenceDate",
            "The reference date is 30 March 2024. A census looks back from a 31 March."),
        (header(reference="31/03/2024"), "ReferenceDate", NO_DATE),
        (header(reference="2024-02-30"), "ReferenceDate", NO_DATE),
        (header(2027), "ReferenceDate", "The reference date, 31 March 2027, has not come yet."),
        (header(1066), "ReferenceDate",
            "The reference date is 31 March 1066. The first census was that of 2009."),
    ],
)  # fmt: skip
def test_the_header_is_checked_against_the_board_and_the_day(head, field, said):
    made = read_census(message(child(referral()), head=head).encode())
    assert told(made) == [("header", field, said)]
    assert not made.may_be_saved


def test_a_board_without_a_council_number_takes_no_census():
    made = read_census(GOOD, council="")
    [(_, field, said)] = told(made)
    assert (field, said) == (
        "LEA",
        "This board has no council number, so nothing says that the file is its own.",
    )


def test_a_wrong_council_does_not_hide_what_else_is_wrong():
    xml = message(child(referral("")), head=header(council="309", collection="X")).encode()
    assert [field for _, field, _ in told(read_census(xml))] == ["Collection", "LEA", "CINreferralDate"]


EARLY, LATE = "This date lies before the year 1900.", "This date lies after the reference date of the census."
NONE = "No date stands here, and without it the record cannot be counted."
UNREADABLE = "This is not a date written as year-month-day, like 2024-03-31."
DAYS = [
    ("1066-10-14", EARLY), ("1899-12-31", EARLY), ("2024-04-01", LATE), ("2090-01-01", LATE),
    *((written, UNREADABLE) for written in (
        "0000-01-01", "2023-02-29", "01/05/2023", "20230501", "2023-5-1", "2023-05-01T00:00:00", "2023-W18-1",
        "\u0662\u0660\u0662\u0663-05-01", "May", "2023-05-01 2023-05-02",
    )),
]  # fmt: skip
FIELDS = {
    "CINreferralDate": (referral, ""),
    "AssessmentActualStartDate": (
        lambda day: referral("2023-05-09", assessment(), assessment(day)), ", assessment 2",
    ),
    "S47ActualStartDate": (lambda day: referral("2023-05-09", assessment(), enquiry(day)), ", section 47 1"),
    "CPPstartDate": (lambda day: referral("2023-05-09", plan(), enquiry(), plan(day)), ", plan 2"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "said"), [*DAYS, ("", NONE), (None, NONE)])
@pytest.mark.parametrize("field", FIELDS)
def test_a_day_that_cannot_be_counted_is_a_problem(field, written, said):
    if field == "S47ActualStartDate" and said == NONE:
        return  # told, and not counted
    make, record = FIELDS[field]
    made = read_census(census(child(number="A"), child(referral(), make(written), number="B")))
    assert told(made) == [(f"child 2, referral 2{record}", field, said)]


@pytest.mark.parametrize(("written", "said"), DAYS)
def test_a_day_of_a_conference_or_a_plans_end_that_cannot_be_is_a_problem(written, said):
    of_enquiry = read_census(census(child(referral("2023-05-09", enquiry("2023-05-10", written)))))
    assert told(of_enquiry) == [("child 1, referral 1, section 47 1", "DateOfInitialCPC", said)]
    of_referral = read_census(census(child(referral("2023-05-09", conference=written))))
    assert told(of_referral) == [("child 1, referral 1", "DateOfInitialCPC", said)]
    if written != "2024-04-01":
        ended = read_census(census(child(referral("2023-05-09", plan("2023-06-01", written)))))
        [(row, field, words)] = told(ended)
        assert (row, field) == ("child 1, referral 1, plan 1", "CPPendDate")
        assert words == ("This plan ends on a day that has not come yet." if said == LATE else said)


def test_a_plan_that_ends_before_it_starts_is_a_problem():
    made = read_census(census(child(referral("2023-05-09", plan("2023-06-02", "2023-06-01")))))
    assert told(made) == [("child 1, referral 1, plan 1", "CPPendDate", "This plan ends before it starts.")]


@pytest.mark.parametrize(
    ("made", "field", "said"),
    [
        (referral(source="5E"), "ReferralSource", "“5E” is not a code of this list."),
        (referral(source="UN"), "ReferralSource", NO_CODE),
        (referral(source="Ann"), "ReferralSource", NO_CODE),
        (referral(nfa="Jo"), "ReferralNFA", NO_CODE),
        (referral(source="2014"), "ReferralSource", NO_CODE),
        (referral(source="Aunt Maud"), "ReferralSource", NO_CODE),
        (referral(source="POLIC"), "ReferralSource", NO_CODE),
        (referral(nfa="2"), "ReferralNFA", "“2” is not a code of this list."),
        (referral(nfa="-1"), "ReferralNFA", NO_CODE),
        (referral("2023-05-09", plan(initial="XXX")), "InitialCategoryOfAbuse",
            NO_CODE),
        (referral("2023-05-09", plan(latest="Neglect")), "LatestCategoryOfAbuse", NO_CODE),
        (referral("2023-05-09", plan(latest=None)), "LatestCategoryOfAbuse",
            "No category of abuse stands here."),
        (referral("2023-05-09", plan(previous=-1)), "NumberOfPreviousCPP", NO_NUMBER),
        (referral("2023-05-09", plan(previous="1.5")), "NumberOfPreviousCPP", NO_NUMBER),
    ],
)  # fmt: skip
def test_a_code_that_is_in_no_list_is_a_problem(made, field, said):
    [(row, where, words)] = told(read_census(census(child(made))))
    assert (where, words) == (field, said)
    assert row == (
        "child 1, referral 1, plan 1" if "plan" in made.lower() or "Abuse" in field else "child 1, referral 1"
    )


@pytest.mark.parametrize(
    "field",
    ["CINreferralDate", "ReferralSource", "S47ActualStartDate", "CPPendDate", "AssessmentActualStartDate"],
)
def test_an_element_that_stands_twice_in_a_record_is_a_problem(field):
    whole = referral("2023-05-09", assessment(), enquiry(), plan("2023-06-01", "2023-06-01"))
    again = element(field, "6" if field == "ReferralSource" else "2023-06-01")
    xml = census(child(whole.replace(f"<{field}>", again + f"<{field}>", 1)))
    assert ("This stands more than once in the same record.", field) in [
        (said, where) for _, where, said in told(read_census(xml))
    ]


def test_only_the_first_thousand_problems_are_listed_and_the_rest_counted():
    made = read_census(census(*(child(referral("May"), number=n) for n in range(FIRST + 234))))
    assert (len(made.problems), made.more_problems) == (FIRST, 234)
    assert made.problems[-1].row == f"child {FIRST}, referral 1"
    assert made.counts["children"] == FIRST + 234
