"""What children's records say, in the file's own words: only what is counted is taken from the tree.

The children that have come are walked through in the order of the file, but each element is taken by what it
stands in, for `DateOfInitialCPC` stands at two levels. In what order a record has its elements is all one.
"""

from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from lscb_core.imports.census.names import CHILD, CONTAINERS, IDENTIFIERS, LEAVES, RECORDS, REFERRAL

Words = dict[str, str | None]
"""What stands in a record, by the name of the element."""
TWICE = "\0"
"""Stands for the words of an element that stands in its record again; no XML can hold this sign."""


Record = tuple[str, etree._Element, Words]
"""An assessment, a section 47 enquiry or a plan: the name of its element, the element, what stands in it."""
Referral = tuple[str, etree._Element, Words, list[Record]]
"""One CINdetails, likewise, and its records."""
Child = tuple[etree._Element, Words, list[Referral]]
"""One Child: the element, the council's number of it (in memory only), its referrals."""


def children_of(batch: Sequence[etree._Element]) -> Iterator[Child]:
    """Read the Child elements of a batch, which follow one another; what stands after them is not read."""
    walk = _Walk(batch)
    words_in = walk.words_in
    for part in walk.parts():
        tag = part.tag
        if tag in LEAVES:
            words = words_in.get(part.getparent())
            if words is not None:
                words[tag] = TWICE if tag in words else part.text
        elif tag != CHILD:
            walk.open(tag, part)
        else:
            if walk.child:
                yield walk.child
            if not walk.begin(part):
                return
    if walk.child:
        yield walk.child


class _Walk:
    """Where the walk stands: the child, its last referral, and whose words are taken down where."""

    def __init__(self, batch: Sequence[etree._Element]) -> None:
        self._left = list(reversed(batch))
        self.child: Child | None = None
        self._element: etree._Element | None = None
        self._details: etree._Element | None = None
        self._records: list[Record] = []
        self.words_in: dict[etree._Element | None, Words] = {}

    def parts(self) -> Iterator[etree._Element]:
        """All that may be taken of the batch, in the order of the file."""
        parent = self._left[-1].getparent()
        return iter(()) if parent is None else parent.iter(*CONTAINERS, *LEAVES)

    def begin(self, element: etree._Element) -> bool:
        """A Child begins; false where it stands behind the batch. One before it is passed over."""
        self.words_in.clear()
        self.child = self._element = self._details = None
        if not self._left:
            return False
        if element is self._left[-1]:
            self._element = self._left.pop()
            self.child = element, {}, []
        return True

    def open(self, tag: str, element: etree._Element) -> None:
        """A part of the child begins; what does not stand in its place is not taken."""
        within = element.getparent()
        if self.child is None:
            return
        if within is self._details:
            if tag in RECORDS:
                words: Words = {}
                self._records.append((tag, element, words))
                self.words_in[element] = words
        elif within is self._element:
            if tag == REFERRAL:
                self._details, words, self._records = element, {}, []
                self.child[2].append((tag, element, words, self._records))
                self.words_in[element] = words
            elif tag == IDENTIFIERS:
                self.words_in[element] = self.child[1]


def words_of(element: etree._Element) -> str:
    """All text in an element, one after the other."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def repeated(records: Sequence[Record | Referral]) -> Collection[int]:
    """The places of records that are an earlier one of them again, in all that stands there."""
    count = len(records)
    if count < 2 or (count == 2 and records[0][0] != records[1][0]):
        return ()
    if len({(record[0], *record[2].values()) for record in records}) == count:
        return ()
    seen: set[tuple[tuple[str, str], ...]] = set()
    places = []
    for place, record in enumerate(records):
        whole = tuple((each.tag, (each.text or "").strip()) for each in record[1].iter("*"))
        if whole in seen:
            places.append(place)
        seen.add(whole)
    return places
