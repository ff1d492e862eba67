"""Child-death counts of returns: protected with all years, and with every page that was ever shown."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.commands.imports import preview
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import DeathCount, DeathExact, Import
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotPermitted
from lscb_core.imports.grids.deaths import NOT_IN_TIME, Cell
from lscb_core.imports.grids.protecting import protect_deaths
from lscb_core.imports.reading import reading
from lscb_core.queries.deaths import death_counts, timeliness
from lscb_core.queries.year_figures import death_figures
from tests import make
from tests.death_returns import drawn, lost, page, pinned, report, truth, year
from tests.make_imports import facts, moment
from tests.make_returns import scope, undo

YEARS = range(2019, 2026)


def may(end: int, day: int = 20) -> date:
    """A day in the May after the year."""
    return date(end, 5, day)


@pytest.fixture
def board(session):
    on = make.board(session)
    make.agency(session, on, "police")
    session.commit()
    return on


def one_by_one(session, on, sent, day=20):
    """Each year in the May after it; the page of each of these days with what was true."""
    pages = []
    for end in sent:
        report(session, on, {end: sent[end]}, day=may(end, day))
        so_far = {other: sent[other] for other in sent if other <= end}
        pages.append((truth(so_far), page(session, on, may(end, day))))
    return pages


@pytest.mark.parametrize("seed", [1, 14])
def test_years_that_come_one_by_one_are_true_hidden_where_small_and_give_nothing_away(session, board, seed):
    sent = {end: drawn(f"{seed} {end}", deaths=16, reviews=14) for end in YEARS}
    pages = one_by_one(session, board, sent)
    for true, shown in pages:
        assert shown.keys() == {cell for cell in true if cell.key != NOT_IN_TIME}
        assert all(said in ("c", true[cell]) for cell, said in shown.items())
        assert all((true[cell] in range(1, 6)) <= (said == "c") for cell, said in shown.items())
    assert "c" in pages[-1][1].values()
    assert pinned(pages) == {}


def test_what_was_shown_stays_shown_and_what_was_hidden_stays_hidden(session, board):
    sent = {end: drawn(end) for end in YEARS}
    pages = [shown for _, shown in one_by_one(session, board, sent)]
    for earlier, later in zip(pages, pages[1:], strict=False):
        assert {cell: later[cell] for cell in earlier} == earlier
    [revision] = set(session.exec(select(DeathCount.revision)))
    assert revision == 1


def test_five_years_together_stand_from_the_fifth_year_on(session, board):
    one_by_one(session, board, {end: drawn(end) for end in YEARS})
    pooled = {cell.period_end for cell in page(session, board, may(2025)) if cell.span == "pooled"}
    assert pooled == {year(2023), year(2024), year(2025)}
    found = death_counts(session, view=make.view(board, as_at=may(2022)))
    assert set(found["span"]) == {"year"}
    found = death_counts(session, view=make.view(board, as_at=may(2023)))
    assert set(found["span"]) == {"pooled", "year"}


def test_exact_counts_stand_behind_every_hidden_one_and_nowhere_else(session, board):
    sent = {2025: drawn(2025)}
    report(session, board, sent, day=may(2025))
    rows = session.exec(select(DeathCount, DeathExact).join(DeathExact, isouter=True)).all()
    true = truth(sent)
    for row, exact in rows:
        count = true[Cell(row.period_end, row.dimension, row.key)]
        assert (row.count, exact and exact.count) == ((None, count) if row.symbol else (count, None))
    view = make.view(board, as_at=may(2025), exact_deaths=True)
    told = death_counts(session, view=view, exact=True)
    lines = zip(told["dimension"], told["key"], strict=True)
    assert dict(zip(lines, told["count"], strict=True)) == sent[2025]


def test_the_pages_take_the_newest_revision_that_stood(session, board):
    first, again = drawn(1, deaths=30, reviews=25), drawn(1, deaths=30, reviews=25)
    again["age", "0-27d"] += 9
    again["all", "all"] += 9
    again["expectedness", "expected"] += 9
    report(session, board, {2025: first}, day=may(2025))
    taken = report(session, board, {2025: again}, day=may(2025, 21))

    def notified(day):
        view = make.view(board, as_at=may(2025, day))
        found = death_counts(session, view=view)
        assert not found.duplicated(["dimension", "key", "period_end", "span"]).any()
        assert len(timeliness(session, view=view)) == 1
        [row] = found[(found["dimension"] == "all")].itertuples()
        assert death_figures(session, view=view)["deaths_notified"].count == row.count
        return row.count

    assert (notified(20), notified(21)) == (30, 39)
    undo(session, taken, day=may(2025, 22))
    assert (notified(20), notified(21), notified(22)) == (30, 39, 30)
    assert max(session.exec(select(DeathCount.revision))) == 2  # the first stands again, unwritten


def test_only_cells_that_differ_get_a_new_revision(session, board):
    first = drawn(1)
    again = dict(first)
    again["category", "9"], again["category", "10"] = first["category", "10"], first["category", "9"]
    report(session, board, {2025: first}, day=may(2025))
    taken = report(session, board, {2025: again}, day=may(2025, 21))
    later = session.exec(select(DeathCount).where(DeathCount.revision == 2)).all()
    assert {row.dimension for row in later} == {"category"}
    assert {"9", "10"} <= {row.key for row in later}
    assert {row.origin_id for row in later} == {session.get(Import, taken.import_id).origin_id}
    assert session.exec(select(DeathCount).where(DeathCount.revision > 2)).all() == []


@pytest.mark.parametrize("seed", [2, 14])
def test_corrections_and_undoing_give_nothing_away_to_whoever_kept_every_page(session, board, seed):
    """A year is corrected, another one too, that undone, and then a year in the middle taken back."""
    sent = {end: drawn(f"{seed} {end}", deaths=16, reviews=14) for end in range(2020, 2026)}
    pages = one_by_one(session, board, sent)

    def look(now, on):
        pages.append((truth(now), page(session, board, on)))

    corrected = sent | {2021: drawn(f"{seed} again", deaths=17, reviews=14)}
    report(session, board, {2021: corrected[2021]}, day=date(2025, 6, 1))
    look(corrected, date(2025, 6, 1))
    twice = corrected | {2023: _one_more(corrected[2023])}
    second = report(session, board, {2023: twice[2023]}, day=date(2025, 6, 2))
    look(twice, date(2025, 6, 2))
    undo(session, second, day=date(2025, 6, 3))
    look(corrected, date(2025, 6, 3))
    undo(session, _import_of(session, 2022), day=date(2025, 6, 4))
    look({end: counts for end, counts in corrected.items() if end != 2022}, date(2025, 6, 4))
    assert year(2022) not in {cell.period_end for cell in pages[-1][1]}
    for true, shown in pages:
        assert all(said in ("c", true[cell]) for cell, said in shown.items())
    assert set(pinned(pages)) <= lost(pages, len(sent))


def _one_more(counts):
    """One more death, which moves three cells by one."""
    moved = {("all", "all"), ("age", "1-4y"), ("expectedness", "unexpected")}
    return {line: n + (line in moved) for line, n in counts.items()}


def _import_of(session, end):
    found = session.exec(select(Import).where(Import.status == "saved").order_by(Import.id)).all()
    [taken] = [row for row in found if row.saved_at.date() == may(end)]

    class Taken:
        import_id = taken.id

    return Taken


def test_the_attack_of_these_tests_can_fail(session, board):
    """Protected without a thought for what was shown before, a corrected year gives a hidden count away."""
    sent = {2025: drawn(3)}
    true = truth(sent)
    shown = {cell: n if n not in range(1, 6) else "c" for cell, n in true.items() if cell.key != NOT_IN_TIME}
    assert pinned([(true, shown)])


def test_undoing_in_any_order_leaves_what_still_stands(session, board):
    counts = [drawn(seed) for seed in (1, 2)]
    first, second = (
        report(session, board, {2025: one}, day=may(2025, 20 + at)) for at, one in enumerate(counts)
    )
    before = page(session, board, may(2025, 21))
    undo(session, first, day=may(2025, 22))
    assert page(session, board, may(2025, 22)) == before
    third = report(session, board, {2025: counts[0]}, day=may(2025, 23))
    undo(session, third, day=may(2025, 24))
    assert page(session, board, may(2025, 24)) == before
    undo(session, second, day=may(2025, 25))
    assert page(session, board, may(2025, 25)) == {}
    assert page(session, board, may(2025, 21)) == before


def test_years_of_another_origin_are_counted_with_and_come_back(session, board):
    """As the invented board holds them: seven years, protected together when they were stored."""
    base = {end: drawn(end) for end in range(2018, 2025)}
    protect_deaths(session, area_id=board.area_id, origin_id=make.origin(session).id, grid=truth(base))
    session.commit()
    before = page(session, board, may(2025))
    new = report(session, board, {2025: drawn(2025)}, day=may(2025))
    now = page(session, board, may(2025))
    assert {cell: now[cell] for cell in before} == before
    assert Cell(year(2025), span="pooled") in now
    corrected = {2022: drawn("corrected")}
    taken = report(session, board, corrected, day=may(2025, 21))
    shown = page(session, board, may(2025, 21))
    whole = base | {2025: drawn(2025)} | corrected
    assert all(said in ("c", truth(whole)[cell]) for cell, said in shown.items())
    assert (
        pinned([(truth(base), before), (truth(base | {2025: drawn(2025)}), now), (truth(whole), shown)]) == {}
    )
    undo(session, taken, day=may(2025, 22))
    undo(session, new, day=may(2025, 22))
    assert page(session, board, may(2025, 22)) == before
    assert page(session, board, may(2025, 21)) == shown


def test_a_count_that_a_document_published_stands_beneath(session, board):
    cells = {("all", "all"): 12, ("expectedness", "unexpected"): 3, ("abuse", "yes"): 0}
    make.deaths(session, board, cells, is_published=True)
    counts = drawn(5, deaths=12, reviews=12)
    counts["expectedness", "unexpected"], counts["expectedness", "expected"] = 3, 9
    taken = report(session, board, {2025: counts}, day=may(2025))
    shown = page(session, board, may(2025))
    assert shown[Cell(year(2025), "expectedness", "unexpected")] == 3  # everybody has read it
    assert shown[Cell(year(2025), "abuse", "yes")] == 0
    undo(session, taken, day=may(2025, 21))
    assert page(session, board, may(2025, 21)) == {Cell(year(2025), *line): n for line, n in cells.items()}


def test_a_preview_shows_what_readers_may_see_and_keeps_nothing(session, board):
    counts = drawn(1)
    rows = [{"dimension": d, "key": k, "count": n} for (d, k), n in counts.items()]
    made = reading("template", scopes=[scope("deaths", "all", year(2025), *rows)], title="Return")
    would = preview(
        session, actor=OPERATOR, board_id=board.id, file=facts(), reading=made, at=moment(may(2025))
    )
    told = {change.what: change.now for change in would.changes}
    assert told["Child deaths, year to 31 March 2025, deaths notified"] == "30"
    assert told["Child deaths, year to 31 March 2025, age 5 to 9 years"] == "c"
    assert not {str(n) for n in range(1, 6)} & set(told.values())
    assert session.exec(select(DeathCount)).all() == []


@pytest.mark.parametrize(
    ("line", "more"), [(("age", "1-4y"), 1), (("all", "all"), 1), (("reviews", "in_time"), 20)]
)
def test_counts_that_do_not_add_up_are_refused(session, board, line, more):
    counts = drawn(1)
    counts[line] += more
    with pytest.raises(BadInput, match="year to 31 March 2025 do not add up"):
        report(session, board, {2025: counts}, day=may(2025))


def test_only_the_manager_sends_them(session, board):
    on = board
    lead = make.account(session, Role.AGENCY_LEAD, on, leads=make.agency(session, on, "health"))
    session.commit()
    with pytest.raises(NotPermitted):
        report(session, on, {2025: drawn(1)}, day=may(2025), actor=lead)
    session.rollback()
    manager = make.account(session, Role.MANAGER, on)
    report(session, on, {2025: drawn(1)}, day=may(2025), actor=manager)
