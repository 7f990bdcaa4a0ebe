"""Whole numbers as options take them: how many lessons, weeks or records."""

from __future__ import annotations

from collections.abc import Callable

from llmpath.errors import UsageError

_MOST_DIGITS = 9


def count_up_to(most: int | None, *, such_as: str) -> Callable[[int | str], int]:
    """A reader of whole numbers from 1 on, for `parser=` of an option.

    Args:
        most: The greatest number it takes; None for any of nine digits.
        such_as: A command to try.
    """
    end = f"from 1 to {most}" if most else "from 1 on"

    def count(given: int | str) -> int:  # Typer reads an option's default as well
        text = str(given)
        is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
        if not is_number or not 1 <= int(text) <= (most or int(text)):
            raise UsageError(f"'{text}' is not a whole number {end}", remedy=such_as)
        return int(text)

    return count
