"""`plan`: the calendar of study days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.text import Text

from llmpath.core.availability import ONE_WEEK
from llmpath.core.calendar import CalendarDay, CalendarWeek
from llmpath.core.curriculum import Lesson
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.drawn.layout import (
    GAP,
    INDENT,
    facts,
    headline,
    indented,
    sections,
    words,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import (
    finish_words,
    part_words,
    rough_hours,
    week_words,
)
from llmpath.report.drawn.pieces import (
    NOTHING_LEFT,
    command,
    day_text,
    heading,
    lesson_id,
    target_text,
)
from llmpath.report.drawn.sittings import Sitting, last_sittings, sittings
from llmpath.report.drawn.tables import (
    CUT,
    FIGURE,
    FIXED,
    WRAPPED,
    Column,
    bar,
    column_widths,
    table,
)
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import counted
from llmpath.report.views.planning import PlanView

_LOAD_BAR = 24
_ID_WIDTH = 72
"""From so many columns on ids stand in a column of their own."""

_Row = tuple[Text, Text, Text, Text]


def calendar_lines(view: PlanView, look: Look) -> list[Text]:
    """Weeks with their days, then where the plan ends."""
    endings = last_sittings(view)
    columns = (FIXED, FIGURE, CUT if has_id_column(look) else WRAPPED, FIXED)
    rows = {
        week.start: list(week_rows(week, view, endings, look))
        for week in view.shown_weeks
    }
    flat = [row for week in rows.values() for row in week] or [(Text(),) * 4]
    ids = max(row[3].cell_len for row in flat)
    if not has_id_column(look):
        flat = [(*row[:3], Text()) for row in flat]
    widths = column_widths(flat, columns, look.width)
    margin = widths[0] + GAP + widths[1] + GAP
    if margin + ids > look.width:
        margin = widths[0] + GAP
    blocks = [
        [
            *week_heading(week, view.today, look),
            *week_lines(rows[week.start], columns, widths, margin, look),
        ]
        for week in view.shown_weeks
    ]
    return sections(
        *blocks, later_lines(view, look), phase_lines(view, look), end_lines(view, look)
    )


def later_lines(view: PlanView, look: Look) -> list[Text]:
    """The weeks after those shown by day: how much of each is planned."""
    rows = [
        (
            words(week_words(week.start, view.today)),
            load_bar(week, look),
            words(load_words(week), ""),
        )
        for week in view.later_weeks
    ]
    return table(rows, (FIXED, FIXED, FIXED), look.width, look.glyphs)


def load_bar(week: CalendarWeek, look: Look) -> Text:
    """Planned time as a share of the week's; none on a narrow screen."""
    if look.is_narrow or not week.capacity:
        return Text()
    return bar(week.planned, week.capacity, _LOAD_BAR, look.glyphs, Role.READY)


def load_words(week: CalendarWeek) -> str:
    """Planned time of the week's."""
    return f"{shown_minutes(week.planned)} of {shown_minutes(week.capacity)}"


def phase_lines(view: PlanView, look: Look) -> list[Text]:
    """The days on which phases end."""
    rows = [
        (words(shown_day(each.day, today=view.today)), words(each.title))
        for each in view.shown_milestones
    ]
    if not rows:
        return []
    lines = table(rows, (FIXED, WRAPPED), look.width - INDENT, look.glyphs)
    return [heading("Phases end"), *indented(lines)]


def week_heading(week: CalendarWeek, today: date, look: Look) -> list[Text]:
    """The week, and how much of it is planned."""
    title = heading(week_words(week.start, today))
    if week.start <= today < week.start + ONE_WEEK:
        title = words(title, ", this week")
    load = f"{shown_minutes(week.planned)} planned of {shown_minutes(week.capacity)}"
    if not week.planned:
        free = sum(day.free for day in week.days)
        load = "nothing planned"
        if free or not week.capacity:
            load = f"{load}, {shown_minutes(free)} free" if free else "no study time"
    return headline(title, words((load, Role.LATER)), look.width)


def week_lines(
    rows: Iterable[_Row],
    columns: Sequence[Column],
    widths: Sequence[int],
    margin: int,
    look: Look,
) -> Iterator[Text]:
    """A week's rows; ids stand below the titles where there is no column for them.

    Args:
        margin: Columns before such an id.
    """
    for row in rows:
        *_, ident = row
        if has_id_column(look) or not ident.plain:
            yield from table([row], columns, look.width, look.glyphs, widths=widths)
        else:
            above = (*row[:3], Text())
            yield from table([above], columns, look.width, look.glyphs, widths=widths)
            yield words(" " * margin, ident)


def week_rows(
    week: CalendarWeek, view: PlanView, endings: dict[str, str], look: Look
) -> Iterator[_Row]:
    """The lines of a week's days; a week that is free all through needs none."""
    if not any(each.done or each.blocks or each.is_exception for each in week.days):
        return
    for day in week.days:
        if is_empty(day) and day.day != view.today:
            continue
        label = day_label(day.day, view.today, look)
        rows = list(day_rows(day, view, endings, look)) or [empty_row(day)]
        for nth, row in enumerate(rows):
            yield (label if nth == 0 else Text(), *row)


def is_empty(day: CalendarDay) -> bool:
    """Tell whether a day is not worth a line: no study time, as in any other week."""
    return not (day.minutes or day.is_exception or day.done or day.blocks)


def day_label(day: date, today: date, look: Look) -> Text:
    """Weekday and day, today marked."""
    weekday, number, *_ = shown_day(day, today=day).split()
    text = f"{weekday} {number:>2}"
    if day == today:
        return words((f"{look.glyphs.today} {text}", Role.HEADING))
    return words("  ", text)


def empty_row(day: CalendarDay) -> tuple[Text, Text, Text]:
    """A day without study: off, or free."""
    if day.is_exception and not day.minutes:
        return Text(), words(("off", Role.LATER)), Text()
    free = f"free, {shown_minutes(day.free)}" if day.free else "no study"
    if day.minutes and not day.free:
        free = "minutes used"
    return Text(), words((free, Role.LATER)), Text()


def day_rows(
    day: CalendarDay, view: PlanView, endings: dict[str, str], look: Look
) -> Iterator[tuple[Text, Text, Text]]:
    """Lessons done on a day, then those planned, and a line where a module ends."""
    for lesson in day.done:
        done = words((f"{look.glyphs.done} ", Role.DONE), lesson.title)
        word = words(("done", Role.DONE))
        yield word, done, lesson_id(lesson, look)
    for sitting in sittings(view.plan, day.blocks):
        lesson, _ = view.lessons[sitting.lesson]
        yield sitting_row(sitting, lesson, look)
        module = endings.get(f"{sitting.lesson} {day.day}")
        if module is not None:
            last = f"{look.glyphs.later} last of {module}"
            yield Text(), words((last, Role.LATER)), Text()


def sitting_row(
    sitting: Sitting, lesson: Lesson, look: Look
) -> tuple[Text, Text, Text]:
    """Minutes, title and part of one lesson on one day."""
    part = part_words(sitting.first, sitting.last, sitting.parts)
    title = words(lesson.title, (f", {part}" if part else "", Role.LATER))
    return words(shown_minutes(sitting.minutes)), title, lesson_id(lesson, look)


def has_id_column(look: Look) -> bool:
    """Tell whether there is room for ids beside the titles."""
    return look.width >= _ID_WIDTH


def end_lines(view: PlanView, look: Look) -> list[Text]:
    """Weeks not shown, the plan's end, the target, what found no room."""
    finish, short = view.plan.finish, view.plan.shortfall
    more = Text()
    if view.hidden_weeks:
        more = words(
            f"{counted(view.hidden_weeks, 'week')}: ", command("llmpath plan --all")
        )
    room = Text()
    if short is not None:
        room = words(
            ("no room", Role.WARNING),
            f" for {rough_hours(short.minutes)} "
            f"({counted(len(short.lessons), 'lesson')}): ",
            command("llmpath off list"),
            ", ",
            command("llmpath hours"),
        )
    end = ("plan ends", words(finish_words(finish, view.today)))
    if short is None and not view.plan.blocks:
        end = NOTHING_LEFT
    day = view.next_day
    goes_on = Text() if day is None else day_text(day, view.today)
    pairs = [
        ("goes on", goes_on),
        ("more", more),
        end,
        ("target", plan_target(view)),
        ("left over", room),
    ]
    return facts(pairs, look.prose)


def plan_target(view: PlanView) -> Text:
    """The target, and whether it fits."""
    if view.target is None:
        return Text()
    return target_text(view.target, view.slack, view.left_over, view.today)
