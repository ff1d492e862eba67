"""The phrases of a source weighed against each other: the group that they mean, or those to ask about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lscb_core.imports.sources.headings import Told, heading_of, said_once
from lscb_core.imports.sources.lexicon import STRENGTH, Sense
from lscb_core.imports.sources.phrases import Found
from lscb_core.imports.sources.shortened import hinted
from lscb_core.imports.sources.text import EXAMPLE, HEAD, phrase

_CLEAR = 1.5  # so many times as much as the next has to speak for the likeliest group
_A_LIST = 3  # so many names of one group make sure of a word that is always asked about alone
_SHUT_OUT_OF_ITS_OWN = frozenset({"housing", "la_services"})
_OF_BODIES = phrase(
    "agency association centre group helpline office officer organisation programme project provider "
    "service society staff support team trust union unit worker"
)
_THERAPIST = frozenset({phrase("ot"), phrase("occupational therapist"), phrase("occupational therapy")})
_OF_SOCIAL_SERVICES = frozenset({"ssd", "passport"})
_FALLBACK = {"other": ("other", "individual"), "agency": ("other", "la_services")}


@dataclass(frozen=True)
class Weighed:
    """The phrases of one spelling, and what they come to."""

    found: Sequence[Found]

    @cached_property
    def told(self) -> Told:
        """The phrases that name a group and are not shut out, each thing once."""
        return said_once([(each, each.sense) for each in self.found if each.names and each.sense])

    @cached_property
    def weights(self) -> dict[str, float]:
        """Group -> the most that any phrase says for it, the likeliest first."""
        raised = 1.0 if self._other_leads else max((each.worth for each, _ in self.told), default=HEAD)
        most: dict[str, float] = {}
        for each, sense in self.told:
            most[sense.group] = max(most.get(sense.group, 0.0), sense.weight * each.worth / raised)
        if "schools" not in most and most.get("education", 0.0) >= STRENGTH["broad"]:
            most["education"] = max(most["education"], STRENGTH["fair"])
        if self._own_list:
            most["la_services"] = max(most.get("la_services", 0.0), STRENGTH["fair"])
        return dict(sorted(most.items(), key=lambda one: -one[1]))

    @cached_property
    def group(self) -> str:
        """The group that the words mean, "" where it cannot be told."""
        if heading := heading_of(self.found):
            return heading
        best = next(iter(self.weights), "")
        sure = (
            best
            and self._clear(best)
            and self._understood(best)
            and self._a_person(best)
            and not self._doubted(best)
        )
        return best if sure else ""

    @property
    def suggested(self) -> tuple[str, ...]:
        """Groups that the words could mean, the likeliest first."""
        doubts = [group for sense in self._doubts for group in sense.asks]
        plain = [group for each in self.found for word in each.words for group in _FALLBACK.get(word, ())]
        hints = [group for each in self.found if each.strange for group in hinted(each.words[0])]
        return tuple(dict.fromkeys([*self.weights, *doubts] or plain or hints))

    @property
    def codes(self) -> dict[str, set[str]]:
        """Group -> the official codes that its phrases name, examples apart."""
        named: dict[str, set[str]] = {}
        for each, sense in self.told:
            if each.worth == EXAMPLE:
                continue
            named.setdefault(sense.group, set()).update({sense.code} - {""})
        return named

    @property
    def says_other(self) -> bool:
        """Whether the word "other" stands anywhere."""
        return any("other" in each.words for each in self.found)

    @property
    def _doubts(self) -> list[Sense]:
        return [each.sense for each in self.found if each.sense and each.sense.asks and not each.shut_out]

    @property
    def _other_leads(self) -> bool:
        """Whether the head says "other" and nothing that means a group: "Other (e.g. hospice)"."""
        head = [each for each in self.found if each.worth == HEAD]
        return any("other" in each.words for each in head) and not any(each.names for each in head)

    @property
    def _other_stands_first(self) -> bool:
        """Whether "Other" is the heading, cut off from what follows: "Other - Probation"."""
        known = [at for at, each in enumerate(self.found) if each.sense is not None]
        first = known[0] if known else 0
        cut_off = len(self.found) > first + 1 and self.found[first + 1].apart
        heading = bool(known) and self.found[first].words == ("other",) and cut_off
        return self._other_leads or (heading and len(self.told) < _A_LIST)

    @property
    def _another_department(self) -> bool:
        """A department that is told apart from housing or social care is one of the same council."""
        own = any(
            each.sense and each.sense.group in _SHUT_OUT_OF_ITS_OWN for each in self.found if each.shut_out
        )
        return own and any("department" in each.words for each in self.found if not each.shut_out)

    @property
    def _own_therapist(self) -> bool:
        """An occupational therapist told apart by words of social services stands in their own list."""
        therapist = any(each.words in _THERAPIST for each in self.found)
        return therapist and any(
            _OF_SOCIAL_SERVICES.intersection(each.words) for each in self.found if not each.shut_out
        )

    @property
    def _own_list(self) -> bool:
        """Whether the words are those of a council's list of its own departments and staff."""
        return self._another_department or self._own_therapist

    @property
    def _other_individual(self) -> bool:
        """Whether all that is named are strangers: "Other (including strangers, MPs)" are the words of 1D."""
        return bool(self.told) and all(s.code == "1D" and s.weight >= STRENGTH["sure"] for _, s in self.told)

    def _clear(self, best: str) -> bool:
        """Whether no other group says nearly as much, and the head does not mean another one."""
        ahead = max((said for group, said in self.weights.items() if group != best), default=0.0)
        nameless = "anonymous" in self.weights and best != "anonymous"
        if nameless or self.weights[best] <= _CLEAR * ahead:
            return False
        if best != "other" and self._other_stands_first:
            return self._other_individual
        head = {s.group: s for each, s in self.told if each.worth == HEAD}
        only_broad = all(sense.weight == STRENGTH["broad"] for sense in head.values())
        return only_broad or best in head or (best == "la_services" and self._own_list)

    def _a_person(self, best: str) -> bool:
        """Whether it is as clear as it must be that a person is meant, or that none is.

        "Parents group" is no parent, and "school friend" is no school.
        """
        if best == "individual":
            beside = [each for each in self.found if each.worth > EXAMPLE and not each.names]
            return not any(set(each.words) & set(_OF_BODIES) for each in beside)
        return self.weights.get("individual", 0.0) < STRENGTH["fair"]

    def _understood(self, best: str) -> bool:
        """Whether enough is known to be trusted: sure words bear more that is strange than slight ones."""
        strange = sum(1 for each in self.found if each.strange and each.worth > EXAMPLE)
        shut_out = [each for each in self.found if each.shut_out]
        unclear = shut_out and not any(each.sense and each.sense.group for each in shut_out)
        if unclear and self.weights[best] < STRENGTH["certain"]:
            return False
        if self.weights[best] < STRENGTH["broad"]:
            return not strange and not shut_out and not self.says_other
        return strange <= 2 or self.weights[best] >= STRENGTH["sure"]

    def _doubted(self, best: str) -> bool:
        """Whether a word stands there that must be asked about, in spite of what the others say."""
        others = {each.words for each, sense in self.told if sense.group == best}
        sure = any(s.group == best and s.weight >= STRENGTH["fair"] and e.worth == HEAD for e, s in self.told)
        sure = sure or (best == "la_services" and self._another_department)
        return any(
            best not in doubt.asks or not sure or (doubt.hard and len(others) < _A_LIST)
            for doubt in self._doubts
        )
