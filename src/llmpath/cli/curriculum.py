"""`curriculum`: other curricula than the one that the program ships."""

from typing import Annotated

import typer

from llmpath.cli.curriculum_add import add_curriculum
from llmpath.cli.curriculum_kept import (
    list_curricula,
    remove_curriculum,
    show_curriculum,
)
from llmpath.cli.curriculum_links import check_or_replace_links
from llmpath.cli.curriculum_update import update_curriculum
from llmpath.cli.given_file import read_given_file
from llmpath.cli.lazy import make_app
from llmpath.cli.options import Options
from llmpath.cli.output import Answer, answer
from llmpath.cli.workspace import options_of
from llmpath.errors import RefusedInputError
from llmpath.report.checking import check_document, check_sentences
from llmpath.report.phrases import counted
from llmpath.report.views.data import CheckedFile, CheckView
from llmpath.storage.curricula import parse_curriculum
from llmpath.storage.curriculum_document import FILE_LIMIT
from llmpath.storage.device import machine_id
from llmpath.storage.paths import find_places
from llmpath.storage.settings import read_looks

app = make_app(help="Add, check and change other curricula.", no_args_is_help=True)


@app.callback()
def curriculum() -> None:
    """Work with curricula of your own."""


@app.command("check")
def check(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Curricula, JSON or TOML; - is stdin."),
    ],
    strict: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--strict", help="Take advice for faults.")
    ] = False,
) -> None:
    """List everything that is wrong with files.

    Exit code 5 where something is. With --json the faults are on stdout. Advice
    on what may be meant otherwise, such as hours that do not add up, is no
    fault.

    Example: llmpath curriculum check mine.toml
    """
    options = options_of(ctx)
    sources = [(name, read_given_file(name, FILE_LIMIT)) for name in files]
    view = check_files(sources)
    refused = view.faults + (view.advice if strict else ())
    advice = () if strict else view.advice
    # A failure leaves stdout empty elsewhere. Here the faults are what was asked for,
    # and a build wants them as JSON.
    if options.json or not refused:
        answer_check(options, view)
    if refused:
        raise RefusedInputError(verdict(files, view), refused, advice=advice)


def check_files(sources: list[tuple[str, bytes]]) -> CheckView:
    """Check files one after the other."""
    # The one door to pydantic: 55 ms, paid by no other command.
    from llmpath.storage.curriculum_file import check_curriculum  # noqa: PLC0415

    view = CheckView((), (), ())
    for name, source in sources:
        checked = check_curriculum(source, name)
        text = checked.text
        view = CheckView(
            view.files if text is None else (*view.files, checked_file(name, text)),
            view.faults + checked.faults,
            view.advice + checked.advice,
        )
    return view


def checked_file(name: str, text: str) -> CheckedFile:
    """What there is in a file without faults."""
    found = parse_curriculum(text)
    return CheckedFile(
        name,
        found.id,
        found.title,
        found.edition,
        len(found.tracks),
        len(found.modules),
        len(found.lessons),
    )


def verdict(files: list[str], view: CheckView) -> str:
    """How many faults there are, or, where there is none, how much advice."""
    if view.faults:
        bad = len({each.file for each in view.faults})
        return f"{subject_of(files, bad)} {counted(len(view.faults), 'fault')}"
    subject = subject_of(files, len(files))
    return f"{subject} no fault, and {counted(len(view.advice), 'piece')} of advice"


def subject_of(files: list[str], number: int) -> str:
    """The one file, or some or all of several, with the verb."""
    if len(files) == 1:
        return f"{files[0]} has"
    some = "" if number == len(files) else f"{number} of "
    return f"{some}{len(files)} files {'has' if number == 1 else 'have'}"


def answer_check(options: Options, view: CheckView) -> None:
    """Answer `curriculum check`; it needs the looks, and nothing of the journal."""
    places = find_places(options.home, machine_id())
    looks, _ = read_looks(places.config_file)
    answer(
        options,
        looks,
        Answer(view, lambda: check_document(view), lambda: check_sentences(view)),
    )


app.command("add")(add_curriculum)
app.command("list")(list_curricula)
app.command("show")(show_curriculum)
app.command("update")(update_curriculum)
app.command("remove")(remove_curriculum)
app.command("links")(check_or_replace_links)
