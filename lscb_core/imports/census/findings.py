"""What is found to be wrong, or worth telling, in the children's records: named by position, never quoted."""

import re
from collections.abc import Sequence

from lscb_core.imports.census.names import RECORDS
from lscb_core.imports.census.said import TWICE, Record
from lscb_core.imports.reading import Problems

_CODE = re.compile("[0-9][A-Za-z0-9]?")
CORRECT = "Correct it in the children's system, export the census again and send it."

_NOTES = {
    "earlier_referrals": (
        "{n} referral from before {first} was used for re-referrals only.",
        "{n} referrals from before {first} were used for re-referrals only.",
    ),
    "earlier_records": (
        "{n} assessment, enquiry, conference or plan from before {first} is not counted.",
        "{n} assessments, enquiries, conferences or plans from before {first} are not counted.",
    ),
    "same_child": (
        "{n} child stands in the file twice in the same words, and was counted once.",
        "{n} children stand in the file more than once in the same words, and were counted once each.",
    ),
    "same_referral": (
        "{n} referral stands twice with a child in the same words, and was counted once.",
        "{n} referrals stand again with the same child in the same words, and were counted once.",
    ),
    "same_record": (
        "{n} record stands twice with a referral in the same words, and was counted once.",
        "{n} records stand again with the same referral in the same words, and were counted once.",
    ),
    "another_record": (
        "{n} child has more than one record. They were taken together as one child.",
        "{n} further records are of a child met before. They were taken together as one child.",
    ),
    "no_number": (
        "{n} child has no LAchildID. A re-referral is found only inside its own record.",
        "{n} children have no LAchildID. A re-referral is found only inside their own record.",
    ),
    "no_nfa": (
        "{n} referral does not say whether no further action was taken. It was counted as taken further.",
        "{n} referrals do not say whether no further action was taken. They were counted as taken further.",
    ),
    "no_source": (
        "{n} referral does not say who referred. Its source was counted as not recorded.",
        "{n} referrals do not say who referred. Their source was counted as not recorded.",
    ),
    "no_enquiry_start": (
        "{n} section 47 enquiry has no start date, and was not counted.",
        "{n} section 47 enquiries have no start date, and were not counted.",
    ),
    "early_code": (
        "{n} referral has source 5D, which exists from the census of 2023. It was taken as it stands.",
        "{n} referrals have source 5D, which exists from the census of 2023. They were taken as they stand.",
    ),
}
_OF_ITS_TIME = {"earlier_referrals", "earlier_records"}


class Findings:
    """Takes down problems and notes where the reader stands: child, referral, and record among `records`."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.child = self.referral = self.place = 0
        self.records: Sequence[Record] = ()
        self._notes: dict[str, tuple[int, str]] = {}

    def wrong(self, problem: str, *, field: str, advice: str = CORRECT) -> None:
        """Take down a problem of the record that is being read."""
        self.problems.add(problem, advice, row=self._position(), field=field)

    def doubled(self, field: str) -> None:
        """An element that may stand once stands again."""
        self.wrong("This stands more than once in the same record.", field=field)

    def unknown_code(self, words: str, *, field: str, known: str) -> None:
        """A code that is in no list; repeated only where it can be no name and no number of a child."""
        if words == TWICE:
            self.doubled(field)
            return
        said = f"“{words}” is not a code" if _CODE.fullmatch(words) else "What stands here is not a code"
        self.wrong(f"{said} of this list.", field=field, advice=f"Use one of {known}. {CORRECT}")

    def note(self, kind: str, times: int = 1) -> None:
        """Count something worth telling; the first position is told."""
        number, first = self._notes.get(kind, (0, ""))
        self._notes[kind] = number + times, first or self._position()

    def noted(self, kind: str) -> int:
        """How often something was noted."""
        return self._notes.get(kind, (0, ""))[0]

    def tell(self, notes: Problems, *, first: str) -> None:
        """Put what was noted into sentences; `first` is the year's first day in words."""
        for kind, (one, many) in _NOTES.items():
            if number := self.noted(kind):
                said = (one if number == 1 else many).format(n=f"{number:,}", first=first)
                usual = kind in _OF_ITS_TIME
                advice = (
                    "Nothing has to be done." if usual else "If this is not meant, correct it and send again."
                )
                at = self._notes[kind][1]
                notes.add(said, advice, row=f"first at {at}" if at else "")

    def _position(self) -> str:
        parts = []
        if self.child:
            parts.append(f"child {self.child}")
        if self.referral:
            parts.append(f"referral {self.referral}")
        if self.records:
            kinds = [kind for kind, _, _ in self.records[: self.place + 1]]
            parts.append(f"{RECORDS[kinds[-1]]} {kinds.count(kinds[-1])}")
        return ", ".join(parts)
