"""What cannot be done, read or saved: one table of commands and what they answer."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.program import TODAY
from tests.cli.states import (
    Damage,
    Homes,
    journal_file,
    records_in,
    timer_file,
    without_note,
    written_in,
)

DATES = '  try: 2026-12-11, fri, +3d, "in 2 weeks" or "11 dec"\n'
HOURS = "  try: 5, 7.5, 90m, mon-fri=1 or mon=1h,sat=3h\n"
DURATIONS = "  try: 90, 45m, 1h30, 1.5h or 1:30\n"
NOT_STARTED = (
    "error: no track is started\n"
    "  llmpath tracks lists them\n"
    "  try: llmpath start --track short\n"
)
AN_ID_IS_NEEDED = (
    "error: an id is needed when not on a terminal\n"
    "  try: llmpath {0} ID; llmpath next shows the ids\n"
)
NO_SUCH_ID = "error: nothing has the id '{0}'\n  try: llmpath search WORDS\n"
TWO_DAYS_LATER = "2026-11-22T10:00:00+00:00"
SELF, BATCHES = "illustrated-transformer/self-attention-detail", "data-and-batches"
COMPLETED = [SELF, "illustrated-transformer/heads-positions-decoder"]


class Case(NamedTuple):
    """A command in a state, and the whole answer.

    Attributes:
        line: As typed; a tuple where a shell could not pass it on.
        code: The exit code; with 0 `document` says what the answer was.
        stderr: All of it, but for the line on the given present.
        near: Ids that must be listed between the first and the last line of stderr;
            the rest of those lines depends on the curriculum's edition.
        document: Keys of the answer that must have these values.
        damage: Spoils the home before the command runs.
        writes: Something is saved; otherwise not a byte may change.
    """

    line: str | tuple[str, ...]
    code: int
    stderr: str = ""
    state: str = "short"
    near: tuple[str, ...] = ()
    document: Mapping[str, object] | None = None
    stdin: str = ""
    today: str = TODAY
    env: Mapping[str, str] | None = None
    damage: Damage | None = None
    writes: bool = False

    @property
    def arguments(self) -> tuple[str, ...]:
        return (
            tuple(shlex.split(self.line)) if isinstance(self.line, str) else self.line
        )


def file_for_home(home: Path) -> None:
    shutil.rmtree(home)
    home.write_text("a file where the folder should be")


def file_for_state(home: Path) -> None:
    shutil.rmtree(home / "state")
    (home / "state").write_text("")


def damaged_line(home: Path) -> None:
    file = journal_file(home)
    file.write_bytes(file.read_bytes().replace(b'"n":2,', b'"n":7,'))


def line_of_no_record(home: Path) -> None:
    file = journal_file(home)
    file.write_bytes(b"\x1b[31m no record\n" + file.read_bytes())


def emptied_journal(home: Path) -> None:
    journal_file(home).write_bytes(b"")


def lost_journal(home: Path) -> None:
    journal_file(home).unlink()


def damaged_timer(home: Path) -> None:
    timer_file(home).write_text("{")


def settings(text: str) -> Damage:
    def write(home: Path) -> None:
        (home / "config.toml").write_text(text, encoding="latin-1")

    return write


def folder_for_settings(home: Path) -> None:
    (home / "config.toml").mkdir()


POSIX_DAMAGES = (file_for_home, file_for_state, folder_for_settings)


def left_on(home: Path) -> None:
    since = {"lesson": f"llmpath:{SELF}", "since": "2026-11-20T18:00:00+00:00"}
    timer_file(home).write_text(json.dumps(since))


def usage(message: str, command: str = "") -> str:
    """What the parser did not understand."""
    path = f"llmpath {command}".strip()
    return f"error: {message}\n  try: {path} --help\n"


def unread_hours(text: str) -> str:
    return f"error: {text!r} is not hours a week, above 0 and up to 168\n{HOURS}"


def unread_day(text: str) -> str:
    return f"error: cannot read {text!r} as a date\n{DATES}"


def unread_duration(text: str) -> str:
    return f"error: {text!r} is not a duration from 1 minute to 24 hours\n{DURATIONS}"


IDS = (
    Case("done nowhere-near-it-zq", 1, NO_SUCH_ID.format("nowhere-near-it-zq")),
    Case("show ' '", 1, NO_SUCH_ID.format(" ")),
    Case("why ' '", 1, NO_SUCH_ID.format(" ")),
    Case("show ///", 1, NO_SUCH_ID.format("///")),
    Case("open ''", 1, NO_SUCH_ID.format("")),
    *(
        Case(
            f"{command.format('illustrated-transfomer')}",
            1,
            "error: nothing has the id 'illustrated-transfomer'\n"
            "  try: llmpath search WORDS\n",
            near=("illustrated-transformer",),
        )
        for command in (
            "done {}",
            "skip {}",
            "skip {} --known",
            "include {}",
            "later {} fri",
            "reopen {}",
            "log {} 20",
            "timer start {}",
            "note {}",
            "note {} words",
            "open {}",
            "show {}",
            "done data-and-batches {}",
        )
    ),
    *(
        Case(
            f"{command} ill",
            1,
            "error: 'ill' matches 2 ids\n  try: llmpath search ill\n",
            near=("illustrated-transformer", "illustrating-rlhf"),
        )
        for command in ("done", "skip", "show", "note")
    ),
    # Words of a title are no id where nobody can be asked.
    Case(
        "done 'bigram training'",
        1,
        "error: nothing has the id 'bigram training'\n"
        "  try: use the id lets-build-gpt/bigram-baseline\n",
        near=("lets-build-gpt/bigram-baseline",),
    ),
    Case(
        "done 'bigram training' -y",
        1,
        state="short",
        stderr=(
            "error: nothing has the id 'bigram training'\n"
            "  try: use the id lets-build-gpt/bigram-baseline\n"
        ),
        near=("lets-build-gpt/bigram-baseline",),
    ),
    # A track is none of the things that these commands take.
    Case(
        "show other:lets-build-gpt",
        1,
        "error: nothing has the id 'other:lets-build-gpt'\n"
        "  try: llmpath search WORDS\n",
        near=("lets-build-gpt",),
    ),
    Case(
        "start --track nope",
        1,
        "error: no track has the id 'nope'\n  try: llmpath tracks\n",
        near=("short", "long", "guide"),
    ),
    Case(
        "start --track short --track nope",
        1,
        "error: no track has the id 'nope'\n  try: llmpath tracks\n",
        near=("short", "long", "guide"),
    ),
    Case(
        "start --track sho",
        1,
        "error: no track has the id 'sho'\n  try: llmpath tracks\n",
        near=("short", "long", "guide"),
    ),
    Case(
        "list --track nope",
        1,
        "error: no track has the id 'nope'\n"
        "  the tracks are short, long, guide\n"
        "  try: llmpath tracks\n",
    ),
    Case(
        "undo zzzzzz",
        1,
        "error: no record has the id 'zzzzzz'\n  try: llmpath history\n",
    ),
    Case("undo a", 1, "error: no record has the id 'a'\n  try: llmpath history\n"),
    Case(
        "undo --dry-run zzzzzz",
        1,
        "error: no record has the id 'zzzzzz'\n  try: llmpath history\n",
    ),
    Case(
        "search zqzqzq",
        1,
        "error: nothing has the words 'zqzqzq'\n  try: llmpath list\n",
    ),
    Case("search ''", 1, "error: nothing has the words ''\n  try: llmpath list\n"),
)

HOSTILE = (
    Case(("done", "\x1b[31mred\x1b[0m\x07"), 1, NO_SUCH_ID.format("�[31mred�[0m�")),
    Case(("show", "\x1b]0;title\x07"), 1, NO_SUCH_ID.format("�]0;title�")),
    Case(("done", "x\ny\tz"), 1, NO_SUCH_ID.format("x y z")),
    Case(("done", "\u202eqqqq"), 1, NO_SUCH_ID.format("qqqq")),
    Case(("done", "\x9b31m"), 1, NO_SUCH_ID.format("�31m")),
    Case(
        ("undo", "\x1b[1mabcd"),
        1,
        "error: no record has the id '�[1mabcd'\n  try: llmpath history\n",
    ),
    Case(
        ("search", "\x1b[2J"),
        1,
        "error: nothing has the words '�[2J'\n  try: llmpath list\n",
    ),
    Case(("hours", "\x1b[1m"), 2, unread_hours("\x1b[1m")),
    Case(("later", "lets-build-gpt", "\x1b[1m"), 2, unread_day("\x1b[1m")),
    Case(("log", "lets-build-gpt", "\x1b[1m"), 2, unread_duration("\x1b[1m")),
    Case(("--today", "\x1b[1m", "next"), 2, unread_day("\x1b[1m")),
    Case(("bo\x1b[1mgus",), 2, usage("no such command 'bo\\x1b[1mgus'")),
    Case(
        ("next", "--bo\x1b[1mgus"), 2, usage("no such option: --bo\\x1b[1mgus", "next")
    ),
    Case(
        ("show", "a" * 100_000),
        1,
        f"error: nothing has the id '{'a' * 3979}…\n  try: llmpath search WORDS\n",
    ),
    Case(
        ("note", "lets-build-gpt", "\udcff words"),
        2,
        "error: the note is no UTF-8 text\n",
    ),
)

VALUES = (
    *(
        Case(f"{command} {text}", 2, unread_hours(text))
        for command, texts in (
            ("hours", ("0", "169", "168.1", "0.001", "nan", "1e3", "mon=0", "5,5")),
            ("start --track short --hours", ("0", "169", "inf")),
        )
        for text in texts
    ),
    Case("hours ''", 2, unread_hours("")),
    Case("hours -- -5", 2, unread_hours("-5")),
    Case("hours -5", 2, usage("no such option: -5", "hours")),
    Case("start --hours=-5", 2, unread_hours("-5")),
    Case(
        "hours mon=25",
        2,
        "error: a day has 24 hours; 'mon=25' puts 25 h into one\n"
        "  a bare number is hours; a number alone fills Monday to Friday\n" + HOURS,
    ),
    Case(
        "hours 168",
        2,
        "error: a day has 24 hours; '168' puts 33 h 36 min into one\n"
        "  a bare number is hours; a number alone fills Monday to Friday\n" + HOURS,
    ),
    Case(
        "hours mon=1,mon=2", 2, f"error: mon is named twice in 'mon=1,mon=2'\n{HOURS}"
    ),
    Case(
        "hours moon=1",
        2,
        "error: unknown day 'moon'\n"
        f"  the days are mon, tue, wed, thu, fri, sat, sun\n{HOURS}",
    ),
    Case(
        "hours 61", 2, "error: that is 12 hours 12 minutes on one day\n  try: add -y\n"
    ),
    Case("hours sat=13", 2, "error: that is 13 hours on one day\n  try: add -y\n"),
    Case(
        "start --hours 61",
        2,
        "error: that is 12 hours 12 minutes on one day\n  try: add -y\n",
    ),
    *(
        Case(command.format("blah"), 2, unread_day("blah"))
        for command in (
            "--today {} next",
            "start --from {}",
            "start --by {}",
            "done data-and-batches --on {}",
            "log lets-build-gpt 20 --on {}",
            "later lets-build-gpt {}",
            "target {}",
            "off add {}",
            "off remove {}",
        )
    ),
    *(
        Case(f"target {text}", 2, f"error: {what}\n{DATES}")
        for text, what in (
            ("5", "a bare number is never a date: '5'"),
            ("2026-02-29", "there is no '2026-02-29' in the calendar"),
            ("2026-13-01", "there is no '2026-13-01' in the calendar"),
            ("2226-01-01", "'2226-01-01' is outside the years 2000 to 2199"),
            ("+9999999d", "'+9999999d' is outside the years 2000 to 2199"),
            ("''", "cannot read '' as a date"),
        )
    ),
    Case(
        "target 11/12/26",
        2,
        "error: '11/12/26' is ambiguous: day and month may stand either way round\n"
        "  try: the year first, as in 2026-12-11\n",
    ),
    Case(
        "target 'last fri'",
        2,
        "error: 'last fri' is not possible here: the day cannot have passed\n"
        "  try: fri or an ISO date such as 2026-12-11\n",
    ),
    *(
        Case(
            line,
            1,
            "error: Thu 19 Nov is past\n  try: a day to come, such as +30d\n",
            state=state,
        )
        for line, state in (
            ("target yesterday", "short"),
            ("target 2026-11-19", "with a target"),
            ("start --by yesterday", "short"),
            ("start --track short --by yesterday", "empty"),
        )
    ),
    Case("later lets-build-gpt yesterday", 2, "error: Thursday 19 November is past\n"),
    *(
        Case(line, 2, "error: Saturday 21 November is not over yet\n")
        for line in (
            "done data-and-batches --on tomorrow",
            "log lets-build-gpt 20 --on 2026-11-21",
        )
    ),
    Case(
        "log lets-build-gpt 20 --on 'next fri'",
        2,
        "error: 'next fri' is not possible here: the day cannot lie ahead\n"
        "  try: fri or an ISO date such as 2026-12-11\n",
    ),
    *(
        Case(command.format(text), 2, unread_duration(text))
        for command, texts in (
            ("log lets-build-gpt {}", ("0", "1441", "24h1m", "1h70", "soon", "1:5")),
            ("done data-and-batches --took {}", ("0", "1441")),
            ("timer stop --took {}", ("0", "1441")),
        )
        for text in texts
    ),
    Case("log lets-build-gpt -- -5", 2, unread_duration("-5")),
    Case(
        "log lets-build-gpt 1,5h",
        2,
        "error: '1,5h' is not a duration from 1 minute to 24 hours\n"
        "  try: a decimal point, as in 1.5h\n",
    ),
    Case("log lets-build-gpt", 2, unread_duration("lets-build-gpt")),
    Case(
        "log lets-build-gpt 20 30",
        2,
        "error: log takes an id and a duration\n  try: llmpath log ID 45m\n",
    ),
    *(
        Case(
            f"{command} {words}",
            2,
            'error: the note is empty\n  try: llmpath note ID "my words"\n',
            stdin=stdin,
        )
        for command in ("note lets-build-gpt",)
        for words, stdin in (("''", ""), ("' '", ""), ("-", ""), ("-", " \n\n"))
    ),
    Case(
        ("note", "lets-build-gpt", "\x07\x1b"),
        2,
        'error: the note is empty\n  try: llmpath note ID "my words"\n',
    ),
    Case(
        ("note", "lets-build-gpt", "a" * 20_001),
        2,
        "error: the note is longer than 20000 characters\n",
    ),
    Case(
        "note lets-build-gpt -",
        2,
        stdin="é" * 50_001,
        stderr="error: the note is longer than 20000 characters\n",
    ),
    Case(
        "note lets-build-gpt words --edit",
        2,
        "error: --edit takes no text\n  try: llmpath note lets-build-gpt --edit\n",
        env={"EDITOR": "true"},
    ),
    Case(
        "note lets-build-gpt --edit",
        1,
        "error: no editor is set\n  VISUAL and EDITOR are empty\n"
        '  try: llmpath note ID "my words"\n',
    ),
    Case(
        "note lets-build-gpt --edit",
        1,
        "error: the editor ended with 1; nothing was saved\n",
        env={"EDITOR": "false"},
    ),
    Case(
        "note lets-build-gpt --edit",
        1,
        env={"VISUAL": "/nowhere/ed 'x"},
        stderr="error: the editor could not be run: /nowhere/ed 'x\n",
    ),
    Case(
        "note lets-build-gpt --edit",
        2,
        env={"EDITOR": "true"},
        stderr='error: the note is empty\n  try: llmpath note ID "my words"\n',
    ),
    Case(
        "note lets-build-gpt --edit",
        1,
        env={"EDITOR": "rm"},
        stderr="error: the editor left no text; nothing was saved\n",
    ),
    Case(
        "note illustrated-transfomer --edit",
        1,
        env={"EDITOR": "false"},
        stderr="error: nothing has the id 'illustrated-transfomer'\n"
        "  try: llmpath search WORDS\n",
        near=("illustrated-transformer",),
    ),
    Case(
        "off add 2026-12-10..2026-12-01",
        2,
        "error: the range ends before it begins: 2026-12-10 to 2026-12-01\n"
        "  try: 2026-12-01..2026-12-10\n",
    ),
    Case(
        "off add 2026-12-01..2030-12-01",
        2,
        "error: that is 1462 days; at most 731 at once\n"
        "  try: llmpath off add DATE.. for a break without an end\n",
    ),
    Case(
        "off add today.. --hours 3", 2, "error: a break without an end has no hours\n"
    ),
    Case("off add ..fri", 2, unread_day("")),
    *(
        Case(
            f"off add fri --hours {text}",
            2,
            f"error: '{text}' is not hours of a day, 0 to 24\n"
            "  try: --hours 1.5, or --hours 45m\n",
        )
        for text in ("25", "x")
    ),
    Case(
        "off remove 2026-12-24",
        1,
        "error: Thursday 24 December has no exception\n  try: llmpath off list\n",
    ),
    Case(
        "off remove 2026-12-27..",
        1,
        state="with days off",
        stderr="error: Sunday 27 December has no exception\n  try: llmpath off list\n",
    ),
    *(
        Case(
            line,
            2,
            f"error: '{given}' is not a whole number {bounds}\n  try: {remedy}\n",
        )
        for line, given, bounds, remedy in (
            ("next -n 0", "0", "from 1 to 1000", "llmpath next -n 3"),
            ("next --limit=-1", "-1", "from 1 to 1000", "llmpath next -n 3"),
            ("next -n 1001", "1001", "from 1 to 1000", "llmpath next -n 3"),
            ("next -n x", "x", "from 1 to 1000", "llmpath next -n 3"),
            ("next -n ''", "", "from 1 to 1000", "llmpath next -n 3"),
            ("next -n 1_0", "1_0", "from 1 to 1000", "llmpath next -n 3"),
            ("history -n 0", "0", "from 1 on", "llmpath history -n 50"),
            ("history -n 1e3", "1e3", "from 1 on", "llmpath history -n 50"),
            (f"history -n {10**9}", f"{10**9}", "from 1 on", "llmpath history -n 50"),
            ("plan --weeks 0", "0", "from 1 to 600", "llmpath plan --weeks 4"),
            ("status --weeks 0", "0", "from 1 to 520", "llmpath status --weeks 4"),
            ("status --weeks 1.5", "1.5", "from 1 to 520", "llmpath status --weeks 4"),
        )
    ),
    *(
        Case(line, 2, usage(what, command))
        for command, line, what in (
            (
                "list",
                "list --status gone",
                (
                    "--status: 'gone' is not one of 'done', 'skipped', 'ready',"
                    " 'blocked', 'active'"
                ),
            ),
            (
                "",
                "next --color purple",
                "--color: 'purple' is not one of 'auto', 'always', 'never'",
            ),
        )
    ),
    *(
        Case(("next", "--today", text), 2, stderr)
        for text, stderr in (
            ("5", f"error: a bare number is never a date: '5'\n{DATES}"),
            (
                "2026-11-20T12:00",
                (
                    "error: '2026-11-20T12:00' has no offset\n"
                    "  try: llmpath --today 2026-11-20T12:00+00:00\n"
                ),
            ),
            (
                "2026-11-20T25:00Z",
                (
                    "error: '2026-11-20T25:00Z' is not a date or a date-time\n"
                    "  try: llmpath --today 2026-11-20T18:00+01:00\n"
                ),
            ),
            (
                "0001-01-01T00:00+00:00",
                (
                    "error: '0001-01-01T00:00+00:00' is outside the years 2000"
                    " to 2199\n"
                    "  try: llmpath --today 2026-11-20\n"
                ),
            ),
            (
                "9999-12-31T23:59+00:00",
                (
                    "error: '9999-12-31T23:59+00:00' is outside the years 2000"
                    " to 2199\n"
                    "  try: llmpath --today 2026-11-20\n"
                ),
            ),
        )
    ),
)

WORDING = (
    Case("bogus", 2, usage("no such command 'bogus'. Did you mean 'hours'?")),
    Case("nxet", 2, usage("no such command 'nxet'. Did you mean 'next'?")),
    Case("--bogus", 2, usage("no such option: --bogus. Did you mean --verbose?")),
    Case("next --bogus", 2, usage("no such option: --bogus", "next")),
    Case("timer bogus", 2, usage("no such command 'bogus'", "timer")),
    Case(
        "timer",
        2,
        usage("llmpath timer needs one of: start, stop, cancel, status", "timer"),
    ),
    Case("off", 2, usage("llmpath off needs one of: add, list, remove", "off")),
    Case("next extra", 2, usage("unexpected argument: extra", "next")),
    Case("start short", 2, usage("unexpected argument: short", "start")),
    *(
        Case(f"{command} {option}", 2, usage(f"option '{option}' needs a value"))
        for command in ("", "next", "done data-and-batches")
        for option in ("--home", "--today", "--color")
    ),
    Case("start --track", 2, usage("option '--track' needs a value")),
    Case("hours --json=1", 2, usage("no such option: --json", "hours")),
    *(
        Case(command, 2, usage(f"{what} is missing", command))
        for command, what in (
            ("skip", "ID..."),
            ("include", "ID..."),
            ("reopen", "ID..."),
            ("later", "ID"),
            ("show", "ID"),
            ("search", "WORDS"),
            ("log", "[ID] DUR"),
            ("off add", "DATE[..[DATE]]"),
            ("off remove", "DATE"),
        )
    ),
    *(
        Case(line, 2, "error: --none goes with no other option of start\n")
        for line in (
            "start --none --track short",
            "start --none --hours 5",
            "start --none --hours ''",
            "start --none --from fri",
            "start --none --by fri",
        )
    ),
    Case(
        "--home= next",
        2,
        "error: --home needs a folder\n  try: llmpath --home ~/study\n",
    ),
    Case(
        "--home '~nobody-has-this-name/x' next",
        2,
        "error: '~nobody-has-this-name/x' is in nobody's folder\n",
    ),
)

STATE_FORBIDS = (
    *(
        Case(line, 1, NOT_STARTED, state=state)
        for state, lines in (
            ("empty", ("next", "status", "plan", "target", "target fri", "later ill")),
            ("empty", ("why ill", "why short")),
            ("hours only", ("next", "target none")),
            ("stopped", ("next -n 3", "status", "plan", "target", "why ill")),
        )
        for line in lines
    ),
    *(
        Case(
            command,
            2,
            AN_ID_IS_NEEDED.format(command.removesuffix(" 20m")),
            state=state,
        )
        for command in ("done", "log 20m", "open", "note", "timer start")
        for state in ("empty", "short")
    ),
    *(
        Case(line, 2, AN_ID_IS_NEEDED.format("done"))
        for line in (
            "done --no-input",
            "done -y",
            "done --took 5",
            "done --on yesterday",
        )
    ),
    *(
        Case(
            line,
            2,
            "error: which track?\n  try: llmpath start --track short\n",
            state=state,
            near=("short", "long", "guide"),
        )
        for line, state in (
            ("start", "empty"),
            ("start --hours 5", "empty"),
            ("start -y", "empty"),
            ("start", "stopped"),
        )
    ),
    *(
        Case(line, 1, f"error: nothing to {what}\n  try: llmpath history\n", state)
        for line, what, state in (
            ("undo", "undo", "empty"),
            ("undo --dry-run", "undo", "empty"),
            ("redo", "redo", "empty"),
            ("redo", "redo", "short"),
        )
    ),
    *(
        Case(
            line,
            1,
            f"error: {what} is done\n  try: llmpath reopen {what}\n",
            state="begun",
        )
        for what in ("illustrated-transformer/self-attention-detail",)
        for line in (
            f"skip {what}",
            f"skip {what} --known",
            f"skip lets-build-gpt {what}",
        )
    ),
    Case(
        "done llms-briefly",
        1,
        "error: all lessons of llms-briefly are optional\n"
        "  try: llmpath done llms-briefly --optional\n",
    ),
    *(
        Case(
            "include nlp-with-python",
            1,
            "error: nlp-with-python is in none of your tracks\n"
            "  done, log and note take it all the same\n"
            "  try: llmpath tracks\n",
            state=state,
        )
        for state in ("empty", "short", "stopped")
    ),
    *(
        Case(
            f"later {what}",
            1,
            f"error: {what} is not in the plan\n  try: llmpath show {what}\n",
            state=state,
        )
        for what, state in (
            ("illustrated-transformer", "begun"),
            ("illustrated-transformer", "skipped"),
            ("llms-briefly", "short"),
            ("nlp-with-python", "short"),
        )
    ),
    Case(
        "start --from 2027-01-02 --by 2027-01-01",
        2,
        "error: the first day, Sat 2 Jan 2027, is after Fri 1 Jan 2027\n"
        "  try: an earlier --from DATE or a later --by DATE\n",
    ),
    *(
        Case(
            f"timer {command}",
            1,
            "error: no timer runs\n  try: llmpath timer start\n",
            state=state,
        )
        for command in ("stop", "stop --took 20m", "cancel")
        for state in ("empty", "short")
    ),
    Case(
        "timer start lets-build-gpt",
        1,
        "error: the timer runs already, on"
        " illustrated-transformer/self-attention-detail\n"
        "  try: llmpath timer stop\n",
        state="timing",
    ),
    *(
        Case(
            line,
            2,
            "error: the timer has run for 40 hours\n"
            f"  try: llmpath {remedy} --took 45m, with the time it really took\n",
            state="timing",
            damage=left_on,
            today=TWO_DAYS_LATER,
        )
        for line, remedy in (
            ("timer stop", "timer stop"),
            ("timer stop -y", "timer stop"),
            (f"done {SELF}", f"done {SELF}"),
            ("done illustrated-transformer", f"done {SELF}"),
        )
    ),
    Case(
        "start --track long --by tomorrow",
        1,
        state="empty",
        stderr="error: N minutes do not fit by Sat 21 Nov\n"
        "  not even with every hour of every day\n"
        "  try: a later --by DATE, or --hours H to see when the plan ends\n",
    ),
)

ALREADY_SO = (
    Case(
        "done illustrated-transformer",
        0,
        state="begun",
        document={"changed": [], "unchanged": COMPLETED},
    ),
    Case(
        "done illustrated-transformer --took 30m",
        0,
        state="begun",
        document={"changed": [], "unchanged": COMPLETED},
    ),
    Case(
        f"done {SELF} --on yesterday",
        0,
        state="begun",
        document={"changed": [], "unchanged": [SELF]},
    ),
    Case(
        "skip illustrated-transformer",
        0,
        state="skipped",
        document={"changed": [], "unchanged": COMPLETED},
    ),
    Case(
        "include lets-build-gpt/data-and-batches",
        0,
        document={"changed": [], "unchanged": ["lets-build-gpt/data-and-batches"]},
    ),
    Case(
        f"reopen {SELF} data-and-batches",
        0,
        document={
            "changed": [],
            "unchanged": [SELF, "lets-build-gpt/data-and-batches"],
        },
    ),
    Case("start --track short", 0, document={"tracks": ["short"]}),
    Case("start", 0, document={"tracks": ["short"]}),
    Case("start --track short --hours 5", 0, document={"tracks": ["short"]}),
    Case("start --none", 0, state="empty", document={"tracks": [], "track": None}),
    Case("start --none --none", 0, state="stopped", document={"tracks": []}),
    Case("hours 5", 0, document={"weekly_minutes": 300}),
    Case("target none", 0, document={"target": None, "feasible": None}),
    Case(
        "target 2026-12-11",
        0,
        state="with a target",
        document={"target": "2026-12-11", "feasible": True},
    ),
    Case(
        "off add 2026-12-24..2026-12-25",
        0,
        state="with days off",
        document={"finish": {"from": "2026-11-24", "to": "2026-11-24"}},
    ),
    Case(
        "off add today..", 0, state="on a break", document={"open_from": "2026-11-20"}
    ),
)


NO_FOLDER = "error: cannot create a folder: File exists; nothing was changed\n  {0}\n"
UNREADABLE = (
    "warning: {home}/config.toml: cannot be read: Not a directory;"
    " the default applies\n"
    "error: cannot read the journal: Not a directory\n  {home}/data/journal\n"
)
DAMAGED_LINE = "warning: 1 damaged line in the journal; see: llmpath doctor\n"
GONE_RECORD = (
    "warning: 1 record is gone from the journal; llmpath doctor --repair restores it\n"
)
LOST = (
    "warning: 2 records are gone from the journal;"
    " llmpath doctor --repair restores them\n"
)
GONE = (
    "error: the journal is not there\n"
    "  {home}/data/journal\n"
    "  try: llmpath doctor --repair, put the files back, or import a backup\n"
)
UNUSABLE_TIMER = (
    "error: the timer's file cannot be used: it is damaged\n"
    "  {home}/state/{machine}/timer.json\n"
    "  try: llmpath timer cancel\n"
)
BAD_SETTINGS = (
    ("accessible = 1", ": accessible: value not allowed"),
    ('color = "purple"', ": color: value not allowed"),
    ("color = true", ": color: value not allowed"),
    ('glyphs = ["x"]', ": glyphs: value not allowed"),
    ("colour = 'auto'", ": colour: unknown key"),
    ('"\\u001b[1m" = 1', ": �[1m: unknown key"),
    ("\xff", ": is not UTF-8"),
    ("color", ":1: is not TOML: Expected '=' after a key in a key/value pair"),
)

DAMAGED = (
    *(
        Case(line, 3, NO_FOLDER.format("{home}"), damage=file_for_home)
        for line in (
            "start --track short",
            "done data-and-batches",
            "undo",
            "log lets-build-gpt 20",
            "hours 6",
            "timer start lets-build-gpt",
        )
    ),
    *(
        Case(line, 1, UNREADABLE, damage=file_for_home)
        for line in ("", "history", "tracks")
    ),
    *(
        Case(line, 3, NO_FOLDER.format("{home}/state"), damage=file_for_state)
        for line in ("done data-and-batches", "timer start lets-build-gpt")
    ),
    Case("next", 0, damage=file_for_state, document={"state": "today"}),
    *(
        Case(
            line,
            0,
            told,
            state="begun",
            damage=damage,
            document={},
            writes=writes,
        )
        for damage, told in (
            (damaged_line, GONE_RECORD + DAMAGED_LINE),
            (line_of_no_record, DAMAGED_LINE),
        )
        for line, writes in (
            ("", False),
            ("next", False),
            ("status", False),
            ("history", False),
            ("done data-and-batches", True),
            ("undo", True),
        )
    ),
    Case(
        "done nope-zq",
        1,
        GONE_RECORD + DAMAGED_LINE + NO_SUCH_ID.format("nope-zq"),
        state="begun",
        damage=damaged_line,
    ),
    *(
        Case(line, 1, LOST + GONE, state="begun", damage=damage)
        for line, damage in (
            ("next", emptied_journal),
            ("next", lost_journal),
            ("", emptied_journal),
        )
    ),
    Case(
        "start --track short",
        1,
        LOST
        + GONE.replace("llmpath doctor --repair, ", "").replace(
            "import a backup", "add -y to begin anew"
        ),
        state="begun",
        damage=emptied_journal,
    ),
    *(
        Case(line, 1, UNUSABLE_TIMER, state="timing", damage=damaged_timer)
        for line in ("timer status", "timer stop", "timer start lets-build-gpt")
    ),
    *(
        Case(
            line,
            0,
            f"warning: {{home}}/config.toml{what}; the default applies\n",
            damage=settings(text),
            document={},
            writes=line.startswith("log"),
        )
        for line, (text, what) in (
            *(("tracks", fault) for fault in BAD_SETTINGS),
            ("log lets-build-gpt 5", BAD_SETTINGS[0]),
        )
    ),
    Case(
        "next",
        0,
        "warning: {home}/config.toml: cannot be read: not a regular file;"
        " the default applies\n",
        damage=folder_for_settings,
        document={},
    ),
)

TABLE = (*IDS, *HOSTILE, *VALUES, *WORDING, *STATE_FORBIDS, *ALREADY_SO, *DAMAGED)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("bad-input"))


def name_of(case: Case) -> str:
    """A test's name: the command and what it runs in, cut where it is long."""
    words = case.line if isinstance(case.line, str) else shlex.join(case.line)
    damage = "" if case.damage is None else f", {case.damage.__name__}"
    shown = "".join(
        each if each.isascii() and each.isprintable() else "?" for each in words
    )
    return f"{shown[:60]} [{case.state}{damage}]"


@pytest.mark.parametrize("case", TABLE, ids=name_of)
def test_what_cannot_be_done_is_answered_and_changes_nothing(
    case: Case, homes: Homes
) -> None:
    if sys.platform == "win32" and (case.env or case.damage in POSIX_DAMAGES):
        pytest.skip("Windows has other words and no such editors")
    program = homes(case.state)
    device = device_in(program.home)
    if case.damage is not None:
        case.damage(program.home)
    before = written_in(program.home)
    arguments = case.arguments if case.document is None else (*case.arguments, "--json")
    result = program(*arguments, stdin=case.stdin, today=case.today, env=case.env)
    after = written_in(program.home)
    stderr, listed = without_listed(without_note(result.stderr), case)
    wanted = (
        case.stderr.replace("{home}", str(program.home))
        .replace("{device}", device)
        .replace("{machine}", machine_in(program.home))
    )

    assert (result.code, stderr) == (case.code, wanted)
    assert [each for each in case.near if each not in listed] == []
    assert before == after if not case.writes else grown(before, after)
    if case.document is None:
        assert result.stdout == ""
    else:
        document = json.loads(result.stdout)
        assert {key: document[key] for key in case.document} == case.document
        assert case.writes == (document.get("event") is not None)


def without_listed(stderr: str, case: Case) -> tuple[str, list[str]]:
    """Stderr without the near ones, and their ids; a sum of minutes becomes `N`."""
    stderr = re.sub(r"error: [0-9hmin ]+ do not", "error: N minutes do not", stderr)
    if not case.near:
        return stderr, []
    first, *listed, last = stderr.splitlines(keepends=True)
    return first + last, [line.split()[0] for line in listed]


def grown(before: dict[Path, bytes], after: dict[Path, bytes]) -> bool:
    """Whether one record came to the end of one file, and nothing else changed."""
    (changed,) = (path for path in after if before.get(path) != after[path])
    old, new = before.get(changed, b""), after[changed]
    return (
        before.keys() == after.keys()
        and new.startswith(old)
        and new[len(old) :].count(b"\n") == 1
    )


def device_in(home: Path) -> str:
    """The name under which a home's records were written."""
    files = list((home / "data" / "journal").glob("*"))
    return files[0].name.partition(".")[0] if files else ""


def machine_in(home: Path) -> str:
    """The name of the machine's folder."""
    state = home / "state"
    return next((each.name for each in state.iterdir()), "") if state.is_dir() else ""


posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such streams"
)
SHELL = '"$PYTHON" -m llmpath '
SAVED_BUT_UNTOLD = (
    "error: the answer could not be written: {0}\n"
    "  what the command saved stays saved\n"
    "  try: llmpath history\n"
)
FULL = SAVED_BUT_UNTOLD.format("no space left on device")
UNTOLD = FULL.splitlines(keepends=True)[0]
CLOSED = SAVED_BUT_UNTOLD.format("stdout is closed")


class Streams(NamedTuple):
    """A command line of a shell that takes a stream away.

    Attributes:
        line: After the program's name.
        stderr: All of it, but for the line on the given present.
        records: How many the journal has then; one is there before.
    """

    line: str
    code: int
    stderr: str = ""
    records: int = 1
    state: str = "short"
    unbuffered: str = ""


STREAMS = (
    # All of the curriculum, which is more than a pipe holds.
    *(
        Streams(
            "list --json | head -1 >/dev/null; exit ${PIPESTATUS[0]}",
            1,
            records=0,
            state="empty",
            unbuffered=unbuffered,
        )
        for unbuffered in ("", "1")
    ),
    Streams("--help | true; exit ${PIPESTATUS[0]}", 1),
    Streams("log lets-build-gpt 20 | true; exit ${PIPESTATUS[0]}", 1, records=2),
    Streams("log lets-build-gpt 20 >/dev/full", 1, FULL, 2),
    Streams("log lets-build-gpt 20 >/dev/full", 1, FULL, 2, unbuffered="1"),
    Streams("--help >/dev/full", 1, UNTOLD),
    Streams("--version >/dev/full", 1, UNTOLD),
    Streams("next >/dev/full", 1, UNTOLD),
    Streams("plan --json >/dev/full", 1, UNTOLD),
    Streams("hours 5 >/dev/full", 1, UNTOLD),
    Streams("hours 6 >/dev/full", 1, FULL, 2),
    Streams("log lets-build-gpt 20 >&-", 1, CLOSED, 2),
    Streams("done <&-", 2, AN_ID_IS_NEEDED.format("done")),
    Streams(
        "note lets-build-gpt - <&-",
        2,
        'error: the note is empty\n  try: llmpath note ID "my words"\n',
    ),
    Streams("done nope-zq 2>&-", 1),
    Streams("bogus 2>/dev/full", 2),
    Streams("log lets-build-gpt 20 2>/dev/full >/dev/null", 0, records=2),
    Streams(
        r"note lets-build-gpt - < <(printf 'a\377b')",
        2,
        "error: the note is no UTF-8 text\n",
    ),
)


UNHEARD = """
import select, sys, time
output = select.poll()
output.register(1, select.POLLOUT)
while not output.poll()[0][1] & (select.POLLERR | select.POLLHUP):
    time.sleep(0.001)
from llmpath.cli.main import main
sys.exit(main())
"""
"""The program once nobody reads what it writes."""


@posix_only
@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.line + case.unbuffered)
def test_a_stream_that_is_closed_or_full_ends_the_command_without_a_traceback(
    case: Streams, homes: Homes
) -> None:
    if "/dev/full" in case.line and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    program = homes(case.state)
    is_unheard = "| true" in case.line
    line = SHELL.replace("-m llmpath", '-c "$UNHEARD"') if is_unheard else SHELL
    ended = subprocess.run(
        ["/usr/bin/env", "bash", "-c", line + case.line],
        env={
            **program.environment(None, None, TODAY),
            "PYTHON": sys.executable,
            "PYTHONUNBUFFERED": case.unbuffered,
            "UNHEARD": UNHEARD,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (ended.returncode, without_note(ended.stderr)) == (case.code, case.stderr)
    assert ended.stdout == ""
    assert len(records_in(program.home)) == case.records
    assert not list(program.home.rglob("crash-*"))
