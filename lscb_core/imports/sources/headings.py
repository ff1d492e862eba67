"""What a heading says of the phrases below it, and phrases that say the same thing twice.

"Other legal agency - CAFCASS" is filed under a group by its name; "Sure Start (children's centre)" names one
place; an MP beside "other individual" is one of those, as in the official words of 1D.
"""

from collections.abc import Sequence

from lscb_core.imports.sources.lexicon import Sense
from lscb_core.imports.sources.phrases import Found
from lscb_core.imports.sources.text import BRACKET, EXAMPLE, phrase

Told = Sequence[tuple[Found, Sense]]

_NAMES = """individual, education, education service, health, health service, housing, police, la service,
local authority, local authority service, other legal agency, legal agency"""
_GROUP_NAMES = {phrase(name) for name in _NAMES.split(",")}
_MEMBERS = {phrase("mp"), phrase("member of parliament")}
_ONE_PLACE = {phrase("sure start"), phrase("children's centre")}
_ONE_BLANK = {"unknown", "anonymous"}


def heading_of(found: Sequence[Found]) -> str:
    """The group that the heading names, where all that stands below is open: "" where there is no such thing.

    Below stand phrases that must be asked about when alone, or no name at all. An example is more than an
    entry below: it tells what the council means by its heading, and may leave that in doubt.
    """
    own = found[1:] if found and found[0].strange and found[0].worth == BRACKET else found
    start = next((at for at, each in enumerate(own) if each.below and at), 0)
    above, beneath = own[:start], own[start:]
    named = [each for each in above if each.names]
    if len(named) != 1 or named[0].words not in _GROUP_NAMES or any(each.sense is None for each in own):
        return ""
    group = named[0].sense.group if named[0].sense else ""
    return group if _open(group, beneath) else ""


def _open(group: str, beneath: Sequence[Found]) -> bool:
    """Whether the phrases may all be of the group, and say of no other group that it must be that one."""
    doubts = [set(each.sense.asks) for each in beneath if each.sense and each.sense.asks]
    if any(each.shut_out or each.worth == EXAMPLE for each in beneath):
        return False
    if any(each.names for each in beneath):
        names = {each.sense.group for each in beneath if each.sense and each.names}
        return group == "individual" and names == {"anonymous"} and not doubts
    shared = set.intersection(*doubts) if doubts else set()
    # A nursery under the heading of education may be a school; with childminders it is not one of schools.
    return group in shared and not (group == "education" and "schools" in shared)


def said_once(told: Told) -> Told:
    """The phrases that name a group without those that only repeat, or belong to, another one of them."""
    groups = {sense.group for _, sense in told}
    if "individual" in groups:
        told = [(each, sense) for each, sense in told if each.words not in _MEMBERS]
    if groups == _ONE_BLANK:
        told = [_of_two_blanks(told)]
    places = [each for each, _ in told if each.words in _ONE_PLACE]
    return [(each, sense) for each, sense in told if each not in places[1:] or each.words == places[0].words]


def _of_two_blanks(told: Told) -> tuple[Found, Sense]:
    """Of unknown and anonymous the first, unless "unknown" is a heading."""
    below = [one for one in told if one[0].below]
    return below[0] if below and told[0][1].group == "unknown" else told[0]
