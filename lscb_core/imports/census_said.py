"""What a child's record says, in the file's own words: only what is counted is taken from its tree.

`DateOfInitialCPC` stands at two levels, so each element is looked at where it stands, never by descent.
"""

from collections.abc import Collection, Sequence

from lxml import etree

from lscb_core.imports.census_findings import Findings
from lscb_core.imports.census_names import IN_REFERRAL, PASSED_OVER, RECORDS, REPEATED, Record


def child_of(element: etree._Element) -> tuple[str, list[etree._Element]]:
    """The council's number of a child (in memory only), and its referrals: the CINdetails."""
    number, referrals = None, []
    for part in element:
        tag = part.tag
        if tag == "CINdetails":
            referrals.append(part)
        elif tag == "ChildIdentifiers":
            for each in part:
                if each.tag == "LAchildID":
                    number = each.text
                    break
    return (number or "").strip(), referrals


def referral_of(details: etree._Element, findings: Findings) -> tuple[dict[str, str | None], list[Record]]:
    """The words of a referral by the name of their element, and its records as they follow each other."""
    words: dict[str, str | None] = {}
    records: list[Record] = []
    for part in details:
        tag = part.tag
        if tag in IN_REFERRAL:
            if tag in words:
                findings.doubled(tag)
            words[tag] = part.text
        elif tag in RECORDS:
            records.append((tag, part))
        elif tag not in PASSED_OVER:
            findings.note("unknown")
    return words, records


def record_of(record: etree._Element, wanted: Collection[str], findings: Findings) -> dict[str, str | None]:
    """What stands in a record of the elements wanted, by their name. One that stands twice is a problem."""
    words: dict[str, str | None] = {}
    for part in record:
        if (tag := part.tag) in wanted:
            if tag in words:
                findings.doubled(tag)
            words[tag] = part.text
    return words


def start_of(record: etree._Element, name: str, findings: Findings) -> str | None:
    """The one element wanted of a record, likewise."""
    found = None
    for part in record:
        if part.tag == name:
            if found is not None:
                findings.doubled(name)
            found = part.text
    return found


def words_of(element: etree._Element) -> str:
    """All text in an element, one after the other."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def once(records: list[Record]) -> list[Record]:
    """The records, with REPEATED for the name of one that is an earlier one again."""
    if len(records) < 2 or (len(records) == 2 and records[0][0] != records[1][0]):
        return records
    again = repeated([record for _, record in records])
    return [(REPEATED if place in again else tag, each) for place, (tag, each) in enumerate(records)]


def repeated(elements: Sequence[etree._Element]) -> Collection[int]:
    """The places of elements that say the same as an earlier one of them, in all that stands there."""
    firsts = {each[0].text if len(each) else None for each in elements}
    if len(firsts) == len(elements):  # they differ in their first words, the day mostly
        return ()
    seen: set[tuple[tuple[str, str], ...]] = set()
    places = []
    for place, element in enumerate(elements):
        whole = tuple((each.tag, (each.text or "").strip()) for each in element.iter("*"))
        if whole in seen:
            places.append(place)
        seen.add(whole)
    return places
