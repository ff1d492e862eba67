"""A file from the server's own disk, taken in by whoever holds the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session

from lscb_core.commands.import_settings import map_spellings, meanings
from lscb_core.commands.imports import FileFacts, Taken, note_refusal, preview, save_import
from lscb_core.config import now, today
from lscb_core.db.access import OPERATOR
from lscb_core.db.engine import reading, writing
from lscb_core.domain.codes import SOURCE_GROUP_LABELS
from lscb_core.domain.numbers import listed, plural
from lscb_core.errors import BadInput, BoardError, NotFound
from lscb_core.imports.confined import read_file
from lscb_core.imports.on_disk import name_of, opened, size_and_hash
from lscb_core.imports.reading import Problem, Progress, Reading
from lscb_core.imports.reading_here import KINDS
from lscb_core.queries.import_asking import asked_for
from lscb_core.queries.view import find_board

SHOWN_CHANGES = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file. `problems` empty: it was taken in, or would be."""

    saved: int
    reading: Reading
    problems: tuple[Problem, ...]
    more_problems: int = 0
    taken: Taken | None = None
    file: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values: saved, problems (file, sheet, row, field, problem, advice), counts."""
        told = [_told(problem, self.file) for problem in self.problems]
        return {
            "saved": self.saved,
            "problems": told,
            "counts": dict(self.reading.counts),
            "more_problems": self.more_problems,
            "notes": [_told(note, self.file) for note in self.reading.notes],
            "changes": len(self.taken.changes) if self.taken else 0,
            "again": self.taken.again if self.taken else "",
        }

    def as_text(self) -> str:
        """The same to read."""
        lines = [self.reading.title or self.file]
        lines += [f"  {name.replace('_', ' ')}: {count:,}" for name, count in self.reading.counts.items()]
        lines += [f"Note: {_sentence(note, self.file)}" for note in self.reading.notes]
        lines += [f"Problem: {_sentence(problem, self.file)}" for problem in self.problems]
        lines += [f"… and {plural(self.more_problems, 'more problem')}."] * bool(self.more_problems)
        lines += _changes(self.taken) if self.taken else []
        lines.append(self._ending())
        return "\n".join(lines)

    def _ending(self) -> str:
        if self.problems:
            return "Nothing was saved. Correct what is listed, then send the file again."
        if self.taken and self.taken.again:
            return f"Nothing has changed: {self.taken.again}"
        return f"{plural(self.saved, 'row')} saved." if self.saved else "Checked; nothing was saved."


def take_file(
    *,
    kind: str,
    path: Path,
    board: str,
    check: bool,
    means: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Read the file in a process of its own, then take it in, or (`check`) only tell what it would do.

    `means`: words of a source and what they mean in this file. Whatever is refused, of the file or of what
    was asked, comes back as a problem.
    """
    try:
        return _taken(kind, path, board, check=check, means=means or {}, progress=progress)
    except (BadInput, NotFound) as refusal:
        return Outcome(0, Reading(kind), (_as_problem(refusal),), file=name_of(path))


def _taken(
    kind: str, path: Path, board: str, *, check: bool, means: Mapping[str, str], progress: Progress | None
) -> Outcome:
    if kind not in KINDS:
        raise BadInput(f"There is no kind of file called “{kind}”.", advice=f"Try {listed(sorted(KINDS))}.")
    name = name_of(path)
    with reading() as session:
        board_id = _board(session, board)
        asked = asked_for(session, board_id=board_id, file=name, today=today())
    known = {**asked.sources, **meanings(means)}
    asked = replace(asked, sources={key: meaning for key, meaning in known.items() if meaning})
    with opened(path) as stream:
        size, sha256 = size_and_hash(stream, most=KINDS[kind].most_bytes)
        made = read_file(kind, stream, asked=asked, progress=progress)
    # Nobody waits for a lock while a long file is read: saving has a session of its own.
    with writing() as session:
        return _kept(session, board_id=board_id, file=FileFacts(name, sha256, size), made=made, check=check)


def _kept(session: Session, *, board_id: int, file: FileFacts, made: Reading, check: bool) -> Outcome:
    what: dict[str, Any] = {
        "actor": OPERATOR,
        "board_id": board_id,
        "file": file,
        "reading": made,
        "at": now(),
    }
    if not made.may_be_saved:
        if not check:
            note_refusal(session, **what)
        return Outcome(0, made, (*made.problems, *_unused(made)), made.more_problems, file=file.name)
    try:
        taken = preview(session, **what) if check else save_import(session, **what)
    except BoardError as refusal:
        return Outcome(0, made, (_as_problem(refusal),), file=file.name)
    return Outcome(0 if check or taken.again else made.rows, made, (), taken=taken, file=file.name)


def _as_problem(refusal: BoardError) -> Problem:
    """A refusal in the words of a problem."""
    return Problem(" ".join(filter(None, (refusal.what, refusal.why))), refusal.advice)


def _board(session: Session, slug: str) -> int:
    number = find_board(session, slug).id
    assert number is not None
    return number


def remember_words(*, board: str, means: Mapping[str, str]) -> None:
    """Map spellings of a source for a board. Raises BadInput."""
    with writing() as session:
        map_spellings(session, actor=OPERATOR, board_id=_board(session, board), means=means, at=now())


def said_to_mean(said: Sequence[str]) -> dict[str, str]:
    """Words and their meaning, each given as WORDS=GROUP. Raises BadInput."""
    return dict(_mapped(one) for one in said)


def _mapped(said: str) -> tuple[str, str]:
    words, sign, means = said.rpartition("=")
    if not sign or not words.strip():
        raise BadInput(
            f"“{said[:60]}” does not say what stands for what.",
            advice=f"Write WORDS=GROUP: a code such as 3A, or {listed(list(SOURCE_GROUP_LABELS))}.",
        )
    return words.strip(), means.strip()


def _unused(made: Reading) -> list[Problem]:
    """Words that nobody has explained yet, and a file with nothing in it, as problems."""
    asked = [
        Problem(
            f"“{one.words}” is not known as a source of referral ({plural(one.records, 'record')}).",
            "Say once what it means: on the Import data page, or with --means "
            f"“{one.words}={one.suggested[0] if one.suggested else 'other'}” (a group or a source code).",
        )
        for one in made.spellings
    ]
    if made.problems or asked or made.scopes:
        return asked
    return [Problem("There is nothing in this file that could be saved.", "Check that it is the right one.")]


def _told(problem: Problem, file: str) -> Mapping[str, str]:
    names = ("sheet", "row", "field", "problem", "advice")
    return {"file": problem.file or file, **{name: getattr(problem, name) for name in names}}


def _sentence(problem: Problem, file: str) -> str:
    places = {"sheet": problem.sheet, "row": problem.row, "field": problem.field}
    where = ", ".join([problem.file or file, *(f"{name} {at}" for name, at in places.items() if at)])
    return f"{where}: {problem.problem} {problem.advice}".rstrip()


def _changes(taken: Taken) -> list[str]:
    lines = [
        f"  {change.what}: {change.before or 'nothing'} -> {change.now or 'nothing'}"
        for change in taken.changes[:SHOWN_CHANGES]
    ]
    more = len(taken.changes) - SHOWN_CHANGES
    return [f"{plural(len(taken.changes), 'figure')} not as before.", *lines] + [f"  … and {more:,} more"] * (
        more > 0
    )
