"""Counts a census a second time: the whole tree in memory, another parser, other ways to every figure.

Nothing of the reader is used. Bank holidays are those that the government published for England.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from xml.etree import ElementTree

Key = tuple[str, str, str, str]
_HOLIDAYS = """
    2016: 1-1 3-25 3-28 5-2 5-30 8-29 12-26 12-27
    2017: 1-2 4-14 4-17 5-1 5-29 8-28 12-25 12-26
    2018: 1-1 3-30 4-2 5-7 5-28 8-27 12-25 12-26
    2019: 1-1 4-19 4-22 5-6 5-27 8-26 12-25 12-26
    2020: 1-1 4-10 4-13 5-8 5-25 8-31 12-25 12-28
    2021: 1-1 4-2 4-5 5-3 5-31 8-30 12-27 12-28
    2022: 1-3 4-15 4-18 5-2 6-2 6-3 8-29 9-19 12-26 12-27
    2023: 1-2 4-7 4-10 5-1 5-8 5-29 8-28 12-25 12-26
    2024: 1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26
    2025: 1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26
    2026: 1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28
"""
HOLIDAYS = {
    date(int(year), *map(int, on.split("-")))
    for year, days in (line.split(":") for line in _HOLIDAYS.split("\n") if line.strip())
    for on in days.split()
}


def recount(xml: bytes) -> Counter[Key]:
    """(step, month, source, detail) -> count, for the year to the reference date in the header."""
    root = ElementTree.fromstring(xml)
    end = date.fromisoformat(root.findtext("Header/CollectionDetails/ReferenceDate", ""))
    start = date(end.year - 1, 4, 1)
    referrals = [
        (number, each) for number, child in children(root) for each in once(child.findall("CINdetails"))
    ]
    found: Counter[Key] = Counter()
    for _, details in referrals:
        source = details.findtext("ReferralSource") or "UN"
        for step, on, detail in events(details, end):
            if start <= on <= end:
                found[step, month(on), source, detail] += 1
    for source, on, days in followed(referrals):
        if start <= on and any(0 < day < 366 for day in days):
            found["re_referral", month(on), source, ""] += 1
    return found


def children(root: ElementTree.Element) -> Iterator[tuple[str, ElementTree.Element]]:
    """Number and record of each child; without a number nobody is known to be the same."""
    found = root.findall("Children/Child")
    named = [each for each in found if each.findtext("ChildIdentifiers/LAchildID")]
    for each in {
        "".join(each.itertext()): each for each in reversed(named)
    }.values():  # the same in every word
        yield each.findtext("ChildIdentifiers/LAchildID", ""), each
    yield from ((f"nobody {id(each)}", each) for each in found if each not in named)


def followed(
    referrals: list[tuple[str, ElementTree.Element]],
) -> Iterator[tuple[str, date, list[int]]]:
    """Of each referral the source, its day, and how many days after each of the child's it came."""
    dated: dict[str, list[date]] = {}
    for number, details in referrals:
        dated.setdefault(number, []).append(day(details, "CINreferralDate"))
    for number, details in referrals:
        on = day(details, "CINreferralDate")
        since = [(on - other).days for other in dated[number]]
        yield details.findtext("ReferralSource") or "UN", on, since


def events(details: ElementTree.Element, end: date) -> Iterator[tuple[str, date, str]]:
    """What happened in a referral: step, day, detail."""
    yield "referral", day(details, "CINreferralDate"), outcome(details)
    for each in once(details.findall("Assessments")):
        yield "assessment", day(each, "AssessmentActualStartDate"), ""
    enquiries = once(details.findall("Section47"))
    for each in enquiries:
        if begun := day(each, "S47ActualStartDate"):
            yield "section_47", begun, ""
        if held := day(each, "DateOfInitialCPC"):
            yield "conference", held, band(begun, held)
    own = day(details, "DateOfInitialCPC")
    if own and own not in [day(each, "DateOfInitialCPC") for each in enquiries]:
        yield "conference", own, ""
    for each in once(details.findall("ChildProtectionPlans")):
        yield from plan_events(each, end)


def plan_events(plan: ElementTree.Element, end: date) -> Iterator[tuple[str, date, str]]:
    """Its start, and its end or how long it has been open."""
    begun, ended = day(plan, "CPPstartDate"), day(plan, "CPPendDate")
    yield "plan", begun, plan.findtext("InitialCategoryOfAbuse", "")
    if ended and ended <= end:
        yield "plan_ended", ended, ""
    else:
        yield "plan_open", end, f"{plan.findtext('LatestCategoryOfAbuse')}|{length(begun, end)}"


def outcome(details: ElementTree.Element) -> str:
    if details.findtext("ReferralNFA", "").lower() in ("1", "true"):
        return "nfa"
    if details.find("Section47") is not None:
        return "section_47"
    return "assessment" if details.find("Assessments") is not None else "other"


def band(begun: date | None, held: date) -> str:
    if not begun or begun > held:
        return ""
    days = 0
    while begun < held:
        begun += timedelta(days=1)
        days += begun.isoweekday() < 6 and begun not in HOLIDAYS
    return "0-10" if days <= 10 else "11-15" if days <= 15 else "16-20" if days <= 20 else "21+"


def length(begun: date, end: date) -> str:
    """By the calendar, from a 31 March backwards."""
    year = end.year
    limits = [
        (date(year - 1, 12, 31), "3m"),
        (date(year - 1, 9, 30), "6m"),
        (date(year - 1, 4, 1), "12m"),
        (date(year - 2, 4, 1), "24m"),
    ]
    return next((name for first, name in limits if begun >= first), "24m+")


def once(elements: Iterable[ElementTree.Element]) -> list[ElementTree.Element]:
    """Without those that are the same as an earlier one, in every word."""
    seen: dict[str, ElementTree.Element] = {}
    for each in elements:
        seen.setdefault(ElementTree.canonicalize(ElementTree.tostring(each), strip_text=True), each)
    return list(seen.values())


def day(element: ElementTree.Element, name: str) -> date | None:
    text = element.findtext(name)
    return date.fromisoformat(text) if text else None


def month(on: date) -> str:
    after = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
    return (after - timedelta(days=1)).isoformat()
