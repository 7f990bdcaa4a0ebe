"""`status`: progress by phase and module, this week, ahead or behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.text import Text

from llmpath.core.summary import StatusSummary, WeekSummary
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.drawn.finish import chance_pair, finish_pairs, new_plan_pair
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    headline,
    indented,
    joined,
    sections,
    words,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phases import phase_lines
from llmpath.report.drawn.phrases import (
    ahead_words,
    finish_words,
    percent_words,
    rough_hours,
    week_words,
)
from llmpath.report.drawn.pieces import (
    heading,
    progress_text,
    small_bar,
    target_text,
    week_text,
)
from llmpath.report.drawn.returning import return_lines
from llmpath.report.drawn.tables import FIGURE, FIXED, bar, table
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import counted, nothing_left_words
from llmpath.report.views.progress import StatusView

_WEEK_BAR = 30
_WEEK_WORDS = 50
_PERCENT = len(" 100 %")


def status_lines(view: StatusView, look: Look) -> list[Text]:
    """Where the learner stands."""
    summary = view.summary
    return sections(
        return_lines(view.returning, summary.today, look),
        headline_lines(summary, look),
        phase_lines(view.phases, look),
        week_lines(summary.weeks or (), summary.today, look),
        facts(
            standing_facts(summary, look, is_back=view.returning is not None),
            look.prose,
        ),
    )


def headline_lines(summary: StatusSummary, look: Look) -> list[Text]:
    """Tracks, lessons, hours, and one wide bar."""
    tally = summary.tally
    title = " + ".join(track.title for track in summary.tracks) or "No track"
    if not tally.lessons:
        return headline(heading(title), words("nothing to count"), look.width)
    lessons = f"{tally.done_lessons} of {counted(tally.lessons, 'lesson')}"
    hours = f"{rough_hours(tally.done_minutes)} of {rough_hours(tally.minutes)}"
    figures = words(f"{lessons}, {hours}")
    percent = percent_words(tally.percent)
    size = look.width - len(percent) - 1
    picture = bar(tally.done_minutes, tally.minutes, size, look.glyphs, Role.DONE)
    return [
        *headline(heading(title), figures, look.width),
        words(picture, " ", (percent, Role.HEADING)),
    ]


def standing_lines(summary: StatusSummary, look: Look, *, is_back: bool) -> list[Text]:
    """Progress, week, plan and target in a few lines, without the modules."""
    tally = summary.tally
    picture = small_bar(tally.done_minutes, tally.minutes, look)
    progress = joined([picture, progress_text(tally)], "  ")
    pairs = standing_facts(summary, look, is_back=is_back)
    return facts([("progress", progress), *pairs], look.prose)


def standing_facts(
    summary: StatusSummary, look: Look, *, is_back: bool
) -> list[tuple[str, Text]]:
    """This week, ahead or behind, the plan's end, the target.

    Args:
        is_back: After time away: how far behind one is, is left out.
    """
    week, today = summary.this_week, summary.today
    target = Text()
    if summary.target is not None:
        target = target_text(
            summary.target, summary.target_slack, summary.left_over, today
        )
    studied = f"{rough_hours(summary.studied)} in all" if summary.studied else ""
    return [
        ("this week", week_text(week.studied, week.planned, look)),
        ("studied", words(studied)),
        *(() if is_back else plan_facts(summary)),
        *finish_pairs(summary.forecast),
        new_plan_pair(is_due=summary.needs_new_plan),
        ("target", target),
        chance_pair(summary.forecast),
    ]


def plan_facts(summary: StatusSummary) -> list[tuple[str, Text]]:
    """How far ahead or behind one is, and where the plan ends now."""
    today, accepted = summary.today, summary.planned_finish
    if summary.tally.percent in {None, 100}:
        return [("left", words(nothing_left_words(summary.tally)))]
    now = finish_words(summary.finish, today)
    if accepted is not None and accepted != summary.finish:
        now = f"{now}, was {shown_day(accepted, today=today)}"
    ahead = "" if summary.ahead is None else ahead_words(summary.ahead)
    return [("you are", words((ahead, Role.HEADING))), ("plan ends", words(now))]


def week_lines(weeks: Iterable[WeekSummary], today: date, look: Look) -> list[Text]:
    """Planned and studied by week, two bars each."""
    shown = list(weeks)
    longest = max((max(each.planned, each.studied) for each in shown), default=0)
    cells = [
        (
            words(week_words(each.start, today) if kind == "planned" else ""),
            words((kind, Role.LATER)),
            scaled_bar(minutes, longest, kind, look),
            words(shown_minutes(minutes)),
        )
        for each in shown
        for kind, minutes in (("planned", each.planned), ("studied", each.studied))
    ]
    if not cells:
        return []
    table_lines = table(
        cells, (FIXED, FIXED, FIXED, FIGURE), look.width - INDENT, look.glyphs
    )
    return [heading("By week"), *indented(table_lines)]


def scaled_bar(minutes: int, longest: int, kind: str, look: Look) -> Text:
    """A bar on the scale of the longest; none on a narrow screen."""
    if look.is_narrow:
        return Text()
    role = Role.DONE if kind == "studied" else Role.READY
    size = min(_WEEK_BAR, look.width - _WEEK_WORDS)
    return bar(minutes, longest, size, look.glyphs, role)
