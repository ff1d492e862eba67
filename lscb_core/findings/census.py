"""What files on single children (census, Annex A) say of sources, re-referrals, conferences and plans."""

from collections.abc import Iterable

import pandas as pd

from lscb_core.domain.intervals import has_changed
from lscb_core.domain.numbers import listed, of, percent, sentence_plural, whole
from lscb_core.domain.periods import day
from lscb_core.findings.words import Row, rows_of

ENOUGH = 0.75
"""So many of the months have to be shown before they are drawn: the hidden ones are not like the others."""


def sources_not_drawn(sources: pd.DataFrame) -> str:
    """Sources without a point on the chart, and why. Frame: queries.census.BELOW_BY_SOURCE."""
    missing = [row for row in rows_of(sources) if row["share"] is None]
    hidden = [row["source"] for row in missing if row["symbol"]]
    few = [row for row in missing if not row["symbol"] and row["referrals"]]
    none = [row["source"] for row in missing if row["referrals"] == 0]
    counts = [f"{row['source']} ({row['below']} of {row['referrals']})" for row in few]
    told = [f"Too few for a percentage: {listed(counts)}."] if counts else []
    told += [f"Not drawn, because a small number is hidden: {listed(hidden)}."] if hidden else []
    told += [f"No referral: {listed(none)}."] if none else []
    return " ".join(told)


def too_few_to_compare(sources: pd.DataFrame) -> bool:
    """Fewer than three sources have a share: a funnel of them would compare nothing. Frame: the same."""
    return int(sources["share"].notna().sum()) < 3


def re_referrals(years: pd.DataFrame) -> str:
    """The last year's share, against the year before. Frame: queries.census_shares.BY_YEAR."""
    return _of_years(
        years, "{share} of referrals were re-referrals", otherwise="Re-referrals within 12 months"
    )


def conferences(years: pd.DataFrame) -> str:
    """The last year's share in time, against the year before. Frame: queries.census_shares.BY_YEAR."""
    return _of_years(
        years,
        "{share} of conferences came within 15 working days",
        otherwise="Conferences within 15 working days",
    )


def _of_years(years: pd.DataFrame, words: str, *, otherwise: str) -> str:
    rows = rows_of(years)
    if not rows or rows[-1]["share"] is None:
        return otherwise
    now = rows[-1]
    said = words.format(share=percent(now["share"], places=0))
    then = rows[-2] if len(rows) > 1 else None
    if then is None or then["share"] is None:
        return said
    was = percent(then["share"], places=0)
    if not has_changed(then["met"], then["of"], now["met"], now["of"]):
        same = was == percent(now["share"], places=0)
        return f"{said}, no clear change from {'' if same else f'{was} '}the year before"
    return f"{said}, {'up' if now['share'] > then['share'] else 'down'} from {was} the year before"


def in_the_year(years: pd.DataFrame) -> str:
    """'Year to 31 March 2024: 457 of 3,000, 15.2%, likely range 14.0% to 16.6%.' Frame: BY_YEAR."""
    rows = rows_of(years)
    if not rows:
        return ""
    row = rows[-1]
    year = f"Year to {day(row['period_end'])}"
    if row["symbol"]:
        return f"{year}: hidden, because the numbers are small."
    counts = of(row["met"], row["of"])
    if row["share"] is None:
        return f"{year}: {counts}, too few for a percentage."
    reach = f"{percent(row['low'])} to {percent(row['high'])}"
    return f"{year}: {counts}, {percent(row['share'])}, likely range (95%) {reach}."


def months_missing(months: pd.DataFrame, *, what: str, fewer_of: str = "") -> str:
    """How many months show no share, and why; empty where all do. Frame: queries.census_shares.BY_MONTH.

    `what` a month has too few of; `fewer_of` what hidden months mostly have few of.
    """
    missing = [row for row in rows_of(months) if row["share"] is None]
    hidden = sum(bool(row["symbol"]) for row in missing)
    few = len(missing) - hidden
    told = [f"{sentence_plural(few, 'month')} with under ten {what}"] if few else []
    told += [f"{sentence_plural(hidden, 'month')} hidden because a number is small"] if hidden else []
    bias = f", mostly those with few {fewer_of}" if hidden and fewer_of else ""
    return f"Not drawn: {listed(told)}{bias}." if told else ""


def enough_months(months: pd.DataFrame) -> bool:
    """At least three months, and three in four of them, have a share. Frame: BY_MONTH."""
    known = months["share"].notna()
    return int(known.sum()) >= 3 and bool(known.mean() >= ENOUGH)


def ended_early(outcomes: pd.DataFrame) -> str:
    """How many referrals ended in no further action. Frame: queries.census_parts.PARTS."""
    nfa = next((row for row in rows_of(outcomes) if row["code"] == "nfa"), None)
    if nfa is None or nfa["share"] is None:
        return "What became of the referrals"
    return f"No further action: {percent(nfa['share'], places=0)} of referrals, {of(nfa['n'], nfa['of'])}"


def time_to_conference(days: pd.DataFrame) -> str:
    """How many waited longest. Frame: queries.census_parts.PARTS."""
    late = next((row for row in rows_of(days) if row["code"] == "21+"), None)
    if late is None or late["share"] is None:
        return "Time from the enquiry to the conference"
    share = percent(late["share"], places=0)
    return f"{share} of conferences came after 21 working days or more: {of(late['n'], late['of'])}"


def largest_part(parts: pd.DataFrame, *, whole: str, otherwise: str) -> str:
    """The part that is larger than any other, such as a category. Frame: queries.census_parts.PARTS.

    `otherwise` is the title where the parts that are hidden may be larger.
    """
    top = largest(rows_of(parts))
    if top is None:
        return otherwise
    return f"{top['part']}: {percent(top['share'], places=0)} of {whole}, {of(top['n'], top['of'])}"


def plans_open(lengths: pd.DataFrame) -> str:
    """How many plans were open, and how many for long. Frame: queries.census_parts.PARTS."""
    rows = rows_of(lengths)
    if not rows or rows[0]["of"] is None:
        return "Protection plans open on the last day"
    on, longest = day(rows[0]["period_end"]), rows[-1]
    number = whole(rows[0]["of"])
    if longest["n"] is None:
        return f"{number} plans were open on {on}"
    long = "none" if not longest["n"] else whole(longest["n"])
    return f"{number} plans were open on {on}, {long} of them for two years or more"


def largest(rows: Iterable[Row]) -> Row | None:
    """The part that is larger than any other, hidden ones included; None where that cannot be said."""
    known = [row for row in rows if row["n"] is not None]
    top = max(known, key=lambda row: row["n"], default=None)
    if top is None or top["share"] is None:
        return None
    unseen = top["of"] - sum(row["n"] for row in known)
    others = max([unseen, *(row["n"] for row in known if row is not top)])
    return top if top["n"] > others else None


def beside_published(rows: list[Row]) -> str:
    """Whether the board's own file gives the published figures. Rows: queries.census_published.BESIDE."""
    known = [row for row in rows if row["difference"] is not None]
    apart = [row["what"] for row in known if row["difference"]]
    if not known:
        return "The board's own count beside the published one"
    if not apart:
        return "The board's own file gives the figures that were published"
    if len(apart) == len(known):
        return "The board's own file gives other figures than those published"
    verb = "differs" if len(apart) == 1 else "differ"
    return f"{len(apart)} of {len(known)} figures {verb} from those published"
