"""Every measure is defined once, says everything about itself, and fits on its card."""

from collections import Counter
from dataclasses import asdict
from typing import get_args

import pytest

from lscb_core.domain.codes import SOURCE_GROUP_LABELS
from lscb_core.domain.indicators import (
    ALL,
    INDICATORS,
    Better,
    Indicator,
    Kind,
    Span,
    Unit,
    of_kind,
    worked_out,
)

EACH = pytest.mark.parametrize("indicator", ALL, ids=lambda indicator: indicator.key)


def test_no_key_is_given_twice():
    assert [key for key, times in Counter(indicator.key for indicator in ALL).items() if times > 1] == []


def test_the_registry_holds_every_measure_under_its_own_key():
    assert {key: indicator.key for key, indicator in INDICATORS.items()} == {i.key: i.key for i in ALL}
    assert len(INDICATORS) == len(ALL)


@EACH
def test_every_text_says_something(indicator: Indicator):
    assert [
        name for name, text in asdict(indicator).items() if not text.strip() or text != text.strip()
    ] == []


@EACH
def test_every_definition_is_a_whole_sentence(indicator: Indicator):
    texts = (indicator.numerator, indicator.denominator, indicator.counted)
    texts += (indicator.left_out, indicator.source, indicator.caveat)
    assert [text for text in texts if not text.endswith(".") or not text[0].isupper()] == []


@EACH
def test_the_short_label_fits_on_a_phone(indicator: Indicator):
    assert len(indicator.short) <= 18


@EACH
def test_codes_come_from_their_lists(indicator: Indicator):
    assert indicator.unit in get_args(Unit)
    assert indicator.better in get_args(Better)
    assert indicator.kind in get_args(Kind)
    assert indicator.span in get_args(Span)


@EACH
def test_a_key_is_a_name_that_fits_in_its_column(indicator: Indicator):
    assert indicator.key.isidentifier()
    assert indicator.key == indicator.key.lower()
    assert len(indicator.key) <= 60


@EACH
def test_a_share_says_what_it_is_a_share_of(indicator: Indicator):
    if indicator.unit in ("percent", "rate_per_10k"):
        assert not indicator.denominator.startswith("None")


def test_every_published_group_of_sources_has_its_share():
    assert {k.removeprefix("referrals_from_") for k in INDICATORS if k.startswith("referrals_from_")} == set(
        SOURCE_GROUP_LABELS
    )


def test_published_measures_name_the_statistic_and_its_licence():
    assert [i.key for i in of_kind("published") if "reporting year 2024, table" not in i.source] == []
    assert [i.key for i in of_kind("published") if "Open Government Licence v3.0" not in i.source] == []


def test_the_kinds_share_out_all_measures_and_none_is_empty():
    parts = {kind: of_kind(kind) for kind in get_args(Kind)}
    assert min(len(part) for part in parts.values()) > 0
    assert sum(len(part) for part in parts.values()) == len(ALL)


def test_two_measures_of_one_kind_never_share_a_title():
    titles = Counter((indicator.kind, indicator.title) for indicator in ALL)
    assert [title for title, times in titles.items() if times > 1] == []


def test_a_value_that_was_left_out_is_worked_out_from_its_counts():
    assert worked_out("count", 31, None) == 31
    assert worked_out("percent", 31, 40) == 77.5
    assert worked_out("percent", 1, 3) == 33.3
    assert worked_out("days", 50, 4) == 12.5


def test_of_nothing_there_is_no_share_and_no_average():
    assert [worked_out(unit, 5, whole) for unit in ("percent", "days") for whole in (0, None)] == [None] * 4
