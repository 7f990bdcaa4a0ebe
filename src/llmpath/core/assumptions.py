"""What modules expect and no module teaches, each thing said once."""

from __future__ import annotations

from collections.abc import Iterable

from llmpath.core.curriculum import Module

LEVELS = ("basic", "", "good", "strong")
"""How well something has to be known, as the first word says it."""


def joint_assumptions(modules: Iterable[Module]) -> tuple[str, ...]:
    """What these modules assume: of `basic Python` and `good Python` the second."""
    levels: dict[str, int] = {}
    for module in modules:
        for text in module.assumes:
            level, subject = parted(text)
            levels[subject] = max(level, levels.get(subject, 0))
    return tuple(
        f"{LEVELS[level]} {subject}".strip() for subject, level in levels.items()
    )


def parted(text: str) -> tuple[int, str]:
    """The level that a text names, as a place in `LEVELS`, and of what."""
    word, space, rest = text.partition(" ")
    if space and word in LEVELS:
        return LEVELS.index(word), rest
    return LEVELS.index(""), text
