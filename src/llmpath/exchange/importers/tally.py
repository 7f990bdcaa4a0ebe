"""What an importer left out and what it guessed, summed up by reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from llmpath.core.text import clean
from llmpath.exchange.importers.draft import LeftOut

_NAMED = 20
_SHOWN = 80


class Tally:
    """Counts by reason; what a learner may miss is named, twenty times at most."""

    def __init__(self) -> None:
        self._sums: dict[str, LeftOut] = {}
        self._named: dict[str, list[LeftOut]] = {}
        self._guesses: dict[str, int] = {}

    def leave(self, reason: str, line: int, text: str, times: int = 1) -> None:
        """Count what nobody will miss, such as a badge; the first one is shown."""
        first = self._sums.get(reason)
        if first is None:
            self._sums[reason] = LeftOut(line, _shown(text), reason, times)
        else:
            self._sums[reason] = first._replace(times=first.times + times)

    def name(self, reason: str, line: int, text: str) -> None:
        """Tell of one thing that might have been a lesson."""
        named = self._named.setdefault(reason, [])
        if len(named) < _NAMED:
            named.append(LeftOut(line, _shown(text), reason))
        else:
            self.leave(reason, line, text)

    def guess(self, sentence: str) -> None:
        """Count a decision."""
        self._guesses[sentence] = self._guesses.get(sentence, 0) + 1

    def left_out(self, others: Iterable[LeftOut] = ()) -> tuple[LeftOut, ...]:
        """Everything, and others, in the order of the lines."""
        named = (each for group in self._named.values() for each in group)
        every = [*named, *self._sums.values(), *others]
        return tuple(sorted(every, key=lambda each: each.line))

    def guessed(self) -> Iterator[str]:
        """The decisions, a sentence each, and how often."""
        return (f"{each}: {number}" for each, number in self._guesses.items())


def _shown(text: str) -> str:
    return clean(" ".join(text[: 4 * _SHOWN].split()), _SHOWN)
