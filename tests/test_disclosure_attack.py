"""No reader without the right to exact counts can work a hidden one out, whatever views are put together."""

from copy import copy
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core import published
from lscb_core.db.tables import Area, Board, DeathCount, DeathExact, ReferralCount, ReferralExact
from lscb_core.demo import SLUG, load
from lscb_core.queries.view import Choice, operator_view
from lscb_core.showing import SHOWN
from tests import databases
from tests.reader import Reader
from tests.reader_attack import Seen
from tests.reader_views import cell, death, every_view

TODAY = date(2026, 4, 1)
SMALL = range(1, 6)


@pytest.fixture(scope="module")
def session():
    """The whole demonstration, only read."""
    with (
        databases.sqlite_template() as template,
        databases.sqlite_in_memory(template) as engine,
        Session(engine) as session,
    ):
        published.load(session)
        load(session, today=TODAY)
        session.commit()
        yield session


@pytest.fixture(scope="module")
def truth(session):
    """Cell -> the exact count, of every count of the invented board that is stored."""
    return {_place(row): count for row, count in _stored(session)}


def _stored(session):
    """Rows of the protected grids, each with its exact count."""
    area = select(Board.area_id).where(Board.slug == SLUG).scalar_subquery()
    for protected, exact in ((DeathCount, DeathExact), (ReferralCount, ReferralExact)):
        number = sa.func.coalesce(protected.count, exact.count)
        rows = sa.select(protected, number).join(exact, isouter=True)
        yield from session.exec(rows.where(col(protected.area_id) == area))


def _place(row):
    if isinstance(row, DeathCount):
        return death(row.period_end, row.dimension, row.key, row.span)
    return cell(row.period_end, row.part, row.level, row.outcome, span=row.span, step=row.step)


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.long)])
def seen(request, session, truth):
    """All that a reader has seen of the invented board in all its views; and what the reader is after."""
    views = list(every_view(session, SLUG, TODAY, thorough=request.param))
    reader = Reader(session, views[0][0])
    for view, chosen in views:
        reader.look(view, chosen)
    found = reader.seen
    found.after = {_place(row) for row, _ in _stored(session) if row.symbol}
    found.unsaid = {rest for rest, count in _rests(truth) if count in SMALL}
    return found


def _rests(truth):
    """What is left of one count when another is taken off, where no table shows the rest."""
    for place, count in truth.items():
        if place[0] == "death" and place[2:4] == ("reviews", "completed"):
            in_time = truth[death(place[1], "reviews", "in_time", place[4])]
            yield death(place[1], "reviews", "late", place[4]), count - in_time
        if place[0] == "referral" and place[5] == "below":
            yield (*place[:5], "above", "all"), truth[(*place[:5], "all", "all")] - count


def test_no_hidden_count_can_be_worked_out_from_all_views_together(seen):
    told = copy(seen)
    told.letters = seen.letters | seen.after
    assert len(told.letters) > 300  # or there was nothing to attack
    assert told.pinned() == {}


def test_every_number_seen_is_true_and_none_is_small(seen, truth):
    single = {cells[0]: number for cells, number in seen.numbers.items() if len(cells) == 1}
    assert len(single) > 1000
    assert single == {place: truth[place] for place in single}
    assert [place for place, number in single.items() if number in SMALL] == []


def test_every_letter_seen_stands_for_a_count_that_is_hidden(seen, truth):
    assert seen.letters
    assert all(truth[place] for place in seen.letters)  # never for a nought


def test_views_of_every_day_and_every_filter_were_opened(session):
    views = list(every_view(session, SLUG, TODAY, thorough=False))
    offered = {filter_ for _, chosen in views for filter_ in chosen.items()}
    assert len({view.as_at for view, _ in views}) > 35
    assert len(offered) == 12 + 5 + 5
    thorough = list(every_view(session, SLUG, TODAY, thorough=True))
    assert len(thorough) == len({view.as_at for view, _ in views}) * (1 + 12 + 5 + 5)


def test_no_view_changes_when_the_exact_counts_do(session):
    """So no table or file of any page, whatever it adds up, draws on anything but protected counts."""
    views = [
        operator_view(session, choice=Choice(slug), today=TODAY) for slug in session.exec(select(Board.slug))
    ]
    views += [operator_view(session, choice=Choice(SLUG, agency="probation"), today=TODAY)]
    before = [_everything(session, view) for view in views]
    with session.begin_nested() as tried:
        session.connection().execute(sa.update(DeathExact).values(count=DeathExact.count + 1000))
        session.connection().execute(sa.update(ReferralExact).values(count=ReferralExact.count + 1000))
        after = [_everything(session, view) for view in views]
        tried.rollback()
    assert before == after


def _everything(session, view):
    return {
        f"{what}/{name}": frame.to_csv()
        for what in SHOWN
        for name, frame in SHOWN[what](session, view).items()
    }


def test_boards_that_publish_their_counts_show_nothing_else(session):
    real = select(DeathCount.is_published).join(Area).where(Area.kind != "invented")
    assert set(session.exec(real)) == {True}
    assert session.exec(select(DeathExact).join(DeathCount).where(DeathCount.is_published)).first() is None


def _deaths_alone(seen):
    """The same sight without referrals, quick to attack again and again."""
    less = copy(seen)
    less.numbers = {cells: n for cells, n in seen.numbers.items() if cells[0][0] == "death"}
    less.letters = {place for place in seen.letters | seen.after if place[0] == "death"}
    less.unsaid = set()
    return less


def test_the_attack_finds_what_one_letter_too_few_gives_away(seen, truth):
    told = _deaths_alone(seen)
    assert told.pinned() == {}
    assert any(_without_letter(told, place, truth).pinned() for place in sorted(told.letters, key=str))


def _without_letter(told, place, truth):
    less = copy(told)
    less.letters = told.letters - {place}
    less.numbers = {**told.numbers, (place,): truth[place]}
    return less


def test_the_attack_finds_a_total_of_hidden_counts(seen, truth):
    """As a view would give it that added up exact counts: all ages but one, from one year."""
    told = _deaths_alone(seen)
    year = max(place[1] for place in told.letters if place[2] == "age" and place[4] == "year")
    ages = [
        place
        for place in sorted(truth, key=str)
        if place[:3] == ("death", year, "age") and place[4] == "year"
    ]
    hidden = next(place for place in ages if place in told.letters)
    others = tuple(place for place in ages if place != hidden)
    told.numbers = {**told.numbers, others: sum(truth[place] for place in others)}
    assert told.pinned()[hidden] == pytest.approx((truth[hidden], truth[hidden]), abs=1e-4)


def _told(*sums):
    """A sight of hidden counts a, b and c: which of them add up to what."""
    told = Seen(list)
    for cells, value in sums:
        told.number(cells, value)
    told.letters = set("abc")
    return told


def test_two_views_that_overlap_give_the_difference_away():
    assert _told(("abc", 20), ("ab", 16)).pinned() == {"c": (4, 4)}
    assert _told(("abc", 20)).pinned() == {}


def test_three_values_are_enough_and_two_are_not():
    assert set(_told(("ab", 3)).pinned()) == {"a", "b"}  # 1 and 2, or 2 and 1
    assert _told(("ab", 4)).pinned() == {}  # 1 to 3 each


def test_two_views_that_say_different_things_of_one_count_are_found():
    with pytest.raises(AssertionError, match="in another"):
        _told(("ab", 3), ("ab", 4))
    with pytest.raises(AssertionError, match="nothing fits"):
        _told(("ab", 9), ("abc", 9)).pinned()  # c is at least 1
