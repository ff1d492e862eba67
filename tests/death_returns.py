"""Years of child deaths that nobody lived, as returns; and a reader who keeps every page and adds up."""

from datetime import date
from random import Random

from sqlmodel import select

from lscb_core.db.tables import DeathCount
from lscb_core.domain.attack import bounds
from lscb_core.domain.vocab import AGE_BANDS, DEATH_CATEGORIES
from lscb_core.imports.grids.deaths import NOT_IN_TIME, Cell, death_grid, death_sums
from tests.make_returns import scope, send


def year(end: int) -> date:
    return date(end, 3, 31)


def drawn(seed, deaths=30, reviews=25) -> dict:
    """(dimension, key) -> count, of deaths and reviews drawn one by one."""
    chance = Random(seed)
    ages, splits = (
        list(AGE_BANDS),
        {"category": list(DEATH_CATEGORIES), "modifiable": ["yes", "no", "unknown"]},
    )
    counts = {("all", "all"): deaths, ("reviews", "completed"): reviews, ("reviews", "in_time"): 0}
    counts |= {("age", key): 0 for key in ages} | {
        ("expectedness", key): 0 for key in ("expected", "unexpected")
    }
    counts |= {(name, key): 0 for name, keys in splits.items() for key in keys}
    for _ in range(deaths):
        counts["age", chance.choices(ages, weights=(9, 4, 2, 1, 1, 2))[0]] += 1
        counts["expectedness", chance.choices(("expected", "unexpected"), weights=(3, 1))[0]] += 1
    for _ in range(reviews):
        for name, keys in splits.items():
            counts[name, chance.choices(keys, weights=range(1, len(keys) + 1))[0]] += 1
        counts["reviews", "in_time"] += chance.random() < 0.7
    return counts


def report(session, on, sent: dict, *, day, **fields):
    """Send these years ({end: counts}) in one file."""
    scopes = [
        scope("deaths", "all", year(end), *(_row(*line, n) for line, n in counts.items()))
        for end, counts in sent.items()
    ]
    return send(session, on, *scopes, day=day, **fields)


def _row(dimension, key, count):
    return {"dimension": dimension, "key": key, "count": count}


def truth(sent: dict) -> dict[Cell, int]:
    """The whole grid of these years."""
    return death_grid(
        {Cell(year(end), *line): n for end, counts in sent.items() for line, n in counts.items()}
    )


def page(session, on, day) -> dict[Cell, object]:
    """What everybody may see on the page of a day: the newest revision of each cell that stood."""
    rows = session.exec(select(DeathCount).where(DeathCount.area_id == on.area_id)).all()
    known = [r for r in rows if r.known_on <= day and (r.withdrawn_on is None or r.withdrawn_on > day)]
    known.sort(key=lambda row: row.revision)
    return {Cell(r.period_end, r.dimension, r.key, r.span): r.symbol or r.count for r in known}


def pinned(pages) -> dict:
    """Hidden counts that fewer than three values fit, for a reader who knows what did not change.

    `pages` are pairs of what was true and what was shown. A cell with the same count on two pages is one
    unknown; one that was shown on any page is known.
    """
    cells = {(cell, n): n for true, _ in pages for cell, n in true.items()}
    seen = {(cell, true[cell]) for true, shown in pages for cell, said in shown.items() if said != "c"}
    sums = {
        ((total, true[total]), tuple((part, true[part]) for part in parts))
        for true, _ in pages
        for total, parts in death_sums(true)
    }
    hidden = {key for key in cells if key not in seen and cells[key]}
    after = {key for key in hidden if key[0].key != NOT_IN_TIME or cells[key] in range(1, 6)}
    ends = bounds(cells, hidden, sorted(sums, key=str))
    return {key: ends[key] for key in after if ends[key][1] - ends[key][0] < 2}


def lost(pages, first) -> set:
    """What could be worked out even if no page after the first ones had shown a number but the noughts.

    A correction of a nought that everybody saw may say by itself what the count is now.
    """
    seen = {(cell, said) for _, shown in pages[:first] for cell, said in shown.items()}
    blank = [
        (true, {cell: n if (cell, n) in seen or n == 0 else "c" for cell, n in shown.items()})
        for true, shown in pages
    ]
    return set(pinned(blank))
