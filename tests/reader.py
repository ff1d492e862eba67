"""A reader who opens view after view and remembers every number and every letter."""

import io
from datetime import date

import pandas as pd

from lscb_core.domain.periods import month_ends, year_end
from lscb_core.domain.vocab import Outcome
from lscb_core.queries.choices import choices
from lscb_core.queries.death_table import ROWS, rows, splits
from lscb_core.queries.measure_series import measure_series
from lscb_core.queries.thresholds import below_threshold_by_month, by_era
from lscb_core.showing import SHOWN
from lscb_core.ui.downloads import csv_of
from lscb_core.ui.show import worded
from tests.reader_attack import Seen
from tests.reader_views import cell, death, parts_of, people

# The figures of whole years beside England's, and the counts behind them.
OF_YEARS = {
    "referrals": "referral",
    "referrals_rate": "referral",
    "section_47_rate": "section_47",
    "plans_started_rate": "plan",
}
FROM = {
    "police": ["police"],
    "schools": ["schools"],
    "education": ["early-years"],
    "health": ["health", "mental-health", "gps", "ambulance"],
    "housing": ["housing"],
    "la_services": ["childrens-services"],
    "other_legal": ["probation", "youth-justice"],
    "other": ["voluntary-sector"],
}
POLICE = "police_notifications_below"


class Reader:
    """Looks at the views of one board; what it has seen is attacked afterwards."""

    def __init__(self, session, view):
        self.seen = Seen(people(parts_of(session, view)))
        self.session = session

    def look(self, view, chosen):
        """Read all tables of one view that count deaths or referrals, and the files taken away of them."""
        shown = {what: SHOWN[what](self.session, view) for what in ("deaths", "thresholds")}
        self._deaths(shown["deaths"])
        mine = chosen.get("agency", "all")
        self._shares(shown["thresholds"], mine, by_era(below_threshold_by_month(self.session, view=view)))
        self._flow(shown["thresholds"], mine, self._names(view))
        self._beside_england(shown["thresholds"])
        for row in _rows(measure_series(self.session, view=view)):
            if row["measure"] == POLICE:
                self._share(row, row["period"], "police", ("numerator", "denominator"), span="month")

    def _names(self, view):
        offered = choices(self.session, view=view, today=view.as_at).agencies
        return {each.title: each.key for each in offered} | {"Everybody else": "others"}

    def _deaths(self, frames):
        counts = frames["counts"]
        for row in _rows(counts):
            place = death(row["period_end"], row["dimension"], row["key"], row["span"])
            self.seen.cell(place, row["count"], row["symbol"])
        for row in _rows(frames["timeliness"]):
            _no_share_without_counts(row, ("done", "of"))
            end = date(int(row["year"][:4]) + 1, 3, 31)
            self.seen.cell(death(end, "reviews", "in_time"), row["done"])
            self.seen.cell(death(end, "reviews", "completed"), row["of"])
        for split in splits(counts):
            shown = rows(counts, split)
            self._file(csv_of(worded(shown, ROWS), "about"), shown)

    def _file(self, content, shown):
        """A file says of each cell what its table says, and no more."""
        read = pd.read_csv(io.BytesIO(content), skiprows=1, encoding="utf-8-sig", keep_default_na=False)
        for line, row in zip(read.to_dict("records"), _rows(shown), strict=True):
            _line, _period, number, symbol, *_ = line.values()
            place = death(row["period_end"], row["dimension"], row["key"], row["span"])
            self.seen.cell(place, None if number == "" else float(number), symbol)

    def _shares(self, frames, mine, eras):
        for row in _rows(frames["agencies"]):
            self._share(row, row["period_end"], row["agency_slug"])
        for row in _rows(frames["whole board"]):
            self._share(row, row["period_end"], "all")
        months = _rows(frames["months"])
        for row in months:
            self._share(row, row["month"], mine, span="month")
        for era in _rows(eras):
            held = [row["month"] for row in months if row["era"] == era["era"] and _both(row)]
            for level, count in (("below", era["below"]), ("all", era["referrals"])):
                if count is not None:
                    self.seen.number([cell(month, mine, level, span="month") for month in held], count)

    def _share(self, row, end, part, counts=("below", "referrals"), span="year"):
        _no_share_without_counts(row, counts)
        self.seen.cell(cell(end, part, "below", span=span), row[counts[0]])
        self.seen.cell(cell(end, part, span=span), row[counts[1]])

    def _flow(self, frames, mine, names):
        for row in _rows(frames["conversion"]):
            if row["period_end"] != year_end(row["period_end"]):  # months, where there is no whole year yet
                self._added_up(row)
                continue
            before = row["period_end"].replace(year=row["period_end"].year - 1)
            self.seen.cell(cell(row["period_end"], step=row["code"]), row["n"], row["symbol"])
            self.seen.cell(cell(before, step=row["code"]), row["n_before"])
        for row in _rows(frames["by source"]):
            self.seen.cell(cell(row["period_end"], names[row["group"]]), row["count"], row["symbol"])
        for row in _rows(frames["by level"]):
            level = row["group"].removeprefix("Level ")[0]
            self.seen.cell(cell(row["period_end"], mine, level), row["count"], row["symbol"])
        outcomes = {outcome.label: str(outcome) for outcome in Outcome}
        for row in _rows(frames["by outcome"]):
            place = cell(row["period_end"], outcome=outcomes[row["group"]])
            self.seen.cell(place, row["count"], row["symbol"])

    def _added_up(self, row):
        """A sum of single months, each of which the same reader could have seen."""
        months = month_ends(row["period_start"], row["period_end"])
        if row["n"] is not None:
            self.seen.number([cell(end, step=row["code"], span="month") for end in months], row["n"])
        assert row["n_before"] is None

    def _beside_england(self, frames):
        for row in _rows(frames["referrals"]):
            if row["kind"] == "board":
                end = date(row["year"], 3, 31)
                self.seen.cell(cell(end), row["referrals"])
                self.seen.cell(cell(end, outcome="nfa"), row["no_further_action"])
                for group, parts in FROM.items():
                    self._several(end, parts, row[group])
        for row in _rows(frames["beside England and neighbours"]):
            if row["measure"] in OF_YEARS:
                self.seen.cell(cell(row["period_end"], step=OF_YEARS[row["measure"]]), row["numerator"])
            if row["measure"] == "no_further_action":
                self.seen.cell(cell(row["period_end"], outcome="nfa"), row["numerator"])

    def _several(self, end, parts, count):
        if isinstance(count, int):
            self.seen.number([cell(end, part) for part in parts], count)


def _rows(frame):
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _both(row):
    return row["below"] is not None and row["referrals"] is not None


def _no_share_without_counts(row, counts):
    """A share beside a hidden count would give the count away."""
    told = [row[name] for name in ("share", "low", "high", "value") if name in row]
    assert all(row[name] is not None for name in counts) or told == [None] * len(told), row
