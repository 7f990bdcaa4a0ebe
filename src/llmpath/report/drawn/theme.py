"""Colours by role, in names that the learner's terminal gives its own shades.

No role is told by its colour alone: a word or a glyph stands beside it. There is no
red, so that nothing hangs on telling red from green.
"""

from __future__ import annotations

from enum import StrEnum

from rich.theme import Theme


class Role(StrEnum):
    """What a piece of text is; the name of its style."""

    PLAIN = "plain"
    HEADING = "heading"
    READY = "ready"
    DONE = "done"
    LATER = "later"
    REMARK = "remark"
    ID = "id"
    LINK = "link"
    COMMAND = "command"
    DUE = "due"
    WARNING = "warning"


WHOLE_ROLES = frozenset({Role.ID, Role.LINK, Role.COMMAND, Role.REMARK})
"""Roles of text that is never broken over two lines: to be copied, or short."""

THEME = Theme(
    {
        Role.PLAIN: "none",
        Role.HEADING: "bold",
        Role.READY: "blue",
        Role.DONE: "green",
        Role.LATER: "dim",
        Role.REMARK: "dim",
        Role.ID: "cyan",
        Role.LINK: "none",
        Role.COMMAND: "bold",
        Role.DUE: "yellow",
        Role.WARNING: "bold yellow",
    },
    inherit=False,
)
