"""The program: its commands, the options of every command, and the one catch.

Nothing but Typer and what starts a command is imported here; `docs/decisions` has the
measurements.
"""

import sys
from collections.abc import Sequence
from typing import Any, ClassVar

import typer

from llmpath.cli.asking import Question, put
from llmpath.cli.failing import (
    INTERRUPTED,
    crashed,
    failed,
    interrupted,
    point_nowhere,
    usage_error,
    write_stderr,
)
from llmpath.cli.lazy import CONTEXT, Entry, LazyGroup
from llmpath.cli.options import Options, Start, home_folder, options_first
from llmpath.cli.run_options import (
    ColorOption,
    DebugOption,
    HomeOption,
    JsonOption,
    NoInputOption,
    PlainOption,
    QuietOption,
    TodayOption,
    VerboseOption,
    VersionOption,
    YesOption,
)
from llmpath.errors import LlmpathError

STUDY, PLAN, LOOK, DATA = "Study", "Plan", "Look", "Data"


class Root(LazyGroup):
    """The program's commands."""

    entries: ClassVar[dict[str, Entry]] = {
        name: Entry(f"llmpath.cli.{module}", attribute, text, section)
        for name, module, attribute, text, section in (
            ("start", "start", "start", "Begin one or more tracks.", STUDY),
            ("next", "next", "show_next", "Show what to study now.", STUDY),
            ("done", "done", "done", "Complete lessons or modules.", STUDY),
            ("skip", "choose", "skip", "Leave lessons out.", STUDY),
            ("include", "choose", "include", "Take optional lessons in.", STUDY),
            (
                "later",
                "choose",
                "later",
                "Plan a lesson no earlier than a date.",
                STUDY,
            ),
            ("reopen", "choose", "reopen", "Make lessons open again.", STUDY),
            ("log", "log", "log", "Add study time without completing.", STUDY),
            ("timer", "timer", "app", "Time a lesson as you study it.", STUDY),
            ("note", "note", "note", "Add a note, or show them.", STUDY),
            (
                "open",
                "open",
                "open_link",
                "Open a lesson's link in the browser.",
                STUDY,
            ),
            ("undo", "undo", "undo", "Take back the last command.", STUDY),
            ("redo", "undo", "redo", "Restore what undo took back.", STUDY),
            ("history", "undo", "history", "List what was written.", STUDY),
            ("plan", "plan", "show_plan", "Show the calendar of study blocks.", PLAN),
            ("hours", "hours", "hours", "Show or set the weekly hours.", PLAN),
            ("off", "off", "app", "Set days off and other exceptions.", PLAN),
            (
                "target",
                "target",
                "target",
                "Show or set the date to be finished by.",
                PLAN,
            ),
            ("replan", "replan", "replan", "Lay out anew what is left.", PLAN),
            ("forecast", "forecast", "forecast", "Show when you will finish.", PLAN),
            ("path", "path", "path", "Show the smallest way to a goal.", PLAN),
            ("why", "why", "why", "Say why a lesson stands on its date.", PLAN),
            ("status", "status", "status", "Show progress by phase and module.", LOOK),
            ("tracks", "status", "tracks", "List the tracks with their hours.", LOOK),
            ("list", "look", "list_lessons", "List modules and lessons.", LOOK),
            ("show", "look", "show", "Show all about a track, module or lesson.", LOOK),
            ("search", "look", "search_words", "Find words in the curriculum.", LOOK),
            (
                "export",
                "export",
                "export",
                "Write a calendar, a backup, CSV or Markdown.",
                DATA,
            ),
            (
                "import",
                "import_backup",
                "import_backup",
                "Add the records of a backup.",
                DATA,
            ),
            (
                "curriculum",
                "curriculum",
                "app",
                "Add, check and change other curricula.",
                DATA,
            ),
            ("sync", "sync", "app", "Share the journal through a git remote.", DATA),
            ("config", "config", "app", "Show or change settings.", DATA),
            (
                "doctor",
                "doctor",
                "doctor",
                "Check the files and the installation.",
                DATA,
            ),
            ("completion", "completion", "completion", "Print a shell's script.", DATA),
            ("help", "help", "show_help", "Show the help of a command.", DATA),
        )
    }

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's context is private
        """Move the options of the run to the front, then parse."""
        front, rest = options_first(args)
        ctx.meta["command_line"] = tuple(rest)
        return super().parse_args(ctx, [*front, *rest])


app = typer.Typer(
    cls=Root,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings=CONTEXT,
)


@app.callback()
def root(  # noqa: PLR0913 - one parameter for each option of the run
    ctx: typer.Context,
    *,
    home: HomeOption = None,
    today: TodayOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    no_input: NoInputOption = False,
    yes: YesOption = False,
    debug: DebugOption = False,
    version: VersionOption = False,
) -> None:
    """Plan the study of large language models and keep track of it.

    Begin with: llmpath start --track short
    """
    del version
    ctx.obj = Options(
        home=None if home is None else home_folder(home),
        today=today or None,
        color=None if color is None else color.value,
        json=json,
        plain=plain,
        quiet=quiet,
        verbose=verbose,
        no_input=no_input,
        yes=yes,
        debug=debug,
        command_line=ctx.meta["command_line"],
        answers=ctx.obj.answers,
        sources=ctx.obj.sources,
        ends_process=ctx.obj.ends_process,
    )
    if ctx.invoked_subcommand is None:
        from llmpath.cli.today import show_today  # noqa: PLC0415 - a lazy command

        show_today(ctx)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; the one place that catches errors.

    Args:
        arguments: The command line without the program's name; None reads the
            process's own, which ends then.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return run(given, ends_process=arguments is None)
    except BrokenPipeError:
        point_nowhere(sys.stdout)
        return 1


def run(arguments: list[str], *, ends_process: bool) -> int:
    """Run the program with questions asked, and errors turned into lines on stderr."""
    answers: dict[str, str | None] = {}
    start = Start(answers, {}, ends_process)
    while True:
        try:
            return attempt(arguments, start)
        except Question as question:
            try:
                answers[question.text] = put(question)
            except KeyboardInterrupt:
                write_stderr("")
                return interrupted()


def attempt(arguments: list[str], start: Start) -> int:
    """Run the program with the answers known so far."""
    try:
        code = app(arguments, prog_name="llmpath", standalone_mode=False, obj=start)
    except LlmpathError as error:
        return failed(error, arguments)
    except typer.TyperException as error:
        return usage_error(error, arguments)
    except (typer.Abort, KeyboardInterrupt):
        return interrupted()
    except (BrokenPipeError, Question):
        raise
    except Exception as error:  # noqa: BLE001 - the one catch: a bug ends with 70
        return crashed(error, arguments)
    if code == INTERRUPTED:
        return interrupted()
    return code if isinstance(code, int) else 0
