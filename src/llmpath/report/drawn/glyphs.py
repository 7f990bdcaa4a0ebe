"""Every sign that is drawn, with the one that stands for it in ASCII."""

from __future__ import annotations

from llmpath.named_tuple import NamedTuple


class Glyphs(NamedTuple):
    """The signs of one way to draw.

    Attributes:
        full: A cell of a bar that is done.
        half: A cell that is half done.
        rest: A cell that is not done.
        later: A lesson that waits for another, and what stands between facts.
        column: A cell of a chart's column.
        planned: A point of the plan's line in a chart.
        shade: A cell of the range ahead in a chart.
    """

    full: str
    half: str
    rest: str
    done: str
    ready: str
    active: str
    later: str
    skipped: str
    today: str
    arrow: str
    warning: str
    ellipsis: str
    dash: str
    column: str
    planned: str
    shade: str

    def of_status(self, status: str) -> str:
        """The sign of a lesson's or module's status."""
        return {
            "done": self.done,
            "skipped": self.skipped,
            "known": self.skipped,
            "active": self.active,
            "blocked": self.later,
        }.get(status, self.ready)


UNICODE = Glyphs(
    full="━",
    half="╸",
    rest="─",
    done="✓",
    ready="○",
    active="◐",
    later="·",
    skipped="–",  # noqa: RUF001 - an en dash is meant
    today="▸",
    arrow="→",
    warning="!",
    ellipsis="…",
    dash="–",  # noqa: RUF001 - an en dash is meant
    column="█",
    planned="•",
    shade="░",
)
ASCII = Glyphs(
    full="#",
    half="-",
    rest="-",
    done="x",
    ready="o",
    active="~",
    later=".",
    skipped="-",
    today=">",
    arrow="->",
    warning="!",
    ellipsis="...",
    dash="-",
    column="#",
    planned="+",
    shade=":",
)
