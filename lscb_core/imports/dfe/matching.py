"""Headings and the columns they mean: by what they say, else by closeness where that leaves no doubt."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from lscb_core.imports.dfe.model import Column
from lscb_core.imports.dfe.words import Said, said

CLOSE, APART = 0.86, 0.08
"""How alike two headings have to be to mean the same, and by how much more than to any other."""


@dataclass(frozen=True, slots=True)
class Match:
    """Columns among the headings of a file: key -> where each stands, from 0.

    `twice`: a column that several headings mean. `understood`: headings that say something known, wanted or
    not. `read_as`: those mapped by closeness alone, with the heading meant.
    """

    places: Mapping[str, int]
    twice: Mapping[str, Sequence[int]]
    understood: frozenset[int]
    read_as: Mapping[int, str]


def match(
    told: Sequence[Said], columns: Sequence[Column], known: Iterable[str], *, taken: Collection[int] = ()
) -> Match:
    """Find the columns among the headings. `known`: headings that mean something else, as number or share.

    `taken` headings have a meaning already: closeness leaves them alone.
    """
    hits = {column.key: column.among(told) for column in columns}
    others = {said(name).words for name in known}
    understood = {at for at, heading in enumerate(told) if any(one.is_meant_by(heading) for one in columns)}
    understood |= {at for at, heading in enumerate(told) if heading.words in others}
    exact = Match(
        {key: found[0] for key, found in hits.items() if len(found) == 1},
        {key: found for key, found in hits.items() if len(found) > 1},
        frozenset(understood),
        {},
    )
    left = [at for at in range(len(told)) if at not in understood and at not in taken]
    return _with_close(exact, {at: told[at] for at in left}, columns, others)


def _with_close(
    exact: Match, left: Mapping[int, Said], columns: Sequence[Column], others: Iterable[frozenset[str]]
) -> Match:
    """The match with the columns that one heading alone comes close to, and that are not there otherwise."""
    missing = {column.key: column for column in columns if column.key not in {*exact.places, *exact.twice}}
    near: dict[str, list[int]] = {}
    for at, heading in left.items():
        if (key := _nearest(heading, columns, others)) in missing:
            near.setdefault(key, []).append(at)
    found = {key: places[0] for key, places in near.items() if len(places) == 1}
    return replace(
        exact,
        places={**exact.places, **found},
        understood=exact.understood | set(found.values()),
        read_as={at: missing[key].label for key, at in found.items()},
    )


def _nearest(heading: Said, columns: Sequence[Column], others: Iterable[frozenset[str]]) -> str:
    """The key of the one column that the heading comes close to; empty where there is a doubt."""
    scores = [
        (max(_misspelt(_without(heading, column), words) for words in column.sayings), column.key)
        for column in columns
        if column.kind == heading.kind
    ]
    scores += [(_misspelt(heading.words, words), "") for words in others]
    first, second = sorted([*scores, (0.0, ""), (0.0, "")], reverse=True)[:2]
    return first[1] if first[0] >= CLOSE and first[0] - second[0] >= APART else ""


def likeness(heading: Said, column: Column) -> float:
    """How alike a heading is to any name of a column, 0 to 1."""
    return max(_alike(_without(heading, column), words) for words in column.sayings)


def _without(heading: Said, column: Column) -> frozenset[str]:
    """The words of a heading but for those that may stand beside."""
    return heading.words - column.beside or heading.words


def _alike(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return SequenceMatcher(None, " ".join(sorted(mine)), " ".join(sorted(theirs))).ratio()


def _misspelt(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """How alike two headings are of which one could be the other misspelt; 0 where none could.

    A slip of the pen changes no number and no first letter, and adds no word: "mother" is not "other".
    """
    firsts = [sorted(word[0] for word in words) for words in (mine, theirs)]
    if Said(mine).numbers != Said(theirs).numbers or firsts[0] != firsts[1]:
        return 0.0
    return _alike(mine, theirs)
