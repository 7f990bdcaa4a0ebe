"""The program: its commands, the options of every command, and the one catch.

Nothing but Typer and what starts a command is imported here; `docs/decisions` has the
measurements.
"""

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TextIO

import typer

from llmpath import __version__
from llmpath.cli.asking import Question, put
from llmpath.cli.lazy import CONTEXT, Entry, LazyGroup
from llmpath.cli.options import Options, home_folder, options_first
from llmpath.errors import LlmpathError

INTERRUPTED = 130
STUDY, PLAN, LOOK, DATA = "Study", "Plan", "Look", "Data"


FULL = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO])
"""What a full disk says where Typer prints help; storage has errors of its own."""


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
            ("curriculum", "curriculum", "app", "Check a curriculum's file.", DATA),
            ("config", "config", "app", "Show or change settings.", DATA),
            (
                "doctor",
                "doctor",
                "doctor",
                "Check the files and the installation.",
                DATA,
            ),
            ("completion", "completion", "completion", "Print a shell's script.", DATA),
        )
    }

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's context is private
        """Move the options of the run to the front, then parse."""
        front, rest = options_first(args)
        ctx.meta["command_line"] = tuple(rest)
        return super().parse_args(ctx, [*front, *rest])


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


app = typer.Typer(
    cls=Root,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings=CONTEXT,
)


def print_version(value: bool) -> None:  # noqa: FBT001 - Typer's callback
    """Print the version and leave."""
    if value:
        sys.stdout.write(f"llmpath {__version__}\n")
        sys.stdout.flush()
        raise typer.Exit


@app.callback()
def root(  # noqa: PLR0913 - one parameter for each option of the run
    ctx: typer.Context,
    *,
    home: Annotated[
        str | None,
        typer.Option(
            envvar="LLMPATH_HOME", metavar="DIR", help="Keep everything under DIR."
        ),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(
            envvar="LLMPATH_TODAY", metavar="DATE", help="Act as if it were DATE."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer with JSON.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Answer with tab-separated lines.")
    ] = False,
    color: Annotated[
        Color | None, typer.Option(help="When to use colour.", metavar="WHEN")
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Leave out hints and confirmations.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say which files are used.")
    ] = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Never ask a question.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Answer yes to every question.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the version.",
            callback=print_version,
            is_eager=True,
        ),
    ] = False,
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
        answers=ctx.obj,
    )
    if ctx.invoked_subcommand is None:
        from llmpath.cli.today import show_today  # noqa: PLC0415 - a lazy command

        show_today(ctx)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; the one place that catches errors.

    Args:
        arguments: The command line without the program's name; None reads the
            process's own.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return run(given)
    except BrokenPipeError:
        point_nowhere(sys.stdout)
        return 1


def run(arguments: list[str]) -> int:
    """Run the program with questions asked, and errors turned into lines on stderr."""
    answers: dict[str, str] = {}
    while True:
        try:
            return attempt(arguments, answers)
        except Question as question:
            try:
                answers[question.text] = put(question)
            except KeyboardInterrupt:
                write_stderr("")
                return interrupted()


def attempt(arguments: list[str], answers: Mapping[str, str]) -> int:
    """Run the program with the answers known so far."""
    try:
        code = app(arguments, prog_name="llmpath", standalone_mode=False, obj=answers)
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


def interrupted() -> int:
    """Say that the command was stopped by the keyboard, and return its exit code."""
    write_stderr("interrupted; nothing was saved")
    return INTERRUPTED


def crashed(error: Exception, arguments: Sequence[str]) -> int:
    """Report a bug, or that stdout did not take the help, and return the exit code."""
    if isinstance(error, OSError) and error.errno in FULL:
        from llmpath.cli.output import unwritten  # noqa: PLC0415 - only on failure

        return failed(unwritten(error), arguments)
    from llmpath.cli.crash import report_crash  # noqa: PLC0415 - only for a bug

    return report_crash(error, arguments)


def failed(error: LlmpathError, arguments: Sequence[str]) -> int:
    """Report an error of ours; with `--debug`, where it came from."""
    if "--debug" in arguments:
        import traceback  # noqa: PLC0415 - only to debug

        traceback.print_exception(error)
    return report(error)


def report(error: LlmpathError) -> int:
    """Write an error's lines to stderr and return its exit code."""
    from llmpath.core.text import clean  # noqa: PLC0415 - only for an error

    lines = [f"error: {clean(error.message)}"]
    lines += [f"  {clean(line)}" for line in error.detail]
    if error.remedy is not None:
        lines.append(f"  try: {clean(error.remedy)}")
    write_stderr("\n".join(lines))
    return error.exit_code


def usage_error(error: typer.TyperException, arguments: Sequence[str]) -> int:
    """Report what the parser did not understand, in our form and with its code."""
    message = getattr(error, "format_message", error.__str__)()
    context = getattr(error, "ctx", None)
    path = "llmpath" if context is None else context.command_path
    if type(error).__name__ == "NoArgsIsHelpError":  # the message is all of the help
        commands = getattr(getattr(context, "command", None), "commands", {})
        message = f"{path} needs one of: {', '.join(commands)}"
    wrong = LlmpathError(
        message[:1].lower() + message[1:].rstrip("."), remedy=f"{path} --help"
    )
    failed(wrong, arguments)
    return int(getattr(error, "exit_code", 2))


def write_stderr(text: str) -> None:
    """Write lines to stderr; one that is closed or full is no further error."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        point_nowhere(sys.stderr)
    except AttributeError:  # a closed one is None
        return


def point_nowhere(stream: TextIO | None) -> None:
    """Let a stream take what it still holds, so that the process ends in silence."""
    if stream is None:
        return
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
