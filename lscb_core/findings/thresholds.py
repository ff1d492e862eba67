"""What the board's own counts say about thresholds. A title claims only what the likely range carries."""

import pandas as pd

from lscb_core.domain.intervals import has_changed
from lscb_core.domain.numbers import listed, of, percent, sentence_plural, whole
from lscb_core.domain.periods import day, month_label
from lscb_core.findings.words import Row, rows_of

NEVER_COUNTED = "No figures show how each agency uses the thresholds"


def who_sends_none(returns: pd.DataFrame) -> str:
    """Why nothing can be shown, and which partners send no figures. Frame: partner_returns.RETURNS."""
    silent = [row["agency"] for row in rows_of(returns) if row["supplies"] == "no" and row["agency"]]
    why = (
        "No agency's referrals are held by level and outcome, so the share below the threshold is not known."
    )
    return f"{why} No figures at all come from: {'; '.join(silent)}." if silent else why


def who_stands_out(agencies: pd.DataFrame, *, who: str = "agency", is_nfa_only: bool = False) -> str:
    """Agencies beyond the outer (99.8%) limits. Frame: queries.thresholds.BELOW_BY_AGENCY.

    `who` they are in a word (agency or source); `is_nfa_only`: what counts is no further action alone.
    """
    fall, below = in_words_of(is_nfa_only=is_nfa_only)
    rows = rows_of(agencies)
    more, less = _at(rows, "well above"), _at(rows, "well below")
    if more or less:
        often = "more" if more else "less"
        return f"Referrals from {listed(more or less)} {fall} {often} often than chance explains"
    if any(row["position"] for row in rows):
        told = " that is shown" if any(row["symbol"] for row in rows) else ""
        return f"No {who}{told} stands clearly apart: chance explains the differences"
    return f"Share of referrals {below}, by {who}"


def in_words_of(*, is_nfa_only: bool) -> tuple[str, str]:
    """What referrals do, and what they are then: 'fall below the threshold', 'below the threshold'."""
    if is_nfa_only:
        return "end in no further action", "with no further action"
    return "fall below the threshold", "below the threshold"


def others_apart(agencies: pd.DataFrame) -> str:
    """Whom the title leaves out: those clearly below, and those that may be chance; empty without any."""
    rows = rows_of(agencies)
    less = _at(rows, "well below") if _at(rows, "well above") else []
    told = [f"Less often than chance explains: {listed(less)}."] if less else []
    perhaps = [f"{name} (more often)" for name in _at(rows, "above")]
    perhaps += [f"{name} (less often)" for name in _at(rows, "below")]
    told += [f"Just outside the shaded part, perhaps by chance: {listed(perhaps)}."] if perhaps else []
    return " ".join(told)


def not_drawn(agencies: pd.DataFrame, *, silent_because: str = "Nothing was sent for") -> str:
    """Agencies without a point on the chart, and why; empty where all have one."""
    missing = [row for row in rows_of(agencies) if row["share"] is None]
    hidden = [row["agency"] for row in missing if row["symbol"]]
    few = [_counts(row) for row in missing if row["referrals"] is not None and not row["symbol"]]
    silent = [row["agency"] for row in missing if row["referrals"] is None and not row["symbol"]]
    told = [f"Too few for a percentage: {listed(few)}."] if few else []
    told += [f"Hidden, because the numbers are small: {listed(hidden)}."] if hidden else []
    told += [f"{silent_because} {listed(silent)}."] if silent else []
    return " ".join(told)


def _at(rows: list[Row], position: str) -> list[str]:
    return [row["agency"] for row in rows if row["position"] == position]


def _counts(row: Row) -> str:
    below = "a hidden number" if row["below"] is None else whole(row["below"])
    return f"{row['agency']} ({below} of {whole(row['referrals'])})"


def since_the_document(eras: pd.DataFrame, *, agency: str = "", is_nfa_only: bool = False) -> str:
    """Whether the last stretch differs from the one before. Frame: queries.thresholds.BY_ERA.

    `agency` names the one agency whose months these are.
    """
    said = _since_then(rows_of(eras)[-2:], *in_words_of(is_nfa_only=is_nfa_only))
    return f"{agency}: {said}" if agency else f"{said[0].upper()}{said[1:]}"


def _since_then(told: list[Row], fall: str, below: str) -> str:
    if not told or any(row["share"] is None for row in told):
        return f"share of referrals {below}, month by month"
    now, then = told[-1], told[0]
    if len(told) == 1:
        return f"{percent(now['share'], places=0)} of referrals {fall}"
    if not has_changed(then["below"], then["referrals"], now["below"], now["referrals"]):
        return "no clear change since the new threshold document"
    size = "smaller" if now["share"] < then["share"] else "larger"
    return f"a {size} share {below} since the new document"


def months_left_out(months: pd.DataFrame) -> str:
    """How many months show no share, and why; empty where all do. Frame: BELOW_BY_MONTH."""
    missing = [row for row in rows_of(months) if row["share"] is None]
    hidden = sum(bool(row["symbol"]) for row in missing)
    few = len(missing) - hidden
    told = [f"{sentence_plural(few, 'month')} with under ten referrals"] if few else []
    told += [f"{sentence_plural(hidden, 'month')} hidden because the numbers are small"] if hidden else []
    bias = ", so those shown are the higher ones" if hidden else ""
    return f"Not drawn: {listed(told)}{bias}." if told else ""


def enough_to_draw(months: pd.DataFrame) -> bool:
    """At least half of the months have a share; fewer would give a wrong picture. Frame: BELOW_BY_MONTH."""
    return bool(len(months)) and bool(months["share"].notna().mean() >= 0.5)


def how_far_they_go(steps: pd.DataFrame) -> str:
    """Two of the shares from step to step. Frame: queries.referral_flow.CONVERSION."""
    shares = {
        row["code"]: percent(row["share"], places=0) for row in rows_of(steps) if row["share"] is not None
    }
    told = [f"{shares['referral']} of contacts become a referral"] if "referral" in shares else []
    if "conference" in shares:
        told.append(
            f"{shares['conference']} of section 47 enquiries {'' if told else 'lead to '}a conference"
        )
    return "; ".join(told) or "From contact to protection plan"


def most_come_from(sources: pd.DataFrame, *, referrals: int | None, who: str = "agency") -> str:
    """Who refers most in the last year. Frame: queries.referral_flow.OVER_YEARS.

    `referrals` are the whole board's in that year; None where they are hidden.
    """
    rows = rows_of(sources)
    last = [row for row in rows if row["count"] is not None and row["period_end"] == rows[-1]["period_end"]]
    if not last or not referrals:
        return f"Referrals by {who}"
    top = max(last, key=lambda row: row["count"])
    share = percent(top["count"] / referrals, places=0)
    return f"{share} of referrals come from {top['group']}: {of(top['count'], referrals)}"


def what_moved(counts: pd.DataFrame, *, otherwise: str) -> str:
    """The group whose share moved most from the first year to the last, where chance does not explain it.

    `otherwise` is the title where a count is hidden or nothing moved. Frame: referral_flow.OVER_YEARS.
    """
    years: dict[str, dict[str, int]] = {}
    for row in rows_of(counts):
        years.setdefault(row["period"], {})[row["group"]] = row["count"]
    if len(years) < 2 or any(None in year.values() for year in years.values()):
        return otherwise
    (was, first), (_, last) = min(years.items()), max(years.items())
    of_first, of_last = sum(first.values()), sum(last.values())
    moved = [
        (abs(last[group] / of_last - first[group] / of_first), group)
        for group in first
        if has_changed(first[group], of_first, last[group], of_last)
    ]
    if not moved:
        return otherwise
    group = max(moved)[1]
    shares = [
        percent(count / total, places=0)
        for count, total in ((last[group], of_last), (first[group], of_first))
    ]
    return f"{group}: {shares[0]} of referrals, {shares[1]} in {was}"


def document_words(row: Row) -> str:
    """'In use since February 2016.', 'Planned for March 2014.', 'In use; the date is not given.'

    Row: queries.threshold_documents.DOCUMENTS. A milestone is no document: it has a date alone.
    """
    since, precision = row["rolled_out_on"], row["precision"]
    known = row["status"].capitalize() if row["kind"] == "document" else ""
    if since is None:
        return f"{known}; the date is not given." if known else "The date is not given."
    when = {"day": day(since), "year": str(since.year)}.get(precision, month_label(since))
    if precision == "planned":
        return f"Planned for {when}."
    if row["followed_on"]:
        return f"{known} from {when} until the next one."
    return f"{known} since {when}." if known else f"{when}."
