"""What a power cut may leave of a folder: every legal state, from a recording.

While `Recording` is open, what the program does to its files through `os` is noted in
order. `crash_states` gives what may lie on the disk afterwards if the power goes after
any of these steps, by the rules that all systems share and none goes below:

* what was written to a file is safe once that file was flushed, a name once its folder
  was; what is not safe may be there or not, each step for itself;
* of an unsafe write there may be a part, or its length filled with zeros;
* a file that takes the place of another does so at once or not at all.

Real systems order more than that. After Pillai and others, "All File Systems Are Not
Created Equal", OSDI 2014.
"""

from __future__ import annotations

import io
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import pytest

from tests.storage.broken_system import FLUSH

MOST_CHOICES = 64
"""Of more unsafe combinations than this at one step, so many are drawn."""


class Write(NamedTuple):
    """Bytes put into a file."""

    file: int
    offset: int
    data: bytes


class Cut(NamedTuple):
    """A file shortened."""

    file: int
    size: int


class Name(NamedTuple):
    """A name that now leads to a file, and one that is gone; None for a folder."""

    path: Path | None
    file: int | None
    gone: Path | None = None

    @property
    def folder(self) -> Path:
        place = self.path or self.gone
        assert place is not None
        return place.parent


class Flush(NamedTuple):
    """A file flushed, or a folder's names."""

    what: int | Path


class Told(NamedTuple):
    """Something was told to be saved."""

    what: str


Step = Write | Cut | Name | Flush | Told


class Disk(NamedTuple):
    """What a power cut left, and what had been told by then.

    Attributes:
        after: How many steps were done.
    """

    after: int
    files: dict[Path, bytes]
    told: frozenset[str]


class Recording:
    """Notes what a run in this process does to the files below a folder.

    Attributes:
        start: The files as they were, all of them safe.
    """

    def __init__(self, root: Path) -> None:
        self.steps: list[Step] = []
        self.start = {each: each.read_bytes() for each in _files_below(root)}
        self._root = root
        self._patch = pytest.MonkeyPatch()
        self._names = {path: number for number, path in enumerate(self.start)}
        self._sizes = {self._names[path]: len(self.start[path]) for path in self.start}
        self._opened: dict[int, int | Path] = {}

    def told(self, what: str) -> None:
        """Note that the program said that this is saved."""
        self.steps.append(Told(what))

    def __enter__(self) -> Self:
        notes: dict[str, Callable[..., None]] = {
            "open": self._note_open,
            "write": self._note_write,
            "ftruncate": self._note_cut,
            "replace": self._note_replace,
            "unlink": self._note_unlink,
            "mkdir": self._note_mkdir,
            "fsync": self._note_flush,
            FLUSH: self._note_flush,
        }
        for name, note in notes.items():
            self._patch.setattr(os, name, _noting(getattr(os, name), note))
        self._patch.setattr(os, "fdopen", _open_buffered)
        if sys.platform == "darwin":
            import fcntl  # noqa: PLC0415 - macOS flushes through it

            self._patch.setattr(fcntl, "fcntl", self._flushing(fcntl.fcntl))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._patch.undo()

    def _note_open(self, descriptor: int, path: str | Path, *_: object) -> None:
        place = Path(path)
        self._opened.pop(descriptor, None)
        if self._root not in (place, *place.parents):
            return
        if place.is_dir():
            self._opened[descriptor] = place
            return
        if place not in self._names:
            file = len(self._sizes)
            self._names[place], self._sizes[file] = file, 0
            self.steps.append(Name(place, file))
        file = self._opened[descriptor] = self._names[place]
        if self._sizes[file] and not os.fstat(descriptor).st_size:
            self._note_cut(None, descriptor, 0)

    def _note_write(self, written: int, descriptor: int, data: bytes) -> None:
        file = self._opened.get(descriptor)
        if isinstance(file, int):
            self.steps.append(Write(file, self._sizes[file], bytes(data[:written])))
            self._sizes[file] += written

    def _note_cut(self, _: object, descriptor: int, size: int) -> None:
        file = self._opened[descriptor]
        assert isinstance(file, int)
        self.steps.append(Cut(file, size))
        self._sizes[file] = size

    def _note_replace(self, _: object, source: Path, target: Path) -> None:
        file = self._names.pop(Path(source))
        self._names[Path(target)] = file
        self.steps.append(Name(Path(target), file, gone=Path(source)))

    def _note_unlink(self, _: object, path: Path, *__: object) -> None:
        if self._names.pop(Path(path), None) is not None:
            self.steps.append(Name(None, None, gone=Path(path)))

    def _note_mkdir(self, _: object, path: Path, *__: object) -> None:
        self.steps.append(Name(Path(path), None))

    def _note_flush(self, _: object, descriptor: int) -> None:
        if descriptor in self._opened:
            self.steps.append(Flush(self._opened[descriptor]))

    def _flushing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """A control of files, whose one use here is to flush."""

        def flushing(descriptor: int, *arguments: Any) -> Any:  # noqa: ANN401 - any
            result = call(descriptor, *arguments)
            self._note_flush(result, descriptor)
            return result

        return flushing


class _Raw(io.RawIOBase):
    """A file whose bytes go through `os.write`, where they are noted."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        return os.write(self._descriptor, data)

    def close(self) -> None:
        if not self.closed:
            super().close()
            os.close(self._descriptor)


def _open_buffered(descriptor: int, mode: str) -> io.BufferedWriter:
    assert mode == "wb"
    return io.BufferedWriter(_Raw(descriptor))


def _noting(call: Callable[..., Any], note: Callable[..., None]) -> Callable[..., Any]:
    def noting(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - any call
        result = call(*arguments, **options)
        note(result, *arguments)
        return result

    return noting


def _files_below(root: Path) -> list[Path]:
    return sorted(each for each in root.rglob("*") if each.is_file())


def crash_states(recording: Recording) -> Iterator[Disk]:
    """Every state in which a power cut may leave the disk, after each step."""
    seen = set()
    for count in range(len(recording.steps) + 1):
        done = recording.steps[:count]
        told = frozenset(each.what for each in done if isinstance(each, Told))
        for made in _choices(done):
            files = _build(recording.start, made)
            state = (frozenset(files.items()), told)
            if state not in seen:
                seen.add(state)
                yield Disk(count, files, told)


def _choices(done: Sequence[Step]) -> Iterator[list[Step]]:
    """The steps that may have reached the disk."""
    options = [_versions(step, done[place + 1 :]) for place, step in enumerate(done)]
    total = 1
    for each in options:
        total *= len(each)
    if total <= MOST_CHOICES:
        combined: Iterator[tuple[Step | None, ...]] = product(*options)
    else:
        draw = random.Random(len(done))  # noqa: S311 - no secret
        combined = (
            tuple(draw.choice(each) for each in options) for _ in range(MOST_CHOICES)
        )
    for chosen in combined:
        yield [each for each in chosen if each is not None]


def _versions(step: Step, later: Sequence[Step]) -> Sequence[Step | None]:
    """What may be on the disk of a step, before the steps that came later."""
    match step:
        case Write(file, offset, data):
            if Flush(file) in later:
                return (step,)
            half, zeros = data[: len(data) // 2], bytes(len(data))
            return (step, None, Write(file, offset, half), Write(file, offset, zeros))
        case Cut(file):
            return (step,) if Flush(file) in later else (step, None)
        case Name():
            return (step,) if Flush(step.folder) in later else (step, None)
        case _:
            return (None,)


def _build(start: dict[Path, bytes], made: Sequence[Step]) -> dict[Path, bytes]:
    """The files that are there after these steps."""
    names = {path: number for number, path in enumerate(start)}
    contents = {names[path]: bytearray(data) for path, data in start.items()}
    folders = {parent for path in start for parent in path.parents}
    new_folders = set()
    for step in made:
        match step:
            case Write(file, offset, data):
                content = contents.setdefault(file, bytearray())
                content.extend(bytes(max(0, offset - len(content))))
                content[offset : offset + len(data)] = data
            case Cut(file, size):
                del contents.setdefault(file, bytearray())[size:]
            case Name(path, file, gone):
                if gone is not None:
                    names.pop(gone, None)
                if path is not None and file is None:
                    new_folders.add(path)
                elif path is not None and file is not None:
                    names[path] = file
            case _:
                pass
    reached = folders | new_folders
    return {
        path: bytes(contents.get(file, b""))
        for path, file in names.items()
        if path.parent in reached
    }
