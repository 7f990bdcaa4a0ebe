"""`history`, `config` and `doctor`: what is kept, and how it is."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from llmpath.core.undoing import HistoryEntry
from llmpath.core.when import shown_day
from llmpath.report.data import damage_reason
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    indented,
    joined,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import clock_words
from llmpath.report.drawn.pieces import command, heading, hint, said_lines
from llmpath.report.drawn.tables import FIXED, WRAPPED, table
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import counted
from llmpath.report.views.changes import HistoryView
from llmpath.report.views.data import Check, ConfigView, DamageView, DoctorView, Setting


def history_lines(view: HistoryView, look: Look) -> list[Text]:
    """Records, newest first, and how to take one back."""
    if not view.entries:
        return [words("Nothing was written yet.")]
    newest = view.entries[0].day
    lines = [line for each in view.entries for line in entry_lines(each, newest, look)]
    hidden = view.total - len(view.entries)
    more = hint(f"{counted(hidden, 'record')}: llmpath history -n {view.total}")
    pairs = [
        ("earlier", more if hidden > 0 else Text()),
        ("take back", hint("llmpath undo ID")),
    ]
    return sections(lines, facts(pairs, look.width))


def entry_lines(entry: HistoryEntry, newest: date, look: Look) -> list[Text]:
    """A record: id and time, then what was typed."""
    when = shown_day(entry.day, today=newest)
    if not look.is_narrow:
        when = f"{when}, {clock_words(entry.at, entry.day)}"
    typed = words((entry.command, Role.LATER if entry.is_voided else Role.PLAIN))
    voided = words(("taken back" if entry.is_voided else "", Role.WARNING))
    device = entry.device if look.is_wide else ""
    head = joined(
        [words((entry.id, Role.ID)), words(when), words(device), voided], "  "
    )
    return [
        *wrapped(head, look.width, hang=INDENT),
        *wrapped(typed, look.width, indent=INDENT, hang=INDENT),
    ]


def config_lines(view: ConfigView, look: Look) -> list[Text]:
    """Settings with their values and where these come from."""
    rows = [setting_cells(each) for each in view.settings]
    columns = (FIXED, FIXED, FIXED)
    lines: list[Text] = []
    for each, row in zip(
        view.settings, table(rows, columns, look.width, look.glyphs), strict=True
    ):
        help_text = words((each.help, Role.LATER))
        lines += [row, *wrapped(help_text, look.prose, indent=2 * INDENT)]
    change = facts([("change", command("llmpath config set KEY VALUE"))], look.width)
    return sections(said_lines(view.said, look), lines, change)


def setting_cells(setting: Setting) -> tuple[Text, Text, Text]:
    """A setting's key, value and origin."""
    return (
        words((setting.key, Role.ID)),
        words((setting.value, Role.HEADING)),
        words((setting.origin, Role.LATER)),
    )


def doctor_lines(view: DoctorView, look: Look) -> list[Text]:
    """Verdict, checks, damage, places."""
    verdict = words((f"{look.glyphs.done} ", Role.DONE), ("all is well", Role.HEADING))
    if not view.is_ok:
        text = f"{look.glyphs.warning} something needs attention"
        verdict = words((text, Role.WARNING))
    return sections(
        said_lines(view.said, look),
        [verdict],
        check_lines(view.checks, look),
        damaged_lines(view.damaged, look),
        wrapped(words(view.advice), look.prose) if view.advice else [],
        facts(
            [
                ("version", words(view.version)),
                *((name, words((path, Role.LINK))) for name, path in view.paths),
            ],
            look.width,
        ),
    )


def check_lines(checks: tuple[Check, ...], look: Look) -> list[Text]:
    """What was looked at."""
    rows = [
        (
            words((f"{look.glyphs.done} ok", Role.DONE))
            if each.is_ok
            else words((f"{look.glyphs.warning} not ok", Role.WARNING)),
            words(each.name),
            words((each.detail, Role.LATER)),
        )
        for each in checks
    ]
    return table(rows, (FIXED, FIXED, WRAPPED), look.width, look.glyphs)


def damaged_lines(damaged: tuple[DamageView, ...], look: Look) -> list[Text]:
    """The damaged lines, each with its place."""
    if not damaged:
        return []
    lines = [line for each in damaged for line in damage_lines(each, look)]
    return [heading("Damaged"), *lines]


def damage_lines(damage: DamageView, look: Look) -> list[Text]:
    """One damaged line, with its place."""
    place = [words((damage.file, Role.ID))]
    if damage.line:
        place += [words(f"line {damage.line}"), words(f"byte {damage.byte}")]
    reason = wrapped(words(damage_reason(damage)), look.prose, indent=2 * INDENT)
    return [*indented([joined(place, ", ")]), *reason]
